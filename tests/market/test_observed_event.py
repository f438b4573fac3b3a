"""Substitution read off a duty in the table of measures. The figures behind it are those of test_elasticities.py, here found by the function itself."""

from __future__ import annotations

import pytest

from maadin.errors import InputError, LabelError
from maadin.market.elasticities import elasticities
from maadin.market.observed_event import calibrate_event

RUSSIA = "us232_al_2023_rus"
NEAR = 1e-3  # the benchmarks' flows are BACI's own on this route, but for what reconciliation moves on others


def test_russian_aluminium_gives_four_to_four_and_a_half() -> None:
    found = calibrate_event(RUSSIA)
    assert found.armington == pytest.approx(4.335, rel=NEAR)
    assert 3.5 < found.low < found.armington < found.high < 5.5
    assert "duty 10% to 200%" in found.note and "91%" in found.note  # 297 of 365 days of 2023 and all of 2024


def test_fewer_years_give_another_value() -> None:
    assert calibrate_event(RUSSIA, years_before=1, years_after=1).armington == pytest.approx(5.2, abs=0.1)


def test_the_event_can_be_taken_out_again_before_it_is_scored() -> None:
    pooled = elasticities("aluminium", "refined")
    with_event = pooled.including(calibrate_event(RUSSIA))
    assert with_event.events == (RUSSIA,)
    assert with_event.armington.median() < pooled.armington.median()
    assert with_event.without(RUSSIA).armington.median() == pooled.armington.median()


@pytest.mark.parametrize(
    ("measure", "error", "said"),
    [
        ("us232_al_2023_ru", LabelError, "Nearest: 'us232_al_2023_rus'"),
        ("us232_al_2018", InputError, "hits every supplier"),
        ("us301_cn_al_25", InputError, "moved the same way"),
        ("us232_al_2025a", InputError, "no trade of aluminium"),
        ("us301_cn_crit_2024", InputError, "concerns no market"),
    ],
)
def test_what_cannot_be_calibrated_says_why(measure: str, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        calibrate_event(measure)


def test_a_ban_has_no_rate() -> None:
    with pytest.raises(InputError, match="not an ad valorem duty"):
        calibrate_event("id_ni_2020")
