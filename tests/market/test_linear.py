"""The linear form: the published table, and the exact solution differing from it by second-order terms only."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from market_strategies import batch_of, market_of

from maadin.market.equilibrium import SolveError, solve
from maadin.market.linear import solve_linear
from maadin.market.parameters import Batch, Market, Triggers

GSIM = json.loads((Path(__file__).parents[1] / "golden" / "gsim_4x4.json").read_text())
REGIONS = GSIM["regions"]
PRINTED = 0.00005  # the table has four decimals


def gsim(part: float = 1.0) -> tuple[Market, Batch]:
    """The four regions with a part of the change in tariffs; shares are taken at prices that include the tariffs."""
    trade, before = np.array(GSIM["trade"], dtype=float), np.array(GSIM["tariff_factor"])
    after = before.copy()
    for route, factor in GSIM["counterfactual_tariff_factor"].items():
        exporter, importer = (REGIONS.index(r) for r in route.split("->"))
        after[exporter, importer] = factor
    e = GSIM["elasticities"]
    market = market_of(trade, price=before, factor=1 + part * (after / before - 1))
    return market, batch_of(trade, sigma=e["substitution"], eta=-e["demand"], epsilon=e["supply"])


def test_the_published_world_price_changes_to_four_decimals() -> None:
    changes = solve_linear(*gsim()).price[:, 0]
    np.testing.assert_allclose(changes, [GSIM["published_world_price_change"][r] for r in REGIONS], atol=PRINTED)


def test_supply_and_demand_change_alike() -> None:
    market, batch = gsim()
    found = solve_linear(market, batch)
    np.testing.assert_allclose(found.supply, batch.epsilon * found.price, atol=1e-12)
    np.testing.assert_allclose(np.bincount(market.exporter, found.flow_t[:, 0]), batch.output[:, 0] * (1 + found.supply[:, 0]), rtol=1e-12)


def second_order(solved: Any, parts: tuple[float, ...]) -> list[float]:
    """By how much the difference between both forms shrinks with every halving."""
    off = [solved(part) for part in parts]
    return [a / b for a, b in itertools.pairwise(off)]


PARTS = (1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128)


def test_the_exact_solution_differs_by_a_quarter_when_the_change_in_tariffs_is_halved() -> None:
    def off(part: float) -> float:
        market, batch = gsim(part)
        exact = np.expm1(solve(market, batch, tolerance=1e-13).unknowns[: market.suppliers])
        return float(np.abs(exact - solve_linear(market, batch).price).max())

    ratios = second_order(off, PARTS)
    assert ratios[-1] == pytest.approx(4.0, abs=0.05)
    assert all(abs(b - 4) < abs(a - 4) + 1e-6 for a, b in itertools.pairwise(ratios))


HUBS = np.array([[30.0, 25.0, 15.0, 3.0], [8.0, 60.0, 12.0, 1.0], [5.0, 10.0, 4.0, 2.0]])
PASSED = np.array([10.0, 0.0, 14.0])


def with_everything(part: float) -> tuple[Market, Batch]:
    """Hubs, duties, specific duties, subsidies, stocks, shifts of demand and of output, each in proportion."""
    factor, level = np.ones(HUBS.shape), np.zeros(HUBS.shape)
    factor[0, 1], factor[2, 1], level[0, 2], level[1, 0] = 1 + 0.4 * part, 1 + 0.2 * part, 0.3 * part, -0.1 * part
    market = replace(
        market_of(HUBS, factor=factor, level=level, re_exports=PASSED),
        subsidy=1 + part * np.array([0.0, 0.2, 0.0]), subsidy_level=part * np.array([0.1, 0.0, 0.0]), stock=part * np.array([0.1, -0.1, 0.0, 0.05]),
    )  # fmt: skip
    made = 1 + part * np.array([-0.3, 0.2, 0.0])
    return market, batch_of(
        HUBS, sigma=[3.0, 5.0], eta=[0.3, 0.8], epsilon=[0.5, 1.5], re_exports=PASSED, output=made, demand=1 + 0.2 * part
    )


@pytest.mark.parametrize("what", ["price", "composite", "flow_t", "supply"])
def test_the_difference_is_second_order_with_hubs_and_all_that_is_not_in_the_published_form(what: str) -> None:
    def off(part: float) -> float:
        market, batch = with_everything(part)
        solution = solve(market, batch, tolerance=1e-13)
        at = solution.system.unknowns(solution.unknowns)
        state, flows, _ = solution.system.state(at, batch)
        sold = np.bincount(market.exporter, market.tonnes)[:, None]
        exact = {"price": np.expm1(at.price), "composite": np.expm1(state.composite), "flow_t": flows, "supply": state.supply / sold - 1}[
            what
        ]
        return float(np.abs(exact - getattr(solve_linear(market, batch), what)).max())

    assert second_order(off, PARTS)[-1] == pytest.approx(4.0, abs=0.15)


def test_many_draws_are_the_same_as_one_by_one() -> None:
    market, _ = with_everything(0.5)
    batch = batch_of(HUBS, sigma=np.linspace(2, 9, 150), re_exports=PASSED)
    together = solve_linear(market, batch)
    for draw in (0, 77, 149):
        alone = solve_linear(market, batch.only(np.array([draw])))
        np.testing.assert_allclose(together.price[:, [draw]], alone.price, rtol=1e-12)


def test_a_large_tariff_has_no_sensible_linear_answer() -> None:
    """What the exact form is for: 200% takes more than everything away."""
    tonnes = np.array([[50.0, 20.0], [10.0, 40.0]])
    factor = np.array([[1.0, 3.0], [1.0, 1.0]])
    market, batch = market_of(tonnes, factor=factor), batch_of(tonnes, sigma=6.0)
    route = (market.exporter == 0) & (market.importer == 1)
    assert solve_linear(market, batch).flow_t[route, 0] < 0
    exact = solve(market, batch)
    assert 0 < exact.system.flows(exact.system.unknowns(exact.unknowns), batch)[0][route, 0] < 5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"limits": [(np.eye(2) == 0, 0.0, np.inf)]}, "no limits on quantities"),
        ({"floor": 1.1}, "no floors on prices"),
        ({"closed": np.array([[False, True], [False, False]])}, "no routes that are shut or reopened"),
        ({"triggers": Triggers(np.array([0]), np.array([1.0]), np.array([0.1]), np.array([0.0]))}, "no stocks that wait for a price"),
    ],
)
def test_what_has_a_corner_is_refused(changes: dict[str, Any], message: str) -> None:
    tonnes = np.array([[50.0, 20.0], [10.0, 40.0]])
    with pytest.raises(SolveError, match=message):
        solve_linear(market_of(tonnes, **changes), batch_of(tonnes, limit_t=[5.0] if "limits" in changes else ()))


def test_a_nest_is_refused_and_so_is_an_undetermined_price_level() -> None:
    tonnes = np.array([[50.0, 20.0], [10.0, 40.0]])
    with pytest.raises(SolveError, match="no nest"):
        solve_linear(market_of(tonnes), batch_of(tonnes, upper=2.0))
    with pytest.raises(SolveError, match="undetermined"):
        solve_linear(market_of(tonnes), batch_of(tonnes, eta=0.0, epsilon=0.0))
