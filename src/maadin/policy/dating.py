"""Measures at a year: what part of it they are in force, how far capacity is built, and what is added up over days.

A measure without dates is in force from the first year after the benchmark on. Within a year, days count: rates and tonnes of a measure that is in force for
a part f of the days are taken f times. What a measure replaces or limits stays as it was for the other days: see `maadin.policy.translate`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from maadin.policy.measures import Capacity, MarketMeasure
from maadin.policy.scenario import Scenario

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class InYear:
    """A year in which a scenario is translated.

    Attributes
    ----------
    year : int
    first : int
        First year of the path in which measures act.
    trend : array (1,) or (draws,)
        Supply of all countries at benchmark prices over the benchmark's.
    carried : callable, optional
        Gives the tonnes that some routes (a mask over exporter and importer) carry in this year without the scenario, array (1,) or (draws,); the
        benchmark's without it.
    """

    year: int
    first: int
    trend: Floats = field(default_factory=lambda: np.ones(1))
    carried: Callable[[Mask], Floats] | None = None

    def part(self, measure: MarketMeasure) -> float:
        """Part of the year's days on which a measure is in force."""
        return measure.in_force(self.year) if self.year >= self.first else 0.0

    def built(self, measure: Capacity, ramp_years: Floats) -> Floats:
        """Part of a capacity that gives output: steps of equal size at the turn of the year, from the year of first output on.

        Examples
        --------
        >>> mine = Capacity(country="RUS", tonnes="10 kt", ramp_years=3, **{"from": 2027})
        >>> [InYear(year, 2025).built(mine, np.array([3.0])).item() for year in (2026, 2027, 2028, 2030, 2031)]
        [0.0, 0.25, 0.5, 1.0, 1.0]
        """
        start = measure.from_date.year if measure.from_date else self.first
        steps = (self.year - start + 1) / (np.asarray(ramp_years) + 1)
        return np.asarray(self.part(measure) * np.clip(steps, 0.0, 1.0))

    def open_part(self, closures: Sequence[tuple[Mask, MarketMeasure]]) -> Floats:
        """Part of the year's days on which none of some closures is in force, array (exporter, importer)."""
        spans = [(mask, *_span(measure, self.year)) for mask, measure in closures]
        first, after = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        turns = sorted({first, after, *(day for _, start, stop in spans for day in (start, stop))})
        shut_days = np.zeros(closures[0][0].shape, dtype=np.int64)
        for start, stop in pairwise(turns):
            shut = [mask for mask, begins, ends in spans if begins <= start and stop <= ends]
            if shut:
                shut_days[np.logical_or.reduce(shut)] += (stop - start).days
        return 1 - shut_days / (after - first).days


def _span(measure: MarketMeasure, year: int) -> tuple[date, date]:
    """First day in force in a year and the day after the last one, both within it."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    start = min(after, max(first, measure.from_date or first))
    stop = min(after, measure.to_date + timedelta(days=1) if measure.to_date else after)
    return start, max(start, stop)


def idle(scenario: Scenario, first: int, last: int) -> tuple[int, ...]:
    """Positions of market measures that are in force on no day from one year to another."""
    years = range(first, last + 1)
    return tuple(
        at for at, m in enumerate(scenario.measures) if isinstance(m, MarketMeasure) and not any(m.in_force(year) > 0 for year in years)
    )


def started(scenario: Scenario, year: int) -> Scenario:
    """The scenario with the first output of all added capacity in a year."""
    return _with_capacities(scenario, lambda measure: measure.model_copy(update={"from_date": date(year, 1, 1)}))


def of_size(scenario: Scenario, tonnes: float) -> Scenario:
    """The scenario with every added capacity of a size."""
    return _with_capacities(scenario, lambda measure: measure.model_copy(update={"tonnes": tonnes}))


def _with_capacities(scenario: Scenario, change: Callable[[Capacity], Capacity]) -> Scenario:
    return scenario.model_copy(update={"measures": tuple(change(m) if isinstance(m, Capacity) else m for m in scenario.measures)})
