"""Cells of a path: changes with their intervals, levels, ranks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from maadin.report.intervals import NONE, Amounts, interval, joined_cell, percent_decimals, signed
from maadin.report.layout.simulation import LARGE
from maadin.report.path_effects import Effect, Level
from maadin.report.words import Language


def percent_cell(relative: Level, language: Language, decimals: int | None = None, stacked: bool = False) -> str:
    """A relative change with its interval; a dash where there is no level without."""
    if not abs(relative.median) < LARGE:
        return NONE
    places = percent_decimals([relative.median]) if decimals is None else decimals
    median, low, high = (100 * r for r in relative)
    shown = signed(median, places, language)
    return joined_cell(f"{shown}%", interval(low, high, places, language) if low < high else "", stacked)


def percents(relative: Sequence[Level], language: Language, stacked: bool) -> list[str]:
    """A column of relative changes."""
    decimals = percent_decimals(r.median for r in relative)
    return [percent_cell(r, language, decimals, stacked) for r in relative]


def figure(level: Level, amounts: Amounts, stacked: bool = False) -> str:
    """A change with its interval."""
    if math.isnan(level.median):
        return NONE
    band = amounts.interval(level.low, level.high) if level.low < level.high else ""
    return joined_cell(amounts.signed(level.median), band, stacked)


def level_cell(level: Level, amounts: Amounts) -> str:
    """A level with its interval beneath."""
    return joined_cell(amounts.plain(level.median), amounts.interval(level.low, level.high), True)


def change(e: Effect, tonnes: Amounts, language: Language, stacked: bool) -> str:
    """A change in tonnes with its percentage, the interval that of the percentage; a dash where there is nothing on either path."""
    if math.isnan(e.with_.median) or not (e.without.median or e.with_.median):
        return NONE
    change = tonnes.signed(e.difference.median)
    if not abs(e.relative.median) < LARGE:
        return joined_cell(change, tonnes.interval(*e.difference[1:]), stacked)
    decimals = percent_decimals([e.relative.median])
    median, low, high = (100 * r for r in e.relative)
    band = interval(low, high, decimals, language) if low < high else ""
    return joined_cell(f"{change} ({signed(median, decimals, language)}%)", band, stacked)


def rank(rank: Effect) -> str:
    """The rank with the measures; the one without where it differs."""
    if math.isnan(rank.with_.median):
        return NONE
    before = "" if rank.with_.median == rank.without.median or math.isnan(rank.without.median) else f" ({rank.without.median:.0f})"
    return f"{rank.with_.median:.0f}{before}"
