"""Invented markets as numbers, small and balanced, for tests of the equilibrium."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maadin.market.equilibrium import Solution
from maadin.market.parameters import Batch, Floats, Limits, Market, Triggers

NO_LIMITS = Limits(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))
NO_TRIGGERS = Triggers(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0), np.empty(0))


def market_of(
    tonnes: Any, *, price: Any = 1.0, factor: Any = 1.0, closed: Any = False, re_exports: Any = 0.0,
    limits: Sequence[tuple[Any, float, float]] = (), level: Any = 0.0, floor: Any = 0.0, **changes: Any,
) -> Market:  # fmt: skip
    """A market from tonnes by supplier and user (n, m), the first n users being the suppliers' homes.

    Prices of routes, factors of duties, closed routes, re-exports and limits (routes, low, high) are by supplier and user or for all alike.
    """
    tonnes = np.asarray(tonnes, dtype=float)
    n, users = tonnes.shape
    price, factor, closed, level, floor = (np.broadcast_to(x, tonnes.shape) for x in (price, factor, closed, level, floor))
    value = tonnes * price
    exporter, importer = np.nonzero(value * ~np.asarray(closed, dtype=bool))
    spending, intake = value.sum(axis=0), tonnes.sum(axis=0)
    passed_on = np.zeros(users)
    np.divide(np.broadcast_to(re_exports, n), intake[:n], out=passed_on[:n], where=intake[:n] > 0)
    groups = [np.flatnonzero(np.broadcast_to(routes, tonnes.shape)[exporter, importer]) for routes, _, _ in limits]
    at = (exporter, importer)
    market = Market(
        exporter=exporter, importer=importer, share=value[at] / spending[importer], tonnes=tonnes[at], slope=factor[at] * 1.0,
        level=level[at] * 1.0, floor=floor[at] * 1.0, subsidy=np.ones(n), subsidy_level=np.zeros(n), price_floor=np.full(n, -np.inf),
        purchase_floor=np.full(n, -np.inf), hub=np.where(np.broadcast_to(re_exports, n) > 0, np.arange(n), -1), passed_on=passed_on,
        stock=np.zeros(users), choke=np.inf, triggers=NO_TRIGGERS, home=np.arange(n),
        limits=Limits(
            np.repeat(np.arange(len(groups)), [len(g) for g in groups]), np.concatenate([*groups, np.empty(0, dtype=np.intp)]),
            np.array([low for _, low, _ in limits], dtype=float), np.array([high for _, _, high in limits], dtype=float),
        ),
    )  # fmt: skip
    return replace(market, **changes)


def batch_of(
    tonnes: Any, *, sigma: Any = 4.0, eta: Any = 0.5, epsilon: Any = 1.0, re_export: Any = 3.0, re_exports: Any = 0.0, slack: float = np.inf,
    output: Any = 1.0, demand: Any = 1.0, limit_t: Any = (), upper: Any = None,
) -> Batch:  # fmt: skip
    """Draws for a market made by `market_of`; output is a multiple of the benchmark's, capacity that output and some slack."""
    sigma, eta, re_export = np.broadcast_arrays(*(np.atleast_1d(np.asarray(x, dtype=float)) for x in (sigma, eta, re_export)))
    own = (np.asarray(tonnes, dtype=float).sum(axis=1) - re_exports)[:, None]
    made = own * np.broadcast_to(output, (len(own),))[:, None]
    return Batch(
        sigma=sigma, eta=eta, re_export=re_export, epsilon=np.broadcast_to(np.asarray(epsilon, dtype=float), (1, len(sigma))) if np.ndim(epsilon) < 2
        else np.asarray(epsilon), output=made, cap=made * (1 + slack) if np.isfinite(slack) else np.full_like(made, np.inf),
        demand_scale=np.full((1, 1), float(demand)), limit_t=np.asarray(limit_t, dtype=float).reshape(len(limit_t), -1)
        if len(limit_t) else np.zeros((0, 1)), upper=None if upper is None else np.broadcast_to(np.asarray(upper, dtype=float), sigma.shape),
    )  # fmt: skip


@dataclass(frozen=True)
class World:
    """Balanced tonnes (n, n + 1) with prices of routes, re-exports and duties; the last user takes what goes nowhere else."""

    tonnes: Floats
    price: Floats
    re_exports: Floats
    factor: Floats

    def market(self, **changes: Any) -> Market:
        return market_of(self.tonnes, **{"price": self.price, "re_exports": self.re_exports, "factor": self.factor, **changes})

    def batch(self, **changes: Any) -> Batch:
        return batch_of(self.tonnes, re_exports=self.re_exports, **changes)

    @property
    def away(self) -> Any:
        routes = np.ones(self.tonnes.shape, dtype=bool)
        np.fill_diagonal(routes, False)
        return routes

    @property
    def imports_of_the_first(self) -> Any:
        return self.away & (np.arange(self.tonnes.shape[1]) == 0)


@st.composite
def worlds(draw: st.DrawFn, hubs: bool = True, duties: float = 2.0) -> World:
    """Worlds of two to five countries; some routes carry nothing, some countries pass goods on."""
    n = draw(st.integers(2, 5))
    shape = (n, n + 1)
    size = st.one_of(st.just(0.0), st.floats(0.01, 100.0))
    tonnes = draw(arrays(float, shape, elements=size))
    tonnes[np.arange(n), np.arange(n)] += draw(arrays(float, n, elements=st.floats(0.1, 50.0)))
    most = np.minimum(tonnes.sum(axis=1), tonnes.sum(axis=0)[:n])
    passed = draw(arrays(float, n, elements=st.one_of(st.just(0.0), st.floats(0.05, 0.8)))) if hubs else np.zeros(n)
    price = draw(arrays(float, shape, elements=st.floats(0.5, 2.0)))
    factor = 1 + draw(arrays(float, shape, elements=st.one_of(st.just(0.0), st.floats(0.0, duties))))
    factor[np.arange(n), np.arange(n)] = 1.0
    return World(tonnes, price, passed * most * 0.9, factor)


def elasticities(draws: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """Arrays of elasticities as studies report them."""
    return st.fixed_dictionaries({
        "sigma": arrays(float, draws, elements=st.floats(1.5, 12.0)), "eta": arrays(float, draws, elements=st.floats(0.1, 1.2)),
        "epsilon": arrays(float, draws, elements=st.floats(0.1, 3.0)), "re_export": arrays(float, draws, elements=st.floats(1.0, 8.0)),
    })  # fmt: skip


def flows_of(solution: Solution) -> Floats:
    """Tonnes of every flow, array (f, draws)."""
    return solution.system.flows(solution.system.unknowns(solution.unknowns), solution.batch)[0]


def prices_of(solution: Solution) -> Floats:
    """Log fob prices, array (n, draws)."""
    return solution.unknowns[: solution.system.market.suppliers]
