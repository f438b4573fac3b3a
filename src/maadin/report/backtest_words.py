"""Backtests in words: what happened, how far off a prediction was, and the figures of both as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from maadin.facts import regions
from maadin.report import scenario_words, verdict_amounts, words
from maadin.report.intervals import NONE, interval, signed
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.numbers import fixed, number, percent
from maadin.report.sheets import Column
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.experiments.backtest import Backtest, Event, Record
    from maadin.experiments.backtest.fitting import Fitted
    from maadin.experiments.backtest.run import Partner
    from maadin.experiments.backtest.scores import Errors


def say(key: str, language: Language, **values: Any) -> str:
    """A text of backtests."""
    return phrase("backtest", key, language, **values)


def column(head: str, cells: Iterable[str], language: Language, *, numeric: bool = True, minor: bool = False, **values: Any) -> Column:
    """A column under a head of the texts of backtests."""
    return Column(say(head, language, **values), list(cells), numeric, minor)


def name(event: Event, language: Language) -> str:
    """What an event is called."""
    return event.name.says(language)


def events(count: int, language: Language, *, alone: bool = False) -> str:
    """So many events."""
    section = "backtest_events_alone" if alone else "backtest_events"
    return verdict_amounts.counted(section, count, language) if count else phrase(section, "zero", language)


def when(event: Event, language: Language) -> str:
    """When it was decided and in force."""
    dates = {part: verdict_amounts.day(day, language) for part in ("decided", "date", "until") if (day := getattr(event, part))}
    if event.decided == event.date:
        dates.pop("decided")
    key = ("decided_since" if "decided" in dates else "since") + ("_until" if "until" in dates else "")
    return say(key, language, **dates)


def measures(event: Event, language: Language) -> list[str]:
    """A sentence a measure."""
    return scenario_words.measures(event.measures, language)


def market(t: Backtest, language: Language) -> str:
    """The market of an event."""
    return words.market(t.market.commodity, t.market.stage, language)


def compared(t: Backtest, language: Language) -> list[str]:
    """In which market, from which year, against which; and who is scored."""
    b = t.market
    said = [
        say(
            "compared", language, market=market(t, language), basis=words.mass_basis(b.mass_basis, language), before=t.event.before,
            after=t.event.after,
        )
    ]  # fmt: skip
    said.append(
        say(
            "hit", language, share=percent(t.hit_share, language), exporters=words.countries(t.exporters, language),
            importers=words.countries(t.importers, language),
        )
    )  # fmt: skip
    return said


def quality(t: Backtest, language: Language) -> list[str]:
    """The kind and grade of a market, and the codes that it covers."""
    b = t.market
    return [
        say(
            "graded", language, kind=say(b.kind, language), grade=phrase("words", b.grade, language),
            reason=words.reason(b.commodity, b.stage, b.reason, language),
        ),
        say("codes", language, codes=words.codes(b.codes, language)),
        *(words.note(n, language) for n in b.notes),
    ]  # fmt: skip


def how(t: Backtest, language: Language) -> list[str]:
    """The setting of the model, the elasticity of substitution and the draws."""
    setting = say("setting", language, setting=phrase("backtest_settings", t.model.name, language))
    sigma = fixed(t.armington, 2 if t.armington < 10 else 1, language)
    key = "armington" if t.model.armington_factor == 1 else "armington_times"
    said = [setting, say(key, language, sigma=sigma, factor=number(t.model.armington_factor, language, 2))]
    return [*said, say("intervals", language, draws=number(t.draws, language)) if t.draws else phrase("lead", "one_solution", language)]


def verdict(e: Errors, language: Language) -> str:
    """Which baselines the model beats."""
    beaten = [name for name in ("no_change", "reallocation") if e.beats(name)]
    return say(f"beats_{'both' if len(beaten) == 2 else beaten[0] if beaten else 'none'}", language)


def error(value: float, language: Language) -> str:
    """An error as a percentage; a dash where there is none."""
    return NONE if value != value else percent(value, language)


def skill(value: float, language: Language) -> str:
    """A skill with its sign, in percent."""
    return NONE if value != value else f"{signed(100 * value, 0, language)}%"


def of(counts: tuple[int, int]) -> str:
    """So many of so many."""
    return f"{counts[0]}/{counts[1]}" if counts[1] else NONE


def share(value: float, language: Language) -> str:
    """A share of trade."""
    return percent(value, language)


def band(low: float, high: float, language: Language) -> str:
    """An interval of shares, in percent."""
    return interval(100 * low, 100 * high, 1, language)


def route(p: Partner, language: Language) -> str:
    """A route by its ends."""
    return say("route", language, exporter=regions.name(p.exporter, language), importer=regions.name(p.importer, language))


def direction(p: Partner, language: Language) -> str:
    """Whether a share moved as predicted; of a route that the measures act on, that they do."""
    return say("acted_on" if p.hit else "right" if p.right_direction else "wrong", language)


def hits(
    directions: tuple[int, int], coverage: tuple[int, int], wide: tuple[int, int], language: Language, *, has_draws: bool
) -> list[str]:  # fmt: skip
    """How many directions were right, and how many observed shares lie in the intervals."""
    said = [say("directions", language, right=directions[0], of=directions[1])] if directions[1] else []
    if coverage[1]:
        key = "coverage" if has_draws else "coverage_wide_only"
        said.append(say(key, language, inside=coverage[0], of=coverage[1], wide=wide[0]))
    return said


def counts(t: Backtest, language: Language) -> list[str]:
    """Directions, coverage and the trade of the world."""
    tonnes = in_tonnes([t.before_t], language)
    amounts = {name: tonnes.plain(getattr(t, f"{name}_t")) for name in ("before", "predicted", "observed")}
    found = hits(t.directions, t.coverage, t.coverage_wide, language, has_draws=bool(t.draws))
    return [*found, say("trade", language, **amounts, unit=tonnes.unit)]


def fitted(f: Fitted, language: Language) -> str:
    """What was fitted for an event on the others."""
    return say(
        "fitted",
        language,
        factor=number(f.factor, language, 2),
        events=events(f.events, language),
        error=error(f.parties, language),
    )


def summary(r: Record, language: Language, *, brief: bool = False) -> list[str]:
    """The record in a few sentences; `brief` leaves out what key figures say already."""
    s, world = r.summary(), r.summary(scope="world")
    if s is None or world is None:
        return []
    told = events(s.events, language)
    means = ("model", "no_change", "reallocation")
    said = [
        say("beaten", language, events=told, no_change=s.beaten_no_change, reallocation=s.beaten_reallocation, both=s.beaten_both),
        say("mean_errors", language, **{n: error(getattr(s, n), language) for n in means}),
        say("mean_errors_world", language, **{n: error(getattr(world, n), language) for n in means}),
    ]
    if s.ordinary == s.ordinary:
        said.append(say("ordinary_mean", language, ordinary=error(s.ordinary, language)))
    if not brief:
        said.append(
            say("skills", language, no_change=skill(s.skill_no_change, language), reallocation=skill(s.skill_reallocation, language))
        )
        said += hits(s.directions, s.coverage, s.coverage_wide, language, has_draws=any(t.draws for t in r.tests))
    if r.fitted:
        said.append(say("fitted_mean", language, error=error(s.fitted, language), beaten=s.beaten_by_fitted, events=told))
    else:
        said.append(say("not_fitted", language))
    if r.not_run:
        said.append(say("some_not_run", language, events=events(len(r.not_run), language, alone=True)))
    return [*said, say("nothing_left_out", language)]


def failures(r: Record, language: Language) -> list[tuple[str, list[str]]]:
    """The events in which a baseline does as well or better, by which one: each with what its file says of it, those without a word together."""
    grouped: dict[str, list[Event]] = {}
    for t in r.tests:
        if not (t.parties.beats("no_change") and t.parties.beats("reallocation")):
            grouped.setdefault(verdict(t.parties, language), []).append(t.event)
    found = []
    for said, lost in sorted(grouped.items(), key=lambda group: -len(group[1])):
        lines = [say("failure", language, event=name(e, language), lesson=e.lesson.says(language)) for e in lost if e.lesson]
        if silent := [name(e, language) for e in lost if not e.lesson]:
            lines.append(say("no_lesson", language, events=("؛ " if language == "ar" else "; ").join(silent)))
        found.append((say("failures_of", language, verdict=said.rstrip("."), events=events(len(lost), language, alone=True)), lines))
    return found


def not_run(r: Record, language: Language) -> list[str]:
    """The events that could not be run, each with why."""
    return [say("not_run_why", language, event=name(n.event, language), why=n.why) for n in r.not_run]
