"""The equations of one market for one draw as plain arrays, written down a second time for the programs that maadin is measured against.

What `maadin.market.system` says for many draws at once, for a reader with numpy alone: no stocks, price floors, specific duties or choke price, but
re-exports, goods leaving under other codes, capacities, quotas and one wedge a flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # so that the other programs' processes load numpy and nothing of maadin
    from maadin.market.system import Batch, Market

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What differs between draws: elasticities; `epsilon` is by supplier."""

    sigma: float
    eta: float
    re_export: float
    epsilon: Floats

    def vector(self) -> Floats:
        """All of them in a row."""
        return np.concatenate([[self.sigma, self.eta, self.re_export], self.epsilon])


@dataclass(frozen=True, slots=True)
class Case:
    """One market under one scenario; flows (f,) from `exporter` to `importer`, suppliers (n,), users (m,), quotas (k,).

    Attributes
    ----------
    wedge : array (f,)
        Log of the user price over the benchmark's at benchmark fob prices.
    hub : array of int (h,)
        Suppliers that re-export; `at_hub` are the users whose intake they pass on.
    group, limited : array of int
        Pairs: the quota and the flow in it; `limit_t` are the tonnes of the quotas (k,).
    cap : array (n,)
        inf where supply has no limit.
    """

    exporter: Ints
    importer: Ints
    share: Floats
    tonnes: Floats
    wedge: Floats
    hub: Ints
    at_hub: Ints
    passed_on: Floats
    output: Floats
    cap: Floats
    group: Ints
    limited: Ints
    limit_t: Floats

    @property
    def suppliers(self) -> int:
        """Number of suppliers."""
        return len(self.output)

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.passed_on)

    @property
    def quotas(self) -> int:
        """Number of quotas."""
        return len(self.limit_t)

    @property
    def capped(self) -> Ints:
        """Suppliers with output of their own and a capacity."""
        return np.flatnonzero(np.isfinite(self.cap) & (self.output > 0))


def case_of(market: Market, batch: Batch) -> Case:
    """The plain arrays of a market, users that nothing reaches left out; refuses what the programs beside maadin are not given."""
    m = market
    reached, importer = np.unique(m.importer, return_inverse=True)
    plain = (
        np.all(m.level == 0) and np.all(m.floor <= 0) and np.all(m.subsidy == 1) and np.all(m.subsidy_level == 0) and np.all(m.stock == 0)
        and not np.isfinite(m.price_floor).any() and not np.isfinite(m.purchase_floor).any() and not np.isfinite(m.choke)
        and np.all(m.limits.low == 0) and not np.isfinite(m.limits.high).any() and not len(m.triggers.user) and np.all(batch.demand_scale == 1)
        and batch.upper is None
    )  # fmt: skip
    if not plain:
        raise ValueError("this market has more in it than the programs beside maadin are given")
    hub = np.flatnonzero(m.hub >= 0)
    return Case(
        m.exporter, importer, m.share, m.tonnes, np.log(m.slope), hub, np.searchsorted(reached, m.hub[hub]), m.passed_on[reached], batch.output[:, 0], batch.cap[:, 0],
        m.limits.group, m.limits.flow, batch.limit_t[:, 0] if len(m.limits.low) else np.zeros(0),
    )  # fmt: skip


def parameters_of(case: Case, batch: Batch) -> list[Parameters]:
    """The draws of a batch one by one."""
    epsilon = np.broadcast_to(batch.epsilon, (case.suppliers, len(batch)))
    return [
        Parameters(*row, epsilon[:, at])
        for at, row in enumerate(zip(batch.sigma.tolist(), batch.eta.tolist(), batch.re_export.tolist(), strict=True))
    ]  # fmt: skip


class Equations:
    """Residual and Jacobian of one draw in log prices and log rents of quotas, with numpy.

    Flows are held as matrices (suppliers, users), which at this size beats sparse ones. A quota's condition is Fischer's function of its rent and its slack.
    """

    def __init__(self, case: Case) -> None:
        self.case = c = case
        self.flow_at = np.ravel_multi_index((c.exporter, c.importer), (c.suppliers, c.users))
        self.share, self.tonnes = self.matrix(c.share), self.matrix(c.tonnes)
        self.alone = bool(np.all(c.wedge == 0)) and not c.quotas
        self.is_hub = np.zeros(c.suppliers, dtype=bool)
        self.is_hub[c.hub] = True

    def matrix(self, values: Floats) -> Floats:
        """Values of flows as a matrix."""
        made = np.zeros(self.case.suppliers * self.case.users)
        made[self.flow_at] = values
        return made.reshape(self.case.suppliers, self.case.users)

    def wedges(self, z: Floats) -> Floats:
        """Log wedges of flows, the rents of quotas included."""
        c = self.case
        wedge = c.wedge
        if c.quotas:
            wedge = wedge.copy()
            np.add.at(wedge, c.limited, z[c.suppliers :][c.group])
        return wedge

    def parts(self, z: Floats, p: Parameters) -> tuple[Floats, ...]:
        """Composite log prices, volumes, the part passed on, flows as a matrix, spending shares, own supply and its elasticity."""
        c = self.case
        price = z[: c.suppliers]
        power = np.exp(-p.sigma * price)[:, None] * self.matrix(np.exp(-p.sigma * self.wedges(z)))
        spent = self.share * power * np.exp(price)[:, None] * self.matrix(np.exp(self.wedges(z)))
        index = spent.sum(axis=0)
        composite = np.log(index) / (1 - p.sigma)
        use = (1 - c.passed_on) * np.exp(-p.eta * composite)
        passed = np.zeros(c.users)
        passed[c.at_hub] = c.passed_on[c.at_hub] * np.exp(p.re_export * (price[c.hub] - composite[c.at_hub]))
        volume = use + passed
        flows = self.tonnes * power * (index ** (p.sigma / (1 - p.sigma)) * volume)
        wanted = c.output * np.exp(p.epsilon * price)
        free = wanted < c.cap
        own, answer = np.where(free, wanted, c.cap), np.where(free, p.epsilon, 0.0)
        return composite, use, passed, flows, spent / index, own, answer

    def residual(self, z: Floats, p: Parameters) -> Floats:
        """Logs of demand over supply, then the conditions of the quotas."""
        return self._residual(z, self.parts(z, p))

    def _residual(self, z: Floats, parts: tuple[Floats, ...]) -> Floats:
        c = self.case
        _, use, passed, flows, _, own, _ = parts
        supply = own.copy()
        supply[c.hub] += flows.sum(axis=0)[c.at_hub] * (passed / (use + passed))[c.at_hub]
        clearing = np.log(flows.sum(axis=1) / supply)
        if not c.quotas:
            return clearing
        rent, slack = z[c.suppliers :], np.log(c.limit_t / self.carried(flows))
        return np.concatenate([clearing, rent + slack - np.hypot(rent, slack)])

    def carried(self, flows: Floats) -> Floats:
        """Tonnes under each quota."""
        return np.bincount(self.case.group, flows.ravel()[self.flow_at[self.case.limited]], self.case.quotas)

    def jacobian(self, z: Floats, p: Parameters) -> Floats:
        """Exact derivative of the residual (unknowns, unknowns)."""
        c = self.case
        n, k = c.suppliers, c.quotas
        parts = self.parts(z, p)
        _, use, passed, flows, share, own, answer = parts
        volume = use + passed
        member = np.zeros((len(c.exporter), k))
        member[c.limited, c.group] = 1.0
        composite = np.zeros((c.users, n + k))  # of log composite prices
        composite[:, :n] = share.T
        along = share.ravel()[self.flow_at]
        if k:
            np.add.at(composite[:, n:], c.importer, along[:, None] * member)
        weight = p.sigma - p.eta * use / volume - p.re_export * passed / volume
        pull = weight[:, None] * composite  # of the logs of composite price and volume in a flow
        pull[c.at_hub, c.hub] += p.re_export * (passed / volume)[c.at_hub]
        demand = flows @ pull
        demand[np.arange(n), np.arange(n)] -= p.sigma * flows.sum(axis=1)
        tonnes = flows.ravel()[self.flow_at]
        if k:
            np.add.at(demand[:, n:], c.exporter, -p.sigma * tonnes[:, None] * member)
        supply = np.zeros((n, n + k))
        supply[np.arange(n), np.arange(n)] = answer * own
        intake = flows.sum(axis=0)
        passed_on = intake * passed / volume
        again = (p.sigma - p.re_export) * composite[c.at_hub]  # of the log of what is passed on
        again[np.arange(len(c.hub)), c.hub] += p.re_export
        again[:, :n] -= p.sigma * (flows[:, c.at_hub] / intake[c.at_hub]).T
        if k:
            arriving = np.zeros((c.users, k))
            np.add.at(arriving, c.importer, tonnes[:, None] * member)
            again[:, n:] -= p.sigma * arriving[c.at_hub] / intake[c.at_hub, None]
        supply[c.hub] += passed_on[c.at_hub, None] * again
        made_t = own.copy()
        made_t[c.hub] += passed_on[c.at_hub]
        made = np.zeros((n + k, n + k))
        made[:n] = demand / flows.sum(axis=1)[:, None] - supply / made_t[:, None]
        if k:
            carried = self.carried(flows)
            of_group = np.zeros((k, n + k))
            np.add.at(of_group, c.group, tonnes[c.limited, None] * pull[c.importer[c.limited]])
            np.add.at(of_group, (c.group, c.exporter[c.limited]), -p.sigma * tonnes[c.limited])
            of_group[:, n:] -= p.sigma * (member * tonnes[:, None]).T @ member
            rent, slack = z[n:], np.log(c.limit_t / carried)
            length = np.maximum(np.hypot(rent, slack), 1e-300)
            made[n:] = -(1 - slack / length)[:, None] * of_group / carried[:, None]
            made[n + np.arange(k), n + np.arange(k)] += 1 - rent / length
        return made
