"""Changes told of the goods themselves, in lists, by halves and thirds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("China exported 14 percent more bismuth in May than in April.", ["change/exports CHN bismuth 14"]),
    ("China shipped 60% more indium than a month earlier.", ["change/exports CHN indium 60"]),
    ("Indonesia produced 8% less tin last year.", ["change/production IDN tin -8"]),
    ("Japan bought 15% less aluminium from Russia in 2023.", ["change/imports JPN>RUS aluminium -15"]),
    ("Chile's mines dug up 3% more copper in May than a year before.", ["change/production CHL copper 3"]),
    ("Zinc plunged 12 percent in March.", ["change/price WLD zinc -12"]),
    ("Copper has gained 20% this year.", ["change/price WLD copper 20"]),
    ("Copper rose 0.4% to $9,500 a tonne on Tuesday.", ["price WLD copper 9500"]),
    ("Nickel slipped 0.6% in London on Monday.", []),
    ("استوردت اليابان كمية من الألمنيوم أقل بنسبة 15% من روسيا.", ["change/imports JPN>RUS aluminium -15"]),
    ("صعد النحاس 20% منذ بداية العام.", ["change/price WLD copper 20"]),
    ("ارتفع النحاس 0.4% يوم الثلاثاء.", []),
    (
        "China produced 87 million tonnes of steel, up 8%, India 9 million tonnes, up 3%, and Japan 7 million tonnes, down 5%.",
        [
            "change/production CHN steel 8",
            "change/production IND steel 3",
            "change/production JPN steel -5",
            "production CHN steel 8.7e+07",
            "production IND steel 9e+06",
            "production JPN steel 7e+06",
        ],
    ),
    ("China is the largest producer and consumer of steel.", ["rank/consumption CHN steel 1", "rank/production CHN steel 1"]),
    ("الصين أكبر منتج ومستهلك للصلب في العالم.", ["rank/consumption CHN steel 1", "rank/production CHN steel 1"]),
    ("Peru produced 41,300 mt of zinc and 3 mt of silver in May.", ["production PER silver 3", "production PER zinc 41300"]),
    ("Bolivia's tin exports dropped by almost half to 8,000 tons.", ["change/exports BOL tin -50", "exports BOL tin 8000"]),
    ("Copper output in Zambia grew by a third to 1 million tons.", ["change/production ZMB copper 33.3333", "production ZMB copper 1e+06"]),
    ("انخفضت صادرات بوليفيا من القصدير إلى النصف تقريبا لتبلغ 8 آلاف طن.", ["change/exports BOL tin -50", "exports BOL tin 8000"]),
    (
        "تراجعت واردات الاتحاد الأوروبي من النيكل الروسي بمقدار النصف في 2024 إلى 20 ألف طن.",
        ["change/imports RUS>EUU nickel -50", "imports EUU>RUS nickel 20000"],
    ),
    (
        "بلغ إنتاج أوزبكستان من الذهب 129 طنا في 2024 لتحتل المركز العاشر عالميا.",
        ["production UZB gold 129", "rank/production UZB gold 10"],
    ),
    (
        "استحوذت كازاخستان على 39% من الإنتاج العالمي لليورانيوم، تلتها كندا بنسبة 24% ثم ناميبيا بـ12%.",
        ["share/production CAN uranium 24", "share/production KAZ uranium 39", "share/production NAM uranium 12"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
