"""Identities on plain numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin import indicators

AMOUNTS = st.lists(st.floats(0, 1e9), min_size=1, max_size=30).filter(lambda a: sum(a) > 1e-6)


@given(AMOUNTS)
def test_hhi_lies_between_equal_shares_and_one(amounts: list[float]) -> None:
    assert 1 / len(amounts) - 1e-9 <= indicators.hhi(amounts) <= 1 + 1e-9


@given(AMOUNTS, st.floats(1e-3, 1e3))
def test_hhi_does_not_know_units(amounts: list[float], factor: float) -> None:
    assert indicators.hhi([a * factor for a in amounts]) == pytest.approx(indicators.hhi(amounts), rel=1e-9)


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0], [-1.0, 2.0]])
def test_hhi_refuses_what_has_no_shares(amounts: list[float]) -> None:
    with pytest.raises(ValueError, match="must"):
        indicators.hhi(amounts)


def test_reliance_by_hand() -> None:
    assert indicators.net_import_reliance(10.0, 6.0, 4.0) == pytest.approx(2 / 12)
    assert indicators.net_import_reliance(10.0, 0.0, 5.0) == pytest.approx(-1.0)
    assert indicators.net_import_reliance(0.0, 1.0, 5.0) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 5).map(float)), max_size=20))
def test_ranks_count_the_larger_ones(amounts: list[float | None]) -> None:
    for amount, rank in zip(amounts, indicators.competition_ranks(amounts), strict=True):
        assert rank == (None if amount is None else 1 + sum(a is not None and a > amount for a in amounts))
