"""A scenario on the second kind of market: same datasets as the first, the benchmark where nothing changes, refusals in words.

TINY is relative: what the solver leaves of prices and totals by country.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from maadin.errors import InputError
from maadin.facts import regions
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import elasticities
from maadin.policy import (
    Capacity,
    DemandShift,
    Embargo,
    ExportTax,
    ImportQuota,
    Measure,
    PriceFloor,
    Reopen,
    Scenario,
    Stockpile,
    Subsidy,
    SupplyShock,
    Tariff,
    TariffRateQuota,
)  # fmt: skip
from maadin.policy.library import load
from maadin.policy.outcome import OTHER_CODES, STATISTICS, VARIABLES
from maadin.policy.run import simulate
from maadin.policy.spatial_run import SpatialOutcome, simulate_spatial

TINY = 1e-6
FREIGHT = np.array([[0.0, 100.0, 150.0], [100.0, 0.0, 120.0], [150.0, 120.0, 0.0]])
POOLED = elasticities("aluminium", "refined", overrides={"demand": 0.5, "supply": (0.5, 1.5), "slack": 0.1})


@pytest.fixture(scope="module")
def aluminium() -> Benchmark:
    return Benchmark.from_facts("aluminium", 2024)


def small() -> Benchmark:
    """Canada sells to the United States and Mexico; both make some."""
    made = [{"country": "CAN", "production_t": 200.0}, {"country": "USA", "production_t": 60.0}, {"country": "MEX", "production_t": 10.0}]
    flows = [
        {"exporter": "CAN", "importer": "USA", "trade_t": 100.0, "value_usd": 100_000.0},
        {"exporter": "CAN", "importer": "MEX", "trade_t": 40.0, "value_usd": 40_000.0},
    ]
    return Benchmark.from_tables(made, flows, commodity="aluminium", stage="refined", year=2024)


def run(*measures: Measure, draws: int = 0, **given) -> SpatialOutcome:
    scenario = Scenario(name="test", measures=list(measures))
    return simulate_spatial(small(), scenario, draws=draws, freight=FREIGHT, pooled=POOLED, **given)


def of(outcome: SpatialOutcome, variable: str, country: str) -> tuple[float, float]:
    """Before and after."""
    after = outcome.counterfactual[variable].sel(country=country, statistic="median").item()
    return outcome.benchmark[variable].sel(country=country).item(), after


def test_a_scenario_that_changes_nothing_is_the_benchmark(aluminium: Benchmark) -> None:
    still = Scenario(name="nothing", measures=[Tariff(importer="USA", rate=0.0, mode="add")])
    found = simulate_spatial(aluminium, still, draws=3)
    b = aluminium
    assert found.benchmark["output_t"].values == pytest.approx(b.own_supply_t, rel=1e-9)
    assert found.benchmark["use_t"].values == pytest.approx(b.use_t, rel=1e-9)
    net = found.benchmark["exports_t"] - found.benchmark["imports_t"] + found.benchmark["other_codes_t"]
    assert net.values == pytest.approx(b.own_supply_t - b.use_t, abs=TINY * b.use_t.sum())
    for variable in ("output_t", "use_t", "price_use_usd_per_t", "other_codes_t"):
        change = found.change(variable)
        size = np.nanmax(np.abs(found.benchmark[variable].values))
        assert np.nanmax(np.abs(change.values)) < TINY * size, variable
    assert np.abs(found.counterfactual["world_welfare_change_usd"].values).max() < TINY * (b.use_t * 2500).sum()


def test_datasets_are_those_of_the_first_kind(aluminium: Benchmark) -> None:
    scenario = load("us-aluminium-tariff-25")
    first, second = simulate(aluminium, scenario, draws=4), simulate_spatial(aluminium, scenario, draws=4)
    for one, other in ((first.benchmark, second.benchmark), (first.counterfactual, second.counterfactual)):
        assert set(one.data_vars) == set(other.data_vars) == set(VARIABLES)
        assert all(one[name].dims == other[name].dims and one[name].attrs == other[name].attrs for name in VARIABLES)
        assert all((one[dim] == other[dim]).all() for dim in one.coords)
    assert second.counterfactual["trade_t"].dims == ("exporter", "importer", "statistic")
    assert tuple(second.counterfactual["statistic"].values) == STATISTICS
    assert second.status == "solved"
    assert second.residual < 1e-6
    assert {n.id for n in second.notes} >= {"spatial_kind", "freight_assumed", "spatial_net_trade", "spatial_bans_unknown"}


def test_statistics_are_in_order_and_draws_repeat() -> None:
    measure = Tariff(importer="USA", rate=0.05, mode="add")
    found = run(measure, draws=8, seed=3)
    cells = found.counterfactual["output_t"].values
    assert (cells[:, 1] <= cells[:, 0] + 1e-6).all()
    assert (cells[:, 0] <= cells[:, 2] + 1e-6).all()
    again = run(measure, draws=8, seed=3)
    assert again.counterfactual["output_t"].values == pytest.approx(cells, rel=1e-9)
    alone = run(measure, draws=8, within=False)
    assert np.isnan(alone.counterfactual["output_t"].sel(statistic="low_within")).all()


def test_a_duty_in_words_and_money() -> None:
    found = run(Tariff(importer="USA", exporter="CAN", rate=0.05, mode="set"))
    before, after = of(found, "price_use_usd_per_t", "USA")
    assert before < after < before * 1.05
    assert of(found, "imports_t", "USA")[1] < of(found, "imports_t", "USA")[0]
    fob = of(found, "price_fob_usd_per_t", "CAN")[1]
    assert of(found, "tariff_revenue_usd", "USA")[1] == pytest.approx(0.05 * fob * of(found, "imports_t", "USA")[1], rel=1e-5)
    welfare = found.welfare().sel(statistic="median")
    parts = ["consumer_surplus_change_usd", "producer_surplus_change_usd", "tariff_revenue_usd", "export_tax_revenue_usd", "quota_rent_usd"]
    total = sum(welfare[p] for p in parts) - welfare["support_cost_usd"]
    assert total.values == pytest.approx(welfare["welfare_change_usd"].values, abs=1e-6)
    assert found.counterfactual["world_welfare_change_usd"].sel(statistic="median") < 0
    landed = found.counterfactual["price_landed_usd_per_t"].sel(exporter="CAN", importer="USA", statistic="median").item()
    assert landed == pytest.approx(1.05 * fob + 100, rel=1e-6)


CASES = [
    (Embargo(importer="USA", exporter="CAN"), "price_use_usd_per_t", "USA", 1),
    (ExportTax(exporter="CAN", specific_duty_usd_per_t=50.0), "export_tax_revenue_usd", "CAN", 1),
    (ImportQuota(importer="USA", tonnes=80.0), "quota_rent_usd", "USA", 1),
    (TariffRateQuota(importer="USA", tonnes=80.0, over_quota_rate=0.03), "tariff_revenue_usd", "USA", 1),
    (SupplyShock(country="CAN", loss_share=0.1), "price_fob_usd_per_t", "CAN", 1),
    (Capacity(country="USA", tonnes=20.0), "imports_t", "USA", -1),
    (DemandShift(country="MEX", change=0.2), "imports_t", "MEX", 1),
    (Stockpile(country="USA", action="build", tonnes=5.0), "stock_t", "USA", 1),
    (Stockpile(country="USA", action="release", tonnes=5.0), "support_cost_usd", "USA", -1),
    (Stockpile(country="USA", action="build", tonnes=5.0, trigger_price=2000.0), "stock_t", "USA", 1),
    (Subsidy(country="USA", rate=0.05), "output_t", "USA", 1),
    (PriceFloor(country="USA", price=1300.0, mechanism="minimum_import_price"), "price_use_usd_per_t", "USA", 1),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "variable", "country", "sign"), CASES, ids=lambda c: getattr(c, "noun", None))
def test_measures_work(measure: Measure, variable: str, country: str, sign: int) -> None:
    before, after = of(run(measure), variable, country)
    assert np.sign(after - before) == sign
    assert abs(after - before) > 1e-3


def test_sizes_that_are_ranges_are_drawn() -> None:
    found = run(Capacity(country="USA", tonnes="5 t to 20 t"), draws=16)
    low, high = found.counterfactual["output_t"].sel(country="USA").values[1:3]
    assert high - low > 5


def test_limits_stand_in_the_datasets() -> None:
    found = run(ImportQuota(importer="USA", tonnes=80.0))
    assert found.counterfactual["limit_t"].values.ravel() == pytest.approx([80.0])
    assert found.benchmark["limit_t"].values == pytest.approx([100.0])
    assert found.counterfactual["limit_rent_usd"].item() == pytest.approx(of(found, "quota_rent_usd", "USA")[1])
    assert found.counterfactual["limit_wedge"].item() > 0


def test_a_reopened_route_is_noted(aluminium: Benchmark) -> None:
    measures = [Tariff(importer="USA", exporter="RUS", rate=0.0, mode="set"), Reopen(exporter="RUS", importer="USA", open_year=2017)]
    found = simulate_spatial(aluminium, Scenario(name="reopen", measures=measures), draws=0)
    note = next(n for n in found.notes if n.id == "spatial_reopened")
    assert note.values["routes"] == ("RUS-USA",)
    assert not np.isfinite(found.counterfactual["hhi_imports"]).any()


def test_refusals(aluminium: Benchmark) -> None:
    with pytest.raises(InputError, match="supply_offer has no place"):
        simulate_spatial(aluminium, load("russia-aluminium-offer-2mt"), draws=0)
    with pytest.raises(InputError, match="price_floor that the state pays"):
        run(PriceFloor(country="USA", price=2000.0, mechanism="cfd"))
    with pytest.raises(InputError, match="no measure that acts in a market"):
        simulate_spatial(aluminium, load("ukraine-resource-fund"), draws=0)
    with pytest.raises(InputError, match="out of range"):
        run(Embargo(importer="USA", exporter="CAN"), draws=10**6)
    own = Benchmark.from_tables(
        [{"country": "CAN", "production_t": 9.0}, {"country": "USA", "production_t": 0.0}], [{"exporter": "CAN", "importer": "USA", "trade_t": 5.0}],
        commodity="own", year=2024,
    )  # fmt: skip
    with pytest.raises(InputError, match="give them as pooled"):
        simulate_spatial(own, Scenario(name="x", measures=[Embargo(importer="USA", exporter="CAN")]), draws=0)


def test_fixed_demand_on_closed_routes_goes_unserved() -> None:
    fixed = elasticities("aluminium", "refined", overrides={"demand": 0.0, "supply": 1.0, "slack": 0.1})
    closed = Scenario(name="x", measures=[Embargo(importer="MEX", exporter="all")])
    found = simulate_spatial(small(), closed, draws=0, freight=FREIGHT, pooled=fixed)
    assert of(found, "unserved_t", "MEX")[1] == pytest.approx(50 - 11, rel=TINY)  # all but what it makes at full capacity
    assert of(found, "price_use_usd_per_t", "MEX")[1] == pytest.approx(10 * of(found, "price_use_usd_per_t", "MEX")[0], rel=TINY)


def test_names_and_routes_are_those_of_the_benchmark() -> None:
    found = run(Embargo(importer="USA", exporter="CAN"))
    assert list(found.counterfactual["importer"].values) == [*found.market.countries, OTHER_CODES]
    assert all(c in regions.countries() for c in found.market.countries)
    assert found.counterfactual["trade_t"].sel(exporter="CAN", importer="USA").item() == 0.0


SCRIPT = Path(__file__).parents[2] / "docs" / "explanation" / "kinds.py"


@pytest.mark.skipif(not SCRIPT.exists(), reason="the documentation comes with the repository")
def test_the_comparison_in_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("kinds", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.main(4)
    told = capsys.readouterr().out
    assert told.count("| US price to users |") == 3
    assert "The offer of 2 Mt" in told
