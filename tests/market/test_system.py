"""The equations of a market: derivatives are those of the equations, however these are added up, and quantities add up.

Derivatives are compared with central differences of step 1e-6, which are off by about 1e-8 of the second derivative.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from market_strategies import batch_of, market_of

from maadin.market import system as system_module
from maadin.market.derivatives import jacobian
from maadin.market.parameters import Batch, Market, Triggers
from maadin.market.system import STEEP, Equations, System

STEP, CLOSE = 1e-6, 2e-6

TONNES = np.array([[40.0, 25.0, 15.0, 3.0], [8.0, 60.0, 12.0, 0.0], [5.0, 10.0, 0.0, 2.0]])
RE_EXPORTS = np.array([10.0, 0.0, 17.0])  # all that the third sells


def everything() -> Market:
    """A market with all there is: hubs, duties, specific duties, a minimum import price, overlapping limits, subsidies, floors, stocks, a choke price."""
    imports = np.zeros(TONNES.shape, dtype=bool)
    imports[1:, 0] = True
    exports = np.zeros(TONNES.shape, dtype=bool)
    exports[1, :] = True  # home sales too
    factor, level, floor = np.ones(TONNES.shape), np.zeros(TONNES.shape), np.zeros(TONNES.shape)
    factor[0, 1], factor[2, 1], level[0, 2], floor[1, 2] = 1.25, 1.1, 0.2, 1.05
    return replace(
        market_of(TONNES, price=np.linspace(0.8, 1.3, 12).reshape(3, 4), factor=factor, level=level, floor=floor, re_exports=RE_EXPORTS,
                  limits=[(imports, 0.0, np.inf), (exports, 0.0, 0.3)], choke=0.4),
        subsidy=np.array([1.0, 1.1, 1.0]), subsidy_level=np.array([0.0, 0.0, 0.05]), price_floor=np.array([-0.1, -np.inf, -np.inf]),
        purchase_floor=np.array([-np.inf, 0.05, -np.inf]), stock=np.array([0.05, 0.0, -0.03, 0.0]),
        triggers=Triggers(np.array([1, 0]), np.array([-1.0, 1.0]), np.array([0.2, 0.1]), np.array([0.05, -0.05])),
    )  # fmt: skip


def draws(nested: bool) -> Batch:
    return batch_of(
        TONNES, sigma=[3.0, 6.0, 1.3], eta=[0.3, 0.6, 0.9], epsilon=[0.5, 1.5, 0.2], re_export=[4.0, 2.0, 6.0], re_exports=RE_EXPORTS, slack=0.1,
        limit_t=[10.0, 60.0], upper=[2.0, 4.0, 1.2] if nested else None,
    )  # fmt: skip


def unknowns_of(system: System, spread: float) -> Any:
    x = np.random.default_rng(3).normal(0, spread, (system.size, 3))
    x[system.market.suppliers :] = np.abs(x[system.market.suppliers :])
    return x


def residual(equations: Equations, x: Any) -> Any:
    at = equations.system.unknowns(x)
    return equations.residual(at, equations.point(at))


@pytest.mark.parametrize("nested", [False, True], ids=["flat", "nested"])
@pytest.mark.parametrize("reach", [500.0, 0.0], ids=["factored", "flow by flow"])
@pytest.mark.parametrize(("choked", "steep"), [(None, 0.0), ([0, 1], 0.0), ([0, 1], STEEP)], ids=["no choke", "curtailed", "steep"])
@pytest.mark.parametrize("spread", [0.1, 0.4])
def test_derivatives_are_those_of_the_equations(
    monkeypatch: pytest.MonkeyPatch, nested: bool, reach: float, choked: list[int] | None, steep: float, spread: float
) -> None:
    monkeypatch.setattr(system_module, "REACH", reach)
    system = System(everything(), None if choked is None else np.array(choked), nested=nested, steep=steep)
    equations = system.equations(draws(nested), np.full(3, 0.01))
    x = unknowns_of(system, spread)
    value, slopes = jacobian(equations, system.unknowns(x))
    np.testing.assert_array_equal(value, residual(equations, x))
    for k in range(system.size):
        step = np.zeros((system.size, 1))
        step[k] = STEP
        around = (residual(equations, x + step) - residual(equations, x - step)) / (2 * STEP)
        np.testing.assert_allclose(slopes[:, :, k].T, around, rtol=CLOSE, atol=CLOSE * max(1.0, np.abs(slopes).max()))


@pytest.mark.parametrize("spread", [0.1, 0.5])
def test_sums_are_the_same_factored_or_flow_by_flow_nested_or_flat(monkeypatch: pytest.MonkeyPatch, spread: float) -> None:
    found = []
    for reach in (500.0, 0.0):
        monkeypatch.setattr(system_module, "REACH", reach)
        for nested in (False, True):
            system = System(everything(), np.array([1]), nested=nested)
            at = system.unknowns(unknowns_of(system, spread))
            batch = replace(draws(nested), upper=draws(nested).sigma if nested else None)
            found.append((system.residual(at, batch)[0], system.flows(at, batch)[0]))
    for left, tonnes in found[1:]:
        np.testing.assert_allclose(left, found[0][0], rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(tonnes, found[0][1], rtol=1e-9)


@pytest.mark.parametrize("nested", [False, True], ids=["flat", "nested"])
def test_quantities_add_up_anywhere(nested: bool) -> None:
    system = System(everything(), nested=nested)
    at, batch = system.unknowns(unknowns_of(system, 0.2)), draws(nested)
    state, tonnes, prices = system.state(at, batch)
    np.testing.assert_allclose(system.by_supplier @ tonnes, state.demand, rtol=1e-10)
    np.testing.assert_allclose(system.by_user @ tonnes, state.intake, rtol=1e-10)
    stocked = system.market.stock[:, None] + np.zeros((4, 3))
    np.add.at(stocked, system.market.triggers.user, system.market.triggers.sign[:, None] * at.stocked)
    np.testing.assert_allclose(state.use_volume + state.re_volume + stocked, state.volume, atol=1e-12)
    passed = (state.intake * state.re_volume / state.volume)[system.at_hub]
    np.testing.assert_allclose((state.supply - state.own)[system.hubs], passed, rtol=1e-9)
    assert np.isfinite(prices).all()


def test_a_market_of_one_route_has_the_equations_of_the_page() -> None:
    tonnes = np.array([[0.0, 10.0]])
    batch = batch_of(tonnes, sigma=5.0, eta=0.4, epsilon=1.5)
    system = System(market_of(tonnes, factor=1.2))
    at = system.unknowns(np.array([[0.3]]))
    state, flows, prices = system.state(at, batch)
    user_price = 0.3 + np.log(1.2)
    assert prices[0, 0] == pytest.approx(user_price)
    assert state.composite[1, 0] == pytest.approx(user_price)
    assert state.composite[0, 0] == np.inf
    assert flows[0, 0] == pytest.approx(10 * np.exp(-0.4 * user_price))
    assert state.own[0, 0] == pytest.approx(10 * np.exp(1.5 * 0.3))
    assert system.residual(at, batch)[0][0, 0] == pytest.approx(-0.4 * user_price - 1.5 * 0.3)


def test_the_parts_of_a_stacked_array_are_those_of_the_unknowns() -> None:
    system = System(everything(), np.array([1]))
    parts = system.unknowns(np.arange(float(system.size))[:, None])
    assert [len(p) for p in (parts.price, parts.rent, parts.curtailed, parts.bought, parts.stocked)] == [3, 2, 1, 1, 2]
    low, high = system.bounds
    assert len(low) == len(high) == system.size == 9
    assert (low <= high).all()


def test_draws_share_what_has_a_single_column() -> None:
    batch = draws(False)
    some = batch.only(np.array([2, 0]))
    np.testing.assert_array_equal(some.sigma, [1.3, 3.0])
    assert some.output.shape == (3, 1)
    assert len(some) == 2


def test_a_supplier_beyond_a_thousand_times_its_price_is_still_counted() -> None:
    """Factored powers would overflow here; flows then are taken one by one, relative to each user's cheapest."""
    tonnes = np.array([[10.0, 5.0], [5.0, 10.0]])
    system, batch = System(market_of(tonnes)), batch_of(tonnes, sigma=50.0)
    at = system.unknowns(np.array([[12.0], [11.9]]))
    state, flows, _ = system.state(at, batch)
    share = np.array([10.0, 5.0]) / 15.0
    index = 11.9 + np.log(share[0] * np.exp(-49 * 0.1) + share[1]) / -49
    assert state.composite[0, 0] == pytest.approx(index, rel=1e-12)
    assert np.log(flows[0, 0]) == pytest.approx(np.log(10.0) - 50 * 12.0 + 49.5 * index, rel=1e-12)
