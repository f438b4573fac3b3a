"""The status of a measure, its condition, and whether the text denies a statement."""

from __future__ import annotations

from maadin.reading.grammar.context import Context, Draft
from maadin.reading.model import Mention

_DEFAULT = {
    "tariff": "in_force", "ban": "in_force", "quota": "in_force", "export_control": "in_force", "sanction": "in_force", "supply_offer": "proposed",
    "joint_venture": "proposed", "capacity_project": "announced", "fund": "announced", "price_support": "announced", "territory": "proposed",
}  # fmt: skip
_WEIGHT = {"withdrawn": -4.0, "rejected": -4.0, "exempted": -1.0, "suspended": -2.0, "ended": -1.0, "threatened": -2.0, "considered": -2.0, "proposed": -0.5}
REACH = 12.0


def status(ctx: Context, d: Draft) -> str:
    """The status nearest to the instrument; what turns a measure back counts from further away."""
    found: list[tuple[float, str]] = []
    for m in ctx.sentence.of("status"):
        gap = min(ctx.scene.gap(m, a) for a in d.anchors if isinstance(a, Mention)) if d.anchors else ctx.scene.gap(m, d.anchor)
        if m.traits.get("shield"):
            continue
        gap += 3.0 if m.traits.get("weak") else 0.0
        if gap <= REACH:
            found.append((gap + _WEIGHT.get(m.id, 0.0), m.id))
    return min(found)[1] if found else _DEFAULT.get(str(d.fields.get("instrument")), "announced")


def condition(ctx: Context, d: Draft) -> str | None:
    """The condition of an offer or measure, as the text writes it: from "if" to the end of its clause."""
    for m in ctx.sentence.of("condition"):
        if ctx.scene.gap(m, d.anchor) <= 30.0:
            stop = next((i for i in range(m.last, len(ctx.scene.words)) if ctx.scene.words[i].text in (",", "،", ";", "؛")), len(ctx.scene.words))
            words = ctx.scene.words[m.first : min(stop, m.first + 25)]
            if len(words) > 1:
                while words[-1].what == "mark":
                    words = words[:-1]
                return " ".join(w.text for w in words)
    return None


def denied(ctx: Context, d: Draft) -> bool:
    """Whether a negation stands just before what a claim is read from."""
    lead = min((a.first for a in d.anchors if isinstance(a, Mention) and a.kind in ("metric", "quality", "rank", "quantity", "share")), default=d.anchor.first)
    for m in ctx.sentence.of("negation"):
        if m.last <= lead and lead - m.last <= 4:
            return True
    return False
