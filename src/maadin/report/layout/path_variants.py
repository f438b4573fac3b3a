"""Variants of a path side by side: the last year of each, then the years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from maadin.facts import regions
from maadin.report import path_effects, scenario_words
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import interval, joined_cell
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout.path_cells import figure, level_cell, percents, rank
from maadin.report.layout.simulation import View
from maadin.report.numbers import percent
from maadin.report.path_effects import Effect, effect
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome

YEARS = 12
OTHERS = 3  # producers beside the one that builds


def builder(o: PathOutcome) -> str:
    """The country that builds; of a group the one whose output changes most."""
    return next(iter(path_effects.acting(o) or path_effects.changed_producers(o)), o.market.countries[0])


def side_by_side(outcomes: Sequence[PathOutcome], view: View) -> Block:
    """The last year of each variant, a column each."""
    first, language = outcomes[0], view.language
    country = builder(first)

    def each(variable: str, of: str | None = None) -> list[Effect]:
        return [effect(o, variable, country=of) for o in outcomes]

    def label(key: str, of: str = country, unit: str = "") -> str:
        return phrase("path_figures", key, language, country=regions.name(of, language), unit=unit)

    output, welfare = each("output_t", country), each("welfare_discounted_usd", country)
    tonnes = in_tonnes([e.with_.median for e in output], language)
    dollars = in_dollars([e.difference.median for e in welfare], language)
    ranks, shares = ([e.with_ for e in each(f"output_{what}", country)] for what in ("rank", "share"))
    rows = [
        (label("output", unit=tonnes.unit), [level_cell(e.with_, tonnes) for e in output]),
        (label("added", unit=tonnes.unit), [figure(e.difference, tonnes, True) for e in output]),
        (label("rank"), [joined_cell(f"{r.median:.0f}", interval(*r[1:], 0, language), True) for r in ranks]),
        (label("share"), [joined_cell(percent(s.median, language), interval(100 * s.low, 100 * s.high, 1, language), True) for s in shares]),
        (label("price"), percents([e.relative for e in each("world_price_usd_per_t")], language, True)),
        (label("world"), percents([e.relative for e in each("world_output_t")], language, True)),
    ]  # fmt: skip
    for other in _others(outcomes, country):
        found = [e.difference for e in each("output_t", other)]
        unit = in_tonnes([e.median for e in found], language)
        rows.append((label("other", other, unit.unit), [figure(e, unit, True) for e in found]))
    rows += [
        (label("welfare", unit=dollars.unit), [figure(e.difference, dollars, True) for e in welfare]),
        (label("world_welfare", unit=dollars.unit), [figure(e.difference, dollars, True) for e in each("world_welfare_discounted_usd")]),
    ]
    columns = [text_column("path_figure", [said for said, _ in rows], language)]
    columns += [Column(label_of(o, language), [row[at] for _, row in rows]) for at, o in enumerate(outcomes)]
    gross = phrase("says", "path_welfare_is_gross", language)
    return Block(phrase("captions", "path_variants", language, year=path_effects.telling_year(first)), columns, [gross])


def _others(outcomes: Sequence[PathOutcome], country: str) -> list[str]:
    """Other producers whose output changes most, in whichever variant."""
    found = dict.fromkeys(c for o in reversed(outcomes) for c in path_effects.changed_producers(o)[: OTHERS + 1])
    return [c for c in found if c != country][:OTHERS]


def by_year(outcomes: Sequence[PathOutcome], view: View) -> list[Block]:
    """Output, rank, world price and the output of the other producer most affected, by year; a column a variant."""
    first, language = outcomes[0], view.language
    country, years = builder(first), path_effects.shown_years(first.years, YEARS)

    def block(caption: str, cell: Callable[[PathOutcome], list[str]]) -> Block:
        columns = [text_column("year", [str(y) for y in years], language)]
        return Block(caption, [*columns, *(Column(label_of(o, language), cell(o)) for o in outcomes)])

    def output(of: str) -> Block:
        found = {id(o): [effect(o, "output_t", y, of).difference for y in years] for o in outcomes}
        unit = in_tonnes([e.median for changes in found.values() for e in changes], language)
        caption = phrase("captions", "path_variants_output", language, country=regions.name(of, language), unit=unit.unit)
        return block(caption, lambda o: [figure(e, unit) for e in found[id(o)]])

    def prices(o: PathOutcome) -> list[str]:
        return percents([effect(o, "world_price_usd_per_t", y).relative for y in years], language, False)

    def ranks(o: PathOutcome) -> list[str]:
        return [rank(effect(o, "output_rank", y, country)) for y in years]

    return [
        output(country),
        block(phrase("captions", "path_variants_rank", language, country=regions.name(country, language)), ranks),
        block(phrase("captions", "path_variants_price", language), prices),
        *(output(other) for other in _others(outcomes, country)[:1]),
    ]


def label_of(o: PathOutcome, language: Language) -> str:
    """What sets a variant apart."""
    label = o.label or {}
    parts = [phrase("heads", "path_variant_start", language, start=f"{label['start']:.0f}")] if "start" in label else []
    if "tonnes" in label:
        parts.append(scenario_words.amount("tonnes", label["tonnes"], language))
    return "\n".join(parts)
