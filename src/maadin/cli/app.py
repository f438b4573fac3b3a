"""The `maadin` command: subcommands, and one place where an error becomes a message and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from maadin import __version__
from maadin.cli import data, facts
from maadin.cli.backtest import backtest
from maadin.cli.brief import brief
from maadin.cli.check import check
from maadin.cli.path import path
from maadin.cli.read import read
from maadin.cli.simulate import simulate
from maadin.errors import MaadinError
from maadin.reading.briefing.process import GARBAGE

app = typer.Typer(
    help="Is a statement about world mineral markets true, and what would a measure do?",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(facts.app, name="facts")
app.add_typer(data.app, name="data")
app.command("brief")(brief)
app.command("read")(read)
app.command("check")(check)
app.command("simulate")(simulate)
app.command("path")(path)
app.command("backtest")(backtest)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"maadin {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Options before any subcommand."""


def main() -> None:
    """Run the command line: 0 done, 1 could not, 2 the input is wrong; one message on stderr, no traceback."""
    gc.set_threshold(GARBAGE)
    try:
        app()
    except MaadinError as error:
        typer.echo(f"maadin: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("maadin: interrupted; nothing was left half-written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe left early
        sys.exit(0)
