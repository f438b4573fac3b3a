"""Quotas and offers of a simulation: what goes, at what wedge or discount, and whether an offer is placed in full."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maadin.policy import measures as m
from maadin.report import effects, scenario_words
from maadin.report.effects import Figure
from maadin.report.intervals import bare, interval, joined_cell
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.numbers import fixed
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language, phrase
from maadin.units import ends

if TYPE_CHECKING:
    from maadin.policy.outcome import Outcome

PLACED = 1e-6  # of an offer: what may be missing through rounding


@dataclass(frozen=True, slots=True)
class Limit:
    """A quota or an offer with its figures.

    Attributes
    ----------
    measure : Measure
    at : int
        Position of the measure.
    row : int
        Position of the limit.
    carried, wedge, rent : Figure
        Tonnes, fraction of the price, USD.
    """

    measure: m.Measure
    at: int
    row: int
    carried: Figure
    wedge: Figure
    rent: Figure

    @property
    def is_offer(self) -> bool:
        """Whether tonnes are offered rather than limited."""
        return isinstance(self.measure, m.SupplyOffer)


def all_limits(o: Outcome) -> list[Limit]:
    """The limits of an outcome, in the order of its results."""
    figures = [effects.by_limit(o, name) for name in ("limit_t", "limit_wedge", "limit_rent_usd")]
    found = []
    for row, name in enumerate(figures[0]):
        at = int(name.split(":")[0])
        found.append(Limit(o.scenario.measures[at], at, row, *(f[name] for f in figures)))
    return found


def limits(o: Outcome, language: Language, fitted: Callable[[Callable[[bool], list[Column]]], list[Column]]) -> list[Block]:
    """What goes under each limit, and in words what that means."""
    listed = all_limits(o)
    if not listed:
        return [Block("", [], [phrase("says", "no_limits", language)])]
    tonnes = in_tonnes([level for x in listed for level in x.carried[:2]], language)
    dollars = in_dollars([x.rent.median for x in listed], language)

    def head(name: str, unit: str) -> str:
        return phrase("heads", name, language, unit=unit)

    def made(stacked: bool) -> list[Column]:
        carried = [joined_cell(tonnes.plain(x.carried.median), tonnes.interval(x.carried.low, x.carried.high), stacked) for x in listed]
        rents = [joined_cell(dollars.signed(x.rent.median), dollars.interval(x.rent.low, x.rent.high), stacked) for x in listed]
        return [
            text_column("limit", [_name(x, language) for x in listed], language),
            Column(head("carried_before", tonnes.unit), [tonnes.plain(x.carried.before) for x in listed]),
            Column(head("carried", tonnes.unit), carried),
            Column(head("wedge_or_discount", ""), [wedge(x, language, stacked=stacked) for x in listed]),
            Column(head("rent_usd", dollars.unit), rents),
        ]

    return [Block(phrase("captions", "limits", language), fitted(made), [verdict(o, x, language) for x in listed])]


def wedge(x: Limit, language: Language, *, stacked: bool = False) -> str:
    """The wedge of a limit in percent, of an offer its discount, with the interval."""
    sign = -100 if x.is_offer else 100
    low, high = (sign * x.wedge.high, sign * x.wedge.low) if x.is_offer else (sign * x.wedge.low, sign * x.wedge.high)
    return joined_cell(f"{bare(sign * x.wedge.median, 1, language)}%", interval(low, high, 1, language), stacked)


def verdict(o: Outcome, x: Limit, language: Language) -> str:
    """What a limit does, in words: whether it binds, or whether an offer is placed in full."""
    values = {"limit": _name(x, language), "wedge": wedge(x, language)}
    if isinstance(x.measure, m.SupplyOffer):
        return _offer(o, x, x.measure, values, language)
    top = x.wedge.high if o.draws else x.wedge.median
    low = x.wedge.low if o.draws else x.wedge.median
    key = "quota_binds" if low > PLACED else "quota_binds_mostly" if x.wedge.median > PLACED else "quota_binds_seldom"
    if not top > PLACED:
        key = "quota_does_not_bind"
    elif (
        isinstance(x.measure, m.TariffRateQuota)
        and x.measure.tonnes is not None
        and x.carried.median > ends(x.measure.tonnes)[1] * (1 + PLACED)
    ):
        key = "trq_exceeded"
    return phrase("says", key, language, **values)


def _offer(o: Outcome, x: Limit, measure: m.SupplyOffer, values: dict[str, str], language: Language) -> str:
    offered = ends(measure.tonnes)[0] * (1 - PLACED)
    values |= {
        "tonnes": scenario_words.amount("tonnes", measure.tonnes, language),
        "most": scenario_words.amount("max_discount", measure.max_discount, language),
        "discount": values["wedge"],
    }
    at_low = x.carried.low if o.draws else x.carried.median
    missed = share_not_placed(o, x, measure)
    values["carried"] = scenario_words.amount("tonnes", float(f"{at_low:.3g}"), language)
    if x.wedge.median > -PLACED and at_low >= offered:
        key = "offer_without_discount"
    elif not o.draws:
        key = "offer_at_middle_placed" if at_low >= offered else "offer_never_placed"
    elif missed is not None:
        values |= {"share": f"{fixed(100 * missed, 0, language)}%", "rest": f"{fixed(100 - 100 * missed, 0, language)}%"}
        key = "offer_placed" if missed == 0 else "offer_never_placed" if missed == 1 else "offer_not_placed"
    elif at_low >= offered:
        key = "offer_placed_mostly"
    else:
        key = "offer_missed_by_half" if x.carried.median < offered else "offer_missed_by_some"
    return phrase("says", key, language, **values)


def share_not_placed(o: Outcome, x: Limit, measure: m.SupplyOffer) -> float | None:
    """Share of the draws in which the largest discount does not place an offer; None where the draws are not kept."""
    if o.books is None:
        return None
    floor = math.log(1 - measure.max_discount)
    return float(np.mean(o.books.limit_wedge[x.row] <= floor + PLACED))


def _name(x: Limit, language: Language) -> str:
    """A limit by what it is and its routes."""
    noun = phrase("nouns", x.measure.noun, language)
    sides = (scenario_words.places(getattr(x.measure, side), language) for side in ("exporter", "importer"))
    route = phrase("words", "route", language, **dict(zip(("exporter", "importer"), sides, strict=True)))
    return phrase("says", "limit_of", language, noun=noun[:1].upper() + noun[1:], route=route)
