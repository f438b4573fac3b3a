"""What a figure comes to, and what goods were traded for, in Arabic."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "اشترت الهند النيكل من إندونيسيا في يوليو بقيمة 90 مليون دولار، كما بلغت قيمة واردات النيكل الإندونيسي منذ بداية العام 400 مليون دولار.",
        ["imports IND>IDN nickel 4e+08", "imports IND>IDN nickel 9e+07"],
    ),
    (
        "قال وزير المعادن السوداني إن إنتاج الذهب تجاوز بشكل كبير التقديرات الموضوعة في موازنة الدولة وإنه سيصل إلى 80 طنا بنهاية العام.",
        ["production SDN gold 80"],
    ),
    (
        "أشار إلى أن الاحتياطي الجيولوجي من الفوسفات القابل للاستثمار في مناجم بالأردن يبلغ نحو مليار و200 مليون طن.",
        ["reserves JOR phosphate 1.2e+09"],
    ),
    ("صدرت مصر الذهب إلى سويسرا بقيمة 3 مليارات دولار في 2024.", ["exports EGY>CHE gold 3e+09"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
