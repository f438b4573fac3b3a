"""The arguments that patterns share: which commodity, which market, which date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import WORLD, Context, figures
from maadin.reading.grammar.places import FROM, TO, Costs, Party, who
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

PREFIXED = 2.5
_MOVES = 12.0  # how near "rose" stands to "from 3 to 5"
_OUTSIDE = 4.0  # how near cars or the like stand that a figure is of
FUELS = frozenset(("petroleum", "crude oil", "natural gas", "coal"))
_USE = 4  # words between "used" and what something is used for
_CLOSE = 1.0
_PASSES = 12  # words between a verb of passing a bound and the figure
_FAR = 8.0  # from where on "minerals" is something else than what a figure is of


def commodities(ctx: Context, *anchors: Mention | Group, limit: float = 24.0) -> tuple[tuple[str, ...], float, Group | None]:
    """Names of the commodities meant, the cost, and where they stand; those of the text before where the sentence names none.

    An empty tuple means that it is about something else (cars, electricity).
    """
    best: Group | None = None
    least = limit
    pronouns = [m for m in ctx.sentence.of("pronoun") if m.id == "commodity"]
    known = [g for g in ctx.scene.groups("commodity") if not (_generic(g) and any(ctx.scene.overlaps(g, p) for p in pronouns))]
    for g in known:
        if (
            (_outside(g) and g.first in ctx.scene.aside)
            or _told_closer(g, known)
            or (len(known) + len(pronouns) > 1 and _made_of_it(ctx, g))
        ):
            continue
        cost = min(ctx.scene.gap(g, a) for a in anchors)
        if any(_tied(ctx, a, g) for a in anchors):
            cost = min(cost, 0.0) - PREFIXED - 0.5
        elif any(g.first >= a.last and set(ctx.scene.before(g, 2)) & connectives.words("of_goods") for a in anchors):
            cost -= PREFIXED
        elif _generic(g) and cost > (_CLOSE if _adjective(ctx, g) else _FAR) and ctx.memory.topic:
            continue
        if cost < least and not (_outside(g) and (cost > _OUTSIDE or _set_off(ctx, g, anchors[0]))):
            best, least = g, cost
    for m in ctx.sentence.of("pronoun"):
        if m.id == "commodity" and (cost := min(ctx.scene.gap(m, a) for a in anchors) - PREFIXED) < least:
            means = m.traits.get("means")
            named = (str(means).replace("-", " "),) if means else _named_before(known, m) or _metal(ctx)
            if named:
                return named, max(0.0, cost), Group((m,))
    if best is None:
        named = ctx.memory.commodities or ctx.memory.topic
        return named, 12.0, None
    names = tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in best.mentions if not m.traits.get("outside")))
    return names, max(0.0, least), best


def _named_before(known: Sequence[Group], at: Mention) -> tuple[str, ...]:
    """Names of the commodity that a sentence told last before "the metal"."""
    earlier = [g for g in known if g.last <= at.first and not _generic(g) and not _outside(g)]
    return tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in earlier[-1].mentions)) if earlier else ()


def _made_of_it(ctx: Context, g: Group) -> bool:
    """Whether goods are only what others are used for: "bauxite used to make aluminium", "المستخدم في صناعة الألمنيوم"."""
    before = ctx.scene.before(g, _USE)
    return any(k in connectives.words("used_for") for k in before) and not any(k in connectives.words("of_goods") for k in before[:1])


def _metal(ctx: Context) -> tuple[str, ...]:
    """What "the metal" stands for: what was named last, unless that is a fuel."""
    last = ctx.memory.commodities
    return ctx.memory.topic if not last or set(last) <= FUELS else last


def _set_off(ctx: Context, g: Group, at: Mention | Group) -> bool:
    """Whether a comma closes the aside in which goods stand: "..., used for cars and electronics, exported ..."."""
    return g.last <= at.first and "," in ctx.scene.words_between(g, at)


def _adjective(ctx: Context, g: Group) -> bool:
    """Whether "mineral" only describes another noun: "mineral complex"."""
    return g.last - g.first == 1 and ctx.scene.words[g.first].key == "mineral"


def _outside(g: Group) -> bool:
    return all(m.traits.get("outside") for m in g.mentions)


def _generic(g: Group) -> bool:
    return all(m.traits.get("generic") for m in g.mentions)


def _told_closer(g: Group, known: Sequence[Group]) -> bool:
    """Whether a generic word only opens a name: "ores of rare earths"."""
    return _generic(g) and any(not _generic(o) and 0 <= o.first - g.last <= 1 for o in known)


def _tied(ctx: Context, a: Mention | Group, g: Group) -> bool:
    """Whether "of" ties a commodity to a figure, whatever stands in brackets between: "600 tons (660 short tons) of germanium"."""
    at, words = a.last, ctx.scene.words
    if at < len(words) and words[at].text == "(":
        at = next((i + 1 for i in range(at, min(at + 8, len(words))) if words[i].text == ")"), at)
    return at < g.first <= at + 3 and words[at].key in connectives.words("of_goods") and all(w.what != "mark" for w in words[at : g.first])


def partner(
    ctx: Context, metric: str, *anchors: Mention | Group, unless: tuple[Party, ...] = (), limit: float = 14.0
) -> tuple[str, ...] | None:
    """The other end of a flow, or None."""
    costs: Costs = TO if metric == "exports" else FROM
    found: Party | None = None
    least = limit
    for a in anchors:
        party, cost = who(ctx.scene, ctx.parties, a, costs, limit=least, unless=unless, people=20)
        if party is not None and cost < least:
            found, least = party, cost
    return found.codes if found else None


def world(ctx: Context, at: Mention | Group, limit: float = 9.0) -> tuple[str, ...] | None:
    """WLD if "in the world", "global" or the like stands near."""
    ranks = ctx.sentence.of("rank")
    ranked = {r.first for r in ranks} | {r.first - 1 for r in ranks}
    near = [
        m
        for m in ctx.sentence.of("scope")
        if m.id == "world"
        and m.last not in ranked
        and not any(m.first == r.last for r in ranks)
        and not any(ctx.scene.overlaps(m, r) for r in ranks)
    ]
    return WORLD if ctx.scene.nearest(at, near, limit) else None


def moved(ctx: Context, q: Mention) -> dict[str, Any]:
    """Value of a quantity; "rose from 3 Mt to 5 Mt" is a new level and the one before."""
    told = figures(q)
    if told["comparator"] == "eq" and (passed := _passed(ctx, q)):
        told["comparator"] = passed
    if "from" in q.traits and "to" in q.traits and ctx.near(q, ("change",), limit=_MOVES):
        told |= {"value": q.traits["to"], "value_prev": q.traits["from"], "comparator": "eq"}
    return told


def _passed(ctx: Context, q: Mention) -> str | None:
    """Which bound an Arabic verb sets whose subject stands before the figure: "لم تتجاوز الشحنات مليون طن"."""
    if ctx.sentence.lang != "ar":
        return None
    words = ctx.scene.words
    for i in range(q.first - 1, max(-1, q.first - _PASSES), -1):
        if words[i].text in ("،", ",", "؛") or any(o.first <= i < o.last for o in ctx.quantities):
            return None
        keys = {f.key for f in words[i].forms}
        denied = i > 0 and any(f.key in connectives.words("never") for f in words[i - 1].forms)
        if keys & connectives.words("passes"):
            return "lt" if denied else "gt"
        if denied and keys & connectives.words("reaches"):
            return "lt"
    return None
