"""Solving a market: exact equilibrium in log prices for many draws at once.

Batch are sorted by stiffness (sigma - eta) / (sigma + epsilon) and solved in blocks. Each block's middle draw is solved by Newton's method with
the exact derivatives; its inverse then preconditions a fixed-point iteration of the whole block, sped up by Anderson (1965) mixing. Batch that do
not converge so are solved by damped semismooth Newton, then by continuation in the elasticity of substitution. What still does not converge
says so: a status travels with every result.

References
----------
Anderson, D. G. (1965), Iterative procedures for nonlinear integral equations, Journal of the ACM 12(4).
Qi, L. & Sun, J. (1993), A nonsmooth version of Newton's method, Mathematical Programming 58.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maadin.errors import MaadinError
from maadin.market.derivatives import jacobian as jacobian_of
from maadin.market.system import PRICED_OUT, Batch, Floats, Ints, Market, System

TOLERANCE = 1e-10  # of log demand over supply in every market, and of every limit
BLOCK = 256
LARGEST_STEP = 1.0  # in log prices
NEWTON_STEPS, MIXING_STEPS, MEMORY = 40, 40, 5
TOGETHER = 32  # draws whose dense Jacobians are held at once
LEAST_SIGMA = 1.01
SMALLEST_STEP = 1 / 64
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
        """Batch with a solution, array (draws,)."""
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
    system = System(market)
    unknowns = np.zeros((system.size, count))
    if start is not None:
        unknowns[: market.suppliers] = start.reshape(market.suppliers, -1)
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
        steep = System(m, steep=elasticity)
        unknowns, _, steps = _solve_all(steep, e, unknowns, ROUGHLY)
        spent += steps
    composite = steep.state(steep.unknowns(unknowns), e)[0].composite
    over = np.where(np.isfinite(composite), np.maximum(composite - m.choke, 0.0), 0.0)
    while True:
        made = System(m, np.union1d(system.choked, np.flatnonzero((over > 0).any(axis=1) & (m.passed_on < 1.0))))
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
    if count > TOGETHER // 4:
        order = np.argsort((e.sigma - e.eta) / (e.sigma + e.epsilon.mean(axis=0)), kind="stable")
        blocks = [order[a : a + BLOCK] for a in range(0, count, BLOCK)]

        def solve_block(block: Ints) -> None:
            unknowns[:, block], residual[block], spent[block] = _mixed(system, e.only(block), start[:, block], tolerance)

        with ThreadPoolExecutor(max_workers=min(len(blocks), os.cpu_count() or 1)) as pool:
            list(pool.map(solve_block, blocks))
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


def newton(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Semismooth Newton with exact derivatives, a cap on steps and a line search, each draw by itself."""
    x, count = start.copy(), len(e)
    spent = np.zeros(count, dtype=np.intp)
    residual, _ = system.residual(system.unknowns(x), e)
    size = np.abs(residual).max(axis=0)
    active = np.flatnonzero(~(size <= tolerance))
    for _ in range(NEWTON_STEPS):
        if not len(active):
            break
        some = e.only(active)
        value, jacobian = jacobian_of(system, system.unknowns(x[:, active]), some)
        step = _linear(jacobian, value)
        step *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(step).max(axis=0), 1e-300))
        before = np.linalg.norm(value, axis=0)
        length = np.ones(len(active))
        while True:
            tried = x[:, active] + length * step
            after, _ = system.residual(system.unknowns(tried), some)
            spent[active] += 1
            worse = ~(np.linalg.norm(after, axis=0) <= (1 - 1e-4 * length) * before) & (length > SMALLEST_STEP)
            if not worse.any():
                break
            length = np.where(worse, length / 2, length)
        x[:, active] = tried
        size[active] = np.abs(after).max(axis=0)
        active = active[~(size[active] <= tolerance) & np.isfinite(size[active])]
    return x, size, spent


def _linear(jacobian: Floats, value: Floats) -> Floats:
    """Newton steps (unknowns, draws); least squares where a Jacobian is singular."""
    try:
        return np.asarray(-np.linalg.solve(jacobian, value.T[:, :, None])[:, :, 0].T)
    except np.linalg.LinAlgError:
        return np.stack([-np.linalg.lstsq(j, v, rcond=None)[0] for j, v in zip(jacobian, value.T, strict=True)], axis=1)


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


def _mixed(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """A block of draws: the middle one by Newton, the others from there with its inverse and Anderson mixing."""
    count, middle = len(e), e.only(np.array([len(e) // 2]))
    at_middle, size, steps = newton(system, middle, start[:, [count // 2]], tolerance)
    if not size[0] <= tolerance:
        return start, np.full(count, np.inf), np.full(count, steps[0])
    _, jacobian = jacobian_of(system, system.unknowns(at_middle), middle)
    try:
        inverse = np.linalg.inv(jacobian[0])
    except np.linalg.LinAlgError:
        return start, np.full(count, np.inf), np.full(count, steps[0])
    x = np.repeat(at_middle, count, axis=1)
    best, residual, spent = x.copy(), np.full(count, np.inf), np.zeros(count, dtype=np.intp)
    active = np.arange(count)
    some, points, moves = e, np.empty((0, *x.shape)), np.empty((0, *x.shape))
    for _ in range(MIXING_STEPS):
        value, _ = system.residual(system.unknowns(x), some)
        spent[active] += 1
        size = np.abs(value).max(axis=0)
        done = size <= tolerance
        better = size < residual[active]
        residual[active[better]], best[:, active[better]] = size[better], x[:, better]
        if done.all():
            break
        step = -inverse @ value
        step *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(step).max(axis=0), 1e-300))
        if done.sum() > len(done) // 4:  # converged draws leave the block
            kept = ~done
            active, x, step = active[kept], x[:, kept], step[:, kept]
            points, moves, some = points[:, :, kept], moves[:, :, kept], some.only(np.flatnonzero(kept))
        points, moves = np.concatenate([points[-MEMORY:], x[None]]), np.concatenate([moves[-MEMORY:], step[None]])
        x = _anderson(points, moves)
    return best, residual, spent


def _anderson(points: Floats, moves: Floats) -> Floats:
    """The next point from the last points and their moves, arrays (memory, unknowns, draws): least squares over differences, draw by draw."""
    if len(points) == 1:
        return np.asarray(points[0] + moves[0])
    change, shift = np.diff(moves, axis=0), np.diff(points, axis=0)
    gram = np.einsum("aud,bud->dab", change, change, optimize=True)
    right = np.einsum("aud,ud->da", change, moves[-1], optimize=True)
    gram += 1e-14 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(len(change)) + 1e-300 * np.eye(len(change))
    weights = np.linalg.solve(gram, right[:, :, None])[:, :, 0]
    return np.asarray(points[-1] + moves[-1] - np.einsum("da,aud->ud", weights, change + shift, optimize=True))
