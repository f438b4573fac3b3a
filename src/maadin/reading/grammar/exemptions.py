"""Who or what a restriction spares: "except Britain", "استثنى منها النحاس المكرر"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.evidence import in_condition
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_NEXT = 3.0  # words between the exemption and who or what is spared
_ADJECTIVE = 2  # words between "duty-free" and its quota
_REACH = 22.0  # words between it and the restriction


def exemptions(ctx: Context) -> Iterator[Draft]:
    """Every exemption of a sentence that names who or what is spared from a restriction told of before it."""
    for s in ctx.sentence.of("status"):
        if s.id == "exempted" and not in_condition(ctx, s) and (draft := _exemption(ctx, s)):
            yield draft


def _exemption(ctx: Context, s: Mention) -> Draft | None:
    if any(m.id == "quota" and 0 <= m.first - s.last <= _ADJECTIVE for m in ctx.sentence.of("instrument")):
        return None  # "duty-free steel quotas"
    instrument = _restriction(ctx, s)
    actor = ctx.memory.measures.get(instrument, ())
    if not actor:
        return None
    spared = next(
        (p for p in ctx.parties if p.kind == "place" and s.last <= p.first and ctx.scene.gap(p.group, s) <= _NEXT and p.codes != actor),
        None,
    )
    goods = next((g for g in ctx.scene.groups("commodity") if s.last <= g.first and ctx.scene.gap(g, s) <= _NEXT), None)
    if spared is None and goods is None:
        return None
    names = _names(goods) if goods else ctx.memory.goods.get(instrument, ())
    if not names:
        return None
    fields: dict[str, Any] = {
        "kind": "measure",
        "instrument": instrument,
        "actor": actor,
        "commodity": names,
        "comparator": "eq",
        "target": spared.codes if spared else ("WLD",),
    }
    return Draft(s, fields, "exemption", [a for a in (s, spared and spared.group, goods) if a], 8.0)


def _restriction(ctx: Context, s: Mention) -> str:
    """The restriction that the exemption is from: one named before it in the sentence, else the last one told."""
    near = [m for m in ctx.sentence.of("instrument") if m.id in RESTRICTIONS and ctx.scene.gap(m, s) <= _REACH]
    if near:
        return min(near, key=lambda m: ctx.scene.gap(m, s)).id
    told = [i for i in ctx.memory.measures if i in RESTRICTIONS]
    return told[-1] if told else ""


def _names(goods: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in goods.mentions if not m.traits.get("outside")))
