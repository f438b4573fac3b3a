"""Shares of the world or of a country's trade: "China makes about 70% of natural graphite", "70% of imports come from Canada"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, moved, world
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft, figures
from maadin.reading.grammar.ends import (
    between_ends,
    dependence,
    flow,
    owns_flow,
    part_of_level,
    part_of_trade,
    relies,
    sourced,
    strong,
    supplied,
)
from maadin.reading.grammar.holding import share_holder
from maadin.reading.grammar.metrics import OF, meant, metrics
from maadin.reading.grammar.owners import Owner, abroad, acting, other_end, owner, to_market
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.reliance import relied_on
from maadin.reading.grammar.wholes import ours
from maadin.reading.model import Mention

_HOLDS = {"bare": 0, "adj": 1, "of": 1, "owner": 0, "by": 0, "such": 3}
_FLOWS = {"imports": {"from": 0.0}, "exports": {"to": 0.0, "for": 1.0}}
_SOURCE = "مصدر"
_WORLD = 4.0  # how near "in the world" stands to a part of all that is produced
_REACH = 36.0  # how far before a share its holder stands
_PASSES = 12.0  # how far after a percentage stands where it comes from
_MARKET = {"adj": 0, "of": 0, "in": 1, "to": 1, "from": 2}


def share(ctx: Context, b: Bound) -> Draft | None:
    """A share, of its holder in a market; the world's where none is told."""
    if b.head is not None:
        return _listed(ctx, b, b.head)
    q, m = b.quantity, _share_of(ctx, b.quantity)
    told = part_of_level(ctx, b)
    if told is None and not ours(ctx, b, m):
        return None
    of = _object(ctx, b, m)
    if told is not None and told[0] is None:
        return None  # "140 Mt of steel, 60% of it in construction"
    if told is not None:
        of = told[1]
    if relied_on(ctx, q) is not None and of != "consumption":
        of = "imports"
    names, far, group = commodities(ctx, q, *([m] if m else []))
    if not names:
        return None
    (holder, cost, party), market = (
        (told[0] if told is not None else None)
        or _again(ctx, b)
        or sourced(ctx, b)
        or dependence(ctx, b)
        or supplied(ctx, b, of)
        or between_ends(ctx, b, of)
        or part_of_trade(ctx, b, of)
        or flow(ctx, b, m, of)
        or _plain(ctx, b, m)
    )
    if not holder or (party is not None and abroad(ctx, party)) or _of_region(ctx, b, party):
        return None
    if _of_own_trade(ctx, b, party):
        return None
    if party is None and market and market != WORLD and of in ("imports", "consumption"):
        holder = market  # "85% of the needs of US industries are met by imports"
    if market == holder:
        market = ctx.memory.topic_country if ctx.memory.topic_country != holder else None
    if party is not None and _inside(ctx, b, party):
        market = holder
    of, market = _told_before(ctx, b, of, market)
    fields: dict[str, Any] = {
        "kind": "claim",
        "metric": "share",
        "of": of or "production",
        "country": holder,
        "commodity": names,
        "target": market or WORLD,
        **moved(ctx, q),
    }
    anchors = [a for a in (q, m, b.trigger, group, party and party.group) if a]
    return Draft(q, fields, "share", anchors, b.cost + cost + far)


def _again(ctx: Context, b: Bound) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder of a share that tells a tonnage another way: "2.2 Mt, or 59% of the total"."""
    told = b.before
    if told is None or told.trigger is None:
        return None
    whose = owner(ctx, told.trigger.id, told.trigger, told.quantity)
    seller = other_end(ctx, "imports", told.trigger, told.quantity) if told.trigger.id == "imports" else None
    if seller is None and told.trigger.id == "exports" and whose[2] is not None:
        seller = other_end(ctx, "exports", told.trigger, told.quantity, unless=(whose[2],))
    return ((seller, whose[1], whose[2]), whose[0]) if seller else (whose, None)


def _of_region(ctx: Context, b: Bound, party: Party | None) -> bool:
    """Whether a share is only told to be required, or is one of a region named before: "the region accounts for 95%"."""
    q = b.quantity
    near = {w.key for w in ctx.scene.words[max(0, q.first - 2) : q.last + 8]}
    lead = b.trigger.first if b.trigger is not None and b.trigger.first < q.first else q.first
    subject = {w.key for w in ctx.scene.words[max(0, lead - 3) : lead]}
    return bool(near & connectives.words("must")) or (party is None and bool(subject & connectives.words("regions")))


def _of_own_trade(ctx: Context, b: Bound, party: Party | None) -> bool:
    """Whether a metal is told as a part of all that a country sells: "copper makes up half of Chile's exports"."""
    cue = b.trigger
    if cue is None or party is None or not strong(b) or party.first < b.quantity.last:
        return False
    for g in ctx.scene.groups("commodity"):
        if g.first == cue.last if ctx.sentence.lang == "ar" else g.last == cue.first and not set(ctx.scene.before(g, 2)) & {"of"}:
            inside = [o for o in ctx.sentence.of("metric") if g.last <= o.first < b.quantity.first]
            return not any(not ctx.scene.overlaps(o, cue) for o in inside)
    return False


def _inside(ctx: Context, b: Bound, party: Party) -> bool:
    """Whether the share is one of a province or a mine in its own country: "Katanga accounts for 90% of Congo's copper"."""
    site = any(m.traits.get("inside") for m in party.group.mentions) or any(
        p.codes == party.codes and p.last <= b.quantity.first and p.group.mentions[0].traits.get("inside") for p in ctx.parties
    )
    later = any(p.first >= b.quantity.last and p.codes == party.codes for p in ctx.parties)
    return site and later and world(ctx, b.quantity, _WORLD) is None


def _listed(ctx: Context, b: Bound, head: Bound) -> Draft | None:
    """A further share of a list, as the first one with its own holder, or an earlier share of the same one ("to 76% from 68%")."""
    first = share(ctx, head)
    if first is None:
        return None
    fields = {k: v for k, v in first.fields.items() if k != "value_prev"} | figures(b.quantity)
    if b.holder is None:
        return Draft(b.quantity, fields, "share", [b.quantity], first.cost + 1.0)
    return Draft(b.quantity, fields | {"country": b.holder.codes}, "share", [b.quantity, b.holder.group], first.cost + 1.0)


def _object(ctx: Context, b: Bound, m: Mention | None) -> str:
    """What a share is of; what comes from a country are imports, what goes to one exports."""
    if b.trigger is not None and "of" in b.trigger.traits:
        return str(b.trigger.traits["of"])
    if any(s.traits.get("of") == "imports" and s.last <= b.quantity.first for s in ctx.sentence.of("share")) and dependence(ctx, b):
        return "imports"
    if relies(ctx, b.quantity) is not None:
        return "imports"
    if b.before is not None and b.before.trigger is not None and m is None:
        return OF.get(b.before.trigger.id, "")
    later = [p for p in ctx.parties if p.first >= b.quantity.last and p.kind in ("place", "pronoun")]
    passes = next((p for p in later if ctx.scene.gap(p.group, b.quantity) <= _PASSES and p.role in ("from", "to")), None)
    if passes is None and b.trigger is not None and b.trigger.traits.get("into"):
        return "exports"
    everything = m is None or "also" in m.traits
    if everything and passes is not None and passes.role == "from" and world(ctx, b.quantity, _WORLD) is not None:
        return "production"
    if passes is not None and (m is None or "also" in m.traits or (m.id == "consumption" and passes.role == "from")) and not strong(b):
        return "imports" if passes.role == "from" else "exports"
    return meant(m) if m is not None else ""


def _told_before(ctx: Context, b: Bound, of: str, market: tuple[str, ...] | None) -> tuple[str, tuple[str, ...] | None]:
    """ "Its share fell to 6%": of what, and where, the text told before."""
    bare = b.trigger is not None and b.trigger.id == "share_of" and bool(b.trigger.form.after) and market is None
    if bare and ctx.memory.share_market:
        return of or ctx.memory.share_of, ctx.memory.share_market
    ctx.memory.share_of, ctx.memory.share_market = of, market or ()
    return of, market


def _plain(ctx: Context, b: Bound, m: Mention | None) -> tuple[Owner, tuple[str, ...] | None]:
    """Holder before the percentage and market after it."""
    q = b.quantity
    holder, cost, party = (b.holder.codes, 1.0, b.holder) if b.holder else share_holder(ctx, q, b.trigger, m)
    market = world(ctx, q, 12.0)
    stop = min((o.first for o in (*ctx.quantities, *_shares(ctx, b)) if o.first >= q.last), default=len(ctx.scene.words))
    later = [p for p in ctx.parties if q.last <= p.first < stop]
    inside, _ = acting(
        ctx, later, q, _MARKET, limit=12.0, people=20, unless=(party,) if party else (), but=[x for x in (m, b.trigger) if x]
    )
    if market and b.trigger is not None and b.trigger.traits.get("world"):
        inside = None
    relative = [
        p for p in later if m is not None and m.traits.get("part") == "verb" and p.role in ("bare", "by") and _subject_of(ctx, p, m)
    ]
    chosen = inside or next(iter(relative), None)
    if b.holder is None and chosen is not None:
        market = chosen.codes
    elif market is None and m is not None and m.id in _FLOWS:
        market = next(
            (p.codes for p in ctx.parties if to_market(ctx, p) or (p is not party and p.codes != holder and owns_flow(p, m))), None
        )
    return (holder, cost, party), market


def _subject_of(ctx: Context, p: Party, verb: Mention) -> bool:
    """Whether a country stands where the subject of a verb does: before it, in Arabic after it."""
    if p.role == "by":
        return verb.id in ("consumption", "imports") and 0 < p.first - verb.last <= 2
    return 0 <= verb.first - p.last <= 1 or (ctx.sentence.lang == "ar" and p.first == verb.last)


def _shares(ctx: Context, b: Bound) -> list[Mention]:
    """Nouns of a further share after a percentage: "90% of graphite, and Europe's share ..."."""
    return [m for m in ctx.sentence.of("share") if m.traits.get("part") == "noun" and m is not b.trigger and m.first > b.quantity.last + 1]


def _share_of(ctx: Context, q: Mention) -> Mention | None:
    """The metric that a share is of: after the quantity first, then before it."""
    goods = ctx.sentence.of("commodity")
    known = [m for m in metrics(ctx) if m.traits.get("part") != "agent" and m.id in OF and not any(ctx.scene.overlaps(m, g) for g in goods)]
    following = [m for m in known if m.first >= q.last and ctx.scene.gap(q, m) <= 9.0]
    verb = next((m for m in known if m.traits.get("part") == "verb" and m.last <= q.first and ctx.scene.gap(m, q) <= 1.0), None)
    aside = connectives.words("aside") | {",", ";", "-", "–", "—"}
    following = [m for m in following if not ((verb or m.traits.get("weak")) and set(ctx.scene.words_between(q, m)) & aside)]
    nouns = [m for m in following if m.traits.get("part") != "verb"]
    following = [m for m in following if m in nouns or _relative(ctx, q, m)]
    if following:
        return (nouns or following)[0]
    return ctx.scene.nearest(q, known, 12.0) or _of_list(ctx, q, known)


def _of_list(ctx: Context, q: Mention, known: Sequence[Mention]) -> Mention | None:
    """The trade that the shares of a list are of: "imports totalled 26 Mt, with Canada (23%), Brazil (16%) ..."."""
    bracketed = q.first > 0 and ctx.scene.words[q.first - 1].text == "("
    trade = [m for m in known if m.last <= q.first and m.traits.get("part") == "noun"]
    return trade[-1] if bracketed and trade else None


def _relative(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a verb after a percentage tells what it is of: "85% of what China imports", not "80% of ... and mines 60%"."""
    between = set(ctx.scene.words_between(q, m))
    used = ctx.sentence.lang == "en" and m.traits.get("tense") == "past" and set(ctx.scene.after(m)) <= {"by", "in", "to"}
    used = used or (m.id == "consumption" and set(ctx.scene.after(m)) == {"by"})
    return bool(between & (connectives.words("relative") | {"what", "ما"})) or "also" in m.traits or used
