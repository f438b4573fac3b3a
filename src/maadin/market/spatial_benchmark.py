"""The benchmark as a spatial equilibrium: prices at which its quantities are where they are.

A homogeneous good does not flow as customs print it: two-way trade and long ways round have no place in it. What is reproduced is every country's output
and use, and so its net trade. Given those, the cheapest pattern of flows solves the transport problem (Hitchcock 1941; Koopmans 1949)

    minimise  sum_ij c_ij x_ij     subject to     sum_j x_ij = y_i0,   sum_i x_ij = d_j0,   x >= 0

with y own supply, d use and exports in other codes at home, and c freight and the duties of the benchmark's year. Its dual prices are those at
which the quantities are an equilibrium: lambda_i where a good is made, pi_j where it is used. Curves with the drawn elasticities go through these points, so that a
market in which nothing is changed returns the benchmark's output, use and net trade.

The problem leaves one price level open for each group of countries that trade with each other: the levels are those nearest to the
exporters' unit values, in least squares weighted with their supply, so that the mean price of supply is the observed one. Ad valorem duties
make c depend on lambda: they enter as specific duties at the last prices, and the problem is solved again until its pattern stands.

References
----------
Hitchcock, F. L. (1941), The distribution of a product from several sources to numerous localities, Journal of Mathematics and Physics 20.
Koopmans, T. C. (1949), Optimum utilization of the transportation system, Econometrica 17, supplement: duals as prices at places.
Paris, Q., Drogué, S. & Anania, G. (2011), Calibrating spatial models of trade, Economic Modelling 28(6): the calibration of transport costs
    against observed flows, which is not done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from maadin.errors import InputError
from maadin.facts import regions
from maadin.market.benchmark import Benchmark
from maadin.market.equilibrium import SolveError
from maadin.market.freight import Freight
from maadin.market.spatial_problem import Floats, Ints, Mask

PASSES = 20
DUST = 1e-9  # of all tonnes: who makes or uses less moves no price
USED = 1e-12  # of all tonnes: flows below it are what the solver's rounding left
UNKNOWN = 1e-6  # weight of a supplier without a price of its own
TIGHT = 1e-9  # of the mean price, by which a price may miss its condition


@dataclass(frozen=True, slots=True, eq=False)
class SpatialBenchmark:
    """Prices of a benchmark's countries at which its quantities are an equilibrium.

    Attributes
    ----------
    benchmark : Benchmark
    freight : Freight
    supply_price, use_price : array (n,), USD per tonne
        lambda and pi; NaN where nothing is made or used.
    supply_t, use_t : array (n,), tonnes
        Own supply; use and exports in other codes.
    flow_t : array (n, n), tonnes
        The cheapest pattern, own use on the diagonal.
    passes : int
        Transport problems solved until the duties agreed with the prices.
    """

    benchmark: Benchmark
    freight: Freight
    supply_price: Floats
    use_price: Floats
    supply_t: Floats
    use_t: Floats
    flow_t: Floats
    passes: int


def spatial_benchmark(b: Benchmark, freight: Freight) -> SpatialBenchmark:
    """The prices and the cheapest pattern of flows of a benchmark.

    Raises
    ------
    InputError
        If freight is more than the good is worth, so that a price would be negative.
    SolveError
        If no pattern agrees with the ad valorem duties.
    """
    supply = np.nan_to_num(b.own_supply_t)
    use = b.use_t + b.other_codes_t
    makes, uses = np.flatnonzero(supply > 0), np.flatnonzero(use > 0)
    if not len(makes) or not len(uses):
        raise InputError(f"the market of {b.commodity} in {b.year} has no supply or no use, so there is nothing to balance")
    at = np.ix_(makes, uses)
    factor, charge = ((1 + b.export_tax_rate) * (1 + b.duty_rate))[at], freight.usd_per_t[at]
    factor = np.where(makes[:, None] == uses, 1.0, factor)
    known = ~b.price_is_world_average[makes]
    mean = float(np.average(b.price_usd_per_t[makes], weights=supply[makes]))
    observed = np.where(known, b.price_usd_per_t[makes], mean)
    weight = supply[makes] * np.where(known, 1.0, UNKNOWN)
    here, there = supply[makes] > DUST * supply.sum(), use[uses] > DUST * supply.sum()
    main = np.ix_(here, there)
    lam = observed.copy()
    passes, misses = 0, np.inf
    while passes < PASSES and not misses <= TIGHT * mean:
        passes += 1
        flow = np.zeros(factor.shape)
        flow[main] = _cheapest(supply[makes][here], use[uses][there], ((factor - 1) * lam[:, None] + charge)[main])
        found = _prices(flow[main], factor[main], charge[main], observed[here], weight[here])
        lam[here], misses = found[0], found[2]
    if not misses <= TIGHT * mean:
        raise SolveError(
            f"the ad valorem duties of {b.year} and the cheapest pattern of trade in {b.commodity} did not come to agree in {PASSES} passes; "
            f"a price misses its condition by {misses:.3g} USD per tonne"
        )
    pi = np.full(len(uses), np.nan)
    pi[there] = found[1]
    _attach_dust(makes, uses, supply, use, here, there, factor, charge, lam, pi, flow)
    if min(lam.min(), pi.min()) <= 0:
        lowest = regions.name(b.countries[makes[int(np.argmin(lam))]]) if b.countries[makes[0]] in regions.countries() else "a country"
        raise InputError(
            f"at this freight a tonne of {b.commodity} would be worth {lam.min():,.0f} USD in {lowest}, less than nothing, where it costs {mean:,.0f} on "
            "average; expected freight that the good can bear"
        )
    n = len(b.countries)
    prices = np.full((2, n), np.nan)
    prices[0, makes], prices[1, uses] = lam, pi
    flows = np.zeros((n, n))
    flows[at] = flow
    return SpatialBenchmark(b, freight, prices[0], prices[1], supply, use, flows, passes)


def _attach_dust(
    makes: Ints,
    uses: Ints,
    supply: Floats,
    use: Floats,
    here: Mask,
    there: Mask,
    factor: Floats,
    charge: Floats,
    lam: Floats,
    pi: Floats,
    flow: Floats,
) -> None:
    """Prices and flows of who is too small to move any price: what it lacks it buys where it is cheapest, what it has left it sells where it fetches most."""
    at_maker, at_user = {int(c): i for i, c in enumerate(makes)}, {int(c): j for j, c in enumerate(uses)}
    lacks, left = use.copy(), supply.copy()
    for country in sorted({*makes[~here].tolist(), *uses[~there].tolist()}):
        i, j = at_maker.get(country), at_user.get(country)
        if i is not None and j is not None and not here[i] and not there[j]:
            flow[i, j] = min(supply[country], use[country])
            lacks[country], left[country] = use[country] - flow[i, j], supply[country] - flow[i, j]
        if j is not None and not there[j] and (lacks[country] > 0 or i is None):
            cost = np.where(here, factor[:, j] * lam + charge[:, j], np.inf)
            pi[j] = cost.min()
            flow[int(np.argmin(cost)), j] += lacks[country]
        if i is not None and not here[i]:
            offered = np.where(there, (pi - charge[i]) / factor[i], -np.inf)
            lam[i] = offered.max() if left[country] > 0 or j is None else pi[j]
            if left[country] > 0:
                flow[i, int(np.argmax(offered))] += left[country]
            if j is not None and np.isnan(pi[j]):
                pi[j] = lam[i]


def _cheapest(supply: Floats, use: Floats, cost: Floats) -> Floats:
    """A vertex of the transport problem, array (makes, uses), tonnes."""
    from scipy.optimize import linprog

    n, m = cost.shape
    tail, head = (a.ravel() for a in np.meshgrid(np.arange(n), np.arange(m), indexing="ij"))
    each = np.arange(n * m)
    rows = sparse.csr_array((np.ones(2 * n * m), (np.concatenate([tail, n + head]), np.concatenate([each, each]))), shape=(n + m, n * m))
    scale, price = 1e6 / supply.sum(), 1e4 / max(float(np.abs(cost).mean()), 1e-300)
    right = np.concatenate([supply, use * (supply.sum() / use.sum())]) * scale
    solver: Any = linprog  # its stubs know no sparse constraints
    found = solver(cost.ravel() * price, A_eq=rows[:-1], b_eq=right[:-1], bounds=(0, None), method="highs-ds")  # the last row follows
    if found.status != 0:
        raise SolveError(f"the cheapest pattern of trade was not found ({found.message})")
    flow = np.where(found.x > USED * 1e6, found.x, 0.0) / scale
    return np.asarray(flow.reshape(n, m))


def _prices(flow: Floats, factor: Floats, charge: Floats, observed: Floats, weight: Floats) -> tuple[Floats, Floats, float]:
    """Prices (makes,), (uses,) that agree with a pattern, nearest to observed ones, and by how much the worst misses its condition."""
    group, slope, level = _trees(flow, factor, charge)
    n = len(observed)
    count = int(group.max()) + 1
    theta = _levels(group, slope, level, n, factor, charge, observed, weight, count)
    price = slope * theta[group] + level
    lam, pi = price[:n], price[n:]
    gap = pi[None, :] - (factor * lam[:, None] + charge)
    missed = max(float(gap.max()), float(np.abs(gap[flow > 0]).max()))
    return lam, pi, missed


def _trees(flow: Floats, factor: Floats, charge: Floats) -> tuple[Ints, Floats, Floats]:
    """For every supplier and user the group it trades in and its price as slope times the group's level plus a constant."""
    n, m = flow.shape
    group, slope, level = np.full(n + m, -1, dtype=np.intp), np.zeros(n + m), np.zeros(n + m)
    to = [np.flatnonzero(row) for row in flow]
    of = [np.flatnonzero(column) for column in flow.T]
    count = 0
    for root in range(n + m):
        if group[root] >= 0:
            continue
        group[root], slope[root], level[root] = count, 1.0, 0.0
        waiting = [root]
        while waiting:
            here = waiting.pop()
            for other in n + to[here] if here < n else of[here - n]:
                if group[other] >= 0:
                    continue
                i, j = (here, other - n) if here < n else (other, here - n)
                a, c = factor[i, j], charge[i, j]
                slope[other], level[other] = (
                    (a * slope[here], a * level[here] + c) if here < n else (slope[here] / a, (level[here] - c) / a)
                )
                group[other] = count
                waiting.append(int(other))
        count += 1
    return group, slope, level


def _levels(
    group: Ints, slope: Floats, level: Floats, n: int, factor: Floats, charge: Floats, observed: Floats, weight: Floats, count: int
) -> Floats:
    """Levels of the groups: least squares against observed prices so that no unused route would pay."""
    curved = np.bincount(group[:n], weight * slope[:n] ** 2, count)
    linear = np.bincount(group[:n], weight * slope[:n] * (level[:n] - observed), count)
    best = -linear / curved
    price = slope * best[group] + level
    gap = price[None, n:] - (factor * price[:n, None] + charge)
    if gap.max() <= TIGHT * float(np.abs(price).mean()):
        return np.asarray(best)
    import clarabel

    i, j = np.nonzero((group[:n, None] != group[None, n:]) | (factor != 1.0))
    rows = np.arange(len(i))
    size = float(np.abs(observed).mean())
    right = (factor[i, j] * level[i] + charge[i, j] - level[n + j]) / size
    matrix = sparse.csc_array(
        (
            np.concatenate([slope[n + j], -factor[i, j] * slope[i]]),
            (np.concatenate([rows, rows]), np.concatenate([group[n + j], group[i]])),
        ),
        shape=(len(i), count),
    )
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-12
    scale = curved.max()
    found = clarabel.DefaultSolver(
        sparse.csc_matrix(sparse.diags_array(curved / scale, format="csc")), linear / scale / size, sparse.csc_matrix(matrix), right,
        [clarabel.NonnegativeConeT(len(i))], settings,
    ).solve()  # fmt: skip
    if found.status not in (clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved):
        return np.asarray(best)
    return np.asarray(found.x) * size
