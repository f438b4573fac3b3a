"""Freight by distance and as given. Distances are checked against the great circles between well-known points, to a twentieth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from maadin.errors import InputError
from maadin.facts import regions
from maadin.market.benchmark import Benchmark
from maadin.market.freight import BULK, PARCELS, assumed_rate, distances_km, freight_of, great_circle_km, places

# Codes of the catalogue that are no place of today, or have no town
NO_PLACE = {"ANT", "ATA", "BVT", "CSK", "DDR", "EFT", "HMD", "NES", "OTH", "PUS", "SCG", "SUN", "UMI", "WLD", "ZA1"}
FLOWS = [{"exporter": "CHL", "importer": "CHN", "trade_t": 70.0}]


def market(price: float = 5000.0, **about) -> Benchmark:
    made = [{"country": "CHL", "production_t": 100.0}, {"country": "CHN", "production_t": 20.0}]
    flows = [{**FLOWS[0], "value_usd": 70 * price}]
    return Benchmark.from_tables(made, flows, commodity="copper", year=2024, **about)


def test_every_country_of_the_catalogue_has_a_place() -> None:
    assert set(regions.countries()) - set(places()) == NO_PLACE
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in places().values())


def test_great_circles() -> None:
    lat, lon = np.array([0.0, 0.0, 90.0, 0.0]), np.array([0.0, 180.0, 0.0, 90.0])
    quarter = np.pi * 6371.0088 / 2
    expected = quarter * np.array([[0, 2, 1, 1], [2, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]])
    assert great_circle_km(lat, lon) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "km"), [("BRA", "CHN", 17_300), ("AUS", "CHN", 7_900), ("USA", "CAN", 1_130), ("FRA", "DEU", 680)]
)
def test_distances(one: str, other: str, km: float) -> None:
    found, nowhere = distances_km((one, other))
    assert found[0, 1] == found[1, 0] == pytest.approx(km, rel=0.05)
    assert found[0, 0] == 0.0
    assert not nowhere


def test_the_bulk_rate_is_that_of_two_known_voyages() -> None:
    found, _ = distances_km(("BRA", "AUS", "CHN"))
    assert BULK.middle * found[0, 2] == pytest.approx(26.4, rel=0.05)
    assert BULK.middle * found[1, 2] == pytest.approx(11.7, rel=0.05)


def test_what_is_no_place_stands_at_the_mean_distance() -> None:
    found, nowhere = distances_km(("CHL", "CHN", "OTH"))
    assert nowhere == ("OTH",)
    assert found[2, 0] == found[0, 1]
    assert found[2, 2] == 0.0


def test_the_rate_goes_by_the_price_and_is_noted() -> None:
    dear, cheap = market(), market(50.0)
    assert (assumed_rate(dear), assumed_rate(cheap)) == (PARCELS, BULK)
    made = freight_of(dear)
    assert made.rate == PARCELS.middle
    assert made.usd_per_t[0, 1] == pytest.approx(PARCELS.middle * distances_km(dear.countries)[0][0, 1])
    note = made.notes[0]
    assert (note.id, note.values["low"], note.values["high"]) == ("freight_assumed", PARCELS.low, PARCELS.high)
    given = freight_of(dear, 0.02)
    assert given.usd_per_t == pytest.approx(2 * made.usd_per_t)
    assert given.notes[0].id == "freight_rate_given"


def test_freight_by_route() -> None:
    b = market()
    matrix = np.array([[9.0, 40.0], [60.0, 9.0]])
    made = freight_of(b, matrix)
    assert made.usd_per_t == pytest.approx(np.array([[0.0, 40.0], [60.0, 0.0]]))
    assert matrix[0, 0] == 9.0  # the user's own array stays
    table = pd.DataFrame([[0.0, 60.0], [40.0, 0.0]], index=["CHN", "CHL"], columns=["CHN", "CHL"])
    assert freight_of(b, table).usd_per_t == pytest.approx(made.usd_per_t)  # by label, not by place
    assert freight_of(b, table).rate is None


def test_refusals() -> None:
    b = market()
    with pytest.raises(InputError, match="out of range"):
        freight_of(b, 50)
    with pytest.raises(InputError, match=r"shape \(3, 3\)"):
        freight_of(b, np.zeros((3, 3)))
    with pytest.raises(InputError, match="negative or missing"):
        freight_of(b, [[0.0, -1.0], [1.0, 0.0]])
    with pytest.raises(InputError, match="lacks CHL"):
        freight_of(b, pd.DataFrame([[0.0]], index=["CHN"], columns=["CHN"]))
    free = Benchmark.from_tables(
        [{"country": "R1", "production_t": 9.0}, {"country": "R2", "production_t": 0.0}], [{"exporter": "R1", "importer": "R2", "trade_t": 5.0}],
        year=2024, labels="free",
    )  # fmt: skip
    with pytest.raises(InputError, match="no place is known for R1, R2"):
        freight_of(free)
