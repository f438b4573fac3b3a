"""`maadin facts`: what the sources print. Only names are resolved here; figures come from `maadin.facts.ask`."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from maadin.cli.output import Format, FormatOption, Lang, LangOption, OutputOption
from maadin.cli.page import HtmlOption, put_answer, put_benchmark_page, put_sheet_page
from maadin.errors import InputError

app = typer.Typer(
    help="Production, reserves, trade, prices, reliance and measures, with sources.", no_args_is_help=True, rich_markup_mode=None
)

Commodity = Annotated[str, typer.Argument(help="A commodity in English or Arabic, or an HS code such as 760110.", show_default=False)]
Country = Annotated[str | None, typer.Option("--country", "-c", help="Countries or groups, separated by commas.")]
Year = Annotated[str | None, typer.Option("--year", "-y", help="2022, 2010-2024 or 2018,2020.")]
Top = Annotated[int | None, typer.Option("--top", "-n", min=1, help="Only the largest.")]
StageOption = Annotated[str | None, typer.Option("--stage", help="mine, intermediate, refined or product.")]
Release = Annotated[str | None, typer.Option("--release", help="One release of the source, such as 'MCS 2024', or all.")]
Source = Annotated[str | None, typer.Option("--source", help="wmd or usgs_mcs.")]


class Flow(StrEnum):
    """Direction of a country's trade."""

    imports = "imports"
    exports = "exports"


class Concentration(StrEnum):
    """What concentration is measured of."""

    production = "production"
    reserves = "reserves"
    exports = "exports"
    imports = "imports"


class Compared(StrEnum):
    """What is compared between sources and releases."""

    production = "production"
    capacity = "capacity"
    reserves = "reserves"


class Shown(StrEnum):
    """Which table of a benchmark is shown."""

    summary = "summary"
    countries = "countries"
    flows = "flows"
    origins = "origins"
    log = "log"
    measures = "measures"
    checks = "checks"


@app.command()
def sheet(context: typer.Context, commodity: Commodity, lang: LangOption = Lang.en, html: HtmlOption = None) -> None:
    """A fact sheet: output, reserves, trade, prices, reliance, measures."""
    from maadin.cli import fact_sheet

    if html:
        put_sheet_page(context, commodity, lang, html)
    fact_sheet.show(commodity, lang.value)


@app.command()
def production(
    context: typer.Context,
    commodity: Commodity, country: Country = None, year: Year = None, stage: StageOption = None, source: Source = None,
    release: Release = None, top: Top = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Output by country, every source side by side, with shares and ranks."""
    from maadin.facts.ask import quantities

    answer = quantities.production(commodity, country=country, year=year, stage=stage, source=source, release=release, top=top)
    put_answer(context, answer, form, lang, output, html)


@app.command()
def capacity(
    context: typer.Context,
    commodity: Commodity, country: Country = None, year: Year = None, stage: StageOption = None, release: Release = None, top: Top = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Printed production capacity by country."""
    from maadin.facts.ask import quantities

    answer = quantities.capacity(commodity, country=country, year=year, stage=stage, release=release, top=top)
    put_answer(context, answer, form, lang, output, html)


@app.command()
def reserves(
    context: typer.Context,
    commodity: Commodity, country: Country = None, stage: StageOption = None, release: Release = None, top: Top = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Reserves by country; for named countries in every release."""
    from maadin.facts.ask import quantities

    put_answer(context, quantities.reserves(commodity, country=country, stage=stage, release=release, top=top), form, lang, output, html)


@app.command("reserves-years")
def reserves_years(
    context: typer.Context,
    commodity: Commodity, country: Country = None, top: Top = None, form: FormatOption = Format.table, lang: LangOption = Lang.en,
    output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Reserves over the latest year's output."""
    from maadin.facts.ask import derived

    put_answer(context, derived.years_of_reserves(commodity, country=country, top=top), form, lang, output, html)


@app.command()
def trade(
    context: typer.Context,
    commodity: Commodity,
    country: Country = None,
    partner: Annotated[str | None, typer.Option("--partner", "-p", help="The other side of the trade.")] = None,
    flow: Annotated[Flow, typer.Option("--flow", help="Whether --country imports or exports.")] = Flow.imports,
    exporter: Annotated[str | None, typer.Option("--exporter", help="Instead of --country and --flow.")] = None,
    importer: Annotated[str | None, typer.Option("--importer", help="Instead of --country and --flow.")] = None,
    year: Year = None, stage: StageOption = None,
    series: Annotated[str | None, typer.Option("--series", help="One trade series; 'maadin data status' lists them.")] = None,
    top: Top = None, form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Trade by year and partner, by product code, with unit values and what the codes leave out."""
    from maadin.facts.ask import trade as asked

    if (exporter or importer) and (country or partner):
        raise InputError("name the two sides once: either --country and --partner, or --exporter and --importer")
    if country or partner:
        importer, exporter = (country, partner) if flow is Flow.imports else (partner, country)
    limit = top or (None if exporter and importer else 15)
    ask = partial(asked.trade, commodity, exporter=exporter, importer=importer, year=year, stage=stage, series=series)
    put_answer(context, ask(top=limit), form, lang, output, html, ask(top=top) if html and top != limit else None)


@app.command()
def prices(
    context: typer.Context,
    commodity: Commodity, year: Year = None,
    item: Annotated[str | None, typer.Option("--item", help="Part of the name of what is priced, such as Nd2O3.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="usgs_mcs or wb_pinksheet.")] = None,
    release: Release = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="Months instead of years.")] = False,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Prices by year or month."""
    from maadin.facts.ask import prices as asked

    answer = asked.prices(commodity, year=year, item=item, source=source, release=release, monthly=monthly)
    put_answer(context, answer, form, lang, output, html)


@app.command()
def reliance(
    context: typer.Context,
    commodity: Commodity,
    country: Annotated[str, typer.Option("--country", "-c", help="One country.")] = "USA",
    year: Year = None, stage: StageOption = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Net import reliance: published for the United States, computed for any country."""
    from maadin.facts.ask import reliance as asked

    put_answer(context, asked.reliance(commodity, country=country, year=year, stage=stage), form, lang, output, html)


@app.command()
def measures(
    context: typer.Context,
    commodity: Annotated[str | None, typer.Argument(help="A commodity; all without it.", show_default=False)] = None,
    imposing: Annotated[str | None, typer.Option("--country", "-c", help="Who imposes.")] = None,
    targeted: Annotated[str | None, typer.Option("--partner", "-p", help="On whom.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Only what is in force on this date, such as 2024-12-31.")] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Tariffs, quotas, bans and controls with their dates."""
    from maadin.facts.ask import measures as asked

    put_answer(context, asked.measures(commodity, imposing=imposing, targeted=targeted, on=on), form, lang, output, html)


@app.command()
def benchmark(
    context: typer.Context,
    commodity: Commodity,
    year: Annotated[str | None, typer.Option("--year", "-y", help="One year; the latest with trade without it.")] = None,
    stage: StageOption = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only rows of these countries or groups, on either side.")] = None,
    show: Annotated[Shown, typer.Option("--show", help="One table instead of the summary.")] = Shown.summary,
    top: Annotated[
        int | None, typer.Option("--top", "-n", min=1, help="At most so many rows of a table; without it all in csv, json and parquet.")
    ] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
    write: Annotated[
        Path | None, typer.Option("--write", help="Write all tables into this folder instead, as csv or parquet, for editing and reuse.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute it again instead of reading it from the cache.")] = False,
) -> None:  # fmt: skip
    """A balanced picture of one market in one year: output, trade, use, prices, duties, and every figure that was moved."""
    from maadin.cli import benchmark as asked

    if write:
        if country or top or output or html or show is not Shown.summary or form is Format.json:
            raise InputError(
                "--write writes the whole benchmark, as csv or parquet; leave out --country, --show, --top, --output and --html"
            )
        typer.echo(asked.write(commodity, year, stage, write, form, fresh=fresh))
    else:
        if html:
            put_benchmark_page(context, commodity, year, stage, country, top, lang, html, fresh=fresh)
        asked.show(commodity, year, stage, show.value, country, top, form, lang, output, fresh=fresh)


@app.command()
def hhi(
    context: typer.Context,
    commodity: Commodity,
    of: Annotated[Concentration, typer.Option("--of", help="Whose shares.")] = Concentration.production,
    country: Annotated[str | None, typer.Option("--country", "-c", help="The importer, with --of imports.")] = None,
    year: Year = None, stage: StageOption = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Concentration of suppliers (Herfindahl-Hirschman index)."""
    from maadin.facts.ask import derived

    put_answer(context, derived.hhi(commodity, of=of.value, country=country, year=year, stage=stage), form, lang, output, html)


@app.command()
def compare(
    context: typer.Context,
    commodity: Commodity,
    of: Annotated[Compared, typer.Option("--of", help="Which figure.")] = Compared.production,
    country: Country = None, year: Year = None, stage: StageOption = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """The same figure in every source and release."""
    from maadin.facts.ask import derived

    put_answer(context, derived.compare(commodity, of=of.value, country=country, year=year, stage=stage), form, lang, output, html)


@app.command()
def governance(
    context: typer.Context,
    country: Country = None, year: Year = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Political stability estimates by country and year."""
    from maadin.facts.ask import listing

    put_answer(context, listing.governance(country, year=year), form, lang, output, html)


@app.command()
def elasticities(
    context: typer.Context,
    commodity: Annotated[str | None, typer.Argument(help="A commodity; all without it.", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="armington, supply, demand ...")] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Elasticities with their sources."""
    from maadin.facts.ask import listing

    put_answer(context, listing.elasticities(commodity, kind=kind), form, lang, output, html)


@app.command()
def commodities(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One commodity; all without it.", show_default=False)] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Valid commodity names, their codes and data quality."""
    from maadin.facts.ask import listing

    put_answer(context, listing.commodities(name), form, lang, output, html)


@app.command()
def regions(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="One country or group; all without it.", show_default=False)] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", help="Membership of groups in this year.")] = None,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
) -> None:  # fmt: skip
    """Valid country and group names."""
    from maadin.facts.ask import listing

    put_answer(context, listing.places(name, year=year), form, lang, output, html)
