"""Exact derivatives of the equations of `maadin.market.system`, dense, for a few draws at a time.

With z the unknowns, the chain runs from user prices (an exporter's price, the rents of the groups a flow is in) to composite prices, to volumes, to
flows, and from these to clearing, limits and re-exports. Arrays here have the draws first: (draws, n, unknowns) and so on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from maadin.market.system import PRICED_OUT, TINY, Equations, Floats, Ints, Point, System, Unknowns

LEAST = 1e-250
# Added to own derivatives: prices move where nobody answers them, and rents stay where several conditions say the same
PROXIMAL = 1e-9


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows at a point with the answers of their logs, arrays (draws, f)."""

    tonnes: Floats
    slope: Floats  # of log user prices to the exporter's log price: 1 but for specific duties and price floors
    own: Floats  # of log tonnes to the log user price: -sigma, or -upper for own goods under a nest

    @property
    def by_price(self) -> Floats:
        """Tonnes more per unit of the exporter's log price, composite prices given."""
        return self.tonnes * self.own * self.slope


def jacobian(equations: Equations, at: Unknowns) -> tuple[Floats, Floats]:
    """Residual (unknowns, draws) and its derivative (draws, unknowns, unknowns)."""
    system = equations.system
    n, k = system.market.suppliers, len(system.market.limits.low)
    point = equations.point(at)
    tonnes, logs = equations.flows(at, point)
    flows = Flows(tonnes.T, _slopes(equations, at), _own(equations))
    inner, composite = _indices(equations, point, flows, logs)
    pull = _pull(equations, at, point, composite)
    of_imports = pull + _nest(equations)[:, :, None] * inner if system.nested else pull
    takes = np.zeros((len(tonnes.T), n, system.size))
    _add_users(system, flows, of_imports, pull, takes)
    _add_own(system, flows, takes)
    total = point.demand + TINY
    if len(system.held):
        total = total.copy()
        total[system.held] += system.bought_t(at, equations.e)
        columns = n + k + system.curtailments + np.arange(len(system.held))
        takes[:, system.held, columns] += ((equations.e.output[system.held] + 1.0) * np.exp(np.minimum(at.bought, 50.0))).T
    made = np.zeros((len(takes), system.size, system.size))
    np.divide(takes, np.maximum(total, LEAST).T[:, :, None], out=made[:, :n])
    _less_supply(equations, point, flows, composite, of_imports - pull if system.nested else None, made)
    each = np.arange(n)
    lost = total.T < LEAST  # priced beyond what can be counted
    made[:, each, each] = np.where(lost, -equations.e.sigma[:, None], made[:, each, each] - PROXIMAL)
    made[:, system.idle] = 0.0
    made[:, system.idle, system.idle] = 1.0
    _conditions(equations, at, point, flows, composite, of_imports, pull, made)
    return equations.residual(at, point), made


def _matrix(row: Ints, column: Ints, shape: tuple[int, int], values: Floats) -> Floats:
    """Values (draws, pairs) added up in a matrix each draw, array (draws, *shape)."""
    to = row * shape[1] + column
    adding = sparse.csr_matrix((np.ones(len(to)), (to, np.arange(len(to)))), shape=(shape[0] * shape[1], len(to)))
    return np.asarray((adding @ values.T).T).reshape(len(values), *shape)


def _slopes(equations: Equations, at: Unknowns) -> Floats:
    m, routes = equations.system.market, equations.system.routes
    slopes = np.ones((at.price.shape[1], len(m.exporter)))
    for some in (routes.single, routes.home):
        if len(some.bent):
            f = some.at[some.bent]
            moving = some.slope * np.exp(at.price[m.exporter[f]])
            whole = moving + some.level
            slopes[:, f] = np.where((whole >= some.floor) & (whole > 0), moving / np.where(whole > 0, whole, 1.0), 0.0).T
    return slopes


def _own(equations: Equations) -> Floats:
    s = equations.system
    own = np.repeat(-equations.e.sigma[:, None], len(s.market.exporter), axis=1)
    own[:, s.home] = -equations.upper[:, None]
    return own


def _nest(equations: Equations) -> Floats:
    """Answer of imports to their own composite price, beside that of all, array (draws, 1)."""
    return np.asarray(equations.e.sigma - equations.upper)[:, None]


def _indices(equations: Equations, point: Point, flows: Flows, logs: Floats) -> tuple[Floats, Floats]:
    """Of composite prices of imports and of all, arrays (draws, m, unknowns)."""
    s, m = equations.system, equations.system.market
    sigma, upper = equations.e.sigma, equations.upper
    share = m.share[:, None] * np.exp((1 - sigma) * (logs - point.inner[m.importer]))
    if s.nested:
        share /= s.import_share[m.importer]
        share[s.home] = 0.0
    inner = _of_prices(s, share.T, flows.slope)
    if not s.nested:
        return inner, inner
    own = np.zeros_like(share)
    user = m.importer[s.home]
    own[s.home] = m.share[s.home, None] * np.exp((1 - upper) * (logs[s.home] - point.composite[user]))
    composite = _of_prices(s, own.T, flows.slope)
    imported = np.ones((len(sigma), m.users))
    imported[:, user] -= own[s.home].T
    imported[:, s.without_imports] = 0.0
    composite += imported[:, :, None] * inner
    return inner, composite


def _of_prices(system: System, share: Floats, slope: Floats) -> Floats:
    """Shares (draws, f) of users' spending by the unknowns in their prices, array (draws, m, unknowns)."""
    m, n, k = system.market, system.market.suppliers, len(system.market.limits.low)
    made = np.zeros((len(share), m.users, system.size))
    made[:, m.importer, m.exporter] = share * slope
    if k:
        made[:, :, n : n + k] = _matrix(m.importer[m.limits.flow], m.limits.group, (m.users, k), share[:, m.limits.flow])
    return made


def _pull(equations: Equations, at: Unknowns, point: Point, composite: Floats) -> Floats:
    """Of upper lP + log Q, array (draws, m, unknowns)."""
    s, m, e = equations.system, equations.system.market, equations.e
    n, k, c = m.suppliers, len(m.limits.low), s.curtailments
    volume = np.maximum(point.volume, TINY)
    use, passed = np.broadcast_to(point.used / volume, point.composite.shape), np.zeros_like(point.composite)
    passed[s.at_hub] = point.passed / volume[s.at_hub]
    by_use = np.broadcast_to(equations.upper - e.eta, use.shape)
    if len(s.choked):
        by_use = np.array(by_use)
        by_use[s.choked] = np.where(point.composite[s.choked] > m.choke, 0.0, by_use[s.choked])
        if s.steep:
            curtailed = equations.curtailed(at, point.composite)
            by_use[s.choked] -= np.where((curtailed > 0) & (curtailed < PRICED_OUT), s.steep, 0.0)
    by_composite = by_use * use + (equations.upper - e.re_export) * passed + equations.upper * (1 - use - passed)
    made = by_composite.T[:, :, None] * composite
    made[:, s.at_hub, s.hubs] += (e.re_export * passed[s.at_hub]).T
    if c:
        made[:, s.choked, n + k + np.arange(c)] -= use[s.choked].T
    if t := len(m.triggers.user):
        pull = np.exp(equations.upper * point.composite - point.scale)[m.triggers.user] / volume[m.triggers.user]
        made[:, m.triggers.user, s.size - t + np.arange(t)] += (m.triggers.sign[:, None] * pull).T
    if s.stocks:
        emptied = use + passed > 1e6  # releases cover all that is used: a floor on the volume holds
        made = np.where(emptied.T[:, :, None], equations.upper[:, None, None] * composite, made)
    return made


def _add_users(system: System, flows: Flows, of_imports: Floats, pull: Floats, takes: Floats) -> None:
    """Add what suppliers sell more as users buy more."""
    m = system.market
    matrix = np.zeros((len(takes), m.suppliers, m.users))
    matrix[:, m.exporter, m.importer] = flows.tonnes
    if len(system.home):
        supplier, user = m.exporter[system.home], m.importer[system.home]
        matrix[:, supplier, user] = 0.0
        takes[:, supplier] += flows.tonnes[:, system.home, None] * pull[:, user]
    takes += matrix @ of_imports


def _add_own(system: System, flows: Flows, takes: Floats) -> None:
    """Add what suppliers sell more as the price of each flow moves, composite prices given."""
    m, n, k = system.market, system.market.suppliers, len(system.market.limits.low)
    each = np.arange(n)
    takes[:, each, each] += np.asarray(system.by_supplier @ flows.by_price.T).T
    if k:
        group, flow = m.limits.group, m.limits.flow
        takes[:, :, n : n + k] += _matrix(m.exporter[flow], group, (n, k), (flows.tonnes * flows.own)[:, flow])


def _less_supply(equations: Equations, point: Point, flows: Flows, composite: Floats, nested: Floats | None, made: Floats) -> None:
    """Subtract the answer of log supply; re-exports are what reaches a hub, times what its margin makes it pass on."""
    s, m, e = equations.system, equations.system.market, equations.e
    n, k = m.suppliers, len(m.limits.low)
    each = np.arange(n)
    supply = np.maximum(point.supply, LEAST)
    made[:, each, each] -= (point.answer * point.own / supply).T
    if not len(s.hubs):
        return
    of_user = np.full(m.users, -1, dtype=np.intp)
    of_user[s.at_hub] = np.arange(len(s.hubs))
    arriving = np.flatnonzero(of_user[m.importer] >= 0)
    hub = of_user[m.importer[arriving]]
    part = flows.tonnes[:, arriving]
    reaching = np.asarray(s.by_user @ flows.tonnes.T).T[:, s.at_hub]
    part = part / np.maximum(reaching, LEAST)[:, hub]
    logs = (equations.upper - e.re_export)[:, None, None] * composite[:, s.at_hub]
    logs[:, np.arange(len(s.hubs)), s.hubs] += e.re_export[:, None]
    logs[:, hub, m.exporter[arriving]] += part * (flows.own * flows.slope)[:, arriving]
    if nested is not None:
        imported = np.ones_like(reaching)
        own = np.isin(arriving, s.home)
        imported[:, hub[own]] -= part[:, own]
        logs += imported[:, :, None] * nested[:, s.at_hub]
    if k:
        here = of_user[m.importer[m.limits.flow]] >= 0
        flow, group = m.limits.flow[here], m.limits.group[here]
        at = of_user[m.importer[flow]]
        answers = flows.tonnes[:, flow] * flows.own[:, flow] / np.maximum(reaching, LEAST)[:, at]
        logs[:, :, n : n + k] += _matrix(at, group, (len(s.hubs), k), answers)
    passed = (point.supply - point.own)[s.hubs] / supply[s.hubs]
    made[:, s.hubs] -= passed.T[:, :, None] * logs


def _limited(system: System, flows: Flows, of_imports: Floats, pull: Floats) -> tuple[Floats, Floats]:
    """Tonnes of each limited group (draws, k) and their derivative (draws, k, unknowns)."""
    m, n, k = system.market, system.market.suppliers, len(system.market.limits.low)
    group, flow = m.limits.group, m.limits.flow
    carried, own = flows.tonnes[:, flow], (flows.tonnes * flows.own)[:, flow]
    at_home = np.isin(flow, system.home)
    made = np.zeros((len(carried), k, system.size))
    for at, answers in ((~at_home, of_imports), (at_home, pull)):
        if at.any():
            made += _matrix(group[at], m.importer[flow[at]], (k, m.users), carried[:, at]) @ answers
    made[:, :, :n] += _matrix(group, m.exporter[flow], (k, n), flows.by_price[:, flow])
    one, other = _meetings(group, flow)
    made[:, :, n : n + k] += _matrix(group[one], group[other], (k, k), own[:, one])
    adding = sparse.csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(k, len(group)))
    return np.asarray((adding @ carried.T).T), made


def _meetings(group: Ints, flow: Ints) -> tuple[Ints, Ints]:
    """Pairs of entries that are about one flow, each with itself too."""
    if not len(flow):
        return flow, flow
    order = np.argsort(flow, kind="stable")
    _, first, count = np.unique(flow[order], return_index=True, return_counts=True)
    one = np.repeat(np.arange(len(flow)), np.repeat(count, count))
    start, length = np.repeat(first, count), np.repeat(count, count)
    other = np.concatenate([np.arange(a, a + c) for a, c in zip(start, length, strict=True)])
    return order[one], order[other]


def _conditions(
    equations: Equations, at: Unknowns, point: Point, flows: Flows, composite: Floats, of_imports: Floats, pull: Floats, made: Floats
) -> None:
    """Fill in the rows of the complementarity conditions."""
    s, m = equations.system, equations.system.market
    start = m.suppliers
    if k := len(m.limits.low):
        rows = start + np.arange(k)
        carried, answers = _limited(s, flows, of_imports, pull)
        _, by_rent, by_slack = equations.limits(at, point.limited)
        made[:, rows] = -by_slack.T[:, :, None] * answers / np.maximum(carried, LEAST)[:, :, None]
        made[:, rows, rows] += by_rent.T + PROXIMAL * equations.e.sigma[:, None]
        start += k
    if c := s.curtailments:
        rows = start + np.arange(c)
        _, by_curtailed, by_room = equations.curtailment(at, point)
        made[:, rows] = -by_room.T[:, :, None] * composite[:, s.choked]
        made[:, rows, rows] += by_curtailed.T + PROXIMAL
        start += c
    if b := len(s.held):
        rows = start + np.arange(b)
        _, by_bought, by_price = equations.purchases(at)
        made[:, rows, s.held] = by_price.T
        made[:, rows, rows] += by_bought.T
        start += b
    if t := len(m.triggers.user):
        rows = start + np.arange(t)
        _, by_stocked, by_composite = equations.stocks(at, point)
        made[:, rows] = by_composite.T[:, :, None] * composite[:, m.triggers.user]
        made[:, rows, rows] += by_stocked.T
