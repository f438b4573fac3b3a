"""The statements of a text, claims and measures apart."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.read import Reading
from maadin.reading.statement import Statement
from maadin.report import statement_words as told
from maadin.report.numbers import fixed
from maadin.report.sheets import Block, Column, Sheet, text_column
from maadin.report.verdict_amounts import day, month
from maadin.report.words import Language, phrase

LONGEST = 90  # characters of a text that are shown
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def lay_out(reading: Reading, language: Language = "en") -> Sheet:
    """Arrange the statements of a text for reading."""
    numbered = list(enumerate(reading.statements, start=1))
    claims = [(n, s) for n, s in numbered if s.kind == "claim"]
    measures = [(n, s) for n, s in numbered if s.kind == "measure"]
    blocks = [_block("reading_claims", "statement", claims, language)] if claims else []
    blocks += [_block("reading_measures", "measure_told", measures, language)] if measures else []
    notes = [] if numbered else [phrase("notes", "nothing_found", language)]
    notes.append(publication(reading, language))
    return Sheet(phrase("titles", "reading", language), blocks, notes, "", language)


def publication(reading: Reading, language: Language) -> str:
    """How the date of publication is known, as a sentence."""
    if reading.published is None:
        return phrase("notes", "no_publication_date", language)
    told = reading.dateline
    if told is None:
        return phrase("notes", "publication_given", language, day=day(reading.published, language))
    when = day(told.day, language) if told.exact == "day" else month(told.day, language)
    return phrase("notes", "publication_found", language, day=when, text=shown(told.text))


def _block(caption: str, head: str, rows: Sequence[tuple[int, Statement]], language: Language) -> Block:
    columns = [
        Column("#", [str(n) for n, _ in rows]),
        text_column(head, [told.about(s, language) for _, s in rows], language),
        text_column("told_value", [told.value(s, language) for _, s in rows], language),
        text_column("told_date", [s.year_or_date or shown(s.window or "") for _, s in rows], language),
    ]
    if any(s.status for _, s in rows):
        columns.append(text_column("status_told", [phrase("statuses", s.status, language) if s.status else "" for _, s in rows], language))
    columns.append(text_column("told_by", [shown(s.attributed_to or "") for _, s in rows], language))
    columns.append(text_column("in_text", [shown(s.text) for _, s in rows], language))
    columns.append(Column(phrase("heads", "sure", language), [fixed(s.confidence, 2, language) for _, s in rows], minor=True))
    return Block(phrase("captions", caption, language), columns)


def shown(text: str) -> str:
    """A stretch of a text fit for a terminal: one line, no control characters, not too long."""
    line = " ".join(text.translate(_CONTROLS | {10: " ", 13: " ", 9: " "}).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
