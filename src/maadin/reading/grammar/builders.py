"""Who builds, pays or joins, where an act tells it: the subject of the verb, or who stands behind "by"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import carried, clause
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import PEOPLE, Party
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_LET = 3  # words before a state among which an Arabic verb of letting stands
_CHAIN = 8  # words between a verb of planning and the act it leads to
_BY = 6  # words between an act or its plant and "by"
_RELATIVE = 4  # words between who is meant and "who"
_SUBJECT = 3  # words between an Arabic verb and its subject
_OPENS = 3  # words at the start of a sentence among which "the company" stands
_FAR = 9  # words between an English subject and its verb
_ROLES = ("bare", "adj", "owner")
_AFTER = ("bare", "of", "adj", "owner", "by")
_VERBS = ("verb", "auxiliary", "phrase")


def builder(ctx: Context, m: Mention, lead: Mention | None, known: Sequence[Party]) -> Party | None:
    """The party that does what is told of a project, a sum or a venture; None where the sentence does not say it plainly."""
    if not any(m.traits.get(t) for t in ("work", "grant", "deal")):
        return None
    act = m.value if isinstance(m.value, Mention) else lead if lead is not None else m
    if (by := _by(ctx, m, act, known)) is not None:
        return by
    if act.traits.get("part") in ("after", "before") and not (act.traits.get("both") and act.last <= m.first):
        return None
    first = _outermost(ctx, act)
    if first is act and act.traits.get("part") == "noun" and (whose := _whose(act, m, known)) is not None:
        return whose
    if (own := _attached(ctx, m, act)) is not None and _nameless(ctx, first):
        return own
    return _arabic(ctx, act, first, known) if ctx.sentence.lang == "ar" else _english(ctx, act, first, known)


def _whose(act: Mention, m: Mention, known: Sequence[Party]) -> Party | None:
    """Whose plant it is that is opened or widened: "the start-up of Codelco's mine"."""
    near = [p for p in known if act.last <= p.first < m.first and p.role in ("adj", "owner") and p.kind in ("company", "place")]
    return next((p for p in near if p.kind == "company"), near[0] if near else None)


def _attached(ctx: Context, m: Mention, act: Mention) -> Party | None:
    """Whose project it is by an adjective right behind the noun in Arabic, before it in English: "مشروعا صينيا", "a Canadian project"."""
    near = [p for p in ctx.parties if p.role == "adj" and p.kind == "place" and act.last <= p.first < m.last + 2]
    firm = connectives.words("undertaking")
    at = -1 if ctx.sentence.lang == "ar" else 0
    return next(
        (
            p
            for p in near
            if any(f.key in firm for f in ctx.scene.words[p.first - 1 if at else min(p.last, len(ctx.scene.words) - 1)].forms)
        ),
        None,
    )


def _nameless(ctx: Context, first: Mention) -> bool:
    """Whether the subject is an office whose country is not told: "البرلمان جمد"."""
    around = [o for o in ctx.sentence.of("office") if not o.id and (o.last == first.first or 0 <= o.first - first.last <= 1)]
    return bool(around)


def _by(ctx: Context, m: Mention, act: Mention, known: Sequence[Party]) -> Party | None:
    end = max(m.last, act.last)
    return next((p for p in known if p.role == "by" and 0 <= p.first - end <= _BY), None)


def _outermost(ctx: Context, act: Mention) -> Mention:
    """The verb that begins the chain of verbs leading to an act: "plans" of "plans to start building"."""
    start = clause(ctx, act.first)
    before = [
        s
        for s in ctx.sentence.of("status")
        if s.traits.get("part") in _VERBS and start <= s.first < act.first and act.first - s.last <= _CHAIN
    ]
    return min(before, key=lambda s: s.first, default=act)


def _english(ctx: Context, act: Mention, first: Mention, known: Sequence[Party]) -> Party | None:
    if first is act and act.traits.get("part") not in _VERBS and not act.traits.get("both"):
        return None
    start = clause(ctx, first.first)
    named = [p for p in known if start <= p.first and p.last <= first.first and p.role in _ROLES and first.first - p.last <= _FAR]
    named = [p for p in named if not _spoken(ctx, p, first)]
    if named:
        return named[-1]
    if (goes_on := carried(ctx, first.first)) is not None:
        return goes_on
    words = ctx.scene.words[: min(_OPENS, first.first)]
    firm = any(w.key in connectives.words("firm") and i and words[i - 1].key == "the" for i, w in enumerate(words))
    codes = ctx.memory.company or ctx.memory.topic_country
    return Party(Group((first,)), codes, "bare", "company") if firm and codes else None


def _spoken(ctx: Context, p: Party, first: Mention) -> bool:
    """Whether a clause of its own ends between a party and a verb."""
    return any(w.text in (";", ":") for w in ctx.scene.words[p.last : first.first])


def _arabic(ctx: Context, act: Mention, first: Mention, known: Sequence[Party]) -> Party | None:
    relative = next(
        (i for i in range(first.first - 1, max(-1, first.first - _SUBJECT), -1) if ctx.scene.words[i].key in connectives.words("relative")),
        None,
    )
    if relative is None:
        relative = next(
            (
                i
                for i in range(first.first - 1, max(-1, first.first - _SUBJECT), -1)
                if any(f.key in connectives.words("relative") for f in ctx.scene.words[i].forms)
            ),
            None,
        )
    if relative is not None:
        of = [p for p in known if p.last <= relative and p.kind in ("company", "place")]
        return of[-1] if of and relative - of[-1].last <= _RELATIVE else None
    for verb in (act, first):
        if verb.traits.get("part") in _VERBS and (p := _behind(ctx, verb, known)) is not None:
            return p
    if first.form.before[:1] == "و" and (goes_on := carried(ctx, first.first)) is not None:
        return goes_on
    firm = any(
        f.key in connectives.words("firm") and f.article
        for w in ctx.scene.words[max(0, first.first - _SUBJECT) : first.first]
        for f in w.forms
    )
    if firm and ctx.memory.company:
        return Party(Group((first,)), ctx.memory.company, "bare", "company")
    before = [p for p in known if p.last <= first.first and p.role == "bare" and first.first - p.last <= _SUBJECT]
    if first.traits.get("part") in _VERBS:
        return before[-1] if before else None
    return next((p for p in known if p.first <= _SUBJECT and p.last <= act.first and _opens(ctx, p)), None)


def _opens(ctx: Context, p: Party) -> bool:
    """Whether a company is the subject of the verb that opens an Arabic sentence: "فازت مجموعة صينية بحق"."""
    if p.kind == "company":
        return p.first > 0 and p.role in _AFTER
    return p.role == "adj" and any(f.key in connectives.words("firm") for f in ctx.scene.words[p.first - 1].forms)


def _behind(ctx: Context, verb: Mention, known: Sequence[Party]) -> Party | None:
    """The subject right behind an Arabic verb: no plant and no metal between."""
    near = [p for p in known if 0 <= p.first - verb.last <= _SUBJECT and p.role in _AFTER and p.kind != "pronoun"]
    for p in near:
        between = [
            o
            for o in ctx.sentence.of("commodity", "instrument")
            if verb.last <= o.first < p.first and not (o.kind == "instrument" and o.id == "fund" and p.first - o.last <= 1)
        ]
        prepositions = connectives.roles().keys() & {w.key for w in ctx.scene.words[verb.last : p.first]}
        if not between and not prepositions:
            return p
    return None


def together(ctx: Context, m: Mention, best: Party, known: Sequence[Party]) -> tuple[str, ...]:
    """Both sides of what two do together: "Ma'aden and the American refiner agreed on a joint venture"."""
    codes = list(best.codes)
    if m.id in ("joint_venture", "fund") and best.last <= m.first:
        for p in known:
            if p is not best and p.last <= best.first and p.role in ("bare", "adj") and p.kind not in PEOPLE and _and_between(ctx, p, best):
                codes[:0] = [c for c in p.codes if c not in codes]
    return tuple(codes)


def let(ctx: Context, m: Mention, does: Party) -> tuple[str, ...]:
    """The company that a state lets build: it is the project of both."""
    lead = ctx.scene.words[max(0, does.first - _LET) : m.first]
    if (
        m.id != "capacity_project"
        or does.kind == "company"
        or not any(f.key in connectives.words("lets_build") for w in lead for f in w.forms)
    ):
        return ()
    firms = [p for p in ctx.parties if p.kind == "company" and p is not does and not set(p.codes) & set(does.codes)]
    return firms[0].codes if firms else ()


def _and_between(ctx: Context, a: Party, b: Party) -> bool:
    between = ctx.scene.words[a.last : b.first + 1]
    return len(between) <= 5 and (any(w.key == "and" for w in between) or any(f.before.startswith("و") for f in between[-1].forms))
