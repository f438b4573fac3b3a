"""What an event does to trade by itself, before anybody reacts: the tonnes that its measures leave on each route, or bring back to it.

The baseline of proportional reallocation and the scope of the scores need it. A measure that closes a route leaves nothing of it; a reopened route gets back the
share of the importer's imports that it had in its open year; a loss of output, or an added capacity, changes all routes of the country alike; a quota leaves its
tonnes; a duty, tax or subsidy leaves what the same spending buys at the new price.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.market.benchmark import Benchmark
from maadin.policy import measures as m
from maadin.policy.places import members, routes
from maadin.policy.scenario import Scenario
from maadin.units import Range, ends

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
MAIN = 0.95  # of what is hit: whose routes carry it are the parties
AT_BORDERS = m.Embargo | m.ExportBan | m.Tariff | m.ExportTax | m.ImportQuota | m.ExportQuota
AT_HOME = m.SupplyShock | m.Capacity | m.Subsidy


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """What an event does by itself.

    Attributes
    ----------
    hit : array of bool (exporter, importer)
        Routes that the measures act on and that carry something, before or by what they bring back.
    kept_t : array (exporter, importer), tonnes
        What is left on each route, or brought to it.
    lost_at_source : array of bool (exporter,)
        Exporters that have less or more to sell, rather than fewer or more to sell to.
    """

    hit: Mask
    kept_t: Floats
    lost_at_source: Mask

    def parties(self, tonnes: Floats) -> tuple[Mask, Mask]:
        """Exporters and importers of the routes that carry most of what is hit, arrays of bool (n,)."""
        amounts = np.where(self.hit, np.maximum(tonnes, self.kept_t), 0.0)
        order = np.argsort(-amounts, axis=None, kind="stable")
        running = np.cumsum(amounts.flat[order])
        kept = order[: int(np.searchsorted(running, MAIN * running[-1])) + 1]
        main = np.zeros_like(self.hit)
        main.flat[kept] = amounts.flat[kept] > 0
        return np.asarray(main.any(axis=1)), np.asarray(main.any(axis=0))


def direct(scenario: Scenario, benchmark: Benchmark, tonnes: Floats, countries: tuple[str, ...], past: Callable[[int], Floats]) -> Direct:
    """What a scenario's measures do to trade by themselves.

    Parameters
    ----------
    scenario : Scenario
    benchmark : Benchmark
        For duties that stand already, and output.
    tonnes : array (exporter, importer), tonnes
        Trade before.
    countries : tuple of str
        Rows and columns of `tonnes`.
    past : callable
        Trade of a year in the same order, for routes that open again.
    """
    n = len(countries)
    hit, kept, at_source = np.zeros((n, n), dtype=bool), tonnes.copy(), np.zeros(n, dtype=bool)
    for measure in scenario.measures:
        if isinstance(measure, AT_HOME):
            who = list(members(measure, countries, scenario.year))
            hit[who], at_source[who] = True, True
            kept[who] *= _at_home(measure, benchmark, {countries[i] for i in who})
        elif isinstance(measure, m.Reopen):
            mask = routes(measure, countries, scenario.year).mask(n)
            hit |= mask
            kept = np.where(mask, np.maximum(kept, _as_then(past(measure.open_year), tonnes)), kept)
        elif isinstance(measure, m.DemandShift | m.Stockpile):
            hit[:, list(members(measure, countries, scenario.year))] = True
        elif isinstance(measure, AT_BORDERS):
            mask = routes(measure, countries, scenario.year).mask(n)
            hit |= mask
            kept[mask] *= _at_border(measure, mask, tonnes, benchmark, countries)
    return Direct(hit & (np.maximum(tonnes, kept) > 0), kept, at_source)


def _at_home(measure: m.SupplyShock | m.Capacity | m.Subsidy, b: Benchmark, countries: set[str]) -> float:
    """Factor on what some countries sell."""
    if isinstance(measure, m.Subsidy):
        return 1 + _middle(measure.rate)
    made = sum(float(y) for c, y in zip(b.countries, b.own_supply_t, strict=True) if c in countries)
    if isinstance(measure, m.Capacity):
        return 1 + _middle(measure.tonnes) / max(made, 1e-9)
    gone = _middle(measure.loss_share) if measure.loss_share is not None else _middle(measure.loss_t) / max(made, 1e-9)
    return 1 - min(gone, 1.0)


def _as_then(then: Floats, tonnes: Floats) -> Floats:
    """Shares of imports in an open year times imports now, array (exporter, importer), tonnes."""
    imports = then.sum(axis=0)
    share = np.divide(then, imports, out=np.zeros_like(then), where=imports > 0)
    return np.asarray(share * tonnes.sum(axis=0))


def _at_border(measure: m.Measure, mask: Mask, tonnes: Floats, b: Benchmark, countries: tuple[str, ...]) -> Floats | float:
    """Factor on the trade of some routes."""
    if isinstance(measure, m.Embargo | m.ExportBan):
        return 0.0
    if isinstance(measure, m.ImportQuota | m.ExportQuota):
        carried = max(float(tonnes[mask].sum()), 1e-9)
        allowed = _middle(measure.tonnes) if measure.tonnes is not None else _middle(measure.share_of_benchmark) * carried
        return min(1.0, allowed / carried)
    if isinstance(measure, m.Tariff | m.ExportTax) and measure.rate is not None:
        rates = b.duty_rate if isinstance(measure, m.Tariff) else b.export_tax_rate
        before = _spread(b, rates, countries)[mask]
        after = _middle(measure.rate) + (before if measure.mode == "add" else 0.0)
        return np.asarray((1 + before) / (1 + after))
    return 1.0


def _spread(b: Benchmark, rates: Floats, countries: tuple[str, ...]) -> Floats:
    """Rates of a benchmark by route in another order of countries."""
    place = [countries.index(c) if c in countries else -1 for c in b.countries]
    known = [k for k, at in enumerate(place) if at >= 0]
    made = np.zeros((len(countries), len(countries)))
    made[np.ix_([place[k] for k in known], [place[k] for k in known])] = rates[np.ix_(known, known)]
    return made


def _middle(size: float | Range | None) -> float:
    return sum(ends(size)) / 2 if size is not None else 0.0
