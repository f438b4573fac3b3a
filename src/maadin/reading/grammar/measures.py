"""Measures: duties, bans, quotas, controls, sanctions, offers, projects, funds, territories; with or without a size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar.arguments import commodities
from maadin.reading.grammar.binding import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft, figures
from maadin.reading.grammar.places import ACTOR, AIMED, Costs, Party, who
from maadin.reading.model import Mention

AIMED_AT_ALL = ("tariff", "ban", "quota", "export_control")
RESTRICTIONS = ("tariff", "ban", "quota", "export_control", "sanction")
NOT_ACTING: Costs = {"commodity": 8.0, "exports": 3.0, "imports": 4.0, "production": 3.0}
NOT_AIMED_AT: Costs = {"tariff": 12.0, "ban": 12.0, "quota": 12.0, "export_control": 12.0, "sanction": 12.0, "commodity": -3.0, "exports": -2.0, "imports": -1.0, "production": -1.0}
BUILT = ("capacity_project", "joint_venture", "fund", "price_support", "territory")


REACH = {i: 9.0 for i in RESTRICTIONS} | {"supply_offer": 6.0, "territory": 12.0, "price_support": 6.0, "fund": 6.0, "capacity_project": 6.0, "joint_venture": 6.0}


def measures(ctx: Context, bound: Sequence[Bound]) -> Iterator[Draft]:
    """Every measure of a sentence: one for each size told, one for an instrument without a size."""
    sized = [b for b in bound if b.what in ("tariff", "measure") and b.trigger is not None]
    for b in sized:
        if draft := _measure(ctx, b.trigger, b):
            yield draft
    done = {id(b.trigger) for b in sized}
    names = {b.trigger.id for b in sized if b.trigger}
    for m in _bare(ctx):
        if id(m) not in done and m.id not in names and (draft := _measure(ctx, m, None)):
            yield draft


def _bare(ctx: Context) -> Iterator[Mention]:
    """Instruments without a size, the first of each kind."""
    seen = set()
    for m in ctx.sentence.of("instrument"):
        if m.id not in seen and (ctx.near(m, ("status",), limit=REACH[m.id]) or m.traits.get("part") == "verb"):
            seen.add(m.id)
            yield m


def _measure(ctx: Context, m: Mention | None, b: Bound | None) -> Draft | None:
    assert m is not None
    anchors = (m, b.quantity) if b else (m,)
    names, far, group = commodities(ctx, *anchors, limit=20.0)
    if not names or (b is None and group is None):
        return None
    actor, cost = who(ctx.scene, ctx.parties, m, ACTOR, limit=22.0, people=1.0, after=2.0 if ctx.sentence.lang == "ar" else 6.0, heads=NOT_ACTING if m.id in RESTRICTIONS else None)
    target = _target(ctx, m, anchors, actor)
    codes = actor.codes if actor else _unsaid(ctx, m, target)
    if not codes:
        return None
    fields = {"kind": "measure", "instrument": m.id, "actor": codes, "commodity": names, "comparator": "eq", "direction": _direction(ctx, m)}
    if b is not None:
        fields |= figures(b.quantity)
    if target is not None and target.codes != codes:
        fields["target"] = target.codes
    elif m.id in AIMED_AT_ALL:
        fields["target"] = WORLD
    parts = [a for a in (*anchors, group, actor and actor.group, target and target.group) if a]
    return Draft(m, fields, m.id, parts, far + cost + (b.cost if b else 6.0))


def _target(ctx: Context, m: Mention, anchors: Sequence[Mention], actor: Party | None) -> Party | None:
    known = [p for p in ctx.parties if p is not actor and p.kind in ("place", "pronoun", "company")]
    best, least = None, 12.0
    for a in anchors:
        party, cost = who(ctx.scene, known, a, AIMED, limit=least, heads=NOT_AIMED_AT)
        if party is not None and cost < least:
            best, least = party, cost
    return best


def _unsaid(ctx: Context, m: Mention, target: Party | None) -> tuple[str, ...]:
    """Who acts where the sentence does not say: who acted before, unless that is the target."""
    before = ctx.memory.actor or ctx.memory.subject
    return before if target is None or target.codes != before else ()


def _direction(ctx: Context, m: Mention) -> str | None:
    if told := m.traits.get("direction"):
        return str(told)
    if m.id not in RESTRICTIONS:
        return None
    flow = ctx.near(m, ("metric",), ("exports", "imports"), 5.0)
    if flow is not None and flow.traits.get("part") != "agent":
        return {"exports": "export", "imports": "import"}[flow.id]
    return {"tariff": "import", "export_control": "export"}.get(m.id)
