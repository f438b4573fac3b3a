r"""Feenstra's system and its estimator with Broda and Weinstein's weights.

CES demand for varieties and export supply of each, in double differences against a reference:

.. math:: \Delta^k \ln s = -(\sigma-1)\,\Delta^k \ln p + \varepsilon, \qquad
          \Delta^k \ln p = \varphi\,\Delta^k \ln s + \delta, \qquad \varphi = \frac{\omega}{1+\omega}

with :math:`\omega` the inverse export supply elasticity. With :math:`a = 1/(\sigma-1)` the product of both errors gives

.. math:: Y = \theta_1 X_1 + \theta_2 X_2 + u, \qquad \theta_1 = a\,\varphi, \quad \theta_2 = \varphi - a, \quad u = a\,\varepsilon\delta

and :math:`E[u] = 0` variety by variety if shocks to demand and supply are unrelated. Varieties differ in how much of either they see; that tells
:math:`\sigma` from :math:`\omega`. Two-stage least squares with a dummy per variety as instruments is least squares on the varieties' means:

.. math:: \hat\theta = (X'PX)^{-1} X'PY

Over few years it is biased towards ordinary least squares, as the means of :math:`X` hold the same errors as those of :math:`Y`
(Soderbery 2015): see `maadin.experiments.estimation.hybrid`. An error in the tonnes raises :math:`Y` alone; its mean goes with the importer's and with
the control for small shipments.

References
----------
Feenstra, R. C. (1994), American Economic Review 84(1):157-177.
Broda, C. & Weinstein, D. E. (2006), Globalization and the gains from variety, Quarterly Journal of Economics 121(2):541-585.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from maadin.experiments.estimation.moments import Forms
from maadin.experiments.estimation.panel import Floats

SIGMA_MOST = 131.5  # the largest value Broda and Weinstein search; beyond, no finite substitution is found
A_LEAST = 1 / (SIGMA_MOST - 1)


class Estimator(Protocol):
    """An estimator of y on x that is a quadratic form in (y, x)."""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        ...

    @property
    def scale_free(self) -> bool:
        """Whether its distance stays when the whole equation is multiplied; if not, the left side is always Y."""
        ...

    def form(self, forms: Forms, observations: int) -> tuple[Floats, Floats]:
        """The form whose blocks give the estimate (draw, column, column), and the part alpha of B that was taken out (draw,)."""
        ...

    def cluster_form(self, forms: Forms, alpha: float) -> Floats:
        """What each cluster contributes to the form at a given alpha (cluster, column, column)."""
        ...

    def distance(self, residual: Floats, forms: Forms) -> Floats:
        """What the estimator makes small (draw,); the residual is (draw, column), the first column 1."""
        ...


@dataclass(frozen=True, slots=True)
class TwoStage:
    """Feenstra's two-stage least squares."""

    name: str = "feenstra"
    scale_free: bool = False

    def form(self, forms: Forms, observations: int) -> tuple[Floats, Floats]:
        """A, whose blocks are X'PX and X'PY."""
        return forms.projected, np.zeros(len(forms.projected))

    def cluster_form(self, forms: Forms, alpha: float) -> Floats:
        """A of each cluster."""
        return forms.projected

    def distance(self, residual: Floats, forms: Forms) -> Floats:
        """u'Pu."""
        return quadratic(residual, forms.projected)


def coefficients(form: Floats) -> Floats:
    """Coefficients of the first column on the others; array (draw, column, column) to (draw, column - 1).

    A singular form has none: its coefficients are not numbers.
    """
    if form.shape[1] == 1:
        return np.zeros((len(form), 0))
    found = np.full((len(form), form.shape[1] - 1), np.nan)
    left, right = form[:, 1:, 1:], form[:, 1:, :1]
    usable = np.isfinite(form).all(axis=(1, 2)) & (np.abs(np.linalg.det(left)) > 0)
    found[usable] = np.linalg.solve(left[usable], right[usable])[:, :, 0]
    return found


def quadratic(vectors: Floats, forms: Floats) -> Floats:
    """v'Mv by draw."""
    found: Floats = np.einsum("ri,rij,rj->r", vectors, forms, vectors)
    return found


def structure(theta_1: Floats, theta_2: Floats) -> tuple[Floats, Floats]:
    r""":math:`a` and :math:`\varphi` from both coefficients; not numbers where they are complex.

    Examples
    --------
    >>> a, phi = structure(np.array([0.05]), np.array([0.2 - 0.25]))  # sigma 5, omega 0.25
    >>> round(float(1 + 1 / a[0]), 9), round(float(phi[0] / (1 - phi[0])), 9)
    (5.0, 0.25)
    """
    with np.errstate(invalid="ignore"):
        a = (np.sqrt(theta_2**2 + 4 * theta_1) - theta_2) / 2
    return a, theta_2 + a
