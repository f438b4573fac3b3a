"""Complementarity conditions as equations: functions that are zero exactly where the conditions hold, with their derivatives.

Fischer's function is zero where both arguments are at least zero and one of them is zero; applied twice it holds an unknown between two bounds
(a mixed complementarity condition). Both are semismooth, so that Newton's method converges quadratically near a regular solution.

References
----------
Billups, S. C. (1995), Algorithms for complementarity problems and generalized equations, University of Wisconsin, section 3.2.
Fischer, A. (1992), A special Newton-type optimization method, Optimization 24(3-4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AT_ZERO = 1 - np.sqrt(0.5)  # an element of the generalized derivative where both arguments are 0


def either(a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """Fischer's function with its derivatives: zero exactly where a >= 0, b >= 0 and one of them is 0.

    Returns
    -------
    value, by_a, by_b : array
        a + b - |(a, b)|, written without cancellation where both are positive.
    """
    length = np.hypot(a, b)
    safe = np.where(length > 0, length, 1.0)
    both = (a > 0) & (b > 0)
    value = np.where(both, 2 * a * b / np.where(both, a + b + length, 1.0), a + b - length)
    return value, np.where(length > 0, 1 - a / safe, AT_ZERO), np.where(length > 0, 1 - b / safe, AT_ZERO)


def between(x: Floats, low: Floats, high: Floats, slack: Floats) -> tuple[Floats, Floats, Floats]:
    """Zero exactly where low <= x <= high, and slack >= 0 below high, <= 0 above low (Billups 1995).

    Returns
    -------
    value, by_x, by_slack : array
    """
    bounded = np.isfinite(high)
    upper, by_room, by_excess = either(np.where(bounded, high - x, 0.0), -slack)
    inner, by_x, by_slack = np.where(bounded, -upper, slack), np.where(bounded, by_room, 0.0), np.where(bounded, by_excess, 1.0)
    low_bounded = np.isfinite(low)
    value, by_gap, by_inner = either(np.where(low_bounded, x - low, 0.0), inner)
    value, by_inner = np.where(low_bounded, value, inner), np.where(low_bounded, by_inner, 1.0)
    return value, np.where(low_bounded, by_gap, 0.0) + by_inner * by_x, by_inner * by_slack
