"""World Mining Data: output of mineral raw materials by country, from the ministry's workbook or a redistribution in SQLite.

Both have one sheet or table a commodity with a row a country. Countries are known by their printed name: the codes beside them in the
redistribution are wrong in places (French Guiana, Kosovo).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts import catalogue, regions
from maadin.facts.records import Quality, Quantity, Status
from maadin.facts.sources import files
from maadin.facts.sources.files import Cells

SOURCE = "wmd"
# Printed unit -> unit of the tables, and how many printed units make one of it.
UNITS = {"metr. t": ("tonne", 1), "kg": ("tonne", 1000), "ct": ("carat", 1), "Mio m3": ("million m3", 1)}
QUALITIES = {"r": Quality.REPORTED, "e": Quality.ESTIMATED, "p": Quality.PROVISIONAL}
WORLD = "WLD"
# Countries and the world total are both printed in whole units; revisions that reach one and not the other stay below this share.
# Larger gaps are listed with their reason in concordance/wmd_total_gaps.csv.
TOTAL_TOLERANCE = 0.005

_TOTAL = "total"
_NOT_COMMODITIES = frozenset({"HS Code Map", "Country_ISO", "logging"})  # tables of the redistribution's authors
_IGNORED = frozenset({"country code", "country iso"})
_YEAR = re.compile(r"(\d{4})(?:\.0)?")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One commodity as printed; `header_line` is the line of the header in the sheet, rows follow it."""

    name: str
    header_line: int
    header: Cells
    rows: list[Cells]


@dataclass(frozen=True, slots=True)
class _Columns:
    country: int
    unit: int
    quality: int
    years: dict[int, int]


def read_wmd_sqlite(path: Path, release: str) -> list[Quantity]:
    """Read the redistribution, one table a commodity.

    Parameters
    ----------
    path : Path
        SQLite file with the columns Country, Country_Code, Country_ISO, years, unit, data_source.
    release : str
        Name of the release, such as "WMD 2018-2024".

    Returns
    -------
    list of Quantity
        A row a country and year, and the printed world total under the country WLD.

    Raises
    ------
    ChecksFailed
        Lists every cell that cannot be read, with its table, line and column.
    """
    tables = files.sqlite_tables(path)
    return _read(path.name, [_Sheet(n, 0, header, rows) for n, header, rows in tables if n not in _NOT_COMMODITIES], release)


def read_wmd_workbook(source: Path | bytes, release: str) -> list[Quantity]:
    """Read the workbook "6.4. Production_of_Mineral_Raw_Materials_of_individual_Countries_by_Minerals.xlsx".

    Every sheet is a commodity: titles, a header row that begins with "Country", a row a country, and the row "Total".

    Parameters
    ----------
    source : Path or bytes
        The workbook.
    release : str
        Name of the release, such as "WMD 2026".

    Returns
    -------
    list of Quantity
        A row a country and year, and the printed world total under the country WLD.

    Raises
    ------
    DataError
        If the file is no workbook.
    ChecksFailed
        Lists every cell that cannot be read, with its sheet, row and column.
    """
    name = source.name if isinstance(source, Path) else "World Mining Data workbook"
    sheets, offenders = [], []
    for sheet, rows in files.workbook(source, name).items():
        at = next((i for i, row in enumerate(rows) if row and _folded(row[0]) == "country"), None)
        if at is None:
            wrong = DataError("no row begins with 'Country'", file=f"{name}, sheet {sheet!r}")
            offenders.append(str(wrong))
        else:
            sheets.append(_Sheet(sheet.strip(), at + 1, rows[at], rows[at + 1 :]))
    return _read(name, sheets, release, offenders)


def check(rows: Iterable[Quantity]) -> list[str]:
    """What is wrong with rows of this source, in words: duplicates, negative values, countries that do not add up.

    Countries are compared with the printed world total, with `TOTAL_TOLERANCE` and the listed exceptions.
    """
    listed = list(rows)
    keys = Counter((r.commodity, r.country, r.year, r.release) for r in listed)
    problems = [f"{c} {country} {year} ({release}) stands {n} times" for (c, country, year, release), n in keys.items() if n > 1]
    problems += [f"{r.commodity} {r.country} {r.year}: {r.value} is negative" for r in listed if (r.value or 0) < 0]
    known = {(g["release"], g["commodity"], int(g["year"])): float(g["gap_percent"]) for g in files.concordance("wmd_total_gaps.csv")}
    for (release, commodity, year), (total, countries) in sums(listed).items():
        gap = 100 * (countries - total) / total if total else math.inf
        expected = known.get((release, commodity, year))
        within = abs(gap) <= 100 * TOTAL_TOLERANCE if expected is None else math.isclose(gap, expected, abs_tol=0.01)
        if countries != total and not within:
            problems.append(f"{commodity} {year}: countries sum to {countries:,.15g}, {release} prints {total:,.15g} ({gap:+.2f}%)")
    return problems


def sums(rows: Iterable[Quantity]) -> dict[tuple[str, str, int], tuple[float, float]]:
    """Printed world total and sum of the countries by release, commodity and year; missing figures count nothing."""
    totals: dict[tuple[str, str, int], float] = {}
    countries: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for row in rows:
        what = (row.release, row.commodity, row.year)
        if row.value is not None and row.country == WORLD:
            totals[what] = row.value
        elif row.value is not None:
            countries[what].append(row.value)
    return {what: (total, math.fsum(countries[what])) for what, total in totals.items()}


def _read(file: str, sheets: Iterable[_Sheet], release: str, offenders: Iterable[str] = ()) -> list[Quantity]:
    """What both forms have in common, from the header of each commodity on."""
    by_sheet = {c.wmd: c for c in catalogue.commodities().values() if c.wmd}
    rows: list[Quantity] = []
    problems = list(offenders)
    for sheet in sheets:
        place = f"{file}, sheet {sheet.name!r}"
        if sheet.name not in by_sheet:
            problems.append(str(DataError("is not the sheet of a commodity in the catalogue", file=place)))
            continue
        try:
            columns = _columns(place, sheet)
        except DataError as error:
            problems.append(str(error))
            continue
        read: list[Quantity] = []
        before = len(problems)
        for line, cells in enumerate(sheet.rows, start=sheet.header_line + 1):
            if all(cell in (None, "") for cell in cells):
                continue
            try:
                read += _line(place, line, cells, columns, by_sheet[sheet.name], release)
            except ChecksFailed as error:
                problems += error.offenders
        if len(problems) == before:
            problems += _whole(place, read)
            rows += _with_notes(read)
    if not rows and not problems:
        problems.append(f"{file}: no commodity found")
    if problems:
        raise ChecksFailed(file, problems)
    return rows


def _columns(place: str, sheet: _Sheet) -> _Columns:
    heads = {_folded(cell): i for i, cell in enumerate(sheet.header) if cell not in (None, "")}
    years = {int(match[1]): heads.pop(head) for head in list(heads) if (match := _YEAR.fullmatch(head))}
    row = sheet.header_line or None
    missing = [head for head in ("country", "unit", "data source") if head not in heads]
    if missing or not years:
        wanted = ", ".join([*missing, *([] if years else ["at least one year"])])
        raise DataError(f"the header lacks {wanted}", file=place, row=row)
    found = _Columns(heads.pop("country"), heads.pop("unit"), heads.pop("data source"), years)
    if unknown := sorted(heads.keys() - _IGNORED):
        expected = "expected Country, unit, years and data source"
        raise DataError(f"is not a column that is known; {expected}", file=place, row=row, column=unknown[0])
    return found


def _line(place: str, line: int, cells: Cells, columns: _Columns, commodity: catalogue.Commodity, release: str) -> list[Quantity]:
    """The figures of one country, or every cell of its row that cannot be read."""
    offenders: list[str] = []

    def wrong(message: str, column: str) -> None:
        offenders.append(str(DataError(message, file=place, row=line, column=column)))

    printed, unit_printed, mark = (_text(cells[i]) for i in (columns.country, columns.unit, columns.quality))
    is_total = printed.casefold() == _TOTAL
    country = WORLD
    if not is_total:
        try:
            country = regions.printed_code(SOURCE, printed)
        except LabelError as error:
            wrong(str(error), "Country")
    unit, divisor = UNITS.get(unit_printed, ("", 1))
    if unit != commodity.unit:
        given = [printed_unit for printed_unit, (u, _) in UNITS.items() if u == commodity.unit]
        wrong(f"expected {' or '.join(given)}, found {unit_printed!r}", "unit")
    quality = QUALITIES.get(mark, Quality.REPORTED)
    if mark not in QUALITIES and not is_total:
        wrong(f"expected one of {', '.join(QUALITIES)}, found {mark!r}", "data source")
    rows = []
    for year, at in sorted(columns.years.items()):
        try:
            figure = _number(cells[at])
        except ValueError as error:
            wrong(str(error), str(year))
            continue
        value = figure / divisor if figure is not None else None
        status = Status.MISSING if value is None else Status.VALUE if value else Status.ZERO
        rows.append(
            Quantity(
                commodity=commodity.id, stage=commodity.stages[0].id, form="", mass_basis=commodity.stages[0].mass_basis,
                country=country, country_printed=printed, year=year, value=value, low=None, high=None, unit=unit,
                status=status, quality=quality, source=SOURCE, release=release,
                value_printed="" if figure is None else f"{figure:.15g}", unit_printed=unit_printed, note="",
            )
        )  # fmt: skip
    if offenders:
        raise ChecksFailed(place, offenders)
    return rows


def _whole(place: str, rows: list[Quantity]) -> Iterator[str]:
    """A sheet has every country once and the world total."""
    for (country, printed), n in Counter((r.country, r.country_printed) for r in rows if r.year == rows[0].year).items():
        if n > 1:
            yield str(DataError(f"{printed!r} ({country}) stands {n} times", file=place, column="Country"))
    by_code: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        by_code[r.country].add(r.country_printed)
    for country, names in by_code.items():
        if len(names) > 1:
            yield str(DataError(f"{sorted(names)} are all {country}", file=place, column="Country"))
    if WORLD not in by_code:
        yield str(DataError("has no row 'Total'", file=place, column="Country"))


def _with_notes(rows: list[Quantity]) -> list[Quantity]:
    """The world total says what the listed countries add up to where that is something else."""
    noted = []
    off = {w: countries for w, (total, countries) in sums(rows).items() if not math.isclose(total, countries, rel_tol=1e-9)}
    for row in rows:
        countries = off.get((row.release, row.commodity, row.year))
        if row.country == WORLD and countries is not None and row.value:
            share = 100 * (countries / row.value - 1)
            row = row._replace(note=f"the listed countries add up to {countries:.15g} ({share:+.2g}%)")
        noted.append(row)
    return noted


def _number(cell: object) -> float | None:
    if cell in (None, ""):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        raise ValueError(f"expected a number or an empty cell, found {cell!r}")
    if cell < 0:
        raise ValueError(f"{cell!r} is negative; expected a quantity of 0 or more")
    return float(f"{cell:.15g}")  # a spreadsheet shows 15 digits: 63580.00000000001 is 63580


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _folded(cell: object) -> str:
    return re.sub(r"[\s_]+", " ", _text(cell)).casefold()
