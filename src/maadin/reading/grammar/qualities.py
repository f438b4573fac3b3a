"""Claims without a number: has a lot, has none worth naming, has more than another, needs, lags, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maadin.reading.grammar.arguments import commodities, partner
from maadin.reading.grammar.claims import OF
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.places import Party, who
from maadin.reading.model import Mention

_SUBJECT = {"bare": 0.0, "owner": 0.0, "adj": 1.0, "of": 1.0, "by": 1.0}
_METRIC = {"many": "reserves", "recognised": "reserves", "lagging": "production", "needed": "imports", "stopped": "exports"}


def qualities(ctx: Context) -> Iterator[Draft]:
    """Every quality of a sentence."""
    for m in ctx.sentence.of("quality"):
        if draft := _quality(ctx, m):
            yield draft
    for m in ctx.sentence.of("link"):
        if m.id == "compared_with" and (draft := _more(ctx, m)):
            yield draft


def _subject(ctx: Context, at: Mention, unless: tuple[Party, ...] = ()) -> tuple[tuple[str, ...], float, Party | None]:
    before = [p for p in ctx.parties if p.last <= at.first]
    party, cost = who(ctx.scene, before, at, _SUBJECT, limit=22.0, people=8.0, unless=unless)
    if party is None:
        party, cost = who(ctx.scene, ctx.parties, at, _SUBJECT, limit=9.0, people=8.0, unless=unless)
    if party is not None:
        return party.codes, cost, party
    return ctx.memory.subject, 12.0, None


def _metric(ctx: Context, m: Mention) -> str:
    near = ctx.near(m, ("metric",), OF, 6.0)
    return near.id if near is not None and near.traits.get("part") != "agent" else _METRIC[m.id]


def _quality(ctx: Context, m: Mention) -> Draft | None:
    if m.id not in _METRIC:
        return None
    subject, cost, party = _subject(ctx, m)
    names, far, group = commodities(ctx, m, limit=12.0)
    if not subject or not names or (group is None and far + cost > 20.0):
        return None
    metric = "imports" if m.id == "needed" else _metric(ctx, m)
    fields: dict[str, Any] = {"kind": "claim", "metric": metric, "country": subject, "commodity": names, "quality": m.id, "comparator": "eq"}
    if m.id == "recognised":
        fields |= {"comparator": "lt", "polarity": False}
    elif m.id == "lagging":
        fields["comparator"] = "lt"
    elif m.id == "stopped":
        fields |= {"value": 0.0, "unit": "tonne", "comparator": "approx"}
    if metric in ("exports", "imports"):
        fields["target"] = partner(ctx, metric, m, unless=(party,) if party else (), limit=24.0)
    return Draft(m, fields, f"quality: {m.id}", [a for a in (m, group, party and party.group) if a], cost + far)


def _more(ctx: Context, m: Mention) -> Draft | None:
    """A comparison between two countries: "far more than Ukraine"."""
    if not (m.traits.get("more") or m.traits.get("less")) or any(ctx.scene.gap(m, q) <= 1.0 for q in ctx.sentence.of("quantity", "number")):
        return None
    other = next((p for p in ctx.parties if p.first >= m.first and ctx.scene.gap(p.group, m) <= 2.0), None)
    if other is None:
        return None
    subject, cost, party = _subject(ctx, m, unless=(other,))
    if m.traits.get("less"):
        return None
    names, far, group = commodities(ctx, m)
    if not subject or not names or subject == other.codes:
        return None
    metric = _near_metric(ctx, m)
    fields = {"kind": "claim", "metric": metric, "country": subject, "target": other.codes, "commodity": names, "quality": "more", "comparator": "gt"}
    return Draft(m, fields, "comparison", [a for a in (m, group, other.group, party and party.group) if a], cost + far)


def _near_metric(ctx: Context, m: Mention) -> str:
    near = ctx.near(m, ("metric",), OF, 12.0)
    return near.id if near is not None and near.traits.get("part") != "agent" and near.id in OF else "reserves"
