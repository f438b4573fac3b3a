"""Claims with a number: levels, prices, shares, changes."""

from __future__ import annotations

from typing import Any

from maadin.reading.grammar.arguments import commodities, partner, world
from maadin.reading.grammar.binding import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft, figures, quantity
from maadin.reading.grammar.places import EXPORTER, IMPORTER, OWNER, Costs, Party, who
from maadin.reading.model import Mention

OF = {"production": "production", "reserves": "reserves", "exports": "exports", "imports": "imports", "capacity": "capacity", "consumption": "consumption", "refining": "refining", "price": "price"}  # fmt: skip


def _owner(ctx: Context, metric: str, *anchors: Mention) -> tuple[tuple[str, ...], float, Party | None]:
    """Whose figure it is: near the metric, else who acted before, else the world."""
    costs: Costs = {"exports": EXPORTER, "imports": IMPORTER}.get(metric, OWNER)
    best: Party | None = None
    least = 24.0
    for a in anchors:
        party, cost = who(ctx.scene, ctx.parties, a, costs, limit=least, people=14, after=1.0 if ctx.sentence.lang == "ar" else 5.0)
        if party is not None and cost < least:
            best, least = party, cost
    own = next((a for a in anchors if a.kind in ("metric", "share") and a.form.after and a.form.after != "'s"), None)
    if own is not None and (best is None or least > 1.0):
        earlier = [p for p in ctx.parties if p.last <= own.first and p.role in ("bare", "adj", "of", "owner", "by")]
        if earlier:
            return earlier[-1].codes, 2.0, earlier[-1]
        if ctx.memory.subject:
            return ctx.memory.subject, 3.0, None
    near_world = world(ctx, anchors[0], 1.5)
    if near_world and (best is None or least > 3.0):
        return near_world, 3.0, None
    if best is not None:
        return best.codes, least, best
    if far := world(ctx, anchors[0], 9.0):
        return far, 8.0, None
    return (ctx.memory.subject, 12.0, None) if ctx.memory.subject else ((), 20.0, None)


def level(ctx: Context, b: Bound) -> Draft | None:
    """A tonnage or value of reserves, output, trade, use or capacity: "output reached 650kt"."""
    q, m = b.quantity, b.trigger
    metric = m.id if m is not None else ctx.memory.metric
    if metric == "refining":
        metric = "production"
    anchors = (m, q) if m is not None else (q,)
    owner, cost, party = _owner(ctx, metric, *anchors)
    names, far, group = commodities(ctx, q, *anchors)
    if not owner or not names:
        return None
    fields: dict[str, Any] = {"kind": "claim", "metric": metric, "country": owner, "commodity": names, **figures(q)}
    if metric in ("exports", "imports"):
        fields["target"] = partner(ctx, metric, *anchors, unless=(party,) if party else ())
    return Draft(q, fields, "level", [a for a in (*anchors, group, party and party.group) if a], b.cost + cost + far)


def price(ctx: Context, b: Bound) -> Draft | None:
    """A price per mass: "copper rose to $9,500 a tonne"."""
    names, far, group = commodities(ctx, b.quantity)
    if not names:
        return None
    party, _ = who(ctx.scene, ctx.parties, b.quantity, {"in": 0}, limit=8.0, people=20)
    fields = {"kind": "claim", "metric": "price", "country": party.codes if party else WORLD, "commodity": names, **figures(b.quantity)}
    return Draft(b.quantity, fields, "price", [a for a in (b.quantity, b.trigger, group) if a], far)


def share(ctx: Context, b: Bound) -> Draft | None:
    """A share of the world or of a country's trade: "China makes about 70% of natural graphite"."""
    q = b.quantity
    m = _share_of(ctx, q)
    of = OF.get(m.id) if m is not None else None
    if of is None and ctx.memory.metric in OF and m is None:
        of = None
    holder, cost, party = _holder(ctx, q, b.trigger, m)
    anchors = [a for a in (q, m, b.trigger) if a]
    names, far, group = commodities(ctx, q, *([m] if m else []))
    if not holder or not names:
        return None
    market: tuple[str, ...] | None = world(ctx, q, 12.0)
    inside, _ = who(ctx.scene, [p for p in ctx.parties if p.first >= q.last], q, {"adj": 0, "of": 0, "in": 1, "to": 1, "from": 2, "bare": 1}, limit=12.0, people=20, unless=(party,) if party else ())
    if inside is not None and inside.role != "bare":
        market = inside.codes
    fields = {"kind": "claim", "metric": "share", "of": of or "production", "country": holder, "commodity": names, "target": market or WORLD, **figures(q)}
    return Draft(q, fields, "share", [*anchors, *([group] if group else []), *([party.group] if party else [])], b.cost + cost + far)


def _share_of(ctx: Context, q: Mention) -> Mention | None:
    """The metric that a share is of: after the quantity first, then before it."""
    known = [m for m in ctx.sentence.of("metric") if m.traits.get("part") != "agent" and m.id in OF]
    following = [m for m in known if m.first >= q.last and ctx.scene.gap(q, m) <= 9.0]
    nouns = [m for m in following if m.traits.get("part") != "verb"]
    if following:
        return (nouns or following)[0]
    return ctx.scene.nearest(q, known, 12.0)


def _holder(ctx: Context, q: Mention, cue: Mention | None, of: Mention | None) -> tuple[tuple[str, ...], float, Party | None]:
    """Who has the share: the nearest country before it, else who acted before."""
    at = cue or q
    before = [p for p in ctx.parties if p.last <= max(q.first, at.last) and p.role in ("bare", "adj", "of", "owner", "by", "such")]
    party, cost = who(ctx.scene, before, at, {"bare": 0, "adj": 1, "of": 1, "owner": 0, "by": 0, "such": 3}, limit=26.0, people=12)
    if party is not None:
        return party.codes, cost, party
    flows, cost = who(ctx.scene, ctx.parties, q, {"from": 1, "by": 0, "in": 3, "bare": 4, "adj": 5}, limit=20.0, people=12)
    if flows is not None:
        return flows.codes, cost + 3, flows
    return ctx.memory.subject, 12.0, None


def change(ctx: Context, b: Bound) -> Draft | None:
    """A rise or fall in percent: "exports fell 6.1% in September"."""
    q, c = b.quantity, b.trigger
    assert c is not None
    known = [m for m in ctx.sentence.of("metric") if m.traits.get("part") != "agent" and m.id in OF]
    m = ctx.scene.nearest(c, known, 14.0)
    metric = m.id if m is not None else ctx.memory.metric if c.traits.get("part") == "verb" else ""
    if metric not in OF or metric == "reserves":
        return None
    anchors = (m, c) if m is not None else (c, q)
    owner, cost, party = _owner(ctx, metric, *anchors)
    if metric == "price" and party is None:
        owner = WORLD
    names, far, group = commodities(ctx, *anchors)
    if not owner or not names:
        return None
    figure = figures(q)
    sign = -1.0 if c.id in ("down", "halve") else 1.0
    value = quantity(q)
    figure["value"] = sign * value.low if value.low == value.high else tuple(sorted((sign * value.low, sign * value.high)))
    fields = {"kind": "claim", "metric": "change", "of": OF[metric], "country": owner, "commodity": names, **figure}
    if metric in ("exports", "imports"):
        fields["target"] = partner(ctx, metric, *anchors, unless=(party,) if party else ())
    return Draft(q, fields, "change", [a for a in (*anchors, q, group, party and party.group) if a], b.cost + cost + far)
