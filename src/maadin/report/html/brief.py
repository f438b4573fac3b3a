"""A brief as a page: the text with its statements marked, a card for each claim and each scenario, and what all that rests on."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from maadin.reading.briefing import Brief, Checked, Simulated
from maadin.reading.propose.files import file_name
from maadin.report import layout as facts_layout
from maadin.report import path_effects, scenario_words, statement_words, verdict_words, words
from maadin.report.brief import Answer, Card, Passage, Ruling, SimulationCard, VerdictCard
from maadin.report.brief import Brief as Page
from maadin.report.html import simulation, verdicts
from maadin.report.html.figures import Figure
from maadin.report.html.lines import Point, Series
from maadin.report.html.model import KeyFigure, Part, parts_of
from maadin.report.html.over_years import over_years
from maadin.report.html.shown import marks_of, page_word
from maadin.report.html.simulation import Told
from maadin.report.layout import brief as sheet
from maadin.report.layout import brief_words, cells, path_tables
from maadin.report.layout import path as path_layout
from maadin.report.layout.brief_words import Effect
from maadin.report.layout.reading import publication
from maadin.report.layout.simulation import View
from maadin.report.numbers import number, scale_for
from maadin.report.path_effects import Level
from maadin.report.sheets import Block, Column, text_column
from maadin.report.verdict_amounts import day
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome
    from maadin.reading.statement import Statement

LONGEST_TITLE = 140
NO_BREAK, SHORT = "\u00a0", 24  # characters of an interval that stays in one line
UNCHECKED: Answer = "not_checkable"


def page(b: Brief, language: Language, *, command: str = "", text_language: Language = "en") -> Page:
    """The page of a brief.

    Parameters
    ----------
    b : Brief
    language : {"en", "ar"}
    command : str
        What gives the same brief again.
    text_language : {"en", "ar"}
        Of the text.
    """
    cards: list[Card] = []
    passages: list[Passage] = []
    first_of = {id(s): s.statements[0] for s in b.simulations}
    for at, checked in enumerate(b.verdicts):
        span = checked.statement.span
        if checked.statement.kind == "claim":
            cards.append(_claim(at, checked, language))
            passages.append(Passage(*span, cards[-1].id))
            continue
        for n, s in enumerate(b.of(at), 1):
            if first_of[id(s)] == at:
                cards.append(_measure(b, at, n, s, language))
            passages.append(Passage(*span, _id(s, b)))
    return Page(
        language, _title(b.text, language), b.text, text_language, tuple(passages), tuple(cards),
        published=day(b.published, language) if b.published else "", as_of=day(b.as_of, language) if b.as_of else "",
        dated=publication(b.reading, language) if b.reading.publication == "found" else "",
        lead=tuple(sheet.lead(b, language)), assumptions=tuple(_assumptions(b, language)), data=tuple(_data(b, language)),
        again=(phrase("brief_says", "again", language),) if b.simulations else (), commands=(command,) if command else (), sources=sheet.sources(b, language),
    )  # fmt: skip


def _id(s: Simulated, b: Brief) -> str:
    """The id of a simulation's card: the number of its first statement, and which of that statement's scenarios it is."""
    first = s.statements[0]
    n = 1 + next(n for n, other in enumerate(b.of(first)) if other is s)
    return str(first + 1) if n == 1 else f"{first + 1}-{n}"


def _title(text: str, language: Language) -> str:
    """The first line of the text."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return (
        phrase("titles", "brief", language)
        if not line
        else line
        if len(line) <= LONGEST_TITLE
        else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
    )


def _claim(at: int, c: Checked, language: Language) -> VerdictCard:
    if c.verdict is not None:
        return verdicts.card(at + 1, c.verdict, language)
    s = c.statement
    ruling = Ruling(
        UNCHECKED, verdict_words.answer(UNCHECKED, language), "", (brief_words.because(c.because, language),) if c.because else ()
    )
    title = brief_words.title(s, language)
    return VerdictCard(str(at + 1), at + 1, title, s.text, s.lang, statement_words.speaker(s.attributed_to or "", language), ruling)


def _measure(b: Brief, at: int, n: int, s: Simulated, language: Language) -> SimulationCard:
    """The card of a scenario, under the first statement that it stands for."""
    told = _told(b.statements[at], at, language)
    made = _results(b, told, s, language)
    lead = [*_on_record(b.verdicts[at], language), *made.lead]
    if others := [str(other + 1) for other in s.statements[1:]]:
        lead.append(phrase("brief_says", "also_in", language, numbers=words.joined(others, language)))
    return replace(made, id=str(at + 1) if n == 1 else f"{at + 1}-{n}", lead=tuple(lead))


def _told(s: Statement, at: int, language: Language) -> Told:
    status = phrase("statuses", s.status, language) if s.status else ""
    return Told(at + 1, brief_words.title(s, language), s.text, s.lang, statement_words.speaker(s.attributed_to or "", language), status)


def _results(b: Brief, told: Told, s: Simulated, language: Language) -> SimulationCard:
    if not s.is_done or s.scenario is None:
        return _without(told, s, language)
    command = shlex.join(_command(b, s))
    keys = tuple(_key(e, language) for e in brief_words.effects_of(s, language)[: simulation.KEYS])
    if s.path is not None:
        return replace(_path(told, s, s.path, language), keys=keys, command=command)
    made = simulation.card(told, s.scenario, s.outcome, s.valuations, language, command=command)
    tables: list[Part] = list(made.tables)
    lead: list[str] = []
    if s.record is not None:
        tables.insert(0, replace(brief_words.record_table(s.record, language), remarks=[]))
        lead = brief_words.record_lines(s.record, language)
    return replace(made, keys=keys, tables=tuple(tables), lead=tuple(lead))


def _key(e: Effect, language: Language) -> KeyFigure:
    band = e.band.replace(" ", NO_BREAK) if len(e.band) <= SHORT else e.band
    if not e.is_interval:
        return KeyFigure(e.what, e.figure, phrase("brief_says", "best_and_worst", language, interval=band) if band else "", e.note)
    return KeyFigure(e.what, e.figure, page_word("interval_of", language, interval=band) if band else "", e.note)


def _command(b: Brief, s: Simulated) -> list[str]:
    """The command that runs the scenario's file again."""
    assert s.scenario is not None
    verb = "path" if s.path is not None else "simulate"
    drawn = ["--draws", str(b.draws), "--seed", str(b.seed)] if s.scenario.market_measures else []
    return ["maadin", verb, f"{file_name(s.scenario.name)}.yaml", *drawn]


def _without(told: Told, s: Simulated, language: Language) -> SimulationCard:
    """Why there are no results, and what the sources have instead."""
    because = s.because or s.proposed.because
    tables: list[Part] = []
    for table in s.proposed.facts:
        laid = facts_layout.lay_out(table, language)
        tables += parts_of([replace(block, caption=cells.caption((laid.title, block.caption))) for block in laid.blocks])
    assumes = tuple(x.says(language) for x in s.scenario.assumes) if s.scenario else ()
    return SimulationCard(
        str(told.number), told.number, told.quote, told.quote_language, told.says, told.said_by, told.status, tables=tuple(tables), assumes=assumes,
        problem=brief_words.because(because, language) if because else "", scenario=s.scenario.to_yaml() if s.scenario else "",
    )  # fmt: skip


def _path(told: Told, s: Simulated, o: PathOutcome, language: Language) -> SimulationCard:
    """A project year by year."""
    assert s.scenario is not None
    view = View(language, simulation.STACKED)
    blocks = [path_tables.by_year(o, view, len(o.years)), path_tables.countries(o, view, path_layout.COUNTRIES)]
    blocks += path_layout.lay_out([o], view, "assumptions").blocks
    return SimulationCard(
        str(told.number), told.number, told.quote, told.quote_language, told.says, told.said_by, told.status,
        lead=tuple(line.removeprefix("• ") for line in path_layout.headline(o, view).remarks[1:2]),
        measures=tuple(scenario_words.measures(s.scenario.measures, language, o.market.countries)), charts=tuple(_drawn(o, language)),
        tables=tuple(parts_of(blocks)), assumes=tuple(x.says(language) for x in s.scenario.assumes), scenario=s.scenario.to_yaml(),
    )  # fmt: skip


def _drawn(o: PathOutcome, language: Language) -> Iterable[Figure]:
    """Output of the country that acts, with and without the measures."""
    acting = path_effects.acting(o)[:1]
    if not acting:
        return
    rows = [path_effects.effect(o, "output_t", year, acting[0]) for year in o.years]
    scale = scale_for([e.with_.median for e in rows], "tonne")

    def line(key: str, levels: Iterable[Level], tone: str) -> Series:
        points = [
            Point(y, level.median / scale.factor, number(level.median / scale.factor, language), str(y))
            for y, level in zip(o.years, levels, strict=True)
        ]
        return Series(phrase("brief_says", key, language), points, tone)

    series = [line("with_it", [e.with_ for e in rows], "s1"), line("without_it", [e.without for e in rows], "s6")]
    columns = [text_column("year", [str(y) for y in o.years], language)]
    columns += [Column(one.label, [p.shown for p in one.points]) for one in series]
    what = phrase("brief_says", "output_of", language, country=words.countries(acting, language))
    title = page_word("over_years", language, what=what, first=o.years[0], last=o.horizon)
    names = ("؛ " if language == "ar" else "; ").join(cells.source_name(s, r, language) for s, r in dict.fromkeys(o.market.sources))
    source = page_word("source", language, names=page_word("own_computation", language, names=names))
    yield over_years(title, scale.words(language), source, series, marks_of(language), Block("", columns), language)


def _on_record(c: Checked, language: Language) -> list[str]:
    """Whether the measure stands in the table of measures, where that was looked up."""
    if c.verdict is None or c.verdict.verdict == UNCHECKED:
        return []
    answer = verdict_words.moments(c.verdict, language).rstrip(".")
    return [phrase("brief_says", "in_record", language, answer=answer, why=verdict_words.why(c.verdict, c.verdict.now, language))]


def _assumptions(b: Brief, language: Language) -> list[str]:
    """What holds for all cards: dates and draws. What each scenario assumes stands on its card."""
    said = []
    if b.as_of is not None:
        said.append(phrase("notes", "brief_as_of", language, day=day(b.as_of, language)))
    if any(s.outcome or s.path for s in b.simulations):
        key = "assumed_draws" if b.draws else "assumed_once"
        said.append(phrase("brief_says", key, language, draws=number(b.draws, language), seed=b.seed))
    return said


def _data(b: Brief, language: Language) -> list[str]:
    """How good the data of each market are."""
    markets = [run.market for s in b.simulations for run in (s.outcome, s.path) if run is not None]
    said: dict[str, None] = {}
    for m in markets:
        named = words.market(m.commodity, m.stage, language)
        reason = words.reason(m.commodity, m.stage, m.reason, language)
        said[phrase("brief_says", "graded", language, market=named, year=m.year, grade=m.grade, reason=reason)] = None
    return list(said)
