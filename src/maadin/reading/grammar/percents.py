"""What a percentage may be: a duty, a quota, a share or a change; the options, each with its distance."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.bound import LIMIT, Bound, apart
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.elided import beside
from maadin.reading.grammar.metrics import OF, metrics
from maadin.reading.grammar.reliance import relied_on
from maadin.reading.model import Mention

_SHARE = 9.0  # how far from a percentage stands what tells that it is a share
_MOVED = 8.0  # how far before a percentage "rose" stands where "from" names a partner
_RANKED = 6.0  # how far from "the largest producer" stands "with 70%"
_MOVED_TO = -4.0  # "its share rose to 30%" is a share, no change
_RAISED = 8.0  # how much nearer a duty counts that a percentage is the new level of
_AGAIN = 3  # words between the new level and the old one
_TO = 6.0  # what "to" before a percentage adds to the distance of a change


def percents(ctx: Context, q: Mention) -> list[Bound]:
    """What a percentage may be, each option with its distance."""
    made = []
    for m in ctx.sentence.of("instrument"):
        if m.traits.get("figure") == q.first:
            return [Bound(q, "measure", m, -LIMIT)]
        if m.id in ("tariff", "quota"):
            made.append(
                Bound(
                    q,
                    "tariff" if m.id == "tariff" else "measure",
                    m,
                    apart(ctx, q, m) - (1.0 if m.id == "tariff" else -2.0) - (_RAISED if _raised(ctx, q, m) else 0.0),
                )
            )
    ranked = [
        r
        for r in ctx.sentence.of("rank")
        if r.id == "largest" and not r.traits.get("weak") and r.last <= q.first and ctx.scene.gap(r, q) <= _RANKED
    ]
    if ranked and {w.key for w in ctx.scene.words[q.first - 1 : q.first + 1]} & connectives.words("at_share"):
        made.append(Bound(q, "share", None, _RANKED))
    compared = [
        m
        for m in ctx.sentence.of("link")
        if m.id == "compared_with" and (m.traits.get("more") or m.traits.get("less")) and q.last <= m.first <= q.last + 1
    ]
    made += [Bound(q, "change", m, 0.5) for m in compared]
    held = [m for m in ctx.sentence.of("metric") if m.last - m.first > 1]
    for m in () if q.traits.get("points") else ctx.sentence.of("change"):
        gap = apart(ctx, q, m)
        if (m.first < q.first or gap < 2.0 or _yearly(ctx, q, m)) and not any(o.first <= m.first and m.last <= o.last for o in held):
            made.append(
                Bound(
                    q,
                    "change",
                    m,
                    gap
                    - _directly(ctx, m, q)
                    + (6.0 if "to" in q.traits or set(ctx.scene.before(q)) & connectives.words("to_level") else 0.0),
                )
            )
    for m in ctx.sentence.of("share"):
        gap = apart(ctx, q, m)
        if gap <= _SHARE or _moved_to(ctx, q, m):
            made.append(Bound(q, "share", m, _MOVED_TO if _moved_to(ctx, q, m) else gap - 0.5))
    if relied_on(ctx, q) is not None:
        made.append(Bound(q, "share", None, 1.0))
    made += _signed(ctx, q)
    made += _more_of_it(ctx, q)
    own = beside(ctx, q) if ctx.scene.before(q) == ["("] else None
    if own is not None and any(m.id in OF for m in metrics(ctx)):
        made.append(Bound(q, "share", None, 4.0, holder=own))
    if set(ctx.scene.after(q)) & {"basis"}:
        return []
    opened = ctx.scene.words[0].key == "of" and ctx.scene.before(q) in ([","], ["about"], ["some"], ["nearly"])
    if _of_what(ctx, q) or _part(ctx, q) or opened:
        made.append(Bound(q, "share", None, 1.5))
    if not [b for b in made if b.cost <= LIMIT]:
        made += [Bound(q, "tariff", m, LIMIT) for m in ctx.sentence.of("instrument") if m.id == "tariff" and m.first < q.first]
    return [b for b in made if b.cost <= LIMIT]


def _raised(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a percentage is what a duty rises or falls to, or the level before: "duties on tin go up to 50% from 25%"."""
    if m.id != "tariff" or m.last > q.first or any(o.id == "tariff" and m.last <= o.first < q.first for o in ctx.sentence.of("instrument")):
        return False
    lead = {*ctx.scene.before(q), *(w.key for w in ctx.scene.words[q.first : q.last])}
    again = any(0 < q.first - o.last <= _AGAIN for o in ctx.quantities) and bool(lead & connectives.words("from_level"))
    lifted = any(f.key in connectives.words("altered") for w in ctx.scene.words[max(0, m.first - 3) : m.first] for f in w.forms)
    moves = lifted or any(m.first - 2 <= c.first < q.last for c in ctx.sentence.of("change"))
    flows = any(
        m.last <= o.first < q.first and o.traits.get("part") == "noun" and not o.traits.get("weak") for o in ctx.sentence.of("metric")
    )
    return (bool(lead & connectives.words("to_level")) or again) and moves and not flows


def _directly(ctx: Context, m: Mention, q: Mention) -> float:
    """How much nearer a change counts whose size is told right after: "fell by 6%"."""
    between = [k for k in ctx.scene.words_between(m, q)]
    return 3.0 if len(between) <= 3 and all(k in connectives.words("direct") for k in between) else 0.0


def _moved_to(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a percentage is the level that a share rose or fell to: "its share of world output has climbed to 30%"."""
    level = "to" in q.traits or bool(set(ctx.scene.before(q)) & (connectives.words("to_level") | connectives.words("from_level")))
    moved = any(m.last <= c.first < q.first and ctx.scene.gap(c, q) <= _RANKED for c in ctx.sentence.of("change"))
    return level and moved and (m.traits.get("part") == "noun" or "of" in m.traits)


def _signed(ctx: Context, q: Mention) -> list[Bound]:
    """A percentage with a sign in brackets or after a comma: "(+15% y/y)"."""
    at, words = q.first - 1, ctx.scene.words
    sign = words[at].text if at > 0 else ""
    if sign not in ("+", "-", "−", "–") or words[at - 1].text not in "(,،" or words[at].end != words[q.first].start:
        return []
    return [
        Bound(
            q,
            "change",
            Mention("change", at, q.first, "up" if sign == "+" or quantity(q).low < 0 else "down", traits={"part": "noun"}),
            0.0,
        )
    ]


def _opens(ctx: Context) -> bool:
    """Whether a sentence opens with "that was", which harks back to the figure before."""
    first = [w.key for w in ctx.scene.words[:2]]
    return len(first) == 2 and first[0] in connectives.words("harks") and first[1] in connectives.words("is")


def _more_of_it(ctx: Context, q: Mention) -> list[Bound]:
    """A change told of the goods: "shipped 11% more gallium than in October"."""
    sign = {"more": "up", "less": "down", "fewer": "down"}.get(next(iter(ctx.scene.after(q)), ""))
    goods = any(0 <= g.first - q.last - 1 <= 1 for g in ctx.sentence.of("commodity"))
    return (
        [Bound(q, "change", Mention("change", q.last, q.last + 1, sign, traits={"part": "noun", "harks": True}), -1.0)]
        if sign and (goods or _opens(ctx))
        else []
    )


def _yearly(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether only "year-on-year" stands between a percentage and the change after it."""
    between = ctx.scene.words_between(q, m)
    return m.first >= q.last and len(between) <= 6 and all(k in connectives.words("yearly") for k in between)


def _of_what(ctx: Context, q: Mention) -> bool:
    """Whether "of" stands after a percentage, and is not part of a date: "10% اعتبارا من أكتوبر"."""
    dated = {i for d in ctx.sentence.of("date") for i in range(d.first, d.last)}
    dated |= {o.first - 1 for o in ctx.quantities if o.first > q.first and quantity(o).unit == "percent"}  # "to 60% from 31%"
    if any(c.last <= q.first and ctx.scene.gap(c, q) <= _MOVED for c in ctx.sentence.of("change")):
        dated |= {p.first - 1 for p in ctx.parties if p.kind == "place" and p.role == "from"}  # "imports rose by 150% from Ukraine"
    return any(w.key in ("of", "من", "منه", "منها") and i not in dated for i, w in enumerate(ctx.scene.words[q.last : q.last + 2], q.last))


def _part(ctx: Context, q: Mention) -> bool:
    """Whether a fraction is of what follows it at once: "half its supply", "نصف النحاس"."""
    starts = {m.first for m in ctx.sentence.of("commodity", "metric", "scope")}
    return bool(q.traits.get("fraction")) and (q.last in starts or bool(set(ctx.scene.after(q)) & connectives.words("whose")))
