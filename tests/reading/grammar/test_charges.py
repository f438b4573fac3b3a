"""Duties told without a word for one, by their rate, or as falling to nothing."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Peruvian zinc will be charged 35% on entering the United States.",
        "The US will tax zinc imports at 35%.",
        "Trump threatens 35% on zinc.",
        "Washington slapped 35% on zinc.",
        "ترامب يهدد بنسبة 35% على الزنك",
    ],
)
def test_a_verb_and_a_rate(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity, s.value, s.unit) == ("tariff", ("USA",), ("zinc",), 35.0, "percent")


@pytest.mark.parametrize(
    "text", ["Profits on zinc are taxed at 35%.", "Peru's zinc mines pay 35% of their income.", "تدفع مناجم الزنك 35% من أرباحها."]
)
def test_what_else_is_taxed(measures: Any, text: str) -> None:
    assert measures(text) == []


def test_the_rate_of_a_duty_told_before(measures: Any) -> None:
    first, then = measures("The US imposed a 25% tariff on tin. The rate on zinc will be 30%.")
    assert (first.value, first.commodity) == (25.0, ("tin",))
    assert (then.instrument, then.value, then.commodity, then.actor) == ("tariff", 30.0, ("zinc",), ("USA",))
    assert [s for s in measures("The growth rate of zinc output was 30% in Peru.") if s.instrument == "tariff"] == []


@pytest.mark.parametrize(
    "text",
    [
        "India cut its duty on zinc to zero.",
        "The duty on zinc was cut to zero in India's budget.",
        "خفضت الهند الرسوم على الزنك إلى الصفر.",
    ],
)
def test_a_duty_that_falls_to_nothing(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.value, s.unit) == ("tariff", ("IND",), 0.0, "percent")


@pytest.mark.parametrize(
    ("text", "value", "before"),
    [
        ("Duties on zinc go up to 50% from 25% on Wednesday, Washington said.", 50.0, 25.0),
        ("Zinc entering the United States is to be taxed at 5% rather than 6%.", 5.0, 6.0),
        ("تعتزم واشنطن رفع الرسوم على واردات الزنك التي تتجاوز الحصة إلى 50% بدلا من 25%.", 50.0, 25.0),
        ("رفعت واشنطن رسوم استيراد الزنك إلى 15% من 7.5%.", 15.0, 7.5),
        ("ترتفع الرسوم الأميركية على الزنك إلى 50% من 25%.", 50.0, 25.0),
    ],
)
def test_the_level_before(only: Any, text: str, value: float, before: float) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.value, s.value_prev) == ("tariff", ("USA",), value, before)


def test_two_rates_with_a_date_each(measures: Any) -> None:
    rates = measures("Washington said zinc imports would be subject to a 15% duty from 2027 and 30% from 2028.")
    assert [(s.value, s.year_or_date, s.value_prev) for s in rates] == [(15.0, "2027", None), (30.0, "2028", None)]


def test_goods_that_a_wider_word_leads(only: Any) -> None:
    assert only("China imposed a 34% tariff on US goods, including copper.").commodity == ("copper",)
