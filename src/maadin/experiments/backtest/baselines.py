"""What one would say without a model: that nothing else changes, or that what is lost is made up in proportion.

*No change*: shares stay those of the year before. *Proportional reallocation*: what a measure takes off a route, the importer buys from its other suppliers in
proportion to what they sell it, and the exporter, if it still has the goods, sells to its other buyers in proportion. What a measure brings back, both take from
others in the same way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maadin.experiments.backtest.direct import Direct

Floats = NDArray[np.float64]


def reallocated(tonnes: Floats, event: Direct) -> Floats:
    """Trade after proportional reallocation, array (exporter, importer), tonnes.

    Parameters
    ----------
    tonnes : array (exporter, importer), tonnes
        The year before.
    event : Direct

    Examples
    --------
    >>> trade = np.array([[0.0, 6.0, 2.0], [0.0, 0.0, 0.0], [0.0, 2.0, 0.0]])
    >>> shut = np.array([[False, True, False], [False] * 3, [False] * 3])
    >>> closed = Direct(shut, np.where(shut, 0.0, trade), np.zeros(3, dtype=bool))
    >>> reallocated(trade, closed).tolist()
    [[0.0, 0.0, 8.0], [0.0, 0.0, 0.0], [0.0, 8.0, 0.0]]
    """
    gone = tonnes - event.kept_t
    others = np.where(event.hit, 0.0, tonnes)
    bought_again = _in_proportion(gone.sum(axis=0), others, axis=0)
    sold_again = _in_proportion(np.where(event.lost_at_source, 0.0, gone.sum(axis=1)), others, axis=1)
    return np.asarray(np.maximum(event.kept_t + bought_again + sold_again, 0.0))


def _in_proportion(totals: Floats, pattern: Floats, axis: int) -> Floats:
    """Totals by column (axis 0) or row spread like a pattern; where the pattern is empty nothing is placed."""
    sums = pattern.sum(axis=axis)
    rate = np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)
    return np.asarray(pattern * (rate[None, :] if axis == 0 else rate[:, None]))
