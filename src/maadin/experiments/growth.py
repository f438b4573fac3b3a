r"""Growth of demand on a path: how fast world output grew, how well that is known, and how it goes on.

With annual growth :math:`g_y = \ln(Q_y / Q_{y-1})` of world output in n years the mean :math:`\bar g` is known up to its own standard error; low and high are
the 5 and 95 % points of Student's distribution around it, as for a random walk with drift. What grew by 14 % a year for six years does not go on like that
for fifteen: the distance to the growth of the median mineral :math:`m` fades, by a part :math:`1 - \phi` every year (a damped trend), so that after k years

.. math:: \ln G_k = \sum_{j=1}^{k} m + (g - m)\, \phi^{j-1}

A rate the user gives does not fade.

References
----------
Gardner, E. S. & McKenzie, E. (1985), Forecasting trends in time series, Management Science 31(10), equation 3; there the trend fades to nothing. The part
that stays, 0.9 a year, and the growth it fades to are assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist, median
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from maadin import units
from maadin.errors import InputError, UnitError
from maadin.facts import catalogue
from maadin.facts.store import Store, default_store
from maadin.units import Range

Floats = NDArray[np.float64]
Case = Literal["low", "mid", "high"]

SOURCE, USER, WORLD = "wmd", "user", "WLD"
FADE = 0.9
FEWEST = 5  # years of world output from which growth is computed
SLOWEST, FASTEST = -0.25, 0.35  # growth in logs a year: what lies beyond is set to it
STUDENT_95 = {4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 9: 1.833, 10: 1.812}  # 95 % points by degrees of freedom
Z95 = NormalDist().inv_cdf(0.95)
BEYOND = 1.645


@dataclass(frozen=True, slots=True)
class Growth:
    """How fast demand for a commodity grows.

    Attributes
    ----------
    commodity, stage : str
        Whose output it is computed from; an empty stage where nothing is.
    low, mid, high : float, fraction a year
        5, 50 and 95 % points of growth in the first year.
    later : float, fraction a year
        What growth fades to.
    fade : float
        Part of the distance to `later` that is left after a year; 1 for growth that does not fade.
    first_year, last_year : int
        Of the figures; 0 without any.
    source, release : str
        user for a rate of the user's own; empty where nothing is known.
    """

    commodity: str
    stage: str
    low: float
    mid: float
    high: float
    later: float
    fade: float
    first_year: int = 0
    last_year: int = 0
    source: str = ""
    release: str = ""

    @property
    def is_fixed(self) -> bool:
        """Whether every draw has the same growth."""
        return self.low == self.high

    def at(self, case: Case) -> Growth:
        """The same with one rate for all draws."""
        rate = getattr(self, case)
        return replace(self, low=rate, mid=rate, high=rate)

    def rates(self, uniform: Floats) -> Floats:
        """Growth of the first year of every draw, in logs, array (draws,).

        Parameters
        ----------
        uniform : array (draws,), in (0, 1)
            Position of each draw in the range: evenly over a range of the user's own, else normal on both sides of the middle.
        """
        from scipy.special import ndtri  # here, since scipy takes its time to be imported

        low, mid, high = (math.log1p(rate) for rate in (self.low, self.mid, self.high))
        if self.source == USER:
            return np.log1p(self.low + (self.high - self.low) * uniform)
        normal = ndtri(uniform)
        return np.clip(mid + normal / Z95 * np.where(normal < 0, mid - low, high - mid), SLOWEST, FASTEST)

    def trend(self, years: int, rates: Floats) -> Floats:
        """Demand after some years over the benchmark's, of every draw, array (draws,); exactly 1 without growth.

        Examples
        --------
        >>> copper = Growth("copper", "mine", 0.02, 0.02, 0.02, 0.02, 1.0)
        >>> copper.trend(2, copper.rates(np.array([0.5]))).round(4).tolist()
        [1.0404]
        """
        faded = years if self.fade == 1 else (1 - self.fade**years) / (1 - self.fade)
        return np.asarray(np.exp(math.log1p(self.later) * (years - faded) + rates * faded))


def growth_of(commodity: str, stage: str | None = None, *, store: Store | None = None) -> Growth:
    """Growth of a commodity's world output, computed from the tables at hand.

    Parameters
    ----------
    commodity : str
        Id of the catalogue; for any other, as of a user's own market, growth is not known.
    stage : str, optional
        Where the source does not count this stage, the one it counts stands in.
    store : Store, optional

    Returns
    -------
    Growth
        Nothing known: no growth, an empty source.
    """
    world = _world_output(store)
    rates = {key: np.diff(np.log(list(found.values()))) for key, (found, _) in world.items()}
    of_commodity = [key for key in rates if key[0] == commodity]
    if not of_commodity:
        return Growth(commodity, "", 0.0, 0.0, 0.0, 0.0, 1.0)
    key = next((k for k in of_commodity if k[1] == stage), of_commodity[0])
    yearly, (found, release) = rates[key], world[key]
    mean = float(yearly.mean())
    error = float(yearly.std(ddof=1)) / math.sqrt(len(yearly))
    spread = STUDENT_95.get(len(yearly) - 1, BEYOND) * error
    low, mid, high, later = (
        math.expm1(min(FASTEST, max(SLOWEST, g)))
        for g in (mean - spread, mean, mean + spread, median(float(y.mean()) for y in rates.values()))
    )
    return Growth(commodity, key[1], low, mid, high, later, FADE, min(found), max(found), SOURCE, release)


def chosen(growth: Growth, given: str | float | Range | None) -> Growth:
    """The growth a user asks for.

    Parameters
    ----------
    growth : Growth
        What is known.
    given : str, number or Range, optional
        low, mid or high: that rate for every draw. A rate as in "2%", or a range as in "1% to 3%": it does not fade. None: the whole known range.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if given is None:
        return growth
    if isinstance(given, str) and given.strip().casefold() in get_args(Case):
        return growth.at(given.strip().casefold())  # type: ignore[arg-type]
    try:
        low, high = units.ends(units.read(given, units.CHANGE))
    except UnitError as error:
        raise InputError(f"growth: expected low, mid, high or a rate a year as in 2%; {error}") from None
    if not SLOWEST <= math.log1p(max(low, -0.99)) <= math.log1p(high) <= FASTEST:
        raise InputError(f"growth of {given} a year is out of range; expected {math.expm1(SLOWEST):.0%} to {math.expm1(FASTEST):.0%}")
    return Growth(growth.commodity, growth.stage, low, (low + high) / 2, high, 0.0, 1.0, source=USER)


def _world_output(store: Store | None) -> Mapping[tuple[str, str], tuple[dict[int, float], str]]:
    """World output by year, of commodity and stage, with the newest release; of those with enough years in a row that end with the latest."""
    query = """select commodity, stage, form, year, release, value from production
        where source = ? and country = ? and value > 0 order by commodity, stage, form, year, release"""
    found: dict[tuple[str, str], tuple[dict[int, float], str]] = {}
    forms: dict[tuple[str, str], str] = {}
    for commodity, stage, form, year, release, value in (store or default_store()).rows(query, [SOURCE, WORLD]):
        if commodity not in catalogue.commodities() or forms.setdefault((commodity, stage), form) != form:
            continue
        known, newest = found.setdefault((commodity, stage), ({}, release))
        known[year] = float(value)  # a later release of the same year comes after
        found[commodity, stage] = (known, max(newest, release))
    return {key: entry for key, entry in found.items() if len(entry[0]) >= FEWEST and max(entry[0]) - min(entry[0]) == len(entry[0]) - 1}
