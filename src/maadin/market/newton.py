"""Newton's method on the equations of a market, each draw by itself: semismooth, damped, of bounded cost.

References
----------
Qi, L. & Sun, J. (1993), A nonsmooth version of Newton's method, Mathematical Programming 58.
"""

from __future__ import annotations

import numpy as np

from maadin.market.derivatives import jacobian
from maadin.market.system import TINY, Batch, Equations, Floats, Ints, System

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
    x, spent, size = start.copy(), np.zeros(len(e), dtype=np.intp), np.full(len(e), np.inf)
    for first in range(0, len(e), TOGETHER):
        at = np.arange(first, min(first + TOGETHER, len(e)))
        some = None if softness is None else softness[at]
        x[:, at], size[at], spent[at] = _Draws(system, e.only(at), start[:, at], some, damped).solved(tolerance, budget)
    return x, size, spent


class _Draws:
    """Some draws on their way to their solutions."""

    def __init__(self, system: System, e: Batch, start: Floats, softness: Floats | None, damped: bool) -> None:
        self.system, self.e, self.softness, self.damped = system, e, softness, damped
        self.x = np.clip(start, *system.bounds)
        self.spent, self.stuck = np.zeros(len(e), dtype=np.intp), np.zeros(len(e), dtype=np.intp)
        self.radius = np.full(len(e), FIRST_STEP)

    def solved(self, tolerance: float, budget: int) -> tuple[Floats, Floats, Ints]:
        """Unknowns, largest residual and evaluations."""
        active = np.arange(len(self.e))
        size = np.abs(self._residual(self._equations(active), active, self.x)).max(axis=0, initial=0.0)
        while True:
            active = active[(size[active] > tolerance) & np.isfinite(size[active])]
            active = active[(self.spent[active] < budget) & (self.stuck[active] < STUCK)]
            if not len(active):
                return self.x, size, self.spent
            equations = self._equations(active)
            value, slopes = jacobian(equations, self.system.unknowns(self.x[:, active]))
            self.x[:, active], after = self._step(equations, active, value, linear(slopes, value))
            size[active] = np.abs(after).max(axis=0)

    def _equations(self, at: Ints) -> Equations:
        return self.system.equations(self.e.only(at), None if self.softness is None else self.softness[at])

    def _residual(self, equations: Equations, active: Ints, x: Floats) -> Floats:
        at = self.system.unknowns(x)
        self.spent[active] += 1
        return equations.residual(at, equations.point(at))

    def _step(self, equations: Equations, active: Ints, value: Floats, step: Floats) -> tuple[Floats, Floats]:
        """Where a step leads, and the residual there."""
        x, bounds = self.x[:, active], self.system.bounds
        longest = np.abs(step if self.damped else step[: self.system.market.suppliers]).max(axis=0)
        step = step * np.minimum(1.0, self.radius[active] / np.maximum(longest, TINY))
        tried = np.clip(x + step, *bounds)
        after = self._residual(equations, active, tried)
        if not self.damped:
            return tried, after
        whole, after_whole = tried.copy(), after.copy()
        before, length = np.linalg.norm(value, axis=0), np.ones(len(active))
        while True:
            worse = ~(np.linalg.norm(after, axis=0) <= (1 - 1e-4 * length) * before)
            left = np.flatnonzero(worse & (length > SHORTEST))
            if not len(left):
                break
            length[left] /= 2
            tried[:, left] = np.clip(x[:, left] + length[left] * step[:, left], *bounds)
            after[:, left] = self._residual(self._equations(active[left]), active[left], tried[:, left])
        self.stuck[active[worse]] += 1
        taken = np.clip(2 * length * np.abs(step).max(axis=0), np.where(length < 1, 0.0, FIRST_STEP), LARGEST_STEP)
        self.radius[active] = np.where(worse, FIRST_STEP, taken)
        return np.where(worse, whole, tried), np.where(worse, after_whole, after)


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
