r"""Distributions of positive parameters: single figures with their spread, and mixtures of them over sources.

A figure is printed as a middle value with a range. It is read as a distribution of the logarithm whose 5, 50 and 95 % points are those
three values, with a standard deviation of its own on each side:

.. math:: \ln x = \ln m + s(z)\, z, \qquad s(z) = \ln(m/l)/z_{95} \text{ for } z<0,\; \ln(h/m)/z_{95} \text{ otherwise}, \qquad z_{95} = 1.645

Sources are pooled as a mixture: with weight :math:`w_f` the value is one of source family :math:`f`, so that

.. math:: F(x) = \sum_f w_f \sum_c v_{fc} F_{fc}(x)

and the disagreement of sources stays in the result instead of being averaged away.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Shape = Literal["lognormal", "loguniform", "uniform", "fixed"]

Z95 = NormalDist().inv_cdf(0.95)
Z75 = NormalDist().inv_cdf(0.75)
_HALVINGS = 60  # of the bracket around a quantile; the last is far below rounding


@dataclass(frozen=True, slots=True)
class Component:
    """One figure as a distribution.

    Attributes
    ----------
    low, mid, high : float
        5, 50 and 95 % points; for the uniform shapes both ends and the median.
    shape : str
        lognormal (with its own spread on each side), loguniform, uniform or fixed.
    weight : float
        Within its family, sums to 1.
    source : str
        Work it is from, or why it is assumed.
    horizon_printed : str
        What the source says it is for.
    scaled : float
        Median factor that carried it to the horizon asked for; 1 as printed.
    check : str
        How far it was verified: computed, abstract read, unchecked; assumption; user; observed.
    assumption : bool
        A generic prior, not a finding.
    note : str
    """

    low: float
    mid: float
    high: float
    shape: Shape = "lognormal"
    weight: float = 1.0
    source: str = ""
    horizon_printed: str = ""
    scaled: float = 1.0
    check: str = ""
    assumption: bool = False
    note: str = ""

    def cdf(self, x: float) -> float:
        """Probability of a value of at most `x`."""
        if self.shape == "fixed" or self.low == self.high:
            return 1.0 if x >= self.mid else 0.0
        if self.shape == "uniform":
            return min(1.0, max(0.0, (x - self.low) / (self.high - self.low)))
        if x <= 0:
            return 0.0
        if self.shape == "loguniform":
            return min(1.0, max(0.0, math.log(x / self.low) / math.log(self.high / self.low)))
        deviation = self._deviation(below=x < self.mid)
        if deviation == 0:
            return 1.0 if x >= self.mid else 0.0
        return 0.5 * math.erfc(-math.log(x / self.mid) / deviation / math.sqrt(2))

    def values(self, uniform: Floats, normal: Floats) -> Floats:
        """Values at given probabilities.

        Parameters
        ----------
        uniform : array (draw,), in (0, 1)
        normal : array (draw,)
            The same probabilities as quantiles of the standard normal.
        """
        if self.shape == "fixed" or self.low == self.high:
            return np.full_like(uniform, self.mid)
        if self.shape == "uniform":
            return self.low + uniform * (self.high - self.low)
        if self.shape == "loguniform":
            return self.low * (self.high / self.low) ** uniform
        deviation = np.where(normal < 0, self._deviation(below=True), self._deviation(below=False))
        return self.mid * np.exp(deviation * normal)

    def quantile(self, probability: float) -> float:
        """Value at one probability."""
        at = np.array([probability])
        return float(self.values(at, np.array([NormalDist().inv_cdf(probability)]))[0])

    def _deviation(self, *, below: bool) -> float:
        return math.log(self.mid / self.low if below else self.high / self.mid) / Z95


@dataclass(frozen=True, slots=True)
class Family:
    """Figures of one source family, a mixture of components.

    Attributes
    ----------
    name : str
    components : tuple of Component
    event : str
        Id of the event it was calibrated to; empty otherwise.
    alone : bool
        Set by the user in place of all others, which are then set aside.
    """

    name: str
    components: tuple[Component, ...]
    event: str = ""
    alone: bool = False

    def median(self) -> float:
        """Middle value of the family."""
        return _quantile([(1.0, self)], 0.5)

    @property
    def assumption(self) -> bool:
        """Whether it holds generic priors only."""
        return all(c.assumption for c in self.components)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as a mixture over source families.

    Attributes
    ----------
    name : str
    families : tuple of Family
    bounds : tuple of float
        Smallest and largest value; what lies beyond is set to the bound.
    """

    name: str
    families: tuple[Family, ...]
    bounds: tuple[float, float]

    @property
    def active(self) -> tuple[Family, ...]:
        """Families that count: those the user set if any, else all."""
        return tuple(f for f in self.families if f.alone) or self.families

    def weight(self, family: Family) -> float:
        """Weight of a family in the mixture: equal over the active ones, 0 for one set aside."""
        return 1 / len(self.active) if family in self.active else 0.0

    @property
    def assumption(self) -> bool:
        """Whether nothing but generic priors is known."""
        return all(f.assumption for f in self.active)

    def cdf(self, x: float) -> float:
        """Probability of a value of at most `x`."""
        low, high = self.bounds
        if x < low:
            return 0.0
        if x >= high:
            return 1.0
        return sum(self.weight(f) * c.weight * c.cdf(x) for f in self.active for c in f.components)

    def quantile(self, probability: float) -> float:
        """Value at a probability of the whole mixture, within the bounds."""
        found = _quantile([(self.weight(f), f) for f in self.active], probability)
        return min(self.bounds[1], max(self.bounds[0], found))

    def median(self) -> float:
        """Middle value of the whole mixture."""
        return self.quantile(0.5)

    def values(self, choice: Floats, uniform: Floats, normal: Floats, between_sources: bool) -> tuple[Floats, Ints]:
        """Values and the position (in `families`) of the family each is from.

        Parameters
        ----------
        choice : array (draw,), in (0, 1)
            Picks family and component.
        uniform, normal : array (draw,)
            Picks the value within the component: probabilities, and the same as standard normal quantiles.
        between_sources : bool
            Whether families keep their own level. If not, the values of a family are multiplied by pooled median over family median, so
            that each family is centred on the pooled median and only the spread within sources remains.
        """
        active = self.active
        picked = np.minimum((choice * len(active)).astype(np.intp), len(active) - 1)
        within = choice * len(active) - picked
        position = np.array([self.families.index(f) for f in active], dtype=np.intp)
        values = np.empty_like(choice)
        pooled = self.median()
        for at, family in enumerate(active):
            shift = 1.0 if between_sources or len(active) == 1 else pooled / family.median()
            edges = np.cumsum([c.weight for c in family.components])
            part = np.minimum(np.searchsorted(edges, within, side="right"), len(family.components) - 1)
            for n, component in enumerate(family.components):
                chosen = (picked == at) & (part == n)
                values[chosen] = shift * component.values(uniform[chosen], normal[chosen])
        return np.clip(values, *self.bounds), position[picked]


def _quantile(mixture: list[tuple[float, Family]], probability: float) -> float:
    """Quantile of a mixture of families by halving the bracket that the components' own quantiles give."""
    parts = [(w * c.weight, c) for w, family in mixture for c in family.components]
    own = [c.quantile(probability) for _, c in parts]
    low, high = min(own), max(own)
    for _ in range(_HALVINGS):
        if low == high:
            break
        middle = math.sqrt(low * high) if low > 0 else (low + high) / 2
        if sum(w * c.cdf(middle) for w, c in parts) < probability:
            low = middle
        else:
            high = middle
    return high
