"""Places told by who else does more: "no other country mines more", "only China makes more", "trails only Chile", "لا يسبقها سوى الصين"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.metrics import OF, meant
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_REACH = 10  # words between "no country" or "only China" and "more", between "more" and "than"
_NEAR = 12.0
_NAMED = 3  # words between "than" and who does more than anybody
_COST = 4.0


def unrivalled(ctx: Context) -> Iterator[Draft]:
    """Every place of a sentence that is told by how many do more, or that nobody does."""
    told = _arabic(ctx) if ctx.sentence.lang == "ar" else _english(ctx)
    for at, holder, ahead in (*told, *_next_to(ctx)):
        if (draft := _draft(ctx, at, holder, ahead)) is not None:
            yield draft


def _next_to(ctx: Context) -> Iterator[_Told]:
    """Who comes after others in a sentence that names no place: "ranks behind China in tin", "تأتي إندونيسيا بعد الصين"."""
    if any(r.traits.get("value") for r in ctx.sentence.of("rank")):
        return
    for cue in ctx.sentence.of("link"):
        lead = ctx.scene.before(cue, _NAMED)
        verbs = connectives.words("comes_after")
        ahead = next((p for p in ctx.parties if p.first == cue.last and p.kind == "place"), None)
        if cue.id != "after" or ahead is None or not set(ctx.scene.after(ahead.group, 2)) & connectives.words("in_what"):
            continue
        if ctx.sentence.lang == "ar":
            holder = next((p for p in ctx.parties if p.last == cue.first and p.kind == "place"), None)
            named = holder is not None and any(f.key in verbs for f in ctx.scene.words[holder.first - 1].forms) and holder.first > 0
            if named:
                yield _mark(cue.first, cue.last), holder, len(ahead.codes)
        elif set(lead) & verbs:
            yield _mark(cue.first, cue.last), _holder_before(ctx, cue.first, ahead), len(ahead.codes)


_Told = tuple[Mention, "Party | None", int]  # where it is told, who holds the place (None: who was spoken of), how many are ahead


def _english(ctx: Context) -> Iterator[_Told]:
    keys = [w.key for w in ctx.scene.words]
    for i, key in enumerate(keys):
        if key in connectives.words("nobody") and _a_country(keys, i):
            than = _than(keys, i)
            holder = _next(ctx, than) if than is not None else None
            if than is not None and holder is not None:
                yield _mark(i, than + 1), holder, 0
        for p in _only(ctx, i, key):
            ahead = next((n for n in range(p.last, min(p.last + _NAMED, len(keys))) if keys[n] in connectives.words("ahead")), None)
            if ahead is not None:
                yield _mark(i, ahead + 1), _next(ctx, ahead), len(p.codes)
            elif i and {keys[i - 1], keys[i + 1]} & connectives.words("trails"):
                yield _mark(i - 1, i + 1), _holder_before(ctx, i - 1, p), len(p.codes)
            elif (more := _more(keys, p.last)) is not None:
                than = _than(keys, p.last)
                yield _mark(i, more + 1), _next(ctx, than) if than is not None else None, len(p.codes)


def _arabic(ctx: Context) -> Iterator[_Told]:
    words = ctx.scene.words
    keys = [w.key for w in words]
    for i, word in enumerate(words):
        if not any(f.key in connectives.words("never") for f in word.forms):
            continue
        verb = words[i + 1] if i + 1 < len(words) else None
        if verb is not None and any(f.key in connectives.words("precedes") for f in verb.forms):
            but = next((n for n in range(i + 2, min(i + 2 + _REACH, len(keys))) if keys[n] in connectives.words("but_for")), None)
            ahead = _next(ctx, but) if but is not None else None
            if but is not None and ahead is not None:
                yield _mark(i, but + 1), _first_between(ctx, i + 2, but), len(ahead.codes)
            elif _a_country(keys, i + 1):
                yield _mark(i, i + 2), _first_between(ctx, i + 2, i + 2 + _NAMED), 0
        elif _a_country(keys, i) or _a_country(keys, i + 1):
            than = _more_than(keys, i + 1)
            holder = _next(ctx, than) if than is not None else None
            if than is not None and holder is not None:
                yield _mark(i, than + 1), holder, 0


def _a_country(keys: Sequence[str], at: int) -> bool:
    """Whether "country", "producer" or the like stands right after a word, or the word says itself that nobody does."""
    following = keys[at + 1 : at + 4]
    return keys[at] in connectives.words("no_one") or bool(set(following) & connectives.words("any_country"))


def _than(keys: Sequence[str], at: int) -> int | None:
    """Where "than" stands after "more", or "as" after "as much"."""
    more = _more(keys, at)
    if more is None:
        return None
    second = "as" if keys[more] == "as" else "than"
    return next((n for n in range(more + 1, min(more + 1 + _REACH, len(keys))) if keys[n] == second), None)


def _more_than(keys: Sequence[str], at: int) -> int | None:
    """Where "than" stands after "more" in Arabic."""
    more = next((n for n in range(at, min(at + _REACH, len(keys))) if keys[n] in connectives.words("greater")), None)
    return more + 1 if more is not None and keys[more + 1 : more + 2] and keys[more + 1] in connectives.words("more_than") else None


def _more(keys: Sequence[str], at: int) -> int | None:
    return next((n for n in range(at, min(at + _REACH, len(keys))) if keys[n] in connectives.words("more")), None)


def _only(ctx: Context, at: int, key: str) -> list[Party]:
    """The countries that "only" or "alone" singles out."""
    if key == "only":
        by = int(ctx.scene.words[at + 1].key == "by") if at + 1 < len(ctx.scene.words) else 0
        return [p for p in ctx.parties if p.first == at + 1 + by and p.kind == "place"]
    return [p for p in ctx.parties if p.last == at and p.kind == "place"] if key == "alone" else []


def _next(ctx: Context, at: int) -> Party | None:
    """The country named right after a word."""
    return next((p for p in ctx.parties if 0 <= p.first - at - 1 <= _NAMED and p.kind in ("place", "pronoun")), None)


def _first_between(ctx: Context, start: int, end: int) -> Party | None:
    return next((p for p in ctx.parties if start <= p.first < end and p.kind == "place"), None)


def _holder_before(ctx: Context, at: int, ahead: Party | None) -> Party | None:
    known = [p for p in ctx.parties if p.last <= at and p is not ahead and p.role in ("bare", "adj", "owner")]
    return known[-1] if known else None


def _mark(first: int, last: int) -> Mention:
    return Mention("rank", first, last, "largest", traits={"part": "phrase"})


def _of(ctx: Context, at: Mention) -> tuple[str, Mention | None]:
    """What the place is in: the metric nearest to where it is told, else what the text ranked before."""
    known = [m for m in ctx.sentence.of("metric") if m.id in OF and m.id != "price"]
    inside = [m for m in known if at.first <= m.first < at.last]
    acts = [m for m in inside if m.traits.get("part") != "agent"]
    near = next(iter(acts or inside), None) or ctx.scene.nearest(at, known, _NEAR)
    if near is not None:
        return (OF[near.id] if near.traits.get("part") == "agent" else meant(near)), near
    return (str(ctx.memory.rank["of"]) if ctx.memory.rank is not None else ""), None


def _draft(ctx: Context, at: Mention, holder: Party | None, ahead: int) -> Draft | None:
    of, metric = _of(ctx, at)
    names, far, group = commodities(ctx, at, *([metric] if metric else []))
    before = _holder_before(ctx, at.first, holder) if holder is None else None
    party = holder or before
    codes = party.codes[:1] if party is not None else ctx.memory.subject
    if not of or not names or not codes:
        return None
    fields = {"kind": "claim", "metric": "rank", "of": of, "country": codes, "commodity": names, "target": WORLD, "value": 1 + ahead}
    fields |= {"unit": "rank", "comparator": "rank"}
    anchors: list[Mention | Group] = [a for a in (at, metric, group, party and party.group) if a]
    ctx.memory.rank = {name: value for name, value in fields.items() if name != "country"}
    return Draft(at, fields, "unrivalled", anchors, _COST + far)
