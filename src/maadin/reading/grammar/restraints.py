"""Bans and controls told by a verb and the flow that it stops, in whatever words: "forbade sales of tin abroad", "exports will no longer be allowed". Some need no flow, only goods: "closed
its market to Russian nickel"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_FLOWS = ("exports", "imports")
_REACH = 5  # words between a verb and the flow that it stops
_PASSIVE_REACH = 10  # words between a flow and the passive that stops it
_MISHAP = 4  # words before a verb in which its subject may be no decision: "a strike halted exports"
_INSIDE = 3  # words after goods that stand inside what keeps them: "keep rare earths in the country"
_BETWEEN = ("say", "instrument", "change", "quantity")
_RESTRAINTS = ("ban", "export_control")
_BREAKS = frozenset((".", ";", ":", "؛", "(", ")", '"'))


def restrained(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the bans and controls that words of a sentence make together."""
    told = [m for m in mentions if m.kind == "restraint" and m.id in _RESTRAINTS]
    mishaps = [m for m in mentions if m.kind == "restraint" and m.id == "mishap"]
    rest = [
        m
        for m in mentions
        if m.kind != "restraint" and not (m.kind == "instrument" and m.id == "ban" and _mishap(sentence, m, mishaps, mentions))
    ]
    if not told:
        return rest
    flows = [m for m in rest if _flows(m)]
    goods = [m for m in rest if m.kind == "commodity" and not m.traits.get("outside")]
    made = [
        _instrument(r, f)
        for r in told
        if (f := _flow(sentence, r, flows, rest) or (_flow(sentence, r, goods, rest) if "goods" in r.traits else None))
        and not _taken(rest, r, f)
        and not _mishap(sentence, r, mishaps, rest)
    ]
    if not made:
        return rest
    rest = [
        m for m in rest if not (m.kind == "instrument" and any(_overlap(m, n) and (m.traits.get("weak") or _inside(m, n)) for n in made))
    ]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _flows(m: Mention) -> bool:
    """Whether a mention is a flow that may be stopped: exports, imports, or supplies to somebody."""
    return m.kind == "metric" and m.traits.get("part") != "agent" and (m.id in _FLOWS or bool(m.traits.get("loose")))


def _instrument(r: Mention, f: Mention) -> Mention:
    part = "noun" if r.traits["part"] == "noun" else "verb"
    direction = r.traits.get("goods") or ("import" if f.id == "imports" else "export")
    traits = {"part": part, **({"tense": r.traits["tense"]} if "tense" in r.traits else {})}
    traits |= {} if direction == "either" else {"direction": direction}
    return Mention("instrument", r.first, r.last, r.id, Form(r.form.key, r.form.before), traits)


def _flow(sentence: Sentence, r: Mention, flows: Sequence[Mention], others: Sequence[Mention]) -> Mention | None:
    """The flow that is stopped: after an active verb or a noun, before a passive; in the same clause, with no other verb or measure between."""
    if r.last - r.first > _INSIDE and (inside := [f for f in flows if r.first <= f.first and 0 <= r.last - f.last <= _INSIDE]):
        return inside[0]  # "keep rare earths at home", not "keep copper workers in the country"
    if r.traits["part"] == "passive":
        near = [f for f in reversed(flows) if f.last <= r.first and r.first - f.last <= _PASSIVE_REACH]
        if sentence.lang == "ar" and r.traits.get("tense") == "future":  # "ستوقف": it will stop, or be stopped
            near = [f for f in flows if r.last <= f.first and f.first - r.last <= _REACH] or near
    else:
        near = [f for f in flows if r.last <= f.first and f.first - r.last <= _REACH]
    return next((f for f in near if _clear(sentence, r, f, others)), None)


def _clear(sentence: Sentence, r: Mention, f: Mention, others: Sequence[Mention]) -> bool:
    lo, hi = min(r.last, f.last), max(r.first, f.first)
    if any(w.text in _BREAKS for w in sentence.words[lo:hi]):
        return False
    if r.last < hi and (key := sentence.words[r.last].key).endswith("ing") and key not in connectives.words("trading") and r.last < f.first:
        return False  # "stop subsidising exports"
    return not any(lo <= m.first < hi and m.kind in _BETWEEN and (not m.traits.get("weak") or _permits(m)) for m in others)


def _permits(m: Mention) -> bool:
    """Whether what is stopped are the permits for a flow, and not the flow: "suspended permits for the export of gold"."""
    return m.kind == "instrument" and m.id == "export_control" and m.traits.get("part") == "noun"


def _taken(mentions: Sequence[Mention], r: Mention, f: Mention) -> bool:
    """Whether the vocabulary knows the ban or control already."""
    lo, hi = min(r.first, f.first), max(r.last, f.last)
    return any(
        m.kind == "instrument"
        and m.id in _RESTRAINTS
        and not m.traits.get("weak")
        and lo < m.last
        and m.first < hi
        and (m.traits.get("direction") or _overlap(m, r))
        and not _inside(m, r)
        for m in mentions
    )


def _mishap(sentence: Sentence, r: Mention, mishaps: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether what stops a flow is no decision: its subject is a strike or a storm."""
    if r.traits.get("part") != "verb":
        return False
    if sentence.lang == "ar":
        return any(m.first in (r.first + 1, r.last) for m in mishaps)
    before = [m for m in mishaps if m.last <= r.first and r.first - m.last <= _MISHAP]
    return bool(before) and not _parted(sentence, before[-1], r, others)


def _parted(sentence: Sentence, m: Mention, r: Mention, others: Sequence[Mention]) -> bool:
    """Whether a mark or a country stands between, which is then the subject: "after a strike, Chile halted"."""
    return any(w.what == "mark" for w in sentence.words[m.last : r.first]) or any(
        o.kind == "place" and m.last <= o.first < r.first for o in others
    )


def _inside(a: Mention, b: Mention) -> bool:
    """Whether a word is part of a longer one: "barred" of "be barred"."""
    return b.first <= a.first and a.last <= b.last and a.last - a.first < b.last - b.first


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
