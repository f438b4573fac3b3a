"""Prices: per tonne or kilogram, of the world unless a country's market is named; units left unsaid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 6, 10)


def prices(text: str) -> list[tuple[Any, Any, Any, Any]]:
    """Country, commodity, value and unit of each price of a text, in its order."""
    found = [s for s in read(text, PUBLISHED).statements if s.metric == "price"]
    return [(",".join(s.country), ",".join(s.commodity), s.value, s.unit) for s in found]


CASES = [
    ("Aluminium hit a three-year high of $2,920 a ton.", [("WLD", "aluminium", 2920.0, "USD/tonne")]),
    ("Tungsten was quoted at $340 a kilogram in Rotterdam.", [("WLD", "tungsten", 340.0, "USD/kg")]),
    ("A tonne of phosphate cost between $150 and $165, a price like last year's.", [("WLD", "phosphate", (150.0, 165.0), "USD/tonne")]),
    (
        "Copper will average $10,200 a tonne next year, up from $9,700.",
        [("WLD", "copper", 10200.0, "USD/tonne"), ("WLD", "copper", 9700.0, "USD/tonne")],
    ),
    ("وبلغ سعر طن الفوسفات 152 دولارا في مايو.", [("WLD", "phosphate", 152.0, "USD/tonne")]),
    ("وقفز سعر التنغستن في روتردام إلى 65 ألف دولار للطن.", [("WLD", "tungsten", 65e3, "USD/tonne")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_price_and_unit(text: str, expected: list[tuple[str, str, Any, str]]) -> None:
    assert prices(text) == expected


def test_a_move_tells_both_levels() -> None:
    (found,) = [s for s in read("Zinc prices rose from $2,500 to $2,800 a tonne.", PUBLISHED).statements if s.metric == "price"]
    assert (found.value, found.value_prev) == (2800.0, 2500.0)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tin", "zinc", ("WLD", "zinc", 30e3, "USD/tonne")),
        ("30,000", "28,000", ("WLD", "tin", 28e3, "USD/tonne")),
        ("tonne", "kilogram", ("WLD", "tin", 30e3, "USD/kg")),
    ],
)
def test_one_change_changes_one_field(old: str, new: str, expected: tuple[str, str, float, str]) -> None:
    assert prices("The price of tin was $30,000 a tonne.".replace(old, new)) == [expected]
