"""Backtests as pages: one event with its picture, or the whole record with a section an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maadin.policy.files import Inline, write_yaml
from maadin.report import backtest_words as told
from maadin.report import words
from maadin.report.backtest_words import say
from maadin.report.html.compared import Compared, Line, Marked
from maadin.report.html.figures import Figure, Key
from maadin.report.html.model import Code, Fold, KeyFigure, Page, Part, Said, Section, parts_of
from maadin.report.html.shown import marks_of, page_word
from maadin.report.layout import backtest as layout
from maadin.report.layout import cells
from maadin.report.sheets import Block
from maadin.report.words import Language, joined

if TYPE_CHECKING:
    from maadin.experiments.backtest import Backtest, Event, Record
    from maadin.experiments.backtest.fitting import Fitted
    from maadin.experiments.backtest.scores import Errors
    from maadin.market.benchmark import Kind

DRAWN = 10  # routes of a picture
TOLD = 8  # items of a description
BEFORE, PREDICTED, OBSERVED = "s6", "s1", "s2"
NONE, MODEL, REALLOCATION = "s6", "s1", "s2"


def page(t: Backtest, language: Language, *, command: str = "", fitted: Fitted | None = None) -> Page:
    """The page of one event.

    Parameters
    ----------
    t : Backtest
    language : {"en", "ar"}
    command : str
        What gives the same again.
    fitted : Fitted, optional
    """
    source = _source([t], language)
    figure = _scopes(t, language, source)
    said = [told.verdict(t.parties, language), *told.counts(t, language)]
    notes = [say("errors_note", language), say("baselines_note", language)]
    sections = [
        Section("errors", say("section_errors", language), [figure, Said("", said, is_list=False)], notes=notes),
        Section("partners", say("section_partners", language), [_shares(t, language, source), layout.partners(t, language, None)]),
        Section("prices", say("section_prices", language), parts_of([layout.unit_values(t, language)])),
        Section("told", say("section_told", language), parts_of(layout.texts(t, language))),
        Section("basis", say("basis", language), [Said("", _basis(t, language, fitted))], is_quiet=True),
        Section("again", page_word("section_again", language), _again(t.event, command, language), is_quiet=True),
    ]
    kicker = say("kicker", language, market=told.market(t, language), before=t.event.before, after=t.event.after)
    lead = [told.when(t.event, language), *_announced(t.event, language)]
    return Page(
        language, told.name(t.event, language), kicker, lead=lead, measures=_measures(t.event, language), keys=_keys(t, language),
        sections=[s for s in sections if s.parts], sources=cells.source_line(dict.fromkeys(t.sources), language),
        remarks=told.compared(t, language),
    )  # fmt: skip


def record_page(r: Record, language: Language, *, command: str = "") -> Page:
    """The page of a record: figures of all events, failures, then a section an event.

    Parameters
    ----------
    r : Record
    language : {"en", "ar"}
    command : str
        What gives the same again.
    """
    sheet, lead = layout.lay_out_record(r, language), told.summary(r, language, brief=True)
    sections = [s for kind in layout.KINDS for s in [_table(r, kind, language)] if s]
    if failed := told.failures(r, language):
        groups: list[Part] = [Said(said, lines) for said, lines in failed]
        sections.append(Section("failures", say("section_failures", language), groups))
    if missed := told.not_run(r, language):
        sections.append(Section("not-run", say("not_run", language), [Said("", missed)]))
    fits: Sequence[Fitted | None] = r.fitted or [None] * len(r.tests)
    sections += [_event(t, fit, language) for t, fit in zip(r.tests, fits, strict=True)]
    setting = told.how(r.tests[0], language)[::2] if r.tests else []
    basis = [*setting, say("errors_note", language), say("baselines_note", language)]
    sections.append(Section("basis", say("basis", language), [Said("", basis)], is_quiet=True))
    if command:
        again: list[Part] = [Code(page_word("command", language), command)]
        sections.append(Section("again", page_word("section_again", language), again, is_quiet=True))
    return Page(
        language, sheet.title, say("kicker_record", language), lead=lead[:2], remarks=lead[2:], keys=_record_keys(r, language),
        sections=sections, sources=sheet.sources, entries=say("section_events", language),
    )  # fmt: skip


def _table(r: Record, kind: Kind, language: Language) -> Section | None:
    """The events on one kind of market: drawn, then in figures."""
    table = layout.table(r, kind, language)
    if table is None:
        return None
    tests = sorted((t for t in r.tests if t.market.kind == kind), key=lambda t: -t.parties.skill("reallocation"))
    rows = [(told.name(t.event, language), t.parties) for t in tests]
    figure = _errors(rows, say("figure_errors", language), say("figure_errors_unit", language), language, _source(tests, language))
    bare = Block("", table.columns, table.remarks, total=True)
    return Section(kind.replace("_", "-"), say(f"section_{kind}", language), [figure, bare])


def _event(t: Backtest, fit: Fitted | None, language: Language) -> Section:
    """An event of the record: what happened, its picture, how far off, what explains it; the rest folded."""
    e, error = t.parties, told.error
    acts = _measures(t.event, language)
    lead = " ".join([told.when(t.event, language), *(acts if len(acts) == 1 else [])])
    far = say(
        "mean_errors_of_event", language, model=error(e.model, language), no_change=error(e.no_change, language),
        reallocation=error(e.reallocation, language), ordinary=error(e.ordinary, language),
    )  # fmt: skip
    lesson = [t.event.lesson.says(language)] if t.event.lesson else []
    texts = layout.texts(t, language)[: -1 if lesson else None]
    rest: list[Part] = [
        Said("", [*told.compared(t, language), *told.counts(t, language)], is_list=False),
        *parts_of(texts),
        *parts_of([layout.unit_values(t, language)]),
        Said(say("basis", language), _basis(t, language, fit)),
    ]
    parts: list[Part] = [
        *([Said("", acts)] if len(acts) > 1 else []),
        _shares(t, language, _source([t], language)),
        Said("", [f"{told.verdict(e, language)} {far}", *lesson], is_list=False),
        Fold(say("more", language), rest),
    ]
    return Section(f"event-{t.event.id}", told.name(t.event, language), parts, lead=lead, is_entry=True)


def _measures(event: Event, language: Language) -> list[str]:
    """A sentence a measure, without numbers: the page sets them."""
    from maadin.policy.order import all_countries
    from maadin.report.scenario_words import sentence

    known = all_countries()
    return [sentence(m, language, known) for m in event.measures]


def _announced(event: Event, language: Language) -> list[str]:
    return [words.phrase("lead", "announced", language, source=event.source.says(language))] if event.source else []


def _basis(t: Backtest, language: Language, fit: Fitted | None) -> list[str]:
    return [*told.quality(t, language), *told.how(t, language), *([told.fitted(fit, language)] if fit else [])]


def _again(event: Event, command: str, language: Language) -> list[Part]:
    data = event.to_data()
    data["measures"] = [{noun: Inline(fields) for noun, fields in m.items()} for m in data["measures"]]
    made: list[Part] = [Code(page_word("command", language), command)] if command else []
    return [*made, Code(say("event_file", language), write_yaml({k: v for k, v in data.items() if v != []}), folded=True)]


def _source(tests: Sequence[Backtest], language: Language) -> str:
    used = dict.fromkeys(s for t in tests for s in t.sources)
    names = ("؛ " if language == "ar" else "; ").join(cells.source_name(s, release, language) for s, release in used)
    return page_word("source", language, names=say("own_computation", language, names=names))


def _keys(t: Backtest, language: Language) -> list[KeyFigure]:
    e = t.parties
    against = say(
        "key_against", language, no_change=told.error(e.no_change, language), reallocation=told.error(e.reallocation, language)
    )  # fmt: skip
    made = [KeyFigure(say("key_model", language), told.error(e.model, language), note=against)]
    if e.ordinary == e.ordinary:
        made.append(KeyFigure(say("key_usual", language), told.error(e.ordinary, language), note=say("key_usual_note", language)))
    if t.directions[1]:
        made.append(_counted("key_directions", t.directions, language))
    if t.coverage[1]:
        made.append(_counted("key_coverage", t.coverage_wide, language, _narrow(t.coverage, language) if t.draws else ""))
    return made


def _record_keys(r: Record, language: Language) -> list[KeyFigure]:
    s = r.summary()
    if s is None:
        return []
    skills = [say("key_skill", language, skill=told.skill(v, language)) for v in (s.skill_no_change, s.skill_reallocation)]
    narrow = _narrow(s.coverage, language) if any(t.draws for t in r.tests) else ""
    return [
        _counted("key_beats_no_change", (s.beaten_no_change, s.events), language, skills[0]),
        _counted("key_beats_reallocation", (s.beaten_reallocation, s.events), language, skills[1]),
        *([_counted("key_directions", s.directions, language)] if s.directions[1] else []),
        *([_counted("key_coverage", s.coverage_wide, language, narrow)] if s.coverage[1] else []),
    ]


def _counted(key: str, counts: tuple[int, int], language: Language, note: str = "") -> KeyFigure:
    return KeyFigure(say(key, language), say("key_of", language, count=counts[0], of=counts[1]), note=note)


def _narrow(counts: tuple[int, int], language: Language) -> str:
    return say("key_coverage_narrow", language, count=counts[0], of=counts[1])


def _scopes(t: Backtest, language: Language, source: str) -> Figure:
    """Errors of an event over the parties' trade and the world's."""
    rows = [(say(f"trade_of_{name}", language), e) for name, e in (("parties", t.parties), ("world", t.world))]
    return _errors(rows, say("figure_errors", language), say("figure_scopes_unit", language), language, source)


def _errors(rows: Sequence[tuple[str, Errors]], title: str, unit: str, language: Language, source: str) -> Figure:
    """The model's error beside those of the baselines, on what shares do in ordinary years."""
    lines, items = [], []
    for label, e in rows:
        shown = {name: told.error(getattr(e, name), language) for name in ("no_change", "reallocation", "model", "ordinary")}
        items.append(say("alt_errors_item", language, event=label, **{n: shown[n] for n in ("model", "no_change", "reallocation")}))
        names = {
            "no_change": "key_no_change",
            "reallocation": "key_reallocation",
            "model": "key_model_dot",
            "ordinary": "key_ordinary_band",
        }
        tip = "\n".join([label, *(f"{say(names[n], language)}: {shown[n]}" for n in ("model", "no_change", "reallocation", "ordinary"))])
        marks = [
            Marked(100 * e.no_change, shown["no_change"], "ring", NONE),
            Marked(100 * e.reallocation, shown["reallocation"], "diamond", REALLOCATION),
            Marked(100 * e.model, shown["model"], "disc", MODEL),
        ]
        usual = [(0.0, 100 * e.ordinary, "usual")] if e.ordinary == e.ordinary else []
        lines.append(Line(label, marks, usual, tip=tip))
    keys = [
        Key("ring s6", say("key_no_change", language)), Key("diamond s2", say("key_reallocation", language)),
        Key("disc s1", say("key_model_dot", language)), Key("usual", say("key_ordinary_band", language)),
    ]  # fmt: skip
    data = Block("", [
        told.column("event", [label for label, _ in rows], language, numeric=False),
        *(told.column(n, [told.error(getattr(e, n), language) for _, e in rows], language) for n in ("no_change", "reallocation", "model", "ordinary")),
    ])  # fmt: skip
    alt = say("alt_errors", language, title=title, listed=_listed(items, language))
    heads = [say(key, language) for key in ("short_no_change", "short_reallocation", "key_model_dot")]
    drawing = Compared(lines, marks_of(language, percent=True), heads, joined=(1, 2))
    return Figure(title, unit, alt, source, drawing, data, tuple(keys))


def _shares(t: Backtest, language: Language, source: str) -> Figure:
    """Shares of the largest routes before, as predicted and as they came."""
    rows = t.partners[:DRAWN]
    lines, items = [], []
    for p in rows:
        shown = {name: told.share(getattr(p, name), language) for name in ("before", "predicted", "observed")}
        items.append(say("alt_shares_item", language, route=told.route(p, language), **shown))
        marks = [
            Marked(100 * p.before, shown["before"], "ring", BEFORE),
            Marked(100 * p.predicted, shown["predicted"], "disc", PREDICTED),
            Marked(100 * p.observed, shown["observed"], "diamond", OBSERVED),
        ]
        spans = [(100 * p.low_wide, 100 * p.high_wide, "wide")] if p.high_wide > p.low_wide else []
        spans += [(100 * p.low, 100 * p.high, "narrow")] if t.draws and p.high > p.low else []
        tip = "\n".join([
            told.route(p, language) + (f" ({say('acted_on', language)})" if p.hit else ""),
            joined([f"{say('short_before', language)} {shown['before']}", f"{say('predicted', language)} {shown['predicted']}"], language),
            f"{say('observed', language)} {shown['observed']}",
        ])  # fmt: skip
        lines.append(Line(told.route(p, language), marks, spans, p.hit, tip))
    keys = [
        Key("ring s6", say("key_before", language, year=t.event.before)),
        Key("disc s1", say("key_predicted", language)),
        Key("diamond s2", say("key_observed", language, year=t.event.after)),
        *([Key("narrow", say("key_interval", language))] if t.draws else []),
        Key("wide", say("key_wide", language)),
        *([Key("flag", say("key_hit", language))] if any(p.hit for p in rows) else []),
    ]
    title = say("figure_shares", language)
    alt = say("alt_shares", language, title=title, listed=_listed(items, language))
    heads = [str(t.event.before), say("predicted", language), str(t.event.after)]
    table = layout.partners(t, language, None)
    data = Block(table.caption, table.columns, table.remarks)
    drawing = Compared(lines, marks_of(language, percent=True), heads)
    return Figure(title, say("figure_shares_unit", language), alt, source, drawing, data, tuple(keys))


def _listed(items: Sequence[str], language: Language) -> str:
    return ("؛ " if language == "ar" else "; ").join(items[:TOLD])
