"""Parts of a flow told before, relative clauses, flows called back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "Australia exports around 900 million tonnes of iron ore annually, with China taking about 80%.",
        ["exports AUS iron ore 9e+08", "share/exports CHN>AUS iron ore 80"],
    ),
    (
        "Chile exported 5 million tonnes of copper, and China bought 60% of it.",
        ["exports CHL copper 5e+06", "share/exports CHN>CHL copper 60"],
    ),
    (
        "India imported 26 million tonnes of bauxite, with Guinea supplying 70%.",
        ["imports IND bauxite 2.6e+07", "share/imports GIN>IND bauxite 70"],
    ),
    ("India consumed 140 million tonnes of steel in 2024, 60% of it in construction.", ["consumption IND steel 1.4e+08"]),
    (
        "The U.S. imported 84,000 tons of graphite in 2023, 42% of it from China.",
        ["imports USA>CHN graphite 84000", "share/imports CHN>USA graphite 42"],
    ),
    ("Thailand's tin smelter turned out 9,000 tonnes, down a tenth.", ["change/production THA tin -10", "production THA tin 9000"]),
    (
        "تصدر أستراليا نحو 900 مليون طن من خام الحديد سنويا، وتستحوذ الصين على 80% منها.",
        ["exports AUS iron ore 9e+08", "share/exports CHN>AUS iron ore 80"],
    ),
    ("استوردت الهند 26 مليون طن من البوكسيت، وفرت غينيا 70% منها.", ["imports IND bauxite 2.6e+07", "share/imports GIN>IND bauxite 70"]),
    (
        "تبلغ احتياطيات الصين من التنغستن 2.3 مليون طن، أي أكثر من نصف الإجمالي العالمي.",
        ["reserves CHN tungsten 2.3e+06", "share/reserves CHN tungsten 50"],
    ),
    ("استهلكت الهند 140 مليون طن من الصلب، 60% منها في البناء.", ["consumption IND steel 1.4e+08"]),
    (
        "Guinea's mines, which feed China's refineries, sent out 145 million tonnes of bauxite abroad last year.",
        ["exports GIN bauxite 1.45e+08"],
    ),
    ("Zambia, which borders Congo, produced 820,000 tonnes of copper in 2024.", ["production ZMB copper 820000"]),
    ("Guinea, which supplies most of China's needs, holds a quarter of the world's bauxite reserves.", ["share/reserves GIN bauxite 25"]),
    ("أنتجت زامبيا، التي تجاور الكونغو، 820 ألف طن من النحاس.", ["production ZMB copper 820000"]),
    ("غينيا، التي تزود الصين، تملك ربع احتياطيات العالم من البوكسيت.", ["share/reserves GIN bauxite 25"]),
    (
        "Chile's copper exports to China rose 5%, but those to Japan fell 8%.",
        ["change/exports CHL>CHN copper 5", "change/exports CHL>JPN copper -8"],
    ),
    ("Copper output in Zambia fell in May. It came to 60,000 tonnes.", ["production ZMB copper 60000"]),
    (
        "Production of tin in Indonesia rose 4% and that of Malaysia fell 2%.",
        ["change/production IDN tin 4", "change/production MYS tin -2"],
    ),
    (
        "تراجعت صادرات تشيلي من النحاس إلى الصين 5% فيما ارتفعت تلك المتجهة إلى اليابان 8%.",
        ["change/exports CHL>CHN copper -5", "change/exports CHL>JPN copper 8"],
    ),
    ("هبط إنتاج النحاس في زامبيا في مايو. وبلغ 60 ألف طن.", ["production ZMB copper 60000"]),
    ("انخفضت نسبة اعتماد اليابان على العناصر النادرة الصينية إلى 58%.", ["share/imports CHN>JPN rare earths 58"]),
    ("حكومة باكستان، التي تمتلك 25% في مشروع النحاس.", []),
    ("The EU's dependence on Chinese rare earths stood at 98%.", ["share/imports CHN>EUU rare earths 98"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
