"""Solving a market: it clears, rests where nothing changes, and answers measures the way markets do; extremes converge or say why not.

Tolerances: a solution leaves 1e-10 of log demand over supply, which moves log prices by a few times that (more where supply and demand hardly answer); 1e-8
is asked of prices that are solved in two ways.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from market_strategies import World, batch_of, elasticities, flows_of, market_of, prices_of, worlds

from maadin.market.equilibrium import SolveError, Status, solve
from maadin.market.parameters import Batch, Market, Triggers
from maadin.market.threads import _openblas, one_thread

CLEARS = 1e-10  # of world supply
SAME = 1e-8
FEW_EXAMPLES = settings(max_examples=40, deadline=None)
MOST_EVALUATIONS = 800


@given(worlds(), elasticities(3), st.sampled_from([np.inf, 0.0, 0.1]))
@FEW_EXAMPLES
def test_markets_clear(world: World, e: dict[str, Any], slack: float) -> None:
    solution = solve(world.market(), world.batch(slack=slack, **e))
    assert solution.solved.all()
    assert solution.residual.max() <= solution.tolerance
    assert solution.clearing().max() < CLEARS
    state, flows, _ = solution.system.state(solution.system.unknowns(solution.unknowns), solution.batch)
    np.testing.assert_allclose(flows.sum(axis=0), state.supply.sum(axis=0), rtol=1e-9)
    np.testing.assert_allclose(state.use_volume + state.re_volume, state.volume, rtol=1e-12, atol=1e-12)


@given(worlds(), elasticities(2), st.sampled_from([np.inf, 0.0, 0.1]), st.booleans(), st.booleans())
@FEW_EXAMPLES
def test_where_nothing_changes_the_benchmark_is_the_solution(
    world: World, e: dict[str, Any], slack: float, quota: bool, nested: bool
) -> None:
    limits = [(world.away, 0.0, np.inf)] if quota else []
    market = world.market(factor=1.0, limits=limits, choke=np.log(3.0))
    carried = world.tonnes[world.away].sum()
    assume(carried > 0)
    batch = world.batch(slack=slack, limit_t=[carried] if quota else [], upper=2.5 if nested else None, **e)
    solution = solve(market, batch)
    assert np.abs(prices_of(solution)).max() < 1e-12
    np.testing.assert_allclose(flows_of(solution), np.repeat(market.tonnes[:, None], 2, axis=1), rtol=1e-11)


@given(worlds(), elasticities(1), st.floats(1e-6, 1e6))
@FEW_EXAMPLES
def test_units_do_not_matter(world: World, e: dict[str, Any], unit: float) -> None:
    limits = [(world.imports_of_the_first, 0.0, np.inf)]
    limit = 0.7 * world.tonnes[world.imports_of_the_first].sum() + 0.01
    plain = solve(world.market(limits=limits), world.batch(limit_t=[limit], **e))
    other = World(world.tonnes * unit, world.price, world.re_exports * unit, world.factor)
    scaled = solve(other.market(limits=limits), other.batch(limit_t=[limit * unit], **e))
    np.testing.assert_allclose(prices_of(scaled), prices_of(plain), atol=SAME)
    np.testing.assert_allclose(flows_of(scaled), flows_of(plain) * unit, rtol=1e-6)


@given(worlds(), elasticities(1), st.randoms(use_true_random=False))
@FEW_EXAMPLES
def test_the_order_of_countries_does_not_matter(world: World, e: dict[str, Any], random: Any) -> None:
    n = len(world.tonnes)
    order = np.array(random.sample(range(n), n))
    columns = np.append(order, n)
    turned = World(
        world.tonnes[order][:, columns], world.price[order][:, columns], world.re_exports[order], world.factor[order][:, columns]
    )  # fmt: skip
    plain, other = solve(world.market(), world.batch(**e)), solve(turned.market(), turned.batch(**e))
    np.testing.assert_allclose(prices_of(other), prices_of(plain)[order], atol=SAME)


@given(worlds(), elasticities(12), st.booleans())
@FEW_EXAMPLES
def test_a_batch_has_the_solutions_of_its_draws_one_by_one(world: World, e: dict[str, Any], limited: bool) -> None:
    market = world.market(limits=[(world.imports_of_the_first, 0.0, np.inf)] if limited else [])
    limit_t = [0.8 * world.tonnes[world.imports_of_the_first].sum() + 0.01] if limited else []
    batch = world.batch(slack=0.2, limit_t=limit_t, **e)
    together = solve(market, batch, tolerance=1e-12)
    for draw in range(len(batch)):
        alone = solve(market, batch.only(np.array([draw])), tolerance=1e-12)
        np.testing.assert_allclose(prices_of(together)[:, [draw]], prices_of(alone), atol=1e-9)


@given(worlds(), elasticities(1), st.floats(0.05, 1.2), st.floats(0.1, 0.95))
@FEW_EXAMPLES
def test_a_tighter_quota_never_raises_what_it_limits(world: World, e: dict[str, Any], part: float, tighter: float) -> None:
    carried = world.tonnes[world.imports_of_the_first].sum()
    assume(carried > 0)
    market = world.market(limits=[(world.imports_of_the_first, 0.0, np.inf)])
    wide, tight = (solve(market, world.batch(limit_t=[x * carried], **e)) for x in (part, part * tighter))
    limited = market.limits.flow
    assert flows_of(tight)[limited].sum() <= flows_of(wide)[limited].sum() * (1 + 1e-9)
    assert flows_of(tight)[limited].sum() <= part * tighter * carried * (1 + 1e-9)
    assert tight.unknowns[market.suppliers, 0] >= wide.unknowns[market.suppliers, 0] - 1e-9


@given(worlds(hubs=False), elasticities(1), st.integers(0, 24), st.floats(0.01, 3.0))
@FEW_EXAMPLES
def test_a_bigger_tariff_never_raises_its_own_flow(world: World, e: dict[str, Any], pick: int, more: float) -> None:
    market = world.market()
    away = np.flatnonzero(market.exporter != market.importer)
    assume(len(away))
    route = away[pick % len(away)]
    factor = market.slope.copy()
    factor[route] *= 1 + more
    before, after = solve(market, world.batch(**e)), solve(replace(market, slope=factor), world.batch(**e))
    assert flows_of(after)[route, 0] <= flows_of(before)[route, 0] * (1 + 1e-9)


@given(worlds(), elasticities(1))
@FEW_EXAMPLES
def test_a_nest_with_equal_elasticities_is_flat(world: World, e: dict[str, Any]) -> None:
    limits = [(world.imports_of_the_first, 0.0, np.inf)]
    limit_t = [0.6 * world.tonnes[world.imports_of_the_first].sum() + 0.01]
    flat = solve(world.market(limits=limits), world.batch(limit_t=limit_t, **e), tolerance=1e-12, throw=False)
    nested = solve(world.market(limits=limits), world.batch(limit_t=limit_t, upper=e["sigma"], **e), tolerance=1e-12, throw=False)
    assume(
        flat.solved.all() and nested.solved.all()
    )  # without a choke price a tight limit among stubborn buyers may have no answer in reach
    np.testing.assert_allclose(nested.unknowns, flat.unknowns, atol=1e-9)
    np.testing.assert_allclose(flows_of(nested), flows_of(flat), rtol=1e-9, atol=1e-12)


def test_a_low_upper_elasticity_keeps_imports_and_home_goods_apart() -> None:
    tonnes = np.array([[50.0, 20.0, 5.0], [10.0, 40.0, 5.0], [10.0, 10.0, 30.0]])
    factor = np.ones((3, 3))
    factor[1:, 0] = 1.5
    market = market_of(tonnes, factor=factor)
    shares = []
    for upper in (1.5, 4.0, 8.0):
        solution = solve(market, batch_of(tonnes, sigma=4.0, upper=upper))
        flows = np.zeros((3, 3))
        flows[market.exporter, market.importer] = flows_of(solution)[:, 0]
        shares.append(flows[0, 0] / flows[:, 0].sum())
    assert shares[0] < shares[1] < shares[2]


def test_a_start_near_the_solution_saves_evaluations_and_changes_nothing() -> None:
    world = of_size(30, 3)
    factor = np.where(world.away, 1.4, 1.0)
    market, batch = world.market(factor=factor), world.batch(sigma=np.linspace(3, 7, 50))
    cold = solve(market, batch)
    warm = solve(market, batch, start=prices_of(cold) + 1e-5)
    np.testing.assert_allclose(prices_of(warm), prices_of(cold), atol=SAME)
    assert warm.iterations.mean() < cold.iterations.mean()
    one = solve(market, batch.only(np.array([7])), start=prices_of(cold)[:, 7])
    assert one.iterations[0] == 1


# Extremes: every one of them converges, in a bounded number of evaluations


def of_size(n: int, seed: int, density: float = 0.3, spread: float = 2.0) -> World:
    """A world of n countries; sizes of flows differ by orders of magnitude, some countries neither sell nor buy."""
    rng = np.random.default_rng(seed)
    tonnes = np.exp(rng.normal(0, spread, (n, n + 1))) * (rng.random((n, n + 1)) < density)
    tonnes[np.arange(n), np.arange(n)] = np.exp(rng.normal(1, spread, n)) * (rng.random(n) < 0.7)
    silent = rng.random(n) < 0.1
    tonnes[silent], tonnes[:, :n][:, silent] = 0.0, 0.0
    passed = np.where(rng.random(n) < 0.3, rng.random(n) * 0.9, 0.0) * np.minimum(tonnes.sum(axis=1), tonnes.sum(axis=0)[:n])
    return World(tonnes, np.exp(rng.normal(0, 0.3, tonnes.shape)), passed, np.ones(tonnes.shape))


def solves(market: Market, batch: Batch) -> Any:
    """The solution, which must have been found at a bounded cost."""
    solution = solve(market, batch)
    assert solution.clearing().max() < CLEARS
    assert solution.iterations.max() <= MOST_EVALUATIONS
    return solution


WORLD = of_size(25, 1)
ORDINARY: dict[str, Any] = {"sigma": np.linspace(3, 8, 8), "eta": 0.4, "epsilon": 0.8}
SETTINGS: dict[str, dict[str, Any]] = {
    "ordinary": {},
    "sigma 1.01": {"sigma": 1.01},
    "sigma 50": {"sigma": 50.0},
    "sigma from 1.01 to 50": {"sigma": np.linspace(1.01, 50, 20)},
    "supply fixed": {"epsilon": 0.0},
    "supply fixed, sigma 30": {"epsilon": 0.0, "sigma": 30.0},
    "demand fixed": {"eta": 0.0},
    "capacities bind nearly everywhere": {"slack": 0.0},
    "hardly any answer": {"epsilon": 0.01, "eta": 0.05},
}


def one_importer() -> Any:
    routes = np.zeros(WORLD.tonnes.shape, dtype=bool)
    routes[:, int(np.argmax(WORLD.tonnes.sum(axis=0)[:-1]))] = True
    return routes & WORLD.away


@pytest.mark.parametrize("elasticity", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("where", ["one importer", "everywhere", "one route"])
def test_tariffs_of_a_thousand_percent(elasticity: dict[str, Any], where: str) -> None:
    routes = {
        "one importer": one_importer(),
        "everywhere": WORLD.away,
        "one route": WORLD.away & (np.cumsum(WORLD.tonnes > 0) == 9).reshape(WORLD.tonnes.shape),
    }
    batch = WORLD.batch(**{**ORDINARY, **elasticity})
    solves(WORLD.market(factor=np.where(routes[where], 11.0, 1.0)), batch)


@pytest.mark.parametrize("elasticity", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("left", [0, 1])
def test_embargoes_that_leave_one_supplier_or_none_under_a_choke_price(elasticity: dict[str, Any], left: int) -> None:
    importer = int(np.argmax(WORLD.tonnes.sum(axis=0)[:-1]))
    closed = np.zeros(WORLD.tonnes.shape, dtype=bool)
    closed[np.flatnonzero(WORLD.tonnes[:, importer])[left:], importer] = True
    solution = solves(WORLD.market(closed=closed, choke=np.log(5.0)), WORLD.batch(**{**ORDINARY, **elasticity}))
    composite = solution.system.state(solution.system.unknowns(solution.unknowns), solution.batch)[0].composite[importer]
    assert np.isinf(composite).all() if left == 0 else np.isfinite(composite).all()


@pytest.mark.parametrize("elasticity", SETTINGS.values(), ids=SETTINGS.keys())
def test_fifty_overlapping_quotas(elasticity: dict[str, Any]) -> None:
    rng = np.random.default_rng(4)
    limits, tonnes = [], []
    for _ in range(50):
        routes = np.zeros(WORLD.tonnes.shape, dtype=bool)
        country = int(rng.integers(len(routes)))
        routes[(country, slice(None)) if rng.random() < 0.3 else (slice(None), country)] = True
        limits.append((routes & WORLD.away, 0.0, np.inf if rng.random() < 0.6 else float(np.log(1.25))))
        tonnes.append(WORLD.tonnes[limits[-1][0]].sum() * rng.uniform(0.6, 1.3) + 1e-6)
    market, batch = WORLD.market(limits=limits), WORLD.batch(limit_t=tonnes, **{**ORDINARY, **elasticity})
    if elasticity.get("epsilon") == 0.0 or elasticity.get("eta") == 0.0:  # what is fixed cannot all be sold or had under quotas
        assert solve(market, batch, throw=False).iterations.max() <= MOST_EVALUATIONS
        return
    solution = solves(market, batch)
    carried = np.zeros((50, len(solution.batch)))
    np.add.at(carried, market.limits.group, flows_of(solution)[market.limits.flow])
    rent = solution.system.unknowns(solution.unknowns).rent
    quota = np.isinf(market.limits.high)
    assert (carried[quota] <= np.array(tonnes)[quota, None] * (1 + 1e-8)).all()
    assert (rent >= -1e-9).all()
    assert ((rent < 1e-6) | (carried >= np.array(tonnes)[:, None] * (1 - 1e-6))).all(), "a rent without a binding limit"


def test_one_flow_in_an_import_quota_and_an_export_quota_that_both_bind_on_it_alone() -> None:
    tonnes = np.array([[20.0, 30.0], [1.0, 50.0]])
    routes = np.array([[False, True], [False, False]])
    market = market_of(tonnes, limits=[(routes, 0.0, np.inf), (routes, 0.0, np.inf)])
    solution = solves(market, batch_of(tonnes, limit_t=[15.0, 15.0]))
    flow = int(np.flatnonzero((market.exporter == 0) & (market.importer == 1))[0])
    assert flows_of(solution)[flow, 0] == pytest.approx(15.0, rel=1e-9)
    alone = solve(market_of(tonnes, limits=[(routes, 0.0, np.inf)]), batch_of(tonnes, limit_t=[15.0]))
    assert solution.unknowns[2:, 0].sum() == pytest.approx(alone.unknowns[2, 0], abs=1e-8)  # only the sum of both rents is determined


def test_flows_of_a_milligram_beside_flows_of_megatonnes() -> None:
    tonnes = np.array([[1e6, 1e-9, 3e5], [1e-9, 1e-9, 1e-9], [2e5, 1e-9, 5e6]])
    factor = np.full((3, 3), 1.5)
    np.fill_diagonal(factor, 1.0)
    solves(market_of(tonnes, factor=factor), batch_of(tonnes, sigma=[2.0, 8.0, 30.0]))


def test_countries_that_neither_sell_nor_buy_stay_out_of_it() -> None:
    tonnes = np.array([[5.0, 2.0, 0.0, 1.0], [1.0, 4.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0], [2.0, 2.0, 0.0, 3.0]])
    small = np.delete(np.delete(tonnes, 2, axis=0), 2, axis=1)
    plain = solve(market_of(small, factor=np.where(np.eye(3), 1, 1.3)), batch_of(small))
    with_idle = solves(market_of(tonnes, factor=np.where(np.eye(4), 1, 1.3)), batch_of(tonnes))
    np.testing.assert_allclose(np.delete(prices_of(with_idle), 2, axis=0), prices_of(plain), atol=SAME)
    assert prices_of(with_idle)[2, 0] == 0.0
    assert with_idle.system.idle.tolist() == [2]


def test_a_supplier_whose_output_ends_is_like_one_that_is_shut_out() -> None:
    tonnes = np.array([[5.0, 2.0, 1.0], [3.0, 4.0, 1.0], [2.0, 2.0, 6.0]])
    ended = solves(market_of(tonnes), batch_of(tonnes, output=[1.0, 0.0, 1.0]))
    shut = solve(market_of(tonnes, closed=np.array([[False], [True], [False]])), batch_of(tonnes))
    np.testing.assert_allclose(prices_of(ended)[[0, 2]], prices_of(shut)[[0, 2]], atol=SAME)


def test_a_world_of_230_countries() -> None:
    world = of_size(230, 5, density=0.15)
    rng = np.random.default_rng(6)
    factor = np.where(world.away, 1 + rng.choice([0.0, 0.1, 0.25, 1.0], world.tonnes.shape), 1.0)
    solves(world.market(factor=factor), world.batch(sigma=np.linspace(2, 10, 40), epsilon=0.6, slack=0.05))


def test_fixed_supply_that_quotas_leave_nowhere_to_go_is_told_and_costs_little() -> None:
    tonnes = np.array([[0.0, 30.0], [5.0, 50.0]])
    market = market_of(tonnes, limits=[(np.array([[True, True], [False, False]]), 0.0, np.inf)])
    batch = batch_of(tonnes, epsilon=[0.0] * 6, limit_t=[15.0], sigma=np.linspace(3, 8, 6))
    solution = solve(market, batch, throw=False)
    assert not solution.solved.any()
    assert (solution.status == Status.FELL_AWAY).all()
    assert solution.iterations.max() <= MOST_EVALUATIONS
    with pytest.raises(SolveError, match=r"6 of 6 draws did not converge.*price of supplier 0 falls without end"):
        solve(market, batch)


def test_some_draws_without_a_solution_leave_the_others_as_they_are() -> None:
    tonnes = np.array([[0.0, 30.0], [5.0, 50.0]])
    market = market_of(tonnes, limits=[(np.array([[True, True], [False, False]]), 0.0, np.inf)])
    batch = batch_of(tonnes, epsilon=[0.0, 1.0, 0.0, 1.0, 2.0, 0.5], limit_t=[15.0], sigma=np.linspace(3, 8, 6))
    solution = solve(market, batch, throw=False)
    assert solution.solved.tolist() == [False, True, False, True, True, True]
    alone = solve(market, batch.only(np.array([4])))
    np.testing.assert_allclose(prices_of(solution)[:, [4]], prices_of(alone), atol=SAME)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"sigma": 1.0}, "substitution of 1 is out of range; expected 1.01 or more"),
        ({"sigma": np.nan}, "substitution of nan is out of range"),
        ({"upper": 0.9}, "own goods and imports of 0.9 is out of range"),
        ({"eta": -0.4}, "given as positive numbers"),
        ({"epsilon": np.nan}, "given as positive numbers"),
        ({"eta": 0.0, "epsilon": 0.0}, "price level is undetermined"),
    ],
)
def test_elasticities_out_of_range_are_refused(wrong: dict[str, Any], message: str) -> None:
    tonnes = np.array([[5.0, 2.0], [1.0, 4.0]])
    with pytest.raises(SolveError, match=message):
        solve(market_of(tonnes), batch_of(tonnes, **wrong))


def test_a_nest_needs_homes() -> None:
    tonnes = np.array([[5.0, 2.0], [1.0, 4.0]])
    with pytest.raises(SolveError, match=r"expected `Market\.home`"):
        solve(replace(market_of(tonnes), home=None), batch_of(tonnes, upper=2.0))


# Users at the choke price


@given(worlds(), elasticities(6), st.floats(0.1, 0.9), st.floats(1.2, 5.0))
@FEW_EXAMPLES
def test_no_composite_price_passes_the_choke_price_unless_use_has_ended(
    world: World, e: dict[str, Any], output: float, choke: float
) -> None:
    market = world.market(choke=np.log(choke))
    solution = solve(market, world.batch(output=output, **e), throw=False)
    assume(solution.solved.all())
    at = solution.system.unknowns(solution.unknowns)
    state, _, _ = solution.system.state(at, solution.batch)
    assert solution.clearing().max() < CLEARS
    curtailed = np.zeros_like(state.composite)
    curtailed[solution.system.choked] = at.curtailed
    composite = np.where(np.isfinite(state.composite), state.composite, 0.0)
    over = composite - market.choke
    assert (over[market.passed_on < 1] < 1e-6).all() or (curtailed[over > 1e-6] > 13.9).all()
    assert (curtailed >= 0).all()
    assert (over[curtailed > 1e-6] > -1e-6).all(), "curtailed below the choke price"


def test_many_users_meet_the_choke_price_at_once() -> None:
    world = of_size(25, 1)
    market = world.market(factor=np.where(world.away, 11.0, 1.0), choke=np.log(3.0))
    solution = solves(market, world.batch(sigma=np.linspace(2, 10, 12), eta=0.3, epsilon=0.8, slack=0.05))
    assert len(solution.system.choked) > 5


def test_two_users_of_one_supplier_are_curtailed_alike() -> None:
    tonnes = np.array([[10.0, 20.0, 5.0]])
    solution = solves(market_of(tonnes, choke=np.log(2.0)), batch_of(tonnes, output=0.2, epsilon=0.1))
    curtailed = solution.system.unknowns(solution.unknowns).curtailed[:, 0]
    np.testing.assert_allclose(curtailed, curtailed[0], rtol=1e-6)
    assert curtailed[0] > 0


def test_stocks_that_wait_for_a_price_are_moved_as_far_as_the_price_needs() -> None:
    tonnes = np.array([[10.0, 20.0], [5.0, 30.0]])
    calm, price = market_of(tonnes), np.log(1.05)
    for most, moved_all in ((0.5, False), (0.01, True)):
        waiting = Triggers(np.array([1]), np.array([-1.0]), np.array([most]), np.array([price]))
        market = replace(calm, triggers=waiting, slope=np.where(calm.importer == 1, 1.3, 1.0))
        solution = solves(market, batch_of(tonnes))
        moved = solution.system.unknowns(solution.unknowns).stocked[0, 0]
        composite = solution.system.state(solution.system.unknowns(solution.unknowns), solution.batch)[0].composite[1, 0]
        assert moved == pytest.approx(most) if moved_all else 0 < moved < most
        assert composite > price if moved_all else composite == pytest.approx(price, abs=1e-9)


def test_a_large_batch_costs_a_fraction_of_a_millisecond_each() -> None:
    """A guard against quadratic slips, far above what it takes (0.1 ms); speeds are measured in benchmarks/."""
    world = of_size(40, 2)
    market = world.market(factor=np.where(world.away, 1.25, 1.0))
    rng = np.random.default_rng(0)
    batch = world.batch(sigma=rng.uniform(3, 8, 2000), eta=rng.uniform(0.2, 0.8, 2000), epsilon=rng.uniform(0.3, 2, 2000))
    begun = time.process_time()
    solve(market, batch)
    assert time.process_time() - begun < 4.0


def test_linear_algebra_has_its_threads_back_after_a_solution() -> None:
    count, _ = _openblas()
    before = count()
    with one_thread(), one_thread():
        assert count() == 1
    world = of_size(10, 1)
    solve(world.market(), world.batch(sigma=np.linspace(3, 8, 20)))
    assert count() == before
