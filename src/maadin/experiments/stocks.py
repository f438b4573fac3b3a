"""Stocks on a path: what is built stays there, and nobody releases what is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maadin.facts.table import Note
from maadin.market.wedges import Wedges

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
STEPS = 8  # of a wanted release: draws with unlike stocks are solved together where they allow as many steps of it


class Stocks:
    """Levels by country and draw.

    Parameters
    ----------
    countries : tuple of str
    draws : int

    Attributes
    ----------
    level : array (n, draws), tonnes
    notes : list of Note
        Stocks taken to be there already, and those that run out.
    """

    def __init__(self, countries: tuple[str, ...], draws: int) -> None:
        self.countries = countries
        self.level = np.zeros((len(countries), draws))
        self.opened = np.zeros(len(countries), dtype=bool)
        self.notes: list[Note] = []

    def groups(self, wedges: Wedges, year: int) -> Iterator[tuple[Ints, Wedges]]:
        """Draws that may release the same, with wedges that release no more.

        In the first year of a release what the scenario states is taken to be there, if less was built.
        """
        wanted = np.maximum(-wedges.stock_t, 0.0)
        for t in wedges.triggers:
            wanted[t.country] += max(-t.tonnes, 0.0)
        who = np.flatnonzero(wanted > 0)
        if not len(who):
            yield np.arange(self.level.shape[1]), wedges
            return
        for at in who[~self.opened[who]]:
            held = float(np.median(self.level[at]))
            if held < wanted[at]:
                self.notes.append(Note("path_stock_held", {"country": self.countries[at], "stock_t": wanted[at] - held, "year": year}))
            self.level[at] = np.maximum(self.level[at], wanted[at])
            self.opened[at] = True
        allowed = np.minimum(self.level[who] / wanted[who, None], 1.0)
        for at, part in zip(who, allowed, strict=True):
            if np.median(part) < 1:
                said = Note("path_stock_empty", {"country": self.countries[at]})
                self.notes += [said] if said not in self.notes else []
        if np.ptp(allowed, axis=1).max(initial=0.0) > 0:
            allowed = np.floor(allowed * STEPS) / STEPS
        parts, group = np.unique(allowed, axis=1, return_inverse=True)
        for at, part in enumerate(parts.T):
            yield np.flatnonzero(group.ravel() == at), _releasing(wedges, who, part * wanted[who])

    def add(self, taken: Floats) -> None:
        """Take into stock (+) or out of it (-), array (n, draws or 1), tonnes."""
        self.level = np.maximum(self.level + taken, 0.0)


def _releasing(wedges: Wedges, who: Ints, allowed: Floats) -> Wedges:
    """Wedges with releases of at most what is allowed in each country, those without a trigger first."""
    stock, triggers, left = wedges.stock_t.copy(), [], dict(zip(who.tolist(), allowed.tolist(), strict=True))
    for at in left:
        released = min(left[at], max(-stock[at], 0.0))
        stock[at] = max(stock[at], -released)
        left[at] -= released
    for t in wedges.triggers:
        if t.tonnes < 0:
            released = min(-t.tonnes, left[t.country])
            left[t.country] -= released
            triggers += [replace(t, tonnes=-released)] if released > 0 else []
        else:
            triggers.append(t)
    return replace(wedges, stock_t=stock, triggers=triggers)
