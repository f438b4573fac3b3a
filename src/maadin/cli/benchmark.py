"""The benchmark of a market on the screen, in a file, or as a folder of tables."""

from __future__ import annotations

from pathlib import Path

from maadin.cli.output import Format, Lang, put, put_sheet, put_text
from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.ask.trade import series_of
from maadin.facts.store import default_store
from maadin.market.benchmark import Benchmark
from maadin.report import excerpt, export
from maadin.report.layout import benchmark as layout

ROWS = 30  # of a table shown alone
SUMMARY_ROWS = {"countries": 15, "log": 10}


def show(
    commodity: str, year: str | None, stage: str | None, shown: str, country: str | None, top: int | None, form: Format, lang: Lang,
    output: Path | None, *, fresh: bool,
) -> None:  # fmt: skip
    """Show the summary or one table of a benchmark; without `top` people see the first rows and programs all of them."""
    b = asked_benchmark(commodity, year, stage, fresh=fresh)
    summary = shown == "summary"
    name = "known" if shown == "checks" else shown
    if form is Format.table:
        limits = SUMMARY_ROWS | ({"countries": top} if top else {}) if summary else top or ROWS
        tables = excerpt.excerpts(b, excerpt.SUMMARY if summary else (name,), country=country, top=limits)
        put_sheet(layout.lay_out(b, tables, excerpt.world(b), lang.value), output)
    elif form is Format.json:
        put_text(export.benchmark_json(b, excerpt.excerpts(b, None if summary else (name,), country=country, top=top)), output)
    else:
        name = "countries" if summary else name
        put(excerpt.excerpts(b, (name,), country=country, top=top)[name].table, form, lang, output)


def write(commodity: str, year: str | None, stage: str | None, folder: Path, form: Format, *, fresh: bool) -> str:
    """Write all tables of a benchmark into a folder; says where they are."""
    b = asked_benchmark(commodity, year, stage, fresh=fresh)
    b.write(folder, "parquet" if form is Format.parquet else "csv")
    return f"Wrote the benchmark of {b.commodity} ({b.stage}) in {b.year} into {folder}"


def asked_benchmark(commodity: str, year: str | None, stage: str | None, *, fresh: bool) -> Benchmark:
    """The benchmark that a command line asks for."""
    years = selection.years(year) or (_latest(commodity, stage),)
    if len(years) > 1:
        raise InputError(f"a benchmark is of one year, not of {year!r}")
    return Benchmark.from_facts(commodity, years[0], stage, fresh=fresh)


def _latest(commodity: str, stage: str | None) -> int:
    """The latest year with trade in a market's codes; 0, a year without trade, where there is none at all."""
    market, series = selection.market(commodity, stage), default_store().series
    return max((one.codes[code][1] for one, codes in series_of(market, series) for code in codes), default=0)
