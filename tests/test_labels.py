"""Names fold to one key, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin import labels

DIACRITICS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rare Earths", "rare-earths"),
        ("Côte d'Ivoire", "cote d’ivoire"),
        ("الألمنيوم", "ألمنيوم"),
        ("الأَلْمُنْيوم", "المنيوم"),
        ("أميركا", "اميركا"),
        ("الصـــين", "الصين"),
        ("سوريا", "سوريا\u200f"),
        ("فنلندة", "فنلنده"),
        ("مصرى", "مصري"),
        ("Türkiye", "turkiye"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert labels.key(one) == labels.key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("الليثيوم", "الثوريوم"), ("Niger", "Nigeria"), ("نيجر", "نيجيريا"), ("مالي", "مالطا"), ("Gold", "Old")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert labels.key(one) != labels.key(other)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert labels.key(labels.key(text)) == labels.key(text)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=3, max_size=12), st.lists(st.sampled_from(DIACRITICS), max_size=6))
def test_marks_do_not_count(word: str, marks: list[str]) -> None:
    marked = "".join(letter + (marks[i % len(marks)] if marks else "") for i, letter in enumerate(word))
    assert labels.key(marked) == labels.key(word)


def test_nearest_names_are_suggested_once_an_id() -> None:
    index = labels.Index({"tin": ["tin", "Sn"], "aluminium": ["aluminium", "aluminum"], "lithium": ["lithium"]})
    assert index.find("ALUMINUM") == "aluminium"
    assert index.find("aluminnium") is None
    assert index.nearest("aluminnium")[0] == "aluminium"
    assert len(index.nearest("aluminnium")) == len(set(index.nearest("aluminnium")))


def test_clashes_are_found_whatever_the_spelling() -> None:
    assert labels.clashes({"a": ["Gold"], "b": ["GOLD"]}) == ["the name 'gold' belongs to a, b"]
    assert labels.clashes({"a": ["Gold", "gold"], "b": ["silver"]}) == []
