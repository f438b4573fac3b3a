"""Panels whose elasticities are known."""

from __future__ import annotations

import numpy as np

from maadin.experiments.estimation.panel import Panel


def simulated(
    sigma: float, omega: float, *, importers: int = 30, exporters: int = 11, years: int = 21, demand: float = 0.8, supply: float = 0.15,
    spread: float = 0.6, error: float = 0.0, lumps: float = 0.0, common: float = 0.0, sigma_spread: float = 0.0, seed: int = 0,
) -> Panel:  # fmt: skip
    """CES demand and constant-elasticity export supply, with shocks that are random walks.

    Demand and supply shocks have a standard deviation a year of their own for each variety, lognormal around `demand` and `supply`. Tonnes are wrong by
    a factor of their own each year (`error`, in logs), and demand has a part that does not last (`lumps`). Costs have a part that an exporter has with all importers (`common`). Substitution differs between importers by `sigma_spread` (of the log of sigma - 1).
    """
    rng = np.random.default_rng(seed)
    shape = (importers, exporters, years)
    own = np.exp(spread * rng.normal(size=(2, importers, exporters, 1)))
    taste = np.cumsum(demand * own[0] * rng.normal(size=shape), axis=2) + 2 * rng.normal(size=(importers, exporters, 1))
    taste += lumps * rng.normal(size=shape)
    cost = np.cumsum(supply * own[1] * rng.normal(size=shape), axis=2)
    cost += np.cumsum(common * rng.normal(size=(1, exporters, years)), axis=2)
    steep = (sigma - 1) * np.exp(sigma_spread * rng.normal(size=(importers, 1, 1)))
    phi = omega / (1 + omega)
    share = (taste - steep * cost) / (1 + steep * phi)
    price = phi * share + cost
    value = 1e7 * np.exp(share)
    tonnes = value / (1e3 * np.exp(price)) * np.exp(error * rng.normal(size=shape))
    names = [np.array([f"{letter}{n:03d}" for n in range(count)]) for letter, count in (("I", importers), ("E", exporters))]
    return Panel(
        "000000",
        np.tile(np.arange(1995, 1995 + years), importers * exporters),
        np.tile(np.repeat(names[1], years), importers),
        np.repeat(names[0], exporters * years),
        value.ravel(), tonnes.ravel(),
    )  # fmt: skip
