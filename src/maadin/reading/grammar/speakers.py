"""Speakers that no list names: described ones, names beside an office or after "said", and bodies told by their noun alone ("the ministry")."""

from __future__ import annotations

from maadin.reading.grammar import connectives
from maadin.reading.grammar.clauses import clause
from maadin.reading.grammar.context import Context
from maadin.reading.model import Mention, Word

_REACH = 2  # words from a source to the verb of its figure: "does not list"
_BACK, _NAME, _DESCRIBED = 5, 4, 6  # words of the description of a body, of a name, of a described speaker
_ENDS = frozenset((",", "،", ";", "؛", ":", '"', "“", "”", "(", ")", "-", "–", "—", "."))


def body(ctx: Context, m: Mention, name: str) -> str:
    """The name of a body that is told by its noun alone: with what describes it, else the body of that noun named before.

    "the energy and mines ministry" is that, and "the ministry" is the energy and mines ministry of the sentence before.
    """
    if not name.islower() or name.split()[-1] not in connectives.words("body"):
        _keep(ctx, name)
        return name
    described = _described_before(ctx, m, name) if ctx.sentence.lang == "en" else name
    if described != name or " " in name:
        _keep(ctx, described)
        return described
    return ctx.memory.bodies.get(name, name)


def _keep(ctx: Context, name: str) -> None:
    words = name.lower().split()
    if len(words) > 1:
        ctx.memory.bodies.update(dict.fromkeys(connectives.words("body").intersection(words), name))


def meet(ctx: Context) -> None:
    """Keep in mind the bodies that a sentence names, whoever speaks in it."""
    for m in ctx.sentence.of("office", "source", "company"):
        _keep(ctx, str(m.traits["name"]) if "name" in m.traits else _text(ctx.scene.words[m.first : m.last]))


def _described_before(ctx: Context, m: Mention, name: str) -> str:
    """A body with the nouns before it: "energy and mines ministry", "mining regulator"."""
    words, at = ctx.scene.words, m.first
    while at > max(0, m.first - _BACK) and _describes(words[at - 1]):
        at -= 1
    while at < m.first and words[at].key == "and":
        at += 1
    return _text(words[at : m.last]) if at < m.first else name


def _describes(word: Word) -> bool:
    """Whether an English word may stand in the name of a body; articles, prepositions, verbs and possessives end it."""
    return word.what == "word" and bool(word.forms) and not word.forms[0].after and word.key not in connectives.words("before_body")


def beside_body(ctx: Context, cue: Mention, office: Mention) -> str | None:
    """A name between an office or institute and "said" in English: "Minister of Science Jane Doe said"."""
    return name_before(ctx, cue, office.last) if ctx.sentence.lang == "en" and office.last <= cue.first else None


def name_before(ctx: Context, cue: Mention, floor: int = 0) -> str | None:
    """A name that no list knows right before "said" in English."""
    words, at = ctx.scene.words, cue.first
    while at > floor and _of_name(words[at - 1]):
        at -= 1
    return _text(words[at : cue.first]) if 2 <= cue.first - at <= _NAME and not _any_known(ctx, at, cue.first) else None


def _any_known(ctx: Context, first: int, last: int) -> bool:
    """Whether a list knows something among some words."""
    return any(m.first < last and m.last > first for m in ctx.sentence.of("place", "company", "source", "office", "person"))


def after_said(ctx: Context, cue: Mention) -> str | None:
    """A name that no list knows after a quotation and "said" in English: '...", said Jane Doe of the institute'."""
    words = ctx.scene.words
    if ctx.sentence.lang != "en" or cue.traits.get("part") != "verb" or not cue.first or words[cue.first - 1].text not in _ENDS:
        return None
    end = cue.last
    while end < len(words) and end - cue.last < _NAME and _of_name(words[end]):
        end += 1
    return _text(words[cue.last : end]) if end - cue.last >= 2 and not _any_known(ctx, cue.last, end) else None


def _of_name(word: Word) -> bool:
    return word.what == "word" and word.text[0].isupper() and not word.forms[0].after


def described(ctx: Context, cue: Mention) -> str | None:
    """A speaker described after an Arabic cue, as the text writes it: "أفاد مصدر حكومي مطلع بأن"."""
    if ctx.sentence.lang != "ar":
        return None
    words = ctx.scene.words[cue.last : cue.last + _DESCRIBED + 1]
    if not words or not any(f.key in connectives.words("describes_speaker") and not f.article for f in words[0].forms):
        return None
    that = connectives.words("that") | connectives.words("that_it") | connectives.words("described_end")
    end = next((i for i, w in enumerate(words) if w.text in _ENDS or any(f.key in that for f in w.forms)), None)
    return _text(words[:end]) if end else None


def reckoner(ctx: Context, at: int) -> Mention | None:
    """The source whose figure stands at a word, in its clause: "the geological service values the ore at ...", "لا تدرج الهيئة أي احتياطيات"."""
    start, known = clause(ctx, at), connectives.words("reckons")
    for m in reversed(ctx.sentence.of("source", "office")):
        if start <= m.last <= at and not m.traits.get("adjective"):
            beside = ctx.scene.words[m.first - 1 : m.first] if ctx.sentence.lang == "ar" else ()
            if any(f.key in known for w in (*beside, *ctx.scene.words[m.last : m.last + _REACH]) for f in w.forms):
                return m
    return None


def _text(words: tuple[Word, ...]) -> str:
    return " ".join(w.text for w in words)
