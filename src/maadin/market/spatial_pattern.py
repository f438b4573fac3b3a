"""The equations of a pattern - which arcs carry, which supply is full, which quota binds - and its revision by signs.

A pattern makes the conditions of `maadin.market.spatial` linear, ad valorem duties included. Where arcs that carry close a circle of equal costs the equations
leave the flows open; a proximal term far below the tolerance then keeps them where they were.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from maadin.market.spatial_problem import Floats, Ints, Mask, SpatialMarket

FREE, FULL, NOTHING, UNSOLD = 0, 1, 2, 3  # supply: on its curve, at its cap, none, more than is bought at a price of 0
UNSERVED = 1  # demand: beyond its choke price; otherwise FREE, NOTHING or, at a price of 0, UNSOLD
AT_PRICE = 2  # a stock: nothing (0), all (1), or as much as keeps the price
SIGN = 1e-9  # of all tonnes, or of the mean price: beyond, a sign is wrong
FLOW_WEIGHT, PRICE_WEIGHT = 1e-8, 1e-13  # of the proximal term
REFINEMENTS = 3


@dataclass(slots=True)
class Pattern:
    """What holds with equality.

    Attributes
    ----------
    on : array of bool (a,)
        Arcs that carry.
    supply, demand : array of int (n,), (m,)
    binding : array of bool (k,)
        Quotas.
    levied : array of bool (h,)
        Groups with a levy.
    stock : array of int (t,)
    """

    on: Mask
    supply: Ints
    demand: Ints
    binding: Mask
    levied: Mask
    stock: Ints

    def key(self) -> bytes:
        """The pattern as bytes, to tell whether it was seen."""
        packed = np.packbits(self.on).tobytes(), np.packbits(self.binding).tobytes(), np.packbits(self.levied).tobytes()
        return b"|".join((*packed, self.supply.tobytes(), self.demand.tobytes(), self.stock.tobytes()))


@dataclass(slots=True)
class Point:
    """Unknowns, in the units of a scaled market.

    Attributes
    ----------
    supplier_price, user_price : array (n,), (m,)
    flow : array (a,)
    rent : array (k,)
    levy : array (h,)
    stock : array (t,)
    """

    supplier_price: Floats
    user_price: Floats
    flow: Floats
    rent: Floats
    levy: Floats
    stock: Floats


def landed(m: SpatialMarket, at: Point, levied: Mask) -> Floats:
    """Price at which each arc would serve its user, array (a,); a group without a levy fills up to its least price."""
    cost = m.factor * at.supplier_price[m.tail] + m.charge
    if len(m.quotas.tonnes):
        np.add.at(cost, m.quotas.arc, at.rent[m.quotas.quota])
    if len(m.levy_price):
        group = np.maximum(m.levy, 0)
        filled = np.where(levied[group], cost + at.levy[group], np.maximum(cost, m.levy_price[group]))
        cost = np.where(m.levy >= 0, filled, cost)
    return np.asarray(cost)


def needed(m: SpatialMarket, at: Point) -> Floats:
    """What users want beside what nobody serves, array (m,): demand, stocks."""
    want = m.demand(at.user_price) + m.taken
    if len(at.stock):
        np.add.at(want, m.triggers.user, m.triggers.sign * at.stock)
    return np.asarray(want)


def solved(m: SpatialMarket, pattern: Pattern, near: Point) -> Point:
    """The point at which the equations of a pattern hold, close to another where they leave it open."""
    n, users = m.suppliers, m.users
    arcs = np.flatnonzero(pattern.on)
    tail, head = m.tail[arcs], m.head[arcs]
    bound, levied = np.flatnonzero(pattern.binding), np.flatnonzero(pattern.levied)
    waits = np.flatnonzero(pattern.stock == AT_PRICE)
    at_user, at_arc = n, n + users
    at_rent = at_arc + len(arcs)
    at_levy = at_rent + len(bound)
    at_stock = at_levy + len(levied)
    size = at_stock + len(waits)

    out, into = np.bincount(tail, minlength=n) > 0, np.bincount(head, minlength=users) > 0
    free = (pattern.supply == FREE) | ~out  # a supplier who sells nothing has the price at which it would begin
    priced = (pattern.supply == UNSOLD) | (~out & (m.supply_slope == 0))
    free &= ~priced
    fixed = np.select([pattern.supply == FULL, pattern.supply == NOTHING], [m.cap, 0.0], 0.0)
    supply_row = np.where(priced, 1.0, np.where(free, m.supply_slope, 0.0))
    supply_right = np.where(priced, 0.0, np.where(free, -m.supply_level, -fixed))

    want = m.taken.copy()
    if len(near.stock):
        amount = np.where(pattern.stock == 1, m.triggers.most, 0.0)
        np.add.at(want, m.triggers.user, m.triggers.sign * amount)
    choked = pattern.demand == UNSERVED
    glut = pattern.demand == UNSOLD
    idle = (pattern.demand == NOTHING) & into
    curve = ~(choked | glut | idle)
    nowhere = curve & ~into & (m.demand_slope == 0)  # neither demand that moves nor anything to be had
    demand_row = np.where(choked | glut | nowhere, 1.0, np.where(curve, m.demand_slope, 0.0))
    ceiling = np.where(np.isfinite(m.choke), m.choke, 0.0)
    demand_right = np.where(
        choked, ceiling, np.where(glut | nowhere, 0.0, np.where(curve, m.demand_level + want, want))
    )

    sells, buys = ~priced[tail], ~(choked | glut | nowhere)[head]
    each = np.arange(len(arcs))
    rows = [np.arange(n), at_user + np.arange(users), tail[sells], at_user + head[buys], at_arc + each, at_arc + each]
    columns = [np.arange(n), at_user + np.arange(users), at_arc + each[sells], at_arc + each[buys], tail, at_user + head]
    values = [supply_row, demand_row, np.full(sells.sum(), -1.0), np.ones(buys.sum()), -m.factor[arcs], np.ones(len(arcs))]
    right = [supply_right, demand_right, m.charge[arcs]]
    if len(bound):
        place, where = np.full(len(pattern.binding), -1), np.full(m.arcs, -1)
        place[bound], where[arcs] = np.arange(len(bound)), each
        kept = (place[m.quotas.quota] >= 0) & (where[m.quotas.arc] >= 0)
        q, r = at_rent + place[m.quotas.quota[kept]], at_arc + where[m.quotas.arc[kept]]
        rows += [r, q]
        columns += [q, r]
        values += [np.full(len(q), -1.0), np.ones(len(q))]
    right.append(m.quotas.tonnes[bound])
    if len(levied):
        place = np.full(len(pattern.levied), -1)
        place[levied] = np.arange(len(levied))
        group = m.levy[arcs]
        kept = (group >= 0) & (place[np.maximum(group, 0)] >= 0)
        rows.append(at_arc + each[kept])
        columns.append(at_levy + place[group[kept]])
        values.append(np.full(kept.sum(), -1.0))
        rows.append(at_levy + np.arange(len(levied)))
        columns.append(at_user + _heads(m)[levied])
        values.append(np.ones(len(levied)))
    right.append(m.levy_price[levied])
    if len(waits):
        rows += [at_user + m.triggers.user[waits], at_stock + np.arange(len(waits))]
        columns += [at_stock + np.arange(len(waits)), at_user + m.triggers.user[waits]]
        values += [-m.triggers.sign[waits], np.ones(len(waits))]
    right.append(m.triggers.price[waits])

    weight = np.full(size, PRICE_WEIGHT)
    weight[at_arc:at_rent] = -FLOW_WEIGHT
    weight[at_rent:at_levy] = -PRICE_WEIGHT
    weight[at_levy:] = -FLOW_WEIGHT
    rows.append(np.arange(size))
    columns.append(np.arange(size))
    values.append(weight)
    matrix = sparse.csc_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size))
    factors = splu(matrix)
    whole = np.concatenate(right)
    x = np.concatenate(
        [near.supplier_price, near.user_price, near.flow[arcs], near.rent[bound], near.levy[levied], near.stock[waits]]
    )
    for _ in range(REFINEMENTS):
        x = factors.solve(whole + weight * x)
    flow, rent, levy = np.zeros(m.arcs), np.zeros(len(m.quotas.tonnes)), np.zeros(len(m.levy_price))
    flow[arcs], rent[bound], levy[levied] = x[at_arc:at_rent], x[at_rent:at_levy], x[at_levy:at_stock]
    stock = np.where(pattern.stock == 1, m.triggers.most, 0.0)
    stock[waits] = x[at_stock:]
    return Point(x[:n], x[at_user:at_arc], flow, rent, levy, stock)


def _heads(m: SpatialMarket) -> Ints:
    """The user of each group with a least price, array (h,)."""
    found = np.zeros(len(m.levy_price), dtype=np.intp)
    inside = m.levy >= 0
    found[m.levy[inside]] = m.head[inside]
    return found


def revised(m: SpatialMarket, pattern: Pattern, at: Point) -> tuple[Pattern, bool]:
    """The pattern after what has the wrong sign changed sides, and whether anything did."""
    n, users = m.suppliers, m.users
    on = pattern.on & (at.flow > -SIGN)
    cost = landed(m, at, pattern.levied)
    excess = at.user_price[m.head] - cost
    off = ~pattern.on
    wrong = off & (excess > SIGN)
    if wrong.any():  # the worst of each user
        order = np.flatnonzero(wrong)
        order = order[np.argsort(-excess[order], kind="stable")]
        _, first = np.unique(m.head[order], return_index=True)
        on[order[first]] = True
    sold = np.bincount(m.tail, at.flow, n)
    had = np.bincount(m.head, at.flow, users)
    curve = m.supply_level + m.supply_slope * at.supplier_price
    supply = np.select(
        [
            (at.supplier_price < -SIGN) | ((pattern.supply == UNSOLD) & (sold < m.supply(np.zeros(n)) - SIGN)),
            curve > m.cap + SIGN, curve < -SIGN,
        ],
        [UNSOLD, FULL, NOTHING], FREE,
    ).astype(np.intp)
    # on the border of two pieces stay
    supply = np.where((pattern.supply == FULL) & (np.abs(curve - m.cap) <= SIGN), FULL, supply)
    want = m.demand_level - m.demand_slope * at.user_price
    need = needed(m, at)
    unserved = need - had
    demand = np.select(
        [
            (at.user_price > m.choke + SIGN) | ((pattern.demand == UNSERVED) & (unserved > -SIGN)),
            (at.user_price < -SIGN) | ((pattern.demand == UNSOLD) & (unserved < SIGN)),
            want < -SIGN,
        ],
        [UNSERVED, UNSOLD, NOTHING], FREE,
    ).astype(np.intp)
    load = np.bincount(m.quotas.quota, at.flow[m.quotas.arc], len(m.quotas.tonnes))
    some = np.bincount(m.quotas.quota[on[m.quotas.arc]], minlength=len(load)) > 0
    binding = np.where(pattern.binding, at.rent > -SIGN, load > m.quotas.tonnes + SIGN) & some
    levied = pattern.levied
    if len(m.levy_price):
        carried = np.bincount(m.levy[m.levy >= 0], (at.flow * (m.levy >= 0))[m.levy >= 0], len(m.levy_price))
        price = at.user_price[_heads(m)]
        some = np.bincount(m.levy[on & (m.levy >= 0)], minlength=len(m.levy_price)) > 0
        levied = np.where(pattern.levied, (at.levy > -SIGN) & some, (carried > SIGN) & (price < m.levy_price - SIGN))
    stock = pattern.stock
    if len(m.triggers.most):
        price = at.user_price[m.triggers.user]
        gain = m.triggers.sign * (m.triggers.price - price)
        stock = np.select(
            [
                (pattern.stock == AT_PRICE) & (at.stock > m.triggers.most + SIGN),
                (pattern.stock == AT_PRICE) & (at.stock < -SIGN),
                (pattern.stock == 1) & (gain < -SIGN),
                (pattern.stock == 0) & (gain > SIGN),
            ],
            [1, 0, AT_PRICE, AT_PRICE], pattern.stock,
        ).astype(np.intp)
    new = Pattern(on, supply, demand, np.asarray(binding), np.asarray(levied), stock)
    return new, new.key() != pattern.key()
