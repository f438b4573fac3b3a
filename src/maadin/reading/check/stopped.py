"""Flows that stopped: year by year around the event, and when most of the fall came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.enacted import concerns, figure_of
from maadin.reading.check.flows import Bundle
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.levels import sides
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.shelf import Record
from maadin.reading.check.subject import Case
from maadin.reading.check.traded import no_flows, notes_on
from maadin.reading.check.verdict import What
from maadin.reading.check.windows import RECENT

NEWS = timedelta(days=31)
FULL_YEARS = 2  # after the event: the years that decide
LEFT = 0.10  # of the year before the event, rounded to whole per cent: what may be left of a flow that has stopped


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of one series of codes; a flow that is not listed lies between nothing and the smallest one listed."""

    bundle: Bundle
    low: float
    high: float


def stopped(case: Case, known: Knowledge) -> Outcome:
    """Whether at most a tenth of a flow's worth was left in the two full years after an event (the year of the event, where there is none yet)."""
    what: What = "imports" if case.statement.metric == "imports" else "exports"
    asked, rows_are = sides(case, what == "imports")
    found = [b for b in flows.bundles(asked, known, rows_are, asked.others) if not b.upper]
    if not found:
        return no_flows(asked, known, rows_are, asked.others)
    event = _told_event(case, known) or _event(asked, found, known)
    last = max(b.year for b in found)
    if event is None:
        return lacking(Note("no_event"))
    if event > last:
        shown = [f for b in found if b.year == last for f in flows.figures(b, asked.holder, what)]
        return lacking(Note("year_after_data", {"year": event, "last": last}), shown)
    after = list(range(event + 1, min(event + FULL_YEARS, last) + 1)) or [event]
    readings, trails = [], []
    for codes in dict.fromkeys(b.codes for b in found):
        years = {b.year: _year(case, asked, b) for b in found if b.codes == codes}
        if reading := _reading(years, event, after, asked, what):
            readings.append(reading)
            trails.append(_trail(years, event, after, codes))
            trails.append(_again(years, event, after, codes))
    if not readings:
        return lacking(Note("no_flow_before", {"year": event - 1}))
    outcome = settle(_whole(readings, case), commodity=case.commodity.id, denied=not case.statement.polarity)
    for codes in dict.fromkeys(b.codes for b in found):
        near = [b for b in found if b.codes == codes and event - RECENT <= b.year <= last]
        rows = {f.row for f in outcome.figures}
        outcome.figures += [f for b in near for f in flows.figures(b, asked.holder, what, deciding=False) if f.row not in rows]
    outcome.reasons += [n for trail in trails for n in trail]
    if measures := _measures(case, asked, event):
        listed = [{"id": r["id"], "name": r["measure"], "since": r["effective_from"], "until": r["effective_to"]} for r in measures]
        outcome.reasons.append(Note("measures_on_route", {"measures": listed}))
        outcome.figures += [figure_of(r, deciding=False) for r in measures]
    outcome.rules.append(Note("rule_stopped", {"share": LEFT, "event": event, "after": after, "full_years": after != [event]}))
    outcome.notes += notes_on([b for b in found if b.year in (event - 1, *after)], known)
    return outcome


def _measures(case: Case, asked: Case, event: int) -> list[Record]:
    """What the importer put in the way of the flow in the ten years up to the event."""
    return [
        r
        for r in reversed(case.shelf.measures(case.commodity.id))
        if concerns(r, asked.others, asked.holder) and event - RECENT <= int(r["effective_from"][:4]) <= event
    ]


def _whole(readings: list[Reading], case: Case) -> list[Reading]:
    """Codes that cover a part of a trade cannot show that all of it stopped, unless what covers the whole says so too."""
    if any(r.answer and not r.missing_codes for r in readings):
        return readings
    made = []
    for r in readings:
        if r.answer and r.missing_codes:
            values = {"codes": [], "missing": list(r.missing_codes), "stage": r.axes["stage"], "commodity": case.commodity.id}
            made.append(replace(r, answer=None, why_open=Note("rest_may_flow", values)))
        else:
            made.append(r)
    return made


def _year(case: Case, asked: Case, bundle: Bundle) -> _Year:
    usd = bundle.sum_of(asked.holder, "value")
    if usd is not None:
        return _Year(bundle, usd, usd)
    return _Year(bundle, 0.0, flows.unlisted_limit_usd(case.shelf, bundle) or 0.0)


def _told_event(case: Case, known: Knowledge) -> int | None:
    """The year that is told; a day just before publication is when it was said."""
    day = case.period.day
    if day is None or (known.published is not None and timedelta() <= known.published - day <= NEWS):
        return case.period.year
    return day.year


def _event(asked: Case, found: list[Bundle], known: Knowledge) -> int | None:
    """Without a year told: the year of the largest fall in worth against the year before, among the last ten."""
    falls: dict[int, float] = {}
    last = min(max(b.year for b in found), known.published.year if known.published else 9999)
    sums: dict[int, float] = {}
    longest = max({b.codes for b in found}, key=lambda codes: sum(b.codes == codes for b in found))
    for b in found:
        if b.codes == longest:
            sums[b.year] = b.sum_of(asked.holder, "value") or 0.0
    for year, worth in sums.items():
        if last - RECENT < year <= last and sums.get(year - 1):
            falls[year] = 1 - worth / sums[year - 1]
    return max(falls, key=lambda y: falls[y]) if falls else None


def _reading(years: dict[int, _Year], event: int, after: list[int], asked: Case, what: What) -> Reading | None:
    before = years.get(event - 1)
    if before is None or before.low <= 0:
        return None
    lefts = [(round(years[y].low / before.low, 2), round(years[y].high / before.low, 2)) for y in after if y in years]
    if not lefts:
        return None
    gone = all(high <= LEFT for _, high in lefts)
    stays = any(low > LEFT for low, _ in lefts)
    shown = tuple(f for y in (event - 1, *after) if y in years for f in flows.figures(years[y].bundle, asked.holder, what))
    bundle = before.bundle
    answer = True if gone else False if stays else None
    why = Note("flow_below_listed", {"codes": list(bundle.codes), "year": after[-1], "value": None}) if answer is None else None
    return Reading(answer, {"series": bundle.named, "stage": bundle.stage.id}, shown, why, True, bundle.missing)


def _again(years: dict[int, _Year], event: int, after: list[int], codes: tuple[str, ...]) -> list[Note]:
    """Years after those that decide in which it flowed again."""
    before = years[event - 1].low
    again = sorted(y for y in years if y > max(after) and round(years[y].low / before, 2) > LEFT)
    return [Note("flowed_again", {"codes": list(codes), "years": again, "share": LEFT})] if again else []


def _trail(years: dict[int, _Year], event: int, after: list[int], codes: tuple[str, ...]) -> list[Note]:
    """What was left after the event, and how much of the fall from the peak of the ten years before came before it."""
    before, end = years[event - 1], years[max(y for y in after if y in years)]
    values = {"codes": list(codes), "before": event - 1, "value_before": before.low, "year": end.bundle.year, "unit": "USD"}
    notes = [
        Note("left_after", {**values, "value": end.low, "at_most": end.high if end.high > end.low else None, "left": end.high / before.low})
    ]
    window = [y for y in years if event - RECENT <= y < event]
    peak = max(window, key=lambda y: years[y].low)
    fall = years[peak].low - end.high
    if peak < event - 1 and fall > 0:
        part = (years[peak].low - before.low) / fall
        notes.append(
            Note(
                "fall_came_before",
                {"codes": list(codes), "peak": peak, "value_peak": years[peak].low, "before": event - 1, "share": part, "unit": "USD"},
            )
        )
    return notes
