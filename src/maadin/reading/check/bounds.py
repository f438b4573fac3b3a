"""Bounds over a window: never more than, at least, in all the years of a stretch of time.

The product codes at hand often cover a part of a trade. Their sum is a lower bound: above the bound it contradicts "never more than"; below, it supports
nothing. Where a heading holds all of a trade, the year is bounded from both sides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from maadin.facts.ask.quantities import Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import Listing, known_listings
from maadin.reading.check.flows import Bundle, By
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.levels import MASS, sides
from maadin.reading.check.listed import notes_on as listed_notes
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.subject import Case
from maadin.reading.check.tolerance import band_rule
from maadin.reading.check.traded import no_flows, notes_on
from maadin.reading.check.verdict import Figure, What
from maadin.reading.check.windows import last_year


@dataclass(slots=True)
class _Year:
    """What is known of one year and stage: between low and high."""

    low: float = 0.0
    high: float = math.inf
    doubtful: bool = False
    low_of: tuple[str, ...] = ()


def bound(case: Case, known: Knowledge) -> Outcome:
    """Hold a bound against every year of its window."""
    if case.band is None or isinstance(case.band.told, tuple):
        return lacking(Note("no_number_told"))
    metric = case.statement.metric
    if metric in ("exports", "imports"):
        return _traded(case, known, metric)
    if metric in ("production", "capacity", "reserves"):
        return _listed(case, known, metric)
    return lacking(Note("no_test", {"metric": metric}))


def window_rule(case: Case, first: int, last: int) -> Note:
    """Which years a vague window was read as."""
    return Note("window", {"told": case.period.told, "first": first, "last": last})


def _traded(case: Case, known: Knowledge, what: What) -> Outcome:
    asked, rows_are = sides(case, what == "imports")
    found = flows.bundles(asked, known, rows_are, asked.others)
    if not found:
        return no_flows(asked, known, rows_are, asked.others)
    first, last = case.period.span(last_year((b.year for b in found), case.anchor(known)), min(b.year for b in found))
    window = [b for b in found if first <= b.year <= last]
    by: By = "value" if case.statement.unit == "USD" else "quantity"
    single = len(asked.holder) == 1 and len(asked.others) == 1
    years = _intervals(window, asked, by, single)
    readings = [_reading(case, key, year, window, asked, what) for key, year in years.items()]
    if not readings:
        return lacking(
            Note("no_quantity", {"codes": sorted({c for b in window for c in b.codes}), "years": sorted({b.year for b in window})})
        )
    outcome = _over_all_years(readings, case)
    outcome.figures = _shown(window, asked, what, outcome.figures)
    outcome.reasons.insert(0, _extreme(window, asked, by, case, what))
    outcome.rules += [window_rule(case, first, last), band_rule(case.band, case.statement.unit or MASS)] if case.band else []
    outcome.notes += notes_on(window, known)
    outcome.would_change += _longer(case, found, asked, by, first, what)
    return outcome


def _intervals(window: list[Bundle], asked: Case, by: By, single: bool) -> dict[tuple[str, int], _Year]:
    """By stage and year, what all bundles together leave possible, in gross tonnes or dollars."""
    years: dict[tuple[str, int], _Year] = defaultdict(_Year)
    for b in window:
        for t in flows.traded(b, asked.holder, by, single=single):
            if t.mass_basis != "gross":
                continue
            year = years[b.stage.id, b.year]
            if t.low >= year.low:
                year.low, year.low_of = t.low, b.missing
                year.doubtful = by == "quantity" and b.doubtful(asked.holder)
            year.high = min(year.high, t.high)
    for year in years.values():
        year.high = max(year.high, year.low)
    return years


def _reading(case: Case, key: tuple[str, int], year: _Year, window: list[Bundle], asked: Case, what: What) -> Reading:
    """Whether one year keeps to the bound."""
    assert case.band is not None
    told = case.band.high if case.band.how == "lt" else case.band.low
    if case.band.how == "lt":
        answer = False if year.low > told else True if year.high <= told else None
    else:
        answer = True if year.low >= told else False if year.high < told else None
    why = None
    if answer is False and year.doubtful:
        answer, why = None, Note("quantity_flagged", {"year": key[1], "codes": []})
    shown = tuple(f for b in window if (b.stage.id, b.year) == key for f in flows.figures(b, asked.holder, what))
    return Reading(answer, {"stage": key[0], "year": key[1]}, shown, why, True, year.low_of)


def _over_all_years(readings: list[Reading], case: Case) -> Outcome:
    """A bound holds if it holds in every year; one year above it is enough against it."""
    stages = {r.axes["stage"] for r in readings}
    joined = []
    for stage in sorted(stages):
        mine = [r for r in readings if r.axes["stage"] == stage]
        answers = {r.answer for r in mine}
        answer = False if False in answers else None if None in answers else True
        decisive = [r for r in mine if r.answer is answer]
        missing = tuple(sorted({c for r in decisive for c in r.missing_codes}))
        why = None
        if answer is None:
            why = next((r.why_open for r in decisive if r.why_open), None) or Note(
                "codes_are_lower_bound",
                {
                    "codes": [],
                    "missing": list(missing),
                    "stage": stage,
                    "commodity": case.commodity.id,
                    "years": sorted(r.axes["year"] for r in decisive),
                },
            )
        joined.append(
            Reading(answer, {"stage": stage}, tuple(f for r in mine for f in r.figures), why, True, missing if answer is None else ())
        )
    outcome = settle(joined, commodity=case.commodity.id, denied=not case.statement.polarity)
    beyond = {(r.axes["stage"], r.axes["year"]) for r in readings if r.answer is False}
    against = sorted({y for _, y in beyond})
    if against:
        groups = [
            {"axis": "stage", "value": s, "years": sorted(y for y in against if (s, y) in beyond)} for s in sorted({s for s, _ in beyond})
        ]
        outcome.reasons.append(Note("beyond_bound_in", {"groups": groups, "commodity": case.commodity.id}))
    return outcome


def _shown(window: list[Bundle], asked: Case, what: What, deciding: list[Figure]) -> list[Figure]:
    """Every year of the window, by code."""
    rows = {f.row for f in deciding}
    return deciding + [f for b in window for f in flows.figures(b, asked.holder, what, deciding=False) if f.row not in rows]


def _extreme(window: list[Bundle], asked: Case, by: By, case: Case, what: What) -> Note:
    """The largest (or smallest) year of the window, by series of codes."""
    assert case.band is not None
    sums = [(b.sum_of(asked.holder, by), b) for b in window]
    best: dict[tuple[str, str], tuple[float, Bundle]] = {}
    pick = max if case.band.how == "lt" else min
    for amount, b in sums:
        if amount is None:
            continue
        key = (b.stage.id, b.named)
        if key not in best or pick(amount, best[key][0]) == amount:
            best[key] = (amount, b)
    listed = [
        {"codes": list(b.codes), "stage": b.stage.id, "year": b.year, "value": amount, "flagged": b.doubtful(asked.holder)}
        for amount, b in best.values()
    ]
    unit = "USD" if by == "value" else MASS
    return Note("extreme", {"what": what, "most": case.band.how == "lt", "unit": unit, "by_codes": listed, "commodity": case.commodity.id})


def _longer(case: Case, found: list[Bundle], asked: Case, by: By, first: int, what: What) -> list[Note]:
    """What the years before the window would say."""
    before = [b for b in found if b.year < first]
    if not before or case.band is None:
        return []
    sums = [(b.sum_of(asked.holder, by), b) for b in before]
    known = [(amount, b) for amount, b in sums if amount is not None]
    if not known:
        return []
    pick = max if case.band.how == "lt" else min
    amount, b = pick(known, key=lambda pair: pair[0])
    values = {
        "since": min(x.year for x in before),
        "year": b.year,
        "value": amount,
        "unit": "USD" if by == "value" else MASS,
        "codes": list(b.codes),
    }
    return [Note("longer_window", {**values, "what": what, "most": case.band.how == "lt"})]


def _listed(case: Case, known: Knowledge, kind: Kind) -> Outcome:
    """A bound on output, capacity or reserves: every year (or release) of the window in each source."""
    assert case.band is not None
    found = [x for x in known_listings(case, kind, known) if x.unit == MASS]
    if not found:
        return lacking(Note("no_listing", {"kind": kind, "commodity": case.commodity.id, "stages": list(case.told_stages)}))
    first, last = case.period.span(last_year((x.year for x in found), case.anchor(known)), min(x.year for x in found))
    readings, told = [], case.band
    for x in _newest(x for x in found if first <= x.year <= last) if kind != "reserves" else found:
        amount = x.amount(case.holder)
        if amount.value is None:
            continue
        if told.how == "lt":
            answer = False if amount.low > told.high else True if amount.high <= told.high else None
        else:
            answer = True if amount.low >= told.low else False if amount.high < told.low else None
        readings.append((answer, x))
    if not readings:
        return lacking(Note("no_rows_for", {"kind": kind, "country": case.country}))
    joined = []
    for series in dict.fromkeys(x.series for _, x in readings):
        mine = [(a, x) for a, x in readings if x.series == series]
        answers = {a for a, _ in mine}
        shown = tuple(f for _, x in mine for f in x.figures(case.holder))
        axes = {k: v for k, v in mine[0][1].axes.items() if k not in ("year", "release")}
        joined.append(Reading(False if False in answers else None if None in answers else True, axes, shown))
    outcome = settle(joined, commodity=case.commodity.id, denied=not case.statement.polarity)
    outcome.rules += [window_rule(case, first, last), band_rule(told, MASS)]
    if beyond := sorted({(x.source, x.year) for a, x in readings if a is False}):
        groups = [{"axis": "source", "value": s, "years": [y for t, y in beyond if t == s]} for s in dict.fromkeys(s for s, _ in beyond)]
        outcome.reasons.append(Note("beyond_bound_in", {"groups": groups, "commodity": case.commodity.id}))
    outcome.notes += listed_notes(case, kind, [x for _, x in readings], known)
    return outcome


def _newest(found: Iterable[Listing]) -> list[Listing]:
    """Each year in its newest release."""
    kept: dict[tuple[object, ...], Listing] = {}
    for x in found:
        key = (*x.series, x.year)
        if key not in kept or x.release > kept[key].release:
            kept[key] = x
    return list(kept.values())
