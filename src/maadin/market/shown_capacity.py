"""Capacity that a country has shown: what it exported in its best year of the last ten, on top of what it uses at home.

Printed capacities are rare for mines. A country that shipped more a few years ago has the pits, rail and berths to do so again, unless the ore is gone, so the best
year is an upper bound and is labelled as such. It is read off the trade table, which unlike the tables of output reaches back far enough.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maadin.errors import LabelError
from maadin.facts import selection
from maadin.facts.selection import Market
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.flows import traded

Floats = NDArray[np.float64]
YEARS = 10  # looked back on


def with_shown_capacity(benchmark: Benchmark, store: Store | None = None) -> Benchmark:
    """The benchmark with capacity of at least what each country has shown.

    A market that is not in the catalogue has no past here and is returned as it is.
    """
    try:
        market = selection.market(benchmark.commodity, benchmark.stage)
    except LabelError:
        return benchmark
    more = additional_exports_t(benchmark, market, store or default_store())
    shown = np.where(more > 0, benchmark.own_supply_t + more, np.nan)
    note = Note("capacity_shown", {"years": YEARS})
    return replace(benchmark, capacity_t=np.fmax(benchmark.capacity_t, shown), notes=(*benchmark.notes, note))


def additional_exports_t(benchmark: Benchmark, market: Market, store: Store) -> Floats:
    """By how much exports of the best of the last ten years were above the benchmark's, array (n,), tonnes, >= 0."""
    years = [_exports(store, market, year) for year in range(benchmark.year - YEARS, benchmark.year + 1)]
    now = years.pop()
    best = {c: max(exported.get(c, 0.0) for exported in years) for c in benchmark.countries}
    return np.array([max(0.0, best[c] - now.get(c, 0.0)) for c in benchmark.countries])


def _exports(store: Store, market: Market, year: int) -> dict[str, float]:
    """Exports of each country in the mass basis, tonnes, before any reconciliation; nothing where the table holds none."""
    exports: dict[str, float] = {}
    for (exporter, _), (tonnes, _) in traded(store, market, year).by_route().items():
        exports[exporter] = exports.get(exporter, 0.0) + tonnes
    return exports
