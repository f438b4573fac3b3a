"""Verdicts in words: every note has its sentence, both languages tell the same numbers, Arabic counts as Arabic does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import maadin
from maadin.facts.table import Note
from maadin.reading.check import Verdict, check_statement
from maadin.reading.check.verdict import Answer, Test, What
from maadin.reading.statement import Instrument, Statement
from maadin.report import verdict_notes, verdict_sheet, words
from maadin.report import verdict_words as told
from maadin.report.words import LANGUAGES

PACKAGE = Path(maadin.__file__).parent
PUBLISHED = date(2025, 2, 25)
STATEMENTS: dict[str, dict[str, Any]] = {
    "reserves, no number": {"metric": "reserves", "commodity": ("rare earths",), "country": ("RUS",), "quality": "many"},
    "absence": {"metric": "reserves", "commodity": ("rare earths",), "country": ("UKR",), "quality": "recognised", "polarity": False},
    "comparison": {"metric": "reserves", "commodity": ("rare earths",), "country": ("VNM",), "target": ("RUS",), "quality": "more"},
    "need": {"metric": "imports", "commodity": ("rare earths",), "country": ("USA",), "quality": "needed"},
    "lagging": {"metric": "production", "commodity": ("rare earths",), "country": ("RUS",), "quality": "lagging"},
    "rank": {"metric": "rank", "of": "production", "commodity": ("aluminium",), "country": ("RUS",), "value": 2},
    "once": {"metric": "rank", "of": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "quality": "main", "window": "once"},
    "world trade": {"metric": "rank", "of": "exports", "commodity": ("copper",), "country": ("CHL",), "value": 1},
    "stopped": {"metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "quality": "stopped", "year_or_date": "2023"},
    "bound": {
        "metric": "exports", "commodity": ("aluminium",), "country": ("RUS",), "target": ("USA",), "value": 1e6, "unit": "tonne", "comparator": "lt",
        "window": "in recent years",
    },
    "bound on output": {
        "metric": "production", "commodity": ("aluminium",), "country": ("RUS",), "value": 4e6, "unit": "tonne", "comparator": "lt", "window": "last five years",
    },
    "level": {"metric": "production", "commodity": ("copper",), "country": ("CHL",), "value": 5.3e6, "unit": "tonne", "year_or_date": "2024"},
    "level of use": {"metric": "consumption", "commodity": ("copper",), "country": ("USA",), "value": 1.6e6, "unit": "tonne"},
    "level of trade": {
        "metric": "imports", "commodity": ("graphite",), "country": ("USA",), "target": ("CHN",), "value": 3e8, "unit": "USD", "year_or_date": "2023",
    },
    "share": {"metric": "share", "of": "production", "commodity": ("cobalt",), "country": ("COD",), "value": 76, "unit": "percent"},
    "share of a market": {
        "metric": "share", "of": "imports", "commodity": ("aluminium",), "country": ("CAN",), "target": ("USA",), "value": 70, "unit": "percent",
    },
    "together": {"metric": "share", "of": "production", "commodity": ("platinum",), "country": ("ZAF", "RUS"), "value": 81, "unit": "percent"},
    "change": {"metric": "change", "of": "production", "commodity": ("nickel",), "country": ("IDN",), "value": 8, "unit": "percent"},
    "price": {"metric": "price", "commodity": ("copper",), "value": 9740, "unit": "USD/tonne", "year_or_date": "2025-03"},
    "year to come": {"metric": "production", "commodity": ("copper",), "country": ("CHL",), "value": 6e6, "unit": "tonne", "year_or_date": "2030"},
    "withheld": {"metric": "production", "commodity": ("bromine",), "country": ("USA",), "value": 1e5, "unit": "tonne"},
    "rate": {"metric": "tariff_rate", "commodity": ("aluminium",), "country": ("USA",), "target": ("RUS",), "value": 200, "unit": "percent"},
    "tariff": {"instrument": "tariff", "commodity": ("aluminium",), "actor": ("USA",), "target": ("WLD",), "value": 25, "unit": "percent"},
    "offer": {"instrument": "supply_offer", "commodity": ("aluminium",), "actor": ("RUS",), "target": ("USA",), "value": 2e6, "unit": "tonne"},
    "minerals": {"metric": "reserves", "commodity": ("minerals",), "country": ("UKR",), "quality": "many"},
}  # fmt: skip


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    made = {}
    for name, fields in STATEMENTS.items():
        kind = "measure" if "instrument" in fields else "claim"
        statement = Statement(**{"kind": kind, "span": (0, 1), "text": "<b>a & b</b>", "lang": "en", **fields})
        made[name] = check_statement(statement, published=PUBLISHED)
    return made


def notes_made() -> Iterator[str]:
    """Ids of the notes that the checks make, and of the sums of money that they take over."""
    for file in (PACKAGE / "reading" / "check").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Note", "_dependence"):
                yield from (
                    c.value
                    for c in ast.walk(node.args[0])
                    if isinstance(c, ast.Constant) and isinstance(c.value, str) and c.value.islower()
                )


def test_every_note_has_a_sentence() -> None:
    known = words.texts()["verdict_notes"].keys() | words.texts()["notes"].keys() | verdict_notes.VARIANTS.keys()
    compared = {"supported", "reserves", "id"}  # what a choice between two ids compares, and the key of a note read back
    assert set(notes_made()) - compared <= known


def test_no_sentence_is_left_over() -> None:
    variants = {
        "price_mean_year", "price_mean_month", "bears_out_one", "bears_out_all", "speaks_against_one", "speaks_against_all", "place_in_market",
        "place_in_world_trade", "share_of_market_trade", "share_of_world_trade", "place_in_source", "no_place_in_market", "no_place_in_source",
        "no_place_in_world_trade", "share_of_source_trade", "price_mean_quarter", "mean_hides_days_month", "mean_hides_days_year",
        "no_commodity_named", "no_commodity_single", "no_commodity_denied",
    }  # fmt: skip
    assert words.texts()["verdict_notes"].keys() - variants - set(notes_made()) == set()


def test_every_name_has_a_text() -> None:
    texts = words.texts()
    assert set(get_args(Answer)) == texts["verdict_answers"].keys()
    assert set(get_args(Test)) == texts["verdict_tests"].keys()
    assert set(get_args(What)) <= texts["verdict_kinds"].keys()
    assert set(get_args(Instrument)) == texts["verdict_instruments"].keys()


def test_every_form_that_may_be_shown_has_a_name() -> None:
    from maadin.facts.store import default_store

    variables = "('net_import_reliance', 'apparent_consumption', 'reported_consumption', 'imports', 'exports')"
    query = f"select distinct form from salient where variable in {variables} union select distinct form from production union select distinct form from reserves"
    printed = {form for (form,) in default_store().rows(query) if form}
    named = words.texts()["verdict_forms"].keys() | words.texts()["forms"].keys()
    assert {f for f in printed if f not in named} <= {
        "Other PGMs",
        "PGM scrap",
        "V2O5",
        "ZrO2",
        "Si",
        "FeV",
        "Zr ore",
        "granite, value",
        "value",
    }


def numbers(text: str) -> list[str]:
    """The figures of a text, without words for them, which Arabic and English have in other places."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", re.sub(r"(?<=\d)\.(?!\d)", "", text)))


@pytest.mark.parametrize("name", STATEMENTS)
def test_both_languages_tell_the_same_numbers(verdicts: dict[str, Verdict], name: str) -> None:
    verdict = verdicts[name]
    both = {}
    for language in LANGUAGES:
        lines = [told.in_words(verdict, language)]
        for finding in (verdict.now, verdict.then):
            assert finding is not None
            lines += [
                *told.reasons(finding, language),
                *told.rules(finding, language),
                *told.limits(finding, language),
                *told.changes(finding, language),
            ]
        lines += [told.figure(f, language) for f in verdict.figures]
        both[language] = "\n".join(lines)
        assert "{" not in both[language] and "None" not in both[language]
    assert numbers(both["en"]) == numbers(both["ar"])
    assert not re.search("[\u0600-\u06ff]", both["en"])


@pytest.mark.parametrize(
    ("value", "unit", "en", "ar"),
    [
        (1, "tonne", "one tonne", "طن واحد"),
        (2, "tonne", "two tonnes", "طنين"),
        (5, "tonne", "5 tonnes", "5 أطنان"),
        (15, "tonne", "15 tonnes", "15 طناً"),
        (366.1, "tonne", "366 tonnes", "366 طناً"),
        (1_000, "tonne", "one thousand tonnes", "ألف طن"),
        (4_000, "tonne", "4 thousand tonnes", "4 آلاف طن"),
        (192_000, "tonne", "192 thousand tonnes", "192 ألف طن"),
        (999_900, "tonne", "one million tonnes", "مليون طن"),
        (2_000_000, "tonne", "two million tonnes", "مليوني طن"),
        (3_800_000, "tonne", "3.8 million tonnes", "3.8 مليون طن"),
        (7_000_000, "tonne", "7 million tonnes", "7 ملايين طن"),
        (44_000_000, "tonne", "44 million tonnes", "44 مليون طن"),
        (2_300_000_000, "tonne", "2.3 billion tonnes", "2.3 مليار طن"),
        (500_000_000_000, "USD", "500 billion dollars", "500 مليار دولار"),
        (3_000_000_000, "USD", "3 billion dollars", "3 مليارات دولار"),
        (200, "percent", "200%", "200%"),
        (9_142.14, "USD/t", "9,142 dollars a tonne", "9,142 دولار للطن"),
        (1_520, "years", "1,520 years", "1,520 سنة"),
        (3, "years", "3 years", "3 سنوات"),
        (12.5, "carat", "12.5 carats", "12.5 قيراط"),
        (5, "bushel", "5 bushel", "5 bushel"),
    ],
)
def test_amounts_and_their_plurals(value: float, unit: str, en: str, ar: str) -> None:
    assert (told.quantity(value, unit, "en"), told.quantity(value, unit, "ar")) == (en, ar)


def test_the_two_answers_are_told_apart_where_they_differ() -> None:
    claim = Statement(
        kind="claim", span=(0, 1), text="-", lang="en", metric="rank", of="reserves", commodity=("rare earths",), country=("RUS",), quality="leading",
        comparator="rank",
    )  # fmt: skip
    found = check_statement(claim, published=date(2023, 6, 1))
    assert told.moments(found, "en") == "By 1 June 2023: Supported by the figures. Now: It depends."
    assert told.moments(found, "ar") == "حتى 1 يونيو 2023: تؤيده الأرقام. الآن: الحكم مشروط."
    assert "By 1 June 2023: USGS (MCS 2023): in 2022 Russia ranked third in world reserves" in told.in_words(found, "en")


def test_a_sentence_of_the_main_case(verdicts: dict[str, Verdict]) -> None:
    assert told.in_words(verdicts["rank"], "en").startswith(
        "It depends, both by 25 February 2025 and now. That depends on the year and the source: USGS – no in 2021-2024; World Mining Data – yes in 2020-2021, "
        "no in 2022-2023, undecided in 2024."
    )
    assert "ثم" not in told.in_words(verdicts["rank"], "ar")
    assert "يتوقف ذلك على السنة والمصدر" in told.in_words(verdicts["rank"], "ar")


def test_unknown_notes_fall_back_to_those_of_facts() -> None:
    assert told.note(Note("in_ground_is_not_worth"), "en").startswith("Warning")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_shows_one_or_several(verdicts: dict[str, Verdict], language: Any) -> None:
    one = verdict_sheet.lay_out([verdicts["bound"]], language)
    assert one.title == told.moments(verdicts["bound"], language)
    assert one.blocks[0].columns and one.notes
    several = verdict_sheet.lay_out(list(verdicts.values()), language)
    assert sum(block.caption[:1].isdigit() for block in several.blocks) == len(verdicts)


def test_the_table_of_figures_has_a_row_each(verdicts: dict[str, Verdict]) -> None:
    table = verdict_sheet.tidy([verdicts["rank"], verdicts["together"]])
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert set(table.column("statement")) == {1, 2}
    assert len(table.rows) == len(verdicts["rank"].figures) + sum(len(p.figures) for p in verdicts["together"].parts)


def test_the_document_has_the_reason_in_both_languages(verdicts: dict[str, Verdict]) -> None:
    plain = verdict_sheet.document([verdicts["rank"]], published=PUBLISHED)
    assert plain["published"] == "2025-02-25"
    assert plain["verdicts"][0]["said"]["ar"] == told.in_words(verdicts["rank"], "ar")
