"""What bare iron is in an Arabic text: ore, or steel where the text speaks of steel."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("فرضت الهند رسوما على الصلب. وبلغت صادرات كوريا الجنوبية من الحديد 3 ملايين طن.", ["exports KOR steel 3e+06"]),
    ("صدرت موريتانيا 14 مليون طن من الحديد.", ["exports MRT iron ore 1.4e+07"]),
    ("استوردت الصين خام الحديد من موريتانيا لمصانع الصلب. وصدرت موريتانيا 14 مليون طن من الحديد.", ["exports MRT iron ore 1.4e+07"]),
    ("صدرت تركيا 5 ملايين طن من حديد البناء في 2024.", ["exports TUR steel 5e+06"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
