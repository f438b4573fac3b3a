"""Asking the trade tables: which bundles of codes answer for the time meant, and which lack there is where none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.flows import Bundle
from maadin.reading.check.knowledge import Knowledge, is_later_release
from maadin.reading.check.readings import Outcome, Reading, lacking, over_years, settle, years_that_say
from maadin.reading.check.shelf import Side
from maadin.reading.check.subject import Case
from maadin.reading.check.windows import EARLIER


def years_meant(case: Case, known: Knowledge, found: Sequence[Bundle]) -> tuple[int | None, tuple[int, ...]]:
    """The year that decides and those beside; None where the tables do not reach it."""
    years = sorted({b.year for b in found})
    if not years:
        return None, ()
    told = case.period.fixed
    if told is not None:
        return (told, (told,)) if told in years else (None, ())
    anchor = case.anchor(known)
    last = max((y for y in years if anchor is None or y <= anchor), default=None)
    if last is None:
        return None, ()
    first = last - EARLIER + 1 if case.period.is_undated else case.period.span(last, years[0])[0]
    return last, tuple(range(first, last + 1))


def ask_flows(
    case: Case, known: Knowledge, rows_are: Side, partner: Sequence[str], ask: Callable[[Bundle], list[Reading]], *,
    extra: Sequence[Reading] = (), denied: bool = False,
) -> Outcome:  # fmt: skip
    """Put a question to every bundle of the year meant, and of the four years before where the statement is undated."""
    if case.period.kind == "month":
        return monthly(case, known, rows_are, partner)
    found = flows.bundles(case, known, rows_are, partner)
    if not found and not extra:
        return no_flows(case, known, rows_are, partner)
    last, years = years_meant(case, known, found)
    if last is None and not extra:
        return _other_years(case, known, found)
    readings = list(extra)
    for bundle in found:
        if bundle.year in years:
            for r in ask(bundle):
                readings.append(replace(r, deciding=bundle.year == last))
    by_year = []
    if case.period.kind in ("ever", "window") and len(readings) > 1:
        by_year = [years_that_say(readings, case.commodity.id, denied=denied)]
        readings = over_years(readings, case.period.kind)
    if not any(r.deciding for r in readings):
        return no_quantity(case, [b for b in found if b.year == last])
    outcome = settle(readings, commodity=case.commodity.id, denied=denied)
    outcome.reasons += by_year
    outcome.notes += notes_on([b for b in found if b.year in years], known)
    return outcome


def notes_on(used: Sequence[Bundle], known: Knowledge) -> list[Note]:
    """What the codes cover, and what limits them."""
    notes = []
    for stage, codes, missing, coverage in dict.fromkeys((b.stage.id, b.codes, b.missing, b.coverage) for b in used):
        values = {"commodity": used[0].commodity, "stage": stage, "codes": list(codes), "missing": list(missing), "coverage": coverage}
        notes.append(Note("codes_used" if not missing else "codes_partial", values))
    if known.day is not None and (later := sorted({b.source for b in used if is_later_release(b.source)})):
        notes.append(Note("as_later_revised", {"sources": later}))
    return notes


def no_flows(case: Case, known: Knowledge, rows_are: Side, partner: Sequence[str]) -> Outcome:
    """The tables hold none of the codes, or held none by that day."""
    later = flows.bundles(case, Knowledge(None, known.published), rows_are, partner)
    if later:
        return lacking(
            Note("nothing_printed_by", {"kind": "trade", "day": known.day.isoformat() if known.day else None, "first": str(later[0].year)})
        )
    codes = sorted({c.code for s in case.stages for c in s.hs6})
    return lacking(Note("no_trade_table", {"commodity": case.commodity.id, "codes": codes}))


def no_quantity(case: Case, used: Sequence[Bundle]) -> Outcome:
    """Flows have a value but no quantity."""
    shown = [f for b in used for f in flows.figures(b, case.holder, "exports", deciding=False)]
    return lacking(
        Note("no_quantity", {"codes": sorted({c for b in used for c in b.codes}), "years": sorted({b.year for b in used})}), shown
    )


def monthly(case: Case, known: Knowledge, rows_are: Side, partner: Sequence[str]) -> Outcome:
    """The tables are annual: the year's figures are told, and that they are no answer."""
    found = flows.bundles(case, known, rows_are, partner)
    near = max((b.year for b in found if b.year <= (case.period.year or 9999)), default=None)
    shown = [f for b in found if b.year == near for f in flows.figures(b, case.holder, "exports", deciding=False)]
    return lacking(Note("only_annual", {"year": near}), shown)


def _other_years(case: Case, known: Knowledge, found: Sequence[Bundle]) -> Outcome:
    years = sorted({b.year for b in found})
    told = case.period.year or case.anchor(known)
    after = told is not None and told > years[-1]
    near = years[-1] if after else years[0]
    shown = [f for b in found if b.year == near for f in flows.figures(b, case.holder, "exports", deciding=False)]
    note = Note("year_after_data", {"year": told, "last": near}) if after else Note("year_before_data", {"year": told, "first": near})
    return lacking(note, shown)
