"""Which instruments of a sentence are acts: evidence that somebody decides, offers or builds, and not only speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.governors import governor
from maadin.reading.model import Mention

RESTRICTIONS = ("tariff", "ban", "quota", "export_control", "sanction")
BUILT = ("capacity_project", "joint_venture", "fund", "price_support")
REACH = {i: 9.0 for i in RESTRICTIONS} | {"supply_offer": 9.0, "territory": 12.0} | {i: 7.0 for i in BUILT}
_DATED = 8.0  # distance of a date that makes an event of a restriction
_ONE = 8.0  # distance within which instruments of building are one project
_REFUSED = 3  # words between "will not" and a measure
_OWN = 3.0  # words between an instrument and the commodity it is on
_BUILDING = 4.0  # words that a verb of founding adds to the reach of what governs it
_BACKGROUND = 5  # words before an instrument that tell it is only the occasion
_OFFER = 25  # words of a condition


def acts(ctx: Context, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Instruments without a size that are acts, besides those taken already; of one kind and clause the first."""
    told = list(taken)
    for m in ctx.sentence.of("instrument"):
        if m in told or m.traits.get("sized") or background(ctx, m) or in_condition(ctx, m) or _again(ctx, m):
            continue
        if any(_same_act(ctx, m, t) for t in told):
            continue
        if _evident(ctx, m):
            told.append(m)
            yield m


def background(ctx: Context, m: Mention) -> bool:
    """Whether an instrument is only the occasion of another: "in retaliation for sanctions", "رداً على الرسوم"."""
    return bool(set(ctx.scene.before(m, _BACKGROUND)) & connectives.words("occasion"))


def in_condition(ctx: Context, m: Mention) -> bool:
    """Whether an instrument stands in a condition: "if the curbs are lifted"."""
    return any(c.last <= m.first and m.first - c.last <= _OFFER and ctx.scene.gap(c, m) < 7.0 for c in ctx.sentence.of("condition"))


def definite(ctx: Context, m: Mention) -> bool:
    """Whether an instrument is one that was told of before: "the ban", "الحظر"."""
    return m.form.article or bool(set(ctx.scene.before(m)) & connectives.words("definite"))


def _again(ctx: Context, m: Mention) -> bool:
    """Whether an instrument that the text told of is only named again: "the ban", without a turn in its status."""
    if m.id not in ctx.memory.measures or not definite(ctx, m):
        return False
    governed = governor(ctx, m)
    if governed is not None and governed.mention.id not in ("in_force", "announced"):
        return False
    return governed is None or governed.mention.first < m.first or ctx.near(m, ("commodity", "metric"), limit=_OWN) is None


def not_to_be(ctx: Context, m: Mention) -> bool:
    """Whether a measure will not be taken: "would not resort to a ban", "لن تلجأ إلى حظر"."""
    future = connectives.words("not_to_be")
    return any(
        n.last <= m.first and m.first - n.last <= _REFUSED and any(w.key in future for w in ctx.scene.words[max(0, n.first - 1) : n.last])
        for n in ctx.sentence.of("negation")
    )  # fmt: skip


def _same_act(ctx: Context, m: Mention, told: Mention) -> bool:
    gap = ctx.scene.gap(m, told)
    if m.id == told.id:
        dated = any(d.first >= m.last and ctx.scene.gap(m, d) <= _DATED for d in ctx.sentence.of("date"))
        return gap <= 2 * _ONE and not (m.traits.get("part") == "verb" and dated)
    return m.id in BUILT and told.id in (*BUILT, "supply_offer") and gap <= _ONE


def _evident(ctx: Context, m: Mention) -> bool:
    weak, part = bool(m.traits.get("weak")), m.traits.get("part")
    governed = governor(ctx, m, REACH[m.id] + (_BUILDING if m.id in BUILT and built(ctx, m) else 0.0))
    if m.id in RESTRICTIONS:
        if weak and not _of_trade(ctx, m):
            return False
        return part == "verb" or governed is not None or not_to_be(ctx, m) or (not weak and ctx.near(m, ("date",), limit=_DATED) is not None)
    if governed is not None and m.id == "joint_venture" and m.traits.get("cooperation") and part == "noun":
        return not weak or (governed.mention.id == "announced" and ctx.near(m, ("commodity",), limit=_OWN) is not None)
    if weak or governed is None:
        return False
    if m.id == "capacity_project":
        return part != "verb" and not m.traits.get("action") and built(ctx, m) and not governed.mention.traits.get("weak") and governed.mention.id != "ended"
    if m.id in ("fund", "price_support"):
        return part == "noun" and governed.mention.first < m.first and (not governed.mention.traits.get("weak") or built(ctx, m))
    return True


def _of_trade(ctx: Context, m: Mention) -> bool:
    """Whether a word such as "curbs" or "licences" stands by one for exports or imports, or right by a commodity."""
    return ctx.near(m, ("metric",), ("exports", "imports"), 8.0) is not None or ctx.near(m, ("commodity",), limit=1.0) is not None


def built(ctx: Context, m: Mention) -> bool:
    """Whether a verb or noun of building stands before a plant or a fund, or a verb after it that means it: "مصفاة تبنيها شركة"."""
    return m.traits.get("building", False) or any(_building(o) and _builds(ctx, o, m) for o in ctx.sentence.of("instrument") if o is not m)


def _building(o: Mention) -> bool:
    return o.id == "capacity_project" and bool(o.traits.get("part") == "verb" or o.traits.get("building") or o.traits.get("action"))


def _builds(ctx: Context, o: Mention, m: Mention) -> bool:
    if o.last <= m.first + 1:
        return ctx.scene.gap(o, m) <= 4.0
    return bool(o.form.after) and o.form.after != "'s" and ctx.scene.gap(m, o) <= 8.0
