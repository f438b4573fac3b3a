"""The state of one path: reserves that are left, stocks, and the prices of the last year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from maadin.experiments.depletion import Reserves
from maadin.experiments.path_outcome import VARIABLES
from maadin.experiments.path_year import ENOUGH, Ground, Trend, Year
from maadin.experiments.stocks import Stocks
from maadin.facts.ask.quantities import OTHERS
from maadin.market.wedges import Wedges

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
EXPANDS = 1e-9  # beyond the capacity that the trend gives: less is rounding


@dataclass(slots=True, eq=False)
class Path:
    """A path and what past years left behind.

    Attributes
    ----------
    left : array (n, draws), tonnes
        Reserves; inf where nothing limits output.
    stocks : Stocks
    expansion : array (n, draws)
        Capacity over what the trend gives, 1 or more.
    expands : bool
        Whether capacity is built where last year's output took it up.
    start : array (n, draws)
        Log prices of the last year.
    acted : bool
        Whether a measure has been in force.
    good : array of bool (draws,)
        Draws with a solution in every year so far.
    """

    ground: Ground
    left: Floats
    stocks: Stocks
    expansion: Floats
    expands: bool
    start: Floats
    acted: bool = False
    good: NDArray[np.bool_] = field(default_factory=lambda: np.ones(1, dtype=bool))

    @classmethod
    def of(cls, ground: Ground, reserves: Reserves, *, expands: bool) -> Path:
        """A path at its start."""
        n, draws = len(ground.benchmark.countries), ground.drawn.count
        left = np.repeat(np.where(np.isnan(reserves.tonnes), np.inf, reserves.tonnes)[:, None], draws, axis=1)
        return cls(
            ground,
            left,
            Stocks(ground.benchmark.countries, draws),
            np.ones((n, draws)),
            expands,
            np.zeros((n, draws)),
            good=np.ones(draws, dtype=bool),
        )

    def untouched(self, trend: Trend) -> Year:
        """A year in which nothing is done."""
        own = self.ground.benchmark.own_supply_t[:, None]
        if trend.is_even and np.all(self.left >= ENOUGH * own * trend.demand):
            return self.ground.resting(trend.demand)
        return self.year(self.ground.untouched(), trend)

    def year(self, wedges: Wedges, trend: Trend, draws: Ints | slice = slice(None)) -> Year:
        """A year under some wedges."""
        return self.ground.year(wedges, trend, self.left, self.expansion, self.start, draws)

    def pass_year(self, year: Year) -> dict[str, Floats]:
        """Take a year's output off the reserves and its purchases into the stocks; gives the variables of the year."""
        self.left = np.maximum(self.left - np.where(year.good, year.values["output_t"], 0.0), 0.0)
        self.stocks.add(np.where(year.good, year.values["stock_t"], 0.0))
        if self.expands:
            wanted = np.where(year.good, year.use_of_capacity * (1 + self.ground.drawn.slack), 1.0)
            self.expansion = np.where(wanted > 1 + EXPANDS, wanted, 1.0)
        return self.described(year)

    def described(self, year: Year) -> dict[str, Floats]:
        """The variables of a year."""
        values = year.values
        self.good = self.good & year.good
        self.start = np.where(self.good, np.nan_to_num(year.log_price), 0.0)
        return {name: values[name] for name in VARIABLES if name in values} | {
            "output_share": values["output_t"] / values["world_output_t"],
            "output_rank": _ranks(values["output_t"], self.ground.benchmark.countries),
            "reserves_left_t": np.where(np.isinf(self.left), np.nan, self.left),
            "stock_level_t": self.stocks.level,
        }


def _ranks(output: Floats, countries: Sequence[str]) -> Floats:
    """Rank of each country's output in each draw, equal ones sharing it; NaN for who makes nothing, and for what belongs to no country."""
    makes = output.max(axis=1) > 0
    makes[[at for at, c in enumerate(countries) if c == OTHERS]] = False
    who = np.flatnonzero(makes)
    made = output[who]
    order = np.argsort(-made, axis=0, kind="stable")
    ordered = np.take_along_axis(made, order, axis=0)
    places = np.arange(len(who))[:, None]
    first = np.where(ordered == np.roll(ordered, 1, axis=0), 0, places)  # of the largest the place is 0 anyway
    ranks = np.full(output.shape, np.nan)
    placed = np.empty(made.shape)
    np.put_along_axis(placed, order, 1.0 + np.maximum.accumulate(first, axis=0), axis=0)
    ranks[who] = placed
    return np.where(output > 0, ranks, np.nan)
