r"""Newton's method on the complementarity conditions of a spatial market, ad valorem duties included, from inside.

The conditions of `maadin.market.spatial` are pairs z, w >= 0 with z w = 0: prices and what is unsold, flows and the loss on their arc, rents and
what is left of a quota. Every step solves their linearisation with z w = sigma mu, a target that falls towards 0 (Mehrotra's predictor and
corrector), and stops short of the border. Eliminating flows and quantities, which are diagonal, leaves one dense system in prices and rents.
Where all factors are 1 the conditions are monotone and this is the primal-dual method for their quadratic programme; ad valorem duties
take the symmetry away and leave the method.

References
----------
Mehrotra, S. (1992), On the implementation of a primal-dual interior point method, SIAM Journal on Optimization 2(4).
Wright, S. J. (1997), Primal-Dual Interior-Point Methods, chapters 8 (linear complementarity) and 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maadin.market.spatial_problem import Floats, Ints, SpatialMarket

STEPS = 80
TO_BORDER = 0.995
CENTRED, ACCURATE = 1e-15, 1e-12  # mean z w, and left-over of the linear equations, at which the iteration ends
INSIDE = 1e-3  # distance from the border at the start


@dataclass(slots=True)
class Pairs:
    """z and w of one kind of condition."""

    z: Floats
    w: Floats


class Interior:
    """One market's conditions with their state."""

    def __init__(self, m: SpatialMarket) -> None:
        self.m = m
        self.n, self.users, self.count = m.suppliers, m.users, len(m.quotas.tonnes)
        self.cell = m.tail * m.users + m.head
        self.moves, self.wants = m.supply_slope > 0, m.demand_slope > 0
        self.d = 1 / np.where(self.moves, m.supply_slope, 1.0)
        self.c = -m.supply_level * self.d
        self.e = 1 / np.where(self.wants, m.demand_slope, 1.0)
        self.a = m.demand_level * self.e
        self.capped = self.moves & np.isfinite(m.cap)
        self.chokes = np.isfinite(m.choke)
        self.fixed = np.where(self.moves, 0.0, np.clip(m.supply_level, 0, m.cap))
        self.asked = m.taken + np.where(self.wants, 0.0, np.maximum(m.demand_level, 0.0))
