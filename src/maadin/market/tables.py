"""A benchmark as plain tables: one row a country, a route, an adjustment, a measure in force, a published figure.

Column names and units are those of the files that `maadin.market.own_data` writes and reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from maadin.facts.table import Note, Table
from maadin.market.adjustments import Adjustment
from maadin.market.duties import AppliedMeasure
from maadin.market.known_figures import KnownFigure

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark

COUNTRY_COLUMNS = (
    "country", "production_t", "production_sd_t", "production_basis", "stock_draw_t", "imports_t", "exports_t", "re_exports_t",
    "other_codes_t", "use_t", "price_usd_per_t", "price_is_world_average", "capacity_t", "exports_coverage", "imports_coverage", "hub",
)  # fmt: skip
FLOW_COLUMNS = (
    "exporter", "importer", "trade_t", "value_usd", "unit_value_usd_per_t", "wedge", "duty_rate", "export_tax_rate",
)  # fmt: skip
ORIGIN_COLUMNS = ("origin", "user", "traced_t", "share_of_use")


def _about(kind: str, b: Benchmark) -> Note:
    return Note(kind, {"commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "mass_basis": b.mass_basis})


def _table(kind: str, b: Benchmark, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Table:
    return Table(_about(f"benchmark_{kind}", b), columns, tuple(rows), b.notes, b.sources)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def countries(b: Benchmark) -> Table:
    """One row a country, the largest users first; an empty cell is not known or does not apply."""
    arrays = {
        "production_t": b.production_t, "production_sd_t": b.production_sd_t, "stock_draw_t": b.stock_draw_t, "imports_t": b.imports_t,
        "exports_t": b.exports_t, "re_exports_t": b.re_exports_t, "other_codes_t": b.other_codes_t, "use_t": b.use_t,
        "price_usd_per_t": b.price_usd_per_t, "capacity_t": b.capacity_t, "exports_coverage": b.exports_coverage,
        "imports_coverage": b.imports_coverage,
    }  # fmt: skip
    words = {
        "country": b.countries, "production_basis": b.production_basis, "price_is_world_average": b.price_is_world_average.tolist(),
        "hub": b.is_hub.tolist(),
    }  # fmt: skip
    order = np.argsort(-b.use_t, kind="stable").tolist()
    rows = [tuple(words[c][at] if c in words else _known(arrays[c][at]) for c in COUNTRY_COLUMNS) for at in order]
    return _table("countries", b, COUNTRY_COLUMNS, rows)


def flows(b: Benchmark) -> Table:
    """One row a route with trade, the largest first; where exporter and importer are one, own supply used at home."""
    value, unit_value = b.value_usd, b.price_usd_per_t[:, None] * b.wedge
    rows = []
    for i, j in zip(*np.nonzero(b.trade_t), strict=True):
        numbers = (b.trade_t[i, j], value[i, j], unit_value[i, j], b.wedge[i, j], b.duty_rate[i, j], b.export_tax_rate[i, j])
        rows.append((b.countries[i], b.countries[j], *map(float, numbers)))
    return _table("flows", b, FLOW_COLUMNS, sorted(rows, key=lambda r: (-r[2], r[0], r[1])))


def origins(b: Benchmark) -> Table:
    """One row an origin and user with re-exports traced back, the largest first; the user "other codes" is what leaves under them."""
    used, other = b.origin_traced()
    rows: list[tuple[Any, ...]] = [
        (b.countries[i], b.countries[j], float(used[i, j]), float(used[i, j] / b.use_t[j])) for i, j in zip(*np.nonzero(used), strict=True)
    ]
    rows += [(b.countries[i], "other codes", float(other[i]), None) for i in np.flatnonzero(other)]
    return _table("origins", b, ORIGIN_COLUMNS, sorted(rows, key=lambda r: (-r[2], r[0], r[1])))


def log(b: Benchmark) -> Table:
    """One row a figure moved or filled in, the largest moves first."""
    columns = (*(f.name for f in fields(Adjustment)), "moved")
    return _table("log", b, columns, [(*astuple(a), a.moved) for a in b.log])


def measures(b: Benchmark) -> Table:
    """One row a measure in force in the year that concerns the codes."""
    rows = [tuple("; ".join(v) if isinstance(v, tuple) else v for v in astuple(a)) for a in b.applied]
    return _table("measures", b, tuple(f.name for f in fields(AppliedMeasure)), rows)


def known(b: Benchmark) -> Table:
    """One row a published figure beside the benchmark's own."""
    rows = [astuple(k) for k in b.known]
    return _table("known", b, tuple(f.name for f in fields(KnownFigure)), rows)


TABLES: dict[str, Callable[[Benchmark], Table]] = {
    "countries": countries, "flows": flows, "origins": origins, "log": log, "measures": measures, "known": known,
}  # fmt: skip
