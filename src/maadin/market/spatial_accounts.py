"""The books of a spatial market in one draw: tonnes, prices and money by country and by route.

Surpluses are areas under the linear curves, exact. Of what users pay for a flow the supplier gets lambda; the rest is export tax, duty, levy, rent of a quota
and freight. Freight is paid to carriers of no country: it shows in both surpluses and is nobody's gain.

References
----------
Takayama, T. & Judge, G. G. (1971), Spatial and Temporal Price and Allocation Models, chapter 7 (quasi-welfare as the sum of surpluses).
Just, R. E., Hueth, D. L. & Schmitz, A. (2004), The Welfare Economics of Public Policy, chapters 4 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maadin.market.draws import Draws
from maadin.market.spatial import SpatialSolution
from maadin.market.spatial_calibration import SpatialCase
from maadin.market.spatial_problem import Floats, Ints
from maadin.market.spatial_programme import Point

NOTHING = 1e-9  # of all tonnes: smaller flows are rounding


@dataclass(frozen=True, slots=True)
class SpatialBooks:
    """Books of one draw. Arrays by country are (n,), NaN for prices that are none; routes (n, n).

    Attributes
    ----------
    price_fob, price_use : array (n,), USD per tonne
        lambda and pi.
    output, use, other_codes, stock, priced_out, unserved : array (n,), tonnes
    flow_t, price_landed : array (n, n), tonnes, USD per tonne
        The cheapest pattern; own use on the diagonal. Prices are NaN where nothing flows.
    tariff_revenue, export_tax_revenue, rent_importer, rent_exporter, support_cost, capacity_rent : array (n,), USD
    consumer_surplus_change : array (n,), USD
        Of users, from benchmark prices, on the curve of the scenario.
    other_codes_surplus_change : float, USD
        Of those abroad who buy what leaves in other codes.
    producer_surplus : array (n,), USD
    freight : float, USD
        Paid to carriers.
    limit_t, limit_wedge, limit_rent : array (k,)
        Tonnes under each limit, its rent as a part of the price before it, USD.
    paid, received : float, USD
        What users and states pay in all, and what suppliers, states, holders of quotas and carriers get.
    """

    price_fob: Floats
    price_use: Floats
    output: Floats
    use: Floats
    other_codes: Floats
    stock: Floats
    priced_out: Floats
    unserved: Floats
    flow_t: Floats
    price_landed: Floats
    tariff_revenue: Floats
    export_tax_revenue: Floats
    rent_importer: Floats
    rent_exporter: Floats
    support_cost: Floats
    capacity_rent: Floats
    consumer_surplus_change: Floats
    other_codes_surplus_change: float
    producer_surplus: Floats
    freight: float
    limit_t: Floats
    limit_wedge: Floats
    limit_rent: Floats
    paid: float
    received: float


def spatial_books(case: SpatialCase, e: Draws, at: int, solution: SpatialSolution) -> SpatialBooks:
    """The books of a market at the solution of one draw."""
    b, w, base, point = case.base.benchmark, case.wedges, case.base, solution.point
    n, made, used = len(b.countries), case.suppliers, case.users

    def by_supplier(values: Floats, empty: float = 0.0) -> Floats:
        return _placed(values, made, n, empty)

    def by_user(values: Floats, empty: float = 0.0) -> Floats:
        return _placed(values, used, n, empty)

    total = float(solution.supply.sum())
    kept = np.flatnonzero(point.flow > NOTHING * total)
    flow = point.flow[kept]
    exporter, importer = case.exporter[kept], case.importer[kept]
    away = exporter != importer
    price, paid_price = point.supplier_price[case.tail[kept]], point.user_price[case.head[kept]]
    tax = np.where(away, price * w.export_tax_rate[exporter, importer] + w.specific_export_tax[exporter, importer], 0.0)
    specific = np.where(away, w.specific_duty[exporter, importer], 0.0)
    freight = np.where(away, base.freight.usd_per_t[exporter, importer], 0.0)
    ad_valorem = case.factor[kept] / (1 + np.where(away, w.export_tax_rate[exporter, importer], 0.0)) - 1
    duty = (price + tax) * ad_valorem + specific
    rents = np.zeros(len(case.tail))
    np.add.at(rents, case.arc, point.rent[case.quota])
    landed = price + tax + duty + freight
    levied = case.levy[kept] >= 0
    levy = np.where(levied, np.maximum(paid_price - landed - rents[kept], 0.0), 0.0)
    tariff = np.asarray(np.bincount(importer, (duty + levy) * flow, n), dtype=np.float64)
    export_tax = np.asarray(np.bincount(exporter, tax * flow, n), dtype=np.float64)
    limits = [_of_limit(case, point, k) for k in range(len(w.limits))]
    rent_importer, rent_exporter = np.zeros(n), np.zeros(n)
    for limit, (_, _, _, pieces) in zip(w.limits, limits, strict=True):
        rent_importer += np.bincount(case.importer, pieces * limit.importer_share, n)
        rent_exporter += np.bincount(case.exporter, pieces * (1 - limit.importer_share), n)

    # use and what leaves in other codes share the served demand as they share the wanted
    wanted, codes = case.wanted(at), b.other_codes_t[used]
    elasticity = float((e.outside_option if b.kind == "imports_only" else e.demand)[at])
    end = np.minimum(case.use_price * (1 + 1 / elasticity) if elasticity > 0 else np.inf, w.choke * case.use_price)
    relative, from_ = np.minimum(point.user_price, end) / case.use_price, np.minimum(case.use_price, end) / case.use_price
    at_price = np.maximum(1 + elasticity - elasticity * relative, 0.0)
    area = case.use_price * (from_ - relative) * (at_price + np.maximum(1 + elasticity - elasticity * from_, 0.0)) / 2
    share = np.divide(codes, wanted, out=np.zeros_like(wanted), where=wanted > 0)
    stock = w.stock_t[used].copy()
    np.add.at(stock, case.triggers().user, case.triggers().sign * point.stock)
    unserved = np.minimum(point.unserved, wanted * at_price)

    output, got, curve = solution.supply, *case.producers(point.supplier_price, e, at)
    surplus, rent_of_cap = producer_areas(*curve, got)
    support = by_supplier((got - point.supplier_price) * output) + by_user(stock * point.user_price)
    limit_t, limit_wedge, limit_rent = (np.array([x[part] for x in limits], dtype=np.float64) for part in range(3))
    return SpatialBooks(
        price_fob=by_supplier(point.supplier_price, np.nan), price_use=by_user(point.user_price, np.nan), output=by_supplier(output),
        use=by_user(solution.use * (1 - share)), other_codes=by_user(solution.use * share), stock=by_user(stock),
        priced_out=by_user(wanted * (1 - share) * (1 - at_price)), unserved=by_user(unserved * (1 - share)),
        flow_t=_routes(exporter, importer, flow, n), price_landed=np.where(_routes(exporter, importer, flow, n) > 0, by_user(point.user_price), np.nan),
        tariff_revenue=tariff, export_tax_revenue=export_tax, rent_importer=rent_importer, rent_exporter=rent_exporter,
        support_cost=support, capacity_rent=by_supplier(rent_of_cap), consumer_surplus_change=by_user(area * wanted * (1 - share)),
        other_codes_surplus_change=float((area * wanted * share).sum()), producer_surplus=by_supplier(surplus), freight=float(freight @ flow),
        limit_t=limit_t, limit_wedge=limit_wedge, limit_rent=limit_rent, paid=float(paid_price @ flow),
        received=float((price + tax + duty + levy + rents[kept] + freight) @ flow),
    )  # fmt: skip


def at_rest(case: SpatialCase) -> SpatialSolution:
    """The benchmark as the solution of a market in which nothing is changed."""
    base = case.base
    flow = np.where(case.over < 0, base.flow_t[case.exporter, case.importer], 0.0)
    nothing = np.zeros(len(case.users))
    point = Point(
        case.supply_price,
        case.use_price,
        flow,
        np.zeros(len(case.wedges.limits)),
        np.zeros(len(case.levy_price)),
        nothing,
        np.zeros(len(case.triggers().most)),
    )
    return SpatialSolution(point, base.supply_t[case.suppliers], base.use_t[case.users], 0.0, 0, "solved", flow > 0)


def producer_areas(price0: Floats, output: Floats, cap: Floats, epsilon: float, got: Floats) -> tuple[Floats, Floats]:
    """Producers' surplus and the part of it that is the rent of full capacity, USD.

    Parameters
    ----------
    price0 : array, USD per tonne
        Price at which supply is `output`.
    output, cap : array, tonnes
    epsilon : float
        Elasticity of supply there.
    got : array, USD per tonne
        What producers get.

    Examples
    --------
    >>> one = np.ones(1)
    >>> [float(v[0]) for v in producer_areas(2 * one, 10 * one, 10 * one, 1.0, 3 * one)]
    [20.0, 10.0]
    """
    if epsilon == 0:
        return np.minimum(output, cap) * np.maximum(got, 0.0), np.zeros_like(got)
    begins = price0 * max(1 - 1 / epsilon, 0.0)
    full = np.where(output > 0, price0 * (1 + (np.divide(cap, output, out=np.ones_like(cap), where=output > 0) - 1) / epsilon), np.inf)

    def on_curve(price: Floats) -> Floats:
        return np.asarray(output * (1 - epsilon + epsilon * price / price0))

    reached = np.clip(got, begins, np.maximum(full, begins))
    rent = np.where(got > full, np.where(np.isfinite(cap), cap, 0.0) * (got - np.where(np.isfinite(full), full, 0.0)), 0.0)
    rising = (np.maximum(on_curve(begins), 0.0) + np.maximum(on_curve(reached), 0.0)) / 2 * (reached - begins)
    return np.asarray(rising + rent), np.asarray(rent)


def _of_limit(case: SpatialCase, point: Point, k: int) -> tuple[float, float, float, Floats]:
    """Tonnes, wedge, rent of a limit, and the rent by arc."""
    limit = case.wedges.limits[k]
    inside = case.arc[case.quota == k]
    all_of = limit.routes[case.exporter, case.importer] & (case.exporter != case.importer)
    pieces = np.zeros(len(case.tail))
    pieces[inside] = point.rent[k] * point.flow[inside]
    value = float(point.user_price[case.head[inside]] @ point.flow[inside])
    rent = float(pieces.sum())
    return float(point.flow[all_of].sum()), rent / (value - rent) if value > rent else 0.0, rent, pieces


def _placed(values: Floats, at: Ints, n: int, empty: float) -> Floats:
    made = np.full(n, empty)
    made[at] = values
    return made


def _routes(exporter: Ints, importer: Ints, values: Floats, n: int) -> Floats:
    made = np.zeros((n, n))
    np.add.at(made, (exporter, importer), values)
    return made
