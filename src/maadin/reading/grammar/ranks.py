"""Ranks: "the world's second largest producer", "the largest after China", "followed by Australia"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import WORLD, Context, Draft, quantity
from maadin.reading.grammar.ladders import chain, each_of, linked, market_of, overtaken, place_holder
from maadin.reading.grammar.metrics import OF
from maadin.reading.grammar.owners import abroad
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.ranked import ranked_in
from maadin.reading.model import Mention

_HOLDS = {"bare": 0.0, "adj": 2.0, "owner": 0.0, "by": 2.0, "of": 1.5, "such": 3.0, "in": 6.0}
_SURE = 8.0  # cost up to which somebody is "a leading producer"
_FOLLOWED = 40.0
_THEN = 6  # words between a follower and "then" the next
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "ثانيه": 2, "ثانيا": 2, "ثالثه": 3, "ثالثا": 3, "رابعه": 4, "رابعا": 4, "خامسه": 5, "خامسا": 5,
}  # fmt: skip
_RANKING = 14.0  # "reserves of 3.5 Mt of rare earths, ranking it sixth"
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
    of, at = ranked_in(ctx, r)
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
    followers, after = linked(ctx, r, "followed_by"), linked(ctx, r, "after")
    holder, cost, party = place_holder(ctx, r, at, (*followers, *after, *overtaken(ctx, r)))
    if party is not None and abroad(ctx, party):
        return None
    if (party is None and _plural(ctx, at)) or _at_home(ctx, r, party):
        return None
    if _of_firms(ctx, at) or (
        r.id != "largest" and _plural(ctx, at) and party is not None and party.role == "adj" and party.last == r.first
    ):
        return None
    holder = each_of(ctx, r, holder)
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
    market = market_of(ctx, r, at, party)
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
    yield from _following(ctx, {k: v for k, v in told.items() if k != "value"}, int(told["value"]), chain(ctx, following[:1]), 8.0)


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


def _closes(ctx: Context, at: int) -> bool:
    """Whether an ordinal stands alone: the end, a mark, "in", "with" or its figure follows."""
    if at + 1 == len(ctx.scene.words) or any(at + 1 <= q.first <= at + 2 for q in ctx.quantities):
        return True
    following = ctx.scene.words[at + 1]
    return following.what == "mark" or following.key in connectives.words("role_in") | connectives.words("role_with")


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
