"""What a quantity measures: the metric, duty, change or share it belongs to, the nearest that fits its unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, quantity
from maadin.reading.grammar.elided import amounts, beside
from maadin.reading.grammar.metrics import OF, metrics
from maadin.reading.grammar.places import Party
from maadin.reading.model import Mention

OF_MASS = {"quota": -1.5, "supply_offer": -3.0, "capacity_project": 4.0, "joint_venture": 6.0, "price_support": 3.0}
OF_MONEY = {"fund": 0.0, "capacity_project": 1.0, "joint_venture": 2.0, "price_support": 2.0, "supply_offer": 6.0}
FLOWS = ("exports", "imports", "production", "consumption", "capacity", "reserves", "value")
LIMIT = 16.0
_PURPOSE, _REACHED, _AFTER = 8.0, 6.0, 4.0
_TO = 6.0
_DIRECT = frozenset(
    [
        "by",
        "of",
        "to",
        "at",
        "بنسبه",
        "بنحو",
        "بواقع",
        "بمقدار",
        "الي",
        "بمعدل",
        "about",
        "around",
        "some",
        "nearly",
        "over",
        "a",
        "an",
        "the",
        "نحو",
        "حوالي",
        "قدرها",
        "بلغت",
    ]
)

_LEVEL = frozenset(["to", "الي"])  # before a percentage that is a level, no change


@dataclass(frozen=True, slots=True)
class Bound:
    """A quantity and the word it belongs to.

    Attributes
    ----------
    quantity : Mention
    what : str
        level, price, change, share, tariff or measure.
    trigger : Mention or None
        None where the metric is that of the sentence before.
    cost : float
    holder : Party or None
        Whose figure it is, in a list of figures that names each country beside its own.
    head : Bound or None
        The first figure of that list.
    before : Bound or None
        The figure that this one tells another way ("58%, or 2.8 million tonnes").
    """

    quantity: Mention
    what: str
    trigger: Mention | None
    cost: float
    holder: Party | None = None
    head: Bound | None = None
    before: Bound | None = None

    @property
    def trigger_form(self) -> str:
        """What is glued before the word it belongs to."""
        return self.trigger.form.before if self.trigger is not None else ""


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
        options = _percent(ctx, q) if unit == "percent" else _price(ctx, q) if "/" in unit else _amount(ctx, q)
        options += [Bound(q, "", m, ctx.scene.gap(q, m) - 1.0) for m in ctx.sentence.of("distractor") if ctx.scene.gap(q, m) < 7.0]
        best = min(options, key=lambda b: b.cost, default=None)
        alike = next((i for i in range(len(found) - 1, -1, -1) if quantity(found[i].quantity).unit == unit), None)
        if alike is not None:
            best = _further(ctx, found, alike, q, best)
        if last is not None and best is not None and last.what == "measure" and best.trigger is not None and best.trigger.id == "value":
            best = replace(best, what="measure", trigger=last.trigger)  # a list of purchases, each with its value
        if best is not None and best.what:
            found.append(best)
    return found


def _further(ctx: Context, found: list[Bound], at: int, q: Mention, best: Bound | None) -> Bound | None:
    """A figure after another of its unit: of a list with countries, or of the same metric where it names none."""
    last = found[at]
    if (listed := _listed(ctx, last, q, best)) is not None:
        if last.holder is None and (own := beside(ctx, last.quantity)) is not None:
            last = found[at] = replace(last, holder=own)
        return replace(listed, head=last.head or last)
    if (best is None or (best.what == "level" and best.trigger is None)) and last.what == "level" and quantity(q).unit == "tonne":
        return Bound(q, "level", last.trigger, last.cost + 2.0)
    return best


def _listed(ctx: Context, last: Bound, q: Mention, best: Bound | None) -> Bound | None:
    """A further figure of a list: of the same unit, with its own country beside it and no word of its own for what it measures."""
    if last.what not in ("level", "share") or quantity(last.quantity).unit != quantity(q).unit or (holder := beside(ctx, q)) is None:
        return None
    if best is not None and best.trigger is not None and best.what != last.what and best.cost < 1.0:
        return None
    own = best.trigger if best is not None and best.what == last.what and "ل" not in best.trigger_form else None
    if own is not None and last.quantity.last <= own.first and own.last <= q.first and own.traits.get("part") != "agent":
        return None  # "X exports 5 Mt and Y imports 3 Mt"
    return Bound(q, last.what, last.trigger, last.cost + 1.0, holder=holder)


def _again(ctx: Context, last: Bound, q: Mention) -> Bound | None:
    """A tonnage that tells a share another way, or a share a tonnage: "58%, or 2.8 million tonnes"."""
    if {quantity(last.quantity).unit, quantity(q).unit} != {"percent", "tonne"} or last.what not in ("share", "level"):
        return None
    lead = [k for k in ctx.scene.before(q, 3) if k not in connectives.words("beside")]
    if last.what == "share" and lead and lead[0] in connectives.words("apposition") | {":"} and q.first - last.quantity.last <= 16:
        return Bound(q, "level", last.trigger, last.cost + 2.0, before=last)
    told = last.what == "level" and last.before is None and q.first - last.quantity.last <= 5
    if (
        told
        and connectives.words("apposition") & set(ctx.scene.words_between(last.quantity, q))
        and set(ctx.scene.after(q, 2)) & {"of", "من"}
    ):
        return Bound(q, "share", last.trigger, last.cost + 2.0, before=last)
    return None


def _percent(ctx: Context, q: Mention) -> list[Bound]:
    made = []
    for m in ctx.sentence.of("instrument"):
        if m.id in ("tariff", "quota"):
            made.append(Bound(q, "tariff" if m.id == "tariff" else "measure", m, _gap(ctx, q, m) - (1.0 if m.id == "tariff" else -2.0)))
    compared = [
        m
        for m in ctx.sentence.of("link")
        if m.id == "compared_with" and (m.traits.get("more") or m.traits.get("less")) and q.last <= m.first <= q.last + 1
    ]
    made += [Bound(q, "change", m, 0.5) for m in compared]
    held = [m for m in ctx.sentence.of("metric") if m.last - m.first > 1]
    for m in ctx.sentence.of("change"):
        gap = _gap(ctx, q, m)
        if (m.first < q.first or gap < 2.0) and not any(o.first <= m.first and m.last <= o.last for o in held):
            made.append(
                Bound(q, "change", m, gap - _directly(ctx, m, q) + (6.0 if "to" in q.traits or set(ctx.scene.before(q)) & _LEVEL else 0.0))
            )
    for m in ctx.sentence.of("share"):
        gap = _gap(ctx, q, m)
        if gap <= 9.0:
            made.append(Bound(q, "share", m, gap - 0.5))
    own = beside(ctx, q) if ctx.scene.before(q) == ["("] else None
    if own is not None and any(m.id in OF for m in metrics(ctx)):
        made.append(Bound(q, "share", None, 4.0, holder=own))
    if set(ctx.scene.after(q)) & {"basis"}:
        return []
    if set(ctx.scene.after(q, 2)) & {"of", "من", "منه", "منها"} or _part(ctx, q):
        made.append(Bound(q, "share", None, 1.5))
    if not [b for b in made if b.cost <= LIMIT]:
        made += [Bound(q, "tariff", m, LIMIT) for m in ctx.sentence.of("instrument") if m.id == "tariff" and m.first < q.first]
    return [b for b in made if b.cost <= LIMIT]


def _part(ctx: Context, q: Mention) -> bool:
    """Whether a fraction is of what follows it at once: "half its supply", "نصف النحاس"."""
    starts = {m.first for m in ctx.sentence.of("commodity", "metric", "scope")}
    return bool(q.traits.get("fraction")) and (q.last in starts or bool(set(ctx.scene.after(q)) & connectives.words("whose")))


def _gap(ctx: Context, q: Mention, m: Mention) -> float:
    """Distance of a quantity to a trigger; other quantities between add to it."""
    lo, hi = min(q.last, m.last), max(q.first, m.first)
    return ctx.scene.gap(q, m) + 3.0 * sum(1 for other in ctx.quantities if lo <= other.first < hi)


def _directly(ctx: Context, m: Mention, q: Mention) -> float:
    """How much nearer a change counts whose size is told right after: "fell by 6%"."""
    between = [k for k in ctx.scene.words_between(m, q)]
    return 3.0 if len(between) <= 3 and all(k in _DIRECT for k in between) else 0.0


def _price(ctx: Context, q: Mention) -> list[Bound]:
    made = [Bound(q, "tariff", m, _gap(ctx, q, m)) for m in ctx.sentence.of("instrument") if m.id == "tariff" and _gap(ctx, q, m) <= 6.0]
    made += [
        Bound(q, "measure", m, min(4.5, _gap(ctx, q, m)))
        for m in ctx.sentence.of("instrument")
        if m.id == "price_support" and _gap(ctx, q, m) <= 12.0
    ]
    return [*made, Bound(q, "price", next((m for m in ctx.sentence.of("metric") if m.id == "price"), None), 5.0)]


def _amount(ctx: Context, q: Mention) -> list[Bound]:
    money = quantity(q).unit == "USD"
    made = []
    for m in metrics(ctx):
        if m.id == "price" or m.traits.get("part") == "adjective":
            continue
        cost = _gap(ctx, q, m) + (2.0 if m.traits.get("weak") else 0.0) + (7.0 if m.traits.get("part") == "agent" else 0.0)
        cost += _AFTER if m.traits.get("weak") and m.first >= q.last and m.traits.get("part") == "noun" else 0.0
        cost += (_PURPOSE if _purpose(ctx, q, m) else 0.0) - (_REACHED if _reached(ctx, q, m) else 0.0)
        if money:
            cost += {"exports": 1.0, "imports": 1.0, "value": 5.0, "reserves": 5.0}.get(m.id, 12.0)
        elif m.id == "value":
            continue
        made.append(Bound(q, "level", m, cost))
    for m in ctx.sentence.of("instrument"):
        extra = (OF_MONEY if money else OF_MASS).get(m.id)
        if extra is not None:
            built = (
                m.id in ("capacity_project", "joint_venture")
                and not m.traits.get("cooperation")
                and any(c.id == "capacity" and ctx.scene.gap(c, q) <= 2.0 for c in ctx.sentence.of("metric"))
            )
            made.append(Bound(q, "measure", m, -1.0 if built and ctx.scene.gap(m, q) <= 16.0 else _gap(ctx, q, m) + extra))
    made = [b for b in made if b.cost <= LIMIT + 4.0]
    if not made and not money and ctx.memory.metric:
        made.append(Bound(q, "level", None, LIMIT))
    return made


def _purpose(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a metric after a figure only tells what it is for: "157 Mt of bauxite to produce alumina", "لإنتاج الألومينا"."""
    return m.first >= q.last and ("ل" in m.form.before or bool(set(ctx.scene.before(m, 1)) & {"to", "for"}))


def _reached(ctx: Context, q: Mention, m: Mention) -> bool:
    """Whether a figure is what a metric rose or fell to: "output will grow 1.5% to 5.58 Mt"."""
    return (
        m.last <= q.first
        and bool(set(ctx.scene.before(q)) & _LEVEL)
        and any(m.last <= c.first < q.first for c in ctx.sentence.of("change"))
    )
