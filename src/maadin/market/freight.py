"""What it costs to carry a tonne from one country to another: the user's figures, or a stated assumption by distance.

No source at hand prints freight by route, so the default is

    f_ij = rate * d_ij,        f_ii = 0

with d_ij the great circle between the population centres of the two countries: `data/places.csv`, each country's cities weighted with their
population. Real routes are longer and loading costs the same near and far; the rates, taken per kilometre of great circle, hold both on average.

- Bulk, for goods below 1,000 USD a tonne: 0.0015 USD per tonne-kilometre, 0.001 to 0.003. In September 2024 iron ore went from Tubarão to
  Qingdao for 26.4 USD a tonne and from Western Australia for 11.7 (Capesize; BigMint, 18 September 2024), 0.0015 on the great circle of either.
- Parcels, for all other goods: 0.01 USD per tonne-kilometre, 0.005 to 0.02. A 40-foot box took 1,420 USD on average in 2019 and 3,966 in 2024,
  2,850 over ten years (Drewry World Container Index, 28 November 2024), with some 26 tonnes of metal over some 10,000 km.

Both are assumptions. Rates count per tonne of the market's mass basis: where that is a content, a tonne of it takes several tonnes of cargo.

References
----------
Hummels, D. (2007), Transportation costs and international trade in the second era of globalization, Journal of Economic Perspectives 21(3).
Hummels, D. & Skiba, A. (2004), Shipping the good apples out?, Journal of Political Economy 112(6): freight per tonne rises with the good's price.
Mayer, T. & Zignago, S. (2011), Notes on CEPII's distances measures, CEPII Working Paper 2011-25: population-weighted distances.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.facts import regions
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark

Floats = NDArray[np.float64]
EARTH_KM = 6371.0088  # mean radius
BULK_BELOW = 1000.0  # USD per tonne
MOST_RATE = 1.0  # USD per tonne-kilometre; beyond, a matrix or another unit was meant


@dataclass(frozen=True, slots=True)
class Rate:
    """An assumed freight rate, USD per tonne-kilometre, with the range in which it may lie."""

    middle: float
    low: float
    high: float


BULK, PARCELS = Rate(0.0015, 0.001, 0.003), Rate(0.01, 0.005, 0.02)


@dataclass(frozen=True, slots=True, eq=False)
class Freight:
    """Cost of carriage by route.

    Attributes
    ----------
    usd_per_t : array (exporter, importer), USD per tonne, >= 0
        In the order of the benchmark's countries; 0 at home.
    rate : float or None
        USD per tonne-kilometre, where costs go by distance.
    notes : tuple of Note
        What was assumed.
    """

    usd_per_t: Floats
    rate: float | None
    notes: tuple[Note, ...]


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the population centre of each country, degrees, by code."""
    text = (resources.files("maadin.market") / "data" / "places.csv").read_text("utf-8")
    return {r["code"]: (float(r["lat"]), float(r["lon"])) for r in csv.DictReader(text.splitlines())}


def great_circle_km(lat: Floats, lon: Floats) -> Floats:
    """Distances between all places, array (place, place), km: haversine on a sphere.

    Parameters
    ----------
    lat, lon : array (place,), degrees

    Examples
    --------
    >>> int(great_circle_km(np.array([0.0, 0.0]), np.array([0.0, 90.0]))[0, 1])
    10007
    """
    north, east = np.radians(lat), np.radians(lon)
    half = np.sin((north[:, None] - north) / 2) ** 2 + np.cos(north)[:, None] * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def distances_km(countries: tuple[str, ...]) -> tuple[Floats, tuple[str, ...]]:
    """Distances between countries, array (n, n), km, and the codes that are no place and stand at the mean distance of the others.

    Raises
    ------
    InputError
        If a label is no country's, so that its place is unknown.
    """
    known = places()
    strangers = [c for c in countries if c not in known and c not in regions.countries()]
    if strangers or not any(c in known for c in countries):
        raise InputError(
            f"no place is known for {', '.join(strangers or countries)}, so no freight follows from distance; "
            "give it as an array or DataFrame (exporter, importer) in USD per tonne"
        )
    at = np.array([known.get(c, (np.nan, np.nan)) for c in countries])
    found = great_circle_km(at[:, 0], at[:, 1])
    placed = np.isfinite(found)
    apart = placed & ~np.eye(len(countries), dtype=bool)
    found = np.where(placed, found, found[apart].mean() if apart.any() else 0.0)
    np.fill_diagonal(found, 0.0)
    return found, tuple(c for c in countries if c not in known)


def freight_of(benchmark: Benchmark, given: Any = None) -> Freight:
    """The cost of carriage between the countries of a market.

    Parameters
    ----------
    benchmark : Benchmark
    given : float, array (exporter, importer), DataFrame or None
        USD per tonne-kilometre; or USD per tonne by route, an array in the order of the benchmark's countries or a DataFrame with their codes as
        index (exporters) and columns (importers). Without it the assumed rate of the module, by the price of the good.

    Raises
    ------
    InputError
        If it is out of range, or its shape or labels are not the market's.
    """
    if given is None:
        return _by_distance(benchmark, None)
    if isinstance(given, int | float):
        if not 0 <= given <= MOST_RATE:
            raise InputError(f"a freight rate of {given} is out of range; expected 0 to {MOST_RATE:g} USD per tonne-kilometre")
        return _by_distance(benchmark, float(given))
    return Freight(_matrix(benchmark, given), None, (Note("freight_given"),))


def assumed_rate(benchmark: Benchmark) -> Rate:
    """The rate assumed for a good, by its mean price."""
    weights = np.nan_to_num(benchmark.own_supply_t)
    return BULK if weights @ benchmark.price_usd_per_t < BULK_BELOW * weights.sum() else PARCELS


def _by_distance(b: Benchmark, rate: float | None) -> Freight:
    distances, nowhere = distances_km(b.countries)
    notes = []
    if rate is None:
        assumed = assumed_rate(b)
        rate = assumed.middle
        notes.append(Note("freight_assumed", {"rate": rate, "low": assumed.low, "high": assumed.high}))
    else:
        notes.append(Note("freight_rate_given", {"rate": rate}))
    if nowhere:
        notes.append(Note("freight_no_place", {"countries": nowhere}))
    return Freight(rate * distances, rate, tuple(notes))


def _matrix(b: Benchmark, given: Any) -> Floats:
    n = len(b.countries)
    if hasattr(given, "reindex"):  # a DataFrame, told without importing pandas
        missing = [c for c in b.countries if c not in given.index or c not in given.columns]
        if missing:
            raise InputError(
                f"the table of freight lacks {', '.join(missing[:8])}; expected every country of the market as index and column"
            )
        given = given.loc[list(b.countries), list(b.countries)].to_numpy(dtype=np.float64)
    made = np.array(given, dtype=np.float64)
    if made.shape != (n, n):
        raise InputError(f"freight of shape {made.shape} does not fit the market; expected {n} exporters by {n} importers in USD per tonne")
    np.fill_diagonal(made, 0.0)
    if not np.all(made >= 0) or not np.all(np.isfinite(made)):
        raise InputError("freight by route holds negative or missing costs; expected USD per tonne, >= 0, for every pair of countries")
    return made
