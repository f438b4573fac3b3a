"""Answers of the facts layer kept at hand, so that the statements of a text share them."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

from maadin.facts.ask import measures, prices, quantities, reliance, trade
from maadin.facts.ask.quantities import Kind
from maadin.facts.store import Store, default_store
from maadin.facts.table import Table

Record = dict[str, Any]
T = TypeVar("T")
Side = Literal["exporter", "importer"]
EVERY_YEAR = range(1900, 2101)
ALL = "WLD"
KEPT = 160  # answers; those asked for longest ago make room


class Shelf:
    """One store and what was asked of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.RLock()

    def quantities(self, kind: Kind, commodity: str) -> list[Record]:
        """All rows of production, capacity or reserves of a commodity, every release, with share and rank."""

        def ask() -> list[Record]:
            if kind == "reserves":
                return quantities.reserves(commodity, release="all", store=self.store).records()
            question = quantities.production if kind == "production" else quantities.capacity
            return question(commodity, year=EVERY_YEAR, release="all", store=self.store).records()

        return self.kept(("quantities", kind, commodity), ask)

    def flows(self, commodity: str, stage: str, rows_are: Side, partner: Sequence[str] | None) -> list[Record]:
        """Trade by year in the codes and headings of a stage: exporters to some importers (or to all), or importers from some exporters."""
        other = tuple(partner) if partner else None

        def ask() -> list[Record]:
            sides: dict[str, Any] = {("importer" if rows_are == "exporter" else "exporter"): other}
            return trade.trade(commodity, **sides, year=EVERY_YEAR, by=rows_are, stage=stage, store=self.store).records()

        return self.kept(("flows", commodity, stage, rows_are, other), ask)

    def smallest_listed(self, series: str, code: str) -> dict[int, int]:
        """Of a series that lists the largest flows only: by year the value of the smallest one listed."""

        def ask() -> dict[int, int]:
            query = "select year, min(value_usd) from trade where series = ? and hs6 = ? and exporter <> ? group by year"
            return {int(year): int(usd) for year, usd in self.store.rows(query, [series, code, ALL])}

        return self.kept(("smallest", series, code), ask)

    def reliance(self, commodity: str, country: str, stage: str | None) -> Table:
        """Net import reliance of a country by year."""
        return self.kept(
            ("reliance", commodity, country, stage), lambda: reliance.reliance(commodity, country=country, stage=stage, store=self.store)
        )

    def prices(self, commodity: str, *, monthly: bool) -> list[Record]:
        """All prices of a commodity, every release."""
        return self.kept(
            ("prices", commodity, monthly),
            lambda: prices.prices(commodity, year=EVERY_YEAR, release="all", monthly=monthly, store=self.store).records(),
        )

    def measures(self, commodity: str | None) -> list[Record]:
        """Trade measures on a commodity, newest first."""
        return self.kept(("measures", commodity), lambda: measures.measures(commodity, store=self.store).records())

    def salient(self, commodity: str) -> list[Record]:
        """United States salient statistics of a commodity, every release."""
        columns = (
            "commodity",
            "variable",
            "form",
            "year",
            "value",
            "low",
            "high",
            "unit",
            "status",
            "quality",
            "source",
            "release",
            "value_printed",
        )

        def ask() -> list[Record]:
            query = f"select {', '.join(columns)} from salient where commodity = ? order by variable, form, year, release"
            return [dict(zip(columns, row, strict=True)) for row in self.store.rows(query, [commodity])]

        return self.kept(("salient", commodity), ask)

    def kept(self, key: tuple[Any, ...], ask: Callable[[], T]) -> T:
        """What was asked under a key before, or now."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = ask()
                if len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
            found: T = self._answers[key]
            return found


_SHELVES: weakref.WeakKeyDictionary[Store, Shelf] = weakref.WeakKeyDictionary()


def shelf_of(store: Store | None) -> Shelf:
    """The shelf of a store; the default store's without one."""
    opened = store or default_store()
    found = _SHELVES.get(opened)
    if found is None:
        found = _SHELVES.setdefault(opened, Shelf(opened))
    return found
