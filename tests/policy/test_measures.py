"""Measures: fields, defaults, what excludes what, and that writing and reading is the identity."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from policy_strategies import measures
from pydantic import ValidationError

from maadin.errors import InputError
from maadin.policy import MEASURES, AdValoremTariff, Capacity, ScenarioError, Tariff
from maadin.policy.measures import read_measure
from maadin.policy.problems import describe, field_names
from maadin.units import Range

DEFAULTS = {
    "tariff": {"exporter": ("all",), "excepted": ()},
    "export_tax": {"importer": ("all",), "mode": "set"},
    "export_ban": {"importer": ("all",)},
    "import_quota": {"exporter": ("all",), "rent_to_importer": 1.0},
    "export_quota": {"importer": ("all",), "rent_to_importer": 0.0},
    "tariff_rate_quota": {"exporter": ("all",), "in_quota_rate": 0.0, "rent_to_importer": 1.0},
    "capacity": {"ramp_years": 0.0, "chance_of_failure": 0.0, "partner": None},
    "supply_offer": {"max_discount": 0.5},
    "price_floor": {"payer": None},
    "resource_fund": {
        "commodities": ("all",), "share": 0.5, "years": Range(10.0, 50.0), "cost_share": Range(0.4, 0.8), "discount_rate": Range(0.05, 0.12),
    },
    "territory": {"commodities": ("all",), "share": None},
}  # fmt: skip


def test_every_measure_of_the_design_is_there() -> None:
    assert set(MEASURES) == {
        "tariff", "export_tax", "embargo", "export_ban", "import_quota", "export_quota", "tariff_rate_quota", "subsidy", "price_floor", "stockpile",
        "capacity", "supply_shock", "demand_shift", "reopen", "supply_offer", "resource_fund", "territory",
    }  # fmt: skip


@pytest.mark.parametrize("noun", sorted(MEASURES))
def test_every_field_is_described_and_every_class_too(noun: str) -> None:
    model = MEASURES[noun]
    assert model.__doc__
    for field in field_names(model):
        assert len(describe(model, field)) > 5, field


@pytest.mark.parametrize(("noun", "expected"), DEFAULTS.items())
def test_defaults(noun: str, expected: dict[str, Any]) -> None:
    fields = MEASURES[noun].model_fields
    assert {name: fields[name].default for name in expected} == expected


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(measures())
def test_write_then_read_is_the_identity(data: dict[str, Any]) -> None:
    measure = read_measure(data)
    again = read_measure(measure.to_data())
    assert again == measure
    assert hash(again) == hash(measure)


def test_a_duty_is_ad_valorem_or_per_tonne_by_what_is_written() -> None:
    percent = Tariff(importer="USA", rate="25%", mode="set")
    assert (percent.rate, percent.specific_duty_usd_per_t) == (0.25, None)
    each = Tariff(importer="USA", rate="$300/t", mode="add")
    assert (each.rate, each.specific_duty_usd_per_t) == (None, 300.0)
    assert each.to_data()["tariff"]["rate"] == "300 USD/t"
    assert Tariff(importer="USA", rate="10% to 200%", mode="set").rate == Range(0.1, 2.0)
    loss = read_measure({"supply_shock": {"country": "CHL", "loss": "30%"}})
    assert (loss.loss_share, loss.loss_t) == (0.3, None)  # type: ignore[attr-defined]
    loss = read_measure({"supply_shock": {"country": "CHL", "loss": "200 kt"}})
    assert (loss.loss_share, loss.loss_t) == (None, 2e5)  # type: ignore[attr-defined]


def test_an_ad_valorem_tariff_is_a_tariff_that_sets() -> None:
    made = AdValoremTariff(importer="USA", exporter="CHN", rate=0.25)
    assert made == Tariff(importer=["USA"], exporter=["CHN"], rate="25%", mode="set")


def test_places_come_alone_in_lists_and_with_commas() -> None:
    assert Tariff(importer="USA, Canada", rate="1%", mode="set").importer == ("USA", "Canada")
    assert Tariff(importer="الصين، الهند", rate="1%", mode="set").importer == ("الصين", "الهند")
    assert Tariff(importer="Congo, D.R.", rate="1%", mode="set").importer == ("Congo, D.R.",)
    assert Tariff(importer=["NO", "NO"], rate="1%", mode="set").importer == ("NO",)


def test_dates_take_in_whole_years_and_months() -> None:
    made = Capacity(**{"country": "RUS", "tonnes": "20 kt", "from": 2027, "to": "2028-02"})
    assert (made.from_date, made.to_date) == (date(2027, 1, 1), date(2028, 2, 29))
    assert [round(made.in_force(year), 4) for year in (2026, 2027, 2028, 2029)] == [0.0, 1.0, round(60 / 366, 4), 0.0]
    assert made.to_data()["capacity"]["from"] == 2027
    assert made.to_data()["capacity"]["to"] == "2028-02-29"


@pytest.mark.parametrize("wrong", ["2027-13", "2027-02-30", "27", 20270, "soon", 2027.5, True, "2027-00", "0000"])
def test_what_is_no_date_is_refused(wrong: object) -> None:
    with pytest.raises(ScenarioError, match=r"from: .*is not a date; expected 2027"):
        Capacity(**{"country": "RUS", "tonnes": "20 kt", "from": wrong})


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"tariff": {"importer": "USA", "rate": 25, "mode": "set"}}, "rate", "did you mean 25% or 0.25"),
        ({"tariff": {"importer": "USA", "rate": "25%"}}, "mode", "is needed"),
        ({"tariff": {"importer": "USA", "rate": "25%", "mode": "sett"}}, "mode", "'set' or 'add'"),
        ({"tariff": {"importer": "USA", "mode": "set"}}, "rate", "is needed: ad valorem"),
        ({"tariff": {"importer": 5, "rate": "25%", "mode": "set"}}, "importer", "does not name a country"),
        ({"tariff": {"importer": [], "rate": "25%", "mode": "set"}}, "importer", "between 1 and"),
        ({"tariff": {"importer": "USA", "exporters": "all", "rate": "25%", "mode": "set"}}, "exporters", "nearest: 'exporter'"),
        ({"tariff": {"importer": "USA", "rate": "25%", "specific_duty_usd_per_t": 3, "mode": "set"}}, "rate", "both are given"),
        ({"import_quota": {"importer": "USA"}}, "tonnes", "exactly one of tonnes and share_of_benchmark; none"),
        ({"import_quota": {"importer": "USA", "tonnes": "1 kt", "share_of_benchmark": "5%"}}, "tonnes", "both are given"),
        ({"import_quota": {"importer": "USA", "tonnes": "1 kt", "rent_to_importer": "120%"}}, "rent_to_importer", "more than 100%"),
        ({"price_floor": {"country": "USA", "price": 5, "mechanism": "minimum_import_price", "payer": "USA"}}, "payer", "the buyers pay"),
        ({"supply_offer": {"exporter": "RUS", "importer": "USA", "tonnes": "1 Mt", "max_discount": "5% to 9%"}}, "max_discount", "is a range"),
        ({"capacity": {"country": "RUS", "tonnes": "1 kt", "from": 2028, "to": 2027}}, "to", "before the first day"),
        ({"reopen": {"exporter": "RUS", "importer": "USA", "open_year": 17}}, "open_year", "greater than or equal to 1900"),
        ({"territory": {"country": "UKR", "commodities": 3}}, "commodities", "does not name a commodity"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_field(data: dict[str, Any], path: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=r".") as raised:
        read_measure(data)
    assert [p.path for p in raised.value.problems] == [path]
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [({"tarif": {}}, "nearest: 'tariff'"), (3, "expected one measure"), ({}, "expected one measure"), ({"tariff": [1]}, "needs fields"),
     ({"tariff": {}, "embargo": {}}, "expected one measure"), ({"tariff": {1: 2}}, "needs fields"), ("tariff", "expected one measure")],
)  # fmt: skip
def test_what_is_no_measure_is_refused(data: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_measure(data)


def test_measures_cannot_be_changed() -> None:
    made = AdValoremTariff(importer="USA", rate=0.25)
    with pytest.raises(ValidationError):
        made.rate = 0.5  # type: ignore[misc]


def test_open_sizes_and_their_values() -> None:
    made = Capacity(country="RUS", tonnes="100 kt to 500 kt", ramp_years="2 to 4", chance_of_failure="10%")
    assert made.open_sizes() == {"tonnes": Range(1e5, 5e5), "ramp_years": Range(2.0, 4.0)}
    assert made.sized(tonnes=2e5).open_sizes() == {"ramp_years": Range(2.0, 4.0)}
