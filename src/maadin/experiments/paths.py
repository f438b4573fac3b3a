"""Paths: a market year by year, without and with a scenario's measures, each draw with the same numbers on both.

The path is recursive: nobody in it looks ahead. A year knows what past years left behind, which is reserves and stocks, and the trend of demand and supply; see
`maadin.experiments.path_year`. Measures act by their dates; see `maadin.policy.dating`. Year 0 is the benchmark itself. Elasticities are those of the scenario's
horizon in every year, and all that a scenario leaves open is drawn once for all years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.experiments import growth as growing
from maadin.experiments.depletion import Reserves, reserves_of, unlimited
from maadin.experiments.growth import Growth
from maadin.experiments.path_outcome import STATISTICS, Collected, PathOutcome
from maadin.experiments.path_state import Path
from maadin.experiments.path_year import Ground, Trend, Year, joined
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.draws import Sampler
from maadin.market.elasticities import Pooled
from maadin.market.equilibrium import SolveError
from maadin.policy import dating
from maadin.policy.dating import InYear
from maadin.policy.measures import Capacity, Stockpile
from maadin.policy.run import DRAWS, MOST_DRAWS, MOST_FAILED, as_assumed, market_of, pooled_for
from maadin.policy.scenario import Scenario
from maadin.policy.translate import random_sizes, translate
from maadin.units import Range

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
HORIZON, LAST = 2035, 2040
DISCOUNT_RATE = 0.05
YEARLY = ("welfare_change_usd", "world_welfare_change_usd")  # what is discounted and added up
EXHAUSTED = 1e-6  # of what was listed: less is nothing


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of all paths that run together.

    Attributes
    ----------
    growth : str, number or Range, optional
        Of demand, a year: low, mid, high, a rate or a range of rates; without it the range computed from world output.
    supply_follows : float, 0 to 1
        Part of that rate with which output and capacity grow by themselves.
    expansion : bool
        Whether capacity is built where last year's output took it up, up to the slack above that output.
    reserves : bool
        Whether listed reserves limit output.
    discount_rate : float, fraction a year
    """

    growth: str | float | Range | None = None
    supply_follows: float = 1.0
    expansion: bool = True
    reserves: bool = True
    discount_rate: float = DISCOUNT_RATE

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        if not 0 <= self.supply_follows <= 1:
            raise InputError(f"supply follows demand by {self.supply_follows:g}; expected a part between 0 and 1")
        if not 0 <= self.discount_rate <= 1:
            raise InputError(f"a discount rate of {self.discount_rate:g} a year is out of range; expected 0 to 1, as in 0.05")


def run_path(
    scenario: Scenario,
    benchmark: Benchmark | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    horizon: int | None = None,
    growth: str | float | Range | None = None,
    keep: bool = False,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
    *,
    supply_follows: float = 1.0,
    expansion: bool = True,
    reserves: bool = True,
    discount_rate: float = DISCOUNT_RATE,
    pooled: Pooled | None = None,
    sampler: Sampler = "sobol",
) -> PathOutcome:
    """Run a scenario year by year.

    Parameters
    ----------
    scenario : Scenario
    benchmark : Benchmark, optional
        The market; the one that the scenario names without it.
    draws : int
        Draws of elasticities, open sizes, failures and growth; 0 solves once at the medians, without intervals.
    seed : int
    horizon : int, optional
        Last year, at most 2040; the scenario's own, or 2035.
    growth : str, number or Range, optional
        Of demand: low, mid, high, a rate a year ("2%") or a range of rates. Without it the range that `maadin.experiments.growth` computes.
    keep : bool
        Keep every draw in the outcome.
    store : Store, optional
    report : callable, optional
        Told the year at hand.
    supply_follows : float, 0 to 1
        Part of demand's growth rate with which output and capacity grow by themselves.
    expansion : bool
        Whether capacity is built where last year's output took it up, up to the slack above that output.
    reserves : bool
        Whether listed reserves limit output.
    discount_rate : float, fraction a year
    pooled : Pooled, optional
        Elasticities; those of the commodity and the scenario's horizon without it.
    sampler : str
        sobol or lhs.

    Raises
    ------
    InputError
        If the horizon is out of range, or the scenario cannot act on the market.
    SolveError
        If too many draws have no solution.

    Examples
    --------
    >>> from maadin.policy.library import load
    >>> outcome = run_path(load("krasnoyarsk-smelter-path"), draws=0, horizon=2030, growth=0.0)
    >>> float(outcome.change("output_t").sel(country="RUS", year=2027, statistic="median"))
    0.0
    """
    assumed = Assumed(growth, supply_follows, expansion, reserves, discount_rate)
    return run_paths(
        [scenario], benchmark, draws=draws, seed=seed, horizon=horizon, assumed=assumed, keep=keep, store=store, report=report, pooled=pooled,
        sampler=sampler,
    )[0]  # fmt: skip


def run_paths(
    scenarios: Sequence[Scenario],
    benchmark: Benchmark | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    horizon: int | None = None,
    assumed: Assumed | None = None,
    keep: bool = False,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
    pooled: Pooled | None = None,
    sampler: Sampler = "sobol",
    labels: Sequence[Mapping[str, float]] | None = None,
) -> list[PathOutcome]:
    """Run scenarios on one market beside one path without measures, with the same draws; see `run_path`.

    Market, horizon, elasticities and choke price are those of the first scenario.

    Parameters
    ----------
    labels : sequence of mapping, optional
        What sets each scenario apart; see `variants`.
    """
    if not scenarios:
        raise InputError("no scenario was given")
    first = scenarios[0]
    market = as_assumed(benchmark or market_of(first, store), first, store)
    for scenario in scenarios:
        scenario.check(market.countries)
    years = _years(market.year, horizon if horizon is not None else first.horizon or max(HORIZON, market.year + 1))
    if not 0 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws are out of range; expected 0 to {MOST_DRAWS:,}")
    run = _Run(market, scenarios, years, draws, assumed or Assumed(), pooled or pooled_for(first, market, store), store)
    collected = run.over_years(seed, sampler, report or (lambda step: None), keep=keep)
    return [run.outcome(at, found, labels[at] if labels else None) for at, found in enumerate(collected)]


def variants(scenario: Scenario, starts: Sequence[int] = (), tonnes: Sequence[float] = ()) -> tuple[list[Scenario], list[dict[str, float]]]:
    """A scenario with several years of first output and several sizes of what is built, each with each, and what sets them apart.

    Raises
    ------
    InputError
        If the scenario builds nothing.
    """
    if (starts or tonnes) and not any(isinstance(m, Capacity) for m in scenario.measures):
        raise InputError(f"scenario '{scenario.name}' has no capacity whose start or size could differ")
    made: list[Scenario] = []
    labels: list[dict[str, float]] = []
    for start in starts or (None,):
        for size in tonnes or (None,):
            one, label = scenario, dict[str, float]()
            if start is not None:
                one, label["start"] = dating.started(one, start), float(start)
            if size is not None:
                one, label["tonnes"] = dating.of_size(one, size), size
            made.append(one)
            labels.append(label)
    return made, labels


class _Run:
    """Scenarios on one market over some years."""

    def __init__(
        self, market: Benchmark, scenarios: Sequence[Scenario], years: range, draws: int, assumed: Assumed, pooled: Pooled, store: Store | None,
    ) -> None:  # fmt: skip
        self.market, self.scenarios, self.years, self.draws = market, scenarios, years, draws
        self.assumed, self.pooled, self.store = assumed, pooled, store
        self.reserves = reserves_of(market, store) if assumed.reserves else unlimited(market, Note("path_reserves_off"))
        self.growth, self.notes = self._growth()
        self.residual = 0.0
        self.paths: list[Path] = []
        self.said: list[list[Note]] = [[] for _ in scenarios]
        self.good: list[NDArray[np.bool_]] = []

    def _growth(self) -> tuple[Growth, list[Note]]:
        known = growing.growth_of(self.market.commodity, self.market.stage, store=self.store)
        found, notes = growing.chosen(known, self.assumed.growth), []
        if not found.source:
            notes.append(Note("path_growth_unknown"))
        elif found.stage != self.market.stage and found.source != growing.USER:
            notes.append(Note("path_growth_stage", {"stage": found.stage}))
        if not found.is_fixed and any(isinstance(m, Stockpile) for s in self.scenarios for m in s.measures):
            found = found.at("mid")
            notes.append(Note("path_growth_middle"))
        return found, notes

    def over_years(self, seed: int, sampler: Sampler, say: Callable[[str], None], *, keep: bool) -> list[Collected]:
        """Run all years; gives what is collected of each scenario."""
        sizes = max(len(random_sizes(s)) for s in self.scenarios)
        drawn = drawing.draw(self.pooled, self.draws, seed, sampler, True, sizes + 1) if self.draws else drawing.point(self.pooled)
        drawn = drawing.nested(drawn, self.scenarios[0].elasticities.sigma_home)
        uniform = drawn.extra if self.draws else None
        rates = self.growth.rates(drawn.extra[:, sizes] if self.draws else np.array([0.5]))
        ground = Ground(self.market, drawn, self.scenarios[0].choke)
        without, *self.paths = (Path.of(ground, self.reserves, expands=self.assumed.expansion) for _ in (None, *self.scenarios))
        collected = [Collected(keep=keep) for _ in self.scenarios]
        zeros = np.zeros((len(self.market.countries), drawn.count))
        totals = [{"welfare_discounted_usd": zeros, "world_welfare_discounted_usd": zeros[0]} for _ in self.scenarios]
        for at, year in enumerate(self.years):
            say(str(year))
            trend, supply = self._trend(at, rates)
            base = without.untouched(trend) if at else ground.resting(trend.demand)
            untouched = without.pass_year(base) if at else without.described(base)
            self.residual = max(self.residual, base.residual)
            for n, path in enumerate(self.paths):
                solved = self._with(n, InYear(year, self.years[1], supply, base.carried), base, trend, uniform)
                self.residual = max(self.residual, solved.residual)
                before, after = _from_without(untouched, path.pass_year(solved) if at else path.described(solved))
                good = without.good & path.good
                self._refuse_failures(good, n, year)
                collected[n].add(before, after, good)
                part = (1 + self.assumed.discount_rate) ** -at
                totals[n] = {name: total + part * after[yearly] for (name, total), yearly in zip(totals[n].items(), YEARLY, strict=True)}
        self.good = [without.good & path.good for path in self.paths]
        for one, sums, good in zip(collected, totals, self.good, strict=True):
            one.add({name: np.zeros_like(v) for name, v in sums.items()}, sums, good)
        return collected

    def _trend(self, years: int, rates: Floats) -> tuple[Trend, Floats]:
        """Trend of a year, and that of supply over the benchmark's."""
        demand = self.growth.trend(years, rates)
        supply = demand**self.assumed.supply_follows
        return Trend(demand, np.ones_like(demand) if self.assumed.supply_follows == 1 else supply / demand), supply

    def _with(self, at: int, in_year: InYear, base: Year, trend: Trend, uniform: Floats | None) -> Year:
        """A year under a scenario; the one without it as long as no measure has acted."""
        path, scenario = self.paths[at], self.scenarios[at]
        if not any(in_year.part(measure) > 0 for measure in scenario.market_measures):
            return path.untouched(trend) if path.acted else base
        path.acted = True
        translation = translate(scenario, self.market, uniform, store=self.store, year=in_year)
        self.said[at] += [note for note in translation.notes if note not in self.said[at]]
        translation.wedges.choke = path.ground.choke
        parts = [(draws, path.year(wedges, trend, draws)) for draws, wedges in path.stocks.groups(translation.wedges, in_year.year)]
        return joined(parts, len(path.good)) if len(parts) > 1 else parts[0][1]

    def _refuse_failures(self, good: NDArray[np.bool_], at: int, year: int) -> None:
        failed = int((~good).sum())
        if failed > MOST_FAILED * max(self.draws, 1):
            raise SolveError(
                f"{failed} of {len(good)} draws of scenario '{self.scenarios[at].name}' have no solution in {year}; try a narrower range of "
                "elasticities, a smaller measure, or a path without the limit of reserves"
            )

    def outcome(self, at: int, found: Collected, label: Mapping[str, float] | None) -> PathOutcome:
        """What one scenario comes to."""
        scenario = self.scenarios[at]
        results = found.dataset(self.market.countries, self.years, STATISTICS if self.draws else STATISTICS[:1])
        idle = dating.idle(scenario, self.years[1], self.years[-1])
        notes = [Note("path_measure_idle", {"measure": n + 1, "first": self.years[1], "last": self.years[-1]}) for n in idle]
        if not scenario.market_measures:
            notes.append(Note("path_no_measure"))
        notes += [*self.said[at], *self.paths[at].stocks.notes, *_exhausted(results, self.reserves), *self.reserves.notes, *self.notes]
        return PathOutcome(
            scenario=scenario, market=self.market, years=tuple(self.years), results=results, draws=self.draws,
            failed=int((~self.good[at]).sum()), residual=self.residual, growth=self.growth, supply_follows=self.assumed.supply_follows, expansion=self.assumed.expansion,
            reserves=self.reserves, discount_rate=self.assumed.discount_rate, elasticities=self.pooled, notes=tuple(notes), label=label,
            kept=found.draws(),
        )  # fmt: skip


def _from_without(untouched: Mapping[str, Floats], after: Mapping[str, Floats]) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Both with their changes counted from the path without measures."""
    before, now = dict(untouched), dict(after)
    for name in YEARLY:
        now[name] = after[name] - untouched[name]
        before[name] = np.zeros_like(now[name])
    return before, now


def _exhausted(results: xr.Dataset, reserves: Reserves) -> Iterator[Note]:
    """Whose reserves run out in the middle draw, and when, without and with the measures."""
    gone = {}
    for path in ("without", "with"):
        left = results["reserves_left_t"].sel(path=path, statistic="median").transpose("country", "year").values
        gone[path] = left <= EXHAUSTED * np.where(reserves.tonnes > 0, reserves.tonnes, np.inf)[:, None]
    years = results["year"].values
    for at in np.flatnonzero(gone["without"].any(axis=1) | gone["with"].any(axis=1)):
        country = str(results["country"].values[at])
        first = {path: int(years[np.argmax(of[at])]) for path, of in gone.items() if of[at].any()}
        if len(set(first.values())) == 1 and len(first) == 2:
            yield Note("path_exhausted", {"country": country, "year": first["with"]})
        else:
            yield from (Note(f"path_exhausted_{path}", {"country": country, "year": year}) for path, year in first.items())


def _years(first: int, last: int) -> range:
    if last <= first:
        raise InputError(f"the horizon {last} is not after the year of the benchmark, {first}; expected a year up to {LAST}")
    if last > LAST:
        raise InputError(f"the horizon {last} is too far; expected {first + 1} to {LAST}")
    return range(first, last + 1)
