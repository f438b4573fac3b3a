"""What governs an instrument: the verb or noun of deciding, planning or ending that tells how far a measure has come."""

from __future__ import annotations

from dataclasses import dataclass

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.model import Mention

REACH = 12.0
_WEAK, _FOLLOWING_VERB, _FOLLOWING_NOUN, _ANOTHER, _INFINITIVE = 3.0, 1.5, 6.0, 4.0, 2.0
_OUTWEIGHS = {
    "withdrawn": -4.0, "rejected": -4.0, "threatened": -3.0, "considered": -2.5, "suspended": -2.0, "ended": -1.5, "eased": -1.0, "exempted": -1.0, "proposed": -1.0,
}  # fmt: skip
_PARTICIPLE = 5.0  # what a past participle after a word counts less than a verb
_RIGHT_BEFORE = 2.0  # words between an order and what is ordered
_JOINED = 18.0  # what the first of two joined verbs may take
_COMMAS = frozenset((",", "،"))
_FAR, _SUBJECT, _VERB = 99.0, 5, 3  # words between a noun and the aside after it, and between that and the verb
_CLOSES = frozenset((",", "،", ";", "؛", "."))
_CHAIN = 6.0  # words between a verb of planning and the infinitive it governs


@dataclass(frozen=True, slots=True)
class Governor:
    """A status word and the distance at which it governs.

    Attributes
    ----------
    mention : Mention
    cost : float
    """

    mention: Mention
    cost: float


def governor(ctx: Context, m: Mention, reach: float = REACH, unless: str = "") -> Governor | None:
    """What governs an instrument, or None.

    A verb before it counts by distance, one after it ("was lifted", "took effect") a little more; another instrument between them takes it away. Of a
    chain ("plans to impose") the verb that begins it is meant.
    """
    told = [
        _governs(ctx, s, m) for s in ctx.sentence.of("status") if s.id != unless and not _belongs(s, m) and not _of_condition(ctx, s, m)
    ]
    found = [g for g in told if g.cost <= reach]
    best = min(found, key=lambda g: (g.cost, g.mention.first), default=None)
    if best is None or not _yields(best.mention):
        return best
    begins = [g for g in told if g.mention.last <= best.mention.first and _begins(ctx, g.mention, best.mention)]
    ends = [g for g in found if g.mention.first >= m.last and g.mention.id == "considered" and not g.mention.traits.get("weak")]
    return min(begins or ends, key=lambda g: g.cost, default=best)


def _belongs(s: Mention, m: Mention) -> bool:
    """Whether a status word is part of the ban itself: "halted shipments", "تعليق صادرات"."""
    if s.form.key in connectives.words("after_its_noun") and s.last <= m.first:
        return True  # "التأثير المحتمل للحظر": of something else
    return bool(s.traits.get("shield")) or (m.id == "ban" and s.id in ("suspended", "ended") and m.first <= s.first and s.last <= m.last)


def _of_condition(ctx: Context, s: Mention, m: Mention) -> bool:
    """Whether a status is that of a condition that an instrument stands outside of: "could sell 2 Mt if Washington lifts the curbs"."""
    words = ctx.scene.words
    for c in ctx.sentence.of("condition"):
        end = next((i for i in range(c.last, len(words)) if words[i].text in _CLOSES), len(words))
        if not c.traits.get("exchange") and c.last <= s.first < end and not c.last <= m.first < end:
            return True
    return False


def _begins(ctx: Context, s: Mention, inner: Mention) -> bool:
    """Whether a status begins the chain that an inner one ends: a verb of planning, or an order right before it."""
    gap = ctx.scene.gap(s, inner) - (_JOINED if _joins(ctx, inner) else 0.0)
    if inner.id == "considered":
        return s.id == "proposed" and gap <= _CHAIN
    return (_plans(s) and gap <= _CHAIN) or (s.id == "announced" and s.id != inner.id and gap <= _RIGHT_BEFORE)


def _governs(ctx: Context, s: Mention, m: Mention) -> Governor:
    if ctx.scene.overlaps(s, m):
        return Governor(s, _OUTWEIGHS.get(s.id, 0.0))
    cost = min(ctx.scene.gap(s, m), _past_aside(ctx, s, m)) + _OUTWEIGHS.get(s.id, 0.0)
    cost += _WEAK if s.traits.get("weak") else 0.0
    cost += _INFINITIVE if s.traits.get("bare") or s.traits.get("masdar") else 0.0
    if s.first >= m.last:
        cost += _FOLLOWING_VERB if s.traits.get("part") in ("verb", "phrase") or s.id == "considered" else _FOLLOWING_NOUN
        cost += _PARTICIPLE if _participle(ctx, s, m) else 0.0
    lo, hi = min(s.last, m.last), max(s.first, m.first)
    others = {o.id for o in ctx.sentence.of("instrument") if lo <= o.first and o.last <= hi and o.id != m.id and not o.traits.get("weak")}
    return Governor(s, cost + _ANOTHER * len(others))


def _past_aside(ctx: Context, s: Mention, m: Mention) -> float:
    """How far a verb is from its subject without what two commas set off between them: "A halt to exports, meant to ..., was postponed"."""
    words, verbal = ctx.scene.words, s.traits.get("part") == "verb" and s.traits.get("tense") != "future"
    if s.first < m.last or not verbal:
        return _FAR
    opens = next((i for i in range(m.last, min(m.last + _SUBJECT, s.first)) if words[i].text in _COMMAS), None)
    closes = next((i for i in range(s.first - 1, max(m.last, s.first - _VERB) - 1, -1) if words[i].text in _COMMAS), None)
    if opens is None or closes is None or closes <= opens + 1:
        return _FAR
    return float(opens - m.last + s.first - closes)


def _participle(ctx: Context, s: Mention, m: Mention) -> bool:
    """Whether a past verb right after a word only tells which one is meant: "the curbs announced in October"."""
    words = ctx.scene.words
    return (
        s.first == m.last and s.last == s.first + 1 and s.id in ("announced", "in_force", "proposed") and s.traits.get("tense") == "past"
        and s.last < len(words) and words[s.last].key in connectives.words("post_modified")
    )  # fmt: skip


def _joins(ctx: Context, inner: Mention) -> bool:
    """Whether "and" stands before an inner verb, so that what began an earlier one begins it too: "proposed to halve ... and to double"."""
    return "و" in inner.form.before or "and" in ctx.scene.before(inner, 2)


def _yields(s: Mention) -> bool:
    """Whether a status is only the inner verb of a chain: an infinitive, a verbal noun, a weak word."""
    return s.id == "considered" or (
        s.id in ("in_force", "announced") and bool(s.traits.get("bare") or s.traits.get("masdar") or s.traits.get("weak"))
    )


def _plans(s: Mention) -> bool:
    return s.id in ("rejected", "withdrawn") or (
        not s.traits.get("weak") and not s.traits.get("masdar") and s.traits.get("part") in ("verb", "phrase")
    )
