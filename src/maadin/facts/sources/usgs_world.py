"""World production, capacity and reserves from the data releases of the USGS Mineral Commodity Summaries.

References
----------
U.S. Geological Survey, Mineral Commodity Summaries data releases: doi:10.5066/P9WCYUI6 (2023), doi:10.5066/P144BA54 (2024),
doi:10.5066/P13XCP3R (2025).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from maadin import labels
from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts.records import Quality, Quantity, Status
from maadin.facts.regions import printed_code
from maadin.facts.sources.cells import Cell, parse_cell
from maadin.facts.sources.usgs_tables import PrintedFigure, read_tables
from maadin.facts.sources.usgs_units import Override, WorldTables, override_for, scale_of

SOURCE = "usgs_mcs"
_ESTIMATED = re.compile(
    r"^estimated\b(?! (?:reserves|from consumption))|\balso estimated|\bestimated in \d{4}|\bestimated in both", re.IGNORECASE
)
_REPORTED = re.compile(r"(?:^|[.,] *)re(?:po|pro)rted\b(?! by)|\breported in \d{4}|\breported data in", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of `usgs_world.csv`: which printed tables, and what they are. Patterns are matched on folded names; empty means any."""

    commodity: re.Pattern[str]
    type: re.Pattern[str]
    country: re.Pattern[str]
    note: re.Pattern[str]
    column: re.Pattern[str]
    release: re.Pattern[str]
    id: str
    variable: str
    stage: str
    form: str
    mass_basis: str
    reason: str

    def applies(self, figure: PrintedFigure, release: str) -> bool:
        """Whether this line speaks of the figure."""
        column = " ".join((figure.column.variable, figure.column.kind)).strip()
        return bool(
            self.commodity.fullmatch(labels.key(figure.commodity))
            and self.type.search(labels.key(figure.type))
            and self.country.search(labels.key(figure.country))
            and self.note.search(labels.key(figure.notes.get("production", "")))
            and (not self.column.pattern or self.column.fullmatch(column))
            and (not self.release.pattern or self.release.fullmatch(release))
        )


def read_mcs_world(files: Mapping[str, bytes], corrections: Sequence[Override] = ()) -> WorldTables:
    """Read the world tables of one data release.

    Parameters
    ----------
    files : mapping of file name to content
        The CSV files as published: one per commodity (until MCS 2024) or one for all (from MCS 2025 on).
    corrections : sequence of Override
        Units and misprints put right besides those listed in the package.

    Returns
    -------
    WorldTables
        Units normalised and corrected; world totals under WLD, "Other countries" under OTH.

    Raises
    ------
    ChecksFailed
        If any table, unit, country or cell is not known; lists all of them.
    """
    release, figures = read_tables(files)
    tables: dict[str, list[Quantity]] = {"production": [], "capacity": [], "reserves": []}
    offenders: list[str] = []
    for figure in figures:
        try:
            rule = _rule(figure, release)
            if rule.id != "-":
                variable = rule.variable or figure.column.variable
                tables[variable].append(_quantity(figure, rule, variable, release, corrections))
        except (DataError, LabelError) as error:
            message = str(error)
            if isinstance(error, LabelError) or error.file is None:
                message = str(DataError(message, file=figure.file, row=figure.line, column=figure.column.head))
            if message not in offenders:
                offenders.append(message)
    offenders += [f"{variable}: {twice}" for variable, rows in tables.items() for twice in _twice(rows)]
    if offenders:
        raise ChecksFailed(f"world tables of {release}", offenders)
    return WorldTables(**tables)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The concordance, first match first."""
    file = resources.files("maadin.facts") / "data" / "concordance" / "usgs_world.csv"
    lines = csv.DictReader(file.read_text("utf-8").splitlines())
    return tuple(_as_rule(line) for line in lines)


def _as_rule(line: dict[str, str]) -> Rule:
    patterns = {name: re.compile(line[name]) for name in ("commodity", "type", "country", "note", "column", "release")}
    return Rule(
        **patterns,
        id=line["id"],
        variable=line["variable"],
        stage=line["stage"],
        form=line["form"],
        mass_basis=line["mass_basis"],
        reason=line["reason"],
    )


def _rule(figure: PrintedFigure, release: str) -> Rule:
    for rule in rules():
        if rule.applies(figure, release):
            return rule
    raise DataError(
        f"no line of usgs_world.csv says what {figure.column.variable} {figure.column.kind} of {figure.commodity!r}, {figure.type!r} is",
        file=figure.file,
        row=figure.line,
    )


def _quantity(figure: PrintedFigure, rule: Rule, variable: str, release: str, corrections: Sequence[Override]) -> Quantity:
    unprocessed = Quantity(
        commodity=rule.id,
        stage="mine" if variable == "reserves" else rule.stage,  # what is still in the ground
        form=rule.form,
        mass_basis=rule.mass_basis,
        country=printed_code(SOURCE, figure.country),
        country_printed=figure.country,
        year=figure.column.year,
        value=None,
        low=None,
        high=None,
        unit="",
        status=Status.MISSING,
        quality=Quality.REPORTED,
        source=SOURCE,
        release=release,
        value_printed=figure.text.strip(),
        unit_printed=figure.unit,
        note="",
    )
    corrected = override_for(unprocessed, variable, corrections)
    unit, scale = scale_of(corrected.unit_true if corrected else figure.stated_unit or figure.unit)
    cell = _cell(figure, scale, corrected.text_true if corrected else "")
    return unprocessed._replace(
        value=cell.value,
        low=cell.low,
        high=cell.high,
        unit=unit,
        status=cell.status.value,
        quality=_quality(figure, cell).value,
        note="; ".join(filter(None, (_note(figure), rule.reason, _correction(figure, corrected)))),
    )


def _cell(figure: PrintedFigure, scale: float, text_true: str) -> Cell:
    cell = parse_cell(text_true or figure.text, scale)
    return parse_cell(figure.mark, scale) if cell.status is Status.MISSING and figure.mark else cell


def _correction(figure: PrintedFigure, corrected: Override | None) -> str:
    """What was put right, in words."""
    if corrected is not None and corrected.text_true:
        return f"misprint, read as {corrected.text_true}: {corrected.why}"
    if corrected is not None and corrected.unit_true != figure.unit:
        return f"unit corrected to {corrected.unit_true}: {corrected.why}"
    if figure.stated_unit and corrected is None and scale_of(figure.stated_unit) != scale_of(figure.unit):
        return f"unit {figure.stated_unit} as the table's remarks say"
    return ""


def _quality(figure: PrintedFigure, cell: Cell) -> Quality:
    """Column heads and types say "estimated" of all rows; a remark says otherwise of the earlier year only."""
    of_this_year = figure.first_year or figure.column.variable != "production"
    marked = figure.estimated_row and figure.column.variable != "reserves"
    if of_this_year and (marked or _ESTIMATED.search(figure.note)):
        return Quality.ESTIMATED
    if of_this_year and _REPORTED.search(figure.note):
        return Quality.REPORTED
    headed = figure.column.estimated or (figure.column.variable != "reserves" and "estimated" in figure.type.casefold())
    return Quality.ESTIMATED if headed else cell.quality


def _note(figure: PrintedFigure) -> str:
    """The remark of the row, and the word in the cell where it is not a figure."""
    word = " ".join(figure.text.split())
    remark = " ".join(figure.note.split())
    if remark.replace(",", "").isdecimal() or remark.casefold() in ("na", "xx", "w"):
        remark = ""  # slipped in from a neighbouring column, or said by the status
    if not word and not figure.mark:
        remark = "; ".join(filter(None, ("empty cell: zero or not available", remark)))
    is_word = len(word) > 2 and word[0].isalpha() and not any(c.isdecimal() for c in word)
    return "; ".join(filter(None, (word if is_word and word.casefold() not in remark.casefold() else "", remark)))


def _twice(rows: list[Quantity]) -> list[str]:
    keys = Counter((r.commodity, r.stage, r.form, r.mass_basis, r.country, r.year) for r in rows)
    return [f"{' '.join(map(str, key))} stands {n} times" for key, n in keys.items() if n > 1]
