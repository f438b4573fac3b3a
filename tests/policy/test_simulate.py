"""Simulation from a scenario to an outcome: seeds, units, order, draws one by one, intervals, what is refused and what has no solution.

Tolerances:
SOLVED   what the solver leaves in two runs that start from different places, multiplied by elasticities of up to ten
SAME     the same numbers in another order or unit
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from small_markets import before, level, run, scenario, trio, worst

from maadin.errors import InputError
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import elasticities
from maadin.market.equilibrium import SolveError
from maadin.policy import (
    Capacity,
    DemandShift,
    ExportQuota,
    ImportQuota,
    Measure,
    PriceFloor,
    Reopen,
    Scenario,
    Stockpile,
    Subsidy,
    SupplyOffer,
    SupplyShock,
    Tariff,
    Territory,
)
from maadin.policy import run as running
from maadin.policy.library import load
from maadin.policy.outcome import VARIABLES, Outcome
from maadin.policy.run import DRAWS, MOST_DRAWS, simulate

SOLVED, SAME = 1e-8, 1e-9

DUTY = Tariff(importer="south", exporter="north", rate="30%", mode="set")


@pytest.fixture(scope="module")
def market() -> Benchmark:
    return trio()


@pytest.fixture(scope="module")
def tariff() -> Outcome:
    """A quarter on all aluminium that the United States imports, but from Russia, with intervals."""
    return simulate(load("us-aluminium-tariff-25"), draws=128)


def differ(one: Outcome, other: Outcome) -> list[str]:
    """Variables that are not the same to the last bit."""
    return [
        v for v in VARIABLES if not np.array_equal(one.counterfactual[v].to_numpy(), other.counterfactual[v].to_numpy(), equal_nan=True)
    ]


# --- seeds -----------------------------------------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_result_and_another_one_another(market: Benchmark) -> None:
    free: dict[str, Any] = {"elasticities": {}, "draws": 16, "within": False}
    first = run(market, DUTY, seed=1, **free)
    assert differ(first, run(market, DUTY, seed=1, **free)) == []
    for other in (run(market, DUTY, seed=2, **free), run(market, DUTY, seed=1, sampler="lhs", **free)):
        assert {"price_use_usd_per_t", "trade_t", "output_t", "welfare_change_usd"} <= set(differ(first, other))


def test_open_sizes_are_drawn_with_the_seed(market: Benchmark) -> None:
    loss = SupplyShock(country="north", loss="10% to 40%")
    first, again, other = (run(market, loss, draws=16, seed=s, within=False, keep=True) for s in (3, 3, 4))
    assert differ(first, again) == []
    assert "output_t" in differ(first, other)
    assert first.books is not None
    assert len(np.unique(first.books.output[0].round(6))) == 16, "elasticities are fixed here: what differs is the size"


# --- what is asked changes what is answered ------------------------------------------------------------------------------------------------


def test_rate_country_commodity_and_year_matter() -> None:
    def usa(commodity: str = "aluminium", year: int = 2024, stage: str | None = None, rate: str = "25%", importer: str = "USA") -> float:
        tariff = Tariff(importer=importer, rate=rate, mode="add")
        found = simulate(Scenario("x", commodity=commodity, stage=stage, year=year, measures=[tariff]), draws=0)
        return float(found.relative_change("price_use_usd_per_t").sel(country="USA", statistic="median"))

    seen = [usa(), usa(rate="24%"), usa(importer="JPN"), usa(year=2023), usa("copper", stage="refined"), usa("copper", stage="mine")]
    assert len({round(x, 6) for x in seen}) == len(seen)
    assert usa() == seen[0]


def test_elasticities_horizon_choke_and_slack_matter(market: Benchmark) -> None:
    quota = ImportQuota(importer="south", share_of_benchmark="30%")

    def price(**fields: Any) -> float:
        return level(run(market, quota, **fields), "price_use_usd_per_t", country="south")

    usual = price()
    assert price(capacity_slack=0.5) < usual
    assert price(choke=1.5) < usual
    assert price(elasticities={"sigma": 8.0, "eta": 0.5, "epsilon": 0.8}) != usual
    assert price(elasticities={}, elasticity_horizon="short") > price(elasticities={}, elasticity_horizon="long")


# --- units and order -------------------------------------------------------------------------------------------------------------------------


def of_every_kind(tonnes: float, usd: float) -> tuple[Measure, ...]:
    """Measures with tonnes, prices and rates, read in thousandths if asked."""
    price = usd / tonnes
    return (
        Tariff(importer="south", exporter="east", rate="20%", mode="add"),
        Tariff(importer="east", exporter="north", rate=f"{90 * price!r} USD/t", mode="set"),
        ImportQuota(importer="south", exporter="north", tonnes=180 * tonnes),
        PriceFloor(country="east", price=1050 * price, mechanism="purchase"),
        Subsidy(country="south", rate=f"{40 * price!r} USD/t"),
        Stockpile(country="south", action="build", tonnes=12 * tonnes),
        Capacity(country="north", tonnes=25 * tonnes),
        SupplyShock(country="east", loss=f"{30 * tonnes!r} t"),
        DemandShift(country="south", change="5%"),
    )


@pytest.mark.parametrize(("tonnes", "usd"), [(1e-3, 1.0), (1.0, 1e-3), (1e-3, 1e-3), (1e4, 1e4)])
def test_units_do_not_matter(tonnes: float, usd: float) -> None:
    usual, other = (run(trio(tonnes=t, usd=u), *of_every_kind(t, u)) for t, u in ((1.0, 1.0), (tonnes, usd)))
    for variable, about in VARIABLES.items():
        factor = {"t": tonnes, "USD": usd, "USD/t": usd / tonnes, "1": 1.0}[about.unit]
        here = usual.counterfactual[variable].to_numpy()
        scale = {"t": 740.0, "USD": 740_000.0, "USD/t": 1000.0, "1": 1.0}[about.unit]
        assert worst(other.counterfactual[variable].to_numpy() / factor, here, scale) <= SOLVED, variable


@pytest.mark.parametrize("order", list(permutations(("north", "south", "east")))[1:], ids="-".join)
def test_the_order_of_countries_does_not_matter(order: tuple[str, ...]) -> None:
    usual, other = (run(trio(order=o), *of_every_kind(1.0, 1.0)) for o in (("north", "south", "east"), order))
    for variable, about in VARIABLES.items():
        here = usual.counterfactual[variable]
        scale = {"t": 740.0, "USD": 740_000.0, "USD/t": 1000.0, "1": 1.0}[about.unit]
        assert worst(other.counterfactual[variable].reindex_like(here), here, scale) <= SOLVED, variable
    assert other.market.countries == order


def test_the_order_of_measures_does_not_matter(market: Benchmark) -> None:
    measures = of_every_kind(1.0, 1.0)
    usual, other = run(market, *measures), run(market, *reversed(measures))
    for variable, about in VARIABLES.items():
        if about.of != "limit":
            scale = {"t": 740.0, "USD": 740_000.0, "USD/t": 1000.0, "1": 1.0}[about.unit]
            assert worst(other.counterfactual[variable], usual.counterfactual[variable], scale) <= SOLVED, variable


def test_draws_together_are_draws_one_by_one(market: Benchmark) -> None:
    """Forty draws, enough for the solver to take them in blocks."""
    quota = ExportQuota(exporter="north", share_of_benchmark="70% to 90%")
    spread = elasticities("aluminium", overrides={"slack": 0.1})
    together = simulate(market, scenario(quota, elasticities={}), draws=40, seed=5, pooled=spread, within=False, keep=True)
    drawn = drawing.draw(spread, 40, 5, extra=1)
    assert together.books is not None
    for d in (0, 1, 17, 39):
        alone = run(
            market, ExportQuota(exporter="north", share_of_benchmark=f"{70 + 20 * float(drawn.extra[d, 0])!r}%"),
            elasticities={"sigma": float(drawn.armington[d]), "eta": float(drawn.demand[d]), "epsilon": float(drawn.supply[d])}, keep=True,
        ).books  # fmt: skip
        assert alone is not None
        sigma = float(drawn.armington[d])
        for name, scale in (("flow_t", 740.0), ("price", 1000.0), ("use", 740.0), ("rent_exporter", 740_000.0), ("composite", 1.0)):
            assert worst(getattr(together.books, name)[..., d], getattr(alone, name)[..., 0], scale) <= SOLVED * sigma, (name, d)


# --- intervals -------------------------------------------------------------------------------------------------------------------------------

HEADLINES = (
    "price_use_usd_per_t",
    "output_t",
    "imports_t",
    "use_t",
    "tariff_revenue_usd",
    "consumer_surplus_change_usd",
    "welfare_change_usd",
)


def test_the_medians_lie_within_the_intervals(tariff: Outcome) -> None:
    point = simulate(load("us-aluminium-tariff-25"), draws=0)
    for variable in HEADLINES:
        low, high = (level(tariff, variable, s, country="USA") for s in ("low", "high"))
        assert low < level(point, variable, country="USA") < high, variable
    for variable, about in VARIABLES.items():
        if about.of in ("country", "route"):
            c, q = tariff.counterfactual[variable], point.counterfactual[variable].sel(statistic="median")
            room = SAME * np.abs(c.sel(statistic="median"))
            inside = ((q >= c.sel(statistic="low") - room) & (q <= c.sel(statistic="high") + room)).where(np.isfinite(q))
            assert float(inside.mean()) > 0.95, variable  # medians of elasticities need not give medians of results


def test_an_interval_has_its_ends_in_order(tariff: Outcome) -> None:
    for variable in VARIABLES:
        c = tariff.counterfactual[variable]
        known = np.isfinite(c.sel(statistic="median"))
        for low, high in (("low", "median"), ("median", "high"), ("low_within", "high_within")):
            assert bool((c.sel(statistic=low) <= c.sel(statistic=high)).where(known, True).all()), (variable, low)


def test_without_the_spread_between_sources_intervals_are_hardly_wider_in_the_median_case(tariff: Outcome) -> None:
    """Flows and concentration hang on substitution, about which sources differ most: their intervals shrink. Levels of use hang on the elasticity
    of demand, for which there is one source here: theirs stay, up to the noise of 5 and 95 % points. Single figures may be wider: with all families
    centred on the pooled median, a family's own tails can reach further than the mixture's."""
    ratios = {}
    for variable, about in VARIABLES.items():
        c = tariff.counterfactual[variable]
        width, within = c.sel(statistic="high") - c.sel(statistic="low"), c.sel(statistic="high_within") - c.sel(statistic="low_within")
        ratio = (within / width.where(width > 0)).to_numpy()
        if about.of != "limit" and np.isfinite(ratio).sum() > 50:
            ratios[variable] = float(np.nanmedian(ratio))
    assert len(ratios) > 15
    assert max(ratios.values()) < 1.05
    assert max(ratios[v] for v in ("trade_t", "value_usd", "hhi_imports")) < 0.8
    assert max(ratios[v] for v in ("price_use_usd_per_t", "output_t", "exports_t", "welfare_change_usd")) < 1


def test_within_may_be_left_out(market: Benchmark) -> None:
    found = run(market, DUTY, elasticities={}, draws=8, within=False)
    assert np.isnan(level(found, "output_t", "low_within", country="south"))
    assert np.isfinite(level(found, "output_t", "low", country="south"))


# --- what comes out --------------------------------------------------------------------------------------------------------------------------


def test_an_own_market_in_an_outcome_out(market: Benchmark) -> None:
    found = run(market, DUTY, elasticities={}, draws=16, keep=True)
    assert found.market is market
    assert (found.status, found.failed, found.draws) == ("solved", 0, 16)
    assert found.residual < SAME
    assert found.iterations >= 1
    assert found.books is not None
    assert found.books.flow_t.shape == (8, 16)
    assert np.median(found.books.tariff_revenue[1]) == pytest.approx(level(found, "tariff_revenue_usd", country="south"), rel=SAME)
    assert run(market, DUTY).books is None


def test_a_market_that_no_source_knows_takes_elasticities_or_says_so() -> None:
    made = [{"country": "north", "production_t": 100}, {"country": "south", "production_t": 20}]
    own = Benchmark.from_tables(
        made, [{"exporter": "north", "importer": "south", "trade_t": 70}], labels="free", commodity="unobtainium", year=2024
    )
    with pytest.raises(
        InputError, match=r"no elasticities are known for a market of unobtainium \(own\).*or give simulate the elasticities as pooled"
    ):
        simulate(own, scenario(DUTY), draws=0)
    found = simulate(own, scenario(DUTY), draws=0, pooled=elasticities("copper", "refined"))
    assert level(found, "imports_t", country="south") < 70


def test_a_scenario_alone_names_its_market() -> None:
    duty = Tariff(importer="USA", rate="10%", mode="set")
    named = Scenario("x", commodity="النحاس", stage="refined", year=2022, measures=[duty])
    found = simulate(named, draws=0)
    assert (found.market.commodity, found.market.stage, found.market.year) == ("copper", "refined", 2022)
    assert differ(found, simulate(Benchmark.from_facts("copper", 2022, "refined"), Scenario("x", measures=[duty]), draws=0)) == []


def test_a_market_of_imports_only_runs() -> None:
    """No output is known for nickel ore in 2010: what is exported is supply, and import demand has an elasticity of its own."""
    b = Benchmark.from_facts("nickel", 2010)
    assert b.kind == "imports_only"
    found = simulate(b, Scenario("x", measures=[Tariff(importer="CHN", rate="20%", mode="add")]), draws=8)
    assert found.status == "solved"
    assert found.origin_traced == {}
    assert float(found.relative_change("imports_t").sel(country="CHN", statistic="median")) < -0.01
    assert float(found.change("output_t").sel(country="CHN", statistic="median")) <= 0
    smaller, larger = (found.elasticities.outside_option.quantile(p) for p in (0.05, 0.95))
    assert smaller < larger


def test_progress_is_told(market: Benchmark) -> None:
    said: list[str] = []
    run_with = {"draws": 8, "within": True, "report": said.append}
    simulate(market, scenario(DUTY), **run_with)  # type: ignore[arg-type]
    assert said == ["8 draws", "8 draws without the spread between sources"]


def test_lost_supply_is_lost_and_none_at_all_is_no_market(market: Benchmark) -> None:
    found = run(market, SupplyShock(country="north", loss="100%"))
    assert level(found, "output_t", country="north") == 0
    assert level(found, "exports_t", country="north") == 0
    assert level(found, "use_t", country="north") == pytest.approx(level(found, "imports_t", country="north"), rel=SAME)
    with pytest.raises(InputError, match="leaves no supply at all"):
        run(market, SupplyShock(country="all", loss="100%"))


def test_a_route_reopens_and_takes_what_is_offered() -> None:
    """The discount is the exporter's, the tonnes come from its other buyers and from what its plants can still make."""
    found = simulate(load("russia-aluminium-offer-2mt"), draws=0)
    reopened = simulate(replace_measures(found.scenario, 2), draws=0)
    at = {"exporter": "RUS", "importer": "USA"}
    assert before(found, "trade_t", **at) < 1000 < level(reopened, "trade_t", **at) < level(found, "trade_t", **at)
    (name,) = found.counterfactual["limit"].to_numpy().tolist()
    placed, wedge = level(found, "limit_t", limit=name), level(found, "limit_wedge", limit=name)
    assert placed == pytest.approx(level(found, "trade_t", **at), rel=SAME)
    assert (placed == pytest.approx(2e6, rel=SOLVED)) or (wedge == pytest.approx(-0.5, rel=SOLVED))
    assert level(found, "quota_rent_usd", country="RUS") < 0
    lost = found.change("trade_t").sel(exporter="RUS", statistic="median").drop_sel(importer="USA")
    grown = float(found.change("output_t").sel(country="RUS", statistic="median"))
    assert -float(lost.sum()) + grown == pytest.approx(placed - before(found, "trade_t", **at), rel=SOLVED, abs=1.0)
    assert found.latent["RUS", "USA"] > 0


def replace_measures(given: Scenario, first: int) -> Scenario:
    """The scenario with its first measures only."""
    return given.model_copy(update={"measures": given.measures[:first]})


# --- what is refused, and what has no solution -----------------------------------------------------------------------------------------------


def test_what_is_refused(market: Benchmark) -> None:
    with pytest.raises(InputError, match="cannot be balanced"):
        simulate(Scenario("x", commodity="natural gas", year=2024, measures=[Tariff(importer="JPN", rate="5%", mode="set")]))
    with pytest.raises(InputError, match="no scenario was given"):
        simulate(market)
    with pytest.raises(InputError, match="two scenarios were given"):
        simulate(scenario(DUTY), scenario(DUTY))
    with pytest.raises(InputError, match="has no measure that acts in a market"):
        simulate(market, Scenario("x", measures=[Territory(country="UKR")]))
    with pytest.raises(InputError, match=r"commodity: is needed.*\n?.*year: is needed"):
        simulate(Scenario("x", measures=[Tariff(importer="USA", rate="5%", mode="set")]))
    for draws in (-1, MOST_DRAWS + 1):
        with pytest.raises(InputError, match=f"{draws} draws are out of range; expected 0 to 100,000"):
            simulate(market, scenario(DUTY), draws=draws)
    with pytest.raises(InputError, match="add a reopen measure"):
        run(market, SupplyOffer(exporter="east", importer="north", tonnes=5))
    with pytest.raises(InputError, match="is more than"):
        run(market, Stockpile(country="south", action="release", tonnes=1e6))
    with pytest.raises(InputError, match="there was no trade on the route in 2019"):
        run(market, Reopen(exporter="north", importer="south", open_year=2019))
    assert DRAWS == 1000


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes some draws of every solve come back without a solution."""

    def break_(*which: int) -> None:
        whole = running.solve

        def partly(*args: Any, **options: Any) -> Any:
            found = whole(*args, **options)
            residual = np.array(found.residual)
            residual[[w for w in which if w < len(residual) > 1 or w < 0]] = np.nan
            return replace(found, residual=residual)

        monkeypatch.setattr(running, "solve", partly)

    return break_


def test_a_few_draws_without_a_solution_are_counted_and_left_out(market: Benchmark, broken: Any) -> None:
    whole = run(market, DUTY, elasticities={}, draws=40, keep=True, within=False)
    broken(3, 17)
    found = run(market, DUTY, elasticities={}, draws=40, keep=True, within=False)
    assert (found.failed, found.status) == (2, "solved 38 of 40 draws")
    assert whole.books is not None
    left = np.delete(whole.books.output[1], [3, 17])
    for statistic, at in (("median", 0.5), ("low", 0.05), ("high", 0.95)):
        assert level(found, "output_t", statistic, country="south") == pytest.approx(np.quantile(left, at), rel=SAME)


def test_too_many_draws_without_a_solution_are_an_error(market: Benchmark, broken: Any) -> None:
    broken(3, 17, 21)
    with pytest.raises(SolveError, match=r"3 of 40 draws of scenario 'test' have no solution; try a narrower range"):
        run(market, DUTY, elasticities={}, draws=40)


def test_a_point_without_a_solution_is_an_error(market: Benchmark, broken: Any) -> None:
    broken(-1)
    with pytest.raises(SolveError, match="scenario 'test' has no solution at the medians"):
        run(market, DUTY)


def test_origins_are_not_traced_at_a_point_without_a_solution(market: Benchmark, broken: Any) -> None:
    assert set(run(market, DUTY, elasticities={}, draws=40).origin_traced) == set(market.countries)
    broken(-1)
    found = run(market, DUTY, elasticities={}, draws=40)
    assert (found.failed, found.origin_traced) == (1, {})


def test_what_no_market_can_do_has_no_solution(market: Benchmark) -> None:
    with pytest.raises(SolveError, match="has no solution"):
        run(market, Stockpile(country="south", action="build", tonnes=5000))
