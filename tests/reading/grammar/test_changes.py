"""Changes: of what, by how much; multiples without a figure; rises that are none of ours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def changes(text: str) -> list[tuple[Any, Any, Any, Any]]:
    """Metric, country, commodity and percentage of each change of a text, in its order."""
    found = [s for s in read(text, PUBLISHED).statements if s.metric == "change"]
    return [(s.of, ",".join(s.country), ",".join(s.commodity), s.value) for s in found]


CASES = [
    ("Zambia's copper output fell 12% in 2024.", ("production", "ZMB", "copper", -12.0)),
    ("Nickel prices fell 3% to $15,200 a tonne in London.", ("price", "WLD", "nickel", -3.0)),
    ("The price of lithium has tumbled more than 80 per cent.", ("price", "WLD", "lithium", -80.0)),
    ("Cobalt prices have more than doubled since March.", ("price", "WLD", "cobalt", 100.0)),
    ("Tin output in Myanmar has halved since 2022.", ("production", "MMR", "tin", -50.0)),
    ("Guinea exported 146 million tonnes of bauxite in 2024, an increase of 15%.", ("exports", "GIN", "bauxite", 15.0)),
    ("Peru exported zinc worth $2bn, 11% more than a year before, the mining ministry said.", ("exports", "PER", "zinc", 11.0)),
    ("The miners warned that the levy would cut Indonesia's nickel output by 5%.", ("production", "IDN", "nickel", -5.0)),
    ("Kazakhstan saw a 13% year-on-year increase in uranium production.", ("production", "KAZ", "uranium", 13.0)),
    ("تراجع إنتاج تشيلي من النحاس 5% في فبراير.", ("production", "CHL", "copper", -5.0)),
    ("انخفضت أسعار النيكل 3% إلى 15200 دولار للطن.", ("price", "WLD", "nickel", -3.0)),
    ("بلغت صادرات غينيا من البوكسيت 146 مليون طن، بزيادة 15%.", ("exports", "GIN", "bauxite", 15.0)),
]

PASSED_ON = "India's steel output rose 6% to 149 million tonnes, while Japan's fell 3% to 84 million."


def test_a_metric_passes_on_to_another_country() -> None:
    assert changes(PASSED_ON) == [("production", "IND", "steel", 6.0), ("production", "JPN", "steel", -3.0)]


NONE = [
    "Shares in the copper miner rose 3.4% in Johannesburg.",
    "Glencore fell 0.3% in London after its copper forecast.",
    "The tin company said its net profit rose 12%.",
    "Zambia mines copper. Copper futures in London slipped 0.6% on Tuesday.",
    "Zambia mines copper. Copper in London was 0.4% lower in the afternoon.",
    "Peru dug up 10% of the world's zinc.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_change_has_its_metric_and_sign(text: str, expected: tuple[str, str, str, float]) -> None:
    assert changes(text) == [expected]


@pytest.mark.parametrize("text", NONE)
def test_other_things_rise_and_fall(text: str) -> None:
    assert not changes(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fell", "rose", ("production", "ZMB", "copper", 12.0)),
        ("12%", "9%", ("production", "ZMB", "copper", -9.0)),
        ("Zambia", "Peru", ("production", "PER", "copper", -12.0)),
        ("output", "exports", ("exports", "ZMB", "copper", -12.0)),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, str, float]) -> None:
    assert changes("Zambia's copper output fell 12% in 2024.".replace(old, new)) == [expected]
