"""Solving a market: exact equilibrium in log prices for many draws at once.

Many draws are solved together (`maadin.market.mixing`). Those that do not converge so, and few draws from the start, are solved by damped semismooth
Newton (`maadin.market.newton`), then by continuation in the elasticities; users that meet the choke price are added where they do
(`maadin.market.choke`). What still does not converge says so: a status travels with every result, and no draw costs more than a few hundred evaluations.

Prices are logs, so that clearing to 1e-10 holds for the smallest market too, and with supply rising in price a solution exists wherever something can be
sold. There is none where supply is fixed (an elasticity of 0) and limits or specific duties leave no price at which all of it is taken: the price of
the supplier then falls without end, and the status says so. With quotas on nearly all trade and use that hardly answers there can be several solutions;
the one that is found is reached from the benchmark's prices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from maadin.errors import MaadinError
from maadin.market.choke import beyond_choke, choked
from maadin.market.continuation import follow
from maadin.market.mixing import FEW, mixed
from maadin.market.newton import newton
from maadin.market.parameters import blocks
from maadin.market.system import Batch, Floats, Ints, Market, System
from maadin.market.threads import one_thread

TOLERANCE = 1e-10  # of log demand over supply in every market, and of every limit
LEAST_SIGMA = 1.01
BUDGETS = (100, 30, 60)  # evaluations of attempts by Newton's method: from the best point so far, from there undamped, from the start
CONTINUATION_BUDGET, STRIDE_BUDGET = 250, 30
RAN_AWAY = 30.0  # in logs: 1e13 times the benchmark's price


class SolveError(MaadinError, RuntimeError):
    """A market has no solution, or none was found."""


class Status(IntEnum):
    """How the solution of a draw ended."""

    SOLVED = 0
    STALLED = 1  # evaluations used up, or no step that brings the residual down
    FELL_AWAY = 2  # a price falls without end: something cannot be sold at any price
    RAN_AWAY = 3  # a price, or the rent of a limit, rises without end: something is wanted at any price
    BROKE_OFF = 4  # numbers beyond what can be represented


@dataclass(frozen=True, slots=True)
class Solution:
    """Solved unknowns with their status.

    Attributes
    ----------
    system : System
    batch : Batch
        The draws solved.
    unknowns : array (unknowns, draws)
        See `maadin.market.system.Unknowns`.
    residual : array (draws,)
        Largest left-over: of log demand over supply, and of the limits.
    iterations : array of int (draws,)
        Evaluations of the equations.
    tolerance : float
    """

    system: System
    batch: Batch
    unknowns: Floats
    residual: Floats
    iterations: Ints
    tolerance: float

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Draws with a solution, array (draws,)."""
        return np.asarray(self.residual <= self.tolerance)

    @property
    def status(self) -> NDArray[np.int_]:
        """A `Status` for each draw, array (draws,)."""
        at = self.system.unknowns(self.unknowns)
        rose = np.concatenate([at.price, at.rent]).max(axis=0) > RAN_AWAY
        states = [self.solved, at.price.min(axis=0) < -RAN_AWAY, rose, ~np.isfinite(self.residual)]
        return np.select(states, [Status.SOLVED, Status.FELL_AWAY, Status.RAN_AWAY, Status.BROKE_OFF], Status.STALLED)

    def clearing(self) -> Floats:
        """What is left between the flows as returned and supply, the largest of all markets over world supply, array (draws,)."""
        s, parts = self.system, []
        for at in blocks(len(self.residual)):
            some, unknowns = self.batch.only(at), s.unknowns(self.unknowns[:, at])
            state, flows, _ = s.state(unknowns, some)
            sold = np.asarray(s.by_supplier @ flows)
            if len(s.held):
                sold[s.held] += s.bought_t(unknowns, some)
            parts.append(np.abs(sold - state.supply).max(axis=0) / state.supply.sum(axis=0))
        return np.concatenate(parts)


def solve(market: Market, draws: Batch, *, start: Floats | None = None, throw: bool = True, tolerance: float = TOLERANCE) -> Solution:
    """Solve a market for every draw.

    Parameters
    ----------
    market : Market
        Suppliers that make nothing in any draw are taken out of it; `System.idle` of the solution lists them.
    draws : Batch
    start : array (n,) or (n, draws), optional
        Log prices to start from.
    throw : bool
        Raise if any draw has no solution; otherwise `Solution.solved` and `Solution.status` say so.
    tolerance : float

    Raises
    ------
    SolveError
        If elasticities are out of range, the price level is undetermined, or, with `throw`, a draw did not converge.
    """
    check(market, draws)
    makes = (np.minimum(draws.output, draws.cap) > 0).any(axis=1) | (market.hub >= 0)
    if not makes.all():
        market = market.without(~makes)
    system = System(market, nested=draws.upper is not None)
    unknowns = np.zeros((system.size, len(draws)))
    if start is not None:
        unknowns[: market.suppliers] = start.reshape(market.suppliers, -1)
    with one_thread(), np.errstate(all="ignore"):
        if np.isfinite(market.choke):
            system, unknowns, residual, spent = _with_choke(system, draws, unknowns, tolerance)
        else:
            unknowns, residual, spent = _solve_all(system, draws, unknowns, tolerance, patient=True)
    solution = Solution(system, draws, unknowns, residual, spent, tolerance)
    if throw and not solution.solved.all():
        raise SolveError(_failure(solution))
    return solution


def check(market: Market, e: Batch) -> None:
    """Refuse elasticities that are out of range or leave the price level undetermined.

    Raises
    ------
    SolveError
    """
    for name, values in (("substitution", e.sigma), ("substitution between own goods and imports", e.upper)):
        if values is not None and not np.all(values >= LEAST_SIGMA - 1e-12):
            raise SolveError(f"an elasticity of {name} of {np.min(values):.4g} is out of range; expected {LEAST_SIGMA} or more")
    if not (np.all(e.eta >= 0) and np.all(e.epsilon >= 0) and np.all(e.re_export > 0)):
        raise SolveError("elasticities of demand and supply are given as positive numbers, that of re-exports above zero")
    if np.any((e.eta == 0) & np.all(e.epsilon == 0, axis=0)):
        raise SolveError("with demand and supply both fixed the price level is undetermined; give one of them an elasticity above zero")
    if e.upper is not None and market.home is None:
        raise SolveError("a nest of own goods against imports needs to know each supplier's home; expected `Market.home`")


def _failure(solution: Solution) -> str:
    failed = np.flatnonzero(~solution.solved)
    worst = failed[np.argmax(np.nan_to_num(solution.residual[failed], nan=np.inf))]
    batch, n, k = solution.batch, solution.system.market.suppliers, len(solution.system.market.limits.low)
    highest, lowest = np.argmax(solution.unknowns[: n + k, worst]), np.argmin(solution.unknowns[:n, worst])
    risen = f"price of supplier {highest}" if highest < n else f"rent of limit {highest - n}"
    why = {
        Status.FELL_AWAY: f"the price of supplier {lowest} falls without end, so not all of its supply can be sold at any price",
        Status.RAN_AWAY: f"the {risen} rises without end; try a choke price",
    }.get(Status(solution.status[worst]), "try a narrower range or a smaller measure")
    return (
        f"{len(failed)} of {len(batch)} draws did not converge; the largest residual is {solution.residual[worst]:.1e} at a substitution of "
        f"{batch.sigma[worst]:.3g} and a demand elasticity of {batch.eta[worst]:.3g}, expected {solution.tolerance:.0e}: {why}"
    )


def _with_choke(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[System, Floats, Floats, Ints]:
    """Solve without the choke price, then again where users have passed it, or where there is no solution without one."""
    unknowns, residual, spent = _solve_all(system, e, start, tolerance)
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


def _solve_all(system: System, e: Batch, start: Floats, tolerance: float, *, patient: bool = False) -> tuple[Floats, Floats, Ints]:
    """Unknowns, residual and evaluations of every draw: together, then each by itself from its best point, and if `patient` also from elsewhere."""
    unknowns, residual, spent = start.copy(), np.full(len(e), np.inf), np.zeros(len(e), dtype=np.intp)
    if len(e) > FEW:
        unknowns, residual, spent = mixed(system, e, start, tolerance)
    for attempt in range(3):
        left = np.flatnonzero(~(residual <= tolerance))
        if not len(left):
            break
        some, best = e.only(left), np.where(np.isfinite(residual[left]), unknowns[:, left], start[:, left])
        if attempt == 0:
            found, size, steps = newton(system, some, best, tolerance, budget=BUDGETS[0])
        elif attempt == 1:
            found, size, steps = newton(system, some, best, tolerance, budget=BUDGETS[1], damped=False)
        elif patient:
            found, size, steps = _continued(system, some, tolerance)
        else:
            found, size, steps = newton(system, some, start[:, left], tolerance, budget=BUDGETS[2])
        better = ~(size >= residual[left])
        unknowns[:, left[better]], residual[left[better]] = found[:, better], size[better]
        spent[left] += steps
    return unknowns, residual, spent


def _continued(system: System, e: Batch, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Newton along a path: from easy elasticities (substitution near 2, supply near 1) and the benchmark's tonnes as limits to those asked for."""

    def reach(at: Ints, part: Floats, start: Floats, goal: float) -> tuple[Floats, Floats, Ints]:
        some, loose = e.only(at), system.limit_trade[:, None]
        on_the_way = replace(
            some,
            sigma=np.minimum(2.0, some.sigma) ** (1 - part) * some.sigma**part,
            epsilon=(1 - part) * np.maximum(some.epsilon, 0.5) + part * some.epsilon,
            limit_t=np.maximum(some.limit_t, loose) ** (1 - part) * some.limit_t**part,
        )
        return newton(system, on_the_way, start, goal, budget=STRIDE_BUDGET)

    return follow(reach, np.zeros((system.size, len(e))), tolerance, 0.2, CONTINUATION_BUDGET)
