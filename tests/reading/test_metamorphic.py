"""What changes in a text changes exactly that field of its statement; other words for the same thing change nothing; a translation says the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.read import read

PUBLISHED = date(2025, 3, 11)
ASIDE = ("span", "text", "lang", "confidence", "rule", "stated", "conversion", "attributed_to", "condition", "window")

# A sentence, then what is put in place of what, and the fields that must change with it
CASES: list[tuple[str, list[tuple[str, str, dict[str, Any]]]]] = [
    (
        "Guinea exported 145 million tonnes of bauxite in 2024.",
        [
            ("145", "130", {"value": 130e6}),
            ("million", "thousand", {"value": 145e3}),
            ("Guinea", "Brazil", {"country": ["BRA"]}),
            ("bauxite", "iron ore", {"commodity": ["iron ore"]}),
            ("2024", "2021", {"year_or_date": "2021"}),
            ("exported", "produced", {"metric": "production", "target": None}),
            ("145", "about 145", {"comparator": "approx"}),
            ("145", "more than 145", {"comparator": "gt"}),
        ],
    ),
    (
        "صدّرت غينيا 145 مليون طن من البوكسيت عام 2024.",
        [
            ("145", "130", {"value": 130e6}),
            ("مليون", "ألف", {"value": 145e3}),
            ("غينيا", "البرازيل", {"country": ["BRA"]}),
            ("البوكسيت", "خام الحديد", {"commodity": ["iron ore"]}),
            ("2024", "2021", {"year_or_date": "2021"}),
            ("صدّرت", "أنتجت", {"metric": "production", "target": None}),
            ("145", "نحو 145", {"comparator": "approx"}),
            ("145", "أكثر من 145", {"comparator": "gt"}),
        ],
    ),
    (
        "The United States imposed a 25% tariff on aluminium from Canada in 2018.",
        [
            ("25%", "10%", {"value": 10.0}),
            ("The United States", "India", {"actor": ["IND"]}),
            ("Canada", "China", {"target": ["CHN"]}),
            ("aluminium", "copper", {"commodity": ["copper"]}),
            ("2018", "2020", {"year_or_date": "2020"}),
            ("25%", "25 per cent", {}),
            ("The United States", "Washington", {}),
        ],
    ),
    (
        "فرضت الولايات المتحدة رسوماً جمركية بنسبة 25% على الألمنيوم من كندا عام 2018.",
        [
            ("25%", "10%", {"value": 10.0}),
            ("الولايات المتحدة", "الهند", {"actor": ["IND"]}),
            ("كندا", "الصين", {"target": ["CHN"]}),
            ("الألمنيوم", "النحاس", {"commodity": ["copper"]}),
            ("2018", "2020", {"year_or_date": "2020"}),
            ("25%", "25 في المئة", {}),
            ("25%", "٢٥٪", {}),
            ("الولايات المتحدة", "واشنطن", {}),
        ],
    ),
    (
        "Peru is the world's third largest producer of copper.",
        [
            ("third", "second", {"value": 2.0}),
            ("Peru", "Zambia", {"country": ["ZMB"]}),
            ("copper", "zinc", {"commodity": ["zinc"]}),
            ("producer", "exporter", {"of": "exports"}),
            ("third largest", "third-biggest", {}),
        ],
    ),
    (
        "تعد بيرو ثالث أكبر منتج للنحاس في العالم.",
        [
            ("ثالث", "ثاني", {"value": 2.0}),
            ("بيرو", "زامبيا", {"country": ["ZMB"]}),
            ("للنحاس", "للزنك", {"commodity": ["zinc"]}),
            ("منتج", "مصدر", {"of": "exports"}),
            ("تعد", "تعتبر", {}),
        ],
    ),
    (
        "China accounts for 60% of global graphite production.",
        [
            ("60%", "70%", {"value": 70.0}),
            ("China", "Mozambique", {"country": ["MOZ"]}),
            ("graphite", "tungsten", {"commodity": ["tungsten"]}),
            ("production", "exports", {"of": "exports"}),
            ("60%", "up to 60%", {"comparator": "lt"}),
            ("accounts for", "makes up", {}),
        ],
    ),
    (
        "تستحوذ الصين على 60% من الإنتاج العالمي من الغرافيت.",
        [
            ("60%", "70%", {"value": 70.0}),
            ("الصين", "موزمبيق", {"country": ["MOZ"]}),
            ("الغرافيت", "التنغستن", {"commodity": ["tungsten"]}),
            ("تستحوذ", "تسيطر", {}),
            ("60%", "ستين بالمئة", {}),
        ],
    ),
    (
        "Chile's copper exports fell 7% in 2023.",
        [
            ("7%", "9%", {"value": -9.0}),
            ("fell", "rose", {"value": 7.0}),
            ("Chile", "Peru", {"country": ["PER"]}),
            ("exports", "production", {"of": "production", "target": None}),
            ("2023", "2022", {"year_or_date": "2022"}),
            ("fell", "dropped", {}),
        ],
    ),
    (
        "تراجعت صادرات تشيلي من النحاس بنسبة 7% عام 2023.",
        [
            ("7%", "9%", {"value": -9.0}),
            ("تراجعت", "ارتفعت", {"value": 7.0}),
            ("تشيلي", "بيرو", {"country": ["PER"]}),
            ("2023", "2022", {"year_or_date": "2022"}),
            ("تراجعت", "انخفضت", {}),
        ],
    ),
]
PAIRS = [(CASES[i][0], CASES[i + 1][0]) for i in range(0, len(CASES), 2)]


def only(text: str) -> dict[str, Any]:
    """The one statement of a text, without what belongs to its wording."""
    found = read(text, PUBLISHED).statements
    assert len(found) == 1, (text, [s.text for s in found])
    return {k: v for k, v in found[0].model_dump(mode="json").items() if k not in ASIDE}


@pytest.mark.parametrize(
    ("text", "old", "new", "fields"), [(text, old, new, fields) for text, changes in CASES for old, new, fields in changes]
)
def test_a_change_changes_exactly_that_field(text: str, old: str, new: str, fields: dict[str, Any]) -> None:
    assert old in text
    assert only(text.replace(old, new)) == {**only(text), **fields}


@pytest.mark.parametrize(("english", "arabic"), PAIRS)
def test_a_translation_says_the_same(english: str, arabic: str) -> None:
    assert only(english) == only(arabic)


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("Mongolia has large reserves of copper.", "Mongolia has no large reserves of copper."),
        ("لدى منغوليا احتياطيات كبيرة من النحاس.", "ليس لدى منغوليا احتياطيات كبيرة من النحاس."),
    ],
)
def test_a_denial_turns_the_polarity(text: str, denial: str) -> None:
    said, denied = (next(s for s in read(t).statements if s.metric == "reserves") for t in (text, denial))
    assert (said.polarity, denied.polarity) == (True, False)
    assert (said.country, said.commodity) == (denied.country, denied.commodity)


@pytest.mark.parametrize(
    ("text", "old", "new", "name"),
    [
        (
            "Vladimir Putin said Russia produced 3.8 million tonnes of aluminium in 2023.",
            "Vladimir Putin",
            "The US Geological Survey",
            "Geological Survey",
        ),
        ("قال فلاديمير بوتين إن روسيا أنتجت 3.8 مليون طن من الألمنيوم عام 2023.", "فلاديمير بوتين", "دميتري بيسكوف", "Peskov"),
    ],
)
def test_another_speaker_changes_only_who_says_it(text: str, old: str, new: str, name: str) -> None:
    before, after = read(text).statements[0], read(text.replace(old, new)).statements[0]
    assert "Putin" in str(before.attributed_to)
    assert name in str(after.attributed_to)
    assert only(text) == only(text.replace(old, new))
