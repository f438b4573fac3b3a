"""Answers of other programs on numbers kept in files: IPOPT and scipy where all is smooth, PATH where quantities are limited. See tests/golden/make_*.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maadin.market.equilibrium import Solution, solve
from maadin.market.system import Batch, Limits, Market, Triggers

GOLDEN = Path(__file__).parents[1] / "golden"
ALUMINIUM = json.loads((GOLDEN / "aluminium_2024_tariff_25.json").read_text())
LIMITED = json.loads((GOLDEN / "limits_path.json").read_text())
EXACT = 1e-8


def market_of(given: dict[str, Any], limits: Limits) -> Market:
    suppliers, users, flows = len(given["output"]), len(given["passed_on"]), len(given["tonnes"])
    none = np.full(suppliers, -np.inf)
    return Market(
        exporter=np.array(given["exporter"]), importer=np.array(given["importer"]), share=np.array(given["share"]),
        tonnes=np.array(given["tonnes"]), slope=np.array(given["slope"]), level=np.zeros(flows), floor=np.zeros(flows),
        subsidy=np.ones(suppliers), subsidy_level=np.zeros(suppliers), price_floor=none, purchase_floor=none, hub=np.array(given["hub"]),
        passed_on=np.array(given["passed_on"]), stock=np.zeros(users), choke=np.inf, limits=limits,
        triggers=Triggers(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0), np.empty(0)),
        home=np.array(given["home"]) if "home" in given else None,
    )  # fmt: skip


def batch_of(given: dict[str, Any], cases: list[dict[str, Any]], capacities: bool) -> Batch:
    column = np.array(given["output"])[:, None]
    sigma, eta, epsilon, re_export = (np.array([c[name] for c in cases]) for name in ("sigma", "eta", "epsilon", "re_export"))
    upper = [c.get("upper") for c in cases]
    return Batch(
        sigma=sigma, eta=eta, re_export=re_export, epsilon=epsilon[None, :], output=column,
        cap=np.array(given["cap"])[:, None] if capacities else np.full_like(column, np.inf), demand_scale=np.ones((1, 1)),
        limit_t=np.array([c.get("limit_t", []) for c in cases]).T, upper=np.array(upper, dtype=float) if upper[0] is not None else None,
    )  # fmt: skip


def flows_of(solution: Solution, batch: Batch) -> np.ndarray:
    return solution.system.flows(solution.system.unknowns(solution.unknowns), batch)[0]


@pytest.mark.parametrize("case", ALUMINIUM["cases"], ids=lambda c: c["name"])
def test_the_25_percent_tariff_of_2024_has_the_prices_and_us_purchases_that_ipopt_and_scipy_find(case: dict[str, Any]) -> None:
    given = ALUMINIUM["market"]
    market = market_of(given, Limits(np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0), np.empty(0)))
    batch = batch_of(given, [case], case["capacities"])
    solution = solve(market, batch)
    np.testing.assert_allclose(np.exp(solution.unknowns[: market.suppliers, 0]), case["price"], rtol=EXACT)
    to_us = np.flatnonzero(market.importer == given["us"])
    sources = [given["suppliers"][i] for i in market.exporter[to_us]]
    assert set(sources) == set(case["us_purchases_t"])
    np.testing.assert_allclose(flows_of(solution, batch)[to_us, 0], [case["us_purchases_t"][c] for c in sources], rtol=EXACT)


def limited_market() -> Market:
    groups = LIMITED["market"]["limits"]
    high = np.array([np.inf if h is None else h for h in LIMITED["market"]["high"]])
    group = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    return market_of(LIMITED["market"], Limits(group, np.concatenate(groups), np.zeros(len(groups)), high))


def agrees_with_path(solution: Solution, batch: Batch, cases: list[dict[str, Any]]) -> None:
    found = solution.system.unknowns(solution.unknowns)
    np.testing.assert_allclose(np.exp(found.price).T, [c["price"] for c in cases], rtol=EXACT)
    np.testing.assert_allclose(found.rent.T, [c["log_wedge"] for c in cases], rtol=EXACT, atol=1e-9)
    np.testing.assert_allclose(flows_of(solution, batch).T, [c["tonnes"] for c in cases], rtol=EXACT)


@pytest.mark.parametrize("case", LIMITED["cases"], ids=lambda c: c["name"])
def test_quotas_tariff_rate_quotas_and_capacities_have_the_answer_of_path(case: dict[str, Any]) -> None:
    batch = batch_of(LIMITED["market"], [case], capacities=True)
    agrees_with_path(solve(limited_market(), batch), batch, [case])


def test_all_limited_cases_solved_together_have_the_answers_of_path() -> None:
    batch = batch_of(LIMITED["market"], LIMITED["cases"], capacities=True)
    agrees_with_path(solve(limited_market(), batch), batch, LIMITED["cases"])


def test_the_limited_cases_have_every_limit_both_ways() -> None:
    wedges = np.array([c["log_wedge"] for c in LIMITED["cases"]])
    scarce = np.array([c["scarce"] for c in LIMITED["cases"]]).max(axis=1)
    high = LIMITED["market"]["high"][2]
    for column in wedges[:, :2].T:
        assert (column == 0).any() and (column > 0.01).any()
    trq = wedges[:, 2]
    assert (trq == 0).any() and np.isclose(trq, high).any() and ((trq > 0.01) & (trq < high - 0.01)).any()
    assert (scarce == 0).any() and (scarce > 0.01).any()
