"""Newton's method on the equations of a market, each draw by itself: semismooth, damped, of bounded cost.

References
----------
Qi, L. & Sun, J. (1993), A nonsmooth version of Newton's method, Mathematical Programming 58.
"""

from __future__ import annotations

import numpy as np

from maadin.market.derivatives import jacobian
from maadin.market.system import Batch, Floats, Ints, System

LARGEST_STEP = 1.0  # in log prices
SMALLEST_STEP = 1 / 64
NEWTON_STEPS = 40


def newton(system: System, e: Batch, start: Floats, tolerance: float, most: int = NEWTON_STEPS, smooth: float = 0.0, anchor: Floats | None = None, damped: bool = True) -> tuple[Floats, Floats, Ints]:
    """Unknowns, largest residual and evaluations of every draw: exact derivatives, a cap on steps and a line search."""
    x, count = start.copy(), len(e)
    spent = np.zeros(count, dtype=np.intp)
    equations = system.equations(e, smooth, anchor)
    size = np.full(count, np.inf)
    active, some = np.arange(count), e
    for step_count in range(most + 1):
        at = system.unknowns(x[:, active])
        if step_count == 0:
            value = equations.residual(at, equations.point(at))
            size[active] = np.abs(value).max(axis=0, initial=0.0)
            spent[active] += 1
        left = ~(size[active] <= tolerance) & np.isfinite(size[active])
        if not left.all():
            active = active[left]
            some = e.only(active)
            equations = system.equations(some, smooth, None if anchor is None else anchor[:, active])
            at = system.unknowns(x[:, active])
        if not len(active) or step_count == most:
            break
        value, slopes = jacobian(equations, at)
        step = linear(slopes, value)
        n = system.market.suppliers
        step *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(step[:n] if not damped else step).max(axis=0), 1e-300))
        before = np.linalg.norm(value, axis=0)
        length = np.ones(len(active))
        while True:
            tried = np.clip(x[:, active] + length * step, *system.bounds)
            at = system.unknowns(tried)
            after = equations.residual(at, equations.point(at))
            spent[active] += 1
            worse = ~(np.linalg.norm(after, axis=0) <= (1 - 1e-4 * length) * before) & (length > SMALLEST_STEP)
            if not worse.any() or not damped:
                break
            length = np.where(worse, length / 2, length)
        x[:, active] = tried
        size[active] = np.abs(after).max(axis=0)
    return x, size, spent


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
