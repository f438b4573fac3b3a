"""Duties: rate, rate before, who on whom, in which direction."""

from __future__ import annotations

from typing import Any

import pytest

IMPOSED = {
    "en": "India imposed a 12% duty on imports of tin from China.",
    "ar": "فرضت الهند رسوما بنسبة 12% على واردات القصدير من الصين.",
}


@pytest.mark.parametrize("lang", IMPOSED)
def test_a_duty_has_rate_actor_target_and_direction(only: Any, lang: str) -> None:
    s = only(IMPOSED[lang])
    assert (s.instrument, s.direction, s.value, s.unit, s.status) == ("tariff", "import", 12.0, "percent", "in_force")
    assert (s.actor, s.target, s.commodity) == (("IND",), ("CHN",), ("tin",))


@pytest.mark.parametrize(
    ("lang", "old", "new", "field", "value"),
    [
        ("en", "12%", "30%", "value", 30.0),
        ("en", "India", "Turkey", "actor", ("TUR",)),
        ("en", "China", "Japan", "target", ("JPN",)),
        ("en", "tin", "zinc", "commodity", ("zinc",)),
        ("en", "imposed", "threatened to impose", "status", "threatened"),
        ("en", "imposed", "proposed", "status", "proposed"),
        ("ar", "12%", "30%", "value", 30.0),
        ("ar", "الهند", "تركيا", "actor", ("TUR",)),
        ("ar", "الصين", "اليابان", "target", ("JPN",)),
        ("ar", "القصدير", "الزنك", "commodity", ("zinc",)),
        ("ar", "فرضت الهند", "هددت الهند بفرض", "status", "threatened"),
        ("ar", "فرضت الهند", "تدرس الهند فرض", "status", "considered"),
    ],
)
def test_a_change_in_the_text_changes_that_field_only(only: Any, lang: str, old: str, new: str, field: str, value: object) -> None:
    before, after = only(IMPOSED[lang]), only(IMPOSED[lang].replace(old, new))
    assert getattr(after, field) == value
    for other in {"instrument", "direction", "commodity", "actor", "target", "value", "unit", "status", "polarity"} - {field}:
        assert getattr(after, other) == getattr(before, other), other


@pytest.mark.parametrize(
    "text",
    [
        "The tariff on aluminium was raised from 10% to 25% by President Trump.",
        "President Trump raised the tariff on aluminium to 25% from 10%.",
        "رفع الرئيس ترامب الرسوم على الألمنيوم من 10% إلى 25%.",
    ],
)
def test_the_rate_before_goes_with_the_new_one(only: Any, text: str) -> None:
    s = only(text)
    assert (s.value, s.value_prev, s.actor) == (25.0, 10.0, ("USA",))


@pytest.mark.parametrize(
    "text",
    [
        "India imposed a duty of $233 per tonne on aluminium from China.",
        "فرضت الهند رسوم إغراق قدرها 233 دولارا للطن على الألمنيوم الصيني.",
    ],
)
def test_a_duty_by_weight(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.value, s.unit, s.target) == ("tariff", 233.0, "USD/tonne", ("CHN",))


@pytest.mark.parametrize(
    "text",
    [
        "The United States imposed a 50% tariff on copper. Canada is considering duties on American steel at the same rate.",
        "فرضت الولايات المتحدة رسوما بنسبة 50% على النحاس. وتدرس كندا فرض رسوم على الصلب الأميركي بالنسبة نفسها.",
    ],
)
def test_the_same_rate_is_the_one_told_before(measures: Any, text: str) -> None:
    first, second = measures(text)
    assert (first.value, second.value, second.actor, second.target) == (50.0, 50.0, ("CAN",), ("USA",))


@pytest.mark.parametrize(
    "text",
    [
        "The United States imposed a 25% tariff on steel and exempted Canada.",
        "فرضت الولايات المتحدة رسوما بنسبة 25% على الصلب وأعفت كندا.",
    ],
)
def test_who_is_spared_is_a_statement_of_its_own(measures: Any, text: str) -> None:
    duty, exemption = measures(text)
    assert (duty.value, duty.status) == (25.0, "in_force")
    assert (exemption.status, exemption.actor, exemption.target, exemption.value) == ("exempted", ("USA",), ("CAN",), None)


@pytest.mark.parametrize(
    "text",
    [
        "India imposed 50% tariffs on Brazilian steel and 25% on Turkish aluminium.",
        "فرضت الهند رسوما بنسبة 50% على الصلب البرازيلي و25% على الألمنيوم التركي.",
    ],
)
def test_each_rate_of_a_list_has_its_goods_and_target(measures: Any, text: str) -> None:
    assert [(s.value, s.commodity, s.target) for s in measures(text)] == [(50.0, ("steel",), ("BRA",)), (25.0, ("aluminium",), ("TUR",))]
