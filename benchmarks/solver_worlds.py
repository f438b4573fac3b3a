"""The markets on which solvers are timed: aluminium of one year under a tariff, tariffs on every flow, capacities and quotas."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from maadin.market.benchmark import Benchmark
from maadin.market.calibration import Calibrated, calibrate
from maadin.market.draws import Draws, point
from maadin.market.elasticities import elasticities
from maadin.market.system import Batch, Floats
from maadin.market.wedges import RouteLimit, Wedges

TARIFF, MOST_TARIFF = 0.25, 0.5
QUOTAS, QUOTA = 20, 0.8  # largest importers, part of what they import
DRAWS = 10_000
SIGMA, ETA, EPSILON, UPPER = (3.0, 8.0), (0.2, 0.8), (0.3, 2.0), (1.5, 4.0)
WORLDS = {
    "tariff": "one tariff of 25% on all US imports",
    "own": "every flow under its own tariff, every country with its own supply elasticity",
    "capacities": "the tariff, and supply that ends at capacity",
    "quotas": f"the tariff, and quotas on what the {QUOTAS} largest importers import",
}
NESTED = "nested"  # the tariff, where users first weigh own goods against imports; maadin alone


@dataclass(frozen=True, slots=True)
class World:
    """A market with its wedges, at the middle of the elasticities and over draws."""

    calibrated: Calibrated
    middle: Batch
    draws: Batch


def wedges(name: str, b: Benchmark) -> Wedges:
    """What a world changes in the benchmark."""
    w, us = Wedges.of(b), b.position("USA")
    w.duty_rate[:, us] = TARIFF
    if name == "own":
        w.duty_rate[:] = np.random.default_rng(1).uniform(0, MOST_TARIFF, w.duty_rate.shape)
    if name == "quotas":
        for at in np.argsort(-b.imports_t)[:QUOTAS]:
            routes = np.zeros(b.trade_t.shape, dtype=bool)
            routes[:, at] = True
            routes[at, at] = False
            w.limits.append(RouteLimit(routes, np.array([QUOTA * b.imports_t[at]]), 0.0, np.inf, 1.0, b.countries[at]))
    return w


def world(name: str, b: Benchmark) -> World:
    """One of `WORLDS` or `NESTED`."""
    made = calibrate(b, wedges(name, b))
    medians, rng = point(elasticities(b.commodity, b.stage)), np.random.default_rng(0)
    ends = {"armington": SIGMA, "demand": ETA, "supply": EPSILON}
    middle = made.batch(repeated(medians, 1, {part: np.array([sum(e) / 2]) for part, e in ends.items()}))
    draws = made.batch(repeated(medians, DRAWS, {part: rng.uniform(*e, DRAWS) for part, e in ends.items()}))
    if name != "capacities":
        middle, draws = (replace(e, cap=np.full_like(e.cap, np.inf)) for e in (middle, draws))
    if name == "own":
        draws = replace(draws, epsilon=rng.uniform(*EPSILON, (made.market.suppliers, DRAWS)))
    if name == NESTED:
        made = replace(made, market=replace(made.market, home=made.suppliers))  # the user at home has a country's own position
        middle, draws = replace(middle, upper=np.array([sum(UPPER) / 2])), replace(draws, upper=rng.uniform(*UPPER, DRAWS))
    return World(made, middle, draws)


def repeated(one: Draws, count: int, others: dict[str, Floats]) -> Draws:
    """The medians again and again but for `others`; capacities have one slack for all draws."""
    arrays = {f.name: getattr(one, f.name) for f in fields(one)}
    medians = {k: np.repeat(a, count) for k, a in arrays.items() if k != "slack" and isinstance(a, np.ndarray) and a.shape == (1,)}
    return replace(one, **{**medians, **others})
