"""The words of the grammar: every file loads, has only the meanings that the grammar asks for, in both languages, and means what it should."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, get_args

import pytest

from maadin.reading import lexicon, statement
from maadin.reading.entries import Entry, read
from maadin.reading.model import Mention
from maadin.reading.source import clean
from maadin.reading.words import sentences

IDS: dict[str, tuple[str, set[str]]] = {
    "metrics": ("metric", {"reserves", "production", "exports", "imports", "consumption", "capacity", "price", "refining", "value"}),
    "instruments": ("instrument", set(statement.INSTRUMENTS)),
    "statuses": ("status", set(get_args(statement.Status))),
    "changes": ("change", {"up", "down", "double", "halve", "stop"}),
    "shares": ("share", {"accounts_for", "share_of"}),
    "ranks": ("rank", {"largest", "leading", "main"}),
    "links": ("link", {"followed_by", "after", "ahead_of", "compared_with"}),
    "sayings": ("say", {"said", "according_to"}),
    "negations": ("negation", {"not"}),
    "conditions": ("condition", {"if"}),
    "pronouns": ("pronoun", {"country", "commodity", "it"}),
    "qualities": ("quality", {"many", "needed", "lagging", "recognised", "stopped"}),
    "scopes": ("scope", {"world", "home"}),
    "restraints": ("restraint", {"ban", "export_control", "mishap"}),
    "prepositions": ("prep", {"to", "from", "on", "in", "of", "by", "for", "against", "with", "between", "per"}),
}
TRAITS: dict[str, set[str]] = {
    "metrics": {"part", "tense", "earning", "verb", "weak", "also", "loose", "of_resources", "possession", "void"},
    "instruments": {
        "part",
        "tense",
        "verb",
        "direction",
        "weak",
        "cooperation",
        "together",
        "action",
        "building",
        "sized",
        "masdar",
        "void",
    },
    "statuses": {"part", "tense", "masdar", "bare", "lowering", "shield", "weak", "void"},
    "changes": {"part", "tense", "transitive", "factor", "masdar", "weak", "void"},
    "shares": {"part", "world", "weak", "of", "into", "void"},
    "ranks": {"part", "value", "top", "weak", "ordinal", "compared", "void"},
    "links": {"suffix", "more", "less", "weak"},
    "sayings": {"part", "where", "data", "weak", "void"},
    "negations": {"void", "bound"},
    "conditions": {"negative", "exchange", "time", "weak"},
    "pronouns": {"means", "definite", "plural", "relative", "weak"},
    "qualities": {"part", "masdar", "negated", "denies", "weak", "void"},
    "scopes": {"part"},
    "restraints": {"part", "tense", "goods"},
    "prepositions": {"also"},
}
VALUES: dict[str, set[Any]] = {
    "part": {"noun", "verb", "agent", "adjective", "adverb", "auxiliary", "participle", "phrase", "prep", "passive"},
    "tense": {"past", "present", "future"},
    "direction": {"import", "export"},
    "goods": {"import", "export", "either"},
    "where": {"before", "after"},
    "bound": {"lt", "gt"},
    "means": {"aluminium", "copper", "gold", "silver", "lithium", "crude oil"},
}
FILES = tuple(IDS)


def arabic(phrase: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in phrase)


@cache
def entries(name: str) -> list[Entry]:
    return read((files("maadin.reading") / "lexicon" / f"{name}.yaml").read_text(encoding="utf-8"), name)


def found(kind: str, text: str) -> list[Mention]:
    return [m for s in sentences(clean(text)) for m in lexicon.load(*FILES).find(s) if m.kind == kind]


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_the_meanings_that_are_asked_for_in_both_languages(name):
    kind, ids = IDS[name]
    lexicon.load(name)
    assert {e.kind for e in entries(name)} == {kind}
    for wanted in ids:
        phrases = [p for e in entries(name) if e.id == wanted and not e.traits.get("void") for p in e.phrases]
        assert any(map(arabic, phrases)) and not all(map(arabic, phrases)), wanted
    assert {e.id for e in entries(name)} == ids


@pytest.mark.parametrize("name", FILES)
def test_traits_are_those_of_the_head_of_the_file(name):
    for e in entries(name):
        assert set(e.traits) <= TRAITS[name], e
        for trait, values in VALUES.items():
            assert e.traits.get(trait, next(iter(values))) in values, e


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_finds_itself(name):
    """So none stands in two entries, and none is hidden by another."""
    kind = IDS[name][0]
    lost = []
    for e in entries(name):
        for phrase in e.phrases:
            if "_" in phrase.split():
                continue
            spans = found(kind, phrase)
            if not any(m.first == 0 and m.id == e.id and m.traits == e.traits for m in spans):
                lost.append((phrase, [(m.id, m.traits) for m in spans]))
    assert not lost


MEANINGS = [
    # metrics
    ("metric", "output", "production", {"part": "noun"}),
    ("metric", "إنتاجها", "production", {"part": "noun"}),
    ("metric", "واستخرجت", "production", {"part": "verb", "tense": "past"}),
    ("metric", "ستنتج", "production", {"part": "verb", "tense": "present"}),
    ("metric", "المنتجين", "production", {"part": "agent"}),
    ("metric", "أكبر منتج", "production", {"part": "agent"}),
    ("metric", "miners", "production", {"part": "agent"}),
    ("metric", "shipped", "exports", {"part": "verb", "tense": "past"}),
    ("metric", "صادراتها", "exports", {"part": "noun"}),
    ("metric", "وتورد", "exports", {"part": "verb"}),
    ("metric", "أكبر مصدر", "exports", {"part": "agent", "weak": True}),
    ("metric", "الدول المصدرة", "exports", {"part": "agent"}),
    ("metric", "largest supplier", "exports", {"part": "agent", "weak": True}),
    ("metric", "الواردات", "imports", {"part": "noun"}),
    ("metric", "تستورد", "imports", {"part": "verb"}),
    ("metric", "buyers", "imports", {"part": "agent"}),
    ("metric", "الاستهلاك", "consumption", {"part": "noun"}),
    ("metric", "بطاقة إنتاجية", "capacity", {"part": "noun"}),
    ("metric", "nameplate capacity", "capacity", {"part": "noun"}),
    ("metric", "احتياطياته", "reserves", {"part": "noun"}),
    ("metric", "inferred resources", "reserves", {"of_resources": True}),
    ("metric", "processing", "refining", {"part": "noun"}),
    ("metric", "أسعار", "price", {"part": "noun"}),
    ("metric", "supply", "exports", {"weak": True, "also": "production"}),
    ("metric", "global supply", "production", {"loose": True}),
    ("metric", "supply chains", "production", {"void": True}),
    ("metric", "سلاسل التوريد", "exports", {"void": True}),
    ("metric", "مصدر مطلع", "exports", {"void": True}),
    ("metric", "has been", "reserves", {"void": True}),
    ("metric", "لدينا", "reserves", {"possession": True, "weak": True}),
    # instruments
    ("instrument", "anti-dumping duties", "tariff", {"part": "noun"}),
    ("instrument", "رسوماً جمركية", "tariff", {"part": "noun"}),
    ("instrument", "تعريفة", "tariff", {"part": "noun"}),
    ("instrument", "رسوم مكافحة الإغراق", "tariff", {"part": "noun"}),
    ("instrument", "export tax", "tariff", {"direction": "export"}),
    ("instrument", "رسوم تصدير", "tariff", {"direction": "export"}),
    ("instrument", "رسوم على واردات", "tariff", {"direction": "import"}),
    ("instrument", "رسم بياني", "tariff", {"void": True}),
    ("instrument", "feed-in tariff", "tariff", {"void": True}),
    ("instrument", "حظر تصدير", "ban", {"direction": "export"}),
    ("instrument", "حظرت", "ban", {"part": "verb", "tense": "past"}),
    ("instrument", "ban on raw ore exports", "ban", {"direction": "export"}),
    ("instrument", "وستحظر", "ban", {"part": "verb", "tense": "present"}),
    ("instrument", "تعليق صادرات", "ban", {"direction": "export"}),
    ("instrument", "أوقفت الحكومة صادرات", "ban", {"direction": "export", "tense": "past"}),
    ("instrument", "stop nickel ore exports", "ban", {"direction": "export", "tense": "present"}),
    ("instrument", "export quotas", "quota", {"direction": "export"}),
    ("instrument", "حصص تصدير", "quota", {"direction": "export"}),
    ("instrument", "سقفا للإنتاج", "quota", {"part": "noun"}),
    ("instrument", "قيودا على تصدير", "export_control", {"direction": "export"}),
    ("instrument", "curbs on rare earth exports", "export_control", {"direction": "export"}),
    ("instrument", "القيود على الاستيراد", "export_control", {"direction": "import"}),
    ("instrument", "export licences", "export_control", {"direction": "export"}),
    ("instrument", "رخص التعدين", "export_control", {"void": True}),
    ("instrument", "عقوبات", "sanction", {"part": "noun"}),
    ("instrument", "إقامة مشروع مشترك", "joint_venture", {"part": "noun"}),
    ("instrument", "للتعاون", "joint_venture", {"cooperation": True}),
    ("instrument", "memorandum of understanding", "joint_venture", {"cooperation": True}),
    ("instrument", "deal", "joint_venture", {"cooperation": True, "weak": True}),
    ("instrument", "free trade agreement", "joint_venture", {"void": True}),
    ("instrument", "مصهر", "capacity_project", {"part": "noun"}),
    ("instrument", "تسريع تنمية", "capacity_project", {"action": True}),
    ("instrument", "build a new smelter", "capacity_project", {"building": True}),
    ("instrument", "محطات الطاقة", "capacity_project", {"void": True}),
    ("instrument", "صندوق", "fund", {"part": "noun"}),
    ("instrument", "صندوق النقد الدولي", "fund", {"void": True}),
    ("instrument", "letters of interest", "fund", {"part": "noun"}),
    ("instrument", "price floor", "price_support", {"part": "noun"}),
    ("instrument", "حدا أدنى للسعر", "price_support", {"part": "noun"}),
    ("instrument", "could supply", "supply_offer", {"part": "verb"}),
    ("instrument", "مستعدة لتوريد", "supply_offer", {"part": "phrase"}),
    ("instrument", "عرض الوزير الروسي توريد", "supply_offer", {"tense": "past"}),
    ("instrument", "المناطق التي تحتلها", "territory", {"part": "noun"}),
    ("instrument", "areas under its control", "territory", {"part": "noun"}),
    # statuses
    ("status", "فرضت", "in_force", {"tense": "past"}),
    ("status", "بفرض", "in_force", {"masdar": True}),
    ("status", "took effect", "in_force", {"tense": "past"}),
    ("status", "دخلت الرسوم حيز التنفيذ", "in_force", {"tense": "past"}),
    ("status", "will impose", "announced", {"tense": "future"}),
    ("status", "سيفرض", "announced", {"tense": "future"}),
    ("status", "تعتزم", "announced", {"tense": "present"}),
    ("status", "أعلنت", "announced", {"tense": "past"}),
    ("status", "اقترح", "proposed", {"tense": "past"}),
    ("status", "مستعدة", "proposed", {"part": "phrase"}),
    ("status", "وحث", "proposed", {"tense": "past"}),
    ("status", "is considering", "considered", {"tense": "present"}),
    ("status", "تدرس", "considered", {"tense": "present"}),
    ("status", "may", "considered", {"part": "auxiliary", "weak": True}),
    ("status", "threatened", "threatened", {"tense": "past"}),
    ("status", "لوح", "threatened", {"tense": "past"}),
    ("status", "رفع العقوبات", "ended", {"masdar": True}),
    ("status", "lifted", "ended", {"tense": "past"}),
    ("status", "علقت", "suspended", {"tense": "past"}),
    ("status", "suspended a ban", "suspended", {"tense": "past"}),
    ("status", "suspended exports", "in_force", {"shield": True}),
    ("status", "علقت الحكومة صادرات", "in_force", {"shield": True}),
    ("status", "eased restrictions", "eased", {"lowering": True}),
    ("status", "تراجع عن", "withdrawn", {}),
    ("status", "تراجع الرئيس عن", "withdrawn", {}),
    ("status", "رفضت", "rejected", {"tense": "past"}),
    ("status", "سيحل محل", "superseded", {}),
    ("status", "معفاة", "exempted", {}),
    ("status", "waiver", "exempted", {"part": "noun"}),
    ("status", "in order to", "announced", {"void": True}),
    # changes
    ("change", "soared", "up", {"tense": "past"}),
    ("change", "وارتفعت", "up", {"tense": "past"}),
    ("change", "بزيادة", "up", {"part": "noun"}),
    ("change", "انخفاضا", "down", {"part": "noun"}),
    ("change", "plunged", "down", {"tense": "past"}),
    ("change", "tripled", "up", {"factor": 3}),
    ("change", "doubles", "double", {"factor": 2}),
    ("change", "تضاعفت", "double", {"factor": 2}),
    ("change", "halved", "halve", {"factor": 0.5}),
    ("change", "توقفت", "stop", {"factor": 0}),
    # shares
    ("share", "accounts for", "accounts_for", {"part": "verb"}),
    ("share", "تستحوذ", "accounts_for", {"part": "verb"}),
    ("share", "تسيطر الصين على", "accounts_for", {"part": "verb"}),
    ("share", "of the world's", "share_of", {"world": True}),
    ("share", "من الإنتاج العالمي", "share_of", {"world": True}),
    ("share", "من إجمالي واردات", "share_of", {"part": "phrase"}),
    ("share", "share prices", "share_of", {"void": True}),
    ("share", "بشكل كبير", "accounts_for", {"void": True}),
    # ranks
    ("rank", "second-largest", "largest", {"value": 2}),
    ("rank", "No. 3", "largest", {"value": 3}),
    ("rank", "ranks fifth", "largest", {"value": 5}),
    ("rank", "third biggest", "largest", {"value": 3}),
    ("rank", "12th largest", "largest", {"value": 12}),
    ("rank", "ثاني أكبر", "largest", {"value": 2}),
    ("rank", "المرتبة الثالثة", "largest", {"value": 3}),
    ("rank", "المركز السادس", "largest", {"value": 6}),
    ("rank", "الرابعة عالميا", "largest", {"value": 4}),
    ("rank", "أكبر", "largest", {"value": 1}),
    ("rank", "الأولى في العالم", "largest", {"value": 1}),
    ("rank", "أكبر من", "largest", {"void": True}),
    ("rank", "biggest drop", "largest", {"void": True}),
    ("rank", "one of the world's largest", "leading", {}),
    ("rank", "إحدى الدول الرائدة", "leading", {}),
    ("rank", "من بين أكبر", "leading", {}),
    ("rank", "top five", "leading", {"top": 5}),
    ("rank", "أكبر عشر", "leading", {"top": 10}),
    ("rank", "رئيسيا", "main", {}),
    ("rank", "major", "main", {}),
    ("rank", "بشكل رئيسي", "main", {"void": True}),
    # links
    ("link", "followed by", "followed_by", {}),
    ("link", "تليها", "followed_by", {"suffix": True}),
    ("link", "second only to", "after", {}),
    ("link", "بعد", "after", {}),
    ("link", "متقدمة على", "ahead_of", {}),
    ("link", "أكثر بكثير من", "compared_with", {"more": True}),
    ("link", "far less than", "compared_with", {"less": True}),
    # sayings
    ("say", "وأضاف", "said", {"where": "after"}),
    ("say", "data showed", "said", {"where": "before", "data": True}),
    ("say", "وفقا لبيانات", "according_to", {"where": "after"}),
    ("say", "حسبما ذكرت", "according_to", {"where": "after"}),
    ("say", "مشيرا إلى", "said", {"where": "before"}),
    # negations
    ("negation", "didn't", "not", {}),
    ("negation", "ولم", "not", {}),
    ("negation", "بلا منازع", "not", {"void": True}),
    ("negation", "not only", "not", {"void": True}),
    ("negation", "لا تقل عن", "not", {"void": True, "bound": "gt"}),
    ("negation", "no more than", "not", {"void": True, "bound": "lt"}),
    # conditions
    ("condition", "إذا", "if", {}),
    ("condition", "شريطة أن", "if", {}),
    ("condition", "unless", "if", {"negative": True}),
    ("condition", "in exchange for", "if", {"exchange": True}),
    # pronouns
    ("pronoun", "البلاد", "country", {"definite": True}),
    ("pronoun", "the West African nation", "country", {}),
    ("pronoun", "للمعدن خفيف الوزن", "commodity", {"means": "aluminium"}),
    ("pronoun", "the red metal", "commodity", {"means": "copper"}),
    ("pronoun", "its", "it", {}),
    # qualities
    ("quality", "لدينا الكثير", "many", {}),
    ("quality", "vast reserves", "many", {}),
    ("quality", "تعتمد البلاد على", "needed", {}),
    ("quality", "relies heavily on", "needed", {}),
    ("quality", "need to", "needed", {"void": True}),
    ("quality", "متخلفة من حيث", "lagging", {}),
    ("quality", "معترف بها دوليا", "recognised", {"negated": True}),
    ("quality", "has no proven reserves", "recognised", {"denies": True}),
    ("quality", "توقفت بشكل أساسي", "stopped", {}),
    # scopes and prepositions
    ("scope", "على مستوى العالم", "world", {}),
    ("scope", "domestically", "home", {}),
    ("prep", "إلى", "to", {}),
    ("prep", "on", "on", {}),
]


@pytest.mark.parametrize(("kind", "text", "meaning", "traits"), MEANINGS, ids=[f"{k}: {t}" for k, t, _, _ in MEANINGS])
def test_a_phrase_means(kind, text, meaning, traits):
    mentions = found(kind, text)
    assert [m.id for m in mentions] == [meaning]
    assert {name: mentions[0].traits.get(name) for name in traits} == traits


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("metric", "بيان صادر"),  # issued, not exported
        ("rank", "الأولوية"),
        ("negation", "لاعبون"),
        ("status", "تعليقات"),
        ("instrument", "قيدت النتائج على"),
    ],
)
def test_what_only_looks_like_a_word_is_weak_or_none(kind, text):
    assert all(m.traits.get("weak") or m.traits.get("void") for m in found(kind, text))


def test_a_longer_phrase_hides_the_words_in_it():
    assert [m.id for m in found("status", "China suspended exports and lifted the duty")] == ["in_force", "ended"]
    assert [m.traits.get("value") for m in found("rank", "ثالث أكبر منتج بعد أكبر منتج")] == [3, 1]
