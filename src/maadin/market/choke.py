"""Markets in which some users meet the choke price: use beyond it ends, and what ends it is found on the way down a softened price.

At the choke price a user takes anything between all it wants and nothing. With softness d, curtailment z_j sets in above the choke price at a rate 1 / d:

    lP_j - choke = d z_j        where 0 < z_j < PRICED_OUT

A softness of 1/30 needs no unknown (`System.steep`) and is solved like any market. From there d falls to 0, each solution starting the next: users that
share suppliers meet the choke price one after the other, and no active set has to be guessed (a path of proximal points, Rockafellar 1976).

References
----------
Rockafellar, R. T. (1976), Monotone operators and the proximal point algorithm, SIAM Journal on Control and Optimization 14(5).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maadin.market.continuation import ROUGHLY, follow
from maadin.market.mixing import FEW, mixed
from maadin.market.newton import newton
from maadin.market.parameters import blocks
from maadin.market.system import PRICED_OUT, STEEP, Batch, Floats, Ints, System

SolveAll = Callable[[System, Batch, Floats, float], tuple[Floats, Floats, Ints]]

PASSED = 1e-9  # log of a composite price over the choke price from which on a user is curtailed
HARDEST = 1e-8  # softness at the end of the way, over that at its start; then it is 0
STRIDE = 0.125
BUDGET = 300  # evaluations of a draw on the way down


def beyond_choke(system: System, e: Batch, unknowns: Floats) -> NDArray[np.bool_]:
    """Users whose composite price has passed the choke price and whose curtailment is no unknown, array (m, draws)."""
    m = system.market
    composite = _composite(system, e, unknowns)
    over = (composite > m.choke + PASSED) | ~np.isfinite(composite)
    over[m.passed_on >= 1.0] = False
    over[system.unreached] = False
    over[system.choked] = False
    return over


def _composite(system: System, e: Batch, unknowns: Floats) -> Floats:
    """Log composite prices, array (m, draws)."""
    made = np.empty((system.market.users, len(e)))
    for at in blocks(len(e)):
        made[:, at] = system.equations(e.only(at)).point(system.unknowns(unknowns[:, at])).composite
    return made


def choked(system: System, e: Batch, unknowns: Floats, tolerance: float, solve_all: SolveAll) -> tuple[System, Floats, Floats, Ints]:
    """The market with curtailment, from unknowns of the market without."""
    m = system.market
    n, k, spent = m.suppliers, len(m.limits.low), np.zeros(len(e), dtype=np.intp)
    start = np.where(np.isfinite(unknowns), unknowns, 0.0)
    start[: n + k] = np.clip(start[: n + k], -m.choke, m.choke)  # prices and rents run away where use does not end
    everybody = np.setdiff1d(np.flatnonzero(m.passed_on < 1.0), system.unreached)
    steep = System(m, everybody, nested=system.nested, steep=STEEP)
    soft, _, steps = solve_all(steep, e, start, ROUGHLY)
    spent += steps
    over = _composite(steep, e, soft) - m.choke
    users = everybody[(over[everybody] > 0).any(axis=1)]
    while True:
        made = System(m, users, nested=system.nested)
        start = np.zeros((made.size, len(e)))
        start[: n + k], start[n + k + len(users) :] = soft[: n + k], soft[n + k :]
        start[n + k : n + k + len(users)] = np.clip(STEEP * over[users], 0.0, PRICED_OUT)
        found, residual, steps = _hardened(made, e, start, tolerance)
        spent += steps
        missed = np.flatnonzero((beyond_choke(made, e, found) & (residual <= tolerance)).any(axis=1))
        if not len(missed):
            return made, found, residual, spent
        users = np.union1d(users, missed)


def _hardened(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Straight to a hard choke price, and where that fails along a path of softness."""
    x, residual, spent = start.copy(), np.full(len(e), np.inf), np.zeros(len(e), dtype=np.intp)
    if len(e) > FEW:
        x, residual, spent = mixed(system, e, start, tolerance)
    left = np.flatnonzero(~(residual <= tolerance))
    if len(left):
        x[:, left], residual[left], steps = newton(system, e.only(left), start[:, left], tolerance, budget=15, damped=False)
        spent[left] += steps
    left = np.flatnonzero(~(residual <= tolerance))
    if len(left):
        found, size, steps = _path(system, e.only(left), start[:, left], tolerance)
        better = ~(size >= residual[left])
        x[:, left[better]], residual[left[better]] = found[:, better], size[better]
        spent[left] += steps
    return x, residual, spent


def _path(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    def reach(at: Ints, part: Floats, from_: Floats, goal: float) -> tuple[Floats, Floats, Ints]:
        softness, some = np.where(part < 1.0, HARDEST**part / STEEP, 0.0), e.only(at)
        x, size, spent = newton(system, some, from_, goal, budget=9, damped=False, softness=softness)
        left = np.flatnonzero(~(size <= goal))
        if len(left):
            x[:, left], size[left], steps = newton(system, some.only(left), from_[:, left], goal, budget=30, softness=softness[left])
            spent[left] += steps
        return x, size, spent

    return follow(reach, start, tolerance, STRIDE, BUDGET)
