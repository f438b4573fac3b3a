"""Newton's method on the equations of a market, each draw by itself: semismooth, damped, of bounded cost.

References
----------
Qi, L. & Sun, J. (1993), A nonsmooth version of Newton's method, Mathematical Programming 58.
"""

from __future__ import annotations

import numpy as np

from maadin.market.derivatives import jacobian
from maadin.market.system import TINY, Batch, Floats, Ints, System

FIRST_STEP, LARGEST_STEP = 1.0, 32.0  # in log prices; the longest allowed doubles with every step that is taken whole
SHORTEST = 1 / 64  # part of a step
STUCK = 6  # steps that could not be shortened so far, and are taken whole: a corner lies in between; more, and a draw is given up
BUDGET = 100  # evaluations of a draw
TOGETHER = 32  # draws whose dense derivatives are held at once


def newton(
    system: System, e: Batch, start: Floats, tolerance: float, *, budget: int = BUDGET, damped: bool = True, softness: Floats | None = None
) -> tuple[Floats, Floats, Ints]:
    """Unknowns, largest residual and evaluations of every draw.

    Parameters
    ----------
    system : System
    e : Batch
    start : array (unknowns, draws)
    tolerance : float
    budget : int
        Evaluations after which a draw is given up.
    damped : bool
        Shorten steps that do not bring the residual down.
    softness : array (draws,), optional
        See `maadin.market.system.Equations`.
    """
    if len(e) > TOGETHER:
        parts = [np.arange(a, min(a + TOGETHER, len(e))) for a in range(0, len(e), TOGETHER)]
        found = [
            newton(
                system, e.only(p), start[:, p], tolerance, budget=budget, damped=damped, softness=None if softness is None else softness[p]
            )
            for p in parts
        ]
        return np.concatenate([f[0] for f in found], axis=1), np.concatenate([f[1] for f in found]), np.concatenate([f[2] for f in found])
    x, n = np.clip(start, *system.bounds), system.market.suppliers
    spent = np.ones(len(e), dtype=np.intp)
    radius, stuck = np.full(len(e), FIRST_STEP), np.zeros(len(e), dtype=np.intp)
    equations = system.equations(e, softness)
    at = system.unknowns(x)
    size = np.abs(equations.residual(at, equations.point(at))).max(axis=0, initial=0.0)
    active = np.arange(len(e))
    while True:
        active = active[(size[active] > tolerance) & np.isfinite(size[active]) & (spent[active] < budget) & (stuck[active] < STUCK)]
        if not len(active):
            return x, size, spent
        equations = system.equations(e.only(active), None if softness is None else softness[active])
        value, slopes = jacobian(equations, system.unknowns(x[:, active]))
        step = linear(slopes, value)
        step *= np.minimum(1.0, radius[active] / np.maximum(np.abs(step if damped else step[:n]).max(axis=0), TINY))
        before = np.linalg.norm(value, axis=0)
        length = np.ones(len(active))
        while True:
            tried = np.clip(x[:, active] + length * step, *system.bounds)
            at = system.unknowns(tried)
            after = equations.residual(at, equations.point(at))
            spent[active] += 1
            worse = ~(np.linalg.norm(after, axis=0) <= (1 - 1e-4 * length) * before)
            if not damped or not np.any(worse & (length > SHORTEST)):
                break
            length = np.where(worse & (length > SHORTEST), length / 2, length)
        if damped and worse.any():
            tried[:, worse], stuck[active[worse]] = np.clip(x[:, active] + step, *system.bounds)[:, worse], stuck[active[worse]] + 1
            at = system.unknowns(tried)
            after = equations.residual(at, equations.point(at))
            spent[active] += 1
            length[worse] = 1.0
        x[:, active] = tried
        size[active] = np.abs(after).max(axis=0)
        if damped:
            radius[active] = np.where(
                worse, FIRST_STEP, np.clip(np.abs(step).max(axis=0) * length * 2, np.where(length < 1, 0.0, FIRST_STEP), LARGEST_STEP)
            )


def linear(slopes: Floats, value: Floats) -> Floats:
    """Newton steps (unknowns, draws) from derivatives (draws, unknowns, unknowns); least squares where they are singular."""
    try:
        return np.asarray(-np.linalg.solve(slopes, value.T[:, :, None])[:, :, 0].T)
    except np.linalg.LinAlgError:
        return np.stack([_least_squares(j, v) for j, v in zip(slopes, value.T, strict=True)], axis=1)


def _least_squares(slopes: Floats, value: Floats) -> Floats:
    try:
        return np.asarray(-np.linalg.lstsq(slopes, value, rcond=None)[0])
    except np.linalg.LinAlgError:
        return np.full(len(value), np.nan)
