"""Reconciliation: figures that contradict each other are moved as little as their reliability asks.

For every country, in tonnes of one mass basis,

    y_i + s_i + sum_j x_ji = u_i + sum_j x_ij + o_i,        u_i >= m_i > 0

with output y, supply from stocks s, flows x, exports in other codes o and use u. A flow of code k is converted from gross tonnes q with the
content factor of its exporter, x = f_ik q + d, where f stays within published bounds and d is the error of the flow itself. Use follows from the
identity, so the figures conflict only where a country would use less than m_i. Then

    minimise  1/2 sum ((v - v0) / sd)^2     over v = (y, s, f, d, o)     subject to the identity and all bounds,

where factors only fall: exports that outrun supply say that the goods hold less than assumed, while scarce imports say nothing about the
supplier's goods. This is a convex quadratic programme with a diagonal Hessian (constrained least squares; Stone, Champernowne & Meade 1942; Byron 1978). Where nothing
conflicts v0 is the solution and is returned bit by bit; elsewhere only variables in a binding country's identity move.

Everything here is arrays; names live in `maadin.market.benchmark`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.errors import MaadinError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

LEAST_USE = 1e-3  # of a country's supply: use is positive wherever something arrives
ACTIVE = 1e-7  # multiplier, in units of the objective per scaled tonne, above which an identity binds
SOLVER = 1e-11  # tolerance of the solver: its multipliers are the answer, so they are wanted sharp
ROUNDING = 1e-6  # of a country's throughput: what the solver may leave before its answer is refused
NEGLIGIBLE = 1e-9  # relative move not worth a line in the log


class ReconciliationError(MaadinError, RuntimeError):
    """The figures of a market cannot be made to agree within their bounds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One market's figures before reconciliation: n countries, f flows, k factors.

    Attributes
    ----------
    output, output_sd : array (n,), tonnes, >= 0
        Output; a standard deviation of 0 fixes it.
    stock_sd : array (n,), tonnes, >= 0
        Scale of what stocks, scrap and unlisted output may add; the prior is 0.
    exporter, importer : array of int (f,)
        Countries of each flow.
    gross, error : array (f,), tonnes, >= 0
        Gross tonnes of each flow and the relative standard deviation of its error.
    factor_of : array of int (f,)
        Position of each flow's content factor.
    factor, factor_low, factor_high : array (k,), > 0
        Tonnes of the mass basis per gross tonne, with bounds.
    other, other_low, other_high, other_sd : array (n,), tonnes, >= 0
        Exports in other codes, with bounds.
    """

    output: Floats
    output_sd: Floats
    stock_sd: Floats
    exporter: Ints
    importer: Ints
    gross: Floats
    error: Floats
    factor_of: Ints
    factor: Floats
    factor_low: Floats
    factor_high: Floats
    other: Floats
    other_low: Floats
    other_high: Floats
    other_sd: Floats

    @property
    def flows(self) -> Floats:
        """Flows before reconciliation, array (f,), tonnes of the mass basis."""
        return self.factor[self.factor_of] * self.gross


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Figures that add up for every country.

    Attributes
    ----------
    output, stock_draw, other, use : array (n,), tonnes
    flows : array (f,), tonnes of the mass basis
    factor : array (k,)
    pressure : array (n,), >= 0
        Multiplier of each country's identity: how hard its figures conflict; 0 where they do not.
    iterations : int
        Of the solver; 0 where the figures agreed from the start.
    """

    output: Floats
    stock_draw: Floats
    other: Floats
    use: Floats
    flows: Floats
    factor: Floats
    pressure: Floats
    iterations: int


def balance(output: Floats, stock: Floats, flows: Floats, other: Floats, exporter: Ints, importer: Ints) -> Floats:
    """Use by identity: output and stock draw plus imports less exports, array (n,)."""
    n = len(output)
    imports = np.bincount(importer, flows, n)
    exports = np.bincount(exporter, flows, n)
    return np.asarray(output + stock + imports - exports - other, dtype=np.float64)


def reconcile(problem: Problem) -> Reconciled:
    """Move the figures to the nearest ones that add up.

    Raises
    ------
    ReconciliationError
        If no figures within the bounds add up, or the solver stops short.
    """
    p, n = problem, len(problem.output)
    stock = np.zeros(n)
    use = balance(p.output, stock, p.flows, p.other, p.exporter, p.importer)
    size = p.output + np.bincount(p.importer, p.flows, n) + np.bincount(p.exporter, p.flows, n) + p.other
    least = LEAST_USE * (p.output + np.bincount(p.importer, p.flows, n))
    if np.all(use >= least):
        return Reconciled(p.output, stock, p.other, use, p.flows, p.factor, np.zeros(n), 0)
    moved, pressure, iterations = _solve(p, use, least, np.where(size > 0, size, 1.0))
    parts = np.split(moved, np.cumsum([n, n, len(p.factor), len(p.gross)]))
    output, stock, other = p.output + parts[0], parts[1], p.other + parts[4]
    factor = np.clip(p.factor + parts[2], p.factor_low, p.factor_high)
    flows = np.maximum(np.where((parts[2] == 0.0)[p.factor_of], p.flows, factor[p.factor_of] * p.gross) + parts[3], 0.0)
    output, stock, other = np.maximum(output, 0.0), np.maximum(stock, 0.0), np.maximum(other, 0.0)
    use = balance(output, stock, flows, other, p.exporter, p.importer)
    short = np.maximum(least - use, 0.0)
    if np.any(short > ROUNDING * size):
        raise ReconciliationError(
            f"the figures of {int(np.sum(short > 0))} countries were left unbalanced by the solver; the data may be out of scale"
        )
    stock = np.where(stock > 0, stock + short, stock)  # the solver's rounding, where stocks answer for a country
    use = np.maximum(balance(output, stock, flows, other, p.exporter, p.importer), 0.0)
    return Reconciled(output, stock, other, use, flows, factor, pressure, iterations)


def _solve(p: Problem, use: Floats, least: Floats, size: Floats) -> tuple[Floats, Floats, int]:
    """Moves of (y, s, f, d, o) that end every shortfall at least cost, in scaled unknowns z = move / sd."""
    import clarabel
    from scipy import sparse

    n, k, flows = len(p.output), len(p.factor), len(p.gross)
    factor_sd = (p.factor - p.factor_low) / 2
    scales = np.concatenate([p.output_sd, p.stock_sd, factor_sd, p.error * p.flows, p.other_sd])
    here, each = np.arange(n), np.arange(flows)
    at_stock, at_factor, at_flow, at_other = n, 2 * n, 2 * n + k, 2 * n + k + flows
    rows = np.concatenate([here, here, p.exporter, p.importer, p.exporter, p.importer, here])
    columns = np.concatenate(
        [here, at_stock + here, at_factor + p.factor_of, at_factor + p.factor_of, at_flow + each, at_flow + each, at_other + here]
    )
    one = np.ones(flows)
    entries = np.concatenate([np.ones(2 * n), -p.gross, p.gross, -one, one, -np.ones(n)]) * scales[columns]
    identity = sparse.csc_matrix((entries / size[rows], (rows, columns)), shape=(n, len(scales)))

    low = np.concatenate([-p.output, np.zeros(n), p.factor_low - p.factor, -p.factor_low[p.factor_of] * p.gross, p.other_low - p.other])
    high = np.concatenate([np.full(n, np.inf), np.full(n, np.inf), np.zeros(k), np.full(flows, np.inf), p.other_high - p.other])
    free = (scales > 0) & (np.asarray(abs(identity).sum(axis=0)).ravel() > 0)
    scale = scales[free]
    identity = identity[:, np.flatnonzero(free)]
    bounded_low, bounded_high = np.flatnonzero(np.isfinite(low[free])), np.flatnonzero(np.isfinite(high[free]))
    unit = sparse.identity(len(scale), format="csc")
    # Clarabel: minimise 1/2 z'Pz + q'z subject to b - Az >= 0
    constraints = sparse.vstack([-identity, -unit[bounded_low], unit[bounded_high]], format="csc")
    limits = np.concatenate([(use - least) / size, -(low[free] / scale)[bounded_low], (high[free] / scale)[bounded_high]])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = SOLVER
    solution = clarabel.DefaultSolver(
        unit, np.zeros(len(scale)), constraints, limits, [clarabel.NonnegativeConeT(len(limits))], settings
    ).solve()
    if solution.status not in (clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved):
        raise ReconciliationError(f"the figures do not add up within their bounds (solver: {solution.status})")
    pressure = np.asarray(solution.z)[:n]
    binding = pressure > ACTIVE * max(1.0, float(pressure.max()))
    # With P = I the unknowns follow from the multipliers: what no binding identity holds, or a bound keeps, has not moved at all
    moved = np.zeros(len(scales))
    moved[free] = np.clip(identity.T @ np.where(binding, pressure, 0.0) * scale, low[free], high[free])
    before = np.concatenate([p.output, size, p.factor, p.flows, np.maximum(p.other, p.other_sd)])
    moved[np.abs(moved) <= NEGLIGIBLE * before] = 0.0
    return moved, np.where(binding, pressure, 0.0), int(solution.iterations)
