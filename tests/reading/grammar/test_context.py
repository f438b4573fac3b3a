"""Claims whose metric, country or goods a sentence before told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "Chile's copper output dipped in March. It came to 450,000 tonnes, down from 470,000 tonnes a year earlier.",
        ["production CHL copper 450000", "production CHL copper 470000"],
    ),
    (
        "Indonesia is the world's top nickel producer. Last year it mined 2.2 million tonnes. The Philippines came second with 330,000 tonnes.",
        ["production IDN nickel 2.2e+06", "production PHL nickel 330000", "rank/production IDN nickel 1", "rank/production PHL nickel 2"],
    ),
    (
        "Congo banned cobalt exports in February. The country produces more than 70% of the world's cobalt.",
        ["share/production COD cobalt 70"],
    ),
    (
        "India wants lithium. Argentina offered five blocks. The South American country has 22 million tonnes of lithium resources.",
        ["reserves ARG lithium 2.2e+07"],
    ),
    ("Prices of tungsten have soared. A tonne now costs more than $60,000.", ["price WLD tungsten 60000"]),
    ("Tin is scarce. On the London Metal Exchange, the three-month contract rose to $34,000 a tonne on Monday.", ["price WLD tin 34000"]),
    (
        "Zimbabwe exported 1.5 million tonnes of lithium concentrate in 2025. That was 11% more than in 2024.",
        ["change/exports ZWE lithium 11", "exports ZWE lithium 1.5e+06"],
    ),
    (
        "Mongolia sends nearly all of its copper to China. It sold 1.4 million tonnes of concentrate to its neighbour in 2023.",
        ["exports MNG copper 1.4e+06"],
    ),
    ("China dominates gallium. It makes 98% of the world's supply.", ["share/production CHN gallium 98"]),
    ("Japanese buyers are worried about graphite. About 90% of their imports come from China.", ["share/imports CHN>JPN graphite 90"]),
    (
        "Peru's mining ministry released its figures on Friday. Copper production fell 4.5% year on year to 220,000 tonnes in April. Zinc output rose 12% to 130,000 tonnes.",
        [
            "change/production PER copper -4.5",
            "change/production PER zinc 12",
            "production PER copper 220000",
            "production PER zinc 130000",
        ],
    ),
    (
        "China's customs data showed on Saturday that exports of rare earths rose 32% in June to 7,742 tonnes.",
        ["change/exports CHN rare earths 32", "exports CHN rare earths 7742"],
    ),
    (
        "China imported 1.24 billion tonnes of iron ore last year, of which 740 million tonnes came from Australia and 270 million from Brazil.",
        ["imports CHN iron ore 1.24e+09", "imports CHN>AUS iron ore 7.4e+08", "imports CHN>BRA iron ore 2.7e+08"],
    ),
    (
        "Australia and Brazil exported 890 million and 380 million tonnes of iron ore respectively.",
        ["exports AUS iron ore 8.9e+08", "exports BRA iron ore 3.8e+08"],
    ),
    (
        "Guinea exported 145 million tonnes of bauxite in 2024 and 127 million tonnes in 2023.",
        ["exports GIN bauxite 1.27e+08", "exports GIN bauxite 1.45e+08"],
    ),
    (
        "The United States imported 4.8 million tonnes of aluminium in 2024: 2.7 million from Canada, 350,000 from the UAE and 200,000 from China.",
        [
            "imports USA aluminium 4.8e+06",
            "imports USA>ARE aluminium 350000",
            "imports USA>CAN aluminium 2.7e+06",
            "imports USA>CHN aluminium 200000",
        ],
    ),
    (
        "The main producers were Australia (88,000 tonnes), Chile (49,000 tonnes) and China (41,000 tonnes) of lithium.",
        ["production AUS lithium 88000", "production CHL lithium 49000", "production CHN lithium 41000"],
    ),
    (
        "Lithium production in 2024 was 88,000 tonnes in Australia, 49,000 tonnes in Chile and 41,000 tonnes in China.",
        ["production AUS lithium 88000", "production CHL lithium 49000", "production CHN lithium 41000"],
    ),
    (
        "China produced 60% of the world's graphite, Mozambique 7% and Brazil 5%.",
        ["share/production BRA graphite 5", "share/production CHN graphite 60", "share/production MOZ graphite 7"],
    ),
    (
        "Codelco said on Friday its output rose 3% to 1.37 million tonnes of copper last year.",
        ["change/production CHL copper 3", "production CHL copper 1.37e+06"],
    ),
    ("China's Chalco produced 7.6 million tonnes of aluminium.", ["production CHN aluminium 7.6e+06"]),
    ("The EU's dependence on Chinese rare earths stood at 98%.", ["share/imports CHN>EUU rare earths 98"]),
    ("Exports to the United States accounted for 11% of Chile's copper shipments.", ["share/exports USA>CHL copper 11"]),
    ("South Korea bought 55% of its lithium hydroxide from China in May.", ["share/imports CHN>KOR lithium 55"]),
    ("Beijing's rare earth exports to the EU more than doubled in July.", ["change/exports CHN>EUU rare earths 100"]),
    ("Gold is Russia's biggest non-energy export. Moscow sold bullion worth $15.5 billion in 2021.", ["exports RUS gold 1.55e+10"]),
    (
        "تراجع إنتاج تشيلي من النحاس في مارس. وبلغ 450 ألف طن مقابل 470 ألف طن قبل عام.",
        ["production CHL copper 450000", "production CHL copper 470000"],
    ),
    ("حظرت الكونغو تصدير الكوبالت في فبراير. وتنتج البلاد أكثر من 70% من الكوبالت في العالم.", ["share/production COD cobalt 70"]),
    ("ارتفعت أسعار التنغستن. وتجاوز سعر الطن 60 ألف دولار.", ["price WLD tungsten 60000"]),
    (
        "صدرت زيمبابوي 1.5 مليون طن من مركزات الليثيوم في 2025، بزيادة 11% عن العام السابق.",
        ["change/exports ZWE lithium 11", "exports ZWE lithium 1.5e+06"],
    ),
    ("روسيا أكبر منتج للبلاديوم في العالم، وتبلغ حصتها نحو 40%.", ["rank/production RUS palladium 1", "share/production RUS palladium 40"]),
    (
        "قالت وزارة المناجم في بيرو إن إنتاج النحاس انخفض 4.5% إلى 220 ألف طن في أبريل، وإن إنتاج الزنك ارتفع 12% إلى 130 ألف طن.",
        [
            "change/production PER copper -4.5",
            "change/production PER zinc 12",
            "production PER copper 220000",
            "production PER zinc 130000",
        ],
    ),
    (
        "استوردت الصين 1.24 مليار طن من خام الحديد العام الماضي، منها 740 مليون طن من أستراليا و270 مليون طن من البرازيل.",
        ["imports CHN iron ore 1.24e+09", "imports CHN>AUS iron ore 7.4e+08", "imports CHN>BRA iron ore 2.7e+08"],
    ),
    (
        "صدرت أستراليا والبرازيل 890 مليون طن و380 مليون طن من خام الحديد على التوالي.",
        ["exports AUS iron ore 8.9e+08", "exports BRA iron ore 3.8e+08"],
    ),
    (
        "بلغ إنتاج الليثيوم في 2024 نحو 88 ألف طن في أستراليا و49 ألف طن في تشيلي و41 ألف طن في الصين.",
        ["production AUS lithium 88000", "production CHL lithium 49000", "production CHN lithium 41000"],
    ),
    (
        "تتصدر أستراليا منتجي الليثيوم بـ88 ألف طن، تليها تشيلي بـ49 ألف طن ثم الصين بـ41 ألف طن.",
        [
            "production AUS lithium 88000",
            "production CHL lithium 49000",
            "production CHN lithium 41000",
            "rank/production AUS lithium 1",
            "rank/production CHL lithium 2",
            "rank/production CHN lithium 3",
        ],
    ),
    (
        "تنتج الصين 60% من غرافيت العالم وموزمبيق 7% والبرازيل 5%.",
        ["share/production BRA graphite 5", "share/production CHN graphite 60", "share/production MOZ graphite 7"],
    ),
    (
        "الأردن خامس أكبر منتج للفوسفات. وصدرت المملكة 7 ملايين طن منه في 2024.",
        ["exports JOR phosphate 7e+06", "rank/production JOR phosphate 5"],
    ),
    ("بلغت عائدات الكونغو من صادرات الكوبالت 6 مليارات دولار.", ["exports COD cobalt 6e+09"]),
    ("تضاعفت صادرات النيجر من اليورانيوم ثلاث مرات لتبلغ 4 آلاف طن.", ["change/exports NER uranium 200", "exports NER uranium 4000"]),
    ("صدّر السودان 30 طنا من الذهب بقيمة 1.9 مليار دولار في 2025.", ["exports SDN gold 1.9e+09", "exports SDN gold 30"]),
    ("ارتفع سعر طن القصدير في بورصة لندن إلى 34 ألف دولار.", ["price WLD tin 34000"]),
    ("سجل الذهب 4000 دولار للأونصة.", ["price WLD gold 128603"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
