"""`maadin simulate`: what the measures of a scenario would change, with intervals, and what that rests on."""

from __future__ import annotations

import difflib
import json
import shlex
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maadin.cli import page as pages
from maadin.cli.output import Format, FormatOption, Lang, LangOption, OutputOption, put, put_sheet, put_text
from maadin.cli.page import HtmlOption
from maadin.errors import InputError, LabelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maadin.facts.table import Table
    from maadin.policy.outcome import Outcome
    from maadin.policy.scenario import Scenario
    from maadin.policy.valued import FundValuation, TerritoryListing
    from maadin.report.words import Language

DRAWS = 1000
STDIN = "-"


class Shown(StrEnum):
    """Which part of a result is shown."""

    summary = "summary"
    countries = "countries"
    routes = "routes"
    welfare = "welfare"
    limits = "limits"
    elasticities = "elasticities"
    assumptions = "assumptions"


class SamplerName(StrEnum):
    """How the space of elasticities is filled."""

    sobol = "sobol"
    lhs = "lhs"


class HorizonName(StrEnum):
    """How long supply and demand have to adjust."""

    short = "short"
    medium = "medium"
    long = "long"


def simulate(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario file (YAML or JSON), the name of a ready-made scenario, or - for standard input.", show_default=False)
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws of elasticities and open sizes; 0 solves once, at the medians.")] = DRAWS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 0,
    sampler: Annotated[SamplerName, typer.Option("--sampler", help="Scrambled Sobol sequence or Latin hypercube.")] = SamplerName.sobol,
    sigma: Annotated[str | None, typer.Option("--sigma", help="Substitution between origins: a number, or a range such as 3-6.")] = None,
    eta: Annotated[str | None, typer.Option("--eta", help="Elasticity of demand, absolute value: a number or a range.")] = None,
    epsilon: Annotated[str | None, typer.Option("--epsilon", help="Elasticity of supply: a number or a range.")] = None,
    calibrate: Annotated[
        str | None, typer.Option("--calibrate", help="Read substitution off a past duty too: the id of a measure, such as us232_al_2023_rus.")
    ] = None,
    horizon: Annotated[HorizonName | None, typer.Option("--horizon", help="How long supply and demand have to adjust.")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", min=1900, max=2100, help="Year of the market instead of the scenario's.")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only these countries or groups, separated by commas.")] = None,
    show: Annotated[Shown, typer.Option("--show", help="One part instead of the summary.")] = Shown.summary,
    top: Annotated[int | None, typer.Option("--top", "-n", min=1, help="At most so many rows, those that change most.")] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
    listed: Annotated[bool, typer.Option("--list", help="List the ready-made scenarios and what they assume.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of scenario files.")] = False,
) -> None:  # fmt: skip
    """What the measures of a scenario would change, for whom, with intervals; then assumptions, duties already there and data quality."""
    if listed:
        _put_library(form, lang, output)
        return
    if schema:
        _put_schema(output)
        return
    if scenario is None:
        raise InputError(
            "no scenario was given; expected a file, a ready-made name (to list them: maadin simulate --list), or - for standard input"
        )
    pages.check(html)
    changes = {"sigma": sigma, "eta": eta, "epsilon": epsilon, "horizon": horizon, "year": year}
    event = {"calibrate": calibrate}
    asked = changed(read(scenario), changes)
    if not asked.measures:
        raise InputError(f"scenario '{asked.name}' has no measures, so nothing is simulated and nothing valued")
    how = {"draws": draws, "seed": seed, "sampler": sampler.value}
    command = shlex.join(["maadin", "simulate", scenario, *_options(changes), *_options(event), *_options(how)])
    outcome = _simulated(asked, draws, seed, sampler.value, calibrate)
    valuations = _valued(asked)
    only = _countries(outcome, country)
    if html:
        from maadin.report.html import simulation

        made_page = simulation.page(asked, outcome, valuations, lang.value, command=command, sampler=sampler.value, only=only, top=top)
        pages.put_page(made_page, html)
    if form is Format.json:
        from maadin.report import export

        made = export.simulation_json(asked, outcome, valuations, seed=seed, sampler=sampler.value, command=command, only=only)
        put_text(made, output)
    elif form is Format.table:
        _put_sheet(asked, outcome, valuations, only, show, top, lang, command, sampler.value, output)
    else:
        put(_rows(outcome, valuations, show, only, top), form, lang, output)


def read(given: str) -> Scenario:
    """The scenario of a file, of a ready-made name, or on standard input.

    Raises
    ------
    InputError
        If there is no such file or name, with the nearest names; or the scenario cannot be read.
    """
    from maadin.policy.library import library, load
    from maadin.policy.scenario import Scenario

    if given == STDIN:
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"standard input is not UTF-8 text (byte {error.start})") from None
        return Scenario.from_yaml(text + "\n")  # a text, however short, is never taken for the name of a file
    path = Path(given)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    if is_file:
        return Scenario.from_json(path) if path.suffix.lower() == ".json" else Scenario.from_yaml(path)
    try:
        return load(given)
    except LabelError as error:
        nearest = error.nearest or difflib.get_close_matches(path.stem.casefold(), library(), n=3, cutoff=0.5)
        hint = f" Nearest ready-made scenarios: {', '.join(map(repr, nearest))}." if nearest else ""
        raise InputError(
            f"there is no scenario file {given[:200]!r}, and no ready-made scenario of that name.{hint} To list them: maadin simulate --list"
        ) from None


def changed(scenario: Scenario, changes: dict[str, Any]) -> Scenario:
    """The scenario with what the command line sets instead.

    Raises
    ------
    InputError
        If a number cannot be read.
    """
    from maadin.errors import UnitError
    from maadin.policy.scenario import Elasticities
    from maadin.units import NUMBER
    from maadin.units import read as read_size

    given: dict[str, Any] = {}
    for name in ("sigma", "eta", "epsilon"):
        if changes[name] is not None:
            try:
                given[name] = read_size(changes[name], NUMBER)
            except UnitError as error:
                raise InputError(f"--{name}: {error}") from None
    update: dict[str, Any] = (
        {"elasticities": Elasticities(**{**scenario.elasticities.model_dump(exclude_none=True), **given})} if given else {}
    )
    if changes["horizon"] is not None:
        update["elasticity_horizon"] = str(changes["horizon"])
    if changes["year"] is not None:
        update["year"] = changes["year"]
    return scenario.model_copy(update=update) if update else scenario


def _options(values: dict[str, Any]) -> list[str]:
    return [part for name, value in values.items() if value is not None for part in (f"--{name}", str(value))]


def _simulated(scenario: Scenario, draws: int, seed: int, sampler: Any, event: str | None) -> Outcome | None:
    """What the measures do in the market; None if there are none that act in one."""
    if not scenario.market_measures:
        return None
    from maadin.cli.progress import reporter
    from maadin.market.observed_event import calibrate_event
    from maadin.policy.measures import SupplyOffer
    from maadin.policy.run import simulate as run

    offers = any(isinstance(m, SupplyOffer) for m in scenario.measures)
    with reporter() as say:
        say(f"{scenario.commodity} {scenario.year}")
        calibrated = calibrate_event(event) if event else None
        return run(scenario, calibrated=calibrated, draws=draws, seed=seed, sampler=sampler, keep=offers, report=say)


def _valued(scenario: Scenario) -> list[FundValuation | TerritoryListing]:
    """What the measures outside the market come to."""
    from maadin.policy.measures import ResourceFund, Territory
    from maadin.policy.valued import list_territory, value_fund

    made: list[FundValuation | TerritoryListing] = []
    for measure in scenario.valued_measures:
        if isinstance(measure, ResourceFund):
            made.append(value_fund(measure, scenario.year))
        elif isinstance(measure, Territory):
            made.append(list_territory(measure, scenario.year))
    return made


def _countries(outcome: Outcome | None, country: str | None) -> Sequence[str] | None:
    if country is None:
        return None
    if outcome is None:
        raise InputError("--country chooses countries of a simulated market; this scenario acts in none")
    from maadin.report import effects

    return effects.chosen(outcome.market, country)


def _put_sheet(
    scenario: Scenario, outcome: Outcome | None, valuations: Sequence[FundValuation | TerritoryListing], only: Sequence[str] | None, show: Shown,
    top: int | None, lang: Lang, command: str, sampler: str, output: Path | None,
) -> None:  # fmt: skip
    """What a reader sees; valuations stand behind what happens in the market."""
    from maadin.report import terminal
    from maadin.report.layout import cells, simulation, valued

    if outcome is None:
        put_sheet(valued.lay_out(scenario, valuations, lang.value, top), output)
        return
    view = simulation.View(lang.value, terminal.console().width, only, top, command, sampler)
    sheet = simulation.lay_out(outcome, view, show.value)
    if valuations and show is Shown.summary:
        used = dict.fromkeys([*outcome.market.sources, *valued.sources(valuations)])
        blocks = [*sheet.blocks, *valued.blocks(valuations, lang.value, top)]
        sheet = replace(sheet, blocks=blocks, sources=cells.source_line(used, lang.value))
    put_sheet(sheet, output)


def _rows(
    outcome: Outcome | None,
    valuations: Sequence[FundValuation | TerritoryListing],
    show: Shown,
    only: Sequence[str] | None,
    top: int | None,
) -> Table:
    """Tidy rows: of the market, or of a fund's answers, or of a territory's minerals."""
    if show is Shown.assumptions:
        raise InputError("assumptions are sentences; expected --format table or json")
    if outcome is None:
        from maadin.policy.valued import FundValuation

        funds = [v for v in valuations if isinstance(v, FundValuation)]
        tables = [v.answers for v in funds] or [v.minerals for v in valuations]
        return replace(tables[0], rows=tuple(row for table in tables for row in table.rows))
    if show is Shown.elasticities:
        from maadin.market.elasticities import described

        return described(outcome.elasticities)
    from maadin.report import effects

    return effects.tidy(outcome, show.value, only=only, top=top)


def _put_library(form: Format, lang: Lang, output: Path | None) -> None:
    """The ready-made scenarios, each with what it is and the first thing it assumes."""
    from maadin.facts.table import Note, Table
    from maadin.policy.library import library, load
    from maadin.report.sheets import Block, Sheet
    from maadin.report.words import joined, phrase

    language: Language = lang.value
    made = {name: load(name) for name in library()}
    what = {name: s.description.says(language) if s.description else s.name for name, s in made.items()}
    assumed = {name: s.assumes[0].says(language) if s.assumes else "" for name, s in made.items()}
    if form is not Format.table:
        columns = ("name", "title", "description", "commodity", "year", "horizon", "measures", "assumes")
        rows = [
            (name, s.name, what[name], s.commodity, s.year, s.horizon, ";".join(m.noun for m in s.measures), assumed[name])
            for name, s in made.items()
        ]
        put(Table(Note("library"), columns, tuple(rows)), form, lang, output)
        return
    blocks = [
        Block(name, [], [what[name], *([phrase("says", "library_assumes", language, said=said)] if (said := assumed[name]) else [])])
        for name in made
    ]
    hints = [phrase("says", "library_hint", language)]
    if paths := [name for name, s in made.items() if s.horizon is not None]:
        hints.append(phrase("says", "library_paths", language, names=joined(paths, language)))
    put_sheet(Sheet(phrase("titles", "library", language), blocks, hints, "", language), output)


def _put_schema(output: Path | None) -> None:
    from maadin.policy.schema import scenario_schema

    put_text(json.dumps(scenario_schema(), ensure_ascii=False, indent=2) + "\n", output)
