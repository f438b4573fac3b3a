"""Words of simulations: every measure, note, size and status has its sentence in both languages; numbers keep their sign and their interval."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import maadin
from maadin.facts.ask import listing
from maadin.facts.records import Status
from maadin.facts.store import default_store
from maadin.facts.table import Note
from maadin.market.elasticities import USER, described, elasticities
from maadin.market.elasticity_sources import PARAMETERS, PRIOR
from maadin.policy.library import load
from maadin.policy.measures import MEASURES, read_measure
from maadin.policy.measures.base import Measure
from maadin.policy.order import all_countries
from maadin.policy.outcome import Outcome
from maadin.policy.run import simulate
from maadin.policy.scenario import Scenario
from maadin.policy.valued import list_territory, value_fund
from maadin.report import effects, scenario_words, words
from maadin.report.effects import Figure
from maadin.report.intervals import Amounts, bare, decimals_for, dollars, interval, percent_decimals, signed, tonnes
from maadin.report.layout import assumptions
from maadin.report.layout.limits import all_limits, verdict
from maadin.report.layout.simulation import View, lay_out
from maadin.report.layout.valued import blocks
from maadin.report.words import LANGUAGES, Language

PACKAGE = Path(maadin.__file__).parent
SAYING = ("policy/translate.py", "policy/valued.py", "policy/minerals.py", "policy/run.py", "market/elasticities.py")

SAMPLES: tuple[dict[str, Any], ...] = (
    {"tariff": {"importer": "USA", "exporter": "all", "except": ["RUS", "كندا"], "rate": "25%", "mode": "set"}},
    {"tariff": {"importer": "EU27", "exporter": "Russia", "except": "Hungary", "rate": "300 USD/t", "mode": "add"}},
    {"export_tax": {"exporter": "China", "rate": "10% to 20%", "mode": "set"}},
    {"export_tax": {"exporter": "China", "rate": "15%", "mode": "add"}},
    {"embargo": {"importer": "G7", "exporter": "RUS"}},
    {"export_ban": {"exporter": "Indonesia"}},
    {"import_quota": {"importer": "USA", "tonnes": "200 kt"}},
    {"export_quota": {"exporter": "Congo (Kinshasa)", "share_of_benchmark": "50% to 60%", "rent_to_importer": "25%"}},
    {"tariff_rate_quota": {"importer": "USA", "exporter": "EU27", "tonnes": "384 kt", "over_quota_rate": "10%"}},
    {"subsidy": {"country": "Norway", "rate": "10%"}},
    {"subsidy": {"country": "Norway", "rate": "100 USD/t"}},
    {"price_floor": {"country": "USA", "price": "110 USD/kg", "mechanism": "cfd"}},
    {"price_floor": {"country": "USA", "price": "110 USD/kg", "mechanism": "purchase", "payer": "Japan"}},
    {"price_floor": {"country": "USA", "price": "110 USD/kg", "mechanism": "minimum_import_price"}},
    {"stockpile": {"country": "Japan", "action": "build", "tonnes": "1.5 kt", "trigger_price": "2000 USD/t"}},
    {"stockpile": {"country": "Japan", "action": "release", "tonnes": "1.5 kt", "trigger_price": "2000 USD/t"}},
    {"capacity": {"country": "RUS", "tonnes": "100 kt to 500 kt", "partner": "USA", "chance_of_failure": "30%"}},
    {"supply_shock": {"country": "Chile", "loss": "10% to 20%"}},
    {"supply_shock": {"country": "Chile", "loss": "50 kt"}},
    {"demand_shift": {"country": "India", "change": "-5% to 10%"}},
    {"reopen": {"exporter": "RUS", "importer": "USA", "open_year": 2017}},
    {"supply_offer": {"exporter": "RUS", "importer": "USA", "tonnes": "2 Mt"}},
    {"resource_fund": {"country": "Ukraine", "value": "$500bn", "partner": "USA"}},
    {"territory": {"country": "Ukraine", "share": "10%", "partner": "USA"}},
)


def _said() -> Iterator[str]:
    """Ids of the notes that a module may write."""
    for name in SAYING:
        for node in ast.walk(ast.parse((PACKAGE / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
                if called in ("Note", "note"):
                    yield from (n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_every_note_has_a_sentence() -> None:
    titled = {"fund", "minerals_listed", "output_at_world_prices", "in_ground_gross_value"}
    said = set(_said()) - {"production"}
    assert {"range_at_middle", "reopened", "in_ground_is_not_worth", "elasticities_pooled"} <= said
    assert said - titled <= words.texts()["notes"].keys()
    assert titled <= words.texts()["titles"].keys() | words.texts()["captions"].keys()


def test_what_is_taken_at_its_middle_has_a_name() -> None:
    tree = ast.parse((PACKAGE / "policy/translate.py").read_text("utf-8"))
    fields = {
        node.args[1].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "middle"
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
    }
    assert {"rate", "price"} <= fields <= words.texts()["size_names"].keys()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: next(iter(s)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_is_a_sentence(sample: dict[str, Any], language: Language) -> None:
    said = scenario_words.sentence(read_measure(sample), language, all_countries())
    assert said.endswith(".")
    assert not re.search(r"[{}_]", said)
    assert bool(re.search("[\u0600-\u06ff]", said)) == (language == "ar")
    assert language == "en" or not re.search("[A-Za-z]", said)


def test_measures_have_samples_and_nouns() -> None:
    assert {next(iter(s)) for s in SAMPLES} == MEASURES.keys() == words.texts()["nouns"].keys()


@pytest.mark.parametrize(
    ("at", "en"),
    [
        (0, "Import duty of 25%: United States, on goods from all countries except Russia, Canada; it replaces the duty there."),
        (1, "Import duty of 300 USD/t: European Union except Hungary, on goods from Russia; it comes on top of the duty there."),
        (2, "Export tax of 10% to 20%: China, on goods to all countries; it replaces the tax there."),
        (7, "Export quota of 50% to 60% of what the routes carried: DR Congo, on goods to all countries; 25% of the rent goes to the importing side."),
        (16, "New capacity of 100 to 500 kt a year: Russia, with United States; the chance that it is never built is 30%."),
        (19, "Shift of demand at given prices: India -5% to +10%."),
    ],
)  # fmt: skip
def test_measures_in_words(at: int, en: str) -> None:
    assert scenario_words.sentence(read_measure(SAMPLES[at]), "en", all_countries()) == en.replace(
        "DR Congo", scenario_words.place("COD", "en")
    )


def test_several_measures_are_numbered() -> None:
    listed: list[Measure] = [read_measure(s) for s in SAMPLES[:2]]
    assert [s[:3] for s in scenario_words.measures(listed, "en")] == ["1. ", "2. "]
    assert scenario_words.measures(listed[:1], "en")[0].startswith("Import")


def test_labels_of_a_market_of_ones_own_keep_their_name() -> None:
    measure = read_measure({"tariff": {"importer": "Northland", "exporter": "Southland", "rate": "5%", "mode": "set"}})
    assert "Northland, on goods from Southland" in scenario_words.sentence(measure, "en", ("Northland", "Southland"))


def test_sources_of_elasticities_have_names() -> None:
    families = {r["family"] for r in listing.elasticities().records()} | {PRIOR, USER, "pooled"}
    checks = {r["check"] for r in listing.elasticities().records()} | {"assumption", "user", "observed"}
    assert families <= words.texts()["families"].keys()
    assert checks <= words.texts()["checks"].keys()
    assert set(PARAMETERS) == words.texts()["parameters"].keys()
    assert assumptions.family_name("observed us232_al_2023_rus", "en") == "calibrated to an event (us232_al_2023_rus)"


@pytest.mark.parametrize("commodity", ["aluminium", "rare earths", "nickel"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_elasticities_by_source(commodity: str, language: Language) -> None:
    pooled = elasticities(commodity)
    shown = assumptions.all_elasticities(pooled, language)
    assert len(shown) == len(pooled.parameters)
    listed = described(pooled).records()
    assert [len(b.columns[0].cells) for b in shown] == [sum(r["parameter"] == p.name for r in listed) for p in pooled.parameters]
    assert shown[-1].remarks
    assert not any("{" in line for b in shown for line in b.remarks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_and_rows_of_valuations_have_words(language: Language) -> None:
    fund = value_fund(read_measure({"resource_fund": {"country": "Ukraine", "commodities": ["all", "rare earths"], "value": "$500bn"}}))  # type: ignore[arg-type]
    none = value_fund(read_measure({"resource_fund": {"country": "Ukraine", "commodities": "rare earths", "value": "$500bn"}}))  # type: ignore[arg-type]
    rich = value_fund(read_measure({"resource_fund": {"country": ["Australia", "China"], "value": "$1bn"}}))  # type: ignore[arg-type]
    part = list_territory(read_measure({"territory": {"country": ["Ukraine", "Poland"], "share": "10% to 20%"}}))  # type: ignore[arg-type]
    assert {r["quantity"] for r in fund.answers.records()} == words.texts()["fund_asks"].keys()
    statuses = {r["status"] for v in (fund, none, rich) for r in v.answers.records()}
    assert statuses == {"met", "partly", "never", "more_than_all", "growth_needed", "no_revenue"} <= words.texts()["answers"].keys()
    made = blocks([fund, none, rich, part], language)
    cells = [cell for b in made for c in b.columns for cell in (*c.cells, c.head)] + [
        line for b in made for line in (*b.remarks, b.caption)
    ]
    assert not any(re.search(r"[{}_]", cell) for cell in cells)
    assert all(len({len(c.cells) for c in b.columns}) <= 1 for b in made)


def test_statuses_and_forms_of_minerals_have_words() -> None:
    rows = default_store().rows("select distinct form, status from production union select distinct form, status from reserves", {})
    forms = {part for form, _ in rows for part in (form or "").split(" + ") if part}
    mine = default_store().rows("select form from production where stage = 'mine' union select form from reserves where stage = 'mine'", {})
    assert {part for (form,) in mine for part in (form or "").split(" + ") if part} <= forms & words.texts()["forms"].keys()
    without_figure = {s for _, s in rows} - {Status.VALUE, Status.ZERO, Status.AT_LEAST, Status.AT_MOST, Status.BELOW_HALF_UNIT}
    assert without_figure | {"not_listed"} <= words.texts()["statuses"].keys()


@pytest.mark.parametrize(
    ("value", "decimals", "en", "ar"),
    [(18.84, 1, "+18.8", "\u200e+18.8"), (-0.04, 1, "0.0", "0.0"), (0.05, 1, "+0.1", "\u200e+0.1"), (-1213.7, 0, "-1,214", "\u200e-1,214")],
)
def test_changes_carry_their_sign(value: float, decimals: int, en: str, ar: str) -> None:
    assert (signed(value, decimals, "en"), signed(value, decimals, "ar")) == (en, ar)
    assert bare(abs(value), decimals, "en") == en.replace("+", "").replace("-", "")


def test_intervals() -> None:
    nan = float("nan")
    assert interval(14.62, 19.79, 1, "en") == "[14.6, 19.8]"
    assert interval(-1.0, 2.0, 0, "ar") == "[\u200e-1\u200f، 2\u200f]"
    assert interval(nan, nan, 1, "en") == ""
    assert [decimals_for([v]) for v in (1234, 99.6, 12, 1.2, 0.2)] == [0, 0, 1, 2, 3]
    assert (percent_decimals([0.2, 0.001]), percent_decimals([0.002]), percent_decimals([nan])) == (1, 2, 1)


def test_amounts_of_a_table_share_a_unit() -> None:
    kt, millions = tonnes([254_000.0, -300.0], "en"), dollars([1.2e9, -3e5], "en")
    assert (kt.unit, kt.signed(254_000.0), kt.signed(-300.0), kt.signed(10.0), kt.plain(100.0)) == ("kt", "+254", "-0.3", "0", "<1")
    assert (millions.unit, millions.signed(1.2e9), millions.interval(-3e6, 4e6)) == ("million USD", "+1,200", "[-3, 4]")
    assert dollars([5e11], "en", 1e10).unit == "billion USD"
    assert isinstance(kt, Amounts)


def test_relative_changes_need_a_level_before() -> None:
    assert Figure(100.0, 110.0, 90.0, 120.0).relative == pytest.approx((0.1, -0.1, 0.2))
    assert all(r != r for r in Figure(0.0, 5.0).relative)
    assert all(r != r for r in Figure(-0.5, -0.4).relative)


@pytest.fixture(scope="module")
def offered() -> Outcome:
    return simulate(load("russia-aluminium-offer-2mt"), draws=32, keep=True)


def test_verdicts_on_offers(offered: Outcome) -> None:
    (limit,) = all_limits(offered)
    unkept = replace(offered, books=None)
    floor, offer = -0.5, 2e6
    cases = {
        "in 5% of the draws or more": (Figure(0, offer, 1e6, offer), Figure(0, -0.3, floor, -0.1)),
        "in half of the draws or more": (Figure(0, 1.5e6, 1e6, offer), Figure(0, floor, floor, -0.1)),
        "in more than nine draws of ten": (Figure(0, offer, offer, offer), Figure(0, -0.3, -0.4, -0.1)),
        "without any discount": (Figure(offer, offer, offer, offer), Figure(0, 0.0, 0.0, 0.0)),
    }
    for wanted, (carried, wedge) in cases.items():
        assert wanted in verdict(unkept, replace(limit, carried=carried, wedge=wedge), "en")
    once = replace(offered, draws=0, books=None)
    assert "no discount of up to 50%" in verdict(once, replace(limit, carried=Figure(0, 1e6), wedge=Figure(0, floor)), "en")


@pytest.mark.parametrize("width", [None, 80, 200])
def test_intervals_stand_beside_or_beneath(offered: Outcome, width: int | None) -> None:
    table = lay_out(offered, View(width=width), "countries").blocks[0]
    assert any("\n" in cell for cell in table.columns[1].cells) == (width == 80)
    assert table.columns[0].cells[:2] == ["United States", "Russia"]


def test_countries_that_act_come_first(offered: Outcome) -> None:
    assert effects.acting(offered) == ["USA", "RUS"]
    assert effects.shown_countries(offered, 3)[:2] == ["USA", "RUS"]
    assert effects.shown_countries(offered, 5, ["CHN", "USA"]) == ["USA", "CHN"]


def test_a_reopened_route_without_trade_has_no_finite_wedge() -> None:
    said = Note("reopened", {"exporter": "RUS", "importer": "USA", "year": 2017, "share_then": 0.2, "share_now": 0.0})
    assert "no finite wedge" in scenario_words.note(said, "en", {("RUS", "USA"): float("inf")})
    assert "97%" in scenario_words.note(said, "en", {("RUS", "USA"): 0.973})


def test_a_market_of_imports_only_says_nothing_of_output() -> None:
    duty = Scenario(
        "x", commodity="nickel", year=2010, measures=[read_measure({"tariff": {"importer": "China", "rate": "15%", "mode": "add"}})]
    )
    sheet = lay_out(simulate(duty, draws=8))
    said = " ".join([c.head for b in sheet.blocks for c in b.columns] + [line for b in sheet.blocks for line in b.remarks])
    assert "No source counts output" in said
    assert not re.search("Own.output|World: output|output grows", said)
    assert "import demand" in said and "Boer" not in said
    assert "official publications" not in sheet.sources


def test_the_reference_page_is_made_from_the_code() -> None:
    file = Path(__file__).parents[2] / "docs" / "reference" / "make_simulation.py"
    spec = importlib.util.spec_from_file_location("make_simulation", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert file.with_name("simulation.md").read_text("utf-8") == module.page()
