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
_REACHES = 3  # words between a verb of reaching and its figure
_ABOVE = 6  # words between "exceeds" and by how much
_CAPPED = -12.0  # cost of the tonnage that a quota was read from
_LEVEL = 8.0  # how much nearer a tonnage counts that a quota is set at, or raised or cut to
_THEIRS = 14.0  # words between investments and "their value"
_CAN, _NEARER = 1.2, 0.01  # how near a plant stands to its capacity, and what words between two plants and one decide
_OWN = -20.0  # of a tonnage that tells what a project is to make
_WORKED = 2.0  # how far a plant that is being built stands from a tonnage at least
_MAKES = 3  # words before a tonnage that tell it is what a plant makes
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
        if (
            m.id == "price"
            or m.traits.get("part") == "adjective"
            or elsewhere(ctx, q, m)
            or _exceeded(ctx, q, m)
            or (m.traits.get("recalled") and m.first > q.first)
        ):
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
        if "size" in m.traits and m.traits.get("again") and m.traits["size"] != q.first:
            continue
        if m.traits.get("grant") and not (money and (m.last <= q.first or m.value.traits["part"] == "after")):
            continue
        if extra is not None and not (idle(ctx, m) and _has_capacity(ctx, q, m)):
            built = m.id in ("capacity_project", "joint_venture") and not m.traits.get("cooperation") and _size_of_plant(ctx, q, m)
            extra = _WORKED if m.traits.get("work") and not money else extra
            made.append(
                Bound(
                    q,
                    "measure",
                    m,
                    _CAPPED
                    if m.traits.get("figure") == q.first
                    else _OWN
                    if m.traits.get("size") == q.first
                    else _NEARER * ctx.scene.gap(m, q) - (0.0 if m.first >= q.last and m.traits.get("part") == "verb" else _CAN)
                    if built and ctx.scene.gap(m, q) <= 16.0
                    else apart(ctx, q, m)
                    + extra
                    + _because(ctx, q, m)
                    - _ceiling(ctx, q, m)
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


def _size_of_plant(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure is what a plant will be able to make: "with a capacity of 500 t", of one that is being built also "able to treat 500 t", "سينتج 500 طن"."""
    near = [c for c in ctx.sentence.of("metric") if ctx.scene.gap(c, q) <= 2.0]
    if any(c.id == "capacity" for c in near):
        return True
    if not m.traits.get("work") or m.first > q.first:
        return False
    lead = ctx.scene.before(q, _MAKES)
    makes = bool(set(lead) & connectives.words("treats")) or any(c.id == "production" and c.last <= q.first for c in near)
    words = ctx.scene.words[max(0, q.first - 2 * _MAKES) : q.first]
    return makes and any(f.key in connectives.words("makes_possible") or f.before.endswith(("س", "ل")) for w in words for f in w.forms)


def _because(ctx: Context, q: Mention, m: Mention) -> float:
    """What a cause between a quantity and an instrument adds: "860,000 tonnes thanks to a new smelter"."""
    return _CAUSE if m.first >= q.last and set(ctx.scene.words_between(q, m)) & connectives.words("cause") else 0.0


def _of_flow(ctx: Context, m: Mention) -> Mention | None:
    """The flow that is worth so much: "imports of rare earths were valued at", "exported 3 Mt ..., worth $9bn"."""
    if ctx.sentence.lang == "ar":
        return _traded_for(ctx, m)
    told = ctx.scene.words[m.first].key != "value" and m.traits.get("part") in ("noun", "verb")
    flows = [
        f
        for f in ctx.sentence.of("metric")
        if f.id in ("exports", "imports", "production") and f.last <= m.first and (not f.traits.get("weak") or _sales(ctx, f, m))
    ]
    return flows[-1] if told and flows and ctx.scene.gap(flows[-1], m) <= LIMIT else None


def _sales(ctx: Context, f: Mention, m: Mention) -> bool:
    """Whether sales stand right before what they are worth, in a sentence on an exporter: "the second largest exporter, with sales worth"."""
    exporter = any(o.id == "exports" and o.traits.get("part") == "agent" and o.last <= f.first for o in ctx.sentence.of("metric"))
    return exporter and f.traits.get("part") == "noun" and ctx.scene.gap(f, m) <= _NEXT


def _traded_for(ctx: Context, m: Mention) -> Mention | None:
    """The verb of trade that a sum in Arabic is the value of: "اشترت اليورانيوم من روسيا بقيمة 109 ملايين دولار"."""
    flows = [
        f for f in ctx.sentence.of("metric") if f.id in ("exports", "imports") and f.traits.get("part") == "verb" and f.last <= m.first
    ]
    near = "ب" in m.form.before and flows and ctx.scene.gap(flows[-1], m) <= LIMIT
    clear = near and not any(flows[-1].last <= o.first < m.first for o in ctx.sentence.of("instrument"))
    return flows[-1] if clear else None


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
    above = [
        i for i in range(max(0, q.first - _ABOVE), q.first) if any(f.key in connectives.words("exceeds") for f in ctx.scene.words[i].forms)
    ]
    if above and (set(ctx.scene.before(q)) & connectives.words("size_of") or ctx.scene.words[q.first].text.startswith("ب")):
        return Mention("change", above[-1], above[-1] + 1, "up")  # "supply will exceed demand by 200,000 tonnes"
    named = ctx.sentence.of("metric")
    named = [*named, *(m for m in ctx.sentence.of("instrument") if m.id == "fund")]
    for c in (c for c in ctx.sentence.of("change") if not any(ctx.scene.overlaps(c, m) for m in named)):  # not "dug up", "put up"
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
    built = any(not o.traits.get("weak") for o in ctx.sentence.of("instrument") if o.id in OF_MASS)
    if m.id not in ("capacity", "value") and not built and comes_to(ctx, q, m.last):
        return True
    return any(f.key in connectives.words("reach") for w in ctx.scene.words[max(0, m.first - 2) : m.first] for f in w.forms)


def comes_to(ctx: Context, q: Mention, start: int) -> bool:
    """Whether an Arabic verb of reaching stands right before a figure, and after a word: "يبلغ نحو مليار طن"."""
    at = int(q.traits.get("number", q.first))
    words = ctx.scene.words[max(start, at - _REACHES) : at]
    return ctx.sentence.lang == "ar" and any(f.key in connectives.words("comes_to") for w in words for f in w.forms)


def _exceeded(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure only tells by how much something is above a metric: "supply will exceed demand by 200,000 tonnes"."""
    above = m.first and any(f.key in connectives.words("exceeds") for w in ctx.scene.words[max(0, m.first - 2) : m.first] for f in w.forms)
    by = ctx.scene.words[q.first].text.startswith("ب") or set(ctx.scene.before(q, 1)) & connectives.words("size_of")
    return bool(above and by and m.last <= q.first)


def _worth(ctx: Context, m: Mention) -> bool:
    """Whether "worth" tells the size of a fund or a plant before it: "صندوق ... بقيمة مليار دولار"."""
    said = "ب" in m.form.before or ctx.scene.words[m.first].key == "worth" or ctx.scene.before(m) == ["ما"]
    own = m.form.after in ("ه", "ها") and any(
        o.id == "fund" and o.last <= m.first and ctx.scene.gap(o, m) <= _THEIRS for o in ctx.sentence.of("instrument")
    )
    if own:
        return True  # "استثمارات بلغت قيمتها مليار دولار"
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
    led = set(ctx.scene.before(q)) & connectives.words("at_level") or any(f.before == "ب" for f in ctx.scene.words[q.first].forms)
    return m.last <= q.first and bool(led)


def _ceiling(ctx: Context, q: Mention, m: Mention) -> float:
    """How much nearer a figure counts that a quota stands at, more where no verb between tells what else does."""
    if m.id != "quota" or not _set_at(ctx, q, m):
        return 0.0
    verbs = any(m.last <= c.first < q.first for c in ctx.sentence.of("change")) or any(
        m.last <= f.first < q.first and f.traits.get("part") == "verb" for f in ctx.sentence.of("metric")
    )
    return _CEILING if verbs else _LEVEL


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
