"""When: the date of a statement, from its clause, its sentence or the year told before."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import Context, Draft, quantity
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention, Moment

REACH = 14.0
PERIODIC = ("production", "exports", "imports", "consumption", "value")
_OPENS = 1  # where a window that opens a sentence stands at most
_BREAKS = frozenset((",", "،", ";", "؛", ")", ":"))
_ELSEWHERE = 4.0  # what a date in another clause costs
_DAY = 10  # characters of a date that tells the day
_FAR = 12  # the same where it is told as so many years ago
_OUT = 2  # words from "released" to its day
_LEAD = 7  # words before a date in which it is told that it is only compared with


def moment(ctx: Context, d: Draft) -> tuple[str | None, str | None]:
    """The date and the vague window that go with a statement; None where there is none."""
    told = [m for m in ctx.sentence.of("date") if isinstance(m.value, Moment)]
    dated = [(m, m.value) for m in told if not _compared(ctx, d, m)]
    dates = [(_cost(ctx, d, m), m.first, v) for m, v in dated if v.text and not (v.relative and (_lasting(d, v) or _of_medium(ctx, d, m)))]
    vague = [(_cost(ctx, d, m), m.first, v.vague) for m, v in dated if v.vague and _in_clause(ctx, d, m)]
    near = min(dates, key=lambda c: c[:2], default=None)
    window = min(vague, key=lambda c: c[:2], default=None)
    text = near[2].text if near is not None and near[0] <= REACH else None
    open_window = window[2] if window is not None and window[0] <= 2 * REACH else None
    if text is None and open_window is None and d.fields.get("metric") != "rank" and _of_period(d):
        text = _of_sentence(dates) or (_carried(ctx) if not dates else None)
    return text, open_window


def _of_period(d: Draft) -> bool:
    """Whether a claim tells a figure of a period: output, trade, use, a share or change of them, or a place in them."""
    told = d.fields
    what = told.get("of") if told.get("metric") in ("share", "change", "rank") else told.get("metric")
    return told["kind"] == "claim" and told.get("value") is not None and what in PERIODIC


def _of_sentence(dates: Sequence[tuple[float, int, Moment]]) -> str | None:
    """The only period that a sentence tells, however far it stands: "In the first nine months of 2025 exports reached ..., a fall of 7%"."""
    told = {v.text for _, _, v in dates if not v.since}
    return told.pop() if len(told) == 1 else None


def _carried(ctx: Context) -> str | None:
    """The period that the sentences before speak of, where this one tells none and nothing of every year."""
    memory, keys = ctx.memory, {f.key for w in ctx.scene.words for f in w.forms}
    if not memory.period or ctx.sentence.paragraph - memory.period_paragraph > 1:
        return None
    if keys & connectives.words("always") or any(quantity(q).per for q in ctx.quantities):
        return None
    return memory.period[:4] if keys & connectives.words("whole_year") else memory.period


def remember_period(ctx: Context, found: Sequence[Draft], dates: Sequence[str | None]) -> None:
    """Keep in mind which period the figures of a sentence are of."""
    told = [(d.anchor.first, date) for d, date in zip(found, dates, strict=True) if date is not None and _of_period(d)]
    if told:
        ctx.memory.period, ctx.memory.period_paragraph = min(told)[1], ctx.sentence.paragraph


def _lasting(d: Draft, v: Moment) -> bool:
    """Whether a claim tells what is so for long, no price of a day: the day on which it was said is no date of it."""
    told = d.fields
    if told["kind"] != "claim":
        return False
    return told.get("value") is None or (len(v.text) == _DAY and told["metric"] not in ("price", "tariff_rate"))


def _of_medium(ctx: Context, d: Draft, m: Mention) -> bool:
    """Whether a day is only that of the interview in which something was said, or on which figures came out."""
    lead = ctx.scene.words[max(0, m.first - _LEAD) : m.first]
    if any(f.key in connectives.words("medium") for w in lead for f in w.forms):
        return True
    return d.fields["kind"] == "claim" and any(f.key in connectives.words("released") for w in lead[-_OUT:] for f in w.forms)


def _in_clause(ctx: Context, d: Draft, m: Mention) -> bool:
    """Whether a vague window stands in the clause of a statement, or opens the sentence."""
    return m.first <= _OPENS or clause(ctx, m.first) == clause(ctx, d.anchor.first)


def _compared(ctx: Context, d: Draft, m: Mention) -> bool:
    """Whether a date is only what a figure is compared with: "up 4% from the same period of 2023", "to 12 t from 11 t a year ago"."""
    cue = _cue(ctx, d, m)
    if cue is None or any(o is not m and cue <= o.first < m.first for o in ctx.sentence.of("date")):
        return False
    return not any(q in d.anchors for q in ctx.quantities if cue <= q.first < m.first)


def _cue(ctx: Context, d: Draft, m: Mention) -> int | None:
    """Where the word stands that compares with a date: "than in 2020", "compared with 3 t in 2020"; after a rise also "from"."""
    words, than, changed = ctx.scene.words, connectives.words("than_in"), connectives.words("than_in_change")
    change = d.fields.get("metric") == "change" and d.anchor.first < m.first
    ago = m.traits.get("count", 0) < 0 and "span" in m.traits
    for at in range(m.first - 1, max(0, m.first - (_FAR if ago else _LEAD)) - 1, -1):
        if words[at].text in _BREAKS:
            return None
        if words[at].key in than and not _bounds(ctx, at):
            return at
        if words[at].key in changed and ((change and at >= d.anchor.last) or (ago and _leads_to(ctx, at, m))):
            return at
    return None


def _bounds(ctx: Context, at: int) -> bool:
    """Whether "than" only bounds a figure: "more than 5 t in 2020"."""
    return any(q.last - at > 0 and q.first <= at + 1 for q in ctx.quantities)


def _leads_to(ctx: Context, at: int, m: Mention) -> bool:
    """Whether a figure and then a date follow a word with nothing between: "from 11 t a year ago"."""
    return any(q.first - at <= 1 and m.first - q.last <= 1 for q in ctx.quantities if at < q.first < m.first)


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
    if clause(ctx, m.first) != clause(ctx, anchor.first):
        cost += _ELSEWHERE
    if m.first < 4 and m.first < anchor.first:
        cost = min(cost, 6.0)  # "In 2024, ..." opens a sentence for all that follows
    return cost + (0.0 if m.first >= anchor.first else 1.0)
