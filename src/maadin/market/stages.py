r"""Linked stages: what one market makes is what the next one uses, in fixed proportions.

A tonne of the next stage takes a_i tonnes of this one in country i (Leontief), so that with output Y of the next stage, its price P, and the price q that
its makers pay for this one

    derived demand     u_i = a_i Y_i + o_i (q_i / q_i0)^(-eta)        o: use for anything else, with the stage's own elasticity of demand
    supply             Y_i = S_i( P_i - a_i (q_i - q_i0) )            makers see the price less what their input costs more than in the benchmark

with S the supply curve of the next stage's own market. Its elasticity is to its price at given input prices; an input with the cost share
theta_i = a_i q_i0 / P_i0 then shifts it by -theta_i times that elasticity. In a market's terms derived demand is a scale on demand, and dearer input a negative subsidy
per tonne: every stage is solved by its own market, of either kind, as it stands.

The joint equilibrium is a fixed point in the scales of demand. A sweep solves the stages from the first to the last, hands on prices, and looks how far use in
tonnes is from what the next stage then takes. Anderson (1965) mixing of the last sweeps finds the scales at which it is nowhere off, or,
where it does not, Newton's method with a line search (Knoll & Keyes 2004). The mismatch that is left is the residual: tonnes that vanish between
stages, as a part of world use. A chain that does not come to rest says so.

The benchmark of a chain balances as its markets do. Where a country makes more than its books of the stage before allow (stocks, other sources), its coefficient is
lowered to what they show and the chain says by how much; use beyond it is other use.

References
----------
Leontief, W. (1936), Quantitative input and output relations in the economic system of the United States, Review of Economics and Statistics 18(3).
Anderson, D. G. (1965), Iterative procedures for nonlinear integral equations, Journal of the ACM 12(4).
Knoll, D. A. & Keyes, D. E. (2004), Jacobian-free Newton-Krylov methods, Journal of Computational Physics 193(2).
Takayama, T. & Judge, G. G. (1971), Spatial and Temporal Price and Allocation Models: intermediate goods with fixed input coefficients.
Corden, W. M. (1966), The structure of a tariff system and the effective protective rate, Journal of Political Economy 74(3): duties on inputs
    by their cost share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.market.benchmark import Benchmark
from maadin.market.draws import Draws
from maadin.market.equilibrium import SolveError
from maadin.market.stage_markets import StageKind, StageMarket, StageState, price_of_use, stage_market
from maadin.market.wedges import Wedges

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

TOLERANCE = 1e-9  # of world use
MIXED, MEMORY = 40, 8  # sweeps by mixing, and how many of them it remembers
SWEEPS = 600
FAR = 1e3  # where a market has no solution
LARGEST_STEP = 0.5  # in logs of demand
LEAST_USE = 1e-12  # of world use
MOST_MISSING = 0.25  # of derived demand that the books of the stage before may lack
MOST_SHARE = 0.9  # of the price that an input may cost
GIVES_WAY = 0.2  # least elasticity with which demand gives way within a sweep; the scales make up for it


@dataclass(frozen=True, slots=True)
class Link:
    """How one stage feeds the next, by country of the next.

    Attributes
    ----------
    coefficient : float
        Tonnes of the stage before in a tonne of this one, as given.
    per_tonne : array (n,)
        The same as the books of each country allow.
    input_at : array of int (n,)
        Position of each country among those of the stage before; -1 where it is not there.
    input_price : array (n,), USD per tonne
        What users there pay in the benchmark, duties included; 0 without input.
    cost_share : array (n,), fraction of the price
    other_use : array (m,), tonnes
        Use of the stage before, by its own countries, that does not go into this one.
    missing_t : float, tonnes
        Input that output times the coefficient asks for and the books do not show.
    """

    coefficient: float
    per_tonne: Floats
    input_at: Ints
    input_price: Floats
    cost_share: Floats
    other_use: Floats
    missing_t: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Markets from the first stage to the last.

    Attributes
    ----------
    stages : tuple of Benchmark
    links : tuple of Link
        Between each stage and the next.
    """

    stages: tuple[Benchmark, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChainSolution:
    """A chain with its status.

    Attributes
    ----------
    chain : Chain
    stages : tuple of StageState
    residual : float
        Largest mismatch of a country between use of a stage and what the next takes, over world use.
    iterations : int
        Sweeps over all stages.
    status : str
        solved, or why it is not.
    """

    chain: Chain
    stages: tuple[StageState, ...]
    residual: float
    iterations: int
    status: str

    @property
    def solved(self) -> bool:
        """Whether no tonne vanishes between stages."""
        return self.status == "solved"


def link(stages: Sequence[tuple[Benchmark, float | None]]) -> Chain:
    """Markets as a chain.

    Parameters
    ----------
    stages : sequence of (Benchmark, coefficient)
        From the first stage to the last. The coefficient is tonnes of the stage before in a tonne of this one; None for the first. All of one year;
        countries are matched by their labels.

    Raises
    ------
    InputError
        If there are fewer than two stages, a coefficient is missing or out of range, years differ, or the books of two stages do not belong together.

    Examples
    --------
    >>> def book(name, tonnes, price):
    ...     made = [{"country": "A", "production_t": tonnes, "price_usd_per_t": price}]
    ...     home = [{"exporter": "A", "importer": "A", "trade_t": tonnes}]
    ...     return Benchmark.from_tables(made, home, year=2024, labels="free", commodity=name)
    >>> link([(book("ore", 30, 50), None), (book("metal", 10, 900), 2.5)]).links[0].other_use.tolist()
    [5.0]
    """
    if len(stages) < 2:
        raise InputError(f"{len(stages)} stage makes no chain; expected two or more, from the first to the last")
    markets = tuple(b for b, _ in stages)
    if len({b.year for b in markets}) > 1:
        raise InputError(f"the stages are of different years ({', '.join(str(b.year) for b in markets)}); expected one")
    links = []
    for (before, _), (b, coefficient) in pairwise(stages):
        name = f"{before.commodity} ({before.stage}) in {b.commodity} ({b.stage})"
        if coefficient is None or not 0 < coefficient < 1000:
            raise InputError(f"the coefficient of {name} is {coefficient}; expected tonnes of input per tonne of output, above 0")
        links.append(_link(before, b, float(coefficient), name))
    return Chain(markets, tuple(links))


def _link(before: Benchmark, b: Benchmark, coefficient: float, name: str) -> Link:
    place = {c: at for at, c in enumerate(before.countries)}
    at = np.array([place.get(c, -1) for c in b.countries], dtype=np.intp)
    output = np.nan_to_num(b.own_supply_t)
    there = (at >= 0) & (output > 0)
    use = np.where(there, before.use_t[np.maximum(at, 0)], 0.0)
    wanted = coefficient * output
    per_tonne = np.divide(np.minimum(wanted, use), output, out=np.zeros_like(output), where=output > 0)
    missing = float((wanted - per_tonne * output).sum())
    if missing > MOST_MISSING * wanted.sum():
        worst = np.argsort(-(wanted - per_tonne * output))[:5]
        raise InputError(
            f"at {coefficient:g} t of {name}, {missing:,.0f} of {wanted.sum():,.0f} t of input are in no book of {before.year} (most of it in "
            f"{', '.join(b.countries[i] for i in worst)}): the two tables do not count the same goods, or the coefficient is another"
        )
    price = np.where(there, price_of_use(before)[np.maximum(at, 0)], 0.0)
    price = np.where(per_tonne > 0, price, 0.0)
    # unit values of small flows are no prices: no input is let cost more than most of what is made of it
    price = np.minimum(price, MOST_SHARE * b.price_usd_per_t / np.where(per_tonne > 0, per_tonne, 1.0))
    derived = np.zeros(len(before.countries))
    np.add.at(derived, at[there], (per_tonne * output)[there])
    return Link(coefficient, per_tonne, at, price, per_tonne * price / b.price_usd_per_t, np.maximum(before.use_t - derived, 0.0), missing)


# --- solving ----------------------------------------------------------------------------------------------------------------------------


def solve_chain(
    chain: Chain,
    draws: Sequence[Draws],
    wedges: Mapping[int, Wedges] | None = None,
    *,
    at: int = 0,
    kind: StageKind = "origins",
    freight: Sequence[Any] | None = None,
    throw: bool = True,
) -> ChainSolution:
    """The joint equilibrium of a chain.

    Parameters
    ----------
    chain : Chain
    draws : sequence of Draws
        Elasticities of each stage; that of demand is of final use at the last stage, of other use before.
    wedges : mapping of stage to Wedges, optional
        What a scenario changes, by position of the stage; nothing without it.
    at : int
        The draw.
    kind : str
        origins: goods told apart by origin, `maadin.market.equilibrium`; homogeneous: one good, `maadin.market.spatial`.
    freight : sequence, optional
        For homogeneous goods, of each stage: as `maadin.market.freight.freight_of` takes it.
    throw : bool
        Raise if the chain has no solution; otherwise `ChainSolution.status` says why.

    Raises
    ------
    InputError
        If the number of draws or freights is not that of the stages.
    SolveError
        With `throw`, if a stage has no solution or the chain does not come to rest.
    """
    given = dict(wedges or {})
    count = len(chain.stages)
    if len(draws) != count or (freight is not None and len(freight) != count):
        raise InputError(f"a chain of {count} stages takes as many sets of elasticities and of freight, found {len(draws)}")
    markets = [
        stage_market(
            b, given.get(n) or Wedges.of(b), _of_stage(draws[n], n == count - 1, at), kind, None if freight is None else freight[n]
        )
        for n, b in enumerate(chain.stages)
    ]
    search = _Search(chain, markets, [float(d.demand[at]) for d in draws])
    try:
        _mix(search)
        if not search.done:
            _newton(search)
        status = (
            "solved" if search.done else f"after {search.sweeps} sweeps {search.left:.1e} of world use still vanishes between two stages"
        )
    except SolveError as error:
        status = f"a stage has no solution: {error}"
    if throw and status != "solved":
        raise SolveError(f"the chain did not come to rest: {status}")
    return ChainSolution(chain, tuple(search.best), search.left, search.sweeps, status)


class _Search:
    """The scales of demand that are sought, and the best sweep so far."""

    def __init__(self, chain: Chain, markets: Sequence[StageMarket], eta: Sequence[float]) -> None:
        self.chain, self.markets, self.eta = chain, markets, eta
        self.used = [b.use_t > LEAST_USE * b.use_t.sum() for b in chain.stages[:-1]]
        self.ends = np.cumsum([int(u.sum()) for u in self.used])
        self.left, self.sweeps = np.inf, 0
        self.best: list[StageState] = []
        self.scales = np.zeros(self.ends[-1])

    @property
    def done(self) -> bool:
        """Whether no tonne vanishes."""
        return self.left <= TOLERANCE

    def off(self, scales: Floats) -> Floats:
        """Log of what use should be over what it is, at logs of scales of demand; both over all stages and countries that use the good."""
        logs = [np.zeros(len(u)) for u in self.used]
        for x, u, part in zip(logs, self.used, np.split(scales, self.ends[:-1]), strict=True):
            x[u] = part
        states, aims = _sweep(self.chain, self.markets, logs, self.eta)
        self.sweeps += 1
        pairs = list(zip(aims, states, self.chain.stages, strict=False))
        left = max(float(np.abs(aim - s.use_t).max() / b.use_t.sum()) for aim, s, b in pairs)
        if left < self.left:
            self.left, self.best, self.scales = left, states, scales.copy()
        return np.concatenate([_log_ratio(aim[u], s.use_t[u]) for aim, s, u in zip(aims, states, self.used, strict=False)])


def _mix(search: _Search) -> None:
    """Anderson mixing until no tonne vanishes, or it makes things worse."""
    here = search.scales.copy()
    slopes: list[tuple[Floats, Floats]] = []
    last: tuple[Floats, Floats] | None = None
    worse = 0
    while search.sweeps < MIXED and worse < 2:
        before = search.left
        move = search.off(here)
        if search.done:
            return
        worse = worse + 1 if search.left == before else 0
        if last is not None:
            slopes = [*slopes[1 - MEMORY :], (here - last[0], move - last[1])]
        last = here, move
        step = _mixed(move, slopes)
        here = here + step * min(1.0, LARGEST_STEP / max(float(np.abs(step).max()), 1e-300))


def _newton(search: _Search) -> None:
    """Newton's method with directional differences and a line search, from the best scales so far."""
    from scipy.optimize import NoConvergence, newton_krylov

    refused: list[SolveError] = []
    solver: Any = newton_krylov  # its stubs know functions of numbers alone

    def off(scales: Floats) -> Floats:
        if search.done or search.sweeps >= SWEEPS:
            raise StopIteration
        try:
            return search.off(scales)
        except SolveError as error:  # too far: the line search comes back
            refused.append(error)
            return np.full(len(scales), FAR)

    try:
        solver(off, search.scales.copy(), method="lgmres", f_tol=1e-12, maxiter=50, line_search="armijo")
    except (StopIteration, NoConvergence, ValueError):
        if not search.done and refused:
            raise refused[-1] from None


def _of_stage(e: Draws, is_last: bool, at: int) -> Draws:
    """One draw. While scales are sought, what the next stage takes gives way a little too, so that no market is asked for more than it can make."""
    names = ("armington", "demand", "supply", "re_export", "slack", "outside_option")
    one = replace(e, **{name: getattr(e, name)[[at]] for name in names})
    return (
        one if is_last else replace(one, demand=np.maximum(one.demand, GIVES_WAY), outside_option=np.maximum(one.outside_option, GIVES_WAY))
    )


def _sweep(
    chain: Chain, markets: Sequence[StageMarket], logs: Sequence[Floats], eta: Sequence[float]
) -> tuple[list[StageState], list[Floats]]:
    """All stages from the first to the last at given demand, and what use of each but the last should be for the next, array (n,), tonnes."""
    states: list[StageState] = []
    aims: list[Floats] = []
    for n, (b, solve_stage) in enumerate(zip(chain.stages, markets, strict=True)):
        scale = np.exp(logs[n]) if n < len(logs) else np.ones(len(b.countries))
        subsidy = np.zeros(len(b.countries))
        if n:
            ratio = _price_ratio(chain.stages[n - 1], states[-1], solve_before=markets[n - 1])
            made = chain.links[n - 1]
            change = np.where(made.input_at >= 0, ratio[np.maximum(made.input_at, 0)] - 1, 0.0)
            subsidy = -made.per_tonne * made.input_price * change
        states.append(solve_stage(scale, subsidy))
        if n:
            before, made = chain.stages[n - 1], chain.links[n - 1]
            ratio = _price_ratio(before, states[-2], solve_before=markets[n - 1])
            aim = made.other_use * np.maximum(ratio, 1e-12) ** -eta[n - 1]
            inside = (made.input_at >= 0) & (made.per_tonne > 0)
            np.add.at(aim, made.input_at[inside], (made.per_tonne * states[-1].output_t)[inside])
            aims.append(aim)
    return states, aims


def _price_ratio(b: Benchmark, state: StageState, solve_before: StageMarket) -> Floats:
    """Price that users pay over the benchmark's, array (n,); 1 where nothing is used."""
    return np.asarray(np.nan_to_num(state.price_use / solve_before.price_use, nan=1.0, posinf=1.0))


def _log_ratio(aim: Floats, use: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(aim, 1e-300) / np.maximum(use, 1e-300)))


def _mixed(move: Floats, slopes: list[tuple[Floats, Floats]]) -> Floats:
    """The step from a point that the map moves so far, given how earlier points and their moves differed."""
    if not slopes:
        return move
    shift, change = (np.array(part) for part in zip(*slopes, strict=True))
    weights, *_ = np.linalg.lstsq(change.T, move, rcond=1e-12)
    return np.asarray(move - weights @ (shift + change))
