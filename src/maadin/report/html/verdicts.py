"""Cards of verdicts: what the figures say to a statement, in words, with what can be looked at."""

from __future__ import annotations

from collections.abc import Iterable

from maadin.reading.check.verdict import Figure, Finding, Verdict
from maadin.report import statement_words
from maadin.report import verdict_words as told
from maadin.report.brief import Ruling, SourceRow, VerdictCard
from maadin.report.html.evidence import charts
from maadin.report.verdict_amounts import day
from maadin.report.verdict_notes import answer, note
from maadin.report.words import Language, phrase

RIGHT_TO_LEFT = "\u200f"


def card(number: int, verdict: Verdict, language: Language) -> VerdictCard:
    """The card of a verdict.

    Parameters
    ----------
    number : int
        The statement's place in the text; the card is `card-<number>`.
    verdict : Verdict
    language : {"en", "ar"}
    """
    s, then, now = verdict.statement, verdict.then, verdict.now
    told_then = then if then is not None and then.as_of is not None and then.verdict != now.verdict else None
    findings = [f for f in (told_then, now) if f is not None]
    rows = [row for finding in findings for row in _figures(verdict, finding)]
    return VerdictCard(
        id=str(number), number=number, says=_says(verdict, language), quote=s.text, quote_language=s.lang, said_by=statement_words.speaker(s.attributed_to or "", language),
        now=_ruling(verdict, now, language), then=_ruling(verdict, told_then, language) if told_then else None, moments=told.moments(verdict, language),
        figures=tuple({f.row: _row(f, language) for f in rows}.values()),
        rules=_once(told.rules(f, language) for f in findings), limits=_once(told.limits(f, language) for f in findings),
        would_change=tuple(told.changes(now, language)), notes=tuple(note(n, language) for n in verdict.notes),
        charts=charts(verdict, language),
    )  # fmt: skip


def _says(verdict: Verdict, language: Language) -> str:
    what, value = statement_words.about(verdict.statement, language), statement_words.value(verdict.statement, language)
    said = f"{what}: {value}" if value else what
    return said[:1].upper() + said[1:]


def _ruling(verdict: Verdict, finding: Finding, language: Language) -> Ruling:
    label = answer(finding.verdict, language)
    on = day(finding.as_of, language) if finding.as_of else ""
    moment = phrase("pages", "by_day", language, day=on) if on else phrase("pages", "now", language)
    both = verdict.then is not None and verdict.then.as_of is not None and verdict.then.verdict != verdict.now.verdict
    return Ruling(finding.verdict, label, moment if both or on else "", (told.why(verdict, finding, language),))


def _figures(verdict: Verdict, finding: Finding) -> tuple[Figure, ...]:
    return verdict.figures_of(finding) or tuple(f for part in verdict.parts for f in part.figures_of(part.now))


def _row(f: Figure, language: Language) -> SourceRow:
    says = told.figure(f, language)
    if language == "ar":
        says = says.replace(")، ", f"){RIGHT_TO_LEFT}، ")  # a code after a Latin name would else be read before it
    return SourceRow(f.row, says, f.source, f.release, f.printed)


def _once(listed: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for lines in listed for line in lines))
