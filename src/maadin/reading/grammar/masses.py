"""What a tonnage, a sum of money or a price may be: a level of a metric, the size of a measure; the options, each with its distance."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.bound import LIMIT, Bound, apart
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.evidence import idle
from maadin.reading.grammar.metrics import elsewhere, metrics
from maadin.reading.model import Mention

OF_MASS = {"quota": -1.5, "supply_offer": -3.0, "capacity_project": 4.0, "joint_venture": 6.0, "price_support": 3.0}
OF_MONEY = {"fund": 0.0, "capacity_project": 1.0, "joint_venture": 2.0, "price_support": 2.0, "supply_offer": 6.0}
OF_VALUE = ("exports", "imports", "value", "reserves")
_CAUSE = 8.0
_NEXT = 4.0
_PURPOSE, _REACHED, _AFTER, _WEAK_VALUE = 8.0, 6.0, 6.0, 8.0
_CEILING = 4.0
_LEAST = 1e5  # dollars below which a sum is no trade and no investment


def prices(ctx: Context, q: Mention) -> list[Bound]:
    """What a price per mass may be: a duty, a floor, else the price itself."""
    made = [Bound(q, "tariff", m, apart(ctx, q, m)) for m in ctx.sentence.of("instrument") if m.id == "tariff" and apart(ctx, q, m) <= 6.0]
    made += [
        Bound(q, "measure", m, min(4.5, apart(ctx, q, m)))
        for m in ctx.sentence.of("instrument")
        if m.id == "price_support" and apart(ctx, q, m) <= 12.0
    ]
    return [*made, Bound(q, "price", next((m for m in ctx.sentence.of("metric") if m.id == "price"), None), 5.0)]


def _given(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether somebody is offered a tonnage: "offered China 2 million tonnes of bauxite"."""
    told = m.traits.get("part") == "verb" and quantity(q).unit == "tonne" and 0 < q.first - m.last <= _NEXT
    return told and any(m.last <= p.first and p.last <= q.first and p.role == "bare" for p in ctx.parties)


def masses(ctx: Context, q: Mention) -> list[Bound]:
    """What a tonnage or a sum of money may be: a level, or the size of a measure."""
    money = quantity(q).unit == "USD"
    made = []
    for m in metrics(ctx):
        if m.id == "price" or m.traits.get("part") == "adjective" or elsewhere(ctx, q, m) or _exceeded(ctx, q, m):
            continue
        cost = apart(ctx, q, m) + (2.0 if m.traits.get("weak") else 0.0) + (7.0 if m.traits.get("part") == "agent" else 0.0)
        cost += _AFTER if m.traits.get("weak") and m.first >= q.last and m.traits.get("part") == "noun" else 0.0
        cost += _NEXT if m.first >= q.last and _marked(ctx, q, m) else 0.0
        cost += (_PURPOSE if _purpose(ctx, q, m) else 0.0) - (_REACHED if _reached(ctx, q, m) else 0.0)
        cost -= _CAUSE if _reaches(ctx, q, m) else 0.0
        if money and m.id == "value" and (flow := _of_flow(ctx, m)) is not None:
            made.append(Bound(q, "level", flow, cost))
            continue
        if money and m.id == "value" and _worth(ctx, m):
            cost += 2 * _WEAK_VALUE
        if money and (m.traits.get("possession") or m.id not in OF_VALUE):
            continue
        if money:
            cost += _WEAK_VALUE if m.traits.get("weak") else {"exports": 1.0, "imports": 1.0, "value": 5.0, "reserves": 5.0}.get(m.id, 12.0)
        elif m.id == "value":
            continue
        made.append(Bound(q, "level", m, cost))
    for m in ctx.sentence.of("instrument"):
        if m.id == "supply_offer" and m.traits.get("weak") and not _given(ctx, q, m):
            continue  # "sought offers of up to 7,500 tonnes"
        extra = (OF_MONEY if money else OF_MASS).get(m.id)
        if extra is not None and not (idle(ctx, m) and _has_capacity(ctx, q, m)):
            built = (
                m.id in ("capacity_project", "joint_venture")
                and not m.traits.get("cooperation")
                and any(c.id == "capacity" and ctx.scene.gap(c, q) <= 2.0 for c in ctx.sentence.of("metric"))
            )
            made.append(
                Bound(
                    q,
                    "measure",
                    m,
                    -1.0
                    if built and ctx.scene.gap(m, q) <= 16.0
                    else apart(ctx, q, m)
                    + extra
                    + _because(ctx, q, m)
                    - (_CEILING if m.id == "quota" and _set_at(ctx, q, m) else 0.0)
                    + (3 * _NEXT if m.id == "quota" and m.first >= q.last and _marked(ctx, q, m) else 0.0),
                )
            )
    made = [b for b in made if b.cost <= LIMIT + 4.0]
    if money and quantity(q).high < _LEAST:
        return []
    if (moved := _by(ctx, q)) is not None:
        return [Bound(q, "", moved, 0.0)]
    if not made and not money and ctx.memory.metric and not ctx.sentence.of("instrument"):
        made.append(Bound(q, "level", None, LIMIT))
    return made


def _because(ctx: Context, q: Mention, m: Mention) -> float:
    """What a cause between a quantity and an instrument adds: "860,000 tonnes thanks to a new smelter"."""
    return _CAUSE if m.first >= q.last and set(ctx.scene.words_between(q, m)) & connectives.words("cause") else 0.0


def _of_flow(ctx: Context, m: Mention) -> Mention | None:
    """The flow that is worth so much: "imports of rare earths were valued at", "exported 3 Mt ..., worth $9bn"."""
    told = ctx.scene.words[m.first].key != "value" and m.traits.get("part") in ("noun", "verb")
    flows = [
        f
        for f in ctx.sentence.of("metric")
        if f.id in ("exports", "imports", "production") and f.last <= m.first and not f.traits.get("weak")
    ]
    return flows[-1] if told and ctx.sentence.lang == "en" and flows and ctx.scene.gap(flows[-1], m) <= LIMIT else None


def _by(ctx: Context, q: Mention) -> Mention | None:
    """The change or difference that a mass or sum is the size of, no level: "up 19 Mt", "a rise of 5 Mt"; not "up to"."""
    more = next(
        (
            o
            for o in ctx.sentence.of("link")
            if o.id == "compared_with"
            and (o.traits.get("more") or o.traits.get("less"))
            and 0 <= o.first - q.last <= 1
            and not _marked(ctx, q, o)
        ),
        None,
    )
    if more is not None:
        return more  # "$210 million more than Russia"
    if {w.key for w in ctx.scene.words[q.first : q.first + 1]} & connectives.words("level_bound"):
        return None  # "fell below 0.9 Mt"
    if q.first and ctx.scene.words[q.first - 1].text == "+":
        return Mention("change", q.first - 1, q.first, "up")  # "(+4.4 Mt)"
    named = ctx.sentence.of("metric")
    for c in (c for c in ctx.sentence.of("change") if not any(ctx.scene.overlaps(c, m) for m in named)):  # not "dug up"
        between = ctx.scene.words_between(c, q)
        if (
            c.last <= q.first
            and not c.traits.get("factor")
            and len(between) <= 1
            and all(k in connectives.words("size_of") for k in between)
        ):
            return c
    return None


def _reaches(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether an Arabic verb of reaching opens the clause of a metric and this is the first figure after it: "بلغ إجمالي واردات ...، خلال ...، نحو 290 ألف طن"."""
    if (
        ctx.sentence.lang != "ar"
        or m.traits.get("part") != "noun"
        or any(m.last <= o.first < q.first for o in ctx.quantities)
        or m.last > q.first
    ):
        return False
    return any(f.key in connectives.words("reach") for w in ctx.scene.words[max(0, m.first - 2) : m.first] for f in w.forms)


def _exceeded(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure only tells by how much something is above a metric: "supply will exceed demand by 200,000 tonnes"."""
    above = m.first and any(f.key in connectives.words("exceeds") for w in ctx.scene.words[max(0, m.first - 2) : m.first] for f in w.forms)
    by = ctx.scene.words[q.first].text.startswith("ب") or set(ctx.scene.before(q, 1)) & connectives.words("size_of")
    return bool(above and by and m.last <= q.first)


def _worth(ctx: Context, m: Mention) -> bool:
    """Whether "worth" tells the size of a fund or a plant before it: "صندوق ... بقيمة مليار دولار"."""
    said = "ب" in m.form.before or ctx.scene.words[m.first].key == "worth" or ctx.scene.before(m) == ["ما"]
    flows = [
        f
        for f in ctx.sentence.of("metric")
        if f.id in ("exports", "imports") and (f.traits.get("part") == "verb" or not f.traits.get("weak"))
    ]
    sized = [o for o in ctx.sentence.of("instrument") if o.id in OF_MONEY]
    return said and any(o.last <= m.first and ctx.scene.gap(o, m) <= _REACHED for o in (*sized, *flows))


def _has_capacity(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether the capacity of a plant that works is told: "طاقة المصهر ..." before it, and no other word for what the figure measures."""
    if ctx.sentence.lang == "en" and ctx.scene.words[m.last - 1].key.endswith("s"):
        return any(c.id == "capacity" and m.last <= c.first < q.first for c in ctx.sentence.of("metric"))
    return (
        any(c.id == "capacity" and c.last <= m.first and ctx.scene.gap(c, m) <= 1.0 for c in ctx.sentence.of("metric"))
        and m.first < q.first
    )


def _set_at(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure is the level that a ceiling stands at: "capped exports at 96,600 t"."""
    return m.last <= q.first and bool(set(ctx.scene.before(q)) & connectives.words("at_level"))


def _marked(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a comma, or a country that acts, stands between: what follows is another clause."""
    acts = m.traits.get("part") == "verb" and any(
        q.last < p.first and p.last == m.first and p.role == "bare" and set(ctx.scene.before(p.group)) & connectives.words("and")
        for p in ctx.parties
    )
    return acts or any(w.text in (",", "،", ";", "؛") for w in ctx.scene.words[q.last : m.first])


def _purpose(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a metric after a figure only tells what it is for: "157 Mt of bauxite to produce alumina", "لإنتاج الألومينا"."""
    return m.first >= q.last and ("ل" in m.form.before or bool(set(ctx.scene.before(m, 1)) & {"to", "for"}))


def _reached(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure is what a metric rose or fell to: "output will grow 1.5% to 5.58 Mt"."""
    moves = [c for c in ctx.sentence.of("change") if m.first - 2 <= c.first < q.first]
    return (
        m.last <= q.first
        and bool({*ctx.scene.before(q), *(w.key for w in ctx.scene.words[q.first : q.last])} & connectives.words("to_level"))
        and bool(moves)
    )
