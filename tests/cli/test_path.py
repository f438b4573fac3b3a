"""`maadin path`: what is printed are the figures of the outcome, in every format and both languages, and what cannot be run is refused in words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner, Result

from maadin.cli import app as root
from maadin.cli.app import app
from maadin.errors import InputError
from maadin.experiments import paths
from maadin.experiments.path_outcome import PATHS, VARIABLES, PathOutcome
from maadin.experiments.paths import run_path, run_paths, variants
from maadin.policy.library import load
from maadin.report import path_effects, terminal, words

SMELTER, EARTHS = "krasnoyarsk-smelter-path", "russia-rare-earths-speedup"
DRAWS = 32
FEW = ("--draws", str(DRAWS))
SHOWN = ("summary", "years", "countries", "world", "assumptions")
TARIFF = """
name: A duty for some years
commodity: aluminium
year: 2024
horizon: 2029
measures:
  - tariff: {importer: USA, exporter: all, except: RUS, rate: 25%, mode: set, from: 2025-03-12, to: 2027}
  - stockpile: {country: JPN, action: build, tonnes: 50 kt, from: 2028}
  - demand_shift: {country: IND, change: 10%, from: 2035}
"""
# Latin words that stand in Arabic sentences: publishers, releases, works, chemical formulas, the command
LATIN = {
    "USGS", "MCS", "CEPII", "BACI", "World", "Mining", "Data", "WMD", "HS", "GTAP", "ProTEE", "Broda", "Weinstein", "Stuermer", "Boer", "et",
    "al", "maadin", "dev", "REO",
}  # fmt: skip


def asked(*arguments: str, width: int = 140, stdin: bytes | None = None) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "console", lambda **_: Console(width=width, highlight=False))
        return CliRunner().invoke(app, ["path", *arguments], input=stdin)


def shown(*arguments: str, width: int = 140, stdin: bytes | None = None) -> str:
    done = asked(*arguments, width=width, stdin=stdin)
    assert done.exit_code == 0, done.output
    return done.stdout


def document(*arguments: str) -> dict[str, Any]:
    return dict(json.loads(shown(*arguments, "--format", "json")))


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shown(*arguments, "--format", "csv"))))


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """Steps of the work go to stderr, which the runner would mix in."""
    from contextlib import contextmanager

    from maadin.cli import progress

    @contextmanager
    def silent() -> Iterator[Callable[[str], None]]:
        yield lambda step: None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "reporter", silent)
        yield


@pytest.fixture(scope="module")
def smelter() -> PathOutcome:
    return run_path(load(SMELTER), draws=DRAWS)


def test_the_summary_says_what_changes_when_and_on_what_it_rests(smelter: PathOutcome) -> None:
    text = shown(SMELTER, *FEW, width=300)
    for wanted in (
        "A joint aluminium smelter in Krasnoyarsk, year by year",
        "New capacity of 100 to 500 kt a year: Russia, with United States; the chance that it is never built is 30%. From 2028, all of it 3 years after",
        "year by year from 2024, the benchmark, to 2035. Long run",
        "medians of 32 draws",
        "Russia, output in 2035:",
        "Rank among producers:",
        "World, in 2035: price -0.",
        "Output of others changes most in: China -",
        "Welfare, 2025 to 2035, discounted at 5% a year: world +",
        "What it costs to build is not taken off",
        "In three cases of ten nothing is built",
        "Demand grows by 2.2% a year at first (90%: 0.5% to 3.9%), as world output did on average over 2018-2024 (World Mining Data)",
        "1.0% a year, is gone (*assumption*)",
        "output and capacity of every country grow with demand",
        "each year capacity may be 5% to 15% above last year's output",
        "the years it takes to build lie before",
        "dollars of 2024, without inflation",
        "none are listed at this stage",
        "substitution between origins (sigma)",
        "Codes not at hand: 760120",
        "Largest clearing error:",
        f"maadin path {SMELTER} --draws 32 --seed 0",
        "Sources: CEPII BACI V202601; World Mining Data",
    ):
        assert wanted in text, wanted


def test_figures_by_year_are_those_of_the_outcome(smelter: PathOutcome) -> None:
    lines = shown(SMELTER, *FEW, "--show", "years").splitlines()
    for year in (2024, 2028, 2035):
        line = next(x for x in lines if x.startswith(f"{year} "))
        cells = re.split(r"\s{2,}", line.strip())
        at = smelter.results.sel(year=year)

        def of(name: str, path: str, statistic: str = "median", at: Any = at, **where: str) -> float:
            return float(at[name].sel(path=path, statistic=statistic, **where))

        assert cells[1] == f"{of('world_use_t', 'without') / 1000:,.0f}"
        assert cells[2] == f"{of('output_t', 'without', country='RUS') / 1000:,.0f}"
        if year > 2024:
            change = [of("output_t", "difference", s, country="RUS") / 1000 for s in ("median", "low", "high")]
            assert cells[3] == f"{change[0]:+,.0f} [{change[1]:,.0f}, {change[2]:,.0f}]"
            price = [100 * of("world_price_usd_per_t", "relative", s) for s in ("median", "low", "high")]
            expected = f"{price[0]:+.2f}% [{price[1]:.2f}, {price[2]:.2f}]".replace("-0.00]", "0.00]").replace("+0.00%", "0.00%")
            assert cells[5] == expected
        ranks = [f"{of('output_rank', path, country='RUS'):.0f}" for path in ("with", "without")]
        assert cells[4] == (ranks[0] if ranks[0] == ranks[1] else f"{ranks[0]} ({ranks[1]})")


def test_a_long_path_shows_twelve_rows_at_most_with_both_ends() -> None:
    lines = shown(SMELTER, "--draws", "0", "--to", "2040").splitlines()
    years = [int(x[:4]) for x in lines if re.match(r"20\d\d  ", x)]
    assert years == list(range(2024, 2041, 2))
    assert path_effects.shown_years(range(2024, 2040), 12) == [2024, *range(2025, 2040, 2)]
    assert path_effects.shown_years(range(2024, 2026), 12) == [2024, 2025]
    assert all(len(path_effects.shown_years(range(2000, 2000 + n), 12)) <= 12 for n in range(2, 60))


def test_countries_and_the_world(smelter: PathOutcome) -> None:
    lines = shown(SMELTER, *FEW, "--show", "countries", "--top", "4", width=200).splitlines()
    russia = next(x for x in lines if x.startswith("Russia "))
    change = float(smelter.change("output_t").sel(country="RUS", year=2035, statistic="median")) / 1000
    assert f"{change:+,.0f} (" in russia
    start = next(at for at, x in enumerate(lines) if x.startswith("───"))
    assert len([x for x in lines[start + 1 : start + 6] if x.strip()]) == 4
    only = shown(SMELTER, *FEW, "--show", "countries", "--country", "China, India")
    assert "China" in only
    assert "Canada" not in only.split("Countries most affected")[1]
    world = shown(SMELTER, *FEW, "--show", "world")
    assert f"{float(smelter.without['world_use_t'].sel(year=2030, statistic='median')) / 1e3:,.0f}" in world


def test_variants_stand_side_by_side() -> None:
    text = shown(EARTHS, *FEW, "--speeds", "2027,2029,2032", "--sizes", "1 kt,10kt", "--to", "2033", width=220)
    assert "From 2027" in text
    assert "10 kt" in text
    assert "New capacity of 1 to 10 kt a year: Russia. All of it 3 years after the first output." in text
    made, labels = variants(load(EARTHS), [2027, 2029, 2032], [1e3, 1e4])
    runs = run_paths(made, draws=DRAWS, horizon=2033, labels=labels)
    line = next(x for x in text.splitlines() if x.startswith("Russia: change of output, kt"))
    expected = [float(o.change("output_t").sel(country="RUS", year=2033, statistic="median")) / 1000 for o in runs]
    assert [float(x) for x in re.findall(r"\+([\d.]+)", line)] == [round(x, 1) for x in expected]
    for of in ("rank among producers", "World price", "China: change of output", "welfare, all years"):
        assert of in text
    assert "By" not in shown(EARTHS, "--draws", "0", "--to", "2030", "--sizes", "2 kt")


@pytest.mark.parametrize("name", [SMELTER, EARTHS])
@pytest.mark.parametrize("show", SHOWN)
def test_arabic_has_no_english_words_in_it(name: str, show: str) -> None:
    text = shown(name, "--draws", "8", "--lang", "ar", "--show", show, "--to", "2030", width=100_000)
    text = re.sub(r"maadin path .*|\(maadin [^)]*\)", "", text)
    found = set(re.findall(r"[A-Za-z]{2,}", text))
    assert found <= LATIN, found - LATIN
    assert "{" not in text


def test_arabic_reads_as_it_should() -> None:
    text = shown(SMELTER, "--draws", "8", "--lang", "ar", "--to", "2031", width=400)
    for wanted in (
        "اعتباراً من 2028، وكامل الطاقة بعد 3 سنوات من بدء الإنتاج.",
        "إنتاج روسيا عام 2031:",
        "الترتيب بين المنتجين:",
        "ينمو الطلب في البداية 2.2% سنوياً",
    ):
        assert wanted in text, wanted


def test_english_has_no_arabic_in_it() -> None:
    assert not re.search("[\u0600-\u06ff]", shown(SMELTER, "--draws", "4", "--to", "2030"))


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_tables_fit_the_page(show: str, lang: str) -> None:
    for line in shown(EARTHS, "--draws", "8", "--show", show, "--lang", lang, "--to", "2040", width=140).splitlines():
        assert cell_len(line) <= 140, line


def test_a_scenario_on_standard_input_with_dates_and_a_stock() -> None:
    text = shown("-", "--draws", "16", stdin=TARIFF.encode(), width=250)
    for wanted in (
        "From 12 March 2025, until 2027.",
        "United States, in 2027: price to users +",
        "United States:",
        "imports without",
        "Measure 3 is in force on no day from 2025 to 2029",
        "Stocks are given in tonnes, so demand grows at the middle rate in every draw.",
    ):
        assert wanted in text, wanted
    ar = shown("-", "--draws", "4", "--lang", "ar", stdin=TARIFF.encode(), width=400)
    assert "اعتباراً من 12 مارس 2025، حتى 2027." in ar


def test_json_holds_every_series(smelter: PathOutcome) -> None:
    found = document(SMELTER, *FEW)
    assert found["schema_version"] == 1
    assert found["years"] == list(smelter.years)
    assert (found["draws"], found["seed"], found["supply_follows"], found["discount_rate"]) == (DRAWS, 0, 1.0, 0.05)
    assert found["growth"]["mid"] == smelter.growth.mid
    assert found["growth"]["release"] == "WMD 2018-2024"
    assert found["units"] == {name: v.unit for name, v in VARIABLES.items()}
    one = found["runs"][0]
    russia = one["countries"]["RUS"]
    for path in PATHS:
        expected = smelter.results["output_t"].sel(path=path, country="RUS")
        for statistic in ("median", "low", "high"):
            assert russia["output_t"][path][statistic] == expected.sel(statistic=statistic).values.tolist()
    assert russia["reserves_left_t"]["with"]["median"] == [None] * len(smelter.years)
    total = smelter.results["world_welfare_discounted_usd"].sel(path="difference", statistic="median")
    assert one["world"]["world_welfare_discounted_usd"]["difference"]["median"] == float(total)
    assert set(one["countries"]) == set(smelter.market.countries)
    assert {n["id"] for n in one["notes"]} >= {"path_reserves_stage"}
    few = document(EARTHS, "--draws", "0", "--country", "RUS,CHN", "--speeds", "2027,2029", "--to", "2030")
    assert [r["label"] for r in few["runs"]] == [{"start": 2027.0}, {"start": 2029.0}]
    assert set(few["runs"][0]["countries"]) == {"RUS", "CHN"}
    assert few["reserves"]["tonnes"] == {"RUS": 3.8e6, "CHN": 4.4e7}
    assert few["runs"][0]["countries"]["RUS"]["output_t"]["with"].keys() == {"median"}


def test_csv_is_tidy_and_complete(smelter: PathOutcome) -> None:
    found = rows(SMELTER, *FEW, "--country", "RUS")
    assert list(found[0]) == list(path_effects.TIDY_COLUMNS)
    by = {(r["variable"], r["path"], r["country"], r["year"]): r for r in found}
    assert len(by) == len(found)
    yearly = sum(not v.is_total for v in VARIABLES.values()) * len(PATHS) * len(smelter.years)
    assert len(found) == yearly + sum(v.is_total for v in VARIABLES.values()) * len(PATHS)
    for path in PATHS:
        expected = smelter.results["output_t"].sel(path=path, country="RUS", year=2033)
        row = by["output_t", path, "RUS", "2033"]
        assert [float(row[s]) for s in ("median", "low", "high")] == expected.values.tolist()
    assert by["world_price_usd_per_t", "with", "WLD", "2030"]["unit"] == "USD/t"
    assert by["welfare_discounted_usd", "difference", "RUS", ""]["median"]
    assert by["reserves_left_t", "with", "RUS", "2030"]["median"] == ""
    world = rows(SMELTER, "--draws", "0", "--show", "world", "--to", "2026")
    assert {r["country"] for r in world} == {"WLD"}
    assert {r["low"] for r in world} == {""}
    years = rows(SMELTER, "--draws", "0", "--show", "years", "--to", "2026")
    assert {r["country"] for r in years} == {"WLD", "RUS", "USA"}
    speeds = rows(EARTHS, "--draws", "0", "--show", "years", "--to", "2030", "--speeds", "2027,2029", "--sizes", "5 kt")
    assert {(r["start"], r["size_t"]) for r in speeds} == {("2027", "5000.0"), ("2029", "5000.0")}


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    file = tmp_path / "path.parquet"
    shown(SMELTER, "--draws", "0", "--to", "2026", "--show", "years", "--format", "parquet", "--output", str(file))
    held = duckdb.sql(f"select * from read_parquet('{file}')").fetchall()
    expected = rows(SMELTER, "--draws", "0", "--to", "2026", "--show", "years")
    assert [tuple("" if v is None else str(v) for v in row) for row in held] == [tuple(r.values()) for r in expected]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_same_seed_prints_the_same(form: str) -> None:
    one = shown(SMELTER, "--draws", "8", "--seed", "4", "--to", "2029", "--format", form)
    assert one == shown(SMELTER, "--draws", "8", "--seed", "4", "--to", "2029", "--format", form)
    assert one != shown(SMELTER, "--draws", "8", "--seed", "5", "--to", "2029", "--format", form)


def test_the_command_that_is_printed_gives_the_same_again() -> None:
    options = (
        "--draws",
        "8",
        "--to",
        "2029",
        "--growth",
        "1% to 3%",
        "--supply-follows",
        "0.5",
        "--discount",
        "3%",
        "--no-expansion",
        "--no-reserves",
    )
    text = shown(SMELTER, *options, width=400)
    command = next(x for x in text.splitlines() if "To get the same again" in x)
    import shlex

    again = shlex.split(command.split("maadin path ", 1)[1].rsplit(" (maadin", 1)[0])
    assert shown(*again, width=400) == text
    for wanted in (
        "1% to 3% a year, as the user sets it",
        "at 50% of the rate of demand",
        "discounted at 3% a year",
        "Output never exceeds",
        "Reserves limit nothing",
    ):
        assert wanted in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "2024"), "not after the year of the benchmark"),
        (("--to", "2050"), "too far"),
        (("--growth", "a lot"), "growth: expected low, mid, high"),
        (("--growth", "200%"), "out of range"),
        (("--supply-follows", "2"), "between 0 and 1"),
        (("--discount", "lots"), "--discount"),
        (("--draws", "-3"), "out of range"),
        (("--speeds", "soon"), "--speeds"),
        (("--sizes", "big"), "--sizes"),
        (("--country", "Chnia"), "Nearest"),
        (("--speeds", "2026-2033", "--sizes", "1 kt,2 kt"), "variants"),
        (("--show", "assumptions", "--format", "csv", "--draws", "0"), "sentences"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(options: tuple[str, ...], said: str) -> None:
    done = asked(SMELTER, *options)
    assert isinstance(done.exception, InputError)
    assert said in str(done.exception)
    assert done.exception.exit_code == 2


def test_what_builds_nothing_has_no_speeds() -> None:
    done = asked("us-aluminium-tariff-25", "--speeds", "2027")
    assert "no capacity" in str(done.exception)
    assert "no ready-made scenario" in str(asked("krasnoyarks").exception)


def test_an_interrupted_run_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "path.csv"
    file.write_text("as it was")

    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(paths.Path, "pass_year", interrupted)
    monkeypatch.setattr("sys.argv", ["maadin", "path", SMELTER, "--draws", "4", "--format", "csv", "--output", str(file)])
    with pytest.raises(SystemExit) as stopped:
        root.main()
    assert stopped.value.code == 130
    assert [f.name for f in tmp_path.iterdir()] == ["path.csv"]
    assert file.read_text() == "as it was"


def test_every_note_of_a_path_has_a_text() -> None:
    said = set()
    for module in Path(paths.__file__).parent.glob("*.py"):
        said |= set(re.findall(r'Note\(f?"(path_[a-z_]+)"', module.read_text("utf-8")))
    reasons = {"not_listed", "at_least", "partly", "withheld", "elsewhere", "missing"}
    said |= {f"path_reserves_{reason}" for reason in reasons} | {"path_exhausted_with", "path_exhausted_without"}
    known = {key for key in words.texts()["notes"] if key.startswith("path_")}
    assert said - {"path_reserves_", "path_exhausted_"} == known


def test_nothing_done_says_so() -> None:
    text = shown("-", "--draws", "0", stdin=b"name: Nothing\ncommodity: aluminium\nyear: 2024\nmeasures: []\n")
    assert "• Nothing changes." in text
    assert "The scenario has no measure that acts in the market" in text
    assert np.isfinite(len(text))
