"""Own figures in and out: what is written is read back the same, what is left open follows from the identities, and what is wrong is refused
with every offending cell.

Tolerances: round trips are exact, since figures are written with all their digits. Derived figures agree to 1e-12 of the market's size, what
summing a few hundred figures leaves.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.errors import ChecksFailed, DataError, InputError, MaadinError
from maadin.facts.table import Note
from maadin.market.adjustments import Adjustment
from maadin.market.benchmark import BY_COUNTRY, BY_ROUTE, Benchmark
from maadin.market.own import checks, files, prices, rows
from maadin.market.own_data import from_tables

EXACT = 1e-12
MARKETS = [("aluminium", 2024, None), ("copper", 2022, "refined"), ("nickel", 2010, None)]
Table = list[dict[str, Any]]


def countries(**of_chile: Any) -> Table:
    """Chile makes 100 t and ships 70, China makes 20."""
    return [{"country": "CHL", "production_t": 100.0, **of_chile}, {"country": "CHN", "production_t": 20.0}]


def flows(**of_route: Any) -> Table:
    return [{"exporter": "CHL", "importer": "CHN", "trade_t": 70.0, **of_route}]


def both(column: str, chile: float | None, china: float | None) -> Table:
    """The same countries with a further column."""
    return [{**row, column: value} for row, value in zip(countries(), (chile, china), strict=True)]


def differing(one: Benchmark, other: Benchmark) -> list[str]:
    """Names of fields that are not exactly the same."""
    found = []
    for field in dataclasses.fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        same = np.array_equal(a, b, equal_nan=a.dtype.kind == "f") if isinstance(a, np.ndarray) else a == b and type(a) is type(b)
        found += [] if same else [field.name]
    return found


def written_by_hand(folder: Path, countries: str | bytes, flows: str | bytes, about: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in (("countries.csv", countries), ("flows.csv", flows), ("about.json", about)):
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def parquet(table: pd.DataFrame, file: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("t", table)
        connection.execute(f"copy (select * from t) to '{file}' (format parquet)")


GOOD_COUNTRIES = "country,production_t\nChile,100\nالصين,20\n"
GOOD_FLOWS = "exporter,importer,trade_t\nCHL,China,70\n"


@pytest.fixture(scope="module", params=MARKETS, ids=lambda m: f"{m[0]}-{m[1]}")
def market(request: pytest.FixtureRequest) -> Benchmark:
    commodity, year, stage = request.param
    return Benchmark.from_facts(commodity, year, stage)


# --- there and back ------------------------------------------------------------------------------------------------------------------------


def test_the_markets_cover_what_can_be_lost() -> None:
    made = [Benchmark.from_facts(*m) for m in MARKETS]
    assert {b.kind for b in made} == {"balanced", "imports_only"}
    assert any(((b.trade_t == 0) & (b.duty_rate > 0)).any() for b in made), "duties on routes without trade"
    assert any(b.applied and b.known and b.notes for b in made)
    assert any(a.exemptions for b in made for a in b.applied)
    assert any(a.before is None for b in made for a in b.log)
    assert any(a.unit == "tonne/tonne" for b in made for a in b.log) or any(np.isnan(b.capacity_t).any() for b in made)


@pytest.mark.parametrize("form", files.FORMS)
def test_written_then_read_is_the_same(market: Benchmark, form: str, tmp_path: Path) -> None:
    market.write(tmp_path / "market", form)
    assert differing(market, Benchmark.read(tmp_path / "market")) == []


def test_a_dataset_is_the_same(market: Benchmark) -> None:
    assert differing(market, Benchmark.from_xarray(market.to_xarray())) == []


def test_a_dataset_survives_netcdf(market: Benchmark, tmp_path: Path) -> None:
    market.to_xarray().to_netcdf(tmp_path / "market.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "market.nc", engine="scipy") as stored:
        assert differing(market, Benchmark.from_xarray(stored)) == []


def test_a_dataset_is_matched_by_label(market: Benchmark) -> None:
    dataset = market.to_xarray()
    turned = dataset.isel(exporter=slice(None, None, -1)).transpose("importer", "exporter", "country")
    assert differing(market, Benchmark.from_xarray(turned)) == []


def test_a_dataset_has_units_and_titles(market: Benchmark) -> None:
    dataset = market.to_xarray()
    assert set(dataset.data_vars) == {*BY_COUNTRY, *BY_ROUTE, "price_is_world_average", "production_basis"}
    assert [str(n) for n, v in dataset.variables.items() if not {"unit", "long_name"} <= v.attrs.keys()] == []
    assert {str(n): v.attrs["unit"] for n, v in dataset.data_vars.items() if str(n).endswith("_t")}.items() >= {
        ("trade_t", "t"),
        ("price_usd_per_t", "USD/t"),
    }


def test_every_extra_survives(tmp_path: Path) -> None:
    """Texts that CSV and spreadsheets treat in ways of their own, and labels that are no codes, though one could be taken for a name."""
    made = from_tables(
        [{"country": "+R1", "production_t": 1 / 3, "production_basis": '\'=1, "x"\nline'}, *countries()], flows(), labels="free"
    )
    full = dataclasses.replace(
        made, countries=("+R1", "Chile", "CHN"),
        log=(Adjustment("trade", "+R1", "CHL", "", None, 0.1 + 0.2, "tonne", "=cmd"), Adjustment("trade", "'@", "", "01", 1e-300, 2.0, "t", "")),
        notes=(Note("benchmark_imputed", {"codes": ("760110",), "n": {"a": (1, 2.5)}}),), sources=(("own", "نشرة"),), reason="",
    )  # fmt: skip
    for form in files.FORMS:
        full.write(tmp_path / form, form)
        assert differing(full, Benchmark.read(tmp_path / form)) == []
    assert differing(full, Benchmark.from_xarray(full.to_xarray())) == []
    assert "'+R1" in (tmp_path / "csv" / "countries.csv").read_text("utf-8"), "a spreadsheet would run +R1 as a formula"


AMOUNT = st.floats(0, 1e9, allow_subnormal=False) | st.just(0.0)


@st.composite
def markets(draw: st.DrawFn) -> Benchmark:
    """Small markets that balance: every country makes what it ships."""
    n = draw(st.integers(1, 4))
    names = ["CHL", "CHN", "USA", "Region 1"][:n]
    amounts = draw(st.lists(AMOUNT, min_size=n * n, max_size=n * n))
    prices_ = draw(st.lists(st.floats(1e-3, 1e6), min_size=n, max_size=n))
    trade = np.array(amounts).reshape(n, n)
    np.fill_diagonal(trade, 0.0)
    made = trade.sum(axis=1) + np.array(draw(st.lists(AMOUNT, min_size=n, max_size=n)))
    rows_ = [{"country": c, "production_t": p, "price_usd_per_t": v} for c, p, v in zip(names, made.tolist(), prices_, strict=True)]
    routes = [{"exporter": a, "importer": b, "trade_t": trade[i, j]} for i, a in enumerate(names) for j, b in enumerate(names) if i != j]
    return from_tables(rows_, pd.DataFrame(routes, columns=["exporter", "importer", "trade_t"]), labels="free")


@given(markets(), st.sampled_from(files.FORMS))
@settings(max_examples=40, deadline=None)
def test_small_markets_come_back_and_balance(tmp_path_factory: pytest.TempPathFactory, market: Benchmark, form: str) -> None:
    folder = tmp_path_factory.mktemp("small") / "m"
    market.write(folder, form)
    assert differing(market, Benchmark.read(folder)) == []
    assert differing(market, Benchmark.from_xarray(market.to_xarray())) == []
    size = EXACT * max(market.production_t.sum() + market.trade_t.sum(), 1.0)
    assert np.abs(market.residual_t()).max() <= size
    assert np.abs(market.supply_t - market.trade_t.sum(axis=1) - market.other_codes_t).max() <= size


# --- what is left open ---------------------------------------------------------------------------------------------------------------------


def test_use_and_own_use_follow() -> None:
    b = from_tables(countries(stock_draw_t=5, other_codes_t=3), flows(), commodity="نحاس", year=2024, stage="refined", mass_basis="gross")
    assert (b.commodity, b.year, b.stage, b.mass_basis, b.kind, b.grade) == ("copper", 2024, "refined", "gross", "balanced", "own data")
    assert b.countries == ("CHL", "CHN")
    assert b.use_t.tolist() == [32.0, 90.0]
    assert b.trade_t.tolist() == [[32.0, 70.0], [0.0, 20.0]]
    assert np.isnan(b.production_sd_t).all() and np.isnan(b.capacity_t).all() and np.isnan(b.exports_coverage).all()
    assert b.production_basis == ("own data", "own data")
    empty = {("stock draw", "CHN", None, 0.0, "own_data"), ("other codes", "CHN", None, 0.0, "own_data")}
    assert {(a.item, a.country, a.before, a.after, a.reason) for a in b.log} == empty, "an empty cell is not a zero"


def test_what_summing_leaves_is_no_own_use() -> None:
    b = from_tables(countries(production_t=0.1 + 0.2), flows(trade_t=0.3))
    assert b.production_t[0] > b.exports_t[0]
    assert b.trade_t[0, 0] == 0
    assert b.log == (), "without a column there is nothing to log"


def test_a_hub_ships_on() -> None:
    routes = [*flows(), {"exporter": "CHN", "importer": "USA", "trade_t": 60}]
    b = from_tables([*countries(), {"country": "USA", "production_t": 0}], routes)
    assert b.use_t.tolist() == [30.0, 30.0, 60.0]
    assert np.diag(b.trade_t).tolist() == [30.0, 0.0, 0.0]
    assert b.re_exports_t.tolist() == [0.0, 40.0, 0.0]
    assert b.production_basis[2] == ""


def test_prices_follow_from_values() -> None:
    routes = [
        {"exporter": "CHL", "importer": "CHN", "trade_t": 60, "value_usd": 120},
        {"exporter": "CHL", "importer": "USA", "trade_t": 10, "value_usd": 90},
        {"exporter": "CHN", "importer": "USA", "trade_t": 10, "value_usd": 30},
    ]
    b = from_tables([*countries(), {"country": "USA", "production_t": 0}], routes)
    assert b.price_usd_per_t.tolist() == [3.0, 3.0, 3.0]
    assert b.price_is_world_average.tolist() == [False, False, True]
    assert b.wedge[0].tolist() == [1.0, 2 / 3, 3.0]
    assert b.value_usd[0, 1:].tolist() == pytest.approx([120.0, 90.0], rel=EXACT)
    by_unit_value = [{**r, "unit_value_usd_per_t": r["value_usd"] / r["trade_t"]} for r in routes]
    for r in by_unit_value:
        del r["value_usd"]
    again = from_tables([*countries(), {"country": "USA", "production_t": 0}], by_unit_value)
    assert np.abs(again.wedge - b.wedge).max() < EXACT
    kept = from_tables([*countries(), {"country": "USA", "production_t": 0, "price_usd_per_t": 5.0}], routes)
    assert kept.price_usd_per_t.tolist() == [3.0, 3.0, 5.0] and not kept.price_is_world_average.any()


def test_prices_alone_leave_wedges_at_one() -> None:
    b = from_tables(both("price_usd_per_t", 8.0, None), flows())
    assert b.price_usd_per_t.tolist() == [8.0, 8.0] and b.price_is_world_average.tolist() == [False, True]
    assert (b.wedge == 1).all() and not any(n.id == "benchmark_no_values" for n in b.notes)


def test_wedges_with_and_without_prices() -> None:
    b = from_tables(both("price_usd_per_t", 8.0, None), flows(wedge=1.5))
    assert b.price_usd_per_t.tolist() == [8.0, 12.0] and b.wedge.tolist() == [[1.0, 1.5], [1.0, 1.0]]
    b = from_tables(countries(), flows(wedge=1.5))
    assert b.price_usd_per_t.tolist() == [1.0, 1.0] and b.wedge[0, 1] == 1.5 and b.notes[0].id == "benchmark_no_values"


def test_without_values_prices_are_one_and_a_note_says_so(tmp_path: Path) -> None:
    b = from_tables(countries(), flows())
    assert b.price_usd_per_t.tolist() == [1.0, 1.0] and (b.wedge == 1).all() and not b.price_is_world_average.any()
    assert b.year == 2025
    assert b.notes == (Note("benchmark_no_values"), Note("benchmark_no_year", {"year": 2025}))
    b.write(tmp_path / "b")
    assert Benchmark.read(tmp_path / "b").notes == b.notes, "said once, not again on every reading"


def test_rates_come_from_either_table() -> None:
    duties = [{"exporter": "CHN", "importer": "CHL", "duty_rate": 0.1}, {"exporter": "CHL", "importer": "CHN", "export_tax_rate": 0.05}]
    b = from_tables(countries(), flows(duty_rate=0.25), duties)
    assert b.duty_rate.tolist() == [[0.0, 0.25], [0.1, 0.0]]
    assert b.export_tax_rate.tolist() == [[0.0, 0.05], [0.0, 0.0]]


def test_names_in_both_languages_and_labels_of_ones_own() -> None:
    b = from_tables([{"country": "تشيلي", "production_t": 100}, {"country": "R1", "production_t": 0}], [
        {"exporter": "chile", "importer": "R1", "trade_t": 70}], labels="free")  # fmt: skip
    assert b.countries == ("CHL", "R1") and b.use_t.tolist() == [30.0, 70.0]


def test_where_output_is_not_counted() -> None:
    b = from_tables([{"country": "CHL"}, {"country": "CHN"}], flows(), kind="imports_only")
    assert b.use_t.tolist() == [0.0, 70.0] and np.isnan(b.production_t).all()
    assert np.diag(b.trade_t).tolist() == [0.0, 0.0] and b.residual_t().tolist() == [0.0, 0.0]


def test_frames_text_numbers_and_named_indexes() -> None:
    frame = pd.DataFrame({"production_t": ["1e2", " 20 "]}, index=pd.Index(["CHL", "CHN"], name="country"))
    routes = pd.DataFrame({"exporter": ["CHL"], "importer": ["CHN"], "trade_t": pd.array([70], dtype="Int64"), "value_usd": [None]})
    assert differing(from_tables(frame, routes), from_tables(countries(), flows())) == []


def test_a_folder_made_by_hand(tmp_path: Path) -> None:
    b = Benchmark.read(
        written_by_hand(tmp_path / "h", b"\xef\xbb\xbf" + GOOD_COUNTRIES.replace("\n", "\r\n").encode(), GOOD_FLOWS + "\n,,\n")
    )
    assert differing(b, from_tables(countries(), flows())) == []
    about = '{"commodity": "copper", "year": 2024, "mass_basis": "Cu content", "sources": [["ours", "2024"]]}'
    b = Benchmark.read(written_by_hand(tmp_path / "h", GOOD_COUNTRIES, GOOD_FLOWS, about))
    assert (b.commodity, b.year, b.stage, b.mass_basis, b.sources) == ("copper", 2024, "own", "Cu content", (("ours", "2024"),))


def test_a_folder_of_parquet_made_by_hand(tmp_path: Path) -> None:
    """In a folder whose name holds what DuckDB would take for a pattern."""
    folder = tmp_path / "a[1]*?'"
    folder.mkdir()
    for name, table in (("countries", countries(use_t=None)), ("flows", flows())):
        parquet(pd.DataFrame(table), tmp_path / "x.parquet")
        shutil.move(tmp_path / "x.parquet", folder / f"{name}.parquet")
    assert differing(Benchmark.read(folder), from_tables(countries(), flows())) == []


def test_balance_is_judged_by_throughput() -> None:
    tolerance = checks.BALANCE * 90 + checks.FLOOR * 100
    from_tables(both("use_t", None, 90 + 0.9 * tolerance), flows())
    with pytest.raises(ChecksFailed, match=r"production 20 \+ imports 70 - use 90 leaves -0\.00"):
        from_tables(both("use_t", None, 90 + 1.5 * tolerance), flows())


def test_small_countries_are_judged_by_the_market() -> None:
    """A billion tonnes are not printed to the gram."""
    large = [{"country": "CHL", "production_t": 1e9}]
    from_tables([*large, {"country": "CHN", "production_t": 0.5, "use_t": 0.5 + 0.9 * checks.FLOOR * 1e9}], flows(trade_t=0))
    with pytest.raises(ChecksFailed, match=r"production 0\.5 - use 2\.5 leaves -2 t; expected 0 ± 1 t"):
        from_tables([*large, {"country": "CHN", "production_t": 0.5, "use_t": 2.5}], flows(trade_t=0))


# --- what is refused -----------------------------------------------------------------------------------------------------------------------

AT = r"row 0 \(CHL\), "
ON = r"row 0 \(CHL -> CHN\), "
REFUSED: dict[str, tuple[Any, Any, dict[str, Any], str]] = {
    "negative": (countries(capacity_t=-5.0), flows(), {}, rf"countries, {AT}capacity_t: -5\.0 is negative; expected tonnes, >= 0"),
    "stock build": (countries(stock_draw_t=-1), flows(), {}, rf"{AT}stock_draw_t: -1\.0 is negative; .*count what is added as use"),
    "infinite": (countries(), flows(value_usd=float("inf")), {}, rf"flows, {ON}value_usd: inf is not finite; expected USD"),
    "overflow": (countries(), flows(value_usd="1e999"), {}, rf"{ON}value_usd: '1e999' is not finite"),
    "too large": (countries(), flows(value_usd=1e16), {}, rf"{ON}value_usd: 1e\+16 is too large"),
    "text": (countries(use_t="many"), flows(), {}, rf"{AT}use_t: 'many' is not a number; expected tonnes"),
    "nan text": (countries(use_t="nan"), flows(), {}, rf"{AT}use_t: 'nan' is not a number"),
    "thousands": (countries(use_t="1,000"), flows(), {}, rf"{AT}use_t: '1,000' is not a number \(write thousands without separators\)"),
    "truth": (countries(use_t=True), flows(), {}, rf"{AT}use_t: True is not a number"),
    "percent": (countries(), flows(duty_rate=25), {}, rf"{ON}duty_rate: 25 is too large; expected a fraction of the fob value, 0\.25 for 25%"),
    "coverage": (countries(exports_coverage=1.5), flows(), {}, rf"{AT}exports_coverage: 1\.5 is too large; expected a fraction from 0 to 1"),
    "price zero": (countries(price_usd_per_t=0), flows(), {}, rf"{AT}price_usd_per_t: 0\.0 is zero; expected USD per tonne, > 0"),
    "no output": ([*countries()[:1], {"country": "CHN"}], flows(), {}, r"countries, row 1 \(CHN\), production_t: is empty; expected tonnes"),
    "no trade": (countries(), flows(trade_t=None), {}, rf"flows, {ON}trade_t: is empty; expected tonnes"),
    "basis": (countries(production_basis=5), flows(), {}, rf"{AT}production_basis: 5\.0 is not a text"),
    "flag": (countries(price_is_world_average="maybe"), flows(), {}, rf"{AT}price_is_world_average: 'maybe' is neither true nor false"),
    "unknown country": ([{"country": "Chlie", "production_t": 1}], flows(), {},
                        r"countries, row 0, country: 'Chlie' is not a known country; nearest: 'Chile'.*maadin facts regions"),
    "group": ([{"country": "EU", "production_t": 1}], flows(), {}, r"row 0, country: 'EU' is not a known country \(it is a group\)"),
    "total": ([*countries(), {"country": "World", "production_t": 120}], flows(), {}, r"row 2, country: 'World' is a total, not a country"),
    "no label": ([*countries(), {"country": None, "production_t": 1}], flows(), {}, r"row 2, country: is empty; expected a country"),
    "number as label": (countries(country=5), flows(), {}, r"row 0, country: 5 is not a name; expected a country"),
    "long label": (countries(country="x" * 99), flows(), {"labels": "free"}, r"row 0, country: 'x+\.\.\. is not a name"),
    "taken label": ([*countries(), {"country": "all", "production_t": 1}], flows(), {"labels": "free"}, r"row 2, country: 'all' is not a known"),
    "country twice": ([*countries(), {"country": "Chile", "production_t": 1}], flows(), {},
                      r"countries, row 2, country: CHL stands in countries, row 0 \(CHL\) already"),
    "route twice": (countries(), [*flows(), *flows(importer="الصين")], {}, r"flows, row 1: the route CHL -> CHN stands in flows, row 0"),
    "not listed": (countries(), [*flows(), {"exporter": "USA", "importer": "CHN", "trade_t": 1}], {},
                   r"flows, row 1, exporter: 'USA' has no row in countries"),
    "free not listed": ([*countries(), {"country": "Region 1", "production_t": 9}], flows(importer="Region 2"), {"labels": "free"},
                        r"flows, row 0, importer: 'Region 2' has no row in countries; nearest: 'Region 1'"),
    "no column": ([{"country": "CHL", "output_t": 5}], flows(), {}, r"countries: there is no column 'production_t'(.|\n)*'output_t' is not a column"),
    "misspelt column": (countries(), [{"exporter": "CHL", "importer": "CHN", "trade": 5}], {},
                        r"flows: there is no column 'trade_t'; nearest: 'trade'(.|\n)*'trade' is not a column of this table; nearest: 'trade_t'"),
    "strange column": (countries(colour=1), flows(), {}, r"countries: 'colour' is not a column of this table"),
    "column twice": (pd.DataFrame([["CHL", 1, 2]], columns=["country", "production_t", "production_t"]), flows(), {},
                     r"countries: the column 'production_t' stands twice"),
    "no rows": (pd.DataFrame(columns=["country", "production_t"]), pd.DataFrame(columns=["exporter", "importer", "trade_t"]), {},
                r"countries: holds no rows; expected one a country"),
    "not a table": ("countries", flows(), {}, r"countries: cannot be read as a table .* expected a DataFrame or a list of dictionaries"),
    "does not balance": (countries(use_t=20), flows(), {}, r"row 0 \(CHL\): production 100 - exports 70 - use 20 leaves 10 t; expected 0 ± 0\.0001 t"),
    "short": (countries(), flows(trade_t=130), {},
              rf"{AT}use_t: is not given, and what leaves the country is 30 t more than production, stock draw and imports \(130 t against 100 t\)"),
    "own use": (countries(), [*flows(), {"exporter": "CHL", "importer": "CHL", "trade_t": 31}], {},
                r"flows, row 1 \(CHL -> CHL\), trade_t: own supply used at home is 31 t; production and stock draw less exports .* are 30 t"),
    "imports": (countries(imports_t=1), flows(), {}, rf"{AT}imports_t: is 1 t; the other figures make it 0 t\. Without the column it is computed"),
    "exports": (countries(exports_t=1), flows(), {}, rf"{AT}exports_t: is 1 t; the other figures make it 70 t"),
    "re-exports": (countries(re_exports_t=1), flows(), {}, rf"{AT}re_exports_t: is 1 t; the other figures make it 0 t"),
    "value without tonnes": (countries(), flows(trade_t=0, value_usd=5), {}, rf"{ON}value_usd: is 5 for 0 tonnes"),
    "tonnes without value": (countries(), flows(value_usd=0), {}, rf"{ON}value_usd: is 0 for 70 tonnes"),
    "some values": (countries(), [*flows(value_usd=5), {"exporter": "CHN", "importer": "CHL", "trade_t": 1}], {},
                    r"flows, row 1 \(CHN -> CHL\), value_usd: is empty while other routes have one"),
    "some wedges": (countries(), [*flows(wedge=1), {"exporter": "CHN", "importer": "CHL", "trade_t": 1}], {},
                    r"flows, row 1 \(CHN -> CHL\), wedge: is empty while other routes have one"),
    "idle wedge": (countries(), flows(trade_t=0, wedge=2), {}, rf"{ON}wedge: is 2; expected 1 or an empty cell"),
    "unit value": (countries(), flows(value_usd=140, unit_value_usd_per_t=3), {}, rf"{ON}value_usd: is 140; unit_value_usd_per_t x trade_t is 210"),
    "price against value": (countries(price_usd_per_t=3), flows(value_usd=140), {},
                            rf"{AT}price_usd_per_t: is 3; the values of its exports over their tonnes are 2"),
    "wedge against value": (countries(price_usd_per_t=2), flows(value_usd=140, wedge=1.5), {}, rf"{ON}value_usd: is 140; price x wedge x tonnes is 210"),
    "value of own use": (countries(), [*flows(value_usd=140), {"exporter": "CHL", "importer": "CHL", "trade_t": 30, "value_usd": 90}], {},
                         r"flows, row 1 \(CHL -> CHL\), value_usd: is 90; price x wedge x tonnes is 60 \(own use is valued at its price\)"),
    "wedge and value alone": (countries(), flows(value_usd=140, wedge=1), {}, r"values and wedges without prices; give price_usd_per_t too"),
    "no price": (both("price_usd_per_t", None, 5), flows(), {}, rf"{AT}price_usd_per_t: is empty while other countries have a price, and it exports"),
    "no average": (countries(price_usd_per_t=5), flows(trade_t=0), {}, r"row 1 \(CHN\), price_usd_per_t: is empty .* no country exports"),
    "unusable value": (countries(), [*flows(value_usd=1e-300), {"exporter": "CHN", "importer": "CHL", "trade_t": 1e-300, "value_usd": 1e14}], {},
                       r"row 1 \(CHN\): values over tonnes of its exports give no usable price"),
    "vanishing wedge": ([*countries(), {"country": "USA", "production_t": 0}], [*flows(trade_t=1, value_usd=1e-311), {"exporter": "CHL", "importer": "CHL", "trade_t": 98},
                        {"exporter": "CHL", "importer": "USA", "trade_t": 1, "value_usd": 1e14}], {}, r"row 0 \(CHL\): values over tonnes .* no usable price"),
    "duty at home": (countries(), [*flows(), {"exporter": "CHL", "importer": "CHL", "trade_t": 30, "duty_rate": 0.1}], {},
                     rf"{AT}duty_rate: is 0\.1 on own supply used at home; expected none"),
    "duties column": (countries(), flows(duty_rate=0.1), {"duties": flows(duty_rate=0.2, trade_t=None)}, r"duties: 'trade_t' is not a column"),
    "rates differ": (countries(), flows(duty_rate=0.1), {"duties": [{"exporter": "CHL", "importer": "CHN", "duty_rate": 0.2}]},
                     r"duties, row 0 \(CHL -> CHN\), duty_rate: is 0\.2; the table of flows has 0\.1 for this route"),
    "output uncounted": (countries(), flows(), {"kind": "imports_only"}, rf"{AT}production_t: output is not counted .* expected an empty cell"),
    "own use uncounted": ([{"country": "CHL"}], flows(importer="CHL"), {"kind": "imports_only"}, r"row 0 \(CHL -> CHL\), trade_t: is own use"),
    "use of imports": ([{"country": "CHL"}, {"country": "CHN", "use_t": 60}], flows(), {"kind": "imports_only"},
                       r"row 1 \(CHN\), use_t: is 60 t; the other figures make it 70 t"),
    "stock uncounted": ([{"country": "CHL", "stock_draw_t": 4}, {"country": "CHN"}], flows(), {"kind": "imports_only"},
                        rf"{AT}stock_draw_t: is 4 t; the other figures make it 0 t"),
    "year": (countries(), flows(), {"year": "2024"}, r"arguments, year: '2024': Input should be a valid integer"),
    "far year": (countries(), flows(), {"year": 20240}, r"arguments, year: 20240: Input should be less than or equal to 2100"),
    "kind": (countries(), flows(), {"kind": "both"}, r"arguments, kind: 'both': Input should be 'balanced' or 'imports_only'"),
    "labels": (countries(), flows(), {"labels": "any"}, r"arguments, labels: 'any': Input should be 'countries' or 'free'"),
    "no JSON": (countries(), flows(), {"commodity": object()}, r"arguments: hold what cannot be written as JSON"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    own, routes, about, message = REFUSED[case]
    with pytest.raises(DataError, match=message):
        from_tables(own, routes, **about)


def test_all_offenders_are_named() -> None:
    many = [{"country": code, "production_t": -1} for code in ("CHL", "CHN", "USA", "Chlie")]
    with pytest.raises(ChecksFailed) as failed:
        from_tables(many, [{"exporter": "CHL", "importer": "PER", "trade_t": "x"}])
    assert len(failed.value.offenders) == 5  # three amounts, an unknown and an unlisted country; a route with no end has no amount
    plenty = [{"country": f"R{n}", "production_t": "x"} for n in range(50)]
    with pytest.raises(ChecksFailed, match=r"50 problem\(s\)(.|\n)*and 30 more"):
        from_tables(plenty, flows(exporter="R1", importer="R2"), labels="free")


def test_no_more_countries_than_matrices_hold() -> None:
    many = [{"country": f"R{n}", "production_t": 1} for n in range(checks.MOST_COUNTRIES + 1)]
    with pytest.raises(DataError, match=r"countries: has 1,001 rows; expected at most 1,000 countries"):
        from_tables(many, flows(), labels="free")


def test_a_file_of_garbage_is_not_compared_name_by_name() -> None:
    garbage = [{"exporter": f"x{n}", "importer": f"y{n}", "trade_t": 1} for n in range(rows.LOOKED_UP)]
    with pytest.raises(ChecksFailed, match=r"2200 problem") as failed:
        from_tables(countries(), garbage)
    assert "comes after too many unknown countries to be looked up" in failed.value.offenders[-1]


# --- folders -------------------------------------------------------------------------------------------------------------------------------

HOSTILE: dict[str, tuple[dict[str, bytes], str]] = {
    "line": ({"flows.csv": b"exporter,importer,trade_t\n\nCHL,CHN,abc\n"}, r"flows\.csv, line 3 \(CHL -> CHN\), trade_t: 'abc' is not a number"),
    "column": ({"countries.csv": b"country,prodction_t\nCHL,1\n"}, r"countries\.csv: there is no column 'production_t'; nearest: 'prodction_t'"),
    "encoding": ({"countries.csv": "country,production_t\nChile,1\nالصين,2\n".encode("cp1256")}, r"countries\.csv, line 3: is not UTF-8 text"),
    "utf-16": ({"countries.csv": GOOD_COUNTRIES.encode("utf-16")}, r"countries\.csv, line 1: is not UTF-8 text; save it as 'CSV UTF-8'"),
    "binary": ({"flows.csv": bytes(range(256)) * 4}, r"flows\.csv, line \d+: is not UTF-8 text"),
    "zeros": ({"flows.csv": b"\0" * 1000}, r"there is no column 'exporter'|is not a CSV table"),
    "empty": ({"flows.csv": b""}, r"flows\.csv: is empty; expected a header line"),
    "semicolons": ({"flows.csv": b"exporter;importer;trade_t\nCHL;CHN;70\n"}, r"flows\.csv, line 1: has a header without commas"),
    "ragged": ({"flows.csv": b"exporter,importer,trade_t\nCHL,CHN,70,5\nCHL,CHN\n"}, r"line 2: has 4 cells; the header has 3\n.*line 3: has 2 cells"),
    "quote": ({"flows.csv": b'exporter,importer,trade_t\n"CHL,CHN,70\n'}, r"flows\.csv, line \d: is not a CSV table"),
    "long cell": ({"flows.csv": b"exporter,importer,trade_t\n" + b"x" * 200_000 + b",CHN,70\n"}, r"flows\.csv, line 2: is not a CSV table"),
    "wide": ({"flows.csv": b"," * 200_000 + b"\n"}, r"flows\.csv: has more than 1,000,000 rows or 100 columns"),
    "long number": ({"flows.csv": GOOD_FLOWS.replace("70", "7" * 100_000).encode()}, r"trade_t: '777.*\.\.\. is not finite"),
    "parquet garbage": ({"flows.csv": b"", "flows.parquet": b"PAR1" + b"x" * 100 + b"PAR1"}, r"flows\.parquet: cannot be read as Parquet"),
    "both forms": ({"flows.parquet": b"PAR1"}, r"flows\.csv: stands beside flows\.parquet; keep one of them"),
    "no flows": ({"flows.csv": b"", "flow.csv": GOOD_FLOWS.encode()}, r"there is no flows\.csv or flows\.parquet; nearest: 'flow\.csv'"),
    "no JSON": ({"about.json": b"{"}, r"about\.json: Invalid JSON"),
    "no object": ({"about.json": b"[1]"}, r"about\.json: \[1\]: Input should be an object"),
    "deep JSON": ({"about.json": b'{"notes": ' + b"[" * 100_000}, r"about\.json: Invalid JSON: recursion limit exceeded"),
    "JSON encoding": ({"about.json": b'{"reason": "\xff"}'}, r"about\.json: Invalid JSON"),
    "wrong types": ({"about.json": b'{"year": "2024", "codes": "7403", "share_adjusted": NaN}'},
                    r"about\.json, year: '2024'(.|\n)*about\.json, codes: '7403'(.|\n)*about\.json, share_adjusted: nan"),
    "huge year": ({"about.json": b'{"year": 1' + b"0" * 5000 + b"}"}, r"about\.json: Invalid JSON: number out of range|about\.json, year: .*Input should be"),
    "unknown field": ({"about.json": b'{"comodity": "copper"}'}, r"about\.json, comodity: is not a known field; nearest: 'commodity'"),
    "wrong note": ({"about.json": b'{"notes": [{"id": 5}]}'}, r"about\.json, notes\.0\.id: 5: Input should be a valid string"),
    "newer": ({"about.json": b'{"schema_version": 2}'}, r"about\.json: has schema version 2; this maadin reads up to 1"),
    "other countries": ({"about.json": b'{"countries": ["CHL", "PER"]}'},
                        r"line 3 \(CHN\), country: is not in the list of countries of about\.json\n.*there is no row for 'PER'"),
    "log": ({"log.csv": b"item,country,partner,code,before,after,unit,reason\ntrad,CHL,CHN,,x,inf,tonne,balance\n"},
            r"log\.csv, line 2, item: 'trad'(.|\n)*log\.csv, line 2, before: 'x'(.|\n)*log\.csv, line 2, after: 'inf': Input should be a finite"),
    "log columns": ({"log.csv": b"item,country\n"}, r"log\.csv: there is no column 'partner'"),
    "known columns": ({"known.csv": b"country,quantity,form,published_t,benchmark_t,year,source,release,x\n"}, r"known\.csv: 'x' is not a column"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_folders_are_refused_in_words(case: str, tmp_path: Path) -> None:
    spoilt, message = HOSTILE[case]
    folder = written_by_hand(tmp_path / "h", GOOD_COUNTRIES, GOOD_FLOWS)
    for name, content in spoilt.items():
        (folder / name).write_bytes(content)
        if not content and len(spoilt) > 1:
            (folder / name).unlink()
    with pytest.raises(DataError, match=message):
        Benchmark.read(folder)


@given(st.binary(max_size=200), st.sampled_from(["countries.csv", "flows.csv", "duties.csv", "log.csv", "measures.csv", "about.json"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    folder = written_by_hand(tmp_path_factory.mktemp("b") / "h", GOOD_COUNTRIES, GOOD_FLOWS)
    for spoilt in (content, (folder / name).read_bytes() + content if (folder / name).exists() else b"{" + content):
        (folder / name).write_bytes(spoilt)
        try:
            Benchmark.read(folder)
        except MaadinError:
            continue


CELL = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(["CHL", "CHN", "1", "-1", "nan", "1e308", ""]),
                 st.lists(st.integers(), max_size=2), st.dates())  # fmt: skip


@given(st.lists(st.fixed_dictionaries({"country": CELL, "production_t": CELL, "use_t": CELL, "price_usd_per_t": CELL}), max_size=3),
       st.lists(st.fixed_dictionaries({"exporter": CELL, "importer": CELL, "trade_t": CELL, "value_usd": CELL, "wedge": CELL}), max_size=3))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_cells_raise_anything_else(own: Table, routes: Table) -> None:
    try:
        from_tables([*countries(), *own], [*flows(), *routes], labels="free")
    except MaadinError:
        return


def test_huge_files_are_not_read(tmp_path: Path) -> None:
    folder = written_by_hand(tmp_path / "h", GOOD_COUNTRIES, GOOD_FLOWS)
    with (folder / "flows.csv").open("r+b") as file:
        file.truncate(files.LARGEST_FILE + 1)
    with pytest.raises(DataError, match=r"flows\.csv: has 64 MiB; no table of a benchmark is larger"):
        Benchmark.read(folder)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    with pytest.raises(DataError, match=r"countries\.csv: has more than 1 rows"):
        Benchmark.read(written_by_hand(tmp_path / "h", GOOD_COUNTRIES, GOOD_FLOWS))
    parquet(pd.DataFrame(countries()), tmp_path / "h" / "countries.parquet")
    (tmp_path / "h" / "countries.csv").unlink()
    with pytest.raises(DataError, match=r"countries\.parquet: has more than 1 rows"):
        Benchmark.read(tmp_path / "h")


def test_folders_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        Benchmark.read(tmp_path / "none")
    folder = written_by_hand(tmp_path / "h", GOOD_COUNTRIES, GOOD_FLOWS)
    (folder / "flows.csv").unlink()
    (folder / "flows.csv").mkdir()
    with pytest.raises(DataError, match=r"flows\.csv: is not a file"):
        Benchmark.read(folder)


def test_an_edited_figure_is_noticed(tmp_path: Path) -> None:
    """Whatever is changed in a written folder, what depends on it no longer agrees."""
    from_tables(countries(), flows(value_usd=140), year=2024).write(tmp_path / "b")
    file = tmp_path / "b" / "flows.csv"
    written = file.read_text("utf-8")
    assert "CHL,CHN,70.0,140.0," in written
    for old, new, message in (
        ("70.0,140.0", "71.0,140.0", r"exports_t: is 70 t; the other figures make it 71 t"),
        ("70.0,140.0", "70.0,150.0", r"line \d \(CHL -> CHN\), value_usd: is 150; unit_value_usd_per_t x trade_t is 140"),
    ):
        file.write_text(written.replace(old, new), "utf-8")
        with pytest.raises(ChecksFailed, match=message):
            Benchmark.read(tmp_path / "b")


# --- writing -------------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small() -> Benchmark:
    return from_tables(countries(), flows(), year=2024)


def test_an_earlier_benchmark_is_replaced_whole(small: Benchmark, tmp_path: Path) -> None:
    small.write(tmp_path / "b", "parquet")
    small.write(tmp_path / "b", "csv")
    assert sorted(p.name for p in (tmp_path / "b").iterdir()) == sorted(["about.json", *(f"{name}.csv" for name in files.TABLES)])
    assert [p.name for p in tmp_path.iterdir()] == ["b"], "nothing is left beside it"
    (tmp_path / "empty").mkdir()
    small.write(tmp_path / "empty")
    small.write(str(tmp_path / "new" / "deeper"))
    assert differing(Benchmark.read(tmp_path / "new" / "deeper"), Benchmark.read(str(tmp_path / "empty"))) == []


@pytest.mark.parametrize(
    ("present", "message"),
    [
        ({"thesis.docx": "x"}, r"holds 'thesis\.docx', which no benchmark has"),
        ({"about.json": '{"format": "maadin benchmark"}', "notes.txt": "x"}, r"holds 'notes\.txt'"),
        ({"countries.csv": GOOD_COUNTRIES, "flows.csv": GOOD_FLOWS}, r"holds tables that maadin did not write"),
        ({"about.json": "{}", "flows.csv": GOOD_FLOWS}, r"holds tables that maadin did not write"),
        ({"about.json": "[" * 100_000}, r"holds tables that maadin did not write"),
    ],
)
def test_what_is_not_ours_is_left_alone(small: Benchmark, present: dict[str, str], message: str, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    for name, text in present.items():
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        small.write(folder)
    assert {p.name: p.read_text("utf-8") for p in folder.iterdir()} == present
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_a_failed_write_leaves_what_was_there(small: Benchmark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write(tmp_path / "b")
    before = {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()}
    moved = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(28, "No space left on device")
        return moved(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(DataError, match=r"cannot be written \(No space left on device\)"):
        small.write(tmp_path / "b", "parquet")
    assert {p.name: p.read_bytes() for p in (tmp_path / "b").iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["b"]


def test_places_and_forms_that_are_none(small: Benchmark, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'parket' is not a form of tables; expected csv or parquet; nearest: 'parquet'"):
        small.write(tmp_path / "b", "parket")
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(InputError, match="is a file; expected a folder"):
        small.write(tmp_path / "file")
    with pytest.raises(DataError, match="cannot be written"):
        small.write(tmp_path / "file" / "below")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(MaadinError, match="loop"):
        small.write(tmp_path / "loop")
    with pytest.raises(ChecksFailed, match=r"this benchmark, year: 1800"):
        dataclasses.replace(small, year=1800).write(tmp_path / "b")


# --- datasets ------------------------------------------------------------------------------------------------------------------------------


def test_a_small_dataset_of_ones_own() -> None:
    labels = ["CHL", "CHN"]
    dataset = xr.Dataset(
        {
            "production_t": ("country", [100.0, 20.0]),
            "trade_t": (("importer", "exporter"), [[30.0, 0.0], [70.0, 20.0]]),
            "value_usd": (("exporter", "importer"), [[np.nan, 140.0], [0.0, np.nan]]),
        },
        {"country": labels, "exporter": labels, "importer": labels},
        {"commodity": "copper", "year": np.int64(2024)},
    )
    b = Benchmark.from_xarray(dataset)
    assert (b.commodity, b.year) == ("copper", 2024)
    assert b.trade_t.tolist() == [[30.0, 70.0], [0.0, 20.0]] and b.price_usd_per_t.tolist() == [2.0, 2.0]


def _with(dataset: xr.Dataset, name: str, value: Any) -> xr.Dataset:
    return dataset.assign({name: (dataset[name].dims, value)})


DATASETS: dict[str, tuple[Any, str]] = {
    "no dataset": (lambda d: d["trade_t"], r"needs an xarray\.Dataset, found DataArray"),
    "no trade": (lambda d: d.drop_vars("trade_t"), r"dataset: there is no variable 'trade_t'"),
    "unknown": (lambda d: d.assign(prodution_t=d.production_t), r"dataset: 'prodution_t' is not a variable of a benchmark; nearest: 'production_t'"),
    "dimensions": (lambda d: d.assign(use_t=d.trade_t), r"dataset: use_t has the dimensions \('exporter', 'importer'\); expected \('country',\)"),
    "no labels": (lambda d: d.drop_vars("exporter"), r"dataset: there is no coordinate 'exporter' with labels"),
    "other labels": (lambda d: d.assign_coords(exporter=["CHL", "PER"]), r"dataset: labels of exporter are not those of country, each once: CHN, PER"),
    "label twice": (lambda d: d.assign_coords({n: (n, ["CHL", "CHL"]) for n in ("country", "exporter", "importer")}), r"labels of country are not"),
    "text": (lambda d: _with(d, "use_t", ["a", "b"]), r"dataset: use_t holds <U1; expected numbers"),
    "missing": (lambda d: _with(d, "trade_t", [[30.0, np.nan], [0.0, 20.0]]), r"route 'CHL' -> 'CHN' \(CHL -> CHN\), trade_t: is empty"),
    "negative": (lambda d: _with(d, "trade_t", [[30.0, -7.0], [0.0, 20.0]]), r"route 'CHL' -> 'CHN' \(CHL -> CHN\), trade_t: -7\.0 is negative"),
    "no balance": (lambda d: _with(d, "use_t", [31.0, 90.0]), r"country 'CHL' \(CHL\): production 100 - exports 70 - use 31 leaves -1 t"),
    "own use": (lambda d: _with(d, "trade_t", [[0.0, 70.0], [0.0, 20.0]]), r"\(CHL -> CHL\), trade_t: own supply used at home is 0 t"),
    "log": (lambda d: d.assign_attrs(log="[{]"), r"attribute 'log': is not a JSON text"),
    "log of numbers": (lambda d: d.assign_attrs(log="[1]"), r"attribute 'log': expected a list of records"),
    "log entry": (lambda d: d.assign_attrs(known='[{"country": "USA"}]'), r"attribute 'known': there is no column 'quantity'"),
    "attribute": (lambda d: d.assign_attrs(comodity="x"), r"attributes, comodity: is not a known field; nearest: 'commodity'"),
    "attribute type": (lambda d: d.assign_attrs(stage=np.arange(2)), r"attributes: hold what cannot be written as JSON"),
    "kind": (lambda d: d.assign_attrs(kind="x"), r"attributes, kind: 'x'"),
}  # fmt: skip


@pytest.mark.parametrize("case", DATASETS)
def test_datasets_are_refused_in_words(case: str, small: Benchmark) -> None:
    spoil, message = DATASETS[case]
    with pytest.raises(MaadinError, match=re.compile(message)):
        Benchmark.from_xarray(spoil(small.to_xarray()))


def test_attributes_are_plain(market: Benchmark) -> None:
    attrs = market.to_xarray().attrs
    assert all(isinstance(v, str | int | float) for v in attrs.values())
    assert len(json.loads(attrs["log"])) == len(market.log)


def test_prices_that_agree_are_judged_by_their_size() -> None:
    from_tables(countries(price_usd_per_t=2 * (1 + 0.5 * prices.AGREES)), flows(value_usd=140))
    with pytest.raises(ChecksFailed, match="price_usd_per_t"):
        from_tables(countries(price_usd_per_t=2 * (1 + 3 * prices.AGREES)), flows(value_usd=140))
