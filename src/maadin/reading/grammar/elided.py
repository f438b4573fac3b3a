"""What a list leaves unsaid: the unit of a bare number ("Chile 9.3 million"), and whose figure it is."""

from __future__ import annotations

from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.places import Party
from maadin.reading.model import Mention, Moment

_GLUED = ("ل", "ب", "لل")
_OPENS = ("on", "(", ":", "-", "–", "a", "share", "of", "حصه", "ب", "بنسبه", "بحصه", "بواقع", "نسبه")
_BEFORE = ("bare", "adj", "of", "by", "with")
_LARGE = 1000.0
_NAMED, _NAMED_WORDS, _BESIDE = 5.0, 6, 14.0  # how near the word price stands; how near another price
_DEAREST = 2e6


def amounts(ctx: Context) -> list[Mention]:
    """Quantities of a sentence, and bare numbers that share the unit of one told before."""
    told, unit = [], ctx.memory.unit
    inside = False
    prices = [q for q in ctx.quantities if "/" in quantity(q).unit]
    for m in ctx.sentence.of("quantity", "number"):
        if m.kind == "number":
            if unit and _bare(ctx, m, inside):
                told.append(_with(m, unit))
            continue
        if m not in ctx.quantities:
            continue
        if quantity(m).unit == "USD" and (priced := _priced(ctx, m, prices)):
            told.append(_with(m, priced))
            continue
        told.append(m)
        if quantity(m).unit == "tonne":
            unit, inside = "" if quantity(m).conversion else "tonne", True
    return told


def _with(m: Mention, unit: str) -> Mention:
    return replace(m, kind="quantity", id=unit, value=replace(quantity(m), unit=unit))


def _bare(ctx: Context, m: Mention, inside: bool) -> bool:
    """Whether a bare number is an amount of what was measured before: a large one with nothing counted after it."""
    scaled = m.last - m.first > 1
    if (
        quantity(m).low < _LARGE
        or not (inside or scaled)
        or any(m.first < d.last and d.first < m.last for d in ctx.sentence.of("date") if isinstance(d.value, Moment))
    ):
        return False
    if m.last >= len(ctx.scene.words):
        return True
    following = ctx.scene.words[m.last]
    starts = [o for o in ctx.sentence.of("place", "date") if o.first == m.last]
    dated = any(o.kind == "date" for o in starts)
    return (
        following.what == "mark"
        or (scaled and following.key in connectives.words("and"))
        or following.key in connectives.words("beside")
        or (
            following.key == "of"
            and bool(
                {ctx.scene.words[i].key for i in range(m.last, min(m.last + 2, len(ctx.scene.words)))} & {"this", "that", "them", "it"}
            )
        )
        or (following.key in connectives.words("and") and beside(ctx, m) is not None)
        or dated
        or any(o.form.before.lstrip("وف") in _GLUED for o in starts)
    )


def _priced(ctx: Context, m: Mention, prices: list[Mention]) -> str:
    """The unit of a price that leaves it unsaid: beside another price, or after "a tonne costs"."""
    named = ctx.near(m, ("metric",), ("price",), limit=_NAMED)
    near = [quantity(p) for p in prices if named or ctx.scene.gap(p, m) <= _BESIDE]
    shared = next((p.unit for p in near if 0.1 < quantity(m).low / max(p.low, 1e-9) < 10.0), "")
    if not shared and quantity(m).high <= _DEAREST and _a_tonne_of(ctx, m, "a_tonne"):
        return "USD/tonne"
    if not shared and quantity(m).high <= _DEAREST and _a_tonne_of(ctx, m, "a_kilo"):
        return "USD/kg"
    if shared or named is None or m.first < named.first or quantity(m).high > _DEAREST:
        return shared
    return "USD/tonne" if set(ctx.scene.before(m, _NAMED_WORDS)) & connectives.words("a_tonne") else ""


def _a_tonne_of(ctx: Context, m: Mention, mass: str) -> bool:
    """Whether "a tonne of" a commodity is what a sum is paid for: "تجاوز طن الكوبالت 40 ألف دولار"."""
    inside = {i for q in ctx.sentence.of("quantity") for i in range(q.first, q.last)}
    goods = {g.first for g in ctx.sentence.of("commodity") if g.last <= m.first and m.first - g.last <= _NAMED_WORDS}
    tonnes = [i for i, w in enumerate(ctx.scene.words[: m.first]) if w.key in connectives.words(mass) and i not in inside]
    return any(i + 1 in goods or (i + 2 in goods and ctx.scene.words[i + 1].key in ("of", "من")) for i in tonnes)


def beside(ctx: Context, q: Mention) -> Party | None:
    """The country told right beside a figure: "X (2.5 billion)", "210,000 in X", "3.3 million for X"."""
    known = [p for p in ctx.parties if p.kind in ("place", "company")]
    small = connectives.words("beside")
    for p in known:
        if p.first >= q.last and p.first - q.last <= 2:
            between = [w.key for w in ctx.scene.words[q.last : p.first]]
            glued = p.group.mentions[0].form.before.lstrip("وف") in _GLUED
            if (between and all(k in small or k == "the" for k in between)) or (not between and glued):
                return p
    if "و" in q.form.before:
        return None
    for p in known:
        if p.last <= q.first and q.first - p.last <= 4 and (p.role in _BEFORE or ctx.scene.words[p.last].text == "("):
            between = [w.key for w in ctx.scene.words[p.last : q.first]]
            if all(k in small or k in _OPENS for k in between):
                return p
    return None
