"""Claims without a number: has a lot, has none worth naming, has more than another, needs, lags, stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import commodities, partner
from maadin.reading.grammar.clauses import carried, clause
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.metrics import OF
from maadin.reading.grammar.places import Party, who
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_SUBJECT = {"bare": 0.0, "owner": 0.0, "adj": 1.0, "of": 1.0, "by": 1.0}
_GOODS = {"many": 8.0, "recognised": 12.0, "lagging": 10.0, "needed": 5.0, "stopped": 6.0}
_NEAR = 10.0  # distance up to which a country is who a quality is told of
_CLOSE, _BEFORE = 3.0, 3
_LAG = 3.0  # what a subject taken over from the clause before costs
_COMMAS = frozenset((",", "،", ";", "؛"))
_THAN = 6  # words between "far more" and "than"
_POINT = 8.0
_METRIC = {"many": "reserves", "recognised": "reserves", "lagging": "production", "needed": "imports", "stopped": "exports"}


def qualities(ctx: Context) -> Iterator[Draft]:
    """Every quality of a sentence."""
    told: list[Draft] = []
    for m in ctx.sentence.of("quality"):
        draft = _quality(ctx, m)
        if draft is not None and not any(_again(t, draft) for t in told):
            told.append(draft)
            yield draft
    if not any(m.id in ("recognised", "many") for m in ctx.sentence.of("quality")):
        yield from _denials(ctx)
    for m in ctx.sentence.of("link"):
        if m.id == "compared_with" and (draft := _more(ctx, m)):
            yield draft


def _placed(ctx: Context, m: Mention) -> Party | None:
    """Where there are none ("no large reserves in Italy"), or where what stopped came from."""
    role = {"recognised": "in", "stopped": "from"}.get(m.id, "")
    known = [p for p in ctx.parties if p.role == role and p.kind == "place" and clause(ctx, p.first) == clause(ctx, m.first)]
    return min(known, key=lambda p: ctx.scene.gap(p.group, m), default=None)


def _again(told: Draft, draft: Draft) -> bool:
    """Whether a sentence goes on about the reserves that it denied: "no large reserves ... that are recognised and viable"."""
    return all(told.fields[f] == draft.fields[f] == v for f, v in (("quality", "recognised"), ("country", told.fields["country"])))


def _denials(ctx: Context) -> Iterator[Draft]:
    """ "The survey lists no rare-earth reserves there": reserves denied without a word for their size."""
    for n in ctx.sentence.of("negation"):
        nouns = [m for m in ctx.sentence.of("metric") if m.id == "reserves" and m.traits.get("part") == "noun" and m.first >= n.last]
        m = ctx.scene.nearest(n, nouns, _CLOSE)
        if m is None or any(ctx.scene.gap(m, q) <= _POINT for q in ctx.quantities):
            continue
        names, far, group = commodities(ctx, m, limit=_CLOSE)
        subject, cost, party = _subject(ctx, n)
        placed = next((p for p in ctx.parties if p.role in ("in", "to", "owner") and ctx.scene.gap(p.group, m) <= _POINT), party)
        if group is None or not names or not (placed or subject):
            continue
        fields = {
            "kind": "claim",
            "metric": "reserves",
            "country": placed.codes if placed else subject,
            "commodity": names,
            "quality": "recognised",
        }
        yield Draft(m, fields | {"comparator": "lt", "polarity": False}, "quality: recognised", [n, m, group], cost + far)


def _subject(ctx: Context, at: Mention, unless: tuple[Party, ...] = ()) -> tuple[tuple[str, ...], float, Party | None]:
    inside = next((p for p in ctx.parties if at.first <= p.first < at.last and p.role in _SUBJECT), None)
    if inside is not None:
        return inside.codes, 0.0, inside
    before = [p for p in ctx.parties if p.last <= at.first]
    party, cost = who(ctx.scene, before, at, _SUBJECT, limit=22.0, people=8.0, unless=unless)
    if party is None:
        party, cost = who(ctx.scene, ctx.parties, at, _SUBJECT, limit=9.0, people=8.0, unless=unless)
    if party is not None:
        return party.codes, cost, party
    return ctx.memory.subject, 12.0, None


def _metric(ctx: Context, m: Mention) -> str:
    near = ctx.near(m, ("metric",), OF, 6.0)
    return near.id if near is not None and near.traits.get("part") != "agent" else _METRIC[m.id]


def _quality(ctx: Context, m: Mention) -> Draft | None:
    if m.id not in _METRIC or not _plain(ctx, m):
        return None
    subject, cost, party = _subject(ctx, m)
    if cost > _LAG and (goes_on := carried(ctx, m.first)) is not None:
        subject, cost, party = goes_on.codes, _LAG, goes_on
    names, far, group = commodities(ctx, m, limit=_GOODS[m.id])
    if (party is None or cost > _NEAR) and (placed := _placed(ctx, m)) is not None:
        subject, cost, party = placed.codes, _LAG, placed
    if group is None and (own := _them(ctx, m)) is not None:
        names, far, group = own
    if party is None or cost > _NEAR or not names or not _told(ctx, m, party, group):
        return None
    metric = "imports" if m.id == "needed" else _metric(ctx, m)
    quality = "recognised" if m.id == "many" and metric == "reserves" and _denied(ctx, m) else m.id
    fields: dict[str, Any] = {
        "kind": "claim",
        "metric": metric,
        "country": subject,
        "commodity": names,
        "quality": quality,
        "comparator": "eq",
    }
    if quality == "recognised":
        fields |= {"comparator": "lt", "polarity": False}
    elif m.id == "lagging":
        fields["comparator"] = "lt"
    elif m.id == "stopped":
        fields |= {"value": 0.0, "unit": "tonne", "comparator": "approx"}
    if metric in ("exports", "imports"):
        relied = next(
            (p for p in ctx.parties if m.id == "needed" and p.kind != "pronoun" and p.codes != subject and p.first - m.last in (0, 1)), None
        )
        fields["target"] = (
            relied.codes
            if relied
            else _source(ctx, m, subject)
            if m.id == "needed"
            else partner(ctx, metric, m, unless=(party,), limit=24.0)
        )
    return Draft(m, fields, f"quality: {quality}", [a for a in (m, group, party.group) if a], cost + far)


def _them(ctx: Context, m: Mention) -> tuple[tuple[str, ...], float, Group] | None:
    """The goods that a clause takes over: "it has no large reserves of them", "yet the country lags"."""
    words = ctx.scene.words
    told = any(f.key in connectives.words("them") for w in words[max(0, m.first - _BEFORE) : m.last + _BEFORE] for f in w.forms)
    if not told and (
        m.id not in ("recognised", "lagging") or not any(w.text in _COMMAS or w.key in connectives.words("joins") for w in words[: m.first])
    ):
        return None
    earlier = [g for g in ctx.scene.groups("commodity") if g.last <= m.first and not any(c.traits.get("outside") for c in g.mentions)]
    if not earlier:
        return None
    return tuple(dict.fromkeys(str(c.traits.get("name", c.id)) for c in earlier[-1].mentions)), _CLOSE, earlier[-1]


def _source(ctx: Context, m: Mention, subject: tuple[str, ...]) -> tuple[str, ...] | None:
    """Where a country gets what it needs, if that is told: "from Chile"."""
    near = [p for p in ctx.parties if p.first >= m.last and p.role == "from" and p.codes != subject and ctx.scene.gap(p.group, m) <= _POINT]
    return near[0].codes if near else None


def _plain(ctx: Context, m: Mention) -> bool:
    """Whether a sentence has no more to say than the quality: where it tells a rank, a figure or an act, that is its point."""
    inside = [
        r
        for r in ctx.sentence.of("quality")
        if r is not m and ctx.scene.gap(r, m) <= 1.0 and (r.traits.get("negated") or r.traits.get("denies"))
    ]
    if m.id == "many" and (inside or _of_degree(ctx, m)):
        return False
    if m.id == "many" and any(
        o.traits.get("part") == "agent" and o.first >= m.last and ctx.scene.gap(o, m) <= _CLOSE for o in ctx.sentence.of("metric")
    ):
        return False  # "a significant tin producer"
    if (
        m.id == "many"
        and ctx.sentence.lang == "ar"
        and any(o.traits.get("part") == "agent" and o.last == m.first for o in ctx.sentence.of("metric"))
    ):
        return False  # "منتج كبير للقصدير"
    if m.id == "needed" and (m.traits.get("part") != "verb" or set(ctx.scene.before(m, _BEFORE)) & connectives.words("lessen")):
        return False
    if m.id == "stopped" and not any(
        o.traits.get("part") == "noun" and ctx.scene.gap(o, m) <= (_POINT if o.last <= m.first else _CLOSE)
        for o in ctx.sentence.of("metric")
    ):
        return False
    if m.id == "stopped" and any(r.id == "ban" and ctx.scene.overlaps(r, m) for r in ctx.sentence.of("instrument")):
        return False  # a decision, told as a ban
    if m.id in ("many", "stopped", "needed", "lagging"):
        points = [r for r in ctx.sentence.of("rank", "change", "instrument") if r.id != "main" and not ctx.scene.overlaps(r, m)]
        points = [r for r in points if m.id != "lagging" or clause(ctx, r.first) == clause(ctx, m.first)]
        return not ctx.quantities and not any(ctx.scene.gap(r, m) <= _POINT for r in points)
    return True


def _denied(ctx: Context, m: Mention) -> bool:
    """Whether a negation stands before a word for many reserves: "لا يملك احتياطيات كبيرة"."""
    return any(0 <= m.first - n.last <= _BEFORE for n in ctx.sentence.of("negation"))


def _of_degree(ctx: Context, m: Mention) -> bool:
    """Whether a word for much only tells how far something else goes: "lags far", "تتأخر كثيرا", or the sentence compares."""
    beside = any(r.id == "lagging" and ctx.scene.gap(r, m) <= 1.0 for r in ctx.sentence.of("quality"))
    more = any(o.traits.get("more") and ctx.scene.gap(o, m) <= _POINT for o in ctx.sentence.of("link"))
    return beside or more


def _told(ctx: Context, m: Mention, party: Party, group: Group | None) -> bool:
    """Whether the goods are named in the sentence, or it goes on about those just named."""
    if group is not None:
        return True
    return m.id in ("many", "recognised", "lagging") and party.kind == "pronoun"


def _more(ctx: Context, m: Mention) -> Draft | None:
    """A comparison between two countries: "far more than Ukraine"."""
    if m.form.article:
        return None  # "الأكبر من"
    if not (m.traits.get("more") or m.traits.get("less")) or any(ctx.scene.gap(m, q) <= 1.0 for q in ctx.sentence.of("quantity", "number")):
        return None
    at = _than(ctx, m)
    other = next((p for p in ctx.parties if p.first >= m.first and ctx.scene.gap(p.group, at) <= 2.0), None)
    if other is None:
        return None
    subject, cost, party = _subject(ctx, m, unless=(other,))
    if (pair := _verb_first(ctx, m)) is not None:
        (party, other), cost = pair, 1.0
        subject = party.codes
    if m.traits.get("less"):
        return None
    names, far, group = commodities(ctx, m)
    if not subject or not names or subject == other.codes:
        return None
    metric = _near_metric(ctx, m)
    fields = {
        "kind": "claim",
        "metric": metric,
        "country": subject,
        "target": other.codes,
        "commodity": names,
        "quality": "more",
        "comparator": "gt",
    }
    return Draft(m, fields, "comparison", [a for a in (m, group, other.group, party and party.group) if a], cost + far)


def _verb_first(ctx: Context, m: Mention) -> tuple[Party, Party] | None:
    """Who exceeds whom where the verb opens an Arabic clause: "تفوق احتياطيات الأرجنتين احتياطيات المكسيك"."""
    opens = m.first == 0 or ctx.scene.words[m.first - 1].what == "mark"
    after = [p for p in ctx.parties if p.first >= m.last and p.kind == "place" and p.role in ("of", "bare", "adj")]
    return (after[0], after[1]) if ctx.sentence.lang == "ar" and opens and len(after) == 2 else None


def _than(ctx: Context, m: Mention) -> Mention:
    """The "than" of "far more of these metals than Ukraine": only goods and small words stand between."""
    than = next((t for t in ctx.sentence.of("link") if t.id == "compared_with" and 0 <= t.first - m.last <= _THAN), None)
    if than is None or any(w.what == "mark" for w in ctx.scene.words[m.last : than.first]):
        return m
    return than


def _near_metric(ctx: Context, m: Mention) -> str:
    near = ctx.near(m, ("metric",), OF, 12.0)
    return near.id if near is not None and near.traits.get("part") != "agent" and near.id in OF else "reserves"
