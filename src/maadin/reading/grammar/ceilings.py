"""Quotas told by what may be dug or shipped at most: "limits exports to 87,000 tonnes", "may export 6,650 tonnes", "وافقت على إنتاج 364 مليون طن"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.memory import Memory
from maadin.reading.model import Form, Mention, Sentence

_REACH = 11  # words between a verb of limiting and the tonnage
_NEAR = 8  # words between a verb of letting and the tonnage
_DUTY, _HOME = 10, 18  # words before a part in which it is an obligation, and after it in which it stays at home
_MARKS = frozenset((",", "،", ".", ";", "؛", ":", "(", ")"))
_FLOWS = ("exports", "imports", "production")


def capped(sentence: Sentence, mentions: Sequence[Mention], memory: Memory) -> list[Mention]:
    """Mentions with the quotas that a verb of limiting or of letting, a flow and a tonnage make together."""
    told = memory.quotas = memory.quotas or any(m.kind == "instrument" and m.id == "quota" and not m.traits.get("weak") for m in mentions)
    made = [
        n for q in mentions if q.kind == "quantity" and not _told(mentions, q) and (n := _made(sentence, mentions, q, told)) is not None
    ]
    if not made:
        return list(mentions)
    rest = [m for m in mentions if not (m.kind in ("instrument", "status") and any(m.first < n.last and n.first < m.last for n in made))]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _made(sentence: Sentence, mentions: Sequence[Mention], q: Mention, told: bool) -> Mention | None:
    if q.value.unit == "tonne":
        return _quota(sentence, mentions, q, told)
    return _at_home(sentence, mentions, q) if q.value.unit == "percent" else None


def _at_home(sentence: Sentence, mentions: Sequence[Mention], q: Mention) -> Mention | None:
    """The part of an output that has to be sold in the country: "must sell 25% of their coal to domestic users"."""
    words = len(sentence.words)
    near = range(max(0, q.first - _DUTY), q.first)
    must = next((i for i in reversed(near) if _is(sentence, i, "obliges")), None)
    after = range(q.last, min(words, q.last + _HOME))
    if must is None or not any(_is(sentence, i, "sells") for i in range(must, after.stop)):
        return None
    if not any(_is(sentence, i, "home") for i in range(must, after.stop)) and not any(
        m.kind == "place" and m.first in after and m.first > 1 and sentence.words[m.first - 2].key in ("sold", "in") for m in mentions
    ):
        return None
    return Mention(
        "instrument", must, must + 1, "quota", Form(sentence.words[must].key), {"part": "verb", "sized": True, "figure": q.first}
    )


def _quota(sentence: Sentence, mentions: Sequence[Mention], q: Mention, told: bool) -> Mention | None:
    start = next((i + 1 for i in range(q.first - 1, -1, -1) if sentence.words[i].text in _MARKS), 0)
    for i in range(q.last - 1, max(start, q.first - _REACH) - 1, -1):
        firm = _of_company(mentions, i, start)
        if (not firm and _limits(sentence, mentions, i, q, start)) or ((told or not firm) and _lets(sentence, mentions, i, q, start, told)):
            return Mention("instrument", i, i + 1, "quota", Form(sentence.words[i].key), _traits(sentence, mentions, i, q))
    return None


def _traits(sentence: Sentence, mentions: Sequence[Mention], i: int, q: Mention) -> dict[str, Any]:
    flow = next((m.id for m in mentions if m.kind == "metric" and m.id in ("exports", "imports") and abs(m.first - i) <= _NEAR), "")
    future = any(_is(sentence, k, "will_be") for k in range(max(0, i - 3), i + 1)) or any(
        f.before.endswith("س") for f in sentence.words[i].forms[:2]
    )
    traits: dict[str, Any] = {"part": "verb", "tense": "future" if future else "past", "sized": True, "figure": q.first}
    return traits | ({"direction": flow.removesuffix("s")} if flow else {})


def _limits(sentence: Sentence, mentions: Sequence[Mention], i: int, q: Mention, start: int) -> bool:
    """Whether a word limits a flow to a tonnage: before it with an object, or in a passive of what is to come or of whom it is by."""
    if not _is(sentence, i, "limits"):
        return False
    lead = {w.key for w in sentence.words[max(i + 1, q.first - 1) : q.last]} | {
        f.key for w in sentence.words[q.first : q.first + 1] for f in w.forms
    }
    if not (lead & connectives.words("limited_at") or q.first <= i < q.last or any(f.before == "ب" for f in sentence.words[q.first].forms)):
        return False
    if _flow(mentions, i, q.last):
        return not _passive(sentence, i) or _decided(sentence, mentions, i, q)
    return _flow(mentions, start, i) and _decided(sentence, mentions, i, q)


def _lets(sentence: Sentence, mentions: Sequence[Mention], i: int, q: Mention, start: int, of_quota: bool) -> bool:
    """Whether a tonnage is what somebody may dig or ship; a mere "may" only of a quota or of what is no more than that."""
    if q.first - i > _NEAR or q.first <= i:
        return False
    if _free(sentence, i):
        return _flow(mentions, i - 3, q.first) and _led(sentence, q)  # "duty-free imports would be cut to 18.3 Mt"
    if _is(sentence, i, "permits") and q.first - i <= 3 and any(_is(sentence, k, "permitted_for") for k in range(i + 1, q.first)):
        return _flow(mentions, start, q.last + 6)  # "export permits for 53,000 tonnes"
    if _is(sentence, i, "portion") and q.first - i <= 3 and any(_is(sentence, k, "imposes") for k in range(max(start, i - 4), i)):
        return _flow(mentions, i + 1, q.last + _NEAR)  # "فرضت حصة قدرها 50 ألف طن على صادرات"
    hands = _is(sentence, i, "allots")
    if not hands and not _is(sentence, i, "lets_at_most"):
        return False
    if hands:
        return of_quota or (_flow(mentions, i, q.first) and _straight(sentence, i, q))
    if not (_flow(mentions, i, q.first) or any(_is(sentence, k, "digs_out") for k in range(i, q.first))):
        return False
    return of_quota or q.value.comparator == "lt" or _is(sentence, i, "entitles")


def _free(sentence: Sentence, i: int) -> bool:
    """Whether goods come in free of duty: "duty-free", "المعفاة من الرسوم"."""
    if not _is(sentence, i, "duty_free"):
        return False
    return sentence.lang == "ar" or (i + 1 < len(sentence.words) and sentence.words[i + 1].key == "free")


def _led(sentence: Sentence, q: Mention) -> bool:
    return bool({w.key for w in sentence.words[max(0, q.first - 1) : q.last]} & connectives.words("limited_at"))


def _straight(sentence: Sentence, i: int, q: Mention) -> bool:
    """Whether hardly anything stands between approving a flow and its tonnage: "approved output of 364 Mt"."""
    return q.first - i <= 5


def _decided(sentence: Sentence, mentions: Sequence[Mention], i: int, q: Mention) -> bool:
    """Whether a passive is of what is to come, or names who decided."""
    by = any(
        m.kind in ("place", "office") and m.first >= q.last and m.first and sentence.words[m.first - 1].key in ("by", "the")
        for m in mentions
    )
    ahead = any(_is(sentence, k, "to_come") for k in range(max(0, i - 3), i + 1))
    glued = any(f.before.endswith("س") for f in sentence.words[i].forms[:2])
    return by or ahead or glued


def _passive(sentence: Sentence, i: int) -> bool:
    return i > 0 and sentence.words[i - 1].key in connectives.words("passive")


def _flow(mentions: Sequence[Mention], first: int, last: int) -> bool:
    return any(
        first <= m.first < last and ((m.id in _FLOWS and m.traits.get("part") != "agent") or m.traits.get("loose") or m.id == "share_of")
        for m in mentions
        if m.kind in ("metric", "share")
    )


def _of_company(mentions: Sequence[Mention], i: int, start: int) -> bool:
    """Whether a firm is the last one named before a verb of limiting, which then is no state's."""
    named = [m for m in mentions if m.kind in ("company", "place", "office") and start <= m.first < i]
    quota = any(m.kind == "instrument" and m.id in ("quota", "export_control") and m.traits.get("part") == "noun" for m in mentions)
    return bool(named) and named[-1].kind == "company" and not quota


def _told(mentions: Sequence[Mention], q: Mention) -> bool:
    """Whether the vocabulary knows the quota already: it stands right before the tonnage."""
    return any(m.kind == "instrument" and m.id == "quota" and not m.traits.get("weak") and 0 <= q.first - m.last <= 3 for m in mentions)


def _is(sentence: Sentence, i: int, what: str) -> bool:
    return any(f.key in connectives.words(what) for f in sentence.words[i].forms)
