"""A path as a reader sees it: what changes by the last year, then year by year, the countries most affected, variants side by side, and what is assumed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from maadin import __version__
from maadin.facts import regions
from maadin.report import path_effects, scenario_words, words
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import interval
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import benchmark as benchmark_layout
from maadin.report.layout import cells, path_tables, path_variants, path_words
from maadin.report.layout.assumptions import all_elasticities, pooled_elasticities
from maadin.report.layout.path_cells import figure, percent_cell
from maadin.report.layout.simulation import View, scenario_title
from maadin.report.numbers import number, percent
from maadin.report.path_effects import Level, effect
from maadin.report.sheets import Block, Sheet
from maadin.report.words import Language, joined, phrase

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome

YEARS = 12  # rows of the summary's table
COUNTRIES = 8
ROWS = 30  # of a table shown alone
OTHERS = 4  # producers in the headline
Outcomes = Sequence["PathOutcome"]


def lay_out(outcomes: Outcomes, view: View | None = None, show: str = "summary") -> Sheet:
    """Arrange the variants of one scenario for reading.

    Parameters
    ----------
    outcomes : sequence of PathOutcome
    view : View
    show : str
        summary, or years, countries, world or assumptions alone.
    """
    view = view or View()
    o, language = outcomes[0], view.language
    market = words.market(o.market.commodity, o.market.stage, language)
    title = phrase("titles", "path_market", language, market=market, first=o.years[0], last=o.horizon)
    sources = cells.source_line(path_effects.sources(o), language)
    title = scenario_title(o.scenario, language) or title
    return Sheet(title, _SHOWN[show](outcomes, view), [], sources, language, _lead(outcomes, language))


def _lead(outcomes: Outcomes, language: Language) -> list[str]:
    """What the scenario is and does, in which market, and what the figures are."""
    o = outcomes[0]
    said = [o.scenario.description.says(language)] if o.scenario.description else []
    said += path_words.measures(outcomes, language)
    if o.scenario.source:
        said.append(phrase("lead", "announced", language, source=o.scenario.source.says(language)))
    said.append(phrase(
        "lead", "path_market", language, market=words.market(o.market.commodity, o.market.stage, language),
        basis=words.mass_basis(o.market.mass_basis, language), first=o.years[0], last=o.horizon,
        horizon=phrase("horizons", o.scenario.elasticity_horizon, language),
    ))  # fmt: skip
    if not o.draws:
        return [*said, phrase("lead", "one_solution", language)]
    said.append(phrase("lead", "path_medians", language, draws=number(o.draws, language)))
    if failed := max(one.failed for one in outcomes):
        said.append(phrase("lead", "path_failed", language, failed=number(failed, language), draws=number(o.draws, language)))
    return said


def _summary(outcomes: Outcomes, view: View) -> list[Block]:
    o = outcomes[0]
    changing = [headline(o, view), path_tables.by_year(o, view, YEARS), path_tables.countries(o, view, COUNTRIES)]
    if len(outcomes) > 1:
        changing = [
            path_variants.side_by_side(outcomes, view),
            *path_variants.by_year(outcomes, view),
            path_tables.countries(outcomes[-1], view, COUNTRIES),
        ]
    return [*changing, *_assumptions(outcomes, view)]


def _assumptions(outcomes: Outcomes, view: View) -> list[Block]:
    """What scenario and path assume, reserves, elasticities, data, and how it was computed."""
    o, language = outcomes[0], view.language
    own = [s.says(language) for s in o.scenario.assumes]
    notes = dict.fromkeys(path_words.note(n, o, language) for one in outcomes for n in one.notes)
    lead = benchmark_layout.lay_out(o.market, {}, {}, language).lead
    data = [*lead[1:], *(words.note(n, language) for n in o.market.notes)]
    how = [phrase(
        "says", "computed" if o.draws else "computed_once", language, draws=number(o.draws, language),
        sampler=phrase("samplers", view.sampler, language), failed=number(max(one.failed for one in outcomes), language),
        residual=f"{max(one.residual for one in outcomes):.0e}",
    )]  # fmt: skip
    if view.command:
        how.append(phrase("says", "reproduce", language, command=view.command) + f" (maadin {__version__})")
    return [
        *([_listed("scenario_assumes", own, language)] if own else []),
        _listed("path_assumes", [*path_words.assumed(o, language), _choke(o, language), *notes], language),
        *path_tables.reserves(o, view),
        pooled_elasticities(o.elasticities, language, imports_only=o.market.kind == "imports_only"),
        _listed("data_quality", data, language),
        _listed("how_sure", how, language),
    ]


def _choke(o: PathOutcome, language: Language) -> str:
    return phrase("says", "choke", language, choke=scenario_words.plain(o.scenario.choke, language))


def _listed(caption: str, said: Sequence[str], language: Language) -> Block:
    return Block(phrase("captions", caption, language), [], [f"• {s}" for s in said])


def headline(o: PathOutcome, view: View) -> Block:
    """What changes by the last year in which the first measure is in force, in sentences."""
    language = view.language
    acting = path_effects.acting(o)
    said: list[str] = []
    if not np.nan_to_num(o.results["output_t"].sel(path="difference").values).any():
        return _listed("path_headline", [phrase("says", "path_nothing", language)], language)
    if acting and path_effects.is_about_supply(o):
        said += _of_producer(o, acting[0], language)
    elif acting:
        shown = {name: percent_cell(effect(o, variable, country=acting[0]).relative, language) for name, variable in _OF_USERS.items()}
        said.append(
            phrase("says", "path_of_users", language, country=regions.name(acting[0], language), year=path_effects.telling_year(o), **shown)
        )
    world = {name: percent_cell(effect(o, variable).relative, language) for name, variable in _OF_WORLD.items()}
    said += [
        phrase("says", "path_of_world", language, year=path_effects.telling_year(o), **world),
        *_others(o, acting, language),
        _welfare(o, acting, language),
    ]
    if path_effects.is_about_supply(o):
        said.append(phrase("says", "path_welfare_is_gross", language))
    return _listed("path_headline", said, language)


_OF_USERS = {"price": "price_use_usd_per_t", "imports": "imports_t", "output": "output_t"}
_OF_WORLD = {"price": "world_price_usd_per_t", "output": "world_output_t", "trade": "world_trade_t"}


def _of_producer(o: PathOutcome, country: str, language: Language) -> list[str]:
    """Output, rank and share of a country."""
    output, rank, share = (effect(o, f"output_{name}", country=country) for name in ("t", "rank", "share"))
    tonnes = in_tonnes([output.with_.median], language)
    said = phrase(
        "says", "path_output", language, country=regions.name(country, language), year=path_effects.telling_year(o), after=tonnes.plain(output.with_.median),
        before=tonnes.plain(output.without.median), unit=tonnes.unit, change=tonnes.signed(output.difference.median),
        percent=percent_cell(Level(output.relative.median), language), interval=tonnes.interval(*output.difference[1:]),
    )  # fmt: skip
    if math.isnan(rank.with_.median):
        return [said]
    places = {"after": f"{rank.with_.median:.0f}", "before": "–" if math.isnan(rank.without.median) else f"{rank.without.median:.0f}"}
    shares = {f"share_{name}": percent(level.median, language) for name, level in (("after", share.with_), ("before", share.without))}
    key = "path_rank_stays" if places["after"] == places["before"] else "path_rank_changes"
    return [said, phrase("says", key, language, interval=interval(*rank.with_[1:], 0, language), **places, **shares)]


def _others(o: PathOutcome, acting: Sequence[str], language: Language) -> list[str]:
    """Producers whose output changes most, the acting country aside."""
    told = [c for c in path_effects.changed_producers(o) if c not in acting[:1]][:OTHERS]
    if not told:
        return []
    changes = [effect(o, "output_t", country=c).difference for c in told]
    tonnes = in_tonnes([e.median for e in changes], language)
    parts = [f"{regions.name(c, language)} {figure(e, tonnes)}" for c, e in zip(told, changes, strict=True)]
    return [phrase("says", "path_others", language, listed=joined(parts, language), unit=tonnes.unit)]


def _welfare(o: PathOutcome, acting: Sequence[str], language: Language) -> str:
    world = effect(o, "world_welfare_discounted_usd").difference
    own = effect(o, "welfare_discounted_usd", country=acting[0]).difference if acting else None
    dollars = in_dollars(world[:1], language)
    values = {
        "first": o.years[1], "last": o.horizon, "rate": path_words.rate(o.discount_rate, language), "world": figure(world, dollars),
        "unit": dollars.unit, "own": "",
    }  # fmt: skip
    if own:
        named = {"country": regions.name(acting[0], language), "figure": figure(own, dollars)}
        values["own"] = phrase("says", "path_welfare_own", language, **named)
    return phrase("says", "path_welfare", language, **values)


def _each(outcomes: Outcomes, view: View, make: Callable[[PathOutcome], Block]) -> list[Block]:
    """A block a variant, under its name where there are several."""
    blocks = [make(o) for o in outcomes]
    if len(blocks) == 1:
        return blocks
    names = [path_variants.label_of(o, view.language).split("\n") for o in outcomes]
    return [replace(block, caption=cells.caption((*name, block.caption))) for name, block in zip(names, blocks, strict=True)]


_SHOWN: dict[str, Callable[[Outcomes, View], list[Block]]] = {
    "summary": _summary,
    "years": lambda outcomes, view: _each(outcomes, view, lambda o: path_tables.by_year(o, view, len(o.years))),
    "countries": lambda outcomes, view: _each(outcomes, view, lambda o: path_tables.countries(o, view, ROWS)),
    "world": lambda outcomes, view: _each(outcomes, view, lambda o: path_tables.world(o, view, len(o.years))),
    "assumptions": lambda outcomes, view: [*_assumptions(outcomes, view), *all_elasticities(outcomes[0].elasticities, view.language)],
}
