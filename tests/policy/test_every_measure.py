"""What every measure does to a market, and what holds whatever is done: books, welfare that adds up, welfare triangles, nothing from nothing.

Tolerances:
SOLVED   of what the solver leaves, 1e-10 in the log of demand over supply, multiplied by elasticities of substitution of up to ten
EXACT    sums of the same numbers in another order
NULL     a benchmark solves its own equations to rounding; sums over 200 countries
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_markets import before, level, run, scenario, trio, worst

from maadin.facts import catalogue
from maadin.market.benchmark import Benchmark
from maadin.market.equilibrium import SolveError
from maadin.policy import (
    Capacity,
    DemandShift,
    Embargo,
    ExportBan,
    ExportQuota,
    ExportTax,
    ImportQuota,
    Measure,
    PriceFloor,
    Stockpile,
    Subsidy,
    SupplyOffer,
    SupplyShock,
    Tariff,
    TariffRateQuota,
)  # fmt: skip
from maadin.policy.order import conflicts
from maadin.policy.outcome import VARIABLES, Outcome
from maadin.policy.run import simulate

SOLVED, EXACT, NULL = 1e-8, 1e-12, 1e-9
PARTS = (
    "consumer_surplus_change_usd", "producer_surplus_change_usd", "re_export_margin_change_usd", "tariff_revenue_usd", "export_tax_revenue_usd",
    "quota_rent_usd",
)  # fmt: skip
COUNTRIES = ("north", "south", "east")


@pytest.fixture(scope="module")
def market() -> Benchmark:
    return trio()


# --- nothing from nothing ------------------------------------------------------------------------------------------------------------------

MARKETS = [(c.id, s.id) for c in catalogue.commodities().values() for s in c.stages if s.grade != "C"]


@pytest.mark.parametrize("name", MARKETS, ids=lambda m: "-".join(m))
def test_a_scenario_that_changes_nothing_returns_the_benchmark(name: tuple[str, str]) -> None:
    """At the medians with every plant full, and over draws with room to grow."""
    b = Benchmark.from_facts(name[0], 2024, name[1])
    nothing = DemandShift(country="all", change="0%")
    for found in (
        simulate(b, scenario(nothing, elasticities={}, capacity_slack=0.0), draws=0),
        simulate(b, scenario(nothing, elasticities={}), draws=3, within=False),
    ):
        trade, use = b.value_usd.sum(), b.use_t.sum()
        for variable, about in VARIABLES.items():
            here = found.benchmark[variable]
            largest = float(np.abs(np.nan_to_num(here.to_numpy(), posinf=0.0, neginf=0.0)).max(initial=0.0))
            scale = trade if about.unit == "USD" else use if about.unit == "t" else max(largest, 1e-3)
            for statistic in ("median", "low", "high")[: 3 if found.draws else 1]:
                assert worst(found.counterfactual[variable].sel(statistic=statistic), here, scale) <= NULL, (variable, statistic)
        assert worst([v[1] for v in found.origin_traced.values()], [v[0] for v in found.origin_traced.values()], 1.0) <= NULL
        assert found.status == "solved"
        assert found.residual <= NULL


# --- one at a time -------------------------------------------------------------------------------------------------------------------------

UP, DOWN, SAME = 1, -1, 0
EFFECTS: list[tuple[Measure, dict[tuple[str, str], int]]] = [
    (
        Tariff(importer="south", exporter="north", rate="40%", mode="set"),
        {("price_use_usd_per_t", "south"): UP, ("output_t", "south"): UP, ("price_fob_usd_per_t", "north"): DOWN, ("use_t", "south"): DOWN,
         ("tariff_revenue_usd", "south"): UP, ("use_t", "north"): UP, ("exports_t", "east"): UP, ("welfare_change_usd", "north"): DOWN},
    ),
    (
        ExportTax(exporter="north", rate="20%"),
        {("export_tax_revenue_usd", "north"): UP, ("price_fob_usd_per_t", "north"): DOWN, ("price_use_usd_per_t", "south"): UP,
         ("output_t", "east"): UP, ("use_t", "north"): UP},
    ),
    (
        Embargo(importer="south", exporter="north"),
        {("imports_t", "south"): DOWN, ("price_use_usd_per_t", "south"): UP, ("output_t", "south"): UP, ("output_t", "north"): DOWN,
         ("unserved_t", "south"): SAME, ("exports_t", "east"): UP, ("priced_out_t", "south"): UP},
    ),
    (ExportBan(exporter="north"), {("exports_t", "north"): DOWN, ("use_t", "north"): UP, ("use_t", "east"): DOWN, ("producer_surplus_change_usd", "north"): DOWN}),
    (
        ImportQuota(importer="south", share_of_benchmark="50%"),
        {("imports_t", "south"): DOWN, ("quota_rent_usd", "south"): UP, ("quota_rent_usd", "north"): SAME, ("price_use_usd_per_t", "south"): UP,
         ("output_t", "south"): UP},
    ),
    (
        ExportQuota(exporter="north", share_of_benchmark="50%"),
        {("exports_t", "north"): DOWN, ("quota_rent_usd", "north"): UP, ("quota_rent_usd", "south"): SAME, ("use_t", "north"): UP},
    ),
    (
        TariffRateQuota(importer="south", tonnes="100 t", in_quota_rate="5%", over_quota_rate="60%"),
        {("quota_rent_usd", "south"): UP, ("tariff_revenue_usd", "south"): UP, ("imports_t", "south"): DOWN},
    ),
    (
        Subsidy(country="south", rate="20%"),
        {("output_t", "south"): UP, ("support_cost_usd", "south"): UP, ("price_fob_usd_per_t", "south"): DOWN, ("output_t", "north"): DOWN,
         ("producer_surplus_change_usd", "south"): UP},
    ),
    (
        PriceFloor(country="south", price="1.5 USD/kg", mechanism="cfd", payer="east"),
        {("output_t", "south"): UP, ("support_cost_usd", "east"): UP, ("support_cost_usd", "south"): SAME},
    ),
    (
        PriceFloor(country="south", price="1.5 USD/kg", mechanism="purchase"),
        {("output_t", "south"): UP, ("support_cost_usd", "south"): UP, ("price_fob_usd_per_t", "south"): UP, ("imports_t", "south"): UP},
    ),
    (
        PriceFloor(country="south", price="1.5 USD/kg", mechanism="minimum_import_price"),
        {("imports_t", "south"): DOWN, ("tariff_revenue_usd", "south"): UP, ("output_t", "south"): UP},
    ),
    (
        Stockpile(country="east", action="build", tonnes="40 t"),
        {("stock_t", "east"): UP, ("price_use_usd_per_t", "east"): UP, ("support_cost_usd", "east"): UP, ("output_t", "north"): UP},
    ),
    (
        Stockpile(country="east", action="release", tonnes="40 t"),
        {("stock_t", "east"): DOWN, ("price_use_usd_per_t", "east"): DOWN, ("support_cost_usd", "east"): DOWN, ("output_t", "north"): DOWN},
    ),
    (
        Capacity(country="south", tonnes="80 t"),
        {("output_t", "south"): UP, ("price_fob_usd_per_t", "south"): DOWN, ("output_t", "north"): DOWN, ("imports_t", "south"): DOWN,
         ("consumer_surplus_change_usd", "south"): UP},
    ),
    (
        SupplyShock(country="north", loss="30%"),
        {("output_t", "north"): DOWN, ("price_fob_usd_per_t", "north"): UP, ("output_t", "east"): UP, ("use_t", "south"): DOWN},
    ),
    (DemandShift(country="south", change="20%"), {("use_t", "south"): UP, ("output_t", "north"): UP, ("use_t", "north"): DOWN}),
    (
        SupplyOffer(exporter="north", importer="south", tonnes="300 t"),
        {("quota_rent_usd", "north"): DOWN, ("price_use_usd_per_t", "south"): DOWN, ("output_t", "south"): DOWN, ("use_t", "north"): DOWN,
         ("output_t", "north"): UP},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "effects"), EFFECTS, ids=lambda x: x.noun if isinstance(x, Measure) else "")
def test_each_measure_moves_the_market_as_economics_says(market: Benchmark, measure: Measure, effects: dict[tuple[str, str], int]) -> None:
    found = run(market, measure)
    for (variable, country), sign in effects.items():
        change = float(found.change(variable).sel(country=country, statistic="median"))
        unit = market.value_usd.sum() if variable.endswith("usd") else 1000.0
        seen = 0 if abs(change) < SOLVED * unit else np.sign(change)
        assert seen == sign, (variable, country, change)
    _adds_up(found)


def _adds_up(found: Outcome) -> None:
    """Welfare is the sum of its parts less support, in every country and in the world."""
    w = found.welfare().sel(statistic="median")
    whole = float(found.market.value_usd.sum())
    assert worst(w["welfare_change_usd"], sum(w[part] for part in PARTS) - w["support_cost_usd"], whole) <= EXACT
    assert float(found.counterfactual["world_welfare_change_usd"].sel(statistic="median")) == pytest.approx(
        float(w["welfare_change_usd"].sum()), rel=EXACT, abs=EXACT * whole
    )


@pytest.mark.parametrize(
    ("measure", "routes"),
    [
        (Embargo(importer="south", exporter="north"), {("north", "south")}),
        (Embargo(importer=["south", "east"], exporter="north"), {("north", "south"), ("north", "east")}),
        (ExportBan(exporter="all"), {(i, j) for i in COUNTRIES for j in COUNTRIES if i != j}),
        (ExportBan(exporter="south", importer="north"), {("south", "north")}),
        (ImportQuota(importer="east", tonnes="0 t"), {("north", "east"), ("south", "east")}),
    ],
)
def test_a_closed_route_carries_nothing_and_the_others_go_on(market: Benchmark, measure: Measure, routes: set[tuple[str, str]]) -> None:
    found = run(market, measure)
    trade = found.counterfactual["trade_t"].sel(statistic="median")
    closed = {(i, j) for i in COUNTRIES for j in COUNTRIES if not float(trade.sel(exporter=i, importer=j))}
    assert closed == routes | {("east", "north")}, "east ships none to north in the benchmark"
    _adds_up(found)


def test_autarky_is_found_market_by_market(market: Benchmark) -> None:
    """Own goods alone: with s their share in spending, x p^-0.5 s^(3.5 / -3) is asked for, and y p^0.8 made while there is capacity."""
    found = run(market, ExportBan(exporter="all"), capacity_slack=1.0)
    for i, country in enumerate(COUNTRIES):
        at_user_prices = market.value_usd[:, i] * (1 + market.duty_rate[:, i]) * (1 + market.export_tax_rate[:, i])
        pull = market.trade_t[i, i] * (at_user_prices[i] / at_user_prices.sum()) ** (3.5 / -3)
        price = (pull / market.production_t[i]) ** (1 / 1.3)
        made = min(market.production_t[i] * price**0.8, 2 * market.production_t[i])
        assert (made == 2 * market.production_t[i]) == (country == "south"), "only south, which imported most, is at capacity"
        assert level(found, "output_t", country=country) == pytest.approx(made, rel=SOLVED * 10)
        assert level(found, "use_t", country=country) == pytest.approx(made, rel=SOLVED * 10)
        if country != "south":
            assert level(found, "price_fob_usd_per_t", country=country) == pytest.approx(market.price_usd_per_t[i] * price, rel=SOLVED * 10)


# --- welfare against the textbook ------------------------------------------------------------------------------------------------------------


def plain(*, wedge: float = 1.0, duty: float = 0.0, tax: float = 0.0) -> Benchmark:
    """Makers without hubs or other codes, goods of one quality unless told otherwise."""
    made = {"north": (500.0, 1000.0), "south": (80.0, 1150.0), "east": (160.0, 900.0)}
    flows = [
        ("north", "south", 250.0),
        ("north", "east", 100.0),
        ("east", "south", 60.0),
        ("south", "north", 20.0),
        ("south", "east", 10.0),
    ]
    return Benchmark.from_tables(
        [{"country": c, "production_t": t, "price_usd_per_t": p} for c, (t, p) in made.items()],
        [
            {
                "exporter": i, "importer": j, "trade_t": t, "wedge": wedge if (i, j) == ("north", "south") else 1.0, "duty_rate": duty * (j == "south"),
                "export_tax_rate": tax * (i == "east"),
            }
            for i, j, t in flows
        ],
        commodity="aluminium", stage="refined", year=2024, labels="free",
    )  # fmt: skip


def with_a_hub() -> Benchmark:
    """North ships to south through east, which makes nothing, uses a third, and sells on at 1,300 what it buys at 1,000; some leaves unseen."""
    made = {"north": (300.0, 20.0, 1000.0), "south": (90.0, 0.0, 1100.0), "east": (0.0, 0.0, 1300.0)}
    flows = [("north", "east", 120.0), ("north", "south", 60.0), ("east", "south", 80.0), ("south", "north", 10.0)]
    return Benchmark.from_tables(
        [{"country": c, "production_t": t, "other_codes_t": o, "price_usd_per_t": p} for c, (t, o, p) in made.items()],
        [{"exporter": i, "importer": j, "trade_t": t} for i, j, t in flows],
        commodity="aluminium", stage="refined", year=2024, labels="free",
    )  # fmt: skip


def triangles(found: Outcome) -> float:
    """World welfare to second order: on every route the mean gap between user and fob price, over the change of tonnes (Harberger 1971).

    Where a route's goods are of another quality, its cost moves with the exporter's price, and that is no country's income. What a hub earns a tonne
    beyond the benchmark's margin is such a gap too.
    """
    b, total = found.market, 0.0
    prices = found.counterfactual["price_fob_usd_per_t"].sel(statistic="median").to_numpy()
    for i, j in zip(*np.nonzero(b.trade_t), strict=True):
        at = {"exporter": b.countries[i], "importer": b.countries[j]}
        moved = level(found, "trade_t", **at) - before(found, "trade_t", **at)
        gap = before(found, "price_landed_usd_per_t", **at) - b.price_usd_per_t[i] * b.wedge[i, j]
        gap += level(found, "price_landed_usd_per_t", **at) - prices[i] * b.wedge[i, j]
        total += gap / 2 * moved
        total -= (b.wedge[i, j] - 1) * (b.trade_t[i, j] + moved / 2) * (prices[i] - b.price_usd_per_t[i])
    for country in np.array(b.countries)[b.re_exports_t > 0]:
        passed = level(found, "re_exports_t", country=country)
        more = level(found, "re_export_margin_change_usd", country=country) / passed
        total += more / 2 * (passed - before(found, "re_exports_t", country=country))
    return total


@pytest.mark.parametrize(
    "benchmark",
    [plain(), plain(duty=0.15, tax=0.1), plain(wedge=1.3, duty=0.15), with_a_hub()],
    ids=["undistorted", "with duties", "another quality", "through a hub"],
)
@pytest.mark.parametrize(
    "make",
    [
        lambda r: Tariff(importer="south", rate=r, mode="add"),
        lambda r: ExportTax(exporter="north", rate=r, mode="add"),
        lambda r: Tariff(importer="south", exporter="north", rate=f"{1000 * r} USD/t", mode="add"),
    ],
    ids=["tariff", "export tax", "duty per tonne"],
)
def test_welfare_is_the_triangles_but_for_terms_of_third_order(benchmark: Benchmark, make: Any) -> None:
    rates = (0.04, 0.02, 0.01)
    left = []
    for rate in rates:
        found = run(benchmark, make(rate))
        welfare = level(found, "world_welfare_change_usd")
        left.append(abs(welfare - triangles(found)) / rate**2)
    assert left[2] < 0.02 * abs(welfare) / rates[2] ** 2
    assert left[1] < 0.6 * left[0]
    assert left[2] < 0.6 * left[1]


def test_the_world_counts_who_buys_what_leaves_unseen() -> None:
    """Twenty tonnes at 1,000 USD, of which demand answers as everybody's: E (p^0.5 - 1) / 0.5 is lost when their price rises."""
    found = run(with_a_hub(), SupplyShock(country="north", loss="20%"))
    price = level(found, "price_fob_usd_per_t", country="north") / 1000
    assert price > 1.05
    inside = float(found.counterfactual["welfare_change_usd"].sel(statistic="median").sum())
    assert level(found, "world_welfare_change_usd") - inside == pytest.approx(-20_000 * (price**0.5 - 1) / 0.5, rel=SOLVED)


def test_what_handling_costs_is_no_gain() -> None:
    """A hub that passes on more at an unchanged margin has earned its costs, and no more."""
    found = run(with_a_hub(), DemandShift(country="south", change="20%"))
    r0, r1 = before(found, "re_exports_t", country="east"), level(found, "re_exports_t", country="east")
    assert r1 > r0
    bought, sold = (level(found, "price_fob_usd_per_t", country=c) for c in ("north", "east"))
    gained = level(found, "re_export_margin_change_usd", country="east")
    assert gained == pytest.approx((sold - bought - 300) * r1, rel=1e-6)


RATES = st.floats(0.0, 2.0)


@given(st.lists(RATES, min_size=3, max_size=3), st.floats(1.5, 9.0), st.floats(0.1, 1.5), st.floats(0.1, 2.0))
@settings(deadline=None, max_examples=40)
def test_no_tariff_raises_the_welfare_of_an_undistorted_world(rates: list[float], sigma: float, eta: float, epsilon: float) -> None:
    tariffs = [Tariff(importer=c, rate=f"{100 * r}%", mode="set") for c, r in zip(COUNTRIES, rates, strict=True)]
    found = run(plain(), *tariffs, elasticities={"sigma": sigma, "eta": eta, "epsilon": epsilon})
    assert level(found, "world_welfare_change_usd") <= SOLVED * found.market.value_usd.sum()


def test_a_small_country_cannot_gain_from_a_tariff_and_a_large_one_can() -> None:
    """Small: a hundredth of what its suppliers sell, to whom its duty is nothing."""
    small = Benchmark.from_tables(
        [{"country": c, "production_t": t, "price_usd_per_t": 1000} for c, t in (("one", 10_000), ("other", 10_000), ("small", 10))],
        [
            {"exporter": i, "importer": j, "trade_t": t}
            for i, j, t in (("one", "small", 60), ("other", "small", 40), ("one", "other", 3000), ("other", "one", 3000))
        ],
        commodity="aluminium", stage="refined", year=2024, labels="free",
    )  # fmt: skip
    for rate in (0.05, 0.2, 1.0):
        assert level(run(small, Tariff(importer="small", rate=rate, mode="set")), "welfare_change_usd", country="small") < 0
    assert level(run(plain(), Tariff(importer="south", rate=0.1, mode="set")), "welfare_change_usd", country="south") > 0, "terms of trade"


# --- any measures together -------------------------------------------------------------------------------------------------------------------

WHO = st.one_of(st.sampled_from([*COUNTRIES, "all"]), st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=2, unique=True))
PARTS_OF_ONE, PRICES = st.floats(0.0, 1.0), st.floats(600.0, 1500.0).map(lambda p: f"{p} USD/t")
DUTY = st.one_of(st.floats(0.0, 1.0), st.floats(0.0, 500.0).map(lambda p: f"{p} USD/t"))
QUOTA = st.floats(0.3, 1.3)
ANY: tuple[st.SearchStrategy[Measure], ...] = (
    st.builds(Tariff, importer=WHO, exporter=WHO, rate=DUTY, mode=st.sampled_from(["set", "add"])),
    st.builds(ExportTax, exporter=WHO, importer=WHO, rate=DUTY, mode=st.sampled_from(["set", "add"])),
    st.builds(Embargo, importer=st.sampled_from(COUNTRIES), exporter=st.sampled_from(COUNTRIES)),
    st.builds(ExportBan, exporter=st.sampled_from(COUNTRIES), importer=st.sampled_from(COUNTRIES)),
    st.builds(ImportQuota, importer=WHO, exporter=WHO, share_of_benchmark=QUOTA.map(lambda q: f"{100 * q}%"), rent_to_importer=PARTS_OF_ONE),
    st.builds(ExportQuota, exporter=WHO, share_of_benchmark=QUOTA.map(lambda q: f"{100 * q}%"), rent_to_importer=PARTS_OF_ONE),
    st.builds(
        TariffRateQuota, importer=WHO, tonnes=st.floats(10, 300), in_quota_rate=st.floats(0, 0.2), over_quota_rate=st.floats(0.2, 1),
        rent_to_importer=PARTS_OF_ONE,
    ),
    st.builds(Subsidy, country=WHO, rate=st.floats(0.0, 0.3)),
    st.builds(PriceFloor, country=WHO, price=PRICES, mechanism=st.sampled_from(["cfd", "purchase"]), payer=st.sampled_from(COUNTRIES)),
    st.builds(PriceFloor, country=WHO, price=PRICES, mechanism=st.just("minimum_import_price")),
    st.builds(Stockpile, country=WHO, action=st.sampled_from(["build", "release"]), tonnes=st.floats(0, 60)),
    st.builds(Stockpile, country=WHO, action=st.just("build"), tonnes=st.floats(0, 60), trigger_price=PRICES),
    st.builds(Capacity, country=WHO, tonnes=st.floats(0, 100), chance_of_failure=PARTS_OF_ONE),
    st.builds(SupplyShock, country=WHO, loss=st.floats(0, 0.6)),
    st.builds(DemandShift, country=WHO, change=st.floats(-0.5, 0.5)),
    st.builds(SupplyOffer, exporter=st.just("north"), importer=st.just("south"), tonnes=st.floats(100, 400), max_discount=st.floats(0, 0.6)),
)  # fmt: skip


@given(st.lists(st.one_of(*ANY), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_the_books_of_any_measures_hold(measures: list[Measure]) -> None:
    b = trio()
    made = scenario(*measures)
    assume(not conflicts(made, b.countries))
    try:
        found = run(b, *measures, draws=2, keep=True, within=False)
    except SolveError:  # what cannot be: stocks beyond what all plants make
        assume(False)
    except ValueError as error:  # refused in words
        assert "measures[" in str(error)
        assume(False)
    books = found.books
    assert books is not None
    assert books.imbalance().max() <= EXACT
    left = books.output - books.use - books.stock - books.other_codes - books.bought
    assert np.abs(left.sum(axis=0)).max() <= SOLVED * b.production_t.sum()
    for at, measure in enumerate(measures):
        name = f"{at}:{measure.noun}"
        if isinstance(measure, ImportQuota | ExportQuota) and name in found.counterfactual["limit"]:
            most = float(measure.share_of_benchmark) * before(found, "limit_t", limit=name)  # type: ignore[arg-type]
            assert level(found, "limit_t", "high", limit=name) <= most * (1 + SOLVED)
    _adds_up(run(b, *measures))


# --- more of it ------------------------------------------------------------------------------------------------------------------------------

EASES = st.fixed_dictionaries({"sigma": st.floats(1.5, 9.0), "eta": st.floats(0.1, 1.4), "epsilon": st.floats(0.1, 2.0)})
HARDER = settings(deadline=None, max_examples=25)


@given(st.floats(0.0, 3.0), st.floats(0.01, 3.0), EASES)
@HARDER
def test_a_larger_tariff_never_raises_its_own_flow(rate: float, more: float, ease: dict[str, float]) -> None:
    flows = [
        level(run(trio(), Tariff(importer="south", exporter="north", rate=f"{100 * r}%", mode="set"), elasticities=ease), "trade_t", exporter="north", importer="south")
        for r in (rate, rate + more)
    ]  # fmt: skip
    assert flows[1] < flows[0] * (1 + SOLVED)


@given(st.floats(0.2, 1.2), st.floats(0.5, 0.99), EASES)
@HARDER
def test_a_tighter_quota_carries_less_and_raises_the_price_of_use(share: float, part: float, ease: dict[str, float]) -> None:
    loose, tight = (
        run(trio(), ImportQuota(importer="south", exporter="north", share_of_benchmark=f"{100 * s}%"), elasticities=ease)
        for s in (share, share * part)
    )
    carried = [level(x, "trade_t", exporter="north", importer="south") for x in (loose, tight)]
    assert carried[1] <= carried[0] * (1 + SOLVED)
    assert carried[1] <= 250 * share * part * (1 + SOLVED)
    prices = [level(x, "price_use_usd_per_t", country="south") for x in (loose, tight)]
    assert prices[1] >= prices[0] * (1 - SOLVED)
    if share * part < 0.99:
        assert carried[1] == pytest.approx(250 * share * part, rel=SOLVED)
        assert level(tight, "quota_rent_usd", country="south") > 0


@given(st.floats(251.0, 600.0), EASES)
@HARDER
def test_an_offer_is_placed_in_full_or_says_that_it_is_not(tonnes: float, ease: dict[str, float]) -> None:
    found = run(trio(), SupplyOffer(exporter="north", importer="south", tonnes=tonnes, max_discount="40%"), elasticities=ease)
    placed, wedge = (float(found.counterfactual[v].sel(statistic="median").item()) for v in ("limit_t", "limit_wedge"))
    assert -0.4 - SOLVED <= wedge <= SOLVED
    if wedge > -0.4 + 1e-6:
        assert placed == pytest.approx(tonnes, rel=SOLVED)
    else:
        assert placed <= tonnes * (1 + SOLVED)
    cost = level(found, "quota_rent_usd", country="north")
    paid = placed * level(found, "price_landed_usd_per_t", exporter="north", importer="south")
    assert cost == pytest.approx(paid - paid / (1 + wedge), rel=1e-6, abs=SOLVED * paid)
