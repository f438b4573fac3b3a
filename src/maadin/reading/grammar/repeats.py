"""A measure taken again on something else: "plans to do the same with copper", "فعلت الأمر نفسه مع البوكسيت"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.evidence import RESTRICTIONS
from maadin.reading.grammar.places import ACTOR, who
from maadin.reading.model import Mention

_NEXT = 2.0  # words between "the same" and what it is done to
_DOES = 3  # words before "the same" among which somebody does it


def repeats(ctx: Context) -> Iterator[Draft]:
    """What a sentence says that somebody does again, after a ban, a duty or a control that the text told of."""
    told = next((i for i in reversed(ctx.memory.measures) if i in RESTRICTIONS), None)
    if told is None:
        return
    for i, word in enumerate(ctx.scene.words):
        if word.key in connectives.words("same") and _done(ctx, i) and (draft := _again(ctx, told, _at(i))) is not None:
            yield draft


def _done(ctx: Context, at: int) -> bool:
    return any(f.key in connectives.words("does") for w in ctx.scene.words[max(0, at - _DOES) : at] for f in w.forms)


def _at(i: int) -> Mention:
    return Mention("repeat", i, i + 1, "same")


def _again(ctx: Context, told: str, at: Mention) -> Draft | None:
    goods = next((g for g in ctx.scene.groups("commodity") if at.last <= g.first and ctx.scene.gap(at, g) <= _NEXT), None)
    if goods is None:
        return None
    names = tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in goods.mentions if not m.traits.get("outside")))
    party, cost = who(ctx.scene, ctx.parties, at, ACTOR, people=1.0)
    actor = party.codes if party is not None else ctx.memory.measures[told]
    if not names or names == ctx.memory.goods.get(told):
        return None
    fields: dict[str, Any] = {
        "kind": "measure",
        "instrument": told,
        "direction": ctx.memory.directions.get(told),
        "actor": actor,
        "commodity": names,
        "target": WORLD,
        "comparator": "eq",
    }
    return Draft(at, fields, "repeat", [at, goods], cost)
