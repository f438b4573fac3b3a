"""Many draws of one market at once: a fixed-point iteration that shares one matrix inverse, sped up by Anderson (1965) mixing.

A block of draws has nearly one elasticity of substitution. With J = G - diag(h) the derivative of log demand over supply at its middle draw, where h_i is
a supplier's own answer (sigma plus the part of its supply elasticity that is in force), another draw's derivative is close to g G - diag(h) with its own h,
and with g the ratio of the (sigma - eta). The step s solves (g G - diag(h)) s = -F draw by draw, by a few splits around one inverse
M = (G - diag(h'))^-1,

    s <- M (-F / g + (h / g - h') s),

which costs products of one matrix with all draws: no draw needs a factorisation of its own, nor do capacities that bind in some draws only.

References
----------
Anderson, D. G. (1965), Iterative procedures for nonlinear integral equations, Journal of the ACM 12(4).
Walker, H. F. & Ni, P. (2011), Anderson acceleration for fixed-point iterations, SIAM Journal on Numerical Analysis 49(4).
"""

from __future__ import annotations

import numpy as np

from maadin.market.derivatives import jacobian
from maadin.market.newton import newton
from maadin.market.system import TINY, Batch, Equations, Floats, Ints, Point, System

BLOCK = 168  # draws that share a derivative; fewer, and preparing it costs more than the evaluations that it saves
FEW = 4  # draws up to which Newton's method alone is quicker
MIXING_STEPS, MEMORY = 40, 4
LARGEST_STEP = 1.0  # in log prices, before mixing
SPLITS = 2
NEAR = 0.03  # residual of the middle draw up to which draws start where they are, not at the middle's solution
PATIENCE = 8  # evaluations in which a draw's residual has to halve, or it leaves
FEW_LEFT = 0.8  # of a block: fewer, and converged draws leave it


class Mixer:
    """Anderson mixing of a fixed-point iteration, draw by draw, over the last few moves."""

    def __init__(self, unknowns: int, draws: int) -> None:
        self.shift = np.empty((MEMORY, unknowns, draws))  # how a move changed from one point to the next
        self.moved = np.empty((MEMORY, unknowns, draws))  # how the point it leads to changed
        self.gram = np.zeros((draws, MEMORY, MEMORY))
        self.used, self.last = 0, -1
        self.step: Floats | None = None
        self.target: Floats | None = None

    def keep(self, kept: Ints) -> None:
        """Go on with some of the draws."""
        self.shift, self.moved, self.gram = self.shift[:, :, kept], self.moved[:, :, kept], self.gram[kept]
        if self.step is not None and self.target is not None:
            self.step, self.target = self.step[:, kept], self.target[:, kept]

    def mix(self, x: Floats, step: Floats) -> Floats:
        """The next point, given the last and the move the iteration makes from it."""
        target = x + step
        if self.step is None or self.target is None:
            self.step, self.target = step, target
            return target
        self.last = (self.last + 1) % MEMORY
        self.used = min(self.used + 1, MEMORY)
        at, u = self.last, self.used
        np.subtract(step, self.step, out=self.shift[at])
        np.subtract(target, self.target, out=self.moved[at])
        row = np.einsum("aud,ud->da", self.shift[:u], self.shift[at])
        self.gram[:, at, :u], self.gram[:, :u, at] = row, row
        right = np.einsum("aud,ud->da", self.shift[:u], step)
        small = 1e-14 * np.trace(self.gram[:, :u, :u], axis1=1, axis2=2) + TINY
        weights = np.linalg.solve(self.gram[:, :u, :u] + small[:, None, None] * np.eye(u), right[:, :, None])[:, :, 0]
        self.step, self.target = step, target
        return np.asarray(target - np.einsum("da,aud->ud", weights, self.moved[:u]))


class Preconditioner:
    """Steps for all draws from the derivative at one of them."""

    def __init__(self, slopes: Floats, own: Floats, off: Floats) -> None:
        """From the derivative (unknowns, unknowns) and own answers (n,) of one draw, and the own answers of all, over their g (n, draws)."""
        each = np.arange(len(own))
        self.centre = (off.min(axis=1) + off.max(axis=1)) / 2  # then the splits converge for every draw
        base = slopes.copy()
        base[each, each] += own - self.centre
        self.inverse = np.linalg.inv(base)

    def step(self, wanted: Floats, off: Floats) -> Floats:
        """The step of each draw, array (unknowns, draws)."""
        n = len(off)
        off = off - self.centre[:, None]
        step = self.inverse @ wanted
        for _ in range(SPLITS):
            right = wanted.copy()
            right[:n] += off * step[:n]
            step = self.inverse @ right
        return np.asarray(step)


def mixed(system: System, e: Batch, start: Floats, tolerance: float) -> tuple[Floats, Floats, Ints]:
    """Unknowns, largest residual and evaluations of every draw; draws that do not converge keep their best point."""
    unknowns, residual, spent = start.copy(), np.full(len(e), np.inf), np.zeros(len(e), dtype=np.intp)
    order = np.argsort(e.sigma, kind="stable")
    for at in np.array_split(order, -(-len(e) // BLOCK)):
        block = _Block(system, e.only(at), start[:, at], tolerance)
        if block.evaluate() and block.prepare():
            for _ in range(MIXING_STEPS):
                block.move()
                if not block.evaluate():
                    break
        unknowns[:, at], residual[at], spent[at] = block.best, block.residual, block.spent
    return unknowns, residual, spent


class _Block:
    """Draws on their way to their solutions."""

    def __init__(self, system: System, e: Batch, start: Floats, tolerance: float) -> None:
        self.system, self.tolerance = system, tolerance
        self.some, self.equations, self.x = e, system.equations(e), start.copy()
        count = len(e)
        self.best, self.residual = start.copy(), np.full(count, np.inf)
        self.spent, self.halved, self.mark = np.zeros(count, dtype=np.intp), np.zeros(count, dtype=np.intp), np.full(count, np.inf)
        self.active = np.arange(count)
        self.mixer = Mixer(len(start), count)
        self.preconditioner: Preconditioner | None = None
        self.slopes = self.own = self.ratio = np.empty(0)
        self.value = self.answer = np.empty(0)

    def evaluate(self) -> bool:
        """Evaluate where the draws are; those that have converged or do not get on leave. False where none is left."""
        at = self.system.unknowns(self.x)
        point = self.equations.point(at)
        self.value = self.equations.residual(at, point)
        self.answer = _own_answer(self.equations, point)
        size, active = np.abs(self.value).max(axis=0), self.active
        self.spent[active] += 1
        better = size < self.residual[active]
        self.residual[active[better]], self.best[:, active[better]] = size[better], self.x[:, better]
        half = ~(size > self.mark[active] / 2)
        self.mark[active[half]], self.halved[active[half]] = size[half], self.spent[active[half]]
        left = (size > self.tolerance) & (self.spent[active] - self.halved[active] <= PATIENCE)
        if left.sum() < FEW_LEFT * len(left):
            self._keep(np.flatnonzero(left))
        return bool(left.any())

    def _keep(self, kept: Ints) -> None:
        self.active, self.x, self.value, self.answer = self.active[kept], self.x[:, kept], self.value[:, kept], self.answer[:, kept]
        self.some = self.some.only(kept)
        self.equations = self.system.equations(self.some)
        self.mixer.keep(kept)
        if len(self.ratio):
            self.ratio = self.ratio[kept]

    def prepare(self) -> bool:
        """Take the derivative at the middle draw, where that can be solved; without a near start all go on from there."""
        middle = _middle(self.some)
        one = self.some.only(middle)
        found = self.x[:, middle]
        near = np.abs(self.value[:, middle]).max() <= NEAR
        if not near:
            found, size, steps = newton(self.system, one, found, self.tolerance)
            self.spent[self.active[middle]] += steps
            if not size[0] <= self.tolerance:
                return False
            self.x = np.repeat(found, len(self.active), axis=1)
            if not self.evaluate():
                return False
        at_middle = self.system.equations(one)
        at = self.system.unknowns(found)
        self.slopes = jacobian(at_middle, at)[1][0]
        self.own = _own_answer(at_middle, at_middle.point(at))[:, 0]
        self.ratio = (self.some.sigma - self.some.eta) / (one.sigma - one.eta)
        self.ratio = np.where(self.ratio > 0, self.ratio, 1.0)
        try:
            self.preconditioner = Preconditioner(self.slopes, self.own, self.answer / self.ratio)
        except np.linalg.LinAlgError:
            return False
        return True

    def move(self) -> None:
        """Move all draws to where mixing expects their solutions."""
        assert self.preconditioner is not None
        step = self.preconditioner.step(self.value / -self.ratio, self.answer / self.ratio)
        step *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(step).max(axis=0), TINY))
        self.x = np.clip(self.mixer.mix(self.x, step), *self.system.bounds)


def _middle(e: Batch) -> Ints:
    """The draw nearest to the means of all elasticities, array (1,)."""
    far = np.zeros(len(e))
    for x in (e.sigma, e.eta, e.epsilon.mean(axis=0), e.re_export):
        off = np.broadcast_to(x, far.shape) - x.mean()
        far += off**2 / (np.mean(off**2) + TINY)
    return np.array([np.argmin(far)])


def _own_answer(equations: Equations, point: Point) -> Floats:
    """Answer of a supplier's log demand over supply to its own price, composite prices given, with the sign turned, array (n, draws)."""
    return np.asarray(equations.e.sigma + point.answer * point.own / (point.supply + TINY))
