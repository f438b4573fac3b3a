"""Ranks: "the world's second largest producer", "the largest after China", "followed by Australia"."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.reading.grammar.arguments import commodities, world
from maadin.reading.grammar.claims import OF
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.places import Party, who
from maadin.reading.model import Mention

_HOLDS = {"bare": 0.0, "adj": 2.0, "owner": 0.0, "by": 2.0, "of": 1.5, "such": 3.0, "in": 6.0}
_MARKET = {"to": 0.0, "in": 2.0, "adj": 1.0, "of": 2.0}


def ranks(ctx: Context) -> Iterator[Draft]:
    """Every rank of a sentence, with those that "followed by" adds."""
    for r in ctx.sentence.of("rank"):
        of = _of(ctx, r)
        if of is None:
            continue
        names, far, group = commodities(ctx, r, of)
        if not names:
            continue
        value = r.traits.get("value", 1 if r.id == "largest" else None)
        followers, after = _linked(ctx, r, "followed_by"), _linked(ctx, r, "after")
        holder, cost, party = _holder(ctx, r, of, (*followers, *after))
        if value == 1 and after:
            value = 1 + sum(len(p.codes) for p in after)
        market = _market(ctx, r, of, party)
        shared = {"kind": "claim", "metric": "rank", "of": OF[of.id], "commodity": names, "unit": "rank", "comparator": "rank", "target": market}
        if holder:
            fields = {**shared, "country": holder, "value": value}
            if value is None:
                fields["quality"] = r.id
            anchors = [a for a in (r, of, group, party and party.group) if a]
            yield Draft(r, fields, "rank", anchors, cost + far)
        if value is not None:
            place = int(value)
            for p in followers:
                for m in p.group.mentions:
                    place += 1
                    yield Draft(m, {**shared, "country": (m.id,), "value": place}, "followed by", [m], cost + far)


def _of(ctx: Context, r: Mention) -> Mention | None:
    """What the rank is in: "producer", "reserves", "in output"; the nearest after it, else just before."""
    known = [m for m in ctx.sentence.of("metric") if m.id in OF and m.traits.get("part") != "verb"]
    following = [m for m in known if m.first >= r.first and m.last > r.first and ctx.scene.gap(r, m) <= 8.0]
    if following:
        return following[0]
    before = [m for m in known if m.last <= r.first]
    return ctx.scene.nearest(r, before, 6.0) if r.traits.get("value") else None


def _linked(ctx: Context, r: Mention, link: str) -> tuple[Party, ...]:
    """Countries that "followed by" or "after" ties to a rank."""
    cue = next((m for m in ctx.sentence.of("link") if m.id == link and m.first >= r.first and ctx.scene.gap(r, m) <= 22.0), None)
    if cue is None:
        return ()
    following = [p for p in ctx.parties if cue.last <= p.first and ctx.scene.gap(p.group, cue) <= 3.0]
    return tuple(following[:1])


def _holder(ctx: Context, r: Mention, of: Mention, unless: tuple[Party, ...]) -> tuple[tuple[str, ...], float, Party | None]:
    known = [p for p in ctx.parties if p not in unless]
    before, cost = who(ctx.scene, [p for p in known if p.last <= r.first], r, _HOLDS, limit=22.0, people=14)
    after, later = who(ctx.scene, [p for p in known if p.first >= of.last], of, {"bare": 0.0, "by": 3.0}, limit=7.0, people=14)
    if after is not None and later < cost and (ctx.sentence.lang == "en" or before is None):
        return after.codes, later, after
    if before is not None:
        return before.codes, cost, before
    if after is not None:
        return after.codes, later, after
    return ctx.memory.subject or ctx.memory.topic_country, 10.0, None


def _market(ctx: Context, r: Mention, of: Mention, holder: Party | None) -> tuple[str, ...]:
    known = [p for p in ctx.parties if p is not holder and p.kind == "place"]
    party, cost = who(ctx.scene, [p for p in known if p.first >= r.first], of, _MARKET, limit=7.0)
    if world(ctx, of, 4.0) is not None and cost > 2.0:
        return WORLD
    return party.codes if party is not None else WORLD
