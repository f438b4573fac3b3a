"""Ventures and cooperation told by an agreement and its aim, or by what two do together: "signed a contract with X to mine lithium", "أبدت استعدادها لمساعدة مانيلا في معالجة النيكل"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence

_AIM = 20  # words between an agreement and the work that it is for
_BEFORE = 4  # words of its aim before an agreement: "a lithium exploration accord"
_GOODS = 6  # words between a work and its commodity
_SEALED = 10  # words between an agreement and what is done with it
_WORK = 8  # words between "together" or "help" and the work
_STOPS = frozenset((".", ";", "؛"))
_PARTIES = ("place", "company", "office", "person")
_FLOWS = ("exports", "imports", "price", "tariff_rate")


def dealt(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the ventures that words of a sentence make together."""
    rest = [m for m in mentions if m.kind != "deal"]
    words = [m for m in mentions if m.kind == "deal"]
    goods = [m for m in rest if m.kind == "commodity" and not m.traits.get("outside")]
    who = [m for m in rest if m.kind in _PARTIES]
    if not words:
        return rest
    made = [d for w in words if w.id != "sealing" and (d := _venture(sentence, w, words, goods, who, rest)) is not None]
    if not made:
        return rest
    known = [m for m in rest if m.kind == "instrument" and m.id == "joint_venture"]
    made = [d for d in made if not any(_overlap(d, k) and not k.traits.get("cooperation") for k in known)]
    rest = [m for m in rest if not (m.kind == "instrument" and m.id == "joint_venture" and any(_overlap(m, d) for d in made))]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _venture(
    sentence: Sentence, w: Mention, words: Sequence[Mention], goods: Sequence[Mention], who: Sequence[Mention], others: Sequence[Mention]
) -> Mention | None:
    if w.id == "paper":
        told = _aimed(sentence, w, goods, others) and _sealed(sentence, w, words, others)
    elif w.id == "together":
        told = _tasked(sentence, w, goods, others, behind=True) and _meant(sentence, w, others) and len(_codes(who)) > 1
    else:
        told = _tasked(sentence, w, goods, others) and _offers(sentence, w, others) and len(_codes(who)) > 1
    if not told:
        return None
    return Mention("instrument", w.first, w.last, "joint_venture", w.form, {"part": "noun", "deal": w.id})


def _codes(who: Sequence[Mention]) -> set[str]:
    """Whose parties stand in a sentence; each company counts."""
    return {m.id or m.kind for m in who if m.kind != "company"} | {str(m.traits.get("name", m.id)) for m in who if m.kind == "company"}


def _works(sentence: Sentence) -> list[int]:
    """Where a sentence names a work on a metal: "to mine", "exploration", "لاستخراج"."""
    tasks = connectives.words("tasks") | connectives.words("ventures")
    return [i for i, w in enumerate(sentence.words) if any(f.key in tasks for f in w.forms)]


def _aimed(sentence: Sentence, w: Mention, goods: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether an agreement is on working a metal: the work and the metal stand behind it, or right before it."""
    if any(g.last <= w.first and w.first - g.last <= _BEFORE and _free(sentence, g.last, w.first, others) for g in goods) and (
        any(w.first - _BEFORE <= i < w.first for i in _works(sentence)) or w.form.key in connectives.words("partnership")
    ):
        return True
    for i in _works(sentence):
        if w.last <= i <= w.last + _AIM and _free(sentence, w.last, i, others):
            near = [g for g in goods if abs(g.first - i) <= _GOODS or abs(i - g.last) <= _BEFORE]
            if not goods and any(f.key in connectives.words("mining") for f in sentence.words[i].forms):
                return True
            if near and all(_free(sentence, min(i, g.first), max(i, g.first), others) for g in near[:1]):
                return True
    return w.form.key in connectives.words("partnership") and any(
        0 <= g.first - w.last <= _BEFORE and _free(sentence, w.last, g.first, others) for g in goods
    )


def _sealed(sentence: Sentence, w: Mention, words: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether something is done with an agreement, or an Arabic headline opens with it."""
    if sentence.lang == "ar" and w.first <= 1 and not w.form.article:
        return True
    for s in words:
        if s.id == "sealing" and s.last <= w.first and w.first - s.last <= _SEALED and _free(sentence, s.last, w.first, others, deals=True):
            return True
        if s.id == "sealing" and w.last <= s.first <= w.last + _SEALED and (s.last - s.first > 1 or sentence.lang == "ar"):
            return True
    return False


def _tasked(sentence: Sentence, w: Mention, goods: Sequence[Mention], others: Sequence[Mention], behind: bool = False) -> bool:
    """Whether a work on a metal stands by a word for doing a thing with another."""
    for i in _works(sentence):
        near = w.last <= i <= w.last + _WORK or (behind and w.first - _AIM <= i < w.first)
        metal = any(abs(g.first - i) <= _GOODS for g in goods) or (not goods and sentence.words[i].key in connectives.words("mining"))
        if near and _free(sentence, min(i, w.last), max(i, w.first), others) and metal:
            return True
    return False


def _meant(sentence: Sentence, w: Mention, others: Sequence[Mention]) -> bool:
    """Whether somebody plans, agrees or talks: no plain past."""
    if w.form.before.endswith("س") or {k.key for k in sentence.words[max(0, w.first - 3) : w.first]} & {"will", "would", "are", "is"}:
        return True
    if w.traits.get("part") == "verb" or (sentence.lang == "ar" and w.form.key.startswith(("ت", "ي")) and len(w.form.key) > 4):
        return True
    return any(
        o.kind == "status"
        and abs(o.first - w.first) <= _AIM
        and o.id in ("announced", "proposed", "considered", "rejected", "suspended", "withdrawn")
        for o in others
    )


def _offers(sentence: Sentence, w: Mention, others: Sequence[Mention]) -> bool:
    """Whether it is offered, asked or refused: "is ready to help", "invited", "دعت ... إلى"."""
    if w.form.key.startswith("invit"):
        return True
    return any(
        o.kind == "status" and 0 <= w.first - o.last <= _WORK and (o.id in ("proposed", "rejected", "considered") or o.traits.get("weak"))
        for o in others
    )


def _free(sentence: Sentence, lo: int, hi: int, others: Sequence[Mention], deals: bool = False) -> bool:
    """Whether no sentence ends, nothing is traded and nobody speaks between two words."""
    words = sentence.words[lo:hi]
    if any(w.text in _STOPS for w in words) or any(f.key in connectives.words("other_deals") for w in words for f in w.forms):
        return False
    return not any(
        lo <= o.first < hi
        and (
            (o.kind == "metric" and o.id in _FLOWS and not o.traits.get("weak"))
            or (
                o.kind == "instrument"
                and o.id in ("tariff", "ban", "quota", "export_control", "sanction", "supply_offer")
                and not o.traits.get("weak")
            )
        )
        for o in others
    )


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
