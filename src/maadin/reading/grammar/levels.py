"""Levels: a tonnage or value of reserves, output, trade, use or capacity: "output reached 650kt"."""

from __future__ import annotations

from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, moved
from maadin.reading.grammar.binding import Bound
from maadin.reading.grammar.context import Context, Draft, figures
from maadin.reading.grammar.elided import amounts, beside
from maadin.reading.grammar.owners import Owner, other_end, owner
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.shares import share
from maadin.reading.model import Mention

FLOWS = ("exports", "imports")


def level(ctx: Context, b: Bound) -> Draft | None:
    """A level, of the country near its metric or of who acted before."""
    if b.before is not None:
        return _told_again(ctx, b, b.before)
    if b.head is not None and b.holder is not None:
        return _listed(ctx, b, b.head, b.holder)
    q, m = b.quantity, b.trigger
    metric = m.id if m is not None else ctx.memory.metric
    if metric == "refining":
        metric = "production"
    if (
        metric == "production"
        and m is not None
        and m.traits.get("part") == "verb"
        and set(ctx.scene.before(m, 2)) & connectives.words("able")
    ):
        metric = "capacity"
    if metric in ("price", ""):
        return None
    anchors = (m, q) if m is not None else (q,)
    (codes, cost, party), partner = _ends(ctx, b, metric, anchors)
    names, far, group = commodities(ctx, q, *anchors)
    if not codes or not names:
        return None
    fields: dict[str, Any] = {"kind": "claim", "metric": metric, "country": codes, "commodity": names, **moved(ctx, q)}
    if metric in FLOWS:
        fields["target"] = partner
    return Draft(q, fields, "level", [a for a in (*anchors, group, party and party.group) if a], b.cost + cost + far)


def _listed(ctx: Context, b: Bound, head: Bound, holder: Party) -> Draft | None:
    """A further figure of a list: as the first one, with its own country."""
    first = level(ctx, head)
    if first is None:
        return None
    fields = {k: v for k, v in first.fields.items() if k not in ("value_prev", "stated", "conversion")} | figures(b.quantity)
    fields["target" if _is_partner(holder, str(fields["metric"])) else "country"] = holder.codes
    return Draft(b.quantity, fields, "level", [b.quantity, holder.group], first.cost + 1.0)


def _is_partner(holder: Party, metric: str) -> bool:
    return holder.role == {"exports": "to", "imports": "from"}.get(metric)


def _ends(ctx: Context, b: Bound, metric: str, anchors: tuple[Mention, ...]) -> tuple[Owner, tuple[str, ...] | None]:
    """Whose level it is, and the other end of a flow."""
    holder = b.holder
    if holder is not None and not _is_partner(holder, metric):
        return (holder.codes, 1.0, holder), None
    taken = _taken(ctx, b.quantity)
    whose = owner(ctx, metric, *anchors, unless=(*taken, holder) if holder else taken)
    if holder is not None:
        return whose, holder.codes
    return whose, other_end(ctx, metric, *anchors, unless=(*taken, whose[2]) if whose[2] else taken) if metric in FLOWS else None


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
