"""When: the date of a statement, from its clause, its sentence or the year told before."""

from __future__ import annotations

from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention, Moment

REACH = 14.0


def moment(ctx: Context, d: Draft) -> tuple[str | None, str | None]:
    """The date and the vague window that go with a statement; None where there is none."""
    dated = [(m, m.value) for m in ctx.sentence.of("date") if isinstance(m.value, Moment)]
    dates = [(_cost(ctx, d, m), m.first, v) for m, v in dated if v.text]
    vague = [(_cost(ctx, d, m), m.first, v.vague) for m, v in dated if v.vague]
    near = min(dates, key=lambda c: c[:2], default=None)
    window = min(vague, key=lambda c: c[:2], default=None)
    text = near[2].text if near is not None and near[0] <= REACH else None
    return text, window[2] if window is not None and window[0] <= 2 * REACH else None


def _cost(ctx: Context, d: Draft, m: Mention) -> float:
    anchor: Mention | Group = d.anchor
    cost = ctx.scene.gap(anchor, m)
    lo, hi = min(anchor.last, m.last), max(anchor.first, m.first)
    cost += 4.0 * sum(1 for q in ctx.quantities if lo <= q.first < hi)
    if m.first < 4 and m.first < anchor.first:
        cost = min(cost, 6.0)  # "In 2024, ..." opens a sentence for all that follows
    return cost + (0.0 if m.first >= anchor.first else 1.0)
