"""Places in an order: ordinals before who produces, places in a metal, who comes after whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("India became the world's second biggest steel maker, passing Japan.", ["rank/production IND steel 2"]),
    ("After Australia and Chile, China is the biggest lithium miner.", ["rank/production CHN lithium 3"]),
    ("Mexico is again the world's top silver nation.", ["rank/production MEX silver 1"]),
    ("Topping the list of uranium producers is Kazakhstan.", ["rank/production KAZ uranium 1"]),
    ("Mexico kept its crown among silver miners.", ["rank/production MEX silver 1"]),
    ("South Africa ranks first in the world in platinum.", ["rank/production ZAF platinum 1"]),
    ("Australia ranks second in lithium.", ["rank/production AUS lithium 2"]),
    ("Peru, No. 3 in copper, had protests.", ["rank/production PER copper 3"]),
    ("Malaysia is home to the largest rare earths processing plant outside China.", []),
    ("The mine is Zambia's biggest source of cobalt.", []),
    ("Peru comes third among copper-producing countries.", ["rank/production PER copper 3"]),
    ("Rwanda stands in fourth place among tantalum exporters.", ["rank/exports RWA tantalum 4"]),
    ("Indonesia sits at the top of the table of nickel producers.", ["rank/production IDN nickel 1"]),
    ("New Caledonia has slipped to sixth place among nickel producers.", ["rank/production NCL nickel 6"]),
    ("Kazakhstan, which ranks first among uranium suppliers, cut its target.", ["rank/exports KAZ uranium 1"]),
    ("Congo is far ahead of any other cobalt producer.", ["rank/production COD cobalt 1"]),
    (
        "Congo is by far the biggest cobalt producer, and Indonesia is a distant second.",
        ["rank/production COD cobalt 1", "rank/production IDN cobalt 2"],
    ),
    ("Chile comes top in copper, Peru second and Congo third.", []),
    ("Gold is Sudan's biggest export.", []),
    ("It is the third-largest producer of the metal in Africa.", []),
    ("بيرو ثالثة الدول المنتجة للنحاس.", ["rank/production PER copper 3"]),
    ("كانت ميانمار ثالث منتجي القصدير في العالم.", ["rank/production MMR tin 3"]),
    ("بيرو هي الدولة الثانية المنتجة للنحاس في العالم.", ["rank/production PER copper 2"]),
    ("بيرو ثاني الدول المصدرة للنحاس.", ["rank/exports PER copper 2"]),
    ("الهند ثاني المنتجين للألمنيوم في العالم.", ["rank/production IND aluminium 2"]),
    ("بعد أستراليا وتشيلي، تعد الصين أكبر منتج لليثيوم.", ["rank/production CHN lithium 3"]),
    ("تجاوزت الكونغو بيرو لتصبح ثاني أكبر منتج للنحاس.", ["rank/production COD copper 2"]),
    ("جنوب أفريقيا هي الأولى عالميا في البلاتين.", ["rank/production ZAF platinum 1"]),
    ("بوليفيا صاحبة أوسع موارد الليثيوم في العالم.", ["rank/reserves BOL lithium 1"]),
    ("في الربع الثاني من العام أنتجت تشيلي مليون طن من النحاس.", ["production CHL copper 1e+06"]),
    ("تعد السعودية رابع دولة في العالم إنتاجا للفوسفات.", ["rank/production SAU phosphate 4"]),
    ("تأتي طاجيكستان في المركز الثاني بإنتاج 21 ألف طن من الأنتيمون.", ["production TJK antimony 21000", "rank/production TJK antimony 2"]),
    ("تأتي إندونيسيا بعد الصين في إنتاج القصدير.", ["rank/production IDN tin 2"]),
    ("تحتل المغرب الصدارة في احتياطيات الفوسفات.", ["rank/reserves MAR phosphate 1"]),
    ("المغرب أول مصدر للفوسفات في العالم.", ["rank/exports MAR phosphate 1"]),
    ("الغابون من أكبر منتجي المنغنيز في العالم.", ["rank/production GAB manganese -"]),
    ("احتلت غينيا المرتبة الأولى عالميا من حيث احتياطي البوكسيت.", ["rank/reserves GIN bauxite 1"]),
    ("كازاخستان في طليعة منتجي اليورانيوم.", ["rank/production KAZ uranium -"]),
    ("وكانت زامبيا ثاني منتجي النحاس في أفريقيا.", ["rank/production ZMB copper 2"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
