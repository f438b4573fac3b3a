"""`--html`: an answer as one self-contained page in a file, beside what is printed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maadin.cli.output import Format, Lang, put, put_text
from maadin.errors import InputError

if TYPE_CHECKING:
    from maadin.facts.table import Table
    from maadin.report.html.model import Page

HtmlOption = Annotated[Path | None, typer.Option("--html", help="Also write a page with charts to this file; it needs no network.")]
_ASIDE = ("html", "output", "form", "fresh")  # options that do not change what a page shows


def check(file: Path | None) -> None:
    """Refuse a place that cannot be written before anything is computed.

    Raises
    ------
    InputError
        If it is a folder, or lies in none.
    """
    if file is None:
        return
    if file.is_dir():
        raise InputError(f"--html: {file} is a folder; expected the name of a file, such as {file / 'page.html'}")
    if not file.parent.is_dir():
        raise InputError(f"--html: there is no folder {file.parent}")


def put_page(page: Page, file: Path) -> None:
    """Write a page in one step and say so on stderr."""
    from maadin.report.html.render import render
    from maadin.report.words import phrase

    made = render(page)
    put_text(made, file)
    size = len(made.encode("utf-8")) // 1000
    typer.echo(phrase("pages", "wrote", page.language, file=file, size=size), err=True)


def put_answer(
    context: typer.Context, table: Table, form: Format, lang: Lang, output: Path | None, html: Path | None, whole: Table | None = None
) -> None:  # fmt: skip
    """Print an answer of the facts, and write its page, or that of the `whole` of which it is the beginning, where one is asked for."""
    if html:
        from maadin.report.html.facts import page

        check(html)
        put_page(page([whole or table], lang.value, command=command_of(context)), html)
    put(table, form, lang, output)


def put_sheet_page(context: typer.Context, commodity: str, lang: Lang, html: Path) -> None:
    """Write the page of a fact sheet."""
    from maadin.cli import fact_sheet
    from maadin.facts import selection
    from maadin.report.html.facts import page

    check(html)
    asked = selection.market(commodity).commodity.id
    tables = [_whole(table) for table in fact_sheet.answers(asked)]
    put_page(page(tables, lang.value, command=command_of(context), commodity=asked), html)


def _whole(table: Table) -> Table:
    """An answer of the sheet with every country: a page draws the largest and maps them all."""
    from maadin.facts.ask import quantities, trade

    values = table.about.values
    if values.get("top") is None:
        return table
    if table.about.id == "production":
        return quantities.production(values["commodity"], year=values["years"])
    if table.about.id == "reserves":
        return quantities.reserves(values["commodity"])
    if table.about.id == "trade":
        return trade.trade(values["commodity"], exporter=values["exporter"], importer=values["importer"])
    return table


def put_benchmark_page(
    context: typer.Context, commodity: str, year: str | None, stage: str | None, country: str | None, top: int | None, lang: Lang, html: Path, *,
    fresh: bool,
) -> None:  # fmt: skip
    """Write the page of a benchmark."""
    from maadin.cli.benchmark import SUMMARY_ROWS, asked_benchmark
    from maadin.report import excerpt
    from maadin.report.html.benchmark import page

    check(html)
    b = asked_benchmark(commodity, year, stage, fresh=fresh)
    tables = excerpt.excerpts(b, excerpt.SUMMARY, country=country, top=SUMMARY_ROWS | ({"countries": top} if top else {}))
    put_page(page(b, tables, excerpt.world(b), lang.value, command=command_of(context)), html)


def command_of(context: typer.Context) -> str:
    """The command line that gives the same answer again: what was given, in the order of the command's own parameters."""
    words = context.command_path.split()
    for parameter in context.command.params:
        name = parameter.name or ""
        value: Any = context.params.get(name)
        if name in _ASIDE or value == parameter.default or value is None or value is False:
            continue
        said = str(getattr(value, "value", value))
        if parameter.param_type_name == "argument":
            words.append(said)
        else:
            words += [parameter.opts[0]] if value is True else [parameter.opts[0], said]
    return shlex.join(["maadin", *words[1:]])
