"""`maadin facts benchmark`: what is shown is what the benchmark holds, in every format and both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner, Result

from maadin.cli.app import app
from maadin.errors import InputError, LabelError, MaadinError
from maadin.facts.catalogue import commodity
from maadin.market import tables
from maadin.market.benchmark import Benchmark
from maadin.report import terminal
from maadin.report.export import BENCHMARK_UNITS

SHOWN = ("countries", "flows", "origins", "log", "measures", "checks")
# Latin words that stand in Arabic sentences: publishers, releases, content of a mass basis, chemical formulas
LATIN = {"USGS", "MCS", "CEPII", "BACI", "World", "Mining", "Data", "WMD", "Ni", "REO", "Pt", "DS", "HS", "V"}


def asked(*arguments: str, width: int = 140) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "console", lambda: Console(width=width, highlight=False))
        return CliRunner().invoke(app, ["facts", "benchmark", *arguments])


def shown(*arguments: str, width: int = 140) -> str:
    done = asked(*arguments, width=width)
    assert done.exit_code == 0, done.output
    return done.stdout


def document(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(shown(*arguments, "--format", "json")))


@pytest.fixture(scope="module")
def aluminium() -> Benchmark:
    return Benchmark.from_facts("aluminium", 2024)


def test_the_summary_says_what_the_benchmark_is(aluminium: Benchmark) -> None:
    text = shown("aluminium", "--year", "2024", width=200)
    for wanted in (
        "Aluminium (primary metal from smelters): market benchmark 2024",
        "gross weight",
        f"B. {aluminium.reason}",
        "Codes at hand: 760110",
        "Codes not at hand: 760120",
        f"{100 * aluminium.share_adjusted:.1f}% of the tonnes traded",
        f"{len(aluminium.log):,}",
        "15 of 173",
        "200%",
        "exempt: Canada",
        "free of duty",
        "assumption",
        "apparent consumption",
        "four-digit headings",
        "Sources: CEPII BACI V202601",
    ):
        assert wanted in text


def test_figures_are_those_of_the_benchmark(aluminium: Benchmark) -> None:
    lines = shown("aluminium", "--year", "2024").splitlines()
    china = next(line for line in lines if line.startswith("China "))
    at = aluminium.position("CHN")
    expected = (aluminium.production_t, aluminium.stock_draw_t, aluminium.imports_t, aluminium.use_t, aluminium.exports_t)
    assert china.split()[1:6] == [f"{a[at] / 1000:,.0f}" for a in expected]
    assert china.split()[7:] == [
        f"{aluminium.price_usd_per_t[at]:,.0f}",
        f"{100 * aluminium.exports_coverage[at]:.0f}%",
        f"{100 * aluminium.imports_coverage[at]:.0f}%",
    ]
    world = next(line for line in lines if line.startswith("World "))
    totals = [
        aluminium.production_t, aluminium.stock_draw_t, aluminium.imports_t, aluminium.use_t, aluminium.exports_t, aluminium.other_codes_t,
    ]  # fmt: skip
    assert world.split()[1:7] == [f"{a.sum() / 1000:,.0f}" for a in totals]
    traded = aluminium.trade_t.sum() - aluminium.trade_t.trace()
    value = aluminium.value_usd.sum() - aluminium.value_usd.trace()
    assert world.split()[7] == f"{value / traded:,.0f}"


def test_what_is_not_known_is_never_a_zero() -> None:
    lines = shown("titanium", "--stage", "refined", "--year", "2024").splitlines()
    assert "unknown" in next(line for line in lines if line.startswith("United States"))  # withheld, and a net importer
    assert "–" in next(line for line in lines if line.startswith("South Korea"))  # no source lists it
    ukraine = next(line for line in shown("nickel", "--year", "2010").splitlines() if line.startswith("Ukraine"))
    assert len(ukraine.split()) == 3  # imports, exports of nothing, and so no price


def test_a_benchmark_without_output_has_no_columns_for_it() -> None:
    text = shown("nickel", "--year", "2010")
    assert "Imports only" in text and "No source counts output" in text
    assert "Output" not in re.sub(r"Output counts.*", "", text) and "Stocks" not in text
    rows = document("nickel", "--year", "2010", "--show", "countries")["countries"]
    assert {r["production_t"] for r in rows} == {None}


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("market", [("aluminium", "refined"), ("copper", "refined"), ("rare-earths", "mine"), ("platinum", "mine")])
def test_tables_keep_their_numbers_whole_at_any_width(market: tuple[str, str], lang: str, width: int) -> None:
    name, stage = market
    text = shown(name, "--stage", stage, "--year", "2024", "--lang", lang, width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    world = next(line for line in text.splitlines() if line.split() and line.split()[0 if lang == "en" else -1] in ("World", "العالم"))
    assert len(world.split()) >= 7
    left_out = "No room" in text or "لا يتسع العرض" in text
    assert not left_out or width < 140


@pytest.mark.parametrize("name", SHOWN)
def test_one_table_alone(name: str, aluminium: Benchmark) -> None:
    key = "known" if name == "checks" else name
    table = tables.TABLES[key](aluminium)
    text = shown("aluminium", "--year", "2024", "--show", name, "--top", "3")
    assert (f"3 of {len(table.rows):,}" in text) == (len(table.rows) > 3)
    from_csv = list(csv.DictReader(io.StringIO(shown("aluminium", "--year", "2024", "--show", name, "--format", "csv"))))
    assert tuple(from_csv[0]) == table.columns
    assert len(from_csv) == len(table.rows)
    plain = document("aluminium", "--year", "2024", "--show", name)
    assert plain[key] == json.loads(json.dumps(table.records()))
    assert plain.keys() & set(tables.TABLES) == {key}


def test_the_document_holds_every_table_and_says_what_it_is(aluminium: Benchmark) -> None:
    plain = document("aluminium", "--year", "2024")
    assert list(plain) == ["schema_version", "about", "units", *tables.TABLES, "notes", "sources"]
    reason = commodity("aluminium").stage("refined").reason
    assert plain["about"] == {
        "table": "benchmark", "commodity": "aluminium", "stage": "refined", "year": 2024, "kind": "balanced", "grade": "B",
        "reason": {"en": reason.en, "ar": reason.ar}, "mass_basis": "gross", "codes": ["760110"], "missing_codes": ["760120"],
        "share_adjusted": aluminium.share_adjusted, "share_imputed": aluminium.share_imputed,
    }  # fmt: skip
    used = {r["country"]: r["use_t"] for r in plain["countries"]}
    assert used == aluminium.by_country(aluminium.use_t)
    assert plain["notes"][0] == {"id": "benchmark_codes_from_headings", "codes": ["760120"], "year": 2024}
    assert plain["sources"][0] == {"source": "baci", "release": "BACI V202601"}
    numbers = {k for name in tables.TABLES for row in plain[name] for k, v in row.items() if isinstance(v, float)}
    assert numbers <= plain["units"].keys() == BENCHMARK_UNITS.keys()


def test_csv_and_parquet_of_the_summary_are_the_countries(tmp_path: Path, aluminium: Benchmark) -> None:
    file = tmp_path / "countries.parquet"
    shown("aluminium", "--year", "2024", "--format", "parquet", "--output", str(file))
    from_parquet = duckdb.sql(f"select country, use_t from '{file}'").fetchall()
    from_csv = csv.DictReader(io.StringIO(shown("aluminium", "--year", "2024", "--format", "csv")))
    rows = [(c, float(u)) for c, u in ((r["country"], r["use_t"]) for r in from_csv)]
    assert rows == from_parquet == [(r["country"], r["use_t"]) for r in tables.countries(aluminium).records()]


def test_countries_keep_their_rows_on_either_side(aluminium: Benchmark) -> None:
    question = ("aluminium", "--year", "2024", "--country", "روسيا,GCC")
    wanted = {"RUS", "ARE", "BHR", "KWT", "OMN", "QAT", "SAU"}
    plain = document(*question)
    assert {r["country"] for r in plain["countries"]} == wanted
    for name, sides in (("flows", ("exporter", "importer")), ("origins", ("origin", "user")), ("log", ("country", "partner"))):
        every = tables.TABLES[name](aluminium).records()
        assert len(plain[name]) == sum(any(r[s] in wanted for s in sides) for r in every)
    assert plain["measures"] == document("aluminium", "--year", "2024")["measures"]
    assert "World" in shown(*question, "--show", "countries")


def test_without_a_year_the_latest_one_with_trade() -> None:
    assert document("copper", "--stage", "refined", "--show", "checks")["about"]["year"] == 2024
    assert document("الألمنيوم", "--show", "checks", "--year", "٢٠٢٢")["about"]["year"] == 2022


@pytest.mark.parametrize(
    "question",
    [("aluminium",), ("copper", "--stage", "refined"), ("rare-earths",), ("nickel", "--year", "2010"), ("platinum", "--year", "2019")],
)
@pytest.mark.parametrize("table", ["summary", *SHOWN])
def test_arabic_has_no_english_words_in_it(question: tuple[str, ...], table: str) -> None:
    text = shown(*question, "--show", table, "--lang", "ar")
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= LATIN
    assert set(re.findall(r"\b[A-Za-z]\b", text)) <= {"A", "B", *"onxs", "V"}


def test_writes_a_folder_that_reads_back(tmp_path: Path, aluminium: Benchmark) -> None:
    for form in ("csv", "parquet"):
        folder = tmp_path / form
        text = shown("aluminium", "--year", "2024", "--write", str(folder), *(("--format", form) if form == "parquet" else ()))
        assert str(folder) in text
        assert (folder / f"countries.{form}").exists()
        assert Benchmark.read(folder).use_t.tolist() == aluminium.use_t.tolist()


def test_fresh_gives_the_same() -> None:
    question = ("graphite", "--year", "2023", "--format", "csv")
    assert shown(*question) == shown(*question, "--fresh")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("natural gas",), InputError, "cannot be balanced"),
        (("alumina",), InputError, "cannot be balanced"),
        (("alumnium",), LabelError, "aluminium"),
        (("aluminium", "--stage", "smelted"), LabelError, "stage of aluminium"),
        (("aluminium", "--year", "1990"), InputError, "1995-2024"),
        (("aluminium", "--year", "2020-2022"), InputError, "of one year"),
        (("aluminium", "--country", "Atlantis"), LabelError, "Atlantis"),
        (("aluminium", "--country", "Tuvalu", "--year", "2024"), InputError, "neither makes nor trades"),
        (("aluminium", "--write", "/tmp/nowhere", "--show", "flows"), InputError, "leave out"),
        (("aluminium", "--output", "/no/such/folder/x"), InputError, "cannot be written"),
    ],
)
def test_wrong_input_is_one_message_and_exit_code_2(arguments: tuple[str, ...], error: type[MaadinError], message: str) -> None:
    done = asked(*arguments)
    assert isinstance(done.exception, error)
    assert done.exception.exit_code == 2
    assert message in str(done.exception)
    assert done.stdout == ""
