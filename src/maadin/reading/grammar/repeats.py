"""A measure taken again on something else: "plans to do the same with copper", "فعلت الأمر نفسه مع البوكسيت"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.places import ACTOR, who
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_FOR = 5  # words before goods in which "for" stands
_WHO = 6.0  # words between "similar curbs" and who takes them
_LIST = 20  # words after "similar curbs" in which their goods stand
_NEXT = 2.0  # words between "the same" and what it is done to
_DOES = 3  # words before "the same" among which somebody does it


def repeats(ctx: Context) -> Iterator[Draft]:
    """What a sentence says that somebody does again, after a ban, a duty or a control that the text told of."""
    told = next((i for i in reversed(ctx.memory.measures) if i in RESTRICTIONS), None)
    if told is None:
        return
    for i, word in enumerate(ctx.scene.words):
        if _like(ctx, i):
            yield from _alike(ctx, told, i)
        if word.key in connectives.words("same") and _done(ctx, i) and (draft := _again(ctx, told, _at(i))) is not None:
            yield draft


def _like(ctx: Context, i: int) -> bool:
    """Whether a word and the one beside it mean measures like those told before: "similar curbs", "قيود مماثلة"."""
    at = i - 1 if ctx.sentence.lang == "ar" else i + 1
    keys = {f.key for f in ctx.scene.words[i].forms}
    beside = ctx.scene.words[at : at + 1] if at >= 0 else ()
    return bool(keys & connectives.words("similar")) and any(f.key in connectives.words("steps") for w in beside for f in w.forms)


def _alike(ctx: Context, told: str, i: int) -> Iterator[Draft]:
    """A measure on each of the goods that "for" or "on" leads to after such words, who took it having taken those before."""
    actor = ctx.memory.measures[told]
    own = next(
        (p for p in ctx.parties if p.kind == "place" and p.role in ("bare", "by", "in") and ctx.scene.gap(p.group, _at(i)) <= _WHO), None
    )
    for g in ctx.scene.groups("commodity"):
        names = tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in g.mentions if not m.traits.get("outside")))
        led = (
            set(ctx.scene.before(g, _FOR)) & (connectives.words("role_for") | connectives.words("role_on"))
            or g.mentions[0].form.before[-1:] == "ل"
        )
        if g.first > i and led and names and names != ctx.memory.goods.get(told) and g.first - i <= _LIST:
            yield _draft(ctx, told, _at(i), g, names, own.codes if own is not None else actor)


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
    return _draft(ctx, told, at, goods, names, actor, cost)


def _draft(ctx: Context, told: str, at: Mention, goods: Group, names: tuple[str, ...], actor: tuple[str, ...], cost: float = 6.0) -> Draft:
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
