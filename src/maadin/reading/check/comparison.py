"""Comparisons: one country has more of something than another. Both figures, or which of them there is not."""

from __future__ import annotations

from dataclasses import replace

from maadin.facts.ask.quantities import NOT_LISTED, Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import LEVEL, Listing
from maadin.reading.check.flows import Bundle
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.listed import Asked, ask_listings
from maadin.reading.check.readings import Outcome, Reading, lacking
from maadin.reading.check.shares import BOTH, KINDS
from maadin.reading.check.subject import Case
from maadin.reading.check.traded import ask_flows
from maadin.reading.check.verdict import Figure, What


def comparison(case: Case, known: Knowledge) -> Outcome:
    """Whether the country has more than the other side."""
    if not case.others:
        return lacking(Note("nothing_to_compare"))
    of = case.statement.of or case.statement.metric or "reserves"
    if of in ("share", "rank", "change", "value"):
        of = "reserves"
    if of in KINDS:
        outcome = _listed(case, known, KINDS[of])
    elif of in ("exports", "imports"):
        outcome = _traded(case, known, "imports" if of == "imports" else "exports")
    else:
        return lacking(Note("no_test", {"metric": of}))
    outcome.rules.append(Note("rule_more", {"level": LEVEL}))
    return outcome


def _listed(case: Case, known: Knowledge, kind: Kind) -> Outcome:
    seen: list[Listing] = []
    lacks: dict[str, set[str]] = {}

    def ask(listing: Listing) -> Asked | None:
        seen.append(listing)
        own, other = listing.amount(case.holder), listing.amount(case.others)
        for code, amount in ((case.country, own), (case.target or "", other)):
            if amount.value is None:
                lacks.setdefault(code, set()).add(amount.status)
        if own.value is None or other.value is None:
            return None
        beside = listing.figures(case.others)
        sides = [{"country": case.country, "value": own.value}, {"country": case.target, "value": other.value}]
        said = Note("compared", {"kind": kind, "commodity": listing.commodity, "unit": listing.unit, "sides": sides, **_where(listing)})
        if abs(own.value - other.value) <= LEVEL * max(own.value, other.value) and own.value != other.value:
            return Asked(None, Note("level_with", {"country": case.country, "others": list(case.others), **_where(listing)}), beside, said)
        answer = True if own.low > other.high else False if own.high < other.low else None
        return Asked(
            own.value > other.value if answer is None and own.status == other.status == "value" else answer, beside=beside, said=said
        )

    outcome = ask_listings(case, known, kind, ask, denied=not case.statement.polarity)
    if outcome.verdict in ("not_listed", "not_checkable") and lacks:
        outcome = _one_sided(case, known, kind, outcome, lacks)
    return outcome


def _where(listing: Listing) -> dict[str, object]:
    return {"source": listing.source, "release": listing.release, "year": listing.year}


def _one_sided(case: Case, known: Knowledge, kind: Kind, found: Outcome, lacks: dict[str, set[str]]) -> Outcome:
    """There is no figure for one side: what there is on the other is shown, and no verdict is drawn from the lack."""
    other = ask_listings(
        replace(case, country=case.target or "", holder=case.others),
        known,
        kind,
        lambda x: Asked(True) if x.amount(case.others).value is not None else None,
    )
    own = ask_listings(case, known, kind, lambda x: Asked(True) if x.amount(case.holder).value is not None else None)
    figures: dict[str, Figure] = {f.row: f for f in (*own.figures, *other.figures, *found.figures)}
    unlisted = [code for code, statuses in lacks.items() if statuses == {NOT_LISTED}]
    verdict = "not_listed" if unlisted else "not_checkable"
    made = Outcome("not_listed" if verdict == "not_listed" else "not_checkable", list(figures.values()))
    made.reasons += [Note("no_comparison", {"kind": kind, "country": code, "statuses": sorted(lacks[code])}) for code in sorted(lacks)]
    for side in (own, other):
        made.reasons += [n for n in side.reasons if n.id in ("not_listed_in", "revised") and n not in made.reasons]
        made.notes += [n for n in side.notes if n not in made.notes]
    made.would_change.append(Note("if_listed", {"kind": kind, "country": "+".join(sorted(lacks))}))
    return made


def _traded(case: Case, known: Knowledge, what: What) -> Outcome:
    """Exports (or imports) of the one against those of the other, world-wide."""

    def ask(bundle: Bundle) -> list[Reading]:
        if bundle.upper:
            return []  # a heading that other commodities share
        shown = (*flows.figures(bundle, case.holder, what), *flows.figures(bundle, case.others, what))
        found = []
        for by in BOTH:
            own, other = bundle.sum_of(case.holder, by), bundle.sum_of(case.others, by)
            if own is None and other is None:
                continue
            answer: bool | None = (own or 0.0) > (other or 0.0)
            if by == "quantity" and (bundle.doubtful(case.holder) or bundle.doubtful(case.others)):
                answer = None
            found.append(Reading(answer, {**bundle.axes, "by": by}, shown, None, True, bundle.missing))
        return found

    return ask_flows(case, known, "importer" if what == "imports" else "exporter", (), ask, denied=not case.statement.polarity)
