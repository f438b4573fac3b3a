"""Sentences: templates are whole in both languages, numbers and plurals as each language has them."""

from __future__ import annotations

import string

import pytest

from maadin.reading.propose.sentences import amount, sentence, shown, texts, told
from maadin.units import Range

SECTIONS = ("assumes", "titles", "title_parts", "about")
FIELDS = [(section, key) for section in SECTIONS for key in texts()[section]]


@pytest.mark.parametrize(("section", "key"), FIELDS)
def test_both_languages_are_filled_from_the_same_values(section: str, key: str) -> None:
    fields = {}
    for language in ("en", "ar"):
        parsed = string.Formatter().parse(texts()[section][key][language])
        fields[language] = {(name, spec) for _, name, spec, _ in parsed if name}
    assert fields["en"] == fields["ar"]


@pytest.mark.parametrize(
    ("count", "en", "ar"),
    [
        (1, "1 year", "سنة واحدة"), (2, "2 years", "سنتين"), (3, "3 years", "3 سنوات"), (10, "10 years", "10 سنوات"), (11, "11 years", "11 سنة"),
        (100, "100 years", "100 سنة"), (102, "102 years", "102 سنة"), (2.5, "2.5 years", "2.5 سنة"), (Range(10, 50), "10 to 50 years", "من 10 إلى 50 سنة"),
        (Range(1, 2), "1 to 2 years", "من 1 إلى 2 سنة"), (Range(3, 5), "3 to 5 years", "من 3 إلى 5 سنوات"),
    ],
)  # fmt: skip
def test_plurals(count, en: str, ar: str) -> None:
    assert (amount(count, "years", "en"), amount(count, "years", "ar")) == (en, ar)


@pytest.mark.parametrize(
    ("tonnes", "en", "ar"),
    [
        (2e6, "2 million tonnes", "مليوني طن"),
        (1e6, "1 million tonnes", "مليون طن"),
        (30_000, "30 thousand tonnes", "30 ألف طن"),
        (800, "800 tonnes", "800 طن"),
        (1_234_567, "1.23 million tonnes", "1.23 مليون طن"),
        (Range(800, 8000), "800 to 8,000 tonnes", "من 800 إلى 8,000 طن"),
    ],
)
def test_tonnes(tonnes, en: str, ar: str) -> None:
    assert (shown("mass", tonnes, "en"), shown("mass", tonnes, "ar")) == (en, ar)


def test_percentages_and_days() -> None:
    assert shown("percent", Range(0.05, 0.125), "en") == "5% to 12.5%"
    assert shown("percent", 0.0655, "ar") == "6.55%"
    assert (shown("day", "2023-03-10", "en"), shown("day", "2023-03-10", "ar")) == ("10 March 2023", "10 مارس 2023")


def test_values_are_never_templates() -> None:
    made = sentence("condition", condition="{year} {0.__class__} %s")
    assert "{year} {0.__class__} %s" in made.en


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\u202eb\x00c\u2066", "abc"),
        ("one\n two\t three", "one two three"),
        ("word " * 100, "word " * 47 + "word…"),
        ("x" * 500, "x" * 239 + "…"),
    ],
)
def test_what_a_sentence_repeats_is_one_safe_line(given: str, expected: str) -> None:
    assert told(given) == expected
