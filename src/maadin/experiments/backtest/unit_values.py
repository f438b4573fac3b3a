"""Prices of the parties: what the model says of them, and what unit values did, both against the world's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maadin.experiments.backtest.trade_matrix import TradeMatrix
from maadin.policy.outcome import Outcome

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class UnitValue:
    """Price of what a party sells abroad or buys there, after over before, against the world's.

    Attributes
    ----------
    country : str
    side : str
        exports or imports.
    predicted, observed : float
        Ratio after over before, over the same ratio of all trade; 1 is no change against the world.
    before_usd_per_t, observed_usd_per_t : float, USD per tonne of the mass basis
    """

    country: str
    side: Literal["exports", "imports"]
    predicted: float
    observed: float
    before_usd_per_t: float
    observed_usd_per_t: float


def unit_values(outcome: Outcome, before: TradeMatrix, after: TradeMatrix, sells: Mask, buys: Mask) -> tuple[UnitValue, ...]:
    """Unit values of the parties that trade in both years; none where quantities come from values, which would say nothing."""
    if before.imputed or after.imputed:
        return ()
    world = _world(outcome)
    levels = [m.value_usd.sum() / m.tonnes.sum() for m in (before, after)]
    found = []
    for chosen, axis in ((sells, 1), (buys, 0)):
        old, new = (_unit_value(m, axis) for m in (before, after))
        for n in np.flatnonzero(chosen & np.isfinite(old) & np.isfinite(new)).tolist():
            country = before.countries[n]
            said = _said(outcome, country, axis)
            if np.isfinite(said):
                seen = (new[n] / old[n]) / (levels[1] / levels[0])
                found.append(UnitValue(country, "exports" if axis else "imports", said / world, float(seen), float(old[n]), float(new[n])))
    return tuple(found)


def _unit_value(m: TradeMatrix, axis: int) -> Floats:
    tonnes, value = m.tonnes.sum(axis=axis), m.value_usd.sum(axis=axis)
    return np.asarray(np.divide(value, tonnes, out=np.full_like(value, np.nan), where=tonnes > 0))


def _said(outcome: Outcome, country: str, axis: int) -> float:
    """Ratio of the fob value of a tonne that a country sells abroad or buys there."""
    ratios = []
    for data in (outcome.counterfactual.sel(statistic="median"), outcome.benchmark):
        flows = [data[name].transpose("exporter", "importer").values.copy() for name in ("trade_t", "value_usd")]
        countries = data["exporter"].values.tolist()
        if country not in countries:
            return float("nan")
        n = countries.index(country)
        for flow in flows:
            np.fill_diagonal(flow, 0.0)
        tonnes, value = (float(f.sum(axis=axis)[n]) for f in flows)
        ratios.append(value / tonnes if tonnes > 0 else float("nan"))
    return ratios[0] / ratios[1]


def _world(outcome: Outcome) -> float:
    """Ratio of the fob value of a tonne in all trade."""
    ratios = []
    for data in (outcome.counterfactual.sel(statistic="median"), outcome.benchmark):
        tonnes, value = (
            float(data[name].sum() - np.trace(data[name].transpose("exporter", "importer").values)) for name in ("trade_t", "value_usd")
        )
        ratios.append(value / tonnes)
    return ratios[0] / ratios[1]
