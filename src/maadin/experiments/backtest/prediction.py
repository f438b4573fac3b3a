"""From a solved market to predicted trade: the published flow of the year before times the model's ratio, draw by draw.

The benchmark of the model is reconciled with output, the trade table is not. Ratios carry what the model says over to the published figures, so that nothing of the
reconciliation is scored. A route that the trade table has and the benchmark lacks keeps its flow; one that the model opens gets what the model says, in units of
published trade.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.experiments.backtest.event import Event
from maadin.experiments.backtest.model import Model
from maadin.experiments.backtest.trade_matrix import TradeMatrix
from maadin.facts.store import Store
from maadin.market.accounts import Accounts
from maadin.market.benchmark import Benchmark
from maadin.policy.outcome import Outcome
from maadin.policy.run import pooled_for, simulate
from maadin.policy.scenario import Scenario

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Trade that the model expects in a year under the event.

    Attributes
    ----------
    scenario : Scenario
    outcome : Outcome
    tonnes : array (draw, exporter, importer), tonnes
        In the order of the trade matrix; one draw, at the medians, if no more were asked for.
    """

    scenario: Scenario
    outcome: Outcome
    tonnes: Floats

    @property
    def middle(self) -> Floats:
        """Median over draws, array (exporter, importer), tonnes."""
        return np.asarray(np.median(self.tonnes, axis=0))

    @property
    def armington(self) -> float:
        """Median elasticity of substitution."""
        return self.outcome.elasticities.armington.median()


def predict(
    event: Event, model: Model, benchmark: Benchmark, before: TradeMatrix, *, draws: int, seed: int, store: Store | None
) -> Prediction:
    """Predict trade under an event.

    Parameters
    ----------
    before : TradeMatrix
        The year of the benchmark.
    draws : int
        0 for the medians alone.

    Raises
    ------
    InputError, SolveError
        As `maadin.policy.run.simulate`.
    """
    scenario = event.scenario(**model.fields)
    pooled = model.pooled(pooled_for(scenario, benchmark, store))
    outcome = simulate(benchmark, scenario, draws=draws, seed=seed, pooled=pooled, within=False, keep=True, store=store)
    assert outcome.books is not None
    return Prediction(scenario, outcome, _carried_over(outcome.books, benchmark, before))


def _carried_over(books: Accounts, benchmark: Benchmark, before: TradeMatrix) -> Floats:
    """Published flows times the ratios of the model, array (draw, exporter, importer)."""
    n, size = len(benchmark.countries), len(before.countries)
    place = np.array([before.countries.index(c) if c in before.countries else -1 for c in benchmark.countries], dtype=np.intp)
    between = (books.importer < n) & (books.exporter != np.where(books.importer < n, books.importer, -1))
    exporter, importer, flows = books.exporter[between], books.importer[between], books.flow_t[between]
    known = (place[exporter] >= 0) & (place[importer] >= 0)
    exporter, importer, flows = exporter[known], importer[known], flows[known]
    old = benchmark.trade_t[exporter, importer]
    printed = before.tonnes[place[exporter], place[importer]]
    traded = benchmark.trade_t.sum() - benchmark.trade_t.trace()
    unit = before.tonnes.sum() / traded
    made = np.empty((flows.shape[1], size, size))
    made[:] = before.tonnes
    modelled = np.ix_(place[place >= 0], place[place >= 0])
    in_benchmark = np.zeros((size, size), dtype=bool)
    kept = np.flatnonzero(place >= 0)
    in_benchmark[modelled] = benchmark.trade_t[np.ix_(kept, kept)] > 0
    made[:, in_benchmark] = 0.0  # what the model leaves out of its flows is gone
    ratio = np.divide(flows, old[:, None], out=np.zeros_like(flows), where=old[:, None] > 0)
    value = np.where((old > 0)[:, None], printed[:, None] * ratio, flows * unit)
    made[:, place[exporter], place[importer]] = value.T
    return made
