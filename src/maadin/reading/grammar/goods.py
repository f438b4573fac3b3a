"""Figures of a list of commodities: "gold output grew by 40%, cobalt at 581% and nickel at 164%", "shares of gallium (71%), germanium (45%)"."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, Draft, figures
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_BESIDE = 2  # words between a commodity and its figure
_KEPT = ("value_prev", "stated", "conversion")


def goods_beside(ctx: Context, q: Mention) -> Group | None:
    """The commodity that a list names right before a figure."""
    for g in ctx.scene.groups("commodity"):
        if 0 <= q.first - g.last <= _BESIDE and not any(m.traits.get("generic") or m.traits.get("outside") for m in g.mentions):
            between = {w.key for w in ctx.scene.words[g.last : q.first]}
            opened = bool(set(ctx.scene.before(g)) & {",", "،", "and", ";", "of"}) or "و" in g.mentions[0].form.before
            return g if opened and between <= connectives.words("goods_at") | {"("} else None
    return None


def listed(b: Bound, first: Draft | None) -> Draft | None:
    """A further figure of such a list: as the first one, of its own commodity."""
    if first is None or b.goods is None:
        return None
    told = figures(b.quantity)
    if isinstance(first.fields.get("value"), float) and first.fields["value"] < 0 and isinstance(told["value"], float):
        told["value"] = -abs(told["value"])
    names = tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in b.goods.mentions))
    fields = {name: value for name, value in first.fields.items() if name not in _KEPT} | told | {"commodity": names}
    return Draft(b.quantity, fields, first.rule, [b.goods, b.quantity], first.cost + 1.0)
