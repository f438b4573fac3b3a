"""Prices, reliance, measures, governance and derived figures against values read by hand in the publishers' files."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import maadin as md
from maadin.errors import InputError
from maadin.facts.ask import derived, listing
from maadin.facts.ask.measures import measures
from maadin.facts.ask.prices import prices
from maadin.facts.ask.reliance import reliance

ROOT = Path(__file__).parents[3]


def test_published_reliance_of_the_united_states() -> None:
    # mcs2025-alumi_salient.csv, NIR_pct: 38, 40, 52, 44, 47
    rows = [r for r in reliance("aluminium", year="2020-2024").records() if r["method"] == "published"]
    assert [(r["year"], round(100 * r["net_import_reliance"])) for r in rows] == [
        (2020, 38),
        (2021, 40),
        (2022, 52),
        (2023, 44),
        (2024, 47),
    ]


def test_a_net_exporter_has_no_number_and_a_bound_says_so() -> None:
    # mcs2025-rareee_salient.csv: concentrate E, compounds and metals >95 in 2021
    rows = {(r["form"], r["year"]): r for r in reliance("rare earths").records() if r["method"] == "published"}
    concentrate, compounds = (next(r for (form, year), r in rows.items() if year == 2021 and form.startswith(f)) for f in ("conc", "comp"))
    assert (concentrate["status"], concentrate["net_import_reliance"]) == ("net_exporter", None)
    assert (compounds["status"], compounds["low"]) == ("at_least", pytest.approx(0.95))


def test_computed_reliance_is_the_identity() -> None:
    rows = [r for r in reliance("aluminium", country="Japan", year=2022).records() if r["method"] == "computed"]
    assert rows[0]["production_t"] == 0.0
    assert rows[0]["net_import_reliance"] == pytest.approx(
        (rows[0]["imports_t"] - rows[0]["exports_t"]) / rows[0]["apparent_consumption_t"]
    )


def test_prices_of_the_world_bank_and_of_usgs() -> None:
    yearly = [r for r in prices("aluminium", year=2023).records() if r["source"] == "wb_pinksheet" and r["basis"].startswith("nominal")]
    assert yearly[0]["value"] == pytest.approx(2255.7391666666667)
    march = [r for r in prices("nickel", year=2022, monthly=True).records() if r["month"] == 3]
    assert (march[0]["value"], march[0]["unit"]) == (33924.18, "USD/t")
    neodymium = prices("rare earths", item="Nd2O3", year=2021, release="all").records()
    assert [(r["release"], r["value"], r["usd_per_tonne"]) for r in neodymium] == [
        ("MCS 2023", 49.0, 49_000.0), ("MCS 2024", 98.0, 98_000.0), ("MCS 2025", 98.0, 98_000.0),
    ]  # fmt: skip


def test_governance_estimate() -> None:
    row = listing.governance("Russia", year=2022).records()[0]
    assert (round(row["value"], 4), round(row["standard_error"], 4)) == (-0.919, 0.233)


def test_measures_in_force_on_a_day() -> None:
    found = {r["id"] for r in measures("aluminium", imposing="USA", targeted="Russia", on="2024-06-01").records()}
    assert "us232_al_2023_rus" in found
    assert "us232_al_2025a" not in found
    later = {r["id"] for r in measures("aluminium", imposing="USA", targeted="Russia", on="2025-04-01").records()}
    assert "us232_al_2025a" not in later, "Russia is excepted from the 25%"


def test_years_of_reserves_by_hand() -> None:
    # MCS 2025, rare earths: 3,800,000 t over 2,500 t
    row = derived.years_of_reserves("rare earths", country="Russia").records()[0]
    assert row["years_of_reserves"] == pytest.approx(1520)


def test_a_comparison_names_every_release() -> None:
    rows = derived.compare("rare earths", of="reserves", country="Vietnam").records()
    assert [(r["release"], r["value"]) for r in rows] == [("MCS 2023", 22e6), ("MCS 2024", 22e6), ("MCS 2025", 3.5e6)]
    assert rows[-1]["difference_from_first"] == pytest.approx(3.5 / 22 - 1)


def test_concentration_of_imports_needs_a_country() -> None:
    with pytest.raises(InputError, match="needs a country"):
        derived.hhi("copper", of="imports")
    assert 0 < derived.hhi("copper", of="imports", country="China").records()[0]["hhi"] < 1


def test_every_public_name_exists_and_answers_with_a_frame() -> None:
    for name in md.facts.__all__:
        assert callable(getattr(md.facts, name))
    frame = md.facts.reserves("tin", country="Peru")
    assert {"unit", "year", "source", "release"} <= set(frame.columns)
    assert frame.attrs["sources"]


def test_the_reference_page_is_made_from_the_code() -> None:
    file = ROOT / "docs" / "reference" / "make_tables.py"
    spec = importlib.util.spec_from_file_location("make_tables", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert file.with_name("tables.md").read_text("utf-8") == module.page()
