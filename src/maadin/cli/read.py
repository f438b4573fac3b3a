"""`maadin read`: the statements of a text."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maadin.cli.output import Lang, OutputOption, put_sheet, put_text
from maadin.errors import InputError

if TYPE_CHECKING:
    from maadin.report.words import Language

STDIN = "-"
LARGEST = 16_000_000  # bytes of a file


class ReadFormat(StrEnum):
    """Output formats of a reading."""

    table = "table"
    json = "json"
    csv = "csv"


PublishedOption = Annotated[
    str | None, typer.Option("--published", metavar="DATE", help="When the text was published (2025-02-25): relative dates count from it.")
]


def read(
    file: Annotated[str, typer.Argument(help="A text file (UTF-8; HTML is passed over), or - for standard input.", show_default=False)],
    published: PublishedOption = None,
    form: Annotated[ReadFormat | None, typer.Option("--format", "-f", help="Output format; a table on a terminal, JSON in a pipe.")] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", "-l", help="Language of the table; that of the text without it.")] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="URL", help="An OpenAI-compatible endpoint of your own that may propose further statements; the key is read from MAADIN_MODEL_KEY.")
    ] = None,
    model_name: Annotated[str, typer.Option("--model-name", help="Name of the model behind that endpoint.")] = "default",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of statements.")] = False,
    output: OutputOption = None,
) -> None:
    """The statements of a text: claims and measures, with their exact place, who said them, values in base units."""
    import json
    import os

    from maadin.reading.proposals import Model
    from maadin.reading.read import read as read_text
    from maadin.reading.statement import Statement

    if schema:
        put_text(json.dumps(Statement.model_json_schema(), ensure_ascii=False, indent=1) + "\n", output)
        return
    text = text_of(file)
    asked = Model(model, model_name, os.environ.get("MAADIN_MODEL_KEY", "")) if model else None
    found = read_text(text, day(published), model=asked)
    for line in found.dropped:
        typer.echo(f"maadin: {line}", err=True)
    if form is None:
        form = ReadFormat.table if sys.stdout.isatty() and output is None else ReadFormat.json
    if form is ReadFormat.json:
        put_text(found.to_json() + "\n", output)
    elif form is ReadFormat.csv:
        from maadin.report.export import statements_csv

        put_text(statements_csv(found.statements), output)
    else:
        from maadin.report.layout.reading import lay_out

        put_sheet(lay_out(found, language_of(text) if lang is None else lang.value), output)


def language_of(text: str) -> Language:
    """The language that most letters of a text are of."""
    arabic = sum("\u0600" <= c <= "\u06ff" for c in text[:20_000])
    return "ar" if 2 * arabic > sum(c.isalpha() for c in text[:20_000]) else "en"


def day(given: str | None) -> date | None:
    """A date given on the command line.

    Raises
    ------
    InputError
        If it is no date.
    """
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(f"--published: {given[:40]!r} is no date; expected a day such as 2025-02-25") from None


def text_of(file: str) -> str:
    """The text of a file or of standard input.

    Raises
    ------
    InputError
        If there is no such file, or it is no text: too large, or not UTF-8.
    """
    where = "standard input" if file == STDIN else file
    try:
        if file == STDIN:
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            path = Path(file)
            if path.is_dir():
                raise InputError(f"{where} is a folder; expected a text file")
            with path.open("rb") as opened:
                raw = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{where} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > LARGEST:
        raise InputError(f"{where} has more than {LARGEST:,} bytes; expected a text")
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        hint = " (a Windows Arabic file can be converted with: iconv -f cp1256 -t utf-8)" if b"\x00" not in raw[:4096] else ""
        raise InputError(f"{where} is not UTF-8 text (byte {error.start}){hint}") from None
