"""The page of a brief made from results: a card a claim and a scenario, links there and back, the same in both languages, and a text that cannot do anything."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maadin.reading.briefing import Brief, brief_of
from maadin.reading.read import Reading
from maadin.reading.statement import Statement
from maadin.report.brief import SimulationCard, VerdictCard
from maadin.report.html.brief import page
from maadin.report.html.render import render_brief
from maadin.report.words import LANGUAGES, Language

from .test_pages import HOSTILE, checked

TEXT = f"A headline {HOSTILE}\n\nPlenty of rare earths. A duty on metal and on gallium. A mine. Land. A duty again."


def at(quote: str, **fields: Any) -> Statement:
    start = TEXT.index(quote)
    return Statement(span=(start, start + len(quote)), text=f"{quote} {HOSTILE}", lang="en", attributed_to=HOSTILE, **fields)


DUTY: dict[str, Any] = {
    "kind": "measure", "instrument": "tariff", "commodity": ("aluminium", "gallium"), "actor": ("USA",), "target": ("RUS",), "value": 200,
    "unit": "percent", "year_or_date": "2023", "status": "in_force",
}  # fmt: skip
STATEMENTS = (
    at("Plenty of rare earths", kind="claim", metric="reserves", quality="many", commodity=("rare earths",), country=("RUS",)),
    at("A duty on metal and on gallium", **DUTY),
    at(
        "A mine",
        kind="measure",
        instrument="capacity_project",
        commodity=("rare earths",),
        actor=("RUS",),
        status="announced",
        condition=HOSTILE,
    ),
    at("Land", kind="measure", instrument="territory", commodity=("minerals",), actor=("RUS",), target=("UKR",), status="considered"),
    at("A duty again", **DUTY),
)


@pytest.fixture(scope="module")
def made() -> Brief:
    return brief_of(TEXT, Reading(statements=STATEMENTS, published=date(2025, 2, 25), characters=len(TEXT)), draws=16, workers=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_for_each_claim_and_scenario(made: Brief, language: Language) -> None:
    shown = page(made, language)
    assert [card.id for card in shown.cards] == ["1", "2", "2-2", "3", "4"]
    assert [type(card) for card in shown.cards] == [VerdictCard, *[SimulationCard] * 4]
    assert [p.card for p in shown.passages] == ["1", "2", "2-2", "3", "4", "2", "2-2"]
    duty, gallium, mine, land = shown.simulations
    assert "5" in duty.lead[-1]
    assert len(duty.keys) == 4
    assert duty.command.startswith("maadin simulate duty-on-aluminium-united-states-russia-200.yaml --draws 16")
    assert gallium.problem
    assert gallium.tables
    assert mine.command.startswith("maadin path ")
    assert len(mine.charts) == 1
    assert mine.measures
    assert land.keys[0].note
    assert all(card.assumes for card in (duty, mine, land))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_text_stays_a_text(made: Brief, language: Language) -> None:
    html = render_brief(page(made, language, command=f"maadin brief {HOSTILE}"))
    read = checked(html, language)
    for n in ("1", "2", "2-2", "3", "4"):
        assert f'id="card-{n}"' in html
        assert f'id="text-{n}"' in html
    assert "Plenty of rare earths" in read.text
    assert len(html.encode("utf-8")) < 5_000_000


def test_both_languages_have_the_same_figures(made: Brief) -> None:
    english, arabic = (page(made, language) for language in LANGUAGES)
    for ours, theirs in zip(english.simulations, arabic.simulations, strict=True):
        assert [re.findall(r"\d[\d,.]*", k.shown) for k in ours.keys] == [re.findall(r"\d[\d,.]*", k.shown) for k in theirs.keys]
        assert len(ours.assumes) == len(theirs.assumes)
        assert len(ours.tables) == len(theirs.tables)
        assert ours.scenario == theirs.scenario


def test_an_unchecked_claim_has_a_card_too(made: Brief) -> None:
    from maadin.facts.table import Note
    from maadin.reading.briefing import Checked

    broken = replace(made, verdicts=(Checked(STATEMENTS[0], None, Note("broke", {"why": "a reason"})), *made.verdicts[1:]))
    (card,) = page(broken, "en").verdicts
    assert card.now.answer == "not_checkable"
    assert "a reason" in card.now.reasons[0]


def test_an_empty_text_has_a_page() -> None:
    empty = brief_of("", Reading(statements=(), characters=0), workers=1)
    read = checked(render_brief(page(empty, "en")), "en")
    assert "Brief of the text" in read.text
