"""Export controls told by what a trader needs: "exporters must apply for a licence", "ستشترط موافقة الدولة على كل شحنة"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_LEAD = 8  # words between an obligation and the permit that it asks for
_TRADE = 10  # words around both in which trade is spoken of
_MARKS = frozenset((".", ";", "؛", ":", "(", ")"))
_KNOWN = ("export_control", "ban")
_MINES = frozenset(("capacity_project",))


def permitted(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the controls that an obligation, a permit and a word of trade make together."""
    if not sentence.has(connectives.words("permits")):
        return list(mentions)
    made = next((m for i in range(len(sentence.words)) if (m := _control(sentence, i, mentions)) is not None), None)
    if made is None:
        return list(mentions)
    rest = [m for m in mentions if not (m.kind == "instrument" and m.first < made.last and made.first < m.last)]
    return sorted([*rest, made], key=lambda m: (m.first, -m.last))


def _control(sentence: Sentence, i: int, mentions: Sequence[Mention]) -> Mention | None:
    """The control that a permit at a word makes with the obligation before it, or after it in a passive."""
    if not _is(sentence, i, "permits"):
        return None
    first, last = _asked(sentence, i)
    if first is None or _known(mentions, first, last) or not _traded(sentence, first, last, mentions):
        return None
    word = sentence.words[first]
    tense = "future" if _future(sentence, first) else "past"
    return Mention(
        "instrument", first, last, "export_control", Form(word.key), {"part": "verb", "direction": "export", "tense": tense, "asked": True}
    )


def _asked(sentence: Sentence, i: int) -> tuple[int | None, int]:
    for n in range(i - 1, max(-1, i - _LEAD - 1), -1):
        if sentence.words[n].text in _MARKS:
            break
        if _is(sentence, n, "asks_for"):
            return n, i + 1
    for n in range(i + 1, min(i + 4, len(sentence.words))):  # "permits will be needed"
        if _is(sentence, n, "needed"):
            return i, n + 1
    return None, i


def _traded(sentence: Sentence, first: int, last: int, mentions: Sequence[Mention]) -> bool:
    """Whether goods and a word of trade stand near: a permit to mine or to build is no control of trade."""
    near = range(max(0, first - _TRADE), min(len(sentence.words), last + _TRADE))
    goods = any(m.kind == "commodity" and not m.traits.get("outside") and m.first in near for m in mentions)
    works = any(m.kind == "instrument" and m.id in _MINES and not m.traits.get("weak") and m.first in near for m in mentions)
    trade = any(m.kind == "metric" and m.id == "exports" and m.first in near for m in mentions) or any(
        _is(sentence, k, "trades") for k in near
    )
    return goods and trade and not works and not any(_is(sentence, k, "digs") for k in near)


def _known(mentions: Sequence[Mention], first: int, last: int) -> bool:
    return any(
        m.kind == "instrument" and m.id in _KNOWN and not m.traits.get("weak") and m.first < last + 2 and first - 2 < m.last
        for m in mentions
    )


def _future(sentence: Sentence, first: int) -> bool:
    near = range(max(0, first - 3), first + 1)
    return any(_is(sentence, k, "will_be") for k in near) or any(f.before.endswith("س") for f in sentence.words[first].forms[:2])


def _is(sentence: Sentence, i: int, what: str) -> bool:
    return any(f.key in connectives.words(what) for f in sentence.words[i].forms)
