"""Claims without a number: only where the text says nothing more exact; and denials."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def qualities(text: str) -> list[tuple[Any, Any, Any, Any, bool]]:
    """Metric, country, commodity, quality and polarity of each claim of a text that has no number."""
    found = [s for s in read(text, PUBLISHED).statements if s.quality and s.metric != "rank"]
    return [(s.metric, ",".join(s.country), ",".join(s.commodity), s.quality, s.polarity) for s in found]


CASES = [
    ("Mongolia has large reserves of copper.", ("reserves", "MNG", "copper", "many", True)),
    ("Mongolia has no large reserves of copper.", ("reserves", "MNG", "copper", "recognised", False)),
    ("The survey lists no tin reserves in Kenya.", ("reserves", "KEN", "tin", "recognised", False)),
    ("Japan relies on imported rare earths.", ("imports", "JPN", "rare earths", "needed", True)),
    ("لدى منغوليا احتياطيات كبيرة من النحاس.", ("reserves", "MNG", "copper", "many", True)),
    ("ليس لدى منغوليا احتياطيات كبيرة من النحاس.", ("reserves", "MNG", "copper", "recognised", False)),
]

NONE = [
    "Japan is trying to ease its reliance on China for rare earths.",
    "Mongolia has large reserves of copper, about 60 million tonnes.",
    "Zimbabwe holds the largest lithium reserves in Africa and is rich in minerals.",
    "تسعى اليابان إلى تقليل الاعتماد على الصين في العناصر الأرضية النادرة.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_quality_has_its_country(text: str, expected: tuple[str, str, str, str, bool]) -> None:
    assert qualities(text) == [expected]


@pytest.mark.parametrize("text", NONE)
def test_no_quality_where_the_point_is_another(text: str) -> None:
    assert not qualities(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Mongolia", "Peru", ("reserves", "PER", "copper", "many", True)),
        ("copper", "zinc", ("reserves", "MNG", "zinc", "many", True)),
        ("large", "no large", ("reserves", "MNG", "copper", "recognised", False)),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, str, str, bool]) -> None:
    assert qualities("Mongolia has large reserves of copper.".replace(old, new)) == [expected]
