"""The labelled result: every variable with its labels and unit, identities between variables, changes, and the way into other programs.

Tolerance: SAME, sums of a few hundred doubles.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from small_markets import before, level, run, trio, worst

from maadin.errors import LabelError
from maadin.market.benchmark import Benchmark
from maadin.policy import ExportTax, ImportQuota, PriceFloor, Tariff
from maadin.policy.library import load
from maadin.policy.outcome import OTHER_CODES, STATISTICS, VARIABLES, Outcome
from maadin.policy.run import simulate

SAME = 1e-9


@pytest.fixture(scope="module")
def small() -> Outcome:
    measures = (
        Tariff(importer="south", rate="15%", mode="add"), ImportQuota(importer="south", exporter="north", share_of_benchmark="60%", rent_to_importer="50%"),
        ExportTax(exporter="east", rate="5%", mode="add"),
    )  # fmt: skip
    return run(trio(), *measures)


@pytest.fixture(scope="module")
def real() -> Outcome:
    return simulate(load("us-aluminium-tariff-25"), draws=8)


@pytest.fixture(scope="module")
def point() -> Outcome:
    return simulate(load("us-aluminium-tariff-25"), draws=0)


def test_both_datasets_hold_every_variable_with_its_unit_and_labels(real: Outcome, small: Outcome) -> None:
    dims = {"country": ("country",), "route": ("exporter", "importer"), "world": (), "limit": ("limit",)}
    for found in (real, small):
        for dataset, last in ((found.benchmark, ()), (found.counterfactual, ("statistic",))):
            assert list(dataset.data_vars) == list(VARIABLES)
            assert dataset["country"].to_numpy().tolist() == dataset["exporter"].to_numpy().tolist() == list(found.market.countries)
            assert dataset["importer"].to_numpy().tolist() == [*found.market.countries, OTHER_CODES]
            for name, about in VARIABLES.items():
                assert dataset[name].dims == (*dims[about.of], *last), name
                assert dataset[name].attrs == {"unit": about.unit, "long_name": about.title}
    assert real.counterfactual["statistic"].to_numpy().tolist() == list(STATISTICS)
    assert small.counterfactual["statistic"].to_numpy().tolist() == ["median"], "without draws there is no interval"
    assert small.counterfactual["limit"].to_numpy().tolist() == ["1:import_quota"]


def test_units_are_in_the_names() -> None:
    ends = {"t": "_t", "USD": "_usd", "USD/t": "_usd_per_t"}
    assert all(name.endswith(ends[v.unit]) for name, v in VARIABLES.items() if v.unit != "1")
    assert all(v.is_change == ("_change_" in name) for name, v in VARIABLES.items())


def test_the_benchmark_of_an_outcome_is_the_market(real: Outcome) -> None:
    b = real.market
    for name, values in (
        ("output_t", b.own_supply_t), ("use_t", b.use_t), ("imports_t", b.imports_t), ("exports_t", b.exports_t), ("other_codes_t", b.other_codes_t),
        ("re_exports_t", b.re_exports_t),
    ):  # fmt: skip
        assert worst(real.benchmark[name], values, b.use_t.sum()) <= SAME, name
    trade = np.column_stack([b.trade_t, b.other_codes_t])
    sells = (b.own_supply_t > 0) | (b.re_exports_t > 0)
    assert worst(real.benchmark["trade_t"], np.where(sells[:, None], trade, 0.0), b.use_t.sum()) <= SAME
    assert (
        worst(real.benchmark["value_usd"].isel(importer=slice(0, -1)), np.where(sells[:, None], b.value_usd, 0.0), b.value_usd.sum())
        <= SAME
    )
    prices = real.benchmark["price_fob_usd_per_t"].to_numpy()
    selling = np.isfinite(prices)
    assert worst(prices[selling], b.price_usd_per_t[selling], 1000.0) <= SAME
    changes = [name for name, v in VARIABLES.items() if v.is_change]
    assert max(float(np.abs(real.benchmark[name]).max()) for name in changes) <= SAME * 1e-3 * b.value_usd.sum()
    us = b.position("USA")
    duty = (b.value_usd * (1 + b.export_tax_rate) * b.duty_rate)[:, us].sum()
    assert before(real, "tariff_revenue_usd", country="USA") == pytest.approx(duty, rel=SAME)


@pytest.mark.parametrize("which", ["small", "point"])
def test_quantities_agree_with_the_matrix_of_trade(which: str, request: pytest.FixtureRequest) -> None:
    found: Outcome = request.getfixturevalue(which)
    c = found.counterfactual.sel(statistic="median")
    countries = list(found.market.countries)
    trade = c["trade_t"].to_numpy()
    inside, own = trade[:, :-1], np.diag(trade[:, :-1])
    whole = found.market.use_t.sum()
    assert worst(c["exports_t"], inside.sum(axis=1) - own, whole) <= SAME
    assert worst(c["imports_t"], inside.sum(axis=0) - own, whole) <= SAME
    assert worst(c["other_codes_t"], trade[:, -1], whole) <= SAME
    assert worst(c["output_t"] + c["re_exports_t"], trade.sum(axis=1), whole) <= SAME
    assert worst(c["use_t"] + c["re_exports_t"] + c["stock_t"], inside.sum(axis=0), whole) <= SAME
    assert float(c["world_output_t"]) == pytest.approx(float(c["output_t"].sum()), rel=SAME)
    assert float(c["world_use_t"]) == pytest.approx(float(c["use_t"].sum()), rel=SAME)
    assert float(c["world_trade_t"]) == pytest.approx(float(c["imports_t"].sum()), rel=SAME)
    assert float(c["world_output_t"]) == pytest.approx(float(c["world_use_t"] + c["other_codes_t"].sum()), rel=SAME)
    b = found.market
    weights = np.nan_to_num(b.own_supply_t)
    assert float(c["world_price_usd_per_t"]) == pytest.approx(
        float(weights @ np.nan_to_num(c["price_fob_usd_per_t"].to_numpy()) / weights.sum()), rel=SAME
    )
    imports = inside - np.diag(own)
    some = imports.sum(axis=0) > 0
    hhi = (imports[:, some] ** 2).sum(axis=0) / imports[:, some].sum(axis=0) ** 2
    assert worst(c["hhi_imports"].to_numpy()[some], hhi, 1.0) <= SAME
    assert np.isnan(c["hhi_imports"].to_numpy()[~some]).all()
    users = c["use_t"].to_numpy() > SAME * whole
    needed = ((c["imports_t"] - c["exports_t"] - c["other_codes_t"]) / c["use_t"]).to_numpy()
    assert worst(c["net_import_reliance"].to_numpy()[users], needed[users], np.abs(needed[users]).max()) <= SAME
    for country, (then, now) in found.origin_traced.items():
        if np.isfinite(now) and users[countries.index(country)]:
            assert -SAME <= then <= 1 + SAME
            assert -SAME <= now <= 1 + SAME


def test_origins_are_traced_through_what_countries_pass_on() -> None:
    """Every country's supply is a mix of its own and of what its suppliers' mixes are; what the state bought is out of it."""
    found = run(trio(), PriceFloor(country="south", price="1.5 USD/kg", mechanism="purchase"), keep=True)
    assert found.books is not None
    assert found.books.bought[1, 0] > 10
    trade = found.counterfactual["trade_t"].sel(statistic="median").to_numpy()[:, :3].copy()
    np.fill_diagonal(trade, 0.0)
    own = np.diag(found.books.output[:, 0] - found.books.bought[:, 0])
    mix = np.eye(3)  # origin, country
    for _ in range(200):
        mix = (own + mix @ trade) / (own + trade).sum(axis=0)
    for j, country in enumerate(found.market.countries):
        assert found.origin_traced[country][1] == pytest.approx(1 - mix[j, j], rel=SAME)


@pytest.mark.parametrize("which", ["small", "point"])
def test_money_agrees_with_prices_and_tonnes(which: str, request: pytest.FixtureRequest) -> None:
    found: Outcome = request.getfixturevalue(which)
    c, b = found.counterfactual.sel(statistic="median"), found.market
    whole = b.value_usd.sum()
    price = c["price_fob_usd_per_t"].to_numpy()
    trade = c["trade_t"].to_numpy()[:, :-1]
    fob = np.where(trade > 0, np.nan_to_num(price)[:, None] * b.wedge, 0.0)
    assert worst(c["value_usd"].to_numpy()[:, :-1], fob * trade, whole) <= SAME
    paid = np.nansum(c["price_landed_usd_per_t"].to_numpy()[:, :-1] * trade)
    received = float(c["value_usd"].isel(importer=slice(0, -1)).sum())
    received += float((c["tariff_revenue_usd"] + c["export_tax_revenue_usd"] + c["quota_rent_usd"]).sum())
    assert paid == pytest.approx(received, rel=SAME)
    routes = c["trade_t"].to_numpy() > 0
    assert np.isfinite(c["price_landed_usd_per_t"].to_numpy()[routes]).all()


def test_rent_of_a_limit_is_what_its_sides_get(small: Outcome) -> None:
    rent = level(small, "limit_rent_usd", limit="1:import_quota")
    north, south = (level(small, "quota_rent_usd", country=c) for c in ("north", "south"))
    assert rent > 0
    assert (north, south) == (pytest.approx(rent / 2, rel=SAME), pytest.approx(rent / 2, rel=SAME))
    assert level(small, "limit_t", limit="1:import_quota") == pytest.approx(
        0.6 * before(small, "limit_t", limit="1:import_quota"), rel=1e-8
    )
    wedge = level(small, "limit_wedge", limit="1:import_quota")
    landed = level(small, "price_landed_usd_per_t", exporter="north", importer="south")
    assert rent == pytest.approx(wedge / (1 + wedge) * landed * level(small, "trade_t", exporter="north", importer="south"), rel=SAME)


def test_changes_are_counterfactual_less_benchmark(real: Outcome) -> None:
    change = real.change("price_use_usd_per_t")
    assert change.dims == ("country", "statistic")
    here = {"country": "USA", "statistic": "high"}
    assert float(change.sel(here)) == level(real, "price_use_usd_per_t", "high", country="USA") - before(
        real, "price_use_usd_per_t", country="USA"
    )
    relative = real.relative_change("price_use_usd_per_t").sel(here)
    assert float(relative) == pytest.approx(float(change.sel(here)) / before(real, "price_use_usd_per_t", country="USA"), rel=SAME)
    assert np.isnan(real.relative_change("tariff_revenue_usd").sel(country="RUS", statistic="median")), "no change of nothing"
    assert real.change("trade_t").dims == ("exporter", "importer", "statistic")
    assert real.change("world_output_t").dims == ("statistic",)


def test_an_unknown_variable_names_the_nearest(small: Outcome) -> None:
    for ask in (small.change, small.relative_change):
        with pytest.raises(LabelError, match=r"'price_use_usd' is not a known variable of an outcome\. Nearest: 'price_use_usd_per_t'"):
            ask("price_use_usd")
    with pytest.raises(LabelError) as raised:
        small.change("xyz")
    assert raised.value.nearest == []


def test_welfare_lists_its_parts(small: Outcome) -> None:
    found = small.welfare().sel(statistic="median")
    parts = set(found.data_vars)
    assert "welfare_change_usd" in parts
    assert parts <= set(VARIABLES)
    signs = {name: -1 if name == "support_cost_usd" else 1 for name in parts - {"welfare_change_usd"}}
    whole = sum(sign * found[name] for name, sign in signs.items())
    assert worst(found["welfare_change_usd"], whole, small.market.value_usd.sum()) <= 1e-12
    assert float(found["tariff_revenue_usd"].sel(country="south")) == float(
        small.change("tariff_revenue_usd").sel(country="south", statistic="median")
    )


def test_goods_under_other_codes_are_a_column_of_trade(point: Outcome) -> None:
    emirates = point.counterfactual["trade_t"].sel(exporter="ARE", importer=OTHER_CODES, statistic="median")
    assert float(emirates) == pytest.approx(level(point, "other_codes_t", country="ARE"), rel=SAME)
    assert float(emirates) > 1e6


def test_datasets_survive_netcdf(real: Outcome, tmp_path: Path) -> None:
    for name, dataset in (("benchmark", real.benchmark), ("counterfactual", real.counterfactual), ("welfare", real.welfare())):
        dataset.to_netcdf(tmp_path / f"{name}.nc", engine="scipy")
        with xr.open_dataset(tmp_path / f"{name}.nc", engine="scipy") as stored:
            read = stored.load()
        assert set(read.data_vars) == set(dataset.data_vars)
        for variable in dataset.data_vars:
            assert np.array_equal(read[variable].to_numpy(), dataset[variable].to_numpy(), equal_nan=True), variable
            assert read[variable].attrs == dataset[variable].attrs
        assert read["country"].to_numpy().astype(str).tolist() == list(real.market.countries)


def test_an_outcome_says_what_it_came_from(point: Outcome) -> None:
    assert point.scenario == load("us-aluminium-tariff-25")
    assert isinstance(point.market, Benchmark)
    assert (point.draws, point.failed, point.status) == (0, 0, "solved")
    assert point.elasticities.commodity == "aluminium"
    us = point.origin_traced["USA"]
    assert 0.5 < us[1] < us[0] < 1, "less of what it uses comes from abroad"
    with pytest.raises(AttributeError):
        point.draws = 5  # type: ignore[misc]
