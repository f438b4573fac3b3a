r"""Spatial price equilibrium of one homogeneous good: Samuelson (1952), Takayama and Judge (1964, 1971).

Suppliers i and users j have linear curves; arcs r from i(r) to j(r) carry x_r tonnes at a factor on the supplier's price and a charge per tonne:

    supply     y_i = S_i(lambda_i) = clip(a_i + b_i lambda_i, 0, cap_i)          demand     u_j = D_j(pi_j) = max(A_j - B_j pi_j, 0)
    landed     c_r = alpha_r lambda_i + beta_r + sum of rho_k + v                  alpha: ad valorem; beta: freight, specific duties

and an equilibrium is a set of prices and flows with

    sum_out x - S_i(lambda_i) <= 0   _|_   lambda_i >= 0                           unsold goods are worth nothing
    D_j(pi_j) + taken_j - z_j - sum_in x <= 0   _|_   pi_j >= 0                    z_j: demand nobody serves at the choke price, 0 below it
    c_r - pi_j >= 0   _|_   x_r >= 0                                               used arcs: price gap = freight and duty; others: no smaller
    Q_k - sum_k x >= 0   _|_   rho_k >= 0                                          quotas with their rent per tonne

A least import price is a levy v on all arcs of a group that lifts the users' price to it while they carry anything: of all ways to fill up to a least price
this is the one in which the cheapest origins supply. A country is a supplier and a user with an arc between them that costs nothing: prices at
home agree wherever own goods are used at home, and what crosses a border is a country's own supply, so that a duty on one origin is not
evaded by passing goods through another.

With all factors at 1 these are the optimality conditions of Samuelson's net social pay-off, areas under demand less areas under supply less
charges, a convex quadratic programme. An ad valorem duty makes them non-integrable. They are then solved by (1) the programme with
specific equivalents, (1 - 1/alpha) pi_j + beta/alpha, at the last prices, by Clarabel's interior point method; (2) the linear equations
of the pattern it finds - which arcs carry, which supply is full, which quota binds - with the factors themselves; (3) revision of the pattern by
the signs, until every condition holds; and (1) again from there where (3) does not end. In the importer's price the equivalents move by less than 1 for 1, so the
steps (1) alone contract where duties do not interact; nothing guarantees it, and a solve that does not end says so. Arcs enter the
programme as their conditions are found violated (column generation); the conditions are checked on all.

Prices and totals by country are unique where curves slope; flows are not where two patterns cost the same.

References
----------
Samuelson, P. A. (1952), Spatial price equilibrium and linear programming, American Economic Review 42(3).
Takayama, T. & Judge, G. G. (1964), Spatial equilibrium and quadratic programming, Journal of Farm Economics 46(1).
Takayama, T. & Judge, G. G. (1971), Spatial and Temporal Price and Allocation Models, chapters 7 and 8; 12 on ad valorem duties.
Goulart, P. J. & Chen, Y. (2024), Clarabel: an interior-point solver for conic programs with quadratic objectives, arXiv:2405.12762.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray



TOLERANCE = 1e-9  # of prices over the mean price and of tonnes over all tonnes

from maadin.market.spatial_pattern import Pattern, Point, landed, needed, revised, solved
from maadin.market.spatial_problem import Floats, Mask, SpatialMarket
from maadin.market.spatial_programme import programme

ROUNDS = 30
REVISIONS = 40
NEAREST = 3


def solve(m, start=None, stats=None):
    big = float(max(m.supply(np.zeros(m.suppliers)).sum(), np.maximum(m.demand_level, 0).sum(), 1e-300))
    ref = float(np.median(start[0].user_price)) if start else 1.0
    return m


def first_columns(m, supplier_price, user_price):
    cost = m.factor * supplier_price[m.tail] + m.charge
    gain = user_price[m.head] - cost
    chosen = np.zeros(m.arcs, bool)
    for side in (m.head, m.tail):
        order = np.lexsort((-gain, side))
        s = side[order]
        first = np.searchsorted(s, s)  # start of each block
        chosen[order[np.arange(len(order)) - first < NEAREST]] = True
    chosen |= m.tail == m.head
    return chosen


def residual(m, at, pattern):
    cost = landed(m, at, pattern.levied)
    gap = cost - at.user_price[m.head]
    flow = np.maximum(at.flow, 0)
    arcs = np.maximum(np.minimum(flow, np.maximum(gap, 0)).max(), max(-gap.min(), -at.flow.min()))
    arcs2 = np.abs(np.where(at.flow > 1e-9, gap, 0)).max()
    sold = np.bincount(m.tail, flow, m.suppliers); had = np.bincount(m.head, flow, m.users)
    made = m.supply(at.supplier_price)
    s = np.abs(np.where(at.supplier_price > 1e-9, made - sold, np.minimum(made - sold, 0))).max()
    need = needed(m, at)
    short = need - had
    d = np.abs(np.where(at.user_price >= m.choke - 1e-9, np.minimum(short, 0), np.where(at.user_price <= 1e-9, np.maximum(short, 0), short))).max()
    k = m.quotas
    load = np.bincount(k.quota, flow[k.arc], len(k.tonnes))
    q = np.abs(np.minimum(at.rent, k.tonnes - load)).max(initial=0)
    return max(arcs, arcs2, s, d, q, -min(at.supplier_price.min(), at.user_price.min(), 0)), gap


def solve_scaled(m, point, pattern, columns, stats):
    best = (np.inf, point, pattern)
    for r in range(ROUNDS):
        if pattern is not None:
            last = np.inf
            for rev in range(12):
                found = solved(m, pattern, point)
                stats["lin"] = stats.get("lin", 0) + 1
                size, gap = residual(m, found, pattern)
                stats.setdefault("res", []).append((r, rev, float(size)))
                if size < best[0]:
                    best = (size, found, pattern)
                if size < 2e-9:
                    return found, pattern, r
                if not np.isfinite(size) or size > 4 * last:
                    break
                last = size
                point = found
                pattern, _ = revised(m, pattern, found)
            point = best[1]
            columns[best[2].on] = True
        made = programme(m, columns, point, pattern.levied if pattern is not None else np.zeros(len(m.levy_price), bool))
        stats["qp"] = stats.get("qp", 0) + 1
        if made is None:
            return point, pattern, -1
        point, pattern = made
        _, gap = residual(m, point, pattern)
        columns[np.flatnonzero((gap < -1e-7) & ~columns)] = True
    return best[1], best[2], -2
