"""What trade does in ordinary times: how far shares move over as many years as an event is scored over.

No measure is the only thing that happens. The change of shares over windows of the same length before the event tells how large an error is to be expected of any
prediction, and widens the model's interval, which holds only what elasticities leave open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.experiments.backtest.scores import distance, shares
from maadin.experiments.backtest.trade_matrix import TradeMatrix, trade_matrix
from maadin.facts.store import Store

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
WINDOWS = 6  # looked back on
LEAST_WINDOWS = 3
SEEN = 0.01  # of trade in scope: partners that are looked at


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Change of shares in ordinary times.

    Attributes
    ----------
    error : float
        Median total variation within the scope; nan where there are too few windows.
    log_half_width : float
        Size of the log change of shares above 1 % that nine in ten do not exceed; 0 where unknown.
    windows : int
    """

    error: float
    log_half_width: float
    windows: int


def ordinary(market: tuple[str, str], before: TradeMatrix, scope: Mask, gap: int, store: Store | None) -> Ordinary:
    """Change of shares within a scope over windows of `gap` years that end by the year before.

    Parameters
    ----------
    market : (commodity, stage)
    before : TradeMatrix
    scope : array of bool (exporter, importer)
        In the order of `before`.
    """
    found, moved = [], []
    for end in range(before.year, before.year - WINDOWS, -1):
        try:
            first, last = (within(trade_matrix(*market, year, store), before.countries) for year in (end - gap, end))
        except InputError:
            continue
        if first.sum() <= 0 or last.sum() <= 0:
            continue
        found.append(distance(first, last, scope))
        early, late = shares(first, scope), shares(last, scope)
        both = (early > SEEN) & (late > SEEN)
        moved += np.log(late[both] / early[both]).tolist()
    if len(found) < LEAST_WINDOWS:
        return Ordinary(float("nan"), 0.0, len(found))
    half = float(np.quantile(np.abs(moved), 0.9)) if moved else 0.0
    return Ordinary(float(np.median(found)), half, len(found))


def within(matrix: TradeMatrix, countries: tuple[str, ...]) -> Floats:
    """Tonnes among some countries; who is not among them is left out."""
    kept = [n for n, c in enumerate(matrix.countries) if c in countries]
    place = [countries.index(matrix.countries[n]) for n in kept]
    made = np.zeros((len(countries), len(countries)))
    made[np.ix_(place, place)] = matrix.tonnes[np.ix_(kept, kept)]
    return made
