"""Money for mines and plants told by what is done with it, in whatever words: "the bank will put up $80 million for a graphite mine", "رصدت برلين مليار يورو لليثيوم"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_LEAST = 1e6  # dollars from which a sum is an investment
_REACH = {"en": 8, "ar": 10}  # words between a verb and the sum it gives
_BEHIND = 8  # words between a sum and the passive of which it is the subject
_PURPOSE = 16  # words between a sum and what it is for
_SUBJECT = 2  # words between a fund that gives and whose it is
_EACH, _SEVERAL = 3, 2  # words between a sum of a list and its metal; sums that make a list
_WORTH = 3  # words between a sum and the project that costs it
_TASK = 8  # words between a sum and the work that it is for
_TRADE = ("exports", "imports", "value", "production", "reserves", "consumption")
_INVESTED = ("fund", "capacity_project", "joint_venture", "price_support")
_STOPS = frozenset((".", ";", "؛", ":"))


def granted(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the investments that a verb and a sum make together."""
    rest = [m for m in mentions if m.kind != "grant"]
    verbs = [m for m in mentions if m.kind == "grant"]
    sums = [m for m in rest if m.kind == "quantity" and m.value.unit == "USD" and m.value.high >= _LEAST]
    if (listed := _listed(sentence, sums, rest)) is not None:
        return sorted([*rest, *listed], key=lambda m: (m.first, -m.last))
    if not verbs:
        return rest
    sums += _unnamed(sentence, sums)
    made: list[Mention] = []
    for q in sums:
        verb = _verb(sentence, q, verbs, rest)
        if verb is not None and not any(_overlap(verb, n) for n in made) and not _told(verb, q, rest) and _for(sentence, q, verb, rest):
            unsized = {"unsized": True} if q.kind != "quantity" else {}
            traits = {"part": "verb", "grant": verb.id, **_tense(verb), **unsized}
            made.append(Mention("instrument", verb.first, verb.last, "fund", Form(verb.form.key, verb.form.before), traits, verb))
    rest = [m for m in rest if not (m.kind in ("instrument", "commodity", "change") and any(_overlap(m, n) for n in made))]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _listed(sentence: Sentence, sums: Sequence[Mention], others: Sequence[Mention]) -> list[Mention] | None:
    """Several sums that each name their metal, where somebody plans or buys: "$500 million in cobalt, $245 million in antimony"."""
    each = [q for q in sums if any(o.kind == "commodity" and not o.traits.get("outside") and 0 < o.first - q.last <= _EACH for o in others)]
    each = [q for q in each if sentence.words[q.last].key in connectives.words("sum_in")]
    known = connectives.words("buys_up")
    plans = any(f.key in known for w in sentence.words for f in w.forms)
    if (
        len(each) < _SEVERAL
        or not plans
        or any(o.kind == "metric" and o.id in ("exports", "production", "value") and not o.traits.get("weak") for o in others)
    ):
        return None
    act = Mention("grant", each[0].first, each[0].first, "announced", Form(""), {"part": "verb"})
    return [
        Mention("instrument", q.last, q.last + 1, "fund", Form(""), {"part": "noun", "grant": "announced", "size": q.first}, act)
        for q in each
    ]


def _unnamed(sentence: Sentence, sums: Sequence[Mention]) -> list[Mention]:
    """Money whose amount is not told: "will mobilise capital for"."""
    known, taken = connectives.words("money"), {i for q in sums for i in range(q.first - 3, q.last + 3)}
    return [Mention("money", i, i + 1, "") for i, w in enumerate(sentence.words) if i not in taken and any(f.key in known for f in w.forms)]


def _tense(verb: Mention) -> dict[str, str]:
    return {"tense": str(verb.traits["tense"])} if "tense" in verb.traits else {}


def _verb(sentence: Sentence, q: Mention, verbs: Sequence[Mention], others: Sequence[Mention]) -> Mention | None:
    """The nearest verb that gives a sum: before it, or the passive behind it."""
    before = [
        v
        for v in verbs
        if v.traits["part"] == "verb" and 0 <= q.first - v.last <= _REACH[sentence.lang] and _clear(sentence, v.last, q.first, others)
    ]
    before = [v for v in before if v.traits.get("tense") != "bare" or _infinitive(sentence, v)]
    behind = [
        v for v in verbs if v.traits["part"] == "after" and 0 <= v.first - q.last <= _BEHIND and _clear(sentence, q.last, v.first, others)
    ]
    return before[-1] if before else behind[0] if behind else None


def _infinitive(sentence: Sentence, v: Mention) -> bool:
    return v.first > 0 and sentence.words[v.first - 1].key in connectives.words("leads_on") | connectives.words("and")


def _clear(sentence: Sentence, lo: int, hi: int, others: Sequence[Mention]) -> bool:
    """Whether no other verb, flow or distractor stands between a verb and its sum."""
    words = sentence.words[lo:hi]
    if any(w.text in _STOPS or w.key in connectives.words("relative") for w in words):
        return False
    return not any(
        lo <= o.first < hi
        and (
            o.kind in ("say", "distractor", "change")
            or (o.kind == "metric" and o.id in _TRADE and not o.traits.get("weak") and "ب" not in o.form.before)
            or (o.kind == "instrument" and o.id not in _INVESTED and not o.traits.get("weak"))
        )
        for o in others
    )


def _told(verb: Mention, q: Mention, others: Sequence[Mention]) -> bool:
    """Whether the vocabulary knows the investment already: a noun for it by the sum."""
    return any(
        o.kind == "instrument"
        and not (o.first <= verb.last and any(p.kind == "place" and 0 <= p.first - o.last <= _SUBJECT for p in others))
        and o.id in ("fund", "price_support")
        and not o.traits.get("weak")
        and not _overlap(o, verb)
        and (verb.last <= o.first < q.last + 4)
        for o in others
    )


def _for(sentence: Sentence, q: Mention, verb: Mention, others: Sequence[Mention]) -> bool:
    """Whether a sum is for a metal, a mine or a plant: what stands behind it in the clause, or right before it."""
    lo = max(q.last, verb.last)
    stop = next((i for i in range(lo, len(sentence.words)) if sentence.words[i].text in _STOPS), len(sentence.words))
    goods = [o for o in others if o.kind == "commodity" and not o.traits.get("outside")]
    works = [o for o in others if o.kind == "instrument" and o.id in ("capacity_project", "joint_venture", "fund")]
    after = [o for o in (*goods, *works) if lo <= o.first < min(stop, lo + _PURPOSE)]
    between = [o for o in (*goods, *works) if verb.last <= o.first < q.first]
    tasks = connectives.words("tasks") | connectives.words("smelting")
    worked = any(f.key in tasks for w in sentence.words[lo : min(stop, lo + _TASK)] for f in w.forms)
    if q.kind != "quantity" and (verb.traits.get("any") or verb.traits.get("tense") == "past"):
        return False
    if not verb.traits.get("any"):
        return bool(after or between or worked)
    if any(o.id == "capacity_project" and 0 <= o.first - q.last <= _WORTH and not _led(sentence, q, o) for o in works):
        return False  # "a $1.3 billion expansion": what the project costs
    if verb.form.key in connectives.words("receives") and any(
        0 <= verb.first - o.last <= _TASK and o.id == "capacity_project" for o in works
    ):
        return True
    if any(o in works for o in (*after, *between)):
        return True
    aims = connectives.words("purpose")
    return any(_aimed(sentence, lo, o, aims) for o in after if o in goods)


def _led(sentence: Sentence, q: Mention, o: Mention) -> bool:
    """Whether a preposition leads from a sum to a plant."""
    return any(
        w.key in connectives.words("purpose") or any(f.before.endswith("ل") for f in w.forms[:1])
        for w in sentence.words[q.last : o.first + 1]
    )


def _aimed(sentence: Sentence, lo: int, goods: Mention, aims: frozenset[str]) -> bool:
    """Whether "for", "to" or "in" leads from a sum to goods."""
    return any(w.key in aims or any(f.before.endswith(("ل", "لل")) for f in w.forms[:1]) for w in sentence.words[lo : goods.first + 1])


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
