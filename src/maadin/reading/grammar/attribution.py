"""Who says so: the source that a sentence names, or the speaker of a quotation that goes on."""

from __future__ import annotations

from maadin.reading.grammar.context import Context
from maadin.reading.model import Mention

SPEAKERS = ("person", "source", "office", "company", "place")
_RANK = {"person": 0, "source": 0, "office": 1, "company": 2, "place": 3}


def speaker(ctx: Context) -> str | None:
    """The name of the source of a sentence, as it is known in English, else as the text writes it."""
    for cue in ctx.sentence.of("say"):
        found = [(ctx.scene.gap(cue, m) + _RANK[m.kind], m.first, m) for m in ctx.sentence.of(*SPEAKERS) if _fits(ctx, cue, m)]
        if found:
            best = min(found, key=lambda f: f[:2])[2]
            ctx.memory.speaker = _name(ctx, best)
            ctx.memory.speaker_country = (best.id,) if best.id and best.kind != "source" else ()
            ctx.memory.speaker_paragraph = ctx.sentence.paragraph
            return ctx.memory.speaker
    cites = any(ctx.sentence.of("say")) or any(ctx.sentence.quoted)
    if cites and ctx.memory.speaker and ctx.sentence.paragraph - ctx.memory.speaker_paragraph <= 1:
        return ctx.memory.speaker
    return None


def _fits(ctx: Context, cue: Mention, m: Mention) -> bool:
    limit = 6.0 if cue.id == "said" else 8.0
    after = m.first >= cue.last
    if cue.id == "according_to" or ctx.sentence.lang == "ar":
        return after and ctx.scene.gap(cue, m) <= limit
    return ctx.scene.gap(cue, m) <= limit


def _name(ctx: Context, m: Mention) -> str:
    if name := m.traits.get("name"):
        return str(name)
    words = ctx.scene.words
    return ctx.sentence_text(words[m.first].start, words[m.last - 1].end) if hasattr(ctx, "sentence_text") else " ".join(w.text for w in words[m.first : m.last])
