"""Net social pay-off as a convex quadratic programme: where ad valorem duties stand as specific ones, its solution shows the pattern."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from maadin.market.spatial_pattern import (
    AT_PRICE, FREE, FULL, NOTHING, UNSERVED, UNSOLD, Pattern, Point, _heads, landed, needed,
)  # fmt: skip
from maadin.market.spatial_problem import Floats, Ints, Mask, SpatialMarket

SOLVER = 1e-10  # tolerance of the interior point method, on a scaled market
DUST = 1e-8
CARRIES = 1e-6  # of the smaller of what a supplier has and a user wants


def programme(m: SpatialMarket, columns: Mask, at: Point, levied: Mask) -> tuple[Point, Pattern] | None:
    """Solution with the ad valorem parts of the arcs as specific duties at the prices of a point; None if the solver found none.

    Parameters
    ----------
    m : SpatialMarket
        In units in which tonnes and prices are near 1.
    columns : array of bool (a,)
        Arcs that enter.
    at : Point
    levied : array of bool (h,)
        Groups held to their least price, as a quota of what their user would then import.
    """
    import clarabel

    n, users = m.suppliers, m.users
    arcs = np.flatnonzero(columns)
    tail, head = m.tail[arcs], m.head[arcs]
    moves = np.flatnonzero(m.supply_slope > 0)
    wants = np.flatnonzero(m.demand_slope > 0)
    intercept = np.divide(m.demand_level, m.demand_slope, out=np.full(users, np.inf), where=m.demand_slope > 0)
    chokes = np.flatnonzero(np.isfinite(m.choke) & (m.choke < intercept))
    t = m.triggers
    sizes = [len(arcs), len(moves), len(wants), len(chokes), len(t.most)]
    start = np.concatenate([[0], np.cumsum(sizes)])
    place = [np.arange(a, b) for a, b in zip(start[:-1], start[1:], strict=True)]
    count = int(start[-1])

    factor, charge = m.factor[arcs], m.charge[arcs]
    linear, curved = np.zeros(count), np.zeros(count)
    linear[place[0]] = (1 - 1 / factor) * np.maximum(at.user_price[head], charge) + charge / factor
    linear[place[1]], curved[place[1]] = -(m.supply_level / np.where(m.supply_slope > 0, m.supply_slope, 1))[moves], 1 / m.supply_slope[moves]
    linear[place[2]], curved[place[2]] = -intercept[wants], 1 / m.demand_slope[wants]
    linear[place[3]] = m.choke[chokes]
    linear[place[4]] = -t.sign * t.price

    given = np.zeros(n)
    still = m.supply_slope <= 0
    given[still] = np.clip(m.supply_level, 0, m.cap)[still]
    asked = m.taken + np.where(m.demand_slope > 0, 0.0, np.maximum(m.demand_level, 0.0))
    rows, cols, vals, right = [], [], [], []

    def block(r: Ints, c: Ints, v: Floats | float) -> None:
        rows.append(r)
        cols.append(c)
        vals.append(np.broadcast_to(np.asarray(v, dtype=np.float64), r.shape))

    block(tail, place[0], 1.0)  # suppliers sell no more than they make
    block(moves, place[1], -1.0)
    block(n + head, place[0], -1.0)  # users get what they want
    block(n + wants, place[2], 1.0)
    block(n + chokes, place[3], -1.0)
    block(n + t.user, place[4], t.sign)
    right += [given, -asked]
    at_row = n + users
    limits = [(m.quotas.arc[m.quotas.quota == k], float(m.quotas.tonnes[k])) for k in range(len(m.quotas.tonnes))]
    limits += [(np.flatnonzero(m.levy == h), _quota_of(m, h, at)) for h in np.flatnonzero(levied)]
    where = np.full(m.arcs, -1, dtype=np.intp)
    where[arcs] = place[0]
    for listed, tonnes in limits:
        inside = where[listed][where[listed] >= 0]
        block(np.full(len(inside), at_row), inside, 1.0)
        right.append(np.array([tonnes]))
        at_row += 1
    block(at_row + np.arange(count), np.arange(count), -1.0)  # nothing is negative
    right.append(np.zeros(count))
    at_row += count
    full = np.flatnonzero(np.isfinite(m.cap[moves]))
    block(at_row + np.arange(len(full)), place[1][full], 1.0)
    right.append(m.cap[moves][full])
    at_row += len(full)
    block(at_row + np.arange(len(t.most)), place[4], 1.0)
    right.append(t.most)
    at_row += len(t.most)

    matrix = sparse.csc_matrix((np.concatenate(vals), (np.concatenate(rows), np.concatenate(cols))), shape=(at_row, count))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = SOLVER
    solution = clarabel.DefaultSolver(
        sparse.diags_array(curved, format="csc"), linear, matrix, np.concatenate(right), [clarabel.NonnegativeConeT(at_row)], settings
    ).solve()
    if solution.status not in (clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved):
        return None
    x, dual = np.maximum(np.asarray(solution.x), 0.0), np.asarray(solution.z)
    flow = np.zeros(m.arcs)
    flow[arcs] = x[place[0]]
    rent, levy = dual[n + users :][: len(m.quotas.tonnes)], np.zeros(len(m.levy_price))
    levy[np.flatnonzero(levied)] = dual[n + users + len(m.quotas.tonnes) :][: int(levied.sum())]
    point = Point(dual[:n].copy(), dual[n : n + users].copy(), flow, rent.copy(), levy, x[place[4]])
    return point, _pattern_of(m, point, columns, levied)


def _quota_of(m: SpatialMarket, group: int, at: Point) -> float:
    """What a user would import at the least price of a group: what is wanted then beyond what comes by other arcs."""
    user = _heads(m)[group]
    at_least = at.user_price.copy()
    at_least[user] = m.levy_price[group]
    others = (m.head == user) & (m.levy != group)
    home = others & (m.tail == user)
    return float(max(needed(m, replace_price(at, at_least))[user] - at.flow[others].sum(), 0.0))


def replace_price(at: Point, user_price: Floats) -> Point:
    """A point with other prices of users."""
    return Point(at.supplier_price, user_price, at.flow, at.rent, at.levy, at.stock)


def _pattern_of(m: SpatialMarket, at: Point, columns: Mask, levied: Mask) -> Pattern:
    """The pattern of an interior point, as good as its rounding lets it be."""
    n, users = m.suppliers, m.users
    makes, wants = m.supply(at.supplier_price), needed(m, at)
    room = np.minimum(makes[m.tail], wants[m.head])
    gap = landed(m, at, levied) - at.user_price[m.head]
    on = columns & (at.flow > CARRIES)
    for side, other, size, sign in ((m.head, m.tail, wants, 1), (m.tail, m.head, makes, 1)):
        alone = (np.bincount(side[on], minlength=len(size)) == 0) & (size > 0)
        if alone.any():
            order = np.lexsort((gap, side))
            first = order[np.searchsorted(side[order], np.flatnonzero(alone))]
            on[first] = True
    curve = m.supply_level + m.supply_slope * at.supplier_price
    supply = np.select([at.supplier_price < 1e-7, curve > m.cap * (1 + 1e-9), curve < 0], [UNSOLD, FULL, NOTHING], FREE).astype(np.intp)
    want = m.demand_level - m.demand_slope * at.user_price
    demand = np.select([at.user_price >= m.choke * (1 - 1e-7), at.user_price < 1e-7, want < 0], [UNSERVED, UNSOLD, NOTHING], FREE)
    load = np.bincount(m.quotas.quota, at.flow[m.quotas.arc], len(m.quotas.tonnes))
    binding = (load > m.quotas.tonnes * (1 - 1e-6)) & (at.rent > 1e-7)
    gain = np.abs(m.triggers.price - at.user_price[m.triggers.user])
    stock = np.select([gain < 1e-6, at.stock > m.triggers.most / 2], [AT_PRICE, 1], 0).astype(np.intp)
    return Pattern(on, supply, demand.astype(np.intp), binding, levied.copy(), stock)
