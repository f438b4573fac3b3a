"""Projects told by what is done to a mine or a plant, in whatever words: "ground was broken for a smelter", "أدخلت الشركة الخدمة مصفاة"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence

_REACH = {"verb": 9, "noun": 5, "before": 7}  # words between an act and the plant that is its object, or in Arabic its subject
_BEHIND = {"en": 16, "ar": 8}  # words between a plant and the passive of which it is the subject
_GOODS = 4  # words between a word such as "line" and the commodity that makes it a plant
_LEAD = 4  # words before an act that tell whether it is one
_KINDS = ("work", "site")
_OTHERS = ("tariff", "ban", "quota", "export_control", "sanction", "price_support", "territory")
_KNOWN = ("capacity_project", "fund")
_NAMES = ("place", "commodity", "company", "quantity", "person", "office")
_QUOTES = frozenset("\"'“”«»’‘-–$€£¥%()")


def worked(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the plants that something is done to as projects; the act is the value of each."""
    rest = [m for m in mentions if m.kind not in _KINDS]
    sites = [m for m in mentions if m.kind == "site"]
    acts = [m for m in mentions if m.kind == "work"]
    if not sites or not acts:
        return rest
    acts = [a for a in acts if not _adjective(sentence, a)]
    made: list[Mention] = []
    barred: list[Mention] = []
    for s in sites:
        act = _act(sentence, s, acts, rest, sites) if _stands(sentence, s, rest) else None
        if act is not None and not any(n.value is act for n in made):
            (made if _told(sentence, s, act, rest) else barred).append(_project(s, act))
    gone = (*made, *(b for b in barred if b.id == "capacity_project"))
    rest = [m for m in rest if not (m.kind == "instrument" and m.id in _KNOWN and any(_overlap(m, n) for n in gone))]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _project(s: Mention, act: Mention) -> Mention:
    loose = {"loose": True} if s.traits.get("loose") else {}
    instrument = "fund" if s.id == "fund" else "capacity_project"
    return Mention("instrument", s.first, s.last, instrument, s.form, {"part": "noun", "work": act.id, **loose}, act)


def _stands(sentence: Sentence, s: Mention, others: Sequence[Mention]) -> bool:
    """Whether a site is one of ours: no other's word, no owner of the next noun, and a loose one beside a commodity."""
    if s.form.after == "'s" or (s.traits.get("bare") and s.form.article):
        return False
    if any(
        _overlap(s, o)
        and (
            o.kind in ("company", "office", "source", "person")
            or (o.kind == "instrument" and o.id != ("fund" if s.id == "fund" else "capacity_project"))
        )
        for o in others
    ):
        return False
    foreign = any(o.kind == "commodity" and o.traits.get("outside") and (o.last == s.first or o.first == s.last) for o in others)
    beside = _beside(sentence, s, others) or _processes(sentence, s)
    beside = beside or (bool(s.traits.get("kind_of_plant")) and any(o.kind == "commodity" and not o.traits.get("outside") for o in others))
    return beside or not (foreign or s.traits.get("loose") or s.id == "event")


def _beside(sentence: Sentence, s: Mention, others: Sequence[Mention]) -> bool:
    """Whether a commodity of ours stands by a site; behind it in Arabic."""
    goods = [o for o in others if o.kind == "commodity" and not o.traits.get("outside")]
    before = 0 if sentence.lang == "ar" else _GOODS
    return any(s.first - before <= o.last <= s.first or s.last <= o.first <= s.last + _GOODS or _overlap(o, s) for o in goods)


def _processes(sentence: Sentence, s: Mention) -> bool:
    """Whether a word for what is done to metal stands by a site: "a recovery circuit", "وحدة لمعالجة الخام"."""
    known = connectives.words("works") | connectives.words("smelting")
    near = sentence.words[s.first - 1 : s.first] if sentence.lang == "en" else sentence.words[s.last : s.last + 1]
    return any(f.key in known for w in near for f in w.forms)


def _told(sentence: Sentence, s: Mention, act: Mention, others: Sequence[Mention]) -> bool:
    """Whether an act on a plant is news of a project: none that somebody only has to do, none that a market does to plants at work."""
    words = sentence.words
    lead = {f.key for w in words[max(0, act.first - _LEAD) : act.first] for f in w.forms}
    if act.id in ("suspended", "ended") and not _undertaking(sentence, s, act):
        return False
    if any(o.kind == "negation" and 0 <= act.first - o.last <= 2 for o in others) and not _beside(sentence, s, others):
        return False
    if s.id == "fund" and not any(f.key in connectives.words("founds") for w in words[act.first : act.last] for f in w.forms):
        return False
    if act.id == "in_force" and _cause(sentence, act, others):
        return False
    if act.traits.get("tense") == "bare" and _wished_of(sentence, act, others):
        return False
    if not lead & connectives.words("compels"):
        return True
    return act.traits["part"] != "noun" and act.traits.get("tense") not in ("bare", "gerund")


def _wished_of(sentence: Sentence, act: Mention, others: Sequence[Mention]) -> bool:
    """Whether it is only wished that somebody builds whose home nobody tells: "calls for Xinfeng to set up a mine"."""
    lo = max(0, act.first - _LEAD)
    at = next((i for i in range(lo, act.first - 1) if sentence.words[i].key == "for"), None)
    return at is not None and not any(o.kind in ("place", "company") and at < o.first < act.first for o in others)


def _cause(sentence: Sentence, act: Mention, others: Sequence[Mention]) -> bool:
    """Whether a start only explains a figure told before: "output rose 4% as the company started up a mine"."""
    told = [o for o in others if o.kind == "metric" and o.id in ("production", "exports", "imports") and o.last <= act.first]
    moved = [o for o in others if o.kind in ("change", "quantity") and o.first < act.first]
    if not told or not moved:
        return False
    if {w.key for w in sentence.words[max(0, act.first - 2) : act.first]} & {"on", "with", "from"}:
        return True  # "rose 8% on the start-up of"
    lo = max(min(t.first for t in told), 0)
    return any(f.key in connectives.words("explains") for w in sentence.words[lo : act.first] for f in w.forms)


def _undertaking(sentence: Sentence, s: Mention, act: Mention) -> bool:
    """Whether what is stopped is a project still to come, and no mine or plant at work."""
    words = sentence.words[max(0, min(s.first, act.last) - 1) : max(s.last, act.first)]
    return s.id == "event" or any(f.key in connectives.words("undertaking") for w in words for f in w.forms)


def _adjective(sentence: Sentence, a: Mention) -> bool:
    """Whether a past form only describes a plant: "its idled smelter", "the company's recently inaugurated mine"."""
    if sentence.lang != "en" or a.traits.get("tense") != "past" or not a.first:
        return False
    lead = sentence.words[a.first - 1]
    if lead.key in connectives.words("lately") and a.first > 1:
        lead = sentence.words[a.first - 2]
    return lead.key in connectives.words("article") or any(f.after == "'s" for f in lead.forms)


def _act(sentence: Sentence, s: Mention, acts: Sequence[Mention], others: Sequence[Mention], sites: Sequence[Mention]) -> Mention | None:
    """The act nearest to a site: before it as its object, behind it as its subject."""
    before = [a for a in acts if a.last <= s.first and (a.traits["part"] != "after" or a.traits.get("both"))][-1:]
    before = [_outer(sentence, a, acts, others) for a in before if _governs(sentence, a, s, others)]
    behind = [a for a in acts if a.first >= s.last and a.traits["part"] == "after" and _subject(sentence, s, a, others, sites)]
    if before and behind and before[-1].traits["part"] == "noun":
        return behind[0] if behind[0].id != "announced" or before[-1].id == "announced" else before[-1]
    return before[-1] if before else behind[0] if behind else None


def _outer(sentence: Sentence, a: Mention, acts: Sequence[Mention], others: Sequence[Mention]) -> Mention:
    """The verb whose object a noun of building is: "shelved the construction of", "بدأت بناء"."""
    if a.traits["part"] != "noun":
        return a
    verbs = [
        o
        for o in acts
        if o.traits["part"] == "verb" and o.last <= a.first and a.first - o.last <= _LEAD and _governs(sentence, o, a, others)
    ]
    return verbs[-1] if verbs else a


def _governs(sentence: Sentence, a: Mention, s: Mention, others: Sequence[Mention]) -> bool:
    part = a.traits["part"]
    if part == "after" and a.traits.get("both"):
        part = "verb"
    if part == "after" or _apart(sentence, a.last, s.first, others) > _REACH[part] or not _clear(sentence, a.last, s.first, others):
        return False
    if part == "noun" and _several(sentence, a, s) and not _decided(sentence, a, others):
        return False
    if sentence.lang == "en":
        return a.traits.get("tense") != "bare" or _infinitive(sentence, a)
    return part != "verb" or a.first == 0 or sentence.words[a.first - 1].key not in connectives.words("role_from")


def _apart(sentence: Sentence, lo: int, hi: int, others: Sequence[Mention]) -> int:
    """Words between an act and a site; figures, names and what stands in brackets count for nothing."""
    named = {i for o in others if o.kind in ("quantity", "place", "company") for i in range(o.first, o.last)}
    return sum(i not in named and sentence.words[i].what != "mark" for i in range(lo, hi))


def _several(sentence: Sentence, a: Mention, s: Mention) -> bool:
    """Whether plants are meant in general: a plural without a number or "its"."""
    word = sentence.words[s.last - 1]
    plural = word.key.endswith("s") if sentence.lang == "en" else word.key in connectives.words("plants")
    near = sentence.words[a.last : s.last + 1]
    return (
        plural
        and not any(f.key in connectives.words("certain") for w in near for f in w.forms)
        and not any(w.what == "figure" for w in near)
    )


def _decided(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> bool:
    """Whether a word of planning or deciding stands right before an act."""
    return any(o.kind == "status" and o.last <= a.first and a.first - o.last <= _LEAD and o.first < a.first for o in others)


def _infinitive(sentence: Sentence, a: Mention) -> bool:
    """Whether "to", "will" or the like stands before an English infinitive, or "and" after another."""
    lead = [w.key for w in sentence.words[max(0, a.first - 3) : a.first]]
    return bool(lead) and (lead[-1] in connectives.words("leads_on") or bool({lead[-1]} & {"and", "or"}))


def _clear(sentence: Sentence, lo: int, hi: int, others: Sequence[Mention]) -> bool:
    """Whether nothing between two words begins another phrase or clause."""
    words, breaks, permits = sentence.words, connectives.words("breaks_off"), connectives.words("permit")
    named = {i for o in others if o.kind in _NAMES for i in range(o.first, o.last)}
    for i in range(lo, hi):
        w = words[i]
        if i in named:
            continue
        if w.what == "mark" and w.text not in _QUOTES:
            return False
        if (
            w.key in breaks
            or any(f.key in permits for f in w.forms)
            or (w.key == "of" and words[i - 1].key not in connectives.words("part_of") and i - 1 not in named)
        ):
            return False
        if w.key == "and" and i + 1 not in named and i - 1 not in named:
            return False
    if any(
        lo <= o.first < hi and o.kind in ("status", "metric") and o.traits.get("part") == "verb" and o.form.before[:1] == "و"
        for o in others
    ):
        return False
    return not any(
        lo <= o.first < hi
        and (
            (o.kind == "say" and o.traits.get("part") == "verb")
            or (o.kind == "instrument" and o.id in _OTHERS and not o.traits.get("weak"))
        )
        for o in others
    )


def _subject(sentence: Sentence, s: Mention, a: Mention, others: Sequence[Mention], sites: Sequence[Mention]) -> bool:
    """Whether a site is the subject of a passive behind it: no other site nearer, no turn or verb of saying between."""
    gap = a.first - s.last
    if gap > (0 if a.traits.get("next") else _BEHIND[sentence.lang]):
        return False
    if any(s.last <= o.first < a.first and not o.traits.get("loose") for o in sites):
        return False
    turns = connectives.words("turn") | {";", "؛", "."}
    if any(w.text in turns or w.key in turns for w in sentence.words[s.last : a.first]):
        return False
    return not any(s.last <= o.first < a.first and o.kind in ("say", "change") and o.traits.get("part") == "verb" for o in others)


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
