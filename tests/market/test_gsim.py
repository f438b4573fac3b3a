"""The published example of GSIM with four regions (tests/golden/gsim_4x4.json has its source): the linear form to the print's four decimals.

HALVES  a difference of second order falls to a quarter where the change is halved; third-order terms move the ratio of small changes by less
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from market_strategies import batch_of, market_of

from maadin.market.equilibrium import solve
from maadin.market.linear import solve_linear

PUBLISHED = json.loads((Path(__file__).parents[1] / "golden" / "gsim_4x4.json").read_text("utf-8"))
PRINTED = 5e-5
HALVES = 0.1


def example(part: float = 1.0):
    """The market with the duties between the United States and the European Union taken away, or that part of them."""
    regions, trade, before = PUBLISHED["regions"], np.array(PUBLISHED["trade"], dtype=float), np.array(PUBLISHED["tariff_factor"])
    after = before.copy()
    for route, factor in PUBLISHED["counterfactual_tariff_factor"].items():
        i, j = (regions.index(r) for r in route.split("->"))
        after[i, j] = before[i, j] + part * (factor - before[i, j])
    given = PUBLISHED["elasticities"]
    batch = batch_of(trade, sigma=given["substitution"], eta=-given["demand"], epsilon=given["supply"])
    return market_of(trade, price=before, factor=after / before), batch


def test_linear_form_gives_the_published_prices() -> None:
    found = solve_linear(*example()).price[:, 0]
    assert found.tolist() == pytest.approx([PUBLISHED["published_world_price_change"][r] for r in PUBLISHED["regions"]], abs=PRINTED)


def test_the_exact_solution_differs_by_terms_of_second_order() -> None:
    distance = []
    for part in (0.04, 0.02, 0.01):
        market, batch = example(part)
        exact = np.expm1(solve(market, batch).unknowns[:4, 0])
        distance.append(np.abs(exact - solve_linear(market, batch).price[:, 0]).max())
    assert distance[0] > distance[1] > distance[2] > 0
    assert [distance[0] / distance[1], distance[1] / distance[2]] == pytest.approx([4.0, 4.0], rel=HALVES)
