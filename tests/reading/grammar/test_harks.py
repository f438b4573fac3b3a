"""Figures that hark back to the one before, and what the text spoke of before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    (
        "Peru supplied 8% of Indian zinc imports last year. That compares with 13% and 21% in 2023 and 2022.",
        ["share/imports PER>IND zinc 13", "share/imports PER>IND zinc 21", "share/imports PER>IND zinc 8"],
    ),
    (
        "Zimbabwe exported 1.5 million tonnes of lithium concentrate in 2025. That was 11% more than in 2024.",
        ["change/exports ZWE lithium 11", "exports ZWE lithium 1.5e+06"],
    ),
    (
        "Bolivia exported 900 tonnes of tin and 340 tonnes of antimony in May. That is 14 percent more tin and 60 percent more antimony than in April.",
        ["change/exports BOL antimony 60", "change/exports BOL tin 14", "exports BOL antimony 340", "exports BOL tin 900"],
    ),
    (
        "Chile produced 5.3 million tonnes of copper in 2024. This compares with 5.25 million tonnes in 2023.",
        ["production CHL copper 5.25e+06", "production CHL copper 5.3e+06"],
    ),
    ("Zinc in London jumped on the strike but was last up 0.3% at $2,810 a ton.", ["price WLD zinc 2810"]),
    (
        "India wants lithium. Argentina offered five blocks. The South American country has 22 million tonnes of lithium resources.",
        ["reserves ARG lithium 2.2e+07"],
    ),
    (
        "China wants more bauxite. Guinea agreed to talks on Friday. The West African nation exported 145 million tonnes of bauxite last year.",
        ["exports GIN bauxite 1.45e+08"],
    ),
    (
        "Mining company CMOC of China runs Tenke in Congo. The central African country produced 220,000 tonnes of cobalt in 2024.",
        ["production COD cobalt 220000"],
    ),
    ("تريد الهند الليثيوم. وعرضت الأرجنتين خمس مناطق. وتملك الدولة اللاتينية 22 مليون طن من الليثيوم.", ["reserves ARG lithium 2.2e+07"]),
    ("تشتري الصين البوكسيت من غينيا. وصدّر البلد الأفريقي 145 مليون طن من البوكسيت العام الماضي.", ["exports GIN bauxite 1.45e+08"]),
    ("تشتري الصين البوكسيت من غينيا. وصدّرت الدولة الواقعة في غرب أفريقيا 145 مليون طن من البوكسيت.", ["exports GIN bauxite 1.45e+08"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_claims_of_a_text(claims: Callable[[str], list[str]], text: str, expected: list[str]) -> None:
    assert claims(text) == expected
