"""`maadin simulate`: what is printed are the figures of the outcome, in every format and both languages, for every ready-made scenario."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from rich.cells import cell_len
from rich.console import Console
from typer.testing import CliRunner, Result

from maadin.cli import simulate as command
from maadin.cli.app import app
from maadin.errors import InputError, LabelError, MaadinError
from maadin.market.equilibrium import SolveError
from maadin.policy.library import library, load
from maadin.policy.outcome import VARIABLES, Outcome
from maadin.policy.run import simulate
from maadin.policy.schema import scenario_schema
from maadin.report import effects, terminal

DRAWS = 64
FEW = ("--draws", str(DRAWS))
TARIFF, OFFER = "us-aluminium-tariff-25", "russia-aluminium-offer-2mt"
VALUED = ("ukraine-resource-fund", "ukraine-territory")
# Latin words that stand in Arabic sentences: publishers, releases, works, chemical formulas, the command
LATIN = {
    "USGS", "MCS", "CEPII", "BACI", "World", "Mining", "Data", "WMD", "Pink", "Sheet", "HS", "GTAP", "ProTEE", "Broda", "Weinstein", "Stuermer",
    "Boer", "Bogmans", "Fally", "Sayre", "et", "al", "maadin", "path", "dev", "Fe", "Mn", "TiO", "Br", "REO", "Si", "NAME",
}  # fmt: skip
SHOWN = ("summary", "countries", "routes", "welfare", "limits", "elasticities", "assumptions")


def asked(*arguments: str, width: int = 140, stdin: bytes | None = None) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terminal, "console", lambda **_: Console(width=width, highlight=False))
        return CliRunner().invoke(app, ["simulate", *arguments], input=stdin)


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
    def silent() -> Iterator[Any]:
        yield lambda step: None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "reporter", silent)
        yield


@pytest.fixture(scope="module")
def tariff() -> Outcome:
    return simulate(load(TARIFF), draws=DRAWS)


@pytest.fixture(scope="module")
def offer() -> Outcome:
    return simulate(load(OFFER), draws=DRAWS, keep=True)


def test_the_summary_says_what_is_done_to_whom_and_on_what_it_rests(tariff: Outcome) -> None:
    text = shown(TARIFF, *FEW, width=250)
    for wanted in (
        "US 25% tariff on aluminium imports",
        "Import duty of 25%: United States, on goods from all countries except Russia; it replaces",
        "Proclamation 10895",
        "Aluminium (primary metal from smelters), 2024, in tonnes of gross weight. Medium run",
        "medians of 64 draws",
        "No other country answers with measures of its own.",
        "*assumption*",
        "Section 232 tariff on aluminium",
        "exempt: Canada, Mexico, Australia",
        "count as zero: an assumption",
        f"B. {tariff.market.reason}",
        "Codes not at hand: 760120",
        f"Moved: {100 * tariff.market.share_adjusted:.1f}%",
        "without the spread between sources",
        "5% to 15% above the benchmark's",
        "maadin simulate us-aluminium-tariff-25 --draws 64 --seed 0 --sampler sobol",
        f"{tariff.residual:.0e} of world output",
    ):
        assert wanted in text, wanted


def test_figures_of_countries_are_those_of_the_outcome(tariff: Outcome) -> None:
    lines = shown(TARIFF, *FEW).splitlines()
    us = [line for line in lines if line.startswith("United States ")]
    at = tariff.market.countries.index("USA")

    def of(name: str) -> tuple[float, Any]:
        return float(tariff.benchmark[name].values[at]), tariff.counterfactual[name].values[at]

    expected = []
    before, after = of("price_use_usd_per_t")
    expected.append(f"{100 * (after[0] / before - 1):+.1f}% [{100 * (after[1] / before - 1):.1f}, {100 * (after[2] / before - 1):.1f}]")
    for name in ("output_t", "use_t", "imports_t"):
        before, after = of(name)
        relative = 100 * (after / before - 1)
        expected.append(f"{(after[0] - before) / 1000:+,.0f} ({relative[0]:+.1f}%) [{relative[1]:.1f}, {relative[2]:.1f}]")
    assert re.split(r"\s{2,}", us[0].strip()) == ["United States", *expected]
    money = []
    for name in ("welfare_change_usd", "consumer_surplus_change_usd", "producer_surplus_change_usd", "tariff_revenue_usd"):
        before, after = of(name)
        change = (after - before) / 1e6
        money.append(f"{change[0]:+,.0f} [{change[1]:,.0f}, {change[2]:,.0f}]")
    assert re.split(r"\s{2,}", us[1].strip())[:5] == ["United States", *money]


def test_the_world_and_its_welfare(tariff: Outcome) -> None:
    line = next(x for x in shown(TARIFF, *FEW, width=250).splitlines() if x.startswith("World: "))
    welfare = tariff.counterfactual["world_welfare_change_usd"].values / 1e6
    assert f"welfare {welfare[0]:+,.0f} [{welfare[1]:,.0f}, {welfare[2]:,.0f}] million USD" in line
    price = 100 * tariff.relative_change("world_price_usd_per_t").values
    assert f"fob price {price[0]:+.2f}% [{price[1]:.2f}, {price[2]:.2f}]" in line


def test_routes_that_lose_and_gain_before_and_after(tariff: Outcome) -> None:
    lines = shown(TARIFF, *FEW).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Routes that change most"))
    table = [re.split(r"\s{2,}", line.strip()) for line in lines[start + 3 : start + 11]]
    change = tariff.change("trade_t").values[..., 0]
    assert [float(r[-1].replace(",", "")) < 0 for r in table] == [True] * 4 + [False] * 4
    canada = next(r for r in table if r[:2] == ["Canada", "United States"])
    i, j = (tariff.market.countries.index(c) for c in ("CAN", "USA"))
    assert change.min() == change[i, j]
    before, after = tariff.benchmark["trade_t"].values[i, j], tariff.counterfactual["trade_t"].values[i, j]
    assert canada[2:] == [
        f"{before / 1000:,.0f}", f"{after[0] / 1000:,.0f}", f"[{after[1] / 1000:,.0f}, {after[2] / 1000:,.0f}]", f"{change[i, j] / 1000:+,.0f}",
    ]  # fmt: skip
    assert any(r[1] == "used at home" for r in table)


def test_an_offer_that_is_not_placed_in_full_is_said_to_be(offer: Outcome) -> None:
    text = shown(OFFER, *FEW, width=250)
    assert offer.books is not None
    missed = float(np.mean(offer.books.limit_wedge[0] <= np.log(0.5) + 1e-6))
    assert 0 < missed < 0.5
    low = offer.counterfactual["limit_t"].values[0, 1]
    assert (
        f"in {100 - 100 * missed:.0f}% of the draws a discount of 50% or less places the whole 2 Mt. In the other {100 * missed:.0f}%"
        in text
    )
    assert f"{float(f'{low:.3g}') / 1e6:g} Mt goes" in text
    discount = -100 * offer.counterfactual["limit_wedge"].values[0]
    assert f"{discount[0]:.1f}% [{discount[2]:.1f}, {discount[1]:.1f}]" in text
    wedge = offer.latent["RUS", "USA"]
    assert f"ad valorem wedge of {100 * wedge:.0f}% would explain that" in text
    assert "Section 232 tariff on Russian aluminium" in text


def test_without_draws_there_are_no_intervals() -> None:
    text = shown(OFFER, "--draws", "0", width=250)
    assert "One solution" in text
    assert "90% interval" not in text
    table = text[: text.index("Elasticities:")]
    assert "[" not in table
    assert "the whole 2 Mt is placed at a discount of" in table
    plain = document(TARIFF, "--draws", "0", "--country", "USA")
    level = plain["variables"]["output_t"]["USA"]
    assert level["after"]["median"] > level["before"]
    assert level["after"]["low"] is None


def test_the_document_holds_the_outcome(offer: Outcome) -> None:
    plain = document(OFFER, *FEW)
    assert list(plain) == [
        "schema_version", "scenario", "market", "status", "draws", "failed", "seed", "sampler", "residual", "iterations", "command", "variables",
        "world", "routes", "limits", "origin_traced", "latent", "elasticities", "measures_in_benchmark", "notes", "sources", "units",
    ]  # fmt: skip
    assert plain["scenario"] == json.loads(json.dumps(load(OFFER).to_data()))
    assert plain["market"]["commodity"] == "aluminium"
    assert plain["market"]["grade"] == "B"
    assert plain["market"]["codes"] == ["760110"]
    assert (plain["status"], plain["draws"], plain["failed"], plain["seed"]) == ("solved", DRAWS, 0, 0)
    assert set(plain["variables"]) == {n for n, v in VARIABLES.items() if v.of == "country"}
    assert set(plain["world"]) == {n for n, v in VARIABLES.items() if v.of == "world"}
    assert {n: v.unit for n, v in VARIABLES.items()}.items() <= plain["units"].items()
    for name in ("use_t", "welfare_change_usd", "net_import_reliance"):
        for code in ("USA", "RUS"):
            at = offer.market.countries.index(code)
            before, after = float(offer.benchmark[name].values[at]), offer.counterfactual[name].values[at].tolist()
            level = plain["variables"][name][code]
            assert level["before"] == before
            assert level["after"] == dict(zip(("median", "low", "high", "low_within", "high_within"), after, strict=True))
            assert level["change"]["high"] == after[2] - before
            assert level["relative_change"]["low"] == (pytest.approx(after[1] / before - 1) if before > 0 else None)
    route = next(r for r in plain["routes"] if (r["exporter"], r["importer"]) == ("RUS", "USA"))
    assert route["trade_t"]["after"]["median"] == offer.counterfactual["trade_t"].sel(exporter="RUS", importer="USA").values[0]
    assert plain["limits"][0]["limit_t"]["after"]["low"] == offer.counterfactual["limit_t"].values[0, 1]
    assert plain["latent"] == [{"exporter": "RUS", "importer": "USA", "wedge": offer.latent["RUS", "USA"]}]
    assert {"id": "reopened", "exporter": "RUS", "importer": "USA"}.items() <= plain["notes"][0].items()
    assert plain["elasticities"][0]["parameter"] == "armington"
    assert "us232_al_2023_rus" in {m["id"] for m in plain["measures_in_benchmark"]}


def test_tidy_rows_one_a_variable_and_country_or_route(tmp_path: Path, tariff: Outcome) -> None:
    found = rows(TARIFF, *FEW)
    assert tuple(found[0]) == effects.TIDY_COLUMNS
    assert {r["variable"] for r in found} == {n for n, v in VARIABLES.items() if v.of in ("country", "world")}
    row = next(r for r in found if (r["variable"], r["country"]) == ("imports_t", "USA"))
    at = tariff.market.countries.index("USA")
    after = tariff.counterfactual["imports_t"].values[at]
    assert (float(row["before"]), float(row["median"]), float(row["high_within"])) == (
        tariff.benchmark["imports_t"].values[at], after[0], after[4],
    )  # fmt: skip
    assert float(row["change"]) == after[0] - tariff.benchmark["imports_t"].values[at]
    assert row["unit"] == "t"
    routes = rows(TARIFF, *FEW, "--show", "routes", "--top", "3")
    assert {r["variable"] for r in routes} == {n for n, v in VARIABLES.items() if v.of == "route"}
    assert len({(r["exporter"], r["importer"]) for r in routes}) == 3
    money = rows(TARIFF, *FEW, "--show", "welfare", "--country", "Canada")
    assert {r["unit"] for r in money} == {"USD"}
    assert {r["country"] for r in money} == {"CAN", "WLD"}
    assert {r["parameter"] for r in rows(TARIFF, *FEW, "--show", "elasticities")} >= {"armington", "demand", "supply"}
    file = tmp_path / "answer.parquet"
    shown(TARIFF, *FEW, "--format", "parquet", "--output", str(file))
    stored = duckdb.sql(f"select median from '{file}' where variable = 'imports_t' and country = 'USA'").fetchall()
    assert stored == [(after[0],)]


def test_countries_and_top_choose_rows() -> None:
    text = shown(TARIFF, *FEW, "--country", "Norway,الإمارات", "--show", "countries")
    assert "Norway" in text and "United Arab Emirates" in text
    assert "Canada" not in text
    head = shown(TARIFF, *FEW, "--show", "countries", "--top", "2", width=200)
    start = head[head.index("Country") :].splitlines()[2:]
    assert [line[:13] for line in start[:2]] == ["United States", "China        "]  # the two that the measures name
    assert start[2].startswith("World")
    only = document(TARIFF, *FEW, "--country", "USA,CAN")
    assert all(set(found) == {"USA", "CAN"} for found in only["variables"].values())
    assert all({r["exporter"], r["importer"]} & {"USA", "CAN"} for r in only["routes"])


@pytest.mark.parametrize("name", library())
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [80, 100, 140])
def test_every_ready_made_scenario_prints_in_both_languages_at_any_width(name: str, lang: str, width: int) -> None:
    text = shown(name, "--draws", "16", "--lang", lang, width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    made = load(name)
    assert made.description is not None
    squeezed = re.sub(r"\s", "", text)
    for sentence in (made.description, *made.assumes):
        assert re.sub(r"\s", "", sentence.says(lang)) in squeezed


@pytest.mark.parametrize("name", library())
@pytest.mark.parametrize("part", SHOWN)
def test_arabic_has_no_english_words_in_it(name: str, part: str) -> None:
    if name in VALUED and part != "summary":
        return
    text = shown(name, "--draws", "16", "--show", part, "--lang", "ar", width=400)
    kept = [line for line in text.splitlines() if not line.startswith(("أُعلن في", "• للحصول على النتيجة"))]
    words = set(re.findall(r"[A-Za-z]{2,}", "\n".join(kept)))
    assert words <= LATIN
    assert set(re.findall(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])", "\n".join(kept))) <= {"A", "B", "C", "V", "N", "U", "O", "e", "p"}


def test_a_fund_says_what_would_make_the_sum_and_warns_of_value_in_the_ground() -> None:
    from maadin.policy.valued import FundValuation, value_fund

    measure = load("ukraine-resource-fund").measures[0]
    fund: FundValuation = value_fund(measure)  # type: ignore[arg-type]
    text = shown("ukraine-resource-fund", width=250)
    answers = {(r["scope"], r["quantity"]): r for r in fund.answers.records()}
    whole = answers["all", "years_needed_of_whole_revenue"]
    line = next(x for x in text.splitlines() if x.startswith("Years needed of the whole revenue"))
    assert re.split(r"\s{2,}", line.strip())[1:] == [f"{whole[e]:.1f}" for e in ("low", "middle", "high")] + ["possible"]
    assert "never" in next(x for x in text.splitlines() if x.startswith("Years needed, after costs, discounted"))
    assert "more than all of it" in text
    assert text.index("not what they are worth") < text.index("Warning: the gross value")
    assert "No source lists the country for: rare earths." in text
    plain = document("ukraine-resource-fund")
    assert list(plain) == ["schema_version", "scenario", "valued"]
    valued = plain["valued"][0]
    assert valued["answers"]["rows"] == json.loads(json.dumps(fund.answers.records()))
    assert valued["in_ground"]["notes"][0]["id"] == "in_ground_is_not_worth"
    assert [r["quantity"] for r in rows("ukraine-resource-fund")] == fund.answers.column("quantity")


def test_a_territory_lists_and_never_takes_not_listed_for_zero() -> None:
    text = shown("ukraine-territory")
    line = next(x for x in text.splitlines() if x.startswith("Rare earths") and "MCS" in x)
    assert line.split() == ["Rare", "earths", "not", "listed", "not", "listed", "MCS", "2025"]
    assert "not a zero" in text
    found = rows("ukraine-territory")
    assert {r["status"] for r in found if r["commodity"] == "rare-earths"} == {"not_listed"}
    with_share = b"name: x\nmeasures:\n  - territory: {country: Ukraine, commodities: [iron ore], share: 10% to 20%}\n"
    assert "260 to 520" not in text
    assert "230 Mt to 460 Mt" in shown("-", stdin=with_share)


MIXED = b"""
name: A tariff and a fund
commodity: graphite
year: 2023
measures:
  - import_quota: {importer: USA, exporter: China, share_of_benchmark: 50%}
  - resource_fund: {country: Ukraine, value: $500bn, partner: USA}
"""


def test_a_mixed_scenario_prints_both() -> None:
    text = shown("-", *FEW, stdin=MIXED)
    assert "Import quota of 50% of what the routes carried: United States, on goods from China; 100% of the rent" in text
    assert "Import quota, China to United States: it binds; users pay a rent of" in text
    assert "What would make 500 billion USD" in text
    done = asked("-", *FEW, "--format", "json", stdin=MIXED)
    plain = json.loads(done.stdout)
    assert {"variables", "limits", "valued"} <= plain.keys()
    assert plain["limits"][0]["limit"] == "0:import_quota"


def test_elasticities_horizon_and_year_can_be_set() -> None:
    plain = document(TARIFF, "--draws", "0", "--sigma", "3-6", "--eta", "0.3", "--horizon", "short", "--year", "2023", "--country", "USA")
    assert plain["market"]["year"] == 2023
    assert plain["scenario"]["elasticities"] == {"sigma": "3 to 6", "eta": 0.3}
    assert plain["scenario"]["elasticity_horizon"] == "short"
    pooled = {r["parameter"]: r for r in plain["elasticities"] if r["family"] == "pooled"}
    assert pooled["demand"]["mid"] == 0.3
    assert pooled["armington"]["mid"] == pytest.approx(18**0.5)
    assert (
        plain["command"]
        == "maadin simulate us-aluminium-tariff-25 --sigma 3-6 --eta 0.3 --horizon short --year 2023 --draws 0 --seed 0 --sampler sobol"
    )
    text = shown(TARIFF, "--draws", "0", "--sigma", "4")
    assert "set by the user" in text and "set aside" in text


def test_the_same_seed_gives_the_same_figures() -> None:
    first, again, other = (
        rows(TARIFF, "--draws", "32", "--seed", seed, "--sampler", "lhs", "--country", "USA") for seed in ("1", "1", "2")
    )
    assert first == again != other


def test_files_and_standard_input(tmp_path: Path) -> None:
    made = load(TARIFF)
    yaml, js = tmp_path / "duty.yaml", tmp_path / "duty.json"
    made.to_yaml(yaml)
    made.to_json(js)
    question = ("--draws", "0", "--show", "welfare", "--format", "csv")
    expected = shown(TARIFF, *question)
    assert shown(str(yaml), *question) == shown(str(js), *question) == expected
    assert shown("-", *question, stdin=made.to_yaml().encode()) == expected
    assert shown("-", *question, stdin=b"\xef\xbb\xbf" + made.to_json().encode()) == expected


def test_written_in_one_step(tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    assert shown(TARIFF, *FEW, "--output", str(file)) == ""
    assert file.read_text("utf-8").startswith("US 25% tariff")
    assert [p.name for p in tmp_path.iterdir()] == ["answer.txt"]


def test_the_list_and_the_schema() -> None:
    text = shown("--list", width=200)
    for name in library():
        assert name in text
    arabic = shown("--list", "--lang", "ar", width=300)
    assert all(load(n).assumes[0].ar[:20] in arabic for n in library())
    listed = json.loads(shown("--list", "--format", "json"))
    assert [r["name"] for r in listed["rows"]] == list(library())
    assert json.loads(shown("--schema")) == json.loads(json.dumps(scenario_schema()))


@pytest.mark.parametrize(
    ("arguments", "stdin", "error", "message"),
    [
        ((), None, InputError, "no scenario was given"),
        (("us-aluminium-tarif-25",), None, InputError, "Nearest ready-made scenarios: 'us-aluminium-tariff-25'"),
        (("/no/such/us-aluminium-tariff.yaml",), None, InputError, "'us-aluminium-tariff-25'"),
        (("/tmp",), None, InputError, "no scenario file '/tmp'"),
        (("-",), b"name: x", InputError, "no measures"),
        (("-",), b"x", InputError, "expected fields with names"),
        (("-",), b"\xff\xfe", InputError, "not UTF-8"),
        (("-",), b"nme: x", InputError, "name: is needed"),
        (("-",), MIXED.replace(b"graphite", b"grafite"), LabelError, "graphite"),
        (("-",), MIXED.replace(b"importer: USA", b"importer: Chnia"), LabelError, "China"),
        (("-",), MIXED.replace(b"graphite", b"natural gas"), InputError, "cannot be balanced"),
        ((TARIFF, "--sigma", "abc"), None, InputError, "--sigma: 'abc'"),
        ((TARIFF, "--sigma", "0.5"), None, InputError, "1.01 to 50"),
        ((TARIFF, "--year", "1994"), None, InputError, "1995-2024"),
        ((TARIFF, "--draws", "-1"), None, InputError, "out of range"),
        ((TARIFF, *FEW, "--country", "Atlantis"), None, LabelError, "Atlantis"),
        ((TARIFF, *FEW, "--country", "Tuvalu"), None, InputError, "neither makes nor trades"),
        (("ukraine-territory", "--country", "USA"), None, InputError, "acts in none"),
        ((TARIFF, *FEW, "--show", "assumptions", "--format", "csv"), None, InputError, "table or json"),
        ((TARIFF, *FEW, "--output", "/no/such/folder/x"), None, InputError, "cannot be written"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_message_and_exit_code_2(
    arguments: tuple[str, ...], stdin: bytes | None, error: type[MaadinError], message: str
) -> None:
    done = asked(*arguments, stdin=stdin)
    assert isinstance(done.exception, error), done.output
    assert done.exception.exit_code == 2
    assert message in str(done.exception)
    assert done.stdout == ""


def test_what_has_no_solution_is_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsolved(*_: Any, **__: Any) -> Outcome:
        raise SolveError("9 of 10 draws have no solution")

    monkeypatch.setattr("maadin.policy.run.simulate", unsolved)
    done = asked(TARIFF)
    assert isinstance(done.exception, SolveError)
    assert done.exception.exit_code == 1


def test_steps_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class _Reporter:
        def __enter__(self) -> Any:
            return said.append

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr("maadin.cli.progress.reporter", _Reporter)
    shown(TARIFF, "--draws", "8")
    assert said[0] == "aluminium 2024"
    assert any("8 draws" in step for step in said)
    assert command.DRAWS == 1000
