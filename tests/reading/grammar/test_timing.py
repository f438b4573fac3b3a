"""When: the date in the clause of the measure."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Zimbabwe banned exports of lithium ore in 2022.", "2022"),
        ("In December 2022 Zimbabwe banned exports of lithium ore.", "2022-12"),
        ("Zimbabwe will ban exports of lithium ore from 1 January 2027.", "2027-01-01"),
        ("On Tuesday Zimbabwe banned exports of lithium ore.", "2025-11-18"),
        ("Zimbabwe banned exports of lithium ore.", None),
        ("حظرت زيمبابوي تصدير خام الليثيوم عام 2022.", "2022"),
        ("حظرت زيمبابوي، الثلاثاء، تصدير خام الليثيوم.", "2025-11-18"),
        ("ستحظر زيمبابوي تصدير خام الليثيوم اعتبارا من 1 يناير 2027.", "2027-01-01"),
        ("حظرت زيمبابوي تصدير خام الليثيوم.", None),
    ],
)
def test_the_date_of_a_measure(only: Any, text: str, date: str | None) -> None:
    assert only(text).year_or_date == date


@pytest.mark.parametrize(
    "text",
    [
        "Zimbabwe banned exports of lithium ore in 2022, and India imposed a duty on tin in 2024.",
        "حظرت زيمبابوي تصدير خام الليثيوم عام 2022، وفرضت الهند رسوما على القصدير عام 2024.",
    ],
)
def test_each_measure_has_the_date_beside_it(measures: Any, text: str) -> None:
    assert [s.year_or_date for s in measures(text)] == ["2022", "2024"]


@pytest.mark.parametrize(
    "text",
    [
        "Guinea said a Chinese company was to build an alumina refinery with a capacity of 1.2 million tonnes a year in 2027.",
        "قالت غينيا إن شركة صينية ستبني مصفاة للألومينا بطاقة 1.2 مليون طن سنويا في 2027.",
    ],
)
def test_a_date_beside_the_size(only: Any, text: str) -> None:
    assert only(text).year_or_date == "2027"
