"""The example article, in both languages: its seventeen statements, and what a change in its text changes.

The expected fields stand in `texts/article`: `s4` is statement 4 of the table that the project works for; 9 and 16 say two things each (`s9b`, `s16b`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from scorer import TEXTS, agrees, day, score

from maadin.reading.read import read

Fields = dict[str, Any]
EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = ("en", "ar")
WORDING = ("span", "text", "lang", "confidence", "rule", "stated", "conversion", "attributed_to", "condition", "window")
ASKED = (
    "commodity", "country", "actor", "target", "place", "value", "unit", "value_prev", "comparator", "year_or_date", "of", "direction", "quality", "status",
    "polarity",
)  # fmt: skip
UNASKED = ("direction",)  # asked where the annotation has it
ANY = object()


@lru_cache
def annotated(lang: str) -> Fields:
    """The article in a language with its annotation."""
    return json.loads((TEXTS / "article" / f"article_{lang}.json").read_text("utf-8"))


def gold(lang: str) -> dict[str, Fields]:
    """The annotated statements by number."""
    return {s["sid"]: s for s in annotated(lang)["gold"]}


NUMBERS = tuple(gold("en"))


@lru_cache
def found(text: str, published: str = "2025-02-25") -> tuple[Fields, ...]:
    """The statements of a text."""
    return tuple(s.model_dump(mode="json") for s in read(text, day(published)).statements)


def key(s: Mapping[str, Any]) -> str:
    return str(s.get("metric") or s.get("instrument"))


def accepted(s: Fields, field: str) -> list[Any]:
    """Values of a field that are right."""
    plain = {"comparator": "eq", "polarity": True}.get(field)
    return [s.get(field, plain), *(s.get("accept") or {}).get(field, [])]


def numbered(text: str, statements: Sequence[Fields], wanted: Mapping[str, Fields]) -> dict[str, int]:
    """Which statement found is which of the article: one in its place and of its kind, the one with the most fields right."""
    options = []
    for sid, g in wanted.items():
        start = text.index(g["anchor"])
        keys = {key(g), *(g.get("accept") or {}).get("instrument", [])}
        for i, s in enumerate(statements):
            there = s["span"][0] < start + len(g["anchor"]) and start < s["span"][1]
            if there and s["kind"] == g["kind"] and key(s) in keys:
                options.append((len(wrong(g, s)), abs(s["span"][0] - start), sid, i))
    chosen: dict[str, int] = {}
    for _, _, sid, i in sorted(options):
        if sid not in chosen and i not in chosen.values():
            chosen[sid] = i
    return chosen


def wrong(g: Fields, s: Fields) -> dict[str, tuple[Any, Any]]:
    """The fields of a statement that are not those annotated: expected, found."""
    off = {}
    for field in ASKED:
        if field in UNASKED and field not in g:
            continue
        right = accepted(g, field)
        if field == "target":
            right += [None, []] if right[0] == ["WLD"] and g["kind"] == "claim" else []
        if (s[field] or None if isinstance(s[field], list) else s[field]) not in right:
            off[field] = (right, s[field])
    if not told(s["attributed_to"], accepted(g, "attributed_to")):
        off["attributed_to"] = (accepted(g, "attributed_to"), s["attributed_to"])
    for field in ("condition", "window"):
        if not told(s[field], [g.get(field)]):
            off[field] = (g.get(field), s[field])
    return off


def told(have: str | None, names: Iterable[str | None]) -> bool:
    """Whether words hold one of the names that are right, either way round; none where none is right."""
    return any((have is None) if name is None else have is not None and (name in have or have in name) for name in names)


def plain(s: Fields) -> Fields:
    """A statement without what belongs to its wording."""
    return {k: v for k, v in s.items() if k not in WORDING}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_annotation_is_whole(lang: str) -> None:
    article = annotated(lang)
    assert article["text"] == (EXAMPLES / f"article_{lang}.txt").read_text("utf-8")
    assert 350 <= len(article["text"].split()) <= 450
    assert {sid.rstrip("b") for sid in gold(lang)} == {f"s{n}" for n in range(1, 18)}
    for g in article["gold"]:
        assert article["text"].count(g["anchor"]) == 1, g["sid"]
        assert agrees(g, g)
    whole = score([(article["id"], article["gold"], [{"text": g["anchor"], **g} for g in article["gold"]])])
    assert all(s.f1 == 1.0 for s in whole.values())


def test_both_versions_are_annotated_alike() -> None:
    apart = ("anchor", "accept", "condition", "window")
    en, ar = ([{k: v for k, v in g.items() if k not in apart} for g in annotated(lang)["gold"]] for lang in LANGUAGES)
    assert en == ar


@pytest.mark.parametrize(("number", "lang"), [(n, lang) for n in NUMBERS for lang in LANGUAGES])
def test_the_statement_is_read(number: str, lang: str) -> None:
    text = annotated(lang)["text"]
    statements = found(text)
    at = numbered(text, statements, gold(lang)).get(number)
    assert at is not None, f"not found; in the text: {gold(lang)[number]['anchor']!r}"
    off = wrong(gold(lang)[number], statements[at])
    assert not off, f"{statements[at]['text']!r}: " + "; ".join(f"{f} expected {right}, is {have!r}" for f, (right, have) in off.items())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_else_is_read(lang: str) -> None:
    text = annotated(lang)["text"]
    taken = set(numbered(text, found(text), gold(lang)).values())
    assert [(key(s), s["text"]) for i, s in enumerate(found(text)) if i not in taken] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_both_versions_say_the_same(number: str) -> None:
    said = []
    for lang in LANGUAGES:
        text = annotated(lang)["text"]
        at = numbered(text, found(text), gold(lang)).get(number)
        said.append(None if at is None else plain(found(text)[at]))
    assert said[0] is not None
    assert said[0] == said[1]


# What is changed, in each language as (old, new) pairs, and what must change in which statements: a field or, for an exchange of names, "old name": new
ALUMINIUM = ("s11", "s12", "s13", "s14", "s15", "s16", "s16b", "s17")
CHANGES: dict[str, tuple[Mapping[str, Sequence[tuple[str, str]]], Mapping[str, Fields]]] = {
    "tonnes offered": (
        {"en": [("two million tonnes", "1.5 million tonnes")], "ar": [("مليوني طن", "1.5 مليون طن")]},
        {"s11": {"value": 1.5e6}},
    ),
    "tonnes offered, in thousands": (
        {"en": [("two million tonnes", "2,000 kt")], "ar": [("مليوني طن", "ألفي ألف طن")]},
        {},
    ),
    "tariff": ({"en": [("25%", "30%")], "ar": [("25%", "30%")]}, {"s13": {"value": 30.0}}),
    "duty": ({"en": [("200%", "150%")], "ar": [("200%", "150%")]}, {"s16b": {"value": 150.0}}),
    "duty, in other digits": ({"en": [("200%", "200 percent")], "ar": [("200%", "٢٠٠ في المئة")]}, {}),
    "year": ({"en": [("in 2023", "in 2022")], "ar": [("عام 2023", "عام 2022")]}, {"s16": {"year_or_date": "2022"}, "s16b": {"year_or_date": "2022"}}),
    "bound": (
        {"en": [("one million tonnes", "600,000 tonnes")], "ar": [("الولايات المتحدة مليون طن", "الولايات المتحدة 600 ألف طن")]},
        {"s17": {"value": 6e5}},
    ),
    "bound passed": (
        {"en": [("had not exceeded", "had exceeded")], "ar": [("لم تتجاوز الشحنات", "تجاوزت الشحنات")]},
        {"s17": {"comparator": "gt"}},
    ),
    "place": (
        {"en": [("second only to China", "third after China and India")], "ar": [("المرتبة الثانية بعد الصين", "المرتبة الثالثة بعد الصين والهند")]},
        {"s14": {"value": 3.0}},
    ),
    "sum": ({"en": [("$500 billion", "$300 billion")], "ar": [("500 مليار", "300 مليار")]}, {"s4": {"value": 3e11}}),
    "fund accepted": (
        {"en": [("has rejected a fund", "is considering a fund")], "ar": [("فرفضت صندوقاً", "فتدرس صندوقاً")]},
        {"s4": {"status": "considered"}},
    ),
    "reserves affirmed": (
        {
            "en": [("has no large reserves of them that are", "has large reserves of them that are")],
            "ar": [("لا يملك منها احتياطيات كبيرة", "يملك منها احتياطيات كبيرة")],
        },
        {"s5": {"polarity": True, "quality": ANY, "comparator": ANY}},
    ),
    "metal": (
        {"en": [("aluminium", "copper")], "ar": [("بالألمنيوم", "بالنحاس"), ("الألمنيوم", "النحاس")]},
        {n: {"aluminium": "copper"} for n in ALUMINIUM},
    ),
    "metals": (
        {
            "en": [("rare earths", "lithium"), ("rare earth", "lithium"), ("Rare earths", "Lithium"), ("a group of 17 elements", "a metal")],
            "ar": [("العناصر الأرضية النادرة", "الليثيوم"), ("هذه العناصر", "هذا المعدن"), ("العناصر النادرة", "الليثيوم")],
        },
        {n: {"rare earths": "lithium"} for n in ("s1", "s2", "s3", "s5", "s6", "s7", "s9", "s9b")},
    ),
    "seller": (
        {
            "en": [
                ("MOSCOW", "ASTANA"), ("Moscow", "Astana"), ("Vladimir Putin", "Kassym-Jomart Tokayev"), ("Putin", "Tokayev"), ("Russian", "Kazakh"),
                ("Russia", "Kazakhstan"), ("Krasnoyarsk, a Siberian region", "Pavlodar, a northern region"), ("the Kremlin", "the Kazakh presidency"),
            ],
            "ar": [
                ("موسكو", "أستانا"), ("فلاديمير بوتين", "قاسم جومارت توكاييف"), ("بوتين", "توكاييف"), ("الروسية", "الكازاخستانية"), ("الروسي", "الكازاخستاني"),
                ("روسيا", "كازاخستان"), ("كراسنويارسك، وهي منطقة سيبيرية", "بافلودار، وهي منطقة شمالية"), ("الكرملين", "الرئاسة الكازاخستانية"),
            ],
        },
        {n: {"RUS": "KAZ"} for n in NUMBERS},
    ),
    "neighbour": (
        {"en": [("Ukrainian", "Georgian"), ("Ukraine", "Georgia"), ("Kyiv", "Tbilisi")], "ar": [("الأوكرانية", "الجورجية"), ("أوكرانيا", "جورجيا"), ("كييف", "تبليسي")]},
        {n: {"UKR": "GEO"} for n in ("s4", "s5", "s6", "s8")},
    ),
    "rival": ({"en": [("only to China", "only to India")], "ar": [("بعد الصين", "بعد الهند")]}, {}),
    "name": (
        {"en": [("the United States had not", "Washington had not")], "ar": [("ونحن نملك", "وروسيا تملك")]},
        {},
    ),
    "condition": (
        {
            "en": [(" if Washington lifts its restrictions on imports of the metal", "")],
            "ar": [(" إذا ألغت واشنطن القيود التي تضعها على استيراد المعدن", "")],
        },
        {"s11": {"condition": None}},
    ),
    "source": (
        {"en": [("the US Geological Survey", "the World Bank")], "ar": [("هيئة المسح الجيولوجي الأميركية", "البنك الدولي")]},
        {n: {"attributed_to": "World Bank"} for n in ("s9", "s9b")},
    ),
    "flow": ({"en": [("far behind in production", "far behind in exports")], "ar": [("كثيراً في الإنتاج", "كثيراً في التصدير")]}, {"s9b": {"metric": "exports"}}),
}  # fmt: skip


def edited(value: Any, names: Mapping[str, str]) -> Any:
    """A value with other names in it."""
    if isinstance(value, list):
        return [edited(v, names) for v in value]
    return names.get(value, value) if isinstance(value, str) else value


def changed(s: Fields, fields: Fields) -> Fields:
    """A statement with other values of its fields, or other names in them."""
    said = plain(s)
    for field, value in fields.items():
        said = {**said, field: value} if field in s else {k: edited(v, {field: value}) for k, v in said.items()}
    return said


@pytest.mark.parametrize(("change", "lang"), [(c, lang) for c in CHANGES for lang in LANGUAGES])
def test_a_change_changes_exactly_those_fields(change: str, lang: str) -> None:
    pairs, fields = CHANGES[change]
    text = new = annotated(lang)["text"]
    wanted = gold(lang)
    for old, other in pairs[lang]:
        assert old in new
        new = new.replace(old, other)
    before, after = found(text), found(new)
    numbers = {i: n for n, i in numbered(text, before, wanted).items()}
    told_of = [n for n in fields if n in numbers.values()]
    assert told_of == list(fields), "not all of them are found before the change"
    expected = [changed(s, fields.get(numbers.get(i, ""), {})) for i, s in enumerate(before)]
    have = [plain(s) for s in after]
    for want, got, s in zip(expected, have, after, strict=False):
        got |= {field: s[field] for field in want if field in WORDING}
        want |= {field: got[field] for field, value in want.items() if value is ANY}
    assert have == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_of_publication_moves_relative_dates_only(lang: str) -> None:
    text = annotated(lang)["text"]
    for now, later in zip(found(text), found(text, "2025-04-29"), strict=True):
        moved = {**plain(later), "year_or_date": None} == {**plain(now), "year_or_date": None}
        assert moved
        if len(now["year_or_date"] or "") <= 4:
            assert later["year_or_date"] == now["year_or_date"]
    assert read(text, date(2025, 4, 29)).published == date(2025, 4, 29)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_and_marks_around_the_article_change_nothing(lang: str) -> None:
    text = annotated(lang)["text"]
    for other in (text.replace("\n\n", "\r\n\r\n"), "\ufeff" + text, "".join(f"<p>{p}</p>\n" for p in text.split("\n\n"))):
        assert [plain(s) for s in found(other)] == [plain(s) for s in found(text)]
