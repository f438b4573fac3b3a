"""Paths: what no measure leaves alone, what a year has in common with a simulation, and what reserves, stocks, dates and chance do.

Tolerances, relative:
EXACT    the same numbers by the same route
SOLVED   two solutions of the same equations, each to 1e-10 of world output
BOOKS    sums of a few hundred doubles
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.errors import InputError, LabelError
from maadin.experiments import paths
from maadin.experiments.depletion import Reserves, reserves_of
from maadin.experiments.growth import FADE, Growth, chosen, growth_of
from maadin.experiments.path_outcome import PATHS, VARIABLES, PathOutcome, quantiles
from maadin.experiments.path_year import TRACE
from maadin.experiments.paths import Assumed, run_path, run_paths, variants
from maadin.facts.ask.quantities import production
from maadin.market.benchmark import Benchmark
from maadin.policy import Capacity, DemandShift, Embargo, Measure, PriceFloor, Scenario, Stockpile, Subsidy, SupplyShock, Tariff
from maadin.policy.dating import InYear, idle
from maadin.policy.library import load
from maadin.policy.run import simulate
from maadin.units import Range

SOLVED, BOOKS = 1e-8, 1e-12
EASE: dict[str, Any] = {"sigma": 4.0, "eta": 0.5, "epsilon": 0.8}
LEVELS = [name for name, v in VARIABLES.items() if not v.is_total and not v.is_change]


def trio() -> Benchmark:
    """Three countries of labels of their own; the south passes some of its imports on."""
    made = {"north": 500.0, "south": 20.0, "east": 160.0}
    flows = [
        ("north", "south", 250.0, 260_000.0, 0.1), ("north", "east", 100.0, 98_000.0, 0.0), ("east", "south", 60.0, 66_000.0, 0.05),
        ("south", "north", 40.0, 45_000.0, 0.0), ("south", "east", 10.0, 11_000.0, 0.0),
    ]  # fmt: skip
    return Benchmark.from_tables(
        [{"country": c, "production_t": t, "capacity_t": 1.5 * t} for c, t in made.items()],
        [{"exporter": i, "importer": j, "trade_t": t, "value_usd": v, "duty_rate": d} for i, j, t, v, d in flows],
        commodity="aluminium", stage="refined", year=2024, labels="free",
    )  # fmt: skip


@pytest.fixture(scope="module")
def market() -> Benchmark:
    return trio()


def scenario(*measures: Measure, **fields: Any) -> Scenario:
    return Scenario("test", measures=list(measures), **{"elasticities": EASE, "capacity_slack": 0.1, **fields})


def run(market: Benchmark, *measures: Measure, to: int = 2028, draws: int = 0, growth: Any = "2%", **how: Any) -> PathOutcome:
    fields = {k: how.pop(k) for k in ("elasticities", "choke") if k in how}
    return run_path(scenario(*measures, **fields), market, draws, horizon=to, growth=growth, **how)


def series(o: PathOutcome, variable: str, path: str = "difference", statistic: str = "median", **where: Any) -> np.ndarray:
    return o.results[variable].sel(path=path, statistic=statistic, **where).values


def with_reserves(monkeypatch: pytest.MonkeyPatch, tonnes: list[float]) -> None:
    monkeypatch.setattr(paths, "reserves_of", lambda *_: Reserves(np.array(tonnes), "made up", "1"))


# Nothing done


@pytest.mark.parametrize("draws", [0, 16])
def test_with_nothing_in_it_and_no_growth_every_year_is_the_benchmark(market: Benchmark, draws: int) -> None:
    o = run(market, draws=draws, growth=0.0)
    still = simulate(market, scenario(Subsidy(country="north", rate=0.0)), draws=0).benchmark
    for name in set(LEVELS) & set(still):
        for path in ("without", "with"):
            assert (o.results[name].sel(path=path).values == still[name].values[None, ..., None]).all(), name
    for name in VARIABLES:
        assert not np.nan_to_num(o.change(name).values).any()
    assert (o.residual, o.failed, o.status) == (0.0, 0, "solved")


def test_what_grows_keeps_its_prices_and_its_proportions() -> None:
    aluminium = Benchmark.from_facts("aluminium", 2024)
    o = run_path(Scenario("nothing"), aluminium, 32, seed=3, keep=True)
    assert o.kept is not None
    levels = o.kept["without"]
    grown = levels["world_use_t"] / levels["world_use_t"][0]
    assert (grown[-1] > grown[1]).mean() > 0.9
    assert np.ptp(grown[-1]) > 0.1
    for name in LEVELS:
        at = levels[name]
        if name.endswith("per_t") or name == "output_rank":
            assert np.array_equal(at, np.broadcast_to(at[:1], at.shape), equal_nan=True), name
        elif name == "output_share":
            assert np.allclose(at, at[:1], rtol=BOOKS)
        elif name.startswith("world"):
            assert np.allclose(at, at[0] * grown, rtol=BOOKS), name
        else:
            assert np.allclose(at, at[0] * grown[:, None], rtol=BOOKS, equal_nan=True), name
    assert "path_no_measure" in {n.id for n in o.notes}


def test_supply_that_does_not_follow_makes_prices_rise(market: Benchmark) -> None:
    follows = [series(run(market, supply_follows=part), "world_price_usd_per_t", "without") for part in (1.0, 0.5, 0.0)]
    assert np.ptp(follows[0]) == 0
    assert (np.diff(follows[1]) > 0).all()
    assert (follows[2][1:] > follows[1][1:]).all()


def test_capacity_is_built_where_output_took_it_up_unless_told_otherwise(market: Benchmark) -> None:
    lost = SupplyShock(country="north", loss_share=0.6)
    price = {e: series(run(market, lost, to=2032, expansion=e), "price_use_usd_per_t", country="south") for e in (True, False)}
    assert price[True][1] == price[False][1]
    assert price[True][2] < price[True][1]
    assert (np.diff(price[True][1:]) <= SOLVED).all()
    assert np.allclose(price[False][1:], price[False][1], rtol=SOLVED)
    for one in ("south", "east"):
        output = series(run(market, lost, to=2032), "output_t", "with", country=one)
        assert (output[2:] / output[1:-1] <= 1.1 * 1.02 * (1 + SOLVED)).all()  # the slack, and growth


# One year


@pytest.mark.parametrize(
    "name", ["us-aluminium-tariff-25", "krasnoyarsk-smelter", "russia-aluminium-offer-2mt", "russia-rare-earths-cooperation"]
)
def test_a_path_of_one_year_is_a_simulation(name: str) -> None:
    made = load(name)
    o = run_path(made, draws=48, seed=5, horizon=2025, growth=0.0)
    s = simulate(made, draws=48, seed=5, within=False)
    for variable in [*LEVELS, "welfare_change_usd", "world_welfare_change_usd"]:
        if variable in s.counterfactual:
            expected = s.counterfactual[variable].values[..., :3]
            found = o.results[variable].sel(path="with", year=2025).values
            scale = np.nanmax(np.abs(expected))
            assert np.array_equal(np.isnan(found), np.isnan(expected)), variable
            assert np.nanmax(np.abs(found - expected)) <= SOLVED * scale, variable


@settings(max_examples=15, deadline=None)
@given(
    st.one_of(
        st.builds(lambda r: Tariff(importer="south", exporter="north", rate=r, mode="set"), st.floats(0, 1)),
        st.builds(lambda r: Tariff(importer="east", rate=r, mode="add"), st.floats(0, 0.5)),
        st.builds(lambda r: SupplyShock(country="north", loss_share=r), st.floats(0, 0.6)),
        st.builds(lambda r: DemandShift(country="south", change=r), st.floats(-0.5, 0.5)),
        st.builds(lambda r: Subsidy(country="east", rate=r), st.floats(0, 0.4)),
        st.just(Embargo(importer="south", exporter="east")),
    )
)
def test_what_is_in_proportion_to_the_market_does_the_same_every_year_that_grows(measure: Measure) -> None:
    o = run(trio(), measure, growth="7%", to=2027, expansion=False)
    for name in ("price_use_usd_per_t", "output_t", "use_t", "imports_t"):
        relative = series(o, name, "relative")[1:]
        assert np.allclose(relative, relative[:1], atol=SOLVED), name
    grown = 1.07 ** np.arange(1, 4)
    welfare = series(o, "world_welfare_change_usd")[1:] / grown
    value = float(trio().value_usd.sum())
    assert np.ptp(welfare) <= SOLVED * value


def test_the_discounted_sum_is_that_of_the_years(market: Benchmark) -> None:
    o = run(market, Tariff(importer="south", rate="30%", mode="set"), discount_rate=0.08)
    weights = 1.08 ** -np.arange(len(o.years))
    assert np.isclose(series(o, "world_welfare_discounted_usd"), weights @ series(o, "world_welfare_change_usd"), rtol=BOOKS)
    assert np.allclose(series(o, "welfare_discounted_usd"), weights @ series(o, "welfare_change_usd"), rtol=1e-9)
    assert np.isclose(series(o, "welfare_discounted_usd").sum(), series(o, "world_welfare_discounted_usd"), rtol=1e-9)


# Dates


def test_nothing_happens_before_its_date_and_later_never_earlier(market: Benchmark) -> None:
    starts = (2026, 2027, 2029)
    made, labels = variants(scenario(Capacity(country="north", tonnes=(20.0, 60.0), ramp_years=2)), starts)
    runs = run_paths(made, market, draws=16, horizon=2031, labels=labels)
    for o, start in zip(runs, starts, strict=True):
        early = [y for y in o.years if y < start]
        for name in VARIABLES:
            if not VARIABLES[name].is_total:
                assert not np.nan_to_num(o.change(name).sel(year=early).values).any(), (name, start)
        added = series(o, "output_t", country="north")
        assert (added[len(early) :] > 0).all()
    first, later, last = (series(o, "world_output_t") for o in runs)
    assert (first + 1e-9 >= later).all()
    assert (later + 1e-9 >= last).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(2025, 2029), st.integers(0, 4), st.integers(1, 12))
def test_a_later_start_never_has_an_earlier_effect(start: int, delay: int, month: int) -> None:
    def measure(year: int) -> Measure:
        return Tariff(importer="south", exporter="north", rate="50%", mode="add", **{"from": date(year, month, 1)})

    early, late = (series(run(trio(), measure(year), to=2033), "world_output_t") for year in (start, start + delay))
    assert not late[: start + delay - 2024].any()
    changed = np.flatnonzero(np.abs(late) > 0)
    assert not len(changed) or changed[0] >= np.flatnonzero(np.abs(early) > 0)[0]


def test_a_measure_that_ends_leaves_nothing_behind(market: Benchmark) -> None:
    o = run(market, Tariff(importer="south", rate="40%", mode="set", **{"from": 2025, "to": 2026}), to=2029)
    price = series(o, "price_use_usd_per_t", country="south")
    assert (price[1:3] > 0).all()
    assert not price[3:].any()


@pytest.mark.parametrize(("first", "part"), [("2027", 1.0), ("2027-07-02", 183 / 365), ("2027-12-31", 1 / 365), ("2028", 0.0)])
def test_a_duty_counts_by_its_days(market: Benchmark, first: str, part: float) -> None:
    from maadin.policy.translate import translate

    south, north = (market.position(c) for c in ("south", "north"))
    new = Tariff(importer="south", exporter="north", rate="50%", mode="set", **{"from": first})
    more = Tariff(importer="south", exporter="east", rate="20%", mode="add", **{"from": first})
    wedges = translate(scenario(new, more), market, year=2027).wedges
    assert wedges.duty_rate[north, south] == pytest.approx(part * 0.5 + (1 - part) * 0.1)
    assert wedges.duty_rate[market.position("east"), south] == pytest.approx(0.05 + part * 0.2)
    assert translate(scenario(new, more), market).wedges.duty_rate[north, south] == 0.5


def test_duties_that_follow_each_other_within_a_year_add_up_by_days(market: Benchmark) -> None:
    from maadin.policy.translate import translate

    one = Tariff(importer="south", exporter="north", rate="25%", mode="set", **{"from": "2025-03-12", "to": "2025-06-03"})
    two = Tariff(importer="south", exporter="north", rate="50%", mode="set", **{"from": "2025-06-04"})
    days = np.array([70, 84, 211])
    expected = days @ np.array([0.1, 0.25, 0.5]) / 365
    found = translate(scenario(one, two), market, year=2025).wedges.duty_rate[market.position("north"), market.position("south")]
    assert found == pytest.approx(expected)


def test_closures_count_the_days_on_which_either_is_in_force(market: Benchmark) -> None:
    from maadin.policy import ExportBan
    from maadin.policy.translate import translate

    east, south = market.position("east"), market.position("south")
    half = Embargo(importer="south", exporter="east", **{"from": "2025-04-01", "to": "2025-09-30"})
    overlapping = ExportBan(exporter="east", **{"from": "2025-09-01", "to": "2025-10-31"})
    wedges = translate(scenario(half, overlapping), market, year=2025).wedges
    assert wedges.open_part[east, south] == pytest.approx(1 - (183 + 31) / 365)
    assert wedges.open_part[east, market.position("north")] == pytest.approx(1 - 61 / 365)
    assert not wedges.closed.any()
    whole = translate(scenario(Embargo(importer="south", exporter="east")), market, year=2025).wedges
    assert whole.closed[east, south]
    assert whole.closed.sum() == 1


def test_a_quota_for_half_a_year_leaves_the_other_half_as_it_was_without(market: Benchmark) -> None:
    from maadin.policy import ImportQuota
    from maadin.policy.translate import translate

    quota = ImportQuota(importer="south", exporter="north", tonnes=100, **{"from": "2026-07-02"})
    part = 183 / 365
    year = InYear(2026, 2025, carried=lambda mask: np.array([400.0, 440.0]))
    limit = translate(scenario(quota), market, year=year).wedges.limits[0]
    assert limit.tonnes == pytest.approx(part * 100 + (1 - part) * np.array([400.0, 440.0]))
    o = run(market, quota, to=2027, growth="10%")
    carried = float(market.trade_t[market.position("north"), market.position("south")]) * 1.1**2
    imports = o.results["imports_t"].sel(country="south", year=2026, statistic="median")
    assert float(imports.sel(path="with")) < float(imports.sel(path="without"))
    assert run(market, ImportQuota(importer="south", exporter="north", tonnes=2 * carried), growth=0.0).residual < SOLVED


@pytest.mark.parametrize(
    ("measure", "read", "expected"),
    [
        (SupplyShock(country="north", loss_share=0.4, **{"from": "2025-07-02"}), lambda w: w.output_scale[0, 0], 1 - 0.4 * 183 / 365),
        (SupplyShock(country="north", loss_t=50, **{"from": "2025-07-02"}), lambda w: w.output_scale[0, 0], 1 - 0.1 * 183 / 365),
        (DemandShift(country="south", change=0.2, **{"to": "2025-07-01"}), lambda w: w.demand_scale[1, 0], 1 + 0.2 * 182 / 365),
        (Subsidy(country="north", rate=0.1, **{"to": "2025-07-01"}), lambda w: w.subsidy_rate[0], 0.1 * 182 / 365),
        (Stockpile(country="south", action="build", tonnes=30, **{"to": "2025-07-01"}), lambda w: w.stock_t[1], 30 * 182 / 365),
    ],
    ids=["share", "tonnes", "demand", "subsidy", "stock"],
)
def test_rates_and_tonnes_count_by_days(market: Benchmark, measure: Measure, read: Any, expected: float) -> None:
    from maadin.policy.translate import translate

    assert read(translate(scenario(measure), market, year=2025).wedges) == pytest.approx(expected)


def test_tonnes_that_are_lost_are_a_smaller_part_of_a_larger_output(market: Benchmark) -> None:
    o = run(market, SupplyShock(country="north", loss_t=50.0), growth="10%", elasticities=EASE | {"epsilon": 0.0})
    lost = series(o, "output_t", country="north")[1:]
    assert np.allclose(lost, -50.0, rtol=1e-6)


def test_a_floor_for_part_of_a_year_is_nearer_to_the_benchmark(market: Benchmark) -> None:
    from maadin.policy.translate import translate

    at = market.position("north")
    price = float(market.price_usd_per_t[at])

    def floor(times: float, first: str) -> float:
        made = PriceFloor(country="north", price=times * price, mechanism="cfd", **{"from": first})
        return float(translate(scenario(made), market, year=2025).wedges.guaranteed_price[at])

    assert floor(1.2, "2025") == pytest.approx(1.2 * price)
    assert floor(1.2, "2025-07-02") == pytest.approx((1 + 0.2 * 183 / 365) * price)
    assert floor(0.8, "2025-07-02") == pytest.approx(0.8 * price)


def test_what_never_is_in_force_is_said(market: Benchmark) -> None:
    late = Tariff(importer="south", rate="10%", mode="set", **{"from": 2031})
    past = DemandShift(country="south", change=0.1, **{"to": 2024})
    o = run(market, late, past, to=2030)
    assert [n.values["measure"] for n in o.notes if n.id == "path_measure_idle"] == [1, 2]
    assert idle(o.scenario, 2025, 2031) == (1,)
    assert not series(o, "output_t").any()


# Capacity


def test_capacity_comes_in_steps_and_what_is_drawn_stays_for_all_years(market: Benchmark) -> None:
    build = Capacity(country="east", tonnes=(10.0, 40.0), ramp_years=3, **{"from": 2026})
    o = run(market, build, to=2031, draws=64, growth=0.0, keep=True, elasticities=EASE | {"epsilon": 0.0})
    assert o.kept is not None
    at = market.position("east")
    added = o.kept["with"]["output_t"][:, at] - o.kept["without"]["output_t"][:, at]
    full = added[o.years.index(2029)]
    assert full.min() == pytest.approx(10, rel=0.1)
    assert full.max() == pytest.approx(40, rel=0.1)
    for year, part in ((2025, 0.0), (2026, 0.25), (2027, 0.5), (2028, 0.75), (2029, 1.0), (2031, 1.0)):
        assert np.allclose(added[o.years.index(year)], part * full, rtol=1e-8), year


@pytest.mark.parametrize("chance", [0.3, Range(0.2, 0.4)])
def test_what_fails_fails_for_good_in_as_many_draws_as_said(market: Benchmark, chance: Any) -> None:
    build = Capacity(country="east", tonnes=50, chance_of_failure=chance, **{"from": 2026})
    o = run(market, build, draws=256, keep=True)
    assert o.kept is not None
    at = market.position("east")
    added = (o.kept["with"]["output_t"] - o.kept["without"]["output_t"])[2:, at]
    built = added > 1
    assert (built == built[:1]).all()
    assert built[0].mean() == pytest.approx(0.7, abs=0.02)
    assert run(market, Capacity(country="east", tonnes=50, chance_of_failure=1.0), draws=8).change("output_t").values.max() <= 1e-6
    assert series(run(market, build), "output_t", country="east")[2] > 1  # at the medians it is built


def test_ranks_and_shares_are_those_of_output(market: Benchmark) -> None:
    o = run(market, Capacity(country="south", tonnes=300), draws=8)
    for path in ("without", "with"):
        output = series(o, "output_t", path)[-1]
        assert series(o, "output_rank", path)[-1].tolist() == (1 + (output[None] > output[:, None]).sum(axis=1)).tolist()
        assert series(o, "output_share", path)[-1].sum() == pytest.approx(1)
    assert series(o, "output_rank", "with", country="south")[-1] == 2
    assert series(o, "output_rank", country="south")[-1] == -1


# Reserves


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.one_of(st.just(np.nan), st.floats(0.3, 8)), min_size=3, max_size=3),
    st.integers(0, 2),
    st.sampled_from([0.0, 0.05, -0.05]),
    st.sampled_from([0, 5]),
)
def test_no_country_ever_digs_out_more_than_its_reserves(times: list[float], free: int, growth: float, draws: int) -> None:
    market = trio()
    tonnes = np.array(times) * market.own_supply_t
    tonnes[free] = np.nan  # somebody goes on, at whatever price: no choke
    with pytest.MonkeyPatch.context() as patch:
        with_reserves(patch, tonnes.tolist())
        o = run(market, Capacity(country="east", tonnes=30.0), to=2030, growth=growth, draws=draws, keep=True, choke=1e9)
    assert o.kept is not None
    limited = np.isfinite(tonnes)
    for path in ("without", "with"):
        used = o.kept[path]["output_t"][1:].cumsum(axis=0)
        left = o.kept[path]["reserves_left_t"]
        trace = TRACE * market.own_supply_t[limited, None] * 1.05**6 * len(used)
        assert (used[-1, limited] <= tonnes[limited, None] + trace).all()
        assert (left[:, limited] >= 0).all()
        assert np.allclose(left[1:, limited], np.maximum(tonnes[limited, None] - used[:, limited], 0), atol=trace.max(initial=0.0))
        assert (left[0, limited] == tonnes[limited, None]).all()
        assert np.isnan(left[:, ~limited]).all()


def test_reserves_that_run_out_are_said_and_their_price_is_in_no_average(market: Benchmark, monkeypatch: pytest.MonkeyPatch) -> None:
    own = market.own_supply_t
    with_reserves(monkeypatch, [np.nan, np.nan, 2.5 * own[2]])
    o = run(market, Capacity(country="east", tonnes=80.0), growth=0.0, to=2029)
    assert {n.values["year"] for n in o.notes if n.id.startswith("path_exhausted")} == {2026, 2027}
    assert series(o, "output_t", "without", country="east")[-1] <= TRACE * own[2] * (1 + SOLVED)
    assert np.isnan(series(o, "price_fob_usd_per_t", "without", country="east")[-1])
    price = series(o, "world_price_usd_per_t", "without")
    assert price[1] == price[0] < price[-1] < 10 * price[0]
    free = run(market, Capacity(country="east", tonnes=80.0), growth=0.0, to=2029, reserves=False)
    assert np.ptp(series(free, "world_price_usd_per_t", "without")) == 0
    assert "path_reserves_off" in {n.id for n in free.notes}


def test_reserves_are_those_of_the_newest_release_and_what_is_missing_keeps_its_reason() -> None:
    earths = Benchmark.from_facts("rare earths", 2024)
    found = reserves_of(earths)
    assert found.release == "MCS 2025"
    assert found.tonnes[earths.position("RUS")] == 3_800_000
    assert np.isnan(found.tonnes[earths.position("MMR")])
    said = {n.id: n.values.get("countries", ()) for n in found.notes}
    assert "MMR" in said["path_reserves_missing"]
    assert "LAO" in said["path_reserves_not_listed"]
    titanium = Benchmark.from_facts("titanium", 2024)
    forms = reserves_of(titanium)
    assert forms.tonnes[titanium.position("IND")] == 15_670_000  # ilmenite and rutile
    assert np.isnan(forms.tonnes[titanium.position("MOZ")])  # rutile alone has a figure
    assert "MOZ" in next(n.values["countries"] for n in forms.notes if n.id == "path_reserves_partly")
    for commodity, year, why in (
        ("aluminium", 2024, "stage"),
        ("bauxite", 2024, "basis"),
        ("platinum", 2024, "none"),
        ("nickel", 2010, "imports_only"),
    ):
        nothing = reserves_of(Benchmark.from_facts(commodity, year))
        assert [n.id for n in nothing.notes] == [f"path_reserves_{why}"]
        assert not nothing.limit


# Stocks


def test_what_is_built_can_be_released_and_no_more(market: Benchmark) -> None:
    build = Stockpile(country="south", action="build", tonnes=20, **{"from": 2025, "to": 2026})
    release = Stockpile(country="south", action="release", tonnes=30, **{"from": 2028})
    o = run(market, build, release, to=2032)
    level = series(o, "stock_level_t", "with", country="south")
    assert level.tolist() == pytest.approx(
        [0, 20, 40, 40, 10, 0, 0, 0, 0], abs=0.01
    )  # a stock is a part of what arrives, whose mix moves a little
    assert not series(o, "stock_level_t", "without").any()
    assert {n.id for n in o.notes} >= {"path_stock_empty"}
    use = series(o, "use_t", country="south")
    assert (use[1:3] < 0).all()
    assert (use[4:6] > 0).all()
    assert np.allclose(use[6:], 0, atol=1e-6)


def test_a_first_release_takes_from_what_the_scenario_says_is_there(market: Benchmark) -> None:
    o = run(market, Stockpile(country="south", action="release", tonnes=30, **{"from": 2026}), growth=None, draws=8)
    level = series(o, "stock_level_t", "with", country="south")
    assert not level.any()
    assert [n.values for n in o.notes if n.id == "path_stock_held"] == [{"country": "south", "stock_t": 30.0, "year": 2026}]
    assert "path_growth_middle" in {n.id for n in o.notes}
    assert series(o, "use_t", country="south")[2] > 1
    assert np.allclose(series(o, "use_t", country="south")[3:], 0, atol=1e-6)
    assert o.growth.is_fixed


def test_stocks_that_wait_for_a_price_differ_by_draw_and_release_what_they_hold(market: Benchmark) -> None:
    at = market.position("south")
    paid = float(
        (market.price_usd_per_t[:, None] * market.wedge * (1 + market.duty_rate) * market.trade_t)[:, at].sum()
        / market.trade_t[:, at].sum()
    )
    build = Stockpile(country="south", action="build", tonnes=40, trigger_price=1.03 * paid, **{"from": 2025, "to": 2025})
    release = Stockpile(country="south", action="release", tonnes=25, **{"from": 2027})
    o = run(
        market,
        build,
        release,
        draws=24,
        growth=0.0,
        to=2030,
        keep=True,
        elasticities={"sigma": (2.0, 6.0), "eta": (0.1, 2.0), "epsilon": (0.1, 2.0)},
    )
    assert o.kept is not None
    level = o.kept["with"]["stock_level_t"][:, at]
    built = level[1]
    assert np.ptp(built) > 1
    assert (level >= 0).all()
    assert (level[3] <= np.maximum(built - 25, 0) + 1e-6).all()
    assert level[-1].max() <= 25 / 8 + 1e-6  # draws are solved in eighths of the release


# Growth


def test_growth_is_that_of_printed_world_output() -> None:
    printed = production("copper", country="WLD", year="2018-2024", source="wmd", stage="mine")
    world = dict(zip(printed.column("year"), printed.column("value"), strict=True))
    found = growth_of("copper", "mine")
    yearly = np.diff(np.log([world[y] for y in sorted(world)]))
    assert found.mid == pytest.approx(np.expm1(yearly.mean()))
    assert found.high == pytest.approx(np.expm1(yearly.mean() + 2.015 * yearly.std(ddof=1) / np.sqrt(6)), rel=1e-3)
    assert (found.first_year, found.last_year, found.source, found.stage) == (2018, 2024, "wmd", "mine")
    assert growth_of("copper", "refined") == found  # the source counts the mine only
    assert growth_of("unheard of").trend(5, np.zeros(3)).tolist() == [1, 1, 1]


def test_growth_fades_and_a_users_does_not() -> None:
    earths = growth_of("rare-earths", "mine")
    rates = earths.rates(np.array([0.05, 0.5, 0.95]))
    assert np.expm1(rates) == pytest.approx([earths.low, earths.mid, earths.high], rel=1e-3)
    yearly = np.diff(np.log([earths.trend(k, rates) for k in range(6)]), axis=0)
    distance = yearly - np.log1p(earths.later)
    assert np.allclose(distance[1:], FADE * distance[:-1], rtol=1e-9)
    user = chosen(earths, "1% to 3%")
    assert user.rates(np.array([0.0, 0.5, 1.0])) == pytest.approx(np.log([1.01, 1.02, 1.03]))
    assert user.trend(4, user.rates(np.array([0.5]))) == pytest.approx([1.02**4])
    assert chosen(earths, "high") == Growth(**{**_fields(earths), "low": earths.high, "mid": earths.high})
    assert chosen(earths, 0).trend(9, np.zeros(1)).item() == 1.0


def _fields(growth: Growth) -> dict[str, Any]:
    return {name: getattr(growth, name) for name in Growth.__slots__}


@pytest.mark.parametrize("given", ["fast", "300%", "-90%", True, ""])
def test_growth_that_cannot_be_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="growth"):
        chosen(growth_of("copper"), given)


# Runs


def test_variants_beside_each_other_are_what_they_are_alone(market: Benchmark) -> None:
    made, labels = variants(scenario(Capacity(country="north", tonnes=(10.0, 30.0))), [2026, 2028], [20.0, 60.0])
    assert labels == [{"start": s, "tonnes": t} for s in (2026.0, 2028.0) for t in (20.0, 60.0)]
    together = run_paths(made, market, draws=8, horizon=2030, labels=labels)
    for one, label, o in zip(made, labels, together, strict=True):
        alone = run_path(one, market, 8, horizon=2030)
        assert o.label == label
        assert o.results.equals(alone.results)
    with pytest.raises(InputError, match="no capacity"):
        variants(scenario(Tariff(importer="south", rate=0.1, mode="add")), [2027])


def test_the_same_seed_gives_the_same_path_and_another_one_another(market: Benchmark) -> None:
    build = Capacity(country="north", tonnes=(10.0, 30.0))
    one, same, other = (run(market, build, draws=16, growth=None, seed=seed) for seed in (1, 1, 2))
    assert one.results.equals(same.results)
    assert not one.results.equals(other.results)


def test_differences_are_taken_draw_by_draw(market: Benchmark) -> None:
    o = run(market, Tariff(importer="south", rate="20%", mode="add"), draws=16, growth=None, keep=True, elasticities={})
    assert o.kept is not None
    change = o.kept["with"]["use_t"] - o.kept["without"]["use_t"]
    assert np.array_equal(quantiles(change), o.change("use_t").transpose("year", "country", "statistic").values)
    assert o.difference["use_t"].equals(o.change("use_t"))
    assert np.array_equal(o.with_measures["use_t"].values, quantiles(o.kept["with"]["use_t"]))
    assert np.array_equal(o.without["use_t"].values, quantiles(o.kept["without"]["use_t"]))


def test_quantiles_leave_out_what_has_no_value() -> None:
    values = np.array([[3.0, 1.0, np.nan, 2.0], [np.nan] * 4])
    assert quantiles(values)[0] == pytest.approx([2.0, 1.1, 2.9])
    assert np.isnan(quantiles(values)[1]).all()
    assert quantiles(np.array([1.0, 2.0, 4.0, 9.0]), whole=True).tolist() == [2.0, 1.0, 9.0]


def test_results_are_labelled_and_say_their_units(market: Benchmark) -> None:
    o = run(market, Capacity(country="north", tonnes=50), draws=4)
    assert set(o.results) == set(VARIABLES)
    assert o.results["output_t"].dims == ("path", "year", "country", "statistic")
    assert o.results["world_price_usd_per_t"].dims == ("path", "year", "statistic")
    assert o.results["world_welfare_discounted_usd"].dims == ("path", "statistic")
    assert tuple(o.results["path"].values) == PATHS
    assert all(o.results[name].attrs["unit"] == v.unit for name, v in VARIABLES.items())
    assert o.years == (2024, 2025, 2026, 2027, 2028)
    assert list(run(market).results["statistic"].values) == ["median"]
    with pytest.raises(LabelError, match="use_t"):
        o.change("use")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"to": 2024}, "2024 is not after"),
        ({"to": 2041}, "too far"),
        ({"draws": -1}, "out of range"),
        ({"supply_follows": 1.5}, "between 0 and 1"),
        ({"discount_rate": 5.0}, "discount rate"),
        ({"growth": "quickly"}, "growth"),
    ],
)
def test_what_cannot_be_run_is_refused(market: Benchmark, how: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        run(market, **how)


def test_a_scenario_needs_a_market() -> None:
    with pytest.raises(InputError, match="commodity and year"):
        run_path(Scenario("nothing"))
    with pytest.raises(InputError, match="no scenario"):
        run_paths([])


def test_the_horizon_is_the_scenarios_or_2035(market: Benchmark) -> None:
    assert run_path(scenario(horizon=2027), market, 0).horizon == 2027
    assert run_path(scenario(), market, 0).horizon == 2035
    assert run_path(scenario(horizon=2027), market, 0, horizon=2026).horizon == 2026


def test_every_year_is_told(market: Benchmark) -> None:
    told: list[str] = []
    run(market, report=told.append)
    assert told == ["2024", "2025", "2026", "2027", "2028"]


def test_ready_made_paths() -> None:
    smelter = run_path(load("krasnoyarsk-smelter-path"), draws=64)
    added = smelter.change("output_t").sel(country="RUS", statistic="median")
    assert smelter.horizon == 2035
    assert not added.sel(year=[2026, 2027]).values.any()
    assert 100_000 < float(added.sel(year=2032)) < 300_000
    assert float(smelter.change("output_t").sel(country="RUS", statistic="low", year=2035)) == pytest.approx(0, abs=1)
    assert float(smelter.relative_change("world_price_usd_per_t").sel(year=2035, statistic="median")) < 0
    earths = run_path(load("russia-rare-earths-speedup"), draws=64)
    assert float(earths.change("output_t").sel(country="RUS", year=2033, statistic="median")) > 1000
    assert float(earths.change("output_t").sel(country="CHN", year=2033, statistic="median")) < 0
    assert float(earths.with_measures["output_rank"].sel(country="RUS", year=2033, statistic="low")) < 9


def test_the_guide_names_every_variable() -> None:
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "path.md"
    if not guide.exists():
        pytest.skip("the guides come with the repository")
    text = guide.read_text("utf-8")
    assert [name for name in VARIABLES if f"`{name}`" not in text] == []


def test_assumptions_have_bounds() -> None:
    assert Assumed().supply_follows == 1.0
    with pytest.raises(InputError):
        Assumed(supply_follows=-0.1)
