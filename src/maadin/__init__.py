"""maadin: is a statement about world mineral markets true, and what would a measure do?

>>> import maadin as md
>>> md.facts.production("aluminium", country="China", year=2024, source="wmd")["value"].item()
44004600.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maadin import facts
from maadin.errors import MaadinError

if TYPE_CHECKING:
    from maadin.experiments.backtest import Backtest, Event, Record, backtest, keep_record
    from maadin.experiments.path_outcome import PathOutcome
    from maadin.experiments.paths import run_path
    from maadin.market.benchmark import Benchmark
    from maadin.policy import AdValoremTariff, Scenario
    from maadin.policy.outcome import Outcome
    from maadin.policy.run import simulate
    from maadin.reading.briefing import brief
    from maadin.reading.check.said import check
    from maadin.reading.read import Reading, read
    from maadin.reading.statement import Statement

__version__ = "0.1.0.dev0"

__all__ = [
    "AdValoremTariff",
    "Backtest",
    "Benchmark",
    "Event",
    "MaadinError",
    "Outcome",
    "PathOutcome",
    "Reading",
    "Record",
    "Scenario",
    "Statement",
    "__version__",
    "backtest",
    "brief",
    "check",
    "facts",
    "keep_record",
    "read",
    "run_path",
    "simulate",
]

_HOMES = {
    "AdValoremTariff": "maadin.policy",
    "Backtest": "maadin.experiments.backtest",
    "Benchmark": "maadin.market.benchmark",
    "Event": "maadin.experiments.backtest",
    "Outcome": "maadin.policy.outcome",
    "PathOutcome": "maadin.experiments.path_outcome",
    "Reading": "maadin.reading.read",
    "Record": "maadin.experiments.backtest",
    "Scenario": "maadin.policy",
    "Statement": "maadin.reading.statement",
    "backtest": "maadin.experiments.backtest",
    "brief": "maadin.reading.briefing",
    "check": "maadin.reading.check.said",
    "keep_record": "maadin.experiments.backtest",
    "read": "maadin.reading.read",
    "run_path": "maadin.experiments.paths",
    "simulate": "maadin.policy.run",
}


def __getattr__(name: str) -> Any:
    """Load what needs numpy on first use, so that importing maadin stays instant."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
