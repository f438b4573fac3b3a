"""Duties told without a word for one: "will be charged 35% on entering", "pays 25%"; and "the rate", after a text told of a duty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.memory import Memory
from maadin.reading.model import Form, Mention, Sentence

_PUTS = ("in_force", "threatened", "announced", "considered", "proposed")
_NEXT = 3  # words between a verb of charging and the rate
_BESIDE = 6  # words between "the rate" and its figure


def charged(sentence: Sentence, mentions: Sequence[Mention], memory: Memory) -> list[Mention]:
    """Mentions with the duties that a verb of charging, or "the rate" after a duty, and a percentage make together."""
    rates = [m for m in mentions if m.kind == "quantity" and m.value.unit == "percent"]
    goods = [m for m in mentions if m.kind == "commodity" and not m.traits.get("outside")]
    goods = goods or [m for m in mentions if memory.one_topic and m.kind == "metric" and m.id in ("exports", "imports")]
    if not rates or not goods or any(m.kind == "instrument" and m.id == "tariff" and not m.traits.get("weak") for m in mentions):
        return list(mentions)
    made = next(iter((*_charges(sentence, rates, mentions), *_put_on(sentence, rates, goods, mentions))), None) or (
        _rate(sentence, rates) if "tariff" in memory.measures else None
    )
    if made is None:
        return list(mentions)
    rest = [m for m in mentions if not (m.kind in ("instrument", "change") and m.first < made.last and made.first < m.last)]
    return sorted([*rest, made], key=lambda m: (m.first, -m.last))


def _charges(sentence: Sentence, rates: Sequence[Mention], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """What a verb of charging right before a rate makes, where goods cross a border and no profits are taxed."""
    words = range(len(sentence.words))
    if any(_is(sentence, i, "profits") for i in words):
        return
    border = any(_is(sentence, i, "enters") for i in words) or any(m.kind == "metric" and m.id == "imports" for m in mentions)
    for q in rates:
        for i in range(q.first - 1, max(-1, q.first - 1 - _NEXT), -1):
            if _is(sentence, i, "charges") and (border or _is(sentence, i, "taxes")):
                yield _duty(sentence, i, "verb")


def _put_on(sentence: Sentence, rates: Sequence[Mention], goods: Sequence[Mention], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """What a verb of imposing or threatening, a rate and "on" goods make: "Trump threatens 15% on zinc"."""
    for q in rates:
        verb = any(m.kind == "status" and m.id in _PUTS and m.traits.get("part") == "verb" and 0 <= q.first - m.last <= 1 for m in mentions)
        on = q.last < len(sentence.words) and _is(sentence, q.last, "role_on")
        if verb and on and any(0 < g.first - q.last <= _NEXT + 1 for g in goods):
            yield Mention("instrument", q.last, q.last + 1, "tariff", Form(sentence.words[q.last].key), {"part": "noun", "sized": True})


def _rate(sentence: Sentence, rates: Sequence[Mention]) -> Mention | None:
    """ "The rate" beside a percentage: that of the duty told before."""
    for i in range(len(sentence.words)):
        if not _is(sentence, i, "duty_rate") or any(
            _is(sentence, k, "other_rate") for k in range(max(0, i - 2), min(i + 3, len(sentence.words)))
        ):
            continue
        if any(min(abs(q.first - i), abs(i + 1 - q.last)) <= _BESIDE for q in rates):
            return _duty(sentence, i, "noun")
    return None


def _duty(sentence: Sentence, i: int, part: str) -> Mention:
    form = next((f for f in sentence.words[i].forms), Form(sentence.words[i].text))
    return Mention("instrument", i, i + 1, "tariff", form, {"part": part, "sized": True})


def _is(sentence: Sentence, i: int, what: str) -> bool:
    return any(f.key in connectives.words(what) for f in sentence.words[i].forms)
