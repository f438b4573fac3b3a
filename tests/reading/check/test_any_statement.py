"""Whatever is said: an answer with figures, or the reason why there are none; never an error, in words in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maadin.facts import catalogue
from maadin.reading.check import check_statement
from maadin.reading.statement import Comparator, Instrument, Metric, Of, Quality, Statement, Status, Unit
from maadin.report import verdict_words as told
from maadin.report.words import LANGUAGES

Say = Callable[..., Statement]
COUNTRIES = st.sampled_from(["USA", "CHN", "RUS", "UKR", "CHL", "COD", "IDN", "JPN", "DEU", "EUU", "WLD", "OTH", "NES", "XXX"])
OUTSIDE = ["minerals", "critical minerals", "coal", "diamonds", "الماس", "unobtainium", "wheat", ""]
DATES = ["2024", "2022", "2010", "1990", "2026", "2027", "2023-05", "2024-Q1", "2026-Q2", "1950-Q4", "2023-06-01", "2026-05-31"]
WINDOWS = ["in recent years", "last five years", "once", "ذات يوم", "العقد الماضي", "منذ 2015"]
TEXTS = [
    "-",
    "once, ore",
    "النحاس المكرر",
    "since 2018",
    "exports of magnets",
    "a fifth of it",
    "ثلث الليثيوم",
    "an average of",
    "lithium oxide",
    "coking coal",
]
DAYS = [date(2025, 2, 25), date(2014, 1, 1), date(2024, 3, 1), date(1999, 1, 1), date(2027, 1, 1)]


def some(values: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    value = draw(some([1.0, 2.0, 20.0, 33.3, 75.5, 1e4, 2.5e6, 1e9, 0.0, -6.1, (1e3, 2e3)]))
    fields: dict[str, Any] = {
        "span": (0, 1), "text": draw(st.sampled_from(TEXTS)), "lang": "en", "value": value, "unit": draw(some(get_args(Unit))),
        "commodity": tuple(draw(st.lists(st.sampled_from([*catalogue.commodities(), *OUTSIDE]), min_size=1, max_size=2, unique=True))),
        "target": draw(st.none() | st.lists(COUNTRIES, min_size=1, max_size=2, unique=True).map(tuple)), "year_or_date": draw(some(DATES)),
        "window": draw(some(WINDOWS)), "comparator": draw(st.sampled_from(get_args(Comparator))), "polarity": draw(st.booleans()),
        "value_prev": draw(some([1.0, 25.0, 1e6])),
    }  # fmt: skip
    who = tuple(draw(st.lists(COUNTRIES, max_size=2, unique=True)))
    if draw(st.integers(0, 5)) == 0:
        instrument, status = draw(st.sampled_from(get_args(Instrument))), draw(some(get_args(Status)))
        return Statement(
            kind="measure", instrument=instrument, actor=who, status=status, direction=draw(some(["import", "export"])), **fields
        )
    metric, of = draw(st.sampled_from(get_args(Metric))), draw(some(get_args(Of)))
    return Statement(kind="claim", metric=metric, of=of, country=who, quality=draw(some(get_args(Quality))), **fields)


@given(statement=statements(), published=some(DAYS))
@settings(max_examples=200, deadline=None)
def test_any_statement_has_an_answer_or_a_reason(statement: Statement, published: date | None) -> None:
    verdict = check_statement(statement, published=published)
    rows = {f.row for f in verdict.figures}
    for finding in (verdict.now, verdict.then):
        if finding is None:
            assert published is None
            continue
        assert finding.reasons
        assert finding.figures or finding.verdict in ("not_listed", "not_checkable")
        assert {*finding.figures, *finding.beside} <= rows
        assert not {*finding.figures} & {*finding.beside}
    json.dumps(verdict.to_data(), allow_nan=False)
    for language in LANGUAGES:
        said = " ".join([told.in_words(verdict, language), *told.rules(verdict.now, language), *told.changes(verdict.now, language)])
        assert "{" not in said and "None" not in said


@pytest.mark.parametrize("quality", get_args(Quality))
@pytest.mark.parametrize("metric", get_args(Metric))
@pytest.mark.parametrize("country", [("USA",), ("EUU",), ("DEU", "FRA"), ()])
def test_every_quality_of_every_metric(say: Say, metric: Metric, quality: Quality, country: tuple[str, ...]) -> None:
    for commodity in ("aluminium", "coal", "unobtainium"):
        claim = say(metric=metric, of="exports", quality=quality, commodity=(commodity,), country=country, target=("EUU",))
        for polarity in (True, False):
            found = check_statement(claim.model_copy(update={"polarity": polarity}), published=date(2025, 6, 1))
            assert found.now.reasons
            assert commodity != "unobtainium" or found.verdict == "not_checkable"
            assert told.in_words(found, "ar")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("coal", ["steam-coal", "coking-coal", "lignite"]), ("diamonds", ["gem-diamonds", "industrial-diamonds"]), ("copper", [])],
)
def test_a_name_of_several_commodities_has_a_verdict_on_each(say: Say, name: str, parts: list[str]) -> None:
    found = check_statement(
        say(metric="rank", of="production", value=1, unit="rank", commodity=(name,), country=("RUS",), comparator="rank")
    )
    assert [v.statement.commodity for v in found.parts] == [(p,) for p in parts]
    assert "not_a_commodity" not in {n.id for n in found.notes}


def test_a_commodity_outside_the_catalogue_is_named(say: Say) -> None:
    both = check_statement(say(metric="production", commodity=("copper", "wheat"), country=("CHL",)))
    assert next(n for n in both.notes if n.id == "not_a_commodity").values["names"] == ["wheat"]
    denied = check_statement(say(metric="reserves", commodity=("minerals",), country=("RUS",), polarity=False))
    assert "a figure for every commodity" in told.in_words(denied, "en")
    assert "«minerals»" in told.in_words(denied, "ar")
