"""A brief as a reader sees it on a terminal: each claim with its answer and the figures, each measure with its effect."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.briefing import Brief, Checked, Simulated
from maadin.report import verdict_words
from maadin.report.layout import brief_words, cells
from maadin.report.layout.reading import publication
from maadin.report.numbers import number
from maadin.report.sheets import Block, Column, Sheet, text_column
from maadin.report.verdict_amounts import day
from maadin.report.words import Language, phrase

LONGEST = 420  # characters of the figures of a claim
UNCHECKED = "not_checkable"


def lay_out(b: Brief, language: Language) -> Sheet:
    """Arrange a brief for reading.

    Parameters
    ----------
    b : Brief
    language : {"en", "ar"}
    """
    claims = [(at, c) for at, c in enumerate(b.verdicts) if c.statement.kind == "claim"]
    blocks = [_claims(claims, language)] if claims else []
    blocks += [_measures(b, language)] if b.simulations else []
    blocks += [brief_words.record_table(s.record, language) for s in b.simulations if s.record is not None]
    return Sheet(phrase("titles", "brief", language), blocks, notes(b, language), sources(b, language), language, lead(b, language))


def lead(b: Brief, language: Language) -> list[str]:
    """How much was found."""
    if not b.statements:
        return [phrase("notes", "brief_nothing", language)]
    claims = sum(s.kind == "claim" for s in b.statements)
    done = sum(s.is_done for s in b.simulations)
    counts = {
        "claims": brief_words.count_of("brief_claims", claims, language),
        "measures": brief_words.count_of("brief_measures", done, language),
    }
    return [phrase("brief_says", "found", language, **counts)]


def notes(b: Brief, language: Language) -> list[str]:
    """What holds for all of it."""
    said = []
    if b.statements and b.published is None:
        said.append(phrase("notes", "brief_no_date", language))
    elif b.reading.publication == "found":
        said.append(publication(b.reading, language))
    if b.as_of is not None:
        said.append(phrase("notes", "brief_as_of", language, day=day(b.as_of, language)))
    if any(s.outcome or s.path for s in b.simulations):
        key = "brief_medians" if b.draws else "brief_once"
        said.append(phrase("notes", key, language, draws=number(b.draws, language), seed=b.seed))
    if b.simulations:
        said.append(phrase("notes", "brief_more", language))
    return said


def sources(b: Brief, language: Language) -> str:
    """The line that names all sources."""
    used: dict[tuple[str, str], None] = {}
    for c in b.verdicts:
        if c.verdict is not None:
            rests_on = [f for finding in (c.verdict.now, c.verdict.then) if finding for f in c.verdict.figures_of(finding)]
            used |= {(f.source, "" if f.source == "measures" else f.release): None for f in rests_on if f.source}
    for s in b.simulations:
        market = s.outcome.market if s.outcome else s.path.market if s.path else None
        used |= dict.fromkeys(market.sources if market else ())
        used |= dict.fromkeys(source for v in s.valuations for table in v.tables() for source in table.sources)
    return cells.source_line(sorted(used), language)


def _claims(claims: Sequence[tuple[int, Checked]], language: Language) -> Block:
    columns = [
        Column("#", [str(at + 1) for at, _ in claims]),
        text_column("brief_statement", [brief_words.title(c.statement, language) for _, c in claims], language),
        text_column("brief_answer", [answer(c, language) for _, c in claims], language),
        text_column("brief_why", [why(c, language, LONGEST) for _, c in claims], language),
    ]
    return Block(phrase("captions", "brief_claims", language), columns)


def answer(c: Checked, language: Language) -> str:
    """The answer now, and then where it was another."""
    if c.verdict is None:
        return verdict_words.answer(UNCHECKED, language)
    now = verdict_words.answer(c.verdict.verdict, language)
    then = c.verdict.then
    if then is None or then.as_of is None or then.verdict == c.verdict.verdict:
        return now
    return phrase("brief_says", "then_now", language, now=now, then=verdict_words.answer(then.verdict, language))


def why(c: Checked, language: Language, longest: int | None = None) -> str:
    """The reasons with their figures, whole sentences as far as they fit."""
    if c.verdict is None:
        return brief_words.because(c.because, language) if c.because else ""
    said = verdict_words.why(c.verdict, c.verdict.now, language)
    if longest is None or len(said) <= longest:
        return said
    cut = max(said[:longest].rfind(mark) for mark in (". ", "؛ ", "; "))
    return said[: cut + 1] if cut > longest // 3 else f"{said[: longest - 1].rstrip()}…"


def _measures(b: Brief, language: Language) -> Block:
    rows = [(s, b.statements[s.statements[0]]) for s in b.simulations]
    columns = [
        Column("#", [numbers(s, language) for s, _ in rows]),
        text_column("brief_measure", [brief_words.title(told, language) for _, told in rows], language),
        text_column("status_told", [phrase("statuses", told.status, language) if told.status else "" for _, told in rows], language),
        text_column("brief_effect", [_effect(s, language) for s, _ in rows], language),
    ]
    return Block(phrase("captions", "brief_measures", language), columns)


def numbers(s: Simulated, language: Language) -> str:
    """The statements of a simulation, from 1."""
    return ("، " if language == "ar" else ", ").join(str(at + 1) for at in s.statements)


def _effect(s: Simulated, language: Language) -> str:
    if not s.is_done:
        because = s.because or s.proposed.because
        return brief_words.because(because, language) if because else ""
    return "\n".join(e.line(language) for e in brief_words.effects_of(s, language))
