"""One market as numbers: what the equations of `maadin.market.system` are given. Nothing here has a label.

Prices are relative to the benchmark's, so that a market in which nothing is changed has all its log prices at zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


AT_ONCE = 512  # draws held at once where arrays are by flow


def blocks(draws: int) -> Iterator[Ints]:
    """Draws some hundreds at a time."""
    for first in range(0, draws, AT_ONCE):
        yield np.arange(first, min(first + AT_ONCE, draws))


@dataclass(frozen=True, slots=True)
class Limits:
    """Groups of flows with a limit on their tonnes, each with a log wedge rho in [low, high] as unknown.

    The wedge is at `low` where the group carries less than its tonnes, at `high` where it carries more, between where it carries them exactly:
    an import or export quota has [0, inf), a tariff-rate quota [0, log((1 + over) / (1 + within))], an offer of tonnes [log(1 - discount), 0].

    Attributes
    ----------
    group, flow : array of int
        Pairs: which flows belong to which group.
    low, high : array (k,)
    """

    group: Ints
    flow: Ints
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Triggers:
    """Stocks that are built or released only on one side of a composite price, each amount in [0, most] an unknown.

    Attributes
    ----------
    user : array of int (t,)
    sign : array (t,)
        1 builds below the price, -1 releases above it.
    most : array (t,), fraction of the user's benchmark intake
    price : array (t,)
        Log of the composite price relative to the benchmark's.
    """

    user: Ints
    sign: Floats
    most: Floats
    price: Floats


@dataclass(frozen=True, slots=True)
class Market:
    """One market as numbers: benchmark quantities and what a scenario changed in them.

    Attributes
    ----------
    exporter, importer : array of int (f,)
        Positions among suppliers and users.
    share : array (f,)
        Part of the user's spending at benchmark user prices.
    tonnes : array (f,), tonnes
    slope, level, floor : array (f,)
        User price relative to the benchmark's: ad valorem, specific part, least.
    subsidy, subsidy_level : array (n,)
        Price that producers get: subsidy times the fob price, plus a level.
    price_floor : array (n,)
        Log of the least price producers get, the state paying the gap; -inf without.
    purchase_floor : array (n,)
        Log of the fob price the state holds by buying; -inf without.
    hub : array of int (n,)
        The user whose intake feeds the supplier's re-exports; -1 for none.
    passed_on : array (m,), fraction
        Part of a user's benchmark intake that is re-exported.
    stock : array (m,), fraction
        What is taken into stock (+) or released (-), over the benchmark intake.
    choke : float
        Log of the composite price at which use ends.
    limits : Limits
    triggers : Triggers
    home : array of int (n,), optional
        The user at home of each supplier, -1 for none; needed for the nest of own goods against imports.
    import_share : array (m,), optional
        Part of benchmark spending that went to imports, routes included that a scenario shuts; without it what own goods leave of 1.
    """

    exporter: Ints
    importer: Ints
    share: Floats
    tonnes: Floats
    slope: Floats
    level: Floats
    floor: Floats
    subsidy: Floats
    subsidy_level: Floats
    price_floor: Floats
    purchase_floor: Floats
    hub: Ints
    passed_on: Floats
    stock: Floats
    choke: float
    limits: Limits
    triggers: Triggers
    home: Ints | None = None
    import_share: Floats | None = None

    @property
    def suppliers(self) -> int:
        """Number of suppliers."""
        return len(self.hub)

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.passed_on)

    @property
    def at_home(self) -> NDArray[np.bool_]:
        """Flows of own goods, array (f,); none where homes are not given."""
        if self.home is None:
            return np.zeros(len(self.exporter), dtype=bool)
        return np.asarray(self.home[self.exporter] == self.importer)

    def without(self, gone: NDArray[np.bool_]) -> Market:
        """The market in which some suppliers, an array of bool (n,), sell nothing."""
        stays = ~gone[self.exporter]
        return replace(self, share=self.share * stays, tonnes=self.tonnes * stays)


@dataclass(frozen=True, slots=True)
class Batch:
    """What differs between draws: elasticities and sizes; a length of 1 along the last axis serves all draws.

    Attributes
    ----------
    sigma, eta, re_export : array (draws,)
        Elasticities of substitution between origins, of use, of re-exports to their margin.
    epsilon : array (n or 1, draws)
        Elasticity of supply.
    output, cap : array (n, draws or 1), tonnes
        Own supply at benchmark prices and what it cannot exceed.
    demand_scale : array (m or 1, draws or 1)
        Use at benchmark prices over the benchmark's.
    limit_t : array (k, draws or 1), tonnes
    upper : array (draws,), optional
        Elasticity of substitution between own goods and imports; all origins alike without it.
    """

    sigma: Floats
    eta: Floats
    re_export: Floats
    epsilon: Floats
    output: Floats
    cap: Floats
    demand_scale: Floats
    limit_t: Floats
    upper: Floats | None = None

    def __len__(self) -> int:
        """Number of draws."""
        return len(self.sigma)

    def only(self, at: Ints | slice) -> Batch:
        """Some of the draws."""
        taken = (getattr(self, f.name) for f in fields(self))
        return Batch(*(a if a is None or (a.ndim > 1 and a.shape[-1] == 1) else a[..., at] for a in taken))
