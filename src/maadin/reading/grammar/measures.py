"""Measures: duties, bans, quotas, controls, sanctions, offers, projects, funds, territories; with or without a size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import FUELS, commodities
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.continued import continued
from maadin.reading.grammar.doers import aims, doers
from maadin.reading.grammar.evidence import BUILT, acts, built
from maadin.reading.grammar.exemptions import exemptions
from maadin.reading.grammar.governors import governor
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.repeats import repeats
from maadin.reading.grammar.restrictions import RESTRICTIONS, definite, direct, lifted
from maadin.reading.grammar.scene import Group
from maadin.reading.grammar.sizes import Sized, sized
from maadin.reading.grammar.territories import holder, land, partner
from maadin.reading.model import Mention

AIMED_AT_ALL = ("tariff", "ban", "quota", "export_control")
_UNSIZED = 6.0  # cost of a statement that tells no size
_GENERIC = "minerals"
_LISTED = 4  # words between a size and its commodity, in a list of both
_LISTS = 6.0  # words between a wider word and the list that it leads
_NEAR_FUEL = 3.0  # words between a plant and the fuel that it is for
_RATE = 9  # words after a duty in which its rate is told


def measures(ctx: Context, bound: Sequence[Bound]) -> Iterator[Draft]:
    """Every measure of a sentence: one for each size told, one for an act without a size."""
    with_size = sized(ctx, bound)
    several = len({id(s.instrument) for s in with_size}) < len(with_size)
    found: list[tuple[Mention, Sized | None]] = [(s.instrument, s) for s in with_size]
    found += [(m, None) for m in acts(ctx, [s.instrument for s in with_size])]
    made: list[Draft] = []
    for m, size in sorted(found, key=lambda f: f[0].first):
        draft = _measure(ctx, m, size, several)
        if draft is not None:
            _remember(ctx, draft.fields)
            made += continued(ctx, draft)
    spared = list(exemptions(ctx))
    yield from (d for d in made if not any(_spares(ctx, d, e) for e in spared))
    yield from spared
    yield from repeats(ctx)


def _spares(ctx: Context, d: Draft, e: Draft) -> bool:
    """Whether a rate is only what somebody is spared from, and so the exemption's: "exempted niobium from the 50% duty"."""
    if d.fields["instrument"] != e.fields["instrument"] or "value" not in d.fields or d.anchor.first < e.anchor.first:
        return False
    governs = governor(ctx, d.anchor)
    if governs is None or governs.mention.id != "exempted" or governs.mention.first != e.anchor.first:
        return False
    e.fields |= {f: d.fields[f] for f in ("value", "unit", "comparator")}
    return True


def _remember(ctx: Context, told: dict[str, Any]) -> None:
    memory, instrument = ctx.memory, told["instrument"]
    if instrument == "tariff" and told.get("unit") == "percent":
        memory.rate = {f: told[f] for f in ("value", "unit", "comparator")}
    if instrument in ("capacity_project", "joint_venture"):
        memory.since_project = -1
    memory.measures.pop(instrument, None)
    memory.measures[instrument] = memory.measure_actor = told["actor"]
    memory.goods[instrument], memory.directions[instrument] = told["commodity"], told["direction"]


def _measure(ctx: Context, m: Mention, size: Sized | None, several: bool = False) -> Draft | None:
    anchors = (m, size.quantity) if size else (m,)
    own = _own_goods(ctx, size.quantity) if size and several else None
    names, far, group = (_names(own), 0.0, own) if own else _goods(ctx, m.id, (size.quantity,) if size and several else anchors)
    if not names or (size is None and group is None and not _told(ctx, m) and not _of_topic(ctx, m)):
        return None
    at = _at(ctx, m, size) if size and several else m
    if size is None and group is not None and _parted(ctx, m, group):
        return None
    if m.id == "quota" and m.traits.get("part") == "verb" and m.traits.get("weak") and _own_limit(ctx, m):
        return None
    governs = governor(ctx, at)
    if size is None and governs is not None and governs.mention.id == "exempted" and m.id in ctx.memory.measures:
        return None  # told by who or what is spared
    lead = m.value if m.traits.get("work") or m.traits.get("grant") else governs.mention if governs else None
    actor, cost, party = doers(ctx, at if at is m else _like(m, at), lead)
    if not actor:
        return None
    target = aims(ctx, m, (own,) if own else (*anchors, group) if group else anchors, party, actor)
    place: Party | None = None
    if m.id == "territory":
        party = holder(ctx, m) or party
        place, actor = land(ctx, m, party), party.codes if party else actor
        target = partner(ctx, m, party, place)
    fields: dict[str, Any] = {
        "kind": "measure",
        "instrument": m.id,
        "actor": actor,
        "commodity": names,
        "comparator": "eq",
        "direction": _direction(ctx, m),
    }
    fields |= size.fields if size else _same_rate(ctx, m)
    if target is None and m.id == "joint_venture":
        target = _addressee(ctx, m, actor)
    if m.id == "sanction" and target is None and m.form.key in connectives.words("embargo"):
        fields |= {"instrument": "ban", "target": WORLD}  # of its own exports
    elif target is not None:
        fields["target"] = target.codes
        if place is None and target.role == "in" and m.id in BUILT and target.codes != actor:
            fields["place"] = target.codes
    elif m.id in AIMED_AT_ALL:
        fields["target"] = WORLD
    if place is not None:
        fields["place"] = place.codes
    parts = [a for a in (*anchors, group, party and party.group, target and target.group) if a]
    return Draft(at, fields, m.id, parts, far + cost + (size.cost if size else _UNSIZED))


def _own_limit(ctx: Context, m: Mention) -> bool:
    """Whether a firm limits its own output, which is no quota: "Glencore capped its output at 50,000 tonnes"."""
    named = [p for p in ctx.parties if p.kind in ("place", "company") and p.role == "bare" and p.last <= m.first]
    return bool(named) and named[-1].kind == "company"


def _addressee(ctx: Context, m: Mention, actor: tuple[str, ...]) -> Party | None:
    """Whose firms are invited to a venture, or to whom it is suggested in one breath with an offer: "offered 2 Mt to India ..., and suggested a joint venture"."""
    offers = [o for o in ctx.sentence.of("instrument") if o.id == "supply_offer" and o.last <= m.first]
    invited = [
        p for s in ctx.sentence.of("status") if s.id == "proposed" and s.last <= m.first for p in ctx.parties if s.last <= p.first < m.first
    ]
    firms = connectives.words("invited")
    for p in invited:
        near = ctx.scene.words[max(0, p.first - 1) : p.last + 1]
        if p.role == "adj" and not set(p.codes) & set(actor) and any(f.key in firms for w in near for f in w.forms):
            return p  # "suggested that Korean firms set up a venture"
    if not offers or ctx.memory.measures.get("supply_offer") != actor:
        return None
    return next(
        (
            p
            for p in ctx.parties
            if p.kind == "place"
            and p.role in ("to", "on", "bare")
            and offers[0].first <= p.first < m.first
            and not set(p.codes) & set(actor)
        ),
        None,
    )


def _own_goods(ctx: Context, q: Mention) -> Group | None:
    """The commodity that one of several sizes is on: "50% on steel and 25% on aluminium"."""
    return next(
        (
            g
            for g in ctx.scene.groups("commodity")
            if 0 <= g.first - q.last <= _LISTED
            and any(w in connectives.words("upon") for w in ctx.scene.words_between(q, g))
            and any(map(_named, g.mentions))
        ),
        None,
    )


def _at(ctx: Context, m: Mention, size: Sized) -> Mention:
    """Where a size of several stands by a verb of its own: the size, else the instrument."""
    own = [s for s in ctx.sentence.of("status") if min(m.last, size.quantity.last) <= s.first < max(m.first, size.quantity.first)]
    return size.quantity if own else m


def _like(m: Mention, at: Mention) -> Mention:
    """An instrument as if it stood elsewhere."""
    return replace(m, first=at.first, last=at.last)


def _parted(ctx: Context, m: Mention, group: Group) -> bool:
    """Whether a ban or a duty stands between sanctions and a commodity, which is then not the sanctions'."""
    lo, hi = min(m.last, group.last), max(m.first, group.first)
    return m.id == "sanction" and any(
        o.id in RESTRICTIONS and o.id != m.id and not o.traits.get("weak") and lo <= o.first and o.last <= hi
        for o in ctx.sentence.of("instrument")
    )


def _same_rate(ctx: Context, m: Mention) -> dict[str, Any]:
    """The rate told before, of a duty "at the same rate"."""
    after, words, rates = ctx.scene.after(m, _RATE), connectives.words("same"), connectives.words("rate")
    same = any((a in words and b in rates) or (a in rates and b in words) for a, b in pairwise(after))
    if m.id != "tariff":
        return {}
    if same:
        return dict(ctx.memory.rate)
    return {"value": 0.0, "unit": "percent"} if lifted(ctx, m) else {}


def _told(ctx: Context, m: Mention) -> bool:
    """Whether a restriction without a commodity is that of a text about one, or "it" stands for one."""
    words = ctx.scene.words[m.last : m.last + 6]
    if any(w.key in connectives.words("goods") and (i == 0 or words[i - 1].what == "word") for i, w in enumerate(words)):
        return not m.traits.get("weak")
    governs = governor(ctx, m)
    if (
        m.id in RESTRICTIONS
        and ctx.memory.one_topic
        and m.traits.get("part") == "verb"
        and m.traits.get("direction")
        and not m.traits.get("weak")
    ):
        return True  # "stopped its exports"
    if definite(ctx, m) and m.id in ctx.memory.goods and governs is not None and not governs.mention.traits.get("weak"):
        return True  # "European sanctions remain in place"
    if (
        m.id in RESTRICTIONS
        and ctx.memory.one_topic
        and m.traits.get("direction")
        and not m.traits.get("weak")
        and governs is not None
        and (not governs.mention.traits.get("weak") or direct(ctx, governs.mention, m))
        and not any(m.first <= p.first <= m.last + 1 for p in ctx.parties if p.kind == "place")
    ):
        return True  # "The cabinet has approved an export tax", in a text on one metal
    flows = ctx.near(m, ("metric",), ("exports", "imports"), 4.0) is not None
    return (
        m.id in RESTRICTIONS
        and ctx.memory.one_topic
        and (flows or not m.traits.get("weak"))
        and governs is not None
        and ctx.near(m, ("date",), limit=8.0) is not None
    )


def _of_topic(ctx: Context, m: Mention) -> bool:
    """Whether a mine, a venture or a fund without a commodity is one for the commodity that a text is about."""
    founded = m.id == "fund" and ctx.scene.words[m.last - 1].key in connectives.words("funds") and built(ctx, m)
    told = (m.traits.get("work") and not m.traits.get("loose")) or m.traits.get("deal") or founded
    return bool(told) and bool(ctx.memory.commodities or ctx.memory.topic)


def _goods(ctx: Context, instrument: str, anchors: Sequence[Mention]) -> tuple[tuple[str, ...], float, Group | None]:
    """Commodities of a measure; "minerals" and "raw ore" give way to one that the sentence or the text names."""
    names, far, group = commodities(ctx, *anchors, limit=20.0)
    if instrument in BUILT and set(names) <= FUELS and ctx.memory.topic and not set(ctx.memory.topic) <= FUELS and far > _NEAR_FUEL:
        return ctx.memory.topic, far, None  # the fuel was that of a power plant
    if group is None and instrument in BUILT and names == (_GENERIC,) and ctx.memory.one_topic:
        return ctx.memory.topic, far, None
    if group is None and instrument in BUILT and (critical := _critical(ctx)) is not None:
        return (_GENERIC,), far, critical
    if group is None and definite(ctx, anchors[0]) and (before := ctx.memory.goods.get(instrument)):
        return before, far, None
    if not names and group is not None and (anchors[0].traits.get("deal") or anchors[0].traits.get("grant")) and ctx.memory.topic:
        return ctx.memory.commodities or ctx.memory.topic, far, group  # "a partnership in battery materials"
    if not names and group is not None and set(ctx.scene.after(group)) & connectives.words("metal"):
        return ctx.memory.commodities or ctx.memory.topic, far, group  # "the battery metal"
    if not names and group is not None:
        named = [g for g in ctx.scene.groups("commodity") if all(map(_named, g.mentions)) and _beside(ctx, g, group)]
        return (_names(named[0]), far, named[0]) if named else (names, far, group)
    if names != (_GENERIC,) or group is None:
        return names, far, group
    if instrument in BUILT and not all(m.traits.get("critical") for m in group.mentions) and (own := _named_near(ctx, group)) is not None:
        return _names(own), far, own
    named = [g for g in ctx.scene.groups("commodity") if any(_named(m) for m in g.mentions)]
    near = min(named, key=lambda g: ctx.scene.gap(g, group), default=None)
    if near is not None and ctx.scene.gap(near, group) <= 4.0:
        return _names(near), far, near
    ore = ctx.scene.words[group.last - 1].key in ("ore", "ores", "خام", "خامات") and not group.mentions[-1].traits.get("loose")
    if ore and (before := ctx.memory.commodities or ctx.memory.topic):
        return before, far + 2.0, group
    return names, far, group


def _beside(ctx: Context, g: Group, wider: Group) -> bool:
    """Whether goods stand right by a wider word for them, or open the list that it leads: "US goods, including scrap copper"."""
    gap = ctx.scene.gap(g, wider)
    return gap <= 1.0 or (
        g.first > wider.last and gap <= _LISTS and bool(set(ctx.scene.words_between(wider, g)) & connectives.words("with_these"))
    )


def _critical(ctx: Context) -> Group | None:
    """Critical minerals, where a sentence names nothing else: they are what it means, not the metal that the text spoke of before."""
    groups = ctx.scene.groups("commodity")
    found = [g for g in groups if all(m.traits.get("critical") for m in g.mentions)]
    return found[0] if found and len(found) == len(groups) else None


def _named_near(ctx: Context, group: Group) -> Group | None:
    """The metal that a sentence names besides "minerals": the nearest."""
    named = [g for g in ctx.scene.groups("commodity") if all(map(_named, g.mentions))]
    return min(named, key=lambda g: ctx.scene.gap(g, group), default=None)


def _names(g: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in g.mentions if _named(m)))


def _named(m: Mention) -> bool:
    return not (m.traits.get("generic") or m.traits.get("outside"))


def _direction(ctx: Context, m: Mention) -> str | None:
    if told := m.traits.get("direction"):
        return str(told)
    if m.id not in RESTRICTIONS:
        return None
    flow = ctx.near(m, ("metric",), ("exports", "imports"), 5.0)
    if flow is not None and flow.traits.get("part") != "agent":
        return {"exports": "export", "imports": "import"}[flow.id]
    if definite(ctx, m) and (before := ctx.memory.directions.get(m.id)):
        return before
    return {"tariff": "import", "export_control": "export"}.get(m.id)
