"""Changes: from one year to the next, since a year, or from a level to a level."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maadin.facts.ask.quantities import Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import Listing, known_listings
from maadin.reading.check.flows import Bundle
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.levels import sides
from maadin.reading.check.listed import notes_on as listed_notes
from maadin.reading.check.prices import annual_prices, figure_of
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.shares import BOTH, KINDS
from maadin.reading.check.subject import Case
from maadin.reading.check.tolerance import Band, as_rounded, band, band_rule, meets
from maadin.reading.check.traded import monthly, no_flows, notes_on
from maadin.reading.check.verdict import Figure, What
from maadin.reading.check.windows import last_year

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two years of one series; each level between two ends."""

    before: Ends
    after: Ends
    axes: dict[str, Any]
    figures: tuple[Figure, ...]
    doubtful: bool = False
    missing: tuple[str, ...] = ()


def change(case: Case, known: Knowledge) -> Outcome:
    """Hold a change against the figures of both years."""
    of = case.statement.of or "production"
    if case.period.kind == "month" and of != "price":
        if of in ("exports", "imports"):
            asked, rows_are = sides(case, of == "imports")
            return monthly(asked, known, rows_are, asked.others)
        return lacking(Note("only_annual", {"year": case.period.year}))
    if of in KINDS:
        return _listed(case, known, KINDS[of])
    if of in ("exports", "imports"):
        return _traded(case, known, of)
    if of == "price":
        return _priced(case, known)
    return lacking(Note("no_change_of", {"of": of}))


def years_of(case: Case, known: Knowledge, have: Iterable[int]) -> tuple[int, int] | None:
    """The year before and the year after; None where the tables lack one of them."""
    years = sorted(set(have))
    if not years:
        return None
    if case.period.since is not None:
        after = last_year(years, case.anchor(known))
        return (case.period.since, after) if case.period.since in years and after > case.period.since else None
    told = case.period.fixed
    after = told if told is not None else last_year(years, case.anchor(known))
    return (after - 1, after) if after in years and after - 1 in years else None


def _settled(case: Case, pairs: list[_Pair], years: tuple[int, int]) -> Outcome:
    """Hold all pairs against what was told."""
    first, last = years
    told = _told(case)
    if told is None:
        return lacking(Note("no_number_told"), [f for p in pairs for f in p.figures])
    readings, changes = [], []
    for p in pairs:
        answer = _answer(told, p)
        why = None
        if answer is False and p.doubtful:
            answer, why = None, Note("quantity_flagged", {"year": last, "codes": []})
        readings.append(Reading(answer, p.axes, p.figures, why, True, p.missing))
        changes.append(
            {**{k: v for k, v in p.axes.items() if k in ("source", "series", "by", "stage", "item", "form")}, "change": _middle(p)}
        )
    outcome = settle(readings, commodity=case.commodity.id, denied=not case.statement.polarity)
    outcome.reasons.append(Note("changed_by", {"first": first, "last": last, "changes": changes, "commodity": case.commodity.id}))
    outcome.rules += [Note("years_compared", {"first": first, "last": last}), *([band_rule(told.band, told.unit)] if told.band else [])]
    return outcome


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told of a change: a rate or an amount, a direction, or two levels."""

    band: Band | None
    unit: str
    before: Band | None = None
    rises: bool | None = None


def _told(case: Case) -> _Told | None:
    s = case.statement
    if s.value_prev is not None and isinstance(s.value, int | float):
        unit = s.unit or "tonne"
        return _Told(band(s.value, unit, s.comparator), unit, band(s.value_prev, unit, s.comparator))
    if case.band is not None:
        return _Told(case.band, s.unit or "percent")
    if s.comparator in ("gt", "lt"):
        return _Told(None, "", rises=s.comparator == "gt")
    return None


def _answer(told: _Told, pair: _Pair) -> bool | None:
    if told.rises is not None:
        low, high = pair.after[0] - pair.before[1], pair.after[1] - pair.before[0]
        return told.rises if low > 0 else not told.rises if high < 0 else None
    assert told.band is not None
    if told.before is not None:
        answers = meets(told.before)(*pair.before), meets(told.band)(*pair.after)
        return False if False in answers else None if None in answers else True
    if told.unit == "percent":
        if pair.before[0] <= 0:
            return None
        low, high = 100 * (pair.after[0] / pair.before[1] - 1), 100 * (pair.after[1] / pair.before[0] - 1)
    else:
        low, high = pair.after[0] - pair.before[1], pair.after[1] - pair.before[0]
    if told.band.how in ("gt", "lt"):
        return _beyond(told.band, low, high)
    return low <= told.band.high and high >= told.band.low


def _beyond(told: Band, low: float, high: float) -> bool | None:
    """A change of more (or less) than a number, which for a fall is told as a negative one: "fell by more than 5%"."""
    assert isinstance(told.told, int | float)
    if told.told < 0:
        return meets(band(-told.told, "", told.how))(-high, -low)
    return meets(told)(low, high)


def _middle(pair: _Pair) -> float | None:
    before, after = sum(pair.before) / 2, sum(pair.after) / 2
    return after / before - 1 if before > 0 and math.isfinite(after) and math.isfinite(before) else None


def _listed(case: Case, known: Knowledge, kind: Kind) -> Outcome:
    found = known_listings(case, kind, known)
    if not found:
        return lacking(Note("no_listing", {"kind": kind, "commodity": case.commodity.id, "stages": list(case.told_stages)}))
    years = years_of(case, known, (x.year for x in found))
    if years is None:
        return _out_of_reach(case, sorted({x.year for x in found}), [])
    pairs, used = [], []
    for series in dict.fromkeys(x.series for x in found):
        pair = _same_release([x for x in found if x.series == series], years, case)
        if pair is not None:
            before, after = pair
            used += [before, after]
            ends = [x.amount(case.holder) for x in (before, after)]
            if ends[0].value is None or ends[1].value is None:
                continue
            axes = {k: v for k, v in after.axes.items() if k not in ("year", "release")}
            shown = (*before.figures(case.holder), *after.figures(case.holder))
            pairs.append(_Pair((ends[0].low, ends[0].high), (ends[1].low, ends[1].high), axes, shown))
    if not pairs:
        lacks = [f for x in used for f in x.figures(case.holder)]
        values: dict[str, Any] = {"kind": kind, "country": case.country}
        if not lacks:
            return lacking(Note("no_rows_for", values))
        return lacking(Note("status_only", {**values, "statuses": sorted({f.status for f in lacks if f.value is None})}), lacks)
    outcome = _settled(case, pairs, years)
    outcome.notes += listed_notes(case, kind, used, known)
    return outcome


def _same_release(group: list[Listing], years: tuple[int, int], case: Case) -> tuple[Listing, Listing] | None:
    """Both years in one release, the newest that prints both; else each in its newest."""
    by_year = {y: {x.release: x for x in group if x.year == y} for y in years}
    both = by_year[years[0]].keys() & by_year[years[1]].keys()
    if both:
        return by_year[years[0]][max(both)], by_year[years[1]][max(both)]
    if not all(by_year.values()):
        return None
    return by_year[years[0]][max(by_year[years[0]])], by_year[years[1]][max(by_year[years[1]])]


def _traded(case: Case, known: Knowledge, of: str) -> Outcome:
    what: What = "imports" if of == "imports" else "exports"
    asked, rows_are = sides(case, of == "imports")
    found = [b for b in flows.bundles(asked, known, rows_are, asked.others) if not b.upper]
    if not found:
        return no_flows(asked, known, rows_are, asked.others)
    years = years_of(case, known, (b.year for b in found))
    if years is None:
        near = max(b.year for b in found)
        last = [f for b in found if b.year == near for f in flows.figures(b, asked.holder, what)]
        return _out_of_reach(case, sorted({b.year for b in found}), last)
    pairs = [
        p
        for codes in dict.fromkeys(b.codes for b in found)
        for p in _flow_pairs([b for b in found if b.codes == codes], years, asked, what)
    ]
    if not pairs:
        return lacking(Note("no_quantity", {"codes": sorted({c for b in found for c in b.codes}), "years": list(years)}))
    outcome = _settled(case, pairs, years)
    outcome.notes += notes_on([b for b in found if b.year in years], known)
    return outcome


def _flow_pairs(group: list[Bundle], years: tuple[int, int], asked: Case, what: What) -> list[_Pair]:
    by_year = {b.year: b for b in group}
    if not all(y in by_year for y in years):
        return []
    before, after = by_year[years[0]], by_year[years[1]]
    shown = (*flows.figures(before, asked.holder, what), *flows.figures(after, asked.holder, what))
    pairs = []
    for by in BOTH:
        first, last = before.sum_of(asked.holder, by), after.sum_of(asked.holder, by)
        if (
            first is None
            or last is None
            or (by == "quantity" and (before.without_quantity(asked.holder) or after.without_quantity(asked.holder)))
        ):
            continue
        doubtful = by == "quantity" and (before.doubtful(asked.holder) or after.doubtful(asked.holder))
        axes = {"stage": after.stage.id, "series": after.named, "by": by}
        pairs.append(_Pair((first, first), (last, last), axes, shown, doubtful, after.missing))
    return pairs


def _priced(case: Case, known: Knowledge) -> Outcome:
    rows = annual_prices(case, known)
    years = years_of(case, known, (r["year"] for r in rows))
    if case.period.kind == "month":
        return lacking(Note("only_annual", {"year": case.period.year}), [figure_of(r) for r in rows if r["year"] == case.period.year])
    if years is None:
        return _out_of_reach(case, sorted({r["year"] for r in rows}), [])
    pairs = []
    for key in dict.fromkeys((r["source"], r["item"], r["basis"]) for r in rows):
        mine = {r["year"]: r for r in rows if (r["source"], r["item"], r["basis"]) == key}
        if all(y in mine and mine[y]["value"] for y in years):
            ends = [as_rounded(mine[y]["value"], mine[y]["source"]) for y in years]
            axes = {"source": key[0], "item": f"{key[1]}, {key[2]}" if key[2] else key[1]}
            pairs.append(_Pair(ends[0], ends[1], axes, tuple(figure_of(mine[y]) for y in years)))
    if not pairs:
        return lacking(Note("no_prices", {"commodity": case.commodity.id}))
    return _settled(case, pairs, years)


def _out_of_reach(case: Case, years: list[int], shown: list[Figure]) -> Outcome:
    told = case.period.year or case.period.since
    if not years:
        return lacking(Note("no_prices", {"commodity": case.commodity.id}), shown)
    if told is not None and told > years[-1]:
        return lacking(Note("year_after_data", {"year": told, "last": years[-1]}), shown)
    return lacking(Note("year_before_data", {"year": told, "first": years[0] + 1}), shown)
