"""Net social pay-off as a convex quadratic programme for Clarabel: ad valorem parts stand in it as specific duties, least prices as quotas.

Unknowns are flows x of the arcs that enter, supply y and use u of those whose curves slope, demand z that nobody serves, and stocks t:

    minimise    sum (c y + d y^2 / 2) - sum (a u - e u^2 / 2) + sum charge x + sum choke z - sum sign price t
    subject to  sum_out x <= y          (dual: the supplier's price)        u - z + taken + sign t <= sum_in x      (dual: the user's price)
                sum_k x <= Q_k          (dual: the rent per tonne)          0 <= x, y, u, z, t;   y <= cap;   t <= most

with inverse supply c + d y and inverse demand a - e u.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from maadin.market.spatial_problem import Floats, Ints, Mask, SpatialMarket

SOLVER = 1e-12  # tolerance of the interior point method on a scaled market: prices are its multipliers, so they are wanted sharp
STEPS = 200
STEP = 0.9  # of the way to the border; with the usual 0.99 some small degenerate markets stop short


@dataclass(frozen=True, slots=True)
class Point:
    """A solution; `rent` is of the market's quotas, `levy` of its least prices.

    Attributes
    ----------
    supplier_price, user_price : array (n,), (m,), USD per tonne
    flow : array (a,), tonnes
    rent, levy : array (k,), (h,), USD per tonne
    unserved : array (m,), tonnes
    stock : array (t,), tonnes
    """

    supplier_price: Floats
    user_price: Floats
    flow: Floats
    rent: Floats
    levy: Floats
    unserved: Floats
    stock: Floats


class Programme:
    """The programme of markets that differ in sizes, curves and charges alone, with the arcs that enter."""

    def __init__(self, m: SpatialMarket, columns: Mask) -> None:
        self.n, self.users, self.all_arcs = m.suppliers, m.users, m.arcs
        self.columns = columns
        self.arcs = np.flatnonzero(columns)
        self.moves, self.wants, self.ends = np.flatnonzero(m.supply_slope > 0), np.flatnonzero(m.demand_slope > 0), _ends(m)
        self.full = np.flatnonzero(np.isfinite(m.cap[self.moves]))
        sizes = [len(self.arcs), len(self.moves), len(self.wants), len(self.ends), len(m.triggers.most)]
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        self.flow, self.supply, self.use, self.unserved, self.stock = (slice(*ends) for ends in pairwise(bounds.tolist()))
        self.size, self.limits = int(bounds[-1]), len(m.quotas.tonnes) + len(m.levy_price)
        self.matrix = self._matrix(m)

    def fits(self, m: SpatialMarket) -> bool:
        """Whether another market has the same unknowns and limits."""
        return (
            np.array_equal(self.moves, np.flatnonzero(m.supply_slope > 0)) and np.array_equal(self.wants, np.flatnonzero(m.demand_slope > 0))
            and np.array_equal(self.ends, _ends(m)) and np.array_equal(self.full, np.flatnonzero(np.isfinite(m.cap[self.moves])))
        )  # fmt: skip

    def _matrix(self, m: SpatialMarket) -> Any:
        rows: list[Ints] = []
        columns: list[Ints] = []
        values: list[Floats] = []

        def block(row: Ints, column: Ints, value: ArrayLike) -> None:
            rows.append(row)
            columns.append(column)
            values.append(np.broadcast_to(np.asarray(value, dtype=np.float64), row.shape))

        every = np.arange(self.size)
        flow, n = every[self.flow], self.n
        block(m.tail[self.arcs], flow, 1.0)
        block(self.moves, every[self.supply], -1.0)
        block(n + m.head[self.arcs], flow, -1.0)
        block(n + self.wants, every[self.use], 1.0)
        block(n + self.ends, every[self.unserved], -1.0)
        block(n + m.triggers.user, every[self.stock], m.triggers.sign)
        place = np.full(m.arcs, -1, dtype=np.intp)
        place[self.arcs] = flow
        at = n + self.users
        limited = place[m.quotas.arc] >= 0
        block(at + m.quotas.quota[limited], place[m.quotas.arc[limited]], 1.0)
        at += len(m.quotas.tonnes)
        levied = np.flatnonzero(m.levy[self.arcs] >= 0)
        block(at + m.levy[self.arcs[levied]], flow[levied], 1.0)
        at += len(m.levy_price)
        block(at + every, every, -1.0)
        at += self.size
        block(at + np.arange(len(self.full)), every[self.supply][self.full], 1.0)
        at += len(self.full)
        block(at + np.arange(len(m.triggers.most)), every[self.stock], 1.0)
        at += len(m.triggers.most)
        cells = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csc_matrix(cells, shape=(at, self.size))

    def solve(self, m: SpatialMarket, user_price: Floats, rent: Floats, most: Floats) -> tuple[Point | None, str, int]:
        """The solution with ad valorem parts at given prices of users, or None, the solver's status, and its iterations.

        Parameters
        ----------
        m : SpatialMarket
            In units in which tonnes and prices are near 1.
        user_price, rent : array (m,), (a,)
            Prices of users and rents of arcs that the duties are taken from.
        most : array (h,)
            Quotas that stand for least prices.
        """
        import clarabel

        linear, curved = np.zeros(self.size), np.zeros(self.size)
        linear[self.flow] = equivalents(m, user_price, rent)[self.arcs]
        linear[self.supply], curved[self.supply] = (
            (-m.supply_level / np.where(m.supply_slope > 0, m.supply_slope, 1.0))[self.moves],
            1 / m.supply_slope[self.moves],
        )
        linear[self.use], curved[self.use] = (
            -(m.demand_level / np.where(m.demand_slope > 0, m.demand_slope, 1.0))[self.wants],
            1 / m.demand_slope[self.wants],
        )
        linear[self.unserved] = m.choke[self.ends]
        linear[self.stock] = -m.triggers.sign * m.triggers.price
        given = np.where(m.supply_slope > 0, 0.0, np.clip(m.supply_level, 0.0, m.cap))
        asked = m.taken + np.where(m.demand_slope > 0, 0.0, np.maximum(m.demand_level, 0.0))
        right = np.concatenate([given, -asked, m.quotas.tonnes, most, np.zeros(self.size), m.cap[self.moves][self.full], m.triggers.most])
        settings = clarabel.DefaultSettings()
        settings.verbose, settings.max_threads, settings.max_iter = False, 1, STEPS
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = SOLVER
        settings.max_step_fraction = STEP
        found = clarabel.DefaultSolver(
            sparse.diags_array(curved, format="csc"), linear, self.matrix, right, [clarabel.NonnegativeConeT(len(right))], settings
        ).solve()
        if found.status not in (clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved):
            return None, str(found.status), int(found.iterations)
        x, dual = np.maximum(np.asarray(found.x), 0.0), np.asarray(found.z)
        flow, unserved = np.zeros(self.all_arcs), np.zeros(self.users)
        flow[self.arcs], unserved[self.ends] = x[self.flow], x[self.unserved]
        limit = self.n + self.users + len(m.quotas.tonnes)
        point = Point(
            dual[: self.n], dual[self.n : self.n + self.users], flow, dual[self.n + self.users : limit],
            dual[limit : limit + len(m.levy_price)], unserved, x[self.stock],
        )  # fmt: skip
        return point, "solved", int(found.iterations)


def equivalents(m: SpatialMarket, user_price: Floats, rent: Floats) -> Floats:
    """What a tonne of each arc bears beside rents when its user pays a price and these are its rents, array (a,): duty and charges."""
    return np.asarray((1 - 1 / m.factor) * (user_price[m.head] - rent) + m.charge / m.factor)


def _ends(m: SpatialMarket) -> Ints:
    """Users whose demand may go unserved: the choke price comes before their line ends, or something is taken at any price."""
    with np.errstate(divide="ignore"):
        last = np.where(m.demand_slope > 0, m.demand_level / np.where(m.demand_slope > 0, m.demand_slope, 1.0), np.inf)
    return np.flatnonzero(np.isfinite(m.choke) & ((m.choke < last) | (m.taken > 0)))
