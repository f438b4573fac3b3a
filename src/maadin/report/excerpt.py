"""Excerpts of a benchmark: which of its tables, whose rows, and how many of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from maadin.errors import InputError
from maadin.facts import regions
from maadin.facts.ask.quantities import WORLD
from maadin.facts.table import Table

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark

SUMMARY = ("countries", "measures", "log", "known")  # what a reader sees first
# The columns of each table that name its countries; the others concern the market as a whole
SIDES: dict[str, tuple[str, ...]] = {
    "countries": ("country",), "flows": ("exporter", "importer"), "origins": ("origin", "user"), "log": ("country", "partner"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of one table of a benchmark, and how many it has before only the first ones were taken."""

    table: Table
    of: int


def excerpts(
    b: Benchmark, names: Iterable[str] | None = None, *, country: str | None = None, top: int | Mapping[str, int] | None = None
) -> dict[str, Excerpt]:
    """Tables of a benchmark, cut to what was asked for.

    Parameters
    ----------
    b : Benchmark
    names : iterable of str, optional
        Keys of `maadin.market.tables.TABLES`; all of them without it.
    country : str, optional
        Countries or groups, separated by commas: only rows with one of them on either side.
    top : int or mapping, optional
        At most so many rows of every table, or of the tables named.

    Raises
    ------
    LabelError
        If a name is unknown.
    InputError
        If a country is not in the market.
    """
    from maadin.market.tables import TABLES

    wanted = _wanted(b, country) if country else None
    found = {}
    for name in names or TABLES:
        table = TABLES[name](b)
        rows = table.rows
        if wanted and name in SIDES:
            at = [table.columns.index(side) for side in SIDES[name]]
            rows = tuple(r for r in rows if any(r[n] in wanted for n in at))
        most = top.get(name) if isinstance(top, Mapping) else top
        found[name] = Excerpt(replace(table, rows=rows[:most]), len(rows))
    return found


def world(b: Benchmark) -> dict[str, Any]:
    """The world's row beside those of the countries: sums, and the unit value of all trade; None where nothing is counted."""
    traded_t, output = float(b.exports_t.sum()), b.production_t.sum()
    value_usd = float(b.value_usd.sum() - b.value_usd.trace())
    return {
        "country": WORLD,
        "production_t": None if b.kind == "imports_only" else float(output),
        "stock_draw_t": float(b.stock_draw_t.sum()),
        "imports_t": float(b.imports_t.sum()),
        "exports_t": traded_t,
        "other_codes_t": float(b.other_codes_t.sum()),
        "use_t": float(b.use_t.sum()),
        "price_usd_per_t": value_usd / traded_t if traded_t else None,
    }


def _wanted(b: Benchmark, given: str) -> set[str]:
    found: set[str] = set()
    for name in filter(None, (n.strip() for n in re.split(r"[,،]", given))):
        inside = {name} & set(b.countries) or set(regions.resolve(name, b.year)) & set(b.countries)
        if not inside:
            raise InputError(
                f"{name!r} neither makes nor trades {b.commodity} ({b.stage}) in {b.year}. "
                f"To list who does: maadin facts benchmark {b.commodity} --stage {b.stage} --year {b.year} --show countries"
            )
        found |= inside
    return found
