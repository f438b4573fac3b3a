"""The equations of one market, for many draws at once; their derivatives are in `maadin.market.derivatives`.

Exporters i (n), users j (m; every country, and one for goods leaving under codes that are not at hand), flows f = (i, j). Prices are relative to the
benchmark, in logs. With u_f the user price of a flow, lP_j the composite price, Q_j the volume a user buys in all,

    u_f  = log(max(slope_f p_i + level_f, floor_f)) + rho_f                      rho_f: wedge of a binding quantity limit
    lP_j = log(sum_f share_f exp((1-sigma) u_f)) / (1-sigma)
    Q_j  = use_j exp(-eta lP_j - z_j) + pass_j exp(epsilon_r (lp_j - lP_j)) + stock_j      z_j: curtailment at the choke price
    x_f  = tonnes_f exp(-sigma u_f) exp(sigma lP_j) Q_j
    y_i  = min(output_i exp(epsilon_i q_i), cap_i)                               q_i: log price that producers get, subsidy or guarantee included
    r_i  = the part of what reaches hub i that it passes on
    clearing: sum_j x_ij + bought_i = y_i + r_i,                                 bought_i: what a state buys to hold a price

and, for each limited group of flows, price floor held by purchases, or user at the choke price, a complementarity condition in its own unknown
(see `maadin.market.complementarity`). With tonnes and shares from a benchmark and no wedge all logs are zero. The form is that of Armington (1969) as in
Francois & Hall (2003), GSIM, without its linearisation; arrays are (n, draws), (m, draws) or (f, draws), so that sparse products serve all draws at once.

With an `upper` elasticity su (`Batch.upper`) a user first weighs own goods h against imports, with shares s_h and s_M, then imports against each other:

    lPM_j = log(sum_imports (share_f / s_M) exp((1-sigma) u_f)) / (1-sigma)
    lP_j  = log(s_h exp((1-su) u_h) + s_M exp((1-su) lPM_j)) / (1-su)
    x_h   = tonnes_h exp(-su u_h) exp(su lP_j) Q_j
    x_f   = tonnes_f exp(-sigma u_f) exp((sigma-su) lPM_j) exp(su lP_j) Q_j       which for su = sigma is the form above

References
----------
Armington, P. S. (1969), A theory of demand for products distinguished by place of production, IMF Staff Papers 16(1), equations 14-19.
Francois, J. & Hall, H. K. (2003), Global Simulation Analysis of Industry-Level Trade Policy, version 3.0.
Sato, K. (1967), A two-level constant-elasticity-of-substitution production function, Review of Economic Studies 34(2).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from maadin.market.complementarity import between, either
from maadin.market.parameters import Batch, Floats, Ints, Limits, Market, Triggers
from maadin.market.routes import Routes, Sums
from maadin.market.state import Point, State, Unknowns

__all__ = ["Batch", "Equations", "Floats", "Ints", "Limits", "Market", "Point", "State", "System", "Triggers", "Unknowns"]

PRICED_OUT = np.array(14.0)  # curtailment in logs at which a user buys no more than a millionth, whatever the price
ZERO = np.array(0.0)
TINY = 1e-300
STEEP = 30.0  # curtailment in logs per log of the composite price beyond the choke price, where that is a step on the way
LEAST_PART = 1e-13  # of its benchmark trade: what a supplier, a limit or a user has at least, so that logs stay finite
REACH = 500.0  # exponents up to which products of factored powers neither overflow nor vanish


class System:
    """The equations of a market; `equations` has them for given draws.

    Parameters
    ----------
    market : Market
    choked : array of int
        Users whose use ends at the choke price; their curtailment is an unknown.
    nested : bool
        Own goods are weighed against imports in all.
    steep : float
        Curtailment per log of the composite price beyond the choke price, instead of an unknown: a road to the answer, not the answer.
    """

    def __init__(self, market: Market, choked: Ints | None = None, *, nested: bool = False, steep: float = 0.0) -> None:
        m = self.market = market
        self.nested, self.steep = nested, steep
        self.choked = np.empty(0, dtype=np.intp) if choked is None else choked
        self.held = np.flatnonzero(np.isfinite(m.purchase_floor))
        self.hubs = np.flatnonzero(m.hub >= 0)
        self.at_hub = m.hub[self.hubs]
        self.routes = Routes(m, self.at_hub, nested=nested, apart=False)
        f = np.arange(len(m.exporter))
        self.by_user = sparse.csr_matrix((np.ones(len(f)), (m.importer, f)), shape=(m.users, len(f)))
        self.by_supplier = sparse.csr_matrix((np.ones(len(f)), (m.exporter, f)), shape=(m.suppliers, len(f)))
        self.trade: Floats = np.asarray(self.by_supplier @ m.tonnes)
        self.idle = np.flatnonzero(self.trade <= 0)
        self.home = np.flatnonzero(m.at_home) if nested else np.empty(0, dtype=np.intp)
        imports = np.ones(len(f), dtype=bool)
        imports[self.home] = False
        self.limit_trade = np.bincount(m.limits.group, weights=m.tonnes[m.limits.flow], minlength=len(m.limits.low))
        self.unreached = np.flatnonzero(np.asarray(self.by_user @ m.share) <= 0)
        self.without_imports = np.flatnonzero(np.asarray(self.by_user @ (m.share * imports)) <= 0)
        self.import_share = np.maximum(self._import_share(imports), LEAST_PART)[:, None]
        self.plain_supply = bool(np.all(m.subsidy == 1) and np.all(m.subsidy_level == 0) and not np.isfinite(m.price_floor).any())
        self.stocks = bool(m.stock.any()) or bool(len(m.triggers.user))
        self.widest = float(np.abs(np.log(m.slope)).max(initial=0.0))

    def _import_share(self, imports: NDArray[np.bool_]) -> Floats:
        m = self.market
        if m.import_share is not None:
            return m.import_share
        sums, own = (np.asarray(self.by_user @ (m.share * part)) for part in (imports, ~imports))
        return np.asarray(np.where(np.abs(sums + own - 1) < 1e-9, sums, 1 - own))  # where nothing is missing the sum has no cancellation

    @cached_property
    def apart(self) -> Routes:
        """All flows priced one by one, for prices beyond the reach of factored powers."""
        return Routes(self.market, self.at_hub, nested=self.nested, apart=True)

    @property
    def size(self) -> int:
        """Number of unknowns."""
        return self.market.suppliers + len(self.market.limits.low) + self.curtailments + len(self.held) + len(self.market.triggers.user)

    @property
    def curtailments(self) -> int:
        """Number of users whose curtailment is an unknown."""
        return 0 if self.steep else len(self.choked)

    def unknowns(self, stacked: Floats) -> Unknowns:
        """The parts of a stacked array (unknowns, draws)."""
        n, k, c, b = self.market.suppliers, len(self.market.limits.low), self.curtailments, len(self.held)
        return Unknowns(stacked[:n], stacked[n : n + k], stacked[n + k : n + k + c], stacked[n + k + c :][:b], stacked[n + k + c + b :])

    @cached_property
    def bounds(self) -> tuple[Floats, Floats]:
        """Least and most of every unknown, arrays (unknowns, 1)."""
        m, n, b = self.market, self.market.suppliers, len(self.held)
        zeros, free = np.zeros(self.curtailments + b + len(m.triggers.user)), np.full(n, np.inf)
        high = np.concatenate([free, m.limits.high, np.full(self.curtailments, PRICED_OUT), np.full(b, np.inf), m.triggers.most])
        return np.concatenate([-free, m.limits.low, zeros])[:, None], high[:, None]

    def equations(self, e: Batch, softness: Floats | None = None) -> Equations:
        """The equations for given draws."""
        return Equations(self, e, softness)

    @np.errstate(all="ignore")
    def state(self, at: Unknowns, e: Batch) -> tuple[State, Floats, Floats]:
        """What follows from the unknowns; also tonnes and log user price of every flow as in `flows`."""
        equations = self.equations(e)
        point = equations.point(at)
        tonnes, prices = equations.flows(at, point)
        return equations.state(at, point, tonnes), tonnes, prices

    @np.errstate(all="ignore")
    def residual(self, at: Unknowns, e: Batch) -> tuple[Floats, State]:
        """Left sides less right sides (unknowns, draws): logs of demand over supply, then the conditions of the limits, zero where they hold."""
        equations = self.equations(e)
        point = equations.point(at)
        return equations.residual(at, point), equations.state(at, point, equations.flows(at, point)[0])

    @np.errstate(all="ignore")
    def flows(self, at: Unknowns, e: Batch) -> tuple[Floats, Floats]:
        """Tonnes and log user price (before curtailment) of every flow, arrays (f, draws)."""
        equations = self.equations(e)
        return equations.flows(at, equations.point(at))

    @np.errstate(all="ignore")
    def producer_price(self, at: Unknowns) -> tuple[Floats, Floats]:
        """Log price that producers get and its elasticity to the fob price, arrays (n, draws)."""
        m = self.market
        paid = m.subsidy[:, None] * np.exp(at.price)
        whole = np.maximum(paid + m.subsidy_level[:, None], TINY)
        logs = np.log(whole)
        free = (logs >= m.price_floor[:, None]) & (whole > TINY)
        return np.where(free, logs, np.maximum(m.price_floor[:, None], logs)), np.where(free, paid / whole, 0.0)

    def bought_t(self, at: Unknowns, e: Batch) -> Floats:
        """State purchases that hold a price, tonnes (b, draws)."""
        return (e.output[self.held] + 1.0) * np.expm1(np.minimum(at.bought, 50.0))


class Equations:
    """The equations of a market for given draws.

    Parameters
    ----------
    system : System
    e : Batch
    softness : array (draws,), optional
        By how much the log of a choke price gives way per log of curtailment: a road to the answer, not the answer.
    """

    def __init__(self, system: System, e: Batch, softness: Floats | None = None) -> None:
        s, m = system, system.market
        self.system, self.e = system, e
        self.softness = np.zeros(len(e)) if softness is None else softness
        self.upper = e.upper if s.nested and e.upper is not None else e.sigma
        self.inverse = 1 / (1 - e.sigma)
        self.scale = (1 - m.passed_on)[:, None] * e.demand_scale
        least = LEAST_PART * s.trade[:, None]
        self.output = np.maximum(e.output, least)
        self.cap = np.maximum(np.where(e.output > least, e.cap, 0.0), least)
        self.limit_t = np.maximum(e.limit_t, LEAST_PART * s.limit_trade[:, None] + TINY)
        self.widest_sigma = float(e.sigma.max(initial=0.0))
        self._near: Sums | None = None
        self._far: Sums | None = None

    def sums(self, at: Unknowns) -> Sums:
        """Sums over flows: of factored powers where these hold, otherwise flow by flow."""
        farthest = max(at.price.max(), -at.price.min(), 0.0) + np.abs(at.rent).max(initial=0.0) + self.system.widest
        if farthest * self.widest_sigma <= REACH:
            if self._near is None:
                self._near = Sums(self.system.routes, self.e.sigma)
            return self._near
        if self._far is None:
            self._far = Sums(self.system.apart, self.e.sigma)
        return self._far

    def point(self, at: Unknowns) -> Point:
        """Evaluate the equations up to demand and supply."""
        s = self.system
        sums = self.sums(at)
        index, low = sums.index(at.price, at.rent)
        index[s.without_imports] = 1.0
        inner, composite, shift = self._indices(at, index, low)
        scale, used, passed, volume = self._volume(at, composite)
        each = np.exp(scale if isinstance(shift, float) else scale + shift)
        bought = each * volume
        demand, limited = sums.demand(bought)
        re_exports = sums.arrivals() * each[s.at_hub] * passed if len(s.hubs) else passed
        if len(s.home):
            home = s.routes.home
            each = np.exp(scale[home.importer] - self.upper * home.prices(at.price, at.rent))
            flows = each * volume[home.importer]
            demand += home.to_suppliers @ flows
            if len(limited):
                limited += home.to_limits @ flows
            re_exports += (home.to_hubs @ each) * passed
        own, answer = self._own_supply(at)
        supply = own
        if len(s.hubs):
            supply = own.copy()
            supply[s.hubs] += re_exports
        return Point(inner, composite, low, shift, scale, used, passed, volume, bought, demand, own, supply, answer, limited)

    def _volume(self, at: Unknowns, composite: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """What users buy per exp(-upper u) of a tonne: a log scale (m, draws), and over it the parts for use, for passing on (h, draws), and all."""
        s, m, e = self.system, self.system.market, self.e
        scale, used, passed = self._log_use(at, composite), self.scale, np.empty((0, len(e)))
        volume = used
        if len(s.hubs):
            log_passed = (self.upper - e.re_export) * composite[s.at_hub]
            log_passed += e.re_export * at.price[s.hubs]
            log_used = scale[s.at_hub]
            top = np.maximum(log_used, log_passed)
            scale[s.at_hub] = top
            used = np.empty_like(scale)
            used[:] = self.scale
            used[s.at_hub] *= np.exp(log_used - top)
            passed = m.passed_on[s.at_hub, None] * np.exp(log_passed - top)
            volume = used.copy()
            volume[s.at_hub] += passed
        if s.stocks:
            stock = np.repeat(m.stock[:, None], len(e), axis=1)
            np.add.at(stock, m.triggers.user, m.triggers.sign[:, None] * at.stocked)
            pull = np.exp(self.upper * composite - scale)
            volume = np.maximum(volume + stock * pull, LEAST_PART * pull)
        return scale, used, passed, volume

    def _indices(self, at: Unknowns, index: Floats, low: Floats | float) -> tuple[Floats, Floats, Floats | float]:
        """Composite prices of imports and of all, and the log of the factor that imports have besides the composite price of all."""
        s, e = self.system, self.e
        inner = np.log(index, out=index)
        if not s.nested:
            inner *= self.inverse
            if isinstance(low, float):
                return inner, inner, 0.0
            inner += low
            return inner, inner, -e.sigma * low
        inner -= np.log(s.import_share)
        inner *= self.inverse
        inner += low
        home, user = s.routes.home, s.routes.home.importer
        own = home.prices(at.price, at.rent)
        imported = np.ones((len(inner), 1))
        imported[s.without_imports] = 0.0
        reference = inner.copy()
        reference[user] = np.where(imported[user] > 0, np.minimum(own, inner[user]), own)
        parts = imported * s.import_share * np.exp((1 - self.upper) * np.where(imported > 0, inner - reference, 0.0))
        parts[user] += s.market.share[home.at, None] * np.exp((1 - self.upper) * (own - reference[user]))
        parts[s.unreached] = 1.0
        inner[s.without_imports] = 0.0
        return inner, reference + np.log(parts) / (1 - self.upper), (e.sigma - self.upper) * inner - e.sigma * low

    def _log_use(self, at: Unknowns, composite: Floats) -> Floats:
        """Log of what users buy for use, per exp(-upper u) of a tonne; it falls no further beyond the choke price but for curtailment."""
        s, m, e = self.system, self.system.market, self.e
        priced = composite
        if len(s.choked):
            priced = composite.copy()
            priced[s.choked] = np.minimum(priced[s.choked], m.choke)
        used = (self.upper - e.eta) * priced
        if len(s.choked):
            used[s.choked] -= self.curtailed(at, composite)
        return used

    def curtailed(self, at: Unknowns, composite: Floats) -> Floats:
        """Curtailment in logs of the users at the choke price, array (c, draws)."""
        s = self.system
        if s.steep:
            return np.clip(s.steep * (composite[s.choked] - s.market.choke), 0.0, PRICED_OUT)
        return at.curtailed

    def _own_supply(self, at: Unknowns) -> tuple[Floats, Floats]:
        """Output in tonnes and its elasticity to the fob price, arrays (n, draws): 0 at capacity and at a guaranteed price."""
        e, s = self.e, self.system
        price, by_price = (at.price, None) if s.plain_supply else s.producer_price(at)
        wanted = np.exp(e.epsilon * price)
        wanted *= self.output
        answer = e.epsilon * (wanted < self.cap)
        own = np.minimum(wanted, self.cap, out=wanted)
        if by_price is not None:
            answer *= by_price
        if len(s.idle):
            own[s.idle] = 0.0
        return own, answer

    def residual(self, at: Unknowns, point: Point) -> Floats:
        """Left sides less right sides, array (unknowns, draws)."""
        s, m, e = self.system, self.system.market, self.e
        takes = point.demand + TINY
        if len(s.held):
            takes[s.held] += s.bought_t(at, e)
        takes /= point.supply + TINY
        clearing = np.log(takes, out=takes)
        if len(s.idle):
            clearing[s.idle] = at.price[s.idle]
        parts = [clearing]
        if len(m.limits.low):
            parts.append(self.limits(at, point.limited)[0])
        if s.curtailments:
            parts.append(self.curtailment(at, point)[0])
        if len(s.held):
            parts.append(self.purchases(at)[0])
        if len(m.triggers.user):
            parts.append(self.stocks(at, point)[0])
        return np.concatenate(parts) if len(parts) > 1 else clearing

    def limits(self, at: Unknowns, limited: Floats) -> tuple[Floats, Floats, Floats]:
        """Condition of each limit with its derivatives by the rent and by the log of tonnes left over tonnes carried, arrays (k, draws).

        Rents count sigma times, so that both sides of a condition are logs of tonnes.
        """
        m, sigma = self.system.market, self.e.sigma
        slack = np.log(self.limit_t) - np.log(limited + TINY)
        low, high = sigma * m.limits.low[:, None], sigma * m.limits.high[:, None]
        value, by_rent, by_slack = between(sigma * at.rent, low, high, slack)
        return value, sigma * by_rent, by_slack

    def curtailment(self, at: Unknowns, point: Point) -> tuple[Floats, Floats, Floats]:
        """Condition of each user at the choke price with its derivatives by curtailment and by the room below the price, arrays (c, draws).

        Room counts STEEP times, so that both sides of a condition are logs of tonnes.
        """
        room = self.system.market.choke - point.composite[self.system.choked] + self.softness * at.curtailed
        value, by_curtailed, by_room = between(at.curtailed, ZERO, PRICED_OUT, STEEP * room)
        by_room *= STEEP
        return value, by_curtailed + by_room * self.softness, by_room

    def purchases(self, at: Unknowns) -> tuple[Floats, Floats, Floats]:
        """Condition of each price held by purchases with its derivatives by these and by the price, arrays (b, draws)."""
        held = self.system.held
        return either(at.bought, at.price[held] - self.system.market.purchase_floor[held, None])

    def stocks(self, at: Unknowns, point: Point) -> tuple[Floats, Floats, Floats]:
        """Condition of each stock that waits for a price with its derivatives by what is moved and by the composite price, arrays (t, draws)."""
        t = self.system.market.triggers
        slack = t.sign[:, None] * (point.composite[t.user] - t.price[:, None])  # positive on the side where stocks stay as they are
        value, by_stocked, by_slack = between(at.stocked, np.zeros_like(slack), t.most[:, None], slack)
        return value, by_stocked, t.sign[:, None] * by_slack

    def flows(self, at: Unknowns, point: Point) -> tuple[Floats, Floats]:
        """Tonnes and log user price of every flow, arrays (f, draws)."""
        s, m = self.system, self.system.market
        prices = at.price[m.exporter] + np.log(m.slope)[:, None]
        for some in (s.routes.single, s.routes.home):
            if len(some):
                prices[some.at] = some.prices(at.price, at.rent)
        tonnes = np.exp(-self.e.sigma * (prices - np.broadcast_to(point.low, point.composite.shape)[m.importer]))
        tonnes *= point.bought[m.importer]
        if len(s.home):
            user = m.importer[s.home]
            each = np.exp(point.scale[user] - self.upper * prices[s.home])
            tonnes[s.home] = each * np.broadcast_to(point.volume, point.composite.shape)[user]
        tonnes *= m.tonnes[:, None]
        return tonnes, prices

    def state(self, at: Unknowns, point: Point, flows: Floats) -> State:
        """What follows from the unknowns."""
        s = self.system
        each = np.exp(point.scale - self.upper * point.composite)
        composite, passed = point.composite.copy(), np.zeros_like(each)
        passed[s.at_hub] = point.passed
        volume, used, passed = each * point.volume, each * point.used, each * passed
        for volumes in (volume, used, passed):
            volumes[s.unreached] = 0.0
        composite[s.unreached] = np.inf
        return State(composite, volume, used, passed, point.demand, point.own, point.supply, np.asarray(s.by_user @ flows), point.answer)
