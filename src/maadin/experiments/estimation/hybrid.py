r"""Soderbery's hybrid: limited information maximum likelihood, and a constrained search where it leaves the feasible region.

Limited information maximum likelihood divides the distance of Feenstra's estimator by the variance of the residual, which takes out what the errors
of the means put into both sides. The residual here is a product of two shocks and far from homoskedastic, so the version that stays consistent then is
used (Hausman et al. 2012): an observation does not instrument itself, nor the years beside it, with which it shares a unit value; Fuller's correction
keeps moments finite. Observations weigh the same: between the smallest and the largest tenth of flows the variance of unit values falls by a factor of
1.2 to 6, and Broda and Weinstein's weights rise by one of 20 to 300.

.. math:: \hat\alpha = \min_b \frac{b'(A-D)\,b}{b'B\,b}, \qquad
          \alpha = \frac{\hat\alpha - (1-\hat\alpha)/n}{1 - (1-\hat\alpha)/n}, \qquad
          \hat\theta = [(A-D-\alpha B)_{XX}]^{-1} (A-D-\alpha B)_{XY}

Only :math:`a > 0` and :math:`0 \le \varphi \le 1` make sense: demand falls, supply rises. Where the estimate lies outside, the same distance is made
small within the region. It is a ratio of quadratic forms, which has no other minimum, so its smallest value in the region lies on an edge; there one
coefficient is left and the equation is linear again: no grid, no starting values.

=============  ================  ========================================
edge           where             equation
=============  ================  ========================================
flat supply    :math:`\varphi=0`   :math:`Y = -a X_2 + u`
fixed supply   :math:`\varphi=1`   :math:`Y - X_2 = a (X_1 - X_2) + u`
no bound       :math:`a=0`         :math:`Y = \varphi X_2 + u`; the substitution is not finite
unit           :math:`a=\infty`    :math:`X_2 = \varphi X_1 + u`; the substitution is 1 or less
=============  ================  ========================================

References
----------
Soderbery, A. (2015), Estimating import supply and demand elasticities: analysis and implications, Journal of International Economics 96(1):1-17.
Hausman, J. A., Newey, W. K., Woutersen, T., Chao, J. C. & Swanson, N. R. (2012), Instrumental variable estimation with heteroskedasticity and many
instruments, Quantitative Economics 3(2):211-255.
Fuller, W. A. (1977), Some properties of a modification of the limited information estimator, Econometrica 45(4):939-953.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from maadin.experiments.estimation.feenstra import A_LEAST, Estimator, coefficients, quadratic, structure
from maadin.experiments.estimation.moments import Forms
from maadin.experiments.estimation.panel import Floats, Ints

Where = Literal["inside", "flat supply", "fixed supply", "no bound", "unit"]


@dataclass(frozen=True, slots=True)
class JackknifeLikelihood:
    """Fuller's version of jackknife limited information maximum likelihood; without its correction at 0."""

    name: str = "hybrid"
    correction: float = 1.0
    scale_free: bool = True

    def form(self, forms: Forms, observations: int) -> tuple[Floats, Floats]:
        """A - D - alpha B."""
        spared = forms.projected - forms.own
        smallest = np.linalg.eigvals(np.linalg.solve(forms.total, spared)).real.min(axis=1)
        taken = self.correction * (1 - smallest) / observations
        alpha: Floats = (smallest - taken) / (1 - taken)
        return spared - alpha[:, None, None] * forms.total, alpha

    def cluster_form(self, forms: Forms, alpha: float) -> Floats:
        """A - D - alpha B of each cluster."""
        return forms.projected - forms.own - alpha * forms.total

    def distance(self, residual: Floats, forms: Forms) -> Floats:
        """u'(P - D)u over u'u."""
        return quadratic(residual, forms.projected - forms.own) / quadratic(residual, forms.total)


@dataclass(frozen=True, slots=True)
class Face:
    """The feasible region or one of its edges: the columns of its equation made from (Y, X1, X2), the first on the left side."""

    where: Where
    columns: tuple[tuple[float, float, float], ...]
    end: float = 0.0  # phi where no column is left for it

    def matrix(self, width: int) -> Floats:
        """Array (column, own column); a fourth column, the control, is carried along."""
        own = np.zeros((width, len(self.columns) + width - 3))
        own[:3, : len(self.columns)] = np.array(self.columns).T
        if width > 3:
            own[3, -1] = 1
        return own

    def structure(self, found: Floats) -> tuple[Floats, Floats]:
        """a and phi from its coefficients (draw, coefficient)."""
        if self.where == "inside":
            return structure(found[:, 0], found[:, 1])
        if self.where in ("no bound", "unit"):
            phi = found[:, 0] if len(self.columns) > 1 else np.full(len(found), self.end)
            return np.full(len(found), 0.0 if self.where == "no bound" else np.inf), phi
        return found[:, 0], np.full(len(found), float(self.where == "fixed supply"))

    def fits(self, a: Floats, phi: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether the coefficients belong to the region."""
        if self.where in ("no bound", "unit"):
            return (phi >= 0) & (phi <= 1)
        return (a >= A_LEAST) & (phi >= 0) & (phi <= 1)


INSIDE = Face("inside", ((1, 0, 0), (0, 1, 0), (0, 0, 1)))
EDGES = (
    Face("flat supply", ((1, 0, 0), (0, 0, -1))),
    Face("fixed supply", ((1, 0, -1), (0, 1, -1))),
    Face("no bound", ((1, 0, 0), (0, 0, 1))),
    Face("no bound", ((1, 0, 0),), 0),
    Face("no bound", ((1, 0, -1),), 1),
    Face("unit", ((0, 0, 1), (0, 1, 0))),
    Face("unit", ((0, 0, 1),), 0),
    Face("unit", ((0, -1, 1),), 1),
)
FACES = (INSIDE, *EDGES)
UNBOUNDED = FACES.index(Face("no bound", ((1, 0, 0),), 0))


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Estimates of a batch of samples.

    Attributes
    ----------
    a, phi : array (draw,)
        a is 0 where no bound was found and infinite at unit substitution.
    face : array of int (draw,)
        Position in `FACES`.
    """

    a: Floats
    phi: Floats
    face: Ints

    @property
    def bounded(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Where a finite substitution was found."""
        return self.a > 0


def fit(estimator: Estimator, forms: Forms, observations: int) -> Fit:
    """Estimate within the feasible region, draw by draw."""
    count = len(forms.total)
    best, a, phi = np.full(count, np.inf), np.zeros(count), np.zeros(count)
    face = np.full(count, UNBOUNDED)
    for number, candidate in enumerate(FACES):
        if candidate.where == "unit" and not estimator.scale_free:
            continue
        reduced = forms.of(candidate.matrix(forms.total.shape[1]))
        found = coefficients(estimator.form(reduced, observations)[0])
        its_a, its_phi = candidate.structure(found)
        distance = estimator.distance(np.c_[np.ones(count), -found], reduced)
        # An estimate inside needs no comparison: but for Fuller's correction its distance is the smallest there is
        better = candidate.fits(its_a, its_phi) & (face != 0) & (np.isfinite(distance) if candidate is INSIDE else distance < best)
        best, a, phi = np.where(better, distance, best), np.where(better, its_a, a), np.where(better, its_phi, phi)
        face = np.where(better, number, face)
    return Fit(a, phi, face)
