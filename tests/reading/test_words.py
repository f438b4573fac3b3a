"""Words, their readings, and the sentences they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin import labels
from maadin.reading.forms import readings
from maadin.reading.model import Sentence
from maadin.reading.source import clean
from maadin.reading.words import LONGEST, sentences


def cut(text: str) -> list[Sentence]:
    return sentences(clean(text))


def texts(text: str) -> list[str]:
    return [word.text for sentence in cut(text) for word in sentence.words]


def lines(text: str) -> list[str]:
    source = clean(text)
    return [source.clean[s.start : s.end] for s in sentences(source)]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("صادرات", ("", False, "صادرات", "")),
        ("الصادرات", ("", True, "صادرات", "")),
        ("وصادراتها", ("و", False, "صادرات", "ها")),
        ("وبالصادرات", ("وب", True, "صادرات", "")),
        ("للمعادن", ("ل", True, "معادن", "")),
        ("وللمعادن", ("ول", True, "معادن", "")),
        ("لليثيوم", ("ل", False, "ليثيوم", "")),
        ("بما", ("ب", False, "ما", "")),
        ("للألمنيوم", ("ل", True, labels.key("ألمنيوم"), "")),
        ("كالصين", ("ك", True, "صين", "")),
        ("وسيرتفع", ("وس", False, "يرتفع", "")),
        ("فستفرض", ("فس", False, "تفرض", "")),
        ("رسوماً", ("", False, "رسوم", "")),
        ("عاما", ("", False, "عام", "")),
        ("الطن", ("", True, "طن", "")),
        ("والطن", ("و", True, "طن", "")),
        ("بإنهائها", ("ب", False, "انهاء", "ها")),
        ("وألفان", ("و", False, "الفان", "")),
        ("حصتها", ("", False, labels.key("حصة"), "ها")),
        ("مستواه", ("", False, labels.key("مستوى"), "ه")),
        ("شركائهم", ("", False, labels.key("شركاء"), "هم")),
        ("صادراتنا", ("", False, "صادرات", "نا")),
        ("لديه", ("", False, "لدي", "ه")),
        ("China's", ("", False, "china", "'s")),
        ("U.S.", ("", False, "us", "")),
        ("Côte", ("", False, "cote", "")),
        ("didn't", ("", False, "didnt", "")),
    ],
)
def test_readings_of_a_word(word: str, form: tuple[str, bool, str, str]) -> None:
    found = readings(clean(word).clean)[1]
    assert form in [(f.before, f.article, f.key, f.after) for f in found]


@pytest.mark.parametrize(
    ("word", "key"),
    [("بين", "ين"), ("بينها", "ين"), ("وكالات", "الات"), ("كما", "كم"), ("لقد", "قد"), ("رسمي", "رسم"), ("بلاد", "لا"), ("معا", "مع")],
)
def test_what_is_no_reading(word: str, key: str) -> None:
    assert key not in [form.key for form in readings(word)[1]]


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةئؤء", min_size=1, max_size=12))
def test_the_plainest_reading_has_the_key_of_the_label(word: str) -> None:
    found = readings(word)[1]
    assert found[0].key == (labels.key(word) or word)
    assert 1 <= len(found) <= 12
    assert len({form.key for form in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rare-earth", "rare earth"),
        ("4.4-million-ton", "4.4 million ton"),
        ("US-China U.S.-China", "US China U.S. China"),
        ("35-70% 2024–25", "35 - 70 % 2024 - 25"),
        ("fell -6.1%", "fell - 6.1 %"),
        ("2Mt 650kt 50pct", "2 Mt 650 kt 50 pct"),
        ("$347.1m US$300/t USD500m", "$ 347.1 m US $ 300 / t USD 500 m"),
        ("5,774 816 000 34,9 1.5", "5,774 816 000 34,9 1.5"),
        ("2023,2024 and 2024،2025", "2023 , 2024 and 2024 ، 2025"),
        ("CO2 U3O8 Q1 FY2025 18th", "CO2 U3O8 Q1 FY2025 18 th"),
        ("d'Ivoire producers' output", "d Ivoire producers' output"),
        ("بـ34.9 و13 ٥٠٪ 5ر8", "ب 34.9 و 13 50 % 5ر8"),
        ("see https://example.org/a-b now", "see https://example.org/a-b now"),
    ],
)
def test_words_and_figures(text: str, words: str) -> None:
    assert texts(text) == words.split()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Geological Survey says so.", 1),
        ("It left the U.S. The rest stayed.", 2),
        ("Mr. Smith, of Acme Corp. in Maine, sold 3.5 Mt. China bought it.", 2),
        ("It is the No. 2 producer. He said no. Then he left.", 3),
        ("On Jan. 5 it cost approx. 3 USD. J. Doe paid.", 2),
        ('"It will stop." Then it did. "Will it?" he asked.', 3),
        ("توقفت الصادرات.. ثم عادت. هل تستمر؟ نعم", 4),
        ("قال د. أحمد ذلك.وأضاف المزيد", 2),
        ("1. First of all", 1),
        ("A line that goes\non here.\nAnother one", 2),
        ("ذهب،\nفضة", 1),
        ("One\n\ntwo", 2),
        ("x\n" * 5, 1),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(lines(text)) == count


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    wrapped = (
        (
            "The mine in the north of\nPeru opened last year and\nChile began to ship more\nCopper to Asia by the sea\nRoute that Panama keeps."  # no full stop before
        ).replace("\n", " and so on of it all the way\n")
    )
    assert len(lines(wrapped)) == 1


def test_headings() -> None:
    found = cut("Chile ships more copper\nOutput rose 5% in May.\nMore to come\n- an item of a list\nالنحاس في تشيلي\nارتفع الإنتاج.")
    assert [s.heading for s in found] == [True, False, True, False, True, False]
    assert [s.paragraph for s in found] == [0, 1, 2, 3, 4, 5]
    assert [s.lang for s in found] == ["en", "en", "en", "en", "ar", "ar"]
    assert not cut("Chile is the largest copper producer")[0].heading


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("he said “we export tin” today", "we export tin"),
        ("قال: «نصدر القصدير» اليوم", "نصدر القصدير"),
        ('he "sold" and "bought" tin', "sold bought"),
        ("it ‘may ban exports’ of the miners' tin", "may ban exports"),
        ("the miners' tin and the smelters' zinc", ""),
        ("قال ”نصدر“ اليوم", "نصدر"),
        ('open "to the end\nNext line', "to the end"),
        ("«a “b” c» d", "a b c"),
    ],
)
def test_what_is_quoted(text: str, quoted: str) -> None:
    found = [word.text for s in cut(text) for word, inside in zip(s.words, s.quoted, strict=True) if inside]
    assert " ".join(found).replace("'", "") == quoted


@given(
    st.lists(
        st.sampled_from([*"aAé.,'\"!?-–&$%\n ", *"والسبها", "“", "”", "«", "»", "5", "٫", "U.S.", "rare-earth", "...", "\u064b", "\ud800"])
    ).map("".join)
)
def test_words_cover_the_text_in_order(text: str) -> None:
    source = clean(text)
    end = 0
    left = []
    for sentence in sentences(source):
        assert len(sentence.quoted) == len(sentence.words) > 0
        for word in sentence.words:
            assert source.clean[word.start : word.end] == word.text
            left.append(source.clean[end : word.start])
            end = word.end
    assert set("".join([*left, source.clean[end:]])) <= set(" \n-'")


@pytest.mark.parametrize("piece", ["word ", "كلمة ", "a, ", "! ", '" ', "a.", "a,\n", "'a", "1,", "5 "])
def test_sentences_are_bounded(piece: str) -> None:
    found = cut(piece * 5_000 + "end")
    assert max(len(s.words) for s in found) <= LONGEST + 8
