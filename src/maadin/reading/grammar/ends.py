"""Both ends of a flow that a share is of: who sells and who buys, from whom somebody gets what it needs."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import world
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.metrics import metrics
from maadin.reading.grammar.owners import Owner, acting, owner, to_market
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.reliance import relied_on
from maadin.reading.model import Mention

_FLOWS = {"imports": {"from": 0.0}, "exports": {"to": 0.0, "for": 1.0}}
_SOURCE = "مصدر"
_WORLD = 4.0  # how near "in the world" stands to a part of all that is produced
_TRADED = ("exports", "imports", "consumption")
_OF_IT = frozenset((("of", "it"), ("of", "them"), ("of", "that"), ("of", "which")))
_FROM = frozenset(("from", "to"))
_PASSES = 12.0  # how far after a percentage stands where it comes from


def part_of_level(ctx: Context, b: Bound) -> tuple[tuple[Owner, tuple[str, ...] | None] | None, str] | None:
    """Who takes or gives a part of the flow just told, and what it is: "exports 900 Mt, with China taking 80%", "وتستحوذ الصين على 80% منها"."""
    q = b.quantity
    levels = [o for o in ctx.quantities if o.last <= q.first and quantity(o).unit == "tonne"]
    if not levels or b.holder is not None or b.before is not None or world(ctx, q, _WORLD) is not None:
        return None
    level = levels[-1]
    flows = [m for m in metrics(ctx) if m.id in _TRADED and m.last <= level.first and m.traits.get("part") in ("noun", "verb")]
    of_it = bool({tuple(ctx.scene.after(q, 2))} & _OF_IT) or bool(set(ctx.scene.after(q)) & connectives.words("them"))
    ends = q.last >= len(ctx.scene.words) or ctx.scene.words[q.last].what == "mark"
    if not flows or not (of_it or ends) or (of_it and set(ctx.scene.after(q, 3)) & _FROM):
        return None
    flow_told = flows[-1]
    party = next((p for p in ctx.parties if level.last <= p.first and p.last <= q.first and p.kind == "place" and p.role == "bare"), None)
    whose = owner(ctx, flow_told.id, flow_told, level)
    if party is None:
        after = any(p.first >= q.last and p.kind in ("place", "company") for p in ctx.parties)
        return (None, flow_told.id) if of_it and not after else None
    taker = party.codes != whose[0] and flow_told.id in _FLOWS
    return (((party.codes, 2.0, party), whose[0] or None), flow_told.id) if taker else None


def sourced(ctx: Context, b: Bound) -> tuple[Owner, tuple[str, ...] | None] | None:
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


def dependence(ctx: Context, b: Bound) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Whom a country depends on, and which: "Japan's dependence on China", "import reliance of the US"."""
    if (relied := relied_on(ctx, b.quantity)) is not None:
        return (relied[0].codes, 2.0, relied[0]), relied[1]
    nouns = [s for s in ctx.sentence.of("share") if s.traits.get("of") == "imports" and s.last <= b.quantity.first]
    noun = ctx.scene.nearest(b.quantity, nouns, _PASSES)
    cue = b.trigger if b.trigger is not None and b.trigger.traits.get("of") == "imports" else noun or relies(ctx, b.quantity)
    if cue is None:
        return None
    before = [p for p in ctx.parties if p.last <= cue.first and p.role in ("adj", "bare", "of", "owner")]
    before += [p for p in ctx.parties if cue.first < p.first and p.last < cue.last]  # "اعتماد اليابان على"
    after = [p for p in ctx.parties if p.first >= cue.last and ctx.scene.gap(p.group, cue) <= _WORLD]
    importer = before[-1].codes if before else ctx.memory.subject
    if not after or (not before and any(w.key.startswith("import") for w in ctx.scene.words[cue.first : cue.last])):
        own = after[0].codes if after else importer
        return ((own, 2.0, after[0] if after else None), own) if own else None
    return (after[0].codes, 2.0, after[0]), importer or None


def supplied(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Who supplies a part of what another needs or buys: "Korea gets 97% of its graphite from China", "تتزود أوروبا من الصين بـ93%"."""
    if of not in ("imports", "consumption") or b.holder is not None:
        return None
    known = [p for p in ctx.parties if p.kind == "place"]
    source = next((p for p in known if p.role == "from" and ctx.scene.gap(p.group, b.quantity) <= _PASSES), None)
    if source is None or (source.first < b.quantity.first and ctx.sentence.lang == "en"):
        return None
    if set(ctx.scene.before(source.group, 2)) & connectives.words("mostly"):
        return None
    takers = [p for p in ctx.parties if p is not source and p.kind in ("place", "pronoun") and p.role in ("bare", "adj", "of", "owner")]
    before = [p for p in takers if p.last <= b.quantity.first and p.codes != source.codes]
    taker = before[-1] if before else None
    if taker is None or any(ctx.scene.overlaps(s, taker.group) for s in ctx.sentence.of("share")):
        return None
    return (source.codes, ctx.scene.gap(source.group, b.quantity), source), taker.codes


def between_ends(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
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
    own = own or next((p for p in places if p is not end and any(owns_flow(p, m) for m in flows)), None)
    return ((end.codes, 2.0, end), own.codes) if end is not None and own is not None and end.codes != own.codes else None


def part_of_trade(ctx: Context, b: Bound, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder where a flow to somebody is told as a part of all: "exported ... to the US, representing 11% of total shipments"."""
    cue, flow = b.trigger, {"exports": "to", "imports": "from"}.get(of)
    if cue is None or flow is None or b.holder is not None or not ctx.scene.words[cue.first].key.endswith("ing"):
        return None
    end = next((p for p in reversed(ctx.parties) if p.last <= cue.first and p.role == flow), None)
    own = next((p for p in ctx.parties if p.last <= cue.first and p.role in ("bare", "adj") and p is not end), None)
    return ((end.codes, 2.0, end), own.codes) if end is not None and own is not None and own.first < end.first else None


def relies(ctx: Context, q: Mention) -> Mention | None:
    """The verb of "relies on South Africa for 80% of its chrome ore"."""
    known = [m for m in ctx.sentence.of("quality") if m.id == "needed" and (ctx.scene.overlaps(m, q) or m.last <= q.first)]
    verbs = [m for m in known if ctx.scene.gap(m, q) <= _PASSES]
    named = [m for m in verbs if any(0 <= p.first - m.last <= 1 and p.kind == "place" for p in ctx.parties)]
    if not named:
        return None
    return named[-1] if ctx.scene.overlaps(named[-1], q) or "for" in ctx.scene.words_between(named[-1], q) else None


def flow(ctx: Context, b: Bound, m: Mention | None, of: str) -> tuple[Owner, tuple[str, ...] | None] | None:
    """Holder and market where the text names the other end: "70% of US imports come from Canada", "a third of exports went to India"."""
    if of not in _FLOWS or b.holder is not None or strong(b):
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


def strong(b: Bound) -> bool:
    """Whether a verb of holding, such as "accounts for", tells the share."""
    return b.trigger is not None and b.trigger.id == "accounts_for" and not b.trigger.traits.get("weak")


def owns_flow(p: Party, m: Mention) -> bool:
    """Whether a country owns a flow: "EU imports", "واردات الاتحاد الأوروبي"."""
    return p.head == m.id or (p.role == "of" and p.first == m.last)
