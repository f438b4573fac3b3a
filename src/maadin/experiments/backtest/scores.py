r"""Distances between patterns of trade, and what they say.

The error of a prediction is the total variation between predicted and observed shares,

.. math:: d = \tfrac12 \sum_{ij} \left| \hat s_{ij} - s_{ij} \right|, \qquad s_{ij} = x_{ij} / \textstyle\sum_{kl} x_{kl},

the part of trade that the prediction puts on wrong routes: 0 when all is right, 1 when nothing is. Skill against a baseline is :math:`1 - d / d_0`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Errors:
    """Total variation from what was observed, 0 to 1, over the same routes.

    Attributes
    ----------
    no_change, reallocation, model : float
    ordinary : float
        What shares of these routes moved by over as many years in ordinary times: median of the years before; nan where they are too few.
    """

    no_change: float
    reallocation: float
    model: float
    ordinary: float = float("nan")

    def skill(self, baseline: str) -> float:
        """1 less the error over that of a baseline, no_change or reallocation: 1 is perfect, below 0 worse than the baseline."""
        against = float(getattr(self, baseline))
        return 1 - self.model / against if against > 0 else float("nan")

    def beats(self, baseline: str) -> bool:
        """Whether the model's error is smaller."""
        return bool(self.model < getattr(self, baseline))


def shares(tonnes: Floats, scope: Mask) -> Floats:
    """Shares of the trade within a scope; zero outside it. Leading axes are draws."""
    within = np.where(scope, tonnes, 0.0)
    total = within.sum(axis=(-2, -1), keepdims=True)
    return np.asarray(np.divide(within, total, out=np.zeros_like(within), where=total > 0))


def distance(predicted: Floats, observed: Floats, scope: Mask) -> float:
    """Total variation between two patterns within a scope.

    Examples
    --------
    >>> everywhere = np.ones((2, 2), dtype=bool)
    >>> distance(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[0.0, 3.0], [1.0, 0.0]]), everywhere)
    0.25
    """
    return float(0.5 * np.abs(shares(predicted, scope) - shares(observed, scope)).sum())
