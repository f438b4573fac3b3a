"""Who ships to whom, and who depends on whom: the customs matrix and the origin-traced matrix of one balanced market.

Both are matrices (origin or exporter, user) in tonnes with one more column, exports in other codes. Their totals are the same: everything produced is used or leaves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def re_exports(supply: Floats, trade: Floats, other: Floats) -> Floats:
    """Exports that a country's own output cannot have fed: r_i = max(0, sum_j x_ij + o_i - supply_i), array (n,), tonnes.

    The least re-exports the figures allow; a country may pass on more and use its own output at home.

    Parameters
    ----------
    supply : array (n,), tonnes
        Output and stock draw.
    trade : array (n, n), tonnes
        Flows between countries, exporter by importer; its diagonal is not read.
    other : array (n,), tonnes
        Exports in other codes.
    """
    leaving = np.where(np.eye(len(supply), dtype=bool), 0.0, trade).sum(axis=1) + other
    beyond: Floats = np.maximum(leaving - supply, 0.0)
    return beyond


def trace_origins(supply: Floats, trade: Floats, other: Floats, use: Floats) -> tuple[Floats, Floats]:
    """Tonnes by country of origin and country of use, re-exports traced back.

    Parameters
    ----------
    supply, other, use : array (n,), tonnes
        Output and stock draw, exports in other codes, use.
    trade : array (n, n), tonnes
        Flows between countries, exporter by importer; its diagonal is not read.

    Returns
    -------
    array (origin, user), tonnes
        Rows with the second array sum to `supply`, columns to `use`.
    array (origin,), tonnes
        What leaves in other codes, by origin.

    Notes
    -----
    Every country passes on its supply x_j = supply_j + sum_i z_ij in the proportions in which it got it. With A_ij = z_ij / x_i the origins
    of all supply are R = diag(supply) (I - A)^-1, and T_oj = R_oj use_j / x_j.

    References
    ----------
    Kastner, T., Kastner, M. & Nonhebel, S. (2011), Tracing distant environmental impacts of agricultural products from a consumer
    perspective, Ecological Economics 70(6), equations 3-7.
    """
    flows = trade.copy()
    np.fill_diagonal(flows, 0.0)
    total = supply + flows.sum(axis=0)
    divisor = np.where(total > 0, total, 1.0)
    passed_on = flows / divisor[:, None]
    origins = np.linalg.solve((np.eye(len(supply)) - passed_on).T, np.diag(supply)).T
    origins = np.maximum(origins, 0.0)  # rounding can leave -1e-20
    return origins * (use / divisor)[None, :], origins @ (other / divisor)
