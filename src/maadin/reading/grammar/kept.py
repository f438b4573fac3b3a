"""Which readings of words stand: idioms go, and readings that need support beside them go where they have none."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from maadin.reading.grammar import connectives
from maadin.reading.grammar.scene import Scene
from maadin.reading.model import Mention, Quantity, Sentence

_NEEDS = {
    "quality": ("metric", "commodity"), "rank": ("metric",), "share": ("quantity",), "instrument": ("metric", "commodity", "quantity", "instrument"),
    "link": ("place",), "pronoun": ("metric", "quantity"),
}  # fmt: skip
_SUM = 4  # words between "earned", the sum and the goods it came from
_FROM = frozenset(("from", "من", "بيع"))
_CURBS = ("export_control", "ban", "tariff", "quota")
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
    own = {id(a): b.value for a, b in again if a.value.conversion and not b.value.conversion}
    gone = {id(b) for _, b in again}
    solid = [m for m in sentence.mentions if id(m) not in gone and not (m.traits.get("void") or m.traits.get("dateline"))]
    solid = [_unwrapped(scene, replace(m, value=own[id(m)]) if id(m) in own else m) for m in solid]
    denials = [m for m in solid if m.kind == "negation"]
    unearned = [m for m in solid if m.traits.get("earning") and not _earned(scene, m, solid)]
    earned = [m for m in solid if m.traits.get("earning") and m not in unearned]
    solid = [m for m in solid if m not in unearned and not (m.kind == "distractor" and any(scene.overlaps(m, e) for e in earned))]
    return [m for m in solid if _stands(scene, m, solid, denials)]


def _only_used(scene: Scene, m: Mention) -> bool:
    """Whether a relative clause only tells what goods are used for: "الفوسفات الذي يستخدم كسماد"."""
    passive = scene.sentence.lang == "ar" and m.traits.get("part") == "verb" and not m.form.after
    return passive and m.first > 0 and any(f.key in connectives.words("relative") for f in scene.words[m.first - 1].forms)


def _earned(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether money comes from goods: "earned $50 billion from copper", "عائدات الذهب"."""
    sums = [o for o in solid if o.kind == "quantity" and o.value.unit == "USD" and not m.last > o.first]
    if not sums:
        return False
    if m.traits.get("part") == "noun":
        return any(o.kind == "commodity" and 0 <= o.first - m.last <= 1 and not o.traits.get("outside") for o in solid)
    near = sums[0].first - m.last <= _SUM
    return near and any(
        o.kind == "commodity" and 0 < o.first - sums[0].last <= _SUM and set(scene.words_between(sums[0], o)) & _FROM for o in solid
    )


def _unwrapped(scene: Scene, m: Mention) -> Mention:
    """A restriction that a verb of stopping and a flow only seem to make: what is stopped are curbs on it, "suspend curbs on exports"."""
    if m.kind != "instrument" or m.id != "ban" or m.traits.get("part") != "verb" or m.last - m.first < 3:
        return m
    for i in range(m.first + 1, m.last):
        for f in scene.words[i].forms:
            if (means := next((id_ for id_ in _CURBS if f.key in connectives.words(f"curb_{id_}")), None)) is not None:
                traits = {"part": "noun", **({"direction": m.traits["direction"]} if "direction" in m.traits else {})}
                return Mention("instrument", i, m.last, means, f, traits)
    return m


def _told_again(sentence: Sentence) -> list[tuple[Mention, Mention]]:
    """Quantities with those in brackets that tell them in another unit: "23 metric tons (25 tons)", "A$135 million ($87m)"."""
    masses = [m for m in sentence.of("quantity") if m.value.unit in ("tonne", "USD")]
    return [(a, b) for a, b in pairwise(masses) if _bracketed(sentence, a, b) and _alike(a.value, b.value)]


def _alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are one; the rate of another day may be far from the yearly one."""
    low, high = (0.5, 2.0) if a.unit == "USD" and not b.conversion else (0.85, 1.2)
    return a.unit == b.unit and low < b.low / max(a.low, 1e-9) < high


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


def _in_name(scene: Scene, m: Mention) -> bool:
    """Whether a commodity is part of a company's name that nobody knows: "General Lithium Corp", "شركة آسيا بوتاش"."""
    words = scene.words
    if words[m.first].lang == "en":
        return m.last < len(words) and words[m.last].key in connectives.words("incorporated") and words[m.first].text[:1].isupper()
    if m.form.article or m.form.before:
        return False
    lead = [w for w in words[max(0, m.first - 4) : m.first] if w.what == "word"][-2:]
    return len(lead) == 2 and any(f.key in connectives.words("firm") for f in lead[0].forms) and not lead[1].forms[0].article


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


def _other_doing(key: str) -> bool:
    """Whether a word is what somebody does that is no trade: "subsidising"."""
    return key.endswith("ing") and len(key) > len("string") and key not in connectives.words("trading")


def _imposed(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether "controls" are what somebody imposes, in a sentence on a trade in goods: "exports of tungsten fell after Beijing introduced controls"."""
    if m.kind != "instrument" or m.id != "export_control" or m.traits.get("part") != "noun":
        return False
    verb = any(s.kind == "status" and s.id == "in_force" and s.traits.get("part") == "verb" and 0 <= m.first - s.last <= 2 for s in solid)
    return verb and any(o.kind == "commodity" for o in solid) and any(o.kind == "metric" and o.id in ("exports", "imports") for o in solid)


def _free_quota(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether a duty is only what the goods of a quota are free of."""
    free = any(f.key in connectives.words("duty_free") for w in scene.words[max(0, m.first - 2) : m.first] for f in w.forms)
    return scene.sentence.lang == "ar" and free and any(o.kind == "instrument" and o.id == "quota" and o.last <= m.first for o in solid)


def _opens(scene: Scene, m: Mention, solid: list[Mention]) -> bool:
    """Whether a sentence on goods opens with a restriction told of before: "The curbs, which take effect in May, cover antimony"."""
    if m.kind != "instrument" or m.id != "export_control" or m.traits.get("part") != "noun" or m.first > 2:
        return False
    told = m.form.article or (m.first and scene.words[m.first - 1].key in connectives.words("definite"))
    return bool(told) and any(o.kind == "commodity" and o.first > m.last for o in solid)


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
    if m.kind == "metric" and m.id == "consumption" and m.traits.get("weak") and _only_used(scene, m):
        return False
    if m.kind == "distractor" and any(o.kind == "metric" and o.first <= m.first and m.last < o.last for o in solid):
        return False  # "عائدات صادرات"
    if m.kind == "commodity" and m.first and scene.words[m.first - 1].key == "غير":
        return False  # "غير النفطية"
    if (
        m.kind == "commodity"
        and _in_name(scene, m)
        and any(o.kind == "commodity" and o is not m and o.id != m.id and not o.traits.get("generic") for o in solid)
    ):
        return False  # "شركة آسيا بوتاش", of another metal's news
    if m.kind == "pronoun" and m.id == "commodity" and any(o.kind == "commodity" and o.first < m.first <= o.last for o in solid):
        return False
    if m.kind == "instrument" and m.id == "ban" and m.last - m.first > 2 and _other_doing(scene.words[m.first + 1].key):
        return False  # "stop subsidising aluminium exports"
    if m.kind == "instrument" and m.id == "tariff" and _free_quota(scene, m, solid):
        return False  # "حصص الاستيراد المعفاة من الرسوم"
    if m.kind == "change" and any(o.kind == "status" and o.first <= m.first and m.last <= o.last and o.last - o.first > 1 for o in solid):
        return False  # "struck down"
    if m.traits.get("weak") and m.kind in _NEEDS:
        return (
            _opens(scene, m, solid)
            or _imposed(scene, m, solid)
            or any(o.kind in _NEEDS[m.kind] and o is not m and _firm(scene, m, o) and scene.gap(o, m) <= _NEAR[m.kind] for o in solid)
        )
    return True
