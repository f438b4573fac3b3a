"""Small markets for tests of policy: labels of their own, every number made up."""

from __future__ import annotations

from typing import Any

import numpy as np

from maadin.market.benchmark import Benchmark
from maadin.policy import Measure, Scenario
from maadin.policy.outcome import Outcome
from maadin.policy.run import simulate

EASE: dict[str, Any] = {"sigma": 4.0, "eta": 0.5, "epsilon": 0.8}


def trio(*, tonnes: float = 1.0, usd: float = 1.0, order: tuple[str, ...] = ("north", "south", "east"), duties: bool = True) -> Benchmark:
    """North makes 500 t and ships 350, south makes 80 and uses most goods, east makes 160; every route has a value, two have a duty.

    Parameters
    ----------
    tonnes, usd : float
        Size of a tonne and of a dollar: 1000 makes the figures read as if they were in thousandths.
    order : tuple of str
    duties : bool
    """
    made = {"north": (500.0, 900.0), "south": (80.0, 90.0), "east": (160.0, 200.0)}
    flows = [
        ("north", "south", 250.0, 260_000.0, 0.1, 0.0), ("north", "east", 100.0, 98_000.0, 0.0, 0.0),
        ("east", "south", 60.0, 66_000.0, 0.05, 0.1), ("south", "north", 20.0, 25_000.0, 0.0, 0.0), ("south", "east", 10.0, 11_000.0, 0.0, 0.0),
    ]  # fmt: skip
    return Benchmark.from_tables(
        [{"country": c, "production_t": made[c][0] * tonnes, "capacity_t": made[c][1] * tonnes} for c in order],
        [
            {
                "exporter": i, "importer": j, "trade_t": t * tonnes, "value_usd": v * usd, "duty_rate": d * duties, "export_tax_rate": x * duties,
            }
            for i, j, t, v, d, x in sorted(flows, key=lambda f: (order.index(f[0]), order.index(f[1])))
        ],
        commodity="aluminium", stage="refined", year=2024, labels="free",
    )  # fmt: skip


def scenario(*measures: Measure, **fields: Any) -> Scenario:
    return Scenario("test", measures=list(measures), **{"elasticities": EASE, "capacity_slack": 0.1, **fields})


def run(benchmark: Benchmark, *measures: Measure, draws: int = 0, **fields: Any) -> Outcome:
    """The outcome at the medians, with fixed elasticities, unless told otherwise."""
    known = {k: fields.pop(k) for k in ("seed", "sampler", "pooled", "within", "keep") if k in fields}
    return simulate(benchmark, scenario(*measures, **fields), draws=draws, **known)


def level(outcome: Outcome, variable: str, statistic: str = "median", **where: str) -> float:
    """One figure with the scenario."""
    return float(outcome.counterfactual[variable].sel(statistic=statistic, **where))


def before(outcome: Outcome, variable: str, **where: str) -> float:
    """One figure without the scenario."""
    return float(outcome.benchmark[variable].sel(**where))


def worst(one: Any, other: Any, scale: float) -> float:
    """Largest difference of two arrays as a part of a scale; NaN and infinities must be in the same places."""
    a, b = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    assert np.array_equal(np.isfinite(a), np.isfinite(b))
    known = np.isfinite(a)
    return float(np.abs(a[known] - b[known]).max(initial=0.0) / scale)
