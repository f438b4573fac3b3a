"""One homogeneous good as numbers: what the conditions of `maadin.market.spatial` are given. Nothing here has a label."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Quotas:
    """Limits on the tonnes of some arcs together, each with a rent per tonne as unknown.

    Attributes
    ----------
    quota, arc : array of int
        Pairs: which arcs belong to which limit.
    tonnes : array (k,), tonnes, > 0
    """

    quota: Ints
    arc: Ints
    tonnes: Floats

    @classmethod
    def none(cls) -> Quotas:
        """No limit."""
        empty = np.empty(0, dtype=np.intp)
        return cls(empty, empty, np.empty(0))


@dataclass(frozen=True, slots=True)
class PriceTriggers:
    """Stocks that are built below a price of a user, or released above it, each amount in [0, most] an unknown.

    Attributes
    ----------
    user : array of int (t,)
    sign : array (t,)
        1 builds, -1 releases.
    most : array (t,), tonnes
    price : array (t,), USD per tonne
    """

    user: Ints
    sign: Floats
    most: Floats
    price: Floats

    @classmethod
    def none(cls) -> PriceTriggers:
        """No stock."""
        return cls(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class SpatialMarket:
    """A market of n suppliers, m users and a arcs.

    Attributes
    ----------
    supply_level, supply_slope : array (n,), tonnes; tonnes per USD/t, slope >= 0
        Supply at a price p of the supplier is level + slope p, never below 0 nor above `cap`.
    cap : array (n,), tonnes
        inf without a limit.
    demand_level, demand_slope : array (m,), tonnes; tonnes per USD/t, slope >= 0
        Demand at a price p of the user is level - slope p, never below 0.
    choke : array (m,), USD per tonne
        Price at which demand goes unserved rather than cost more; inf without.
    taken : array (m,), tonnes
        Taken beside use (+) or given (-) at any price.
    tail, head : array of int (a,)
        Supplier and user of each arc.
    factor, charge : array (a,), at least 1; USD per tonne
        Price to the user: factor times the supplier's price plus the charge.
    levy : array of int (a,)
        Group of arcs whose goods may not cost the user less than a price; -1 for none.
    levy_user : array of int (h,)
        The user of each group.
    levy_price : array (h,), USD per tonne
    quotas : Quotas
    triggers : PriceTriggers
    """

    supply_level: Floats
    supply_slope: Floats
    cap: Floats
    demand_level: Floats
    demand_slope: Floats
    choke: Floats
    taken: Floats
    tail: Ints
    head: Ints
    factor: Floats
    charge: Floats
    levy: Ints
    levy_user: Ints
    levy_price: Floats
    quotas: Quotas
    triggers: PriceTriggers

    @property
    def suppliers(self) -> int:
        """Number of suppliers."""
        return len(self.supply_level)

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.demand_level)

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.tail)

    def supply(self, price: Floats) -> Floats:
        """Supply at the suppliers' prices, array (n,), tonnes."""
        return np.asarray(np.clip(self.supply_level + self.supply_slope * price, 0.0, self.cap))

    def demand(self, price: Floats) -> Floats:
        """Demand at the users' prices, array (m,), tonnes."""
        return np.asarray(np.maximum(self.demand_level - self.demand_slope * price, 0.0))

    def scaled(self, tonnes: float, price: float) -> SpatialMarket:
        """The same market in other units: so many tonnes, and so many USD per tonne, as one."""
        slope = price / tonnes
        t, q = self.triggers, self.quotas
        return replace(
            self, supply_level=self.supply_level / tonnes, supply_slope=self.supply_slope * slope, cap=self.cap / tonnes,
            demand_level=self.demand_level / tonnes, demand_slope=self.demand_slope * slope, choke=self.choke / price,
            taken=self.taken / tonnes, charge=self.charge / price, levy_price=self.levy_price / price,
            quotas=replace(q, tonnes=q.tonnes / tonnes), triggers=replace(t, most=t.most / tonnes, price=t.price / price),
        )  # fmt: skip
