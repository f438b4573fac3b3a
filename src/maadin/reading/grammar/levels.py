"""Levels: a tonnage or value of reserves, output, trade, use or capacity: "output reached 650kt"."""

from __future__ import annotations

from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, moved
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, Draft, figures, quantity
from maadin.reading.grammar.elided import amounts, beside
from maadin.reading.grammar.metrics import meant
from maadin.reading.grammar.owners import Owner, abroad, acting, after_subject, other_end, owner
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.shares import share
from maadin.reading.model import Mention

_AIM = 10  # words between "aims" and the level that is aimed at
FLOWS = ("exports", "imports")
_SUBJECT = {"bare": 0.0, "owner": 0.0, "by": 0.0, "adj": 2.0, "of": 2.0}


def level(ctx: Context, b: Bound) -> Draft | None:
    """A level, of the country near its metric or of who acted before."""
    if b.before is not None:
        return _told_again(ctx, b, b.before)
    if b.head is not None and b.holder is not None:
        return _listed(ctx, b, b.head, b.holder)
    q, m = b.quantity, b.trigger
    metric = b.whole.id if b.whole is not None and b.whole.id in FLOWS else m.id if m is not None else ctx.memory.metric
    if m is not None and "also" in m.traits and not any(p.last == m.first for p in ctx.parties):
        metric = meant(m)
    if metric == "refining":
        metric = "production"
    if (
        metric == "production"
        and m is not None
        and m.traits.get("part") == "verb"
        and set(ctx.scene.before(m, 2)) & connectives.words("able")
    ):
        metric = "capacity"
    if b.before is None and (m is None or m.traits.get("part") == "verb") and _aimed_at(ctx, q):
        return None
    if metric in ("price", "") or (metric == "value" and quantity(q).unit != "USD"):
        return None
    anchors = (m, q) if m is not None else (q,)
    told = _level_before(ctx, q)
    if told is not None and m is not None:
        m = ctx.scene.nearest(told, [o for o in ctx.sentence.of("metric") if o.id == m.id and o.traits.get("part") != "agent"]) or m
    (codes, cost, party), partner = _ends(ctx, b, metric, (m, told) if told is not None and m is not None else anchors)
    names, far, group = commodities(ctx, q, *anchors)
    if ctx.scene.after(q) == ["total"]:
        partner = None  # "6% of the 2.2 million ton total"
    if partner and codes == partner and party is not None and party.kind == "pronoun":
        partner = None  # "in China, the country exported": one and the same
    if partner and codes == partner:
        codes = next((c for c in _others(ctx) if c != partner), ())
    if metric == "consumption" and party is None and m is not None and ctx.scene.words[m.first].key in connectives.words("needs"):
        return None  # "a car needs 80 kg"
    if not codes or not names or (metric == "exports" and not partner and _own_sales(m, party)):
        return None
    fields: dict[str, Any] = {"kind": "claim", "metric": metric, "country": codes, "commodity": names, **moved(ctx, q)}
    if metric in FLOWS:
        fields["target"] = partner
    return Draft(q, fields, "level", [a for a in (*anchors, group, party and party.group) if a], b.cost + cost + far)


def _others(ctx: Context) -> list[tuple[str, ...]]:
    """Who may be at this end of a flow where the sentence names the other: the text's country, who acted last, who acts in the sentence."""
    acting_here = [p.codes for p in ctx.parties if p.kind == "place" and p.role == "bare"]
    return [c for c in (ctx.memory.topic_country, ctx.memory.subject, *acting_here) if c]


def _own_sales(m: Mention | None, party: Party | None) -> bool:
    """Whether a company only sold so much, to whomever: "the miner sold 77,000 ounces"."""
    return m is not None and bool(m.traits.get("weak")) and m.traits.get("part") == "verb" and party is not None and party.kind == "company"


def _aimed_at(ctx: Context, q: Mention) -> bool:
    """Whether somebody only aims at a level: "plans to produce 25 Mt", "تطمح إلى بلوغ ثلاثة ملايين طن"."""
    lead = range(q.first - 1, max(-1, q.first - 1 - _AIM), -1)
    for i in lead:
        word = ctx.scene.words[i]
        if (word.what == "mark" and word.text in ",،;؛") or any(o.first <= i < o.last for o in ctx.quantities):
            return False
        if any(f.key in connectives.words("aims") for f in word.forms):
            return True
    return False


def _level_before(ctx: Context, q: Mention) -> Mention | None:
    """The figure that this one is the level before of: "produced 22,829 t, up from 22,548 t"; both are of one country."""
    earlier = [o for o in ctx.quantities if o.last <= q.first and quantity(o).unit == quantity(q).unit]
    lead = {w.key for w in ctx.scene.words[q.first - 2 : q.first + 1]} if q.first > 1 else set()
    return earlier[-1] if earlier and lead & connectives.words("level_before") else None


def _listed(ctx: Context, b: Bound, head: Bound, holder: Party) -> Draft | None:
    """A further figure of a list: as the first one, with its own country."""
    first = level(ctx, head)
    if first is None or abroad(ctx, holder):
        return None
    fields = {k: v for k, v in first.fields.items() if k not in ("value_prev", "stated", "conversion")} | figures(b.quantity)
    fields["target" if _is_partner(holder, str(fields["metric"])) else "country"] = holder.codes
    return Draft(b.quantity, fields, "level", [b.quantity, holder.group], first.cost + 1.0)


def _is_partner(holder: Party, metric: str) -> bool:
    return holder.role == {"exports": "to", "imports": "from"}.get(metric)


def _ends(ctx: Context, b: Bound, metric: str, anchors: tuple[Mention, ...]) -> tuple[Owner, tuple[str, ...] | None]:
    """Whose level it is, and the other end of a flow."""
    holder = b.holder
    if b.whole is not None and b.whole.id in FLOWS:
        party, _ = acting(ctx, [p for p in ctx.parties if p.last <= b.quantity.first], b.quantity, _SUBJECT, limit=24.0)
        if party is not None:
            return owner(ctx, metric, b.whole, unless=(party,)), party.codes
    if holder is not None and not _is_partner(holder, metric):
        return (holder.codes, 1.0, holder), None
    if metric == "exports" and (given := _given(ctx, anchors[0])) is not None:
        return owner(ctx, metric, *anchors, unless=(given,)), given.codes
    taken = _taken(ctx, b.quantity)
    whose = owner(ctx, metric, *anchors, unless=(*taken, holder) if holder else taken)
    if holder is not None:
        return whose, holder.codes
    if metric == "exports" and (given := after_subject(ctx, anchors[0], whose[2])) is not None:
        return whose, given.codes
    return whose, other_end(ctx, metric, *anchors, unless=(*taken, whose[2]) if whose[2] else taken) if metric in FLOWS else None


def _given(ctx: Context, m: Mention) -> Party | None:
    """To whom an English verb of supplying gives: "supplied the US with 8.9 Mt"."""
    if ctx.sentence.lang != "en" or m.kind != "metric" or m.traits.get("part") != "verb":
        return None
    after = next((p for p in ctx.parties if p.first - m.last in (0, 1) and p.role == "bare" and p.kind == "place"), None)
    return after if after is not None and set(ctx.scene.after(after.group)) & {"with"} else None


def _taken(ctx: Context, q: Mention) -> tuple[Party, ...]:
    """Countries that stand beside other figures, and come or go with those: "159 Mt, of which 110 million came from Guinea"."""
    found = [beside(ctx, o) for o in amounts(ctx) if o.first > q.last]
    return tuple(p for p in found if p is not None and p.role in ("from", "to", "in"))


def _told_again(ctx: Context, b: Bound, before: Bound) -> Draft | None:
    """The tonnage of a share just told: "accounted for 58% of US imports, or 2.8 Mt"."""
    draft = share(ctx, before)
    if draft is None:
        return None
    of, holder, market = draft.fields["of"], draft.fields["country"], draft.fields["target"]
    if of not in ("production", "reserves", "exports", "imports", "consumption", "capacity", "refining"):
        return None
    fields: dict[str, Any] = {
        "kind": "claim",
        "metric": "production" if of == "refining" else of,
        "country": holder,
        "commodity": draft.fields["commodity"],
    }
    if of == "imports" and market != ("WLD",):
        fields |= {"country": market, "target": holder}
    return Draft(b.quantity, fields | figures(b.quantity), "level", [*draft.anchors, b.quantity], draft.cost + 2.0)
