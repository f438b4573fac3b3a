"""Ranks: whose place it is, in what; who comes next; words that only look like a rank."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def ranks(text: str) -> list[tuple[Any, Any, Any, Any]]:
    """Metric, country, commodities and place of each rank of a text, in its order."""
    found = [s for s in read(text, PUBLISHED).statements if s.metric == "rank"]
    return [(s.of, ",".join(s.country), ",".join(s.commodity), s.value) for s in found]


CASES = [
    ("Peru is the world's third-largest copper producer after Chile and Congo.", [("production", "PER", "copper", 3)]),
    (
        "Chile is the largest producer of copper, followed by Peru and Congo.",
        [("production", "CHL", "copper", 1), ("production", "PER", "copper", 2), ("production", "COD", "copper", 3)],
    ),
    (
        "Morocco is the world's largest exporter of phosphate and China its largest producer.",
        [("exports", "MAR", "phosphate", 1), ("production", "CHN", "phosphate", 1)],
    ),
    ("South Africa is the biggest producer of platinum, chrome and manganese.", [("production", "ZAF", "platinum,chromium,manganese", 1)]),
    ("Australia is the world's No. 1 lithium producer, ahead of Chile.", [("production", "AUS", "lithium", 1)]),
    ("China is the top supplier of antimony.", [("exports", "CHN", "antimony", 1)]),
    ("Vietnam has the second-largest reserves of rare earths.", [("reserves", "VNM", "rare earths", 2)]),
    ("تعد بيرو ثالث أكبر منتج للنحاس في العالم بعد تشيلي والكونغو.", [("production", "PER", "copper", 3)]),
    (
        "تشيلي هي أكبر منتج للنحاس في العالم، تليها بيرو والكونغو.",
        [("production", "CHL", "copper", 1), ("production", "PER", "copper", 2), ("production", "COD", "copper", 3)],
    ),
    ("تعتبر جنوب أفريقيا أكبر منتج للبلاتين والكروم والمنغنيز.", [("production", "ZAF", "platinum,chromium,manganese", 1)]),
    ("تملك فيتنام ثاني أكبر احتياطي من المعادن النادرة في العالم.", [("reserves", "VNM", "rare earths", 2)]),
]

NONE = [
    "Congo first suspended exports of cobalt in February.",
    "The duty hit most Chinese producers of graphite.",
    "أولى شحناتها من الكوبالت غادرت ميناء ماتادي في الكونغو.",
    "كان إنتاج تونس من الفوسفات في الأشهر التسعة الأولى ضعيفا.",
    "India does not have large deposits of cobalt.",
    "Gold is Tanzania's biggest export.",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_place_and_holder(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert ranks(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_not_every_first_is_a_rank(text: str) -> None:
    assert not ranks(text)


def test_the_next_sentence_goes_on() -> None:
    text = "Chile is the largest producer of copper. It is followed by Peru."
    assert ranks(text) == [("production", "CHL", "copper", 1), ("production", "PER", "copper", 2)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Peru", "Zambia", ("production", "ZMB", "copper", 3)),
        ("third", "fifth", ("production", "PER", "copper", 5)),
        ("copper", "zinc", ("production", "PER", "zinc", 3)),
        ("producer", "exporter", ("exports", "PER", "copper", 3)),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, str, float]) -> None:
    assert ranks("Peru is the world's third-largest copper producer.".replace(old, new)) == [expected]
