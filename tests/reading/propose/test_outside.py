"""Funds and territories: whose minerals pay, and when money is only money."""

from __future__ import annotations

import pytest

from .conftest import keys, measures

FUND = {"instrument": "fund", "commodity": ("minerals",), "value": 1e11, "unit": "USD", "status": "rejected"}


def test_a_fund_from_a_country_s_minerals(one) -> None:
    made = one("a fund fed by mineral revenues", topic=("rare earths", "aluminium"), target=("UKR",), **FUND)
    fund = measures(made)[0]["resource_fund"]
    assert (fund["country"], fund["partner"], fund["value"], fund["commodities"]) == (
        "UKR",
        "USA",
        "100 billion USD",
        ["all", "rare-earths"],
    )
    assert "has not come about: the text calls it rejected" in keys(made)
    assert made.commodity is None


def test_named_minerals_are_the_only_ones(one) -> None:
    made = one("a fund from lithium revenues", topic=("rare earths",), target=("ARG",), **{**FUND, "commodity": ("lithium",)})
    assert measures(made)[0]["resource_fund"]["commodities"] == "lithium"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a fund for mines at home", {}),
        ("a fund for mines at home", {"target": ("USA",)}),
        ("it is to invest in mines there", {"target": ("UKR",)}),
        ("قرض لمناجم هناك", {"target": ("UKR",)}),
    ],
)
def test_money_for_projects_is_refused_with_what_is_needed(refused, text: str, fields) -> None:
    because = refused(text, **FUND, **fields).because
    assert because.id == "money_is_no_tonnes"
    assert because.values["needed"] == ("tonnes", "country", "from")


def test_an_investment_repaid_from_revenues_is_a_fund(one) -> None:
    assert measures(one("an investment paid back from mineral revenues", target=("UKR",), **FUND))


def test_a_fund_without_a_sum(refused) -> None:
    because = refused("a fund from revenues", target=("UKR",), **{**FUND, "value": None, "unit": None}).because
    assert (because.id, because.values) == ("not_enough_told", {"missing": ("value",)})


def test_a_territory_with_and_without_a_share(one, refused) -> None:
    land = {"instrument": "territory", "commodity": ("minerals",), "actor": ("RUS",), "status": "considered"}
    alone = measures(one("land", target=("UKR",), **land))[0]["territory"]
    assert alone == {"country": "UKR", "commodities": "all"}
    shared = measures(one("land", target=("USA",), place=("UKR",), value=(20, 30), unit="percent", **land))[0]["territory"]
    assert shared == {"country": "UKR", "commodities": "all", "share": "20% to 30%", "partner": "USA"}
    assert refused("land", **land).because.values == {"missing": ("country",)}
