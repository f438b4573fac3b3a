"""Origins traced through re-exports: by hand, by the definition as a series, and totals.

Tolerance: ROUNDING, relative, of sums of doubles and one linear solve; the series is summed until its terms are below it.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.market.tracing import re_exports, trace_origins

ROUNDING = 1e-10

# A makes 100 and ships 60 to B; B makes 20 and ships 50 to C; C makes nothing and ships 10 back to B.
# Supply: A 100, B 20 + 60 + 10 = 90, C 50. Of A's metal b reaches B and 5/9 b reaches C, so b = 60 + 1/5 * 5/9 b = 67.5; of B's own 22.5
SUPPLY = np.array([100.0, 20.0, 0.0])
TRADE = np.array([[7.0, 60.0, 0.0], [0.0, 7.0, 50.0], [0.0, 10.0, 7.0]])  # the diagonal is not to be read


def test_a_chain_with_a_loop_by_hand() -> None:
    traced, beyond = trace_origins(SUPPLY, TRADE, np.zeros(3), np.array([40.0, 40.0, 40.0]))
    assert traced == pytest.approx(np.array([[40, 30, 30], [0, 10, 10], [0, 0, 0]]), rel=ROUNDING, abs=1e-12)
    assert not beyond.any()


def test_exports_in_other_codes_have_origins_too_by_hand() -> None:
    # C uses 30 and sends 10 of its 50 away in other codes: a fifth of the 37.5 and 12.5 that reach it
    traced, beyond = trace_origins(SUPPLY, TRADE, np.array([0.0, 0.0, 10.0]), np.array([40.0, 40.0, 30.0]))
    assert traced == pytest.approx(np.array([[40, 30, 22.5], [0, 10, 7.5], [0, 0, 0]]), rel=ROUNDING, abs=1e-12)
    assert beyond == pytest.approx([7.5, 2.5, 0], rel=ROUNDING)


def test_re_exports_by_hand() -> None:
    assert re_exports(SUPPLY, TRADE, np.array([0.0, 0.0, 10.0])).tolist() == [0.0, 30.0, 20.0]


def test_a_country_with_nothing_at_all_stays_empty() -> None:
    traced, beyond = trace_origins(np.array([5.0, 0.0]), np.zeros((2, 2)), np.zeros(2), np.array([5.0, 0.0]))
    assert traced.tolist() == [[5.0, 0.0], [0.0, 0.0]]
    assert beyond.tolist() == [0.0, 0.0]


def market(seed: int, n: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Supply, trade, other codes and use of a market that balances; nobody passes on everything."""
    rng = np.random.default_rng(seed)
    supply = rng.lognormal(3, 1, n) * (rng.random(n) < 0.6)
    leaving = rng.uniform(0, 0.95, n)
    elsewhere = rng.uniform(0, 0.5, n) * (rng.random(n) < 0.3)
    links = rng.lognormal(0, 1, (n, n)) * (rng.random((n, n)) < 0.5) * (1 - np.eye(n)) + 1e-9
    np.fill_diagonal(links, 0.0)
    shares = (leaving * (1 - elsewhere))[:, None] * links / links.sum(axis=1, keepdims=True)
    total = np.linalg.solve(np.eye(n) - shares.T, supply)
    return supply, total[:, None] * shares, total * leaving * elsewhere, total * (1 - leaving)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_rows_sum_to_supply_and_columns_to_use(seed: int) -> None:
    supply, trade, other, use = market(seed)
    traced, beyond = trace_origins(supply, trade, other, use)
    assert (traced >= 0).all()
    assert traced.sum(axis=1) + beyond == pytest.approx(supply, rel=ROUNDING, abs=ROUNDING * supply.max(initial=1e-9))
    assert traced.sum(axis=0) == pytest.approx(use, rel=ROUNDING, abs=ROUNDING * supply.max(initial=1e-9))


@pytest.mark.parametrize("seed", range(5))
def test_the_series_of_the_definition_gives_the_same(seed: int) -> None:
    """What is used from where directly, after one country between, after two, and so on."""
    supply, trade, other, use = market(seed)
    total = supply + trade.sum(axis=0)
    passed_on, kept = trade / total[:, None], use / total
    here, traced = np.diag(supply), np.zeros_like(trade)
    while here.sum() > 1e-14 * supply.sum():
        traced += here * kept
        here = here @ passed_on
    assert trace_origins(supply, trade, other, use)[0] == pytest.approx(traced, rel=ROUNDING, abs=ROUNDING * supply.max())
