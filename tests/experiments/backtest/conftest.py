"""Two events of the tests' own, run once, and a small market of made-up labels with its trade."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maadin.experiments.backtest import Backtest, Event, Record, backtest, keep_record
from maadin.experiments.backtest.trade_matrix import TradeMatrix
from maadin.market.benchmark import Benchmark

EVENTS = Path(__file__).parent / "events"
DRAWS = 16
MADE = {"north": 500.0, "south": 80.0, "east": 160.0}
FLOWS = [
    ("north", "south", 250.0, 260_000.0), ("north", "east", 100.0, 98_000.0), ("east", "south", 60.0, 66_000.0), ("south", "north", 20.0, 25_000.0),
    ("south", "east", 10.0, 11_000.0),
]  # fmt: skip


@pytest.fixture(scope="session")
def aluminium() -> Event:
    return Event.from_file(EVENTS / "russian-aluminium.yaml")


@pytest.fixture(scope="session")
def nickel() -> Event:
    return Event.from_file(EVENTS / "indonesian-nickel.yaml")


@pytest.fixture(scope="session")
def duty(aluminium: Event) -> Backtest:
    return backtest(aluminium, draws=DRAWS)


@pytest.fixture(scope="session")
def ban(nickel: Event) -> Backtest:
    return backtest(nickel, draws=DRAWS)


@pytest.fixture(scope="session")
def of_both(aluminium: Event, nickel: Event) -> Record:
    return keep_record([aluminium, nickel], draws=DRAWS)


@pytest.fixture
def made_event() -> Callable[..., Event]:
    """An event in the small market: `made_event({"embargo": {...}})`."""

    def make(*measures: dict[str, Any], **fields: Any) -> Event:
        given = {"id": "made", "name": "made", "commodity": "aluminium", "date": "2023-01-01", "before": 2022, "after": 2023}
        return Event(**{**given, "measures": list(measures), **fields})

    return make


def market(order: tuple[str, ...]) -> tuple[Benchmark, TradeMatrix]:
    """The small market and its trade, countries in some order."""
    at = {c: n for n, c in enumerate(order)}
    benchmark = Benchmark.from_tables(
        [{"country": c, "production_t": MADE[c], "capacity_t": 1.5 * MADE[c]} for c in order],
        [{"exporter": i, "importer": j, "trade_t": t, "value_usd": v} for i, j, t, v in sorted(FLOWS, key=lambda f: (at[f[0]], at[f[1]]))],
        commodity="aluminium", stage="refined", year=2022, labels="free",
    )  # fmt: skip
    tonnes, value = np.zeros((3, 3)), np.zeros((3, 3))
    for i, j, t, v in FLOWS:
        tonnes[at[i], at[j]], value[at[i], at[j]] = 0.9 * t, v  # the trade table never agrees with the benchmark
    return benchmark, TradeMatrix(2022, order, tonnes, value, ("760110",), False)


@pytest.fixture
def made_market() -> Callable[..., tuple[Benchmark, TradeMatrix]]:
    return market
