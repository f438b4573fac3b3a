"""The page of a brief made from results: a card a claim and a scenario, links there and back, the same in both languages, and a text that cannot do anything."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from maadin.reading.briefing import Brief, brief, brief_of
from maadin.reading.read import Reading
from maadin.reading.statement import Statement
from maadin.report.brief import SimulationCard, VerdictCard
from maadin.report.html.brief import page
from maadin.report.html.figures import Figure
from maadin.report.html.render import render_brief, static
from maadin.report.html.world import outlines
from maadin.report.statement_words import speaker
from maadin.report.words import LANGUAGES, Language, phrase

from .test_pages import HOSTILE, LARGEST, checked

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


NASTY = """<script>alert(1)</script> Copper </style></title></textarea><svg onload=alert(2)>

Chile is the largest producer of copper in the world" onmouseover="alert(3)" x='y.
\u202eChina\u202c exported 5 tonnes of \u202dcopper\u202c in 2023\u2066.
The United States imposed a 25% tariff on <img src=x onerror=alert(4)> aluminium from Canada \U0001f525\U0001f468\u200d\U0001f469\u200d\U0001f467.
<a href="javascript:alert(5)">Peru is the largest producer of zinc</a> <!-- outlines --> &lt;b&gt; {{ 7 * 7 }} \x00\x1b[31m\u2028.
"""
LONG = "copper" * 1_700 + " Chile is the largest producer of copper in the world."


@pytest.fixture(scope="module")
def nasty() -> Brief:
    return brief(f"{NASTY}\n{LONG}", published=date(2025, 2, 25), draws=0, workers=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_article_is_read_and_shown_without_effect(nasty: Brief, language: Language) -> None:
    assert len(nasty.statements) >= 4
    assert nasty.simulations
    html = render_brief(page(nasty, language, command=f"maadin brief {NASTY!r}"))
    read = checked(html, language)
    assert len(read.all("script")) == len(read.all("style")) == 1
    assert not read.all("img") + read.all("iframe") + read.all("textarea") + read.all("base") + read.all("form")
    assert not [
        name for _, attributes in read.elements for name in attributes if name.startswith("on") or name in ("style", "src", "srcdoc")
    ]
    assert all(str(a["href"]).startswith("#") for _, a in read.elements if "href" in a)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)
    for hidden in ("U+202E", "U+202D", "U+2066", "U+0000", "U+001B"):
        assert f">{hidden}</span>" in html
    for shown in (
        "<script>alert(1)</script>",
        'onmouseover="alert(3)"',
        "<!-- outlines -->",
        "&lt;b&gt;",
        "{{ 7 * 7 }}",
        "\U0001f525\U0001f468\u200d\U0001f469",
    ):
        assert shown in read.text
    assert "copper" * 1_700 in read.text
    assert len(html.encode("utf-8")) < LARGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_article_has_its_letters_on_the_page_and_no_others(nasty: Brief, language: Language) -> None:
    article = re.search(r'<div class="article".*?</div>', render_brief(page(nasty, language)), re.DOTALL)
    assert article
    text = re.sub(r"<sup>.*?</sup>", "", article[0])  # numbers of statements
    text = re.sub(r'<span class="hidden-mark"[^>]*>U\+([0-9A-F]{4})</span>', lambda m: chr(int(m[1], 16)), text)
    shown = unescape(re.sub(r"<[^>]+>", "", text))
    letters = re.compile(r"\s")
    assert letters.sub("", shown.replace("\ufffd", "\0")) == letters.sub("", nasty.text)


def test_long_words_break_rather_than_widen_the_page() -> None:
    assert re.search(r"body \{[^}]*overflow-wrap: (anywhere|break-word)", static("page.css"))
    assert re.search(r"\.columns \{[^}]*grid-template-columns: minmax\(0, 1fr\)", static("page.css"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_shows_little_and_folds_the_rest(made: Brief, language: Language) -> None:
    html = render_brief(page(made, language))
    cards = re.findall(r'<article class="card.*?</article>', html, re.DOTALL)
    for card in cards:
        folded = re.findall(r"<details[^>]*>", card)
        open_ = _unfolded(card)
        assert open_.count("<figure") <= 2
        assert open_.count("<table") <= 2 or not folded
        assert open_.count("has-1080") == 0
        assert "wide" not in re.findall(r'<figure class="([^"]*)"', open_)
    duty = cards[1]
    assert phrase("pages", "more_charts", language) in duty
    assert duty.count('class="drawing map"') == 1
    assert duty.count('<figure class="chart only-roomy"') == duty.count('<figure class="chart only-narrow"') == 1


def test_what_is_folded_is_reached_with_the_keyboard_and_unfolds_on_paper(made: Brief) -> None:
    html = render_brief(page(made, "en"))
    read = checked(html, "en")
    folds = read.all("details")
    assert len(folds) == len(read.all("summary")) > 10
    assert not [f for f in folds if "open" in f]
    for tag in ("details", "summary"):
        assert not [a for a in read.all(tag) if a.get("tabindex") == "-1" or "hidden" in a or "aria-hidden" in a]
    assert re.search(r"<details[^>]*>(?!<summary)", html) is None  # the first thing in it, so a browser takes the keyboard there
    assert "summary { display: none" not in static("page.css")
    assert "details.on-paper::details-content" in static("page.css")
    assert sum("on-paper" in str(f.get("class")) for f in folds) > 5
    assert "beforeprint" in static("page.js")
    assert "hashchange" in static("page.js")


def test_outlines_of_countries_are_on_the_page_once(made: Brief) -> None:
    twice = replace(made, simulations=(*made.simulations, replace(made.simulations[0], statements=(4,))))
    for b in (made, twice):
        html = render_brief(page(b, "en"))
        assert html.count('id="land"') == html.count('id="land-RUS"') == 1
        assert html.count(outlines()) == 1
    used = set(re.findall(r'<use href="#([\w-]+)"', html))
    assert used <= set(re.findall(r' id="([\w-]+)"', html))
    assert html.count('class="drawing map"') >= 2
    assert 'id="land"' not in render_brief(page(replace(made, simulations=()), "en"))


def test_both_languages_say_the_same_numbers(made: Brief) -> None:
    english, arabic = (page(made, language) for language in LANGUAGES)
    for ours, theirs in zip(english.simulations, arabic.simulations, strict=True):
        assert [_figures(k.band) for k in ours.keys] == [_figures(k.band) for k in theirs.keys]
        assert [_table(c) for c in ours.charts] == [_table(c) for c in theirs.charts]
    for our, their in zip(english.verdicts, arabic.verdicts, strict=True):
        assert (our.id, our.now.answer) == (their.id, their.now.answer)
        assert [(f.key, f.printed) for f in our.figures] == [(f.key, f.printed) for f in their.figures]
        assert [_table(c) for c in our.charts] == [_table(c) for c in their.charts]


def _unfolded(html: str) -> str:
    """What is seen while everything is folded."""
    without = re.sub(r"<details(?:(?!<details).)*?</details>", "", html, flags=re.DOTALL)
    return html if without == html else _unfolded(without)


def _figures(text: str) -> list[str]:
    return re.findall(r"[-+]?\d(?:[\d,.]*\d)?", text)


def _table(chart: Figure) -> list[list[str]]:
    """The numbers behind a chart, column by column; names of months and units are words and left out."""
    return [sorted(n for cell in column.cells for n in _figures(cell)) for column in chart.data.columns if column.numeric]


def test_whoever_speaks_is_named_in_the_language_of_the_page() -> None:
    assert speaker("Vladimir Putin", "ar") == "فلاديمير بوتين"
    assert speaker("Kremlin", "ar") == "الكرملين"
    assert speaker("US Geological Survey", "ar") == "هيئة المسح الجيولوجي الأميركية"
    assert speaker("a trader", "ar") == "a trader"
    assert speaker("Vladimir Putin", "en") == "Vladimir Putin"
    assert speaker("", "ar") == ""
