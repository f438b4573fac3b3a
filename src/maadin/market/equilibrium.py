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
from maadin.market.mixing import mixed
from maadin.market.newton import newton
from maadin.market.system import PRICED_OUT, Batch, Floats, Ints, Market, System
from maadin.market.threads import one_thread

TOLERANCE = 1e-10  # of log demand over supply in every market, and of every limit
BLOCK = 512
TOGETHER = 32  # draws whose dense Jacobians are held at once
FEW = 4  # draws up to which Newton's method is quicker
LEAST_SIGMA = 1.01
STEEPER = (3.0, 10.0, 30.0, 100.0, 300.0)  # elasticities of use beyond the choke price on the way to its end
ROUGHLY = 1e-6


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
    system = System(market, nested=draws.upper is not None)
    unknowns = np.zeros((system.size, count))
    if start is not None:
        unknowns[: market.suppliers] = start.reshape(market.suppliers, -1)
    with one_thread(), np.errstate(all="ignore"):
        unknowns, residual, spent = _solve_all(system, draws, unknowns, tolerance)
        if len(_beyond_choke(system, draws, unknowns)):
            system, unknowns, residual, steps = _choked(system, draws, unknowns, tolerance)
            spent += steps
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


def _beyond_choke(system: System, e: Batch, unknowns: Floats) -> Ints:
    """Users whose composite price has passed the choke price and whose curtailment is not an unknown yet."""
    m = system.market
    if not np.isfinite(m.choke):
        return np.empty(0, dtype=np.intp)
    state, _, _ = system.state(system.unknowns(unknowns), e)
    over = (state.composite > m.choke + 1e-9) & np.isfinite(state.composite)
    return np.setdiff1d(np.flatnonzero(over.any(axis=1) & (m.passed_on < 1.0)), system.choked)


def _choked(system: System, e: Batch, unknowns: Floats, tolerance: float) -> tuple[System, Floats, Floats, Ints]:
    """The market with use that ends at the choke price: through ever steeper use beyond it to curtailment as an unknown."""
    m = system.market
    n, spent = m.suppliers, np.zeros(len(e), dtype=np.intp)
    unknowns = unknowns.copy()
    unknowns[:n] = np.clip(unknowns[:n], -m.choke, m.choke)  # prices run away where use does not end
    steep = system
    for elasticity in STEEPER:
        steep = System(m, steep=elasticity, nested=system.nested)
        unknowns, _, steps = _solve_all(steep, e, unknowns, ROUGHLY)
        spent += steps
    composite = steep.state(steep.unknowns(unknowns), e)[0].composite
    over = np.where(np.isfinite(composite), np.maximum(composite - m.choke, 0.0), 0.0)
    while True:
        made = System(m, np.union1d(system.choked, np.flatnonzero((over > 0).any(axis=1) & (m.passed_on < 1.0))), nested=system.nested)
        k = n + len(m.limits.low)
        start = np.zeros((made.size, len(e)))
        start[:k], start[k + len(made.choked) :] = unknowns[:k], unknowns[k:]
        start[k : k + len(made.choked)] = np.minimum((STEEPER[-1] - e.eta) * over[made.choked], PRICED_OUT)
        found, residual, steps = _solve_all(made, e, start, tolerance)
        spent += steps
        missed = _beyond_choke(made, e, found)
        if not len(missed):
            return made, found, residual, spent
        over[missed] = np.maximum(over[missed], 1e-12)
        system = made


def _solve_all(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Unknowns, residual and evaluations of every draw."""
    count = len(e)
    unknowns, residual, spent = start.copy(), np.full(count, np.inf), np.zeros(count, dtype=np.intp)
    if count > FEW:
        order = np.argsort(e.sigma, kind="stable")
        blocks = np.array_split(order, -(-count // BLOCK))

        for block in blocks:
            unknowns[:, block], residual[block], spent[block] = mixed(system, e.only(block), start[:, block], tolerance)
    methods: list[tuple[_Method, bool]] = [(newton, True), (newton, False)]  # from the best point so far, from the start
    if system.steep is None:
        methods.append((_continued, False))
    for method, onwards in methods:
        left = np.flatnonzero(~(residual <= tolerance))
        for some in (left[a : a + TOGETHER] for a in range(0, len(left), TOGETHER)):
            from_ = np.where(np.isfinite(residual[some]), unknowns[:, some], start[:, some]) if onwards else start[:, some]
            found, left_over, steps = method(system, e.only(some), from_, tolerance)
            better = ~(left_over >= residual[some])
            unknowns[:, some[better]], residual[some[better]] = found[:, better], left_over[better]
            spent[some] += steps
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
