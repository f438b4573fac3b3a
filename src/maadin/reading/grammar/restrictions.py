"""Restrictions that are acts: what tells that a duty, a ban, a quota or a control is taken, and not only spoken of."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.governors import governor
from maadin.reading.model import Mention

RESTRICTIONS = ("tariff", "ban", "quota", "export_control", "sanction")
OWN = 3.0  # words between an instrument and the commodity it is on
_BESIDE = 1.5  # words between "curbs" and the commodity they are on
_REFUSED = 3  # words between "will not" and a measure
_PACKAGE = 4.0  # words between a verb of deciding and a package of sanctions
_NOTHING = 9  # words after a duty in which it falls to nothing
_OBJECT_OF = 5  # words after restrictions in which "them" stands
_ISSUED = 8  # words between a verb of issuing and a quota
_TRADE = 16.0  # words between controls that are imposed and the trade that they are on
_SUBJECT = 3  # where a restriction that a sentence opens with stands at most
_DIGS = 3  # words after a licence that tell that it is one to mine
_DIRECT = 2.0  # words between a verb and its object, at most an article and the metal


def direct(ctx: Context, told: Mention, m: Mention) -> bool:
    """Whether an instrument is the object of a verb right before it: "slapped sanctions", "launched a copper smelter"."""
    return told.traits.get("part") == "verb" and told.last <= m.first and ctx.scene.gap(told, m) <= _DIRECT


def definite(ctx: Context, m: Mention) -> bool:
    """Whether an instrument is one that was told of before: "the ban", "الحظر"."""
    return m.form.article or bool(set(ctx.scene.before(m)) & connectives.words("definite"))


def again(ctx: Context, m: Mention) -> bool:
    """Whether an instrument that the text told of is only named again: "the ban", without a turn in its status."""
    if m.id not in ctx.memory.measures or not definite(ctx, m) or _of_another(ctx, m):
        return False
    governed = governor(ctx, m)
    if governed is not None and governed.mention.first >= m.last and governed.mention.traits.get("part") == "auxiliary":
        return True  # "the ban will have little effect"
    if governed is not None and governed.mention.id not in ("in_force", "announced"):
        return False
    return governed is None or governed.mention.first < m.first or ctx.near(m, ("commodity", "metric"), limit=OWN) is None


def _of_another(ctx: Context, m: Mention) -> bool:
    """Whether an adjective beside a restriction tells that it is another country's: "تظل العقوبات الأوروبية قائمة"."""
    whose = next((p for p in ctx.parties if p.role == "adj" and p.head == m.id and ctx.scene.gap(p.group, m) <= 1.0), None)
    return whose is not None and not set(whose.codes) & set(ctx.memory.measures[m.id])


def not_to_be(ctx: Context, m: Mention) -> bool:
    """Whether a measure will not be taken: "would not resort to a ban", "لن تلجأ إلى حظر"."""
    future = connectives.words("not_to_be")
    return any(
        n.last <= m.first and m.first - n.last <= _REFUSED and any(w.key in future for w in ctx.scene.words[max(0, n.first - 2) : n.last])
        for n in ctx.sentence.of("negation")
    )  # fmt: skip


def by_quota(ctx: Context, m: Mention) -> bool:
    """Whether a control is only what a quota is for: "a quota system to limit exports"."""
    return m.id == "export_control" and any(
        o.id == "quota" and o.last <= m.first and ctx.scene.gap(o, m) <= 2.0 for o in ctx.sentence.of("instrument")
    )


def headline(ctx: Context, m: Mention) -> bool:
    """Whether a restriction opens an Arabic sentence that needs no verb: "حظر صيني على تصدير الغاليوم"; with the article it is only a topic."""
    if m.id in RESTRICTIONS and m.traits.get("part") == "noun" and _after_colon(ctx, m) and not definite(ctx, m):
        return ctx.near(m, ("commodity",), limit=OWN) is not None
    if ctx.sentence.lang != "ar" or m.id not in RESTRICTIONS or m.first > 1 or m.form.article or m.traits.get("part") != "noun":
        return False
    whose = [p for p in ctx.parties if p.role == "adj" and m.first < p.first <= m.last]
    return bool(whose) and (ctx.near(m, ("commodity",), limit=OWN) is not None or not m.traits.get("weak"))


def _after_colon(ctx: Context, m: Mention) -> bool:
    """Whether a headline names who acts before a colon: "الاتحاد الأوروبي: حظر تدريجي على الألمنيوم الروسي"."""
    at = next((i for i in range(m.first - 1, max(-1, m.first - 3), -1) if ctx.scene.words[i].text == ":"), None)
    return at is not None and any(p.first == 0 and p.last == at for p in ctx.parties)


def compound(ctx: Context, m: Mention) -> bool:
    """Whether a noun of change goes with a quota or a duty and its goods: "nickel quota cut", "خفض حصص النيكل"."""
    if m.id not in RESTRICTIONS or ctx.near(m, ("commodity",), limit=OWN) is None or m.traits.get("part") != "noun":
        return False
    if ctx.sentence.lang == "en" and m.first <= _SUBJECT and not m.traits.get("weak") and m.id != "sanction" and _possessed(ctx, m):
        return True
    if m.id == "quota" and set(ctx.scene.before(m, _ISSUED)) & connectives.words("hands_out"):
        return True
    if ctx.sentence.lang == "en":
        return bool(set(ctx.scene.after(m)) & connectives.words("altered"))
    return m.first <= 1 and (
        any(c.traits.get("masdar") and c.last in (m.first, m.first + 1) for c in ctx.sentence.of("change", "status"))
        or any(f.key in connectives.words("altered") for f in ctx.scene.words[m.first].forms)
    )


def _possessed(ctx: Context, m: Mention) -> bool:
    """Whether a sentence opens with whose restriction it is on what: "Beijing's export permit regime for rare earths has left"."""
    whose = any(p.kind == "place" and p.last <= m.first and p.group.mentions[-1].form.after == "'s" for p in ctx.parties)
    return whose and bool(set(ctx.scene.after(m, 2)) & (connectives.words("role_on") | connectives.words("role_for")))


def takes_over(ctx: Context, m: Mention) -> bool:
    """Whether a restriction takes the place of another: "will replace the ban with quotas", "استبدلت الحظر بنظام حصص"."""
    if m.id not in RESTRICTIONS or not ("ب" in m.form.before or set(ctx.scene.before(m, 3)) & connectives.words("gives_way_to")):
        return False
    told = [s for s in ctx.sentence.of("status") if s.id == "superseded" and s.last <= m.first]
    return any(o.id in RESTRICTIONS and s.last <= o.first + 1 and o.last <= m.first for s in told for o in ctx.sentence.of("instrument"))


def lifted(ctx: Context, m: Mention) -> bool:
    """Whether a duty falls to nothing: "was cut to zero", "إلى الصفر", or is a "zero duty"."""
    zero = connectives.words("zero")
    near = ctx.scene.words[max(0, m.first - 1) : m.first] + ctx.scene.words[m.last : m.last + _NOTHING]
    return any(f.key in zero for w in near for f in w.forms)


def package(ctx: Context, m: Mention) -> bool:
    """Whether a verb of deciding stands before a round or a package of sanctions: "agreed a new round of sanctions"."""
    own = {f.key for w in ctx.scene.words[max(0, m.first - 3) : m.last] for f in w.forms}
    if not own & connectives.words("package"):
        return False
    return any(s.traits.get("part") == "verb" and s.last <= m.first and ctx.scene.gap(s, m) <= _PACKAGE for s in ctx.sentence.of("status"))


def weighed(ctx: Context, told: Mention, m: Mention) -> bool:
    """Whether imposing a measure is only the subject of what it would do: "Imposing duties on copper would hurt", "فرض رسوم سيضر"."""
    if told.first or told.last > m.first or not (told.traits.get("masdar") or told.traits.get("part") == "noun"):
        return False
    after = ctx.scene.words[m.last :]
    if ctx.sentence.lang == "en":
        return told.form.key.endswith("ing") and any(w.key in connectives.words("may_come") for w in after)
    return any(f.before.endswith("س") for w in after for f in w.forms[:2])


def _covered(ctx: Context, m: Mention) -> bool:
    """Whether a verb of covering stands right before goods: "The curbs, in force since May, cover antimony"."""
    goods = [g for g in ctx.sentence.of("commodity") if g.first >= m.last]
    return any(set(ctx.scene.before(g, 3)) & connectives.words("covering") for g in goods)


def _permit(ctx: Context, m: Mention) -> bool:
    """Whether a control is a licence, which without a word of trade is one to mine."""
    return any(f.key in connectives.words("permit") for f in ctx.scene.words[m.last - 1].forms)


def of_trade(ctx: Context, m: Mention) -> bool:
    """Whether a word such as "curbs" or "licences" stands by one for exports or imports, or right by a commodity."""
    if any(o.id == "capacity_project" and 0 <= o.first - m.last <= 1 for o in ctx.sentence.of("instrument")):
        return False  # "permits for new smelters"
    if _permit(ctx, m) and any(f.key in connectives.words("digs") for w in ctx.scene.words[m.last : m.last + _DIGS] for f in w.forms):
        return False  # "the licences of 46 mining companies"
    if ctx.near(m, ("metric",), ("exports", "imports"), 8.0) is not None or (
        ctx.near(m, ("commodity",), limit=_BESIDE) is not None and not _permit(ctx, m)
    ):
        return True
    goods = ctx.near(m, ("commodity",), limit=OWN)
    led = {f.key for w in ctx.scene.words[m.last : goods.first] for f in w.forms} if goods is not None else set()
    if led & connectives.words("role_on") and led & connectives.words("laid"):
        return True  # "القيود المفروضة على الغاليوم"
    if (
        goods is not None
        and goods.first >= m.last
        and _permit(ctx, m)
        and (told := governor(ctx, m)) is not None
        and told.mention.id == "eased"
    ):
        return True  # "will issue general licences for rare earths"
    if definite(ctx, m) and m.first <= 2 and _covered(ctx, m):
        return True
    trade = ctx.near(m, ("metric",), ("exports", "imports"), _TRADE)
    if trade is not None and any(s.id == "in_force" and direct(ctx, s, m) for s in ctx.sentence.of("status")):
        return True  # "exports fell after Beijing introduced controls"
    if set(ctx.scene.after(m, _OBJECT_OF)) & connectives.words("goods") and any(
        s.id == "in_force" and not s.traits.get("weak") and direct(ctx, s, m) for s in ctx.sentence.of("status")
    ):
        return True  # "has imposed restrictions on seven of them"
    return goods is not None and goods.first >= m.last and bool(set(ctx.scene.words_between(m, goods)) & connectives.words("covering"))
