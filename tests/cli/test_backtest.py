"""`maadin backtest`: what is printed are the figures of the result, in every format and both languages; what cannot be run is refused in words."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from maadin.cli import app as root
from maadin.cli.app import app
from maadin.errors import InputError, LabelError, MaadinError
from maadin.experiments.backtest import Backtest, Event, backtest
from maadin.experiments.backtest import event as events
from maadin.report import terminal
from maadin.report.backtest_rows import EVENT_COLUMNS, LIST_COLUMNS, PARTNER_COLUMNS

FOLDER = Path(__file__).parents[1] / "experiments" / "backtest" / "events"
DUTY, BAN = (str(FOLDER / f"{name}.yaml") for name in ("russian-aluminium", "indonesian-nickel"))
DRAWS = 16
FEW = ("--draws", str(DRAWS))


def asked(*arguments: str, width: int = 160) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "console", lambda **_: Console(width=width, highlight=False))
        return CliRunner().invoke(app, ["backtest", *arguments])


def shown(*arguments: str, width: int = 160) -> str:
    done = asked(*arguments, width=width)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shown(*arguments, "--format", "csv"))))


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """Steps of the work go to stderr, which the runner would mix in; the two events of the tests stand for the shipped ones."""
    from maadin.cli import progress

    @contextmanager
    def silent() -> Iterator[Callable[[str], None]]:
        yield lambda step: None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "reporter", silent)
        patch.setattr(events, "_files", lambda: {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))})
        yield


@pytest.fixture(scope="module")
def duty() -> Backtest:
    return backtest(Event.from_file(Path(DUTY)), draws=DRAWS)


def test_one_event_says_what_happened_how_far_off_and_why(duty: Backtest) -> None:
    text = shown("russian-aluminium", *FEW, width=400)
    for wanted in (
        "United States duty of 200% on Russian aluminium",
        "Decided on 24 February 2023; from 10 March 2023 on.",
        "Import duty of 200%: United States, on goods from Russia; it replaces the duty there.",
        "Announced: Proclamation 10522",
        "Predicted from 2022 alone, held against 2024.",
        "Sellers: Russia. Buyers: United States.",
        "The model errs less than",
        f"{duty.directions[0]} of {duty.directions[1]} moved as predicted",
        f"{duty.coverage[0]} of {duty.coverage[1]} observed shares lie in the 90% interval over elasticities; {duty.coverage_wide[0]} in the one widened",
        "What else happened",
        "Buyers in Europe had begun to turn away",
        "How the decision became measures",
        "Most of the fall came before the duty.",
        "Balanced market, with output counted; quality grade B.",
        "Codes covered: 760110",
        "medians of 16 draws",
        "maadin backtest russian-aluminium --draws 16 --seed 0",
        "Sources: CEPII BACI V202601; World Mining Data",
    ):
        assert wanted in text, wanted


def test_the_errors_are_those_of_the_result(duty: Backtest) -> None:
    line = next(x for x in shown("russian-aluminium", *FEW).splitlines() if x.startswith("the parties"))
    e = duty.parties
    expected = [f"{100 * v:.1f}%" for v in (e.no_change, e.reallocation, e.model, e.ordinary)]
    assert re.split(r"\s{2,}", line.strip())[1:5] == expected


def test_partners_are_those_of_the_result(duty: Backtest) -> None:
    lines = shown("russian-aluminium", *FEW).splitlines()
    first = duty.partners[0]
    line = next(x for x in lines if x.startswith("Canada") and "United States" in x)
    assert (first.exporter, first.importer) == ("CAN", "USA")
    cells = re.split(r"\s{2,}", line.strip())
    assert cells[2:5] == [f"{100 * v:.1f}%" for v in (first.before, first.predicted, first.observed)]
    assert cells[6] == f"[{100 * first.low:.1f}, {100 * first.high:.1f}]"


def test_a_file_runs_as_a_shipped_event_does() -> None:
    by_name, by_file = (shown(name, *FEW, "--format", "csv") for name in ("russian-aluminium", DUTY))
    assert by_name == by_file


def test_the_record_has_a_table_a_kind_of_market() -> None:
    text = shown(*FEW, width=400)
    assert text.startswith("The model against what happened: two events")
    for wanted in (
        "The model errs less than no change in ",
        "Nothing is fitted.",
        "None is left out for its result.",
        "Markets whose output is counted: one event",
        "Markets known by their imports only: one event",
        "Mean or sum",
    ):
        assert wanted in text, wanted
    assert (
        text.index("Markets whose output")
        < text.index("United States duty of")
        < text.index("Markets known by")
        < text.index("Indonesia bans the export")
    )


def test_names_stay_whole_where_the_screen_is_narrow() -> None:
    text = shown(*FEW, width=90)
    assert "United States duty of 200% on" in text and "No room at this width for: " in text


def test_a_failure_is_explained_by_its_file() -> None:
    at = shown(*FEW, width=400).partition("Where the model errs no less than a baseline")[2]
    losers = [r for r in rows(*FEW) if min(float(r["parties_no_change"]), float(r["parties_reallocation"])) <= float(r["parties_model"])]
    for row in losers:
        assert row["name"] in at
        assert (
            "Most of the fall came before the duty."
            if row["event"] == "russian-aluminium"
            else "Not explained in their files: Indonesia bans"
        ) in at


def test_rows_of_events_and_of_partners(duty: Backtest) -> None:
    both, one = rows(*FEW), rows("russian-aluminium", *FEW)
    assert [r["event"] for r in both] == ["indonesian-nickel", "russian-aluminium"]
    assert tuple(both[0]) == EVENT_COLUMNS and tuple(one[0]) == PARTNER_COLUMNS
    row = both[1]
    assert float(row["parties_model"]) == duty.parties.model and float(row["world_skill_no_change"]) == duty.world.skill("no_change")
    assert (row["kind"], row["status"], row["fitted_factor"], row["why"]) == ("balanced", "run", "", "")
    assert [float(r["observed"]) for r in one] == [p.observed for p in duty.partners]
    assert {r["right_direction"] for r in one} <= {"True", "False"}


def test_json_is_the_result(duty: Backtest) -> None:
    one = json.loads(shown("russian-aluminium", *FEW, "--format", "json"))
    assert one["command"] == "maadin backtest russian-aluminium --draws 16 --seed 0"
    assert {k: v for k, v in one.items() if k not in ("schema_version", "command")} == json.loads(json.dumps(duty.to_data()))
    record = json.loads(shown(*FEW, "--format", "json", "--no-fit"))
    assert record["schema_version"] == 1 and record["draws"] == DRAWS and record["command"].endswith("--no-fit")
    assert record["events"][1] == {k: v for k, v in one.items() if k not in ("schema_version", "command")}


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "events.parquet"
    shown(*FEW, "--format", "parquet", "--output", str(file))
    assert duckdb.sql(f"select count(*) from '{file}'").fetchall() == [(2,)]


@pytest.mark.parametrize("arguments", [(), ("russian-aluminium",)], ids=["record", "event"])
def test_arabic_is_arabic(arguments: tuple[str, ...]) -> None:
    text = shown(*arguments, *FEW, "--lang", "ar", width=400)
    title = "النموذج أمام ما حدث فعلاً: حدثان" if not arguments else "رسوم أمريكية بنسبة 200% على الألمنيوم الروسي"
    assert text.startswith(title)
    prose = re.sub(r"maadin backtest[^)]*\)|\(maadin [^)]*\)|Proclamation.*|The duty on products.*|https?://\S+", "", text)
    latin = set(re.findall(r"[A-Za-z]{2,}", prose)) - {
        "USGS",
        "CEPII",
        "BACI",
        "World",
        "Mining",
        "Data",
        "WMD",
        "maadin",
        "simulate",
        "Ni",
        "JSON",
        "CSV",
    }
    assert not latin, latin


@pytest.mark.parametrize("arguments", [(), ("russian-aluminium",)], ids=["record", "event"])
def test_both_languages_have_the_same_numbers(arguments: tuple[str, ...]) -> None:
    def cells(language: str) -> list[str]:
        lines = shown(*arguments, *FEW, "--lang", language, width=400).splitlines()
        return sorted(n for line in lines if line.count("  ") > 3 for n in re.findall(r"\d(?:[\d,.]*\d)?%?", line.replace("\u200e", "")))

    assert cells("en") == cells("ar")


def test_without_draws_there_is_no_interval_over_elasticities() -> None:
    text = shown("indonesian-nickel", "--draws", "0", width=400)
    assert "every elasticity at its median" in text and "without draws there is no interval over elasticities" in text


def test_the_list() -> None:
    text = shown("--list", width=300)
    assert text.index("indonesian-nickel") < text.index("russian-aluminium")
    assert "2014-01-12" in text and "maadin backtest my-event.yaml" in text
    listed = rows("--list")
    assert tuple(listed[0]) == LIST_COLUMNS and listed[0]["measures"] == "export_ban"
    assert "أحداث" in shown("--list", "--lang", "ar") or "الأحداث" in shown("--list", "--lang", "ar")


def test_the_schema() -> None:
    assert json.loads(shown("--schema"))["title"] == "maadin event"


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("russian-alumnium",), LabelError, "'russian-alumnium' is not a known event. Nearest: 'russian-aluminium'"),
        (("none.yaml",), InputError, "there is no event file 'none.yaml'"),
        (("--draws", "-1"), InputError, "-1 draws are out of range; expected 0 to 100,000"),
        (("--setting", "best"), InputError, "'best' is not a setting of the model; expected one of default"),
        (("russian-aluminium", DUTY), InputError, "asked for twice: russian-aluminium"),
        (("--html", "/nowhere/x.html"), InputError, "there is no folder /nowhere"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is_run(arguments: tuple[str, ...], error: type[MaadinError], said: str) -> None:
    done = asked(*arguments)
    assert isinstance(done.exception, error) and said in str(done.exception)
    assert done.exception.exit_code == 2 and not done.stdout


def test_events_that_cannot_be_run_stand_in_the_record_and_none_at_all_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "nothing.yaml"
    file.write_text(
        "id: nothing\nname: Nothing\ncommodity: tin\ndate: 2023\nbefore: 2022\nafter: 2023\n"
        "measures:\n  - embargo: {importer: PER, exporter: MMR}\n"
    )
    text = shown(str(file), BAN, "--draws", "0", width=300)
    assert "Could not be run, for reasons told below: one event." in text
    assert "Not run" in text and "Nothing: event 'nothing': its measures act on no trade of 2022" in text
    other = tmp_path / "other.yaml"
    other.write_text(file.read_text().replace("id: nothing", "id: other"))
    done = asked(str(file), str(other), "--draws", "0")
    assert isinstance(done.exception, MaadinError) and done.exception.exit_code == 1
    assert "events: 2 problem(s)" in str(done.exception)


@pytest.mark.parametrize("arguments", [(), ("russian-aluminium",)], ids=["record", "event"])
def test_a_page_is_written_beside_what_is_printed(arguments: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    printed = shown(*arguments, *FEW, "--html", str(file), "--format", "csv")
    assert printed.startswith("event,")
    page = file.read_text("utf-8")
    assert "<svg" in page and "maadin backtest" in page and not list(tmp_path.glob(".*"))


def test_an_error_is_one_message_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["maadin", "backtest", "none.yaml"])
    with pytest.raises(SystemExit) as left:
        root.main()
    assert left.value.code == 2
    assert capsys.readouterr().err == "maadin: there is no event file 'none.yaml'\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    command = [sys.executable, "-m", "maadin", "backtest", DUTY, BAN, "--draws", "4096", "--format", "csv", "--output", str(target)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ.copy()) as running:
        assert running.stderr is not None
        assert running.stderr.readline().strip() == "indonesian-nickel"
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 130 and "Traceback" not in said
    assert not list(tmp_path.iterdir())
