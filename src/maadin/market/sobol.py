"""Scrambled Sobol points: those of `scipy.stats.qmc.Sobol`, bit by bit, without the half second that importing `scipy.stats` takes.

References
----------
Joe, S. & Kuo, F. Y. (2008), Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on Scientific Computing 30(5); the first
24 of their direction numbers.
Matousek, J. (1998), On the L2-discrepancy for anchored boxes, Journal of Complexity 14(4): the scrambling, a random linear one and a shift.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bits = NDArray[np.uint32]

BITS = 30
# Of each column: the primitive polynomial, its coefficients as bits, and the first direction numbers, one less than it has coefficients
DIRECTIONS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (1, ()), (3, (1,)), (7, (1, 3)), (11, (1, 3, 1)), (13, (1, 1, 1)), (19, (1, 1, 3, 3)), (25, (1, 3, 5, 13)), (37, (1, 1, 5, 5, 17)),
    (41, (1, 1, 5, 5, 5)), (47, (1, 1, 7, 11, 19)), (55, (1, 1, 5, 1, 1)), (59, (1, 1, 1, 3, 11)), (61, (1, 3, 5, 5, 31)),
    (67, (1, 3, 3, 9, 7, 49)), (91, (1, 1, 1, 15, 21, 21)), (97, (1, 3, 1, 13, 27, 49)), (103, (1, 1, 1, 15, 7, 5)),
    (109, (1, 3, 1, 15, 13, 25)), (115, (1, 1, 5, 5, 19, 61)), (131, (1, 3, 7, 11, 23, 15, 103)), (137, (1, 3, 7, 13, 13, 15, 69)),
    (143, (1, 1, 3, 13, 7, 35, 63)), (145, (1, 3, 5, 9, 1, 25, 53)), (157, (1, 3, 1, 13, 9, 35, 107)),
)  # fmt: skip


def sobol(count: int, columns: int, generator: np.random.Generator) -> Floats:
    """The first points of a scrambled sequence, array (count, columns), each in [0, 1).

    Parameters
    ----------
    count : int, a power of 2
    columns : int, at most the number of `DIRECTIONS`
    generator : Generator
        A child of it is used, as in scipy.

    Examples
    --------
    >>> sobol(4, 2, np.random.default_rng(0)).round(3).tolist()
    [[0.41, 0.964], [0.722, 0.108], [0.905, 0.529], [0.217, 0.414]]
    """
    (generator,) = generator.spawn(1)
    place = np.arange(BITS, dtype=np.uint32)
    shift = generator.integers(2, size=(columns, BITS), dtype=np.uint32) @ (np.uint32(1) << place)
    mixing = np.tril(generator.integers(2, size=(columns, BITS, BITS), dtype=np.uint32))
    mixing[:, place, place] = 1
    high_first = BITS - 1 - place
    numbers = _directions()[:columns]
    # bit by bit, the highest first: each is a sum of the higher ones, modulo 2
    digits = (numbers[:, None, :] >> high_first[None, :, None]) & np.uint32(1)  # (column, bit, number)
    mixed = ((mixing @ digits) & np.uint32(1)).transpose(0, 2, 1) @ (np.uint32(1) << high_first)
    steps = np.arange(1, count, dtype=np.uint32)
    lowest = np.log2(steps & -steps).astype(np.intp)  # which number the next point takes besides: the lowest bit of its position
    points = np.concatenate([shift[:, None], mixed[:, lowest]], axis=1)
    return np.asarray(np.bitwise_xor.accumulate(points, axis=1).T * 2.0**-BITS)


def _directions() -> Bits:
    """Direction numbers of every column, array (columns, BITS)."""
    made = np.ones((len(DIRECTIONS), BITS), dtype=np.int64)
    for row, (polynomial, first) in zip(made, DIRECTIONS, strict=True):
        degree = len(first)
        if not degree:
            continue
        row[:degree] = first
        for at in range(degree, BITS):
            row[at] = row[at - degree]
            for k in range(degree):
                if polynomial >> (degree - 1 - k) & 1:
                    row[at] ^= row[at - k - 1] << (k + 1)
    return (made << np.arange(BITS - 1, -1, -1)).astype(np.uint32)
