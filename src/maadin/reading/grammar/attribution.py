"""Who says so: the source that a sentence names, who takes a measure, or the speaker of a quotation that goes on."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.facts import regions
from maadin.reading.grammar import connectives, speakers
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

SPEAKERS = ("person", "source", "office", "company", "place")
_RANK = {"person": 0.0, "source": 0.0, "office": 1.0, "company": 2.0, "place": 3.0}
_BEFORE, _AFTER, _CITED = 6.0, 1.5, 8.0  # words between "said" and who stands before it, after it; after "according to"
_PHRASE = 6  # words of a speaker that no list knows
_HEAD = "head of state or government"
_OWN = 4  # words before "said" in which its speaker stands
_QUOTES = frozenset((":", '"', "“", "«"))
_SPOKES = ("spokes", "press")
_ENDS = (",", "،", ";", "؛", ":", '"', "“", "”", "(", ")", "-", "–", "—", ".")


def speaker(ctx: Context) -> str | None:
    """The name of the source of a sentence, as it is known in English, else as the text writes it."""
    cues = ctx.sentence.of("say")
    ctx.memory.people.update({m.id: str(m.traits["name"]) for m in ctx.sentence.of("person") if "name" in m.traits})
    speakers.meet(ctx)
    if (told := _known(ctx, cues) or _other(ctx, cues)) is not None:
        return told
    goes_on = bool(cues) or any(ctx.sentence.quoted)
    if goes_on and ctx.memory.speaker and ctx.sentence.paragraph - ctx.memory.speaker_paragraph <= 1:
        return ctx.memory.speaker
    return None


def _known(ctx: Context, cues: list[Mention]) -> str | None:
    """A speaker that stands beside a cue; a newsroom only where it neither cites nor was told by somebody."""
    newsroom = None
    for cue in cues:
        if ctx.memory.he and _he(ctx, cue):
            return _speaks(ctx, ctx.memory.he, ctx.memory.he_country)
        if (told := speakers.after_said(ctx, cue)) is not None:
            return _speaks(ctx, told, ())
        found = [(ctx.scene.gap(cue, m) + _RANK[m.kind], m.first, m) for m in _candidates(ctx) if _fits(ctx, cue, m)]
        if not found:
            continue
        best = min(found, key=lambda f: f[:2])[2]
        if best.traits.get("class") == "newsroom" and newsroom is None:
            if (told := speakers.name_before(ctx, cue)) is not None:
                return _speaks(ctx, told, ())
            newsroom = best
        elif newsroom is None or best.kind in ("person", "office"):
            return _speaks(ctx, _name_of(ctx, cue, best), (best.id,) if best.id and best.kind != "source" else ())
    return _speaks(ctx, name(ctx, newsroom), ()) if newsroom is not None else None


def _other(ctx: Context, cues: list[Mention]) -> str | None:
    """A speaker that the sentence before names, or that is only described."""
    for cue in cues:
        if (before := _unnamed(ctx, cue)) is not None:
            return _speaks(ctx, name(ctx, before), (before.id,) if before.id else ())
        if ctx.memory.speaker and _own_spokesman(ctx, cue):
            return ctx.memory.speaker
        if told := _unlisted(ctx, cue) or speakers.described(ctx, cue):
            return _speaks(ctx, told, _country_before(ctx, cue))
    return None


def _country_before(ctx: Context, cue: Mention) -> tuple[str, ...]:
    """The country that the description of a speaker names: "the Kazakh presidency said"."""
    return tuple(m.id for m in ctx.sentence.of("place") if m.id and cue.first - _OWN <= m.first and m.last <= cue.first)[:1]


def _name_of(ctx: Context, cue: Mention, m: Mention) -> str:
    """What a speaker is called; an office or institute with a name beside it by that."""
    beside = speakers.beside_body(ctx, cue, m) if m.kind in ("office", "source") else None
    return beside or name(ctx, m)


def _he(ctx: Context, cue: Mention) -> bool:
    """Whether "he" or "she" speaks, and nobody was named before in the sentence."""
    lead = ctx.scene.before(cue)
    return bool(set(lead) & connectives.words("he_or_she")) and not any(
        m.last <= cue.first for m in ctx.sentence.of("person", "office") if m.id
    )


def _unnamed(ctx: Context, cue: Mention) -> Mention | None:
    """Who an Arabic verb before "that" leaves unnamed: the person or office before it: "ذهب الرئيس إلى أبعد إذ قال إن"."""
    if ctx.sentence.lang != "ar" or cue.traits.get("part") != "verb" or cue.traits.get("data") or cue.last >= len(ctx.scene.words):
        return None
    if not any(f.key in connectives.words("that") | connectives.words("that_it") for f in ctx.scene.words[cue.last].forms):
        return None
    earlier = [m for m in _candidates(ctx) if (m.kind == "person" or (m.kind == "office" and m.id)) and m.last <= cue.first]
    return earlier[-1] if earlier else None


def _own_spokesman(ctx: Context, cue: Mention) -> bool:
    """Whether who speaks is the spokesman of who spoke before: "its spokesman told reporters"."""
    lead = ctx.scene.before(cue, _OWN)
    return any(k.startswith(_SPOKES) for k in lead) and bool(set(lead) & connectives.words("their"))


def aside(ctx: Context, d: Draft) -> bool:
    """Whether the text itself speaks, in a clause that contradicts what somebody is said to have said: "..., yet the country has none"."""
    words, at = ctx.scene.words, d.anchor.first
    if d.fields["kind"] != "claim" or (ctx.sentence.quoted and ctx.sentence.quoted[at]):
        return False
    turn = next((i for i in range(at - 1, 0, -1) if words[i].key in connectives.words("retort") and words[i - 1].text in _ENDS), None)
    cues = ctx.sentence.of("say")
    return turn is not None and any(c.last <= turn for c in cues) and not any(c.first > turn for c in cues)


def source_of(ctx: Context, d: Draft, who: str | None) -> str | None:
    """Who tells a statement: the source whose figure it is, nobody where the text contradicts, else who speaks in the sentence."""
    if d.fields["kind"] == "claim" and (m := speakers.reckoner(ctx, d.anchor.first)) is not None:
        return name(ctx, m)
    return None if aside(ctx, d) else who


def doer_speaks(ctx: Context, d: Draft) -> str | None:
    """Who takes a measure, where that is a person or an institution: its act is its word."""
    actor = tuple(d.fields.get("actor", ()))
    if (urges := _urger(ctx, d, actor)) is not None:
        return urges
    parts = [m for g in d.anchors if isinstance(g, Group) for m in g.mentions]
    led = [m for m in parts if m.id in actor or (m.kind == "office" and not m.id)]
    people = [m for m in _candidates(ctx) if m.kind == "person" and m.id in actor and any(ctx.scene.gap(m, g) <= 1.0 for g in led)]
    found = people or [m for m in led if _institution(m)]
    if not found and any(m.kind == "pronoun" for m in parts):
        found = [m for m in _candidates(ctx) if m.id in actor and m.last <= d.anchor.first and _institution(m)]
    return name(ctx, found[0]) if found else None


def _urger(ctx: Context, d: Draft, actor: tuple[str, ...]) -> str | None:
    """Who urges a government to act: the person beside the verb, else who spoke or was spoken of before for that country."""
    verbs = [
        s
        for s in ctx.sentence.of("status")
        if s.last <= d.anchor.first and any(f.key in connectives.words("urges") for f in ctx.scene.words[s.first].forms)
    ]
    if d.rule != "capacity_project" or not verbs or not any(verbs[-1].last <= o.first < d.anchor.first for o in ctx.sentence.of("office")):
        return None
    verb = verbs[-1]
    beside = [m for m in _candidates(ctx) if m.kind == "person" and m.id in actor and ctx.scene.gap(m, verb) <= _AFTER]
    if beside:
        return name(ctx, beside[0])
    return ctx.memory.he if ctx.memory.he_country == actor else None


def _institution(m: Mention) -> bool:
    """Whether a mention is a person, an office with a name of its own, or a seat of government that has one."""
    if m.kind == "office":
        name = str(m.traits.get("name", ""))
        return name == _HEAD or not connectives.words("common_body").intersection(name.split()[-1:])
    return m.kind == "person" or (m.kind == "place" and "name" in m.traits and bool(m.traits.get("actor")))


def name(ctx: Context, m: Mention) -> str:
    """What a source is called: its name in English where it is known, else as the text writes it."""
    if told := m.traits.get("name"):
        known = ctx.memory.people
        if told == _HEAD:
            return known.get(m.id or next(reversed(known), ""), _HEAD)
        return speakers.body(ctx, m, str(told)) if m.kind == "office" else str(told)
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
    if m.traits.get("adjective") or (
        ctx.scene.words[m.last - 1].text.endswith("'s") and not (cue.id == "according_to" and m.kind == "source")
    ):
        return False
    if m.first >= cue.last and ctx.scene.words[cue.last - 1].key in connectives.words("tells"):
        return False  # whom something is told
    if cue.id == "according_to":
        return after and gap <= _CITED
    if ctx.sentence.lang == "ar":
        return after and gap <= _BEFORE and not _clause_between(ctx, cue, m) and not _opens_quote(ctx, cue, m)
    if m.kind == "place" and any(s.last == m.first and s.traits.get("part") == "verb" for s in ctx.sentence.of("status", "instrument")):
        return False  # "offered China 2 Mt and suggested"
    if (
        after
        and m.kind in ("place", "company")
        and not (cue.traits.get("where") == "after" or cue.first == 0 or ctx.scene.words[cue.first - 1].what == "mark")
    ):
        return False  # "said Peru exported 5 t"
    return gap <= (_AFTER if after else _BEFORE) and not (after and _clause_between(ctx, cue, m))


def _opens_quote(ctx: Context, cue: Mention, m: Mention) -> bool:
    """Whether a colon or a quotation mark stands between "said" and a name, which then is in what is said."""
    return any(w.text in _QUOTES for w in ctx.scene.words[cue.last : m.first])


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
