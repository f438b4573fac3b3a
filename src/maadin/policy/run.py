"""Running a scenario: benchmark, wedges, elasticities, equilibrium, books, quantiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError, LabelError
from maadin.facts import selection
from maadin.facts.store import Store
from maadin.market import draws as drawing
from maadin.market.accounts import Accounts, accounts, books_at_rest
from maadin.market.benchmark import Benchmark
from maadin.market.calibration import calibrate
from maadin.market.captive import without_own_use
from maadin.market.draws import Sampler
from maadin.market.elasticities import Pooled, elasticities
from maadin.market.equilibrium import SolveError, solve
from maadin.market.event_calibration import Calibration
from maadin.market.shown_capacity import with_shown_capacity
from maadin.market.tracing import trace_origins
from maadin.policy.outcome import STATISTICS, Outcome
from maadin.policy.results import NOTHING, benchmark_dataset, counterfactual_dataset, quantiles_of, side_by_side, variables
from maadin.policy.scenario import Scenario
from maadin.policy.translate import Translation, random_sizes, translate
from maadin.units import Range

Floats = NDArray[np.float64]
DRAWS = 1000
MOST_DRAWS = 100_000
MOST_FAILED = 0.05  # of the draws; more, and quantiles would mislead


def simulate(
    benchmark: Benchmark | Scenario,
    scenario: Scenario | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    sampler: Sampler = "sobol",
    pooled: Pooled | None = None,
    calibrated: Calibration | None = None,
    within: bool = True,
    keep: bool = False,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
) -> Outcome:
    """Simulate a scenario on a market.

    Parameters
    ----------
    benchmark : Benchmark or Scenario
        The market, or the scenario alone, whose commodity and year then name the market.
    scenario : Scenario, optional
    draws : int
        Draws of elasticities and open sizes; 0 solves once at the medians, without intervals.
    seed : int
    sampler : str
        sobol or lhs.
    pooled : Pooled, optional
        Elasticities; those of the commodity and the scenario's horizon without it.
    calibrated : Calibration, optional
        Substitution read off one event (`maadin.market.observed_event.calibrate_event`), one more source beside the others. Not for scoring
        that same event.
    within : bool
        Also solve without the spread between sources, for the second interval.
    keep : bool
        Keep the books of every draw in the outcome.
    store : Store, optional
    report : callable, optional
        Told what is being done.

    Raises
    ------
    InputError
        If the scenario cannot act on the market.
    SolveError
        If too many draws have no solution.
    """
    say = report or (lambda step: None)
    if isinstance(benchmark, Scenario):
        if scenario is not None:
            raise InputError("two scenarios were given; expected a benchmark and a scenario, or a scenario alone")
        scenario, benchmark = benchmark, market_of(benchmark, store)
    if scenario is None:
        raise InputError("no scenario was given")
    if not 0 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws are out of range; expected 0 to {MOST_DRAWS:,}")
    scenario.check(benchmark.countries)
    benchmark = as_assumed(benchmark, scenario, store)
    if not scenario.market_measures:
        raise InputError(f"scenario '{scenario.name}' has no measure that acts in a market")
    spread = pooled or pooled_for(scenario, benchmark, store)
    if calibrated is not None:
        spread = spread.including(calibrated)
    open_sizes = len(random_sizes(scenario))
    middle = _solved(scenario, benchmark, drawing.nested(drawing.point(spread), scenario.elasticities.sigma_home), None, store)
    if draws == 0:
        if not middle.good.all():
            raise SolveError(f"scenario '{scenario.name}' has no solution at the medians; try other elasticities or a smaller measure")
        results, failed = [middle], 0
    else:
        say(f"{draws} draws")
        results = [_drawn(scenario, benchmark, spread, draws, seed, sampler, open_sizes, True, store)]
        if within:
            say(f"{draws} draws without the spread between sources")
            results.append(_drawn(scenario, benchmark, spread, draws, seed, sampler, open_sizes, False, store))
        failed = max(int((~r.good).sum()) for r in results)
    if failed > MOST_FAILED * max(draws, 1):
        raise SolveError(
            f"{failed} of {draws} draws of scenario '{scenario.name}' have no solution; try a narrower range of elasticities or a smaller measure"
        )
    first = results[0]
    limits = first.translation.wedges.limits
    levels = side_by_side([quantiles_of(r.after, r.good) for r in results])
    return Outcome(
        scenario=scenario, market=benchmark, benchmark=benchmark_dataset(benchmark, first.rest, first.before, limits),
        counterfactual=counterfactual_dataset(benchmark, first.books, levels, limits, STATISTICS if draws else STATISTICS[:1]),
        draws=draws, failed=failed, residual=first.residual, iterations=first.iterations, elasticities=spread,
        notes=tuple(middle.translation.notes), origin_traced=_traced(benchmark, middle), latent=_latent(middle, spread),
        books=first.books if keep else None,
    )  # fmt: skip


def market_of(scenario: Scenario, store: Store | None) -> Benchmark:
    """The market that a scenario names."""
    scenario.check()
    if scenario.commodity is None or scenario.year is None:
        raise InputError(f"scenario '{scenario.name}' names no commodity and year; expected both, or a benchmark beside it")
    return Benchmark.from_facts(scenario.commodity, scenario.year, scenario.stage, store=store)


def as_assumed(benchmark: Benchmark, scenario: Scenario, store: Store | None) -> Benchmark:
    """The market with the capacities, and the reach of prices, that a scenario assumes."""
    if scenario.own_use == "captive":
        benchmark = without_own_use(benchmark)
    return with_shown_capacity(benchmark, store) if scenario.capacities == "shown" else benchmark


def pooled_for(scenario: Scenario, benchmark: Benchmark, store: Store | None) -> Pooled:
    """Elasticities of a scenario on a market: published ones, and what the scenario puts in their place."""
    try:
        selection.market(benchmark.commodity, benchmark.stage)
    except LabelError as error:
        raise InputError(
            f"no elasticities are known for a market of {benchmark.commodity} ({benchmark.stage}): {error}. Name the commodity and stage of the "
            "catalogue that come nearest where the tables are read, or give simulate the elasticities as pooled"
        ) from error
    given = {**scenario.elasticities.given(), "slack": scenario.capacity_slack}
    overrides = {name: (size.low, size.high) if isinstance(size, Range) else size for name, size in given.items()}
    return elasticities(benchmark.commodity, benchmark.stage, scenario.elasticity_horizon, store=store, overrides=overrides)


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """Variables of every draw, before and after."""

    before: Mapping[str, Floats]
    after: Mapping[str, Floats]
    good: NDArray[np.bool_]
    residual: float
    iterations: float
    translation: Translation
    books: Accounts
    rest: Accounts


def _drawn(
    scenario: Scenario, benchmark: Benchmark, spread: Pooled, draws: int, seed: int, sampler: Sampler, sizes: int, between: bool,
    store: Store | None,
) -> _Solved:  # fmt: skip
    drawn = drawing.nested(drawing.draw(spread, draws, seed, sampler, between, sizes), scenario.elasticities.sigma_home)
    return _solved(scenario, benchmark, drawn, drawn.extra if sizes else None, store)


def _solved(scenario: Scenario, benchmark: Benchmark, drawn: drawing.Draws, uniform: Floats | None, store: Store | None) -> _Solved:
    translation = translate(scenario, benchmark, uniform, store=store)
    calibrated = calibrate(benchmark, translation.wedges)
    if not len(calibrated.suppliers):
        raise InputError(f"scenario '{scenario.name}' leaves no supply at all, so there is no market to solve")
    batch = calibrated.batch(drawn)
    solution = solve(calibrated.market, batch, throw=False)
    good = solution.solved
    books = accounts(calibrated, solution.system, solution.unknowns, batch)
    still = calibrate(benchmark)
    at_rest = still.batch(drawn)
    rest = books_at_rest(still, at_rest)
    made = np.maximum(books.output.sum(axis=0), 1e-300)
    uncleared = np.abs(books.output + books.re_exports - books.bought - books.sales()).max(axis=0) / made
    return _Solved(
        before=variables(benchmark, still, rest, rest, at_rest.only(np.array([0])), np.inf),
        after=variables(benchmark, calibrated, books, rest, batch, calibrated.market.choke), good=good,
        residual=float(uncleared[good].max(initial=0.0)), iterations=float(solution.iterations.mean()), translation=translation,
        books=books, rest=rest,
    )  # fmt: skip


def _traced(b: Benchmark, middle: _Solved) -> dict[str, tuple[float, float]]:
    """Part of use from abroad, re-exports traced back, before and after at the medians."""
    if b.kind == "imports_only" or not middle.good.all():
        return {}
    n = len(b.countries)
    before, _ = b.origin_traced()
    books = middle.books
    trade = np.zeros((n, n + 1))
    trade[books.exporter, books.importer] = books.flow_t[:, 0]
    own = books.output[:, 0] - books.bought[:, 0]
    after, _ = trace_origins(own, trade[:, :n], trade[:, n], books.use[:, 0] + books.stock[:, 0])
    found = {}
    for at, country in enumerate(b.countries):
        shares = [1 - t[at, at] / t[:, at].sum() if t[:, at].sum() > NOTHING * t.sum() else float("nan") for t in (before, after)]
        found[country] = (float(shares[0]), float(shares[1]))
    return found


def _latent(middle: _Solved, spread: Pooled) -> dict[tuple[str, str], float]:
    """Ad valorem wedges behind reopened routes: odds of the share then over now, to the power 1 / (sigma - 1), less one."""
    sigma = spread.armington.median()
    found = {}
    for route, (now, then) in middle.translation.latent.items():
        odds = (then / (1 - then)) / (now / (1 - now)) if now > 0 else float("inf")
        found[route] = odds ** (1 / (sigma - 1)) - 1
    return found
