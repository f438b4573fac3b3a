"""Running a scenario on the second kind of market: one homogeneous good, carried where it pays.

The same scenario, benchmark, elasticities and draws as `maadin.policy.run.simulate`; what differs between the kinds is in
docs/explanation/kinds.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError, LabelError
from maadin.facts import selection
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.draws import Draws, Sampler
from maadin.market.elasticities import Pooled, elasticities
from maadin.market.equilibrium import SolveError
from maadin.market.freight import Freight, freight_of
from maadin.market.spatial import Start, solve_spatial
from maadin.market.spatial_accounts import SpatialBooks, at_rest, spatial_books
from maadin.market.spatial_benchmark import SpatialBenchmark, spatial_benchmark
from maadin.market.spatial_calibration import spatial_case
from maadin.policy.outcome import STATISTICS, Outcome
from maadin.policy.results import benchmark_dataset, counterfactual_dataset, quantiles_of, side_by_side
from maadin.policy.run import MOST_FAILED, as_assumed
from maadin.policy.scenario import Scenario
from maadin.policy.translate import Translation, random_sizes, translate
from maadin.units import Range

Floats = NDArray[np.float64]
DRAWS = 200
MOST_DRAWS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class SpatialOutcome(Outcome):
    """The result of a simulation on a spatial market: an `Outcome` whose variables mean what they mean for one homogeneous good.

    price_fob and price_use are the prices of suppliers and of users; trade_t, value_usd, imports_t and exports_t are of the cheapest pattern, not of
    customs; re-exports do not exist, nor does a concentration of origins (NaN). `residual` is the largest violation of a condition
    (`maadin.market.spatial.residual`), `iterations` counts quadratic programmes.

    Attributes
    ----------
    spatial : SpatialBenchmark
        Prices of the benchmark and its cheapest pattern.
    freight_usd : tuple of float
        What carriers get, before and after, at the medians.
    """

    spatial: SpatialBenchmark | None = None
    freight_usd: tuple[float, float] = (np.nan, np.nan)


def simulate_spatial(
    benchmark: Benchmark,
    scenario: Scenario,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    sampler: Sampler = "sobol",
    pooled: Pooled | None = None,
    freight: Any = None,
    within: bool = True,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
) -> SpatialOutcome:
    """Simulate a scenario on a market of one homogeneous good.

    Parameters
    ----------
    benchmark : Benchmark
    scenario : Scenario
    draws : int
        Draws of elasticities and open sizes; 0 solves once at the medians, without intervals.
    seed, sampler, pooled, within, store, report
        As in `maadin.policy.run.simulate`.
    freight : float, array (exporter, importer), DataFrame or None
        USD per tonne-kilometre, or USD per tonne by route; see `maadin.market.freight.freight_of`. Intervals do not cover its uncertainty.

    Raises
    ------
    InputError
        If the scenario holds what this kind has no place for (supply_offer, price_floor by the state), or cannot act on the market.
    SolveError
        If too many draws have no solution.
    """
    say = report or (lambda step: None)
    if not 0 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws are out of range; expected 0 to {MOST_DRAWS:,}")
    scenario.check(benchmark.countries)
    benchmark = as_assumed(benchmark, scenario, store)
    if not scenario.market_measures:
        raise InputError(f"scenario '{scenario.name}' has no measure that acts in a market")
    spread = pooled or _pooled(scenario, benchmark, store)
    carriage = freight_of(benchmark, freight)
    base = spatial_benchmark(benchmark, carriage)
    sizes = len(random_sizes(scenario))
    middle = _solved(scenario, base, drawing.point(spread), None, store)
    if draws == 0:
        if not middle.good.all():
            raise SolveError(f"scenario '{scenario.name}' has no solution at the medians: {middle.reason}")
        results = [middle]
    else:
        results = []
        for between in (True, False) if within else (True,):
            say(f"{draws} draws" if between else f"{draws} draws without the spread between sources")
            drawn = drawing.draw(spread, draws, seed, sampler, between, sizes)
            results.append(_solved(scenario, base, drawn, drawn.extra if sizes else None, store, middle.start))
    failed = max(int((~r.good).sum()) for r in results)
    if failed > MOST_FAILED * max(draws, 1):
        reason = next(r.reason for r in results if r.reason)
        raise SolveError(f"{failed} of {draws} draws of scenario '{scenario.name}' have no solution: {reason}")
    first = results[0]
    limits = first.translation.wedges.limits
    levels = side_by_side([quantiles_of(r.after, r.good) for r in results])
    routes = cast(Any, first.routes)
    return SpatialOutcome(
        scenario=scenario, market=benchmark, benchmark=benchmark_dataset(benchmark, routes, first.before, limits),
        counterfactual=counterfactual_dataset(benchmark, routes, levels, limits, STATISTICS if draws else STATISTICS[:1]),
        draws=draws, failed=failed, residual=first.residual, iterations=first.iterations, elasticities=spread,
        notes=(*middle.translation.notes, *_notes(base, carriage, middle.translation)), spatial=base, freight_usd=middle.freight,
    )  # fmt: skip


def _pooled(scenario: Scenario, benchmark: Benchmark, store: Store | None) -> Pooled:
    try:
        selection.market(benchmark.commodity, benchmark.stage)
    except LabelError as error:
        raise InputError(
            f"no elasticities are known for a market of {benchmark.commodity} ({benchmark.stage}); give them as pooled"
        ) from error
    given = {**scenario.elasticities.given(), "slack": scenario.capacity_slack}
    overrides = {name: (size.low, size.high) if isinstance(size, Range) else size for name, size in given.items()}
    return elasticities(benchmark.commodity, benchmark.stage, scenario.elasticity_horizon, store=store, overrides=overrides)


def _notes(base: SpatialBenchmark, carriage: Freight, made: Translation) -> list[Note]:
    b = base.benchmark
    both = int(((b.exports_t > 0) & (b.imports_t > 0)).sum())
    found = [Note("spatial_kind"), *carriage.notes]
    if both:
        moved = float(np.minimum(b.exports_t, b.imports_t).sum())
        found.append(Note("spatial_net_trade", {"countries": both, "share": moved / max(float(b.exports_t.sum()), 1e-300)}))
    if b.kind == "imports_only":
        found.append(Note("spatial_imports_only"))
    if made.latent:
        found.append(Note("spatial_reopened", {"routes": tuple(f"{i}-{j}" for i, j in made.latent)}))
    if any(a.treatment == "in the flows" for a in b.applied):
        found.append(Note("spatial_bans_unknown", {"measures": tuple(a.measure for a in b.applied if a.treatment == "in the flows")}))
    return found


@dataclass(frozen=True, slots=True)
class _Routes:
    """Routes with a flow in some draw."""

    exporter: NDArray[np.intp]
    importer: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """Variables of every draw, before and after."""

    before: Mapping[str, Floats]
    after: Mapping[str, Floats]
    good: NDArray[np.bool_]
    residual: float
    iterations: float
    reason: str
    translation: Translation
    routes: _Routes
    start: Start
    freight: tuple[float, float]


def _solved(
    scenario: Scenario, base: SpatialBenchmark, drawn: Draws, uniform: Floats | None, store: Store | None, start: Start | None = None
) -> _Solved:
    translation = translate(scenario, base.benchmark, uniform, store=store)
    case, still = spatial_case(base, translation.wedges), spatial_case(base)
    rest = at_rest(still)
    begin = Start(case.use_price.copy(), np.zeros(len(case.tail), dtype=bool)) if start is None else start.copy()
    begin.columns |= (case.over < 0) & (base.flow_t[case.exporter, case.importer] > 0)
    solutions, before, after = [], [], []
    for at in range(drawn.count):
        solutions.append(solve_spatial(case.market(drawn, at), begin, throw=False))
        before.append(spatial_books(still, drawn, at, rest))
        after.append(spatial_books(case, drawn, at, solutions[-1]))
    good = np.array([s.solved for s in solutions])
    carried = np.add.reduce([np.nan_to_num(x.flow_t) for x in after]) + before[0].flow_t
    routes = _Routes(*np.nonzero(carried))
    weights = np.nan_to_num(base.supply_t)
    return _Solved(
        before=_variables(before[:1], before[:1], routes, weights), after=_variables(after, before, routes, weights),
        good=good, residual=max((s.residual for s in solutions if s.solved), default=np.inf),
        iterations=float(np.mean([s.iterations for s in solutions])), reason=next((s.status for s in solutions if not s.solved), ""),
        translation=translation, routes=routes, start=begin, freight=(before[0].freight, after[0].freight),
    )  # fmt: skip


def _variables(books: list[SpatialBooks], rest: list[SpatialBooks], routes: _Routes, weights: Floats) -> dict[str, Floats]:
    """Every variable of `maadin.policy.outcome` for every draw: by country (n, draws), by route (f, draws), of the world (draws,), by limit (k, draws)."""

    def of(name: str) -> Floats:
        return np.asarray(np.stack([getattr(x, name) for x in books], axis=-1))

    def change(name: str) -> Floats:
        return np.asarray(of(name) - np.stack([getattr(x, name) for x in rest], axis=-1))

    flows = np.stack([x.flow_t[routes.exporter, routes.importer] for x in books], axis=-1)
    landed = np.stack([x.price_landed[routes.exporter, routes.importer] for x in books], axis=-1)
    price, output, use = of("price_fob"), of("output"), of("use")
    n = len(price)
    abroad = routes.exporter != routes.importer
    exports, imports = (_by(side[abroad], flows[abroad], n) for side in (routes.exporter, routes.importer))
    consumers, producers, support = of("consumer_surplus_change"), change("producer_surplus"), of("support_cost")
    money = sum(change(name) for name in ("tariff_revenue", "export_tax_revenue", "rent_importer", "rent_exporter"))
    welfare = consumers + producers + money - change("support_cost")
    nothing, unknown = np.zeros_like(use), np.full_like(use, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        reliance = np.where(use > 0, (use + of("stock") - output) / use, np.nan)
        fob = np.where(flows > 0, price[routes.exporter], np.nan)
    made = weights > 0
    return {
        "price_fob_usd_per_t": price, "price_use_usd_per_t": of("price_use"), "output_t": output, "use_t": use, "imports_t": imports,
        "exports_t": exports, "re_exports_t": nothing, "other_codes_t": of("other_codes"), "stock_t": of("stock"),
        "priced_out_t": of("priced_out"), "unserved_t": of("unserved"), "tariff_revenue_usd": of("tariff_revenue"),
        "export_tax_revenue_usd": of("export_tax_revenue"), "quota_rent_usd": of("rent_importer") + of("rent_exporter"),
        "support_cost_usd": support, "capacity_rent_usd": of("capacity_rent"), "consumer_surplus_change_usd": consumers,
        "producer_surplus_change_usd": producers, "re_export_margin_change_usd": nothing, "welfare_change_usd": welfare,
        "hhi_imports": unknown, "net_import_reliance": reliance, "trade_t": flows, "value_usd": np.where(flows > 0, flows * fob, 0.0),
        "price_landed_usd_per_t": landed, "world_output_t": output.sum(axis=0), "world_use_t": use.sum(axis=0),
        "world_trade_t": imports.sum(axis=0), "world_price_usd_per_t": weights[made] @ price[made] / weights.sum(),
        "world_welfare_change_usd": welfare.sum(axis=0) + of("other_codes_surplus_change"), "limit_t": of("limit_t"),
        "limit_wedge": of("limit_wedge"), "limit_rent_usd": of("limit_rent"),
    }  # fmt: skip


def _by(side: NDArray[np.intp], values: Floats, n: int) -> Floats:
    made = np.zeros((n, values.shape[1]))
    np.add.at(made, side, values)
    return made
