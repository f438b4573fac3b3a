"""Absence: that a country has none, or none worth naming. A source that does not list it agrees, but not listed is never a zero."""

from __future__ import annotations

from maadin.facts.ask.quantities import NOT_LISTED, Kind
from maadin.facts.table import Note
from maadin.reading.check.amounts import Listing, choose, known_listings
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.listed import Asked, ask_listings
from maadin.reading.check.ranks import LEADING_SHARE
from maadin.reading.check.readings import Outcome, lacking
from maadin.reading.check.shares import KINDS
from maadin.reading.check.subject import Case

SMALL_SHARE = 0.01


def absence(case: Case, known: Knowledge) -> Outcome:
    """Whether the sources list the country with a figure.

    A statement that it has none worth naming (or that it has some) is borne out by the share of the world: under 1% there is none worth naming, from 5%
    on there is; in between it depends. Zero is a figure; missing, withheld and counted elsewhere are not; not listed is an answer of its own.
    """
    metric = case.statement.of or case.statement.metric or "reserves"
    kind: Kind | None = KINDS.get(metric)
    if kind is None:
        return lacking(Note("no_test", {"metric": metric}))

    def ask(listing: Listing) -> Asked | None:
        amount = listing.amount(case.holder)
        if amount.value is None:
            return None
        part = listing.share(case.holder)
        if amount.value == 0:
            return Asked(False)
        if case.statement.quality not in ("recognised", "many") or part is None:
            return Asked(True)
        low, high = part
        answer = True if low >= LEADING_SHARE else False if high < SMALL_SHARE else None
        return Asked(answer, Note("share_between", {"low": SMALL_SHARE, "high": LEADING_SHARE}) if answer is None else None)

    outcome = ask_listings(case, known, kind, ask, denied=not case.statement.polarity)
    if outcome.verdict == "not_listed":
        outcome.reasons.append(
            Note("agrees_but_no_zero" if not case.statement.polarity else "no_listing_no_support", {"kind": kind, "country": case.country})
        )
    outcome.rules.append(Note("rule_absence", {"small": SMALL_SHARE, "large": LEADING_SHARE}))
    outcome.notes += _others_listed(case, known, kind)
    return outcome


def _others_listed(case: Case, known: Knowledge, kind: Kind) -> list[Note]:
    """Older releases in which the country stood."""
    chosen = choose(known_listings(case, kind, known), case, known)[0]
    now = {c.listing.release for c in chosen if c.deciding and any(m in c.listing.rows for m in case.holder)}
    before = sorted({c.listing.release for c in chosen if not c.deciding and c.listing.amount(case.holder).status != NOT_LISTED} - now)
    return [Note("listed_before", {"country": case.country, "releases": before})] if before and not now else []
