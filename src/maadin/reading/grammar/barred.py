"""Bans told without a word for one: "will no longer let ore leave the country", "only refined metal may be shipped", "لن تسمح بخروج الخام"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_LEAD = 9  # words before a verb of leaving in which it is denied
_TAIL = 4  # words after a verb of carrying in which "abroad" stands
_GOODS = 11  # words between a verb of leaving and what may not leave
_PAIR = 4  # words between a denial and the verb of letting that it denies
_LEAVE = ("flows_out", "exported", "leaves", "carried", "handed")
_WITHIN = ("instrument", "status", "negation")  # what the ban is made of, and no word on it
_RESTRAINTS = ("ban", "export_control", "quota", "sanction")
_MARKS = frozenset((",", "،", ".", ";", "؛", ":", "(", ")"))


def barred(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the bans that a denial, a word of letting and a verb of leaving make together."""
    if not sentence.has(connectives.words("bars")) or not any(sentence.has(connectives.words(w)) for w in _LEAVE):
        return list(mentions)
    goods = [
        m for m in mentions if (m.kind == "commodity" and not m.traits.get("outside")) or (m.kind == "pronoun" and m.id == "commodity")
    ]
    ore = sentence.has(connectives.words("raw_ore"))
    if not goods and not ore:
        return list(mentions)
    made = [m for m in _bans(sentence) if (ore or _of_goods(m, goods)) and not _taken(m, mentions)]
    if not made:
        return list(mentions)
    first = made[0]
    rest = [m for m in mentions if not (m.kind in _WITHIN and m.first < first.last and first.first < m.last)]
    return sorted([*rest, first], key=lambda m: (m.first, -m.last))


def _bans(sentence: Sentence) -> Iterator[Mention]:
    for i in range(len(sentence.words)):
        if (_is(sentence, i, "flows_out") and (at := _no_more(sentence, i)) is not None) or (
            _leaves(sentence, i) and (at := _denied(sentence, i)) is not None
        ):
            yield _ban(sentence, at, i)


def _ban(sentence: Sentence, first: int, last: int) -> Mention:
    tense = "future" if _any(sentence, first, last + 1, "will_be") else "past"
    word = sentence.words[first]
    return Mention("instrument", first, last + 1, "ban", Form(word.key), {"part": "verb", "direction": "export", "tense": tense})


def _leaves(sentence: Sentence, i: int) -> bool:
    """Whether a word means that goods leave a country: "leave", "exported"; "sold", "taken" and the like only with "abroad" or "out"."""
    forms = sentence.words[i].forms
    if any(f.key in connectives.words("exported") for f in forms):
        return True
    if any(f.key in connectives.words("leaves") for f in forms):
        return not _any(sentence, i + 1, i + 4, "left_behind")
    carried = any(f.key in connectives.words("carried") for f in forms)
    handed = any(f.key in connectives.words("handed") for f in forms)
    return (carried and _any(sentence, i + 1, i + 1 + _TAIL, "abroad")) or (
        handed and any(i < m.first <= i + 1 + _TAIL and _led(sentence, m) for m in sentence.of("place"))
    )


def _no_more(sentence: Sentence, i: int) -> int | None:
    """Where "no more" begins before a flow, or what means it in Arabic: "There will be no more exports", "لن تكون هناك صادرات"."""
    for n in range(i - 1, max(-1, i - 1 - _PAIR), -1):
        after = sentence.words[n + 1].key
        if (sentence.words[n].key == "no" and after == "more") or (sentence.words[n].text == "لن" and after in ("تكون", "يكون")):
            return n
    return None


def _led(sentence: Sentence, m: Mention) -> bool:
    """Whether a country is one that goods go to: "sell antimony to US buyers"."""
    return sentence.words[m.first - 1].key == "to" or any(
        f.before.endswith("ل") for w in sentence.words[m.first - 1 : m.first + 1] for f in w.forms
    )


def _denied(sentence: Sentence, i: int) -> int | None:
    """Where the denial begins that a verb of leaving stands under; None where it stands under none."""
    start = next((n + 1 for n in range(i - 1, max(-1, i - _LEAD - 1), -1) if sentence.words[n].text in _MARKS), max(0, i - _LEAD))
    denials = [n for n in range(start, i) if _is(sentence, n, "bars")]
    for n in denials:
        lets = [k for k in range(max(0, n - 2), min(i, n + 1 + _PAIR)) if k != n and _is(sentence, k, "lets")]
        lets += [k for k in range(n + 1, i) if (_is(sentence, k, "lets") or sentence.words[k].key == "to") and _is(sentence, n, "none_but")]
        if lets:
            return min(n, *lets)
        if sentence.words[n].text == "لن" and n + 1 == i:
            return n  # "لن يغادر"
    return None


def _of_goods(m: Mention, goods: Sequence[Mention]) -> bool:
    return any(min(abs(g.first - m.last), abs(m.first - g.last)) <= _GOODS or m.first <= g.first < m.last for g in goods)


def _taken(m: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the vocabulary knows the ban already, or tells an amount that may leave."""
    lo, hi = m.first - 2, m.last + 3
    known = any(
        o.kind == "instrument" and o.id in _RESTRAINTS and not o.traits.get("weak") and lo < o.last and o.first < hi and not _within(o, m)
        for o in mentions
    )
    return known or any(o.kind == "quantity" and o.value.unit == "tonne" and m.first <= o.first <= m.last + _PAIR for o in mentions)


def _within(o: Mention, m: Mention) -> bool:
    return m.first <= o.first and o.last <= m.last and o.id == "ban"


def _is(sentence: Sentence, i: int, what: str) -> bool:
    return any(f.key in connectives.words(what) for f in sentence.words[i].forms)


def _any(sentence: Sentence, first: int, last: int, what: str) -> bool:
    return any(_is(sentence, i, what) for i in range(max(0, first), min(last, len(sentence.words))))
