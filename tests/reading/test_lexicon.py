"""Phrases are found however they stand in a sentence, and a wrong lexicon says what is wrong."""

from __future__ import annotations

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.reading.lexicon import Entry, Lexicon, load, read
from maadin.reading.model import Form, Mention
from maadin.reading.source import clean
from maadin.reading.words import sentences


def find(text: str, **phrases: str) -> list[Mention]:
    """Mentions of a kind "k", whose ids have phrases with commas between them."""
    lexicon = Lexicon(Entry("k", name, {}, tuple(part.strip() for part in given.split(","))) for name, given in phrases.items())
    return [mention for sentence in sentences(clean(text)) for mention in lexicon.find(sentence)]


def ids(text: str, **phrases: str) -> list[str]:
    return [mention.id for mention in find(text, **phrases)]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Exports rose", "exports", True),
        ("Rare-earth magnets", "rare earth", True),
        ("rare earth magnets", "rare-earth", True),
        ("China's exports", "china", True),
        ("China's ban", "china ban", False),  # the possessive ends a phrase
        ("the world's largest", "the world's largest", True),
        ("the world largest", "the world's largest", False),
        ("U.S. tariffs", "US", True),
        ("they didn't sell", "didn’t", True),
        ("AT&T", "AT and T", True),
        ("50%", "%", True),
        ("exporting tin", "export*", True),
        ("expo", "export*", False),
        ("most of all refined tin", "most of _ tin", True),
        ("most of tin", "most of _ tin", True),
        ("most of all the refined tin", "most of _ tin", False),
        ("most of that, tin", "most of _ tin", False),
        ("وصادراتها", "صادرات", True),
        ("بالصادرات", "الصادرات", True),
        ("والرسوم الجمركية", "رسوم جمركية", True),
        ("رسوماً جمركية", "رسوم جمركية", True),
        ("رسوم وجمركية", "رسوم جمركية", False),  # nothing is glued inside a phrase
        ("رسومها جمركية", "رسوم جمركية", False),
        ("حصتها السوقية", "حصة السوق", False),
        ("في حصة سوقها", "حصة السوق", True),
        ("بالاحتياطيات", "احتياطي*", True),
        ("الأَلُومِنيوم", "ألومنيوم", True),
        ("فإن", "ألفان", False),
        ("أنها", "إنهاء", False),
        ("إنهائها", "إنهاء", True),
        ("الالمنيوم", "ألمنيوم", True),
        ("للطن", "طن", True),
        ("على مستوى العالم", "على مُستوى العالم", True),
    ],
)
def test_how_a_phrase_may_stand(text: str, phrase: str, found: bool) -> None:
    assert bool(ids(text, x=phrase)) is found


def test_the_reading_is_kept() -> None:
    (mention,) = find("وبالرسوم الجمركية لأسواقها", x="رسوم جمركية")
    assert (mention.first, mention.last, mention.form) == (0, 2, Form("رسوم", "وب", True, ""))
    (mention,) = find("the European Union's ban", x="european union")
    assert mention.form == Form("european", after="'s")


def test_the_longest_wins_within_a_kind_only() -> None:
    assert ids("export control list", short="export", long="export control", other="control list") == ["long"]
    assert ids("export control list", short="export", tail="control list long, control list") == ["short", "tail"]
    lexicon = Lexicon([Entry("a", "1", {}, ("export ban",)), Entry("b", "2", {"part": "noun"}, ("export",))])
    assert [(m.kind, m.id, dict(m.traits)) for m in lexicon.find(sentences(clean("An export ban"))[0])] == [
        ("a", "1", {}),
        ("b", "2", {"part": "noun"}),
    ]


def test_the_plainest_reading_wins() -> None:
    assert ids("بنما", rose="نما", panama="بنما") == ["panama"]
    assert ids("exported", stem="export*", word="exported") == ["word"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("حظر", ["noun", "verb"]),
        ("وحظر", ["noun", "verb"]),
        ("الحظر", ["noun"]),
        ("بحظر", ["noun"]),
        ("ليرتفع", ["verb"]),
        ("سيرتفع", ["verb"]),
    ],
)
def test_what_stands_before_verbs(text: str, parts: list[str]) -> None:
    lexicon = Lexicon(Entry(part, "x", {"part": part}, ("حظر", "يرتفع") if part == "verb" else ("حظر",)) for part in ("noun", "verb"))
    assert sorted(m.kind for m in lexicon.find(sentences(clean(text))[0])) == parts


def test_one_phrase_of_two_ids_is_an_error_unless_shared() -> None:
    entries = [Entry("k", "one", {}, ("الحظر", "tops")), Entry("k", "two", {}, ("حظر", "Tops")), Entry("j", "three", {}, ("tops",))]
    with pytest.raises(ChecksFailed, match="2 problem") as failed:
        Lexicon(entries)
    assert "'tops'" in str(failed.value).lower() and "'one' and 'two'" in str(failed.value)
    entries[1] = Entry("k", "two", {}, ("حظر", "Tops"), shared=True)
    (mention, _) = Lexicon(entries).find(sentences(clean("tops"))[0])
    assert (mention.id, mention.traits) == ("one", {"or": ("two",)})


@pytest.mark.parametrize("phrase", ["ab*", "_ tin", "tin _", "", "*"])
def test_phrases_that_cannot_be_matched(phrase: str) -> None:
    with pytest.raises(ChecksFailed, match="k 'x'"):
        Lexicon([Entry("k", "x", {}, (phrase,))])


def test_reading_a_file() -> None:
    (entry,) = read(
        "kind: metric\nentries:\n  - {id: exports, part: &p noun, value: 2, loose: yes, other: *p, en: [exports, no, 5], ar: [صادرات]}\n",
        "metrics.yaml",
    )
    assert entry == Entry(
        "metric", "exports", {"part": "noun", "value": 2, "loose": True, "other": "noun"}, ("exports", "no", "5", "صادرات")
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: [", r"m\.yaml: this is no YAML"),
        ("entries: []", r"m\.yaml: expected a 'kind'"),
        ("kind: k\nentries: []\nmore: 1", "unknown fields more"),
        ("kind: k\nentries: [x]", r"entries\[0\]: expected fields"),
        ("kind: k\nentries: [{id: no, en: [a]}]", r"entries\[0\] \(False\): id: expected text"),
        ("kind: k\nentries: [{id: a}]", r"entries\[0\] \(a\): no phrases"),
        ("kind: k\nentries: [{id: a, en: x}]", r"\(a\): en: expected a list"),
        ("kind: k\nentries: [{id: a, en: [b, [c]]}, {id: c, ar: ['']}]", r"(?s)en\[1\]: .*entries\[1\] \(c\): ar\[0\]"),
        ("kind: k\nentries: *x", r"no YAML"),
    ],
)
def test_a_wrong_file_says_where(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(text, "m.yaml")


def test_there_is_no_such_lexicon() -> None:
    with pytest.raises(DataError, match=r"nowhere\.yaml: there is no such lexicon"):
        load("nowhere")
