"""What small words add to the status of a measure: at once, preliminary, would."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.governors import Governor
from maadin.reading.grammar.restrictions import RESTRICTIONS
from maadin.reading.model import Mention

_AT_ONCE, _PRELIMINARY, _WOULD = 30, 4, 3  # words from a measure to such a word


def refined(ctx: Context, d: Draft, governs: Governor | None, told: str) -> str:
    """The status that the governing word tells, as small words beside it have it."""
    m = d.anchor
    if d.fields["instrument"] in RESTRICTIONS:
        if told == "suspended" and governs is not None and ctx.scene.overlaps(governs.mention, m):
            return "in_force"  # exports are suspended, which is the measure
        if told == "announced" and _stands(ctx, m, "at_once", _AT_ONCE):
            return "in_force"
        if told == "in_force" and d.fields["instrument"] == "tariff" and _stands(ctx, m, "preliminary", _PRELIMINARY):
            return "announced"
    if told in ("announced", "in_force") and _would(ctx, governs.mention if governs is not None else m):
        return "proposed"
    return told


def _stands(ctx: Context, m: Mention, id_: str, reach: int) -> bool:
    """Whether a word of an id stands near a measure."""
    words, known = ctx.scene.words[max(0, m.first - reach) : m.last + reach], connectives.words(id_)
    return any(f.key in known for w in words for f in w.forms)


def _would(ctx: Context, m: Mention) -> bool:
    """Whether "would" stands before a verb, and nobody said so before: then it is no future told in the past."""
    lead = [*ctx.scene.before(m, _WOULD), *(w.key for w in ctx.scene.words[m.first : m.last])]
    return bool(connectives.words("would").intersection(lead)) and not any(s.last <= m.first for s in ctx.sentence.of("say"))
