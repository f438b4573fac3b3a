"""`maadin check`: one statement, or a few, held against the tables."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from maadin.cli.output import Format, Lang, OutputOption, put, put_sheet, put_text
from maadin.cli.read import STDIN, PublishedOption, language_of, text_of
from maadin.errors import InputError


class CheckFormat(StrEnum):
    """Output formats of verdicts."""

    table = "table"
    json = "json"
    csv = "csv"


AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Count only what was in print by this day; all that is at hand without it.")
]


def check(
    text: Annotated[str, typer.Argument(help="A statement, in Arabic or English, or - for standard input.", show_default=False)],
    published: PublishedOption = None,
    as_of: AsOfOption = None,
    form: Annotated[
        CheckFormat | None, typer.Option("--format", "-f", help="Output format; a table on a terminal, JSON in a pipe.")
    ] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", "-l", help="Language of the answer; that of the statement without it.")] = None,
    output: OutputOption = None,
) -> None:
    """Is it true? What the sources say to a statement, then and now, with the figures and what it depends on."""
    import json

    from maadin.reading.check.said import check as checked
    from maadin.report import verdict_sheet

    said = text_of(STDIN) if text == STDIN else text
    day, until = _day("--published", published), _day("--as-of", as_of)
    verdicts = checked(said, published=day, as_of=until)
    if form is None:
        form = CheckFormat.table if sys.stdout.isatty() and output is None else CheckFormat.json
    if form is CheckFormat.json:
        told = day or next((v.then.as_of for v in verdicts if v.then), None)
        plain = verdict_sheet.document(verdicts, published=told, as_of=until)
        put_text(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n", output)
    elif form is CheckFormat.csv:
        put(verdict_sheet.tidy(verdicts), Format.csv, Lang.en, output)
    else:
        chosen = lang or Lang(language_of(said))
        put_sheet(verdict_sheet.lay_out(verdicts, chosen.value), output)


def _day(option: str, given: str | None) -> date | None:
    """A day given on the command line."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(f"{option}: {given[:40]!r} is no date; expected a day such as 2025-02-25") from None
