"""What a quantity measures: the metric, duty, change or share it belongs to, the nearest that fits its unit."""

from __future__ import annotations

from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.elided import amounts, beside
from maadin.reading.grammar.goods import goods_beside
from maadin.reading.grammar.masses import masses, prices
from maadin.reading.grammar.percents import percents
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

__all__ = ["Bound", "bind"]

_ROW = 14
_BESIDE, _APART = 5, 14  # words between a tonnage and the share that tells it another way
_EACH = 6.0  # how much nearer "each vehicle" counts than a metric
_VALUED = 5  # words between tonnes and what they are worth
_OTHERS = 7.0  # how near something else stands that a figure is of


def bind(ctx: Context) -> list[Bound]:
    """Every quantity of a sentence with what it measures; those that measure nothing of ours are left out."""
    found: list[Bound] = []
    for q in amounts(ctx):
        unit = quantity(q).unit
        if unit == "tonne":
            ctx.memory.unit = unit
        last = found[-1] if found else None
        if last is not None and (again := _again(ctx, last, q)) is not None:
            found.append(again)
            continue
        options = percents(ctx, q) if unit == "percent" else prices(ctx, q) if "/" in unit else masses(ctx, q)
        options += [Bound(q, "", m, ctx.scene.gap(q, m) - (_EACH if m.id == "use" else 1.0)) for m in _distractors(ctx, q)]
        best = min(options, key=lambda b: b.cost, default=None)
        alike = next((i for i in range(len(found) - 1, -1, -1) if quantity(found[i].quantity).unit == unit), None)
        if alike is not None:
            best = _further(ctx, found, alike, q, best)
        if last is not None and best is not None and last.what == "measure" and best.trigger is not None and best.trigger.id == "value":
            best = replace(best, what="measure", trigger=last.trigger)  # a list of purchases, each with its value
        if best is not None and best.what:
            found.append(best)
    found = respective(ctx, found)
    return [replace(b, whole=_whole(ctx, b, found[i + 1] if i + 1 < len(found) else None)) for i, b in enumerate(found)]


def respective(ctx: Context, found: list[Bound]) -> list[Bound]:
    """Figures that go to countries in order: "Canada and Australia with 14,000 and 6,300 tonnes respectively"."""
    cue = next((i for i, w in enumerate(ctx.scene.words) if w.key in connectives.words("respectively")), None)
    if cue is None:
        return found
    row = [b for b in found if b.quantity.last <= cue and b.what in ("level", "share")]
    row = [b for b in row if quantity(b.quantity).unit == quantity(row[-1].quantity).unit and _row(ctx, b.quantity, cue)]
    places = [p for p in ctx.parties if row and p.kind == "place" and p.last <= row[0].quantity.first]
    single = [replace(p, group=Group((m,)), codes=(m.id,)) for p in places for m in p.group.mentions]
    if len(row) < 2 or len(single) < len(row):
        return found
    head = next((b for b in found if b.what == row[0].what and b not in row), None)
    told = dict(zip(map(id, row), single[-len(row) :], strict=True))
    return [replace(b, holder=told[id(b)], head=head) if id(b) in told else b for b in found]


def _row(ctx: Context, q: Mention, cue: int) -> bool:
    """Whether a figure stands in the row of figures right before "respectively"."""
    return cue - q.last <= _ROW and all(ctx.scene.words[i].what != "word" or _in_row(ctx, i) for i in range(q.last, cue))


def _in_row(ctx: Context, i: int) -> bool:
    """Whether a word of such a row is a figure, "and" or the first word of "على التوالي"."""
    figure = any(m.first <= i < m.last for m in ctx.sentence.of("quantity", "number"))
    return figure or ctx.scene.words[i].key in connectives.words("and") | {"علي"}


def _distractors(ctx: Context, q: Mention) -> list[Mention]:
    """What a figure near it may be of that is none of ours; "costs" is a verb right before a price."""
    priced = "/" in quantity(q).unit
    found = [m for m in ctx.sentence.of("distractor") if ctx.scene.gap(q, m) < _OTHERS and not (priced and m.id == "stocks")]
    return [m for m in found if not (_bought(q, m) or _fund_of(ctx, q, m) or (priced and m.id == "costs" and m.last == q.first))]


def _fund_of(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether revenues are only what a fund of that size is fed from: "a fund of $10 billion from copper revenues"."""
    funds = [o for o in ctx.sentence.of("instrument") if o.id == "fund" and o.last <= q.first and ctx.scene.gap(o, q) <= 2.0]
    return bool(funds) and m.first >= q.last


def _bought(q: Mention, m: Mention) -> bool:
    """Whether a sum of money is what a stake costs: "a $400 million stake"."""
    return m.id == "ownership" and m.first == q.last and quantity(q).unit == "USD"


def _whole(ctx: Context, b: Bound, after: Bound | None) -> Mention | None:
    """The word that "500,000 out of 700,000 tonnes that X imports" has the total from; None for any other figure."""
    if after is None or b.what != "level" or after.what != "level" or after.trigger is None or after.trigger.first < after.quantity.last:
        return None
    between = set(ctx.scene.words_between(b.quantity, after.quantity))
    return after.trigger if len(between) <= 4 and (between >= {"out", "of"} or "اصل" in between) else None


def _further(ctx: Context, found: list[Bound], at: int, q: Mention, best: Bound | None) -> Bound | None:
    """A figure after another of its unit: of a list with countries, or of the same metric where it names none."""
    last = found[at]
    if (goods := goods_beside(ctx, q)) is not None and last.what in ("share", "change") and beside(ctx, q) is None:
        return Bound(q, last.what, last.trigger, last.cost + 1.0, head=last.head or last, goods=goods)
    if (listed := _listed(ctx, last, q, best)) is not None:
        if last.holder is None and (own := beside(ctx, last.quantity)) is not None:
            last = found[at] = replace(last, holder=own)
        return replace(listed, head=last.head or last)
    if last.what == "change" and best is not None and best.what == "share" and best.trigger is None and "و" in q.form.before:
        return Bound(q, "change", last.trigger, last.cost + 1.0)  # "by 150% from Ukraine and 130% from Canada"
    earlier = last.head is not None and last.holder is None and last.goods is None and ctx.scene.before(q) == ["and"]
    if last.what == "share" and (_before_level(ctx, q) or earlier):
        return Bound(q, "share", last.trigger, last.cost + 2.0, head=last.head or last)
    if (
        (best is None or (best.what == "level" and best.trigger in (None, last.trigger)))
        and last.what == "level"
        and quantity(q).unit == "tonne"
    ):
        if (other := _other(ctx, last, q)) is not None:
            return Bound(q, "level", last.trigger, last.cost + 2.0, holder=other, head=last.head or last)
        return Bound(q, "level", last.trigger, last.cost + 2.0)
    return best


def _before_level(ctx: Context, q: Mention) -> bool:
    """Whether a figure is the level before: "from 68%", "مقابل 68%", "بعدما كانت 68%"."""
    lead = ctx.scene.before(q, 2)
    compared = set(lead) & connectives.words("level_before") and quantity(q).unit == "percent"
    return bool(set(lead[:1]) & connectives.words("from_level") or set(lead) & {"كانت", "كان"} or compared)


def _other(ctx: Context, last: Bound, q: Mention) -> Party | None:
    """The country that a figure of the same metric passes on to: "India's output rose to 150 Mt, while Japan's fell to 84 million"."""
    lo = last.quantity.last if last.quantity.last <= q.first else 0
    turns = connectives.words("turn") | {"and", "و"}
    known = [p for p in ctx.parties if lo <= p.first and p.last <= q.first and p.kind == "place" and p.role in ("bare", "adj")]
    return next((p for p in known if set(ctx.scene.before(p.group, 1)) & turns and lo), None)


def _listed(ctx: Context, last: Bound, q: Mention, best: Bound | None) -> Bound | None:
    """A further figure of a list: of the same unit, with its own country beside it and no word of its own for what it measures."""
    if last.what not in ("level", "share") or quantity(last.quantity).unit != quantity(q).unit or (holder := beside(ctx, q)) is None:
        return None
    if best is not None and best.trigger is not None and best.what != last.what and best.cost < 1.0:
        return None
    own = best.trigger if best is not None and best.what == last.what and "ل" not in best.trigger_form else None
    if (
        own is not None
        and own.kind == "metric"
        and own.traits.get("part") != "agent"
        and max(last.quantity.last, min(holder.first, q.first)) <= own.first < q.first
    ):
        return None  # "X exports 5 Mt and Y imports 3 Mt"
    return Bound(q, last.what, last.trigger, last.cost + 1.0, holder=holder)


def _valued(ctx: Context, last: Bound, q: Mention) -> bool:
    """Whether a sum is the value of the tonnes traded just before: "7,459 tonnes worth $268 million", "بما يعادل 268 مليون دولار"."""
    traded = last.what == "level" and last.trigger is not None and last.trigger.id in ("exports", "imports")
    lead = set(ctx.scene.before(q, 2)) | {w.key for w in ctx.scene.words[q.first : q.last]}
    return (
        traded
        and quantity(last.quantity).unit == "tonne"
        and 0 < q.first - last.quantity.last <= _VALUED
        and bool(lead & connectives.words("worth"))
    )


def _again(ctx: Context, last: Bound, q: Mention) -> Bound | None:
    """A tonnage that tells a share another way, or a share a tonnage: "58%, or 2.8 million tonnes"."""
    if quantity(q).unit == "USD" and _valued(ctx, last, q):
        return Bound(q, "level", last.trigger, last.cost + 1.0)
    if {quantity(last.quantity).unit, quantity(q).unit} != {"percent", "tonne"} or last.what not in ("share", "level"):
        return None
    lead = [k for k in ctx.scene.before(q, 3) if k not in connectives.words("beside")]
    if last.what == "share" and lead and lead[0] in connectives.words("apposition") | {":"} and q.first - last.quantity.last <= 16:
        return Bound(q, "level", last.trigger, last.cost + 2.0, before=last)
    told = last.what == "level" and last.before is None and q.first - last.quantity.last <= _APART
    if (
        told
        and connectives.words("apposition")
        & set(ctx.scene.before(q, 2) if q.first - last.quantity.last > _BESIDE else ctx.scene.words_between(last.quantity, q))
        and set(ctx.scene.after(q, 2)) & {"of", "من"}
    ):
        return Bound(q, "share", last.trigger, last.cost + 2.0, before=last)
    return None
