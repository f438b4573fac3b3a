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
    "Benchmark",
    "MaadinError",
    "Outcome",
    "PathOutcome",
    "Reading",
    "Scenario",
    "Statement",
    "__version__",
    "brief",
    "check",
    "facts",
    "read",
    "run_path",
    "simulate",
]

_HOMES = {
    "AdValoremTariff": "maadin.policy",
    "Benchmark": "maadin.market.benchmark",
    "Outcome": "maadin.policy.outcome",
    "PathOutcome": "maadin.experiments.path_outcome",
    "Reading": "maadin.reading.read",
    "Scenario": "maadin.policy",
    "Statement": "maadin.reading.statement",
    "brief": "maadin.reading.briefing",
    "check": "maadin.reading.check.said",
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
