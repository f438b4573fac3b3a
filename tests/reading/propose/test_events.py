"""Measures on record: which one a text tells of, and the year of the market that follows from it."""

from __future__ import annotations

from datetime import date

import pytest

from maadin.facts import catalogue
from maadin.reading.propose.events import dated, event_of, years_of

from .conftest import keys, statement

ALUMINIUM = catalogue.commodity("aluminium").stages[0]
ON_ALL = {"target": ("WLD",), "unit": "percent"}
ON_RUSSIA = {"target": ("RUS",), "value": 200, "unit": "percent"}


def found(commodity: str = "aluminium", **fields) -> str | None:
    entry = catalogue.commodity(commodity)
    event = event_of(statement(commodity=(entry.id,), **fields), entry.id, entry.stages[0], 2024)
    return event.id if event else None


def test_first_and_last_year_are_those_of_the_tables() -> None:
    assert years_of("aluminium", ALUMINIUM) == (1995, 2024)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({**ON_RUSSIA, "year_or_date": "2023", "status": "in_force"}, "us232_al_2023_rus"),
        ({**ON_RUSSIA, "status": "in_force"}, "us232_al_2023_rus"),  # the first of two of that year
        ({**ON_RUSSIA, "status": "ended"}, None),  # its first day says nothing of its end
        ({**ON_RUSSIA, "year_or_date": "2023-03", "status": "in_force"}, "us232_al_2023_rus"),
        ({**ON_RUSSIA, "year_or_date": "2021", "status": "in_force"}, None),
        ({**ON_RUSSIA, "value": 150, "year_or_date": "2023", "status": "in_force"}, None),
        ({**ON_RUSSIA, "year_or_date": "2023", "status": "rejected"}, None),
        ({**ON_RUSSIA, "status": "proposed"}, None),
        ({**ON_ALL, "value": 10, "status": "in_force"}, "us232_al_2018"),
        ({**ON_ALL, "value": 25, "year_or_date": "2025-02", "status": "announced"}, "us232_al_2025a"),
        ({**ON_ALL, "value": 25, "status": "in_force"}, None),  # took effect after the last year with trade
        ({"target": ("CHN",), "value": 25, "unit": "percent", "status": "in_force"}, "us301_cn_al_25"),
    ],
)
def test_the_measure_on_record(fields, expected: str | None) -> None:
    assert found(**fields) == expected


@pytest.mark.parametrize(
    ("commodity", "fields", "expected"),
    [
        ("graphite", {"instrument": "export_control", "actor": ("CHN",), "status": "in_force"}, "cn_graphite_2023"),
        ("nickel", {"instrument": "ban", "actor": ("IDN",), "year_or_date": "2020", "status": "in_force"}, "id_ni_2020"),
        ("nickel", {"instrument": "ban", "actor": ("IDN",), "direction": "import", "status": "in_force"}, None),
        ("rare earths", {"instrument": "quota", "actor": ("CHN",), "year_or_date": "2010", "status": "in_force"}, "cn_ree_quota_2010"),
        (
            "rare earths",
            {"instrument": "export_control", "actor": ("CHN",), "year_or_date": "2025-10-09", "status": "announced"},
            None,
        ),  # suspended
    ],
)
def test_restrictions_on_record(commodity: str, fields, expected: str | None) -> None:
    assert found(commodity, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "year", "said"),
    [
        ({**ON_RUSSIA, "year_or_date": "2023", "status": "in_force"}, 2022, "stands from 10 March 2023 on"),
        (
            {"value": 7, "unit": "percent", "target": ("CHN",), "year_or_date": "2021", "status": "in_force"},
            2020,
            "The text dates the measure 2021",
        ),
        (
            {**ON_ALL, "value": 25, "year_or_date": "2025-02", "status": "announced"},
            2024,
            "stands from 12 March 2025 on; the market is that of 2024",
        ),
        ({**ON_ALL, "value": 7, "year_or_date": "2030", "status": "proposed"}, 2024, "dates the measure 2030; the market is that of 2024"),
        ({**ON_ALL, "value": 7, "year_or_date": "1990", "status": "ended"}, 2024, "before trade is at hand"),
        ({**ON_ALL, "value": 7, "status": "proposed"}, 2024, "the last year for which"),
    ],
)
def test_the_year_of_the_market(fields, year: int, said: str) -> None:
    when = dated(statement(**fields), "aluminium", ALUMINIUM)
    assert when is not None
    assert when.year == year
    assert said in when.because.en
    assert str(year) in when.because.ar


def test_what_took_effect_long_after_the_text_is_another_measure() -> None:
    s = statement(**ON_RUSSIA, status="in_force")
    assert event_of(s, "aluminium", ALUMINIUM, 2024, published=date(2015, 1, 1)) is None


def test_a_market_of_imports_only_says_so(one) -> None:
    made = one("a duty", value=12, **{"unit": "percent", "target": ("CHN",), "year_or_date": "2012", "status": "in_force"})
    assert made.year == 2011
    assert "No source at hand counts output in 2011" in keys(made)
