"""`maadin read`: the statements of a text."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from maadin.cli.output import Lang, OutputOption, put_sheet, put_text
from maadin.errors import InputError

if TYPE_CHECKING:
    from maadin.report.words import Language

STDIN = "-"
LARGEST = 16_000_000  # bytes of a file
HEAD = 4_096  # bytes that tell what a file is
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# How files begin that people take for texts, and what to do with them
OTHERS = {
    b"PK\x03\x04": "a ZIP archive (as Word and OpenDocument files are); expected plain text: save it as .txt",
    b"PK\x05\x06": "an empty ZIP archive; expected plain text",
    b"\x1f\x8b": "compressed with gzip; expected plain text: unpack it first",
    b"BZh": "compressed with bzip2; expected plain text: unpack it first",
    b"\xfd7zXZ\x00": "compressed with xz; expected plain text: unpack it first",
    b"\x28\xb5\x2f\xfd": "compressed with zstd; expected plain text: unpack it first",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive; expected plain text: unpack it first",
    b"%PDF-": "a PDF; expected plain text, such as pdftotext makes of it",
    b"\xd0\xcf\x11\xe0": "an Office document; expected plain text: save it as .txt",
    b"{\\rtf": "an RTF document; expected plain text: save it as .txt",
    b"\x89PNG": "a picture; expected text",
    b"\xff\xd8\xff": "a picture; expected text",
    b"GIF8": "a picture; expected text",
    b"SQLite format 3\x00": "a database; expected text",
}


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
        str | None,
        typer.Option(
            "--model",
            metavar="URL",
            help="An OpenAI-compatible endpoint of your own that may propose further statements; the key is read from MAADIN_MODEL_KEY.",
        ),
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
        If there is no such file, or it is no text: a document or archive of another kind, too large, or not UTF-8.
    """
    where = "standard input" if file == STDIN else file
    try:
        if file == STDIN:
            raw = _limited(sys.stdin.buffer, where)
        else:
            path = Path(file)
            if path.is_dir():
                raise InputError(f"{where} is a folder; expected a text file")
            with path.open("rb") as opened:
                raw = _limited(opened, where)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{where} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    encoding = "utf-16" if raw[:2] in UTF_16 else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise InputError(f"{where} begins like UTF-16 text but is none (byte {error.start})") from None
        hint = " (a Windows Arabic file can be converted with: iconv -f cp1256 -t utf-8)" if b"\x00" not in raw[:HEAD] else ""
        raise InputError(f"{where} is not UTF-8 text (byte {error.start}){hint}") from None


def _limited(opened: BinaryIO, where: str) -> bytes:
    """What a file holds, its beginning looked at first: what is no text or too large is never read whole, let alone unpacked."""
    head = opened.read(HEAD)
    for mark, told in OTHERS.items():
        if head.startswith(mark):
            raise InputError(f"{where} is {told}")
    if head[:2] not in UTF_16 and head.count(0) > len(head) // 8:
        raise InputError(f"{where} holds binary data; expected UTF-8 text")
    rest = opened.read(LARGEST + 1 - len(head))
    if len(head) + len(rest) > LARGEST:
        raise InputError(f"{where} has more than {LARGEST:,} bytes; expected a text")
    return head + rest
