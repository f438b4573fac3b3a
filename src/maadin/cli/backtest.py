"""`maadin backtest`: the model against what really happened, event by event or all together."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maadin.cli import page as pages
from maadin.cli.output import Format, FormatOption, Lang, LangOption, OutputOption, put, put_sheet, put_text
from maadin.cli.page import HtmlOption
from maadin.errors import ChecksFailed, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maadin.experiments.backtest import Backtest, Event, Model, Record

DRAWS = 256


def backtest(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[EVENT]...", help="Ids of events, or event files (YAML or JSON); all shipped events without any.", show_default=False)
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws of the elasticities; 0 solves once, at the medians.")] = DRAWS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws.")] = 0,
    setting: Annotated[str, typer.Option("--setting", help="Setting of the model: default, or another one, which a wrong name lists.")] = "default",
    fit: Annotated[bool, typer.Option("--fit/--no-fit", help="Whether the level of the elasticities is fitted too, for each event on the others.")] = True,
    form: FormatOption = Format.table, lang: LangOption = Lang.en, output: OutputOption = None, html: HtmlOption = None,
    listed: Annotated[bool, typer.Option("--list", help="List the shipped events.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of event files.")] = False,
) -> None:  # fmt: skip
    """The model against what really happened: predicted from the year before, held against trade after, beside two baselines."""
    if schema:
        from maadin.experiments.backtest.schema import event_schema

        put_text(json.dumps(event_schema(), ensure_ascii=False, indent=2) + "\n", output)
        return
    pages.check(html)
    from maadin.experiments.backtest.event import events as shipped
    from maadin.experiments.backtest.model import model as setting_of
    from maadin.policy.run import MOST_DRAWS

    used = setting_of(setting)
    if not 0 <= draws <= MOST_DRAWS:
        raise InputError(f"{draws} draws are out of range; expected 0 to {MOST_DRAWS:,}")
    asked = [_event(name) for name in names or shipped()]
    if listed:
        _put_list(asked, form, lang, output)
        return
    _check_ids(asked)
    options = ["--draws", str(draws), "--seed", str(seed), *(["--setting", setting] if setting != "default" else [])]
    command = shlex.join(["maadin", "backtest", *(names or []), *options, *([] if fit or len(asked) == 1 else ["--no-fit"])])
    if len(asked) == 1:
        _put_one(_scored(asked[0], used, draws, seed), form, lang, output, html, command)
        return
    record = _kept(asked, used, draws, seed, fit=fit)
    _put_record(record, draws, seed, form, lang, output, html, command)
    if not record.tests:
        raise ChecksFailed("events", [f"{n.event.id}: {n.why}" for n in record.not_run])


def _event(name: str) -> Event:
    """The event of a file or of an id."""
    from maadin.experiments.backtest.event import Event, find

    path = Path(name)
    try:
        is_file = path.is_file()
    except (OSError, ValueError):
        is_file = False
    return Event.from_file(path) if is_file else find(name)


def _check_ids(asked: Sequence[Event]) -> None:
    """Refuse an event that is asked for twice: its trade would count twice."""
    ids = [e.id for e in asked]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise InputError(f"asked for twice: {', '.join(twice)}")


def _scored(event: Event, used: Model, draws: int, seed: int) -> Backtest:
    from maadin.cli.progress import reporter
    from maadin.experiments.backtest import backtest as score

    with reporter() as say:
        say(event.id)
        return score(event, used, draws=draws, seed=seed)


def _kept(asked: Sequence[Event], used: Model, draws: int, seed: int, *, fit: bool) -> Record:
    from maadin.cli.progress import reporter
    from maadin.experiments.backtest import keep_record

    with reporter() as say:
        return keep_record(asked, used, draws=draws, seed=seed, fit=fit, report=say)


def _put_one(test: Backtest, form: Format, lang: Lang, output: Path | None, html: Path | None, command: str) -> None:
    from maadin.report import backtest_rows as rows

    if html:
        from maadin.report.html.backtest import page

        pages.put_page(page(test, lang.value, command=command), html)
    if form is Format.json:
        put_text(rows.document_of(test, command=command), output)
    elif form is Format.table:
        from maadin.report.layout.backtest import lay_out

        put_sheet(lay_out(test, lang.value, command), output)
    else:
        put(rows.partners(test), form, lang, output)


def _put_record(
    record: Record, draws: int, seed: int, form: Format, lang: Lang, output: Path | None, html: Path | None, command: str
) -> None:  # fmt: skip
    from maadin.report import backtest_rows as rows

    if html:
        from maadin.report.html.backtest import record_page

        pages.put_page(record_page(record, lang.value, command=command), html)
    if form is Format.json:
        put_text(rows.document(record, draws=draws, seed=seed, command=command), output)
    elif form is Format.table:
        from maadin.report.layout.backtest import lay_out_record

        put_sheet(lay_out_record(record, lang.value, command), output)
    else:
        put(rows.events(record), form, lang, output)


def _put_list(listed: Sequence[Event], form: Format, lang: Lang, output: Path | None) -> None:
    if form is Format.table:
        from maadin.report.layout.backtest import lay_out_list

        put_sheet(lay_out_list(sorted(listed, key=lambda e: (e.date, e.id)), lang.value), output)
    else:
        from maadin.report.backtest_rows import listing

        put(listing(listed), form, lang, output)
