"""A fund and a territory valued from facts: figures by hand from the printed tables, the equation both ways, and four kinds of nothing.

By hand, for Ukraine in 2024. World Mining Data 2018-2024: iron 25,602,500 t Fe, titanium 175,700 t TiO2, manganese 3,000 t Mn. USGS Mineral
Commodity Summaries 2025: ilmenite 120 thousand t TiO2, rutile 10 thousand t; reserves of iron 2,300 million t Fe, ilmenite 5,900 thousand t; no
row for Ukraine's manganese, which the 2024 edition had at 140,000 thousand t; none for its rare earths in any edition. Prices of 2024: iron ore
109.3975 USD/t (World Bank, cfr China), ilmenite 340 USD/t and manganese 5.8 USD/mtu (USGS).
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin.errors import LabelError
from maadin.facts.records import Status
from maadin.facts.store import default_store
from maadin.policy import ResourceFund, Territory, minerals
from maadin.policy.library import load
from maadin.policy.valued import annuity, list_territory, share_needed, value_fund, years_needed

EXACT = 1e-9  # products of the same printed figures, in another order
FUND = ResourceFund(country="Ukraine", commodities=["all", "rare earths"], value="$500bn")


@pytest.fixture(scope="module")
def fund():
    return value_fund(FUND)


@pytest.mark.parametrize(
    ("commodity", "source", "form", "tonnes", "low", "middle", "high"),
    [
        ("iron-ore", "wmd", "", 25_602_500, 109.3975 * 1.25, 109.3975 * 1.5, 109.3975 * 1.7),
        ("titanium", "wmd", "", 175_700, 340 * 1.6, 340 * 2, 340 * 4),
        ("titanium", "usgs_mcs", "ilmenite", 120_000, 340 * 1.6, 340 * 1.85, 340 * 2),
        ("titanium", "usgs_mcs", "rutile", 10_000, 1310, 1310 * 1.05, 1310 * 1.08),
        ("manganese", "wmd", "", 3_000, 5.8 * 75, 5.8 * 90, 5.8 * 100),
    ],
)
def test_what_a_year_of_output_fetches(
    fund, commodity: str, source: str, form: str, tonnes: float, low: float, middle: float, high: float
) -> None:
    rows = [
        r
        for r in fund.revenues.records()
        if (r["commodity"], r["source"], r["form"]) == (commodity, source, form) and r["counted"] is not None
    ]
    (row,) = rows
    assert (row["value"], row["year"], row["price_year"], row["status"]) == (tonnes, 2024, 2024, "valued")
    assert (row["usd_low"], row["usd"], row["usd_high"]) == pytest.approx((tonnes * low, tonnes * middle, tonnes * high), rel=EXACT)


def test_one_source_and_basis_a_commodity_makes_the_sum(fund) -> None:
    counted = [r for r in fund.revenues.records() if r["counted"]]
    assert len({r["commodity"] for r in counted}) == len({(r["commodity"], r["source"], r["mass_basis"]) for r in counted})
    assert {r["source"] for r in counted if r["commodity"] == "iron-ore"} == {"wmd"}
    low, middle, high = minerals.total(fund.revenues)
    assert middle == pytest.approx(sum(r["usd"] for r in counted), rel=EXACT)
    assert low < middle < high
    without = minerals.total(fund.revenues, ["fuels"])
    fuels = {"natural-gas", "petroleum", "steam-coal"}
    assert middle - without[1] == pytest.approx(sum(r["usd"] for r in counted if r["commodity"] in fuels), rel=EXACT)


def test_nothing_is_four_different_things(fund) -> None:
    output = {(r["commodity"], r["source"]): r for r in fund.revenues.records()}
    for source in ("wmd", "usgs_mcs"):
        assert output["rare-earths", source]["status"] == "not_listed"
        assert output["rare-earths", source]["value"] is None
        assert output["rare-earths", source]["usd"] is None
    assert (output["salt", "wmd"]["status"], output["salt", "wmd"]["usd"]) == (Status.ZERO, 0.0)
    assert (output["uranium", "wmd"]["status"], output["uranium", "wmd"]["value"]) == ("no_price", 340.0)
    ground = {(r["commodity"], r["form"]): r["status"] for r in fund.in_ground.records()}
    assert ground["titanium", "rutile"] == Status.MISSING
    assert ground["graphite", ""] == Status.INCLUDED_ELSEWHERE
    assert ground["iron-ore", "crude ore"] == "counted_otherwise"
    assert ("manganese", "") not in ground
    dropped = [r for r in fund.minerals.records() if r["commodity"] == "manganese" and r["of"] == "reserves"]
    assert [(r["value"], r["release"], r["is_latest"]) for r in dropped] == [(140e6, "MCS 2024", False)]
    assert any(n.id == "no_longer_listed" and "manganese" in n.values["commodities"] for n in fund.minerals.notes)
    assert any(n.id == "not_listed_is_no_zero" and n.values["commodities"] == ("rare-earths",) for n in fund.minerals.notes)


def test_the_value_in_the_ground_never_comes_without_its_warning(fund) -> None:
    assert fund.warning.id == "in_ground_is_not_worth"
    iron = next(r for r in fund.in_ground.records() if r["commodity"] == "iron-ore" and r["counted"])
    assert iron["usd"] == pytest.approx(2300e6 * 109.3975 * 1.5, rel=EXACT)
    assert minerals.worth(["RUS"], ["gold"], of="reserves").notes[0].id == "in_ground_is_not_worth"


def test_what_would_make_the_sum(fund) -> None:
    answers = {(r["scope"], r["quantity"]): r for r in fund.answers.records()}
    revenue = answers["all", "annual_revenue"]
    assert 5e9 < revenue["low"] < revenue["middle"] < revenue["high"] < 20e9
    years = answers["all", "years_needed_before_costs"]
    assert years["low"] == pytest.approx(500e9 / (0.5 * revenue["high"]), rel=EXACT)
    assert years["high"] == pytest.approx(500e9 / (0.5 * revenue["low"]), rel=EXACT)
    costs = answers["all", "years_needed_after_costs"]
    assert costs["low"] == pytest.approx(years["low"] / 0.6, rel=EXACT)
    assert answers["all", "years_needed_after_costs_discounted"]["status"] == "never"
    assert answers["all", "years_needed_after_costs_discounted"]["low"] is None
    share = answers["all", "share_needed_after_costs_discounted"]
    assert share["status"] == "more_than_all"
    assert share["low"] == pytest.approx(500e9 / (revenue["high"] * 0.6 * annuity(0.05, 50)), rel=EXACT)
    assert share["high"] == pytest.approx(500e9 / (revenue["low"] * 0.2 * annuity(0.12, 10)), rel=EXACT)
    assert answers["all", "revenue_multiple_needed"]["low"] == pytest.approx(share["low"] / 0.5, rel=EXACT)
    assert answers["without_fuels", "annual_revenue"]["middle"] < revenue["middle"]
    for row in answers.values():
        found = [row[k] for k in ("low", "middle", "high") if row[k] is not None]
        assert found == sorted(found)


def test_a_small_fund_can_be_met() -> None:
    answers = value_fund(ResourceFund(country="UKR", value="$1bn", share="50%", years="10")).answers.records()
    assert {r["status"] for r in answers if r["scope"] == "all"} == {"met"}
    nothing = value_fund(ResourceFund(country="Monaco", value="$1bn")).answers.records()
    assert [r["status"] for r in nothing][:2] == ["no_revenue", "no_revenue"]
    assert all(r["low"] is None for r in nothing if "needed" in r["quantity"])


def test_the_assumptions_and_sources_go_with_the_answer(fund) -> None:
    notes = {n.id: n.values for n in fund.answers.notes}
    assert notes["fund_assumptions"] == {
        "share": (0.5, 0.5),
        "years": (10.0, 50.0),
        "cost_share": (0.4, 0.8),
        "discount_rate": (0.05, 0.12),
    }
    assert {s for s, _ in fund.answers.sources} == {"wmd", "usgs_mcs", "wb_pinksheet"}
    assert [t.about.id for t in fund.tables()] == ["fund", "output_at_world_prices", "in_ground_gross_value", "minerals_listed"]


def test_a_territory_lists_what_the_sources_list() -> None:
    whole = list_territory(load("ukraine-territory").measures[0]).minerals  # type: ignore[arg-type]
    rows = whole.records()
    assert {"iron-ore", "titanium", "manganese", "graphite", "uranium", "rare-earths"} <= {r["commodity"] for r in rows}
    assert all(r["value"] is None for r in rows if r["commodity"] == "rare-earths")
    assert whole.notes[0].id == "no_share_given"
    assert all(r["value_low_share"] is None for r in rows)
    part = list_territory(Territory(country="UKR", share="20% to 40%", commodities="titanium")).minerals
    ilmenite = next(r for r in part.records() if r["form"] == "ilmenite" and r["of"] == "reserves")
    assert (ilmenite["value"], ilmenite["value_low_share"], ilmenite["value_high_share"]) == pytest.approx(
        (5.9e6, 1.18e6, 2.36e6), rel=EXACT
    )
    assert part.notes[0].id == "share_is_stated"
    assert {r["commodity"] for r in part.records()} == {"titanium"}


def test_unknown_minerals_are_refused() -> None:
    with pytest.raises(LabelError, match="'titanium'"):
        list_territory(Territory(country="UKR", commodities="titanum"))


def test_every_price_that_values_output_is_there_and_finds_figures() -> None:
    listed = minerals.output_prices()
    prices = minerals._annual_prices((k[0] for k in listed), default_store())
    figures = {
        tuple(row)
        for table in ("production", "reserves")
        for row in default_store().rows(f"select distinct commodity, mass_basis, form from {table} where stage = 'mine'")
    }
    for key, price in listed.items():
        found = minerals._price(price, key[0], 2024, prices)
        assert found is not None, key
        assert found["year"] == 2024, key
        assert key in figures
        assert 0 < price.low <= price.middle <= price.high
        assert price.why


@given(st.floats(0, 0.5), st.floats(0.5, 200))
def test_the_annuity_is_the_sum_of_what_is_paid(rate: float, years: float) -> None:
    whole = round(years) or 1
    assert annuity(rate, whole) == pytest.approx(sum((1 + rate) ** -t for t in range(1, whole + 1)), rel=1e-8)
    assert annuity(rate, years) <= years * (1 + 1e-12)


@given(st.floats(1, 1e4), st.floats(1, 1e3), st.floats(0.01, 1), st.floats(0, 0.95), st.floats(0, 0.3))
def test_years_and_share_solve_the_same_equation(value: float, revenue: float, share: float, costs: float, rate: float) -> None:
    years = years_needed(value, revenue, share, costs, rate)
    if math.isinf(years):
        assert rate * value >= revenue * share * (1 - costs) * (1 - 1e-9)
        return
    assert revenue * share * (1 - costs) * annuity(rate, years) == pytest.approx(value, rel=1e-6)
    assert share_needed(value, revenue, costs, rate, years) == pytest.approx(share, rel=1e-6)
