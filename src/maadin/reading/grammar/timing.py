"""When: the date of a statement, from its clause, its sentence or the year told before."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention, Moment

REACH = 14.0
_OPENS = 1  # where a window that opens a sentence stands at most
_LEAD = 7  # words before a date in which it is told that it is only compared with


def moment(ctx: Context, d: Draft) -> tuple[str | None, str | None]:
    """The date and the vague window that go with a statement; None where there is none."""
    dated = [(m, m.value) for m in ctx.sentence.of("date") if isinstance(m.value, Moment) and not _compared(ctx, d, m)]
    dates = [(_cost(ctx, d, m), m.first, v) for m, v in dated if v.text and not (v.relative and (_lasting(d) or _of_medium(ctx, m)))]
    vague = [(_cost(ctx, d, m), m.first, v.vague) for m, v in dated if v.vague and _in_clause(ctx, d, m)]
    near = min(dates, key=lambda c: c[:2], default=None)
    window = min(vague, key=lambda c: c[:2], default=None)
    text = near[2].text if near is not None and near[0] <= REACH else None
    return text, window[2] if window is not None and window[0] <= 2 * REACH else None


def _lasting(d: Draft) -> bool:
    """Whether a claim tells what is so for long, without a figure: the day on which it was said is no date of it."""
    return d.fields["kind"] == "claim" and d.fields.get("value") is None


def _of_medium(ctx: Context, m: Mention) -> bool:
    """Whether a day is only that of the interview in which something was said."""
    lead = ctx.scene.words[max(0, m.first - _LEAD) : m.first]
    return any(f.key in connectives.words("medium") for w in lead for f in w.forms)


def _in_clause(ctx: Context, d: Draft, m: Mention) -> bool:
    """Whether a vague window stands in the clause of a statement, or opens the sentence."""
    return m.first <= _OPENS or clause(ctx, m.first) == clause(ctx, d.anchor.first)


def _compared(ctx: Context, d: Draft, m: Mention) -> bool:
    """Whether a date is only what a figure before it is compared with: "up 4% from the same period of 2023", "more than in 2020"."""
    cues = connectives.words("than_in") | (connectives.words("than_in_change") if d.fields.get("metric") == "change" else frozenset())
    if d.anchor.first >= m.first or d.fields.get("kind") != "claim":
        return False
    lead = range(max(d.anchor.last, m.first - _LEAD), m.first)
    cue = next((i for i in reversed(lead) if ctx.scene.words[i].key in cues), None)
    if cue is None or any(cue <= q.first < m.first for q in ctx.quantities):
        return False
    return not any(o is not m and cue <= o.first < m.first for o in ctx.sentence.of("date"))


def _cost(ctx: Context, d: Draft, m: Mention) -> float:
    anchor: Mention | Group = d.anchor
    if d.fields.get("instrument") is not None:  # a date may stand by the size of a measure as well
        anchor = min(
            (anchor, *(a for a in d.anchors if isinstance(a, Mention) and a.kind == "quantity")), key=lambda a: ctx.scene.gap(a, m)
        )
    cost = ctx.scene.gap(anchor, m)
    sizes = [a for a in d.anchors if isinstance(a, Mention) and a.kind == "quantity"]
    if d.fields.get("instrument") is not None and any(d.anchor.last <= m.first < q.first for q in sizes):
        cost += 1.0  # "a 15% duty from 2027 and 30% from 2028"
    lo, hi = min(anchor.last, m.last), max(anchor.first, m.first)
    if d.fields.get("quality") != "stopped":
        cost += 4.0 * sum(1 for q in ctx.quantities if lo <= q.first < hi)
    if m.first < 4 and m.first < anchor.first:
        cost = min(cost, 6.0)  # "In 2024, ..." opens a sentence for all that follows
    return cost + (0.0 if m.first >= anchor.first else 1.0)
