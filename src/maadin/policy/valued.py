"""What is valued outside the market, from facts: a fund fed by mineral revenues, and the minerals of a territory.

A fund gets a share s of a country's revenues R after costs, which take a share c of them first, in every one of T years at today's output and
prices. Discounted at r a year its value is

    V = s (1 - c) R a(r, T),    a(r, T) = (1 - (1 + r)^-T) / r,  a(0, T) = T                      (1)

and (1) is solved for what is asked: the share that makes the sum in T years, the years that make it at share s, or by how much R would have
to grow. At a discount rate above s (1 - c) R / V no number of years is enough. Low and high take every assumption at its favourable and
unfavourable end at once; between them lies the middle of each.

None of this says what minerals are worth: output may grow or stop, prices move, and the share of costs is a guess. The gross value of
reserves in the ground is given only with that warning.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from maadin import units
from maadin.facts import regions
from maadin.facts.store import Store
from maadin.facts.table import Note, Table
from maadin.policy import minerals
from maadin.policy.measures import ResourceFund, Territory

Scope = Literal["all", "without_fuels"]
NO_RATE = 1e-12  # below it discounting changes nothing that a float shows
ANSWER_COLUMNS = ("scope", "quantity", "low", "middle", "high", "unit", "status")


@dataclass(frozen=True, slots=True)
class FundValuation:
    """What would make the sum of a fund.

    Attributes
    ----------
    measure : ResourceFund
    answers : Table
        Columns `ANSWER_COLUMNS`; low is the smallest figure. No figure stands for never. status: met; partly, only under favourable
        assumptions; never; more_than_all, a share above 1; growth_needed, a multiple above 1; no_revenue.
    revenues : Table
        What a year's output fetches, mineral by mineral: see `maadin.policy.minerals.worth`.
    in_ground : Table
        Gross value of reserves, with the note `in_ground_is_not_worth`.
    minerals : Table
        What the sources list.
    """

    measure: ResourceFund
    answers: Table
    revenues: Table
    in_ground: Table
    minerals: Table

    @property
    def warning(self) -> Note:
        """The warning that goes with the value in the ground."""
        return self.in_ground.notes[0]

    def tables(self) -> tuple[Table, ...]:
        """All tables, the answers first."""
        return self.answers, self.revenues, self.in_ground, self.minerals


@dataclass(frozen=True, slots=True)
class TerritoryListing:
    """The minerals of a country of which a territory is part.

    Attributes
    ----------
    measure : Territory
    minerals : Table
        What the sources list for the whole country, and the stated share of it, if there is one: see `maadin.policy.minerals.listed`.
    """

    measure: Territory
    minerals: Table

    def tables(self) -> tuple[Table, ...]:
        """The one table."""
        return (self.minerals,)


def annuity(rate: float, years: float) -> float:
    """Value today of 1 a year for some years, a(r, T) of equation 1.

    Examples
    --------
    >>> annuity(0.0, 50.0), round(annuity(0.05, 50.0), 4)
    (50.0, 18.2559)
    """
    return years if rate < NO_RATE else -math.expm1(-years * math.log1p(rate)) / rate


def share_needed(value: float, revenue: float, cost_share: float, rate: float, years: float) -> float:
    """Share of revenues that makes a value; infinite where nothing is left after costs."""
    net = revenue * (1 - cost_share) * annuity(rate, years)
    return value / net if net > 0 else math.inf


def years_needed(value: float, revenue: float, share: float, cost_share: float, rate: float) -> float:
    """Years that make a value; infinite where no number of years is enough.

    Examples
    --------
    >>> years_needed(500.0, 20.0, 0.5, 0.0, 0.0), years_needed(500.0, 20.0, 0.5, 0.0, 0.05)
    (50.0, inf)
    """
    yearly = revenue * share * (1 - cost_share)
    if yearly <= 0:
        return math.inf
    if rate < NO_RATE:
        return value / yearly
    part = value * rate / yearly
    return -math.log1p(-part) / math.log1p(rate) if part < 1 else math.inf


def value_fund(measure: ResourceFund, year: int | None = None, *, store: Store | None = None) -> FundValuation:
    """What revenue share, years, costs and discount rate would make the sum of a fund.

    Parameters
    ----------
    measure : ResourceFund
    year : int, optional
        Year of group membership.
    store : Store, optional
        Tables to ask.

    Raises
    ------
    LabelError
        If a country or commodity is unknown.
    """
    codes = _codes(measure.country, year)
    revenues = minerals.worth(codes, measure.commodities, store=store)
    rows: list[tuple[object, ...]] = []
    for scope, left_out in (("all", ()), ("without_fuels", ("fuels",))):
        rows += [(scope, *row) for row in _answers(measure, minerals.total(revenues, left_out))]
    assumed = {name: units.ends(getattr(measure, name)) for name in ("share", "years", "cost_share", "discount_rate")}
    about = Note("fund", {"countries": codes, "value_usd": units.ends(measure.value), **assumed})
    notes = (Note("fund_assumptions", assumed), Note("output_and_prices_stay"))
    return FundValuation(
        measure,
        Table(about, ANSWER_COLUMNS, tuple(rows), notes, revenues.sources),
        revenues,
        minerals.worth(codes, measure.commodities, of="reserves", store=store),
        minerals.listed(codes, measure.commodities, store=store),
    )


def list_territory(measure: Territory, year: int | None = None, *, store: Store | None = None) -> TerritoryListing:
    """The minerals that the sources list for the country of a territory, with the stated share if there is one.

    Raises
    ------
    LabelError
        If a country or commodity is unknown.
    """
    share = units.ends(measure.share) if measure.share is not None else None
    return TerritoryListing(measure, minerals.listed(_codes(measure.country, year), measure.commodities, share=share, store=store))


def _codes(names: tuple[str, ...], year: int | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in regions.resolve(name, year)))


@dataclass(frozen=True, slots=True)
class _Case:
    """One value for each thing in equation 1."""

    value: float
    revenue: float
    share: float
    cost_share: float
    rate: float
    years: float

    def payment(self) -> float:
        return self.revenue * self.share * (1 - self.cost_share)

    def years_needed(self) -> float:
        return years_needed(self.value, self.revenue, self.share, self.cost_share, self.rate)

    def share_needed(self) -> float:
        return share_needed(self.value, self.revenue, self.cost_share, self.rate, self.years)


def _cases(measure: ResourceFund, revenue: tuple[float, float, float]) -> tuple[_Case, _Case, _Case]:
    """Everything at its favourable end, in the middle, at its unfavourable end."""
    value, share, costs, rate, years = (
        (*units.ends(size), units.at(size, 0.5))
        for size in (measure.value, measure.share, measure.cost_share, measure.discount_rate, measure.years)
    )
    return (
        _Case(value[0], revenue[2], share[1], costs[0], rate[0], years[1]),
        _Case(value[2], revenue[1], share[2], costs[2], rate[2], years[2]),
        _Case(value[1], revenue[0], share[0], costs[1], rate[1], years[0]),
    )


def _answers(measure: ResourceFund, revenue: tuple[float, float, float]) -> list[tuple[object, ...]]:
    """Rows of the answers, without their scope."""
    cases = _cases(measure, revenue)
    earned = "met" if revenue[2] > 0 else "no_revenue"
    payments = [case.payment() for case in reversed(cases)]
    worths = [case.payment() * annuity(case.rate, case.years) for case in reversed(cases)]
    enough = [worth >= case.value for worth, case in zip(worths, reversed(cases), strict=True)]
    rows: list[tuple[object, ...]] = [
        ("annual_revenue", *revenue, "USD", earned),
        ("annual_payment_after_costs", *payments, "USD", earned),
        ("value_of_payments_discounted", *worths, "USD", "met" if all(enough) else "partly" if any(enough) else "never"),
    ]
    no_costs, undiscounted = {"cost_share": 0.0, "rate": 0.0}, {"rate": 0.0}
    asked: tuple[tuple[str, str, dict[str, float]], ...] = (
        ("years_needed_of_whole_revenue", "years", {**no_costs, "share": 1.0}),
        ("years_needed_before_costs", "years", no_costs),
        ("years_needed_after_costs", "years", undiscounted),
        ("years_needed_after_costs_discounted", "years", {}),
        ("share_needed_before_costs", "share", no_costs),
        ("share_needed_after_costs", "share", undiscounted),
        ("share_needed_after_costs_discounted", "share", {}),
        ("revenue_multiple_needed", "times", {}),
    )
    for name, unit, changes in asked:
        found = [_needed(replace(case, **changes), unit) for case in cases]
        rows.append((name, *(f if math.isfinite(f) else None for f in found), unit, _status(found, unit)))
    return rows


def _needed(case: _Case, unit: str) -> float:
    if unit == "years":
        return case.years_needed()
    if unit == "share":
        return case.share_needed()
    return case.share_needed() / case.share if case.share else math.inf


def _status(found: Sequence[float], unit: str) -> str:
    """Whether what is needed can be had: years must end, shares and multiples must not be above 1."""
    possible = [math.isfinite(f) if unit == "years" else f <= 1 for f in found]
    if all(possible):
        return "met"
    return "partly" if any(possible) else {"years": "never", "share": "more_than_all", "times": "growth_needed"}[unit]
