r"""Second moments of double differences, and the quadratic forms that every estimator here is made of.

Per observation :math:`z = (Y, X_1, X_2, c)` with :math:`Y = (\Delta^k \ln p)^2`, :math:`X_1 = (\Delta^k \ln s)^2`,
:math:`X_2 = \Delta^k \ln p\,\Delta^k \ln s` and :math:`c` the variety's mean of :math:`1/q_t + 1/q_{t-1}`. Each importer's mean is taken out, which
removes the error that all its varieties share with the reference. With :math:`P` the projection on varieties, weights :math:`c^{-1/2}` (Broda &
Weinstein 2006; one weight a variety, as the tonnes of a year move with its shocks) or none, and :math:`D` the part of :math:`P` that joins an
observation to itself and to the years beside it, a cluster contributes

.. math:: A = Z'PZ, \qquad B = Z'Z, \qquad D = Z'DZ

and the sums over any set of clusters, resampled or not, are all that an estimator needs. Years side by side are in :math:`D` because both hold the unit
value of the year they share, error included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from maadin.experiments.estimation.differences import Differences
from maadin.experiments.estimation.panel import Floats, Ints

By = Literal["importer", "variety"]
_VARIES = 1e-9  # of its own square: a control that varies less is a constant and left out


class Forms(NamedTuple):
    """A, B and D above: arrays (cluster or draw, column, column)."""

    projected: Floats
    total: Floats
    own: Floats

    def of(self, columns: Floats) -> Forms:
        """The forms of columns made from these; array (column, new column)."""
        return Forms(*(columns.T @ form @ columns for form in self))


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Quadratic forms of the columns (Y, X1, X2 and, where it varies, c) by cluster.

    Attributes
    ----------
    forms : Forms
    observations, varieties, importers : int
    """

    forms: Forms
    observations: int
    varieties: int
    importers: int

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return len(self.forms.total)

    def resampled(self, times: Floats) -> Forms:
        """Sums with each cluster taken so many times; array (draw, cluster)."""
        return Forms(*(np.einsum("rc,cij->rij", times, form) for form in self.forms))


def moments(differences: Differences, *, by: By = "importer", weighted: bool = True, beside: int = 1) -> Moments:
    """Second moments by cluster.

    Parameters
    ----------
    differences : Differences
    by : str
        What is resampled and clustered on: importer, whose varieties share a reference; or variety, where importers are few.
    weighted : bool
        Whether large shipments weigh more.
    beside : int
        Years either way that `own` joins.
    """
    importer, variety = differences.importer, differences.variety
    varieties, importers = len(differences.exporters), len(differences.importers)
    price, share = differences.price, differences.share
    noise = differences.noise / (np.median(differences.noise) if len(differences.noise) else 1.0)
    mean_noise = (_totals(variety, noise, varieties) / np.bincount(variety, minlength=varieties))[variety]
    weight = mean_noise**-0.5 if weighted else np.ones_like(price)
    of_variety, of_importer = _totals(variety, weight, varieties), _totals(importer, weight, importers)
    columns = [price**2, share**2, price * share, mean_noise]
    centred = [c - (_totals(importer, weight * c, importers) / of_importer)[importer] for c in columns]
    if weight @ centred[3] ** 2 <= _VARIES * (weight @ mean_noise**2):
        centred = centred[:3]
    z = np.stack(centred, axis=1)
    mean = np.stack([_totals(variety, weight * c, varieties) for c in centred], axis=1) / of_variety[:, None]
    home = np.zeros(varieties, dtype=np.int64)
    home[variety] = importer
    of, groups, count = (importer, home, importers) if by == "importer" else (variety, np.arange(varieties, dtype=np.int64), varieties)
    leverage = 1 / of_variety[variety] - 1 / of_importer[importer]
    own = _sums(z, z, weight**2 * leverage, of, count)
    for gap in range(1, beside + 1):
        for step in range(1, gap + 1):  # rows of a variety stand in the order of their years, some of which are missing
            same = (variety[step:] == variety[:-step]) & (differences.year[step:] == differences.year[:-step] + gap)
            first = np.flatnonzero(same)
            joined = _sums(z[first], z[first + step], (weight**2 * leverage)[first], of[first], count)
            own += joined + joined.transpose(0, 2, 1)
    projected = _sums(mean, mean, of_variety, groups, count)
    return Moments(Forms(projected, _sums(z, z, weight, of, count), own), len(price), varieties, importers)


def _totals(group: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(group, values, minlength=count).astype(np.float64)


def _sums(left: Floats, right: Floats, weight: Floats, cluster: Ints, count: int) -> Floats:
    """Weighted sums of outer products by cluster."""
    found = np.zeros((count, left.shape[1], right.shape[1]))
    np.add.at(found, cluster, weight[:, None, None] * left[:, :, None] * right[:, None, :])
    return found
