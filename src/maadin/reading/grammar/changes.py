"""Rises and falls in percent: "exports fell 6.1% in September", "prices have doubled"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft, figures, quantity
from maadin.reading.grammar.elided import beside
from maadin.reading.grammar.metrics import OF, elsewhere, meant, metrics
from maadin.reading.grammar.owners import Owner, other_end, owner
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention, Moment

_DATED = 8.0  # how near a size its month stands
_QUOTED = 7.0  # how far before "rose" the commodity stands that did
_SUBJECT = 4.0  # how far before "doubled" its metric stands


def change(ctx: Context, b: Bound) -> Draft | None:
    """A rise or fall of the metric nearest to its verb."""
    q, c = b.quantity, b.trigger
    assert c is not None
    known = [
        m
        for m in metrics(ctx)
        if m.traits.get("part") not in ("agent", "adjective")
        and m.id in OF
        and not (_idle(ctx, m, c) or _of_duty(ctx, m) or elsewhere(ctx, c, m) or (m.traits.get("recalled") and m.first > c.first))
    ]
    m = (
        next((k for k in known if ctx.scene.overlaps(k, c)), None)
        or _closing(ctx, known, c)
        or ctx.scene.nearest(c, known, 14.0)
        or _told(known, c)
    )
    if _at_a_price(ctx, q):
        return None
    if m is None and _quoted(ctx, c) and _level_of_goods(ctx, q) and ctx.memory.metric in ("production", "exports", "imports"):
        return _draft(ctx, ctx.memory.metric, (c, q), q, _signed(q, c), b.cost)
    if m is None and ctx.memory.flow is not None and c.traits.get("harks"):
        return _harking(ctx, b)
    if m is None and _quoted(ctx, c) and _in_time(ctx, q) and not _of_stocks(ctx, m, c):
        return _goods_dearer(ctx, b)
    if _of_stocks(ctx, m, c) or (m is None and _quoted(ctx, c)):
        return None
    metric = meant(m) if m is not None else ctx.memory.metric if c.traits.get("part") == "verb" and not _firm(ctx, c) else ""
    if metric not in OF or metric == "reserves":
        return None
    told = _signed(q, c)
    return _draft(ctx, metric, (m, c) if m is not None else (c, q), q, told, b.cost)


def _signed(q: Mention, c: Mention) -> dict[str, Any]:
    """Fields of the size of a rise or fall."""
    value = quantity(q)
    sign = -1.0 if c.id in ("down", "halve") or c.traits.get("less") else 1.0
    return {**figures(q), "value": sign * value.low if value.low == value.high else tuple(sorted((sign * value.low, sign * value.high)))}


def _at_a_price(ctx: Context, q: Mention) -> bool:
    """Whether a price stands right after a move: "was down 0.1% at $2,576.50"."""
    if set(ctx.scene.after(q)) & {"at", "عند"}:
        return any(0 < o.first - q.last <= 2 and quantity(o).unit.startswith("USD") for o in ctx.sentence.of("quantity"))
    return False


def _level_of_goods(ctx: Context, q: Mention) -> bool:
    """Whether a tonnage follows that the goods rose or fell to: "copper, in turn, rose 2.4% to 107,400 tonnes"."""
    return any(o.first >= q.last and quantity(o).unit == "tonne" and ctx.scene.gap(q, o) <= _DATED for o in ctx.quantities)


def _harking(ctx: Context, b: Bound) -> Draft | None:
    """A change of the flow that the sentence before told: "This is 11% more germanium than in October"."""
    q, c, told = b.quantity, b.trigger, ctx.memory.flow
    assert c is not None and told is not None
    names, far, group = commodities(ctx, c, limit=_SUBJECT)
    fields = {"kind": "claim", "metric": "change", "of": told["metric"], "country": told["country"], **_signed(q, c)}
    fields["commodity"] = names if group is not None else told["commodity"]
    return Draft(q, fields, "change", [a for a in (c, q, group) if a], b.cost + (far if group is not None else 1.0))


def _in_time(ctx: Context, q: Mention) -> bool:
    """Whether a move is one of a month or more, not of a day's trade: "tin plunged 17% in September"."""
    dates = [d for d in ctx.sentence.of("date") if isinstance(d.value, Moment) and (d.value.text or d.value.vague)]
    near = ctx.scene.nearest(q, dates, _DATED)
    return near is not None and isinstance(near.value, Moment) and 0 < len(near.value.text) <= len("2025-09")


def _goods_dearer(ctx: Context, b: Bound) -> Draft | None:
    """A rise or fall of the price where the goods themselves rose or fell."""
    q, c = b.quantity, b.trigger
    assert c is not None
    names, far, group = commodities(ctx, c, limit=_QUOTED)
    if not names or group is None:
        return None
    fields = {"kind": "claim", "metric": "change", "of": "price", "country": WORLD, "commodity": names, **_signed(q, c)}
    return Draft(q, fields, "change", [group, c, q], b.cost + far)


def _in_list(ctx: Context, q: Mention) -> Owner | None:
    """Whose level stands right before a change in a list of them: "India 9 million tonnes, up 3%, and Japan 7 million, down 5%"."""
    levels = [o for o in ctx.quantities if quantity(o).unit == "tonne"]
    before = [o for o in levels if o.last <= q.first]
    party = beside(ctx, before[-1]) if before and len(levels) > 1 else None
    return (party.codes, 0.0, party) if party is not None and party.role not in ("from", "to") else None


def _idle(ctx: Context, m: Mention, c: Mention) -> bool:
    """Whether a word of possession is only the auxiliary of the change ("has tumbled")."""
    return (ctx.scene.overlaps(m, c) and not (c.first < m.first and m.last <= c.last)) or bool(m.traits.get("possession"))


def _of_duty(ctx: Context, m: Mention) -> bool:
    """Whether a flow is only what a duty is on: "duties on imports"."""
    return any(o.id == "tariff" and o.last - o.first > 1 and o.first <= m.first and m.last <= o.last for o in ctx.sentence.of("instrument"))


def _quoted(ctx: Context, c: Mention) -> bool:
    """Whether the commodity itself rose or fell, on a day's trade: "copper in London was 0.4% lower"."""
    if ctx.sentence.lang == "ar" and c.traits.get("part") == "verb":
        return any(g.first == c.last and not g.traits.get("outside") for g in ctx.sentence.of("commodity"))
    goods = [g for g in ctx.sentence.of("commodity") if g.last <= c.first and ctx.scene.gap(g, c) <= _QUOTED]
    return bool(goods) and not any(goods[-1].last <= p.first and p.last <= c.first and p.role == "bare" for p in ctx.parties)


def _firm(ctx: Context, c: Mention) -> bool:
    """Whether a company is what rose or fell: its share price, not its output."""
    return any(p.kind == "company" and 0 <= c.first - p.last <= 1 for p in ctx.parties)


def _closing(ctx: Context, known: Sequence[Mention], c: Mention) -> Mention | None:
    """The metric told before, of a change that closes its clause: "output reached 87 Mt, up 14%", "بزيادة 14%"."""
    joined = "ب" in c.form.before or ctx.scene.words[c.first].text.startswith("ب")
    return _told(known, c) if joined and c.traits.get("part") == "noun" else None


def _told(known: Sequence[Mention], c: Mention) -> Mention | None:
    """The metric that the sentence told before: "exports reached 4.8 Mt ..., an increase of 24%"."""
    earlier = [m for m in known if m.last <= c.first and m.traits.get("part") in ("noun", "verb")]
    return earlier[-1] if earlier else None


def _of_stocks(ctx: Context, m: Mention | None, c: Mention) -> bool:
    """Whether it is the share price of a company that rose or fell, or its revenue and the like."""
    if any(0 <= c.first - d.last <= 1 and (m is None or m.last <= d.first or m.first >= c.last) for d in ctx.sentence.of("distractor")):
        return True
    stocks = [d for d in ctx.sentence.of("distractor") if d.id == "stocks" and d.last <= c.first]
    return bool(stocks) and (m is None or m.traits.get("weak") or m.last <= stocks[-1].first or m.first > c.first)


def multiples(ctx: Context) -> Iterator[Draft]:
    """Changes told as a multiple, without a figure: "cobalt prices have more than doubled"."""
    for c in ctx.sentence.of("change"):
        factor = _so_many_times(ctx, c) or c.traits.get("factor")
        told_apart = any(ctx.scene.gap(c, q) <= _SUBJECT and quantity(q).unit == "percent" for q in ctx.quantities)
        lead = _by_so_much(ctx, c)
        if not factor or told_apart or not (c.traits.get("tense") == "past" or lead or _foreseen(ctx, c) or _opens(ctx, c)):
            continue
        nouns = [m for m in ctx.sentence.of("metric") if m.id in OF and m.id != "reserves" and m.traits.get("part") == "noun"]
        before = [m for m in nouns if m.last <= c.first] if ctx.sentence.lang == "en" else nouns
        m = ctx.scene.nearest(lead or c, before, _SUBJECT)
        if m is None:
            continue
        more = any(w.key in ("more", "than", "اكثر", "باكثر") for w in ctx.scene.words[max(0, c.first - 2) : c.last])
        told = {"value": round((float(factor) - 1.0) * 100.0, 6), "unit": "percent", "comparator": "gt" if more else "eq"}
        if draft := _draft(ctx, m.id, (m, c), c, told, 2.0):
            yield draft


def _so_many_times(ctx: Context, c: Mention) -> Any:
    """The factor that follows a verb of multiplying in Arabic: "تضاعفت صادرات ... ثلاث مرات"; None where none does."""
    if ctx.sentence.lang != "ar" or c.id != "double" or c.traits.get("part") != "verb":
        return None
    times = [
        o for o in ctx.sentence.of("change") if o.traits.get("part") == "phrase" and o.traits.get("factor", 0) > 2 and o.first >= c.last
    ]
    return times[0].traits["factor"] if times and ctx.scene.gap(c, times[0]) <= 2 * _SUBJECT else None


def _by_so_much(ctx: Context, c: Mention) -> Mention | None:
    """The verb whose rise a multiple tells in Arabic: "زاد إنتاج ... بأكثر من الضعف"."""
    if ctx.sentence.lang != "ar" or c.traits.get("part") != "phrase":
        return None
    if c.id == "halve":
        fell = [o for o in ctx.sentence.of("change") if o.id == "down" and o.traits.get("tense") == "past" and o.last <= c.first]
        return fell[-1] if fell and ctx.scene.gap(fell[-1], c) <= 2 * _SUBJECT else None
    if not set(ctx.scene.before(c, 2)) & {"باكثر", "من", "الي", "بنحو"}:
        return None
    rose = [o for o in ctx.sentence.of("change") if o.id == "up" and o.traits.get("tense") == "past" and o.last <= c.first]
    return rose[-1] if rose and ctx.scene.gap(rose[-1], c) <= 2 * _SUBJECT else None


def _foreseen(ctx: Context, c: Mention) -> bool:
    """Whether a change is told as one to come: "demand will treble", "is expected to double"; not "wants to double"."""
    known = connectives.words("foreseen")
    return c.traits.get("tense") == "present" and (
        "س" in c.form.before or bool({*ctx.scene.before(c, 2), ctx.scene.words[c.first].key} & known)
    )


def _opens(ctx: Context, c: Mention) -> bool:
    """Whether what looks like an Arabic verbal noun opens a clause, and so is the verb: "تضاعف إنتاج إندونيسيا"."""
    if not c.traits.get("masdar") or c.form.before.strip("وف") or c.form.article:
        return False
    before = ctx.scene.words[c.first - 1] if c.first else None
    return before is None or before.what == "mark" or bool(c.form.before) or before.key in connectives.words("then_verb")


def _passed_on(ctx: Context, anchors: tuple[Mention, ...]) -> Owner | None:
    """The country right before a change whose metric another country had: "India's output rose, while Japan's fell 3%"."""
    m, c = anchors
    party = next(
        (p for p in ctx.parties if m.last <= p.first and p.last == c.first and p.role in ("bare", "adj") and p.kind == "place"), None
    )
    return (party.codes, 0.0, party) if party is not None else None


def _own_end(ctx: Context, metric: str, q: Mention) -> tuple[str, ...] | None:
    """The other end told right after a figure of a list: "150% from Ukraine and 130% from Canada"."""
    role = {"imports": "from", "exports": "to"}[metric]
    return next((p.codes for p in ctx.parties if p.role == role and 0 <= p.first - q.last <= 1), None)


def _risen(ctx: Context, anchors: tuple[Mention, ...]) -> tuple[tuple[str, ...], float, Group] | None:
    """The goods that are the subject of a rise in a further clause: "copper output rose 4%, while zinc fell 2%"."""
    verb = next((a for a in anchors if a.kind == "change" and a.traits.get("part") == "verb"), None)
    if verb is None or ctx.sentence.lang != "en":
        return None
    turns = connectives.words("turn") | {",", "and"}
    for g in ctx.scene.groups("commodity"):
        specific = not any(m.traits.get("generic") or m.traits.get("outside") for m in g.mentions)
        if g.last == verb.first and specific and set(ctx.scene.before(g)) & turns:
            return tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in g.mentions)), 0.0, g
    return None


def _draft(ctx: Context, metric: str, anchors: tuple[Mention, ...], at: Mention, told: dict[str, Any], so_far: float) -> Draft | None:
    listed = _in_list(ctx, at) if anchors[-1].traits.get("part") != "verb" or anchors[-1].traits.get("tense") == "present" else None
    codes, cost, party = _passed_on(ctx, anchors) or listed or owner(ctx, metric, *anchors)
    if metric == "price" and (party is None or ctx.scene.gap(party.group, anchors[0]) > 2.0):
        codes, party, cost = WORLD, None, 2.0
    names, far, group = _risen(ctx, anchors) or commodities(ctx, *anchors)
    if not codes or not names:
        return None
    fields: dict[str, Any] = {"kind": "claim", "metric": "change", "of": OF[metric], "country": codes, "commodity": names, **told}
    if metric in ("exports", "imports"):
        fields["target"] = _own_end(ctx, metric, at) or other_end(ctx, metric, *anchors, unless=(party,) if party else ())
    return Draft(at, fields, "change", [a for a in (*anchors, at, group, party and party.group) if a], so_far + cost + far)
