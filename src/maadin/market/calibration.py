"""From a benchmark and what a scenario changes in it to the numbers of `maadin.market.system`: the last place where there are labels.

The user price of a route in the benchmark is P_ij0 = p_i0 w_ij (1 + x_ij0)(1 + t_ij0) with fob price p, route wedge w, export tax x and duty t on the fob
value; shares are taken at these prices. Goods that leave under codes not at hand go to one further user who buys from all exporters alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maadin.market.benchmark import Benchmark
from maadin.market.draws import Draws
from maadin.market.system import Batch, Floats, Ints, Limits, Market, Triggers
from maadin.market.wedges import Wedges


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A market as numbers with what leads back to names.

    Attributes
    ----------
    benchmark, wedges : Benchmark, Wedges
    market : Market
    suppliers : array of int (suppliers,)
        Country of each supplier.
    exporter, importer : array of int (f,)
        Countries of each flow; the importer of goods leaving under other codes is n.
    user_price : array (f,), USD per tonne
        Benchmark price of the route to its user, which the logs of prices are relative to.
    fob_price : array (f,), USD per tonne
        Of the route, its wedge included.
    spending : array (users,), USD
        At benchmark user prices, without routes that are shut or reopened.
    """

    benchmark: Benchmark
    wedges: Wedges
    market: Market
    suppliers: Ints
    exporter: Ints
    importer: Ints
    user_price: Floats
    fob_price: Floats
    spending: Floats

    def batch(self, e: Draws) -> Batch:
        """Drawn elasticities with the sizes of this market."""
        b, w, at = self.benchmark, self.wedges, self.suppliers
        own = b.own_supply_t[at, None]
        output = own * w.output_scale[at] + w.added_output_t[at]
        printed = np.nan_to_num(b.capacity_t[at, None], nan=0.0) * w.output_scale[at]
        cap = np.maximum(printed, own * w.output_scale[at] * (1 + e.slack)) + w.added_output_t[at]
        scale = np.concatenate([w.demand_scale, np.ones((1, w.demand_scale.shape[1]))])
        limits = [np.broadcast_to(limit.tonnes, np.shape(np.broadcast_arrays(*(x.tonnes for x in w.limits))[0])) for limit in w.limits]
        return Batch(
            sigma=e.armington, eta=e.outside_option if b.kind == "imports_only" else e.demand, re_export=e.re_export,
            epsilon=e.supply[None, :], output=output, cap=cap, demand_scale=scale,
            limit_t=np.array(limits) if limits else np.zeros((0, 1)), upper=e.home,
        )  # fmt: skip


def calibrate(benchmark: Benchmark, wedges: Wedges | None = None) -> Calibrated:
    """The numbers of a market, its benchmark being the solution where nothing is changed."""
    b = benchmark
    w = Wedges.of(b) if wedges is None else wedges
    n = len(b.countries)
    trade = np.column_stack([b.trade_t, b.other_codes_t])
    fob = b.price_usd_per_t[:, None] * _beside(b.wedge, 1.0)
    user_price = fob * _beside((1 + b.export_tax_rate) * (1 + b.duty_rate), 1.0)
    value = trade * user_price
    spending, intake = value.sum(axis=0), trade.sum(axis=0)
    again = _beside(np.isfinite(w.reopened_share) & ~w.closed, False)
    if again.any():  # at the exporter's own price: a trickle's unit value says nothing of a full route's
        fob = np.where(again, b.price_usd_per_t[:, None], fob)
        user_price = np.where(again, fob * _beside(1 + w.reopened_duty, 1.0), user_price)
        value = np.where(again, _reopened(trade, again, _beside(w.reopened_share, np.nan)) * user_price, value)
    added = w.added_output_t.max(axis=1)
    value = _entered(value, np.where(value.sum(axis=1) == 0, added, 0.0) / max(trade.sum(), 1e-300))
    value = np.where(_beside(w.closed, False), 0.0, value * _beside(w.open_part, 1.0))
    makes = _supplying(value > 0, b.own_supply_t * w.output_scale.max(axis=1) + added > 0, b.re_exports_t > 0)
    exporter, importer = np.nonzero(np.where(makes[:, None], value, 0.0))
    suppliers = np.unique(exporter)
    place = np.full(n, -1, dtype=np.intp)
    place[suppliers] = np.arange(len(suppliers))
    slope, level, floor = _price_terms(w, fob, user_price, exporter, importer)
    passed, stock = np.zeros(n + 1), np.zeros(n + 1)
    reached = intake[:n] > 0
    np.divide(b.re_exports_t, intake[:n], out=passed[:n], where=reached)
    np.divide(w.stock_t, intake[:n], out=stock[:n], where=reached)
    price = b.price_usd_per_t[suppliers]
    with np.errstate(divide="ignore"):
        guaranteed, held = np.log(w.guaranteed_price[suppliers] / price), np.log(w.held_price[suppliers] / price)
    chosen = (exporter, importer)
    market = Market(
        exporter=place[exporter], importer=importer, share=value[chosen] / np.where(spending > 0, spending, 1.0)[importer],
        tonnes=value[chosen] / user_price[chosen], slope=slope, level=level, floor=floor,
        subsidy=1 + w.subsidy_rate[suppliers], subsidy_level=w.specific_subsidy[suppliers] / price, price_floor=guaranteed,
        purchase_floor=held, hub=np.where(b.re_exports_t[suppliers] > 0, suppliers, -1), passed_on=passed, stock=stock,
        choke=float(np.log(w.choke)), limits=_limits(w, exporter, importer), triggers=_triggers(w, spending, intake),
        home=suppliers,
    )  # fmt: skip
    return Calibrated(b, w, market, suppliers, exporter, importer, user_price[chosen], fob[chosen], spending)


def _supplying(flows: NDArray[np.bool_], makes: NDArray[np.bool_], passes_on: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Countries with something to sell: those that make some, and hubs that are still reached from one of them."""
    found = makes
    while True:
        reached = makes | (passes_on & flows[found, : len(makes)].any(axis=0))
        if (reached == found).all():
            return found
        found = reached


def _beside(routes: NDArray[Any], other: float | bool) -> NDArray[Any]:
    """Values by route with one more column for goods leaving under other codes."""
    return np.column_stack([routes, np.full(len(routes), other, dtype=routes.dtype)])


def _reopened(trade: Floats, again: NDArray[np.bool_], share: Floats) -> Floats:
    """Tonnes of reopened routes at benchmark prices: each has its share of the importer's imports, the others keep what they have."""
    imports = np.where(again, 0.0, trade)
    imports[np.arange(len(trade)), np.arange(len(trade))] = 0.0
    shares = np.where(again, share, 0.0)
    kept = 1.0 - shares.sum(axis=0)
    # where nothing else is imported, what the country takes in says how much it can have
    others = np.where(imports.sum(axis=0) > 0, imports.sum(axis=0), trade.sum(axis=0))
    return np.asarray(shares / np.maximum(kept, 1e-3) * others)


def _entered(value: Floats, size: Floats) -> Floats:
    """Values with those of countries that start to sell: as large a part of every user's spending as their output is of the world's."""
    return np.where(size[:, None] > 0, size[:, None] * value.sum(axis=0), value)


def _price_terms(w: Wedges, fob: Floats, user_price: Floats, exporter: Ints, importer: Ints) -> tuple[Floats, Floats, Floats]:
    """User price relative to the benchmark's as slope times the fob price plus level, not below a floor; own supply bears nothing."""
    at = (exporter, importer)
    away = exporter != importer

    def terms(routes: Floats) -> Floats:
        return np.where(away, _beside(routes, 0.0)[at], 0.0)

    ad_valorem = (1 + terms(w.export_tax_rate)) * (1 + terms(w.duty_rate))
    specific = terms(w.specific_export_tax) * (1 + terms(w.duty_rate)) + terms(w.specific_duty)
    return fob[at] * ad_valorem / user_price[at], specific / user_price[at], terms(w.least_price) / user_price[at]


def _limits(w: Wedges, exporter: Ints, importer: Ints) -> Limits:
    groups, flows = [], []
    for group, limit in enumerate(w.limits):
        found = np.flatnonzero(_beside(limit.routes, False)[exporter, importer])
        groups.append(np.full(len(found), group, dtype=np.intp))
        flows.append(found)
    empty = [np.empty(0, dtype=np.intp)]
    low, high = (np.array([getattr(x, side) for x in w.limits], dtype=np.float64) for side in ("low", "high"))
    return Limits(np.concatenate(groups or empty), np.concatenate(flows or empty), low, high)


def _triggers(w: Wedges, spending: Floats, intake: Floats) -> Triggers:
    """Stocks that wait for a price; where nothing arrives there is none."""
    known = [x for x in w.triggers if intake[x.country] > 0]
    user = np.array([x.country for x in known], dtype=np.intp)
    price = np.array([x.price for x in known]) / (spending / np.where(intake > 0, intake, 1.0))[user]
    tonnes = np.array([x.tonnes for x in known])
    return Triggers(user, np.sign(tonnes), np.abs(tonnes) / intake[user], np.log(price))
