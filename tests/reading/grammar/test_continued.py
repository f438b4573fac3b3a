"""Acts that go on with other goods and a date of their own."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Peru banned exports of zinc ore in 2020 and of tin in 2023.",
        "Peru banned exports of zinc ore in 2020, and tin in 2023.",
        "It is what Peru did in 2020 when it stopped the exports of zinc ore, and tin in 2023.",
        "حظرت بيرو تصدير الزنك في 2020 والقصدير في 2023.",
    ],
)
def test_each_with_its_date(measures: Any, text: str) -> None:
    told = [(s.instrument, s.actor, s.commodity, s.year_or_date) for s in measures(text)]
    assert told == [("ban", ("PER",), ("zinc",), "2020"), ("ban", ("PER",), ("tin",), "2023")]


@pytest.mark.parametrize("text", ["Peru banned exports of zinc and tin in 2023.", "In 2023 Peru banned exports of zinc and tin."])
def test_one_date_one_act(only: Any, text: str) -> None:
    assert set(only(text).commodity) == {"zinc", "tin"}


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        (
            "China restricted exports of gallium. Similar rules were announced for graphite and later also for antimony.",
            ["graphite", "antimony"],
        ),
        ("قيدت الصين صادرات الغاليوم. وأعلنت قيودا مماثلة على الغرافيت.", ["graphite"]),
    ],
)
def test_similar_measures_for_other_goods(measures: Any, text: str, goods: list[str]) -> None:
    _, *others = measures(text)
    assert [(s.instrument, s.actor, *s.commodity) for s in others] == [("export_control", ("CHN",), g) for g in goods]
