"""The table from instruments found in texts to measures."""

from __future__ import annotations

import pytest

from maadin.errors import InputError, LabelError
from maadin.policy import MEASURES, ScenarioError
from maadin.policy.instruments import find, instruments, propose, quantity
from maadin.policy.problems import field_names
from maadin.units import Range

READ = (
    "tariff", "ban", "quota", "export_control", "supply_offer", "joint_venture", "capacity_project", "fund", "price_support", "sanction", "territory",
    "cooperation",
)  # fmt: skip
BASES = {"world output": 72e6, "actor output": 4e6, "benchmark price": 2400.0}


def test_every_instrument_a_text_may_have_is_in_the_table() -> None:
    assert {row.instrument for row in instruments()} == set(READ)
    for row in instruments():
        fields = field_names(MEASURES[row.measure])
        assert {f for f in (row.actor, row.target, row.place, row.size, *row.fixed) if f} <= set(fields)
        assert row.assumes.en
        assert row.assumes.ar
        assert bool(row.low) == bool(row.high)


@pytest.mark.parametrize("row", instruments(), ids=lambda r: f"{r.instrument} {r.direction}")
def test_every_row_makes_its_measure(row) -> None:
    size = "500 billion USD" if row.measure == "resource_fund" else None
    made = propose(row.instrument, actor=["RUS"], target=["USA"], place=["UKR"], direction=row.direction or None, size=size, bases=BASES)
    assert made.missing == ()
    assert [m.noun for m in made.measures] == [row.measure]
    assert made.assumes == (row.assumes,)


@pytest.mark.parametrize(
    ("instrument", "asked", "expected"),
    [
        ("tariff", {"actor": ["USA"], "size": "25%"}, {"importer": "USA", "exporter": "all", "rate": "25%", "mode": "set"}),
        ("tariff", {"actor": ["USA"], "target": ["WLD"]}, {"importer": "USA", "exporter": "all", "rate": "10% to 50%", "mode": "set"}),
        ("ban", {"actor": ["IDN"], "direction": "export"}, {"exporter": "IDN", "importer": "all"}),
        ("ban", {"actor": ["EUU"], "target": ["RUS"], "direction": "import"}, {"importer": "EU27", "exporter": "RUS"}),
        ("sanction", {"actor": ["USA", "GBR"], "target": ["RUS"]}, {"importer": ["USA", "GBR"], "exporter": "RUS"}),
        ("quota", {"actor": ["COD"], "size": "96.6 kt"}, {"exporter": "COD", "importer": "all", "tonnes": "96.6 kt", "rent_to_importer": "0%"}),
        ("quota", {"actor": ["COD"], "size": "40%"}, {"exporter": "COD", "importer": "all", "share_of_benchmark": "40%", "rent_to_importer": "0%"}),
        ("export_control", {"actor": ["CHN"]}, {"exporter": "CHN", "importer": "all", "share_of_benchmark": "40% to 90%", "rent_to_importer": "0%"}),
        ("supply_offer", {"actor": ["RUS"], "target": ["USA"], "size": "2 Mt"},
         {"exporter": "RUS", "importer": "USA", "tonnes": "2 Mt", "max_discount": "50%"}),
        ("fund", {"actor": ["USA"], "target": ["UKR"], "size": "500 billion USD"},
         {"country": "UKR", "commodities": "all", "value": "500 billion USD", "share": "50%", "years": "10 to 50", "cost_share": "40% to 80%",
          "discount_rate": "5% to 12%", "partner": "USA"}),
        ("territory", {"actor": ["RUS"], "target": ["USA"], "place": ["UKR"]}, {"country": "UKR", "commodities": "all", "partner": "USA"}),
    ],
)  # fmt: skip
def test_who_goes_where(instrument: str, asked: dict, expected: dict) -> None:
    (measure,) = propose(instrument, **asked).measures
    assert measure.to_data()[measure.noun] == expected


def test_a_size_that_is_not_told_is_a_stated_range() -> None:
    joint = propose("joint_venture", actor=["RUS"], target=["USA"], bases=BASES).measures[0]
    assert joint.tonnes == Range(144e3, 1.44e6)  # type: ignore[attr-defined]
    assert joint.partner == ("USA",)  # type: ignore[attr-defined]
    assert propose("joint_venture", actor=["RUS"], target=["SAU"], place=["SAU"], size="1 kt").measures[0].country == ("SAU",)  # type: ignore[attr-defined]


def test_what_is_missing_is_named() -> None:
    assert propose("joint_venture", actor=["RUS"]).missing == ("tonnes or world output",)
    assert propose("ban", actor=["USA"], direction="import").missing == ("exporter",)
    assert propose("fund", actor=["USA"]).missing == ("country", "value")


def test_statement_sizes_become_quantities() -> None:
    assert quantity(25, "percent") == "25%"
    assert quantity(2000000, "tonne") == "2000000 t"
    assert quantity([10, 50.5], "USD/tonne") == ["10 USD/t", "50.5 USD/t"]
    assert quantity(None, "tonne") is None
    assert quantity(3, "rank") is None
    assert propose("tariff", actor=["USA"], size=quantity([10, 25], "percent")).measures[0].rate == Range(0.1, 0.25)  # type: ignore[attr-defined]


def test_unknown_instruments_directions_and_sizes_are_refused() -> None:
    with pytest.raises(LabelError, match="'tariff'"):
        find("duty")
    with pytest.raises(InputError, match="expected 'export'"):
        find("export_control", "import")
    with pytest.raises(ScenarioError, match="another unit"):
        propose("tariff", actor=["USA"], size="2 Mt")
