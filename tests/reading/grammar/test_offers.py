"""Offers to supply: who, to whom, how much, on what condition."""

from __future__ import annotations

from typing import Any

import pytest

OFFERS = {
    "en": "Zambia offered to supply the United States 100,000 tonnes of copper a year if the tariffs are dropped.",
    "ar": "عرضت زامبيا تزويد الولايات المتحدة بمئة ألف طن من النحاس سنويا إذا ألغيت الرسوم.",
}


@pytest.mark.parametrize("lang", OFFERS)
def test_an_offer_has_a_taker_and_a_condition(only: Any, lang: str) -> None:
    s = only(OFFERS[lang])
    assert (s.instrument, s.actor, s.target, s.value, s.status) == ("supply_offer", ("ZMB",), ("USA",), 100e3, "proposed")
    assert s.condition == {"en": "if the tariffs are dropped", "ar": "إذا ألغيت الرسوم"}[lang]


@pytest.mark.parametrize(
    "text",
    [
        "A Kremlin spokesman denied that his country had offered to sell its uranium to Beijing.",
        "نفى متحدث باسم الكرملين أن تكون بلاده عرضت بيع اليورانيوم لبكين.",
    ],
)
def test_an_offer_that_is_denied(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.polarity, s.status) == ("supply_offer", ("RUS",), False, "proposed")


def test_a_condition_belongs_to_the_act_before_it(measures: Any) -> None:
    text = "Gabon set up a fund of $200 million for manganese smelters and offered to supply Europe with 50,000 tonnes of manganese if it pays half."
    assert {s.instrument: s.condition for s in measures(text)} == {"fund": None, "supply_offer": "if it pays half"}
