"""Offers and the end of bans: routes that are shut open, as they were before the first measure against them."""

from __future__ import annotations

import pytest

from maadin.market.benchmark import Benchmark
from maadin.reading.propose.routes import SINCE, open_year

from .conftest import keys, measures

OFFER = {"instrument": "supply_offer", "actor": ("RUS",), "target": ("USA",), "value": 5e5, "unit": "tonne", "status": "proposed"}


@pytest.fixture(scope="module")
def aluminium() -> Benchmark:
    return Benchmark.from_facts("aluminium", 2024)


def test_open_year_is_the_last_before_the_first_measure_on_record(aluminium: Benchmark) -> None:
    found = open_year(aluminium, "RUS", "USA")
    assert found is not None
    assert (found.year, found.measure_since) == (2017, "2018-03-23")
    assert found.share > 0.05


def test_without_a_measure_it_is_the_year_of_the_largest_share(aluminium: Benchmark) -> None:
    found = open_year(aluminium, "TJK", "TUR")
    assert found is not None
    assert found.measure_since == ""
    assert SINCE <= found.year < 2024


def test_the_first_measure_may_be_the_exporter_s_own(aluminium: Benchmark) -> None:
    found = open_year(aluminium, "RUS", "TUR")
    assert found is not None
    assert (found.year, found.measure_since) == (2020, "2021-08-01")


def test_a_route_that_never_carried_anything_has_none(aluminium: Benchmark) -> None:
    assert open_year(aluminium, "BTN", "ISL") is None


def test_an_offer_if_restrictions_go(one) -> None:
    made = one("Moscow offers half a million tonnes", condition="if sanctions are lifted", **OFFER)
    assert [next(iter(m)) for m in measures(made)] == ["tariff", "reopen", "supply_offer"]
    assert measures(made)[0]["tariff"] == {"importer": "USA", "exporter": "RUS", "mode": "set", "rate": "0%"}
    for said in ("its duty of 200% goes", "ban of 13 April 2024", "what it was in 2017", "one year's", "“if sanctions are lifted”"):
        assert said in keys(made)


def test_an_offer_without_a_condition_keeps_the_duty_but_opens_the_route(one) -> None:
    made = one("Moscow offers half a million tonnes a year", **OFFER)
    assert [next(iter(m)) for m in measures(made)] == ["reopen", "supply_offer"]
    assert "one year's" not in keys(made)


def test_a_condition_that_is_no_restriction_keeps_the_duty(one) -> None:
    made = one("an offer", condition="if talks go well", **OFFER)
    assert [next(iter(m)) for m in measures(made)] == ["reopen", "supply_offer"]


def test_an_offer_on_an_open_route_stands_alone(one) -> None:
    made = one("an offer", **{**OFFER, "actor": ("CAN",)})
    assert [next(iter(m)) for m in measures(made)] == ["supply_offer"]


def test_an_offer_without_tonnes_has_a_range(one) -> None:
    made = one("an offer", **{**OFFER, "actor": ("CAN",), "value": None, "unit": None})
    assert measures(made)[0]["supply_offer"]["tonnes"] == "165 kt to 825 kt"
    assert "Here that is 165 to 825 thousand tonnes a year" in keys(made)


def test_the_end_of_an_import_ban_opens_the_route(one) -> None:
    made = one("the ban has ended", instrument="ban", direction="import", target=("RUS",), status="ended")
    assert measures(made) == [{"reopen": {"exporter": "RUS", "importer": "USA", "open_year": 2017}}]
    assert "has ended" in keys(made)


def test_an_exemption_from_a_ban(one, refused) -> None:
    ban = {"instrument": "ban", "commodity": ("nickel",), "actor": ("PHL",), "status": "exempted"}
    assert measures(one("all but China", target=("CHN",), **ban)) == [
        {"export_ban": {"exporter": "PHL", "importer": "all", "except": "CHN"}}
    ]
    assert refused("nickel goes on", **ban).because.id == "exempted_as_it_was"
