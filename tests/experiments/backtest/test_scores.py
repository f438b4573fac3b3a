"""Scores: the error is a distance, shares add up, skill is what it says.

EXACT  sums of a few doubles
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from maadin.experiments.backtest import Backtest
from maadin.experiments.backtest.ordinary import LEAST_WINDOWS, ordinary
from maadin.experiments.backtest.scores import Errors, distance, shares
from maadin.experiments.backtest.trade_matrix import aligned, trade_matrix

EXACT = 1e-12
EVERYWHERE = ~np.eye(3, dtype=bool)
flows = arrays(np.float64, (3, 3), elements=st.floats(0, 1e6, allow_nan=False, width=32)).filter(lambda x: x[EVERYWHERE].sum() > 1)


@given(flows, flows, flows)
def test_the_error_is_a_distance_between_0_and_1(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> None:
    assert distance(a, a, EVERYWHERE) == 0
    assert distance(a, b, EVERYWHERE) == distance(b, a, EVERYWHERE)
    assert 0 <= distance(a, b, EVERYWHERE) <= 1 + EXACT
    assert distance(a, c, EVERYWHERE) <= distance(a, b, EVERYWHERE) + distance(b, c, EVERYWHERE) + EXACT


@given(flows, flows, st.floats(0.01, 100), st.permutations(range(3)))
def test_size_and_order_do_not_matter(a: NDArray[np.float64], b: NDArray[np.float64], times: float, order: list[int]) -> None:
    at = np.ix_(order, order)
    assert distance(times * a, b, EVERYWHERE) == pytest.approx(distance(a, b, EVERYWHERE), abs=1e-9)
    assert distance(a[at], b[at], EVERYWHERE[at]) == pytest.approx(distance(a, b, EVERYWHERE), abs=EXACT)


def test_disjoint_patterns_are_all_wrong() -> None:
    one, other = np.zeros((3, 3)), np.zeros((3, 3))
    one[0, 1], other[1, 2] = 5, 7
    assert distance(one, other, EVERYWHERE) == 1


@given(arrays(np.float64, (4, 3, 3), elements=st.floats(0, 1e6, width=32)))
def test_shares_add_up_draw_by_draw_and_stay_within_scope(tonnes: NDArray[np.float64]) -> None:
    found = shares(tonnes, EVERYWHERE)
    totals = found.sum(axis=(1, 2))
    assert ((np.abs(totals - 1) < 1e-9) | (totals == 0)).all()
    assert (found[:, ~EVERYWHERE] == 0).all()


def test_skill_and_who_is_beaten() -> None:
    errors = Errors(no_change=0.4, reallocation=0.2, model=0.3)
    assert errors.skill("no_change") == pytest.approx(0.25)
    assert errors.skill("reallocation") == pytest.approx(-0.5)
    assert errors.beats("no_change") and not errors.beats("reallocation")
    assert not Errors(0.2, 0.2, 0.2).beats("no_change")  # a draw is no win
    assert math.isnan(Errors(0.0, 0.2, 0.0).skill("no_change"))


def test_errors_are_those_of_the_published_trade(duty: Backtest) -> None:
    """The no-change error by hand: shares of the trade table of both years."""
    before, after = aligned(*(trade_matrix("aluminium", "refined", year) for year in (2022, 2024)))
    at = {c: n for n, c in enumerate(before.countries)}
    scope = np.zeros((len(at), len(at)), dtype=bool)
    scope[[at[c] for c in duty.exporters], :] = True
    scope[:, [at[c] for c in duty.importers]] = True
    np.fill_diagonal(scope, False)
    by_hand = 0.5 * np.abs(before.tonnes[scope] / before.tonnes[scope].sum() - after.tonnes[scope] / after.tonnes[scope].sum()).sum()
    assert duty.parties.no_change == pytest.approx(by_hand, rel=1e-9)
    assert (duty.exporters, duty.importers) == (("RUS",), ("USA",))


def test_ordinary_years_end_before_the_event_and_are_unknown_where_there_are_too_few() -> None:
    market = ("aluminium", "refined")
    before = trade_matrix(*market, 2022)
    everywhere = ~np.eye(len(before.countries), dtype=bool)
    usual = ordinary(market, before, everywhere, 2, None)
    assert 0 < usual.error < 1 and usual.log_half_width > 0 and usual.windows >= LEAST_WINDOWS
    early = trade_matrix(*market, 1996)
    few = ordinary(market, early, ~np.eye(len(early.countries), dtype=bool), 1, None)
    assert math.isnan(few.error) and few.log_half_width == 0 and few.windows < LEAST_WINDOWS
