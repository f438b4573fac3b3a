"""One stage of a chain as a function of the scale of its demand and what its makers get or pay beside the price, in either kind of market."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from maadin.market.benchmark import Benchmark
from maadin.market.draws import Draws
from maadin.market.wedges import Wedges

Floats = NDArray[np.float64]
StageKind = Literal["origins", "homogeneous"]


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage at the joint equilibrium, arrays by country in the order of its benchmark.

    Attributes
    ----------
    output_t, use_t : array (n,), tonnes
    price_fob, price_use : array (n,), USD per tonne
        NaN where nothing is made or used.
    """

    output_t: Floats
    use_t: Floats
    price_fob: Floats
    price_use: Floats


def price_of_use(b: Benchmark) -> Floats:
    """Mean price that users pay, duties and export taxes included, array (n,), USD per tonne; the exporter's own where nothing arrives."""
    paid = b.value_usd * (1 + b.export_tax_rate) * (1 + b.duty_rate)
    arrives = b.trade_t.sum(axis=0)
    return np.asarray(np.divide(paid.sum(axis=0), arrives, out=b.price_usd_per_t.copy(), where=arrives > 0))


class StageMarket:
    """One stage as a function of the scale of its demand and the subsidy of its makers."""

    price_use: Floats  # benchmark prices of users

    def __init__(self, b: Benchmark, wedges: Wedges, draws: Draws) -> None:
        self.b, self.wedges, self.draws = b, wedges, draws

    def changed(self, scale: Floats, subsidy: Floats) -> Wedges:
        """The wedges with scale and subsidy on top."""
        w = self.wedges
        return replace(w, demand_scale=w.demand_scale * scale[:, None], specific_subsidy=w.specific_subsidy + subsidy)

    def __call__(self, scale: Floats, subsidy: Floats) -> StageState:
        """The stage with its demand scaled and its makers paid so much a tonne, arrays (n,)."""
        raise NotImplementedError


class _Origins(StageMarket):
    """Goods told apart by origin."""

    def __init__(self, b: Benchmark, wedges: Wedges, draws: Draws) -> None:
        super().__init__(b, wedges, draws)
        self.price_use = price_of_use(b)

    def __call__(self, scale: Floats, subsidy: Floats) -> StageState:
        from maadin.market.accounts import accounts
        from maadin.market.calibration import calibrate
        from maadin.market.equilibrium import solve

        made = calibrate(self.b, self.changed(scale, subsidy))
        batch = made.batch(self.draws)
        found = solve(made.market, batch)
        books = accounts(made, found.system, found.unknowns, batch)
        return StageState(
            books.output[:, 0], books.use[:, 0], books.price[:, 0], self.price_use * np.exp(books.composite[:, 0]),
        )  # fmt: skip


class _Homogeneous(StageMarket):
    """One good, carried where it pays."""

    def __init__(self, b: Benchmark, wedges: Wedges, draws: Draws, freight: Any) -> None:
        from maadin.market.freight import freight_of
        from maadin.market.spatial_benchmark import spatial_benchmark

        super().__init__(b, wedges, draws)
        self.base = spatial_benchmark(b, freight_of(b, freight))
        self.price_use = np.where(np.isnan(self.base.use_price), 1.0, self.base.use_price)
        self.start: Any = None

    def __call__(self, scale: Floats, subsidy: Floats) -> StageState:
        from maadin.market.spatial import Start, solve_spatial
        from maadin.market.spatial_accounts import spatial_books
        from maadin.market.spatial_calibration import spatial_case

        case = spatial_case(self.base, self.changed(scale, subsidy))
        if self.start is None:
            self.start = Start(case.use_price.copy(), (case.over < 0) & (self.base.flow_t[case.exporter, case.importer] > 0))
        found = solve_spatial(case.market(self.draws), self.start)
        books = spatial_books(case, self.draws, 0, found)
        return StageState(books.output, books.use, books.price_fob, books.price_use)


def stage_market(b: Benchmark, wedges: Wedges, draws: Draws, kind: StageKind, freight: Any) -> StageMarket:
    """A stage in a kind of market; freight as `maadin.market.freight.freight_of` takes it, for homogeneous goods alone."""
    return _Origins(b, wedges, draws) if kind == "origins" else _Homogeneous(b, wedges, draws, freight)
