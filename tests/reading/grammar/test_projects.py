"""Plants, joint ventures, funds and stockpiles: who builds or pays what, where, with whom."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Ma'aden plans to build a 600,000-tonne aluminium smelter in Egypt.",
        "تعتزم معادن السعودية بناء مصهر للألمنيوم بطاقة 600 ألف طن في مصر.",
    ],
)
def test_a_plant_has_a_builder_and_a_host(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.target, s.place, s.value, s.status) == (
        "capacity_project",
        ("SAU",),
        ("EGY",),
        ("EGY",),
        600e3,
        "announced",
    )


@pytest.mark.parametrize(
    "text",
    [
        "American smelters turn out no more than 700,000 tonnes of aluminium.",
        "The country's smelters can make 816,000 tonnes of copper.",
        "تنتج مصاهر الهند 816 ألف طن من النحاس.",
        "The mine produced 30,000 tonnes of zinc last year.",
        "Zinc output rose on new supply from the $8.3 billion Las Bambas mine in Peru.",
    ],
)
def test_a_plant_at_work_is_no_measure(measures: Any, text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "Kazatomprom mines uranium. The company intends to build a joint venture with France's Orano with a capacity of two thousand tonnes a year.",
            2000.0,
        ),
        ("تنتج كازاتومبروم اليورانيوم. وتعتزم الشركة أن تبني مع أورانو الفرنسية مشروعا مشتركا بطاقة ألفي طن سنويا.", 2000.0),
    ],
)
def test_a_venture_of_a_company_named_before(only: Any, text: str, value: float) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.target, s.value) == ("joint_venture", ("KAZ",), ("FRA",), value)


@pytest.mark.parametrize(
    "text", ["Chile and Germany launched a joint venture to produce lithium.", "أطلقت تشيلي وألمانيا مشروعا مشتركا لإنتاج الليثيوم."]
)
def test_both_sides_of_a_venture_act(only: Any, text: str) -> None:
    assert set(only(text).actor) == {"CHL", "DEU"}


@pytest.mark.parametrize(
    ("text", "instrument", "value", "unit"),
    [
        (
            "The government of Gabon promised to set up a fund with a capital of $200 million to finance manganese smelters.",
            "fund",
            200e6,
            "USD",
        ),
        ("Rio Tinto will invest $2.5 billion to expand its lithium mine.", "fund", 2.5e9, "USD"),
        ("The Pentagon will set a price floor of $110 per kg for neodymium oxide.", "price_support", 110.0, "USD/kg"),
        ("تعهدت حكومة الغابون بإنشاء صندوق برأس مال قدره 200 مليون دولار لتمويل مصاهر المنغنيز.", "fund", 200e6, "USD"),
        ("ستدفع وزارة الدفاع الأميركية سعرا أدنى قدره 110 دولارات للكيلوغرام من أكسيد النيوديميوم.", "price_support", 110.0, "USD/kg"),
    ],
)
def test_money_goes_with_the_fund_or_the_floor(only: Any, text: str, instrument: str, value: float, unit: str) -> None:
    s = only(text)
    assert (s.instrument, s.value, s.unit) == (instrument, value, unit)


@pytest.mark.parametrize(
    "text",
    ["يعتزم البنتاغون شراء كوبالت بقيمة 500 مليون دولار، وأنتيمون بقيمة 245 مليون دولار."],
)
def test_each_purchase_of_a_list_has_its_commodity_and_value(measures: Any, text: str) -> None:
    assert [(s.instrument, s.commodity, s.value) for s in measures(text)] == [
        ("price_support", ("cobalt",), 500e6),
        ("price_support", ("antimony",), 245e6),
    ]
