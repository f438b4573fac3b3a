"""The command line as it is used: exit codes, formats, messages; in processes of its own where that matters."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest


def maadin(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "maadin", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )


def test_help_names_the_commands_and_loads_nothing_heavy() -> None:
    done = maadin("--help")
    assert done.returncode == 0
    assert "facts" in done.stdout and "data" in done.stdout
    code = (
        "import sys; from maadin.cli import app; heavy = {'pandas', 'duckdb', 'xarray', 'babel', 'rich.table', 'yaml', 'pydantic', 'numpy'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr == ""


def test_printing_a_table_does_not_load_pandas() -> None:
    code = (
        "import sys; sys.argv = ['maadin', 'facts', 'trade', 'aluminium', '-c', 'USA', '-p', 'RUS']\n"
        "from maadin.cli.app import app\n"
        "try: app()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'pandas', 'xarray', 'pyarrow', 'numpy'} & set(sys.modules); sys.exit(code or ', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_table_shows_unit_year_source_and_release() -> None:
    done = maadin("facts", "reserves", "rare-earths", "--country", "Russia,Ukraine")
    assert done.returncode == 0
    for wanted in (
        "Rare earths: reserves",
        "MCS 2023",
        "21.0",
        "10.0",
        "3.80",
        "not listed",
        "Mt",
        "REO content",
        "Sources: USGS MCS 2023",
        "16.2%",
    ):
        assert wanted in done.stdout


def test_arabic_table() -> None:
    done = maadin("facts", "reserves", "العناصر الأرضية النادرة", "--country", "روسيا", "--lang", "ar")
    assert done.returncode == 0
    for wanted in ("الاحتياطيات", "روسيا", "مليون طن", "المصادر"):
        assert wanted in done.stdout


def test_csv_json_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    question = ("facts", "trade", "760110", "--exporter", "RUS", "--importer", "USA", "--year", "2015-2017")
    from_csv = list(csv.DictReader(io.StringIO(maadin(*question, "--format", "csv").stdout)))
    plain = json.loads(maadin(*question, "--format", "json").stdout)
    file = tmp_path / "answer.parquet"
    assert maadin(*question, "--format", "parquet", "--output", str(file)).returncode == 0
    from_parquet = duckdb.sql(f"select year, value_usd from '{file}' order by code desc, year").fetchall()
    assert plain["schema_version"] == 1
    rows = [(r["year"], r["value_usd"]) for r in plain["rows"]]
    assert rows == from_parquet == [(int(r["year"]), int(r["value_usd"])) for r in from_csv]
    assert rows[0] == (2015, 399_738_967)
    assert list(tmp_path.iterdir()) == [file]


def test_parquet_to_a_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maadin", "facts", "reserves", "tin", "--format", "parquet"], capture_output=True, timeout=60, check=True
    )
    assert done.stdout[:4] == b"PAR1" == done.stdout[-4:]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("facts", "reserves", "alumnium"), 2, "Nearest: 'aluminium'"),
        (("facts", "production", "aluminium", "--country", "Rusia"), 2, "'Russia'"),
        (("facts", "production", "aluminium", "--year", "20x4"), 2, "expected 2022, 2010-2024"),
        (("facts", "trade", "aluminium", "--exporter", "RUS", "--country", "USA"), 2, "either"),
        (("facts", "reserves", "tin", "--output", "/no/such/folder/x.csv", "--format", "csv"), 2, "cannot be written"),
        (("facts", "nonsense"), 2, "No such command"),
        (("data", "import", "/no/such/file.zip"), 2, "there is no file"),
        (("data", "remove", "MCS 2031"), 2, "was imported"),
        (("facts", "measures", "aluminium", "--on", "yesterday"), 2, "expected 2024-12-31"),
    ],
)
def test_wrong_input_gives_one_message_and_exit_code(arguments: tuple[str, ...], code: int, words: str) -> None:
    done = maadin(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_status_lists_sources_licences_and_checksums() -> None:
    done = maadin("data", "status")
    assert done.returncode == 0
    for wanted in ("USGS", "MCS 2025", "BACI V202601", "World Mining Data", "CC BY 4.0", "Etalab", "public domain"):
        assert wanted in done.stdout
    assert "match their checksums" in done.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m maadin facts commodities | head -1", shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "kind",
    ["production", "reserves", "trade", "prices", "reliance", "measures", "capacity", "reserves-years", "hhi", "compare", "elasticities"],
)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_question_answers_in_both_languages(kind: str, lang: str) -> None:
    done = maadin("facts", kind, "aluminium" if kind not in ("reserves", "reserves-years") else "copper", "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_fact_sheet() -> None:
    done = maadin("facts", "sheet", "rare earths")
    assert done.returncode == 0, done.stderr
    for wanted in ("production", "reserves", "net import reliance", "prices"):
        assert wanted in done.stdout
