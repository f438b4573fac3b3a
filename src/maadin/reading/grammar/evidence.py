"""Which instruments of a sentence are acts: evidence that somebody decides, offers or builds, and not only speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.governors import Governor, governor
from maadin.reading.grammar.restrictions import (
    OWN,
    RESTRICTIONS,
    again,
    by_quota,
    compound,
    direct,
    headline,
    lifted,
    not_to_be,
    of_trade,
    package,
    takes_over,
    weighed,
)
from maadin.reading.grammar.territories import of_land
from maadin.reading.model import Mention

BUILT = ("capacity_project", "joint_venture", "fund", "price_support")
REACH = {i: 9.0 for i in RESTRICTIONS} | {"supply_offer": 9.0, "territory": 16.0} | {i: 7.0 for i in BUILT} | {"price_support": 9.0}
_DATED = 8.0  # distance of a date that makes an event of a restriction
_ONE = 8.0  # distance within which instruments of building are one project
_BUILDING = 4.0  # words that a verb of founding adds to the reach of what governs it
_OPENED = 4.0  # words between a verb of opening and what is opened
_BACKGROUND = 5  # words before an instrument that tell it is only the occasion
_OBJECT = 4.0  # words between a verb and the plant that is its object
_OFFER = 25  # words of a condition


def acts(ctx: Context, taken: Sequence[Mention]) -> Iterator[Mention]:
    """Instruments without a size that are acts, besides those taken already; of one kind and clause the first."""
    told = list(taken)
    for m in ctx.sentence.of("instrument"):
        if m in told or m.traits.get("sized") or by_quota(ctx, m) or background(ctx, m) or in_condition(ctx, m) or again(ctx, m):
            continue
        if any(_same_act(ctx, m, t) for t in told):
            continue
        if _evident(ctx, m):
            told.append(m)
            yield m


def background(ctx: Context, m: Mention) -> bool:
    """Whether an instrument is only the occasion of another: "in retaliation for sanctions", "رداً على الرسوم"."""
    return bool(
        set(ctx.scene.before(m, _BACKGROUND)) & connectives.words("occasion")
        or set(ctx.scene.before(m, 2)) & (connectives.words("any") | connectives.words("rather_than"))
    )


def in_condition(ctx: Context, m: Mention) -> bool:
    """Whether an instrument stands in a condition: "if the curbs are lifted"."""
    words = ctx.scene.words
    told = [c for c in ctx.sentence.of("condition") if not (c.traits.get("negative") and words[c.first].text[0] == "و")]  # "وإلا": or else
    return any(c.last <= m.first and m.first - c.last <= _OFFER and ctx.scene.gap(c, m) < 7.0 for c in told)


def _same_act(ctx: Context, m: Mention, told: Mention) -> bool:
    gap = ctx.scene.gap(m, told)
    if m.id == told.id:
        if set(ctx.scene.words_between(told, m)) & connectives.words("turn"):
            return False
        dated = any(d.first >= m.last and ctx.scene.gap(m, d) <= _DATED for d in ctx.sentence.of("date"))
        return gap <= 2 * _ONE and not (m.traits.get("part") == "verb" and dated)
    if (
        (m.traits.get("work") or m.traits.get("deal"))
        and told.id in ("joint_venture", "fund")
        and told.last <= m.first
        and not _stops(ctx, told, m)
    ):
        purpose = m.traits.get("work") and "ل" in m.value.form.before
        return gap <= (3 if purpose else 2) * _ONE  # what a venture or a fund is for
    return {m.id, told.id} <= {*BUILT, "supply_offer"} and gap <= _ONE and not _own_clause(ctx, m, told)


def _stops(ctx: Context, a: Mention, b: Mention) -> bool:
    """Whether a clause ends between two instruments."""
    own = b.traits.get("work") and b.value.traits.get("tense") not in ("bare", "gerund") and b.value.traits["part"] != "noun"
    return any(w.text in (";", "؛") for w in ctx.scene.words[a.last : b.first]) or bool(own and clause(ctx, b.first) >= a.last)


def _own_clause(ctx: Context, m: Mention, told: Mention) -> bool:
    """Whether an instrument has a clause and a verb of its own after another: "offered 2 Mt, and proposed a venture"."""
    start = clause(ctx, m.first)
    verbs = [
        s
        for s in ctx.sentence.of("status")
        if start <= s.first and s.last <= m.first and s.traits.get("part") == "verb" and s.id == "proposed"
    ]
    return told.last <= start and bool(verbs)


def _evident(ctx: Context, m: Mention) -> bool:
    weak, part = bool(m.traits.get("weak")), m.traits.get("part")
    if m.traits.get("work") or m.traits.get("deal") or m.traits.get("unsized"):
        return True
    if headline(ctx, m) or _founded(ctx, m) or (m.id == "tariff" and not weak and lifted(ctx, m)) or takes_over(ctx, m) or compound(ctx, m):
        return True
    if m.id == "territory" and not of_land(ctx, m):
        return False
    governed = governor(ctx, m, REACH[m.id] + (_BUILDING if m.id in BUILT and built(ctx, m) else 0.0))
    if m.id in RESTRICTIONS:
        if weak and m.form.key in connectives.words("dumping") and (governed is None or governed.mention.traits.get("weak")):
            return False  # "may suffer from the dumping of steel"
        if (weak and not of_trade(ctx, m)) or (governed is not None and weighed(ctx, governed.mention, m)):
            return False
        if (
            m.id == "sanction"
            and part != "verb"
            and m.form.key not in connectives.words("embargo")
            and (governed is None or (governed.mention.traits.get("weak") and not direct(ctx, governed.mention, m)))
            and not package(ctx, m)
        ):
            return ctx.near(m, ("date",), limit=OWN) is not None  # named in passing more often than any other
        return (
            part == "verb" or governed is not None or not_to_be(ctx, m) or (not weak and ctx.near(m, ("date",), limit=_DATED) is not None)
        )
    if governed is not None and m.id == "joint_venture" and m.traits.get("cooperation") and part == "noun":
        return not weak or (governed.mention.id == "announced" and ctx.near(m, ("commodity",), limit=2 * OWN) is not None)
    if m.id == "capacity_project" and governed is not None:
        return (not weak or _of_metal(ctx, m)) and _project(ctx, m, governed.mention)
    if weak and m.id == "supply_offer" and governed is not None:
        return _offered(ctx, m)
    if m.id == "price_support" and part == "verb" and not weak and not m.traits.get("sized"):
        return ctx.near(m, ("commodity",), limit=OWN) is not None  # "will stockpile antimony"
    if weak or governed is None:
        return False
    if m.id == "supply_offer" and part == "noun" and governed.mention.id == "considered" and governed.mention.traits.get("weak"):
        return False  # "could contribute to a stable supply"
    if m.id == "supply_offer" and any(0 <= m.first - n.last <= 1 for n in ctx.sentence.of("negation")):
        return False  # "cannot sell"
    if m.id in ("fund", "price_support"):
        return (
            part == "noun"
            and governed.mention.first < m.first
            and (not governed.mention.traits.get("weak") or built(ctx, m) or _agreed(ctx, m, governed))
        )
    return True


def _project(ctx: Context, m: Mention, told: Mention) -> bool:
    """Whether a plant is built, or is itself what somebody plans, weighs, starts or shelves: "mulls a uranium mine", "wants to build a refinery"."""
    if m.traits.get("part") == "verb" or m.traits.get("action") or told.id == "ended":
        return _urged(ctx, m, told)
    if any(o.id == "export_control" and o.last <= m.first and ctx.scene.gap(o, m) <= OWN for o in ctx.sentence.of("instrument")):
        return False  # "permits for new smelters"
    if told.first >= m.last and ctx.scene.words[told.last - 1].key in connectives.words("erected"):
        return True  # "a refinery backed by a bank will be built"
    if built(ctx, m) and (not told.traits.get("weak") or _leads(ctx, told)):
        return True
    if told.form.key.startswith("offer"):
        return False  # it is made to the smelters
    weak = told.traits.get("weak") and not (told.id == "considered" and told.last - told.first > 1)  # "in talks over"
    weak = weak and not (direct(ctx, told, m) and connectives.words("indefinite") & set(ctx.scene.words_between(told, m)))
    return told.traits.get("part") == "verb" and not weak and told.first < m.first and ctx.scene.gap(told, m) <= _OBJECT


def _urged(ctx: Context, m: Mention, told: Mention) -> bool:
    """Whether a government is urged to raise what it digs: "urged his government to speed up the development of the country's deposits"."""
    if told.last > m.first or not any(f.key in connectives.words("urges") for f in ctx.scene.words[told.first].forms):
        return False
    asked = any(told.last <= o.first and o.last <= m.first for o in ctx.sentence.of("office", "place"))
    goods = next((c for c in ctx.sentence.of("commodity") if c.first >= m.last or m.first <= c.first < m.last), None)
    return asked and goods is not None and ctx.scene.gap(m, goods) <= _OBJECT


def _offered(ctx: Context, m: Mention) -> bool:
    """Whether a metal itself is offered, and nothing else: "offers rare earths to the US"."""
    goods = next((c for c in ctx.sentence.of("commodity") if c.first >= m.last), None)
    others = (
        any(o is not m and not o.traits.get("weak") and ctx.scene.gap(o, m) <= _OBJECT for o in ctx.sentence.of("instrument"))
        or ctx.near(m, ("quantity",), limit=_OBJECT) is not None
    )
    if goods is None or others or ctx.scene.gap(m, goods) > _OBJECT:
        return False
    between = set(ctx.scene.words_between(m, goods))
    return not between & (
        connectives.words("role_for") | connectives.words("role_to") | connectives.words("role_with") | connectives.words("role_in")
    )


def _leads(ctx: Context, told: Mention) -> bool:
    """Whether a word of planning stands right before a verb of building: "wants to build", "is to restart"."""
    return told.traits.get("part") in ("verb", "auxiliary") and any(
        _building(o) and (told.first <= o.first <= told.last + 1 or _past_subject(ctx, told, o)) for o in ctx.sentence.of("instrument")
    )


def _past_subject(ctx: Context, told: Mention, o: Mention) -> bool:
    """Whether only the subject and "to" stand between, as in Arabic: "تسعى الهند إلى إنشاء مصنع"."""
    if ctx.sentence.lang != "ar" or o.first < told.last or ctx.scene.gap(told, o) > _OPENED:
        return False
    taken = {i for p in ctx.parties for i in range(p.first, p.last)}
    return all(i in taken or ctx.scene.words[i].key in connectives.words("role_to") for i in range(told.last, o.first))


def _of_metal(ctx: Context, m: Mention) -> bool:
    """Whether a word such as "mine" or "plant" has its commodity right before it: "a uranium mine"."""
    return m.traits.get("part") == "noun" and any(
        (c.last == m.first or (c.last == m.first - 1 and ctx.scene.before(m)[0] in connectives.words("works")))
        and not c.traits.get("outside")
        for c in ctx.sentence.of("commodity")
    )


def _founded(ctx: Context, m: Mention) -> bool:
    """Whether a plant or a venture is the object of a verb of opening or founding: "inaugurated a smelter", "أسست مشروعا مشتركا"."""
    if m.id not in ("capacity_project", "joint_venture") or m.traits.get("cooperation") or m.traits.get("part") == "verb":
        return False
    if m.traits.get("tense") == "past":
        return True
    verbs = [o for o in ctx.sentence.of("instrument") if o is not m and o.traits.get("part") == "verb" and o.traits.get("tense") == "past"]
    opened = [o for o in verbs if o.id == "capacity_project" and (not o.traits.get("weak") or m.id == "joint_venture")]
    return any(o.last <= m.first and ctx.scene.gap(o, m) <= _OPENED for o in opened)


def idle(ctx: Context, m: Mention) -> bool:
    """Whether a plant only works, and nobody builds it: no word of planning or building goes with it."""
    if m.id != "capacity_project" or _worked(ctx, m):
        return False
    if m.traits.get("part") == "verb" and (m.traits.get("weak") or m.traits.get("tense") == "past"):
        return bool(m.traits.get("weak"))
    governs = governor(ctx, m)
    planned = governs is not None and not (governs.mention.id == "considered" and governs.mention.traits.get("weak"))
    return not planned and not built(ctx, m) and not m.traits.get("action")


def _worked(ctx: Context, m: Mention) -> bool:
    """Whether something is done to a plant, or a word is part of what is done: "شرعت في توسعة"."""
    return any(o.traits.get("work") and (o is m or ctx.scene.overlaps(o.value, m)) for o in ctx.sentence.of("instrument"))


def _agreed(ctx: Context, m: Mention, governs: Governor) -> bool:
    """Whether a verb of deciding leads to it, and its commodity stands by it: "agreed to set minimum prices for rare earths"."""
    told = governs.mention
    return (
        m.id == "price_support"
        and told.id in ("announced", "in_force", "proposed", "considered")
        and (told.traits.get("part") == "verb" or (told.traits.get("part") == "auxiliary" and told.id == "announced"))
        and ctx.near(m, ("commodity",), limit=OWN) is not None
    )


def built(ctx: Context, m: Mention) -> bool:
    """Whether a verb or noun of building stands before a plant or a fund, or a verb after it that means it: "مصفاة تبنيها شركة"."""
    return m.traits.get("building", False) or any(_building(o) and _builds(ctx, o, m) for o in ctx.sentence.of("instrument") if o is not m)


def _building(o: Mention) -> bool:
    return o.id == "capacity_project" and bool(o.traits.get("part") == "verb" or o.traits.get("building") or o.traits.get("action"))


def _builds(ctx: Context, o: Mention, m: Mention) -> bool:
    if o.last <= m.first + 1:
        return ctx.scene.gap(o, m) <= 4.0
    return bool(o.form.after) and o.form.after != "'s" and ctx.scene.gap(m, o) <= 8.0
