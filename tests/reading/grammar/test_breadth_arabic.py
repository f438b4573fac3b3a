"""Ways in which Arabic newsrooms say the same things: passives, nominal headlines, verb before subject and object, participles, relative clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read
from maadin.reading.statement import Statement

PUBLISHED = date(2025, 11, 20)

CLAIMS: list[tuple[str, dict[str, Any]]] = [
    ("ناهز إنتاج بيرو من النحاس 2.7 مليون طن في 2023.", {"metric": "production", "country": ("PER",), "value": 2.7e6, "year_or_date": "2023"}),
    ("استقر إنتاج تشيلي من النحاس عند 5.3 مليون طن.", {"metric": "production", "country": ("CHL",), "value": 5.3e6}),
    ("يُنتَج في تشيلي سنوياً 5 ملايين طن من النحاس.", {"metric": "production", "country": ("CHL",), "value": 5e6}),
    ("الفلبين التي أنتجت 330 ألف طن من النيكل تدرس مشاريع جديدة.", {"metric": "production", "country": ("PHL",), "value": 330e3}),
    ("تنتج الدولتان، تشيلي وبيرو، معاً نحو 8 ملايين طن من النحاس سنوياً.", {"metric": "production", "country": ("CHL", "PER"), "value": 8e6}),
    ("أنتج المغرب 5ر2 مليون طن من الفوسفات.", {"metric": "production", "country": ("MAR",), "value": 2.5e6}),
    ("احتياطيات الليثيوم في بوليفيا، البالغة 23 مليون طن، لم تُستغل بعد.", {"metric": "reserves", "country": ("BOL",), "value": 23e6}),
    ("لا تتوفر الجزائر سوى على 2.2 مليار طن من الفوسفات.", {"metric": "reserves", "country": ("DZA",), "value": 2.2e9}),
    ("بلغ إجمالي ما صدرته الغابون من المنغنيز 9 ملايين طن.", {"metric": "exports", "country": ("GAB",), "value": 9e6}),
    ("وصلت واردات تركيا من الصلب إلى 17 مليون طن.", {"metric": "imports", "commodity": ("steel",), "country": ("TUR",), "value": 17e6}),
    ("وزادت واردات الصين من الحديد الخام لتبلغ 760 مليون طن.", {"metric": "imports", "commodity": ("iron ore",), "country": ("CHN",), "value": 760e6}),
    ("تجاوزت قيمة الصادرات الأردنية من البوتاس 1.2 مليار دولار.", {"metric": "exports", "country": ("JOR",), "value": 1.2e9, "unit": "USD"}),
    ("وصدّرت إندونيسيا ما قيمته 2.1 مليار دولار من خام النيكل.", {"metric": "exports", "country": ("IDN",), "value": 2.1e9}),
    ("تبلغ طاقة مصاهر البحرين 1.6 مليون طن من الألمنيوم سنوياً.", {"metric": "capacity", "country": ("BHR",), "value": 1.6e6}),
    ("تبلغ الطاقة الإنتاجية للصين من الألمنيوم 45 مليون طن.", {"metric": "capacity", "country": ("CHN",), "value": 45e6}),
    ("تجاوز طن الكوبالت 40 ألف دولار.", {"metric": "price", "commodity": ("cobalt",), "value": 40e3, "unit": "USD/tonne"}),
    ("حصة الصين السوقية من المغنيسيوم بلغت 85%.", {"metric": "share", "country": ("CHN",), "value": 85.0}),
    ("تعتمد اليابان على الصين في 60% من وارداتها من المعادن النادرة.", {"metric": "share", "of": "imports", "country": ("CHN",), "target": ("JPN",)}),
    ("تمثل احتياطيات أوكرانيا من الجرافيت - المكون الرئيسي في البطاريات - 20% من الموارد العالمية.", {"metric": "share", "of": "reserves", "value": 20.0}),
    ("تضاعفت صادرات غينيا من البوكسيت ثلاث مرات خلال عقد.", {"metric": "change", "of": "exports", "value": 200.0}),
    ("تهيمن بكين على 98 بالمئة من إنتاج الغاليوم.", {"metric": "share", "country": ("CHN",), "value": 98.0}),
    ("70% من الكوبالت العالمي مصدره الكونغو الديمقراطية.", {"metric": "share", "of": "production", "country": ("COD",), "value": 70.0}),
    ("تعد أستراليا المصدر الأول لليثيوم في العالم.", {"metric": "rank", "of": "exports", "country": ("AUS",), "value": 1.0}),
    ("الصين هي المستورد الأكبر لخام الحديد.", {"metric": "rank", "of": "imports", "country": ("CHN",), "value": 1.0}),
    ("نمو إنتاج الهند من الصلب 6.3% العام الماضي.", {"metric": "change", "of": "production", "country": ("IND",), "value": 6.3}),
    ("زاد إنتاج إندونيسيا من النيكل بأكثر من الضعف منذ 2020.", {"metric": "change", "of": "production", "value": 100.0, "comparator": "gt"}),
    ("توقفت صادرات الغاليوم الصينية إلى الولايات المتحدة.", {"metric": "exports", "country": ("CHN",), "target": ("USA",), "quality": "stopped"}),
    ("تعتمد أوروبا بشكل كبير على واردات الغرافيت من الصين.", {"metric": "imports", "country": ("EUU",), "target": ("CHN",), "quality": "needed"}),
]  # fmt: skip

MEASURES: list[tuple[str, dict[str, Any]]] = [
    ("فُرضت رسوم بنسبة 15% على صادرات البوكسيت الغينية.", {"instrument": "tariff", "actor": ("GIN",), "value": 15.0, "status": "in_force"}),
    ("أُعفيت بريطانيا من الرسوم الأميركية على الصلب.", {"instrument": "tariff", "actor": ("USA",), "target": ("GBR",), "status": "exempted"}),
    ("هدد ترمب كندا برفع الرسوم على الألمنيوم إلى 50%.", {"instrument": "tariff", "actor": ("USA",), "target": ("CAN",), "status": "threatened"}),
    ("ستفرض روسيا رسوم تصدير على الألمنيوم بنسبة 10% اعتباراً من أكتوبر.", {"instrument": "tariff", "actor": ("RUS",), "value": 10.0, "direction": "export"}),
    ("خفضت الهند الرسوم الجمركية على واردات الذهب إلى 6%.", {"instrument": "tariff", "commodity": ("gold",), "value": 6.0}),
    ("حظر صيني على تصدير الغاليوم.", {"instrument": "ban", "actor": ("CHN",), "direction": "export"}),
    ("دخل حظر تصدير الليثيوم في زيمبابوي حيز التنفيذ.", {"instrument": "ban", "actor": ("ZWE",), "status": "in_force"}),
    ("أخضعت الصين صادرات التنغستن لنظام التراخيص.", {"instrument": "export_control", "actor": ("CHN",), "status": "in_force"}),
    ("أبقت إندونيسيا على حظر تصدير خام النيكل.", {"instrument": "ban", "actor": ("IDN",), "status": "in_force"}),
    ("فرضت الصين سقفاً على إنتاج الألمنيوم عند 45 مليون طن.", {"instrument": "quota", "actor": ("CHN",), "value": 45e6}),
    ("وسعت بكين قائمة القيود لتشمل خمسة عناصر أرضية نادرة.", {"instrument": "export_control", "actor": ("CHN",), "status": "in_force"}),
    ("ألزمت الصين مصدري الأنتيمون بالحصول على تراخيص.", {"instrument": "export_control", "actor": ("CHN",), "status": "in_force"}),
    ("تطلب الصين من المصدرين الحصول على تراخيص قبل تصدير الغاليوم.", {"instrument": "export_control", "status": "in_force"}),
    ("وقعت أوكرانيا اتفاقية مع الولايات المتحدة لاستغلال المعادن النادرة.", {"instrument": "joint_venture", "actor": ("UKR",), "target": ("USA",)}),
    ("افتتحت أستراليا مصفاة لتكرير المعادن النادرة.", {"instrument": "capacity_project", "actor": ("AUS",)}),
    ("وضعت مصر حجر الأساس لمجمع فوسفات في الوادي الجديد.", {"instrument": "capacity_project", "actor": ("EGY",), "commodity": ("phosphate",)}),
    ("يدرس المغرب إقامة مصنع لتكرير الكوبالت.", {"instrument": "capacity_project", "actor": ("MAR",), "status": "considered"}),
    ("تعتزم مالي تدشين مصنع لتكرير الذهب بطاقة 200 طن سنوياً.", {"instrument": "capacity_project", "actor": ("MLI",), "value": 200.0}),
    ("اقترحت كازاخستان على الاتحاد الأوروبي توريد 21 نوعاً من المعادن الحرجة.", {"instrument": "supply_offer", "actor": ("KAZ",), "target": ("EUU",)}),
    ("اتهمت بروكسل الصين بإغراق السوق، وفرضت رسوماً على الصلب نسبتها 30%.", {"instrument": "tariff", "actor": ("EUU",), "target": ("CHN",), "value": 30.0}),
    ("تنوي قطر استثمار 500 مليون دولار في النحاس الزامبي.", {"instrument": "fund", "actor": ("QAT",), "target": ("ZMB",), "value": 500e6}),
    ("تعتزم أستراليا إنشاء مخزون استراتيجي من المعادن الحرجة بقيمة 1.2 مليار دولار.", {"instrument": "price_support", "actor": ("AUS",), "value": 1.2e9}),
]  # fmt: skip

LISTS: list[tuple[str, list[tuple[str, float]]]] = [
    ("تتصدر تشيلي قائمة منتجي النحاس، وتأتي الكونغو الديمقراطية ثانية.", [("CHL", 1.0), ("COD", 2.0)]),
    ("اشتكت الصين واليابان، أول وثاني أكبر مستهلكين للنيكل.", [("CHN", 1.0), ("JPN", 2.0)]),
    ("كازاخستان أكبر منتج لليورانيوم في العالم، تليها كندا ثم أستراليا.", [("KAZ", 1.0), ("CAN", 2.0), ("AUS", 3.0)]),
    ("فإندونيسيا أكبر منتج للنيكل في العالم، كما تعد أكبر مصدر للقصدير في العالم بعد الصين.", [("IDN", 1.0), ("IDN", 2.0)]),
]  # fmt: skip

NOTHING = [
    "خسر النيكل 4% من قيمته خلال الأسبوع.",
    "تخشى شركات الصلب الأوروبية من تداعيات الرسوم الأميركية.",
    "أثارت قيود التصدير الصينية جدلاً واسعاً في ألمانيا.",
    "يشكل النحاس 70% من عائدات النقد الأجنبي في زامبيا.",
    "تملك غلينكور 75% من شركة كاتانغا للتعدين.",
    "تراجع إنتاج السيارات في ألمانيا بنسبة 5%.",
    "يتجاوز العرض الطلب بنحو 200 ألف طن من الزنك.",
    "حصة الشركة الصينية 49% في مصفاة النحاس.",
    "دشن الرئيس حملة لزراعة الأشجار قرب مصهر الألمنيوم.",
    "عرضت الشركة بيع حصتها في منجم النحاس.",
    "وصلت الأسعار إلى 10 دولارات فقط للرطل بعد تعليق النشاط.",
    "يعمل مصنع الليثيوم بنسبة 20% من طاقته الإنتاجية.",
]


def _one(text: str, fields: dict[str, Any]) -> Statement:
    (statement,) = read(text, PUBLISHED).statements
    assert {name: getattr(statement, name) for name in fields} == fields
    return statement


@pytest.mark.parametrize(("text", "fields"), CLAIMS, ids=[t[:40] for t, _ in CLAIMS])
def test_a_claim_in_whatever_words(text: str, fields: dict[str, Any]) -> None:
    assert _one(text, fields).kind == "claim"


@pytest.mark.parametrize(("text", "fields"), MEASURES, ids=[t[:40] for t, _ in MEASURES])
def test_a_measure_in_whatever_words(text: str, fields: dict[str, Any]) -> None:
    assert _one(text, fields).kind == "measure"


@pytest.mark.parametrize(("text", "places"), LISTS, ids=[t[:40] for t, _ in LISTS])
def test_places_in_an_order(text: str, places: list[tuple[str, float]]) -> None:
    found = [(s.country[0], s.value) for s in read(text, PUBLISHED).statements if s.metric == "rank"]
    assert found == places


@pytest.mark.parametrize("text", NOTHING, ids=[t[:40] for t in NOTHING])
def test_what_says_nothing_of_ours(text: str) -> None:
    assert read(text, PUBLISHED).statements == ()


@pytest.mark.parametrize(
    ("old", "new", "field", "told"),
    [
        ("الهند", "تركيا", "actor", ("TUR",)),
        ("الذهب", "الصلب", "commodity", ("steel",)),
        ("6%", "9%", "value", 9.0),
    ],
)
def test_what_changes_in_a_text_changes_in_its_statement(old: str, new: str, field: str, told: Any) -> None:
    text = "خفضت الهند رسوم استيراد الذهب إلى 6%."
    (before,), (after,) = read(text, PUBLISHED).statements, read(text.replace(old, new), PUBLISHED).statements
    same = {"actor", "commodity", "value", "instrument", "direction"} - {field}
    assert {name: getattr(before, name) for name in same} == {name: getattr(after, name) for name in same}
    assert getattr(after, field) == told
