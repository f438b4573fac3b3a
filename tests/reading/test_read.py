"""Reading as a whole: exact places, hostile texts, growth with length."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import maadin as md
from maadin.errors import InputError
from maadin.reading.read import LARGEST, read

ENGLISH = "Zambia exported 800,000 tonnes of copper in 2023, said the central bank. China bought 40% of Zambia's copper exports."
ARABIC = "أنتج المغرب ٣٥ مليون طن من الفوسفات عام ٢٠٢٣، وهو ثاني أكبر منتج في العالم بعد الصين."


def places(text: str) -> list[str]:
    return [text[slice(*s.span)] for s in read(text).statements]


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, f"{ENGLISH}\n\n{ARABIC}", "خبر عاجل\n" + ARABIC, ENGLISH.replace(" ", "\u00a0")])
def test_every_statement_is_a_slice_of_the_text_as_given(text: str) -> None:
    found = read(text).statements
    assert found
    for s in found:
        assert text[s.span[0] : s.span[1]] == s.text
        assert s.text.strip()


def test_invisible_characters_vowel_marks_and_markup_change_no_value() -> None:
    plain = [(s.metric, s.country, s.value, s.year_or_date) for s in read(ARABIC).statements]
    marked = ARABIC.replace("أنتج", "أَنْتَجَ").replace("الفوسفات", "\u202bالفوسفـــات\u202c").replace("طن", "\u200fطن")
    pasted = f"<html><head><style>p {{color: red}}</style><script>var copper = '5 tonnes of gold';</script></head><body><p>{ARABIC}</p></body></html>"
    for text in (marked, pasted):
        assert [(s.metric, s.country, s.value, s.year_or_date) for s in read(text).statements] == plain
        assert all(text[s.span[0] : s.span[1]] == s.text for s in read(text).statements)


def test_a_text_in_both_languages_gives_the_statements_of_both() -> None:
    both = read(f"{ENGLISH}\n\n{ARABIC}").statements
    assert {s.lang for s in both} == {"ar", "en"}
    assert len(both) == len(read(ENGLISH).statements) + len(read(ARABIC).statements)


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "The weather was fine.", "كان الطقس جميلاً يوم أمس.", "Call +1 212 555 0100, section 232 of the law.", "5%", "\ufeff"],
)
def test_a_text_with_nothing_of_ours_has_no_statement(text: str) -> None:
    assert read(text).statements == ()


HOSTILE = {
    "numbers": " ".join(f"{i * 7 % 9999} tonnes" for i in range(10_000)),
    "one sentence of percentages": ", ".join(f"{i % 100}% of exports" for i in range(5_000)),
    "countries": " and ".join(["China", "Russia", "Chile"] * 5_000),
    "tags": "<div><p>" * 20_000 + ENGLISH,
    "unclosed tags": "<" * 100_000,
    "quotes": '"' * 100_000,
    "zero bytes": "\0" * 50_000 + ENGLISH,
    "turned round": "\u202e".join(ENGLISH),
    "half a character": "\ud800" + ENGLISH,
    "no spaces": "الصادرات" * 20_000,
    "conditions": "if lifted " * 20_000,
    "followers": "largest producer followed by China " * 5_000,
    "chance": "".join(random.Random(1).choices([chr(c) for c in range(32, 0x2FFF)], k=100_000)),
    "different statements": "\n".join(f"China exported {i} tonnes of zinc." for i in range(1, 3_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_to_the_end(name: str) -> None:
    text = HOSTILE[name]
    for s in read(text).statements:
        assert text[s.span[0] : s.span[1]] == s.text
    json.loads(read(text).to_json())


def test_time_grows_with_length_and_not_with_its_square() -> None:
    """Processor time of eight times the text, over that of the text: 8 if linear, 64 if quadratic; the bound leaves room for a busy machine."""
    block = f"{ENGLISH}\n{ARABIC}\n"
    read(block * 40)

    def spent(copies: int) -> float:
        numbered = "".join(block.replace("800,000", f"{800_000 + i}") for i in range(copies))
        began = time.process_time()
        read(numbered)
        return time.process_time() - began

    assert min(spent(320) / spent(40) for _ in range(3)) < 24


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from([ENGLISH, ARABIC]))
def test_any_text_around_a_statement_keeps_places_exact(noise: str, told: str) -> None:
    text = f"{noise}\n\n{told}\n\n{noise}"
    assert all(text[s.span[0] : s.span[1]] == s.text for s in read(text).statements)


def test_a_text_that_is_no_text_any_more_is_refused() -> None:
    with pytest.raises(InputError, match="characters; expected at most"):
        read("a" * (LARGEST + 1))


def test_it_is_reachable_from_the_package() -> None:
    found = md.read(ENGLISH)
    assert isinstance(found, md.Reading)
    assert isinstance(found.statements[0], md.Statement)
    data = json.loads(found.to_json())
    assert data["schema_version"] == 1
    assert data["statements"][0]["country"] == ["ZMB"]
    assert "actor" not in data["statements"][0]
    assert {v.verdict for v in md.check("China is the world's largest producer of graphite.")} == {"supported"}
    assert md.brief("Nothing of ours.", draws=0).reading.statements == ()
    assert all(getattr(md, name) is not None for name in md.__all__)


def test_the_example_of_the_how_to_page_says_what_it_shows() -> None:
    text = "Chile, the world's largest copper producer, shipped 500,000 tonnes to the United States in 2024."
    assert [(s.metric, s.of, s.country, s.target, s.value, s.unit) for s in md.read(text).statements] == [
        ("rank", "production", ("CHL",), ("WLD",), 1.0, "rank"),
        ("exports", None, ("CHL",), ("USA",), 500000.0, "tonne"),
    ]
