"""Who says so: the source that a sentence names, who takes a measure, or the speaker of a quotation that goes on."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.facts import regions
from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

SPEAKERS = ("person", "source", "office", "company", "place")
_RANK = {"person": 0.0, "source": 0.0, "office": 1.0, "company": 2.0, "place": 3.0}
_BEFORE, _AFTER, _CITED = 6.0, 1.5, 8.0  # words between "said" and who stands before it, after it; after "according to"
_PHRASE = 6  # words of a speaker that no list knows
_HEAD = "head of state or government"
_ENDS = (",", "،", ";", "؛", ":", '"', "“", "”", "(", ")", "-", "–", "—", ".")


def speaker(ctx: Context) -> str | None:
    """The name of the source of a sentence, as it is known in English, else as the text writes it."""
    cues = ctx.sentence.of("say")
    ctx.memory.people.update({m.id: str(m.traits["name"]) for m in ctx.sentence.of("person") if "name" in m.traits})
    for cue in cues:
        found = [(ctx.scene.gap(cue, m) + _RANK[m.kind], m.first, m) for m in _candidates(ctx) if _fits(ctx, cue, m)]
        if found:
            best = min(found, key=lambda f: f[:2])[2]
            return _speaks(ctx, name(ctx, best), (best.id,) if best.id and best.kind != "source" else ())
    for cue in cues:
        if told := _unlisted(ctx, cue):
            return _speaks(ctx, told, ())
    goes_on = bool(cues) or any(ctx.sentence.quoted)
    if goes_on and ctx.memory.speaker and ctx.sentence.paragraph - ctx.memory.speaker_paragraph <= 1:
        return ctx.memory.speaker
    return None


def doer_speaks(ctx: Context, d: Draft) -> str | None:
    """Who takes a measure, where that is a person or an institution: its act is its word."""
    actor = tuple(d.fields.get("actor", ()))
    parts = [m for g in d.anchors if isinstance(g, Group) for m in g.mentions]
    led = [m for m in parts if m.id in actor or (m.kind == "office" and not m.id)]
    people = [m for m in _candidates(ctx) if m.kind == "person" and m.id in actor and any(ctx.scene.gap(m, g) <= 1.0 for g in led)]
    found = people or [m for m in led if _institution(m)]
    if not found and any(m.kind == "pronoun" for m in parts):
        found = [m for m in _candidates(ctx) if m.id in actor and m.last <= d.anchor.first and _institution(m)]
    return name(ctx, found[0]) if found else None


def _institution(m: Mention) -> bool:
    """Whether a mention is a person, an office, or a seat of government that has a name of its own."""
    return m.kind in ("person", "office") or (m.kind == "place" and "name" in m.traits and bool(m.traits.get("actor")))


def name(ctx: Context, m: Mention) -> str:
    """What a source is called: its name in English where it is known, else as the text writes it."""
    if told := m.traits.get("name"):
        known = ctx.memory.people
        return known.get(m.id or next(reversed(known), ""), str(told)) if told == _HEAD else str(told)
    if ctx.sentence.lang == "ar" and m.kind == "place" and regions.is_code(m.id):
        return regions.name(m.id)
    return " ".join(w.text for w in ctx.scene.words[m.first : m.last])


def _speaks(ctx: Context, who: str, country: tuple[str, ...]) -> str:
    ctx.memory.speaker, ctx.memory.speaker_country, ctx.memory.speaker_paragraph = who, country, ctx.sentence.paragraph
    return who


def _candidates(ctx: Context) -> Iterator[Mention]:
    """Who may speak; an office beside a person is that person's."""
    known = ctx.sentence.of(*SPEAKERS)
    people = [m for m in known if m.kind == "person"]
    for m in known:
        if m.kind != "office" or not any(0 <= p.first - m.last <= 1 for p in people):
            yield m


def _fits(ctx: Context, cue: Mention, m: Mention) -> bool:
    gap, after = ctx.scene.gap(cue, m), m.first > cue.first
    if m.traits.get("adjective") or ctx.scene.words[m.last - 1].text.endswith("'s"):
        return False
    if cue.id == "according_to":
        return after and gap <= _CITED
    if ctx.sentence.lang == "ar":
        return after and gap <= _BEFORE and not _clause_between(ctx, cue, m)
    return gap <= (_AFTER if after else _BEFORE) and not (after and _clause_between(ctx, cue, m))


def _clause_between(ctx: Context, cue: Mention, m: Mention) -> bool:
    """Whether "that" stands between a verb of saying and a name, which is then what is spoken of."""
    that = connectives.words("that") | connectives.words("that_it")
    return any(f.key in that for w in ctx.scene.words[cue.last : m.first] for f in w.forms)


def _unlisted(ctx: Context, cue: Mention) -> str | None:
    """A speaker that no list knows, in English, as the text writes it: "two diplomats said", "its minerals regulator said"."""
    if ctx.sentence.lang != "en" or cue.traits.get("data"):
        return None
    if cue.id == "according_to" or cue.traits.get("part") == "noun":
        return _cited(ctx, cue)
    if cue.traits.get("part") != "verb":
        return None
    words = ctx.scene.words[max(0, cue.first - _PHRASE) : cue.first]
    start = next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i].text in _ENDS), 0)
    phrase = [w for w in words[start:] if w.key not in connectives.words("article")]
    if (
        not phrase
        or (start == 0 and cue.first > _PHRASE)
        or any(w.what != "word" for w in phrase)
        or phrase[0].key in connectives.words("speaks_on")
    ):
        return None
    return " ".join(w.text for w in phrase)


def _cited(ctx: Context, cue: Mention) -> str | None:
    """A source that no list knows, after "according to": up to the end of the clause."""
    words = ctx.scene.words[cue.last : cue.last + _PHRASE + 1]
    end = next((i for i, w in enumerate(words) if w.text in _ENDS or w.key in connectives.words("cited_end")), None)
    phrase = [w for w in words[:end] if w.key not in connectives.words("article")]
    if end is None or not phrase or any(w.what != "word" for w in phrase):
        return None
    return " ".join(w.text for w in phrase)
