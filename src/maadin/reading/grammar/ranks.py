"""Ranks: "the world's second largest producer", "the largest after China", "followed by Australia"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, world
from maadin.reading.grammar.clauses import carried, clause
from maadin.reading.grammar.context import WORLD, Context, Draft, quantity
from maadin.reading.grammar.metrics import OF, meant
from maadin.reading.grammar.owners import abroad, titles
from maadin.reading.grammar.places import Party, who
from maadin.reading.model import Mention

_HOLDS = {"bare": 0.0, "adj": 2.0, "owner": 0.0, "by": 2.0, "of": 1.5, "such": 3.0, "in": 6.0}
_SURE = 8.0  # cost up to which somebody is "a leading producer"
_FOLLOWED = 40.0
_THEN = 6  # words between a follower and "then" the next
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "ثانيه": 2, "ثانيا": 2, "ثالثه": 3, "ثالثا": 3, "رابعه": 4, "رابعا": 4, "خامسه": 5, "خامسا": 5,
}  # fmt: skip
_RECORD = 4  # words between "the second-highest" and what tells a record in time
_LIST = 4  # words between two places of a list: "No. 2 in silver and No. 5 in gold"
_WISH = 10  # words before a place in which it is only wished for
_MARKET = {"to": 0.0, "in": 2.0, "adj": 1.0, "of": 2.0}


def ranks(ctx: Context) -> Iterator[Draft]:
    """Every rank of a sentence, with those that "followed by" adds."""
    for r in ctx.sentence.of("rank"):
        if (found := _rank(ctx, r)) is not None:
            yield from found
    if not ctx.sentence.of("rank"):
        yield from _next(ctx)
    yield from _ordered(ctx)


def _rank(ctx: Context, r: Mention) -> list[Draft] | None:
    of, at = _of(ctx, r)
    if not of or _of_share(ctx, r) or _wished(ctx, r) or set(ctx.scene.after(r, _RECORD)) & connectives.words("record"):
        return None
    if r.id == "main" and at.traits.get("part") != "agent":
        return None
    names, far, group = commodities(ctx, r, at)
    if not names or (group is None and r.id != "largest" and not _goes_on_about(ctx, at, names)):
        return None
    value = r.traits.get("value", 1 if r.id == "largest" else None)
    if (
        r.id == "leading"
        and ctx.scene.words[r.first].key == "leading"
        and (ctx.scene.before(r) == ["the"] or "world" in ctx.scene.before(r, 2))
        and not _plural(ctx, at)
    ):
        value = 1
    followers, after = _linked(ctx, r, "followed_by"), _linked(ctx, r, "after")
    holder, cost, party = _holder(ctx, r, at, (*followers, *after, *_overtaken(ctx, r)))
    if party is not None and abroad(ctx, party):
        return None
    if (party is None and _plural(ctx, at)) or _at_home(ctx, r, party):
        return None
    if _of_firms(ctx, at) or (
        r.id != "largest" and _plural(ctx, at) and party is not None and party.role == "adj" and party.last == r.first
    ):
        return None
    holder = _each(ctx, r, holder)
    goes_on = (
        party is None
        and holder
        and _goes_on_about(ctx, at, names)
        and any(f.key in connectives.words("goes_on") for f in ctx.scene.words[0].forms)
    )
    if value is None and (
        (party is None and not goes_on)
        or (cost > _SURE and not goes_on)
        or any(clause(ctx, q.first) == clause(ctx, r.first) for q in ctx.quantities)
    ):
        return None
    if value == 1 and after:
        value = 1 + sum(len(p.codes) for p in after)
    market = _market(ctx, r, at, party)
    if market == holder:
        return None  # a province is its country's largest
    shared = {"kind": "claim", "metric": "rank", "of": of, "commodity": names, "unit": "rank", "comparator": "rank", "target": market}
    made = []
    if holder:
        fields = {**shared, "country": holder, "value": value}
        if value is None:
            fields["quality"] = "main" if at.traits.get("part") == "agent" and of in ("exports", "imports") and market != WORLD else r.id
        made.append(Draft(r, fields, "rank", [a for a in (r, at, group, party and party.group) if a], cost + far))
        made += [Draft(r, {**fields, "of": OF[o.id]}, "rank", [r, o], cost + far + 1.0) for o in _also(ctx, at)]
    if value is not None:
        ctx.memory.rank = {**shared, "value": value}
        made += _following(ctx, shared, int(value), followers, cost + far)
    return made


def _also(ctx: Context, at: Mention) -> list[Mention]:
    """The second of two agents that one place is of: "the largest producer and consumer of steel"."""
    agents = [m for m in ctx.sentence.of("metric") if m.traits.get("part") == "agent" and m.id in OF and m.id != at.id]
    joined = [
        m
        for m in agents
        if (ctx.scene.words_between(at, m) == ["and"] and m.first > at.first) or (m.first == at.last and "و" in m.form.before)
    ]
    return joined[:1] if at.traits.get("part") == "agent" else []


def _goes_on_about(ctx: Context, at: Mention, names: tuple[str, ...]) -> bool:
    """Whether a supplier or buyer without goods is one of those just ranked: "... It was once a main supplier of the US market"."""
    told = ctx.memory.rank
    return at.traits.get("part") == "agent" and OF[at.id] in ("exports", "imports") and told is not None and names == told["commodity"]


def _following(ctx: Context, shared: Mapping[str, Any], place: int, followers: Sequence[Party], cost: float) -> list[Draft]:
    made = []
    for m in (m for p in followers for m in p.group.mentions):
        place += 1
        ctx.memory.rank = {**shared, "value": place}
        made.append(Draft(m, {**shared, "country": (m.id,), "value": place}, "followed by", [m], cost))
    return made


def _next(ctx: Context) -> Iterator[Draft]:
    """The next places where the sentence before told the first: "... It is followed by Australia"."""
    told = ctx.memory.rank
    cue = next((m for m in ctx.sentence.of("link") if m.id == "followed_by" and not m.traits.get("weak")), None)
    if told is None or cue is None or any(quantity(q).unit == "percent" and q.first > cue.first for q in ctx.quantities):
        return
    following = [p for p in ctx.parties if cue.last <= p.first and ctx.scene.gap(p.group, cue) <= 3.0]
    yield from _following(ctx, {k: v for k, v in told.items() if k != "value"}, int(told["value"]), _chain(ctx, following[:1]), 8.0)


def _chain(ctx: Context, begun: Sequence[Party]) -> tuple[Party, ...]:
    """Countries that "then" adds to one that follows: "تليها كندا ثم أستراليا"."""
    chain = list(begun)
    for p in ctx.parties:
        near = chain and 0 < p.first - chain[-1].last <= _THEN and p.kind == "place"
        if near and any(m.id == "followed_by" and m.traits.get("weak") and m.last == p.first for m in ctx.sentence.of("link")):
            chain.append(p)
    return tuple(chain)


def _ordered(ctx: Context) -> Iterator[Draft]:
    """Places told by an ordinal right after a country, in a list that a rank began: "ثم أستراليا ثالثة", "with Japan fourth"."""
    told, last = ctx.memory.rank, max((r.last for r in ctx.sentence.of("rank")), default=0)
    for p in ctx.parties:
        at = p.last
        if told is None or not last or p.first < last or p.kind != "place" or at >= len(ctx.scene.words):
            continue
        place = _ORDINALS.get(ctx.scene.words[at].key)
        if place is not None and place != told["value"] and _closes(ctx, at):
            yield Draft(p.group.mentions[0], {**told, "country": p.codes, "value": place}, "in order", [p.group], 6.0)


def _seat(ctx: Context, r: Mention) -> bool:
    """Whether a place opens a clause whose subject follows: "وفي المركز الرابع أمريكا"."""
    near = any(p.first == r.last and p.role == "bare" for p in ctx.parties)
    return near and bool({f.key for w in ctx.scene.words[r.first : r.last] for f in w.forms} & connectives.words("placed"))


def _closes(ctx: Context, at: int) -> bool:
    """Whether an ordinal stands alone: the end, a mark, "in", "with" or its figure follows."""
    if at + 1 == len(ctx.scene.words) or any(at + 1 <= q.first <= at + 2 for q in ctx.quantities):
        return True
    following = ctx.scene.words[at + 1]
    return following.what == "mark" or following.key in connectives.words("role_in") | connectives.words("role_with")


def _of(ctx: Context, r: Mention) -> tuple[str, Mention]:
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
    near = (
        ctx.scene.nearest(r, before, 9.0 if r.traits.get("part") == "verb" else 6.0)
        if r.traits.get("value") and not r.traits.get("weak")
        else None
    )
    if near is not None:
        return OF[near.id], near
    listed = ctx.sentence.lang == "en" and "in" in {ctx.scene.words[r.last - 1].key, *ctx.scene.after(r)}
    placed = placed or {"in" for o in ctx.sentence.of("rank") if listed and r.traits.get("value") and 0 <= r.first - o.last <= _LIST}
    if r.traits.get("value") and not r.traits.get("weak") and _of_goods(ctx, r):
        return "production", r
    if placed and not r.traits.get("weak") and (told := _told_of(ctx) or _told_before(ctx, r)):
        return told, r
    return "", r


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
    return OF[told[-1].id] if told and ctx.sentence.lang == "en" else ""


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


def _wished(ctx: Context, r: Mention) -> bool:
    """Whether a place is only aimed at: "wants to become the second largest producer", "could become"."""
    lead = [w.key for w in ctx.scene.words[max(0, r.first - _WISH) : r.first]]
    at = next((i for i, k in enumerate(lead) if k in connectives.words("become")), None)
    return at is not None and bool(set(lead[:at]) & connectives.words("wish"))


def _plural(ctx: Context, m: Mention) -> bool:
    """Whether several are ranked that nobody names: "the top tin-producing countries"."""
    key = ctx.scene.words[m.last - 1].key
    return m.traits.get("part") == "agent" and (key.endswith("s") if ctx.sentence.lang == "en" else key.endswith(("ين", "ون")))


def _of_firms(ctx: Context, m: Mention) -> bool:
    """Whether companies or mines are ranked, not countries: "Indonesia's largest nickel mining company"."""
    return m.traits.get("part") == "noun" and bool(set(ctx.scene.after(m)) & connectives.words("firms"))


def _of_share(ctx: Context, r: Mention) -> bool:
    """Whether a verb such as "dominates" only tells the share that a percentage after it gives."""
    if ctx.scene.words[r.first].key.startswith("dominat") and any(
        q.last <= r.first and quantity(q).unit == "percent" for q in ctx.quantities
    ):
        return True
    holds = any(ctx.scene.overlaps(s, r) for s in ctx.sentence.of("share"))
    return holds and any(q.first >= r.last and quantity(q).unit == "percent" and ctx.scene.gap(r, q) <= _SURE for q in ctx.quantities)


def _at_home(ctx: Context, r: Mention, party: Party | None) -> bool:
    """Whether it is a firm or a province that is its country's largest: "Myanmar's biggest source of rare earths"."""
    if party is None or ctx.sentence.lang != "en" or party.last != r.first or not r.traits.get("value"):
        return False
    return party.role == "adj" and party.group.mentions[-1].form.after == "'s"


def _each(ctx: Context, r: Mention, holder: tuple[str, ...]) -> tuple[str, ...]:
    """The one of several countries that one of as many places is of: "China and Japan, the first and second largest consumers"."""
    listed: list[list[Mention]] = []
    for o in ctx.sentence.of("rank"):
        if listed and o.first - listed[-1][-1].last <= 1 and ("و" in o.form.before or ctx.scene.before(o) == ["and"]):
            listed[-1].append(o)
        else:
            listed.append([o])
    places = next(group for group in listed if r in group)
    return (holder[places.index(r)],) if 1 < len(places) == len(holder) else holder


def _linked(ctx: Context, r: Mention, link: str) -> tuple[Party, ...]:
    """Countries that "followed by" or "after" ties to a rank."""
    further = min(
        (o.first for o in ctx.sentence.of("rank") if o.first >= r.last and o.id == r.id == "largest"), default=len(ctx.scene.words)
    )
    cues = [m for m in ctx.sentence.of("link") if m.id == link and r.first <= m.first < further]
    cue = next((m for m in cues if ctx.scene.gap(r, m) <= _FOLLOWED), None)
    if cue is None:
        return _opening(ctx, r) if link == "after" else ()
    following = [p for p in ctx.parties if cue.last <= p.first and ctx.scene.gap(p.group, cue) <= 3.0]
    return _chain(ctx, following[:1]) if link == "followed_by" else tuple(following[:1])


def _opening(ctx: Context, r: Mention) -> tuple[Party, ...]:
    """Countries that a sentence opens with as those ahead: "After Australia and Chile, China is the biggest miner"."""
    cue = next((m for m in ctx.sentence.of("link") if m.id == "after" and m.first == 0), None)
    ahead = next((p for p in ctx.parties if cue is not None and p.first == cue.last and p.kind == "place" and p.last < r.first), None)
    return (ahead,) if ahead is not None and ctx.scene.words[ahead.last].text in (",", "،") else ()


def _overtaken(ctx: Context, r: Mention) -> tuple[Party, ...]:
    """Whom an Arabic verb of passing before a place leaves behind: "تجاوزت الكونغو بيرو لتصبح ثاني أكبر منتج"."""
    if ctx.sentence.lang != "ar":
        return ()
    for i, word in enumerate(ctx.scene.words[: r.first]):
        if any(f.key in connectives.words("overtakes") for f in word.forms):
            subject = next((p for p in ctx.parties if p.first == i + 1), None)
            passed = next((p for p in ctx.parties if subject is not None and p.first == subject.last and p.last <= r.first), None)
            return (passed,) if passed is not None else ()
    return ()


def _holder(ctx: Context, r: Mention, of: Mention, unless: tuple[Party, ...]) -> tuple[tuple[str, ...], float, Party | None]:
    known = [p for p in ctx.parties if p not in unless]
    if (inside := next((p for p in known if r.first < p.first and p.last <= r.last), None)) and not _owner_inside(ctx, inside):
        return inside.codes, 0.0, inside
    if ctx.sentence.lang == "ar" and (r.traits.get("part") == "verb" or _seat(ctx, r)):
        subject = next((p for p in known if 0 <= p.first - r.last <= 1 and p.role == "bare"), None)
        if subject is not None:
            return subject.codes, 1.0, subject
    if (titled := _titled(ctx, r, known)) is not None:
        return titled.codes, 1.0, titled
    if (
        (subject := carried(ctx, r.first)) is not None
        and subject in known
        and not any(p.first >= of.last and p.role == "bare" for p in known)
    ):
        return subject.codes, 2.0, subject
    buyer = next((p.codes for p in known if p.role == "to" and p.first >= of.last and ctx.scene.gap(p.group, of) <= _SURE), ())
    known = [p for p in known if p.codes != buyer]
    before, cost = who(ctx.scene, [p for p in known if p.last <= r.first], r, _HOLDS, limit=22.0, people=14)
    later_on = [p for p in known if p.first >= of.last and not set(ctx.scene.words_between(of, p.group)) & connectives.words("next_clause")]
    after, later = who(ctx.scene, later_on, of, {"bare": 0.0, "by": 3.0}, limit=7.0, people=14)
    if after is not None and later < cost and (ctx.sentence.lang == "en" or before is None):
        return after.codes, later, after
    if before is not None:
        return before.codes, cost, before
    if after is not None:
        return after.codes, later, after
    return ctx.memory.subject or ctx.memory.topic_country, 10.0, None


def _owner_inside(ctx: Context, p: Party) -> bool:
    """Whether a country within a rank is whose market is meant: "one of China's main suppliers"."""
    return ctx.sentence.lang == "en" and p.role == "adj"


def _whose(ctx: Context, r: Mention) -> Party | None:
    """The possessor right before a rank: "the EU's largest supplier"."""
    inside = next((p for p in ctx.parties if r.first < p.first and p.last <= r.last and p.kind == "place" and _owner_inside(ctx, p)), None)
    return inside or next((p for p in titles(ctx) if p.last == r.first), None)


def _titled(ctx: Context, r: Mention, known: Sequence[Party]) -> Party | None:
    """Who is another country's largest: "Turkey became the EU's largest supplier"; only small words and goods stand between."""
    owner = _whose(ctx, r)
    earlier = [p for p in known if owner is not None and p.last <= owner.first and p.role in _HOLDS]
    if owner is None or not earlier:
        return None
    told = {
        i
        for m in ctx.sentence.of("metric", "commodity", "link", "rank", "scope")
        if m.traits.get("part") != "verb"
        for i in range(m.first, m.last)
    }
    passed = {i for p in ctx.parties if p.role == "than" for i in range(p.first - 1, p.last)}
    small = connectives.words("is") | {",", "-", "–", "(", "and"}
    between = range(earlier[-1].last, owner.first)
    return earlier[-1] if all(i in told or i in passed or ctx.scene.words[i].key in small for i in between) else None


def _market(ctx: Context, r: Mention, of: Mention, holder: Party | None) -> tuple[str, ...]:
    whose = _whose(ctx, r)
    if whose is not None and whose is not holder:
        return whose.codes
    if any(m.id == "world" and r.first - 1 <= m.first < r.last for m in ctx.sentence.of("scope")):
        return WORLD  # "the world's largest", whatever comes later
    behind = [m for m in ctx.sentence.of("link") if m.id in ("ahead_of", "after", "followed_by") and m.first >= r.first]
    known = [p for p in ctx.parties if p is not holder and p.kind == "place" and not any(0 <= p.first - m.last <= 1 for m in behind)]
    party, cost = who(ctx.scene, [p for p in known if p.first >= r.first], of, _MARKET, limit=7.0)
    if world(ctx, of, 4.0) is not None and cost > 2.0:
        return WORLD
    return party.codes if party is not None else WORLD
