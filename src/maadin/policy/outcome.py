"""What a scenario did: labelled results with intervals, before and after.

Levels are quantiles over draws. `benchmark` and `counterfactual` are datasets with the same variables; every variable's unit is in its attributes.
Money is in current USD of the benchmark's year and per year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from maadin.errors import LabelError
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import Pooled
from maadin.policy.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

    from maadin.market.accounts import Accounts

Floats = NDArray[np.float64]
STATISTICS = ("median", "low", "high", "low_within", "high_within")
PROBABILITIES = (0.5, 0.05, 0.95)
OTHER_CODES = "other codes"
Of = Literal["country", "route", "world", "limit"]


@dataclass(frozen=True, slots=True)
class Variable:
    """A result: its dimension, unit and meaning.

    Attributes
    ----------
    of : str
        country, route, world or limit.
    unit, title : str
    is_change : bool
        Counted from the benchmark: there its value is 0.
    """

    of: Of
    unit: str
    title: str
    is_change: bool = False


VARIABLES: Mapping[str, Variable] = {
    "price_fob_usd_per_t": Variable("country", "USD/t", "fob price of the country's own supply"),
    "price_use_usd_per_t": Variable("country", "USD/t", "composite price that users pay, duties included"),
    "output_t": Variable("country", "t", "output, stock draw of the benchmark included"),
    "use_t": Variable("country", "t", "use"),
    "imports_t": Variable("country", "t", "imports in the codes at hand"),
    "exports_t": Variable("country", "t", "exports in the codes at hand"),
    "re_exports_t": Variable("country", "t", "exports fed by imports"),
    "other_codes_t": Variable("country", "t", "exports in codes that are not at hand"),
    "stock_t": Variable("country", "t", "taken into stock (+) or released (-)"),
    "priced_out_t": Variable("country", "t", "use lost to the price, up to the choke price"),
    "unserved_t": Variable("country", "t", "demand at the choke price that nobody serves"),
    "tariff_revenue_usd": Variable("country", "USD", "revenue from duties"),
    "export_tax_revenue_usd": Variable("country", "USD", "revenue from export taxes"),
    "quota_rent_usd": Variable("country", "USD", "rent of quantity limits, discounts taken off"),
    "support_cost_usd": Variable("country", "USD", "what the state pays: subsidies, guarantees, purchases, stocks"),
    "capacity_rent_usd": Variable("country", "USD", "part of producer surplus due to full capacity"),
    "consumer_surplus_change_usd": Variable("country", "USD", "change of users' surplus", True),
    "producer_surplus_change_usd": Variable("country", "USD", "change of producers' surplus", True),
    "re_export_margin_change_usd": Variable(
        "country", "USD", "change of what re-exporters earn beyond the benchmark's margin a tonne", True
    ),
    "welfare_change_usd": Variable("country", "USD", "sum of surplus, margin, revenue and rent changes less support", True),
    "hhi_imports": Variable("country", "1", "concentration of imports by origin, 0 to 1"),
    "net_import_reliance": Variable("country", "1", "imports less exports over use; negative for a net exporter"),
    "trade_t": Variable("route", "t", "trade by route; own use on the diagonal"),
    "value_usd": Variable("route", "USD", "fob value by route"),
    "price_landed_usd_per_t": Variable("route", "USD/t", "price to the user, duty and rent included"),
    "world_output_t": Variable("world", "t", "output of all countries"),
    "world_use_t": Variable("world", "t", "use in all countries"),
    "world_trade_t": Variable("world", "t", "trade between countries in the codes at hand"),
    "world_price_usd_per_t": Variable("world", "USD/t", "fob price, weighted with benchmark output"),
    "world_welfare_change_usd": Variable(
        "world", "USD", "sum of welfare changes, with the surplus of who buys what leaves in other codes", True
    ),
    "limit_t": Variable("limit", "t", "tonnes under a limit"),
    "limit_wedge": Variable("limit", "1", "wedge that holds a limit, as a part of the price; negative for a discount"),
    "limit_rent_usd": Variable("limit", "USD", "rent of a limit"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The result of a simulation.

    Attributes
    ----------
    scenario : Scenario
    market : Benchmark
    benchmark : xarray.Dataset
        Levels without the scenario.
    counterfactual : xarray.Dataset
        Levels with it; a dimension `statistic` (median, low, high: 90 % interval; low_within, high_within: the same without the spread between sources).
    draws, failed : int
        Draws asked for, and those without a solution, which are in no figure.
    residual : float
        Largest clearing error over draws and markets, recomputed from the returned flows, as a part of world output.
    iterations : float
        Mean evaluations of the equations a draw.
    elasticities : Pooled
    notes : tuple of Note
    origin_traced : mapping of country to (before, after), fraction
        Part of use that comes from abroad, re-exports traced back, at median elasticities.
    latent : mapping of (exporter, importer) to wedge, fraction
        What kept reopened routes shut, as an ad valorem wedge at the median elasticity of substitution; inf for a route without trade.
    books : Accounts or None
        Full draws, on request.
    """

    scenario: Scenario
    market: Benchmark
    benchmark: xr.Dataset
    counterfactual: xr.Dataset
    draws: int
    failed: int
    residual: float
    iterations: float
    elasticities: Pooled
    notes: tuple[Note, ...] = ()
    origin_traced: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    latent: Mapping[tuple[str, str], float] = field(default_factory=dict)
    books: Accounts | None = None

    @property
    def status(self) -> str:
        """solved, or how many draws were."""
        return "solved" if not self.failed else f"solved {self.draws - self.failed} of {self.draws} draws"

    def change(self, variable: str) -> xr.DataArray:
        """Counterfactual less benchmark, with its interval.

        Raises
        ------
        LabelError
            If there is no such variable.
        """
        return self.counterfactual[self._known(variable)] - self.benchmark[variable]

    def relative_change(self, variable: str) -> xr.DataArray:
        """Change over the benchmark's level, a fraction; NaN where that is nothing."""
        before = self.benchmark[self._known(variable)]
        return (self.counterfactual[variable] - before) / before.where(before != 0)

    def welfare(self) -> xr.Dataset:
        """Welfare changes and their parts by country, USD."""
        parts = [
            "consumer_surplus_change_usd", "producer_surplus_change_usd", "re_export_margin_change_usd", "tariff_revenue_usd",
            "export_tax_revenue_usd", "quota_rent_usd", "support_cost_usd", "welfare_change_usd",
        ]  # fmt: skip
        return self.counterfactual[parts] - self.benchmark[parts]

    def _known(self, variable: str) -> str:
        if variable not in VARIABLES:
            raise LabelError(variable, "variable of an outcome", _near(variable), "maadin.policy.outcome.VARIABLES")
        return variable


def _near(name: str) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, VARIABLES, n=3, cutoff=0.4)
