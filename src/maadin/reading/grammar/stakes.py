"""Parts of mines and miners bought for a sum: "has taken a 10% stake in a rare earths deposit, paying $3.5 million"; what one is sold for is nobody's investment."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_VERB = 8  # words between a verb of buying or selling and the stake
_WHAT = 12  # words between a stake and the metal or the mine that it is of
_STOPS = frozenset((".", ";", "؛", ":"))
_GONE = ("instrument", "distractor", "share")


def staked(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the stake that somebody buys for a sum, or without the sum that one is sold for."""
    sums = [m for m in mentions if m.kind == "quantity" and m.value.unit == "USD"]
    for i in range(len(sentence.words) if sums else 0):
        if not _part(sentence, i, mentions):
            continue
        bought, sold = _verb(sentence, i, "acquires"), _verb(sentence, i, "sells_stake")
        price = next((q for q in sums if q.first > i), None)
        if price is None or any(w.text in _STOPS for w in sentence.words[i : price.first]):
            continue
        if sold is not None and (bought is None or sold > bought):
            aside = Mention("distractor", price.first - 1, price.first, "ownership", Form(""))
            return sorted([*mentions, aside], key=lambda m: (m.first, -m.last))
        if bought is not None and _of_ours(sentence, i, mentions):
            made = _fund(sentence, i, bought, price)
            rest = [m for m in mentions if not (m.kind in _GONE and (_overlap(m, made) or _overlap(m, made.value)))]
            return sorted([*rest, made], key=lambda m: (m.first, -m.last))
    return list(mentions)


def _fund(sentence: Sentence, at: int, verb: int, price: Mention) -> Mention:
    act = Mention("grant", verb, verb + 1, "announced", sentence.words[verb].forms[0], {"part": "verb"})
    return Mention("instrument", at, at + 1, "fund", act.form, {"part": "noun", "grant": "announced", "size": price.first}, act)


def _part(sentence: Sentence, at: int, mentions: Sequence[Mention]) -> bool:
    """Whether a word is a stake, or leads from a share to the whole that it is taken over of: "استحوذت على 10% من وحدة"."""
    word = sentence.words[at]
    if any(f.key in connectives.words("stake") for f in word.forms):
        return True
    return word.key in ("من", "of") and any(m.kind == "quantity" and m.value.unit == "percent" and m.last == at for m in mentions)


def _of_ours(sentence: Sentence, at: int, mentions: Sequence[Mention]) -> bool:
    """Whether the stake is one of a mine, a plant or a metal's business."""
    after = sentence.words[at + 1 : at + 1 + _WHAT]
    keys = {f.key for w in after for f in w.forms}
    goods = any(m.kind == "commodity" and not m.traits.get("outside") and 0 < m.first - at <= _WHAT for m in mentions)
    return (goods or bool(keys & connectives.words("smelting"))) and not keys & connectives.words("other_deals")


def _verb(sentence: Sentence, at: int, id_: str) -> int | None:
    """Where a verb of buying or selling stands before a stake."""
    for i in range(at - 1, max(-1, at - 1 - _VERB), -1):
        if sentence.words[i].text in _STOPS:
            return None
        if any(f.key in connectives.words(id_) for f in sentence.words[i].forms):
            return i
    return None


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
