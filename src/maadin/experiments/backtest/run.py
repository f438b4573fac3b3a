"""One event: predict from the year before, look at the year after, score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.experiments.backtest.baselines import reallocated
from maadin.experiments.backtest.direct import Direct, direct
from maadin.experiments.backtest.event import Event
from maadin.experiments.backtest.model import Model
from maadin.experiments.backtest.ordinary import SEEN, Ordinary, ordinary, within
from maadin.experiments.backtest.prediction import Prediction, predict
from maadin.experiments.backtest.scores import Errors, distance, shares
from maadin.experiments.backtest.trade_matrix import TradeMatrix, aligned, trade_matrix
from maadin.experiments.backtest.unit_values import UnitValue, unit_values
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
DRAWS = 256
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Partner:
    """A route among those of the parties, with its share of their trade.

    Attributes
    ----------
    exporter, importer : str
    hit : bool
        Whether the measures act on it.
    before, predicted, observed : float, fraction
        Share of the trade in scope.
    low, high : float, fraction
        90% interval over elasticities.
    low_wide, high_wide : float, fraction
        The same with what shares do in ordinary times.
    before_t, predicted_t, observed_t : float, tonnes
    """

    exporter: str
    importer: str
    hit: bool
    before: float
    predicted: float
    observed: float
    low: float
    high: float
    low_wide: float
    high_wide: float
    before_t: float
    predicted_t: float
    observed_t: float

    @property
    def right_direction(self) -> bool:
        """Whether the share moved the way that was predicted."""
        return bool((self.predicted - self.before) * (self.observed - self.before) > 0)

    @property
    def inside(self) -> bool:
        """Whether the observed share lies in the interval over elasticities."""
        return self.low <= self.observed <= self.high

    @property
    def inside_wide(self) -> bool:
        """Whether it lies in the wide interval."""
        return self.low_wide <= self.observed <= self.high_wide


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """An event with what the model said and what came.

    Attributes
    ----------
    event : Event
    model : Model
    market : Benchmark
        The year before.
    exporters, importers : tuple of str
        Parties: ends of the routes that carried 95 % of what is hit.
    parties : Errors
        Over all trade from or to the parties; the headline.
    world : Errors
        Over all trade of the market.
    partners : tuple of Partner
        Routes in scope with at least 1 % of its trade before or after, the largest first.
    unit_values : tuple of UnitValue
    before_t, observed_t, predicted_t : float, tonnes
        World trade.
    hit_share : float
        Part of world trade on routes that the measures act on.
    ordinary : Ordinary
    armington : float
        Median elasticity of substitution of the prediction.
    draws, seed : int
    notes : tuple of Note
    sources : tuple of (source, release)
    """

    event: Event
    model: Model
    market: Benchmark
    exporters: tuple[str, ...]
    importers: tuple[str, ...]
    parties: Errors
    world: Errors
    partners: tuple[Partner, ...]
    unit_values: tuple[UnitValue, ...]
    before_t: float
    observed_t: float
    predicted_t: float
    hit_share: float
    ordinary: Ordinary
    armington: float
    draws: int
    seed: int
    notes: tuple[Note, ...]
    sources: tuple[tuple[str, str], ...]

    @property
    def directions(self) -> tuple[int, int]:
        """Partners whose share moved as predicted, and partners in all; those the measures act on are left out, since that is no feat."""
        return _count(p.right_direction for p in self.partners if not p.hit)

    @property
    def coverage(self) -> tuple[int, int]:
        """Partners inside the 90% interval over elasticities, and partners in all."""
        return _count(p.inside for p in self.partners)

    @property
    def coverage_wide(self) -> tuple[int, int]:
        """Partners inside the wide 90% interval, and partners in all."""
        return _count(p.inside_wide for p in self.partners)

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        counts = {
            name: dict(zip(("right", "of"), getattr(self, name), strict=True)) for name in ("directions", "coverage", "coverage_wide")
        }
        return {
            "event": self.event.to_data(),
            "model": {"name": self.model.name, "scenario_fields": dict(self.model.fields), "armington_factor": self.model.armington_factor},
            "market": {
                "commodity": self.market.commodity, "stage": self.market.stage, "kind": self.market.kind, "grade": self.market.grade, "mass_basis": self.market.mass_basis, "codes": list(self.market.codes),
            },
            "exporters": list(self.exporters), "importers": list(self.importers),
            "errors": {name: _errors(getattr(self, name)) for name in ("parties", "world")},
            **counts,
            "partners": [{f: getattr(p, f) for f in Partner.__slots__} for p in self.partners],
            "unit_values": [{f: getattr(u, f) for f in UnitValue.__slots__} for u in self.unit_values],
            "trade_t": {"before": self.before_t, "predicted": self.predicted_t, "observed": self.observed_t}, "hit_share": self.hit_share,
            "armington": self.armington, "draws": self.draws, "seed": self.seed,
            "sources": [{"source": s, "release": r} for s, r in self.sources],
        }  # fmt: skip


def backtest(event: Event, model: Model | None = None, *, draws: int = DRAWS, seed: int = 0, store: Store | None = None) -> Backtest:
    """Score the model on an event.

    The market is that of the year before and the elasticities are those that any run has; nothing of what followed is in the prediction.

    Parameters
    ----------
    event : Event
    model : Model, optional
        Setting of the model; as `maadin simulate` runs it without one.
    draws : int
        0 for the medians alone, without intervals.
    seed : int
    store : Store, optional

    Raises
    ------
    InputError
        If the market cannot be balanced, a year has no trade, or the measures act on no trade.
    SolveError
        If the model has no solution.
    """
    used = model or Model()
    market = Benchmark.from_facts(event.commodity, event.before, event.stage, store=store)
    key = (market.commodity, market.stage)
    before, after = aligned(*(trade_matrix(*key, year, store) for year in (event.before, event.after)))
    prediction = predict(event, used, market, before, draws=draws, seed=seed, store=store)
    effect = direct(
        prediction.scenario, market, before.tonnes, before.countries, lambda year: within(trade_matrix(*key, year, store), before.countries)
    )
    if not effect.hit.any():
        raise InputError(f"event '{event.id}': its measures act on no trade of {event.before}, so there is nothing to score")
    sells, buys = effect.parties(before.tonnes)
    everywhere = ~np.eye(len(before.countries), dtype=bool)
    scope = (sells[:, None] | buys[None, :]) & everywhere
    gap = event.after - event.before
    usual = ordinary(key, before, scope, gap, store)
    usual_world = ordinary(key, before, everywhere, gap, store)
    return Backtest(
        event=event, model=used, market=market, exporters=_names(sells, before), importers=_names(buys, before),
        parties=_scored(before, after, prediction, effect, scope, usual), world=_scored(before, after, prediction, effect, everywhere, usual_world),
        partners=_partners(before, after, prediction, effect, scope, usual),
        unit_values=unit_values(prediction.outcome, before, after, sells, buys), before_t=float(before.tonnes.sum()),
        observed_t=float(after.tonnes.sum()), predicted_t=float(prediction.middle.sum()),
        hit_share=float(before.tonnes[effect.hit].sum() / before.tonnes.sum()), ordinary=usual, armington=prediction.armington, draws=draws,
        seed=seed, notes=(*market.notes, *prediction.outcome.notes), sources=market.sources,
    )  # fmt: skip


def _scored(before: TradeMatrix, after: TradeMatrix, prediction: Prediction, effect: Direct, scope: Mask, usual: Ordinary) -> Errors:
    none, reallocation, model = (
        distance(guess, after.tonnes, scope) for guess in (before.tonnes, reallocated(before.tonnes, effect), prediction.middle)
    )
    return Errors(none, reallocation, model, usual.error)


def _partners(
    before: TradeMatrix, after: TradeMatrix, prediction: Prediction, effect: Direct, scope: Mask, usual: Ordinary
) -> tuple[Partner, ...]:
    was, came = shares(before.tonnes, scope), shares(after.tonnes, scope)
    drawn = shares(prediction.tonnes, scope)
    said = shares(prediction.middle, scope)
    low, high = np.quantile(drawn, INTERVAL, axis=0)
    seen = np.argwhere((np.maximum(was, came) >= SEEN) & scope)
    found = []
    for i, j in seen[np.argsort(-np.maximum(was, came)[seen[:, 0], seen[:, 1]], kind="stable")].tolist():
        below, above = _widened(said[i, j], low[i, j], high[i, j], usual.log_half_width)
        found.append(
            Partner(
                exporter=before.countries[i],
                importer=before.countries[j],
                hit=bool(effect.hit[i, j]),
                before=float(was[i, j]),
                predicted=float(said[i, j]),
                observed=float(came[i, j]),
                low=float(low[i, j]),
                high=float(high[i, j]),
                low_wide=below,
                high_wide=above,
                before_t=float(before.tonnes[i, j]),
                predicted_t=float(prediction.middle[i, j]),
                observed_t=float(after.tonnes[i, j]),
            )
        )
    return tuple(found)


def _widened(middle: float, low: float, high: float, half_width: float) -> tuple[float, float]:
    """An interval with ordinary change added: half-widths in logs added as squares."""
    if middle <= 0:
        return 0.0, float(high)
    down = np.log(middle / low) if low > 0 else np.inf
    up = np.log(max(high, middle) / middle)
    return float(middle * np.exp(-np.hypot(down, half_width))), float(min(1.0, middle * np.exp(np.hypot(up, half_width))))


def _names(chosen: Mask, matrix: TradeMatrix) -> tuple[str, ...]:
    return tuple(c for c, yes in zip(matrix.countries, chosen.tolist(), strict=True) if yes)


def _count(hits: Iterable[bool]) -> tuple[int, int]:
    told = list(hits)
    return sum(told), len(told)


def _errors(e: Errors) -> dict[str, float | None]:
    found: dict[str, float | None] = {name: getattr(e, name) for name in ("no_change", "reallocation", "model", "ordinary")}
    found |= {f"skill_{name}": e.skill(name) for name in ("no_change", "reallocation")}
    return {name: None if value is None or value != value else value for name, value in found.items()}
