"""Briefs: every statement has an answer or a reason, every scenario is run once, and all of it is plain data."""

from __future__ import annotations

import json
from datetime import date

import pytest

from maadin.errors import InputError
from maadin.facts.table import Note
from maadin.market.equilibrium import SolveError
from maadin.reading.briefing import Brief, brief, brief_of, simulated, whole
from maadin.reading.briefing.whole import topic_of
from maadin.reading.read import Reading
from maadin.report.html.brief import page
from maadin.report.layout.brief import lay_out
from maadin.report.words import Language

from .conftest import PUBLISHED, READING, STATEMENTS, TEXT


def test_every_statement_is_checked_in_order(made: Brief) -> None:
    assert [c.statement for c in made.verdicts] == list(STATEMENTS)
    assert [c.verdict.verdict for c in made.verdicts if c.verdict] == [
        "not_checkable", "depends", "supported", "supported", "not_checkable", "not_checkable",
    ]  # fmt: skip


def test_the_same_scenario_is_run_once(made: Brief) -> None:
    assert [s.statements for s in made.simulations] == [(0, 5), (2,), (4,)]
    assert made.of(5) == made.of(0)
    assert [s.is_done for s in made.simulations] == [True, True, False]


def test_what_has_no_market_says_so_and_brings_facts(made: Brief) -> None:
    last = made.simulations[-1]
    assert last.proposed.because is not None
    assert last.proposed.because.id == "not_balanced"
    assert [t.about.id for t in last.proposed.facts] == ["production", "measures"]


def test_data_are_plain_and_complete(made: Brief) -> None:
    data = json.loads(made.to_json())
    assert (data["schema_version"], data["published"], data["draws"]) == (1, "2025-02-25", 64)
    assert len(data["statements"]) == len(data["verdicts"]) == len(STATEMENTS)
    outcome = data["simulations"][0]["outcome"]
    assert outcome["countries"]["output_t"]["RUS"]["after"]["low"] > outcome["countries"]["output_t"]["RUS"]["before"]
    assert data["simulations"][1]["record"]["measure"] == "us232_al_2023_rus"
    assert data["simulations"][2]["because"] == {"id": "not_balanced", "commodity": "gallium", "stage": "refined"}
    assert [t["about"]["id"] for t in data["simulations"][2]["facts"]] == ["production", "measures"]


def test_one_draw_gives_no_interval_and_still_plain_data() -> None:
    made = brief_of(TEXT, Reading(statements=STATEMENTS[2:3], published=PUBLISHED, characters=1), draws=0, workers=1)
    data = json.loads(made.to_json())
    assert list(data["simulations"][0]["outcome"]["world"]["world_output_t"]["after"]) == ["median"]
    assert data["simulations"][0]["record"]["routes"][0]["low_t"] is None


def test_offers_valuations_and_paths() -> None:
    offer = STATEMENTS[2].model_copy(
        update={"instrument": "supply_offer", "direction": "export", "actor": ("RUS",), "target": ("USA",), "value": 5e5, "unit": "tonne", "status": "proposed",
                "year_or_date": None, "condition": "if the duty goes"}
    )  # fmt: skip
    fund = offer.model_copy(
        update={
            "instrument": "fund",
            "commodity": ("minerals",),
            "value": 1e10,
            "unit": "USD",
            "text": "a fund from revenues",
            "target": ("UKR",),
        }
    )
    project = STATEMENTS[0].model_copy(update={"instrument": "capacity_project"})
    made = brief_of(TEXT, Reading(statements=(offer, fund, project), characters=1), draws=16, workers=1)
    first, second, third = made.simulations
    assert first.beside is not None
    assert first.outcome is not None
    taken = [
        float(o.counterfactual["trade_t"].sel(exporter="RUS", importer="USA", statistic="median")) for o in (first.beside, first.outcome)
    ]
    assert 1e4 < taken[0] < taken[1]
    assert len(second.valuations) == 1
    assert third.path is not None
    data = json.loads(made.to_json())
    assert "without_the_offer" in data["simulations"][0]
    assert data["simulations"][1]["valued"][0]["in_ground"]["notes"][0]["id"] == "in_ground_is_not_worth"
    assert data["simulations"][2]["path"]["years"][-1] == 2035
    assert "RUS" in data["simulations"][2]["path"]["countries"]


@pytest.mark.parametrize("error", [SolveError("no solution\nat all"), ZeroDivisionError("x")])
def test_what_goes_wrong_stays_with_its_statement(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*given: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(simulated, "simulate", broken)
    monkeypatch.setattr(whole, "check_statement", broken)
    made = brief_of(TEXT, READING, draws=0, workers=1)
    expected = "no solution" if isinstance(error, SolveError) else "ZeroDivisionError: x"
    assert {c.because for c in made.verdicts if c.because and c.because != Note("broke", {"why": expected})} == set()
    assert {s.because.values["why"] for s in made.simulations if s.because and s.scenario} == {expected}
    assert json.loads(made.to_json())["verdicts"][0]["because"]["why"] == expected


def test_the_nearest_commodity_is_the_topic() -> None:
    assert topic_of(STATEMENTS, 5) == ("rare earths", "gallium", "aluminium")
    assert topic_of(STATEMENTS, 0) == ("rare earths", "aluminium", "gallium")
    assert topic_of((), 0) == ()


def test_steps_are_told() -> None:
    steps: list[str] = []
    brief_of(TEXT, READING, draws=0, workers=1, report=steps.append)
    assert steps[0] == "6 statements"
    assert "checked 6 of 6" in steps
    assert steps[-1].startswith("simulated 2 of 3: Duty on aluminium")


def test_an_interrupt_ends_everything() -> None:
    def interrupt(step: str) -> None:
        if step.startswith("checked"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        brief_of(TEXT, READING, draws=500, workers=1, report=interrupt)


def test_a_text_is_read_checked_and_simulated() -> None:
    made = brief("Russia is among the leading countries in reserves of rare earths.", draws=0, workers=1)
    assert [c.statement.metric for c in made.verdicts] == ["rank"]
    assert made.simulations == ()
    assert brief("Nothing of ours here.", draws=0, workers=1).to_data()["statements"] == []
    with pytest.raises(InputError, match="characters"):
        brief("x" * 5_000_000, workers=1)


def test_with_paths_a_joint_project_is_run_twice() -> None:
    only = Reading(statements=STATEMENTS[:1], characters=1)
    assert [s.path is not None for s in brief_of(TEXT, only, draws=0, workers=1, paths=True).simulations] == [False, True]


@pytest.mark.parametrize(("language", "said"), [("en", "found in the text: 25 February 2025"), ("ar", "عُثر عليه في النص: 25 فبراير 2025")])
def test_a_date_found_in_the_text_is_used_and_said(language: Language, said: str) -> None:
    made = brief("Published: 25 February 2025\n\nRussia is the largest aluminium producer after China.", draws=0, workers=1)
    assert (made.published, made.to_data()["publication"]["how"]) == (date(2025, 2, 25), "found")
    assert made.verdicts[0].verdict is not None
    assert made.verdicts[0].verdict.then is not None
    assert any(said in note for note in lay_out(made, language).notes)
    assert any(said in line for line in [page(made, language).dated])
