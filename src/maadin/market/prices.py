"""Fob prices and wedges of a market, from tonnes and values by route."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


ENOUGH = 0.1  # of home use: imports whose unit value tells what goods cost at home
LEAST_HOME = 1e-9  # of all sales: below, nothing is sold at home
WIDEST = 2.0  # times the world's price, and one part of it: what a price at home may be taken to be


def prices_and_wedges(tonnes: Floats, value: Floats) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Fob price by exporter, whether it is the world's, and wedges by route.

    A country that sells mostly at home is not priced by what it happens to export: home sales count at the unit value of its imports where it
    imports enough, else at the world's.

    Parameters
    ----------
    tonnes : array (exporter, importer), tonnes
        Own supply used at home on the diagonal; 0 where it is not known.
    value : array (exporter, importer), USD fob
        Zero on the diagonal.

    Returns
    -------
    array (exporter,), USD/t
        Value over tonnes of all sales; the world's for who does not export.
    array (exporter,) of bool
        Whether the price is the world's.
    array (exporter, importer)
        Unit value of a route, and of home sales, over the exporter's price, so that sales at price times wedge are worth supply at the price; 1
        where nothing is traded, and at home for who does not export.
    """
    home = np.diag(tonnes)
    traded_t = tonnes - np.diag(home)
    exports, imports = traded_t.sum(axis=1), traded_t.sum(axis=0)
    world = value.sum() / traded_t.sum()
    paid = np.divide(value.sum(axis=0), imports, out=np.full_like(imports, world), where=imports > ENOUGH * home)
    at_home = np.clip(paid, world / WIDEST, world * WIDEST)
    sells = exports > 0
    price = np.where(sells, np.divide(value.sum(axis=1) + home * at_home, exports + home, out=np.zeros_like(exports), where=sells), world)
    unit_value = np.divide(value, traded_t, out=np.zeros_like(value), where=traded_t > 0)
    wedge = np.where(unit_value > 0, unit_value / price[:, None], 1.0)
    kept = sells & (home > LEAST_HOME * (exports + home))
    np.fill_diagonal(wedge, np.where(kept, at_home / np.where(kept, price, 1.0), 1.0))
    return price, ~sells, wedge
