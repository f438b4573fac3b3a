"""Projects: complete or year by year, with the sizes that a text tells."""

from __future__ import annotations

import pytest

from maadin.reading.propose import propose

from .conftest import keys, measures, statement

MINE = {"instrument": "capacity_project", "commodity": ("lithium",), "actor": ("AUS",), "status": "announced"}


def test_a_project_without_a_date_is_built_in_some_years(one) -> None:
    made = one("a mine", **MINE)
    capacity = measures(made)[0]["capacity"]
    assert (capacity["from"], capacity["ramp_years"], made.horizon, made.elasticity_horizon) == (2029, 3, 2035, "long")
    assert "leaves 4 years to build; then 3 years until all of it runs, in 2032" in keys(made)


def test_a_smelter_takes_less_time_than_a_mine(one) -> None:
    assert measures(one("a smelter", instrument="capacity_project", actor=("IND",)))[0]["capacity"]["from"] == 2028


@pytest.mark.parametrize(("told", "start", "horizon"), [("2027", 2027, 2035), ("2034", 2034, 2037), ("2039-05", 2039, 2040)])
def test_a_told_year_is_the_first_with_output(one, told: str, start: int, horizon: int) -> None:
    made = one("a mine", year_or_date=told, **MINE)
    assert (measures(made)[0]["capacity"]["from"], made.horizon) == (start, horizon)
    assert "as the text says" in keys(made)
    assert "for a whole year" not in keys(made)


def test_one_that_runs_already_is_complete(one) -> None:
    made = one("a mine opened", **{**MINE, "year_or_date": "2022", "status": "in_force"})
    assert (made.year, made.horizon) == (2021, None)
    assert "from" not in measures(made)[0]["capacity"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": 40_000, "unit": "tonne"}, "40 kt"),
        ({"value": (40_000, 60_000), "unit": "tonne"}, "40 kt to 60 kt"),
        ({"value": 100_000, "value_prev": 60_000, "unit": "tonne"}, "40 kt"),
    ],
)
def test_tonnes_told(one, fields, expected: str) -> None:
    assert measures(one("a mine", **MINE, **fields))[0]["capacity"]["tonnes"] == expected


def test_a_percentage_is_of_the_country_s_output(one) -> None:
    made = one("output is to grow", instrument="capacity_project", actor=("CAN",), value=10, unit="percent")
    assert made.measures[0].tonnes == pytest.approx(0.1 * 3.3e6, rel=0.05)
    assert "taken as a part of the output of Canada in 2024" in keys(made)


def test_money_for_a_project_says_nothing_of_tonnes(one) -> None:
    made = one("2 billion dollars for a mine", value=2e9, unit="USD", **MINE)
    assert "says nothing of tonnes" in keys(made)
    assert "to" in measures(made)[0]["capacity"]["tonnes"]


def test_a_place_and_a_partner() -> None:
    (made,) = propose(
        statement("together", instrument="joint_venture", actor=("CHN",), target=("CHN",), place=("IDN",), commodity=("nickel",))
    )
    assert made.scenario is not None
    assert measures(made.scenario)[0]["capacity"]["country"] == "IDN"
    assert measures(made.scenario)[0]["capacity"]["partner"] == "CHN"


def test_a_bound_is_said(one) -> None:
    assert "as a bound (more than)" in keys(one("a mine", value=40_000, unit="tonne", comparator="gt", **MINE))
