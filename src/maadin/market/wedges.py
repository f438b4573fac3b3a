"""What a scenario changes in a market, in the market's own terms: prices between supplier and user, sizes, and limits on quantities.

Policies are translated into these elsewhere; nothing here knows what an embargo is for. Arrays by country are (n,), by route (exporter, importer),
in the order of a benchmark's countries; sizes that differ by draw have the draws along the last axis.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maadin.market.benchmark import Benchmark

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RouteLimit:
    """A limit on the tonnes of some routes together, held by a wedge in prices.

    Attributes
    ----------
    routes : array of bool (n, n)
    tonnes : array (1,) or (draws,)
    low, high : float
        Bounds of the log wedge: [0, inf) for a quota, [0, log((1 + over-quota rate) / (1 + within-quota rate))] for a tariff-rate quota,
        [log(1 - largest discount), 0] for an offer of tonnes.
    importer_share : float
        Part of the rent that stays in the importing country; the rest goes to the exporters. A discount is paid by the exporters.
    name : str
        How the limit is called in results.
    """

    routes: NDArray[np.bool_]
    tonnes: Floats
    low: float
    high: float
    importer_share: float
    name: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A stock that is built below a price of the country's users, or released above it.

    Attributes
    ----------
    country : int
    tonnes : float
        The most that is built (+) or released (-).
    price : float, USD per tonne
    """

    country: int
    tonnes: float
    price: float


@dataclass(slots=True)
class Wedges:
    """State of a market's wedges and sizes under a scenario; starts from a benchmark's own.

    Attributes
    ----------
    duty_rate, export_tax_rate : array (n, n), fraction of the fob value
    specific_duty, specific_export_tax : array (n, n), USD per tonne
    least_price : array (n, n), USD per tonne
        Landed price below which a variable levy fills up; 0 without.
    closed : array of bool (n, n)
        Routes that carry nothing.
    open_part : array (n, n), fraction
        Part of the year in which a route is open; it carries that part of what it would.
    reopened_share : array (n, n), fraction
        Share of the importer's imports, in tonnes, that a route would have at benchmark prices and the duty below; NaN for other routes.
    reopened_duty : array (n, n), fraction
        Duty under which a reopened route had that share.
    output_scale : array (n, 1 or draws)
    added_output_t : array (n, 1 or draws), tonnes
        New capacity, in use at benchmark prices.
    demand_scale : array (n, 1 or draws)
    subsidy_rate : array (n,), fraction of the fob price
    specific_subsidy : array (n,), USD per tonne
    guaranteed_price, held_price : array (n,), USD per tonne
        Least price producers get, the state paying the gap, and least fob price the state holds by buying; 0 without.
    payer_share : array (n, n)
        Who pays for support in each country (rows), as shares of payers (columns); the country itself unless somebody else is named.
    stock_t : array (n,), tonnes
        What is taken into stock (+) or released from it (-) in a country, beside its use.
    limits : list of RouteLimit
    triggers : list of Trigger
    choke : float
        Multiple of the benchmark's composite price at which use ends.
    """

    duty_rate: Floats
    export_tax_rate: Floats
    specific_duty: Floats
    specific_export_tax: Floats
    least_price: Floats
    closed: NDArray[np.bool_]
    open_part: Floats
    reopened_share: Floats
    reopened_duty: Floats
    output_scale: Floats
    added_output_t: Floats
    demand_scale: Floats
    subsidy_rate: Floats
    specific_subsidy: Floats
    guaranteed_price: Floats
    held_price: Floats
    payer_share: Floats
    stock_t: Floats
    limits: list[RouteLimit] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    choke: float = np.inf

    @classmethod
    def of(cls, benchmark: Benchmark) -> Wedges:
        """The benchmark's own wedges: what its year had in force, and nothing else."""
        n = len(benchmark.countries)

        def routes() -> Floats:
            return np.zeros((n, n))

        return cls(
            benchmark.duty_rate.copy(), benchmark.export_tax_rate.copy(), routes(), routes(), routes(), np.zeros((n, n), dtype=bool), np.ones((n, n)),
            np.full((n, n), np.nan), routes(), np.ones((n, 1)), np.zeros((n, 1)), np.ones((n, 1)), np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n),
            np.eye(n), np.zeros(n),
        )  # fmt: skip
