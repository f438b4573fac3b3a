"""United States salient statistics and prices from the data releases of the USGS Mineral Commodity Summaries.

One file a commodity, a row a year, a column a series. A column's head says what it holds: `Imports_Metal_kg` is a variable, a form
and a unit. Heads that say something else, or say it wrongly, stand in `usgs_salient.csv` with their true meaning and the reason; a
head that neither the pattern nor the list knows is an error. The last year of a release is an estimate.

References
----------
U.S. Geological Survey, Mineral Commodity Summaries data releases: doi:10.5066/P9WCYUI6 (2023), doi:10.5066/P144BA54 (2024),
doi:10.5066/P13XCP3R (2025).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from maadin import labels
from maadin.errors import ChecksFailed, DataError
from maadin.facts.records import Price, Quality, SalientFigure, Status
from maadin.facts.sources.cells import Cell, parse_cell
from maadin.facts.sources.files import concordance

SOURCE = "usgs_mcs"
POUND_KG, TROY_OUNCE_KG, SHORT_TON_KG, CARAT_KG = 0.45359237, 0.0311034768, 907.18474, 0.0002
NO_HEAD = "(no head)"
SKIPPED = "-"

# Unit of an amount as heads write it -> unit of the compiled table, and the factor.
AMOUNTS = {
    "t": ("tonne", 1.0),
    "kt": ("tonne", 1e3),
    "mmt": ("tonne", 1e6),
    "kg": ("tonne", 1e-3),
    "mct": ("carat", 1e6),
    "mcm": ("million m3", 1.0),
    "mdol": ("USD", 1e6),
    "msqft": ("million square feet", 1.0),
    "num": ("person", 1.0),
    "pct": ("percent", 1.0),
}
# Unit of a price -> its name, and how many of it make one USD/tonne (None where it is not paid by mass).
PRICES: dict[str, tuple[str, float | None]] = {
    "dt": ("USD/t", 1.0),
    "dkg": ("USD/kg", 1e3),
    "dg": ("USD/g", 1e6),
    "dlb": ("USD/lb", 1e3 / POUND_KG),
    "ctslb": ("US cents/lb", 10 / POUND_KG),
    "dtoz": ("USD/troy oz", 1e3 / TROY_OUNCE_KG),
    "dst": ("USD/short ton", 1e3 / SHORT_TON_KG),
    "dct": ("USD/carat", 1e3 / CARAT_KG),
    "mtu": ("USD/mtu", None),
    "index": ("index", None),
}
_VARIABLES = {
    "usprod": "production",
    "imports": "imports",
    "exports": "exports",
    "consump": "apparent_consumption",
    "supply": "supply",
    "stocks": "stocks",
    "nir": "net_import_reliance",
    "price": "price",
    "employment": "employment",
    "shipments": "shipments",
    "sales": "shipments",
}
VARIABLES = frozenset({*_VARIABLES.values(), "reported_consumption", "other"})
# These are in one unit whatever their heads end in ("NIR_t", "Employment_um").
_ALWAYS = {"net_import_reliance": "pct", "employment": "num"}
_ENDS = frozenset({*AMOUNTS, "ct", "um", "m", ""})
_KINDS = {"reported": True, "rprtd": True, "rpt": True, "apparent": False, "apprnt": False, "app": False, "est": False}
_MARKETS = frozenset(
    {
        *("lme", "comex", "us", "europe", "european", "ny", "north", "american", "rotterdam", "india", "france", "cn", "spot"),
        *("customs", "import", "imports", "fob", "cif", "fas", "average", "avg", "range"),
    }
)
_SPELLINGS = {
    "Cmpds": "Compounds",
    "Compds": "Compounds",
    "FeSi2": "FeSi",
    "Ferrrochromium": "Ferrochromium",
    "Hyraulic-plus-clinker": "hydraulic-plus-clinker",
    "Gov": "government stockpile",
    "Mll": "mill",
    "Mtl": "Metal",
    "NewScrap": "new scrap",
    "OldScrap": "old scrap",
    "SemiFinished": "semifinished",
    "Seconday": "secondary",
    "SynMullite": "synthetic mullite",
    "mtl": "metal",
    "oth": "other",
    "silco": "silico",
}
_BASES = {"import": "Imports", "avg": "Average"}
_STOCKPILE = "government stockpile"  # what the government takes in is printed as a negative shipment
_WORD = re.compile(r"[A-Z][a-z]{2,}(?:-[A-Za-z]{2,})*")  # a word, not a formula
_RELEASE = re.compile(r"MCS ?(\d{4})")
_OWN_UNIT = re.compile(r"less than ([\d,]+) (carats|tons)\.?", re.IGNORECASE)
_UNITS_IN_WORDS = {"carats": "carat", "tons": "tonne"}


@dataclass(frozen=True, slots=True)
class SalientTables:
    """What one release says of the United States.

    Attributes
    ----------
    salient : list of SalientFigure
        Amounts in the units of the compiled tables.
    prices : list of Price
        As printed, and per tonne.
    skipped : list of str
        Files and columns left out, each with the reason.
    """

    salient: list[SalientFigure]
    prices: list[Price]
    skipped: list[str]


@dataclass(frozen=True, slots=True)
class Series:
    """What a column holds; for a price `form` is what is priced."""

    commodity: str
    variable: str
    form: str
    basis: str
    unit: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    head: str
    unit_printed: str
    series: Series


def read_mcs_salient(files: Mapping[str, bytes]) -> SalientTables:
    """Read the salient files of one data release.

    Parameters
    ----------
    files : mapping of file name to content
        The CSV files as published, one a commodity.

    Returns
    -------
    SalientTables
        Every cell is a row, but for the files and columns listed as skipped.

    Raises
    ------
    ChecksFailed
        If a column, year or cell is not known, or the files are not of one release; lists all of them.
    """
    tables = SalientTables([], [], [])
    offenders: list[str] = []
    releases: set[str] = set()
    for name in sorted(files):
        try:
            _read(name, files[name], tables, releases, offenders)
        except DataError as error:
            offenders.append(str(error))
    if len(releases) > 1:
        offenders.append(f"files of one release expected, found {', '.join(sorted(releases))}")
    offenders += _twice(tables)
    if offenders:
        raise ChecksFailed("salient statistics", offenders)
    return tables


def _read(name: str, content: bytes, tables: SalientTables, releases: set[str], offenders: list[str]) -> None:
    """Add the figures of one file."""
    heads, rows = _cells(name, content)
    folded = [head.casefold() for head in heads]
    if "country" in folded:
        tables.skipped.append(f"{name}: holds a world table, no salient statistics")
        return
    if len(heads) < 4 or folded[0] not in ("datasource", "source") or folded[1:3] != ["commodity", "year"]:
        raise DataError(f"expected the columns DataSource, Commodity, Year, ..., found {', '.join(heads[:4])}", file=name, row=1)
    columns: dict[tuple[str, str], list[_Column]] = {}
    for line, row in rows:
        release, year = _RELEASE.fullmatch(row[0]), row[2]
        if release is None or not re.fullmatch(r"\d{4}", year):
            wrong = f"expected a release such as MCS2025 and a year, found {row[0]!r} and {year!r}"
            offenders.append(str(DataError(wrong, file=name, row=line)))
            continue
        read = (f"MCS {release[1]}", row[1])
        releases.add(read[0])
        if read not in columns:
            filled = {at for _, r in rows for at, cell in enumerate(r) if cell and r[1] == row[1]}
            columns[read] = _columns(name, read, heads, filled, tables.skipped, offenders)
        for column in columns[read]:
            try:
                _add(tables, _figure(read, int(year), column, row[column.at]))
            except DataError as error:
                offenders.append(str(DataError(str(error), file=name, row=line, column=column.head)))


def _cells(name: str, content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Heads and filled rows with their line numbers, all as wide as the widest."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise DataError("is text neither in UTF-8 nor in Windows-1252", file=name) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    read = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    width = max((len(row) for _, row in read), default=0)
    wide = [(line, row + [""] * (width - len(row))) for line, row in read]
    if not wide:
        raise DataError("is empty", file=name)
    return wide[0][1], [(line, row) for line, row in wide[1:] if any(row)]


def _columns(
    name: str, read: tuple[str, str], heads: list[str], filled: set[int], skipped: list[str], offenders: list[str]
) -> list[_Column]:
    """What the columns of a file hold; those left out are noted, those not known are offenders."""
    commodity = _rule(*read, "*", heads)
    if commodity is None:
        raise DataError(f"no line of usgs_salient.csv says which commodity {read[1]!r} is", file=name)
    if commodity.commodity == SKIPPED:
        skipped.append(f"{name}: {commodity.why}")
        return []
    columns = []
    for at, head in _numbered(heads, filled):
        series = _rule(*read, head, heads) or _by_pattern(head, read[1])
        if series is None:
            offenders.append(str(DataError("no rule says what this column is", file=name, row=1, column=head)))
        elif series.variable == SKIPPED:
            skipped.append(f"{name}, column {head!r}: {series.why}")
        else:
            series = replace(series, commodity=series.commodity or commodity.commodity)
            columns.append(_Column(at, head, _printed_unit(head, series.unit), series))
    return columns


def _numbered(heads: list[str], filled: set[int]) -> Iterator[tuple[int, str]]:
    """Columns of figures and their heads, equal ones numbered; columns with neither head nor figures do not count."""
    named = [(at, head or NO_HEAD) for at, head in enumerate(heads) if at > 2 and (head or at in filled)]
    total = Counter(head for _, head in named)
    seen: Counter[str] = Counter()
    for at, head in named:
        seen[head] += 1
        yield at, head if total[head] == 1 else f"{head} #{seen[head]}"


def _rule(release: str, printed: str, head: str, heads: list[str]) -> Series | None:
    """What the list says of a head; what it says of this release comes first, then what needs another head beside it."""
    found = [
        rule
        for rule in _rules().get((labels.key(printed), head.casefold()), [])
        if rule["release"] in ("*", release) and (not rule["with"] or rule["with"] in heads)
    ]
    if not found:
        return None
    best = max(found, key=lambda rule: (rule["release"] != "*", bool(rule["with"])))
    return Series(*(best[field] for field in ("commodity", "variable", "form", "basis", "unit", "why")))


@lru_cache(maxsize=1)
def _rules() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Lines of the list on whole columns, by commodity as printed and head."""
    found = defaultdict(list)
    for line in concordance("usgs_salient.csv"):
        if not line["year"]:
            found[labels.key(line["printed"]), line["head"].casefold()].append(line)
    return found


@lru_cache(maxsize=1)
def _misprints() -> dict[tuple[str, str, str, int], tuple[str, str]]:
    """Single cells that are not what is printed: what they should say, and why."""
    return {
        (line["release"], labels.key(line["printed"]), line["head"], int(line["year"])): (line["text"], line["why"])
        for line in concordance("usgs_salient.csv")
        if line["year"]
    }


def _by_pattern(head: str, printed: str) -> Series | None:
    """Variable_Form_unit, if the head is built so."""
    first, *middle, last = head.split("_") if "_" in head else (head, "")
    variable = _VARIABLES.get(first.casefold())
    if variable is None or last not in (PRICES if variable == "price" else _ENDS):
        return None
    unit = _ALWAYS.get(variable, last)
    if variable != "price" and unit not in AMOUNTS:
        return None
    if variable == "price":
        item = " ".join(_SPELLINGS.get(word, word) for word in middle if word.casefold() not in _MARKETS)
        basis = " ".join(_BASES.get(word.casefold(), word) for word in middle if word.casefold() in _MARKETS)
        return Series("", variable, item or printed, basis, unit)
    if variable == "apparent_consumption" and any(_KINDS.get(word.casefold()) for word in middle):
        variable = "reported_consumption"
    words = [word for word in middle if word.casefold() not in _KINDS]
    return Series("", variable, _form(words), "", unit)


def _form(words: list[str]) -> str:
    """Words of a head as a form: spelled alike in all releases, formulas left as they are; none where the whole is meant."""
    spelled = [_SPELLINGS.get(word, word) for word in words]
    form = " ".join(word.lower() if _WORD.fullmatch(word) else word for word in spelled)
    return "" if form in ("all", "total") else form


def _printed_unit(head: str, unit: str) -> str:
    """The unit at the end of a head, right or wrong; the underline before it is lost in some."""
    bare = re.sub(r" #\d+$", "", head)
    if printed := re.search(r"_([a-z]+)$", bare):
        return printed[1]
    return unit if bare.endswith(unit) else ""


def _figure(read: tuple[str, str], year: int, column: _Column, printed: str) -> SalientFigure | Price:
    release, commodity = read
    series = column.series
    text, reason = _misprints().get((release, labels.key(commodity), column.head, year), (" ".join(printed.split()), ""))
    words = [f"read as {text}: {reason}" if reason else "", series.why]
    price = series.variable == "price"
    unit, factor = PRICES[series.unit] if price else AMOUNTS[series.unit]
    cell = _cell(text, unit, 1.0 if price or factor is None else factor, signed=series.form.startswith(_STOCKPILE))
    if not text:
        words.append("empty cell")
    elif cell.status is Status.DESCRIBED:
        words.append(text)
    if price and cell.status is Status.ZERO:
        cell = Cell(None, None, None, Status.MISSING, cell.quality)
        words.append("printed as 0, which no price is")
    quality = cell.quality if year < int(release[-4:]) - 1 else Quality.ESTIMATED
    about = (SOURCE, release, printed, column.unit_printed, "; ".join(filter(None, words)))
    if price:
        per_tonne = None if cell.value is None or factor is None else cell.value * factor
        what = (series.commodity, series.form, series.basis, year, None)
        return Price(*what, cell.value, cell.low, cell.high, unit, per_tonne, cell.status.value, quality.value, *about)
    which = (series.commodity, series.variable, series.form, year)
    return SalientFigure(*which, cell.value, cell.low, cell.high, unit, cell.status.value, quality.value, *about)


def _cell(text: str, unit: str, scale: float, *, signed: bool) -> Cell:
    """A cell in the unit of the table; one that names its own unit ("Less than 50,000 tons") is in that."""
    own = _OWN_UNIT.fullmatch(text)
    if own and _UNITS_IN_WORDS[own[2].casefold()] == unit:
        return parse_cell(f"<{own[1]}")
    return parse_cell(text, scale, signed=signed)


def _add(tables: SalientTables, figure: SalientFigure | Price) -> None:
    if isinstance(figure, Price):
        tables.prices.append(figure)
    else:
        tables.salient.append(figure)


def _twice(tables: SalientTables) -> list[str]:
    """Series that two columns claim."""
    keys = Counter((f.commodity, f.variable, f.form, f.year) for f in tables.salient)
    priced = Counter((p.commodity, "price", p.item, p.basis, p.year) for p in tables.prices)
    counted: list[tuple[tuple[object, ...], int]] = [*keys.items(), *priced.items()]
    return [f"{' '.join(str(k) for k in key if k != '')} stands {n} times" for key, n in counted if n > 1]
