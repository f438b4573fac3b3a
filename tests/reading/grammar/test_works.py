"""Projects told by what is done to a mine or a plant, or by what becomes of output, in many wordings."""

from __future__ import annotations

from typing import Any

import pytest

TOLD = [
    ("Ground was broken on Monday for a zinc smelter that Korea's Young Poong is paying for.", "KOR", "zinc", None),
    ("A line able to turn out 9,000 tonnes of cobalt sulphate a year is going up in Kokkola, Finland.", "FIN", "cobalt", 9e3),
    ("Poland has put into operation a silver refinery that can treat 1,300 tonnes a year.", "POL", "silver", 1300.0),
    ("Norway gave the go-ahead on Friday to a titanium mine at Engebo.", "NOR", "titanium", None),
    ("Chile's Codelco shelved an expansion of its Gabriela copper mine.", "CHL", "copper", None),
    ("Alcoa will restart its idled alumina refinery in Spain.", "USA", "alumina", None),
    ("Vedanta of India aims to raise its zinc capacity to 2 million tonnes a year.", "IND", "zinc", 2e6),
    ("Peru's first tin plant has commenced production.", "PER", "tin", None),
    ("Canada's Teck won leave to mine a zinc deposit in Yukon.", "CAN", "zinc", None),
    ("The European Commission cleared a plan to build a vanadium plant in Finland.", "EUU", "vanadium", None),
    ("The commissioning of a manganese furnace in Gabon is scheduled for May.", "GAB", "manganese", None),
    ("أدخلت شركة إيتي مادن التركية الخدمة مصنعا لكربيد البورون قادرا على إنتاج ألف طن سنويا.", "TUR", "boron", 1e3),
    ("أعطت النرويج الضوء الأخضر لمنجم تيتانيوم في إنغيبو.", "NOR", "titanium", None),
    ("تستهدف شركة فيدانتا الهندية الوصول بطاقتها من الزنك إلى مليوني طن سنويا.", "IND", "zinc", 2e6),
    ("يقام مصهر للألمنيوم في الدقم بسلطنة عمان.", "OMN", "aluminium", None),
    ("دخل منجم لخام الحديد في موريتانيا مرحلة الإنتاج.", "MRT", "iron ore", None),
    ("شرعت الجزائر في بناء مصنع للفوسفات.", "DZA", "phosphate", None),
    ("فازت مجموعة صينية بحق تطوير منجم للنحاس في أفغانستان.", "CHN", "copper", None),
    ("استأنفت أفغانستان مشروعا لاستخراج النحاس.", "AFG", "copper", None),
    ("شرعت الجزائر في استغلال منجم للزنك.", "DZA", "zinc", None),
    ("وافقت غينيا على اتفاق مع شركة الإمارات العالمية للألمنيوم لبناء مصفاة للألومينا بطاقة مليوني طن.", "ARE", "alumina", 2e6),
    ("الصين تبني في زامبيا مصهرا للنحاس.", "CHN", "copper", None),
    ("يرتقب أن يضخ منجم ديكولوشي الجديد في الكونغو 20 ألف طن من النحاس سنويا.", "COD", "copper", 20e3),
]


@pytest.mark.parametrize(("text", "actor", "commodity", "value"), TOLD, ids=[t[0][:40] for t in TOLD])
def test_a_work_on_a_plant_is_a_project(measures: Any, text: str, actor: str, commodity: str, value: float | None) -> None:
    found = [s for s in measures(text) if s.instrument == "capacity_project"]
    assert [(actor in s.actor, commodity in s.commodity, s.value) for s in found] == [(True, True, value)]


NONE = [
    "The rally in tin started after production in Myanmar stopped.",
    "Calls have been made for Xinfeng to set up a lithium mine in Namibia.",
    "China set stricter rules for establishing new copper smelters.",
    "Zinc output rose 4% as the company started up a mine in Peru.",
    "Miners got five years to establish nickel processing plants.",
    "It takes ten years to build a copper mine in the United States.",
    "The miner is suspending mining at its lithium site because of weak prices.",
    "Peru's smelters can make 400,000 tonnes of zinc a year.",
    "Since the opening of the smelter in 1998 copper output has doubled.",
    "The company's recently inaugurated silver mine employs 900 people.",
    "ارتفع إنتاج الزنك 4% بعد تشغيل منجم في بيرو.",
    "يستغرق بناء منجم نحاس عشر سنوات.",
    "علقت الشركة العمل في منجم الليثيوم بسبب ضعف الأسعار.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_plant_at_work_or_in_general_is_none(measures: Any, text: str) -> None:
    assert [s for s in measures(text) if s.instrument == "capacity_project"] == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("China's Huayou will commission a lithium plant in Zimbabwe. It will have a capacity of 50,000 tonnes.", 50e3, "tonne"),
        ("China's Huayou will commission a lithium plant in Zimbabwe. The plant will cost $400 million.", 400e6, "USD"),
        ("تشغل شركة هوايو الصينية مصنعا لليثيوم في زيمبابوي. وتبلغ طاقته 50 ألف طن.", 50e3, "tonne"),
        ("تشغل شركة هوايو الصينية مصنعا لليثيوم في زيمبابوي. وتبلغ كلفة المصنع 400 مليون دولار.", 400e6, "USD"),
    ],
)
def test_the_next_sentence_tells_its_size(measures: Any, text: str, value: float, unit: str) -> None:
    assert [(s.instrument, "CHN" in s.actor, s.value, s.unit) for s in measures(text)] == [("capacity_project", True, value, unit)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Iran opened a copper plant on Sunday.", "in_force"),
        ("Iran will open a copper plant on Sunday.", "announced"),
        ("Iran is weighing a copper plant.", "considered"),
        ("A nickel plant planned by Vale in Brazil was scrapped.", "withdrawn"),
        ("افتتحت إيران مصنعا للنحاس.", "in_force"),
        ("تدرس إيران بناء مصنع للنحاس.", "considered"),
    ],
)
def test_how_far_a_work_has_come(only: Any, text: str, status: str) -> None:
    assert only(text).status == status
