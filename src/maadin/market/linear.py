"""The linear form of the market: GSIM as published, for comparison with the exact solution.

To the first order, with hats for relative changes, theta_ij the share of i in what j spends, phi_ij the share of j in what i sells, a_ij the share of i in
what reaches j, T_ij the change of one plus the duty on a route (and of all else that stands between supplier and user),

    P_ij^ = p_i^ + T_ij^,        P_j^ = sum_i theta_ij P_ij^
    x_ij^ = N_own P_ij^ + sum_{k != i} N_cross,k P_kj^ + (use_j d_j^ + stock_j)
    N_own = theta_ij Em - (1 - theta_ij) Es,        N_cross,k = theta_kj (Em + Es),        Em = -eta, Es = sigma
    sum_j phi_ij x_ij^ = y_i^ = epsilon_i p_i^ + shift_i

which is linear in the p_i^. Hubs, which the published form does not have, pass on a part pass_j of what reaches them; users j then buy
use_j (-eta P_j^ + d_j^) + pass_j epsilon_r (p_j^ - P_j^) + stock_j more in volume, and r_j^ = epsilon_r (p_j^ - P_j^) + sigma (P_j^ - sum_i a_ij P_ij^).
What has a corner has no linear form: limits, triggers and price floors are refused, and so are routes that are shut or reopened. Capacities and choke prices
are left out: at the benchmark they do not bind.

References
----------
Francois, J. & Hall, H. K. (2003), Global Simulation Analysis of Industry-Level Trade Policy, version 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from maadin.market.equilibrium import SolveError, check
from maadin.market.parameters import Batch, Floats, Ints, Market

TOGETHER = 64  # draws whose dense matrices are held at once
WHOLE = 1e-6  # by how much shares may miss 1


@dataclass(frozen=True, slots=True)
class LinearSolution:
    """Relative changes to the first order.

    Attributes
    ----------
    price : array (n, draws)
        Of fob prices.
    composite : array (m, draws)
        Of composite prices.
    supply : array (n, draws)
        Of what each supplier sells, re-exports included.
    flow : array (f, draws)
        Of tonnes; below -1 where the change is too large for a line.
    flow_t : array (f, draws), tonnes
        After the change.
    """

    price: Floats
    composite: Floats
    supply: Floats
    flow: Floats
    flow_t: Floats


def solve_linear(market: Market, draws: Batch) -> LinearSolution:
    """Solve the linear form of a market for every draw.

    Raises
    ------
    SolveError
        If the market has what has no linear form, or elasticities are out of range.
    """
    check(market, draws)
    _refuse_corners(market, draws)
    parts = [_some(market, draws.only(slice(a, a + TOGETHER))) for a in range(0, len(draws), TOGETHER)]
    return LinearSolution(*(np.concatenate([getattr(p, name) for p in parts], axis=1) for name in LinearSolution.__slots__))


def _refuse_corners(m: Market, e: Batch) -> None:
    spent = _sums(m.importer, m.share, m.users)
    refused = {
        "limits on quantities": len(m.limits.low) > 0,
        "stocks that wait for a price": len(m.triggers.user) > 0,
        "floors on prices": bool(np.any(m.floor > 0) or np.isfinite(m.price_floor).any() or np.isfinite(m.purchase_floor).any()),
        "routes that are shut or reopened": bool(np.any((spent > 0) & (np.abs(spent - 1) > WHOLE))),
        "nest of own goods against imports": e.upper is not None,
    }
    found = [name for name, there in refused.items() if there]
    if found:
        raise SolveError(f"the linear form knows no {', no '.join(found)}; solve the exact form")


class _Shares:
    """Shares at the benchmark: of spending (m, n), of sales (n, m), of arrivals (m, n), and what is passed on, by user and of each supplier's sales."""

    def __init__(self, m: Market) -> None:
        n, users = m.suppliers, m.users
        self.hubs = np.flatnonzero(m.hub >= 0)
        self.at_hub = m.hub[self.hubs]
        self.sales, self.intake = _sums(m.exporter, m.tonnes, n), _sums(m.importer, m.tonnes, users)
        self.traded = np.where(self.sales > 0, self.sales, 1.0)
        self.of_sales = m.tonnes / self.traded[m.exporter]
        self.of_arrivals = m.tonnes / np.where(self.intake > 0, self.intake, 1.0)[m.importer]
        self.theta, self.phi, self.alpha = np.zeros((users, n)), np.zeros((n, users)), np.zeros((users, n))
        self.theta[m.importer, m.exporter] = m.share
        self.phi[m.exporter, m.importer] = self.of_sales
        self.alpha[m.importer, m.exporter] = self.of_arrivals
        self.use, self.passed = 1 - m.passed_on[:, None], np.zeros((users, 1))
        self.passed[self.at_hub, 0] = m.passed_on[self.at_hub]
        self.again = (m.passed_on * self.intake)[self.at_hub] / self.traded[self.hubs]
        self.own = (self.sales > 0).astype(np.float64)
        self.own[self.hubs] -= self.again


def _some(m: Market, e: Batch) -> LinearSolution:
    s = _Shares(m)
    wedge = m.slope + m.level - 1.0
    of_users = _sums(m.importer, m.share * wedge, m.users)[:, None]
    price = np.linalg.solve(_matrix(s, e), -_known(m, s, e, wedge, of_users).T[:, :, None])[:, :, 0].T
    composite = s.theta @ price + of_users
    volume = s.use * (e.demand_scale - 1.0 - e.eta * composite) + m.stock[:, None]
    volume[s.at_hub] += s.passed[s.at_hub] * e.re_export * (price[s.hubs] - composite[s.at_hub])
    flow = -e.sigma * (price[m.exporter] + wedge[:, None] - composite[m.importer]) + volume[m.importer]
    adding = sparse.csr_matrix((s.of_sales, (m.exporter, np.arange(len(wedge)))), shape=(m.suppliers, len(wedge)))
    return LinearSolution(np.asarray(price), composite, np.asarray(adding @ flow), flow, m.tonnes[:, None] * (1 + flow))


def _matrix(s: _Shares, e: Batch) -> Floats:
    """Answer of each supplier's sales less its supply to all prices, array (draws, n, n)."""
    each = np.arange(len(s.own))
    made: Floats = s.phi @ (_by_composite(s, e).T[:, :, None] * s.theta)
    made[:, each, each] -= (e.sigma + s.own[:, None] * e.epsilon).T
    made[:, :, s.hubs] += e.re_export[:, None, None] * (s.phi * s.passed[:, 0])[:, s.at_hub]
    made[:, s.hubs, s.hubs] -= s.again * e.re_export[:, None]
    through = (e.sigma - e.re_export)[:, None, None] * s.theta[s.at_hub] - e.sigma[:, None, None] * s.alpha[s.at_hub]
    made[:, s.hubs] -= s.again[:, None] * through
    made[:, s.sales <= 0] = np.eye(len(each))[s.sales <= 0]
    return made


def _known(m: Market, s: _Shares, e: Batch, wedge: Floats, of_users: Floats) -> Floats:
    """Each supplier's sales less its supply with all prices as they were, array (n, draws)."""
    more = s.use * (e.demand_scale - 1.0) + m.stock[:, None]
    direct = _sums(m.exporter, s.of_sales * wedge, m.suppliers)[:, None] * e.sigma
    support = (m.subsidy + m.subsidy_level - 1.0)[:, None]
    shift = s.own[:, None] * (support * e.epsilon - 1.0) + e.output / s.traded[:, None]
    made: Floats = s.phi @ (_by_composite(s, e) * of_users + more) - direct - shift
    arrivals = _sums(m.importer, s.of_arrivals * wedge, m.users)[s.at_hub, None]
    made[s.hubs] -= s.again[:, None] * ((e.sigma - e.re_export) * of_users[s.at_hub] - e.sigma * arrivals)
    made[s.sales <= 0] = 0.0
    return made


def _sums(side: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(side, values, size).astype(np.float64)


def _by_composite(s: _Shares, e: Batch) -> Floats:
    """Answer of what users buy from each origin to their composite price, array (m, draws)."""
    return np.asarray(e.sigma - e.eta * s.use - e.re_export * s.passed)
