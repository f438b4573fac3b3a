"""Following solutions from an easy problem to the one that was asked for, each draw at its own pace.

References
----------
Allgower, E. L. & Georg, K. (1990), Numerical Continuation Methods, Springer, chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from maadin.market.parameters import Floats, Ints

ROUGHLY = 1e-6  # residual that is enough on the way
LEAST_STRIDE = 1 / 200
EASY = 10  # evaluations

Reach = Callable[[Ints, Floats, Floats, float], tuple[Floats, Floats, Ints]]


def follow(reach: Reach, start: Floats, tolerance: float, stride: float, budget: int) -> tuple[Floats, Floats, Ints]:
    """Unknowns, largest residual and evaluations of every draw at the end of the way; infinite residuals where that was not reached.

    Parameters
    ----------
    reach : callable
        Solves some draws (an array of int) at given parts of the way, 0 the easy and 1 the final problem, from given unknowns to a given residual.
    start : array (unknowns, draws)
    tolerance : float
        Residual at the end.
    stride : float
        Part of the way to try first; it doubles where that is easy and is halved where it fails.
    budget : int
        Evaluations after which a draw is given up.
    """
    x, count = start.copy(), start.shape[1]
    spent, residual = np.zeros(count, dtype=np.intp), np.full(count, np.inf)
    part, strides, begun = np.zeros(count), np.full(count, stride), np.zeros(count, dtype=bool)
    while True:
        active = np.flatnonzero(~((part == 1.0) & (residual <= tolerance)) & (spent < budget) & (strides >= LEAST_STRIDE))
        if not len(active):
            return x, np.where(part == 1.0, residual, np.inf), spent
        aim = np.where(begun[active], np.minimum(part[active] + strides[active], 1.0), 0.0)
        goal = tolerance if np.all(aim == 1.0) else ROUGHLY
        found, size, steps = reach(active, aim, x[:, active], goal)
        spent[active] += steps
        there = size <= goal
        at = active[there]
        x[:, at], part[at], residual[at] = found[:, there], aim[there], size[there]
        longer = np.where(begun[active] & (steps <= EASY), 2.0, 1.0)
        strides[active] *= np.where(there, longer, np.where(begun[active], 0.5, 0.0))
        begun[at] = True
