"""Who supplies a part of what another needs or buys, and flows told as a part of all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("Korea gets 97% of the graphite it needs from China.", ["share/imports CHN>KOR graphite 97"]),
    ("South Korea buys 97% of its graphite from China.", ["share/imports CHN>KOR graphite 97"]),
    ("France covers a fifth of its uranium needs from Niger.", ["share/imports NER>FRA uranium 20"]),
    ("The US imports 95% of its rare earths from China.", ["share/imports CHN>USA rare earths 95"]),
    ("Europe meets 40% of its demand for titanium with metal from Russia.", ["share/imports RUS>EUU titanium 40"]),
    ("Japan sources 60% of its rare earth imports from China.", ["share/imports CHN>JPN rare earths 60"]),
    ("تلبي الولايات المتحدة 95% من احتياجاتها من العناصر النادرة من الصين.", ["share/imports CHN>USA rare earths 95"]),
    ("تحصل فرنسا على 20% من اليورانيوم من النيجر.", ["share/imports NER>FRA uranium 20"]),
    ("يأتي 80% من واردات اليابان من الكوبالت من الكونغو.", ["share/imports COD>JPN cobalt 80"]),
    ("شكلت واردات الصين من غينيا 70% من احتياجاتها من البوكسيت.", ["share/consumption GIN>CHN bauxite 70"]),
    ("Exports to the United States accounted for 11% of Chile's copper shipments.", ["share/exports USA>CHL copper 11"]),
    (
        "Imports of Zambian cobalt into India were 8% of the total last year, compared with 13% in 2023 and 21% in 2022.",
        ["share/imports ZMB>IND cobalt 13", "share/imports ZMB>IND cobalt 21", "share/imports ZMB>IND cobalt 8"],
    ),
    (
        "Japan imported over 90,000 tons of zinc from Peru, or about 9% of the 1 million ton total.",
        ["imports JPN zinc 1e+06", "imports JPN>PER zinc 90000", "share/imports PER>JPN zinc 9"],
    ),
    ("The Escondida mine accounts for 20% of Chilean copper output.", ["share/production CHL>CHL copper 20"]),
    ("Katanga province accounts for 90% of Congo's copper production.", ["share/production COD>COD copper 90"]),
    ("Copper makes up more than half of Chile's exports.", []),
    ("Nickel accounts for 12% of Indonesia's export revenue.", []),
    ("Imports from Canada accounted for 70% of US aluminium imports.", ["share/imports CAN>USA aluminium 70"]),
    (
        "Canada supplied 56% of US aluminium imports in 2024, against 58% in 2023.",
        ["share/imports CAN>USA aluminium 56", "share/imports CAN>USA aluminium 58"],
    ),
    (
        "Indonesia's share of nickel output was 60%, up from 31% in 2020.",
        ["share/production IDN nickel 31", "share/production IDN nickel 60"],
    ),
    ("تنتج مقاطعة كاتانغا 90% من نحاس الكونغو.", ["share/production COD>COD copper 90"]),
    ("يمثل النحاس نصف صادرات تشيلي.", []),
    ("شكلت الواردات من كندا 70% من واردات الولايات المتحدة من الألمنيوم.", ["share/imports CAN>USA aluminium 70"]),
    ("شكلت الصادرات إلى الصين 70% من صادرات تشيلي من النحاس.", ["share/exports CHN>CHL copper 70"]),
    (
        "كانت واردات الهند من الكوبالت الزامبي 8% من الإجمالي، مقارنة بـ13% في 2023.",
        ["share/imports ZMB>IND cobalt 13", "share/imports ZMB>IND cobalt 8"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
