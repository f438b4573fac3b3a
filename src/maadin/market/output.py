"""Output of one market in one year by country, with how firmly it is known.

World Mining Data where it counts the stage on the catalogue's mass basis, else the newest release of the Mineral Commodity Summaries. Where both
print a country, half their distance widens the standard deviation. A country without a figure (withheld, blank) is estimated: from the other
source, from the nearest year of the same source, or as what it exports beyond its imports; the record says which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from maadin.facts.ask.quantities import OTHERS, WORLD, rows_of
from maadin.facts.records import NO_VALUE
from maadin.facts.selection import Market
from maadin.facts.store import Store

Record = dict[str, Any]
Basis = Literal["printed", "other source", "nearest year", "net exports", "share of others"]
REPORTED, ESTIMATED = 0.05, 0.10  # relative standard deviations
NEAREST, GUESSED = 0.3, 1.0
WIDEST = 0.5


@dataclass(frozen=True, slots=True)
class Output:
    """Output of one country.

    Attributes
    ----------
    country : str
    value_t, deviation_t : float
        Tonnes of the market's mass basis and its standard deviation; a printed zero is sure.
    basis : str
        printed, or how it was estimated.
    status : str
        What the source's cell says (value, zero, withheld, missing ...).
    source, release : str
    """

    country: str
    value_t: float
    deviation_t: float
    basis: Basis
    status: str
    source: str
    release: str


def outputs(store: Store, market: Market, year: int, net_exports: Mapping[str, float]) -> dict[str, Output]:
    """Output by country; empty when no source counts the stage in that year.

    Parameters
    ----------
    net_exports : mapping
        Exports less imports by country, tonnes; what unlisted output is laid out by.
    """
    rows = [
        r
        for r in rows_of("production", market.commodity.id, store)
        if r["stage"] == market.stage.id
        and r["mass_basis"] == market.stage.mass_basis
        and r["unit"] == "tonne"
        and (market.stage.form is None or r["form"] in ("", market.stage.form))
        and "+" not in r["country"]
    ]
    by_source = {source: _newest(rows, source) for source in ("wmd", "usgs_mcs")}
    leading = next((s for s, by_year in by_source.items() if by_year.get(year)), None)
    if leading is None:
        return {}
    here = by_source[leading]
    beside = next((t.get(year, {}) for s, t in by_source.items() if s != leading), {})
    found: dict[str, Output] = {}
    for country, row in here[year].items():
        if country not in (WORLD, OTHERS):
            found[country] = _one(row, beside.get(country), {y: t[country] for y, t in here.items() if country in t}, net_exports)
    rest = here[year].get(OTHERS)
    if rest and rest["value"]:
        found |= _laid_out(rest, {c: v for c, v in net_exports.items() if v > 0 and c not in found})
    return found


def _newest(rows: list[Record], source: str) -> dict[int, dict[str, Record]]:
    """Rows by year and country, forms added up, of the newest release with a figure."""
    found: dict[int, dict[str, Record]] = {}
    for row in sorted((r for r in rows if r["source"] == source), key=lambda r: r["release"]):
        known = found.setdefault(row["year"], {}).get(row["country"])
        if known is None or (known["release"] != row["release"] and row["value"] is not None):
            found[row["year"]][row["country"]] = dict(row)
        elif known["release"] == row["release"] and row["value"] is not None:
            known.update(value=(known["value"] or 0.0) + row["value"], status=row["status"])
    return found


def _one(row: Record, beside: Record | None, years: Mapping[int, Record], net_exports: Mapping[str, float]) -> Output:
    def made(value: float, deviation: float, basis: Basis, of: Record) -> Output:
        return Output(row["country"], value, deviation, basis, row["status"], of["source"], of["release"])

    other = beside["value"] if beside else None
    if row["value"] is not None and row["status"] not in NO_VALUE:
        value = float(row["value"])
        share = ESTIMATED if row["quality"] == "estimated" else REPORTED
        if value and other is not None:
            share = min(max(share, abs(other - value) / (2 * value)), WIDEST)
        return made(value, share * value, "printed", row)
    if beside and other is not None:
        return made(float(other), ESTIMATED * other, "other source", beside)
    nearest = _nearest(years, row["year"], lambda r: r["value"] is not None)
    if nearest:
        return made(float(nearest["value"]), NEAREST * nearest["value"], "nearest year", nearest)
    guess = max(net_exports.get(row["country"], 0.0), 0.0)
    return made(guess, GUESSED * guess, "net exports", row)


def _nearest(years: Mapping[int, Record], year: int, good: Callable[[Record], bool]) -> Record | None:
    known = [y for y, r in years.items() if good(r)]
    return years[min(known, key=lambda y: (abs(y - year), y))] if known else None


def _laid_out(rest: Record, exporters: Mapping[str, float]) -> dict[str, Output]:
    """Output of "other countries", given to unlisted net exporters up to what they export net; the rest stays without a name."""
    total = sum(exporters.values())
    share = min(1.0, rest["value"] / total) if total else 0.0
    common = ("share of others", rest["status"], rest["source"], rest["release"])
    found = {c: Output(c, share * v, GUESSED * share * v, *common) for c, v in exporters.items() if share}  # type: ignore[arg-type]
    left = rest["value"] - share * total
    if left > 0:
        found[OTHERS] = Output(OTHERS, left, NEAREST * left, *common)  # type: ignore[arg-type]
    return found
