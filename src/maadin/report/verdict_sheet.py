"""Verdicts on a page of the terminal, as a table of their figures, and as one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from maadin.facts.table import Note, Table
from maadin.reading.check.verdict import SCHEMA_VERSION, Figure, Finding, Verdict
from maadin.report import words
from maadin.report.numbers import percent
from maadin.report.sheets import Block, Column, Sheet
from maadin.report.verdict_words import (
    answer,
    changes,
    day,
    figure_amount,
    figure_subject,
    in_words,
    limits,
    moments,
    note,
    publisher,
    quantity,
    reasons,
    rules,
)
from maadin.report.words import LANGUAGES, Language, phrase

ROWS = 12  # figures of a verdict that are shown
COLUMNS = (
    "statement", "text", "test", "then", "now", "part", "row", "deciding", "what", "commodity", "stage", "form", "mass_basis", "country", "partner", "code",
    "series", "year", "month", "value", "low", "high", "unit", "value_usd", "share", "rank", "listed", "status", "quality", "partial", "flag", "source",
    "release", "printed", "item", "since", "until",
)  # fmt: skip


def document(verdicts: Sequence[Verdict], *, published: date | None = None, as_of: date | None = None) -> dict[str, Any]:
    """All verdicts as one document, each with its reason in both languages (`said`)."""
    return {
        "schema_version": SCHEMA_VERSION,
        "published": published.isoformat() if published else None,
        "publication": _publication(verdicts, published),
        "as_of": as_of.isoformat() if as_of else None,
        "verdicts": [{**v.to_data(), "said": {language: in_words(v, language) for language in LANGUAGES}} for v in verdicts],
    }


def _publication(verdicts: Sequence[Verdict], published: date | None) -> str:
    """How the date is known: given, found in the text, or absent."""
    found = any(n.id == "date_found" for v in verdicts for n in v.notes)
    return "absent" if published is None else "found" if found else "given"


def tidy(verdicts: Sequence[Verdict]) -> Table:
    """The figures of all verdicts, a row each."""
    rows: list[tuple[Any, ...]] = []
    for at, verdict in enumerate(verdicts, 1):
        for part in verdict.parts or (verdict,):
            of = " ".join((*part.statement.commodity, *(part.statement.country or part.statement.actor)))
            head = (at, verdict.statement.text, part.test, part.then.verdict if part.then else None, part.verdict, of)
            rests_on = {row for f in (part.now, part.then) if f for row in f.figures}
            for f in part.figures:
                told = f.model_dump()
                rows.append((*head, f.row, f.row in rests_on, *(told[c] for c in COLUMNS[8:])))
    used = tuple(sorted({(f.source, f.release) for v in verdicts for f in v.figures if f.source}))
    return Table(Note("verdicts"), COLUMNS, tuple(rows), (), used)


def lay_out(verdicts: Sequence[Verdict], language: Language) -> Sheet:
    """Arrange verdicts for the terminal: the answer, why, the figures, the rules, what would change it."""
    if len(verdicts) == 1:
        verdict = verdicts[0]
        return Sheet(
            moments(verdict, language),
            _tables(verdict, language),
            _notes([verdict], language),
            "",
            language,
            [_quoted(verdict), *_why(verdict, language)],
        )
    blocks: list[Block] = []
    for at, verdict in enumerate(verdicts, 1):
        said = [moments(verdict, language), *_why(verdict, language)]
        blocks.append(Block(f"{at}. {_quoted(verdict)}", [], said))
        blocks += _tables(verdict, language)
    return Sheet(phrase("verdict_heads", "title", language), blocks, _notes(verdicts, language), "", language)


def _quoted(verdict: Verdict) -> str:
    text = " ".join(verdict.statement.text.split())
    return f"«{text}»" if verdict.statement.lang == "ar" else f"“{text}”"


def _why(verdict: Verdict, language: Language) -> list[str]:
    """The reasons, then and now where they differ; of a list those of each part."""
    lines: list[str] = []
    then = verdict.then
    if then is not None and then.as_of is not None and then.verdict != verdict.verdict:
        when = day(then.as_of, language)
        lines += [phrase("verdict_moments", "why_then", language, day=when, why=r) for r in reasons(then, language)]
        lines += [phrase("verdict_moments", "why_now", language, why=r) for r in reasons(verdict.now, language)]
    else:
        lines += reasons(verdict.now, language)
    for part in verdict.parts:
        lines += [
            f"{words.joined((_about(part, language), answer(part.verdict, language)), language)}: {r}" for r in reasons(part.now, language)
        ]
    return lines


def _about(part: Verdict, language: Language) -> str:
    from maadin.report.verdict_words import code_of, commodity, place

    return words.joined((place(code_of(part), language), commodity(part.statement.commodity[0], language)), language)


def _tables(verdict: Verdict, language: Language) -> list[Block]:
    """The figures a verdict rests on; those beside only where it rests on none."""
    found: list[Figure] = []
    for v in verdict.parts or (verdict,):
        for finding in (v.now, v.then):
            if finding is not None:
                found += [f for f in v.figures_of(finding) if f not in found]
        found += [] if found else [f for f in v.figures_of(v.now, beside=True)]
    if not found:
        return []
    ordered = sorted(found, key=lambda f: -(f.year or 0))
    shown = ordered[:ROWS]
    left = len(ordered) - len(shown)
    remarks = [phrase("verdict_heads", "more_rows", language, count=left)] if left else []
    return [Block(phrase("verdict_heads", "figures", language), _columns(shown, language), remarks)]


def _columns(shown: Sequence[Figure], language: Language) -> list[Column]:
    def head(name: str) -> str:
        return phrase("verdict_heads", name, language)

    columns = [
        Column(head("what"), [figure_subject(f, language) for f in shown], numeric=False),
        Column(head("when"), [_when(f) for f in shown]),
        Column(head("amount"), [figure_amount(f, language) for f in shown], numeric=False),
        Column(head("source"), [_source(f, language) for f in shown], numeric=False),
    ]
    if any(f.value_usd is not None for f in shown):
        worth = ["" if f.value_usd is None else quantity(f.value_usd, "USD", language) for f in shown]
        columns.insert(3, Column(head("worth"), worth, numeric=False, minor=True))
    if any(f.share is not None for f in shown):
        columns.insert(3, Column(head("share"), ["" if f.share is None else percent(f.share, language) for f in shown]))
    if any(f.rank is not None and f.code is None for f in shown):
        columns.insert(3, Column(head("rank"), ["" if f.rank is None or f.code else str(f.rank) for f in shown]))
    return columns


def _when(f: Figure) -> str:
    if f.year is None:
        return f.since
    return f"{f.year}-{f.month:02d}" if f.month else str(f.year)


def _source(f: Figure, language: Language) -> str:
    return f"{publisher(f.source, language)}, {f.release}" if f.release else publisher(f.source, language)


def _notes(verdicts: Sequence[Verdict], language: Language) -> list[str]:
    """Rules, limits and what would change the verdicts, each once."""
    found: list[str] = []
    for verdict in verdicts:
        found += [line for line in (*rules(verdict.now, language), *limits(verdict.now, language)) if line not in found]
        if (then := verdict.then) is not None and then.as_of is not None:
            only_then = [line for line in (*rules(then, language), *limits(then, language)) if line not in found]
            found += [phrase("verdict_moments", "why_then", language, day=day(then.as_of, language), why=line) for line in only_then]
        found += [line for line in _changes(verdict.now, language) if line not in found]
        found += [line for line in (note(n, language) for n in verdict.notes) if line not in found]
    return found


def _changes(finding: Finding, language: Language) -> Iterable[str]:
    return (f"{phrase('verdict_heads', 'would_change', language)}: {line}" for line in changes(finding, language))
