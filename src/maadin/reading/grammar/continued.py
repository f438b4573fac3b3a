"""An act that goes on with other goods and a date of their own: "banned exports of nickel ore in 2020 and of bauxite in 2023"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_NEXT = 2  # words between goods and their date
_LEAD = 4  # words before further goods in which "and" stands


def continued(ctx: Context, draft: Draft) -> Iterator[Draft]:
    """A restriction, and those on further goods that the same words tell, each with its own date."""
    goods = next((a for a in draft.anchors if isinstance(a, Group) and a.mentions[0].kind == "commodity"), None)
    dates = ctx.sentence.of("date")
    if goods is None or draft.fields["instrument"] not in RESTRICTIONS or len(dates) < 2:
        yield draft
        return
    last = goods.mentions[-1]
    if len(goods.mentions) > 1 and _own_date(ctx, last) is not None and any(d.first < last.first for d in dates):
        first = [m for m in goods.mentions[:-1] if _name(m) != _name(last)]
        if first:
            draft.fields["commodity"] = tuple(dict.fromkeys(map(_name, first)))
            draft.anchors = [Group(goods.mentions[:-1]) if a is goods else a for a in draft.anchors]
            yield draft
            yield _again(ctx, draft, last)
            return
    yield draft
    for g in ctx.scene.groups("commodity"):
        if g.first > goods.last and not any(_outside(m) for m in g.mentions) and _goes_on(ctx, goods, g):
            yield _again(ctx, draft, g.mentions[-1])


def _goes_on(ctx: Context, goods: Group, g: Group) -> bool:
    """Whether a date closes the first goods, and "and" opens others that have a date too, with no verb or figure between."""
    between = [d for d in ctx.sentence.of("date") if goods.last <= d.first and d.last <= g.first]
    opened = bool(set(ctx.scene.before(g, _LEAD)) & connectives.words("goes_on_with")) or "و" in g.mentions[0].form.before
    acts = any(goods.last <= m.first < g.last for m in ctx.sentence.of("instrument", "quantity", "say"))
    verbs = any(goods.last <= m.first < g.first and m.traits.get("part") == "verb" for m in ctx.sentence.of("status", "change", "metric"))
    return bool(between) and opened and not acts and not verbs and _own_date(ctx, g.mentions[-1]) is not None


def _own_date(ctx: Context, m: Mention) -> Mention | None:
    return next((d for d in ctx.sentence.of("date") if 0 <= d.first - m.last <= _NEXT), None)


def _again(ctx: Context, draft: Draft, m: Mention) -> Draft:
    own = _own_date(ctx, m)
    at = replace(m, last=own.first) if own is not None else m  # so that the date after it is the nearest
    fields = {name: value for name, value in draft.fields.items() if name not in ("value", "unit", "value_prev")}
    return Draft(at, fields | {"commodity": (_name(m),), "comparator": "eq"}, "continued", [m], draft.cost + 1.0)


def _name(m: Mention) -> str:
    return str(m.traits.get("name", m.id))


def _outside(m: Mention) -> bool:
    return bool(m.traits.get("outside"))
