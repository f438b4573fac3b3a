"""Shares: of the world's output, reserves or capacity; of a market's imports; of the world's trade."""

from __future__ import annotations

from maadin.facts.ask.quantities import Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import Listing
from maadin.reading.check.flows import Bundle, By
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.listed import Asked, ask_listings
from maadin.reading.check.readings import Outcome, Reading, lacking
from maadin.reading.check.shelf import Side
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.tolerance import band_rule, meets
from maadin.reading.check.traded import ask_flows, years_meant
from maadin.reading.check.verdict import What

BOTH: tuple[By, ...] = ("quantity", "value")
LARGEST = "largest flows"
FALLEN = 0.1  # of the sum of the year before, under which shares of it say nothing
KINDS: dict[str, Kind] = {"production": "production", "refining": "production", "reserves": "reserves", "capacity": "capacity"}


def share(case: Case, known: Knowledge) -> Outcome:
    """Hold a share against the figures of its year."""
    wanted, of = case.band, case.statement.of or "production"
    if wanted is None:
        return lacking(Note("no_number_told"))
    if case.country == WORLD:
        return lacking(Note("share_of_whole"))
    if of in KINDS:
        outcome = _of_world(case, known, KINDS[of])
    elif of in ("exports", "imports"):
        outcome = _of_trade(case, known, of)
    else:
        return lacking(Note("no_share_of", {"of": of}))
    outcome.rules.append(band_rule(wanted, "percent"))
    return outcome


def _of_world(case: Case, known: Knowledge, kind: Kind) -> Outcome:
    assert case.band is not None
    test = meets(case.band)
    within = case.others if len(case.others) > 1 else ()  # a share of a group's output
    if len(case.others) == 1 and case.others != case.holder:
        return lacking(Note("share_of_anothers", {"kind": kind, "country": case.country, "market": case.target}))

    def ask(listing: Listing) -> Asked | None:
        if within:
            own, whole = listing.amount(case.holder), listing.amount(within)
            if own.value is None or not whole.value:
                return None
            part = 100 * own.value / whole.value
            return Asked(test(part, part))
        found = listing.share(case.holder)
        if found is None:
            return None
        low, high = 100 * found[0], 100 * found[1]
        said = Note("share_is", _says(listing, case))
        return Asked(test(low, high), beside=(listing.figure(WORLD, deciding=False),) if WORLD in listing.rows else (), said=said)

    return ask_listings(case, known, kind, ask, denied=not case.statement.polarity)


def _says(listing: Listing, case: Case) -> dict[str, object]:
    amount, world = listing.amount(case.holder), listing.world
    part = amount.value / world if amount.value is not None and world else None
    return {
        "kind": listing.kind, "commodity": listing.commodity, "stage": listing.stage, "source": listing.source, "release": listing.release,
        "year": listing.year, "country": case.country, "share": part, "at_most": listing.world_is_lower_bound,
    }  # fmt: skip


def _of_trade(case: Case, known: Knowledge, of: str) -> Outcome:
    """Share of a market's imports, the market being the other side; without one, of the world's exports or imports."""
    assert case.band is not None
    test = meets(case.band)
    taken = of == "exports" and takes(case, known)
    side: Side = "importer" if taken or (of == "imports" and not case.others) else "exporter"
    what: What = "imports" if of == "imports" else "exports"
    apart = _on_both_sides(case, known, side)
    thin = _fallen(case, known, side)

    def ask(bundle: Bundle) -> list[Reading]:
        shown = tuple(flows.figures(bundle, case.holder, what))
        if bundle.upper:
            return []  # a heading that other commodities share
        if (bundle.series, bundle.stage.id, bundle.year) in thin:
            values = {"market": case.target, "codes": list(bundle.codes), "year": bundle.year, "before": bundle.year - 1}
            return [
                Reading(
                    None, {**bundle.axes, "of": "source" if taken else "market"}, shown, Note("total_fell", values), True, bundle.missing
                )
            ]
        return [
            Reading(
                _answer(bundle, case, by, test, apart), {**bundle.axes, "by": by, "of": "source" if taken else "market"}, shown, _why(bundle, case, by, apart), True, bundle.missing,
                Note("share_of_trade", _says_trade(bundle, case, by, what, taken)),
            )
            for by in BOTH
            if bundle.share(case.holder, by) is not None and not (by == "quantity" and _quantities_lack(bundle))
        ]  # fmt: skip

    extra = _read_otherwise(case, known, of, what, test) if case.others and not taken else []
    outcome = ask_flows(case, known, side, case.others, ask, extra=extra, denied=not case.statement.polarity)
    if case.others:
        outcome.rules.append(Note("share_of_source" if taken else "share_of_market", {"market": case.target}))
    return outcome


def takes(case: Case, known: Knowledge) -> bool:
    """Whether the target ships to the country rather than the other way round: then a share of exports is of those of the target.

    "China takes half of Gabon's exports", "Russia has a tenth of the exports to the United States": which of the two ships is what the tables show.
    """
    if not case.others:
        return False
    ways = (flows.bundles(case, known, "exporter", case.others), flows.bundles(case, known, "importer", case.others))
    out, back = (sum(b.sum_of(case.holder, "value") or 0.0 for b in way) for way in ways)
    return back > out


def _read_otherwise(case: Case, known: Knowledge, of: str, what: What, test: flows.Test) -> list[Reading]:
    """The other thing that a share between two countries may be of, where that fits the number: beside the share of the target's imports.

    Of exports: what of the country's exports goes to the target. Of imports: what of the country's imports comes from the target.
    """
    side: Side = "importer" if of == "exports" else "exporter"
    found = flows.bundles(case, known, side, case.holder)
    last, _ = years_meant(case, known, found)
    named = "own_exports" if of == "exports" else "own_imports"
    readings = []
    for bundle in found:
        for by in BOTH:
            part = bundle.share(case.others, by)
            if bundle.year == last and not bundle.upper and part is not None and test(100 * part, 100 * part):
                shown = tuple(flows.figures(bundle, case.others, what))
                readings.append(Reading(True, {**bundle.axes, "by": by, "of": named}, shown, None, False, bundle.missing))
    return readings


def _says_trade(bundle: Bundle, case: Case, by: By, what: What, taken: bool) -> dict[str, object]:
    return {
        "what": what, "country": case.country, "market": case.target, "codes": list(bundle.codes), "year": bundle.year, "by": by,
        "share": bundle.share(case.holder, by), "source": bundle.source, "taken": taken,
    }  # fmt: skip


def _on_both_sides(case: Case, known: Knowledge, side: Side) -> set[tuple[str, int, By]]:
    """Stages and years whose codes stand in several tables, each with some of them, with shares on both sides of the number told."""
    assert case.band is not None
    shares: dict[tuple[str, int, By], list[tuple[float, bool]]] = {}
    for bundle in flows.bundles(case, known, side, case.others):
        for by in BOTH:
            part = None if bundle.upper else bundle.share(case.holder, by)
            if part is not None:
                shares.setdefault((bundle.stage.id, bundle.year, by), []).append((100 * part, bool(bundle.missing)))
    return {
        key
        for key, found in shares.items()
        if all(partial for _, partial in found) and min(found)[0] < case.band.low and max(found)[0] > case.band.high
    }


def _fallen(case: Case, known: Knowledge, side: Side) -> set[tuple[str, str, int]]:
    """Series, stages and years in which the sum that a share is of is under a tenth of that of the year before: reports are missing, or trade stopped."""
    totals = (
        {(b.series, b.stage.id, b.year): b.total("value") for b in flows.bundles(case, known, side, case.others)} if case.others else {}
    )
    return {
        (series, stage, year)
        for (series, stage, year), total in totals.items()
        if total < FALLEN * totals.get((series, stage, year - 1), 0.0)
    }


def _answer(bundle: Bundle, case: Case, by: By, test: flows.Test, apart: set[tuple[str, int, By]]) -> bool | None:
    found = bundle.share(case.holder, by)
    if found is None or (bundle.stage.id, bundle.year, by) in apart or (by == "quantity" and bundle.doubtful(bundle.traders())):
        return None
    if bundle.coverage == LARGEST and found:
        return test(0.0, 100 * found)  # of the flows that are listed: of all flows it is less
    return test(100 * found, 100 * found)


def _why(bundle: Bundle, case: Case, by: By, apart: set[tuple[str, int, By]]) -> Note | None:
    if (bundle.stage.id, bundle.year, by) in apart:
        return Note("codes_straddle", {"year": bundle.year})
    if by == "quantity" and bundle.doubtful(bundle.traders()):
        return Note("quantity_flagged", {"year": bundle.year, "codes": list(bundle.codes)})
    if bundle.coverage == LARGEST:
        return Note("share_at_most", {"year": bundle.year, "codes": list(bundle.codes)})
    return None


def _quantities_lack(bundle: Bundle) -> bool:
    return bundle.without_quantity(bundle.traders()) and bundle.coverage != "all flows"
