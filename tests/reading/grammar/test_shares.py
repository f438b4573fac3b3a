"""Shares: who holds them, of what, in which market; and percentages that are none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def shares(text: str) -> list[tuple[Any, Any, Any, Any, float]]:
    """Metric, holder, commodity, market and value of each share of a text, in its order."""
    found = [s for s in read(text, PUBLISHED).statements if s.metric == "share" and s.value is not None]
    return [
        (s.of, ",".join(s.country), ",".join(s.commodity), ",".join(s.target or ()), round(float(s.value), 1))
        for s in found
        if not isinstance(s.value, tuple)
    ]


CASES = [
    ("Turkey holds 73% of the world's boron reserves.", [("reserves", "TUR", "boron", "WLD", 73.0)]),
    ("About 70% of U.S. imports of potash come from Canada.", [("imports", "CAN", "potash", "USA", 70.0)]),
    ("Canada supplies 85% of the potash that the United States imports.", [("imports", "CAN", "potash", "USA", 85.0)]),
    ("Germany bought a third of its copper from Chile.", [("imports", "CHL", "copper", "DEU", 33.3)]),
    ("Japan gets about half its supply of tungsten from China.", [("imports", "CHN", "tungsten", "JPN", 50.0)]),
    ("Russia and Belarus account for 40% of world potash exports.", [("exports", "RUS,BLR", "potash", "WLD", 40.0)]),
    (
        "Kazakhstan accounts for 43% of world uranium production, Canada 15% and Namibia 11%.",
        [
            ("production", "KAZ", "uranium", "WLD", 43.0),
            ("production", "CAN", "uranium", "WLD", 15.0),
            ("production", "NAM", "uranium", "WLD", 11.0),
        ],
    ),
    (
        "The main producers of cobalt are Congo (74%), Indonesia (10%) and Russia (3%).",
        [
            ("production", "COD", "cobalt", "WLD", 74.0),
            ("production", "IDN", "cobalt", "WLD", 10.0),
            ("production", "RUS", "cobalt", "WLD", 3.0),
        ],
    ),
    (
        "China refines more than 80% of the world's rare earths and mines about 60% of them.",
        [("refining", "CHN", "rare earths", "WLD", 80.0), ("production", "CHN", "rare earths", "WLD", 60.0)],
    ),
    ("About two-thirds of global platinum supply comes from South Africa.", [("production", "ZAF", "platinum", "WLD", 66.7)]),
    ("تأتي نحو 70% من واردات الولايات المتحدة من البوتاس من كندا.", [("imports", "CAN", "potash", "USA", 70.0)]),
    ("استوردت ألمانيا ثلث حاجتها من النحاس من تشيلي.", [("imports", "CHL", "copper", "DEU", 33.3)]),
    ("وتوفر روسيا 35% من اليورانيوم الذي تستورده الولايات المتحدة.", [("imports", "RUS", "uranium", "USA", 35.0)]),
    ("تستحوذ روسيا وبيلاروسيا معا على 40% من صادرات البوتاس العالمية.", [("exports", "RUS,BLR", "potash", "WLD", 40.0)]),
    (
        "أبرز منتجي الكوبالت الكونغو (74%) وإندونيسيا (10%) وروسيا (3%).",
        [
            ("production", "COD", "cobalt", "WLD", 74.0),
            ("production", "IDN", "cobalt", "WLD", 10.0),
            ("production", "RUS", "cobalt", "WLD", 3.0),
        ],
    ),
]

NONE = [
    "Vale owns 40% of the nickel project, and BHP holds 25%.",
    "Copper accounted for 60% of the miner's revenue.",
    "The tin company sold 30% of its shares.",
    "Shares of the rare earth miner in the US rose by an equivalent of 4.2%.",
    "Mining accounts for 11% of Peru's GDP.",
    "وبموجب الاتفاقية تملك شركة معادن حصة 60% في مشروع الفوسفات.",
    "يمثل التعدين 11% من الناتج المحلي الإجمالي لبيرو.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_holder_and_market(text: str, expected: list[tuple[str, str, str, str, float]]) -> None:
    assert shares(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_a_percentage_of_a_company_or_an_economy_is_no_share(text: str) -> None:
    assert not shares(text)


def test_an_earlier_share_of_the_same_one() -> None:
    english = "Congo's share of global cobalt supply rose to 76% from 68%."
    arabic = "تستحوذ الكونغو الديمقراطية على 76% من إمدادات الكوبالت العالمية، مقابل 68%."
    for text in (english, arabic):
        assert shares(text) == [("production", "COD", "cobalt", "WLD", 76.0), ("production", "COD", "cobalt", "WLD", 68.0)]


def test_a_share_of_another_countrys_imports() -> None:
    assert shares("European Union imports of Russian aluminium fell to 6% of the total.") == [("imports", "RUS", "aluminium", "EUU", 6.0)]


def test_mostly_from_three_is_no_share_of_theirs() -> None:
    assert not shares("The US imports 45% of its copper needs, mostly from Chile, Canada and Peru.")


def test_a_level_told_again_as_a_share() -> None:
    assert shares("Indonesia produced 2.2 million tonnes of nickel, or 59% of the total.") == [("production", "IDN", "nickel", "WLD", 59.0)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Canada", "Belarus", ("imports", "BLR", "potash", "USA", 70.0)),
        ("70%", "64%", ("imports", "CAN", "potash", "USA", 64.0)),
        ("potash", "zinc", ("imports", "CAN", "zinc", "USA", 70.0)),
        ("U.S.", "Indian", ("imports", "CAN", "potash", "IND", 70.0)),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, str, str, float]) -> None:
    assert shares("About 70% of U.S. imports of potash come from Canada.".replace(old, new)) == [expected]
