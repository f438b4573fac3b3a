"""A simulation as a page: what changes, where the metal goes, and what all this rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maadin.facts import regions
from maadin.report import effects, scenario_words, words
from maadin.report.brief import SimulationCard
from maadin.report.effects import Figure as Level
from maadin.report.html import flows
from maadin.report.html.bars import Bar
from maadin.report.html.dots import Dot, Dots
from maadin.report.html.figures import Figure
from maadin.report.html.model import Code, KeyFigure, Page, Part, Row, Section, parts_of
from maadin.report.html.shown import Mapped, gains, listed, marks_of, page_word, ranked
from maadin.report.intervals import NONE, Amounts, interval, percent_decimals, signed
from maadin.report.intervals import dollars as in_dollars
from maadin.report.layout import assumptions, cells, valued
from maadin.report.layout import simulation as layout
from maadin.report.numbers import number
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language

if TYPE_CHECKING:
    from maadin.policy.outcome import Outcome
    from maadin.policy.scenario import Scenario
    from maadin.policy.valued import FundValuation, TerritoryListing

    Valuation = FundValuation | TerritoryListing

KEYS = 4
ON_CARD = 6  # countries of a chart on a card; the tables have more
MINERALS = 8  # bars of a fund's revenues
NO_BREAK = "\u00a0"
STACKED = 1  # characters of a line: an interval stands beneath its figure


def page(
    scenario: Scenario, o: Outcome | None, valuations: Sequence[Valuation], language: Language, *, command: str = "", sampler: str = "sobol",
    only: Sequence[str] | None = None, top: int | None = None,
) -> Page:  # fmt: skip
    """The page of a scenario.

    Parameters
    ----------
    scenario : Scenario
    o : Outcome or None
        None for a scenario that does nothing in a market.
    valuations : sequence
        Funds and territories.
    language : {"en", "ar"}
    command, sampler : str
        How the result came about.
    only : sequence of str, optional
        Countries that were asked for.
    top : int, optional
        Rows of tables.
    """
    again = Section("again", page_word("section_again", language), [
        *([Code(page_word("command", language), command)] if command else []),
        Code(page_word("scenario_file", language), scenario.to_yaml()),
    ])  # fmt: skip
    if o is None:
        return _valuation(scenario, valuations, language, top, again)
    view = layout.View(language, STACKED, only, top or effects.COUNTRIES, "", sampler)
    sheet = layout.lay_out(o, view, "countries")
    b = o.market
    said = len(layout.scenario_lead(scenario, language, b.countries))
    sections = [
        Section("changes", page_word("section_changes", language), _changes(o, view)),
        Section("flows", page_word("section_flows", language), _flows(o, view)),
    ]
    if o.counterfactual["limit"].size:
        limits = layout.lay_out(o, view, "limits").blocks
        sections.insert(0, Section("limits", page_word("section_limits", language), parts_of(limits)))
    if valuations:
        outside = _with_revenues(parts_of(valued.blocks(valuations, language, top)), valuations, language)
        sections.append(Section("valued", page_word("section_valued", language), outside))
    basis = parts_of(layout.lay_out(o, view, "assumptions").blocks)
    sections.append(
        Section("basis", page_word("section_basis", language), basis, is_quiet=True, lead=page_word("section_basis_lead", language))
    )
    used = dict.fromkeys([*b.sources, *(("measures", "") for _ in assumptions.held(o).rows[:1]), *valued.sources(valuations)])
    return Page(
        language, sheet.title, page_word("kicker_simulation", language, market=words.market(b.commodity, b.stage, language), year=b.year),
        lead=_lead(scenario, language), measures=_measures(scenario, language, b.countries), keys=_keys(o, language),
        sections=[s for s in [*sections, again] if s.parts], sources=cells.source_line(used, language), remarks=sheet.lead[said:],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a text says of a measure: its place, what it is in a few words, its own words, who says so, and its status there."""

    number: int
    says: str
    quote: str
    quote_language: Language
    said_by: str = ""
    status: str = ""


def card(
    told: Told, scenario: Scenario, o: Outcome | None, valuations: Sequence[Valuation], language: Language, *, assumes: Sequence[str] = (),
    command: str = "", sampler: str = "sobol",
) -> SimulationCard:  # fmt: skip
    """The card of a measure in a brief.

    Parameters
    ----------
    told : Told
        The measure as the text has it.
    scenario, o, valuations, language, command, sampler
        As of a page.
    assumes : sequence of str
        What was added to the text, beside what the scenario itself assumes.
    """
    tables: list[Part] = []
    charts: tuple[Figure, ...] = ()
    keys: Sequence[KeyFigure] = ()
    title = layout.scenario_title(scenario, language)
    lead = _lead(scenario, language)
    if o is not None:
        view = layout.View(language, STACKED, None, effects.COUNTRIES, "", sampler)
        shown = effects.shown_countries(o, effects.COUNTRIES)
        source, keys = _source(o, language), _keys(o, language)
        title = layout.title(o, language)
        if shown:
            few = shown[:ON_CARD]
            drawn = (
                _prices(o, few, language, source),
                _welfare(o, few, language, source),
                flows.drawn(o, source, language),
                _world(o, language, source),
            )
            charts = tuple(f for f in drawn if f is not None)
        parts = ("limits",) if o.counterfactual["limit"].size else ()
        for part in (*parts, "countries", "welfare", "routes", "assumptions"):
            tables += parts_of(layout.lay_out(o, view, part).blocks)
    if valuations:
        sheet = valued.lay_out(scenario, valuations, language)
        title = title or sheet.title
        charts += tuple(_revenues(valuations, language))
        tables += parts_of(valued.blocks(valuations, language))
    return SimulationCard(
        id=str(told.number), number=told.number, quote=told.quote, quote_language=told.quote_language, said_by=told.said_by, status=told.status,
        title=told.says or title or scenario.name, lead=tuple(lead), keys=tuple(keys), charts=charts, tables=tuple(tables),
        measures=tuple(_measures(scenario, language, o.market.countries if o else None)), command=command, scenario=scenario.to_yaml(),
        assumes=tuple(dict.fromkeys([*assumes, *(s.says(language) for s in scenario.assumes)])),
    )  # fmt: skip


def _valuation(scenario: Scenario, valuations: Sequence[Valuation], language: Language, top: int | None, again: Section) -> Page:
    sheet = valued.lay_out(scenario, valuations, language, top)
    parts = _with_revenues(parts_of(sheet.blocks), valuations, language)
    sections = [Section("valued", page_word("section_figures", language), parts), again]
    return Page(
        language, sheet.title, page_word("kicker_valuation", language), lead=_lead(scenario, language),
        measures=_measures(scenario, language, None), sections=sections, sources=sheet.sources,
    )  # fmt: skip


def _with_revenues(parts: Sequence[Part], valuations: Sequence[Valuation], language: Language) -> list[Part]:
    """Tables of valuations with what a year's output fetches drawn above its table."""
    drawn = {figure.title: figure for figure in _revenues(valuations, language)}
    made: list[Part] = []
    for part in parts:
        if isinstance(part, Block) and part.caption in drawn:
            made.append(drawn.pop(part.caption))
        made.append(part)
    return made


def _revenues(valuations: Sequence[Valuation], language: Language) -> list[Figure]:
    """What a year's output of each mineral fetches that feeds a fund."""
    made = []
    for table in (v.revenues for v in valuations if hasattr(v, "revenues")):
        rows = sorted((r for r in table.records() if r["counted"] and r["usd"]), key=lambda r: -r["usd"])
        if not rows:
            continue
        about = scenario_words.filled(table.about, language)
        dollars = in_dollars([r["usd"] for r in rows], language)
        names = [scenario_words.mineral(r["commodity"], language) for r in rows]
        names = [name[:1].upper() + name[1:] for name in names]
        middles, bands = [dollars.plain(r["usd"]) for r in rows], [dollars.interval(r["usd_low"], r["usd_high"]) for r in rows]
        bars = [Bar(*cell, r["usd"], r["usd_low"], r["usd_high"]) for cell, r in zip(zip(names, middles, strict=True), rows, strict=True)]
        data = Block("", [
            text_column("mineral", names, language), Column(words.phrase("heads", "middle_of", language), middles),
            Column(words.phrase("heads", "low_to_high", language), bands),
        ])  # fmt: skip
        title = words.phrase("captions", table.about.id, language, unit=dollars.unit, **about)
        source = cells.source_line(table.sources, language)
        made.append(ranked(title, "", source, bars[:MINERALS], data, language, [page_word("bars_note", language)]))
    return made


def _lead(scenario: Scenario, language: Language) -> list[str]:
    said = [scenario.description.says(language)] if scenario.description else []
    if scenario.source:
        said.append(words.phrase("lead", "announced", language, source=scenario.source.says(language)))
    return said


def _measures(scenario: Scenario, language: Language, countries: Sequence[str] | None) -> list[str]:
    """What the measures do, each for itself: the page numbers them."""
    return [said for m in scenario.measures for said in scenario_words.measures([m], language, countries)]


def _keys(o: Outcome, language: Language) -> list[KeyFigure]:
    """The figures that a reader quotes."""
    found = assumptions.headlines(o, language)
    return [
        KeyFigure(what, shown, page_word("interval_of", language, interval=band.replace(" ", NO_BREAK)) if band else "")
        for what, shown, band, _ in found[:KEYS]
    ]


def _changes(o: Outcome, view: layout.View) -> list[Part]:
    """Prices and welfare drawn, then in full."""
    shown = effects.shown_countries(o, view.top or effects.COUNTRIES, view.only)
    tables = [*layout.lay_out(o, view, "countries").blocks, *layout.lay_out(o, view, "welfare").blocks]
    if not shown:
        return parts_of(tables)
    source = _source(o, view.language)
    drawn = Row([_prices(o, shown, view.language, source), _welfare(o, shown, view.language, source)])
    return [drawn, *parts_of(tables), _world(o, view.language, source)]


def _source(o: Outcome, language: Language) -> str:
    names = ("؛ " if language == "ar" else "; ").join(cells.source_name(s, r, language) for s, r in dict.fromkeys(o.market.sources))
    return page_word("source", language, names=page_word("own_computation", language, names=names))


def _prices(o: Outcome, shown: Sequence[str], language: Language, source: str) -> Figure:
    """Relative changes of the price that users pay."""
    of = effects.by_country(o, "price_use_usd_per_t")
    decimals = percent_decimals(of[c].relative[0] for c in shown)
    dots = [_percent_dot(regions.name(c, language), of[c], decimals, language) for c in shown]
    heads = ("country", "level_before", "level_after")
    unit = words.phrase("heads", "unit_value", language)
    columns = [
        cells.names(heads[0], shown, language),
        *(Column(page_word(head, language, unit=unit), [_plain(level, language) for level in levels])
          for head, levels in zip(heads[1:], ([of[c].before for c in shown], [of[c].median for c in shown]), strict=True)),
        Column(words.phrase("heads", "change", language), [d.shown for d in dots]),
        *_bands(o, dots, language),
    ]  # fmt: skip
    return _dotted("price", page_word("price_unit", language), dots, columns, language, source, marks_of(language, percent=True, sign=True))


def _welfare(o: Outcome, shown: Sequence[str], language: Language, source: str) -> Figure:
    """Changes in welfare."""
    of = effects.by_country(o, "welfare_change_usd")
    dollars = in_dollars([x for c in shown for x in of[c].change], language)
    dots = [_amount_dot(regions.name(c, language), of[c], dollars) for c in shown]
    columns = [
        cells.names("country", shown, language),
        Column(words.phrase("heads", "change", language), [d.shown for d in dots]),
        *_bands(o, dots, language),
    ]
    return _dotted("welfare", page_word("welfare_unit", language, unit=dollars.unit), dots, columns, language, source, dollars.signed)


def _dotted(
    name: str, unit: str, dots: Sequence[Dot], columns: list[Column], language: Language, source: str, mark: Callable[[float], str]
) -> Figure:  # fmt: skip
    title = page_word(f"{name}_title", language)
    alt = page_word("alt_dots", language, title=title, listed=listed([f"{d.label} {d.shown} {d.band}".strip() for d in dots], language))
    notes = (page_word("dots_note", language),) if any(d.band for d in dots) else ()
    return Figure(title, unit, alt, source, Dots(dots, mark), Block("", columns), notes=notes)


def _bands(o: Outcome, dots: Sequence[Dot], language: Language) -> list[Column]:
    return [Column(words.phrase("heads", "interval", language), [d.band for d in dots])] if o.draws else []


def _percent_dot(label: str, level: Level, decimals: int, language: Language) -> Dot:
    """A relative change; nothing where there is no level before."""
    median, low, high = (100 * r for r in level.relative)
    if math.isnan(median):
        return Dot(label, NONE, "", None)
    return Dot(label, f"{signed(median, decimals, language)}%", interval(low, high, decimals, language), median, _there(low), _there(high))


def _amount_dot(label: str, level: Level, amounts: Amounts) -> Dot:
    median, low, high = level.change
    if math.isnan(median):
        return Dot(label, NONE, "", None)
    return Dot(label, amounts.signed(median), amounts.interval(low, high), median, _there(low), _there(high))


def _there(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _world(o: Outcome, language: Language, source: str) -> Figure:
    """Welfare of every country on a map."""
    of = {c: level for c, level in effects.by_country(o, "welfare_change_usd").items() if math.isfinite(level.median)}
    dollars = in_dollars([x for level in of.values() for x in level.change[:1]], language)
    order = sorted(of, key=lambda c: -abs(of[c].change[0]))
    columns = [
        cells.names("country", order, language),
        Column(words.phrase("heads", "change", language), [dollars.signed(of[c].change[0]) for c in order]),
    ]
    if o.draws:
        columns.append(Column(words.phrase("heads", "interval", language), [dollars.interval(*of[c].change[1:]) for c in order]))

    def shown(code: str) -> str:
        level = of[code]
        return f"{dollars.signed(level.change[0])} {dollars.interval(*level.change[1:])} {dollars.unit}".replace("  ", " ")

    mapped = Mapped(
        page_word("map_title", language), page_word("welfare_unit", language, unit=dollars.unit), source,
        {c: level.change[0] for c, level in of.items()}, shown, dollars.plain,
    )  # fmt: skip
    return gains(mapped, Block("", columns), language)


def _flows(o: Outcome, view: layout.View) -> list[Part]:
    """The flows drawn, then the routes that change most."""
    drawn = flows.drawn(o, _source(o, view.language), view.language)
    return [*([drawn] if drawn else []), *parts_of(layout.lay_out(o, view, "routes").blocks)]


def _plain(value: float, language: Language) -> str:
    return number(value, language) if math.isfinite(value) else NONE
