"""Clean text reads plainly, and leads back to the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin.reading.source import clean

PIECES = [
    *"abcXYZ é.,%-–—<>&;\n\r\t",
    *"صادراتإآىةلء",
    *"٠٩۵٫٬٪",
    "\u064b",
    "\u0640",
    "\u200f",
    "\u00ad",
    "\xa0",
    "ﻻ",
    "ﺍ",
    "ﬁ",
    "５",
    "\x00",
    "\ud800",
]
MARKUP = ["<p>", "</p>", "<b>", "<br/>", "<a href='x>y'>", "&nbsp;", "&rlm;", "<!-- -->", "<script>p()</script>", "<li", "&#", "<!--"]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Nothing to do, 5%.", "Nothing to do, 5%."),
        ("a < b, <5% and 3 > 2", "a < b, <5% and 3 > 2"),
        ("R&D, AT&T; x & y", "R&D, AT&T; x & y"),
        ("<b>Tin</b> &amp; <i class='x'>zinc</i>", "Tin & zinc"),
        ("Tin&nbsp;&lt;5%&#37; &amp;nbsp;&#x627;", "Tin <5%%  ا"),
        ("a<script>if (a < b) { p('<p>') }</script>b<style>p{}</style>c<!-- d -->e", "abce"),
        ("<p title='a > b'>One\ntwo</p><p>Three</p>", "\nOne two\n\nThree\n"),
        ("One<br>Two", "One\nTwo"),
        ("<Name> and <o:p></o:p>", "<Name> and "),
        ("رُسُومٌ جُمـــركيّة", "رسوم جمركية"),
        ("٢٥٫٥٪ و۱٬۰۰۰", "25.5% و1,000"),
        ("ﺻﺎﺩﺭﺍﺕ ﻻ ﷼", "صادرات لا ریال"),
        ("\u202bالصين\u202c\u200f soft\u00adware\ufeff", "الصين software"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("35–70% US–China now – or—then −5", "35-70% US-China now – or–then -5"),
        ("“a” «b» ‘c’ it’s", "“a” «b» 'c' it's"),
        ("Ｆｕｌｌ １２％ ﬁnance", "Full 12% finance"),
    ],
)
def test_what_is_read(given: str, read: str) -> None:
    assert clean(given).clean == read


def test_plain_text_is_left_alone() -> None:
    source = clean("Chile ships copper.\nالصين تصدر 5 ملايين طن، وفق التقرير.")
    assert source.clean is source.text
    assert source.span(0, 5) == (0, 5)


@pytest.mark.parametrize(
    ("given", "part", "slice_given"),
    [
        ("<p>Chile &amp; Peru</p>", "Chile & Peru", "Chile &amp; Peru"),
        ("الرُّسُوم", "الرسوم", "الرُّسُوم"),
        ("بـ٣٤٫٩ مليون", "34.9", "٣٤٫٩"),
        ("الـﻻت", "لات", "ﻻت"),
        ("a<b>lum</b>inium", "aluminium", "a<b>lum</b>inium"),
    ],
)
def test_where_it_stood(given: str, part: str, slice_given: str) -> None:
    source = clean(given)
    start = source.clean.index(part)
    first, last = source.span(start, start + len(part))
    assert given[first:last] == slice_given


@given(st.lists(st.sampled_from([*PIECES, *MARKUP])).map("".join))
def test_every_character_has_a_place(text: str) -> None:
    source = clean(text)
    offsets = list(source.offsets)
    assert len(offsets) == len(source.clean) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(text)
    assert "\r" not in source.clean


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.data())
def test_a_stretch_reads_the_same_alone(text: str, data: st.DataObject) -> None:
    source = clean(text)
    words = source.clean.split()
    if words:
        word = data.draw(st.sampled_from(words))
        start = source.clean.index(word)
        first, last = source.span(start, start + len(word))
        alone = clean(text[first:last]).clean
        assert alone.replace("–", "-") == word.replace("–", "-") or "ﻻ" in text[first:last]  # a ligature stands or falls as one


@given(st.text())
def test_any_text_can_be_cleaned(text: str) -> None:
    source = clean(text)
    assert len(source.offsets) == len(source.clean) + 1


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 10_000 + "end",
        "<!--" * 10_000 + "end",
        "<script>" * 10_000 + "end",
        "<a '" * 10_000 + "end",
        '<a "' * 10_000 + "end",
        "&amp" * 10_000 + " end",
        "<" * 10_000 + "end",
        "<p>" + " \n" * 10_000 + "end",
    ],
    ids=["nested", "comments", "scripts", "quotes", "double-quotes", "entities", "brackets", "breaks"],
)
def test_hostile_markup_keeps_the_text(text: str) -> None:
    assert clean(text).clean.endswith("end")
