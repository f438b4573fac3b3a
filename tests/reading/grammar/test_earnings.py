"""Money that goods earned abroad."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("Chile earned $50 billion from copper exports in 2025.", ["exports CHL copper 5e+10"]),
    ("Chile earned $50 billion from copper in 2025.", ["exports CHL copper 5e+10"]),
    ("Guinea netted $2 billion from bauxite last year.", ["exports GIN bauxite 2e+09"]),
    ("Ghana's earnings from gold reached $11.6 billion in 2024.", ["exports GHA gold 1.16e+10"]),
    ("Revenue from gold rose to $11.6 billion in Ghana.", ["exports GHA gold 1.16e+10"]),
    ("Rio Tinto earned $11 billion last year.", []),
    ("Vale's iron ore revenue rose to $9 billion.", []),
    ("The government earned $2 billion in royalties from copper.", []),
    ("حصدت غانا 11.6 مليار دولار من بيع الذهب في 2024.", ["exports GHA gold 1.16e+10"]),
    ("جنت تشيلي 50 مليار دولار من النحاس العام الماضي.", ["exports CHL copper 5e+10"]),
    ("بلغت إيرادات الشركة 5 مليارات دولار من النحاس.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
