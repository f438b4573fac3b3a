"""`maadin check`: the answer as a table, as JSON and as CSV; what is wrong with the input in one message."""

from __future__ import annotations

import csv
import io
import json

import pytest
import typer
from typer.testing import CliRunner

from maadin.cli.check import check
from maadin.errors import InputError

app = typer.Typer()
app.command()(check)
runner = CliRunner()

ALUMINIUM = "Russia is the second largest producer of aluminium."
UKRAINE = "ليس لدى أوكرانيا احتياطيات معترف بها من المعادن النادرة."


def test_json_in_a_pipe() -> None:
    result = runner.invoke(app, [ALUMINIUM, "--published", "2025-02-25"])
    assert result.exit_code == 0, result.output
    plain = json.loads(result.stdout)
    (verdict,) = plain["verdicts"]
    assert (plain["schema_version"], plain["published"]) == (1, "2025-02-25")
    assert (verdict["then"]["verdict"], verdict["now"]["verdict"], verdict["test"]) == ("depends", "depends", "rank")
    assert set(verdict["said"]) == {"en", "ar"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Published: 25 February 2025\n\n{ALUMINIUM}", "Date of publication found in the text: 25 February 2025"),
        ("نشر في 25 فبراير 2025\n\nروسيا ثاني أكبر منتج للألمنيوم.", "تاريخ النشر كما عُثر عليه في النص: 25 فبراير 2025"),
    ],
)
def test_a_date_found_in_the_text_counts_as_a_given_one(text: str, said: str) -> None:
    plain = json.loads(runner.invoke(app, [text]).stdout)
    given = json.loads(runner.invoke(app, [text, "--published", "2025-02-25"]).stdout)
    assert (plain["published"], plain["publication"], given["publication"]) == ("2025-02-25", "found", "given")
    assert plain["verdicts"][0]["then"] == given["verdicts"][0]["then"]
    assert any(said in words for words in plain["verdicts"][0]["said"].values())
    assert json.loads(runner.invoke(app, [ALUMINIUM]).stdout)["publication"] == "absent"


def test_a_table_in_the_language_of_the_statement() -> None:
    result = runner.invoke(app, [UKRAINE, "--format", "table"])
    assert result.exit_code == 0, result.output
    assert "غير مدرج في المصدر" in result.stdout
    english = runner.invoke(app, [UKRAINE, "--format", "table", "--lang", "en"])
    assert "Not listed by the source" in english.stdout


def test_several_statements_from_standard_input_as_csv() -> None:
    result = runner.invoke(app, ["-", "--format", "csv"], input=f"{ALUMINIUM}\n{UKRAINE}".encode())
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {r["statement"] for r in rows} == {"1", "2"}
    assert {r["now"] for r in rows} == {"depends", "not_listed"}
    assert all(r["row"] for r in rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing here"], "no statement about a mineral market"),
        ([ALUMINIUM, "--published", "soon"], "--published: 'soon' is no date"),
        ([ALUMINIUM, "--as-of", "2025-13-01"], "--as-of: '2025-13-01' is no date"),
    ],
)
def test_what_is_wrong_with_the_input(arguments: list[str], message: str) -> None:
    result = runner.invoke(app, arguments)
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_code == 2
    assert message in str(result.exception)


def test_only_what_was_in_print_counts() -> None:
    result = runner.invoke(app, [ALUMINIUM, "--as-of", "2024-06-01"])
    plain = json.loads(result.stdout)
    releases = {f["release"] for f in plain["verdicts"][0]["figures"]}
    assert "MCS 2024" in releases and "MCS 2025" not in releases
