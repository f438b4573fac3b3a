"""Who holds a place in an order, in what market, and who stands before and behind."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import world
from maadin.reading.grammar.clauses import carried
from maadin.reading.grammar.context import WORLD, Context
from maadin.reading.grammar.owners import titles
from maadin.reading.grammar.places import Party, who
from maadin.reading.model import Mention

_HOLDS = {"bare": 0.0, "adj": 2.0, "owner": 0.0, "by": 2.0, "of": 1.5, "such": 3.0, "in": 6.0}
_SURE = 8.0  # cost up to which somebody is "a leading producer"
_FOLLOWED = 40.0
_THEN = 6  # words between a follower and "then" the next
_CLAUSE = frozenset(("and", "but", "while", "whereas"))  # between a rank and a country of the next clause
_MARKET = {"to": 0.0, "in": 2.0, "adj": 1.0, "of": 2.0}


def linked(ctx: Context, r: Mention, link: str) -> tuple[Party, ...]:
    """Countries that "followed by" or "after" ties to a rank."""
    further = min(
        (o.first for o in ctx.sentence.of("rank") if o.first >= r.last and o.id == r.id == "largest"), default=len(ctx.scene.words)
    )
    cues = [m for m in ctx.sentence.of("link") if m.id == link and r.first <= m.first < further]
    cue = next((m for m in cues if ctx.scene.gap(r, m) <= _FOLLOWED), None)
    if cue is None:
        return _opening(ctx, r) if link == "after" else ()
    following = [p for p in ctx.parties if cue.last <= p.first and ctx.scene.gap(p.group, cue) <= 3.0]
    return chain(ctx, following[:1]) if link == "followed_by" else tuple(following[:1])


def chain(ctx: Context, begun: Sequence[Party]) -> tuple[Party, ...]:
    """Countries that "then" adds to one that follows: "تليها كندا ثم أستراليا"."""
    chain = list(begun)
    for p in ctx.parties:
        near = chain and 0 < p.first - chain[-1].last <= _THEN and p.kind == "place"
        if near and any(m.id == "followed_by" and m.traits.get("weak") and m.last == p.first for m in ctx.sentence.of("link")):
            chain.append(p)
    return tuple(chain)


def _opening(ctx: Context, r: Mention) -> tuple[Party, ...]:
    """Countries that a sentence opens with as those ahead: "After Australia and Chile, China is the biggest miner"."""
    cue = next((m for m in ctx.sentence.of("link") if m.id == "after" and m.first == 0), None)
    ahead = next((p for p in ctx.parties if cue is not None and p.first == cue.last and p.kind == "place" and p.last < r.first), None)
    return (ahead,) if ahead is not None and ctx.scene.words[ahead.last].text in (",", "،") else ()


def overtaken(ctx: Context, r: Mention) -> tuple[Party, ...]:
    """Whom an Arabic verb of passing before a place leaves behind: "تجاوزت الكونغو بيرو لتصبح ثاني أكبر منتج"."""
    if ctx.sentence.lang != "ar":
        return ()
    for i, word in enumerate(ctx.scene.words[: r.first]):
        if any(f.key in connectives.words("overtakes") for f in word.forms):
            subject = next((p for p in ctx.parties if p.first == i + 1), None)
            passed = next((p for p in ctx.parties if subject is not None and p.first == subject.last and p.last <= r.first), None)
            return (passed,) if passed is not None else ()
    return ()


def place_holder(ctx: Context, r: Mention, of: Mention, unless: tuple[Party, ...]) -> tuple[tuple[str, ...], float, Party | None]:
    """Who holds a place: codes, how far away, and where it stands."""
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
    later_on = [p for p in known if p.first >= of.last and not set(ctx.scene.words_between(of, p.group)) & _CLAUSE]
    after, later = who(ctx.scene, later_on, of, {"bare": 0.0, "by": 3.0}, limit=7.0, people=14)
    if after is not None and later < cost and (ctx.sentence.lang == "en" or before is None):
        return after.codes, later, after
    if before is not None:
        return before.codes, cost, before
    if after is not None:
        return after.codes, later, after
    return ctx.memory.subject or ctx.memory.topic_country, 10.0, None


def _seat(ctx: Context, r: Mention) -> bool:
    """Whether a place opens a clause whose subject follows: "وفي المركز الرابع أمريكا"."""
    near = any(p.first == r.last and p.role == "bare" for p in ctx.parties)
    return near and bool({f.key for w in ctx.scene.words[r.first : r.last] for f in w.forms} & connectives.words("placed"))


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


def market_of(ctx: Context, r: Mention, of: Mention, holder: Party | None) -> tuple[str, ...]:
    """In what market a place is one: another country\'s, else the world\'s."""
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


def each_of(ctx: Context, r: Mention, holder: tuple[str, ...]) -> tuple[str, ...]:
    """The one of several countries that one of as many places is of: "China and Japan, the first and second largest consumers"."""
    listed: list[list[Mention]] = []
    for o in ctx.sentence.of("rank"):
        if listed and o.first - listed[-1][-1].last <= 1 and ("و" in o.form.before or ctx.scene.before(o) == ["and"]):
            listed[-1].append(o)
        else:
            listed.append([o])
    places = next(group for group in listed if r in group)
    return (holder[places.index(r)],) if 1 < len(places) == len(holder) else holder
