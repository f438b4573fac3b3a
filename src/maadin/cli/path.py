"""`maadin path`: a scenario year by year, against the same years without it."""

from __future__ import annotations

import shlex
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maadin.cli.output import Format, FormatOption, Lang, LangOption, OutputOption, put, put_sheet, put_text
from maadin.cli.simulate import DRAWS, read
from maadin.errors import InputError, UnitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from maadin.experiments.path_outcome import PathOutcome
    from maadin.policy.scenario import Scenario
    from maadin.units import Kind

MOST_VARIANTS = 12
LIKELY_SIZES = "5 kt,10 kt"


class PathShown(StrEnum):
    """Which part of a path is shown."""

    summary = "summary"
    years = "years"
    countries = "countries"
    world = "world"
    assumptions = "assumptions"


def path(
    scenario: Annotated[
        str, typer.Argument(help="A scenario file (YAML or JSON), the name of a ready-made scenario, or - for standard input.", show_default=False)
    ],
    to: Annotated[int | None, typer.Option("--to", help="Last year, at most 2040; by default the scenario's horizon, or 2035.")] = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws of elasticities, sizes, failures and growth; 0 solves once, at the medians.")] = DRAWS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 0,
    growth: Annotated[
        str | None, typer.Option("--growth", help="Growth of demand a year: low, mid, high, a rate (2%) or a range (1% to 3%); by default the known range.")
    ] = None,
    supply_follows: Annotated[
        float, typer.Option("--supply-follows", help="Part of that rate at which supply grows by itself, 0 to 1.")
    ] = 1.0,
    expansion: Annotated[bool, typer.Option("--expansion/--no-expansion", help="Whether capacity is built where output has taken it up.")] = True,
    reserves: Annotated[bool, typer.Option("--reserves/--no-reserves", help="Whether listed reserves limit output.")] = True,
    discount: Annotated[str, typer.Option("--discount", help="Rate a year at which sums over years are discounted.")] = "5%",
    speeds: Annotated[
        str | None, typer.Option("--speeds", help="Years of first output of what is built, to compare, as in 2027,2029,2032.")
    ] = None,
    sizes: Annotated[str | None, typer.Option("--sizes", help=f"Sizes of what is built, to compare, as in '{LIKELY_SIZES}'.")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only these countries or groups, separated by commas.")] = None,
    show: Annotated[PathShown, typer.Option("--show", help="One part instead of the summary.")] = PathShown.summary,
    top: Annotated[int | None, typer.Option("--top", "-n", min=1, help="At most so many countries, those that change most.")] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None,
) -> None:  # fmt: skip
    """What a scenario changes year by year: growth of demand, measures by their dates, capacity as it is built, reserves, stocks."""
    from maadin.units import MASS, RATE

    asked = read(scenario)
    rate = _sizes("discount", discount, RATE)
    if len(rate) != 1:
        raise InputError(f"--discount: expected one rate, not {discount!r}")
    starts, tonnes = _years(speeds), _sizes("sizes", sizes, MASS)
    assumed = {
        "growth": growth, "supply_follows": supply_follows, "expansion": expansion, "reserves": reserves, "discount_rate": rate[0],
    }  # fmt: skip
    outcomes = _run(asked, starts, tonnes, assumed, to, draws, seed)
    from maadin.report import effects, path_effects

    only = effects.chosen(outcomes[0].market, country) if country is not None else None
    options = {
        "to": to, "draws": draws, "seed": seed, "growth": growth, "supply-follows": supply_follows if supply_follows != 1 else None,
        "discount": discount if discount != "5%" else None, "speeds": speeds, "sizes": sizes,
    }  # fmt: skip
    given = [part for name, value in options.items() if value is not None for part in (f"--{name}", str(value))]
    command = shlex.join(
        ["maadin", "path", scenario, *given, *([] if expansion else ["--no-expansion"]), *([] if reserves else ["--no-reserves"])]
    )
    if form is Format.json:
        put_text(path_effects.document(outcomes, seed=seed, command=command, only=only), output)
    elif form is Format.table:
        _put_sheet(outcomes, only, show, top, lang, command, output)
    elif show is PathShown.assumptions:
        raise InputError("assumptions are sentences; expected --format table or json")
    else:
        listed = only if top is None else path_effects.shown_countries(outcomes[0], top, only)
        put(path_effects.tidy(outcomes, show.value, only=listed), form, lang, output)


def _run(
    scenario: Scenario, starts: Sequence[int], tonnes: Sequence[float], assumed: dict[str, Any], to: int | None, draws: int, seed: int
) -> list[PathOutcome]:
    from maadin.cli.progress import reporter
    from maadin.experiments.paths import Assumed, run_paths, variants

    scenarios, labels = variants(scenario, starts, tonnes)
    if len(scenarios) > MOST_VARIANTS:
        raise InputError(f"{len(scenarios)} variants to compare; expected {MOST_VARIANTS} at most")
    with reporter() as say:
        return run_paths(
            scenarios, draws=draws, seed=seed, horizon=to, assumed=Assumed(**assumed), labels=labels, report=_steps(say, scenario)
        )


def _steps(say: Callable[[str], None], scenario: Scenario) -> Callable[[str], None]:
    return lambda year: say(f"{scenario.commodity} {year}")


def _put_sheet(
    outcomes: Sequence[PathOutcome], only: Sequence[str] | None, show: PathShown, top: int | None, lang: Lang, command: str, output: Path | None,
) -> None:  # fmt: skip
    from maadin.report import terminal
    from maadin.report.layout import path as layout
    from maadin.report.layout.simulation import View

    view = View(lang.value, terminal.console().width, only, top, command, "sobol")
    put_sheet(layout.lay_out(outcomes, view, show.value), output)


def _years(given: str | None) -> list[int]:
    """Years separated by commas."""
    from maadin.facts import selection

    if given is None:
        return []
    try:
        return list(selection.years(given) or ())
    except InputError as error:
        raise InputError(f"--speeds: {error}") from None


def _sizes(option: str, given: str | None, kind: Kind) -> list[float]:
    """Quantities separated by commas; a comma inside a number stays with it."""
    import re

    from maadin.units import value

    found = []
    for part in re.split(r"[,،](?!\d{3}(?!\d))", given) if given is not None else []:
        try:
            found.append(value(part.strip(), kind))
        except UnitError as error:
            raise InputError(f"--{option}: {error}") from None
    return found
