"""From a figure of a table to the text of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from maadin.facts import regions
from maadin.facts.ask.quantities import NOT_LISTED, WORLD
from maadin.facts.records import Quality, Status
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.numbers import Scale, aligned, fixed, number, percent, scale_for
from maadin.report.sheets import Column, text_column
from maadin.report.words import Language, phrase

Record = dict[str, Any]
_MARKS = {Quality.ESTIMATED: "e", Quality.PROVISIONAL: "p"}
_BOUNDS = {Status.AT_LEAST: ">", Status.AT_MOST: "<", Status.BELOW_HALF_UNIT: "≈"}


class Tonnes:
    """One scale for the tonnes of a table, in which a tenth of a typical figure still shows, and one number of decimals: columns add up by eye."""

    def __init__(self, figures: Sequence[float], language: Language) -> None:
        typical = median(figures) if figures else 0.0
        self._scale = scale_for([typical / 10], "tonne")
        shown = typical / self._scale.factor
        self._decimals = 0 if shown >= 100 else 1 if shown >= 10 else 2
        self._language = language
        self.unit = self._scale.words(language)

    def cells(self, values: Iterable[float | None], marks: Sequence[str] = ()) -> list[str]:
        """Figures in the scale, each with its mark behind."""
        shown = [self.cell(v) for v in values]
        return aligned([s + m for s, m in zip(shown, marks, strict=True)] if marks else shown)

    def cell(self, value: float | None) -> str:
        """A figure in the scale; blank where there is none."""
        if value is None:
            return ""
        return fixed(value / self._scale.factor, self._decimals, self._language) if value else "0"


def grouped(table: Table, keys: Sequence[str]) -> list[tuple[tuple[Any, ...], list[Record]]]:
    """Records by some columns, groups in order of appearance."""

    def key(record: Record) -> tuple[Any, ...]:
        return tuple(record[k] for k in keys)

    rows = table.records()
    order = {k: i for i, k in reversed(list(enumerate(map(key, rows))))}
    return [(k, list(g)) for k, g in groupby(sorted(rows, key=lambda r: order[key(r)]), key=key)]


def caption(parts: Iterable[str]) -> str:
    """The parts of a caption that are there."""
    return " · ".join(p for p in parts if p)


def names(head: str, codes: Sequence[str], language: Language) -> Column:
    """A column of country names."""
    return text_column(head, [regions.name(c, language) for c in codes], language)


def years(rows: Sequence[Record], language: Language) -> Column:
    """The column of years."""
    return text_column("year", [str(r["year"]) for r in rows], language)


def ranks(rows: Sequence[Record]) -> list[str]:
    """Ranks, blank where there is none."""
    return [str(r.get("rank") or "") for r in rows]


def figure(row: Record | None, scale: Scale, language: Language) -> str:
    """A value in the column's scale with its marks, or the word for why there is none."""
    if row is None:
        return ""
    if row.get("value") is None:
        return no_value(row, language)
    return bounded(number(row["value"] / scale.factor, language), row["status"]) + mark(row)


def no_value(row: Record, language: Language) -> str:
    """The word for why there is no value."""
    status = row.get("status") or ""
    if status == Status.DESCRIBED and row.get("value_printed"):
        return str(row["value_printed"])
    return phrase("statuses", str(status), language) if status else ""


def bounded(shown: str, status: str) -> str:
    """A number with the sign of a bound in front."""
    return shown if status == NOT_LISTED else _BOUNDS.get(Status(status), "") + shown


def mark(row: Record) -> str:
    """The letter for an estimated or provisional figure."""
    quality = row.get("quality")
    return _MARKS.get(Quality(quality), "") if quality else ""


def scaled(value: float | None, scale: Scale, language: Language) -> str:
    """A number in the column's scale."""
    return "" if value is None else number(value / scale.factor, language)


def plain_number(value: float | None, language: Language) -> str:
    """A number as it is."""
    return "" if value is None else number(float(value), language)


def share(row: Record, language: Language) -> str:
    """A row's share; the world has none."""
    part = row.get("share")
    return "" if part is None or row.get("country") == WORLD else percent(part, language)


def stage_name(table: Table, stage: str, language: Language) -> str:
    """A stage of the table's commodity."""
    return words.stage_name(table.about.values["commodity"], stage, language)


def source_name(source: str, release: str, language: Language) -> str:
    """A publisher and its release."""
    return " ".join(part for part in (phrase("publishers", source, language), release) if part)


def source_line(sources: Iterable[tuple[str, str]], language: Language) -> str:
    """The line that names the sources."""
    listed = ("؛ " if language == "ar" else "; ").join(source_name(s, r, language) for s, r in sources)
    return f"{phrase('words', 'sources', language)}: {listed}" if listed else ""
