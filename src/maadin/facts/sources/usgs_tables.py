"""The two shapes of the world tables of the Mineral Commodity Summaries, taken apart into printed figures.

Until MCS 2024 every commodity has a file of its own, whose column heads carry the unit (`Prod_kt_est_2023`). From MCS 2025 on one file
holds all commodities, with the unit in a column (`UNIT_MEAS`, `PROD_EST_ 2024`). What a figure means is decided elsewhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from maadin.errors import ChecksFailed, DataError

_RELEASE = re.compile(r"MCS\s*(\d{4})", re.IGNORECASE)
_FILE = re.compile(r"mcs\d{4}-(?P<code>[a-z-]+)_world\.csv", re.IGNORECASE)
_VARIABLES = {"prod": "production", "cap": "capacity", "reserve": "reserves", "reserves": "reserves"}
_HEAD = re.compile(
    r"(?P<variable>prod|cap|reserves)(?:_(?P<kind>[a-z0-9_]+?))??(?:_(?P<unit>t|kt|mt|mmt|kg|ct|kct|mct|mcm))?(?P<est>_est)?(?:_(?P<year>\d{4}))?",
    re.IGNORECASE,
)
# MCS 2025 leaves the cell empty and remarks "W for 23-24"; others print NA and remark 'categorized as "Large"' or ">1,800,000. In".
_SIZE = r"very small|small|moderate to large|moderate|large"
_MARKS_IN_REMARKS = [
    (re.compile(pattern, re.IGNORECASE), mark)
    for pattern, mark in (
        (r"^w(?: for [0-9 -]+)?$", "W"),
        (r"^(?:na(?: for [0-9 -]+)?(?: \(.*\)\.?)?|not available)\.?$", "NA"),
        (r"^(?:xx|not applicable)\.?$", "XX"),
        (r"^(less than (?:\u00bd|1/2) unit)\.?$", ""),
        (r"^(>[0-9,]+)(?:\.(?: |$)|$)", ""),
        (r"^(included (?:with|in) .*)$", ""),
        (r"\bare (included with [a-z]+)\.?$", ""),
        (rf"^({_SIZE})$", ""),
        (rf"(?:categori[sxz]ed as|considered(?: to be)?|estimated to be) [\"\u201c]?({_SIZE})\b", ""),
    )
]
_STATED_UNIT = re.compile(
    r"(?:^|^units are |^crude (?:iron )?ore, |^iron content, |\(reserve data is )((?:thousand|million) metric tons)\b", re.IGNORECASE
)
_NOTE = re.compile(r"(?P<variable>prod|cap|reserves?)_notes?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: which variable, which kind of it ("sponge", "ore"), unit, year, and whether it is headed as estimated."""

    head: str
    variable: str
    kind: str
    unit: str
    year: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One cell with everything its row and column say about it.

    Attributes
    ----------
    commodity : str
        As printed, or the code in the file name where no column names it.
    notes : dict of str to str
        The remarks of the row, by variable.
    first_year : bool
        Whether the column is the earlier one of its variable, the one that remarks on estimates speak of.
    stated_unit : str
        Unit that remarks in the table state, sometimes on one row only; it goes before the unit of the column.
    estimated_row : bool
        Whether the country bears the mark of an estimate ("Greecee").
    """

    file: str
    line: int
    commodity: str
    country: str
    type: str
    column: Column
    unit: str
    text: str
    notes: Mapping[str, str]
    first_year: bool
    stated_unit: str = ""
    estimated_row: bool = False

    @property
    def note(self) -> str:
        """The remark on this figure."""
        return self.notes.get(self.column.variable, "")

    @property
    def mark(self) -> str:
        """What the remark says in place of a figure: a mark, a word for the size or a bound; otherwise empty."""
        for pattern, mark in _MARKS_IN_REMARKS:
            if match := pattern.search(self.note):
                return mark or match[1]
        return ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The heads of one file: position of every column that is read."""

    file: str
    source: int
    commodity: int | None
    country: int
    type: int
    unit: int | None
    notes: Mapping[str, int]
    columns: Mapping[int, Column]


def read_tables(files: Mapping[str, bytes]) -> tuple[str, list[PrintedFigure]]:
    """Take the world tables of one release apart.

    Parameters
    ----------
    files : mapping of file name to content
        All of one release.

    Returns
    -------
    release : str
        "MCS 2025".
    figures : list of PrintedFigure
        Row by row; columns that are empty throughout a table are left out, empty rows too.

    Raises
    ------
    ChecksFailed
        If a head is not known, a row lacks its country, or several releases stand in the files.
    """
    texts = {name.replace("\\", "/").rsplit("/", 1)[-1]: _decode(content) for name, content in files.items()}
    releases = sorted({m for text in texts.values() for m in _sources(text)})
    if len(releases) != 1:
        raise DataError(f"one release expected in the column Source ('MCS2024'), found {', '.join(releases) or 'none'}")
    year = int(releases[0])
    figures: list[PrintedFigure] = []
    offenders: list[str] = []
    for name in sorted(texts):
        rows = list(csv.reader(io.StringIO(texts[name])))
        try:
            sheet = _sheet(name, rows[0] if rows else [], year)
        except DataError as error:
            offenders.append(str(error))
            continue
        for line, row in enumerate(rows[1:], start=2):
            try:
                figures += _figures(sheet, line, row)
            except DataError as error:
                offenders.append(str(error))
    if offenders:
        raise ChecksFailed(f"world tables of MCS {year}", offenders)
    return f"MCS {year}", _without_empty_columns(_completed(figures))


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _sources(text: str) -> set[str]:
    rows = csv.reader(io.StringIO(text))
    next(rows, None)
    return {match[1] for row in rows if row and (match := _RELEASE.fullmatch(row[0].strip()))}


def _sheet(file: str, heads: list[str], release: int) -> _Sheet:
    bare = [re.sub(r"\s+", "", head) for head in heads]  # "PROD_EST_ 2024"
    folded = [head.casefold() for head in bare]
    at = {head: i for i, head in reversed(list(enumerate(folded))) if head}
    code = _FILE.fullmatch(file)
    if "source" not in at or "country" not in at or ("commodity" not in at and code is None):
        raise DataError("columns Source and Country expected, and a column Commodity or a name like 'mcs2024-coppe_world.csv'", file=file)
    notes, columns, unknown = {}, {}, []
    for i, head in enumerate(folded):
        if match := _NOTE.fullmatch(head):
            notes[_VARIABLES[match["variable"]]] = i
        elif match := _HEAD.fullmatch(bare[i]):
            columns[i] = _column(heads[i], match, release)
        elif head and head not in ("source", "commodity", "country", "type", "unit_meas"):
            unknown.append(i)
    # One file of MCS 2024 has its type as the head of the column of types.
    if "type" not in at and unknown == [at["country"] + 1]:
        at["type"] = unknown.pop()
    if "type" not in at or unknown:
        raise DataError(f"columns not known: {', '.join(repr(heads[i]) for i in unknown) or 'no Type'}", file=file, row=1)
    for i, column in columns.items():
        if not column.unit and "unit_meas" not in at:
            raise DataError("no unit in the head", file=file, row=1, column=heads[i])
        if not release - 2 <= column.year <= release:
            raise DataError(f"a year from {release - 2} to {release} expected", file=file, row=1, column=heads[i])
    return _Sheet(file, at["source"], at.get("commodity"), at["country"], at["type"], at.get("unit_meas"), notes, columns)


def _column(head: str, match: re.Match[str], release: int) -> Column:
    kind = (match["kind"] or "").casefold().replace("_", " ")
    year = int(match["year"]) if match["year"] else release - 1
    return Column(head.strip(), _VARIABLES[match["variable"].casefold()], kind, match["unit"] or "", year, bool(match["est"]))


def _figures(sheet: _Sheet, line: int, row: list[str]) -> Iterator[PrintedFigure]:
    cells = row + [""] * (max(sheet.columns, default=0) + 1 - len(row))
    named = [i for i in (sheet.commodity, sheet.country, sheet.type) if i is not None]
    if not any(cells[i].strip() for i in (*named, *sheet.columns)):
        return
    if not cells[sheet.country].strip():
        raise DataError("figures without a country", file=sheet.file, row=line)
    code = _FILE.fullmatch(sheet.file)
    commodity = cells[sheet.commodity] if sheet.commodity is not None else code["code"] if code else ""
    notes = {variable: row[i].strip() for variable, i in sheet.notes.items() if i < len(row)}
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for column in sheet.columns.values():
        years[column.variable, column.kind].add(column.year)
    for i, column in sheet.columns.items():
        several = years[column.variable, column.kind]
        yield PrintedFigure(
            file=sheet.file,
            line=line,
            commodity=" ".join(commodity.split()),
            country=" ".join(cells[sheet.country].split()),  # some blanks are no-break spaces
            type=" ".join(cells[sheet.type].split()),
            column=column,
            unit=cells[sheet.unit].strip() if sheet.unit is not None else column.unit,
            text=cells[i],
            notes=notes,
            first_year=column.year == min(several) and len(several) > 1,
        )


def _table(figure: PrintedFigure) -> tuple[str, str, str]:
    return figure.file, figure.commodity, figure.type


def _completed(figures: list[PrintedFigure]) -> list[PrintedFigure]:
    """Give every figure what other rows tell: its unit, the one remarks state for the whole of its table, the mark on its country.

    A row without a unit has the unit of its table, if that is the same in all other rows.
    """
    columns: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    stated: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for figure in figures:
        if figure.unit:
            columns[_table(figure)].add(figure.unit)
        if match := _STATED_UNIT.search(figure.note):
            stated[*_table(figure), figure.column.variable].add(match[1].casefold())
    countries = {figure.country for figure in figures}
    filled = []
    for figure in figures:
        known, said = columns[_table(figure)], stated[*_table(figure), figure.column.variable]
        if not figure.unit and len(known) != 1:
            raise DataError("no unit", file=figure.file, row=figure.line, column="UNIT_MEAS")
        filled.append(
            replace(
                figure,
                unit=figure.unit or next(iter(known)),
                stated_unit=next(iter(said)) if len(said) == 1 else "",
                estimated_row=figure.country.endswith("e") and figure.country[:-1] in countries,
            )
        )
    return filled


def _without_empty_columns(figures: list[PrintedFigure]) -> list[PrintedFigure]:
    """Leave out a column that holds nothing anywhere in its table, and no remark in place of a figure either."""
    filled: set[tuple[object, ...]] = set()
    for figure in figures:
        if figure.text.strip() or figure.mark:
            filled.add((*_table(figure), figure.column.head))
    return [figure for figure in figures if (*_table(figure), figure.column.head) in filled]
