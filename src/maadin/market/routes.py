"""Flows of a market in forms that are quick to add up by user and by supplier, for many draws at once.

With u_f = p_i + w_f the log user price of a flow from i under a fixed ad valorem wedge w_f, sums over flows factor: exp(-sigma u_f) is
exp(-sigma w_f) exp(-sigma p_i). Flows that share a wedge then cost one sparse product over all draws (`Routes.groups`), flows with a wedge of their own
a gather, a product and a sparse sum (`Routes.own_wedge`); only where the price bends or bears a rent are powers taken flow by flow (`Routes.single`).
Factored powers overflow at extreme prices times extreme elasticities; `apart` then takes every flow by itself, relative to its user's cheapest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from maadin.market.parameters import Floats, Ints, Market

LEAST_GROUP = 1 / 32  # part of all flows that share a wedge, from which on they are served by sparse products of their own
LEAST_PRICE = 1e-9  # of the benchmark's: what a user pays at least, however large a specific subsidy


@dataclass(frozen=True, slots=True)
class Group:
    """Flows that share a log wedge; matrices (users, suppliers) of shares, (suppliers, users) and (hubs, suppliers) of tonnes."""

    wedge: float
    to_users: sparse.csr_matrix
    to_suppliers: sparse.csr_matrix
    to_hubs: sparse.csr_matrix


class Some:
    """Some flows taken one by one, with matrices that add them up by user, supplier and hub, and by limit."""

    def __init__(self, market: Market, at: Ints, hub_of: Ints, hubs: int, weight: Floats) -> None:
        m, order = market, np.argsort(market.importer[at], kind="stable")
        self.market, self.hubs = market, hubs
        self.at = at = at[order]
        self.exporter, self.importer, self.hub, self.weight = m.exporter[at], m.importer[at], hub_of[m.importer[at]], weight[at]
        self.log_slope = np.log(m.slope[at])[:, None]
        bent = np.flatnonzero((m.level[at] != 0) | (m.floor[at] > 0))
        self.bent = bent
        self.slope, self.level, self.floor = m.slope[at[bent], None], m.level[at[bent], None], m.floor[at[bent], None]
        self.first = np.flatnonzero(np.diff(self.importer, prepend=-1))
        self.users = self.importer[self.first]

    def _adding(self, side: Ints, size: int, weight: Floats) -> sparse.csr_matrix:
        there = np.flatnonzero(side >= 0)
        return sparse.csr_matrix((weight[there], (side[there], there)), shape=(size, len(self.at)))

    @cached_property
    def to_users(self) -> sparse.csr_matrix:
        """Shares by user, (users, flows)."""
        return self._adding(self.importer, self.market.users, self.weight)

    @cached_property
    def to_suppliers(self) -> sparse.csr_matrix:
        """Tonnes by supplier, (suppliers, flows)."""
        return self._adding(self.exporter, self.market.suppliers, self.market.tonnes[self.at])

    @cached_property
    def to_hubs(self) -> sparse.csr_matrix:
        """Tonnes by hub, (hubs, flows)."""
        return self._adding(self.hub, self.hubs, self.market.tonnes[self.at])

    @cached_property
    def rents(self) -> sparse.csr_matrix:
        """Limits of each flow, (flows, limits)."""
        flow, group = self._limited
        return sparse.csr_matrix((np.ones(len(flow)), (flow, group)), shape=(len(self.at), len(self.market.limits.low)))

    @cached_property
    def to_limits(self) -> sparse.csr_matrix:
        """Tonnes by limit, (limits, flows)."""
        flow, group = self._limited
        return sparse.csr_matrix((self.market.tonnes[self.at[flow]], (group, flow)), shape=(len(self.market.limits.low), len(self.at)))

    @cached_property
    def _limited(self) -> tuple[Ints, Ints]:
        limits, place = self.market.limits, np.full(len(self.market.exporter), -1, dtype=np.intp)
        place[self.at] = np.arange(len(self.at))
        here = place[limits.flow] >= 0
        return place[limits.flow[here]], limits.group[here]

    def __len__(self) -> int:
        """Number of flows."""
        return len(self.at)

    def prices(self, price: Floats, rent: Floats) -> Floats:
        """Log user prices, array (flows, draws)."""
        logs: Floats = price[self.exporter]
        bent = np.exp(logs[self.bent]) if len(self.bent) else None
        logs += self.log_slope
        if bent is not None:
            logs[self.bent] = np.log(np.maximum(self.slope * bent + self.level, np.maximum(self.floor, LEAST_PRICE)))
        if len(self.market.limits.low) and self.rents.nnz:
            logs += self.rents @ rent
        return logs


class Routes:
    """The flows of a market, sorted into those that share a wedge, those with one of their own, and those priced one by one.

    Parameters
    ----------
    market : Market
    hubs : array of int (h,)
        Users that pass goods on.
    nested : bool
        Own goods are kept apart (`home`), to be weighed against imports in all.
    apart : bool
        All flows are priced one by one.
    """

    def __init__(self, market: Market, hubs: Ints, *, nested: bool, apart: bool) -> None:
        m = market
        self.market, self.apart, self.hubs = m, apart, len(hubs)
        hub_of = np.full(m.users, -1, dtype=np.intp)
        hub_of[hubs] = np.arange(len(hubs))
        at_home = m.at_home if nested else np.zeros(len(m.exporter), dtype=bool)
        single = np.full(len(at_home), apart)
        single |= (m.level != 0) | (m.floor > 0)
        single[m.limits.flow] = True
        single &= ~at_home
        alike = np.flatnonzero(~single & ~at_home)
        wedges, which, count = np.unique(np.round(np.log(m.slope[alike]), 12), return_inverse=True, return_counts=True)
        common = np.flatnonzero(count >= LEAST_GROUP * len(m.exporter))
        self.groups = tuple(self._group(float(wedges[w]), alike[which == w], hub_of) for w in common)
        self.own_wedge = Some(m, alike[~np.isin(which, common)], hub_of, len(hubs), m.share * m.slope)
        self.single = Some(m, np.flatnonzero(single), hub_of, len(hubs), m.share)
        self.home = Some(m, np.flatnonzero(at_home), hub_of, len(hubs), m.share)

    def _group(self, wedge: float, at: Ints, hub_of: Ints) -> Group:
        m = self.market
        there = at[hub_of[m.importer[at]] >= 0]
        return Group(
            wedge,
            sparse.csr_matrix((m.share[at], (m.importer[at], m.exporter[at])), shape=(m.users, m.suppliers)),
            sparse.csr_matrix((m.tonnes[at], (m.exporter[at], m.importer[at])), shape=(m.suppliers, m.users)),
            sparse.csr_matrix((m.tonnes[there], (hub_of[m.importer[there]], m.exporter[there])), shape=(self.hubs, m.suppliers)),
        )


class Sums:
    """Sums over the flows but those at home, at given elasticities of substitution; `index` comes first and keeps the powers for the others.

    Every sum of exp(-sigma u_f) is relative to exp(-sigma low_j), where low_j is the user's reference price: 0, or that of its cheapest flow
    where flows are taken `apart`.
    """

    def __init__(self, routes: Routes, sigma: Floats) -> None:
        self.routes, self.sigma = routes, sigma
        self.scales = [None if g.wedge == 0 else (np.exp(-sigma * g.wedge), np.exp((1 - sigma) * g.wedge)) for g in routes.groups]
        self.fixed = np.exp(-sigma * routes.own_wedge.log_slope)

    def index(self, price: Floats, rent: Floats) -> tuple[Floats, Floats | float]:
        """Sums of shares times exp((1 - sigma) (u - low)) by user, array (m, draws), and the reference prices."""
        r, sigma, m = self.routes, self.sigma, self.routes.market
        index: Floats | None = None
        if r.groups or len(r.own_wedge):
            self.power = np.exp(-sigma * price)
            spending = self.power * np.exp(price)
            for group, scale in zip(r.groups, self.scales, strict=True):
                part = group.to_users @ spending
                if scale is not None:
                    part *= scale[1]
                index = part if index is None else index + part
            if len(r.own_wedge):
                gathered = spending[r.own_wedge.exporter]
                gathered *= self.fixed
                part = r.own_wedge.to_users @ gathered
                index = part if index is None else index + part
        low: Floats | float = 0.0
        if len(r.single):
            logs = r.single.prices(price, rent)
            if r.apart:
                low = np.zeros((m.users, price.shape[1]))
                low[r.single.users] = np.minimum.reduceat(logs, r.single.first, axis=0)
                logs -= low[r.single.importer]
            self.factor = np.exp(-sigma * logs)
            part = r.single.to_users @ (self.factor * np.exp(logs))
            index = part if index is None else index + part
        return np.zeros((m.users, price.shape[1])) if index is None else index, low

    def demand(self, bought: Floats) -> tuple[Floats, Floats]:
        """Tonnes by supplier (n, draws) and by limit (k, draws), given what each user buys per exp(-sigma (u - low)) of a tonne."""
        r, m = self.routes, self.routes.market
        demand: Floats | None = None
        for group, scale in zip(r.groups, self.scales, strict=True):
            part = group.to_suppliers @ bought
            if scale is not None:
                part *= scale[0]
            demand = part if demand is None else demand + part
        if len(r.own_wedge):
            gathered = bought[r.own_wedge.importer]
            gathered *= self.fixed
            part = r.own_wedge.to_suppliers @ gathered
            demand = part if demand is None else demand + part
        if demand is not None:
            demand *= self.power
        limited = np.zeros((len(m.limits.low), bought.shape[1]))
        if len(r.single):
            flows = self.factor * bought[r.single.importer]
            part = r.single.to_suppliers @ flows
            demand = part if demand is None else demand + part
            if len(limited):
                limited += r.single.to_limits @ flows
        return np.zeros((m.suppliers, bought.shape[1])) if demand is None else demand, limited

    def arrivals(self) -> Floats:
        """Sums of tonnes times exp(-sigma (u - low)) by hub, array (h, draws)."""
        r = self.routes
        arrivals = np.zeros((r.hubs, len(self.sigma)))
        for group, scale in zip(r.groups, self.scales, strict=True):
            part = group.to_hubs @ self.power
            if scale is not None:
                part *= scale[0]
            arrivals += part
        if len(r.own_wedge):
            gathered = self.power[r.own_wedge.exporter]
            gathered *= self.fixed
            arrivals += r.own_wedge.to_hubs @ gathered
        if len(r.single):
            arrivals += r.single.to_hubs @ self.factor
        return arrivals
