"""Who holds a share: the country that acts before it, or where what is told of comes from."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.ends import owns_flow
from maadin.reading.grammar.owners import Owner, antecedent, titles, to_market
from maadin.reading.grammar.places import Party, who
from maadin.reading.model import Mention

_HOLDS = {"bare": 0, "adj": 1, "of": 1, "owner": 0, "by": 0, "such": 3}
_REACH = 36.0  # how far before a share its holder stands


def share_holder(ctx: Context, q: Mention, cue: Mention | None, of: Mention | None) -> Owner:
    """Who has the share: the nearest country before it, else who acted before."""
    at = cue or q
    if cue is not None and (spoken_of := antecedent(ctx, cue)) is not None:
        return spoken_of.codes, 0.0, spoken_of
    if (subject := _subject(ctx, q, cue)) is not None:
        return _together(ctx, subject), 0.0, subject
    titled = titles(ctx)
    known = [p for p in ctx.parties if p not in titled and p.last <= max(q.first, at.last)]
    before = [p for p in known if p.role in _HOLDS and not to_market(ctx, p)]
    party, cost = who(ctx.scene, before, at, _HOLDS, limit=_REACH, people=12)
    if party is not None:
        return _together(ctx, party), cost, party
    near = [p for p in ctx.parties if p.role in ("from", "by", "in") or not {",", "and"} <= set(ctx.scene.words_between(q, p.group))]
    near = [p for p in near if not _cited(ctx, p) and not (of is not None and of.id == "imports" and owns_flow(p, of))]
    flows, cost = who(ctx.scene, near, q, {"from": 1, "by": 0, "in": 3, "bare": 4, "adj": 5}, limit=20.0, people=12)
    if flows is not None:
        return flows.codes, cost + 3, flows
    if titled:
        return titled[-1].codes, 12.0, titled[-1]  # "it has been Russia's largest export, about 5% of global exports"
    return ctx.memory.subject, 12.0, None


def _subject(ctx: Context, q: Mention, cue: Mention | None) -> Party | None:
    """The country right after an Arabic verb, which is its subject: "زودت روسيا الاتحاد الأوروبي بـ6%"."""
    if ctx.sentence.lang != "ar":
        return None
    places = [p for p in ctx.parties if p.kind == "place" and p.last <= q.first and p.role in ("bare", "adj")]
    verbs = {m.last for m in ctx.sentence.of("share", "metric") if m.traits.get("part") == "verb" and m.last <= q.first}
    after = {p.first for p in places}
    return next((p for p in places if p.first in verbs and ((cue is not None and p.first == cue.last) or p.last in after)), None)


def _cited(ctx: Context, p: Party) -> bool:
    """Whether a party is only who is cited: "according to the White House"."""
    return any(s.id == "according_to" and 0 <= p.first - s.last <= 1 for s in ctx.sentence.of("say"))


def _together(ctx: Context, party: Party) -> tuple[str, ...]:
    """Joint holders: "together with South Africa it accounts for"."""
    cues = connectives.words("together")
    for p in ctx.parties:
        if p is not party and p.role == "with" and set(ctx.scene.before(p.group, 3)) & cues and ctx.scene.gap(p.group, party.group) <= 5.0:
            return tuple(dict.fromkeys((*party.codes, *p.codes)))
    return party.codes
