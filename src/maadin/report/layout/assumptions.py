"""What a simulation rests on: what the scenario and the run assume, elasticities, duties that are there already, data, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maadin import __version__
from maadin.facts import regions
from maadin.facts.table import Note, Table
from maadin.market import tables
from maadin.market.distributions import Family, Parameter
from maadin.market.elasticities import described
from maadin.policy import measures as m
from maadin.policy.places import members, routes
from maadin.report import effects, scenario_words, words
from maadin.report.effects import Figure
from maadin.report.excerpt import Excerpt
from maadin.report.intervals import NONE, interval, percent_decimals, signed
from maadin.report.intervals import dollars as in_dollars
from maadin.report.layout import benchmark as benchmark_layout
from maadin.report.layout.limits import all_limits
from maadin.report.layout.limits import wedge as limit_wedge
from maadin.report.numbers import fixed, number, percent
from maadin.report.sheets import Block, column, text_column
from maadin.report.words import Language, phrase
from maadin.units import ends

if TYPE_CHECKING:
    from maadin.market.elasticities import Pooled
    from maadin.policy.outcome import Outcome

USED = ("armington", "demand", "supply")
_BORDER = (m.Tariff, m.ExportTax, m.Embargo, m.ExportBan, m.ImportQuota, m.ExportQuota, m.TariffRateQuota, m.Reopen, m.SupplyOffer)
_OF_SUPPLY = (m.Capacity, m.SupplyShock, m.Subsidy)
_MOVES_THE_PRICE = (m.Capacity, m.SupplyShock, m.Subsidy, m.Stockpile, m.DemandShift, m.ExportBan, m.ExportTax, m.ExportQuota)


def blocks(o: Outcome, language: Language, command: str, sampler: str) -> list[Block]:
    """All that a simulation rests on."""
    assumed = [s.says(language) for s in o.scenario.assumes]
    made = [_listed("scenario_assumes", assumed, language)] if assumed else []
    return [
        *made,
        _listed("run_assumes", _run(o, language), language),
        pooled_elasticities(o.elasticities, language, imports_only=o.market.kind == "imports_only"),
        _duties(o, language),
        _listed("data_quality", _data(o, language), language),
        _listed("how_sure", _how_sure(o, language, command, sampler), language),
    ]


def _listed(caption: str, said: Iterable[str], language: Language) -> Block:
    return Block(phrase("captions", caption, language), [], [f"• {s}" for s in said])


def _run(o: Outcome, language: Language) -> list[str]:
    """Notes of the translation, capacity, the choke price."""
    said = [scenario_words.note(n, language, o.latent) for n in o.notes]
    if _dated(o):
        said.append(phrase("says", "dates_left_out", language))
    low, high = ends(o.scenario.capacity_slack)
    slack = scenario_words.amount("share", o.scenario.capacity_slack if high > low else high, language)
    printed = int(np.isfinite(o.market.capacity_t).sum())
    if o.market.kind != "imports_only":
        key = "capacity_shown" if o.scenario.capacities == "shown" else "capacity_printed" if printed else "capacity_assumed"
        said.append(phrase("says", key, language, slack=slack, count=number(printed, language)))
    said.append(phrase("says", "choke", language, choke=scenario_words.plain(o.scenario.choke, language)))
    return said


def _dated(o: Outcome) -> bool:
    measures = o.scenario.market_measures
    return o.scenario.horizon is not None or any(x.from_date or x.to_date or ends(getattr(x, "ramp_years", 0.0))[1] > 0 for x in measures)


def pooled_elasticities(pooled: Pooled, language: Language, *, imports_only: bool) -> Block:
    """The elasticities that count, by source, with what must be said of them."""
    shown = [p for p in pooled.parameters if p.name in (("armington", "outside_option") if imports_only else USED)]
    rows = [row for p in shown for row in _by_source(p, language)]
    heads = ("elasticity", "source", "median", "five_to_95", "weight", "note")
    columns = [
        column(head, list(cells), language) if head in ("median", "five_to_95", "weight") else text_column(head, list(cells), language)
        for head, cells in zip(heads, zip(*rows, strict=True), strict=True)
    ]
    told = described(pooled)
    notes = [n for said in (told.about, *told.notes) for n in _about(said, shown)]
    return Block(phrase("captions", "elasticities_used", language), columns, [scenario_words.note(n, language) for n in notes])


def _about(said: Note, shown: Sequence[Parameter]) -> list[Note]:
    """A note as far as it is about the parameters that are shown, and the sources that speak of them."""
    names = {"parameters": {p.name for p in shown}, "families": {f.name for p in shown for f in p.active}}
    values = {k: tuple(x for x in v if x in names[k]) if k in names else v for k, v in said.values.items()}
    return [replace(said, values=values)] if all(values[k] for k in names if k in values) else []


def _by_source(p: Parameter, language: Language) -> list[tuple[str, str, str, str, str, str]]:
    """A row a source family, and one for all of them where there are several."""
    rows = []
    for at, family in enumerate(p.families):
        alone = Parameter(p.name, (family,), p.bounds)
        weight = p.weight(family)
        rows.append((
            phrase("parameters", p.name, language) if at == 0 else "",
            family_name(family.name, language),
            *_points(alone, language),
            percent(weight, language, 0) if weight else phrase("words", "set_aside", language),
            _mark(family, language),
        ))  # fmt: skip
    if len(p.active) > 1:
        rows.append(("", phrase("families", "pooled", language), *_points(p, language), "", ""))
    return rows


def _points(p: Parameter, language: Language) -> tuple[str, str]:
    low, median, high = (p.quantile(q) for q in (0.05, 0.5, 0.95))
    return _figure(median, language), interval(low, high, 2 if high < 10 else 1, language) if low < high else ""


def _figure(value: float, language: Language) -> str:
    return fixed(value, 2 if value < 10 else 1, language)


def _mark(family: Family, language: Language) -> str:
    if family.assumption:
        return phrase("words", "assumption_mark", language)
    unchecked = any(c.check == "unchecked" for c in family.components)
    return phrase("checks", "unchecked", language) if unchecked else ""


def family_name(name: str, language: Language) -> str:
    """A source family as it is called; of a calibration the event stays in its own words."""
    observed, _, event = name.partition(" ")
    if observed == "observed" and event:
        return f"{phrase('families', 'calibrated', language)} ({event})"
    return phrase("families", name, language)


def all_elasticities(pooled: Pooled, language: Language) -> list[Block]:
    """Every figure behind the elasticities, a block a parameter."""
    told = described(pooled)
    rows = told.records()
    made = []
    for p in pooled.parameters:
        own = [r for r in rows if r["parameter"] == p.name]
        columns = [
            text_column("source", [family_name(r["family"], language) for r in own], language),
            column("median", [_figure(r["mid"], language) for r in own], language),
            column("five_to_95", [_ends(r["low"], r["high"], language) for r in own], language),
            column(
                "weight",
                [percent(r["weight"], language, 0) if r["weight"] else phrase("words", "set_aside", language) for r in own],
                language,
            ),
            column(
                "carried_by", [f"{fixed(r['scaled_by'], 2, language)}" if r["scaled_by"] not in (None, 1.0) else "" for r in own], language
            ),
            text_column("check", [phrase("checks", r["check"], language) if r["check"] else "" for r in own], language),
        ]
        if language == "en":  # the works' titles and the reasons for priors are in English
            columns.append(text_column("work", [r["source"] for r in own], language))
        made.append(Block(phrase("captions", "elasticities_listed", language, parameter=phrase("parameters", p.name, language)), columns))
    made[-1].remarks.extend(scenario_words.note(n, language) for n in (told.about, *told.notes))
    return made


def _ends(low: float, high: float, language: Language) -> str:
    return interval(low, high, 2 if high < 10 else 1, language) if low < high else ""


def held(o: Outcome) -> Table:
    """Measures of the benchmark's year that concern the routes of the scenario."""
    table = tables.measures(o.market)
    mask = _concerned(o)
    if not mask.any():
        return replace(table, rows=())
    countries = np.array(o.market.countries)
    exporters, importers = set(countries[mask.any(axis=1)]), set(countries[mask.any(axis=0)])
    by, on, how = (table.columns.index(c) for c in ("imposing", "targeted", "treatment"))
    kept = []
    for row in table.rows:
        imposing, targeted = (regions.members_of_list(row[at], o.market.year) for at in (by, on))
        at_import, at_export = bool(imposing & importers and targeted & exporters), bool(imposing & exporters and targeted & importers)
        if at_import if row[how] == "duty" else at_export if row[how] == "export tax" else at_import or at_export:
            kept.append(row)
    return replace(table, rows=tuple(kept))


def _concerned(o: Outcome) -> NDArray[np.bool_]:
    """Routes of the measures at a border, and all exports of those that change their supply, array (exporter, importer)."""
    n = len(o.market.countries)
    found = np.zeros((n, n), dtype=bool)
    for measure in o.scenario.market_measures:
        if isinstance(measure, _BORDER):
            found |= routes(measure, o.market.countries, o.market.year).mask(n)
        elif isinstance(measure, _OF_SUPPLY):
            found[list(members(measure, o.market.countries, o.market.year))] = True
    return found


def _duties(o: Outcome, language: Language) -> Block:
    """Duties and bans the benchmark already holds where the scenario acts, and the average of the rates there."""
    table, mask = held(o), _concerned(o)
    if not table.rows:
        return Block(phrase("captions", "duties_held", language), [], [f"• {phrase('says', 'no_duties_held', language)}"])
    shown = benchmark_layout.lay_out(o.market, {"measures": Excerpt(table, len(table.rows))}, {}, language).blocks[0]
    value = np.where(mask, o.market.value_usd, 0.0)
    rate = float((value * o.market.duty_rate).sum() / value.sum()) if value.sum() > 0 else 0.0
    said = phrase("says", "average_duty", language, rate=percent(rate, language, 0 if (100 * rate).is_integer() else 1))
    columns, exceptions = list(shown.columns), []
    if columns[-1].head == phrase("heads", "exemptions", language):  # too long for a column
        last = columns.pop()
        exceptions = [f"{name}: {cell}." for name, cell in zip(columns[0].cells, last.cells, strict=True) if cell]
    return Block(phrase("captions", "duties_held", language), columns, [*exceptions, shown.remarks[0], said])


def _data(o: Outcome, language: Language) -> list[str]:
    """What the benchmark says of itself: grade and reason, codes, how much was adjusted, its notes."""
    lead = benchmark_layout.lay_out(o.market, {}, {}, language).lead
    return [*lead[1:], *(words.note(n, language) for n in o.market.notes)]


def _how_sure(o: Outcome, language: Language, command: str, sampler: str) -> list[str]:
    said = [_with_and_without(*headline, language) for headline in headlines(o, language)] if o.draws else []
    residual = f"{o.residual:.0e}"
    key = "computed" if o.draws else "computed_once"
    said.append(phrase(
        "says", key, language, draws=number(o.draws, language), sampler=phrase("samplers", sampler, language),
        failed=number(o.failed, language), residual=residual,
    ))  # fmt: skip
    if command:
        said.append(phrase("says", "reproduce", language, command=command) + f" (maadin {__version__})")
    return said


def headlines(o: Outcome, language: Language) -> list[tuple[str, str, str, str]]:
    """The figures a reader quotes: name, median, interval, interval without the spread between sources."""
    found = []
    for x in all_limits(o):
        if x.is_offer:
            within = x.wedge._replace(low=x.wedge.low_within, high=x.wedge.high_within)
            shown = [limit_wedge(replace(x, wedge=w), language) for w in (x.wedge, within)]
            median, _, band = shown[0].partition(" ")
            found.append((phrase("quantities_of", "limit_wedge", language), median, band, shown[1].partition(" ")[2]))
    if any(isinstance(x, _MOVES_THE_PRICE) for x in o.scenario.market_measures):
        found.append(_relative("world_price_usd_per_t", effects.of_world(o, "world_price_usd_per_t"), "", language))
    for country in effects.acting(o)[:1]:
        made = ("output_t",) if o.market.kind == "balanced" else ()
        for variable in ("price_use_usd_per_t", *made, "imports_t"):
            figure = effects.by_country(o, variable)[country]
            if math.isfinite(figure.relative[0]) and abs(figure.relative[0]) > 1e-9:
                found.append(_relative(variable, figure, country, language))
        found.append(_money("welfare_change_usd", effects.by_country(o, "welfare_change_usd")[country], country, language))
    return found


def _relative(variable: str, figure: Figure, country: str, language: Language) -> tuple[str, str, str, str]:
    decimals = percent_decimals([figure.relative[0]])
    median, low, high, low_within, high_within = (100 * (level / figure.before - 1) for level in figure[1:])
    return (
        _what(variable, country, language), f"{signed(median, decimals, language)}%", interval(low, high, decimals, language),
        interval(low_within, high_within, decimals, language),
    )  # fmt: skip


def _money(variable: str, figure: Figure, country: str, language: Language) -> tuple[str, str, str, str]:
    dollars = in_dollars(figure[1:4], language)
    what = f"{_what(variable, country, language)} ({dollars.unit})"
    return what, dollars.signed(figure.median), dollars.interval(*figure[2:4]), dollars.interval(*figure[4:6])


def _what(variable: str, country: str, language: Language) -> str:
    what = phrase("quantities_of", variable, language)
    return phrase("says", "of_whom", language, what=what, whose=regions.name(country, language)) if country else what


def _with_and_without(what: str, figure: str, band: str, within: str, language: Language) -> str:
    return phrase("says", "with_and_without", language, what=what, figure=figure, interval=band, within=within or NONE)
