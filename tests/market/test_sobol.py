"""Our Sobol points are those of scipy, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from maadin.market.draws import COLUMNS_STEP
from maadin.market.sobol import DIRECTIONS, sobol


@pytest.mark.parametrize("seed", [0, 1, 2**40])
@pytest.mark.parametrize("columns", [1, 2, COLUMNS_STEP])
@pytest.mark.parametrize("exponent", [0, 1, 10])
def test_points_are_those_of_scipy(seed: int, columns: int, exponent: int) -> None:
    theirs = qmc.Sobol(columns, scramble=True, seed=np.random.default_rng(seed)).random_base2(exponent)
    assert np.array_equal(sobol(2**exponent, columns, np.random.default_rng(seed)), theirs)


def test_columns_serve_what_is_usually_drawn() -> None:
    assert len(DIRECTIONS) == COLUMNS_STEP
