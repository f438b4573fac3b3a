"""Asking the listings of output, capacity and reserves: what answers, and which lack of a figure there is where none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maadin.facts.ask.quantities import NOT_LISTED, Kind
from maadin.facts.table import Note
from maadin.reading.check.amounts import Chosen, Listing, choose, known_listings
from maadin.reading.check.knowledge import Knowledge, is_later_release
from maadin.reading.check.readings import Outcome, Reading, lacking, over_years, settle, years_that_say
from maadin.reading.check.subject import Case, code_of
from maadin.reading.check.verdict import Figure


@dataclass(frozen=True, slots=True)
class Asked:
    """What one listing answers.

    Attributes
    ----------
    answer : bool or None
    why_open : Note, optional
    beside : tuple of Figure
        Figures of other countries that explain it.
    said : Note, optional
        What the listing says.
    otherwise : tuple of (str, bool or None)
        Other mass bases that the number told may be of, each with the answer by it.
    """

    answer: bool | None
    why_open: Note | None = None
    beside: tuple[Figure, ...] = ()
    said: Note | None = None
    otherwise: tuple[tuple[str, bool | None], ...] = ()


def ask_listings(
    case: Case,
    known: Knowledge,
    kind: Kind,
    ask: Callable[[Listing], Asked | None],
    *,
    holder: Sequence[str] | None = None,
    denied: bool = False,
) -> Outcome:
    """Put a question to every listing that answers for the time meant.

    `ask` returns None where the listing has no figure to answer with.
    """
    who = tuple(holder or case.holder)
    found = known_listings(case, kind, known)
    if not found:
        return _no_listing(case, kind, known)
    chosen, nearest = choose(found, case, known)
    if not any(c.deciding for c in chosen):
        return _other_years(case, nearest or [c.listing for c in chosen], who)
    readings: list[Reading] = []
    lacks: list[Chosen] = []
    for c in chosen:
        asked = ask(c.listing)
        if asked is None:
            lacks.append(c)
            continue
        own = c.listing.figures(who)
        beside = asked.beside if c.deciding else ()
        readings.append(Reading(asked.answer, c.listing.axes, (*own, *beside), asked.why_open, c.deciding, said=asked.said))
        for basis, answer in asked.otherwise:
            readings.append(Reading(answer, {**c.listing.axes, "mass_basis": basis}, own, None, c.deciding))
    by_year = []
    if case.period.kind in ("ever", "window") and kind != "reserves" and len(readings) > 1:
        by_year = [years_that_say(readings, case.commodity.id, denied=denied)]
        readings = over_years(readings, case.period.kind)
    if not any(r.deciding for r in readings):
        return _lack(case, kind, lacks, readings, who)
    outcome = settle(readings, commodity=case.commodity.id, denied=denied)
    outcome.reasons += by_year
    if case.source is not None and {c.listing.source for c in chosen if c.deciding} == {case.source}:
        outcome.rules.append(Note("source_named", {"source": case.source}))
    outcome.figures += [f for c in lacks if c.deciding for f in c.listing.figures(who, deciding=False)]
    if kind == "reserves":
        outcome.reasons += _revisions(chosen, who)
    outcome.notes += notes_on(case, kind, [c.listing for c in chosen if c.deciding], known)
    outcome.notes += _holes(lacks)
    return outcome


def _revisions(chosen: Sequence[Chosen], who: Sequence[str]) -> list[Note]:
    """Reserves that the releases print differently."""
    notes = []
    for series in dict.fromkeys(c.listing.series for c in chosen):
        trail = []
        for x in sorted((c.listing for c in chosen if c.listing.series == series), key=lambda x: x.release):
            amount, part = x.amount(who), x.share(who)
            if amount.value is not None:
                place = x.rank(who[0]) if len(who) == 1 else None
                share = amount.value / x.world if part and x.world else None
                trail.append({"release": x.release, "value": amount.value, "share": share, "rank": place})
        if len({t["value"] for t in trail}) > 1:
            notes.append(Note("revised", {"country": code_of(who), "trail": trail, "unit": chosen[0].listing.unit, "form": series[2]}))
    return notes


def notes_on(case: Case, kind: Kind, used: Sequence[Listing], known: Knowledge) -> list[Note]:
    """What limits the figures of some listings: stage and mass basis, bounds, revisions."""
    notes = []
    for stage, basis in dict.fromkeys((x.stage, x.mass_basis) for x in used):
        values = {"kind": kind, "commodity": case.commodity.id, "stage": stage, "mass_basis": basis}
        notes.append(Note("counted_reserves" if kind == "reserves" else "counted", values))
    if any(x.world_is_lower_bound for x in used):
        notes.append(Note("world_at_least", {"releases": sorted({x.release for x in used if x.world_is_lower_bound})}))
    if known.day is not None and (later := sorted({x.source for x in used if is_later_release(x.source)})):
        notes.append(Note("as_later_revised", {"sources": later}))
    return notes


def _holes(lacks: Sequence[Chosen]) -> list[Note]:
    """Deciding listings without a figure, where others have one."""
    holes = sorted({(c.listing.source, c.listing.year) for c in lacks if c.deciding})
    return [Note("no_figure_in", {"sources": [{"source": s, "year": y} for s, y in holes]})] if holes else []


def _no_listing(case: Case, kind: Kind, known: Knowledge) -> Outcome:
    later = known_listings(case, kind, Knowledge(None, known.published))
    if later:
        first = min((x.release for x in later), default="")
        return lacking(Note("nothing_printed_by", {"kind": kind, "day": known.day.isoformat() if known.day else None, "first": first}))
    return lacking(Note("no_listing", {"kind": kind, "commodity": case.commodity.id, "stages": list(case.told_stages)}))


def _other_years(case: Case, nearest: Sequence[Listing], who: Sequence[str]) -> Outcome:
    """The year that is meant is not in the tables: the nearest figure is told."""
    years = sorted({x.year for x in nearest})
    told = case.period.fixed or case.period.annual
    shown = [f for x in nearest for f in x.figures(who, deciding=False)]
    if told is not None and told > years[-1]:
        return lacking(Note("year_after_data", {"year": told, "last": years[-1]}), shown)
    return lacking(Note("year_before_data", {"year": told, "first": years[0]}), shown)


def _lack(case: Case, kind: Kind, lacks: Sequence[Chosen], earlier: Sequence[Reading], who: Sequence[str]) -> Outcome:
    """No deciding figure: not listed, withheld, missing; each is told for what it is."""
    deciding = [c.listing for c in lacks if c.deciding]
    shown = [f for x in deciding for f in x.figures(who)]
    statuses = {f.status for f in shown}
    shown += [f for r in earlier for f in r.figures]
    if statuses == {NOT_LISTED}:
        outcome = Outcome("not_listed", shown)
        for x in deciding:
            releases = sorted(
                {c.listing.release for c in lacks if c.listing.series == x.series and c.listing.amount(who).status == NOT_LISTED}
            )
            values = {
                "kind": kind,
                "country": code_of(who),
                "source": x.source,
                "releases": releases,
                "count": len(x.countries),
                "year": x.year,
            }
            outcome.reasons.append(Note("not_listed_in", {**values, "commodity": case.commodity.id, "stage": x.stage}))
        outcome.would_change.append(Note("if_listed", {"kind": kind, "country": code_of(who)}))
        return outcome
    lack = lacking(Note("status_only", {"kind": kind, "country": code_of(who), "statuses": sorted(statuses)}), shown)
    lack.would_change.append(Note("if_printed", {"kind": kind, "country": code_of(who)}))
    return lack
