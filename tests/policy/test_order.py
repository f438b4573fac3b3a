"""Conflicts: measures that say two things of the same route or country on the same day are refused, both named."""

from __future__ import annotations

from typing import Any

import pytest

from maadin.policy import Scenario, ScenarioError, conflicts, in_order

TARIFF = {"importer": "USA", "exporter": "China", "rate": "25%", "mode": "set"}
OFFER = {"exporter": "RUS", "importer": "USA", "tonnes": "2 Mt"}
REOPEN = {"exporter": "RUS", "importer": "USA", "open_year": 2017}
EMBARGO = {"importer": "USA", "exporter": "RUS"}
QUOTA = {"importer": "USA", "tonnes": "1 Mt"}
TRQ = {"importer": "USA", "tonnes": "1 Mt", "over_quota_rate": "50%"}
FLOOR = {"country": "USA", "price": "$3/kg", "mechanism": "cfd"}
BUILD = {"country": "USA", "tonnes": "1 kt", "action": "build"}


def scenario(*measures: dict[str, Any]) -> Scenario:
    return Scenario("two", commodity="aluminium", year=2024, measures=measures)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"tariff": TARIFF}, {"tariff": TARIFF | {"exporter": "all", "rate": "50%"}}, "both set the duty from China to United States"),
        ({"tariff": TARIFF}, {"tariff": TARIFF | {"importer": "G7"}}, "both set the duty"),
        ({"tariff": TARIFF}, {"tariff_rate_quota": TRQ}, "both set the duty"),
        ({"export_tax": {"exporter": "RUS", "rate": "15%"}}, {"export_tax": {"exporter": "EAEU", "rate": "5%"}}, "both set the export tax from Russia"),
        ({"import_quota": QUOTA}, {"import_quota": QUOTA | {"exporter": "CAN"}}, "both limit the imports from Canada"),
        ({"import_quota": QUOTA}, {"tariff_rate_quota": TRQ}, "both limit the imports"),
        ({"export_quota": {"exporter": "COD", "tonnes": "1 kt"}}, {"export_quota": {"exporter": "COD", "tonnes": "2 kt"}}, "both limit the exports"),
        ({"embargo": EMBARGO}, {"reopen": REOPEN}, "the first closes the route that the second opens, from Russia to United States"),
        ({"supply_offer": OFFER}, {"export_ban": {"exporter": "RUS"}}, "the second closes the route that the first offers goods on"),
        ({"reopen": REOPEN}, {"reopen": REOPEN | {"open_year": 2016}}, "both open the route"),
        ({"supply_offer": OFFER}, {"supply_offer": OFFER}, "both offer a discount"),
        ({"price_floor": FLOOR}, {"price_floor": FLOOR | {"country": "G7", "mechanism": "purchase"}}, "both set a price floor for United States"),
        ({"stockpile": BUILD}, {"stockpile": BUILD | {"action": "release"}}, "the first builds the stock that the second releases, for United States"),
        ({"stockpile": BUILD}, {"stockpile": BUILD}, "both build the stock"),
    ],
)  # fmt: skip
def test_what_conflicts(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    made = scenario(one, other)
    (conflict,) = conflicts(made)
    assert (conflict.first, conflict.second) == (0, 1)
    assert reason in conflict.reason
    nouns = [next(iter(m)) for m in (one, other)]
    with pytest.raises(ScenarioError) as raised:
        made.check()
    assert f"measures[0] ({nouns[0]}) and measures[1] ({nouns[1]})" in str(raised.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"tariff": TARIFF}, {"tariff": TARIFF | {"mode": "add"}}),
        ({"tariff": TARIFF}, {"tariff": TARIFF | {"exporter": "India"}}),
        ({"tariff": TARIFF | {"to": 2026}}, {"tariff": TARIFF | {"from": 2027, "rate": "50%"}}),
        ({"tariff": TARIFF | {"exporter": "all", "except": "RUS"}}, {"tariff": TARIFF | {"exporter": "RUS", "rate": "200%"}}),
        ({"tariff": TARIFF | {"importer": "EU27", "exporter": "all"}}, {"tariff": TARIFF | {"importer": "FRA", "exporter": "DEU"}}),
        ({"embargo": EMBARGO}, {"export_ban": {"exporter": "RUS"}}),
        ({"embargo": EMBARGO}, {"tariff": TARIFF | {"exporter": "all"}}),
        ({"import_quota": QUOTA}, {"export_quota": {"exporter": "CAN", "tonnes": "1 Mt"}}),
        ({"price_floor": FLOOR}, {"price_floor": FLOOR | {"mechanism": "minimum_import_price"}}),
        ({"reopen": REOPEN}, {"supply_offer": OFFER}),
        ({"supply_shock": {"country": "CHL", "loss": "5%"}}, {"supply_shock": {"country": "CHL", "loss": "5%"}}),
        ({"territory": {"country": "UKR"}}, {"territory": {"country": "UKR"}}),
    ],
)
def test_what_stands_together(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert conflicts(scenario(one, other)) == []
    assert conflicts(scenario(other, one)) == []


def test_overlap_is_judged_on_the_countries_of_the_market() -> None:
    made = scenario({"tariff": TARIFF | {"exporter": "G7"}}, {"tariff": TARIFF | {"exporter": ["FRA", "BRA"]}})
    assert conflicts(made, ["USA", "CAN", "BRA"]) == []
    assert len(conflicts(made, ["USA", "CAN", "BRA", "FRA"])) == 1


def test_measures_combine_in_the_stated_order() -> None:
    made = scenario(
        {"supply_offer": OFFER}, {"import_quota": QUOTA}, {"tariff": TARIFF | {"mode": "add"}}, {"tariff": TARIFF}, {"reopen": REOPEN},
        {"embargo": EMBARGO | {"exporter": "IRN"}}, {"capacity": {"country": "RUS", "tonnes": "1 kt"}}, {"territory": {"country": "UKR"}},
    )  # fmt: skip
    assert [m.noun for _, m in in_order(made.measures)] == [
        "capacity", "embargo", "reopen", "tariff", "tariff", "import_quota", "supply_offer",
    ]  # fmt: skip
    assert [at for at, _ in in_order(made.measures)] == [6, 5, 4, 3, 2, 1, 0]
