"""Money and ventures told by what is done, in many wordings: gifts and loans, stakes bought, agreements and their aims."""

from __future__ import annotations

from typing import Any

import pytest

FUNDS = [
    ("Ottawa has stumped up $70 million for a cobalt refinery in Ontario.", "CAN", "cobalt", 70e6),
    ("France is to sink $500 million into lithium mining at home.", "FRA", "lithium", 500e6),
    ("Uzbekistan is seeking $500 million for a copper plant at Almalyk.", "UZB", "copper", 500e6),
    ("Some $2 billion of EU money will go to graphite projects.", "EUU", "graphite", 2e9),
    ("Canberra will chip in A$135 million ($87m) to rescue zinc smelters.", "AUS", "zinc", 87e6),
    ("Japan's JOGMEC has taken a 10% stake in a rare earths deposit, paying $3.5 million.", "JPN", "rare earths", 3.5e6),
    ("رصدت برلين 300 مليون دولار لمشروعات الليثيوم.", "DEU", "lithium", 300e6),
    ("ضخت السعودية مليار دولار في مناجم النحاس بالخارج.", "SAU", "copper", 1e9),
    ("تعهدت باريس بمبلغ 228 مليون دولار لإنقاذ مصاهر النيكل.", "FRA", "nickel", 228e6),
    ("اشترت شركة منارة السعودية حصة في منجم للنحاس مقابل 600 مليون دولار.", "SAU", "copper", 600e6),
]


@pytest.mark.parametrize(("text", "actor", "commodity", "value"), FUNDS, ids=[t[0][:40] for t in FUNDS])
def test_money_given_for_a_mine_is_a_fund(measures: Any, text: str, actor: str, commodity: str, value: float) -> None:
    found = [s for s in measures(text) if s.instrument == "fund"]
    assert [(actor in s.actor, commodity in s.commodity, s.value) for s in found] == [(True, True, value)]


@pytest.mark.parametrize(
    "text",
    ["The Pentagon plans to buy $500 million in cobalt, $245 million in antimony and $45 million in scandium."],
)
def test_a_list_of_sums_is_one_purchase_each(measures: Any, text: str) -> None:
    assert [(s.commodity, s.value) for s in measures(text)] == [(("cobalt",), 500e6), (("antimony",), 245e6), (("scandium",), 45e6)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Indonesia's Antam broke ground on a 37.5 trillion rupiah ($2.48 billion) nickel smelter.", 2.48e9),
        ("Indonesia's Antam approved a $1.3 billion nickel project.", 1.3e9),
        ("تقدر كلفة مشروع منجم غارا جبيلات للحديد في الجزائر بنحو 15 مليار دولار.", 15e9),
    ],
)
def test_a_sum_before_a_plant_is_its_cost(measures: Any, text: str, value: float) -> None:
    assert [(s.instrument, s.value) for s in measures(text)] == [("capacity_project", value)]


@pytest.mark.parametrize(
    "text",
    [
        "Gabon will set up a fund for its manganese mines.",
        "تعتزم الغابون إنشاء صندوق لمناجم المنغنيز.",
    ],
)
def test_a_fund_is_founded(only: Any, text: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity) == ("fund", ("GAB",), ("manganese",))


VENTURES = [
    ("Japan and Kazakhstan signed an accord on tungsten exploration in Astana.", "JPN", "tungsten"),
    ("Chile's Codelco and Rio Tinto formed a partnership to extract lithium.", "CHL", "lithium"),
    ("Talks are under way between Argentina and India over a lithium partnership.", "ARG", "lithium"),
    ("Germany agreed with Kazakhstan to look jointly for lithium.", "DEU", "lithium"),
    ("Tokyo is ready to help Manila process its nickel.", "JPN", "nickel"),
    ("توقيع مذكرة تفاهم بين مصر والسعودية للتعاون في مجال الفوسفات.", "EGY", "phosphate"),
    ("وقعت الهند وتشيلي اتفاقا للتنقيب عن الليثيوم.", "IND", "lithium"),
    ("أسست كوديلكو التشيلية وريو تينتو شراكة لاستخراج الليثيوم.", "CHL", "lithium"),
    ("شراكة سعودية مغربية لإنتاج الكوبالت.", "SAU", "cobalt"),
    ("تعتزم موسكو ونيامي استخراج اليورانيوم معا.", "RUS", "uranium"),
]


@pytest.mark.parametrize(("text", "actor", "commodity"), VENTURES, ids=[t[0][:40] for t in VENTURES])
def test_an_agreement_to_work_a_metal_is_a_venture(measures: Any, text: str, actor: str, commodity: str) -> None:
    found = [s for s in measures(text) if s.instrument == "joint_venture"]
    assert [(actor in s.actor, commodity in s.commodity) for s in found] == [(True, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Freeport's net profit rose to $1.2 billion as copper prices climbed.",
        "The miner sold its stake in a copper mine for $540 million.",
        "The Pentagon will acquire a 15% stake in a rare earths company.",
        "The two countries signed a trade agreement that covers copper.",
        "Glencore's copper sales were worth $12 billion.",
        "The lithium market is worth about $25 billion, analysts say.",
        "ارتفعت أرباح فريبورت إلى 1.2 مليار دولار مع صعود أسعار النحاس.",
        "باعت الشركة حصتها في منجم النحاس مقابل 540 مليون دولار.",
        "بلغت مبيعات غلينكور من النحاس 12 مليار دولار.",
        "يستحوذ المغرب على 14 في المائة من إنتاج الفوسفات العالمي.",
    ],
)
def test_earnings_and_sales_are_none(measures: Any, text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Egypt and Bahrain signed a memorandum on a $3 billion alumina refinery. It is a project with investments of $3 billion.",
        "وقعت مصر والبحرين مذكرة تفاهم لمشروع بقيمة 3 مليارات دولار لتكرير الألومينا. ويعد المشروع الأكبر باستثمارات تقدر بثلاثة مليارات دولار.",
    ],
)
def test_one_project_is_told_once(measures: Any, text: str) -> None:
    assert [s.value for s in measures(text)] == [3e9]
