"""Shares of the world or of a country's trade: "China makes about 70% of natural graphite", "70% of imports come from Canada"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, moved, world
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft, figures
from maadin.reading.grammar.metrics import OF, meant, metrics
from maadin.reading.grammar.owners import Owner, abroad, acting, antecedent, other_end, owner, titles, to_market
from maadin.reading.grammar.places import Party, who
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
    if not ours(ctx, b, m):
        return None
    of = _object(ctx, b, m)
    if relied_on(ctx, q) is not None and of != "consumption":
        of = "imports"
    names, far, group = commodities(ctx, q, *([m] if m else []))
    if not names:
        return None
    (holder, cost, party), market = (
        _again(ctx, b)
        or _sourced(ctx, b)
        or _dependence(ctx, b)
        or _supplied(ctx, b, of)
        or _between_ends(ctx, b, of)
        or _part_of_trade(ctx, b, of)
        or _flow(ctx, b, m, of)
        or _plain(ctx, b, m)
    )
    if not holder or (party is not None and abroad(ctx, party)) or _of_region(ctx, b, party):
        return None
    if _of_own_trade(ctx, b, party):
        return None
    if party is None and market and of in ("imports", "consumption"):
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


def _sourced(ctx: Context, b: Bound) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder of a share that "مصدره" names: "70% من الكوبالت العالمي مصدره الكونغو"; only of the world's."""
    cues = [
        s
        for s in ctx.sentence.of("share")
        if s.form.key.startswith(_SOURCE) and s.traits.get("part") == "phrase" and s.first >= b.quantity.last
    ]
    party = next((p for s in cues for p in ctx.parties if p.first == s.last and p.kind == "place"), None)
    if party is None or world(ctx, b.quantity, _WORLD) is None:
        return None
    return (party.codes, 1.0, party), None


def _dependence(ctx: Context, b: Bound) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Whom a country depends on, and which: "Japan's dependence on China", "import reliance of the US"."""
    if (relied := relied_on(ctx, b.quantity)) is not None:
        return (relied[0].codes, 2.0, relied[0]), relied[1]
    cue = b.trigger if b.trigger is not None and b.trigger.traits.get("of") == "imports" else _reliance(ctx, b.quantity)
    if cue is None:
        return None
    before = [p for p in ctx.parties if p.last <= cue.first and p.role in ("adj", "bare", "of", "owner")]
    after = [p for p in ctx.parties if p.first >= cue.last and ctx.scene.gap(p.group, cue) <= _WORLD]
    importer = before[-1].codes if before else ctx.memory.subject
    if not after or (not before and any(w.key.startswith("import") for w in ctx.scene.words[cue.first : cue.last])):
        own = after[0].codes if after else importer
        return ((own, 2.0, after[0] if after else None), own) if own else None
    return (after[0].codes, 2.0, after[0]), importer or None


def _of_region(ctx: Context, b: Bound, party: Party | None) -> bool:
    """Whether a share is only told to be required, or is one of a region named before: "the region accounts for 95%"."""
    q = b.quantity
    near = {w.key for w in ctx.scene.words[max(0, q.first - 2) : q.last + 8]}
    lead = b.trigger.first if b.trigger is not None and b.trigger.first < q.first else q.first
    subject = {w.key for w in ctx.scene.words[max(0, lead - 3) : lead]}
    return bool(near & connectives.words("must")) or (party is None and bool(subject & connectives.words("regions")))


def _supplied(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Who supplies a part of what another needs or buys: "Korea gets 97% of its graphite from China", "تتزود أوروبا من الصين بـ93%"."""
    if of not in ("imports", "consumption") or b.holder is not None:
        return None
    known = [p for p in ctx.parties if p.kind == "place"]
    source = next((p for p in known if p.role == "from" and ctx.scene.gap(p.group, b.quantity) <= _PASSES), None)
    if source is None or (source.first < b.quantity.first and ctx.sentence.lang == "en"):
        return None
    takers = [p for p in ctx.parties if p is not source and p.kind in ("place", "pronoun") and p.role in ("bare", "adj", "of", "owner")]
    before = [p for p in takers if p.last <= b.quantity.first and p.codes != source.codes]
    taker = before[-1] if before else None
    if taker is None or any(ctx.scene.overlaps(s, taker.group) for s in ctx.sentence.of("share")):
        return None
    return (source.codes, ctx.scene.gap(source.group, b.quantity), source), taker.codes


def _between_ends(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Both ends of a flow that is told as a part of all: "imports of Russian aluminium into the EU were 6% of the total"."""
    q = b.quantity
    told = [m for m in metrics(ctx) if m.id == of and m.traits.get("part") == "noun" and m.last <= q.first]
    if of not in _FLOWS or b.holder is not None or not told:
        return None
    places = [p for p in ctx.parties if p.kind == "place"]
    early = [p for p in places if p.last <= q.first]
    if of == "imports":
        end = next((p for p in early if p.role == "from" or (p.role == "adj" and p.head == "commodity")), None)
        own = next((p for p in early if p is not end and p.role in ("to", "in")), None)
    else:
        end, own = next((p for p in early if p.role == "to"), None), None
    flows = [m for m in metrics(ctx) if m.id == of]
    own = own or next((p for p in places if p is not end and any(_imports_of(p, m) for m in flows)), None)
    return ((end.codes, 2.0, end), own.codes) if end is not None and own is not None and end.codes != own.codes else None


def _of_own_trade(ctx: Context, b: Bound, party: Party | None) -> bool:
    """Whether a metal is told as a part of all that a country sells: "copper makes up half of Chile's exports"."""
    cue = b.trigger
    if cue is None or party is None or not _strong(b) or party.first < b.quantity.last:
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


def _part_of_trade(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder where a flow to somebody is told as a part of all: "exported ... to the US, representing 11% of total shipments"."""
    cue, flow = b.trigger, {"exports": "to", "imports": "from"}.get(of)
    if cue is None or flow is None or b.holder is not None or not ctx.scene.words[cue.first].key.endswith("ing"):
        return None
    end = next((p for p in reversed(ctx.parties) if p.last <= cue.first and p.role == flow), None)
    own = next((p for p in ctx.parties if p.last <= cue.first and p.role in ("bare", "adj") and p is not end), None)
    return ((end.codes, 2.0, end), own.codes) if end is not None and own is not None and own.first < end.first else None


def _reliance(ctx: Context, q: Mention) -> Mention | None:
    """The verb of "relies on South Africa for 80% of its chrome ore"."""
    known = [m for m in ctx.sentence.of("quality") if m.id == "needed" and (ctx.scene.overlaps(m, q) or m.last <= q.first)]
    verbs = [m for m in known if ctx.scene.gap(m, q) <= _PASSES]
    named = [m for m in verbs if any(0 <= p.first - m.last <= 1 and p.kind == "place" for p in ctx.parties)]
    if not named:
        return None
    return named[-1] if ctx.scene.overlaps(named[-1], q) or "for" in ctx.scene.words_between(named[-1], q) else None


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
    if _reliance(ctx, b.quantity) is not None:
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
    if passes is not None and (m is None or "also" in m.traits or (m.id == "consumption" and passes.role == "from")) and not _strong(b):
        return "imports" if passes.role == "from" else "exports"
    return meant(m) if m is not None else ""


def _strong(b: Bound) -> bool:
    """Whether a verb of holding, such as "accounts for", tells the share."""
    return b.trigger is not None and b.trigger.id == "accounts_for" and not b.trigger.traits.get("weak")


def _told_before(ctx: Context, b: Bound, of: str, market: tuple[str, ...] | None) -> tuple[str, tuple[str, ...] | None]:
    """ "Its share fell to 6%": of what, and where, the text told before."""
    bare = b.trigger is not None and b.trigger.id == "share_of" and bool(b.trigger.form.after) and market is None
    if bare and ctx.memory.share_market:
        return of or ctx.memory.share_of, ctx.memory.share_market
    ctx.memory.share_of, ctx.memory.share_market = of, market or ()
    return of, market


def _flow(ctx: Context, b: Bound, m: Mention | None, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder and market where the text names the other end: "70% of US imports come from Canada", "a third of exports went to India"."""
    if of not in _FLOWS or b.holder is not None or _strong(b):
        return None
    anchors = [a for a in (b.quantity, m) if a]
    best, least = None, 13.0
    for a in anchors:
        known = [p for p in ctx.parties if p.first >= b.quantity.first]
        ends = {**_FLOWS[of], "in": 0.0} if b.trigger is not None and b.trigger.traits.get("into") else _FLOWS[of]
        party, cost = acting(ctx, known, a, ends, limit=least, people=20.0, but=[x for x in (*anchors, b.trigger) if x])
        if party is not None and cost < least:
            best, least = party, cost
    if best is None or (of == "exports" and to_market(ctx, best)):
        return None
    lead = {f.key for w in ctx.scene.words[max(0, best.first - 2) : best.first] for f in w.forms}
    if lead & connectives.words("mostly"):
        return ((), least, best), None
    others = [p for p in ctx.parties if p is not best and p.first < best.first]
    market, _ = acting(ctx, others, m or b.quantity, {"adj": 0, "of": 0, "bare": 0, "owner": 0, "by": 0}, limit=22.0)
    if market is not None and market.codes != best.codes:
        return (best.codes, least, best), market.codes
    return (best.codes, least, best), ctx.memory.subject or None


def _plain(ctx: Context, b: Bound, m: Mention | None) -> tuple[Owner, tuple[str, ...] | None]:
    """Holder before the percentage and market after it."""
    q = b.quantity
    holder, cost, party = (b.holder.codes, 1.0, b.holder) if b.holder else _holder(ctx, q, b.trigger, m)
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
            (p.codes for p in ctx.parties if to_market(ctx, p) or (p is not party and p.codes != holder and _imports_of(p, m))), None
        )
    return (holder, cost, party), market


def _imports_of(p: Party, m: Mention) -> bool:
    """Whether a country owns a flow: "EU imports", "واردات الاتحاد الأوروبي"."""
    return p.head == m.id or (p.role == "of" and p.first == m.last)


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


def _holder(ctx: Context, q: Mention, cue: Mention | None, of: Mention | None) -> Owner:
    """Who has the share: the nearest country before it, else who acted before."""
    at = cue or q
    if cue is not None and (spoken_of := antecedent(ctx, cue)) is not None:
        return spoken_of.codes, 0.0, spoken_of
    titled = titles(ctx)
    known = [p for p in ctx.parties if p not in titled and p.last <= max(q.first, at.last)]
    before = [p for p in known if p.role in _HOLDS and not to_market(ctx, p)]
    party, cost = who(ctx.scene, before, at, _HOLDS, limit=_REACH, people=12)
    if party is not None:
        return _together(ctx, party), cost, party
    near = [p for p in ctx.parties if p.role in ("from", "by", "in") or not {",", "and"} <= set(ctx.scene.words_between(q, p.group))]
    flows, cost = who(ctx.scene, near, q, {"from": 1, "by": 0, "in": 3, "bare": 4, "adj": 5}, limit=20.0, people=12)
    if flows is not None:
        return flows.codes, cost + 3, flows
    return ctx.memory.subject, 12.0, None


def _together(ctx: Context, party: Party) -> tuple[str, ...]:
    """Joint holders: "together with South Africa it accounts for"."""
    cues = connectives.words("together")
    for p in ctx.parties:
        if p is not party and p.role == "with" and set(ctx.scene.before(p.group, 3)) & cues and ctx.scene.gap(p.group, party.group) <= 5.0:
            return tuple(dict.fromkeys((*party.codes, *p.codes)))
    return party.codes
