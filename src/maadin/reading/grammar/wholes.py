"""What a percentage is a share of: goods and trade, or something that is none of ours (a company, its costs, its revenue)."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import world
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.model import Mention

_HEAD = 5  # words after "of" in which its noun stands
_OURS = ("metric", "commodity", "scope", "pronoun")
_BESIDE = 4.0
_NEAR = 6.0  # how near "of the world" stands where there is no noun


def ours(ctx: Context, b: Bound, m: Mention | None) -> bool:
    """Whether a percentage is a share of something of ours; `m` is the metric it may be of."""
    lead = {w.key for w in ctx.scene.words[max(0, b.quantity.first - _HEAD) : b.quantity.first]}
    if m is not None and m.id == "capacity" and lead & connectives.words("at_work"):
        return False  # at how much of its capacity a plant works
    if _in_plant(ctx, b.quantity):
        return False
    if m is not None and m.form.after and _of_firm(ctx, b.quantity):
        return False  # a mine's part of what its company makes
    if any(d.id == "stocks" and d.last <= b.quantity.first for d in ctx.sentence.of("distractor")):
        return False
    head = _head(ctx, b.quantity)
    return _standing(ctx, b, m) if head is None else _noun(ctx, head)


def _in_plant(ctx: Context, q: Mention) -> bool:
    """Whether a percentage is a part of a plant or a project: "حصة تعادل 49% بالمصفاة", "49% in the refinery"."""
    near = [m for m in ctx.sentence.of("instrument") if m.id in ("capacity_project", "joint_venture") and q.last <= m.first <= q.last + 2]
    return any("ب" in m.form.before or set(ctx.scene.before(m, 2)) & connectives.words("role_in") for m in near)


def _of_firm(ctx: Context, q: Mention) -> bool:
    """Whether the country told last before a percentage is only the home of a company beside it."""
    earlier = [p for p in ctx.parties if p.last <= q.first and p.kind in ("place", "company")]
    return bool(earlier) and earlier[-1].kind == "company" and ctx.scene.gap(earlier[-1].group, q) <= _NEAR


def _standing(ctx: Context, b: Bound, m: Mention | None) -> bool:
    """A percentage without "of": a share of ours unless it is of a project or company."""
    q, cue = b.quantity, b.trigger
    near = {w.key for w in ctx.scene.words[max(0, q.first - _HEAD) : q.last + 3]}
    owned = bool(near & connectives.words("owned"))
    held = cue is not None and (cue.id == "share_of" or bool(cue.traits.get("weak"))) and (m is None or bool(m.traits.get("possession")))
    firm = any(p.kind == "company" and p.last <= q.first and ctx.scene.gap(p.group, q) <= _BESIDE for p in ctx.parties)
    if (owned and (m is None or held)) or (firm and held and world(ctx, q, _NEAR) is None):
        return False
    later = {w.key for w in ctx.scene.words[q.last : q.last + 3]} & connectives.words("whole")
    if later or any(p.first >= q.last and p.role in ("from", "to") and ctx.scene.gap(p.group, q) <= _BESIDE for p in ctx.parties):
        return True
    if cue is not None and cue.id == "share_of" and {w.key for w in ctx.scene.words[cue.first : q.first]} & connectives.words("market"):
        return True
    if any(
        s.traits.get("of") == "imports" and s.last <= q.first and ctx.scene.gap(s, q) <= _NEAR + _HEAD for s in ctx.sentence.of("share")
    ):
        return True  # "its dependence on Chinese metal stood at 98%"
    weak = cue is not None and (cue.traits.get("weak") or cue.traits.get("part") == "noun")
    told = m is not None and not m.traits.get("possession")
    return b.holder is not None or not weak or told or world(ctx, q, _NEAR) is not None


def _noun(ctx: Context, head: int) -> bool:
    """Whether the noun after "of" is one of ours."""
    known = ctx.sentence.of(*_OURS, "distractor", "share")
    inside = [o for o in known if head <= o.first < head + _HEAD]
    first = next((o for o in inside if _counts(o, head)), None)
    if first is not None and (first.kind == "distractor" or (first.kind == "share" and first.traits.get("part") == "noun")):
        return False
    if any(o.kind == "distractor" and o.id == "stores" and head <= o.first < head + _HEAD for o in known):
        return False  # "91% of aluminium in warehouses"
    if any(o.traits.get("part") == "agent" and o.kind == "metric" and o.id == "production" for o in inside):
        return False  # "15% of Congo's cobalt miners"
    if _site(ctx, head):
        return False  # "49% of the copper mine"
    words = {w.key for w in ctx.scene.words[head : head + _HEAD]}
    sums = [o for o in ctx.quantities if o.last <= head and quantity(o).unit == "USD"]
    if sums and ctx.scene.words[head].key in ("it", "them") and not ctx.sentence.of("metric"):
        return False  # "$150 million, half of it put up by"
    return any(o.kind in _OURS for o in inside) or bool(words & (connectives.words("market") | connectives.words("whole")))


def _site(ctx: Context, head: int) -> bool:
    """Whether what a percentage is of is a mine or a plant itself, not what it makes."""
    sites = [
        m
        for m in ctx.sentence.of("instrument")
        if m.id == "capacity_project" and m.traits.get("part") == "noun" and not m.traits.get("action")
    ]
    site = next((m for m in sites if head <= m.first < head + (1 if ctx.sentence.lang == "ar" else _HEAD)), None)
    return site is not None and not any(
        o.traits.get("part") == "noun" and head <= o.first < site.last + 2 for o in ctx.sentence.of("metric")
    )


def _counts(o: Mention, head: int) -> bool:
    return o.first == head if o.kind == "share" else o.traits.get("part") != "verb" and o.kind in ("metric", "commodity", "distractor")


def _head(ctx: Context, q: Mention) -> int | None:
    """Where the noun begins that "of" ties to a percentage, or None."""
    for i in range(q.last, min(q.last + 2, len(ctx.scene.words))):
        if ctx.scene.words[i].key in ("of", "من") and not (
            any(p.first == i + 1 and p.kind == "place" and p.role == "from" for p in ctx.parties)
            or any(o.first <= i + 1 < o.last and quantity(o).unit == "percent" for o in ctx.quantities)
        ):
            return i + 1
    return None
