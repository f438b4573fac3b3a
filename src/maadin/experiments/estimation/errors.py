r"""How far an estimate can be trusted: clustered standard errors, and percentiles over resampled clusters.

The clustered variance of the coefficients is :math:`H^{-1} \sum_g h_g h_g'\,H^{-1}` with :math:`h_g` what a cluster contributes to the first-order
condition (at a given alpha), carried to :math:`\sigma = 1 + 1/a` and :math:`\epsilon = (1-\varphi)/\varphi` by their derivatives. The bootstrap draws
clusters with replacement and repeats the constrained estimate, so that its percentiles know of the edges. Clusters are importers, or varieties where
importers are few; what an exporter does to all importers at once is not accounted for, and intervals are too narrow by that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from maadin.experiments.estimation.feenstra import SIGMA_MOST, Estimator, coefficients
from maadin.experiments.estimation.hybrid import FACES, Fit, fit
from maadin.experiments.estimation.moments import Forms, Moments
from maadin.experiments.estimation.panel import Floats

POINTS = (5, 50, 95)
DRAWS = 500


@dataclass(frozen=True, slots=True)
class Interval:
    """A parameter with its errors.

    Attributes
    ----------
    estimate, standard_error : float
        The standard error is not a number on an edge that fixes the parameter.
    low, mid, high : float
        5, 50 and 95 % points over resampled clusters.
    """

    estimate: float
    standard_error: float
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """Both parameters, and how the resampled estimates fell.

    Attributes
    ----------
    armington : Interval
        Infinite where no bound was found, 1 at unit substitution; percentiles beyond what is searched stand at `SIGMA_MOST`.
    supply : Interval
        Export supply elasticity 1/omega, 0 with fixed and infinite with flat supply.
    where : str
        Inside the feasible region or on which edge.
    inside : float
        Share of resampled estimates inside.
    """

    armington: Interval
    supply: Interval
    where: str
    inside: float


def estimate(estimator: Estimator, moments: Moments, *, draws: int = DRAWS, rng: np.random.Generator) -> Result:
    """Estimate and errors from the second moments of one code."""
    whole = fit(estimator, moments.resampled(np.ones((1, moments.clusters))), moments.observations)
    times = rng.multinomial(moments.clusters, np.full(moments.clusters, 1 / moments.clusters), size=draws).astype(np.float64)
    again = fit(estimator, moments.resampled(times), moments.observations)
    error_a, error_phi = _errors(estimator, moments, int(whole.face[0]))
    sigma, epsilon = _sigma(whole), supply_elasticity(whole.phi)
    with np.errstate(divide="ignore", invalid="ignore"):
        error_sigma, error_epsilon = error_a / whole.a[0] ** 2, error_phi / whole.phi[0] ** 2
    return Result(
        Interval(float(sigma[0]), float(error_sigma), *_points(np.minimum(_sigma(again), SIGMA_MOST))),
        Interval(float(epsilon[0]), float(error_epsilon), *_points(supply_elasticity(again.phi))),
        FACES[int(whole.face[0])].where,
        float(np.mean(again.face == 0)),
    )


def supply_elasticity(phi: Floats) -> Floats:
    r""":math:`\epsilon = 1/\omega = (1-\varphi)/\varphi`; infinite for flat supply.

    Examples
    --------
    >>> supply_elasticity(np.array([0.5, 0.2, 1.0, 0.0])).tolist()
    [1.0, 4.0, 0.0, inf]
    """
    with np.errstate(divide="ignore"):
        return (1 - phi) / phi


def _points(values: Floats) -> tuple[float, float, float]:
    low, mid, high = np.percentile(values, POINTS, method="nearest")
    return float(low), float(mid), float(high)


def _sigma(found: Fit) -> Floats:
    with np.errstate(divide="ignore"):
        return 1 + 1 / found.a


def _errors(estimator: Estimator, moments: Moments, face: int) -> tuple[float, float]:
    """Clustered standard errors of a and phi on a face."""
    reduced = moments.forms.of(FACES[face].matrix(moments.forms.total.shape[1]))
    form, alpha = estimator.form(Forms(*(f.sum(axis=0)[None] for f in reduced)), moments.observations)
    found = coefficients(form)[0]
    scores = estimator.cluster_form(reduced, float(alpha[0]))[:, 1:, :] @ np.r_[1, -found]
    try:
        spread = np.linalg.inv(form[0, 1:, 1:])
    except np.linalg.LinAlgError:
        return math.nan, math.nan
    variance = spread @ (scores.T @ scores) @ spread.T
    where = FACES[face].where
    if where == "inside":
        root = math.sqrt(found[1] ** 2 + 4 * found[0])
        of_a, of_phi = np.array([1 / root, (found[1] / root - 1) / 2]), np.array([1 / root, (found[1] / root + 1) / 2])
        both = variance[:2, :2]
        return math.sqrt(of_a @ both @ of_a), math.sqrt(of_phi @ both @ of_phi)
    known = math.sqrt(variance[0, 0]) if len(variance) and len(FACES[face].columns) > 1 else math.nan
    return (math.nan, known) if where in ("no bound", "unit") else (known, math.nan)
