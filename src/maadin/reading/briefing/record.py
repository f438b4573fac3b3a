"""The model's own record on a measure that lies within the data: what it says would follow, and what followed.

The market is that of the year before and the elasticities are those of every other run, so nothing of what followed is in the prediction. Beside it stands
the elasticity of substitution that would have been right (`maadin.market.observed_event`); it is shown, never used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from maadin.errors import MaadinError
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.event_calibration import Calibration, exposure
from maadin.market.observed_event import calibrate_event
from maadin.policy.measures import MarketMeasure
from maadin.policy.places import routes as routes_of

if TYPE_CHECKING:
    from maadin.policy.outcome import Outcome
    from maadin.reading.propose import Proposed

ROUTES = 5  # the largest of a measure that are compared
YEARS = 3  # after the measure that are looked at
DUTIES = ("ad valorem tariff",)


@dataclass(frozen=True, slots=True)
class Flow:
    """What was traded in a year, and what the model says would have been.

    Attributes
    ----------
    year : int
    exposure : float
        Part of the year for which the measure stood, 0 to 1.
    observed_t : float
    expected_t, low_t, high_t : float
        The year before and the prediction, mixed by `exposure`; 90% interval.
    """

    year: int
    exposure: float
    observed_t: float
    expected_t: float
    low_t: float
    high_t: float

    @property
    def is_inside(self) -> bool:
        """Whether what was traded lies within the interval."""
        return self.low_t <= self.observed_t <= self.high_t


@dataclass(frozen=True, slots=True)
class Route:
    """A route of a measure before it, as predicted, and as it came.

    Attributes
    ----------
    exporter, importer : str
    before_t : float
        In the year of the benchmark.
    predicted_t, low_t, high_t : float
        For a whole year under the measure; 90% interval.
    flows : tuple of Flow
        Years from the measure on.
    """

    exporter: str
    importer: str
    before_t: float
    predicted_t: float
    low_t: float
    high_t: float
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """Prediction and outcome of a past measure.

    Attributes
    ----------
    measure_id : str
        In the table of measures.
    since : str
        First day.
    year : int
        Of the benchmark.
    routes : tuple of Route
        The largest first.
    armington_used : float
        Median elasticity of substitution of the prediction.
    calibration : Calibration or None
        What the event itself says of that elasticity.
    because : Note or None
        Why there is no calibration.
    """

    measure_id: str
    since: str
    year: int
    routes: tuple[Route, ...]
    armington_used: float
    calibration: Calibration | None = None
    because: Note | None = None

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        c = self.calibration
        return {
            "measure": self.measure_id,
            "since": self.since,
            "year": self.year,
            "armington_used": self.armington_used,
            "armington_observed": None if c is None else {"median": c.armington, "low": c.low, "high": c.high, "note": c.note},
            "because": None if self.because is None else {"id": self.because.id, **self.because.values},
            "routes": [
                {
                    **{name: getattr(r, name) for name in ("exporter", "importer", "before_t", "predicted_t", "low_t", "high_t")},
                    "years": [{**{n: getattr(f, n) for n in Flow.__slots__}, "is_inside": f.is_inside} for f in r.flows],
                }
                for r in self.routes
            ],
        }


def record(proposed: Proposed, outcome: Outcome, *, last: int, store: Store | None = None) -> Record | None:
    """The record of a proposed measure; None where it is not on record within the data or acts on no route.

    Parameters
    ----------
    proposed : Proposed
    outcome : Outcome
        Of its scenario.
    last : int
        Last year with trade.
    store : Store, optional
    """
    event = proposed.event
    if event is None:
        return None
    since = date.fromisoformat(event.since)
    if since.year > last or since.year <= outcome.market.year:
        return None
    later = [
        Benchmark.from_facts(outcome.market.commodity, year, outcome.market.stage, store=store)
        for year in range(since.year, min(last, since.year + YEARS - 1) + 1)
    ]
    routes = tuple(_route(outcome, pair, since, later) for pair in _largest(outcome))
    if not routes:
        return None
    calibration, because = None, None
    if event.instrument in DUTIES:
        try:
            calibration = calibrate_event(event.id, store=store)
        except MaadinError as error:
            because = Note("no_calibration", {"why": str(error).splitlines()[0][:300]})
    used = outcome.elasticities.armington.median()
    return Record(event.id, since.isoformat(), outcome.market.year, routes, used, calibration, because)


def _largest(outcome: Outcome) -> list[tuple[int, int]]:
    """Routes of the first measure at a border, the largest flows of the benchmark first."""
    b = outcome.market
    measure = next((m for m in outcome.scenario.measures if isinstance(m, MarketMeasure) and hasattr(m, "exporter")), None)
    if measure is None:
        return []
    pairs = [(i, j) for i, j in routes_of(measure, b.countries, b.year).pairs() if b.trade_t[i, j] > 0]
    return sorted(pairs, key=lambda pair: -b.trade_t[pair])[:ROUTES]


def _route(outcome: Outcome, pair: tuple[int, int], since: date, later: list[Benchmark]) -> Route:
    b = outcome.market
    exporter, importer = (b.countries[at] for at in pair)
    before = float(b.trade_t[pair])
    levels = outcome.counterfactual["trade_t"].sel(exporter=exporter, importer=importer)
    found = levels.transpose("statistic").values[:3].tolist()
    predicted, low, high = found if len(found) == 3 else (found[0], float("nan"), float("nan"))
    flows = []
    for then in later:
        part = exposure(since, then.year)
        places = [then.countries.index(c) if c in then.countries else None for c in (exporter, importer)]
        seen = 0.0 if None in places else float(np.asarray(then.trade_t)[places[0], places[1]])
        flows.append(Flow(then.year, part, seen, *(before + part * (level - before) for level in (predicted, low, high))))
    return Route(exporter, importer, before, predicted, low, high, tuple(flows))
