"""A spatial market against a published example, closed forms, its own conditions and its benchmark.

Tolerances. SOLVED is that of the solver, of the mean price or of all tonnes, with room for what sums of tonnes add up; CLOSED is relative, for
closed forms of small markets, where the interior point method is far more exact than it promises.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.errors import InputError
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import elasticities
from maadin.market.equilibrium import SolveError
from maadin.market.freight import freight_of
from maadin.market.spatial import ACCEPTED, TOLERANCE, SpatialSolution, solve_spatial
from maadin.market.spatial_accounts import at_rest, producer_areas, spatial_books
from maadin.market.spatial_benchmark import spatial_benchmark
from maadin.market.spatial_calibration import spatial_case
from maadin.market.spatial_problem import PriceTriggers, Quotas, SpatialMarket
from maadin.market.wedges import RouteLimit, Trigger, Wedges

GOLDEN = Path(__file__).parents[1] / "golden" / "spatial_demslv14.json"
SOLVED, CLOSED = 2e-7, 1e-7
NO_GROUPS = {"levy_user": np.empty(0, dtype=np.intp), "levy_price": np.empty(0), "quotas": Quotas.none(), "triggers": PriceTriggers.none()}


def market(supply, demand, cost, **changed) -> SpatialMarket:
    """All suppliers to all users; curves as (level, slope) of quantity on price."""
    cost = np.asarray(cost, dtype=float)
    n, m = cost.shape
    tail, head = (a.ravel() for a in np.meshgrid(np.arange(n), np.arange(m), indexing="ij"))
    (supply_level, supply_slope), (demand_level, demand_slope) = (np.asarray(c, dtype=float) for c in (supply, demand))
    made = SpatialMarket(
        supply_level, supply_slope, np.full(n, np.inf), demand_level, demand_slope, np.full(m, np.inf), np.zeros(m), tail, head,
        np.ones(n * m), cost.ravel(), np.full(n * m, -1, dtype=np.intp), **NO_GROUPS,
    )  # fmt: skip
    return replace(made, **changed)


def golden(cost: list[list[float]]) -> tuple[dict, SpatialMarket]:
    told = json.loads(GOLDEN.read_text())
    (a, b), (c, d) = (np.array([told[k]["intercept"], told[k]["slope"]], dtype=float) for k in ("inverse_demand", "inverse_supply"))
    return told, market((-c / d, 1 / d), (a / b, 1 / b), cost)


def test_the_published_example() -> None:
    told, made = golden(json.loads(GOLDEN.read_text())["transport_cost"])
    found = solve_spatial(made)
    assert found.point.user_price == pytest.approx(told["prices"], rel=CLOSED)
    assert found.point.supplier_price == pytest.approx(told["prices"], rel=CLOSED)
    assert found.supply - found.use == pytest.approx(told["net_exports"], rel=CLOSED)
    assert found.residual < TOLERANCE


def test_the_published_example_without_trade() -> None:
    told, made = golden([[0, 1000, 1000], [1000, 0, 1000], [1000, 1000, 0]])
    found = solve_spatial(made)
    assert found.point.user_price == pytest.approx(told["autarky_prices"], rel=CLOSED)
    assert found.supply == pytest.approx(found.use, rel=CLOSED)


def two(factor: float = 1.0, charge: float = 20.0, **changed) -> SpatialMarket:
    """A makes at a cost of 100 + q, B uses at a price of 400 - 2 q; nothing else: lambda = 100 + q, pi = 400 - 2 q."""
    return market(((-100.0,), (1.0,)), ((200.0,), (0.5,)), [[charge]], factor=np.array([factor]), **changed)


@pytest.mark.parametrize(("factor", "charge"), [(1.0, 0.0), (1.0, 20.0), (1.25, 20.0), (3.0, 20.0), (1.1, 0.0)])
def test_two_regions_in_closed_form(factor: float, charge: float) -> None:
    tonnes = (400 - charge - 100 * factor) / (2 + factor)  # 400 - 2 q = factor (100 + q) + charge
    found = solve_spatial(two(factor, charge))
    assert found.supply[0] == pytest.approx(max(tonnes, 0), rel=CLOSED)
    if tonnes > 0:
        assert found.point.user_price[0] == pytest.approx(factor * found.point.supplier_price[0] + charge, rel=CLOSED)


def test_a_duty_that_ends_trade() -> None:
    found = solve_spatial(two(5.0))
    assert found.solved
    assert found.supply[0] == pytest.approx(0.0, abs=SOLVED * 100)


def test_a_quota_has_the_gap_as_its_rent() -> None:
    quota = Quotas(np.array([0]), np.array([0]), np.array([50.0]))
    found = solve_spatial(two(quotas=quota))
    assert found.supply[0] == pytest.approx(50.0, rel=CLOSED)
    assert found.point.rent[0] == pytest.approx(400 - 2 * 50 - 20 - 150, rel=CLOSED)
    idle = solve_spatial(two(quotas=replace(quota, tonnes=np.array([500.0]))))
    assert idle.point.rent[0] == pytest.approx(0.0, abs=1e-6)


def test_a_full_supplier_keeps_the_gap() -> None:
    found = solve_spatial(two(cap=np.array([40.0])))
    assert found.supply[0] == pytest.approx(40.0, rel=CLOSED)
    assert found.point.supplier_price[0] == pytest.approx(400 - 80 - 20, rel=CLOSED)  # above its cost of 140: rent


def test_a_least_price_holds_while_something_is_imported() -> None:
    one = {"levy": np.array([0]), "levy_user": np.array([0])}
    found = solve_spatial(two(**one, levy_price=np.array([300.0])))
    assert found.point.user_price[0] == pytest.approx(300.0, rel=CLOSED)
    assert found.use[0] == pytest.approx(50.0, rel=CLOSED)
    assert found.point.levy[0] == pytest.approx(300 - 150 - 20, rel=CLOSED)
    low = solve_spatial(two(**one, levy_price=np.array([100.0])))
    assert low.use[0] == pytest.approx(solve_spatial(two()).use[0], rel=CLOSED)


def test_a_least_price_with_supply_at_home() -> None:
    """B makes at 200 + q beside importing from A: at a least price of 300 it makes 100 and imports what is left of 400 - p."""
    made = market(((-100, -200), (1, 1)), ((400,), (1,)), [[20], [0]])
    free = solve_spatial(made)
    assert free.point.user_price[0] == pytest.approx(720 / 3, rel=CLOSED)
    held = solve_spatial(replace(made, levy=np.array([0, -1]), levy_user=np.array([0]), levy_price=np.array([290.0])))
    assert held.point.user_price[0] == pytest.approx(290.0, rel=CLOSED)
    assert held.supply == pytest.approx([20.0, 90.0], rel=CLOSED)


def test_stocks_that_wait_for_a_price() -> None:
    """Without stocks the price at home is 250: a stock is built below 260 until it holds that price or is full."""
    made = market(((-100,), (1,)), ((400,), (1,)), [[0]])
    waits = PriceTriggers(np.array([0]), np.array([1.0]), np.array([50.0]), np.array([260.0]))
    found = solve_spatial(replace(made, triggers=waits))
    assert found.point.user_price[0] == pytest.approx(260.0, rel=CLOSED)
    assert found.point.stock[0] == pytest.approx(20.0, rel=CLOSED)
    full = solve_spatial(replace(made, triggers=replace(waits, price=np.array([300.0]))))
    assert full.point.stock[0] == pytest.approx(50.0, rel=CLOSED)
    assert full.point.user_price[0] == pytest.approx(275.0, rel=CLOSED)
    release = solve_spatial(replace(made, triggers=replace(waits, sign=np.array([-1.0]), price=np.array([240.0]))))
    assert release.point.user_price[0] == pytest.approx(240.0, rel=CLOSED)


def test_what_nobody_wants_is_worth_nothing() -> None:
    """Fixed supply of 100 and demand of at most 60."""
    found = solve_spatial(market(((100,), (0,)), ((60,), (0.5,)), [[0]]))
    assert found.point.supplier_price[0] == pytest.approx(0.0, abs=1e-6)
    assert found.supply[0] == pytest.approx(60.0, rel=CLOSED)


def test_fixed_demand_is_served_up_to_the_choke_price() -> None:
    made = market(((-100,), (1,)), ((80,), (0,)), [[0]])
    assert solve_spatial(made).point.user_price[0] == pytest.approx(180.0, rel=CLOSED)
    choked = solve_spatial(replace(made, choke=np.array([150.0])))
    assert choked.point.user_price[0] == pytest.approx(150.0, rel=CLOSED)
    assert (choked.use[0], choked.point.unserved[0]) == pytest.approx((50.0, 30.0), rel=CLOSED)


def test_what_cannot_be_served_says_so() -> None:
    made = market(((10,), (0,)), ((80,), (0,)), [[0]])
    with pytest.raises(SolveError, match="cannot be had on the open routes"):
        solve_spatial(made)
    told = solve_spatial(made, throw=False)
    assert not told.solved
    assert np.isnan(told.supply).all()


# --- random markets ---------------------------------------------------------------------------------------------------------------------


@st.composite
def markets(draw, least: int = 2, most: int = 5) -> SpatialMarket:
    """Markets with duties, caps, a quota and fixed stocks."""
    n = draw(st.integers(least, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    price, size = rng.uniform(50, 150, n), rng.uniform(1, 100, n)
    epsilon, eta = rng.uniform(0.1, 2, n), rng.uniform(0.1, 1, n)
    wants = size * rng.uniform(0.2, 3, n)
    cost = rng.uniform(1, 40, (n, n)) * (1 - np.eye(n))
    duty = np.where(
        (rng.uniform(size=(n, n)) < 0.3) & ~np.eye(n, dtype=bool), rng.uniform(0, draw(st.sampled_from([0.0, 0.3, 2.0])), (n, n)), 0.0
    )
    made = market(
        (size * (1 - epsilon), size * epsilon / price), (wants * (1 + eta), wants * eta / price), cost, factor=1 + duty.ravel(),
        cap=np.where(rng.uniform(size=n) < 0.3, size * 1.05, np.inf), choke=price * 10,
    )  # fmt: skip
    if draw(st.booleans()):
        into = np.flatnonzero((made.head == 0) & (made.tail != 0))
        made = replace(made, quotas=Quotas(np.zeros(len(into), dtype=np.intp), into, np.array([rng.uniform(0.1, 30)])))
    return made


def wrong(m: SpatialMarket, found: SpatialSolution) -> float:
    """The conditions written out anew: worst violation over the mean price or all tonnes."""
    at = found.point
    price, tonnes = float(np.mean(m.choke)) / 10, float(m.demand_level.sum())
    worst = 0.0
    for r in range(m.arcs):
        i, j = m.tail[r], m.head[r]
        landed = (
            m.factor[r] * at.supplier_price[i]
            + m.charge[r]
            + sum(at.rent[k] for k, a in zip(m.quotas.quota, m.quotas.arc, strict=True) if a == r)
        )
        gap = (landed - at.user_price[j]) / price
        worst = max(worst, -gap, min(gap, at.flow[r] / tonnes))
    for i in range(m.suppliers):
        curve = np.clip(m.supply_level[i] + m.supply_slope[i] * at.supplier_price[i], 0, m.cap[i])
        unsold = (curve - at.flow[m.tail == i].sum()) / tonnes
        worst = max(worst, -unsold, min(unsold, at.supplier_price[i] / price))
    for j in range(m.users):
        curve = max(m.demand_level[j] - m.demand_slope[j] * at.user_price[j], 0)
        worst = max(worst, abs(curve - at.flow[m.head == j].sum()) / tonnes)
    for k, most in enumerate(m.quotas.tonnes):
        room = (most - at.flow[m.quotas.arc[m.quotas.quota == k]].sum()) / tonnes
        worst = max(worst, -room, min(room, at.rent[k] / price))
    return worst


@settings(max_examples=60, deadline=None)
@given(made=markets())
def test_all_conditions_hold(made: SpatialMarket) -> None:
    found = solve_spatial(made)
    assert found.residual <= ACCEPTED
    assert wrong(made, found) < 2 * ACCEPTED
    away = made.tail != made.head
    used = away & (found.point.flow > 1e-5 * made.demand_level.sum())
    rent = np.zeros(made.arcs)
    np.add.at(rent, made.quotas.arc, found.point.rent[made.quotas.quota])
    gap = found.point.user_price[made.head] - made.factor * found.point.supplier_price[made.tail]
    assert gap[used] == pytest.approx((made.charge + rent)[used], abs=SOLVED * 1000)


@settings(max_examples=25, deadline=None)
@given(made=markets(), seed=st.integers(0, 1000))
def test_order_changes_nothing(made: SpatialMarket, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(made.arcs)
    place = np.argsort(order)
    mixed = replace(
        made, tail=made.tail[order], head=made.head[order], factor=made.factor[order], charge=made.charge[order], levy=made.levy[order],
        quotas=replace(made.quotas, arc=place[made.quotas.arc]),
    )  # fmt: skip
    one, other = solve_spatial(made), solve_spatial(mixed)
    assert other.point.user_price == pytest.approx(one.point.user_price, rel=1e-5)
    assert other.supply == pytest.approx(one.supply, rel=1e-4, abs=1e-5 * one.supply.sum())


@settings(max_examples=25, deadline=None)
@given(made=markets(), tonnes=st.sampled_from([1e-3, 1e3, 1e6]), price=st.sampled_from([1e-3, 1e3]))
def test_units_change_nothing(made: SpatialMarket, tonnes: float, price: float) -> None:
    one, other = solve_spatial(made), solve_spatial(made.scaled(tonnes, price))
    assert other.point.user_price * price == pytest.approx(one.point.user_price, rel=1e-5)
    assert other.supply * tonnes == pytest.approx(one.supply, rel=1e-4, abs=1e-5 * one.supply.sum())


# --- the benchmark ----------------------------------------------------------------------------------------------------------------------

REAL = [
    ("aluminium", "refined"),
    ("bauxite", "mine"),
    ("copper", "refined"),
    ("rare-earths", "mine"),
    ("nickel", "mine"),
    ("petroleum", "mine"),
]


@pytest.mark.parametrize(("commodity", "stage"), REAL)
def test_a_market_in_which_nothing_changes_is_the_benchmark(commodity: str, stage: str) -> None:
    b = Benchmark.from_facts(commodity, 2024, stage)
    base = spatial_benchmark(b, freight_of(b))
    world = base.supply_t.sum()
    assert base.flow_t.sum(axis=1) == pytest.approx(base.supply_t, abs=1e-7 * world)
    assert base.flow_t.sum(axis=0) == pytest.approx(base.use_t, abs=1e-7 * world)
    case = spatial_case(base)
    drawn = drawing.draw(elasticities(commodity, stage), 2, 5)
    for at in range(2):
        found = solve_spatial(case.market(drawn, at))  # from nowhere
        assert found.supply == pytest.approx(base.supply_t[case.suppliers], abs=SOLVED * world)
        assert found.use == pytest.approx(base.use_t[case.users], abs=SOLVED * world)
        # a condition may fail by the price or by the tonnes, and the smallest have next to none
        for least, within in ((1e-6, 1e-5), (1e-9, 1e-3)):
            large = base.use_t[case.users] > least * world
            assert found.point.user_price[large] == pytest.approx(case.use_price[large], rel=within)
        rest = spatial_books(case, drawn, at, at_rest(case))
        assert rest.output == pytest.approx(b.own_supply_t, rel=1e-12)
        assert rest.use == pytest.approx(b.use_t, rel=1e-9)
        assert rest.other_codes == pytest.approx(b.other_codes_t, rel=1e-9, abs=1e-9 * world)
        assert abs(rest.paid - rest.received) < 1e-7 * rest.paid


def test_benchmark_prices_are_nearest_to_those_observed() -> None:
    b = Benchmark.from_facts("aluminium", 2024)
    base = spatial_benchmark(b, freight_of(b))
    weights = base.supply_t * ~b.price_is_world_average
    made = weights > 0
    assert np.average(base.supply_price[made], weights=weights[made]) == pytest.approx(
        np.average(b.price_usd_per_t[made], weights=weights[made]), rel=1e-6
    )
    gap = base.use_price[None, :] - (1 + b.duty_rate) * base.supply_price[:, None] - base.freight.usd_per_t
    assert np.nanmax(gap) < 1e-4  # no route pays better than those in use


# --- wedges -----------------------------------------------------------------------------------------------------------------------------

COUNTRIES = [{"country": "A", "production_t": 150.0}, {"country": "B", "production_t": 20.0}]
FLOWS = [{"exporter": "A", "importer": "B", "trade_t": 50.0, "value_usd": 50_000.0}]
FREIGHT = np.array([[0.0, 100.0], [100.0, 0.0]])
SLACK = 0.1


def own_market(**about) -> Benchmark:
    return Benchmark.from_tables(COUNTRIES, FLOWS, commodity="good", year=2024, labels="free", **about)


def draw_of(eta: float = 0.5, epsilon: float = 1.0) -> drawing.Draws:
    return drawing.point(elasticities("aluminium", "refined", overrides={"demand": eta, "supply": epsilon, "slack": SLACK}))


def solved(change=lambda w: None, eta: float = 0.5, epsilon: float = 1.0):
    b = own_market()
    base = spatial_benchmark(b, freight_of(b, FREIGHT))
    w = Wedges.of(b)
    change(w)
    case = spatial_case(base, w)
    drawn = draw_of(eta, epsilon)
    found = solve_spatial(case.market(drawn))
    return found, spatial_books(case, drawn, 0, found), spatial_books(spatial_case(base), drawn, 0, at_rest(spatial_case(base)))


def test_prices_of_a_small_benchmark() -> None:
    _, books, rest = solved()
    assert rest.price_fob == pytest.approx([1000.0, 1100.0])
    assert rest.price_use == pytest.approx([1000.0, 1100.0])
    assert books.output == pytest.approx([150.0, 20.0], rel=CLOSED)
    assert books.use == pytest.approx([100.0, 70.0], rel=CLOSED)
    assert books.freight == pytest.approx(5000.0, rel=CLOSED)


def excess(p: float, q: float) -> float:
    """World supply less use at prices p in A and q in B, eta 0.5 and epsilon 1; B is full at 1.1 times 20."""
    return min(150 * p / 1000, 165) + min(20 * q / 1100, 22) - 100 * (1.5 - 0.5 * p / 1000) - 70 * (1.5 - 0.5 * q / 1100)


def at_zero(f) -> float:
    low, high = 0.0, 5000.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("rate", [0.05, 0.1])
def test_an_ad_valorem_duty(rate: float) -> None:
    found, books, rest = solved(lambda w: w.duty_rate.__setitem__((0, 1), rate))
    p = at_zero(lambda p: excess(p, (1 + rate) * p + 100))
    assert books.price_use == pytest.approx([p, (1 + rate) * p + 100], rel=CLOSED)
    traded = books.flow_t[0, 1]
    assert books.tariff_revenue == pytest.approx([0.0, rate * p * traded], rel=CLOSED)
    assert found.residual < TOLERANCE
    loss = books.consumer_surplus_change.sum() + (books.producer_surplus - rest.producer_surplus).sum() + books.tariff_revenue.sum()
    assert loss < 0  # a duty costs the world something


def test_specific_duty_export_tax_and_freight_are_alike_to_users() -> None:
    """60 USD a tonne wherever it is levied; it goes to the importer, the exporter, or is burnt on the way."""
    duty = solved(lambda w: w.specific_duty.__setitem__((0, 1), 60.0))[1]
    tax = solved(lambda w: w.specific_export_tax.__setitem__((0, 1), 60.0))[1]
    assert duty.price_use == pytest.approx(tax.price_use, rel=CLOSED)
    assert duty.tariff_revenue[1] == pytest.approx(tax.export_tax_revenue[0], rel=CLOSED)
    assert duty.tariff_revenue[1] == pytest.approx(60 * duty.flow_t[0, 1], rel=CLOSED)


def test_a_closed_route_is_autarky() -> None:
    _, books, _ = solved(lambda w: w.closed.__setitem__((0, 1), True))
    assert books.flow_t[0, 1] == 0
    p = at_zero(lambda p: 150 * p / 1000 - 100 * (1.5 - 0.5 * p / 1000))
    q = at_zero(lambda q: min(20 * q / 1100, 22) - 70 * (1.5 - 0.5 * q / 1100))
    assert books.price_use == pytest.approx([p, q], rel=CLOSED)


def limit(tonnes: float, high: float = np.inf, share: float = 1.0) -> RouteLimit:
    routes = np.array([[False, True], [False, False]])
    return RouteLimit(routes, np.array([tonnes]), 0.0, high, share, "quota")


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_quota_and_who_gets_its_rent(share: float) -> None:
    _, books, rest = solved(lambda w: w.limits.append(limit(30.0, share=share)))
    assert books.flow_t[0, 1] == pytest.approx(30.0, rel=CLOSED)
    rent = 30 * (books.price_use[1] - books.price_use[0] - 100)
    assert books.limit_rent == pytest.approx([rent], rel=1e-6)
    assert (books.rent_exporter[0], books.rent_importer[1]) == pytest.approx((rent * (1 - share), rent * share), rel=1e-6, abs=1e-6)
    assert books.limit_t == pytest.approx([30.0], rel=CLOSED)
    assert abs(books.paid - books.received) < 1e-6 * books.paid
    assert rest.limit_rent.size == 0


def test_a_tariff_rate_quota_has_two_prices_at_most() -> None:
    """Up to 30 t without duty, 4% beyond: if more comes in, the price is that of the duty and the quota's rent the duty it saves."""
    over = float(np.log(1.04))
    _, tiered, _ = solved(lambda w: w.limits.append(limit(30.0, over)))
    _, full, _ = solved(lambda w: w.duty_rate.__setitem__((0, 1), 0.04))
    assert tiered.price_use == pytest.approx(full.price_use, rel=CLOSED)
    assert tiered.flow_t[0, 1] > 30
    assert tiered.limit_rent[0] == pytest.approx(30 * 0.04 * tiered.price_fob[0], rel=1e-5)
    assert tiered.tariff_revenue[1] == pytest.approx(0.04 * tiered.price_fob[0] * (tiered.flow_t[0, 1] - 30), rel=1e-5)


def test_shocks_capacity_demand_stocks_and_subsidies() -> None:
    base = solved()[1]
    lost = solved(lambda w: w.output_scale.__setitem__((0, 0), 0.9))[1]
    assert lost.output[0] < base.output[0]
    assert lost.price_use[0] > base.price_use[0]
    added = solved(lambda w: w.added_output_t.__setitem__((1, 0), 10.0))[1]
    assert added.output[1] > 22  # beyond its old capacity
    assert added.price_use[1] < base.price_use[1]
    more = solved(lambda w: w.demand_scale.__setitem__((1, 0), 1.2))[1]
    assert more.price_use[1] > base.price_use[1]
    stocked = solved(lambda w: w.stock_t.__setitem__(1, 5.0))[1]
    assert stocked.stock == pytest.approx([0.0, 5.0])
    assert stocked.support_cost[1] == pytest.approx(5 * stocked.price_use[1], rel=CLOSED)
    assert stocked.output.sum() == pytest.approx(stocked.use.sum() + 5, rel=CLOSED)
    paid = solved(lambda w: w.specific_subsidy.__setitem__(1, 150.0))[1]  # B is full at once
    assert paid.output[1] == pytest.approx(22.0, rel=CLOSED)
    assert paid.support_cost[1] == pytest.approx(150 * 22.0, rel=CLOSED)
    rated = solved(lambda w: w.subsidy_rate.__setitem__(1, 0.05))[1]
    assert rated.output[1] == pytest.approx(20 * 1.05 * rated.price_fob[1] / 1100, rel=1e-6)
    waits = solved(lambda w: w.triggers.append(Trigger(1, 5.0, 2000.0)))[1]
    assert waits.stock[1] == pytest.approx(5.0, rel=CLOSED)


def test_a_least_import_price_is_a_levy() -> None:
    _, books, _ = solved(lambda w: w.least_price.__setitem__((0, 1), 1200.0))
    assert books.price_use[1] == pytest.approx(1200.0, rel=CLOSED)
    assert books.tariff_revenue[1] == pytest.approx((1200 - books.price_fob[0] - 100) * books.flow_t[0, 1], rel=1e-5)
    assert abs(books.paid - books.received) < 1e-6 * books.paid


def test_a_new_producer_starts_at_the_price_of_its_users() -> None:
    b = Benchmark.from_tables(
        [{"country": "A", "production_t": 100.0}, {"country": "B", "production_t": 0.0}], [{"exporter": "A", "importer": "B", "trade_t": 50.0}], commodity="good", year=2024, labels="free"
    )  # fmt: skip
    base = spatial_benchmark(b, freight_of(b, FREIGHT / 1000))
    w = Wedges.of(b)
    w.added_output_t[1, 0] = 10.0
    case = spatial_case(base, w)
    found = solve_spatial(case.market(draw_of()))
    assert found.supply[1] == pytest.approx(10.0, rel=0.2)


def test_welfare_is_the_change_of_net_social_pay_off() -> None:
    """Without taxes the sum of surplus changes is the change of areas under demand less areas under supply less freight."""

    def pay_off(books, c: float) -> float:
        user = [
            u * p * (3 - u / q) for u, p, q in zip(books.use, (1000.0, 1100.0), (100.0, 70.0), strict=True)
        ]  # inverse demand p (3 - 2 u / q)
        maker = [y * y / 2 * p / q for y, p, q in zip(books.output, (1000.0, 1100.0), (150.0, 20.0), strict=True)]
        return sum(user) - sum(maker) - c * books.flow_t[0, 1]

    b = own_market()
    base = spatial_benchmark(b, freight_of(b, FREIGHT))
    w = Wedges.of(b)
    w.specific_duty[0, 1] = 60.0
    case, drawn = spatial_case(base, w), draw_of()
    books = spatial_books(case, drawn, 0, solve_spatial(case.market(drawn)))
    rest = spatial_books(spatial_case(base), drawn, 0, at_rest(spatial_case(base)))
    welfare = books.consumer_surplus_change.sum() + (books.producer_surplus - rest.producer_surplus).sum() + books.tariff_revenue.sum()
    assert welfare == pytest.approx(pay_off(books, 100.0) - pay_off(rest, 100.0), rel=1e-5)


@pytest.mark.parametrize(
    ("epsilon", "got", "expected"), [(1.0, 2.0, 4.0), (0.5, 2.0, 6.0), (2.0, 2.0, 2.0), (0.0, 2.0, 8.0), (1.0, 3.0, 8.75)]
)
def test_areas_above_supply(epsilon: float, got: float, expected: float) -> None:
    """Supply of 4 at a price of 2, at most 5: the line through that point, from a price of 0 or where it begins."""
    one = np.ones(1)
    found, rent = producer_areas(2 * one, 4 * one, 5 * one, epsilon, got * one)
    assert found[0] == pytest.approx(expected)
    assert rent[0] == pytest.approx(5 * 0.5 if got == 3.0 else 0.0)


# --- refusals ---------------------------------------------------------------------------------------------------------------------------


def test_what_has_no_place_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="supply_offer has no place"):
        solved(lambda w: w.limits.append(replace(limit(10.0), low=-0.5, high=0.0)))
    with pytest.raises(InputError, match="price_floor that the state pays"):
        solved(lambda w: w.guaranteed_price.__setitem__(0, 900.0))
    with pytest.raises(InputError, match="part of the year"):
        solved(lambda w: w.open_part.__setitem__((0, 1), 0.5))


def test_freight_that_the_good_cannot_bear() -> None:
    bauxite = Benchmark.from_facts("bauxite", 2024)
    with pytest.raises(InputError, match="less than nothing"):
        spatial_benchmark(bauxite, freight_of(bauxite, 0.05))
    b = own_market()
    assert spatial_benchmark(b, freight_of(b, [[0.0, 0.0], [0.0, 0.0]])).use_price == pytest.approx([1000.0, 1000.0])


def test_trade_both_ways_is_netted() -> None:
    flows = [*FLOWS, {"exporter": "B", "importer": "A", "trade_t": 10.0, "value_usd": 10_000.0}]
    b = Benchmark.from_tables(COUNTRIES, flows, commodity="good", year=2024, labels="free")
    base = spatial_benchmark(b, freight_of(b, FREIGHT))
    assert base.flow_t == pytest.approx(np.array([[110.0, 40.0], [0.0, 20.0]]))


def test_a_market_of_imports_alone() -> None:
    b = Benchmark.from_tables(
        [{"country": c} for c in "AB"], FLOWS, commodity="good", year=2024, labels="free", kind="imports_only"
    )  # fmt: skip
    base = spatial_benchmark(b, freight_of(b, FREIGHT))
    assert base.supply_t == pytest.approx([50.0, 0.0])
    assert base.use_price[1] == pytest.approx(1100.0)
