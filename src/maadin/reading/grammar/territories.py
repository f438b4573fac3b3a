"""Territories: who holds one, whose land it is, and with whom a deal on it is made."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import PEOPLE, Party
from maadin.reading.model import Mention

_NEAR = 5  # words between the word for control and who controls
_LAND = 6.0  # words between a territory and whose land it is
_BEFORE = 6  # words before "that its forces control" in which the land is named


def of_land(ctx: Context, m: Mention) -> bool:
    """Whether a phrase such as "held by" has a word for land in it or before it."""
    words = ctx.scene.words[max(0, m.first - _BEFORE) : min(len(ctx.scene.words), m.last + 2)]
    return any(f.key in connectives.words("land") for w in words for f in w.forms)


def holder(ctx: Context, m: Mention) -> Party | None:
    """Who controls a territory: beside the word for control, after it in Arabic."""
    at = _control(ctx, m)
    if at is None:
        return None
    known = [p for p in ctx.parties if p.kind not in PEOPLE and p.role not in ("with", "in", "to")]
    after = [p for p in known if 0 <= p.first - at <= _NEAR]
    before = [p for p in known if 0 < at - p.last + 1 <= 3 and p.role in ("adj", "bare", "by")]
    if ctx.sentence.lang == "ar":
        return after[0] if after else None
    return next((p for p in after if p.role == "by"), None) or (before[-1] if before else None)


def land(ctx: Context, m: Mention, holds: Party | None) -> Party | None:
    """Whose land it is: the nearest other country."""
    known = [
        p
        for p in ctx.parties
        if p.kind in ("place", "pronoun")
        and p is not holds
        and p.role not in ("with", "to")
        and not (holds and set(p.codes) & set(holds.codes))
    ]
    near = [(ctx.scene.gap(p.group, m), p.first, p) for p in known]
    found = min((n for n in near if n[0] <= _LAND), key=lambda n: n[:2], default=None)
    return found[2] if found else None


def partner(ctx: Context, m: Mention, *others: Party | None) -> Party | None:
    """With whom a deal on it is made."""
    taken = {c for p in others if p is not None for c in p.codes}
    known = [p for p in ctx.parties if p.kind in ("place", "company") and not set(p.codes) & taken and p.last <= m.first]
    offered = {s.last for s in ctx.sentence.of("status", "instrument") if s.traits.get("part") == "verb"}
    return next((p for p in known if p.role == "with" or "with" in _lead(ctx, p)), None) or next(
        (p for p in known if p.role in ("to", "on") or (p.role == "bare" and p.first in offered)), None
    )


def _lead(ctx: Context, p: Party) -> set[str]:
    return {connectives.roles().get(k, "") for k in ctx.scene.before(p.group, 2)}


def _control(ctx: Context, m: Mention) -> int | None:
    known = connectives.words("controls")
    around = range(max(0, m.first - 1), min(len(ctx.scene.words), m.last + 2))
    return next((i for i in reversed(around) if any(f.key in known for f in ctx.scene.words[i].forms)), None)
