"""Flows that a text denies without a figure: "does not mine any lithium", "has no gallium production of its own"."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.places import who
from maadin.reading.model import Mention

_FLOWS = ("production", "exports", "imports", "refining")
_SUBJECT = {"bare": 0.0, "owner": 0.0, "adj": 1.0, "of": 1.0, "in": 1.0}
_FAR, _GOODS, _ACTS = 5.0, 3.0, 6.0
_LEAD = 3  # words between a negation and what it denies


def absences(ctx: Context) -> Iterator[Draft]:
    """Every flow that a sentence denies; one that tells a figure, a change or an act has another point."""
    if ctx.quantities or ctx.sentence.of("change"):
        return
    for n in ctx.sentence.of("negation"):
        m = next((m for m in ctx.sentence.of("metric") if m.id in _FLOWS and _denied(ctx, n, m)), None)
        acts = [a for a in ctx.sentence.of("instrument", "condition") if m is not None and not ctx.scene.overlaps(a, m)]
        if m is None or any(ctx.scene.gap(a, m) <= _ACTS for a in acts):
            continue
        party, cost = who(ctx.scene, ctx.parties, n, _SUBJECT, limit=_FAR, people=20.0)
        names, far, group = commodities(ctx, m, limit=_GOODS)
        if party is None or group is None or not names:
            continue
        metric = "production" if m.id == "refining" else m.id
        fields = {"kind": "claim", "metric": metric, "country": party.codes, "commodity": names, "polarity": False, "comparator": "eq"}
        yield Draft(m, fields, "absence", [n, m, group, party.group], cost + far)


def _denied(ctx: Context, n: Mention, m: Mention) -> bool:
    """Whether a negation denies a flow itself: nothing but goods and words such as "any" or "domestic" stands between."""
    part, tense = m.traits.get("part"), m.traits.get("tense")
    key = ctx.scene.words[n.last - 1].key
    if part == "verb" or (part == "noun" and m.traits.get("verb") and key == "not"):
        if key in connectives.words("none") and n.first == m.last:
            return True  # "produces no lithium"
        return tense != "past" and 0 <= m.first - n.last <= 1 and key in connectives.words("not")
    goods = {i for g in ctx.sentence.of("commodity", "scope") for i in range(g.first, g.last)}
    between = range(n.last, m.first)
    lead = (
        key in connectives.words("none") and part == "noun" and m.first >= n.last and len([i for i in between if i not in goods]) <= _LEAD
    )
    return lead and all(i in goods or ctx.scene.words[i].key in connectives.words("none_of") for i in between)
