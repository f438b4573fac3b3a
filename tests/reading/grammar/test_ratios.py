"""Shares told as so many of so many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("China mines two out of every three tonnes of rare earths.", ["share/production CHN rare earths 66.6667"]),
    ("Nine in ten tonnes of refined gallium come from China.", ["share/refining CHN gallium 90"]),
    ("Congo digs seven of every ten tonnes of the world's cobalt.", ["share/production COD cobalt 70"]),
    ("One tonne in five of the world's bauxite is dug in Guinea.", ["share/production GIN bauxite 20"]),
    ("Guinea covers six tonnes out of every ten that the EU imports of bauxite.", ["share/imports GIN>EUU bauxite 60"]),
    ("Four out of five tons of tungsten are mined in China.", ["share/production CHN tungsten 80"]),
    ("Australia shipped eight in every ten tonnes of its iron ore to China.", ["share/exports CHN>AUS iron ore 80"]),
    ("Chile produced 5 million tonnes in 2024.", []),
    ("تستخرج الصين طنين من كل ثلاثة أطنان من العناصر الأرضية النادرة في العالم.", ["share/production CHN rare earths 66.6667"]),
    ("تسعة من كل عشرة أطنان من الغاليوم المكرر تأتي من الصين.", ["share/refining CHN gallium 90"]),
    ("يخرج طن من كل خمسة أطنان من بوكسيت العالم من غينيا.", ["share/production GIN bauxite 20"]),
    ("تنتج الكونغو سبعة أطنان من كل عشرة أطنان من الكوبالت عالميا.", ["share/production COD cobalt 70"]),
    ("بلغ سعر طن من النحاس 9500 دولار.", ["price WLD copper 9500"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
