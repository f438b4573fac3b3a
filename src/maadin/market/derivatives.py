"""Exact derivatives of the equations of `maadin.market.system`, dense, for a few draws at a time.

With z the unknowns, the chain runs from user prices (an exporter's price, the rents of the groups a flow is in) to composite prices, to volumes, to
flows, and from these to clearing, limits and re-exports. Arrays here have the draws first: (draws, n, unknowns) and so on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from maadin.market.system import MOST_EXPONENT, PRICED_OUT, ZERO, Batch, Floats, Ints, State, System, Unknowns, between, either, exponential

LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where each kind of unknown starts."""

    rents: int
    curtailed: int
    bought: int
    stocked: int
    size: int


def jacobian(system: System, at: Unknowns, e: Batch) -> tuple[Floats, Floats]:
    """Residual (unknowns, draws) and its derivative (draws, unknowns, unknowns)."""
    m, sigma = system.market, e.sigma[:, None]
    n, k = m.suppliers, len(m.limits.low)
    layout = _layout(system)
    residual, state = system.residual(at, e)
    flows, logs = system.flows(at, e)
    slope = _slopes(system, at)
    share = m.share * exponential((1 - sigma) * logs.T)
    share /= np.maximum(_summed(m.importer, m.users, share), LEAST)[:, m.importer]
    composite = _composite(system, layout, share, slope)
    pull = _pull(system, layout, state, composite, e)
    carried = flows.T
    matrix = np.zeros((len(e), n, m.users))
    matrix[:, m.exporter, m.importer] = carried
    demand = matrix @ pull
    own = -sigma * carried  # a flow's answer to its own price
    each = np.arange(n)
    demand[:, each, each] += _summed(m.exporter, n, own * slope)
    limited = np.zeros((len(e), k, layout.size))
    if k:
        group, flow = m.limits.group, m.limits.flow
        demand[:, :, n : n + k] += _paired(m.exporter[flow], group, (n, k), own[:, flow])
        limited += _paired(group, m.importer[flow], (k, m.users), carried[:, flow]) @ pull
        limited[:, :, :n] += _paired(group, m.exporter[flow], (k, n), (own * slope)[:, flow])
        one, other = _meetings(group, flow)
        limited[:, :, n : n + k] += _paired(group[one], group[other], (k, k), own[:, flow[one]])
    takes = state.demand
    if len(system.held):
        takes = takes.copy()
        takes[system.held] += system.bought_t(at, e)
        columns = layout.bought + np.arange(len(system.held))
        demand[:, system.held, columns] += ((e.output[system.held] + 1.0) * exponential(np.minimum(at.bought, 50.0))).T
    supply = _supply(system, layout, state, composite, own, slope, flows, e)
    made = np.zeros((len(e), layout.size, layout.size))
    made[:, :n] = demand / np.maximum(takes, LEAST).T[:, :, None] - supply / np.maximum(state.supply, LEAST).T[:, :, None]
    _conditions(system, layout, at, e, state, composite, limited, carried, made)
    return residual, made


def _layout(system: System) -> _Layout:
    m = system.market
    n, k, c = m.suppliers, len(m.limits.low), len(system.choked)
    return _Layout(n, n + k, n + k + c, n + k + c + len(system.held), system.size)


def _summed(side: Ints, size: int, values: Floats) -> Floats:
    """Values (draws, f) added up by one side of the flows, array (draws, size)."""
    adding = sparse.csr_matrix((np.ones(len(side)), (side, np.arange(len(side)))), shape=(size, len(side)))
    return np.asarray((adding @ values.T).T)


def _paired(row: Ints, column: Ints, shape: tuple[int, int], values: Floats) -> Floats:
    """Values (draws, pairs) added up in a matrix each draw, array (draws, *shape)."""
    return _summed(row * shape[1] + column, shape[0] * shape[1], values).reshape(len(values), *shape)


def _meetings(group: Ints, flow: Ints) -> tuple[Ints, Ints]:
    """Pairs of entries that are about one flow, each with itself too."""
    order = np.argsort(flow, kind="stable")
    _, first, count = np.unique(flow[order], return_index=True, return_counts=True)
    one = np.repeat(np.arange(len(flow)), np.repeat(count, count))
    start, length = np.repeat(first, count), np.repeat(count, count)
    other = np.concatenate([np.arange(a, a + c) for a, c in zip(start, length, strict=True)])
    return order[one], order[other]


def _slopes(system: System, at: Unknowns) -> Floats:
    """Answer of log user prices to the exporter's log price, array (draws, f): 1 but for specific duties and price floors."""
    m = system.market
    slopes = np.ones((at.price.shape[1], len(m.exporter)))
    if not system.simple:
        f = system.special
        moving = m.slope[f, None] * exponential(at.price[m.exporter[f]])
        whole = moving + m.level[f, None]
        slopes[:, f] = np.where(whole >= m.floor[f, None], moving / whole, 0.0).T
    return slopes


def _composite(system: System, layout: _Layout, share: Floats, slope: Floats) -> Floats:
    """Of composite prices, array (draws, m, unknowns)."""
    m = system.market
    made = np.zeros((len(share), m.users, layout.size))
    made[:, m.importer, m.exporter] = share * slope
    if k := len(m.limits.low):
        pairs = _paired(m.importer[m.limits.flow], m.limits.group, (m.users, k), share[:, m.limits.flow])
        made[:, :, layout.rents : layout.rents + k] = pairs
    return made


def _pull(system: System, layout: _Layout, state: State, composite: Floats, e: Batch) -> Floats:
    """Of sigma lP + log Q, array (draws, m, unknowns)."""
    m, re = system.market, e.re_export[:, None]
    volume = np.where(state.volume > 0, state.volume, 1.0)
    use, passed = (state.use_volume / volume).T, (state.re_volume / volume).T
    eta = e.eta[:, None]
    if system.steep is not None:
        eta = np.where(m.choke < state.composite.T, system.steep, eta)
    made = (e.sigma[:, None] - eta * use - re * passed)[:, :, None] * composite
    made[:, system.at_hub, system.hubs] += re * passed[:, system.at_hub]
    if c := len(system.choked):
        made[:, system.choked, layout.curtailed + np.arange(c)] -= use[:, system.choked]
    if t := len(m.triggers.user):
        made[:, m.triggers.user, layout.stocked + np.arange(t)] += (m.triggers.sign[:, None] / volume[m.triggers.user]).T
    return made


def _supply(
    system: System, layout: _Layout, state: State, composite: Floats, own: Floats, slope: Floats, flows: Floats, e: Batch
) -> Floats:
    """Of supply in tonnes, array (draws, n, unknowns); r = exp(re (lp - lP) + sigma lP) times arrivals before the user's own factor."""
    m, hubs, at_hub = system.market, system.hubs, system.at_hub
    made = np.zeros((len(own), m.suppliers, layout.size))
    each = np.arange(m.suppliers)
    made[:, each, each] = (state.answer * state.own).T
    if not len(hubs):
        return made
    of_user = np.full(m.users, -1, dtype=np.intp)
    of_user[at_hub] = np.arange(len(hubs))
    intake = np.maximum(state.intake[at_hub], LEAST).T
    logs = (e.sigma - e.re_export)[:, None, None] * composite[:, at_hub]
    logs[:, np.arange(len(hubs)), hubs] += e.re_export[:, None]
    arriving = np.flatnonzero(of_user[m.importer] >= 0)
    hub = of_user[m.importer[arriving]]
    logs[:, hub, m.exporter[arriving]] += (own * slope)[:, arriving] / intake[:, hub]
    if k := len(m.limits.low):
        chosen = of_user[m.importer[m.limits.flow]] >= 0
        flow, group = m.limits.flow[chosen], m.limits.group[chosen]
        at = of_user[m.importer[flow]]
        logs[:, :, layout.rents : layout.rents + k] += _paired(at, group, (len(hubs), k), own[:, flow] / intake[:, at])
    made[:, hubs] += (state.supply - state.own)[hubs].T[:, :, None] * logs
    return made


def _conditions(
    system: System, layout: _Layout, at: Unknowns, e: Batch, state: State, composite: Floats, limited: Floats, carried: Floats, made: Floats
) -> None:
    """Fill in the rows of the complementarity conditions."""
    m = system.market
    if k := len(m.limits.low):
        rows = layout.rents + np.arange(k)
        total = np.maximum(_summed(m.limits.group, k, carried[:, m.limits.flow]), LEAST)
        _, by_rent, by_slack = between(at.rent.T, m.limits.low, m.limits.high, np.log(e.limit_t).T - np.log(total))
        made[:, rows] = -by_slack[:, :, None] * limited / total[:, :, None]
        made[:, rows, rows] += by_rent
    if c := len(system.choked):
        rows = layout.curtailed + np.arange(c)
        room = m.choke - np.minimum(state.composite[system.choked], MOST_EXPONENT)
        _, by_curtailed, by_room = between(at.curtailed, ZERO, PRICED_OUT, room)
        made[:, rows] = -by_room.T[:, :, None] * composite[:, system.choked]
        made[:, rows, rows] += by_curtailed.T
    if b := len(system.held):
        rows = layout.bought + np.arange(b)
        _, by_bought, by_price = either(at.bought, at.price[system.held] - m.purchase_floor[system.held, None])
        made[:, rows, system.held] = by_price.T
        made[:, rows, rows] += by_bought.T
    if t := len(m.triggers.user):
        rows = layout.stocked + np.arange(t)
        _, by_stocked, by_slack = between(at.stocked.T, np.zeros(t), m.triggers.most, system.trigger_slack(state).T)
        made[:, rows] = (by_slack * m.triggers.sign)[:, :, None] * composite[:, m.triggers.user]
        made[:, rows, rows] += by_stocked
