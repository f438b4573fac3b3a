"""Answers found without maadin's solver: closed forms for two countries, and the real aluminium market with its equations written down again as matrices.

scipy's root finder is left to differentiate numerically; it and the solver agree to 1e-8 of each price and flow. Other programs' answers are in
test_golden_aluminium.py.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from market_strategies import batch_of, flows_of, market_of, prices_of
from scipy.optimize import root

from maadin.market.benchmark import Benchmark
from maadin.market.calibration import calibrate
from maadin.market.equilibrium import solve
from maadin.market.wedges import Wedges

EXACT = 1e-8

# Two countries, one that makes and one that uses: everything has a formula

SOLD = np.array([[0.0, 80.0]])
ETA, EPSILON, DUTY = 0.6, 1.4, 1.25
SHARED = ETA * np.log(DUTY) / (ETA + EPSILON)  # the part of the duty's log that the seller bears


def test_a_duty_is_borne_in_proportion_to_who_cannot_avoid_it() -> None:
    solution = solve(market_of(SOLD, factor=DUTY), batch_of(SOLD, eta=ETA, epsilon=EPSILON))
    assert prices_of(solution)[0, 0] == pytest.approx(-SHARED, abs=1e-10)
    assert flows_of(solution)[0, 0] == pytest.approx(80 * np.exp(-EPSILON * SHARED), rel=1e-9)


def test_a_quota_has_the_rent_between_the_supply_and_the_demand_price_of_its_tonnes() -> None:
    market = market_of(SOLD, limits=[(np.ones((1, 2), dtype=bool), 0.0, np.inf)])
    solution = solve(market, batch_of(SOLD, eta=ETA, epsilon=EPSILON, limit_t=[50.0]))
    price, rent = solution.unknowns[:, 0]
    assert price == pytest.approx(np.log(50 / 80) / EPSILON, abs=1e-9)
    assert rent == pytest.approx(-np.log(50 / 80) / ETA - np.log(50 / 80) / EPSILON, abs=1e-9)


def test_a_capacity_leaves_the_price_to_demand() -> None:
    solution = solve(market_of(SOLD), batch_of(SOLD, eta=ETA, epsilon=EPSILON, output=0.7, slack=0.0))
    assert prices_of(solution)[0, 0] == pytest.approx(-np.log(0.7) / ETA, abs=1e-9)
    assert flows_of(solution)[0, 0] == pytest.approx(56.0, rel=1e-9)


def test_a_choke_price_leaves_the_rest_unserved() -> None:
    solution = solve(market_of(SOLD, choke=np.log(1.5)), batch_of(SOLD, eta=ETA, epsilon=EPSILON, output=0.4, slack=0.0))
    assert prices_of(solution)[0, 0] == pytest.approx(np.log(1.5), abs=1e-8)
    curtailed = solution.system.unknowns(solution.unknowns).curtailed[0, 0]
    assert np.exp(-curtailed) * 80 * 1.5**-ETA == pytest.approx(32.0, rel=1e-8)


def test_a_price_held_by_purchases_has_the_state_buy_what_users_do_not() -> None:
    market = market_of(SOLD, purchase_floor=np.array([np.log(1.2)]))
    solution = solve(market, batch_of(SOLD, eta=ETA, epsilon=EPSILON))
    at = solution.system.unknowns(solution.unknowns)
    assert at.price[0, 0] == pytest.approx(np.log(1.2), abs=1e-9)
    bought = solution.system.bought_t(at, solution.batch)[0, 0]
    assert bought == pytest.approx(80 * 1.2**EPSILON - 80 * 1.2**-ETA, rel=1e-8)


def test_two_origins_whose_substitution_equals_the_elasticity_of_use_do_not_touch_each_other() -> None:
    tonnes = np.array([[0.0, 0.0, 60.0], [0.0, 0.0, 40.0]])
    factor = np.array([[1.0, 1.0, 1.5], [1.0, 1.0, 1.0]])
    solution = solve(market_of(tonnes, factor=factor), batch_of(tonnes, sigma=1.3, eta=1.3, epsilon=EPSILON))
    np.testing.assert_allclose(prices_of(solution)[:, 0], [-1.3 * np.log(1.5) / (1.3 + EPSILON), 0.0], atol=1e-9)


def test_own_goods_against_one_import_answer_the_upper_elasticity_alone() -> None:
    tonnes = np.array([[30.0, 0.0], [70.0, 0.0]])
    factor = np.array([[1.0, 1.0], [1.4, 1.0]])
    market = market_of(tonnes, factor=factor)
    found = [flows_of(solve(market, batch_of(tonnes, sigma=sigma, upper=2.0)))[:, 0] for sigma in (1.5, 4.0, 20.0)]
    np.testing.assert_allclose(found[1:], [found[0], found[0]], rtol=1e-8)
    flat = flows_of(solve(market, batch_of(tonnes, sigma=2.0)))[:, 0]
    np.testing.assert_allclose(found[0], flat, rtol=1e-8)


# The aluminium market of 2024, hubs included


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return Benchmark.from_facts("aluminium", 2024)


def with_duty(b: Benchmark) -> Wedges:
    """25% on all the United States import, Russia apart."""
    wedges, us = Wedges.of(b), b.position("USA")
    others = np.ones(len(b.countries), dtype=bool)
    others[[us, b.position("RUS")]] = False
    wedges.duty_rate[others, us] = 0.25
    return wedges


class Plain:
    """The equations of the benchmark's page as dense matrices, suppliers by users, in prices relative to the benchmark's."""

    def __init__(self, b: Benchmark, wedges: Wedges, e: Any) -> None:
        n = len(b.countries)
        one = np.ones((n, 1))
        fob = np.hstack([b.price_usd_per_t[:, None] * b.wedge, b.price_usd_per_t[:, None]])
        before = np.hstack([(1 + b.export_tax_rate) * (1 + b.duty_rate), one])
        after = np.hstack([(1 + wedges.export_tax_rate) * (1 + wedges.duty_rate), one])
        np.fill_diagonal(after, 1.0)
        self.tonnes = np.hstack([b.trade_t, b.other_codes_t[:, None]])
        value = self.tonnes * fob * before
        self.share = value / np.where(value.sum(axis=0) > 0, value.sum(axis=0), 1.0)
        self.change = after / before
        self.sells = np.flatnonzero(self.tonnes.sum(axis=1) > 0)
        self.uses = self.tonnes.sum(axis=0) > 0
        self.own, self.re_exports, self.intake = b.own_supply_t, b.re_exports_t, self.tonnes.sum(axis=0)
        self.e, self.n = e, n
        self.cap = np.maximum(np.nan_to_num(b.capacity_t), b.own_supply_t * (1 + e.slack))

    def flows(self, price: np.ndarray) -> tuple[Any, Any]:
        """Tonnes (n, n + 1), and what each country passes on, tonnes."""
        e, user = self.e, price[:, None] * self.change
        index = np.ones(self.n + 1)
        index[self.uses] = (self.share * user ** (1 - e.sigma)).sum(axis=0)[self.uses] ** (1 / (1 - e.sigma))
        part = np.zeros(self.n + 1)
        part[: self.n] = np.divide(self.re_exports, self.intake[: self.n], out=np.zeros(self.n), where=self.intake[: self.n] > 0)
        passed = np.zeros(self.n + 1)
        passed[: self.n] = part[: self.n] * (price / index[: self.n]) ** e.re_export
        volume = (1 - part) * index**-e.eta + passed
        tonnes = self.tonnes * (user / index) ** -e.sigma * volume
        return tonnes, (passed / volume * tonnes.sum(axis=0))[: self.n]

    def left(self, logs: np.ndarray) -> np.ndarray:
        price = np.ones(self.n)
        price[self.sells] = np.exp(logs)
        tonnes, passed = self.flows(price)
        supply = np.minimum(self.own * price**self.e.epsilon, self.cap) + passed
        return np.log(tonnes.sum(axis=1)[self.sells] / supply[self.sells])

    def solved(self) -> np.ndarray:
        answer = root(self.left, np.zeros(len(self.sells)), method="hybr", tol=1e-13)
        assert np.abs(self.left(answer.x)).max() < 1e-11, answer.message
        return answer.x


@pytest.mark.parametrize(
    "e",
    [
        {"sigma": 5.0, "eta": 0.4, "epsilon": 0.9, "re_export": 5.0, "slack": 1e3},
        {"sigma": 3.0, "eta": 0.8, "epsilon": 0.3, "re_export": 2.0, "slack": 1e3},
        {"sigma": 8.0, "eta": 0.2, "epsilon": 2.0, "re_export": 8.0, "slack": 0.04},
    ],
    ids=["middling", "stiff supply", "capacities"],
)
def test_the_25_percent_tariff_on_the_aluminium_market_of_2024(benchmark: Benchmark, e: dict[str, float]) -> None:
    wedges = with_duty(benchmark)
    plain = Plain(benchmark, wedges, SimpleNamespace(**e))
    made = calibrate(benchmark, wedges)
    assert made.suppliers.tolist() == plain.sells.tolist()
    draws = SimpleNamespace(
        armington=np.array([e["sigma"]]), demand=np.array([e["eta"]]), supply=np.array([e["epsilon"]]), re_export=np.array([e["re_export"]]),
        slack=np.array([e["slack"]]), outside_option=np.array([1.0]), home=None,
    )  # fmt: skip
    solution = solve(made.market, made.batch(draws), tolerance=1e-12)
    expected = plain.solved()
    assert np.abs(expected).max() > 0.05, "nothing moved"
    np.testing.assert_allclose(prices_of(solution)[:, 0], expected, atol=EXACT)
    price = np.ones(plain.n)
    price[plain.sells] = np.exp(expected)
    tonnes, _ = plain.flows(price)
    np.testing.assert_allclose(flows_of(solution)[:, 0], tonnes[made.exporter, made.importer], rtol=1e-7)
