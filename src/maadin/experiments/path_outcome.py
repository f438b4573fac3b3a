"""What a path comes to: labelled results by year, without and with the measures, with intervals paired by draw.

Money is in USD of the benchmark's year, as prices are: there is no inflation on a path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from maadin.errors import LabelError
from maadin.experiments.depletion import Reserves
from maadin.experiments.growth import Growth
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import Pooled
from maadin.policy.outcome import PROBABILITIES
from maadin.policy.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
STATISTICS = ("median", "low", "high")
PATHS = ("without", "with", "difference", "relative")
Of = Literal["country", "world"]


@dataclass(frozen=True, slots=True)
class PathVariable:
    """A result of a path.

    Attributes
    ----------
    of : str
        country or world.
    unit, title : str
    is_change : bool
        Counted from the path without measures: there its value is 0.
    is_rank : bool
        A whole number, 1 for the largest.
    is_total : bool
        One figure for all years.
    """

    of: Of
    unit: str
    title: str
    is_change: bool = False
    is_rank: bool = False
    is_total: bool = False


VARIABLES: Mapping[str, PathVariable] = {
    "output_t": PathVariable("country", "t", "output, stock draw of the benchmark included"),
    "output_share": PathVariable("country", "1", "share of world output"),
    "output_rank": PathVariable("country", "rank", "rank of output, 1 for the largest", is_rank=True),
    "use_t": PathVariable("country", "t", "use"),
    "imports_t": PathVariable("country", "t", "imports in the codes at hand"),
    "exports_t": PathVariable("country", "t", "exports in the codes at hand"),
    "price_fob_usd_per_t": PathVariable("country", "USD/t", "fob price of the country's own supply"),
    "price_use_usd_per_t": PathVariable("country", "USD/t", "composite price that users pay, duties included"),
    "reserves_left_t": PathVariable("country", "t", "listed reserves left at the end of the year"),
    "stock_level_t": PathVariable("country", "t", "stock at the end of the year"),
    "welfare_change_usd": PathVariable("country", "USD", "welfare with the measures less that without them", True),
    "world_output_t": PathVariable("world", "t", "output of all countries"),
    "world_use_t": PathVariable("world", "t", "use in all countries"),
    "world_trade_t": PathVariable("world", "t", "trade between countries in the codes at hand"),
    "world_price_usd_per_t": PathVariable("world", "USD/t", "fob price, weighted with benchmark output"),
    "world_welfare_change_usd": PathVariable("world", "USD", "sum of welfare changes", True),
    "welfare_discounted_usd": PathVariable("country", "USD", "discounted sum of welfare changes", True, is_total=True),
    "world_welfare_discounted_usd": PathVariable("world", "USD", "discounted sum of welfare changes", True, is_total=True),
}


@dataclass(frozen=True, slots=True, eq=False)
class PathOutcome:
    """The result of a path.

    Attributes
    ----------
    scenario : Scenario
    market : Benchmark
    years : tuple of int
        The benchmark's year first.
    results : xarray.Dataset
        `VARIABLES` by path (without, with, difference, relative), year, country and statistic (median, low, high: 90 % interval). The difference is taken draw by
        draw, and relative is the difference over the level without.
    draws, failed : int
        Draws asked for, and those that have no solution in some year: they are left out from that year on, and in every sum over years.
    residual : float
        Largest clearing error over years, draws and markets, as a part of world output.
    growth : Growth
        Of demand.
    supply_follows : float
        Part of the growth rate with which supply grows by itself.
    expansion : bool
        Whether capacity was built where output took it up.
    reserves : Reserves
    discount_rate : float, fraction a year
    elasticities : Pooled
    notes : tuple of Note
    label : dict
        What sets it apart from others that ran beside it: `start`, `tonnes`.
    kept : mapping of path to variable to array (year, country, draws) or (year, draws)
        Every draw, on request.
    """

    scenario: Scenario
    market: Benchmark
    years: tuple[int, ...]
    results: xr.Dataset
    draws: int
    failed: int
    residual: float
    growth: Growth
    supply_follows: float
    expansion: bool
    reserves: Reserves
    discount_rate: float
    elasticities: Pooled
    notes: tuple[Note, ...] = ()
    label: Mapping[str, float] | None = None
    kept: Mapping[str, Mapping[str, Floats]] | None = None

    @property
    def status(self) -> str:
        """solved, or how many draws were."""
        return "solved" if not self.failed else f"solved {self.draws - self.failed} of {self.draws} draws"

    @property
    def horizon(self) -> int:
        """The last year."""
        return self.years[-1]

    @property
    def without(self) -> xr.Dataset:
        """Levels without the measures."""
        return self.results.sel(path="without")

    @property
    def with_measures(self) -> xr.Dataset:
        """Levels with the measures."""
        return self.results.sel(path="with")

    @property
    def difference(self) -> xr.Dataset:
        """With the measures less without, draw by draw."""
        return self.results.sel(path="difference")

    def change(self, variable: str) -> xr.DataArray:
        """Difference of a variable, with its interval.

        Raises
        ------
        LabelError
            If there is no such variable.
        """
        return self._of(variable, "difference")

    def relative_change(self, variable: str) -> xr.DataArray:
        """Difference over the level without the measures, a fraction; NaN where that is nothing."""
        return self._of(variable, "relative")

    def _of(self, variable: str, path: str) -> xr.DataArray:
        if variable not in VARIABLES:
            import difflib

            raise LabelError(
                variable,
                "variable of a path",
                difflib.get_close_matches(variable, VARIABLES, 3, 0.4),
                "maadin.experiments.path_outcome.VARIABLES",
            )
        return self.results[variable].sel(path=path)


def quantiles(values: Floats, *, whole: bool = False) -> Floats:
    """Median and 90 % interval over draws, array (..., 3); draws without a value do not count, and without any there is none.

    Parameters
    ----------
    values : array (..., draws)
    whole : bool
        Take values of draws as they are, not points between them.
    """
    if values.shape[-1] == 1:
        return np.repeat(values, len(PROBABILITIES), axis=-1)
    ordered = np.sort(values, axis=-1)
    last = np.maximum((~np.isnan(ordered)).sum(axis=-1, keepdims=True) - 1, 0)
    at = np.asarray(PROBABILITIES) * last
    low = np.floor(at).astype(np.intp)
    high = np.minimum(low + 1, last)
    lower, upper = np.take_along_axis(ordered, low, axis=-1), np.take_along_axis(ordered, high, axis=-1)
    if whole:
        return np.where(np.asarray(PROBABILITIES) > 0.5, upper, lower)
    with np.errstate(invalid="ignore"):
        return np.where(lower == upper, lower, lower + (at - low) * (upper - lower))


class Collected:
    """Quantiles of one scenario's path, year by year."""

    def __init__(self, *, keep: bool) -> None:
        self.quantiles: dict[str, list[Floats]] = {name: [] for name in VARIABLES}
        self.kept: dict[str, dict[str, list[Floats]]] | None = {path: {} for path in PATHS[:2]} if keep else None

    def add(self, without: Mapping[str, Floats], with_: Mapping[str, Floats], good: NDArray[np.bool_]) -> None:
        """Add the variables of a year, or those of all years together, arrays (n, draws or 1) or (draws or 1,)."""
        for name in without.keys() & VARIABLES.keys():
            before, after = (values[name] for values in (without, with_))
            with np.errstate(divide="ignore", invalid="ignore"):
                difference = after - before
                relative = np.where(before > 0, difference / before, np.nan)
            levels = [quantiles(_chosen(v, good), whole=VARIABLES[name].is_rank) for v in (before, after, difference, relative)]
            self.quantiles[name].append(np.stack(levels))
            if self.kept is not None:
                for path, values in zip(PATHS, (before, after), strict=False):
                    self.kept[path].setdefault(name, []).append(np.broadcast_to(values, (*values.shape[:-1], len(good))))

    def dataset(self, countries: Sequence[str], years: Sequence[int], statistics: Sequence[str]) -> xr.Dataset:
        """All of it, labelled."""
        import xarray as xr

        made = {}
        for name, variable in VARIABLES.items():
            cells = np.stack(self.quantiles[name], axis=1)[..., : len(statistics)]
            place = ("country",) if variable.of == "country" else ()
            dims = ("path", *place, "statistic") if variable.is_total else ("path", "year", *place, "statistic")
            made[name] = (dims, cells[:, 0] if variable.is_total else cells, {"unit": variable.unit, "long_name": variable.title})
        return xr.Dataset(made, {"path": list(PATHS), "year": list(years), "country": list(countries), "statistic": list(statistics)})

    def draws(self) -> dict[str, dict[str, Floats]] | None:
        """Every draw, if it was kept."""
        if self.kept is None:
            return None
        return {path: {name: np.stack(values) for name, values in by_name.items()} for path, by_name in self.kept.items()}


def _chosen(values: Floats, good: NDArray[np.bool_]) -> Floats:
    return values if values.shape[-1] != len(good) or good.all() else values[..., good]
