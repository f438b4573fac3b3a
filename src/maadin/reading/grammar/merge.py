"""One statement once: repeats are dropped, and a mention without a size or date gives way to one that has it."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar.evidence import BUILT
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.statement import Statement

APART = 3  # months between two acts of one kind; less lies between an announcement and its effect
_THOUGHT_OF = ("considered", "proposed", "threatened")


def merged(found: Sequence[Statement]) -> list[Statement]:
    """Statements in the order of the text without those that say nothing new.

    The first of several equal ones stays; fields that only a later one tells are added to it.
    """
    kept: list[Statement] = []
    for s in found:
        at = next((i for i, k in enumerate(kept) if _same(k, s)), None)
        if at is None:
            kept.append(s)
        else:
            kept[at] = _joined(kept[at], s)
    return kept


def _parties(s: Statement) -> set[str]:
    return set(s.country or s.actor)


def _ends(s: Statement) -> tuple[str | None, frozenset[str], frozenset[str]]:
    """Metric and ends of a flow, one way round: A's imports from B are B's exports to A."""
    target = frozenset(s.target or ()) - {"WLD"}
    if s.metric == "imports" and target:
        return "exports", target, frozenset(s.country)
    return s.metric, frozenset(_parties(s)), target


def _same(a: Statement, b: Statement) -> bool:
    if a.kind != b.kind or (a.instrument != b.instrument and not _one_project(a, b)) or (a.unit != b.unit and None not in (a.unit, b.unit)):
        return False
    if a.polarity != b.polarity or a.quality != b.quality or (not set(a.commodity) & set(b.commodity) and not _generic(a, b)):
        return False
    (metric, who, target), (metric_b, who_b, target_b) = _ends(a), _ends(b)
    if metric != metric_b or a.of != b.of or not who & who_b or (target and target_b and not target & target_b):
        return False
    if a.kind == "measure" and (a.value is None or b.value is None):
        return not _another_time(a, b) and (a.status == "exempted") == (b.status == "exempted")
    if a.value != b.value or _of_two_sources(a, b):
        return False
    return a.metric not in ("change",) or a.year_or_date == b.year_or_date or None in (a.year_or_date, b.year_or_date)


def _one_project(a: Statement, b: Statement) -> bool:
    """Whether a project, a fund and a venture of the same size are one: each text calls its project by several words."""
    return a.instrument in BUILT and b.instrument in BUILT and a.value is not None and a.value == b.value and a.unit == b.unit


def _of_two_sources(a: Statement, b: Statement) -> bool:
    """Whether two named sources make the same claim without a figure: each is a statement of its own."""
    return a.kind == "claim" and a.value is None and None not in (a.attributed_to, b.attributed_to) and a.attributed_to != b.attributed_to


def _another_time(a: Statement, b: Statement) -> bool:
    """Whether the dates of two measures tell that they are two: one only thought of, seasons apart, or in other years where only those are told."""
    if a.year_or_date is None or b.year_or_date is None:
        return False
    first, again = _month(a.year_or_date), _month(b.year_or_date)
    if first != again and None not in (first, again) and (a.status in _THOUGHT_OF) != (b.status in _THOUGHT_OF):
        return True
    if first is None or again is None:
        return a.year_or_date[:4] != b.year_or_date[:4]
    return abs(first - again) >= APART


def _month(date: str) -> int | None:
    """Months since the year 0; None where only a year is told."""
    if len(date) == 4:
        return None
    month = 3 * int(date[6]) if date[5] == "Q" else int(date[5:7])
    return 12 * int(date[:4]) + month


def _generic(a: Statement, b: Statement) -> bool:
    """Whether one of two restrictions is on minerals in general, or a venture is only spoken of again, with nobody and on nothing in particular."""
    if a.instrument == "joint_venture":
        return b.commodity == ("minerals",) and b.target is None and (a.actor, a.status) == (b.actor, b.status)
    return a.kind == "measure" and a.instrument in RESTRICTIONS and ("minerals" in a.commodity or "minerals" in b.commodity)


def _joined(first: Statement, again: Statement) -> Statement:
    """The fuller of two equal statements, with what only the other tells."""
    general = "minerals" in first.commodity and "minerals" not in again.commodity
    if (first.value is None and again.value is not None) or (general and first.value == again.value and again.year_or_date is not None):
        first, again = again, first
    told = {
        name: getattr(again, name)
        for name in ("attributed_to", "year_or_date", "target", "window", "condition")
        if getattr(first, name) is None and getattr(again, name) is not None
    }
    if first.kind == "measure" and (set(first.commodity) < set(again.commodity) or first.commodity == ("minerals",)):
        told["commodity"] = again.commodity
    if told.get("target") == ("WLD",):
        told.pop("target")
    return first.model_copy(update=told)
