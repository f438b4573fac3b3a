"""The brief of a text in a terminal: claims with answers, measures with effects, reasons where there are none, in both languages with the same numbers."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import maadin
from maadin.facts.table import Note
from maadin.reading.briefing import Brief, brief_of
from maadin.reading.read import Reading
from maadin.reading.statement import Statement
from maadin.report import terminal, words
from maadin.report.layout import brief_words
from maadin.report.layout.brief import lay_out
from maadin.report.words import LANGUAGES, Language

TEXT = "Plenty of rare earths lie in Russia. A duty of 200% on Russian metal. Half a million tonnes are offered. A fund from revenues. Gallium is banned. A mine."
BASE: dict[str, Any] = {"span": (0, 5), "text": "Plenty", "lang": "en"}
MEASURE = {**BASE, "kind": "measure"}
STATEMENTS = (
    Statement(**BASE, kind="claim", metric="reserves", quality="many", commodity=("rare earths",), country=("RUS",)),
    Statement(
        **MEASURE, instrument="tariff", commodity=("aluminium",), actor=("USA",), target=("RUS",), value=200, unit="percent", year_or_date="2023",
        status="in_force",
    ),
    Statement(
        **MEASURE, instrument="supply_offer", commodity=("aluminium",), actor=("RUS",), target=("USA",), value=5e5, unit="tonne", status="proposed",
        condition="if the duty goes",
    ),
    Statement(
        **{**MEASURE, "text": "a fund from revenues"}, instrument="fund", commodity=("minerals",), actor=("USA",), target=("UKR",), value=1e11, unit="USD",
        status="rejected",
    ),
    Statement(**MEASURE, instrument="ban", commodity=("gallium",), actor=("CHN",)),
    Statement(**MEASURE, instrument="capacity_project", commodity=("rare earths",), actor=("RUS",), status="announced"),
    Statement(**MEASURE, instrument="territory", commodity=("minerals",), actor=("RUS",), target=("UKR",), status="considered"),
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Brief:
    return brief_of(TEXT, Reading(statements=STATEMENTS, published=date(2025, 2, 25), characters=len(TEXT)), draws=32, workers=1)


def printed(b: Brief, language: Language, width: int = 140) -> str:
    from rich.console import Console

    screen = Console(width=width, highlight=False, file=None)
    with screen.capture() as captured:
        terminal.show(lay_out(b, language), screen)
    return captured.get()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_has_its_row(made: Brief, language: Language) -> None:
    sheet = lay_out(made, language)
    claims, measures, record = sheet.blocks
    assert claims.columns[0].cells == ["1"]
    assert measures.columns[0].cells == ["2", "3", "4", "5", "6", "7"]
    assert all(
        cell for block in (claims, measures) for column in block.columns for cell in column.cells if column.head != measures.columns[2].head
    )
    assert len(record.columns[0].cells) == 2
    assert "USGS" in sheet.sources
    assert not re.search(r"\{|\}|None|nan", printed(made, language))


def test_effects_are_those_a_reader_asks_for(made: Brief) -> None:
    duty, offer, fund, ban, path, land = (brief_words.effects_of(s, "en") for s in made.simulations)
    assert [e.what for e in duty][:2] == ["Price to users, United States", "Own output, United States"]
    assert offer[0].what == "Taken at full price once open, United States, kt"
    assert offer[1].what.startswith("Placed at the expense of: ")
    assert offer[2].what == "Discount"
    assert [e.is_interval for e in fund] == [False] * 4
    assert ban == []
    assert path[0].what == "Output, Russia, 2035, t"
    assert path[0].figure.startswith("+")
    assert land[0].figure.isdigit()
    assert "iron ore" in land[0].note


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d[\d,.]*\d|\d", text))


@pytest.mark.parametrize("at", range(6))
def test_both_languages_have_the_same_figures(made: Brief, at: int) -> None:
    said = [[(e.figure, e.band) for e in brief_words.effects_of(made.simulations[at], language)] for language in LANGUAGES]
    for english, arabic in zip(*said, strict=True):
        assert figures(english[0]) == figures(arabic[0])
        assert figures(english[1]) == figures(arabic[1])


def test_the_record_says_what_was_seen(made: Brief) -> None:
    found = made.simulations[0].record
    assert found is not None
    english, arabic = (" ".join(brief_words.record_lines(found, language)) for language in LANGUAGES)
    for part in ("0.4", "0.8", "31.1", "2023", "2024"):
        assert part in english
        assert part in arabic
    assert "would fall to" in english
    assert "elasticity of substitution" in english


VALUES: dict[str, Any] = {
    "commodity": "gallium", "stage": "refined", "named": "soap", "missing": ("tonnes or world output", "importer"), "value_usd": 1e9, "countries": ("CAN",),
    "needed": ("tonnes",), "price": 110_000.0, "market_price": 23_000.0, "rate": 0.25, "year": 2024, "exporter": ("CAN",), "importer": ("all",), "why": "a reason",
}  # fmt: skip


def reasons() -> list[str]:
    package = Path(maadin.__file__).parent / "reading"
    files = [*(package / "propose").glob("*.py"), *(package / "briefing").glob("*.py")]
    calls = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = {c.args[0].value for c in calls if isinstance(c.func, ast.Name) and c.func.id == "Note" and isinstance(c.args[0], ast.Constant)}
    return sorted(named - {"no_calibration"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", reasons())
def test_every_reason_has_its_words(reason: str, language: Language) -> None:
    said = brief_words.because(Note(reason, VALUES), language)
    assert said.endswith((".", "a reason"))
    assert reason not in said
    assert not re.search(r"\{|\}|\bor world output\b", said)


def test_there_is_a_reason_for_every_text() -> None:
    assert set(reasons()) == set(words.texts()["brief_because"])


def test_counts() -> None:
    assert [brief_words.count_of("brief_measures", n, "ar") for n in (0, 1, 2, 3, 11)] == [
        "لا إجراءات",
        "إجراء واحد",
        "إجراءان",
        "3 إجراءات",
        "11 إجراءً",
    ]
    assert [brief_words.count_of("brief_claims", n, "en") for n in (0, 1, 2)] == ["No claims", "One claim", "Two claims"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_without_statements_says_so(language: Language) -> None:
    empty = brief_of("x", Reading(statements=(), characters=1), workers=1)
    assert words.phrase("notes", "brief_nothing", language) in printed(empty, language)


def test_without_a_date_and_with_one_draw_that_is_said() -> None:
    made = brief_of(TEXT, Reading(statements=STATEMENTS[1:2], characters=1), draws=0, workers=1, as_of=date(2025, 6, 1))
    shown = printed(made, "en")
    assert "has no date" in shown
    assert "solved once" in shown
    assert "up to 1 June 2025" in shown
