"""Offers to supply told by readiness, a word of supplying and whom it is for: "could supply Europe with gallium", "أن تمد كوريا بالتنغستن"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_LEAD = 7  # words between readiness and the word of supplying
_FOR = 6  # words between that and whom it is for
_GOODS = 10  # words between that and the goods
_MARKS = frozenset((".", ";", "؛", ":", "(", ")"))
_OTHERS = ("supply_offer", "ban", "export_control", "quota")


def supplied(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the offer that readiness, a word of supplying, a country and goods make together."""
    if not (sentence.has(connectives.words("ready")) and sentence.has(connectives.words("supplies"))):
        return list(mentions)
    if any(m.kind == "instrument" and m.id in _OTHERS and not m.traits.get("weak") for m in mentions):
        return list(mentions)
    made = next((m for i in range(len(sentence.words)) if (m := _offer(sentence, mentions, i)) is not None), None)
    if made is None:
        return list(mentions)
    rest = [m for m in mentions if not (m.kind == "instrument" and m.first < made.last and made.first < m.last)]
    return sorted([*rest, made], key=lambda m: (m.first, -m.last))


def _offer(sentence: Sentence, mentions: Sequence[Mention], i: int) -> Mention | None:
    """The offer that a word of supplying makes with the readiness before it."""
    if not _is(sentence, i, "supplies"):
        return None
    lead = next(
        (n for n in range(i - 1, max(-1, i - _LEAD - 1), -1) if _is(sentence, n, "ready") or sentence.words[n].text in _MARKS), None
    )
    if lead is None or sentence.words[lead].text in _MARKS:
        return None
    countries = [m for m in mentions if m.kind == "place" and len(m.id) == 3 and not m.traits.get("group")]
    to = any(lead < m.first <= i + _FOR for m in countries)
    gives = any(m.first < i and not lead < m.first for m in mentions if m.kind in ("place", "person", "office")) or any(
        m.first == lead + 1 for m in mentions if m.kind in ("place", "person", "office")
    )
    stop = next((n for n in range(i, len(sentence.words)) if sentence.words[n].text in _MARKS), len(sentence.words))
    goods = any(m.kind == "commodity" and not m.traits.get("outside") and 0 < m.first - i <= _GOODS and m.first < stop for m in mentions)
    word = sentence.words[i]
    return (
        Mention("instrument", i, i + 1, "supply_offer", Form(word.key), {"part": "verb", "tense": "present"})
        if to and gives and goods
        else None
    )


def _is(sentence: Sentence, i: int, what: str) -> bool:
    return any(f.key in connectives.words(what) for f in sentence.words[i].forms)
