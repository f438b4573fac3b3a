"""Ranks, and the vague words for them.

- *Exact*: the place in the table. Where another country's figure is within 1% the two are level, and the table cannot tell.
- *Leading*, "one of the largest", "a lot of": among the first five and with at least 5% of the world.
- *Main supplier*: among the first three, or with at least 10%, of what a market imports.
- *Lagging*: a worse place in output than in reserves, and under half the share.
"""

from __future__ import annotations

import math

from maadin.facts.ask.quantities import Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import Listing, choose, known_listings
from maadin.reading.check.flows import Bundle, By
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.listed import Asked, ask_listings
from maadin.reading.check.readings import Outcome, Reading, lacking
from maadin.reading.check.shares import BOTH, KINDS, takes
from maadin.reading.check.shelf import Side
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.traded import ask_flows
from maadin.reading.check.verdict import Figure, What

LEADING_RANK, LEADING_SHARE = 5, 0.05
MAIN_RANK, MAIN_SHARE = 3, 0.10
LAGGING_SHARE = 0.5
SHOWN = 5  # of the countries before it, so many are shown


def rank(case: Case, known: Knowledge) -> Outcome:
    """Hold a rank, or a vague word for one, against the tables."""
    of = case.statement.of or "production"
    quality = case.statement.quality
    if len(case.holder) != 1 or case.country == WORLD:
        return lacking(Note("no_country" if case.country == WORLD else "rank_of_group", {"country": case.country}))
    told = _told(case)
    if told is None and quality not in ("leading", "main", "many"):
        quality = "leading"
    if of in KINDS:
        return _listed(case, known, KINDS[of], told)
    if of in ("exports", "imports"):
        return _traded(case, known, of, told, main=bool(case.others) and told is None)
    return lacking(Note("no_rank_of", {"of": of}))


def leading(case: Case, known: Knowledge) -> Outcome:
    """Whether a country is among the leading, for a statement about output, reserves, capacity or trade without a number."""
    of = case.statement.of or case.statement.metric or "reserves"
    if len(case.holder) != 1 or case.country == WORLD:
        return lacking(Note("no_country" if case.country == WORLD else "rank_of_group", {"country": case.country}))
    if of in KINDS:
        return _listed(case, known, KINDS[of], None)
    if of in ("exports", "imports"):
        asked = case.opposite() if of == case.statement.metric == "imports" and len(case.others) == 1 else case
        return _traded(asked, known, of, None, main=bool(case.others))
    return lacking(Note("no_rank_of", {"of": of}))


def _told(case: Case) -> int | None:
    value = case.statement.value
    return int(value) if isinstance(value, int | float) and value >= 1 else None


def leading_rule(*, main: bool = False) -> Note:
    """The rule for "leading", or for "main supplier"."""
    if main:
        return Note("rule_main", {"rank": MAIN_RANK, "share": MAIN_SHARE})
    return Note("rule_leading", {"rank": LEADING_RANK, "share": LEADING_SHARE})


def _listed(case: Case, known: Knowledge, kind: Kind, told: int | None) -> Outcome:
    country = case.holder[0]
    within = set(case.others) if len(case.others) > 1 else set()

    def ask(listing: Listing) -> Asked | None:
        place = _place(listing, country, within)
        if place is None:
            return None
        ahead = [c for c in listing.countries if c != country and (not within or c in within)][: max(SHOWN, (told or 0) + 1)]
        beside = tuple(listing.figure(c, deciding=False) for c in ahead)
        said = _says(listing, country, within)
        if told is None:
            return Asked(_is_leading(listing, country, place), beside=beside, said=said)
        answer, why = _exact(listing, country, place, told, within)
        return Asked(answer, why, beside, said)

    outcome = ask_listings(case, known, kind, ask, holder=case.holder, denied=not case.statement.polarity)
    outcome.rules.append(leading_rule() if told is None else Note("rule_rank", {"level": 0.01}))
    if within:
        outcome.rules.append(Note("rank_within", {"market": case.target}))
    return outcome


def _says(listing: Listing, country: str, within: set[str] | None = None) -> Note:
    """The place of a country, and who stands before it."""
    own = listing.rows[country]["value"]
    ahead = [c for c in listing.countries if listing.rows[c]["value"] > own and (not within or c in within)][:SHOWN]
    named = [{"country": c, "value": listing.rows[c]["value"]} for c in ahead]
    place = _place(listing, country, within or set())
    return Note("place", {**listing.says(country), "rank": place, "ahead": named, "more": max(0, (place or 1) - 1 - len(named))})


def _place(listing: Listing, country: str, within: set[str]) -> int | None:
    """Place in the table, or among the countries of a group."""
    if not within:
        return listing.rank(country)
    if country not in listing.countries:
        return None
    own = listing.rows[country]["value"]
    return 1 + len([c for c in listing.countries if c in within and listing.rows[c]["value"] > own])


def _exact(listing: Listing, country: str, place: int, told: int, within: set[str]) -> tuple[bool | None, Note | None]:
    if place == told:
        return True, None
    level = [c for c in listing.level_with(country) if not within or c in within]
    own = listing.rows[country]["value"]
    best = place - sum(listing.rows[c]["value"] > own for c in level)
    worst = place + sum(listing.rows[c]["value"] <= own for c in level)
    if best <= told <= worst:
        values = {"country": country, "others": level, "source": listing.source, "release": listing.release, "year": listing.year}
        return None, Note("level_with", values)
    return False, None


def _is_leading(listing: Listing, country: str, place: int) -> bool | None:
    found = listing.share((country,))
    if found is None or place > LEADING_RANK:
        return False
    low, high = found
    if math.isinf(high):
        return True if low >= LEADING_SHARE else None
    return (low + high) / 2 >= LEADING_SHARE


def _traded(case: Case, known: Knowledge, of: str, told: int | None, *, main: bool) -> Outcome:
    """Place among the exporters to a market (or the world), or among importers."""
    country = case.holder[0]
    taken = of == "exports" and takes(case, known)
    side: Side = "importer" if taken or (of == "imports" and not case.others) else "exporter"
    what: What = "imports" if of == "imports" else "exports"

    def ask(bundle: Bundle) -> list[Reading]:
        if bundle.upper:
            return []  # a heading that other commodities share
        shown = (*flows.figures(bundle, case.holder, what), *_ahead(bundle, country, what))
        found = []
        for by in BOTH:
            if by == "quantity" and (bundle.sum_of(bundle.traders(), by) is None or bundle.without_quantity(bundle.traders())):
                continue
            answer, why = _answer(bundle, country, by, told, main)
            said = _says_trade(bundle, country, by, what, case.target, taken)
            found.append(Reading(answer, {**bundle.axes, "by": by}, shown, why, True, bundle.missing, said))
        return found

    outcome = ask_flows(case, known, side, case.others, ask, denied=not case.statement.polarity)
    if told is None:
        outcome.rules.append(leading_rule(main=main))
    if case.others:
        outcome.rules.append(Note("share_of_source" if taken else "share_of_market", {"market": case.target}))
    return outcome


def _says_trade(bundle: Bundle, country: str, by: By, what: What, market: str | None, taken: bool) -> Note:
    """The place of a country among those that trade with a market (or the world), and who stands before it."""
    place, listed = bundle.rank(country, by)
    sums = {c: bundle.sum_of((c,), by) or 0.0 for c in bundle.traders()}
    ahead = sorted((c for c in sums if sums[c] > sums.get(country, 0.0)), key=lambda c: -sums[c])[:SHOWN]
    values = {
        "what": what, "country": country, "market": market, "codes": list(bundle.codes), "year": bundle.year, "by": by, "rank": place, "listed": listed,
        "value": sums.get(country), "unit": "USD" if by == "value" else "tonne", "share": bundle.share((country,), by), "source": bundle.source,
    }  # fmt: skip
    return Note(
        "place_in_trade",
        {
            **values,
            "taken": taken,
            "ahead": [{"country": c, "value": sums[c]} for c in ahead],
            "more": max(0, (place or 1) - 1 - len(ahead)),
        },
    )


def _answer(bundle: Bundle, country: str, by: By, told: int | None, main: bool) -> tuple[bool | None, Note | None]:
    place, _ = bundle.rank(country, by)
    part = bundle.share((country,), by) or 0.0
    if told is None:
        return is_main(place, part) if main else place is not None and place <= LEADING_RANK and part >= LEADING_SHARE, None
    if place == told:
        return True, None
    if by == "quantity" and bundle.doubtful((country, *_near(bundle, told, by))):
        return None, Note("quantity_flagged", {"year": bundle.year, "codes": list(bundle.codes)})
    return False, None


def is_main(place: int | None, part: float) -> bool:
    """Whether a place and a share make a main supplier."""
    return place is not None and (place <= MAIN_RANK or part >= MAIN_SHARE)


def _near(bundle: Bundle, told: int, by: By) -> list[str]:
    ordered = sorted(bundle.traders(), key=lambda c: -(bundle.sum_of((c,), by) or 0.0))
    return ordered[: told + 1]


def _ahead(bundle: Bundle, country: str, what: What) -> list[Figure]:
    ordered = sorted(bundle.traders(), key=lambda c: -(bundle.sum_of((c,), "value") or 0.0))
    return [f for c in ordered[:SHOWN] if c != country for f in flows.figures(bundle, (c,), what, deciding=False)]


def lagging(case: Case, known: Knowledge) -> Outcome:
    """Whether a country's output lags behind its reserves, each listing of output against the newest reserves."""
    if len(case.holder) != 1 or case.country == WORLD:
        return lacking(Note("no_country" if case.country == WORLD else "rank_of_group", {"country": case.country}))
    country = case.holder[0]
    stocks = [c for c in choose(known_listings(case, "reserves", known), case, known)[0] if c.deciding]
    held = [c.listing for c in stocks if c.listing.rank(country) is not None]
    if not held:
        return ask_listings(case, known, "reserves", lambda listing: None)

    def ask(listing: Listing) -> Asked | None:
        own = listing.share((country,))
        if own is None:
            return None
        pairs = [(h, h.share((country,))) for h in held]
        beside = (*(h.figure(country) for h in held), *_years_of_reserves(country, held, listing))
        made, place = sum(own) / 2, listing.rank(country)
        verdicts = {
            place is not None and place > (h.rank(country) or 0) and made < LAGGING_SHARE * sum(part) / 2
            for h, part in pairs
            if part is not None
        }
        return Asked(verdicts.pop() if len(verdicts) == 1 else None, beside=beside, said=_says(listing, country))

    outcome = ask_listings(case, known, "production", ask, denied=not case.statement.polarity)
    outcome.reasons += [_says(h, country) for h in held]
    left = [f for f in outcome.figures if f.what == "years_of_reserves"]
    outcome.reasons += [Note("years_left", {"country": country, "years": f.value, "source": f.source, "year": f.year}) for f in left]
    outcome.rules.append(Note("rule_lagging", {"share": LAGGING_SHARE}))
    return outcome


def _years_of_reserves(country: str, held: list[Listing], made: Listing) -> list[Figure]:
    """Reserves over a year's output, where both are counted on one basis."""
    found = []
    for h in held:
        output = made.rows[country]["value"]
        if not output or (h.mass_basis, h.form) != (made.mass_basis, made.form) or made.stage != "mine":
            continue
        rows = (h.figure(country).row, made.figure(country).row)
        found.append(
            Figure(
                row=f"computed:years_of_reserves:{rows[0]}|{rows[1]}", what="years_of_reserves", commodity=made.commodity, stage=made.stage, form=made.form,
                mass_basis=made.mass_basis, country=country, year=made.year, value=h.rows[country]["value"] / output, unit="years",
                source=made.source, release=f"{h.release} / {made.release}" if h.release != made.release else made.release, deciding=False,
            )
        )  # fmt: skip
    return found
