"""Fob prices and wedges of a market, from tonnes and values by route."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def prices_and_wedges(tonnes: Floats, value: Floats) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Fob price by exporter, whether it is the world's, and wedges by route.

    Parameters
    ----------
    tonnes : array (exporter, importer), tonnes
        Its diagonal, own supply used at home, is not read.
    value : array (exporter, importer), USD fob
        Zero on the diagonal.

    Returns
    -------
    array (exporter,), USD/t
        Value over tonnes of all exports; the world's for who does not export.
    array (exporter,) of bool
        Whether the price is the world's.
    array (exporter, importer)
        Unit value of a route over its exporter's price; 1 where nothing is traded.
    """
    traded_t = tonnes - np.diag(np.diag(tonnes))
    exports = traded_t.sum(axis=1)
    sells = exports > 0
    world = value.sum() / traded_t.sum()
    price = np.where(sells, np.divide(value.sum(axis=1), exports, out=np.zeros_like(exports), where=sells), world)
    unit_value = np.divide(value, traded_t, out=np.zeros_like(value), where=traded_t > 0)
    wedge = np.where(unit_value > 0, unit_value / price[:, None], 1.0)
    np.fill_diagonal(wedge, 1.0)
    return price, ~sells, wedge
