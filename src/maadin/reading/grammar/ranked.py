"""What a place in an order is in: output, exports, reserves, or a metal itself."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.metrics import OF, meant
from maadin.reading.model import Mention

_RANKING = 14.0  # "reserves of 3.5 Mt of rare earths, ranking it sixth"
_LIST = 4  # words between two places of a list: "No. 2 in silver and No. 5 in gold"


def ranked_in(ctx: Context, r: Mention) -> tuple[str, Mention]:
    """What the rank is in, and where that stands: "producer", "reserves", "in output"; the nearest after it, else just before."""
    known = [m for m in ctx.sentence.of("metric") if m.id in OF and m.traits.get("part") not in ("verb", "adjective")]
    if _comparative(ctx, r):
        return "", r
    if r.traits.get("compared"):
        verbs = [m for m in ctx.sentence.of("metric") if m.id in OF and m.last <= r.first]
        near = ctx.scene.nearest(r, verbs, 8.0)
        return (OF[near.id], near) if near is not None else ("", r)
    for m in known:
        if (
            r.id == "main"
            and m.traits.get("part") == "agent"
            and (m.first <= r.first < m.last or (ctx.sentence.lang == "ar" and m.last == r.first))
        ):
            return OF[m.id], m  # "موردا رئيسيا"
        if m.last > r.first and m.first >= r.first and ctx.scene.gap(r, m) <= 8.0:
            return (meant(m) if m.traits.get("part") != "agent" else OF[m.id], m) if _belongs(ctx, r, m) else ("", r)
    placed = {f.key for w in ctx.scene.words[r.first : r.last + 1] for f in w.forms} & connectives.words("placed")
    before = [
        m for m in known if m.last <= r.first and (placed or m.traits.get("part") != "agent" or (r.form.article and m.last == r.first))
    ]
    if ctx.scene.after(r) and ctx.scene.after(r)[0] in connectives.words("firms"):
        return "", r
    near = ctx.scene.nearest(r, before, _reach(ctx, r)) if r.traits.get("value") and not r.traits.get("weak") else None
    if near is not None:
        return OF[near.id], near
    listed = ctx.sentence.lang == "en" and "in" in {ctx.scene.words[r.last - 1].key, *ctx.scene.after(r)}
    placed = placed or {"in" for o in ctx.sentence.of("rank") if listed and r.traits.get("value") and 0 <= r.first - o.last <= _LIST}
    if r.traits.get("value") and not r.traits.get("weak") and _of_goods(ctx, r):
        return "production", r
    if placed and not r.traits.get("weak") and (told := _told_before(ctx, r) or _told_of(ctx)):
        return told, r
    return "", r


def _reach(ctx: Context, r: Mention) -> float:
    """How far before a place stands what it is in."""
    if ctx.scene.words[r.first].key in ("ranking", "ranks", "ranked"):
        return _RANKING
    return 9.0 if r.traits.get("part") == "verb" else 6.0


def _comparative(ctx: Context, r: Mention) -> bool:
    """Whether an Arabic adjective after its noun only compares: "قدرة أكبر"."""
    bare = ctx.sentence.lang == "ar" and r.traits.get("part") == "adjective" and r.last - r.first == 1 and not r.form.article
    return bare and any(m.last == r.first and m.traits.get("part") == "noun" and not m.form.article for m in ctx.sentence.of("metric"))


def _of_goods(ctx: Context, r: Mention) -> bool:
    """Whether a place is one in a metal itself: "the top silver nation", "first in the world in platinum", "الأولى عالميا في البلاتين"."""
    inside = connectives.words("role_in")
    for g in ctx.scene.groups("commodity"):
        if any(m.traits.get("outside") or m.traits.get("generic") for m in g.mentions):
            continue
        if g.first == r.last and set(ctx.scene.after(g)) & connectives.words("powers"):
            return True
        wide = {i for s in ctx.sentence.of("scope") for i in range(s.first, s.last)}
        between = [w.key for i, w in enumerate(ctx.scene.words[r.last : g.first], r.last) if i not in wide]
        if g.first > r.last and between and len(between) == 1 and between[0] in inside and (wide or _numbered(ctx, r)):
            return True
    return False


def _numbered(ctx: Context, r: Mention) -> bool:
    """Whether a place is told by a verb or a number, not by an adjective: "ranks second in tin", "No. 5 in lithium"."""
    keys = {w.key for w in ctx.scene.words[r.first : r.last]}
    return bool(keys & connectives.words("placed")) or ctx.scene.words[r.first].key.rstrip(".") in ("no", "number", "رقم")


def _owned(ctx: Context, r: Mention, m: Mention) -> bool:
    """Whether a rank is among one country's own goods: "gold is its biggest export"."""
    if ctx.sentence.lang == "ar":
        return bool(m.form.after)
    return bool(set(ctx.scene.before(r)) & connectives.words("whose")) or any(p.last == r.first and p.role == "adj" for p in ctx.parties)


def _told_before(ctx: Context, r: Mention) -> str:
    """What the sentence measured before it tells a place: "output fell to 31 Mt, keeping it in tenth place"."""
    told = [
        m
        for m in ctx.sentence.of("metric")
        if m.id in OF and m.id != "price" and m.last <= r.first and m.traits.get("part") in ("noun", "verb")
    ]
    return OF[told[-1].id] if told else ""


def _told_of(ctx: Context) -> str:
    """What the text ranked, else measured, before."""
    if ctx.memory.rank is not None:
        return str(ctx.memory.rank["of"])
    return OF.get(ctx.memory.metric, "") if ctx.memory.metric != "price" else ""


def _belongs(ctx: Context, r: Mention, m: Mention) -> bool:
    """Whether a rank is one of a metric: what stands between are goods, places and small words, at most one word is another's."""
    ours = [
        o for o in ctx.sentence.of("commodity", "place", "scope", "rank", "number", "pronoun") if r.last <= o.first and o.last <= m.first
    ]
    acts = [o for o in ctx.sentence.of("status", "change", "instrument") if r.last <= o.first < m.first]
    if acts:
        return False
    known = {i for o in ours for i in range(o.first, o.last)}
    small = connectives.words("rank_of") | connectives.words("qualifier") | connectives.words("skipped")
    other = [
        w for i, w in enumerate(ctx.scene.words[r.last : m.first], r.last) if i not in known and w.what == "word" and w.key not in small
    ]
    if r.traits.get("weak") and not (
        m.traits.get("part") == "agent" or m.id == "reserves" or set(ctx.scene.before(m, 1)) & connectives.words("role_in")
    ):
        return False
    if m.id in ("exports", "imports") and m.traits.get("part") == "noun" and m.first == r.last and _owned(ctx, r, m):
        return False
    if r.traits.get("weak") and ctx.scene.words[r.first].key == "most":
        return False
    return len(other) <= (1 if r.id == "largest" else 0) or (m.traits.get("part") == "agent" and len(other) <= 2 and r.id == "largest")
