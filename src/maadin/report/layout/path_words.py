"""Sentences of a path: measures with their dates, notes, and what the path assumes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from maadin.experiments.growth import USER
from maadin.facts.table import Note
from maadin.policy.measures import Capacity, MarketMeasure, Measure
from maadin.report import scenario_words, words
from maadin.report.intervals import bare
from maadin.report.layout import cells
from maadin.report.numbers import percent
from maadin.report.words import Language, joined, phrase
from maadin.units import Range, ends

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome


def measures(outcomes: Sequence[PathOutcome], language: Language) -> list[str]:
    """A line a measure, with its dates; starts and sizes that variants differ in are left to their heads."""
    o = outcomes[0]
    listed = [_in_all(m, outcomes) for m in o.scenario.measures]
    said = scenario_words.measures(listed, language, o.market.countries)
    return [" ".join(filter(None, (line, dates(m, language)))) for line, m in zip(said, listed, strict=True)]


def _in_all(measure: Measure, outcomes: Sequence[PathOutcome]) -> Measure:
    """A capacity as far as all variants agree on it: sizes as a range, no start where they differ."""
    labels = [one.label or {} for one in outcomes]
    if not isinstance(measure, Capacity) or len(outcomes) == 1:
        return measure
    changes: dict[str, object] = {}
    if all("tonnes" in label for label in labels):
        sizes = [label["tonnes"] for label in labels]
        changes["tonnes"] = Range(min(sizes), max(sizes)) if len(set(sizes)) > 1 else sizes[0]
    if len({label.get("start") for label in labels}) > 1:
        changes["from_date"] = None
    return measure.model_copy(update=changes)


def dates(measure: Measure, language: Language) -> str:
    """When a measure is in force, and how long a capacity takes to give all; empty where nothing is said of it."""
    if not isinstance(measure, MarketMeasure):
        return ""
    parts = []
    for key, day, whole in (("from", measure.from_date, (1, 1)), ("to", measure.to_date, (12, 31))):
        if day:
            parts.append(phrase("path_dates", key, language, date=str(day.year) if (day.month, day.day) == whole else _day(day, language)))
    if isinstance(measure, Capacity) and ends(measure.ramp_years)[1] > 0:
        parts.append(phrase("path_dates", "ramp", language, years=_years(measure, language)))
    said = joined(parts, language)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _day(day: date, language: Language) -> str:
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=language)


def _years(measure: Capacity, language: Language) -> str:
    from babel import Locale

    low, high = ends(measure.ramp_years)
    count = scenario_words.amount("ramp_years", measure.ramp_years, language)
    plural = Locale("ar").plural_form(high)
    return phrase("path_years", "few" if low < high and plural in ("one", "two") else plural, language, count=count)


def note(said: Note, o: PathOutcome, language: Language) -> str:
    """A note as a sentence."""
    values = dict(said.values)
    if not said.id.startswith("path_"):
        return scenario_words.note(said, language)
    if "stage" in values:
        values["stage"] = words.stage_name(o.market.commodity, values["stage"], language)
    if "basis" in values:
        values["basis"] = words.mass_basis(values["basis"], language)
        values["bases"] = joined((words.mass_basis(b, language) for b in values["bases"]), language)
    if "stock_t" in values:
        values["stock_t"] = scenario_words.amount("tonnes", float(f"{values['stock_t']:.3g}"), language)
    if "release" in values:
        values["release"] = cells.source_name("usgs_mcs", values["release"], language)
    return words.note(Note(said.id, values), language)


def assumed(o: PathOutcome, language: Language) -> list[str]:
    """What is assumed of every path: growth, supply, dates, money, reserves."""
    follows = (
        phrase("says", "path_supply_keeps_up", language)
        if o.supply_follows == 1
        else phrase("says", "path_supply_follows", language, part=percent(o.supply_follows, language, 0))
    )
    said = [
        *_growth(o, language),
        follows,
        phrase("says", "path_expansion" if o.expansion else "path_no_expansion", language, slack=_slack(o, language)),
        phrase("says", "path_dates", language, year=o.years[1]),
        phrase("says", "path_recursive", language),
        phrase("says", "path_money", language, year=o.market.year, rate=rate(o.discount_rate, language)),
    ]
    if o.reserves.limit:
        said.append(phrase("says", "path_reserves", language, source=cells.source_name(o.reserves.source, o.reserves.release, language)))
    return said


def _slack(o: PathOutcome, language: Language) -> str:
    low, high = ends(o.scenario.capacity_slack)
    return scenario_words.amount("share", o.scenario.capacity_slack if high > low else high, language)


def _growth(o: PathOutcome, language: Language) -> list[str]:
    g = o.growth
    if not g.source:
        return []
    rates = {name: rate(getattr(g, name), language) for name in ("low", "mid", "high", "later")}
    if g.source == USER:
        return [phrase("says", "path_growth_user" if g.is_fixed else "path_growth_user_range", language, **rates)]
    values = {**rates, "first": g.first_year, "last": g.last_year, "source": phrase("publishers", g.source, language)}
    return [phrase("says", "path_growth_one" if g.is_fixed else "path_growth", language, **values)]


def rate(value: float, language: Language) -> str:
    """A rate with one decimal, or none where it is whole."""
    whole = abs(100 * value - round(100 * value)) < 1e-9
    return bare(100 * value, 0 if whole else 1, language) + "%"
