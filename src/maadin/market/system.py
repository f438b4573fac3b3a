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
(solved through Fischer's function). With tonnes and shares from a benchmark and no wedge all logs are zero. The form is that of Armington (1969) as in Francois &
Hall (2003), GSIM, without its linearisation; arrays are (n, draws), (m, draws) or (f, draws), so that sparse products serve all draws at once.

References
----------
Armington, P. S. (1969), A theory of demand for products distinguished by place of production, IMF Staff Papers 16(1), equations 14-19.
Billups, S. C. (1995), Algorithms for complementarity problems and generalized equations, University of Wisconsin, section 3.2.
Fischer, A. (1992), A special Newton-type optimization method, Optimization 24(3-4).
Francois, J. & Hall, H. K. (2003), Global Simulation Analysis of Industry-Level Trade Policy, version 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MOST_EXPONENT = 200.0  # exp beyond says nothing any more, and products of three such numbers stay finite
PRICED_OUT = np.array(25.0)  # curtailment in logs at which a user buys nothing (1e-11), whatever the price
ZERO = np.array(0.0)
FEW_WEDGES = 6  # distinct wedges of plain flows that are served by matrix products; more are computed flow by flow


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

    @property
    def suppliers(self) -> int:
        """Number of suppliers."""
        return len(self.hub)

    @property
    def users(self) -> int:
        """Number of users."""
        return len(self.passed_on)


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
    """

    sigma: Floats
    eta: Floats
    re_export: Floats
    epsilon: Floats
    output: Floats
    cap: Floats
    demand_scale: Floats
    limit_t: Floats

    def __len__(self) -> int:
        """Number of draws."""
        return len(self.sigma)

    def only(self, at: Ints | slice) -> Batch:
        """Some of the draws."""
        taken = (getattr(self, f.name) for f in fields(self))
        return Batch(*(a if a.ndim > 1 and a.shape[-1] == 1 else a[..., at] for a in taken))


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What is solved for: log fob prices (n, draws) and the unknowns of complementarity: rents (k, draws), curtailment of the users
    `choked` (c, draws), purchases in logs of 1 + share of output by suppliers with a floor (b, draws), stocks moved (t, draws).
    """

    price: Floats
    rent: Floats
    curtailed: Floats
    bought: Floats
    stocked: Floats


@dataclass(frozen=True, slots=True)
class State:
    """Everything that follows from the unknowns, arrays (n, draws), (m, draws)."""

    composite: Floats  # lP
    volume: Floats  # Q
    use_volume: Floats  # the part for use
    re_volume: Floats  # the part passed on
    demand: Floats
    own: Floats
    supply: Floats
    intake: Floats  # tonnes reaching each user
    answer: Floats  # elasticity of own supply to the fob price


def exponential(x: Floats) -> Floats:
    """The exponential function, kept finite."""
    return np.exp(np.clip(x, -MOST_EXPONENT, MOST_EXPONENT))


def either(a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """Fischer's function a + b - |(a, b)| with its derivatives: zero exactly where a >= 0, b >= 0 and one of them is 0 (Fischer 1992)."""
    length = np.hypot(a, b)
    safe = np.where(length > 0, length, 1.0)
    at_zero = 1 - np.sqrt(0.5)
    return a + b - length, np.where(length > 0, 1 - a / safe, at_zero), np.where(length > 0, 1 - b / safe, at_zero)


def between(x: Floats, low: Floats, high: Floats, slack: Floats) -> tuple[Floats, Floats, Floats]:
    """Zero exactly where low <= x <= high, and slack >= 0 below high, <= 0 above low; with derivatives by x and slack (Billups 1995)."""
    bounded = np.isfinite(high)
    upper, by_room, by_excess = either(np.where(bounded, high - x, 0.0), -slack)
    inner, by_x, by_slack = np.where(bounded, -upper, slack), np.where(bounded, by_room, 0.0), np.where(bounded, by_excess, 1.0)
    low_bounded = np.isfinite(low)
    value, by_gap, by_inner = either(np.where(low_bounded, x - low, 0.0), inner)
    value, by_inner = np.where(low_bounded, value, inner), np.where(low_bounded, by_inner, 1.0)
    return value, np.where(low_bounded, by_gap, 0.0) + by_inner * by_x, by_inner * by_slack


class System:
    """The equations of a market over a set of draws.

    Parameters
    ----------
    market : Market
    choked : array of int
        Users whose curtailment is an unknown.
    steep : float, optional
        Elasticity of use beyond the choke price, instead of an end of use: a road to the answer, not the answer.
    """

    def __init__(self, market: Market, choked: Ints | None = None, *, steep: float | None = None) -> None:
        m = self.market = market
        self.steep = steep
        self.choked = np.empty(0, dtype=np.intp) if choked is None else choked
        self.held = np.flatnonzero(np.isfinite(m.purchase_floor))
        self.limited = np.isin(np.arange(len(m.exporter)), m.limits.flow)
        plain = (m.level == 0) & (m.floor <= 0) & ~self.limited
        wedges = np.unique(np.round(np.log(m.slope[plain]), 12))
        if len(wedges) > FEW_WEDGES:
            plain &= False
            wedges = wedges[:0]
        self.groups = []
        for wedge in wedges:
            at = np.flatnonzero(plain & (np.abs(np.log(m.slope) - wedge) < 1e-11))
            self.groups.append((float(wedge), self._to_users(at, m.share), self._to_exporters(at, m.tonnes)))
        self.special = np.flatnonzero(~plain)
        at = self.special
        self.simple = bool(np.all(m.level[at] == 0) and np.all(m.floor[at] <= 0))
        self._shares, self._tonnes = (
            self._incidence(at, m.importer, m.users, m.share),
            self._incidence(at, m.exporter, m.suppliers, m.tonnes),
        )
        self._arrivals = self._incidence(at, m.importer, m.users, m.tonnes)
        place = np.full(len(m.exporter), -1, dtype=np.intp)
        place[at] = np.arange(len(at))
        k = len(m.limits.low)
        self._rents = sparse.csr_matrix((np.ones(len(m.limits.flow)), (place[m.limits.flow], m.limits.group)), shape=(len(at), k))
        self._limit_tonnes = sparse.csr_matrix((m.tonnes[m.limits.flow], (m.limits.group, place[m.limits.flow])), shape=(k, len(at)))
        self.hubs = np.flatnonzero(m.hub >= 0)
        self.at_hub = m.hub[self.hubs]

    def _to_users(self, at: Ints, weight: Floats) -> sparse.csr_matrix:
        m = self.market
        return sparse.csr_matrix((weight[at], (m.importer[at], m.exporter[at])), shape=(m.users, m.suppliers))

    def _to_exporters(self, at: Ints, weight: Floats) -> sparse.csr_matrix:
        m = self.market
        return sparse.csr_matrix((weight[at], (m.exporter[at], m.importer[at])), shape=(m.suppliers, m.users))

    @staticmethod
    def _incidence(at: Ints, side: Ints, size: int, weight: Floats) -> sparse.csr_matrix:
        return sparse.csr_matrix((weight[at], (side[at], np.arange(len(at)))), shape=(size, len(at)))

    @property
    def size(self) -> int:
        """Number of unknowns."""
        return self.market.suppliers + len(self.market.limits.low) + len(self.choked) + len(self.held) + len(self.market.triggers.user)

    def unknowns(self, stacked: Floats) -> Unknowns:
        """The parts of a stacked array (unknowns, draws)."""
        sizes = [self.market.suppliers, len(self.market.limits.low), len(self.choked), len(self.held)]
        return Unknowns(*np.split(stacked, np.cumsum(sizes)))

    def special_prices(self, at: Unknowns) -> Floats:
        """Log user prices of the flows that are computed one by one, array (special, draws)."""
        m, f = self.market, self.special
        price = at.price[m.exporter[f]]
        if self.simple:
            logs = price + np.log(m.slope[f])[:, None]
        else:
            logs = np.log(np.maximum(m.slope[f, None] * exponential(price) + m.level[f, None], m.floor[f, None]))
        return logs + self._rents @ at.rent if self._rents.shape[1] else logs

    def state(self, at: Unknowns, e: Batch) -> tuple[State, Floats, Floats]:
        """What follows from the unknowns, with the factor of each special flow before its user's own (special, draws) and the limits' tonnes."""
        m, sigma = self.market, e.sigma
        power = exponential(-sigma * at.price)
        spending = power * exponential(at.price)
        index = np.zeros((m.users, len(sigma)))
        for wedge, to_users, _ in self.groups:
            part = to_users @ spending
            index += part if wedge == 0 else part * np.exp((1 - sigma) * wedge)
        factor = np.empty((0, len(sigma)))
        if len(self.special):
            logs = self.special_prices(at)
            factor = exponential(-sigma * logs)
            index += self._shares @ (factor * exponential(logs))
        with np.errstate(divide="ignore"):
            composite = np.where(index > 0, np.log(index) / (1 - sigma), np.inf)
        bounded = np.minimum(composite, MOST_EXPONENT)
        use = (1 - m.passed_on)[:, None] * e.demand_scale * exponential(-e.eta * bounded)
        if self.steep is not None:
            use *= exponential((e.eta - self.steep) * np.maximum(bounded - m.choke, 0.0))
        if len(self.choked):
            use[self.choked] *= exponential(-at.curtailed)
        passed = np.zeros_like(use)
        passed[self.at_hub] = m.passed_on[self.at_hub, None] * exponential(e.re_export * (at.price[self.hubs] - bounded[self.at_hub]))
        stock = np.repeat(m.stock[:, None], len(sigma), axis=1)
        if len(m.triggers.user):
            stock[m.triggers.user] += m.triggers.sign[:, None] * at.stocked
        volume = np.maximum(use + passed + stock, 1e-12)
        pull = np.where(index > 0, exponential(sigma * bounded), 0.0)
        bought = pull * volume
        demand = np.zeros((m.suppliers, len(sigma)))
        arrivals = np.zeros_like(demand[:0]) if not len(self.hubs) else np.zeros((m.users, len(sigma)))
        for wedge, _, to_exporters in self.groups:
            scale = 1.0 if wedge == 0 else np.exp(-sigma * wedge)
            demand += scale * (to_exporters @ bought)
            if len(self.hubs):
                arrivals += scale * (to_exporters.T @ power)
        demand *= power
        limited = np.empty((0, len(sigma)))
        if len(self.special):
            flows = factor * bought[m.importer[self.special]]
            demand += self._tonnes @ flows
            limited = self._limit_tonnes @ flows
            if len(self.hubs):
                arrivals += self._arrivals @ factor
        own, answer = self.own_supply(at, e)
        supply = own.copy()
        intake = np.zeros((m.users, len(sigma)))
        if len(self.hubs):
            intake = arrivals * pull * volume
            with np.errstate(invalid="ignore", divide="ignore"):
                part = np.where(volume[self.at_hub] > 0, passed[self.at_hub] / volume[self.at_hub], 0.0)
            supply[self.hubs] += intake[self.at_hub] * part
        return State(composite, volume, use, passed, demand, own, supply, intake, answer), factor, limited

    def own_supply(self, at: Unknowns, e: Batch) -> tuple[Floats, Floats]:
        """Output in tonnes and its elasticity to the fob price, arrays (n, draws): 0 at capacity and at a guaranteed price."""
        price, answer = self.producer_price(at)
        wanted = e.output * exponential(e.epsilon * price)
        free = wanted < e.cap
        return np.where(free, wanted, e.cap), np.where(free, e.epsilon * answer, 0.0)

    def producer_price(self, at: Unknowns) -> tuple[Floats, Floats]:
        """Log price that producers get and its elasticity to the fob price, arrays (n, draws)."""
        m = self.market
        paid = m.subsidy[:, None] * exponential(at.price)
        whole = paid + m.subsidy_level[:, None]
        logs = np.log(whole)
        free = logs >= m.price_floor[:, None]
        return np.where(free, logs, m.price_floor[:, None]), np.where(free, paid / whole, 0.0)

    def bought_t(self, at: Unknowns, e: Batch) -> Floats:
        """State purchases that hold a price, tonnes (b, draws)."""
        return (e.output[self.held] + 1.0) * np.expm1(np.minimum(at.bought, 50.0))

    def residual(self, at: Unknowns, e: Batch) -> tuple[Floats, State]:
        """Left sides less right sides (unknowns, draws): logs of demand over supply, then the conditions of the limits, zero where they hold."""
        m = self.market
        state, _, limited = self.state(at, e)
        takes, gives = state.demand, state.supply
        if len(self.held):
            takes = takes.copy()
            takes[self.held] += self.bought_t(at, e)
        with np.errstate(divide="ignore"):
            clearing = np.log(np.maximum(takes, 1e-300)) - np.log(np.maximum(gives, 1e-300))
        parts = [clearing]
        if len(m.limits.low):
            slack = np.log(e.limit_t) - np.log(np.maximum(limited, 1e-300))
            parts.append(between(at.rent, m.limits.low[:, None], m.limits.high[:, None], slack)[0])
        if len(self.choked):
            room = m.choke - np.minimum(state.composite[self.choked], MOST_EXPONENT)
            parts.append(between(at.curtailed, ZERO, PRICED_OUT, room)[0])
        if len(self.held):
            parts.append(either(at.bought, at.price[self.held] - m.purchase_floor[self.held, None])[0])
        if t := len(m.triggers.user):
            parts.append(between(at.stocked, np.zeros((t, 1)), m.triggers.most[:, None], self.trigger_slack(state))[0])
        return np.concatenate(parts), state

    def trigger_slack(self, state: State) -> Floats:
        """How far the composite price is on the side where stocks stay as they are, array (t, draws)."""
        t = self.market.triggers
        return t.sign[:, None] * (np.minimum(state.composite[t.user], MOST_EXPONENT) - t.price[:, None])

    def flows(self, at: Unknowns, e: Batch) -> tuple[Floats, Floats]:
        """Tonnes and log user price (before curtailment) of every flow, arrays (f, draws)."""
        m, sigma = self.market, e.sigma
        prices = at.price[m.exporter] + np.log(m.slope)[:, None]
        if len(self.special):
            prices[self.special] = self.special_prices(at)
        state, _, _ = self.state(at, e)
        bounded = np.minimum(state.composite, MOST_EXPONENT)
        pull = exponential(sigma * bounded) * state.volume
        return m.tonnes[:, None] * exponential(-sigma * prices) * pull[m.importer], prices
