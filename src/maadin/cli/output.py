"""Where an answer goes: a table for people, or CSV, JSON and Parquet for programs."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maadin.errors import InputError

if TYPE_CHECKING:
    from maadin.facts.table import Table
    from maadin.report.sheets import Sheet


class Format(StrEnum):
    """Output formats."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Lang(StrEnum):
    """Languages of tables for people."""

    en = "en"
    ar = "ar"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Output format.")]
LangOption = Annotated[Lang, typer.Option("--lang", "-l", help="Language of tables for people.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]


def put(table: Table, form: Format, lang: Lang, output: Path | None) -> None:
    """Print an answer, or write it to a file in one step."""
    from maadin.report import export, layout

    if form is Format.parquet:
        _put_parquet(table, output)
    elif form is Format.table:
        put_sheet(layout.lay_out(table, lang.value), output)
    else:
        put_text(export.to_csv(table) if form is Format.csv else export.to_json(table), output)


def put_sheet(sheet: Sheet, output: Path | None) -> None:
    """Print what a reader sees, or write it to a file."""
    from maadin.report import terminal

    screen = terminal.console()
    if output is None:
        terminal.show(sheet, screen)
        return
    with screen.capture() as captured:
        terminal.show(sheet, screen)
    put_text(captured.get(), output)


def put_text(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file in one step."""
    if output is None:
        sys.stdout.write(text)
        return
    beside = output.with_name(f".{output.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(output)
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}") from error
    finally:  # on Ctrl-C too
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _put_parquet(table: Table, output: Path | None) -> None:
    from maadin.report import export

    if output is not None:
        export.to_parquet(table, output)
        return
    if sys.stdout.isatty():
        raise InputError("Parquet is not text; expected --output FILE or a pipe")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.parquet"
        export.to_parquet(table, file)
        sys.stdout.buffer.write(file.read_bytes())
