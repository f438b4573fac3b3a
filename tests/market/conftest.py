"""A store over a few rows made in memory."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from maadin.facts.compilation import TABLES
from maadin.facts.records import Price, Quantity, sql_columns
from maadin.facts.series import Series
from maadin.facts.store import Store

sys.path.insert(0, str(Path(__file__).parent))  # some tests share what market_strategies.py makes

Row = Sequence[Any]
TRADE = {
    "series": "VARCHAR", "year": "SMALLINT", "hs6": "VARCHAR", "exporter": "VARCHAR", "importer": "VARCHAR", "value_usd": "BIGINT",
    "quantity_kg": "BIGINT", "flag": "VARCHAR",
}  # fmt: skip


class MadeStore(Store):
    """A store whose tables are given as rows; tables that are not given are empty."""

    def __init__(self, tables: dict[str, Iterable[Row]], series: Sequence[Series]) -> None:
        self.folders, self.manifests, self.series = (), {}, tuple(series)
        self._lock = threading.Lock()
        self._connection = duckdb.connect(config={"threads": 1})
        columns = {name: sql_columns(kind) for name, kind in TABLES.items()} | {"trade": TRADE}
        for name, kinds in columns.items():
            listed = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            self._connection.execute(f"create table {name} ({listed})")
            for row in tables.get(name, ()):
                self._connection.execute(f"insert into {name} values ({', '.join('?' * len(kinds))})", list(row))


@pytest.fixture
def made_store() -> Callable[..., Store]:
    """Makes a store: `made_store(production=[...], trade=[...], series=[...])`."""

    def make(series: Sequence[Series] = (), **tables: Iterable[Row]) -> Store:
        return MadeStore(tables, series)

    return make


@pytest.fixture
def quantity() -> Callable[..., Quantity]:
    """Makes a row of output: tonnes of refined aluminium of the year 2020 unless told otherwise; None is missing."""

    def make(country: str, value: float | None, **cells: Any) -> Quantity:
        status = "missing" if value is None else "value" if value else "zero"
        given = {"year": 2020, "status": status, "quality": "reported", "source": "wmd", "release": "WMD 2026"} | cells
        return Quantity(
            commodity="aluminium", stage="refined", form="", mass_basis="gross", country=country, country_printed=country, value=value,
            low=None, high=None, unit="tonne", value_printed="", unit_printed="", note="", **given,
        )  # fmt: skip

    return make


@pytest.fixture
def price() -> Callable[..., Price]:
    """Makes a row of an annual price of aluminium, USD per tonne."""

    def make(year: int, usd: float) -> Price:
        return Price(
            commodity="aluminium", item="Aluminum", basis="nominal", year=year, month=None, value=usd, low=None, high=None, unit="USD/t",
            usd_per_tonne=usd, status="value", quality="reported", source="wb_pinksheet", release="2026", value_printed="", unit_printed="",
            note="",
        )  # fmt: skip

    return make
