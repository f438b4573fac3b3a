"""A backtest as a reader sees it: what happened, how far off the model was, who traded with whom, prices, and what must be known beside."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from maadin import __version__
from maadin.facts import regions
from maadin.report import backtest_words as told
from maadin.report import words
from maadin.report.backtest_words import column, say
from maadin.report.intervals import signed
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import cells
from maadin.report.numbers import number
from maadin.report.sheets import Block, Column, Sheet
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.experiments.backtest import Backtest, Event, Record
    from maadin.experiments.backtest.fitting import Fitted
    from maadin.market.benchmark import Kind

ROWS = 20  # routes of the table
NAME = 36  # characters of a line of an event's name
BASELINES = ("no_change", "reallocation")
KINDS: tuple[Kind, ...] = ("balanced", "imports_only")


def lay_out(t: Backtest, language: Language = "en", command: str = "", fitted: Fitted | None = None) -> Sheet:
    """Arrange a backtest for reading.

    Parameters
    ----------
    t : Backtest
    language : {"en", "ar"}
    command : str
        What gives the same result again.
    fitted : Fitted, optional
    """
    blocks = [
        errors(t, language),
        partners(t, language),
        unit_values(t, language),
        *texts(t, language),
        basis(t, language, command, fitted),
    ]
    sources = cells.source_line(dict.fromkeys(t.sources), language)
    return Sheet(told.name(t.event, language), blocks, [], sources, language, [*happened(t.event, language), *told.compared(t, language)])


def happened(event: Event, language: Language) -> list[str]:
    """When and what, and who says so."""
    said = [told.when(event, language), *told.measures(event, language)]
    return [*said, phrase("lead", "announced", language, source=event.source.says(language))] if event.source else said


def errors(t: Backtest, language: Language) -> Block:
    """Errors over the parties' trade and the world's."""
    both = (t.parties, t.world)
    columns = [column("scope", [say("parties", language), say("world", language)], language, numeric=False)]
    columns += [column(n, [told.error(getattr(e, n), language) for e in both], language) for n in (*BASELINES, "model", "ordinary")]
    columns += [column(f"skill_{n}", [told.skill(e.skill(n), language) for e in both], language) for n in BASELINES]
    remarks = [told.verdict(t.parties, language), *told.counts(t, language), say("errors_note", language), say("baselines_note", language)]
    return Block(say("errors", language), columns, remarks)


def partners(t: Backtest, language: Language, most: int | None = ROWS) -> Block:
    """The largest routes: shares before, predicted and observed."""
    rows = t.partners[:most]
    tonnes = in_tonnes([p.before_t for p in rows], language)
    columns = [
        column("from", [regions.name(p.exporter, language) for p in rows], language, numeric=False),
        column("to", [regions.name(p.importer, language) for p in rows], language, numeric=False),
        column("before_year", [told.share(p.before, language) for p in rows], language, year=t.event.before),
        column("predicted", [told.share(p.predicted, language) for p in rows], language),
        column("observed_year", [told.share(p.observed, language) for p in rows], language, year=t.event.after),
    ]
    columns.append(column("direction", [told.direction(p, language) for p in rows], language, numeric=False))
    if t.draws:
        columns.append(column("interval", [told.band(p.low, p.high, language) for p in rows], language))
    columns.append(column("interval_wide", [told.band(p.low_wide, p.high_wide, language) for p in rows], language, minor=True))
    for when in ("before", "predicted", "observed"):
        amounts = [tonnes.plain(getattr(p, f"{when}_t")) for p in rows]
        columns.append(column(f"{when}_t", amounts, language, minor=True, unit=tonnes.unit))
    remarks = [say("partners_note", language)]
    if len(rows) < len(t.partners):
        remarks.insert(0, say("partners_shown", language, count=len(rows), all=len(t.partners)))
    return Block(say("partners", language), columns, remarks)


def unit_values(t: Backtest, language: Language) -> Block:
    """Prices of the parties against the world's."""
    before, after = t.event.before, t.event.after
    caption = say("unit_values", language, before=before, after=after)
    if not t.unit_values:
        return Block(caption, [], [say("no_unit_values", language)])
    rows = t.unit_values
    columns = [
        column("party", [regions.name(u.country, language) for u in rows], language, numeric=False),
        column("side", [say(u.side, language) for u in rows], language, numeric=False),
        column("predicted", [_change(u.predicted, language) for u in rows], language),
        column("observed", [_change(u.observed, language) for u in rows], language),
        column("usd_before", [number(u.before_usd_per_t, language) for u in rows], language, year=before),
        column("usd_before", [number(u.observed_usd_per_t, language) for u in rows], language, year=after),
    ]
    return Block(caption, columns)


def texts(t: Backtest, language: Language) -> list[Block]:
    """What else happened, how the decision became measures, and why the model did as it did."""
    e = t.event
    listed = {"also": e.also, "assumes": e.assumes, "lesson": (e.lesson,) if e.lesson else ()}
    return [Block(say(name, language), [], [f"• {s.says(language)}" for s in sentences]) for name, sentences in listed.items() if sentences]


def basis(t: Backtest, language: Language, command: str = "", fitted: Fitted | None = None) -> Block:
    """The data, the setting, what was fitted, and how to get the same again."""
    said = [*told.quality(t, language), *told.how(t, language), *([told.fitted(fitted, language)] if fitted else [])]
    if command:
        said.append(say("again", language, command=command) + f" (maadin {__version__})")
    return Block(say("basis", language), [], [f"• {s}" for s in said])


def lay_out_record(r: Record, language: Language = "en", command: str = "") -> Sheet:
    """Arrange a record for reading: figures of all events, a table a kind of market, failures, and what could not be run."""
    blocks = [block for kind in KINDS for block in [table(r, kind, language, NAME)] if block]
    if failed := told.failures(r, language):
        lines = [line for said, group in failed for line in (said, *(f"• {event}" for event in group))]
        blocks.append(Block(say("failures", language), [], lines))
    if missed := told.not_run(r, language):
        blocks.append(Block(say("not_run", language), [], [f"• {line}" for line in missed]))
    how = [*(told.how(r.tests[0], language)[::2] if r.tests else []), say("errors_note", language), say("baselines_note", language)]
    if command:
        how.append(say("again", language, command=command) + f" (maadin {__version__})")
    blocks.append(Block(say("basis", language), [], [f"• {s}" for s in how]))
    sources = cells.source_line(dict.fromkeys(s for t in r.tests for s in t.sources), language)
    count = len(r.tests) + len(r.not_run)
    title = say("title_record", language, events=told.events(count, language, alone=True))
    return Sheet(title, blocks, [], sources, language, told.summary(r, language))


def table(r: Record, kind: Kind, language: Language, name_width: int | None = None) -> Block | None:
    """The events on one kind of market, a row each, means and sums beneath; long names are broken where a width is given."""
    s = r.summary(kind)
    if s is None:
        return None
    at = [n for n, t in enumerate(r.tests) if t.market.kind == kind]
    rows = [r.tests[n] for n in at]
    names = [told.name(t.event, language) for t in rows]
    if name_width:
        names = [textwrap.fill(name, name_width, break_long_words=False) for name in names]
    both = [*(t.parties for t in rows), s]

    def sized(name: str, head: str, *, minor: bool = False) -> Column:
        return column(head, [told.error(getattr(e, name), language) for e in both], language, minor=minor)

    skills = [
        *(_skills([t.parties.skill(n) for n in BASELINES], language) for t in rows),
        _skills([s.skill_no_change, s.skill_reallocation], language),
    ]
    columns = [
        column("event", [*names, say("mean", language)], language, numeric=False),
        column("years", [*(f"{t.event.before}–{t.event.after}" for t in rows), ""], language),
        sized("no_change", "no_change"), sized("reallocation", "reallocation_short"), sized("model", "model"),
        column("skill_short", skills, language),
        sized("ordinary", "ordinary", minor=True),
        column("directions_short", [told.of(c) for c in (*(t.directions for t in rows), s.directions)], language, minor=True),
        column("coverage_short", [told.of(c) for c in (*(t.coverage_wide for t in rows), s.coverage_wide)], language, minor=True),
    ]  # fmt: skip
    if r.fitted:
        fits = [r.fitted[n] for n in at]
        columns.append(column("factor", [*(number(f.factor, language, 2) for f in fits), ""], language, minor=True))
        columns.append(
            column("fitted_error", [told.error(v, language) for v in (*(f.parties for f in fits), s.fitted)], language, minor=True)
        )
    caption = say(f"table_{kind}", language, events=told.events(len(rows), language, alone=True))
    remarks = [say(key, language) for key in ("table_note", *(("table_note_fitted",) if r.fitted else ()))]
    return Block(caption, columns, remarks, total=True)


def lay_out_list(listed: Sequence[Event], language: Language = "en") -> Sheet:
    """Arrange the events that could be run."""
    columns = [
        column("id", [e.id for e in listed], language, numeric=False),
        column("event", [told.name(e, language) for e in listed], language, numeric=False),
        column("market", [_market_of(e, language) for e in listed], language, numeric=False),
        column("date", [e.date.isoformat() for e in listed], language, numeric=False),
        column("years", [f"{e.before}–{e.after}" for e in listed], language, numeric=False),
    ]
    return Sheet(say("title_list", language), [Block("", columns)], [say("list_hint", language)], "", language)


def _market_of(event: Event, language: Language) -> str:
    """The market of an event that was not run."""
    from maadin.facts import selection

    market = selection.market(event.commodity, event.stage)
    return words.market(market.commodity.id, market.stage.id, language)


def _skills(values: Sequence[float], language: Language) -> str:
    """Skills against both baselines."""
    return words.joined([told.skill(v, language) for v in values], language)


def _change(ratio: float, language: Language) -> str:
    return f"{signed(100 * (ratio - 1), 1, language)}%"
