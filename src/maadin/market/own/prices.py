"""Prices and wedges of the user's own tables: from values, from prices, from both, or none of them.

A route's value is price x wedge x tonnes. With values, prices and wedges follow from them; with prices alone every wedge is 1; with neither,
every price is 1 too, so that results in USD are in units of one tonne's worth. What is given twice must agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maadin.market.own.rows import Floats
from maadin.market.prices import prices_and_wedges

AGREES = 1e-6  # relative difference between a value and price x wedge x tonnes


class Routes(Protocol):
    """Rows of a table of flows: positions of their ends, where they stand, and their numbers by column."""

    @property
    def exporter(self) -> NDArray[np.intp]:
        """Position of the exporter, array (route,)."""

    @property
    def importer(self) -> NDArray[np.intp]:
        """Position of the importer, array (route,)."""

    @property
    def where(self) -> Sequence[str]:
        """Where each row stands."""

    @property
    def numbers(self) -> Mapping[str, Floats]:
        """Arrays (route,), NaN where a cell is empty."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices and wedges as in `Benchmark`; `unknown` if nothing was given and all are 1."""

    price: Floats
    is_world_average: NDArray[np.bool_]
    wedge: Floats
    unknown: bool = False


def prices(where: Sequence[str], given: Floats, flows: Routes, trade: Floats, problems: list[str]) -> Prices:
    """Prices by country and wedges by route.

    Parameters
    ----------
    where : sequence of str
        Where each country stands, for messages.
    given : array (country,), USD/t
        Prices, NaN where none is given.
    flows : Routes
        With the columns trade_t, value_usd, unit_value_usd_per_t and wedge.
    trade : array (exporter, importer), tonnes
        The same flows, its diagonal empty.
    problems : list of str
        Gets what is wrong; the answer is of no use then.
    """
    before, n = len(problems), len(trade)
    value = _values(flows, problems)
    between = flows.exporter != flows.importer
    traded = between & (flows.numbers["trade_t"] > 0)
    wedge = flows.numbers["wedge"]
    _complete(flows, "value_usd", value, traded, problems)
    _complete(flows, "wedge", wedge, traded, problems)
    moved = flows.numbers["trade_t"] > 0
    for r in np.flatnonzero(~moved & ~np.isnan(wedge) & (wedge != 1.0)).tolist():
        problems.append(f"{flows.where[r]}, wedge: is {wedge[r]:g}; expected 1 or an empty cell where nothing is traded")
    if len(problems) > before:
        return Prices(given, np.isnan(given), np.ones((n, n)))
    has_values, has_wedges, has_prices = (~np.isnan(value[traded])).any(), (~np.isnan(wedge[traded])).any(), (~np.isnan(given)).any()
    if has_values and not has_wedges:
        found = _from_values(where, given, flows, value, trade, problems)
    elif has_wedges and has_values and not has_prices:
        problems.append("countries and flows: values and wedges without prices; give price_usd_per_t too, or leave the column wedge out")
        return Prices(given, np.isnan(given), np.ones((n, n)))
    else:
        wedges = np.ones((n, n))
        if has_wedges:
            stated = moved & ~np.isnan(wedge)
            wedges[flows.exporter[stated], flows.importer[stated]] = wedge[stated]
        found = _from_prices(where, given, wedges, trade, problems)
    if len(problems) == before:
        _agree(flows, value, found, problems)
    return found


def _values(flows: Routes, problems: list[str]) -> Floats:
    """Values by route, from unit values where only these are given, array (route,), USD."""
    trade, value = flows.numbers["trade_t"], flows.numbers["value_usd"]
    also = flows.numbers["unit_value_usd_per_t"] * trade
    for r in np.flatnonzero(np.abs(value - also) > AGREES * value).tolist():
        problems.append(
            f"{flows.where[r]}, value_usd: is {value[r]:,.6g}; unit_value_usd_per_t x trade_t is {also[r]:,.6g}. Give one of them"
        )
    merged = np.where(np.isnan(value), also, value)
    for r in np.flatnonzero((merged > 0) & (trade == 0)).tolist():
        problems.append(f"{flows.where[r]}, value_usd: is {merged[r]:,.6g} for 0 tonnes")
    for r in np.flatnonzero((merged == 0) & (trade > 0)).tolist():
        problems.append(f"{flows.where[r]}, value_usd: is 0 for {trade[r]:,.6g} tonnes; expected USD, > 0")
    return merged


def _complete(flows: Routes, column: str, values: Floats, traded: NDArray[np.bool_], problems: list[str]) -> None:
    """A column is given on all routes with trade or on none."""
    missing = traded & np.isnan(values)
    if (traded & ~missing).any():
        problems += [f"{flows.where[r]}, {column}: is empty while other routes have one" for r in np.flatnonzero(missing).tolist()]


def _from_values(where: Sequence[str], given: Floats, flows: Routes, value: Floats, trade: Floats, problems: list[str]) -> Prices:
    matrix = np.zeros_like(trade)
    between = flows.exporter != flows.importer
    matrix[flows.exporter[between], flows.importer[between]] = np.where(np.isnan(value), 0.0, value)[between]
    with np.errstate(over="ignore", invalid="ignore"):
        price, average, wedge = prices_and_wedges(trade, matrix)
    for i in np.flatnonzero(~(np.isfinite(price) & np.isfinite(wedge).all(axis=1) & (wedge > 0).all(axis=1) & (price > 0))).tolist():
        problems.append(f"{where[i]}: values over tonnes of its exports give no usable price; expected figures of one magnitude")
    for i in np.flatnonzero(~average & (np.abs(given - price) > AGREES * price)).tolist():
        problems.append(
            f"{where[i]}, price_usd_per_t: is {given[i]:,.6g}; the values of its exports over their tonnes are {price[i]:,.6g}. Give one of them"
        )
    own = average & ~np.isnan(given)
    return Prices(np.where(own, given, price), average & ~own, wedge)


def _from_prices(where: Sequence[str], given: Floats, wedge: Floats, trade: Floats, problems: list[str]) -> Prices:
    """Prices as given, the world's average for who does not export; 1 for all if none is given."""
    missing, exports = np.isnan(given), trade.sum(axis=1)
    if missing.all():
        return Prices(np.ones_like(given), np.zeros(len(given), dtype=np.bool_), wedge, unknown=True)
    for i in np.flatnonzero(missing & ((exports > 0) | (exports.sum() == 0))).tolist():
        why = "it exports" if exports[i] > 0 else "no country exports, so there is no average to take"
        problems.append(f"{where[i]}, price_usd_per_t: is empty while other countries have a price, and {why}; expected USD per tonne, > 0")
    known = np.where(missing, 0.0, given)
    world = float((known[:, None] * wedge * trade).sum() / max(exports.sum(), np.finfo(np.float64).tiny))
    return Prices(np.where(missing, world, given), missing, wedge)


def _agree(flows: Routes, value: Floats, found: Prices, problems: list[str]) -> None:
    """Values that are given are price x wedge x tonnes; those of own use are at the country's own price."""
    implied = found.price[flows.exporter] * found.wedge[flows.exporter, flows.importer] * flows.numbers["trade_t"]
    for r in np.flatnonzero(np.abs(value - implied) > AGREES * implied).tolist():
        hint = "own use is valued at its price" if flows.exporter[r] == flows.importer[r] else "leave out the columns that should follow"
        problems.append(f"{flows.where[r]}, value_usd: is {value[r]:,.6g}; price x wedge x tonnes is {implied[r]:,.6g} ({hint})")
