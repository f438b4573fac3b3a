"""Complementarity: the functions hold where the conditions do, and limited markets have the one answer that trying every case finds.

The cases are tried with scipy on equations written down again in the plainest form; 1e-8 is what its root finder gives in log prices.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from market_strategies import batch_of, market_of, prices_of
from scipy.optimize import root

from maadin.market.complementarity import between, either
from maadin.market.equilibrium import solve

EXACT = 1e-8
numbers = st.floats(-1e3, 1e3)


def one(*values: float) -> list[np.ndarray]:
    return [np.array([v]) for v in values]


@given(st.floats(0, 1e6), st.booleans())
def test_either_is_zero_where_one_is_zero_and_the_other_is_not_below(other: float, first: bool) -> None:
    value, _, _ = either(*(one(0.0, other) if first else one(other, 0.0)))
    assert abs(value[0]) <= 1e-12


@given(numbers, numbers)
def test_either_is_not_zero_elsewhere(a: float, b: float) -> None:
    holds = min(a, b) == 0
    value = either(*one(a, b))[0][0]
    if not holds and abs(min(a, b)) > 1e-6:
        assert np.sign(value) == np.sign(min(a, b))
        assert abs(value) > 0.5 * min(abs(a), abs(b)) if min(a, b) > 0 else abs(value) >= abs(min(a, b)) * 0.5


@pytest.mark.parametrize(
    ("x", "slack", "holds"),
    [
        (0.0, 2.0, True), (0.3, 0.0, True), (1.0, -2.0, True), (0.0, 0.0, True), (1.0, 0.0, True), (0.0, -1.0, False), (0.5, 1.0, False),
        (0.5, -1.0, False), (1.0, 1.0, False), (-0.1, 1.0, False), (1.1, -1.0, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("scale", [1.0, 1e-6, 1e4])
def test_between_holds_where_the_unknown_is_at_the_bound_its_slack_points_to(x: float, slack: float, holds: bool, scale: float) -> None:
    value = between(*one(x, 0.0, 1.0, slack * scale))[0][0]
    assert (abs(value) < 1e-12) == holds


@given(st.floats(-2, 3), st.floats(-2, 2), st.sampled_from([(0.0, 1.0), (0.0, np.inf), (-0.5, 0.0), (-np.inf, 0.5)]))
def test_derivatives_are_those_of_the_function(x: float, slack: float, bounds: tuple[float, float]) -> None:
    low, high = bounds
    step = 1e-6
    _, by_x, by_slack = between(*one(x, low, high, slack))
    around = [between(*one(x + dx, low, high, slack + ds))[0][0] for dx, ds in ((step, 0), (-step, 0), (0, step), (0, -step))]
    corners = [b for b in bounds if np.isfinite(b)]
    if all(np.hypot(x - b, slack) > 1e-2 for b in corners) and abs(slack) > 1e-3 and all(abs(x - b) > 1e-3 for b in corners):
        assert by_x[0] == pytest.approx((around[0] - around[1]) / (2 * step), abs=1e-5)
        assert by_slack[0] == pytest.approx((around[2] - around[3]) / (2 * step), abs=1e-5)


# Every case tried

TONNES = np.array([[40.0, 25.0, 15.0], [8.0, 60.0, 12.0], [5.0, 10.0, 30.0]])
FACTOR = np.array([[1.0, 1.2, 1.0], [1.1, 1.0, 1.0], [1.0, 1.3, 1.0]])
IMPORTS_OF_1 = np.array([[0, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=bool)
EXPORTS_OF_0 = np.array([[0, 1, 1], [0, 0, 0], [0, 0, 0]], dtype=bool)
IMPORTS_OF_2 = np.array([[0, 0, 1], [0, 0, 1], [0, 0, 0]], dtype=bool)
OVER = float(np.log(1.25))
LIMITS = [(IMPORTS_OF_1, 0.0, np.inf), (EXPORTS_OF_0, 0.0, np.inf), (IMPORTS_OF_2, 0.0, OVER)]


def plain(price: np.ndarray, rent: np.ndarray, e: dict[str, float], capped: tuple[bool, ...], cap: np.ndarray) -> tuple[Any, Any, Any, Any]:
    """Demand, supply before and after capacities, and tonnes of each limit, route by route."""
    tonnes = np.zeros((3, 3))
    for j in range(3):
        user_price = [FACTOR[i, j] * np.exp(price[i] + sum(rent[k] for k in range(3) if LIMITS[k][0][i, j])) for i in range(3)]
        share = TONNES[:, j] / TONNES[:, j].sum()
        index = sum(share[i] * user_price[i] ** (1 - e["sigma"]) for i in range(3)) ** (1 / (1 - e["sigma"]))
        for i in range(3):
            tonnes[i, j] = TONNES[i, j] * (user_price[i] / index) ** -e["sigma"] * index ** -e["eta"]
    free = TONNES.sum(axis=1) * np.exp(e["epsilon"] * price)
    return tonnes.sum(axis=1), free, np.where(capped, cap, free), np.array([tonnes[routes].sum() for routes, _, _ in LIMITS])


def by_trying_every_case(e: dict[str, float], limit_t: np.ndarray, cap: np.ndarray) -> list[np.ndarray]:
    """Prices and rents of every case of binding limits and capacities that contradicts nothing."""
    found = []
    for capped in product((False, True), repeat=3):
        for states in product(("loose", "binds"), ("loose", "binds"), ("loose", "binds", "exceeded")):
            binds = np.array([s == "binds" for s in states])
            fixed = np.array([OVER if s == "exceeded" else 0.0 for s in states])

            def left(x: np.ndarray, binds: Any = binds, fixed: Any = fixed, capped: Any = capped) -> np.ndarray:
                rent = np.where(binds, x[3:], fixed)
                demand, _, supply, carried = plain(x[:3], rent, e, capped, cap)
                return np.concatenate([np.log(demand / supply), np.where(binds, np.log(carried / limit_t), x[3:] - fixed)])

            with np.errstate(all="ignore"):
                answer = root(left, np.concatenate([np.zeros(3), fixed]), tol=1e-13)
                if not np.abs(left(answer.x)).max() < 1e-9:
                    continue
            price, rent = answer.x[:3], answer.x[3:]
            _, free, _, carried = plain(price, rent, e, capped, cap)
            agrees = np.where(capped, free >= cap * (1 - 1e-9), free <= cap * (1 + 1e-9)).all()
            over = carried - limit_t
            agrees &= all(
                {"loose": o <= 1e-7, "binds": -1e-9 <= r <= (OVER if k == 2 else np.inf) + 1e-9, "exceeded": o >= -1e-7}[s]
                for k, (s, o, r) in enumerate(zip(states, over, rent, strict=True))
            )
            if agrees:
                found.append(answer.x)
    return found


@settings(max_examples=12, deadline=None)
@given(
    st.floats(2.0, 10.0), st.floats(0.2, 0.9), st.floats(0.2, 2.5), st.tuples(*[st.floats(0.3, 1.2)] * 3), st.sampled_from([0.0, 0.03, 0.2]),
)  # fmt: skip
def test_limits_and_capacities_have_the_one_answer_that_trying_every_case_finds(
    sigma: float, eta: float, epsilon: float, parts: tuple[float, ...], slack: float
) -> None:
    e = {"sigma": sigma, "eta": eta, "epsilon": epsilon}
    limit_t = np.array([TONNES[routes].sum() for routes, _, _ in LIMITS]) * parts
    cap = TONNES.sum(axis=1) * (1 + slack)
    answers = by_trying_every_case(e, limit_t, cap)
    assert answers, "no case without a contradiction"
    solution = solve(market_of(TONNES, factor=FACTOR, limits=LIMITS), batch_of(TONNES, **e, slack=slack, limit_t=limit_t), tolerance=1e-12)
    for answer in answers:  # where a limit only just binds, two cases are the same
        np.testing.assert_allclose(prices_of(solution)[:, 0], answer[:3], atol=EXACT)
        carried = plain(answer[:3], answer[3:], e, (False,) * 3, cap)[3]
        if (np.abs(np.log(carried / limit_t)) > 1e-6).any() or len(answers) == 1:
            np.testing.assert_allclose(solution.unknowns[3:, 0], answer[3:], atol=1e-6)


def test_every_state_of_every_limit_occurs() -> None:
    parts = np.array([(0.5, 0.7, 0.4), (0.9, 0.5, 0.8), (2.0, 2.0, 0.9), (0.3, 2.0, 2.0)])
    limit_t = np.array([TONNES[routes].sum() for routes, _, _ in LIMITS]) * parts
    rents = np.array([solve(market_of(TONNES, factor=FACTOR, limits=LIMITS), batch_of(TONNES, limit_t=t)).unknowns[3:, 0] for t in limit_t])
    for quota in rents.T[:2]:
        assert (quota < 1e-9).any()
        assert (quota > 0.01).any()
    assert (rents[:, 2] < 1e-9).any()
    assert ((rents[:, 2] > 0.01) & (rents[:, 2] < OVER - 0.01)).any()
    assert (np.abs(rents[:, 2] - OVER) < 1e-9).any()
