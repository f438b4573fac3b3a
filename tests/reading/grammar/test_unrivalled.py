"""Places told by who else does more, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("No other country mines more cobalt than Congo.", ["rank/production COD cobalt 1"]),
    ("No country digs up more lithium than Australia.", ["rank/production AUS lithium 1"]),
    ("Nobody sells more tin abroad than Indonesia.", ["rank/exports IDN tin 1"]),
    ("No single producer ships more iron ore than Australia.", ["rank/exports AUS iron ore 1"]),
    ("No nation has larger reserves of bauxite than Guinea.", ["rank/reserves GIN bauxite 1"]),
    ("No country refines as much copper as China.", ["rank/refining CHN copper 1"]),
    ("Nowhere is more cobalt mined than in Congo.", ["rank/production COD cobalt 1"]),
    ("Only China produces more aluminium than India.", ["rank/production IND aluminium 2"]),
    ("Only Chile and Congo mine more copper than Peru.", ["rank/production PER copper 3"]),
    ("Chile ranks behind only Australia in lithium output.", ["rank/production CHL lithium 2"]),
    ("In platinum production, Zimbabwe trails only South Africa and Russia.", ["rank/production ZWE platinum 3"]),
    ("India's steel output is exceeded only by China's.", ["rank/production IND steel 2"]),
    ("Indonesia sells tin worldwide. Only China mines more of it.", ["rank/production IDN tin 2"]),
    ("Exports of tin fell only 3% in June.", []),
    ("No other country has been affected more by the cobalt ban than Congo.", []),
    ("Chinese buyers took only Indonesian tin.", []),
    ("لا يسبق بيرو في إنتاج النحاس سوى تشيلي والكونغو.", ["rank/production PER copper 3"]),
    ("لا يسبق إندونيسيا في إنتاج القصدير سوى الصين.", ["rank/production IDN tin 2"]),
    ("لا تستخرج دولة من الكوبالت أكثر مما تستخرجه الكونغو.", ["rank/production COD cobalt 1"]),
    ("لا دولة في العالم تنتج من الليثيوم أكثر من أستراليا.", ["rank/production AUS lithium 1"]),
    ("لا يوجد بلد يصدر من القصدير أكثر من إندونيسيا.", ["rank/exports IDN tin 1"]),
    ("لا تتفوق على الهند في إنتاج الألمنيوم إلا الصين.", ["rank/production IND aluminium 2"]),
    ("لا يضاهي الكونغو أي بلد في إنتاج الكوبالت.", ["rank/production COD cobalt 1"]),
    ("لم يتجاوز إنتاج الصين من القصدير سوى 70 ألف طن.", ["production CHN tin 70000"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
