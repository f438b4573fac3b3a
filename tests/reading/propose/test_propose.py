"""Proposals in general: which market, what is said of the statement, what has none, and statements of any kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.errors import InputError
from maadin.policy.run import simulate
from maadin.policy.scenario import Scenario
from maadin.reading.propose import propose
from maadin.reading.statement import INSTRUMENTS, Statement

from .conftest import keys, measures, statement

HOSTILE = "<script>alert(1)</script>\u202e\x00{year:mass}{0.__class__}%s\u2028" + "x" * 400


def test_a_claim_has_no_scenario() -> None:
    claim = Statement(kind="claim", span=(0, 1), text="x", lang="en", metric="production", commodity=("copper",), country=("CHL",))
    with pytest.raises(InputError, match="a claim has no scenario"):
        propose(claim)


def test_one_scenario_a_commodity() -> None:
    made = propose(statement("a ban", instrument="ban", actor=("IDN",), commodity=("nickel", "tin", "gallium")))
    assert [(p.commodity, p.scenario is not None) for p in made] == [("nickel", True), ("tin", True), ("gallium", False)]


def test_minerals_in_general_are_the_topic(one, refused) -> None:
    made = one("a ban on minerals", topic=("graphite", "copper"), instrument="ban", actor=("CHN",), commodity=("minerals",))
    assert made.commodity == "graphite"
    assert "speaks of minerals in general; the market is that of graphite" in keys(made)
    assert refused("a ban on minerals", instrument="ban", actor=("CHN",), commodity=("minerals",)).because.id == "no_commodity_named"


def test_a_market_that_cannot_be_balanced_has_facts_instead(refused) -> None:
    made = refused("a ban", instrument="ban", actor=("CHN",), commodity=("gallium",))
    assert made.because.id == "not_balanced"
    assert [t.about.id for t in made.facts] == ["production", "measures"]


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"commodity": ("soap",), "value": 5, "unit": "percent"}, "no_market"),
        ({"actor": (), "value": 5, "unit": "percent"}, "not_enough_told"),
        ({"instrument": "sanction"}, "not_enough_told"),
        ({"instrument": "supply_offer", "actor": ("CAN",)}, "not_enough_told"),
        ({"target": ("BTN",), "value": 5, "unit": "percent"}, "no_trade_on_route"),
        ({"commodity": ("tungsten",), "actor": ("TUV",), "instrument": "capacity_project"}, "not_in_market"),
    ],
)
def test_what_cannot_be_simulated_says_why(refused, fields, because: str) -> None:
    assert refused("a measure", **fields).because.id == because


@pytest.mark.parametrize(
    ("text", "fields", "stage"),
    [
        ("a duty on copper", {}, "refined"),  # what the United States buys
        ("a duty on copper ores", {}, "mine"),
        ("a ban on copper", {"instrument": "ban", "actor": ("IDN",)}, "mine"),  # what Indonesia sells
        ("رسم على النحاس المكرر", {}, "refined"),
        ("a copper mine", {"instrument": "capacity_project", "actor": ("CHL",)}, "mine"),
        ("a copper smelter", {"instrument": "capacity_project", "actor": ("CHL",)}, "refined"),
    ],
)
def test_the_stage_is_named_or_the_one_most_traded(one, text: str, fields, stage: str) -> None:
    made = one(text, **{"commodity": ("copper",), "value": None, **fields})
    assert made.stage == stage
    assert "several markets of copper" in keys(made)


def test_coal_is_a_kind_of_coal(one) -> None:
    made = one(
        "a ban on coal", commodity=("coal",), instrument="ban", direction="import", actor=("EUU",), target=("RUS",), status="proposed"
    )
    assert made.commodity == "steam-coal"
    assert measures(made) == [{"embargo": {"importer": "EU27", "exporter": "RUS"}}]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("announced", "The text calls it announced; it is simulated as if it were in force"),
        ("threatened", "The text calls it threatened"),
        ("withdrawn", "It is not in force: the text calls it withdrawn"),
        ("rejected", "It is not in force: the text calls it rejected"),
        ("suspended", "It is not in force: the text calls it suspended"),
        ("in_force", ""),
    ],
)
def test_the_status_is_said(one, status: str, said: str) -> None:
    made = one("a duty", commodity=("graphite",), target=("CHN",), value=40, unit="percent", status=status)
    assert said in keys(made)
    assert ("not in force" in keys(made)) is (said[:5] == "It is")


def test_a_condition_is_quoted_and_a_denial_said(one) -> None:
    made = one(
        "a duty", commodity=("graphite",), target=("CHN",), value=40, unit="percent", condition="إذا تعثرت المحادثات", polarity=False
    )
    assert "“إذا تعثرت المحادثات”" in keys(made)
    assert "The text denies it" in keys(made)


def test_a_hostile_text_is_only_text(one) -> None:
    made = one(HOSTILE, target=("CHN",), value=70, unit="percent", attributed_to=HOSTILE, condition=HOSTILE, status="proposed")
    text = made.to_yaml()
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u2028\x00]", text)
    assert Scenario.from_yaml(text) == made
    assert made.name == "Duty on aluminium: United States, China, 70%"
    assert len(made.description.en) < 500


def test_every_sentence_is_in_both_languages(one) -> None:
    for s in one("a duty", target=("WLD",), value=25, unit="percent", status="announced").assumes:
        assert s.en.endswith(".")
        assert s.ar.endswith(".")
        assert re.findall(r"\d+%|\b(?:19|20)\d\d\b", s.en).sort() == re.findall(r"\d+%|\b(?:19|20)\d\d\b", s.ar).sort()


@st.composite
def anything(draw) -> Statement:
    codes = st.sampled_from(["USA", "CHN", "RUS", "EUU", "WLD", "IDN", "COD", "UKR", "ZWE"])
    unit = draw(st.sampled_from([None, "tonne", "percent", "USD", "USD/tonne", "USD/kg"]))
    low = draw(st.floats(0.5, 1e7, allow_nan=False))
    value = None if unit is None else draw(st.sampled_from([low, (low, 2 * low)]))
    return statement(
        draw(st.text(max_size=40)), instrument=draw(st.sampled_from(INSTRUMENTS)), direction=draw(st.sampled_from([None, "import", "export"])),
        commodity=tuple(draw(st.lists(st.sampled_from(["aluminium", "rare earths", "copper", "gallium", "minerals", "coal"]), min_size=1, max_size=2))),
        actor=tuple(draw(st.lists(codes, max_size=2, unique=True))), target=draw(st.none() | st.lists(codes, min_size=1, max_size=2, unique=True).map(tuple)),
        place=draw(st.none() | codes.map(lambda c: (c,))), value=value, unit=unit, status=draw(st.sampled_from([None, "in_force", "ended", "exempted", "eased"])),
        year_or_date=draw(st.sampled_from([None, "2023", "2025-Q2", "2030", "1990"])), condition=draw(st.sampled_from([None, "if duties go"])),
        polarity=draw(st.booleans()), comparator=draw(st.sampled_from(["eq", "gt", "lt"])),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(anything(), st.booleans())
def test_any_statement_has_a_scenario_that_can_be_read_back_or_a_reason(s: Statement, paths: bool) -> None:
    for made in propose(s, topic=("rare earths",), paths=paths):
        assert (made.scenario is None) == (made.because is not None)
        if made.scenario is not None:
            assert Scenario.from_yaml(made.scenario.to_yaml()) == made.scenario
            assert Scenario.from_data(made.scenario.to_data()) == made.scenario
            assert made.scenario.assumes


def test_proposals_run(one) -> None:
    made = one("a duty", commodity=("graphite",), target=("CHN",), value=50, unit="percent", status="announced")
    outcome = simulate(made, draws=0)
    assert float(outcome.change("trade_t").sel(exporter="CHN", importer="USA", statistic="median")) < 0
