"""Surplus of users and producers against integrals of the curves themselves, computed by quadrature, and against textbook closed forms.

Tolerances: QUADRATURE is what scipy's adaptive rule promises for these smooth curves; CLOSED is rounding of a few exponentials.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from maadin.market.welfare import capacity_rent, consumer_surplus_change, producer_surplus

QUADRATURE, CLOSED = 1e-9, 1e-12

LOGS = st.floats(-3.0, 3.0)
ELASTICITIES = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.floats(0.0, 4.0), st.floats(1 - 1e-7, 1 + 1e-7))


def one(function, *numbers: float) -> float:
    return float(function(*(np.array(x) for x in numbers)))


def consumers(spending: float, composite: float, eta: float, choke: float = math.inf) -> float:
    return float(consumer_surplus_change(np.array(spending), np.array(composite), np.array(eta), choke))


def area(curve, low: float, high: float, *kinks: float) -> float:
    """Integral of a curve, piece by piece between its kinks; backwards it is negative."""
    if high < low:
        return -area(curve, high, low, *kinks)
    edges = [low, *sorted(k for k in kinks if low < k < high), high]
    return sum(quad(curve, a, b, epsabs=0, epsrel=1e-12, limit=200)[0] for a, b in itertools.pairwise(edges))


# --- users ---------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eta", "loss"),
    [
        (0.0, lambda p: p - 1),  # demand that never answers: the price rise on every tonne
        (0.5, lambda p: 2 * (math.sqrt(p) - 1)),
        (1.0, math.log),
        (2.0, lambda p: 1 - 1 / p),
    ],
)
@pytest.mark.parametrize("price", [0.2, 0.9, 1.0, 1.25, 7.0])
def test_surplus_of_users_in_closed_form(eta: float, loss, price: float) -> None:
    assert consumers(300.0, math.log(price), eta) == pytest.approx(-300 * loss(price), rel=CLOSED, abs=300 * CLOSED)


@given(LOGS, ELASTICITIES)
@settings(deadline=None)
def test_surplus_of_users_is_the_area_left_of_demand(composite: float, eta: float) -> None:
    expected = -area(lambda p: p**-eta, 1.0, math.exp(composite))
    assert consumers(1.0, composite, eta) == pytest.approx(expected, rel=QUADRATURE, abs=QUADRATURE)


@given(LOGS, ELASTICITIES, st.floats(0.1, 2.0))
@settings(deadline=None)
def test_surplus_ends_at_the_choke_price(composite: float, eta: float, choke: float) -> None:
    expected = -area(lambda p: p**-eta, 1.0, min(math.exp(composite), math.exp(choke)))
    assert consumers(1.0, composite, eta, choke) == pytest.approx(expected, rel=QUADRATURE, abs=QUADRATURE)
    assert consumers(1.0, math.inf, eta, choke) == consumers(1.0, choke, eta), (
        "nothing offered any more: the loss is that up to the choke price"
    )


def test_without_a_choke_price_losing_everything_costs_more_than_any_sum_where_demand_is_inelastic() -> None:
    assert consumers(1.0, math.inf, 0.5) == -math.inf
    assert consumers(1.0, math.inf, 2.0) == pytest.approx(-1.0, rel=CLOSED)


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), ELASTICITIES)
def test_surplus_does_not_depend_on_the_way_to_a_price(first: float, second: float, eta: float) -> None:
    """From 1 to a, then to a b: the second leg starts from spending a^(1 - eta)."""
    whole = consumers(1.0, first + second, eta)
    legs = consumers(1.0, first, eta) + consumers(math.exp((1 - eta) * first), second, eta)
    assert whole == pytest.approx(legs, rel=1e-9, abs=1e-9)


# --- producers -----------------------------------------------------------------------------------------------------------------------------


def supply(price: float, output: float, cap: float, epsilon: float) -> float:
    return min(output * price**epsilon, cap)


@given(LOGS, st.one_of(st.just(0.0), st.floats(0.05, 3.0)), st.floats(0.0, 1.0), st.floats(1.0, 1e3))
@settings(deadline=None)
def test_surplus_of_producers_is_the_area_left_of_supply(log_price: float, epsilon: float, slack: float, output: float) -> None:
    cap = output * (1 + slack)
    full = (1 + slack) ** (1 / epsilon) if epsilon and slack / epsilon < 50 else math.inf
    expected = 800.0 * area(lambda p: supply(p, output, cap, epsilon), 0.0, math.exp(log_price), full)
    assert one(producer_surplus, 800.0, output, cap, log_price, epsilon) == pytest.approx(expected, rel=QUADRATURE)


@given(LOGS, st.floats(0.05, 3.0), st.floats(0.0, 1.0))
@settings(deadline=None)
def test_rent_of_capacity_is_what_full_plants_earn_beyond_the_price_that_fills_them(log_price: float, epsilon: float, slack: float) -> None:
    output, cap = 50.0, 50.0 * (1 + slack)
    full = math.log1p(slack) / epsilon
    up_to_full = one(producer_surplus, 800.0, output, math.inf, min(log_price, full), epsilon)  # of the curve without its limit
    rent = one(capacity_rent, 800.0, output, cap, log_price, epsilon)
    assert rent == pytest.approx(one(producer_surplus, 800.0, output, cap, log_price, epsilon) - up_to_full, rel=QUADRATURE, abs=1e-6)
    assert rent >= 0
    assert (rent > 0) == (math.exp(log_price) > math.exp(full))


def test_producers_without_capacity_or_output() -> None:
    assert one(producer_surplus, 800.0, 0.0, 0.0, 0.3, 0.7) == 0.0
    assert one(producer_surplus, 800.0, 40.0, math.inf, 0.3, 0.7) == pytest.approx(800 * 40 * math.exp(0.3 * 1.7) / 1.7, rel=CLOSED)
    assert one(capacity_rent, 800.0, 40.0, math.inf, 3.0, 0.7) == 0.0
    assert one(capacity_rent, 800.0, 40.0, 44.0, 3.0, 1e-5) == 0.0, "a price that no market reaches, e^9531"
    assert one(producer_surplus, 800.0, 40.0, 44.0, 0.3, 0.0) == pytest.approx(800 * 40 * math.exp(0.3), rel=CLOSED), (
        "supply that never answers"
    )


def test_arrays_of_any_matching_shape() -> None:
    log_price, epsilon = np.array([[-0.2, 0.4], [0.0, 0.1]]), np.array([0.5, 1.5])
    output, cap = np.array([[10.0], [20.0]]), np.array([[11.0], [40.0]])
    price = np.array([[900.0], [700.0]])
    found = producer_surplus(price, output, cap, log_price, epsilon)
    for i in range(2):
        for d in range(2):
            alone = one(producer_surplus, price[i, 0], output[i, 0], cap[i, 0], log_price[i, d], epsilon[d])
            assert found[i, d] == pytest.approx(alone, rel=CLOSED)
