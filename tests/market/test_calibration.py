"""From a benchmark and wedges to the numbers of a market: each where it should be, by hand on a market of four countries.

Tolerance: ROUNDING, a handful of products and sums.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maadin.market.benchmark import Benchmark
from maadin.market.calibration import Calibrated, calibrate
from maadin.market.draws import Draws
from maadin.market.wedges import RouteLimit, Trigger, Wedges

ROUNDING = 1e-12
A, B, C, D, OTHER = range(5)

COUNTRIES = [
    {"country": "A", "production_t": 200, "other_codes_t": 30, "price_usd_per_t": 1000, "capacity_t": 260},
    {"country": "B", "production_t": 10, "other_codes_t": 0, "price_usd_per_t": 1200, "capacity_t": None},
    {"country": "C", "production_t": 0, "other_codes_t": 0, "price_usd_per_t": 1500, "capacity_t": None},
    {"country": "D", "production_t": 40, "other_codes_t": 0, "price_usd_per_t": 900, "capacity_t": 30},
]
FLOWS = [
    {"exporter": "A", "importer": "B", "trade_t": 100, "wedge": 1.1, "duty_rate": 0.05, "export_tax_rate": 0.1},
    {"exporter": "A", "importer": "C", "trade_t": 20, "wedge": 0.9, "duty_rate": 0.2, "export_tax_rate": 0.0},
    {"exporter": "B", "importer": "C", "trade_t": 60, "wedge": 1.0, "duty_rate": 0.0, "export_tax_rate": 0.0},
    {"exporter": "D", "importer": "B", "trade_t": 5, "wedge": 1.3, "duty_rate": 0.05, "export_tax_rate": 0.0},
]


@pytest.fixture(scope="module")
def market() -> Benchmark:
    """A makes 200 t, uses 50 and sends 30 out under other codes; B passes on 50 of what reaches it; C only uses; D keeps most of its own."""
    return Benchmark.from_tables(COUNTRIES, FLOWS, labels="free", year=2024)


@pytest.fixture
def w(market: Benchmark) -> Wedges:
    return Wedges.of(market)


def at(c: Calibrated, exporter: int, importer: int) -> int:
    """Position of a flow."""
    return int(np.flatnonzero((c.exporter == exporter) & (c.importer == importer))[0])


def flows(c: Calibrated) -> set[tuple[int, int]]:
    return set(zip(c.exporter.tolist(), c.importer.tolist(), strict=True))


def drawn(n: int = 1, **values: Any) -> Draws:
    usual = {"armington": 3.0, "demand": 0.4, "supply": 0.7, "re_export": 2.0, "slack": 0.1, "outside_option": 1.5}
    made = {name: np.broadcast_to(np.asarray(values.get(name, v), dtype=np.float64), (n,)).copy() for name, v in usual.items()}
    return Draws(**made, extra=np.empty((n, 0)), source={}, families={}, horizon="medium", sampler="point", seed=None, between_sources=True)


ALL = {(A, A), (A, B), (A, C), (A, OTHER), (B, C), (D, D), (D, B)}


def test_shares_are_taken_at_benchmark_user_prices(market: Benchmark) -> None:
    c = calibrate(market)
    assert flows(c) == ALL
    user_price = {(A, A): 1000, (A, B): 1000 * 1.1 * 1.1 * 1.05, (A, C): 900 * 1.2, (A, OTHER): 1000, (B, C): 1200, (D, D): 900, (D, B): 900 * 1.3 * 1.05}  # fmt: skip
    tonnes = {(A, A): 50, (A, B): 100, (A, C): 20, (A, OTHER): 30, (B, C): 60, (D, D): 35, (D, B): 5}
    for user in (A, B, C, D, OTHER):
        spending = sum(user_price[f] * tonnes[f] for f in ALL if f[1] == user)
        assert c.spending[user] == pytest.approx(spending, rel=ROUNDING)
        for f in (f for f in ALL if f[1] == user):
            assert c.market.share[at(c, *f)] == pytest.approx(user_price[f] * tonnes[f] / spending, rel=ROUNDING)
            assert c.market.tonnes[at(c, *f)] == pytest.approx(tonnes[f], rel=ROUNDING)
            assert c.user_price[at(c, *f)] == pytest.approx(user_price[f], rel=ROUNDING)
    assert c.fob_price[at(c, D, B)] == pytest.approx(900 * 1.3, rel=ROUNDING)


def test_suppliers_and_users_are_numbered_apart(market: Benchmark) -> None:
    c = calibrate(market)
    assert c.suppliers.tolist() == [A, B, D]
    assert c.market.suppliers == 3
    assert c.market.users == 5
    assert c.market.exporter[at(c, D, B)] == 2
    assert c.market.importer[at(c, D, B)] == B
    assert c.market.hub.tolist() == [-1, B, -1]
    assert c.market.passed_on.tolist() == pytest.approx([0, 50 / 105, 0, 0, 0], rel=ROUNDING)


def test_nothing_changed_is_one_everywhere(market: Benchmark) -> None:
    m = calibrate(market).market
    assert m.slope == pytest.approx(np.ones(7), rel=ROUNDING)
    assert not m.level.any()
    assert not m.floor.any()
    assert not m.stock.any()
    assert m.subsidy.tolist() == [1, 1, 1]
    assert not m.subsidy_level.any()
    assert np.isneginf(m.price_floor).all()
    assert np.isneginf(m.purchase_floor).all()
    assert m.choke == np.inf
    assert not len(m.limits.low)
    assert not len(m.triggers.user)


def test_duties_fall_on_the_taxed_fob_value_and_spare_own_goods(market: Benchmark, w: Wedges) -> None:
    w.duty_rate[:], w.export_tax_rate[A], w.specific_duty[:, C], w.specific_export_tax[A] = 0.5, 0.3, 70.0, 40.0
    w.least_price[:] = 1300.0
    c = calibrate(market, w)
    m = c.market
    a_b, a_c, b_c, d_b = (at(c, *f) for f in ((A, B), (A, C), (B, C), (D, B)))
    assert m.slope[a_b] == pytest.approx(1.5 * 1.3 / (1.05 * 1.1), rel=ROUNDING)
    assert m.slope[b_c] == pytest.approx(1.5, rel=ROUNDING)
    assert m.slope[d_b] == pytest.approx(1.5 / 1.05, rel=ROUNDING)
    assert m.level[a_b] * c.user_price[a_b] == pytest.approx(40 * 1.5, rel=ROUNDING)
    assert m.level[a_c] * c.user_price[a_c] == pytest.approx(40 * 1.5 + 70, rel=ROUNDING)
    assert m.level[d_b] == 0
    assert m.floor[d_b] * c.user_price[d_b] == pytest.approx(1300, rel=ROUNDING)
    for own in (at(c, A, A), at(c, D, D), at(c, A, OTHER)):
        assert (m.slope[own], m.level[own], m.floor[own]) == (1, 0, 0)


def test_a_closed_route_leaves_a_hole_in_spending(market: Benchmark, w: Wedges) -> None:
    w.closed[A, B] = True
    c, before = calibrate(market, w), calibrate(market)
    assert flows(c) == ALL - {(A, B)}
    assert c.spending.tolist() == before.spending.tolist()
    assert c.market.share[c.importer == B].sum() == pytest.approx(900 * 1.3 * 1.05 * 5 / c.spending[B], rel=ROUNDING)


def test_a_route_open_for_a_part_of_the_year_carries_that_part(market: Benchmark, w: Wedges) -> None:
    w.open_part[A, B] = 0.4
    c, before = calibrate(market, w), calibrate(market)
    assert c.market.tonnes[at(c, A, B)] == pytest.approx(40, rel=ROUNDING)
    assert c.market.share[at(c, A, B)] == pytest.approx(0.4 * before.market.share[at(before, A, B)], rel=ROUNDING)


def test_a_reopened_route_has_its_share_of_imports_at_the_duty_of_then(market: Benchmark, w: Wedges) -> None:
    w.reopened_share[D, C], w.reopened_duty[D, C], w.duty_rate[D, C] = 0.2, 0.25, 0.5
    c, before = calibrate(market, w), calibrate(market)
    f = at(c, D, C)
    assert c.market.tonnes[f] == pytest.approx(0.2 * (20 + 60 + 20), rel=ROUNDING), "a fifth of imports, with the 80 t of others"
    assert c.user_price[f] == pytest.approx(900 * 1.25, rel=ROUNDING)
    assert c.market.slope[f] == pytest.approx(1.5 / 1.25, rel=ROUNDING)
    assert c.market.share[f] == pytest.approx(20 * 900 * 1.25 / c.spending[C], rel=ROUNDING)
    for other in ((A, C), (B, C)):
        assert c.market.share[at(c, *other)] == pytest.approx(before.market.share[at(before, *other)], rel=ROUNDING)


def test_a_reopened_route_forgets_the_unit_value_of_its_trickle(market: Benchmark, w: Wedges) -> None:
    w.reopened_share[D, B], w.reopened_duty[D, B] = 0.5, 0.05
    c = calibrate(market, w)
    f = at(c, D, B)
    assert c.fob_price[f] == pytest.approx(900, rel=ROUNDING)
    assert c.market.tonnes[f] == pytest.approx(100, rel=ROUNDING), "as much as A, who keeps its own"
    assert c.market.tonnes[at(c, A, B)] == pytest.approx(100, rel=ROUNDING)


def test_reopened_routes_share_what_the_others_leave(market: Benchmark, w: Wedges) -> None:
    w.reopened_share[A, C], w.reopened_share[D, C] = 0.5, 0.2
    c = calibrate(market, w)
    tonnes = [c.market.tonnes[at(c, i, C)] for i in (A, B, D)]
    assert tonnes == pytest.approx([0.5 * 200, 60, 0.2 * 200], rel=ROUNDING)


def test_where_nothing_else_is_imported_a_reopened_route_is_measured_against_what_is_used(market: Benchmark, w: Wedges) -> None:
    w.reopened_share[B, A] = 0.25
    c = calibrate(market, w)
    assert c.market.tonnes[at(c, B, A)] == pytest.approx(0.25 / 0.75 * 50, rel=ROUNDING)


def test_a_closed_route_is_not_reopened(market: Benchmark, w: Wedges) -> None:
    w.reopened_share[D, C], w.closed[D, C] = 0.2, True
    assert flows(calibrate(market, w)) == ALL


def test_an_entrant_is_as_large_for_every_user_as_its_output_in_the_world(market: Benchmark, w: Wedges) -> None:
    w.added_output_t = np.array([[0.0], [0.0], [30.0], [0.0]])
    c, before = calibrate(market, w), calibrate(market)
    assert flows(c) == ALL | {(C, user) for user in (A, B, C, D, OTHER)}
    for user in (A, B, C, D, OTHER):
        assert c.market.share[at(c, C, user)] == pytest.approx(30 / 300, rel=ROUNDING)
    assert c.market.tonnes[at(c, C, A)] == pytest.approx(0.1 * before.spending[A] / 1500, rel=ROUNDING)
    w.added_output_t = np.array([[30.0], [0.0], [0.0], [0.0]])
    assert flows(calibrate(market, w)) == ALL, "who sells already has its buyers"


def test_who_has_nothing_to_sell_is_no_supplier(market: Benchmark, w: Wedges) -> None:
    w.output_scale = np.array([[1.0], [1.0], [1.0], [0.0]])
    assert calibrate(market, w).suppliers.tolist() == [A, B]
    w.output_scale = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 1.0], [0.0, 0.3]])
    assert calibrate(market, w).suppliers.tolist() == [B, D], "some is left in one draw"
    w.output_scale = np.zeros((4, 1))
    assert calibrate(market, w).suppliers.tolist() == []


def test_a_hub_that_nothing_reaches_has_nothing_to_pass_on(market: Benchmark, w: Wedges) -> None:
    w.output_scale = np.array([[1.0], [0.0], [1.0], [1.0]])
    w.closed[A, B] = True
    assert B in calibrate(market, w).suppliers, "D still ships to it"
    w.closed[D, B] = True
    assert calibrate(market, w).suppliers.tolist() == [A, D]
    w.output_scale[:] = 1
    assert B in calibrate(market, w).suppliers, "it makes 10 t of its own"


def test_support_and_floors_are_relative_to_the_fob_price(market: Benchmark, w: Wedges) -> None:
    w.subsidy_rate[B], w.specific_subsidy[D], w.guaranteed_price[A], w.held_price[D] = 0.2, 45.0, 1100.0, 1080.0
    m = calibrate(market, w).market
    assert m.subsidy.tolist() == pytest.approx([1, 1.2, 1], rel=ROUNDING)
    assert m.subsidy_level.tolist() == pytest.approx([0, 0, 0.05], rel=ROUNDING)
    assert m.price_floor.tolist() == pytest.approx([np.log(1.1), -np.inf, -np.inf], rel=ROUNDING)
    assert m.purchase_floor.tolist() == pytest.approx([-np.inf, -np.inf, np.log(1.2)], rel=ROUNDING)


def test_stocks_and_choke(market: Benchmark, w: Wedges) -> None:
    w.stock_t, w.choke = np.array([10.0, -21.0, 0.0, 0.0]), 8.0
    m = calibrate(market, w).market
    assert m.stock.tolist() == pytest.approx([10 / 50, -21 / 105, 0, 0, 0], rel=ROUNDING)
    assert m.choke == pytest.approx(np.log(8), rel=ROUNDING)


def test_triggers_are_relative_to_what_users_pay_on_average(market: Benchmark, w: Wedges) -> None:
    w.triggers = [Trigger(C, 16.0, 1300.0), Trigger(B, -21.0, 900.0)]
    c = calibrate(market, w)
    t = c.market.triggers
    assert t.user.tolist() == [C, B]
    assert t.sign.tolist() == [1, -1]
    assert t.most.tolist() == pytest.approx([16 / 80, 21 / 105], rel=ROUNDING)
    assert np.exp(t.price).tolist() == pytest.approx([1300 / (c.spending[C] / 80), 900 / (c.spending[B] / 105)], rel=ROUNDING)


def test_a_trigger_waits_for_nothing_where_nothing_arrives() -> None:
    alone = Benchmark.from_tables([*COUNTRIES, {"country": "E", "production_t": 0, "price_usd_per_t": 1}], FLOWS, labels="free", year=2024)
    w = Wedges.of(alone)
    w.triggers, w.stock_t = [Trigger(4, 16.0, 1300.0)], np.array([0.0, 0, 0, 0, 5])
    m = calibrate(alone, w).market
    assert not len(m.triggers.user)
    assert not m.stock.any()


def routes(*chosen: tuple[int, int]) -> np.ndarray:
    made = np.zeros((4, 4), dtype=bool)
    for route in chosen:
        made[route] = True
    return made


def test_limits_list_the_flows_that_carry_something(market: Benchmark, w: Wedges) -> None:
    w.closed[A, B] = True
    w.limits = [
        RouteLimit(routes((A, C), (B, C), (C, A)), np.array([50.0]), 0.0, np.inf, 1.0, "first"),
        RouteLimit(routes((A, C), (A, B)), np.array([5.0, 6.0]), -0.2, 0.3, 0.0, "second"),
    ]
    c = calibrate(market, w)
    limits = c.market.limits
    pairs = {(g, int(c.exporter[f]), int(c.importer[f])) for g, f in zip(limits.group.tolist(), limits.flow.tolist(), strict=True)}
    assert pairs == {(0, A, C), (0, B, C), (1, A, C)}
    assert limits.low.tolist() == [0, -0.2]
    assert limits.high.tolist() == [np.inf, 0.3]
    assert c.batch(drawn(2)).limit_t.tolist() == [[50, 50], [5, 6]]


def test_output_has_room_up_to_printed_capacity_or_slack(market: Benchmark, w: Wedges) -> None:
    b = calibrate(market, w).batch(drawn(2, slack=[0.0, 0.1]))
    assert np.broadcast_to(b.output, (3, 2)).tolist() == [[200, 200], [10, 10], [40, 40]]
    assert b.cap == pytest.approx(np.array([[260, 260], [10, 11], [40, 44]]), rel=ROUNDING), "output beyond printed capacity is believed"
    w.output_scale, w.added_output_t = np.array([[0.5, 1.0], [1, 1], [1, 1], [1, 1]]), np.array([[20.0], [0], [0], [0]])
    b = calibrate(market, w).batch(drawn(2, slack=[0.0, 0.1]))
    assert b.output[0] == pytest.approx([120, 220], rel=ROUNDING)
    assert b.cap[0] == pytest.approx([130 + 20, 260 + 20], rel=ROUNDING), "lost output takes its capacity along, new output brings its own"


def test_a_batch_takes_its_elasticities_from_the_draws(market: Benchmark, w: Wedges) -> None:
    w.demand_scale = np.array([[1.0], [1.0], [1.3], [1.0]])
    e = drawn(3, armington=[2, 3, 4], demand=[0.1, 0.2, 0.3], supply=[0.5, 0.6, 0.7], re_export=[1, 2, 3])
    b = calibrate(market, w).batch(e)
    assert len(b) == 3
    assert b.sigma.tolist() == [2, 3, 4]
    assert b.eta.tolist() == [0.1, 0.2, 0.3]
    assert np.broadcast_to(b.epsilon, (3, 3))[1].tolist() == [0.5, 0.6, 0.7]
    assert b.re_export.tolist() == [1, 2, 3]
    assert b.demand_scale[:, 0].tolist() == [1, 1, 1.3, 1, 1], "goods under other codes are not part of it"
    assert b.limit_t.shape[0] == 0
    assert calibrate(replace(market, kind="imports_only")).batch(e).eta.tolist() == [1.5, 1.5, 1.5]
