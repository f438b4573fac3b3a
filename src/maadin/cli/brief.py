"""`maadin brief`: the main job. A text, whether what it says is true, and what its measures would do."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maadin.cli import page as pages
from maadin.cli.check import AsOfOption
from maadin.cli.output import Lang, put_sheet, put_text
from maadin.cli.page import HtmlOption
from maadin.cli.read import STDIN, PublishedOption, language_of, text_of
from maadin.cli.simulate import DRAWS
from maadin.errors import InputError

if TYPE_CHECKING:
    from maadin.reading.briefing import Brief
    from maadin.report.words import Language


def brief(
    file: Annotated[str, typer.Argument(help="A text file (UTF-8; HTML is passed over), or - for standard input.", show_default=False)],
    lang: Annotated[Lang | None, typer.Option("--lang", "-l", help="Language of the brief; that of the text without it.")] = None,
    published: PublishedOption = None,
    as_of: AsOfOption = None,
    html: HtmlOption = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Also write everything as JSON to this file; - prints it alone.")] = None,
    scenarios: Annotated[
        Path | None, typer.Option("--scenarios", metavar="FOLDER", help="Also write each scenario to a file that can be edited and run again.")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws of elasticities and open sizes for each measure; 0 solves once.")] = DRAWS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 0,
    paths: Annotated[bool, typer.Option("--paths", help="Run projects that are simulated as complete year by year too.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=4, help="Scenarios run at the same time; as many as there are cores without it.")
    ] = None,
) -> None:  # fmt: skip
    """The statements of a text, each with its verdict, and the measures of a text, each with what it would change."""
    pages.check(html)
    day, until = _day("--published", published), _day("--as-of", as_of)
    text = text_of(file)
    from maadin.reading.briefing import processes

    processes.start(processes.count(workers))  # they get ready while this process does
    from maadin.cli.progress import reporter
    from maadin.policy.run import MOST_DRAWS
    from maadin.reading.briefing import brief as brief_of
    from maadin.reading.propose import save

    if not 0 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws are out of range; expected 0 to {MOST_DRAWS:,}")
    language = lang.value if lang else _language(text)
    with reporter() as say:
        made = brief_of(text, published=day, as_of=until, draws=draws, seed=seed, paths=paths, workers=workers, report=say)
    if scenarios is not None:
        save(made.scenarios(), scenarios)
    if html is not None:
        _put_html(made, text, language, html, _command(file, language, made))
    if json is not None:
        put_text(made.to_json() + "\n", None if str(json) == STDIN else json)
    if json is None or str(json) != STDIN:
        from maadin.report.layout.brief import lay_out

        put_sheet(lay_out(made, language), None)


def _put_html(made: Brief, text: str, language: Language, html: Path, command: str) -> None:
    """Write the page in one step and say so on stderr."""
    from maadin.report.html import brief as brief_page
    from maadin.report.html.render import render_brief
    from maadin.report.words import phrase

    rendered = render_brief(brief_page.page(made, language, command=command, text_language=_language(text)))
    put_text(rendered, html)
    typer.echo(phrase("pages", "wrote", language, file=html, size=len(rendered.encode("utf-8")) // 1000), err=True)


def _command(file: str, language: Language, made: Brief) -> str:
    """The command line that gives the same brief again."""
    words = ["maadin", "brief", "TEXT" if file == STDIN else file, "--lang", language]
    words += ["--published", made.published.isoformat()] if made.published and made.reading.publication == "given" else []
    words += ["--as-of", made.as_of.isoformat()] if made.as_of else []
    return shlex.join([*words, "--draws", str(made.draws), "--seed", str(made.seed)])


def _language(text: str) -> Language:
    return "ar" if language_of(text) == "ar" else "en"


def _day(option: str, given: str | None) -> date | None:
    """A day given on the command line."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InputError(f"{option}: {given[:40]!r} is no date; expected a day such as 2025-02-25") from None
