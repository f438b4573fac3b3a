"""What an event takes away by itself, before anybody reacts: the part of each route's trade that its measures leave.

Both baselines and the scope of the scores need it. A measure that closes a route leaves nothing of it; a loss of output takes the same part off all routes of the
country; a quota leaves its tonnes; a duty or tax leaves what the same spending still buys, 1 / (1 + t). What opens a route or gives a country more to sell or to buy
takes nothing away: both baselines then say that nothing changes.
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


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """What an event does by itself.

    Attributes
    ----------
    hit : array of bool (exporter, importer)
        Routes that the measures act on.
    left : array (exporter, importer), fraction
        Part of the trade of each route that is left.
    lost_at_source : array of bool (exporter,)
        Exporters that have less to sell, rather than fewer to sell to.
    opened_t : array (exporter, importer), tonnes, optional
        Of routes that open again, what they carried when they were open.
    """

    hit: Mask
    left: Floats
    lost_at_source: Mask
    opened_t: Floats | None = None

    def parties(self, tonnes: Floats) -> tuple[Mask, Mask]:
        """Exporters and importers of the routes that carried most of what is hit, arrays of bool (n,)."""
        carried = tonnes if self.opened_t is None else np.maximum(tonnes, self.opened_t)
        amounts = np.where(self.hit, carried, 0.0)
        order = np.argsort(-amounts, axis=None, kind="stable")
        running = np.cumsum(amounts.flat[order])
        kept = order[: int(np.searchsorted(running, MAIN * running[-1])) + 1]
        main = np.zeros_like(self.hit)
        main.flat[kept] = amounts.flat[kept] > 0
        return np.asarray(main.any(axis=1)), np.asarray(main.any(axis=0))


def direct(
    scenario: Scenario, benchmark: Benchmark, tonnes: Floats, countries: tuple[str, ...], past: Callable[[int], Floats] | None = None
) -> Direct:  # fmt: skip
    """What a scenario's measures take off trade by themselves.

    Parameters
    ----------
    scenario : Scenario
    benchmark : Benchmark
        For duties that stand already.
    tonnes : array (exporter, importer), tonnes
        Trade before.
    countries : tuple of str
        Rows and columns of `tonnes`.
    past : callable, optional
        Trade of a year in the same order, for routes that open again.
    """
    n = len(countries)
    hit, left, lost = np.zeros((n, n), dtype=bool), np.ones((n, n)), np.zeros(n, dtype=bool)
    opened = np.zeros((n, n))
    duty = _spread(benchmark, benchmark.duty_rate, countries)
    tax = _spread(benchmark, benchmark.export_tax_rate, countries)
    for measure in scenario.measures:
        if isinstance(measure, m.SupplyShock):
            who = list(members(measure, countries, scenario.year))
            made = benchmark.own_supply_t[[benchmark.countries.index(countries[i]) for i in who if countries[i] in benchmark.countries]]
            gone = _middle(measure.loss_share) if measure.loss_share is not None else _middle(measure.loss_t) / max(made.sum(), 1e-9)
            hit[who], lost[who] = True, True
            left[who] *= 1 - min(gone, 1.0)
        elif isinstance(measure, m.Embargo | m.ExportBan | m.Tariff | m.ExportTax | m.ImportQuota | m.ExportQuota):
            mask = routes(measure, countries, scenario.year).mask(n)
            hit |= mask
            left[mask] *= _left(measure, mask, tonnes, duty, tax)
        elif isinstance(measure, m.Reopen):
            mask = routes(measure, countries, scenario.year).mask(n)
            hit |= mask
            opened = np.maximum(opened, np.where(mask, past(measure.open_year) if past else tonnes, 0.0))
        elif isinstance(measure, m.Capacity | m.Subsidy):
            hit[list(members(measure, countries, scenario.year))] = True
        elif isinstance(measure, m.DemandShift | m.Stockpile):
            hit[:, list(members(measure, countries, scenario.year))] = True
    return Direct(hit & ((tonnes > 0) | (opened > 0)), left, lost, opened)


def _left(measure: m.Measure, mask: Mask, tonnes: Floats, duty: Floats, tax: Floats) -> Floats | float:
    if isinstance(measure, m.Embargo | m.ExportBan):
        return 0.0
    if isinstance(measure, m.ImportQuota | m.ExportQuota):
        carried = max(float(tonnes[mask].sum()), 1e-9)
        allowed = _middle(measure.tonnes) if measure.tonnes is not None else _middle(measure.share_of_benchmark) * carried
        return min(1.0, allowed / carried)
    if isinstance(measure, m.Tariff | m.ExportTax) and measure.rate is not None:
        before = (duty if isinstance(measure, m.Tariff) else tax)[mask]
        after = _middle(measure.rate) + (before if measure.mode == "add" else 0.0)
        return np.asarray((1 + before) / (1 + after))
    return 1.0


def _spread(b: Benchmark, rates: Floats, countries: tuple[str, ...]) -> Floats:
    """Rates of a benchmark by route in another order of countries."""
    at = [countries.index(c) if c in countries else -1 for c in b.countries]
    known = [k for k, place in enumerate(at) if place >= 0]
    made = np.zeros((len(countries), len(countries)))
    places = [at[k] for k in known]
    made[np.ix_(places, places)] = rates[np.ix_(known, known)]
    return made


def _middle(size: float | Range | None) -> float:
    return sum(ends(size)) / 2 if size is not None else 0.0
