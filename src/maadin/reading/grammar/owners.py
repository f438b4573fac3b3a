"""Whose figure it is, and who stands at the other end of a flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maadin.reading.grammar import connectives
from maadin.reading.grammar.arguments import world
from maadin.reading.grammar.context import WORLD, Context
from maadin.reading.grammar.places import EXPORTER, FROM, IMPORTER, OWNER, PEOPLE, TO, Costs, Party
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

Owner = tuple[tuple[str, ...], float, Party | None]
_ADJECTIVES = 3  # words between "the world's" and what it owns
_CLAUSE = 5.0  # what a verb between a country and a figure adds to their distance
_NEXT = 12.0  # and what it adds where a mark before it opens a clause of its own
_VERBS = ("metric", "share", "change", "say", "link")
_BACK = ("bare", "adj", "of", "owner", "by")


def acting(
    ctx: Context, known: Sequence[Party], at: Mention | Group, costs: Costs, *, limit: float, people: float = 14.0, after: float = 0.0,
    unless: Sequence[Party] = (), but: Sequence[Mention] = (),
) -> tuple[Party | None, float]:  # fmt: skip
    """The country that fills a role best and its cost; a verb between, other than those named in `but`, counts as the end of a clause."""
    best, least = None, limit
    for p in known:
        if p in unless or p.role not in costs or (p.kind != "pronoun" and ctx.scene.overlaps(p.group, at)):
            continue
        cost = ctx.scene.gap(p.group, at) + costs[p.role] + (people if p.kind in PEOPLE else 0.0)
        cost += after if p.first >= at.last and p.role == "bare" else 0.0
        cost += 2 * _CLAUSE if ctx.scene.out_of(p.group, at) else 0.0
        if cost < least and (verbs := _verbs(ctx, p, at, but)):
            cost += _CLAUSE * (verbs if p.first >= at.last else verbs - 1) + (_NEXT if p.first >= at.last and _marked(ctx, at, p) else 0.0)
        if cost < least:
            best, least = p, cost
    return best, least


def _marked(ctx: Context, at: Mention | Group, p: Party) -> bool:
    """Whether a comma or the like stands between."""
    return any(w.what == "mark" and w.text in ",،;؛" for w in ctx.scene.words[at.last : p.first])


def _verbs(ctx: Context, p: Party, at: Mention | Group, but: Sequence[Mention]) -> int:
    lo, hi = min(p.last, at.last), max(p.first, at.first)
    found = {
        m.first
        for m in ctx.sentence.of(*_VERBS)
        if (m.traits.get("part") == "verb" or m.id == "followed_by")
        and lo <= m.first < hi
        and m not in but
        and not ctx.scene.overlaps(m, at)
    }
    return len(found - {m.first for m in but})


def to_market(ctx: Context, p: Party) -> bool:
    """Whether an adjective belongs to a market that something goes to: "إلى السوق الأميركية", "to the US market"."""
    if p.role != "adj":
        return False
    if ctx.sentence.lang == "en" and ctx.scene.before(p.group, 2) in (["a", "to"], ["an", "to"]):
        return True  # "sold 5,000 tonnes to a Chinese buyer"
    markets = connectives.words("market")
    arabic = ctx.sentence.lang == "ar"
    noun = p.first - 1 if arabic else p.last
    if not 0 <= noun < len(ctx.scene.words) or ctx.scene.words[noun].key not in markets:
        return False
    lead = noun if arabic else p.first
    glued = any(f.before.lstrip("وف") in ("ل", "لل") and f.key in markets for f in ctx.scene.words[noun].forms)
    return glued or bool(set(ctx.scene.before(Group((Mention("", lead, lead + 1, ""),)), 2)) & connectives.words("role_to"))


def after_subject(ctx: Context, m: Mention, subject: Party | None) -> Party | None:
    """The second country of an Arabic verb of supplying: "لم تزود روسيا الهند بأكثر من"."""
    if subject is None or ctx.sentence.lang != "ar" or m.traits.get("part") != "verb" or subject.first != m.last:
        return None
    return next((p for p in ctx.parties if p.first == subject.last and p.role == "bare" and p.kind == "place"), None)


def titles(ctx: Context) -> list[Party]:
    """Countries whose largest something somebody named before is: "Poland is the EU's sole large miner"; English only."""
    if ctx.sentence.lang != "en":
        return []
    ranked = {r.first for r in ctx.sentence.of("rank")}
    sole = {i for i, w in enumerate(ctx.scene.words) if w.key in connectives.words("sole")}
    found = [p for p in ctx.parties if p.kind == "place" and p.role == "adj" and p.last in ranked | sole]
    return [
        p for p in found if any(e.last <= p.first and e.role in ("bare", "adj", "owner", "such") for e in ctx.parties if e not in found)
    ]


def _led(ctx: Context, m: Mention) -> bool:
    """Whether a country leads the world in a metric: "China led global production with 865,000 t"."""
    lead = ctx.scene.before(m, 4)
    return bool(set(lead) & connectives.words("led")) and "with" in ctx.scene.after(m, 2)


def _of_another(ctx: Context, anchors: Sequence[Mention]) -> bool:
    """Whether "world" stands before another metric than those a figure is read from: "..., or 17% of world output"."""
    wide = {m.last for m in ctx.sentence.of("scope") if m.id == "world"}
    return any(m.first in wide and m not in anchors for m in ctx.sentence.of("metric"))


def _ranked(ctx: Context, m: Mention) -> bool:
    """Whether "in the world" belongs to a superlative before a noun: "the largest reserves in the world"."""
    return any(r.last <= m.first and ctx.scene.gap(r, m) <= _CLAUSE for r in ctx.sentence.of("rank"))


def _owners_of_sites(ctx: Context) -> list[Party]:
    """Companies named before their mine: "BHP's Escondida"; the output is of the country where it lies."""
    sites = {p.first for p in ctx.parties if p.kind == "place"}
    return [p for p in ctx.parties if p.kind == "company" and p.role == "adj" and p.last in sites]


def antecedent(ctx: Context, verb: Mention) -> Party | None:
    """Of whom a relative clause speaks: "in Australia, which produces ...", whatever the role of the name before it."""
    relative = connectives.words("relative")
    at = next((i for i in range(verb.first - 1, max(-1, verb.first - 4), -1) if ctx.scene.words[i].key in relative), None)
    if at is None or verb.traits.get("part") not in ("verb", None):
        return None
    return next((p for p in ctx.parties if at - 1 <= p.last <= at and p.kind in ("place", "company") and p.last > 0), None)


def _after_verb(ctx: Context, m: Mention, unless: Sequence[Party]) -> Party | None:
    """The subject that only its place beside a verb tells: "لم تزود روسيا", "with Indonesia producing"."""
    if m.kind != "metric" or m.traits.get("part") != "verb":
        return None
    if ctx.sentence.lang == "en":
        return next((p for p in ctx.parties if p.last == m.first and p.role == "with"), None)
    return next((p for p in ctx.parties if p.first == m.last and p.role == "bare" and p not in unless and p.kind not in PEOPLE), None)


def _worldwide(ctx: Context, m: Mention) -> tuple[str, ...] | None:
    """WLD for "the world's primary uranium supply": only names and adjectives between."""
    if ctx.sentence.lang != "en" or m.kind != "metric":
        return None
    apart = connectives.roles().keys() | connectives.words("and")
    wide = [
        s
        for s in ctx.sentence.of("scope")
        if s.id == "world" and s.traits.get("part") == "adjective" and 0 <= m.first - s.last <= _ADJECTIVES
    ]
    clear = [s for s in wide if not any(w.what == "mark" or w.key in apart for w in ctx.scene.words[s.last : m.first])]
    ranked = [r for r in ctx.sentence.of("rank") if r.id == "largest"]
    return WORLD if any(not any(s.last == r.first or ctx.scene.overlaps(s, r) for r in ranked) for s in clear) else None


def abroad(ctx: Context, p: Party) -> bool:
    """Whether it is a company far from home: what a Swiss firm mines in Chile is no output of Switzerland."""
    return p.kind == "company" and bool(ctx.memory.topic_country) and p.codes != ctx.memory.topic_country


def _whose(ctx: Context, p: Party, metric: str) -> Party:
    """A party with its role; "ل" before it tells whose stock or output it is: "الطاقة الإنتاجية للصين"."""
    glued = ctx.sentence.lang == "ar" and p.role == "to" and p.kind == "place" and "ل" in p.group.mentions[0].form.before
    near = glued and any(
        0 <= p.first - m.last <= 1 and m.id == metric and m.traits.get("part") == "noun" for m in ctx.sentence.of("metric")
    )
    return replace(p, role="of") if near and metric not in ("exports", "imports", "price") else p


def owner(ctx: Context, metric: str, *anchors: Mention, unless: Sequence[Party] = ()) -> Owner:
    """Whose figure it is: near the metric, else who acted before, else the world."""
    costs: Costs = {"exports": EXPORTER, "imports": IMPORTER}.get(metric, OWNER)
    if anchors[0].traits.get("part") == "verb" and (spoken_of := antecedent(ctx, anchors[0])) is not None and spoken_of not in unless:
        return spoken_of.codes, 0.0, spoken_of
    titled = titles(ctx)
    if metric == "imports" and titled and titled[0] not in unless:
        return titled[0].codes, 2.0, titled[0]  # "X was China's third largest source of imports, accounting for 4 Mt"
    passed = [*titled, *_owners_of_sites(ctx)]
    known = [_whose(ctx, p, metric) for p in ctx.parties if p not in passed and not to_market(ctx, p)]
    if (subject := _after_verb(ctx, anchors[0], unless)) is not None:
        return subject.codes, 0.0, subject
    if (
        wide := (None if _ranked(ctx, anchors[0]) or _led(ctx, anchors[0]) else world(ctx, anchors[0], 0.5)) or _worldwide(ctx, anchors[0])
    ) and not any(p.role in ("adj", "of", "owner") and ctx.scene.gap(p.group, anchors[0]) <= 1.0 for p in known):
        return wide, 1.0, None
    best: Party | None = None
    least = 24.0
    for a in anchors:
        party, cost = acting(ctx, known, a, costs, limit=least, after=1.0 if ctx.sentence.lang == "ar" else 5.0, unless=unless, but=anchors)
        if party is not None and cost < least:
            best, least = party, cost
    own = next(
        (a for a in anchors if a.kind in ("metric", "share") and a.traits.get("part") != "verb" and a.form.after and a.form.after != "'s"),
        None,
    )
    if own is not None and (best is None or least > 1.0):
        earlier = [p for p in ctx.parties if p.last <= own.first and p.role in _BACK]
        if earlier:
            return earlier[-1].codes, 2.0, earlier[-1]
        if ctx.memory.subject:
            return ctx.memory.subject, 3.0, None
    near_world = None if _ranked(ctx, anchors[0]) else world(ctx, anchors[0], 1.5)
    if near_world and (best is None or least > 3.0):
        return near_world, 3.0, None
    if best is not None and abroad(ctx, best):
        later = (
            best.first >= anchors[0].last and ctx.scene.gap(best.group, anchors[0]) > _CLAUSE and anchors[0].traits.get("part") == "noun"
        )
        return (counting(ctx) or ctx.memory.topic_country, 12.0, None) if later else ((), 20.0, None)
    if best is not None:
        return best.codes, least, best
    if (far := world(ctx, anchors[0], 9.0)) and not (ctx.memory.subject and _of_another(ctx, anchors)):
        return far, 8.0, None
    if counted := counting(ctx):
        return counted, 8.0, None
    if metric == "consumption":
        return WORLD, 8.0, None  # "demand for cobalt": everybody's
    return (ctx.memory.subject, 12.0, None) if ctx.memory.subject else ((), 20.0, None)


def counting(ctx: Context) -> tuple[str, ...]:
    """The country whose customs or ministry tells the figures of a sentence that names no other: "Chinese customs data showed that exports"."""
    return next(((m.id,) for m in ctx.sentence.of("source", "office") if m.traits.get("counts") and len(m.id) == 3), ())


def other_end(ctx: Context, metric: str, *anchors: Mention, unless: Sequence[Party] = (), limit: float = 14.0) -> tuple[str, ...] | None:
    """The other end of a flow, or None."""
    costs: Costs = TO if metric == "exports" else FROM
    if metric == "exports" and (market := next((p for p in ctx.parties if p not in unless and to_market(ctx, p)), None)):
        return market.codes
    found: Party | None = None
    least = limit
    for a in anchors:
        party, cost = acting(ctx, ctx.parties, a, costs, limit=least, unless=unless, people=20.0, but=anchors)
        if party is not None and cost < least:
            found, least = party, cost
    return found.codes if found else None
