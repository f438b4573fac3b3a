"""Solving a market: exact equilibrium in log prices for many draws at once.

Draws are sorted by their elasticity of substitution and solved in blocks (`maadin.market.mixing`). Those that do not converge so are solved by damped
semismooth Newton (`maadin.market.newton`), then by continuation in the elasticities. What still does not converge says so: a status travels with every
result, and no draw costs more than a few hundred evaluations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maadin.errors import MaadinError
from maadin.market.choke import beyond_choke, choked
from maadin.market.mixing import FEW, mixed
from maadin.market.newton import newton
from maadin.market.system import Batch, Floats, Ints, Market, System
from maadin.market.threads import one_thread

TOLERANCE = 1e-10  # of log demand over supply in every market, and of every limit
LEAST_SIGMA = 1.01


_Method = Callable[[System, Batch, Floats, float], tuple[Floats, Floats, Ints]]


class SolveError(MaadinError, RuntimeError):
    """A market has no solution, or none was found."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Solved unknowns with their status.

    Attributes
    ----------
    system : System
    unknowns : array (unknowns, draws)
        See `maadin.market.system.Unknowns`.
    residual : array (draws,)
        Largest left-over: of log demand over supply, and of the limits.
    iterations : array of int (draws,)
        Evaluations of the equations.
    tolerance : float
    """

    system: System
    unknowns: Floats
    residual: Floats
    iterations: Ints
    tolerance: float

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Draws with a solution, array (draws,)."""
        return np.asarray(self.residual <= self.tolerance)


def solve(market: Market, draws: Batch, *, start: Floats | None = None, throw: bool = True, tolerance: float = TOLERANCE) -> Solution:
    """Solve a market for every draw.

    Parameters
    ----------
    market : Market
    draws : Batch
    start : array (n,) or (n, draws), optional
        Log prices to start from.
    throw : bool
        Raise if any draw has no solution; otherwise `Solution.solved` says so.
    tolerance : float

    Raises
    ------
    SolveError
        If elasticities are out of range, the price level is undetermined, or, with `throw`, a draw did not converge.
    """
    _check(draws)
    count = len(draws)
    makes = (np.minimum(draws.output, draws.cap) > 0).any(axis=1) | (market.hub >= 0)
    if not makes.all():
        market = market.without(~makes)
    system = System(market, nested=draws.upper is not None)
    unknowns = np.zeros((system.size, count))
    if start is not None:
        unknowns[: market.suppliers] = start.reshape(market.suppliers, -1)
    with one_thread(), np.errstate(all="ignore"):
        unknowns, residual, spent = _solve_all(system, draws, unknowns, tolerance)
        if np.isfinite(market.choke):
            system, unknowns, residual, spent = _with_choke(system, draws, unknowns, residual, spent, tolerance)
    solution = Solution(system, unknowns, residual, spent, tolerance)
    if throw and not solution.solved.all():
        failed = np.flatnonzero(~solution.solved)
        worst = failed[np.argmax(residual[failed])]
        raise SolveError(
            f"{len(failed)} of {count} draws did not converge; the largest residual is {residual[worst]:.1e} at a substitution of "
            f"{draws.sigma[worst]:.3g} and a demand elasticity of {draws.eta[worst]:.3g}, expected {tolerance:.0e}. Try a narrower range"
        )
    return solution


def _check(e: Batch) -> None:
    if not np.all(e.sigma >= LEAST_SIGMA - 1e-12):
        raise SolveError(f"an elasticity of substitution of {e.sigma.min():.4g} is out of range; expected {LEAST_SIGMA} or more")
    if np.any(e.eta < 0) or np.any(e.epsilon < 0) or np.any(e.re_export <= 0):
        raise SolveError("elasticities of demand and supply are given as positive numbers, that of re-exports above zero")
    if np.any((e.eta == 0) & np.all(e.epsilon == 0, axis=0)):
        raise SolveError("with demand and supply both fixed the price level is undetermined; give one of them an elasticity above zero")


def _with_choke(
    system: System, e: Batch, unknowns: Floats, residual: Floats, spent: Ints, tolerance: float
) -> tuple[System, Floats, Floats, Ints]:
    """Solve draws again in which users have passed the choke price, or which have no solution without one."""
    at = np.flatnonzero(beyond_choke(system, e, unknowns).any(axis=0) | ~(residual <= tolerance))
    if not len(at):
        return system, unknowns, residual, spent
    made, found, residual[at], steps = choked(system, e.only(at), unknowns[:, at], tolerance, _solve_all)
    spent[at] += steps
    k = system.market.suppliers + len(system.market.limits.low)
    filled = np.zeros((made.size, len(e)))
    filled[:k], filled[k + len(made.choked) :] = unknowns[:k], unknowns[k:]
    filled[:, at] = found
    return made, filled, residual, spent


def _solve_all(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Unknowns, residual and evaluations of every draw."""
    count = len(e)
    unknowns, residual, spent = start.copy(), np.full(count, np.inf), np.zeros(count, dtype=np.intp)
    if count > FEW:
        unknowns, residual, spent = mixed(system, e, start, tolerance)
    methods: list[tuple[_Method, bool]] = [(newton, True), (newton, False)]  # from the best point so far, from the start
    if not np.isfinite(system.market.choke):
        methods.append((_continued, False))
    for method, onwards in methods:
        left = np.flatnonzero(~(residual <= tolerance))
        if len(left):
            from_ = np.where(np.isfinite(residual[left]), unknowns[:, left], start[:, left]) if onwards else start[:, left]
            found, left_over, steps = method(system, e.only(left), from_, tolerance)
            better = ~(left_over >= residual[left])
            unknowns[:, left[better]], residual[left[better]] = found[:, better], left_over[better]
            spent[left] += steps
    return unknowns, residual, spent


def _continued(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Newton along a path of elasticities: from easy ones (substitution near 2, supply near 1) to those asked for."""
    x, spent = np.zeros_like(start), np.zeros(len(e), dtype=np.intp)
    residual = np.full(len(e), np.inf)
    for part in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.975, 1.0):
        sigma = np.exp((1 - part) * np.log(np.minimum(2.0, e.sigma)) + part * np.log(e.sigma))
        easy = replace(e, sigma=sigma, epsilon=(1 - part) * np.maximum(e.epsilon, 0.5) + part * e.epsilon)
        x, residual, steps = newton(system, easy, x, tolerance if part == 1.0 else 1e-6)
        spent += steps
    return x, residual, spent
