"""Clauses joined by "and", "but" and the like: where one begins, and the subject that it takes over from the one before."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import PEOPLE, Party

_SUBJECTS = ("bare", "owner")
_ADVERBS = 2  # words between "and" and the verb of its clause: "and was once"
_SAID = 1.0  # words between who speaks and "said"


def clause(ctx: Context, at: int) -> int:
    """First word of the joined clause that a word stands in; 0 where it stands in the first."""
    known = ctx.clauses.get(at)
    if known is None:
        known = ctx.clauses[at] = next((i for i in range(at, 0, -1) if _joins(ctx, i, at)), 0)
    return known


def carried(ctx: Context, at: int) -> Party | None:
    """The subject that a joined clause without one of its own takes over: "Chile holds more than Peru and is among the leading"."""
    start = clause(ctx, at)
    if not start or any(p.role in _SUBJECTS and start <= p.first < at and p.kind not in PEOPLE for p in ctx.parties):
        return None
    known = [p for p in ctx.parties if p.last <= start and p.role == "bare" and p.kind not in PEOPLE]
    known = [p for p in known if not _speaks(ctx, p)] or known
    lead = clause(ctx, start - 1)
    return next((p for p in known if p.first >= lead), known[-1] if known else None)


def _joins(ctx: Context, i: int, at: int) -> bool:
    """Whether a word joins a clause with a verb to the one before."""
    word = ctx.scene.words[i]
    if ctx.sentence.lang == "ar":
        verb = any(f.before[:1] in ("و", "ف") and f.before and f.key in connectives.words("goes_on") for f in word.forms)
        return (
            verb
            or word.key in connectives.words("joins")
            or any(m.first == i and m.form.before[:1] == "و" and _verb(m.traits) for m in ctx.sentence.mentions)
        )
    if word.key == "it" and ctx.scene.words[i - 1].text == ",":
        return i < at and _verb_at(ctx, i + 1)
    if word.key not in connectives.words("joins"):
        return False
    return any(_verb_at(ctx, n) for n in range(i + 1, min(i + 2 + _ADVERBS, at + 1)))


def _verb_at(ctx: Context, i: int) -> bool:
    return ctx.scene.words[i].key in connectives.words("goes_on") or any(m.first == i and _verb(m.traits) for m in ctx.sentence.mentions)


def _verb(traits: object) -> bool:
    return isinstance(traits, dict) and traits.get("part") == "verb"


def _speaks(ctx: Context, p: Party) -> bool:
    """Whether a party stands right beside a verb of saying, as who speaks does."""
    return any(ctx.scene.gap(p.group, s) <= _SAID and (p.first > s.first) == (ctx.sentence.lang == "ar") for s in ctx.sentence.of("say"))
