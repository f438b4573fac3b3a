"""One measure told several times comes out once, with the fullest fields; two measures stay two."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "India slaps duty on tin\n\nIndia imposed a 12% duty on tin on Tuesday. The duty was welcomed by producers.",
        "الهند تفرض رسوما على القصدير\n\nفرضت الهند رسوما بنسبة 12% على القصدير يوم الثلاثاء. ورحب المنتجون بالرسوم.",
    ],
)
def test_a_repeat_adds_nothing(only: Any, text: str) -> None:
    s = only(text)
    assert (s.value, s.year_or_date) == (12.0, "2025-11-18")


@pytest.mark.parametrize(
    "text",
    [
        "Zimbabwe banned exports of lithium ore in 2022. Zimbabwe will ban exports of lithium concentrate from 2027.",
        "حظرت زيمبابوي تصدير خام الليثيوم عام 2022. وستحظر زيمبابوي تصدير مركزات الليثيوم بدءا من 2027.",
    ],
)
def test_acts_years_apart_are_two(measures: Any, text: str) -> None:
    assert [(s.year_or_date, s.status) for s in measures(text)] == [("2022", "in_force"), ("2027", "announced")]


@pytest.mark.parametrize(
    "text",
    [
        "The Pentagon will form a joint venture with Ma'aden to refine rare earths. The United States and Saudi Arabia agreed to cooperate on minerals.",
    ],
)
def test_a_venture_is_not_the_cooperation_in_general(measures: Any, text: str) -> None:
    assert [s.commodity for s in measures(text)] == [("rare earths",), ("minerals",)]
