"""Each measure changes what it should in the wedges of a market, and nothing else: on a market of three countries and on real ones.

Tolerance: ROUNDING, a product or two.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import permutations

import numpy as np
import pytest
from small_markets import scenario, trio

from maadin.errors import InputError, LabelError
from maadin.market.benchmark import Benchmark
from maadin.market.wedges import RouteLimit, Trigger, Wedges
from maadin.policy import (
    MEASURES,
    Capacity,
    DemandShift,
    Embargo,
    ExportBan,
    ExportQuota,
    ExportTax,
    ImportQuota,
    MarketMeasure,
    Measure,
    PriceFloor,
    Reopen,
    Scenario,
    ScenarioError,
    Stockpile,
    Subsidy,
    SupplyOffer,
    SupplyShock,
    Tariff,
    TariffRateQuota,
)  # fmt: skip
from maadin.policy.translate import Translation, random_sizes, translate

ROUNDING = 1e-12
N, S, E = range(3)


@pytest.fixture(scope="module")
def market() -> Benchmark:
    return trio()


@pytest.fixture(scope="module")
def aluminium() -> Benchmark:
    return Benchmark.from_facts("aluminium", 2024)


def made(b: Benchmark, *measures: Measure, uniform: np.ndarray | None = None, **about: object) -> Translation:
    return translate(scenario(*measures, **about), b, uniform)


def changed(b: Benchmark, w: Wedges) -> set[str]:
    """Names of what differs from the benchmark's own wedges."""
    before, found = Wedges.of(b), set()
    for f in fields(Wedges):
        one, other = getattr(before, f.name), getattr(w, f.name)
        if isinstance(one, np.ndarray):
            same = np.array_equal(np.broadcast_to(one, np.broadcast_shapes(one.shape, other.shape)), other, equal_nan=True)
        else:
            same = one == other or f.name == "choke"
        found |= set() if same else {f.name}
    return found


def different(one: np.ndarray, other: np.ndarray) -> set[tuple[int, ...]]:
    """Places in which two arrays differ."""
    return {tuple(at) for at in np.argwhere(~((one == other) | (np.isnan(one) & np.isnan(other)))).tolist()}


def notes(found: Translation) -> list[str]:
    return [note.id for note in found.notes]


# --- every class, on real markets --------------------------------------------------------------------------------------------------------

EACH: list[tuple[Measure, set[str]]] = [
    (Tariff(importer="USA", rate="33%", mode="set"), {"duty_rate"}),
    (Tariff(importer="USA", rate="300 USD/t", mode="add"), {"specific_duty"}),
    (ExportTax(exporter="CHN", rate="33%"), {"export_tax_rate"}),
    (ExportTax(exporter="CHN", rate="300 USD/t", mode="add"), {"specific_export_tax"}),
    (Embargo(importer="JPN", exporter="DEU"), {"closed"}),
    (ExportBan(exporter="DEU"), {"closed"}),
    (ImportQuota(importer="DEU", tonnes="1 kt"), {"limits"}),
    (ExportQuota(exporter="DEU", share_of_benchmark="50%"), {"limits"}),
    (TariffRateQuota(importer="DEU", share_of_benchmark="50%", in_quota_rate="1%", over_quota_rate="20%"), {"duty_rate", "limits"}),
    (Subsidy(country="CHN", rate="5%"), {"subsidy_rate"}),
    (Subsidy(country="CHN", rate="50 USD/t"), {"specific_subsidy"}),
    (PriceFloor(country="CHN", price="9 USD/kg", mechanism="cfd", payer="USA"), {"guaranteed_price", "payer_share"}),
    (PriceFloor(country="CHN", price="9 USD/kg", mechanism="purchase"), {"held_price"}),
    (PriceFloor(country="DEU", price="9 USD/kg", mechanism="minimum_import_price"), {"least_price"}),
    (Stockpile(country="DEU", action="build", tonnes="1 t"), {"stock_t"}),
    (Stockpile(country="DEU", action="build", tonnes="1 t", trigger_price="1 USD/t"), {"triggers"}),
    (Capacity(country="CHN", tonnes="1 kt", partner="USA"), {"added_output_t"}),
    (SupplyShock(country="CHN", loss="10%"), {"output_scale"}),
    (DemandShift(country="DEU", change="-10%"), {"demand_scale"}),
    (SupplyOffer(exporter="CHN", importer="KOR", tonnes="5 kt"), {"limits"}),
]
REAL = [("aluminium", 2024, None), ("copper", 2022, "refined"), ("bauxite", 2024, None)]


@pytest.mark.parametrize("name", REAL, ids=lambda m: f"{m[0]}-{m[1]}")
def test_every_measure_changes_its_own_wedges_of_a_real_market(name: tuple[str, int, str | None]) -> None:
    b = Benchmark.from_facts(*name)
    assert {b.trade_t[b.position("CHN"), b.position("KOR")] > 0, b.grade in "AB"} == {True}
    for measure, expected in EACH:
        assert changed(b, made(b, measure).wedges) == expected, measure


def test_every_market_measure_is_tried() -> None:
    market_measures = {c for c in MEASURES.values() if issubclass(c, MarketMeasure)}
    assert {type(m) for m, _ in EACH} | {Reopen} == market_measures


def test_nothing_in_a_benchmark_is_written_to(aluminium: Benchmark) -> None:
    duties = aluminium.duty_rate.copy()
    translated = made(aluminium, Tariff(importer="all", rate="77%", mode="add")).wedges
    assert (translated.duty_rate != duties).any()
    assert np.array_equal(aluminium.duty_rate, duties)


# --- borders -----------------------------------------------------------------------------------------------------------------------------


def test_set_replaces_the_duty_and_add_comes_on_top(market: Benchmark) -> None:
    put = made(market, Tariff(importer="south", rate="25%", mode="set")).wedges
    assert put.duty_rate[:, S].tolist() == [0.25, 0, 0.25]
    added = made(market, Tariff(importer="south", exporter="east", rate="25%", mode="add")).wedges
    assert added.duty_rate[:, S].tolist() == pytest.approx([0.1, 0, 0.3], rel=ROUNDING)
    assert different(added.duty_rate, market.duty_rate) == {(E, S)}


def test_a_duty_per_tonne_set_replaces_the_rate_too(market: Benchmark) -> None:
    w = made(market, Tariff(importer="south", rate="90 USD/t", mode="set"), Tariff(importer="south", exporter="east", rate="10 USD/t", mode="add")).wedges  # fmt: skip
    assert w.specific_duty[:, S].tolist() == [90, 0, 100]
    assert w.duty_rate[:, S].tolist() == [0, 0, 0]
    w = made(market, Tariff(importer="south", rate="90 USD/t", mode="add")).wedges
    assert w.duty_rate.tolist() == market.duty_rate.tolist()


def test_export_taxes_are_the_exporters(market: Benchmark) -> None:
    w = made(
        market, ExportTax(exporter="east", importer="south", rate="25%", mode="add"), ExportTax(exporter="north", rate="40 USD/t")
    ).wedges
    assert w.export_tax_rate[E].tolist() == pytest.approx([0, 0.35, 0], rel=ROUNDING)
    assert w.specific_export_tax.tolist() == [[0, 40, 40], [0, 0, 0], [0, 0, 0]]
    assert made(market, ExportTax(exporter="east", rate="25%")).wedges.export_tax_rate[E].tolist() == [0.25, 0.25, 0]


def test_closures(market: Benchmark) -> None:
    w = made(market, Embargo(importer="south", exporter="north"), ExportBan(exporter="north", importer="all")).wedges
    assert w.closed.tolist() == [[False, True, True], [False] * 3, [False] * 3]
    w = made(market, ExportBan(exporter=["north", "east"], importer="south", excepted="east")).wedges
    assert np.argwhere(w.closed).tolist() == [[N, S]]


def test_the_scenario_of_the_tariff_spares_russia_only(aluminium: Benchmark) -> None:
    b = aluminium
    w = made(b, Tariff(importer="USA", exporter="all", excepted="RUS", rate="25%", mode="set")).wedges
    us, russia = b.position("USA"), b.position("RUS")
    others = [i for i in range(len(b.countries)) if i not in (us, russia)]
    assert set(w.duty_rate[others, us]) == {0.25}
    assert w.duty_rate[russia, us] == b.duty_rate[russia, us] == 2.0
    assert {j for _, j in different(w.duty_rate, b.duty_rate)} == {us}


def test_a_customs_union_levies_at_its_outer_border(aluminium: Benchmark) -> None:
    b = aluminium
    w = made(b, Tariff(importer="EU27", exporter="all", rate="6%", mode="set")).wedges
    inside = set(b.positions("EU27").tolist())
    moved = different(w.duty_rate, b.duty_rate)
    assert {j for _, j in moved} <= inside
    assert not {i for i, _ in moved} & inside
    assert (b.position("RUS"), b.position("DEU")) in moved
    both = made(b, Tariff(importer="G7", exporter="EU27", excepted="ITA", rate="6%", mode="set")).wedges
    assert different(both.duty_rate, b.duty_rate) == {
        (i, j) for i in inside for j in b.positions("G7").tolist() if i != j and i != b.position("ITA")
    } - {(i, j) for i, j in np.argwhere(b.duty_rate == 0.06).tolist()}


def test_groups_are_those_of_the_year(aluminium: Benchmark) -> None:
    britain = aluminium.position("GBR")
    measure = Embargo(importer="EU27", exporter="RUS")
    assert not made(aluminium, measure).wedges.closed[:, britain].any()
    assert made(aluminium, measure, year=2019).wedges.closed[:, britain].any()


# --- limits ------------------------------------------------------------------------------------------------------------------------------


def only(found: Translation) -> RouteLimit:
    (limit,) = found.wedges.limits
    return limit


def test_an_import_quota_is_one_limit_for_all_its_routes(market: Benchmark) -> None:
    limit = only(made(market, ImportQuota(importer="south", tonnes="120 t", rent_to_importer="30%")))
    assert np.argwhere(limit.routes).tolist() == [[N, S], [E, S]]
    assert (limit.tonnes.tolist(), limit.low, limit.high, limit.importer_share, limit.name) == ([120], 0, np.inf, 0.3, "0:import_quota")


def test_a_share_is_one_of_what_the_routes_carried(market: Benchmark) -> None:
    limit = only(made(market, ExportQuota(exporter="north", share_of_benchmark="40%")))
    assert limit.tonnes.tolist() == [0.4 * 350]
    assert limit.importer_share == 0, "an exporter keeps the rent of its own quota"
    shocked = made(market, ExportQuota(exporter="north", share_of_benchmark="40%"), SupplyShock(country="north", loss="50%"))
    assert only(shocked).tonnes.tolist() == [0.4 * 350], "before any measure"


@pytest.mark.parametrize("size", [{"tonnes": "0 t"}, {"share_of_benchmark": "0%"}])
def test_a_quota_of_nothing_closes_its_routes(market: Benchmark, size: dict[str, str]) -> None:
    w = made(market, ImportQuota(importer="south", **size)).wedges
    assert not w.limits
    assert np.argwhere(w.closed).tolist() == [[N, S], [E, S]]


def test_a_quota_that_may_be_nothing_stays_a_limit(market: Benchmark) -> None:
    found = made(market, ImportQuota(importer="south", tonnes="0 t to 10 t"), uniform=np.array([[0.0], [0.5]]))
    assert not found.wedges.closed.any()
    nothing, half = only(found).tonnes.tolist()
    assert (0 < nothing < 1e-3, half) == (True, 5)


def test_a_limit_where_nothing_is_traded_is_told(market: Benchmark) -> None:
    found = made(market, ImportQuota(importer="north", exporter="east", tonnes="5 t"))
    assert not found.wedges.limits
    assert [(n.id, dict(n.values)) for n in found.notes] == [("limit_without_trade", {"measure": 1, "noun": "import_quota"})]


def test_a_tariff_rate_quota_has_the_lower_duty_and_a_bounded_wedge(market: Benchmark) -> None:
    found = made(market, TariffRateQuota(importer="south", exporter="north", tonnes="90 t", in_quota_rate="4%", over_quota_rate="30%", rent_to_importer="25%"))  # fmt: skip
    limit = only(found)
    assert found.wedges.duty_rate[:, S].tolist() == [0.04, 0, 0.05]
    assert limit.high == pytest.approx(np.log(1.3 / 1.04), rel=ROUNDING)
    assert (limit.low, limit.importer_share) == (0, 0.25)


def test_a_tariff_rate_quota_of_nothing_is_the_higher_duty(market: Benchmark) -> None:
    w = made(market, TariffRateQuota(importer="south", tonnes="0 t", in_quota_rate="4%", over_quota_rate="30%")).wedges
    assert not w.limits
    assert w.duty_rate[:, S].tolist() == [0.3, 0, 0.3]


def test_a_duty_added_to_a_tariff_rate_quota_comes_on_both_of_its_rates(market: Benchmark) -> None:
    quota = TariffRateQuota(importer="south", tonnes="90 t", in_quota_rate="4%", over_quota_rate="30%")
    found = made(market, quota, Tariff(importer="south", rate="10%", mode="add"))
    assert found.wedges.duty_rate[:, S].tolist() == pytest.approx([0.14, 0, 0.14], rel=ROUNDING)
    assert only(found).high == pytest.approx(np.log(1.4 / 1.14), rel=ROUNDING)
    for added in (
        Tariff(importer="south", exporter="east", rate="10%", mode="add"),
        Tariff(importer="south", rate="10 USD/t", mode="add"),
    ):
        with pytest.raises(InputError, match="adds a duty to some of its routes, or one per tonne"):
            made(market, quota, added)


def test_a_tariff_rate_quota_upside_down_is_refused(market: Benchmark) -> None:
    with pytest.raises(
        InputError, match=r"measures\[0\] \(tariff_rate_quota\): the duty beyond the quota, 0.1, is below the duty within it, 0.3"
    ):
        made(market, TariffRateQuota(importer="south", tonnes="9 t", in_quota_rate="30%", over_quota_rate="10%"))


def test_an_offer_is_a_discount_from_none_to_the_largest(market: Benchmark) -> None:
    limit = only(made(market, SupplyOffer(exporter="north", importer="south", tonnes="400 t", max_discount="30%")))
    assert limit.low == pytest.approx(np.log(0.7), rel=ROUNDING)
    assert (limit.high, limit.tonnes.tolist(), limit.importer_share, limit.name) == (0, [400], 0, "0:supply_offer")
    assert only(made(market, SupplyOffer(exporter="north", importer="south", tonnes="0 t"))).tonnes[0] > 0, "its logarithm is needed"


def test_what_cannot_be_offered_is_refused(market: Benchmark, aluminium: Benchmark) -> None:
    with pytest.raises(InputError, match=r"the route carries nothing in the benchmark of 2024.*add a reopen measure"):
        made(market, SupplyOffer(exporter="east", importer="north", tonnes="4 t"))
    with pytest.raises(InputError, match="a discount of 100% gives the goods away"):
        made(market, SupplyOffer(exporter="north", importer="south", tonnes="4 t", max_discount="100%"))
    closed = aluminium.countries[int(np.flatnonzero(aluminium.trade_t[:, aluminium.position("USA")] == 0)[0])]
    with pytest.raises(InputError, match="add a reopen measure"):
        made(aluminium, SupplyOffer(exporter=closed, importer="USA", tonnes="4 t"))


# --- inside a country --------------------------------------------------------------------------------------------------------------------


def test_shocks_of_a_country_multiply_and_capacities_add_up(market: Benchmark) -> None:
    w = made(
        market, SupplyShock(country="north", loss="20%"), SupplyShock(country=["north", "east"], loss="50%"), Capacity(country="north", tonnes="30 t"),
        Capacity(country="north", tonnes="12 t"), DemandShift(country="south", change="10%"), DemandShift(country="all", change="-50%"),
    ).wedges  # fmt: skip
    assert w.output_scale[:, 0].tolist() == pytest.approx([0.4, 1, 0.5], rel=ROUNDING)
    assert w.added_output_t[:, 0].tolist() == [42, 0, 0]
    assert w.demand_scale[:, 0].tolist() == pytest.approx([0.5, 0.55, 0.5], rel=ROUNDING)


def test_tonnes_of_a_group_fall_on_it_in_proportion(market: Benchmark) -> None:
    """By output where it is output, by use where it is a stock: north 500 t and 170 used, south 80 and 360, east 160 and 210."""
    assert market.use_t.tolist() == [170, 360, 210]
    w = made(market, SupplyShock(country=["north", "east"], loss="66 t"), Capacity(country=["south", "east"], tonnes="24 t")).wedges
    assert w.output_scale[:, 0].tolist() == pytest.approx([0.9, 1, 0.9], rel=ROUNDING)
    assert w.added_output_t[:, 0].tolist() == pytest.approx([0, 8, 16], rel=ROUNDING)
    w = made(market, Stockpile(country=["south", "east"], action="build", tonnes="57 t")).wedges
    assert w.stock_t.tolist() == pytest.approx([0, 36, 21], rel=ROUNDING)
    w = made(market, Stockpile(country="all", action="release", tonnes="74 t", trigger_price="900 USD/t")).wedges
    assert w.triggers == [Trigger(N, pytest.approx(-17.0), 900.0), Trigger(S, pytest.approx(-36.0), 900.0), Trigger(E, pytest.approx(-21.0), 900.0)]  # fmt: skip
    assert not w.stock_t.any()


def test_a_new_producer_gets_equal_parts_where_nobody_makes_any() -> None:
    b = Benchmark.from_tables(
        [{"country": c, "production_t": 10 * (c == "maker")} for c in ("maker", "one", "two")],
        [{"exporter": "maker", "importer": c, "trade_t": 5} for c in ("one", "two")],
        labels="free", year=2024,
    )  # fmt: skip
    assert made(b, Capacity(country=["one", "two"], tonnes="8 t")).wedges.added_output_t[:, 0].tolist() == [0, 4, 4]


@pytest.mark.parametrize(("b", "country", "loss"), [("market", "south", "81 t"), ("market", "all", "741 t"), ("aluminium", "Fiji", "1 t")])
def test_a_loss_of_more_than_is_made_is_told(b: str, country: str, loss: str, request: pytest.FixtureRequest) -> None:
    found = made(request.getfixturevalue(b), SupplyShock(country=country, loss=loss))
    assert notes(found) == ["loss_beyond_output"]
    assert (found.wedges.output_scale >= 0).all()
    assert notes(made(trio(), SupplyShock(country="all", loss="740 t"))) == []


def test_what_a_stock_cannot_do_is_refused(market: Benchmark) -> None:
    with pytest.raises(InputError, match=r"a release of 361 t is more than south uses in the benchmark, 360 t"):
        made(market, Stockpile(country="south", action="release", tonnes="361 t"))
    made(market, Stockpile(country="south", action="build", tonnes="361 t"))
    with pytest.raises(InputError, match="no price is below the trigger_price of 0"):
        made(market, Stockpile(country="south", action="build", tonnes="1 t", trigger_price="0 USD/t"))
    far = Benchmark.from_tables(
        [{"country": "a", "production_t": 9}, {"country": "b", "production_t": 0}, {"country": "c", "production_t": 0}],
        [{"exporter": "a", "importer": "b", "trade_t": 9}], labels="free", year=2024,
    )  # fmt: skip
    with pytest.raises(InputError, match="nothing of this market reaches c"):
        made(far, Stockpile(country="c", action="build", tonnes="1 t"))


def test_a_project_that_fails_is_not_built(market: Benchmark) -> None:
    project = Capacity(country="north", tonnes="10 t to 30 t", chance_of_failure="25%")
    found = scenario(DemandShift(country="south", change="0% to 10%"), project)
    assert random_sizes(found) == [(0, "change"), (1, "tonnes"), (1, "chance_of_failure")]
    uniform = np.array([[0.5, 0.1, 0.2], [0.5, 0.1, 0.3], [0.0, 1.0, 0.9]])
    w = translate(found, market, uniform).wedges
    assert w.added_output_t[N].tolist() == pytest.approx([0, 12, 30], rel=ROUNDING)
    assert w.demand_scale[S].tolist() == pytest.approx([1.05, 1.05, 1], rel=ROUNDING)
    assert translate(found, market).wedges.added_output_t[N].tolist() == [20], "at the middle it is built"
    doubtful = scenario(Capacity(country="north", tonnes="10 t", chance_of_failure="0% to 50%"))
    assert random_sizes(doubtful) == [(0, "chance_of_failure")]
    assert translate(doubtful, market, np.array([[0.24], [0.26]])).wedges.added_output_t[N].tolist() == [0, 10]


def test_partners_get_no_preference(market: Benchmark) -> None:
    found = made(market, Capacity(country="north", tonnes="10 t", partner="south"))
    assert notes(found) == ["partner_gets_no_preference"]
    assert changed(market, found.wedges) == {"added_output_t"}


def test_support(market: Benchmark) -> None:
    w = made(
        market, Subsidy(country="all", rate="5%"), Subsidy(country="north", rate="10%"), Subsidy(country="north", rate="30 USD/t"),
        Subsidy(country=["north", "east"], rate="3 USD/t"),
    ).wedges  # fmt: skip
    assert w.subsidy_rate.tolist() == pytest.approx([0.15, 0.05, 0.05], rel=ROUNDING)
    assert w.specific_subsidy.tolist() == [33, 0, 3]
    assert w.payer_share.tolist() == np.eye(3).tolist()


def test_price_floors_and_who_pays(market: Benchmark) -> None:
    w = made(
        market, PriceFloor(country="north", price="1200 USD/t", mechanism="cfd", payer=["south", "east"]),
        PriceFloor(country="east", price="1300 USD/t", mechanism="purchase"),
        PriceFloor(country="south", price="1400 USD/t", mechanism="minimum_import_price"),
    ).wedges  # fmt: skip
    assert (w.guaranteed_price.tolist(), w.held_price.tolist()) == ([1200, 0, 0], [0, 0, 1300])
    assert w.least_price.tolist() == [[0, 1400, 0], [0, 0, 0], [0, 1400, 0]]
    assert w.payer_share[N].tolist() == pytest.approx([0, 360 / 570, 210 / 570], rel=ROUNDING)
    assert w.payer_share[[S, E]].tolist() == np.eye(3)[[S, E]].tolist()
    with pytest.raises(InputError, match="no payer is in this market"):
        made(market, PriceFloor(country="north", price="1200 USD/t", mechanism="cfd", payer="USA"))


def test_the_choke_price_is_the_scenarios(market: Benchmark) -> None:
    assert made(market, DemandShift(country="south", change="1%"), choke=4).wedges.choke == 4
    assert made(market, DemandShift(country="south", change="1%")).wedges.choke == 10


# --- ranges ------------------------------------------------------------------------------------------------------------------------------


def test_sizes_that_are_ranges_are_drawn_each_from_its_own_column(market: Benchmark) -> None:
    found = scenario(
        SupplyShock(country="north", loss="10% to 30%"), ImportQuota(importer="south", tonnes="100 t to 200 t"), DemandShift(country="east", change="-10% to 10%"),
        Capacity(country="east", tonnes="1 t to 3 t"), ExportQuota(exporter="south", share_of_benchmark="50% to 100%"), SupplyShock(country="east", loss="16 t to 32 t"),
        SupplyOffer(exporter="north", importer="east", tonnes="110 t to 120 t"),
    )  # fmt: skip
    uniform = np.array([np.full(7, 0.25), np.linspace(0, 1, 7)])
    w = translate(found, market, uniform).wedges
    assert w.output_scale[N].tolist() == pytest.approx([0.85, 0.9], rel=ROUNDING)
    assert w.output_scale[E].tolist() == pytest.approx([1 - 20 / 160, 1 - (16 + 16 * 5 / 6) / 160], rel=ROUNDING)
    assert w.demand_scale[E].tolist() == pytest.approx([0.95, 0.9 + 0.2 * 2 / 6], rel=ROUNDING)
    assert w.added_output_t[E].tolist() == pytest.approx([1.5, 2], rel=ROUNDING)
    assert [x.tonnes.tolist() for x in w.limits] == [
        pytest.approx([125, 100 + 100 / 6], rel=ROUNDING), pytest.approx([30 * 0.625, 30 * (0.5 + 0.5 * 4 / 6)], rel=ROUNDING), pytest.approx([112.5, 120], rel=ROUNDING),
    ]  # fmt: skip
    assert translate(found, market, uniform).notes == []
    assert translate(found, market).wedges.output_scale[N].tolist() == [0.8]


@pytest.mark.parametrize(
    ("measure", "name", "low", "high", "read"),
    [
        (Tariff(importer="south", rate="10% to 30%", mode="set"), "rate", 0.1, 0.3, lambda w: w.duty_rate[N, S]),
        (Tariff(importer="south", rate="10 USD/t to 30 USD/t", mode="set"), "specific_duty_usd_per_t", 10, 30, lambda w: w.specific_duty[N, S]),
        (ExportTax(exporter="north", rate="10% to 30%"), "rate", 0.1, 0.3, lambda w: w.export_tax_rate[N, S]),
        (Subsidy(country="north", rate="10% to 30%"), "rate", 0.1, 0.3, lambda w: w.subsidy_rate[N]),
        (PriceFloor(country="north", price="900 USD/t to 1100 USD/t", mechanism="cfd"), "price", 900, 1100, lambda w: w.guaranteed_price[N]),
        (Stockpile(country="south", action="build", tonnes="10 t to 30 t"), "tonnes", 10, 30, lambda w: w.stock_t[S]),
        (ImportQuota(importer="south", tonnes="90 t", rent_to_importer="20% to 60%"), "rent_to_importer", 0.2, 0.6, lambda w: w.limits[0].importer_share),
    ],
)  # fmt: skip
def test_a_rate_that_is_a_range_is_taken_at_its_middle_and_told(
    market: Benchmark, measure: Measure, name: str, low: float, high: float, read: object
) -> None:
    found = made(market, measure, uniform=np.full((2, 1), 0.1))
    assert read(found.wedges) == pytest.approx((low + high) / 2, rel=ROUNDING)  # type: ignore[operator]
    assert [(n.id, dict(n.values)) for n in found.notes] == [("range_at_middle", {"measure": 1, "field": name, "low": low, "high": high})]


# --- reopening ---------------------------------------------------------------------------------------------------------------------------


def test_a_reopened_route_gets_the_share_it_had(aluminium: Benchmark) -> None:
    b, then = aluminium, Benchmark.from_facts("aluminium", 2017)
    found = made(b, Reopen(exporter="RUS", importer="USA", open_year=2017))
    i, j = b.position("RUS"), b.position("USA")
    share = then.trade_t[then.position("RUS"), then.position("USA")] / then.imports_t[then.position("USA")]
    now = b.trade_t[i, j] / b.imports_t[j]
    assert share > 0.1 > 0.01 > now
    assert changed(b, found.wedges) == {"reopened_share"}, "no duty stood on the route in 2017"
    assert np.argwhere(np.isfinite(found.wedges.reopened_share)).tolist() == [[i, j]]
    assert found.wedges.reopened_share[i, j] == pytest.approx(share, rel=ROUNDING)
    assert found.wedges.duty_rate[i, j] == 2.0, "the duty stays unless another measure says otherwise"
    assert found.latent == {("RUS", "USA"): (pytest.approx(now), pytest.approx(share))}
    assert notes(found) == ["reopened"]


def test_the_duty_of_the_open_year_comes_along(aluminium: Benchmark) -> None:
    found = made(aluminium, Reopen(exporter="RUS", importer="USA", open_year=2019))
    assert found.wedges.reopened_duty[aluminium.position("RUS"), aluminium.position("USA")] == pytest.approx(0.1)


def test_an_open_route_is_told_and_stays_as_it_is(aluminium: Benchmark) -> None:
    found = made(aluminium, Reopen(exporter="ARE", importer="USA", open_year=2010))
    now, then = found.latent["ARE", "USA"]
    assert now > then > 0
    assert notes(found) == ["route_is_open"]
    assert changed(aluminium, found.wedges) == set()


def test_a_route_without_trade_in_the_open_year_is_refused(aluminium: Benchmark, market: Benchmark) -> None:
    with pytest.raises(InputError, match=r"there was no trade on the route in 2017; name a year with trade.*maadin facts trade aluminium"):
        made(aluminium, Reopen(exporter="ISL", importer="BTN", open_year=2017))
    with pytest.raises(InputError, match="there was no trade on the route in 2017"):
        made(market, Reopen(exporter="north", importer="south", open_year=2017))
    with pytest.raises(InputError, match=r"no trade of .* is at hand for 1994"):
        made(aluminium, Reopen(exporter="RUS", importer="USA", open_year=1994))


def test_of_a_group_those_routes_reopen_that_had_trade(aluminium: Benchmark) -> None:
    found = made(aluminium, Reopen(exporter=["RUS", "BTN"], importer="USA", open_year=2017))
    assert set(found.latent) == {("RUS", "USA")}


def test_an_offer_and_a_quota_may_stand_on_a_reopened_route(aluminium: Benchmark) -> None:
    b = aluminium
    j = b.position("USA")
    then = Benchmark.from_facts("aluminium", 2005)
    shut = next(
        c
        for c in then.countries
        if c in b.countries and then.trade_t[then.position(c), then.position("USA")] > 0 and b.trade_t[b.position(c), j] == 0
    )
    reopen = Reopen(exporter=shut, importer="USA", open_year=2005)
    for measure in (SupplyOffer(exporter=shut, importer="USA", tonnes="1 kt"), ImportQuota(importer="USA", exporter=shut, tonnes="1 kt")):
        assert len(made(b, measure, reopen).wedges.limits) == 1
        assert set(made(b, measure, reopen).latent) == {(shut, "USA")}


# --- together ----------------------------------------------------------------------------------------------------------------------------


TOGETHER: tuple[Measure, ...] = (
    Tariff(importer="south", exporter="north", rate="25%", mode="set"),
    Tariff(importer="south", rate="5%", mode="add"),
    SupplyShock(country="north", loss="20%"),
    ImportQuota(importer="east", share_of_benchmark="80%"),
    ExportTax(exporter="east", rate="7%"),
)


def same(one: Wedges, other: Wedges) -> bool:
    """Whether two markets' wedges agree, limits by what they do rather than by the place of their measure."""
    for f in fields(Wedges):
        a, b = getattr(one, f.name), getattr(other, f.name)
        if f.name == "limits":
            said = [sorted((x.name.partition(":")[2], x.routes.tobytes(), x.tonnes.tolist(), x.low, x.high, x.importer_share) for x in w) for w in (a, b)]  # fmt: skip
            if said[0] != said[1]:
                return False
        elif isinstance(a, np.ndarray):
            if not np.allclose(a, b, rtol=ROUNDING, atol=0, equal_nan=True):
                return False
        elif a != b:
            return False
    return True


def test_the_order_in_the_file_does_not_matter(market: Benchmark) -> None:
    first = made(market, *TOGETHER).wedges
    assert first.duty_rate[:, S].tolist() == pytest.approx([0.3, 0, 0.1], rel=ROUNDING), "what is added comes after what is set"
    assert all(same(made(market, *order).wedges, first) for order in permutations(TOGETHER))


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (
            Tariff(importer="south", rate="5%", mode="set"),
            Tariff(importer="all", exporter="north", rate="6%", mode="set"),
            "both set the duty",
        ),
        (
            ImportQuota(importer="south", tonnes=5),
            TariffRateQuota(importer="south", tonnes=5, over_quota_rate="9%"),
            "both limit the imports",
        ),
        (Embargo(importer="south", exporter="north"), SupplyOffer(exporter="north", importer="south", tonnes=9), "that the second offers"),
        (Stockpile(country="south", action="build", tonnes=9), Stockpile(country="all", action="release", tonnes=9), "builds the stock"),
        (
            PriceFloor(country="south", price=9, mechanism="cfd"),
            PriceFloor(country="south", price=9, mechanism="purchase"),
            "set a price floor",
        ),
    ],
)
def test_measures_that_say_two_things_of_one_place_are_refused(market: Benchmark, one: Measure, other: Measure, message: str) -> None:
    for pair in ((one, other), (other, one)):
        with pytest.raises(ScenarioError, match=r"measures\[0\].*measures\[1\]"):
            scenario(*pair).check(market.countries)
    with pytest.raises(ScenarioError, match=message):
        scenario(one, other).check(market.countries)


def test_unknown_places_are_named(market: Benchmark) -> None:
    with pytest.raises(LabelError, match="'west'"):
        Scenario("x", measures=[Embargo(importer="south", exporter="west")]).check(market.countries)
