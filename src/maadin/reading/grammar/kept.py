"""Which readings of words stand: idioms go, and readings that need support beside them go where they have none."""

from __future__ import annotations

from itertools import pairwise

from maadin.reading.grammar.scene import Scene
from maadin.reading.model import Mention, Sentence

_NEEDS = {
    "quality": ("metric", "commodity"), "rank": ("metric",), "share": ("quantity",), "instrument": ("metric", "commodity", "quantity", "instrument"),
    "link": ("place",), "pronoun": ("metric", "quantity"),
}  # fmt: skip
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
    return b.first - a.last <= 4 and any(w.text == "(" for w in sentence.words[a.last : b.first])


def _stands(scene: Scene, m: Mention, solid: list[Mention], denials: list[Mention]) -> bool:
    if m.traits.get("negated") and not any(d.last <= m.first and scene.gap(d, m) <= 8.0 for d in denials):
        return False
    if m.traits.get("definite") and not (m.form.article or m.form.after):
        return False
    if m.traits.get("suffix") and not m.form.after:
        return False
    if m.traits.get("weak") and m.kind in _NEEDS:
        return any(o.kind in _NEEDS[m.kind] and o is not m and not o.traits.get("weak") and scene.gap(o, m) <= _NEAR[m.kind] for o in solid)
    return not (m.kind == "pronoun" and m.id == "commodity" and any(o.kind == "commodity" and o.last == m.first for o in solid))
