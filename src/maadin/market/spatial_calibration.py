"""From a benchmark, freight and what a scenario changes to the numbers of `maadin.market.spatial`: the last place where there are labels.

Curves go through the benchmark point (q0, p0) with the drawn elasticities there:

    demand    D(p) = d0 (1 + eta - eta p / p0)                 d0 = use x demand scale + exports in other codes
    supply    S(p) = y0 (1 - epsilon + epsilon g(p) / p0)      y0 = own supply x output scale + added output,   g(p) = (1 + subsidy rate) p + subsidy

with p0 the prices of `maadin.market.spatial_benchmark`, the capacity of the first market kind (the larger of the printed one and benchmark output
with the drawn slack, plus what is added), and the choke multiple as the end of demand where the line has not ended before. What leaves in other codes is
metal used at home to make them, and bears no duty of this market. Armington and re-export elasticities have no place here.

A reopened route needs no latent wedge: a homogeneous good flows where it pays. A tariff-rate quota is two arcs, one within the quota and one at the higher rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maadin.errors import InputError
from maadin.market.draws import Draws
from maadin.market.spatial_benchmark import SpatialBenchmark
from maadin.market.spatial_problem import Floats, Ints, PriceTriggers, Quotas, SpatialMarket
from maadin.market.wedges import Wedges


@dataclass(frozen=True, slots=True, eq=False)
class SpatialCase:
    """A market under a scenario: what is the same in all draws.

    Attributes
    ----------
    base : SpatialBenchmark
    wedges : Wedges
    suppliers, users : array of int
        Countries of the market's suppliers and users.
    supply_price, use_price : array (suppliers,), (users,), USD per tonne
        Prices through which the curves go.
    tail, head, factor, charge, levy, levy_user, levy_price
        As in `SpatialMarket`.
    over : array of int (a,)
        Position of the tariff-rate quota beyond which the arc lies; -1 for none.
    quota, arc : array of int
        Pairs, as in `Quotas`; positions in the wedges' limits.
    """

    base: SpatialBenchmark
    wedges: Wedges
    suppliers: Ints
    users: Ints
    supply_price: Floats
    use_price: Floats
    tail: Ints
    head: Ints
    factor: Floats
    charge: Floats
    levy: Ints
    levy_user: Ints
    levy_price: Floats
    over: Ints
    quota: Ints
    arc: Ints

    @property
    def exporter(self) -> Ints:
        """Country of each arc's supplier."""
        return self.suppliers[self.tail]

    @property
    def importer(self) -> Ints:
        """Country of each arc's user."""
        return self.users[self.head]

    def market(self, e: Draws, at: int = 0) -> SpatialMarket:
        """The market of one draw."""
        b, w, made, used = self.base.benchmark, self.wedges, self.suppliers, self.users
        output, cap = self._sizes(e, at)
        epsilon, eta = float(e.supply[at]), float((e.outside_option if b.kind == "imports_only" else e.demand)[at])
        wanted = self.wanted(at)
        slope = output * epsilon / self.supply_price
        tonnes = [float(limit.tonnes[min(at, len(limit.tonnes) - 1)]) for limit in w.limits]
        return SpatialMarket(
            supply_level=output * (1 - epsilon) + slope * w.specific_subsidy[made], supply_slope=slope * (1 + w.subsidy_rate[made]), cap=cap,
            demand_level=wanted * (1 + eta), demand_slope=wanted * eta / self.use_price, choke=w.choke * self.use_price, taken=w.stock_t[used],
            tail=self.tail, head=self.head, factor=self.factor, charge=self.charge, levy=self.levy, levy_user=self.levy_user,
            levy_price=self.levy_price, quotas=Quotas(self.quota, self.arc, np.array(tonnes)), triggers=self.triggers(),
        )  # fmt: skip

    def _sizes(self, e: Draws, at: int) -> tuple[Floats, Floats]:
        """Supply at benchmark prices and its limit, arrays (suppliers,), tonnes."""
        w, made = self.wedges, self.suppliers
        scale, added = _of(w.output_scale, at)[made], _of(w.added_output_t, at)[made]
        own = self.base.supply_t[made] * scale
        printed = np.nan_to_num(self.base.benchmark.capacity_t[made], nan=0.0) * scale
        return own + added, np.maximum(printed, own * (1 + float(e.slack[at]))) + added

    def producers(self, price: Floats, e: Draws, at: int) -> tuple[Floats, tuple[Floats, Floats, Floats, float]]:
        """What producers get at prices of suppliers, subsidies included, and their curve: price, output, capacity, elasticity."""
        w, made = self.wedges, self.suppliers
        got = (1 + w.subsidy_rate[made]) * price + w.specific_subsidy[made]
        return got, (self.supply_price, *self._sizes(e, at), float(e.supply[at]))

    def wanted(self, at: int) -> Floats:
        """Demand of the users at benchmark prices, array (users,), tonnes."""
        b, used = self.base.benchmark, self.users
        return np.asarray(b.use_t[used] * _of(self.wedges.demand_scale, at)[used] + b.other_codes_t[used])

    def triggers(self) -> PriceTriggers:
        """Stocks that wait for a price, of countries that use the good."""
        place = {int(country): at for at, country in enumerate(self.users)}
        known = [t for t in self.wedges.triggers if t.country in place]
        return PriceTriggers(
            np.array([place[t.country] for t in known], dtype=np.intp), np.sign([t.tonnes for t in known]),
            np.abs([t.tonnes for t in known]), np.array([t.price for t in known], dtype=np.float64),
        )  # fmt: skip


def _of(values: Floats, at: int) -> Floats:
    """A size by country in one draw."""
    return np.asarray(values[:, min(at, values.shape[1] - 1)])


def spatial_case(base: SpatialBenchmark, wedges: Wedges | None = None) -> SpatialCase:
    """A market with what a scenario changes in it.

    Raises
    ------
    InputError
        If the wedges hold what this kind of market has no place for.
    """
    b = base.benchmark
    w = Wedges.of(b) if wedges is None else wedges
    refuse(w)
    use_price = base.use_price
    price = np.where(np.isnan(base.supply_price), use_price, base.supply_price)
    mean = float(np.average(base.supply_price[base.supply_t > 0], weights=base.supply_t[base.supply_t > 0]))
    price = np.where(np.isnan(price), mean, price)
    suppliers = np.flatnonzero((base.supply_t > 0) | (w.added_output_t.max(axis=1) > 0))
    users = np.flatnonzero(base.use_t > 0)
    tail, head = (a.ravel() for a in np.meshgrid(np.arange(len(suppliers)), np.arange(len(users)), indexing="ij"))
    open_ = ~w.closed[suppliers[tail], users[head]] | (suppliers[tail] == users[head])
    tail, head = tail[open_], head[open_]
    over = np.full(len(tail), -1, dtype=np.intp)
    tiers = [k for k, limit in enumerate(w.limits) if 0 < limit.high < np.inf]
    for k in tiers:
        beyond = np.flatnonzero(w.limits[k].routes[suppliers[tail], users[head]] & (suppliers[tail] != users[head]) & (over < 0))
        tail, head = np.concatenate([tail, tail[beyond]]), np.concatenate([head, head[beyond]])
        over = np.concatenate([over, np.full(len(beyond), k, dtype=np.intp)])
    exporter, importer = suppliers[tail], users[head]
    away = exporter != importer

    def of(routes: Floats) -> Floats:
        return np.where(away, routes[exporter, importer], 0.0)

    duty = 1 + of(w.duty_rate)
    for k in tiers:
        duty = np.where(over == k, duty * np.exp(w.limits[k].high), duty)
    charge = of(base.freight.usd_per_t) + of(w.specific_export_tax) * duty + of(w.specific_duty)
    levy, levy_user, levy_price = _levies(of(w.least_price), head)
    pairs = [np.flatnonzero(away & limit.routes[exporter, importer] & (over != k)) for k, limit in enumerate(w.limits)]
    quota = np.concatenate([np.full(len(p), k, dtype=np.intp) for k, p in enumerate(pairs)] or [np.empty(0, dtype=np.intp)])
    return SpatialCase(
        base, w, suppliers, users, price[suppliers], use_price[users], tail, head, (1 + of(w.export_tax_rate)) * duty, charge, levy, levy_user,
        levy_price, over, quota, np.concatenate(pairs or [np.empty(0, dtype=np.intp)]),
    )  # fmt: skip


def _levies(least: Floats, head: Ints) -> tuple[Ints, Ints, Floats]:
    """Groups of arcs with one head and one least price."""
    found = np.full(len(head), -1, dtype=np.intp)
    some = np.flatnonzero(least > 0)
    keys, group = np.unique(np.column_stack([head[some], least[some]]), axis=0, return_inverse=True)
    found[some] = group.ravel()
    return found, keys[:, 0].astype(np.intp), np.asarray(keys[:, 1], dtype=np.float64)


def refuse(w: Wedges) -> None:
    """Refuse in words what this kind of market has no place for.

    Raises
    ------
    InputError
    """
    other = "the market of goods told apart by origin (`simulate`) does that"
    if any(limit.high <= 0 for limit in w.limits):
        raise InputError(
            "a supply_offer has no place in a market of one homogeneous good: a discount on one route would be resold, and any tonnage could be "
            f"placed by exchange; {other}"
        )
    if np.any(w.guaranteed_price > 0) or np.any(w.held_price > 0):
        raise InputError(
            f"a price_floor that the state pays (cfd, purchase) is not part of the spatial kind; {other}. Its minimum_import_price is"
        )
    if np.any((w.open_part < 1) & ~w.closed):
        raise InputError(
            "a route that is open for part of the year is two markets of a homogeneous good, one of each part; simulate both, with the route and without"
        )
