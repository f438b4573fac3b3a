"""The size of a measure: which instrument a quantity belongs to, and the level before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, figures, quantity
from maadin.reading.grammar.evidence import BUILT, built, idle
from maadin.reading.grammar.governors import governor
from maadin.reading.model import Mention

_MONEY = ("fund", "joint_venture", "price_support", "capacity_project")
_MASS = ("joint_venture", "capacity_project", "price_support")
_RATED = ("tariff", "quota")  # what has a level before
_CHAIN = 7.0  # words between the instruments of one project
_COST = 3.0  # words between a sum and the plant that costs it
_SET = 6  # words between a verb of setting and the ceiling
_OF_COST = 3  # words between "cost" and the project that it is of
_BEFORE = 3  # words before a figure that tell it is the level before


@dataclass(frozen=True, slots=True)
class Sized:
    """An instrument with its size.

    Attributes
    ----------
    instrument, quantity : Mention
    fields : dict
        Value, unit, comparator and the value before.
    cost : float
    """

    instrument: Mention
    quantity: Mention
    fields: dict[str, Any]
    cost: float


def sized(ctx: Context, bound: Iterable[Bound]) -> list[Sized]:
    """Instruments that have a size; a duty's level before goes with the new one."""
    made: list[Sized] = []
    for b in bound:
        if b.what not in ("tariff", "measure") or b.trigger is None:
            continue
        if (
            made
            and b.trigger.id in _RATED
            and made[-1].instrument is b.trigger
            and (_earlier(ctx, b.quantity) or _left(ctx, made[-1].quantity, b.quantity))
        ):
            made[-1].fields["value_prev"] = quantity(b.quantity).low
            continue
        if (
            made
            and b.trigger.id in _RATED
            and made[-1].instrument is b.trigger
            and _earlier(ctx, made[-1].quantity)
            and not _earlier(ctx, b.quantity)
        ):
            before = quantity(made.pop().quantity).low
            made.append(Sized(b.trigger, b.quantity, _figures(ctx, b) | {"value_prev": before}, b.cost))
            continue
        if b.trigger.id == "quota" and quantity(b.quantity).unit == "percent" and b.trigger.traits.get("figure") != b.quantity.first:
            continue  # by how much it is cut
        head = _head(ctx, b)
        if _known_by_its_cost(ctx, head, b):
            continue
        if (
            head.id == "quota"
            and head.traits.get("weak")
            and head.traits.get("part") != "verb"
            and governor(ctx, head) is None
            and not fixed(ctx, head)
        ):
            continue  # a ceiling that figures touch
        if (
            head.id == "price_support"
            and head.traits.get("part") == "noun"
            and quantity(b.quantity).unit == "tonne"
            and governor(ctx, head) is None
        ):
            continue  # stocks that only are there
        if idle(ctx, head) and not _worth(ctx, b.quantity, head):
            continue
        made.append(Sized(head, b.quantity, _figures(ctx, b), b.cost))
    return made


def fixed(ctx: Context, m: Mention) -> bool:
    """Whether a ceiling is set, raised or cut: a verb before it says so."""
    near = ctx.scene.words[max(0, m.first - _SET) : m.first]
    moved = any(c.last <= m.first and m.first - c.last <= _SET and c.traits.get("transitive") for c in ctx.sentence.of("change"))
    told = connectives.words("sets") | connectives.words("part_of_quota")
    return moved or any(f.key in told for w in near for f in w.forms)


def _worth(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a plant has its cost right before it, as one that is still to be built has: "a $3.5 billion expansion project"."""
    if quantity(q).unit == "USD" and m.last <= q.first and set(ctx.scene.before(m, _OF_COST)) & connectives.words("costs_much"):
        return True  # "the cost of the project"
    return quantity(q).unit == "USD" and m.traits.get("part") == "noun" and q.last <= m.first and ctx.scene.gap(q, m) <= _COST


def _known_by_its_cost(ctx: Context, m: Mention, b: Bound) -> bool:
    """Whether a sum only tells which mine is meant, and nobody builds it: "the $8.3 billion Las Bambas mine"."""
    if m.id != "capacity_project" or not m.traits.get("weak") or quantity(b.quantity).unit != "USD" or b.quantity.first > m.first:
        return False
    if ctx.scene.words[m.last - 1].key not in connectives.words("sites"):
        return False
    governs = governor(ctx, m)
    return (governs is None or bool(governs.mention.traits.get("weak"))) and not built(ctx, m)


def _earlier(ctx: Context, q: Mention) -> bool:
    """Whether a figure is the level before: "up from 30%", "بعد أن كانت 10%"."""
    words, dates = ctx.scene.words, ctx.sentence.of("date")
    dated = {i for d in dates for i in range(d.first - 1, d.last)}  # "15% from 2027 and 30% from 2028"
    near = {words[i].key for i in range(max(0, q.first - _BEFORE), q.first) if i not in dated}
    return ctx.scene.before(q) != ["to"] and bool(near & connectives.words("earlier"))


def _left(ctx: Context, now: Mention, q: Mention) -> bool:
    """Whether "from" right after the new level opens the old one: "to 15% from 7.5%", "إلى 15% من 7.5%"."""
    return (
        bool(set(ctx.scene.before(now)) & connectives.words("to_level") or ctx.scene.words[now.first].key in connectives.words("to_level"))
        and 1 <= q.first - now.last <= 2
        and bool(set(ctx.scene.before(q)) & connectives.words("from_level"))
    )


def _figures(ctx: Context, b: Bound) -> dict[str, Any]:
    """Fields of the quantity; "from 25% to 50%" is a new level and the one before."""
    told = figures(b.quantity)
    if b.trigger is not None and b.trigger.id in _RATED and "to" in b.quantity.traits:
        old, new = float(b.quantity.traits["from"]), float(b.quantity.traits["to"])
        return told | {"value": new, "value_prev": old, "comparator": "eq"}
    return told


def _head(ctx: Context, b: Bound) -> Mention:
    """The instrument that a quantity is of: in "a venture to build a plant of 2,000 tonnes" the venture."""
    assert b.trigger is not None
    m = b.trigger
    if m.id not in BUILT or (m.id == "fund" and m.first == b.quantity.last + 1 and ctx.scene.before(m) == ["in"]):
        return m  # "150 million euros in aid for a project"
    fits = _MONEY if quantity(b.quantity).unit == "USD" else _MASS
    chain = [
        o
        for o in ctx.sentence.of("instrument")
        if o.id in BUILT
        and not o.traits.get("weak")
        and (o.traits.get("part") != "verb" or o.id == "fund")
        and not o.traits.get("cooperation")
    ]
    near = [o for o in chain if o.id in fits and ctx.scene.gap(o, m) <= _CHAIN]
    money = [o for o in near if o.id in ("fund", "joint_venture")]
    mass = [o for o in near if o.id in ("joint_venture", "capacity_project")]
    if quantity(b.quantity).unit == "USD" and (
        funds := [o for o in chain if o.id == "fund" and o.last <= b.quantity.first and ctx.scene.gap(o, b.quantity) <= _CHAIN]
    ):
        return funds[-1]
    if m.id == "fund" and m.traits.get("weak"):
        return next(iter(money), m)  # "aid for a smelter"
    if m.traits.get("weak") or m.traits.get("part") == "verb" or m.traits.get("cooperation"):
        return next(iter((money if quantity(b.quantity).unit == "USD" else mass) or near), m)
    return next((o for o in near if o.id == "joint_venture"), m)
