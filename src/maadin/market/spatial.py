r"""Spatial price equilibrium of one homogeneous good: Samuelson (1952), Takayama and Judge (1964, 1971).

Suppliers i and users j have linear curves; arcs r from i to j carry x_r tonnes at a factor on the supplier's price and a charge per tonne:

    supply     S_i(lambda_i) = clip(a_i + b_i lambda_i, 0, cap_i)             demand     D_j(pi_j) = max(A_j - B_j pi_j, 0)
    landed     c_r = max(alpha_r lambda_i + beta_r + sum of rho_k, least)     alpha: ad valorem duties; beta: freight, specific duties

and an equilibrium is a set of prices and flows with

    S_i(lambda_i) - sum_out x >= 0                 _|_   lambda_i >= 0        unsold goods are worth nothing
    sum_in x + z_j - D_j(pi_j) - taken_j >= 0      _|_   pi_j >= 0            z_j: what nobody serves at the choke price; 0 below it
    c_r - pi_j >= 0                                _|_   x_r >= 0             used arcs: the price gap is freight and duty; others: no more
    Q_k - sum_k x >= 0                             _|_   rho_k >= 0           quotas and their rent per tonne

A country is a supplier and a user with an arc between them that costs nothing: its two prices agree wherever own goods are used at home. What
crosses a border is a country's own supply, so that a duty on one origin is not evaded by passing goods through another country; it is evaded by
exchange, which no rule of origin forbids.

Where all factors are 1 these are the optimality conditions of a convex quadratic programme, net social pay-off
(`maadin.market.spatial_programme`), and one solve by Clarabel is the answer. Ad valorem duties make them non-integrable: no pay-off has
them as its conditions. They are solved as a fixed point of that programme. With the user's price pi of an earlier solve, an arc bears

    (1 - 1/alpha_r) (pi_j - sum of rho_k) + beta_r / alpha_r

per tonne beside the rents, which is its duty and freight exactly where pi is the solution. A user's price rises by no more than what its arcs
bear, so the map moves by at most 1 - 1/alpha in one duty at a time (0.2 for 25%, 0.67 for 200%); with several users it need not contract.
Anderson (1965) mixing of the last solves makes it fast. It ends when the conditions with alpha itself hold to `TOLERANCE`, or to `ACCEPTED` where they
do not get better, and says so when it does not end.
A least import price is the quota under which its user pays that price, D_j(least) + taken_j less what comes by other arcs, found in the same
iteration; of all ways to fill up to a least price it is the one in which the cheapest origins supply.

Arcs enter the programme as their conditions are found violated (column generation); the conditions are checked on all.

Prices and totals by country are unique where curves slope; flows are not where two patterns cost the same.

References
----------
Samuelson, P. A. (1952), Spatial price equilibrium and linear programming, American Economic Review 42(3).
Takayama, T. & Judge, G. G. (1964), Spatial equilibrium and quadratic programming, Journal of Farm Economics 46(1).
Takayama, T. & Judge, G. G. (1971), Spatial and Temporal Price and Allocation Models, North-Holland.
Anderson, D. G. (1965), Iterative procedures for nonlinear integral equations, Journal of the ACM 12(4).
Goulart, P. J. & Chen, Y. (2024), Clarabel: an interior-point solver for conic programs with quadratic objectives, arXiv:2405.12762.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maadin.market.equilibrium import SolveError
from maadin.market.spatial_problem import Floats, Ints, Mask, SpatialMarket
from maadin.market.spatial_programme import Point, Programme, equivalents

TOLERANCE = 1e-7  # of prices over the mean price, of tonnes over all tonnes
ACCEPTED = 1e-6  # where the programme's rounding stands in the way of better
ROUNDS = 60  # programmes solved
MEMORY = 4
NEAREST, ENTERING = 1, 1  # arcs of each supplier and user that enter at first, and when some would pay
VIOLATED = 1e-9  # by which an arc must pay to enter
AT_NOTHING = 1e-9  # flows that are none
WORTHLESS = 1e-6  # prices that are none


@dataclass(frozen=True, slots=True)
class SpatialSolution:
    """Prices and flows of one market with their status.

    Attributes
    ----------
    point : Point
    supply : array (n,), tonnes
        What suppliers sell.
    use : array (m,), tonnes
        Demand that is served.
    residual : float
        Largest violation of a condition, prices over the mean price and tonnes over all tonnes.
    iterations : int
        Quadratic programmes solved.
    status : str
        solved, or why it is not.
    columns : array of bool (a,)
        Arcs that entered the programme.
    """

    point: Point
    supply: Floats
    use: Floats
    residual: float
    iterations: int
    status: str
    columns: Mask

    @property
    def solved(self) -> bool:
        """Whether all conditions hold."""
        return self.status == "solved"


@dataclass(slots=True)
class Start:
    """Where to start: prices of users, arcs that enter, and a programme to use again.

    Attributes
    ----------
    user_price : array (m,), USD per tonne
    columns : array of bool (a,)
    programme : Programme, optional
    """

    user_price: Floats
    columns: Mask
    programme: Programme | None = None

    def copy(self) -> Start:
        """The same start, to be brought up to date apart."""
        return Start(self.user_price.copy(), self.columns.copy(), self.programme)


def solve_spatial(market: SpatialMarket, start: Start | None = None, *, throw: bool = True) -> SpatialSolution:
    """The equilibrium of a spatial market.

    Parameters
    ----------
    market : SpatialMarket
    start : Start, optional
        From a similar market; its columns and programme are brought up to date.
    throw : bool
        Raise if there is no solution; otherwise `SpatialSolution.status` says why.

    Raises
    ------
    SolveError
    """
    tonnes = max(float(np.maximum(market.demand_level, 0.0).sum() + np.abs(market.taken).sum()), 1e-300)
    price = _mean_price(market) if start is None else float(np.mean(start.user_price))
    m = market.scaled(tonnes, price)
    if start is None:
        start = Start(np.full(m.users, price), np.zeros(m.arcs, dtype=bool))
    if not start.columns.any():
        start.columns = _nearest(m, start.user_price / price)
    found, iterations, status = _fixed_point(m, start, price)
    if found is None:
        if throw:
            raise SolveError(f"the spatial market has no solution: {status}")
        return _nothing(m, iterations, status, start.columns)
    left = residual(m, found)
    if throw and status != "solved":
        raise SolveError(f"the spatial market was not solved: {status}")
    start.user_price = found.user_price * price
    supply, use = _quantities(m, found)
    point = Point(
        found.supplier_price * price, found.user_price * price, found.flow * tonnes, found.rent * price, found.levy * price,
        found.unserved * tonnes, found.stock * tonnes,
    )  # fmt: skip
    return SpatialSolution(point, supply * tonnes, use * tonnes, left, iterations, status, start.columns)


def _nothing(m: SpatialMarket, iterations: int, status: str, columns: Mask) -> SpatialSolution:
    """What stands for a solution where there is none."""
    unknown = [
        np.full(size, np.nan)
        for size in (m.suppliers, m.users, m.arcs, len(m.quotas.tonnes), len(m.levy_price), m.users, len(m.triggers.most))
    ]
    return SpatialSolution(Point(*unknown), unknown[0], unknown[1], np.inf, iterations, status, columns)


def _mean_price(m: SpatialMarket) -> float:
    """A price of the right size: where all supply and all demand would meet without charges, or a part of what users would pay at most."""
    level, slope = m.demand_level.sum() - m.supply_level.sum(), m.demand_slope.sum() + m.supply_slope.sum()
    ends = m.demand_level[m.demand_slope > 0] / m.demand_slope[m.demand_slope > 0]
    sizes = [
        float(level / slope) if slope > 0 else 0.0,
        float(np.mean(ends)) / 10 if len(ends) else 0.0,
        float(np.mean(m.charge)) if m.arcs else 0.0,
    ]
    return max(*sizes, 0.0) or 1.0


def _nearest(m: SpatialMarket, user_price: Floats) -> Mask:
    """The cheapest few arcs of each user and supplier, were the goods worth the same everywhere."""
    return _best(m, -(m.charge / m.factor + (1 - 1 / m.factor) * user_price[m.head]), NEAREST)


def _best(m: SpatialMarket, gain: Floats, count: int) -> Mask:
    """The few arcs of each user and supplier that pay best, array (a,); none of those at -inf."""
    chosen = np.zeros(m.arcs, dtype=bool)
    some = np.flatnonzero(gain > -np.inf)
    for side in (m.head[some], m.tail[some]):
        order = np.lexsort((-gain[some], side))
        rank = np.arange(len(some)) - np.searchsorted(side[order], side[order])
        chosen[some[order[rank < count]]] = True
    return chosen


def _fixed_point(m: SpatialMarket, start: Start, price: float) -> tuple[Point | None, int, str]:
    """Programmes at ever better equivalents until the conditions hold with the factors themselves."""
    dutied = np.unique(m.head[m.factor != 1.0])
    quotas, groups = len(m.quotas.tonnes), len(m.levy_price)
    parts = np.cumsum([len(dutied), quotas, groups])
    at, rent = start.user_price / price, np.zeros(m.arcs)
    most = np.maximum(m.demand(_with(at, m.levy_user, m.levy_price)) + m.taken, 0.0)[m.levy_user]
    here = np.concatenate([at[dutied], np.zeros(quotas + groups), most])
    last: tuple[Floats, Floats] | None = None
    slopes: list[tuple[Floats, Floats]] = []
    best: tuple[float, Point | None] = (np.inf, None)
    reason, iteration, improved = "", 0, 0
    while iteration < ROUNDS:
        if start.programme is None or not start.programme.fits(m):
            start.programme = Programme(m, start.columns.copy())
        found, reason, _ = start.programme.solve(m, at, rent, most)
        iteration += 1
        if found is None:
            break
        now = _rent(m, found.rent, found.levy)
        paying = found.user_price[m.head] - found.supplier_price[m.tail] - equivalents(m, at, rent) - now
        entering = ~start.columns & (paying > VIOLATED)
        if entering.any():
            start.columns = start.columns | _best(m, np.where(entering, paying, -np.inf), ENTERING)
            start.programme = None
            continue
        left = residual(m, found)
        if left < best[0]:
            best, improved = (left, found), iteration
        if left <= TOLERANCE or (best[0] <= ACCEPTED and iteration - improved >= MEMORY):
            return _cleaned(m, best[1] or found), iteration, "solved"
        move = np.concatenate([found.user_price[dutied], found.rent, found.levy, _quotas_of_least(m, found)]) - here
        if last is not None:
            slopes = [*slopes[1 - MEMORY :], (here - last[0], move - last[1])]
        last = here, move
        here = np.maximum(here + _anderson(move, slopes), 0.0)
        at = _with(found.user_price, dutied, here[: parts[0]])
        rent, most = _rent(m, here[parts[0] : parts[1]], here[parts[1] : parts[2]]), here[parts[2] :]
    if best[1] is None:
        return None, iteration, _no_solution(m, reason)
    return (
        best[1],
        iteration,
        f"after {iteration} programmes a condition is still violated by {best[0]:.1e} of the mean price or of all tonnes",
    )


def _rent(m: SpatialMarket, rent: Floats, levy: Floats) -> Floats:
    """Rents and levies of each arc together, array (a,)."""
    found = np.zeros(m.arcs)
    np.add.at(found, m.quotas.arc, rent[m.quotas.quota])
    return found + np.where(m.levy >= 0, levy[m.levy], 0.0) if len(levy) else found


def _no_solution(m: SpatialMarket, reason: str) -> str:
    if "Infeasible" in reason:
        return f"what is wanted at any price cannot be had on the open routes ({reason}); a choke price or an elasticity of demand above zero ends it"
    return f"the quadratic programme stopped short ({reason})"


def _with(values: Floats, at: Ints, new: Floats) -> Floats:
    """Values with some of them changed."""
    changed = values.copy()
    changed[at] = new
    return changed


def landed(m: SpatialMarket, at: Point) -> Floats:
    """Price at which each arc would serve its user, array (a,), in the units of the market."""
    cost = m.factor * at.supplier_price[m.tail] + m.charge + _rent(m, at.rent, np.empty(0))
    return np.asarray(np.where(m.levy >= 0, np.maximum(cost, m.levy_price[m.levy]), cost) if len(m.levy_price) else cost)


def needed(m: SpatialMarket, at: Point) -> Floats:
    """What users want: demand, what is taken at any price, stocks; array (m,)."""
    want = m.demand(at.user_price) + m.taken
    np.add.at(want, m.triggers.user, m.triggers.sign * at.stock)
    return np.asarray(want)


def _quotas_of_least(m: SpatialMarket, at: Point) -> Floats:
    """What the user of each least price would import at it beyond what comes by other arcs, array (h,)."""
    found = np.zeros(len(m.levy_price))
    for group, user in enumerate(m.levy_user):
        others = (m.head == user) & (m.levy != group)
        price = _with(at.user_price, m.levy_user[[group]], m.levy_price[[group]])
        want = needed(m, replace(at, user_price=price))[user]
        found[group] = max(float(want - at.flow[others].sum()), 0.0)
    return found


def _cleaned(m: SpatialMarket, at: Point) -> Point:
    """The point with definite prices where conditions leave them open: who sells nothing has the best offer, who buys nothing the least price."""
    idle = np.bincount(m.tail, at.flow, m.suppliers) <= AT_NOTHING
    alone = np.bincount(m.head, at.flow, m.users) <= AT_NOTHING
    ended = np.where(m.demand_slope > 0, m.demand_level / np.where(m.demand_slope > 0, m.demand_slope, 1.0), np.inf)
    least = np.minimum(np.maximum(ended, 0.0), m.choke)
    np.minimum.at(least, m.head, landed(m, at))
    user = np.where(alone & np.isfinite(least), least, at.user_price)
    offer = user[m.head] - m.charge - _rent(m, at.rent, np.empty(0))
    best = np.zeros(m.suppliers)
    np.maximum.at(best, m.tail, offer / m.factor)
    had = np.bincount(m.head, at.flow, m.users)
    kept = np.where(
        (user <= WORTHLESS) & (had > 0), np.minimum(needed(m, at), had) / np.where(had > 0, had, 1.0), 1.0
    )  # the rest is not bought
    supplier = np.where(idle & (m.supply(best) <= AT_NOTHING), best, at.supplier_price)
    return replace(at, supplier_price=supplier, user_price=user, flow=at.flow * np.maximum(kept, 0.0)[m.head])


def _quantities(m: SpatialMarket, at: Point) -> tuple[Floats, Floats]:
    """Supply that is sold and demand that is served, from the curves; from the flows where a price is 0 or the choke price."""
    supply, use = m.supply(at.supplier_price), m.demand(at.user_price)
    sold = np.bincount(m.tail, at.flow, m.suppliers)
    supply = np.where(at.supplier_price <= WORTHLESS, np.minimum(supply, sold), supply)
    return np.asarray(supply), np.asarray(np.maximum(use - at.unserved, 0.0))


def residual(m: SpatialMarket, at: Point) -> float:
    """Largest violation of the conditions of a scaled market."""
    flow, carries = at.flow, at.flow > AT_NOTHING
    gap = landed(m, at) - at.user_price[m.head]
    sold, had = np.bincount(m.tail, flow, m.suppliers), np.bincount(m.head, flow, m.users)
    over = m.supply(at.supplier_price) - sold
    short = needed(m, at) - had - at.unserved
    load = m.quotas.tonnes - np.bincount(m.quotas.quota, flow[m.quotas.arc], len(m.quotas.tonnes))
    gain = m.triggers.sign * (m.triggers.price - at.user_price[m.triggers.user])
    wrong = [
        -gap, np.where(carries, np.minimum(gap, flow), 0.0), np.where(over > 0, np.minimum(over, at.supplier_price), -over),
        np.where(short < 0, np.minimum(-short, at.user_price), short), np.minimum(at.unserved, np.abs(m.choke - at.user_price)),
        np.where(np.isfinite(m.choke), at.user_price - m.choke, 0.0), -load, np.minimum(at.rent, np.abs(load)),
        np.where(gain > 0, np.minimum(gain, m.triggers.most - at.stock), np.minimum(-gain, at.stock)),
    ]  # fmt: skip
    return max(float(w.max(initial=0.0)) for w in wrong)


def _anderson(move: Floats, slopes: list[tuple[Floats, Floats]]) -> Floats:
    """How far to go from a point that the map moves so far, given how earlier points and their moves differed: least squares over differences."""
    if not slopes or not len(move):
        return move
    shift, change = (np.array(part) for part in zip(*slopes, strict=True))
    weights, *_ = np.linalg.lstsq(change.T, move, rcond=1e-10)
    return np.asarray(move - weights @ (shift + change))
