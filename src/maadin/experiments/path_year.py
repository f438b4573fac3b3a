"""One year of a path: trend, reserves and stocks put on a market, its equilibrium, and what it comes to in tonnes and USD.

Demand grows by a trend G, and what suppliers offer at benchmark prices by a trend S. A market whose tonnes are all counted in units of the trend G is
the benchmark's, with supply S / G: it is solved in these units and its tonnes and money are multiplied by G. So trade, re-exports and stocks of the trend
need no equation of their own, and where S = G and nothing is done the benchmark solves every year, exactly.

Where last year's output took up its capacity, capacity is built: it is the slack above last year's output, if that is more than what the trend gives. A
country with a reserve figure has no capacity beyond what is left of it, but for a trace: an exhausted supplier without any would have no price.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.experiments.path_outcome import VARIABLES
from maadin.market.accounts import Accounts, accounts, books_at_rest
from maadin.market.benchmark import Benchmark
from maadin.market.calibration import Calibrated, calibrate
from maadin.market.draws import Draws
from maadin.market.equilibrium import solve
from maadin.market.system import Batch
from maadin.market.wedges import Wedges
from maadin.policy.results import variables

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Mask = NDArray[np.bool_]
TRACE = 1e-5  # of a year's output
KEPT = (*VARIABLES, "trade_t", "stock_t")  # of a year: prices and values by route are large, and no path asks for them
ENOUGH = 1 - 1e-9  # of what a country supplies at rest: reserves that cover it leave the market at rest


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """How far demand and supply have grown, arrays (draws,): demand over the benchmark's, and supply in units of demand's."""

    demand: Floats
    supply: Floats

    @property
    def is_even(self) -> bool:
        """Whether supply has kept up with demand."""
        return bool(np.all(self.supply == 1))


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """What a year comes to.

    Attributes
    ----------
    values : mapping of variable to array (n, draws or 1) or (draws or 1,)
        In tonnes and USD.
    good : array of bool (draws,)
    residual : float
    log_price : array (n, draws or 1)
        Log fob prices over the benchmark's.
    use_of_capacity : array (n, draws or 1)
        Output over the capacity that the trend gives; 0 for who makes nothing.
    exporter, importer : array of int (f,)
        Countries of each flow; the importer n stands for goods leaving under other codes.
    """

    values: Mapping[str, Floats]
    good: Mask
    residual: float
    log_price: Floats
    use_of_capacity: Floats
    exporter: Ints
    importer: Ints

    def carried(self, routes: Mask) -> Floats:
        """Tonnes of some routes together, array (draws or 1,)."""
        inside = self.importer < len(routes)
        chosen = np.flatnonzero(inside)[routes[self.exporter[inside], self.importer[inside]]]
        return np.asarray(self.values["trade_t"][chosen].sum(axis=0))


class Ground:
    """What all years of all paths start from: a benchmark with drawn elasticities, at rest.

    Parameters
    ----------
    benchmark : Benchmark
    drawn : Draws
    choke : float
        Multiple of the benchmark's composite price at which use ends.
    """

    def __init__(self, benchmark: Benchmark, drawn: Draws, choke: float) -> None:
        self.benchmark, self.drawn, self.choke = benchmark, drawn, choke
        self.still = calibrate(benchmark)
        at_rest = self.still.batch(drawn)
        self.rest = books_at_rest(self.still, at_rest)
        self.at_rest = variables(benchmark, self.still, self.rest, self.rest, at_rest.only(np.array([0])), np.inf)

    def untouched(self) -> Wedges:
        """Wedges under which nothing is done."""
        wedges = Wedges.of(self.benchmark)
        wedges.choke = self.choke
        return wedges

    def resting(self, trend: Floats) -> Year:
        """A year in which nothing is done and supply keeps up: the benchmark's, times the trend."""
        c = self.still
        good = np.ones(self.drawn.count, dtype=bool)
        nothing = np.zeros((len(self.benchmark.countries), 1))
        return Year(_in_units(self.at_rest, trend), good, 0.0, nothing, nothing, c.exporter, c.importer)

    def year(self, wedges: Wedges, trend: Trend, left: Floats, expansion: Floats, start: Floats, draws: Ints | slice = slice(None)) -> Year:
        """The year under some wedges.

        Parameters
        ----------
        wedges : Wedges
            In tonnes; those that differ by draw hold all draws.
        trend : Trend
        left : array (n, draws), tonnes
            Reserves at the start of the year; inf where nothing limits output.
        expansion : array (n, draws)
            Capacity over what the trend gives, 1 or more.
        start : array (n, draws)
            Log prices to start from.
        draws : array of int or slice
            The draws that are solved; those without a solution once more by themselves, from benchmark prices.
        """
        made = self._solved(wedges, trend, left, expansion, start, draws)
        missed = np.flatnonzero(~made.good)
        if not len(missed):
            return made
        again = self._solved(wedges, trend, left, expansion, np.zeros_like(start), np.arange(self.drawn.count)[draws][missed])
        return joined([(np.arange(len(made.good)), made), (missed, again)], len(made.good))

    def _solved(self, wedges: Wedges, trend: Trend, left: Floats, expansion: Floats, start: Floats, draws: Ints | slice) -> Year:
        calibrated = calibrate(self.benchmark, in_units_of(wedges, trend))
        if not len(calibrated.suppliers):
            raise InputError("the measures leave no supply at all, so there is no market to solve")
        whole = calibrated.batch(self.drawn)
        at = calibrated.suppliers
        built, reserve = whole.cap * expansion[at], left[at] / trend.demand
        batch = replace(whole, cap=np.minimum(built, np.maximum(reserve, TRACE * whole.output)))
        rest = self.rest
        if not isinstance(draws, slice):
            batch, rest = batch.only(draws), replace(rest, producer_surplus=rest.producer_surplus[:, draws])
        solution = solve(calibrated.market, batch, start=start[at][:, draws], throw=False)
        unknowns = np.where(solution.solved, solution.unknowns, 0.0)  # what has no solution is left out, and should not overflow here
        books = accounts(calibrated, solution.system, unknowns, batch)
        made = np.maximum(books.output.sum(axis=0), 1e-300)
        uncleared = np.abs(books.output + books.re_exports - books.bought - books.sales()).max(axis=0) / made
        values = dict(variables(self.benchmark, calibrated, books, rest, batch, calibrated.market.choke))
        if np.any(reserve < built):
            values |= self._without_exhausted(calibrated, books, batch, whole.only(draws))
        log_price, used = np.zeros((2, len(self.benchmark.countries), len(batch)))
        log_price[at] = unknowns[: len(at)]
        used[at] = books.output[at] / np.maximum(np.broadcast_to(whole.cap, built.shape)[:, draws], 1e-300)
        return Year(
            _in_units(values, trend.demand[draws]), solution.solved, float(uncleared[solution.solved].max(initial=0.0)), log_price, used,
            calibrated.exporter, calibrated.importer,
        )  # fmt: skip

    def _without_exhausted(self, c: Calibrated, books: Accounts, batch: Batch, whole: Batch) -> dict[str, Floats]:
        """Prices where reserves limit output: a supplier that has next to nothing left has no price, and does not count in the world's."""
        cut = batch.cap < np.minimum(whole.cap, whole.output)
        if not cut.any():
            return {}
        weights = np.nan_to_num(self.benchmark.own_supply_t[c.suppliers])[:, None] * ~cut
        before = self.benchmark.price_usd_per_t[c.suppliers][:, None]
        world = float(self.benchmark.own_supply_t @ self.benchmark.price_usd_per_t / self.benchmark.own_supply_t.sum())
        price = books.price.copy()
        price[c.suppliers] = np.where(batch.cap <= 10 * TRACE * whole.output, np.nan, price[c.suppliers])
        index = (weights * books.price[c.suppliers]).sum(axis=0) / np.maximum((weights * before).sum(axis=0), 1e-300)
        return {"price_fob_usd_per_t": price, "world_price_usd_per_t": world * index}


def in_units_of(wedges: Wedges, trend: Trend) -> Wedges:
    """Wedges with their tonnes in units of the trend of demand, and suppliers' sizes as their own trend has them."""
    if trend.is_even and np.all(trend.demand == 1):
        return wedges
    middle = float(np.median(trend.demand))  # stocks cannot differ by draw: growth then is the same in all
    return replace(
        wedges, output_scale=wedges.output_scale * trend.supply, added_output_t=wedges.added_output_t / trend.demand,
        stock_t=wedges.stock_t / middle, limits=[replace(x, tonnes=x.tonnes / trend.demand) for x in wedges.limits],
        triggers=[replace(x, tonnes=x.tonnes / middle) for x in wedges.triggers],
    )  # fmt: skip


def joined(parts: list[tuple[Ints, Year]], draws: int) -> Year:
    """Groups of draws, solved one by one, as one year; of a draw in several groups the last counts."""
    whole = np.zeros(draws, dtype=bool)
    first = parts[0][1]
    log_price, used = np.zeros((2, len(first.log_price), draws))
    values = {name: np.empty((*v.shape[:-1], draws)) for name, v in first.values.items()}
    for at, year in parts:
        whole[at], log_price[:, at], used[:, at] = year.good, year.log_price, year.use_of_capacity
        for name, value in year.values.items():
            values[name][..., at] = value
    return Year(values, whole, max(year.residual for _, year in parts), log_price, used, first.exporter, first.importer)


def _in_units(values: Mapping[str, Floats], trend: Floats) -> dict[str, Floats]:
    """What is kept of a year, tonnes and USD times the trend; prices and ratios as they are."""
    kept = {name: values[name] for name in KEPT if name in values}
    if np.all(trend == 1):
        return kept
    grows = {name for name in kept if name.endswith(("_t", "_usd")) and not name.endswith("per_t")}
    return {name: value * trend if name in grows else value for name, value in kept.items()}
