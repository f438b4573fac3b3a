"""Projects told by what becomes of output or capacity: "plans to lift its zinc capacity", "بدء الإنتاج التجاري لليثيوم", "the complex will make 750,000 t a year"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Mention, Sentence

_REACH = 6  # words between an act and the output it is about
_SIZE = 9  # words between output and the tonnage it is to reach
_GOODS = 4  # words between output and its commodity
_LEAD = 5  # words before an act that tell that somebody means to do it
_SUBJECT = 14  # words between a plant and what it will make
_MAKES = {"en": 4, "ar": 9}  # words between a verb of making and the tonnage
_BEHIND = 8  # words between a tonnage and the passive of which it is the subject
_BREAKS = frozenset((".", ";", "؛", ",", "،", ":", "(", ")"))
_MEANT = ("announced", "proposed", "considered")


def output(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the projects that an act and output make together."""
    rest = [m for m in mentions if m.kind != "output"]
    acts = [m for m in mentions if m.kind == "output"]
    if not acts or not any(o.kind == "commodity" or (o.kind == "quantity" and o.value.unit == "tonne") for o in rest):
        return rest
    made: list[Mention] = []
    for a in acts:
        found = {"raise": _raised, "start": _started, "make": _made}[a.id](sentence, a, rest)
        if found is not None and not any(_overlap(found, n) for n in made):
            made.append(found)
    rest = [m for m in rest if not (m.kind == "instrument" and m.id == "capacity_project" and any(_overlap(m, n) for n in made))]
    return sorted([*rest, *made], key=lambda m: (m.first, -m.last))


def _project(a: Mention, at: Mention, size: Mention | None) -> Mention:
    act = Mention(
        "work",
        a.first,
        a.last,
        "announced",
        a.form,
        {"part": "noun" if a.traits["part"] == "noun" else "verb", "tense": a.traits.get("tense", "present")},
    )
    traits = {"part": "noun", "work": "announced", "loose": True, **({"size": size.first} if size is not None else {})}
    return Mention("instrument", at.first, at.last, "capacity_project", at.form, traits, act)


def _raised(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> Mention | None:
    """A company or a plant that means to raise what it makes or can make; of a country only a figure would tell, and that is a claim."""
    flows = [
        o
        for o in others
        if o.kind == "metric" and o.id in ("production", "capacity") and o.traits.get("part") == "noun" and 0 <= o.first - a.last <= _REACH
    ]
    if not flows or not _meant(sentence, a, others) or not _free(sentence, a.last, flows[0].first):
        return None
    if not _firm(sentence, a, others) or not _goods(sentence, flows[0], others):
        return None
    size = _size(sentence, flows[0], others)
    measured = any(o.kind in ("quantity", "share") and flows[0].last <= o.first <= flows[0].last + _SIZE and o is not size for o in others)
    return None if measured else _project(a, flows[0], size)


def _started(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> Mention | None:
    """Production of a metal that begins or is to begin."""
    if a.traits["part"] == "verb" and a.traits.get("tense") == "bare" and not _infinitive(sentence, a):
        return None
    reach = _REACH if sentence.lang == "ar" else 2
    flows = [
        o
        for o in others
        if o.kind == "metric" and o.id == "production" and o.traits.get("part") in ("noun", "verb") and 0 <= o.first - a.last <= reach
    ]
    if not flows or not _free(sentence, a.last, flows[0].first) or not _goods(sentence, flows[0], others):
        return None
    if {w.key for w in sentence.words[max(0, a.first - 3) : a.first]} & connectives.words("compels"):
        return None
    if {w.key for w in sentence.words[a.last : flows[0].first]} & (connectives.words("breaks_off") - {"to"}):
        return None  # "started after production stopped"
    return _project(a, flows[0], _size(sentence, flows[0], others))


def _made(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> Mention | None:
    """A plant to come with what it will make in a year."""
    if (
        sentence.lang == "en"
        and a.form.key == "be"
        and (size := next((o for o in others if _tonnage(o) and 0 <= a.first - o.last <= _BEHIND), None))
    ):
        return _project(a, size, size) if _will(sentence, a) and size.value.per == "year" else None
    if (planned := _of_firm(sentence, a, others)) is not None:
        return planned
    sizes = [o for o in others if _tonnage(o) and 0 <= o.first - a.last <= _MAKES[sentence.lang]]
    if not sizes or not _will(sentence, a):
        return None
    sites = [o for o in others if o.kind == "site" and o.id == "site" and _before(sentence, o, a)]
    site = max(sites, key=lambda o: o.first, default=None)
    if site is None or not _to_come(sentence, site, a, sizes[0]):
        return None
    return _project(a, site, sizes[0])


def _of_firm(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> Mention | None:
    """A tonnage before who will make it: "the 10,000 tonnes that the company will produce"."""
    if sentence.lang != "en" or not _will(sentence, a):
        return None
    size = next((o for o in others if _tonnage(o) and 0 < a.first - o.last <= _BEHIND), None)
    firm = size is not None and any(w.key in connectives.words("firm") for w in sentence.words[size.last : a.first])
    return _project(a, size, size) if firm and size is not None else None


def _before(sentence: Sentence, site: Mention, a: Mention) -> bool:
    """Whether a plant is the subject of a verb: before it, or in Arabic right behind it."""
    if site.last <= a.first:
        return a.first - site.last <= _SUBJECT and not any(w.text in (".", ";", "؛") for w in sentence.words[site.last : a.first])
    return sentence.lang == "ar" and a.last <= site.first <= a.last + 1


def _to_come(sentence: Sentence, site: Mention, a: Mention, q: Mention) -> bool:
    """Whether a plant is a new one, or its figure the one of a year, as is told of plants to come."""
    words = sentence.words[max(0, site.first - 3) : min(len(sentence.words), q.last + 8)]
    keys = {f.key for w in words for f in w.forms}
    return q.value.per == "year" or bool(keys & connectives.words("yet_to_come"))


def _will(sentence: Sentence, a: Mention) -> bool:
    """Whether a verb of making is one of the future or of what could be."""
    if sentence.lang == "ar" and a.form.before.endswith("س"):
        return True
    lead = sentence.words[max(0, a.first - _LEAD) : a.first]
    if sentence.lang == "en":
        if any(m.id == "capacity" and m.last == a.first - 1 for m in sentence.of("metric")):
            return False  # "has the capacity to process"
        return bool({w.key for w in lead[-3:]} & connectives.words("leads_on") - {"can"})
    return any(
        f.key in connectives.words("foreseen") | connectives.words("wish") | connectives.words("able") for w in lead for f in w.forms
    )


def _meant(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> bool:
    """Whether somebody means to do it."""
    if sentence.lang == "ar" and a.form.before.endswith("س"):
        return True
    if a.traits.get("tense") == "bare" and not _infinitive(sentence, a):
        return False
    return any(o.kind == "status" and o.id in _MEANT and 0 <= a.first - o.last <= _LEAD for o in others) or (
        sentence.lang == "en" and bool({w.key for w in sentence.words[max(0, a.first - 2) : a.first]} & {"will", "would"})
    )


def _infinitive(sentence: Sentence, a: Mention) -> bool:
    return a.first > 0 and sentence.words[a.first - 1].key in connectives.words("leads_on")


def _firm(sentence: Sentence, a: Mention, others: Sequence[Mention]) -> bool:
    """Whether a company or a plant acts, and no country."""
    lo, hi = (0, a.first) if sentence.lang == "en" else (0, min(len(sentence.words), a.last + _REACH))
    if any(o.kind == "company" and lo <= o.first < hi for o in others):
        return True
    return any(f.key in connectives.words("firm") for w in sentence.words[lo:hi] for f in w.forms)


def _goods(sentence: Sentence, flow: Mention, others: Sequence[Mention]) -> bool:
    """Whether a commodity stands by output."""
    goods = [o for o in others if o.kind == "commodity" and not o.traits.get("outside")]
    return any(0 <= flow.first - o.last <= _GOODS or 0 <= o.first - flow.last <= _GOODS for o in goods)


def _size(sentence: Sentence, flow: Mention, others: Sequence[Mention]) -> Mention | None:
    """The tonnage that output is to reach: the first behind it, after "to" or "of"."""
    found = next((o for o in others if _tonnage(o) and flow.last <= o.first <= flow.last + _SIZE), None)
    if (
        found is None
        or not _free(sentence, flow.last, found.first)
        or any(o.kind == "site" and flow.last <= o.first < found.first for o in others)
    ):
        return None
    lead = {f.key for w in sentence.words[max(0, found.first - 3) : found.first] for f in w.forms}
    return found if lead & connectives.words("reaching") else None


def _tonnage(o: Mention) -> bool:
    return o.kind == "quantity" and o.value.unit == "tonne"


def _free(sentence: Sentence, lo: int, hi: int) -> bool:
    return not any(w.text in _BREAKS for w in sentence.words[lo:hi])


def _overlap(a: Mention, b: Mention) -> bool:
    return a.first < b.last and b.first < a.last
