"""Briefs: passages of a text, cards beside them, links there and back, and a text that cannot do anything."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin.policy.outcome import Outcome
from maadin.reading.check.check import check_statement
from maadin.reading.statement import Statement
from maadin.report.brief import Brief, Passage, Ruling, SimulationCard, SourceRow, VerdictCard, paragraphs
from maadin.report.html import render, simulation, verdicts
from maadin.report.html.figures import Figure
from maadin.report.words import LANGUAGES, Language

from .conftest import Read
from .test_pages import HOSTILE, LARGEST, checked

PUBLISHED = date(2025, 2, 25)
TEXT = "روسيا من الدول الرائدة في الاحتياطيات.\n\nNo more than a million tonnes went to the United States.\nA tariff of 25%."


def claim(**fields: object) -> Statement:
    given_ = {"kind": "claim", "span": (0, 5), "text": "روسيا", "lang": "ar", "commodity": ("rare earths",), "country": ("RUS",)}
    return Statement.model_validate({**given_, **fields})


CLAIMS = {
    "rank": claim(metric="rank", of="reserves", quality="leading"),
    "absence": claim(metric="reserves", country=("UKR",), quality="recognised", polarity=False),
    "need": claim(metric="imports", country=("USA",), quality="needed"),
    "stopped": claim(metric="exports", commodity=("aluminium",), target=("USA",), quality="stopped", year_or_date="2023"),
    "bound": claim(metric="exports", commodity=("aluminium",), target=("USA",), value=1e6, unit="tonne", comparator="lt", window="in recent years"),
    "main": claim(metric="rank", of="exports", commodity=("aluminium",), target=("USA",), quality="main"),
    "price": claim(metric="price", commodity=("aluminium",), country=("WLD",), value=2500, unit="USD/tonne", comparator="approx", year_or_date="2024"),
    "several": claim(metric="rank", of="reserves", commodity=("rare earths", "copper"), quality="leading"),
}  # fmt: skip


def brief(
    language: Language, cards: tuple[VerdictCard | SimulationCard, ...], text: str = TEXT, passages: tuple[Passage, ...] | None = None
) -> Brief:
    spans = passages if passages is not None else tuple(Passage(5 * n, 5 * n + 9, card.id) for n, card in enumerate(cards))
    return Brief(
        language, text.split("\n")[0], text, "ar", spans, cards, published="25 February 2025", commands=("maadin brief x",), data=("B",)
    )


def plain(number: int = 1, **fields: object) -> VerdictCard:
    return replace(VerdictCard(str(number), number, "says", "quote", "en", "who", Ruling("depends", "It depends")), **fields)


def joined(text: str, passages: list[Passage]) -> str:
    return "\n".join("".join(s.text for s in p) for p in paragraphs(text, passages))


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), st.sampled_from("xyz")), max_size=6),
)
def test_no_letter_of_a_text_is_lost_wherever_passages_lie(text: str, spans: list[tuple[int, int, str]]) -> None:
    passages = [Passage(min(a, b), max(a, b), card) for a, b, card in spans]
    assert joined(text, passages) == "\n".join(line for line in text.split("\n") if line.strip())
    stretches = [s for p in paragraphs(text, passages) for s in p]
    shown = {card for s in stretches for card in s.cards}
    for ends in ([card for s in stretches for card in s.begins], [card for s in stretches for card in s.ends]):
        assert sorted(ends) == sorted(shown)  # once each
    covered = {at for p in passages for at in range(max(p.start, 0), min(p.end, len(text)))}
    assert sum(len(s.text) for s in stretches if s.cards) <= len(covered)


def test_the_shortest_passage_is_the_one_that_a_stretch_leads_to() -> None:
    ((one, both, rest),) = paragraphs("one two three", [Passage(0, 13, "long"), Passage(4, 7, "short")])
    assert (one.cards, both.cards, rest.cards) == (("long",), ("short", "long"), ("long",))
    assert (one.begins, both.begins, both.ends, rest.ends) == (("long",), ("short",), ("short",), ("long",))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(CLAIMS))
def test_a_verdict_becomes_a_card_with_its_figures_and_rows(name: str, language: Language) -> None:
    verdict = check_statement(CLAIMS[name], published=PUBLISHED)
    card = verdicts.card(3, verdict, language)
    assert card.now.answer == verdict.verdict
    assert card.now.reasons[0]
    assert {row.key for row in card.figures} <= {f.row for f in (*verdict.figures, *(f for p in verdict.parts for f in p.figures))}
    assert len(card.charts) <= 2
    assert all(isinstance(chart, Figure) and chart.alt and chart.source for chart in card.charts)
    html = render.render_brief(brief(language, (card,), passages=(Passage(0, 5, "3"),)))
    read = checked(html, language)
    assert card.says in read.text and card.now.label in read.text
    for at in range(1, len(card.figures) + 1):
        assert f'id="row-{at}"' in html


def test_what_can_be_looked_at_is_drawn() -> None:
    kinds = {
        name: [type(c.drawing).__name__ for c in verdicts.card(1, check_statement(s, published=PUBLISHED), "en").charts]
        for name, s in CLAIMS.items()
    }
    assert kinds["rank"] == ["Bars", "Bars"]  # each release, then the ranking
    assert kinds["stopped"][:1] == kinds["bound"][:1] == kinds["main"][:1] == kinds["need"][:1] == ["Lines"]
    stopped = verdicts.card(1, check_statement(CLAIMS["stopped"], published=PUBLISHED), "en").charts[0]
    assert any("200%" in event for event in stopped.events)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_simulation_becomes_a_card(tariff: Outcome, language: Language) -> None:
    told = simulation.Told(2, "Duty on aluminium: 25%", "a tariff of 25%", "en", "Washington", "in force")
    card = simulation.card(told, tariff.scenario, tariff, [], language, assumes=("Base year 2024.",), command="maadin simulate x")
    assert card.assumes[0] == "Base year 2024."
    assert [type(c.drawing).__name__ for c in card.charts] == ["Dots", "Dots", "Sankey", "World"]
    html = render.render_brief(brief(language, (plain(1), card)))
    read = checked(html, language)
    assert card.title in read.text and "maadin simulate x" in read.text
    assert len(html.encode("utf-8")) < LARGEST / 5


def test_what_was_not_simulated_says_why() -> None:
    card = SimulationCard("1", 1, "quote", "en", "A quota on gas", problem="This market cannot be balanced.")
    read = checked(render.render_brief(brief("en", (card,))), "en")
    assert "This market cannot be balanced." in read.text and "Not simulated" in read.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passage_leads_to_its_card_and_back(language: Language) -> None:
    cards = tuple(plain(n, then=Ruling("supported", "Supported", "By then", ("why then",))) for n in (1, 2, 3))
    html = render.render_brief(brief(language, cards))
    read = checked(html, language)
    for n in (1, 2, 3):
        assert f'id="card-{n}"' in html and f'id="text-{n}"' in html
        assert html.count(f'href="#card-{n}"') >= 3  # the index, the passage, its number
        assert f'href="#text-{n}"' in html
    assert "why then" in read.text


def test_a_text_without_statements_is_said_to_have_none() -> None:
    read = checked(render.render_brief(brief("en", (), passages=(Passage(0, 3, "ghost"),))), "en")
    assert "No statement about a mineral market was found" in read.text
    assert "ghost" not in read.text


def test_the_text_keeps_its_own_language_and_direction() -> None:
    html = render.render_brief(brief("en", (plain(1),)))
    assert '<div class="article" lang="ar" dir="rtl"' in html
    assert '<html lang="en" dir="ltr">' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_text_can_do_nothing_and_hides_nothing(language: Language) -> None:
    text = f"{HOSTILE}\n<base href=//evil><a href=javascript:alert(1)>{{{{ 7*7 }}}}{{% raw %}}</a>&lt;b&gt;\n" + "‮drawkcab‬"
    row = SourceRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    card = plain(
        1, says=HOSTILE, quote=HOSTILE, said_by=HOSTILE, now=Ruling("depends", HOSTILE, HOSTILE, (HOSTILE,)), figures=(row,), rules=(HOSTILE,),
        limits=(HOSTILE,), would_change=(HOSTILE,), notes=(HOSTILE,),
    )  # fmt: skip
    simulated = SimulationCard(
        "2",
        2,
        HOSTILE,
        "ar",
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (HOSTILE,),
        (HOSTILE,),
        problem=HOSTILE,
        command=HOSTILE,
        scenario=HOSTILE,
        assumes=(HOSTILE,),
    )
    made = replace(
        brief(language, (card, simulated), text, (Passage(3, 40, "1"), Passage(20, 90, "2"))),
        title=HOSTILE,
        lead=(HOSTILE,),
        sources=HOSTILE,
    )
    html = render.render_brief(made)
    read = Read(html)
    assert not read.wrong and not read.open
    assert len(read.all("script")) == len(read.all("style")) == 1
    assert not read.all("img") and not read.all("base")
    assert all(str(a.get("href", "#")).startswith("#") for a in read.all("a"))
    assert "{{ 7*7 }}{% raw %}" in read.text  # as it stands
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", html)
    assert ">U+202E</span>" in html and ">U+0000</span>" in html  # what was hidden is shown
    html.encode("utf-8")
