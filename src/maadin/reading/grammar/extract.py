"""All patterns over all sentences of a text, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from maadin.reading.grammar import claims, connectives
from maadin.reading.grammar.absences import absences
from maadin.reading.grammar.attribution import doer_speaks, name, source_of, speaker
from maadin.reading.grammar.barred import barred
from maadin.reading.grammar.binding import bind
from maadin.reading.grammar.bound import Bound
from maadin.reading.grammar.ceilings import capped
from maadin.reading.grammar.charges import charged
from maadin.reading.grammar.context import WORLD, Context, Draft
from maadin.reading.grammar.deals import dealt
from maadin.reading.grammar.goods import listed
from maadin.reading.grammar.grants import granted
from maadin.reading.grammar.harks import harks
from maadin.reading.grammar.kept import kept
from maadin.reading.grammar.measures import measures
from maadin.reading.grammar.memory import Memory
from maadin.reading.grammar.merge import merged
from maadin.reading.grammar.offers import offered
from maadin.reading.grammar.outputs import output
from maadin.reading.grammar.owners import counting
from maadin.reading.grammar.permits import permitted
from maadin.reading.grammar.places import Party
from maadin.reading.grammar.qualities import qualities
from maadin.reading.grammar.quotations import Quotation
from maadin.reading.grammar.ranks import ranks
from maadin.reading.grammar.respective import shared_out
from maadin.reading.grammar.restraints import restrained
from maadin.reading.grammar.scene import Group
from maadin.reading.grammar.sequels import sequel
from maadin.reading.grammar.stakes import staked
from maadin.reading.grammar.statuses import condition, dated, denied, status
from maadin.reading.grammar.stops import stops
from maadin.reading.grammar.supplies import supplied
from maadin.reading.grammar.those import recalled
from maadin.reading.grammar.timing import moment, remember_period
from maadin.reading.grammar.unrivalled import unrivalled
from maadin.reading.grammar.works import worked
from maadin.reading.model import Document, Mention, Sentence
from maadin.reading.statement import Statement

CLAIMS = {"level": claims.level, "price": claims.price, "share": claims.share, "change": claims.change}
ANCHORS = (
    "quantity",
    "number",
    "rank",
    "instrument",
    "quality",
    "link",
    "change",
    "negation",
    "share",
    "metric",
    "status",
)  # without any, a sentence says nothing of ours
FLOWS = ("production", "exports", "imports", "consumption")
COMPOSED = (restrained, barred, permitted, offered, supplied)
PROJECTS = (output, worked, granted, staked, dealt)
TRADE = ("exports", "imports")
_THERE = 4  # words between "output" and "in Zambia"
HEADLINE = 3  # mentions that one in the headline counts for
ONE_TOPIC = 0.7  # of all mentions of commodities
GOES_ON = 2  # sentences after a project in which "the plant" is the one told of
WORST = 60.0  # cost at which a statement is not made


def statements(document: Document) -> list[Statement]:
    """Statements of a text whose sentences have their mentions."""
    topic, alone = _topic(document)
    memory = Memory(topic=topic, one_topic=alone, topic_country=_topic_country(document))
    found: list[Statement] = []
    quotation = Quotation()
    for sentence in document.sentences:
        sentence.mentions = composed(sentence, memory)
        ctx, who, begun = Context(sentence, memory), None, len(found)
        if sentence.mentions:
            who = speaker(ctx)
            _meet(ctx, who)
            if sentence.of(*ANCHORS):
                drafts = [d for d in _noted(ctx) if d.cost < WORST]
                made = [_finished(ctx, document, d, source_of(ctx, d, who)) for d in drafts]
                remember_period(ctx, drafts, [s.year_or_date for s in made])
                found += made
        quotation.follow(sentence, who, found, begun)
        _remember(ctx)
    return merged(sorted(found, key=lambda s: s.span))


def composed(sentence: Sentence, memory: Memory) -> list[Mention]:
    """Mentions that stand, with the measures that several words make together."""
    mentions = recalled(sentence, kept(sentence))
    for make in COMPOSED:
        mentions = make(sentence, mentions)
    mentions = sequel(sentence, mentions, memory.since_project <= GOES_ON)
    for make in PROJECTS:
        mentions = make(sentence, mentions)
    return charged(sentence, capped(sentence, mentions, memory), memory)


def _claim(ctx: Context, b: Bound) -> Draft | None:
    if b.goods is not None and b.head is not None:
        return listed(b, CLAIMS[b.what](ctx, b.head))
    return CLAIMS[b.what](ctx, b)


def _drafts(ctx: Context) -> Iterator[Draft]:
    back = list(harks(ctx))
    if back:
        yield from back
        return
    bound = bind(ctx)
    made = [_claim(ctx, b) for b in bound if b.what in CLAIMS]
    yield from shared_out(ctx, [d for d in made if d is not None])
    yield from claims.multiples(ctx)
    yield from ranks(ctx)
    yield from unrivalled(ctx)
    yield from measures(ctx, bound)
    told = list(qualities(ctx))
    yield from told
    if not any(d.fields["quality"] == "stopped" for d in told):
        yield from stops(ctx)
    yield from absences(ctx)


def _noted(ctx: Context) -> Iterator[Draft]:
    """Drafts of a sentence; the last trade is kept in mind."""
    for d in _drafts(ctx):
        told = d.fields
        metric = told.get("of") if told.get("metric") == "rank" else told.get("metric")
        if metric in TRADE and told["country"] != WORLD and told.get("quality") != "needed":
            target = told.get("target") if told.get("target") != WORLD else None
            ctx.memory.trade = {"metric": metric, "country": told["country"], "target": target, "commodity": told["commodity"]}
        if d.rule == "level" and metric in FLOWS:
            ctx.memory.flow = told
        if metric == "share":
            ctx.memory.share = told
        yield d


def _finished(ctx: Context, document: Document, d: Draft, who: str | None) -> Statement:
    fields = dict(d.fields)
    date, window = moment(ctx, d)
    fields |= {"year_or_date": date, "window": window}
    if fields["kind"] == "measure":
        who = who or doer_speaks(ctx, d)
        told, affirmed = status(ctx, d)
        told = dated(ctx, d, told, date, document.published)
        fields |= {"status": told, "polarity": affirmed, "condition": condition(ctx, d)}
    elif "polarity" not in fields and denied(ctx, d):
        fields |= (
            {"comparator": {"gt": "lt", "lt": "gt"}[fields["comparator"]]}
            if fields.get("comparator") in ("gt", "lt")
            else {"polarity": False}
        )
    start, end = document.source.span(*_extent(ctx.sentence, d))
    return Statement(
        span=(start, end), text=document.source.text[start:end], lang=ctx.sentence.lang, attributed_to=who, rule=d.rule,
        confidence=round(min(1.0, max(0.05, 1.0 - d.cost / WORST)), 2), **fields,
    )  # fmt: skip


def _extent(sentence: Sentence, d: Draft) -> tuple[int, int]:
    parts: list[Mention | Group] = [a for a in (*d.anchors, d.anchor) if a.last <= len(sentence.words)]
    near = [p for p in parts if abs(p.first - d.anchor.first) <= 25] or parts
    return sentence.words[min(p.first for p in near)].start, sentence.words[max(p.last for p in near) - 1].end


def _meet(ctx: Context, who: str | None) -> None:
    """Keep in mind whom "he" or "she" means from now on: who speaks, else the person named first."""
    named = next((m for m in ctx.sentence.of("person")), None)
    if who or named is not None:
        ctx.memory.he = who or (name(ctx, named) if named is not None else None)
        ctx.memory.he_country = ctx.memory.speaker_country if who else (named.id,) if named is not None else ()


def _topic(document: Document) -> tuple[tuple[str, ...], bool]:
    """The commodity of the headline, else the one named most; and whether the text hardly speaks of another."""
    counts: Counter[str] = Counter()
    for i, s in enumerate(document.sentences):
        for m in s.of("commodity"):
            if not m.traits.get("outside") and not m.traits.get("generic"):
                counts[str(m.traits.get("name", m.id))] += HEADLINE if i == 0 else 1
    if not counts:
        counts.update(g for s in document.sentences for m in s.of("company") for g in m.traits.get("goods", ()))
        if counts:
            return (counts.most_common(1)[0][0],), False
    if not counts:
        return (("minerals",) if any(s.of("commodity") for s in document.sentences) else ()), False
    name, count = counts.most_common(1)[0]
    return (name,), count >= ONE_TOPIC * counts.total()


def _topic_country(document: Document) -> tuple[str, ...]:
    """The country named most, those of the headline and of what opens the text counting for more."""
    counts: Counter[str] = Counter()
    for i, s in enumerate(document.sentences):
        for m in s.of("place"):
            if m.id and not m.traits.get("group") and not (m.traits.get("adjective") and m.first and _institution(s, m.first - 1)):
                counts[m.id] += HEADLINE if i == 0 else 1
    counts = counts or Counter(m.id for s in document.sentences for m in s.of("office", "person") if m.id)
    return (counts.most_common(1)[0][0],) if counts else ()


def _names_country(p: Party) -> bool:
    """Whether a party is "the country", "البلاد", in words of its own."""
    return p.kind == "pronoun" and p.group.mentions[0].kind == "pronoun" and p.group.mentions[0].id == "country"


def _institution(sentence: Sentence, at: int) -> bool:
    """Whether a word is an institute, a newspaper or the like, whose home is not what a text is about."""
    return any(f.key in connectives.words("institution") for f in sentence.words[at].forms)


def _told_there(ctx: Context) -> bool:
    """Whether a sentence tells output in a country, or exports from it, that has no other part in it."""
    roles = {"exports": ("from",), "production": ("in", "from")}
    nouns = [m for m in ctx.sentence.of("metric") if m.id in roles and m.traits.get("part") == "noun"]
    return any(p.kind == "place" and p.role in roles[m.id] and 0 <= p.first - m.last <= _THERE for m in nouns for p in ctx.parties)


def _remember(ctx: Context) -> None:
    memory = ctx.memory
    memory.since_project += 1
    subjects = [
        p for p in ctx.parties if (p.kind in ("place", "company") or _names_country(p)) and p.role in ("bare", "adj", "of", "owner", "by")
    ]
    subjects = [p for p in subjects if not set(ctx.scene.before(p.group, 2)) & connectives.words("were")] or subjects[:0]
    placed = {code for p in ctx.parties if p.kind == "place" for code in p.codes}
    if not subjects and len(placed) == 1 and _told_there(ctx):
        memory.subject = tuple(placed)  # "exports from China slumped"
    elif not subjects and (counted := counting(ctx)):
        memory.subject = counted
    if subjects:
        memory.subject = next((p for p in subjects if p.role in ("bare", "owner")), subjects[0]).codes[:1]
    if named := tuple(dict.fromkeys(code for p in ctx.parties if p.kind == "place" or _names_country(p) for code in p.codes)):
        memory.recent, memory.named = (*memory.named, *named), named
    actors = [p for p in ctx.parties if p.role in ("bare", "adj", "of", "by")]
    if actors:
        memory.actor = actors[0].codes
    companies = [p for p in ctx.parties if p.kind == "company"]
    if companies:
        memory.company = companies[0].codes[:1]
    groups = [g for g in ctx.scene.groups("commodity") if not any(m.traits.get("outside") or m.traits.get("loose") for m in g.mentions)]
    if groups and not memory.one_topic:
        memory.commodities = tuple(dict.fromkeys(str(m.traits.get("name", m.id)) for m in groups[-1].mentions))
    metrics = [m for m in ctx.sentence.of("metric") if m.traits.get("part") != "agent" and not m.traits.get("possession")]
    if metrics:
        memory.metric = metrics[-1].id
    elif not memory.metric and (agents := [m for m in ctx.sentence.of("metric") if m.traits.get("part") == "agent"]):
        memory.metric = agents[-1].id
