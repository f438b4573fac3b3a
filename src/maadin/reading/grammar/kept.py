"""Which readings of words stand: idioms go, and readings that need support beside them go where they have none."""

from __future__ import annotations

from itertools import pairwise

from maadin.reading.grammar import connectives
from maadin.reading.grammar.scene import Scene
from maadin.reading.model import Mention, Sentence

_NEEDS = {
    "quality": ("metric", "commodity"), "rank": ("metric",), "share": ("quantity",), "instrument": ("metric", "commodity", "quantity", "instrument"),
    "link": ("place",), "pronoun": ("metric", "quantity"),
}  # fmt: skip
_TASK = 6  # words between "work with" and what is worked on
_AMOUNTING = frozenset(["قدره", "وقدره"])  # "amounting to"; "قدرة" is capacity
_NEAR = {"quality": 2.5, "rank": 2.5, "share": 3.5, "instrument": 4.0, "link": 2.5, "pronoun": 3.0}


def kept(sentence: Sentence) -> list[Mention]:
    """Mentions without idioms and unsupported readings.

    The town of a dateline is no country; a mention that is void hides those of its kind that it covers; a weak one stays only beside what supports it; "recognised" only under a negation; "the
    country" only where it is definite.
    """
    scene = Scene(sentence)
    again = _told_again(sentence)
    solid = [m for m in sentence.mentions if m not in again and not (m.traits.get("void") or m.traits.get("dateline"))]
    denials = [m for m in solid if m.kind == "negation"]
    return [m for m in solid if _stands(scene, m, solid, denials)]


def _told_again(sentence: Sentence) -> list[Mention]:
    """Quantities in brackets that tell the one before them in another unit: "23 metric tons (25 tons)"."""
    masses = [m for m in sentence.of("quantity") if m.value.unit in ("tonne", "USD")]
    return [b for a, b in pairwise(masses) if _bracketed(sentence, a, b) and 0.85 < b.value.low / max(a.value.low, 1e-9) < 1.2]


def _bracketed(sentence: Sentence, a: Mention, b: Mention) -> bool:
    return b.first - a.last <= 4 and any(w.text == "(" or w.key in connectives.words("again") for w in sentence.words[a.last : b.first])


def _auxiliary(scene: Scene, m: Mention) -> bool:
    """Whether "has" only helps a participle: "has swollen to", "have all but dried up"; not "has proven reserves"."""
    if m.last - m.first > 1 or scene.words[m.first].key not in ("has", "have", "had"):
        return False
    at, words = m.last, scene.words
    while at < len(words) and words[at].key in connectives.words("auxiliary_adverb"):
        at += 1
    if at >= len(words) or words[at].key in connectives.words("attribute") or not words[at].key.endswith(("ed", "en", "wn", "un")):
        return any(c.first == at and c.traits.get("tense") == "past" for c in scene.of("change", "quality"))
    goods = {o.first for o in scene.of("commodity")} | {o.first for o in scene.of("metric") if o.id == "reserves" and o is not m}
    return not {at, at + 1, at + 2} & goods


def _of_them(scene: Scene, o: Mention, m: Mention) -> bool:
    """Whether it is of goods just named: "نملك منها الكثير"."""
    return any(f.key in connectives.words("them") for w in scene.words[o.last : m.last + 2] for f in w.forms)


def _firm(scene: Scene, m: Mention, o: Mention) -> bool:
    """Whether one mention supports a weak one: a strong one does, and "supplier" makes "top" a rank."""
    if m.kind == "quality" and o.traits.get("possession") and o.last <= m.first and _of_them(scene, o, m):
        return True
    owned = o.id == "reserves" and o.traits.get("part") == "noun"
    return not o.traits.get("weak") or (m.kind == "rank" and (o.traits.get("part") == "agent" or owned) and o.first == m.last)


def _contained(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether "contained" tells the basis of a figure: "4,300 t contained tin"."""
    return scene.words[m.first].key == "contained" and any(q.kind == "quantity" and q.last == m.first for q in solid)


def _with_a_task(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether "work with" goes on to what is worked on: "ready to work with Japan on developing its deposits"."""
    known, reach = connectives.words("tasks"), scene.words[m.last + 1 : m.last + 1 + _TASK]
    return any(f.key in known for w in reach for f in w.forms) or any(
        o.kind == "instrument" and o.id == "capacity_project" and 0 < o.first - m.last <= _TASK for o in solid
    )


def _stands(scene: Scene, m: Mention, solid: list[Mention], denials: list[Mention]) -> bool:
    if m.traits.get("possession") and (_auxiliary(scene, m) or _contained(scene, m, solid)):
        return False
    if m.traits.get("together") and not _with_a_task(scene, m, solid):
        return False
    if m.traits.get("negated") and not any(d.last <= m.first and scene.gap(d, m) <= 8.0 for d in denials):
        return False
    if m.traits.get("definite") and not (m.form.article or m.form.after):
        return False
    if m.traits.get("suffix") and not m.form.after:
        return False
    if m.traits.get("ordinal") and not any(o.first == m.last and o.kind == "metric" and o.traits.get("part") == "agent" for o in solid):
        return False
    if m.kind == "metric" and scene.words[m.first].text in _AMOUNTING:
        return False
    if m.kind == "distractor" and any(o.kind == "metric" and o.first <= m.first and m.last < o.last for o in solid):
        return False  # "عائدات صادرات"
    if m.kind == "commodity" and m.first and scene.words[m.first - 1].key == "غير":
        return False  # "غير النفطية"
    if m.kind == "pronoun" and m.id == "commodity" and any(o.kind == "commodity" and o.first < m.first <= o.last for o in solid):
        return False
    if m.traits.get("weak") and m.kind in _NEEDS:
        return any(o.kind in _NEEDS[m.kind] and o is not m and _firm(scene, m, o) and scene.gap(o, m) <= _NEAR[m.kind] for o in solid)
    return True
