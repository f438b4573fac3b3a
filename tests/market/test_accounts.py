"""The books of a solved market: by hand where the answer has a closed form, route by route in a slow second bookkeeping where it has none, and
what must add up whatever the measures.

Tolerances:
SOLVED    closed forms and second bookkeeping; the solver leaves 1e-10 in the log of demand over supply, elasticities below 1 multiply it
BOOKS     what is paid is what is received: rounding of the same numbers added up in another order
CLEARED   tonnes of the world: what the solver leaves in each market
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from maadin.market.accounts import Accounts, accounts, books_at_rest
from maadin.market.benchmark import Benchmark
from maadin.market.calibration import Calibrated, calibrate
from maadin.market.draws import Draws
from maadin.market.equilibrium import solve
from maadin.market.system import Batch
from maadin.market.wedges import RouteLimit, Trigger, Wedges
from maadin.market.welfare import producer_surplus

SOLVED, BOOKS, CLEARED = 1e-8, 1e-12, 1e-9

ETA, EPSILON, SIGMA, RE = 0.5, 0.8, 3.0, 2.0
PRICE, TONNES = 1000.0, 100.0


def drawn(sigma: Any = SIGMA, eta: Any = ETA, epsilon: Any = EPSILON, re: Any = RE, slack: Any = 10.0) -> Draws:
    """Elasticities, as many draws as the longest has."""
    columns = np.broadcast_arrays(*(np.atleast_1d(np.asarray(x, dtype=np.float64)) for x in (sigma, eta, epsilon, re, slack)))
    made = dict(zip(("armington", "demand", "supply", "re_export", "slack"), (c.copy() for c in columns), strict=True))
    return Draws(
        **made, outside_option=made["demand"], extra=np.empty((len(columns[0]), 0)), source={}, families={}, horizon="medium",
        sampler="point", seed=None, between_sources=True,
    )  # fmt: skip


def books(b: Benchmark, w: Wedges, e: Draws, *, throw: bool = True) -> tuple[Accounts, Calibrated, Batch]:
    """Books of the solved market. Random measures may ask for what cannot be, more stock than plants can make: such cases are left out."""
    calibrated = calibrate(b, w)
    batch = calibrated.batch(e)
    found = solve(calibrated.market, batch, throw=throw)
    if not throw:
        assume(found.solved.all())
    return accounts(calibrated, found.system, found.unknowns, batch), calibrated, batch


# --- one maker, one user: closed forms -------------------------------------------------------------------------------------------------------

MAKER, USER = 0, 1
WEDGE, DUTY, TAX = 1.2, 0.1, 0.05
USER_PRICE = PRICE * WEDGE * (1 + TAX) * (1 + DUTY)


@pytest.fixture
def pair() -> Benchmark:
    """The maker makes 100 t at 1,000 USD and ships all of them, at 1,200 fob, under a tax of 5 % and a duty of 10 %."""
    made = [
        {"country": "maker", "production_t": TONNES, "price_usd_per_t": PRICE},
        {"country": "user", "production_t": 0, "price_usd_per_t": 900},
    ]
    route = {"exporter": "maker", "importer": "user", "trade_t": TONNES, "wedge": WEDGE, "duty_rate": DUTY, "export_tax_rate": TAX}
    return Benchmark.from_tables(made, [route], labels="free", year=2024)


def of(b: Benchmark, w: Wedges, **elasticities: Any) -> Accounts:
    return books(b, w, drawn(**elasticities))[0]


def clearing(user_price: Any, producer_price: Any = lambda p: p, demand: float = 1.0, stock: float = 0.0, supply: float = 1.0) -> float:
    """Fob price relative to the benchmark at which what is used and stocked is what is made, from relative prices as functions of it."""

    def excess(log: float) -> float:
        p = float(np.exp(log))
        return float(demand * user_price(p) ** -ETA + stock - supply * producer_price(p) ** EPSILON)

    return float(np.exp(brentq(excess, -8, 8, xtol=1e-14)))


def landed(p: float, duty: float = DUTY, tax: float = TAX, specific_duty: float = 0.0, specific_tax: float = 0.0) -> float:
    return (PRICE * WEDGE * p * (1 + tax) + specific_tax) * (1 + duty) + specific_duty


def check(found: Accounts, **expected: float | tuple[int, float]) -> None:
    """Figures of the books; a pair is a country and its figure."""
    for name, value in expected.items():
        array = getattr(found, name)
        at, number = (value[0], value[1]) if isinstance(value, tuple) else (0, value)
        assert array[at, 0] == pytest.approx(number, rel=SOLVED, abs=SOLVED * PRICE * TONNES), name
    assert found.imbalance().max() < BOOKS


def test_without_measures_the_books_are_the_benchmark(pair: Benchmark) -> None:
    check(
        of(pair, Wedges.of(pair)), flow_t=TONNES, price_fob=PRICE * WEDGE, price_landed=USER_PRICE, price=PRICE, output=TONNES,
        use=(USER, TONNES), tariff_revenue=(USER, PRICE * WEDGE * (1 + TAX) * DUTY * TONNES), export_tax_revenue=PRICE * WEDGE * TAX * TONNES,
        producer_surplus=PRICE * TONNES / (1 + EPSILON), capacity_rent_usd=0.0, composite=(USER, 0.0), priced_out=(USER, 0.0),
    )  # fmt: skip


def test_a_duty_and_an_export_tax(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.duty_rate[MAKER, USER], w.export_tax_rate[MAKER, USER] = 0.5, 0.2
    factor = 1.5 * 1.2 / ((1 + DUTY) * (1 + TAX))
    p = factor ** (-ETA / (ETA + EPSILON))
    tonnes = TONNES * p**EPSILON
    check(
        of(pair, w), price=PRICE * p, flow_t=tonnes, price_landed=landed(p, 0.5, 0.2), composite=(USER, np.log(p * factor)),
        export_tax_revenue=0.2 * PRICE * WEDGE * p * tonnes, tariff_revenue=(USER, 0.5 * 1.2 * PRICE * WEDGE * p * tonnes),
        priced_out=(USER, TONNES * (1 - (p * factor) ** -ETA)), unserved=(USER, 0.0),
    )  # fmt: skip


def test_duties_per_tonne(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.specific_duty[MAKER, USER], w.specific_export_tax[MAKER, USER] = 300.0, 80.0
    p = clearing(lambda p: landed(p, specific_duty=300, specific_tax=80) / USER_PRICE)
    tonnes = TONNES * p**EPSILON
    tax = PRICE * WEDGE * p * TAX + 80
    check(
        of(pair, w), flow_t=tonnes, export_tax_revenue=tax * tonnes,
        tariff_revenue=(USER, ((PRICE * WEDGE * p + tax) * DUTY + 300) * tonnes), price_landed=landed(p, specific_duty=300, specific_tax=80),
    )  # fmt: skip


def limit(tonnes: float, low: float = 0.0, high: float = np.inf, importer_share: float = 1.0) -> RouteLimit:
    routes = np.array([[False, True], [False, False]])
    return RouteLimit(routes, np.array([tonnes]), low, high, importer_share, "limit")


def test_rent_of_a_quota_is_split_as_stated(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.limits.append(limit(60, importer_share=0.3))
    p, user_price = 0.6 ** (1 / EPSILON), USER_PRICE * 0.6 ** (-1 / ETA)
    rent = (user_price - landed(p)) * 60
    check(
        of(pair, w), flow_t=60.0, price=PRICE * p, price_landed=user_price, limit_rent=rent, rent_importer=(USER, 0.3 * rent), rent_exporter=0.7 * rent,
        tariff_revenue=(USER, PRICE * WEDGE * p * (1 + TAX) * DUTY * 60), limit_wedge=float(np.log(user_price / landed(p))),
    )  # fmt: skip


def test_a_quota_that_does_not_bind_has_no_rent(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.limits.append(limit(101, importer_share=0.3))
    check(of(pair, w), flow_t=TONNES, limit_rent=0.0, rent_importer=(USER, 0.0), rent_exporter=0.0, limit_wedge=0.0)


OVER = 0.6
FREE = (1 + DUTY) ** (ETA / (ETA + EPSILON))  # the fob price at no duty within the quota
FREE_T = TONNES * FREE**EPSILON
OVER_P = ((1 + OVER) / (1 + DUTY)) ** (-ETA / (ETA + EPSILON))
OVER_T = TONNES * OVER_P**EPSILON


@pytest.mark.parametrize("quota", [0.5 * OVER_T, OVER_T - 1e-3, (OVER_T + FREE_T) / 2, FREE_T + 1])
def test_beyond_a_tariff_rate_quota_the_wedge_is_duty_and_within_it_rent(pair: Benchmark, quota: float) -> None:
    w = Wedges.of(pair)
    w.duty_rate[MAKER, USER] = 0.0
    w.limits.append(limit(quota, high=float(np.log1p(OVER)), importer_share=0.25))
    tonnes = OVER_T if quota < OVER_T else min(quota, FREE_T)
    p = (tonnes / TONNES) ** (1 / EPSILON)
    gap = USER_PRICE * (tonnes / TONNES) ** (-1 / ETA) - landed(p, duty=0.0)
    within = min(quota, tonnes)
    check(
        of(pair, w), flow_t=tonnes, tariff_revenue=(USER, gap * (tonnes - within)), rent_importer=(USER, 0.25 * gap * within),
        rent_exporter=0.75 * gap * within,
    )  # fmt: skip
    if quota < OVER_T:
        assert gap == pytest.approx(OVER * landed(p, duty=0.0), rel=SOLVED)


def test_the_exporter_pays_the_discount_of_an_offer(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.limits.append(limit(130, low=float(np.log(0.2)), high=0.0, importer_share=0.0))
    p, user_price = 1.3 ** (1 / EPSILON), USER_PRICE * 1.3 ** (-1 / ETA)
    cost = (landed(p) - user_price) * 130
    check(
        of(pair, w),
        flow_t=130.0,
        price_landed=user_price,
        rent_exporter=-cost,
        rent_importer=(USER, 0.0),
        limit_wedge=float(np.log(user_price / landed(p))),
    )


def test_an_offer_beyond_the_largest_discount_is_placed_in_part(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.limits.append(limit(130, low=float(np.log(0.9)), high=0.0, importer_share=0.0))
    p = 0.9 ** (-ETA / (ETA + EPSILON))
    check(of(pair, w), flow_t=TONNES * p**EPSILON, limit_wedge=float(np.log(0.9)), rent_exporter=-0.1 * landed(p) * TONNES * p**EPSILON)


def test_an_offer_of_less_than_is_sold_changes_nothing(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.limits.append(limit(40, low=float(np.log(0.5)), high=0.0, importer_share=0.0))
    check(of(pair, w), flow_t=TONNES, limit_wedge=0.0, rent_exporter=0.0)


def test_a_guarantee_costs_its_payer_the_gap(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.guaranteed_price[MAKER] = 1250.0
    w.payer_share[MAKER] = [0.25, 0.75]
    tonnes = TONNES * 1.25**EPSILON
    p = 1.25 ** (-EPSILON / ETA)
    cost = (1250 - PRICE * p) * tonnes
    found = of(pair, w)
    check(found, output=tonnes, price=PRICE * p, support_cost=0.25 * cost, producer_surplus=1250 * tonnes / (1 + EPSILON), bought=0.0)
    check(found, support_cost=(USER, 0.75 * cost))


def test_a_guarantee_below_the_price_costs_nothing(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.guaranteed_price[MAKER] = 950.0
    check(of(pair, w), output=TONNES, price=PRICE, support_cost=0.0)


def test_a_price_held_by_buying(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.held_price[MAKER] = 1300.0
    made, sold = TONNES * 1.3**EPSILON, TONNES * 1.3**-ETA
    check(of(pair, w), price=1300.0, output=made, flow_t=sold, bought=made - sold, support_cost=1300 * (made - sold))


def test_a_subsidy_by_rate_and_per_tonne(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.subsidy_rate[MAKER], w.specific_subsidy[MAKER] = 0.2, 150.0
    p = clearing(lambda p: p, lambda p: 1.2 * p + 0.15)
    q = 1.2 * p + 0.15
    tonnes = TONNES * q**EPSILON
    check(
        of(pair, w),
        price=PRICE * p,
        output=tonnes,
        support_cost=PRICE * (q - p) * tonnes,
        producer_surplus=PRICE * q * tonnes / (1 + EPSILON),
    )


def test_who_pays_for_a_price_floor_does_not_pay_for_a_subsidy_beside_it(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.subsidy_rate[MAKER], w.guaranteed_price[MAKER] = 0.1, 1400.0
    w.payer_share[MAKER] = [0.0, 1.0]
    tonnes = TONNES * 1.4**EPSILON
    p = 1.4 ** (-EPSILON / ETA)
    found = of(pair, w)
    check(found, output=tonnes, support_cost=0.1 * PRICE * p * tonnes)
    check(found, support_cost=(USER, (1400 - 1.1 * PRICE * p) * tonnes))


def test_a_minimum_import_price_is_filled_up_by_a_levy(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.least_price[MAKER, USER] = least = 1.4 * USER_PRICE
    tonnes = TONNES * 1.4**-ETA
    p = (tonnes / TONNES) ** (1 / EPSILON)
    duty = PRICE * WEDGE * p * (1 + TAX) * DUTY
    check(of(pair, w), flow_t=tonnes, price_landed=least, tariff_revenue=(USER, (least - landed(p) + duty) * tonnes))


def test_full_plants_earn_a_rent(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.demand_scale = np.array([[1.0], [2.0]])
    p = (2 / 1.1) ** (1 / ETA)
    rent = PRICE * 110 * (p - 1.1 ** (1 / EPSILON))
    curve = PRICE * 1.1 ** (1 / EPSILON) * 110 / (1 + EPSILON)
    check(of(pair, w, slack=0.1), output=110.0, price=PRICE * p, capacity_rent_usd=rent, producer_surplus=curve + rent)


def test_lost_output_and_new_capacity(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.output_scale = np.array([[0.6], [1.0]])
    p = 0.6 ** (-1 / (ETA + EPSILON))
    check(of(pair, w), output=60 * p**EPSILON, price=PRICE * p, producer_surplus=PRICE * p * 60 * p**EPSILON / (1 + EPSILON))
    w.added_output_t = np.array([[90.0], [0.0]])
    p = 1.5 ** (-1 / (ETA + EPSILON))
    check(of(pair, w), output=150 * p**EPSILON, price=PRICE * p)


@pytest.mark.parametrize("stock", [30.0, -30.0])
def test_stocks_are_paid_for_at_the_users_price(pair: Benchmark, stock: float) -> None:
    w = Wedges.of(pair)
    w.stock_t = np.array([0.0, stock])
    p = clearing(lambda p: p, stock=stock / TONNES)
    found = of(pair, w)
    check(found, stock=(USER, stock), support_cost=(USER, stock * USER_PRICE * p), use=(USER, TONNES * p**-ETA), output=TONNES * p**EPSILON)


@pytest.mark.parametrize(("most", "price", "moved"), [(50.0, 0.8, None), (10.0, 0.8, 10.0), (50.0, 0.3, 0.0)])
def test_a_stock_that_waits_for_a_price(pair: Benchmark, most: float, price: float, moved: float | None) -> None:
    """Demand halves. Without a stock the price falls to 0.59; building holds it at the trigger if there is stock enough."""
    w = Wedges.of(pair)
    w.demand_scale = np.array([[1.0], [0.5]])
    w.triggers.append(Trigger(USER, most, price * USER_PRICE))
    stock = TONNES * (price**EPSILON - 0.5 * price**-ETA) if moved is None else moved
    p = clearing(lambda p: p, demand=0.5, stock=stock / TONNES)
    check(of(pair, w), stock=(USER, stock), support_cost=(USER, stock * USER_PRICE * p), price=PRICE * p)


def test_a_release_waits_for_a_price_too(pair: Benchmark) -> None:
    w = Wedges.of(pair)
    w.demand_scale = np.array([[1.0], [1.5]])
    w.triggers.append(Trigger(USER, -60.0, 1.2 * USER_PRICE))
    stock = TONNES * (1.2**EPSILON - 1.5 * 1.2**-ETA)
    assert -60 < stock < 0
    check(of(pair, w), stock=(USER, stock), support_cost=(USER, stock * USER_PRICE * 1.2), price=PRICE * 1.2)


def test_use_ends_at_the_choke_price(pair: Benchmark) -> None:
    """Forty times the demand and plants that are full at 110 t: at three times the price use is rationed."""
    w = Wedges.of(pair)
    w.demand_scale, w.choke = np.array([[1.0], [40.0]]), 3.0
    at_choke = 40 * TONNES * 3**-ETA
    found = of(pair, w, slack=0.1)
    check(found, output=110.0, price=PRICE * 3, composite=(USER, np.log(3)), use=(USER, 110.0), unserved=(USER, at_choke - 110))
    check(found, priced_out=(USER, 40 * TONNES - at_choke))


def test_who_is_offered_nothing_any_more_is_priced_out_up_to_the_choke_price_and_unserved_beyond() -> None:
    made = [{"country": c, "production_t": t, "price_usd_per_t": PRICE} for c, t in (("maker", 300), ("user", 0), ("other", 0))]
    routes = [{"exporter": "maker", "importer": c, "trade_t": TONNES} for c in ("user", "other")]
    b = Benchmark.from_tables(made, routes, labels="free", year=2024)
    w = Wedges.of(b)
    w.closed[MAKER, USER], w.choke = True, 3.0
    found = of(b, w)
    assert np.isposinf(found.composite[USER, 0])
    check(found, use=(USER, 0.0), priced_out=(USER, TONNES * (1 - 3**-ETA)), unserved=(USER, TONNES * 3**-ETA))
    check(found, unserved=(2, 0.0), composite=(MAKER, float(np.log(found.price[MAKER, 0] / PRICE))))


# --- a hub in between ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hub() -> Benchmark:
    """The maker ships 100 t at 1,000 USD to the hub, which uses 40 and passes on 60 at 1,100."""
    made = [
        {"country": "maker", "production_t": 100, "price_usd_per_t": 1000},
        {"country": "hub", "production_t": 0, "price_usd_per_t": 1100},
        {"country": "user", "production_t": 0, "price_usd_per_t": 1100},
    ]
    routes = [{"exporter": "maker", "importer": "hub", "trade_t": 100}, {"exporter": "hub", "importer": "user", "trade_t": 60}]
    return Benchmark.from_tables(made, routes, labels="free", year=2024)


def test_a_hub_earns_the_gap_between_its_prices(hub: Benchmark) -> None:
    check(of(hub, Wedges.of(hub)), re_export_margin=(1, 60 * 1100 - 60 * 1000), re_exports=(1, 60.0), output=(1, 0.0), use=(1, 40.0))


def test_a_duty_beyond_the_hub_lowers_its_margin(hub: Benchmark) -> None:
    """With p the maker's price, h the hub's: use 40 p^-eta and 60 (h / p)^re reach it, and 60 (1.3 h)^-eta leave it."""
    w = Wedges.of(hub)
    w.duty_rate[1, 2] = 0.3

    def at(p: float) -> float:
        """The hub's price that sells what it passes on."""
        return float((p**RE * 1.3**-ETA) ** (1 / (RE + ETA)))

    p = float(
        np.exp(
            brentq(lambda q: 0.4 * np.exp(q) ** -ETA + 0.6 * (at(np.exp(q)) / np.exp(q)) ** RE - np.exp(q) ** EPSILON, -2, 2, xtol=1e-14)
        )
    )
    passed = 60 * (at(p) / p) ** RE
    found = of(hub, w)
    check(found, output=100 * p**EPSILON, price=(1, 1100 * at(p)), re_exports=(1, passed), use=(1, 40 * p**-ETA))
    check(found, re_export_margin=(1, passed * (1100 * at(p) - 1000 * p)), tariff_revenue=(2, 0.3 * 1100 * at(p) * passed))


# --- any market, any measures ----------------------------------------------------------------------------------------------------------------

SHARES = st.floats(0.0, 1.0)
DRAWS = 2
MIXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def worlds(draw: st.DrawFn, *, wedges: bool = True) -> Benchmark:
    """Two to four countries: makers, users and hubs, with duties, other codes and printed capacities here and there."""
    n = draw(st.integers(2, 4))
    names = [f"R{i}" for i in range(n)]
    tonnes = st.one_of(st.just(0.0), st.floats(1.0, 100.0))
    trade = np.array([[0.0 if i == j else draw(tonnes) for j in range(n)] for i in range(n)])
    trade[0, 1] = max(trade[0, 1], 5.0)
    other = np.array([draw(st.one_of(st.just(0.0), st.floats(1.0, 30.0))) for _ in names])
    leaving, arriving = trade.sum(axis=1) + other, trade.sum(axis=0)
    is_hub = [bool(i) and arriving[i] > 1 and draw(st.booleans()) for i in range(n)]
    own = [
        max(leaving[i] - draw(st.floats(0.1, 0.9)) * arriving[i], 0.0) if is_hub[i] else leaving[i] + draw(st.floats(0.0, 60.0))
        for i in range(n)
    ]
    rates = st.one_of(st.just(0.0), st.floats(0.0, 0.6))
    rows = [
        {
            "country": name, "production_t": own[i], "other_codes_t": other[i], "price_usd_per_t": draw(st.floats(800.0, 1500.0)),
            "capacity_t": own[i] * draw(st.floats(0.5, 1.5)) if draw(st.booleans()) else None,
        }
        for i, name in enumerate(names)
    ]  # fmt: skip
    flows = [
        {
            "exporter": names[i], "importer": names[j], "trade_t": trade[i, j], "wedge": draw(st.floats(0.7, 1.4)) if wedges else 1.0,
            "duty_rate": draw(rates), "export_tax_rate": draw(rates),
        }
        for i, j in zip(*np.nonzero(trade), strict=True)
    ]  # fmt: skip
    return Benchmark.from_tables(rows, flows, labels="free", year=2024)


@st.composite
def changed(draw: st.DrawFn, b: Benchmark) -> Wedges:
    """What a scenario might change: some of everything, each with its own chance."""
    w, n, price = Wedges.of(b), len(b.countries), b.price_usd_per_t

    def sometimes(values: st.SearchStrategy[Any]) -> Any:
        return draw(st.one_of(st.none(), values))

    def routes() -> np.ndarray:
        chosen = np.array(draw(st.lists(st.booleans(), min_size=n * n, max_size=n * n))).reshape(n, n)
        np.fill_diagonal(chosen, False)
        return chosen

    country = st.integers(0, n - 1)
    for name, most in (("duty_rate", 2.0), ("export_tax_rate", 0.5), ("specific_duty", 600.0), ("specific_export_tax", 600.0)):
        if (size := sometimes(st.floats(0.0, most))) is not None:
            getattr(w, name)[routes()] = size
    if (level := sometimes(st.floats(0.8, 1.5))) is not None:
        w.least_price[:, draw(country)] = level * price.mean()
        np.fill_diagonal(w.least_price, 0.0)
    if (lost := sometimes(st.lists(st.floats(0.0, 0.7), min_size=DRAWS, max_size=DRAWS))) is not None:
        w.output_scale = np.ones((n, DRAWS))
        w.output_scale[draw(country)] -= lost
    if (added := sometimes(st.floats(1.0, 80.0))) is not None:
        w.added_output_t = np.zeros((n, 1))
        w.added_output_t[draw(country)] = added
    if (shift := sometimes(st.floats(0.5, 1.5))) is not None:
        w.demand_scale = np.ones((n, 1))
        w.demand_scale[draw(country)] = shift
    if (support := sometimes(st.tuples(country, st.floats(0.0, 0.4), st.floats(0.0, 300.0)))) is not None:
        w.subsidy_rate[support[0]], w.specific_subsidy[support[0]] = support[1:]
    if (floor := sometimes(st.tuples(country, st.floats(0.8, 1.3), country, st.booleans()))) is not None:
        (w.guaranteed_price if floor[3] else w.held_price)[floor[0]] = floor[1] * price[floor[0]]
        w.payer_share[floor[0]] = np.eye(n)[floor[2]]
    if (stock := sometimes(st.tuples(country, st.floats(-0.5, 0.5)))) is not None:
        w.stock_t[stock[0]] = stock[1] * b.use_t[stock[0]]
    if (kind := sometimes(st.sampled_from(["quota", "tariff-rate quota", "offer"]))) is not None:
        chosen, share = routes(), draw(SHARES)
        carried = b.trade_t[chosen].sum()
        if carried > 0:
            low, high = {
                "quota": (0.0, np.inf),
                "tariff-rate quota": (0.0, np.log1p(draw(st.floats(0.05, 1.0)))),
                "offer": (np.log(0.6), 0.0),
            }[kind]
            tonnes = np.array(draw(st.lists(st.floats(0.3, 1.5), min_size=DRAWS, max_size=DRAWS))) * carried
            w.limits.append(RouteLimit(chosen, tonnes, float(low), float(high), 0.0 if kind == "offer" else share, kind))
    w.choke = 10.0
    return w


ELASTICITIES = st.builds(
    drawn,
    *(
        st.lists(st.floats(low, high), min_size=DRAWS, max_size=DRAWS)
        for low, high in ((1.5, 10.0), (0.1, 1.8), (0.1, 2.0), (0.5, 6.0), (0.0, 0.3))
    ),
)


@given(st.data(), worlds(), ELASTICITIES)
@MIXED
def test_what_is_paid_is_received_and_what_is_made_is_used(data: st.DataObject, b: Benchmark, e: Draws) -> None:
    found, _, _ = books(b, data.draw(changed(b)), e, throw=False)
    assert found.imbalance().max() <= BOOKS
    made = found.output.sum(axis=0)
    left = made - found.use.sum(axis=0) - found.stock.sum(axis=0) - found.other_codes.sum(axis=0) - found.bought.sum(axis=0)
    assert np.abs(left).max() <= CLEARED * made.max() * len(b.countries)
    by_country = found.output + found.re_exports - found.bought - found.sales()
    assert np.abs(by_country).max() <= CLEARED * made.max()
    own = (found.exporter == found.importer)[:, None] * found.flow_t
    reached = found.imports() + np.array([own[found.importer == j].sum(axis=0) for j in range(len(b.countries))])
    assert np.abs(reached - found.use - found.re_exports - found.stock).max() <= CLEARED * made.max()


@given(st.data(), worlds(wedges=False), ELASTICITIES)
@MIXED
def test_fob_values_are_what_makers_and_hubs_get(data: st.DataObject, b: Benchmark, e: Draws) -> None:
    """Where every route is of one quality. Where not, what is above or below the exporter's price is the cost of quality, and nobody's income."""
    found, _, _ = books(b, data.draw(changed(b)), e, throw=False)
    fob = (found.price_fob * found.flow_t).sum(axis=0)
    earned = np.nansum(found.price * (found.output + found.re_exports - found.bought), axis=0)
    assert earned == pytest.approx(fob, rel=CLEARED * 10)
    margin = found.re_export_margin.sum(axis=0)
    spent = np.nansum(found.price * found.re_exports, axis=0) - margin
    assert np.all(spent >= -CLEARED * fob), "goods that are passed on were paid for"


@given(st.data(), worlds(), ELASTICITIES)
@MIXED
def test_a_second_bookkeeping_route_by_route(data: st.DataObject, b: Benchmark, e: Draws) -> None:
    w = data.draw(changed(b))
    found, _, batch = books(b, w, e, throw=False)
    for k in range(DRAWS):
        by_route = {
            (int(i), int(j)): (float(found.flow_t[f, k]), float(found.price_landed[f, k]))
            for f, (i, j) in enumerate(zip(found.exporter, found.importer, strict=True))
        }
        _check_by_hand(b, w, found, batch, by_route, k)


def _check_by_hand(
    b: Benchmark, w: Wedges, found: Accounts, batch: Batch, by_route: dict[tuple[int, int], tuple[float, float]], k: int
) -> None:
    """Every price and sum of money again, in loops over routes, from fob prices, tonnes and the wedges of limits alone."""
    n = len(b.countries)
    tariff, tax, rent_in, rent_out, away = (np.zeros(n) for _ in range(5))
    index, spending = np.zeros(n), np.zeros(n)
    sigma, eta = batch.sigma[k], batch.eta[k]
    limits = [(x, float(np.broadcast_to(x.tonnes, (DRAWS,))[k]), float(found.limit_wedge[g, k])) for g, x in enumerate(w.limits)]
    carried = [sum(t for (i, j), (t, _) in by_route.items() if j < n and x.routes[i, j]) for x, _, _ in limits]
    size = found.output[:, k].sum() * b.price_usd_per_t.mean()
    for (i, j), (tonnes, price) in by_route.items():
        fob = found.price[i, k] * (b.wedge[i, j] if j < n else 1.0)
        if j == n or i == j:  # goods at home and under other codes bear nothing
            assert price == pytest.approx(fob, rel=SOLVED)
            if i == j:
                index[j] += b.trade_t[i, j] * b.price_usd_per_t[i] * (price / b.price_usd_per_t[i]) ** (1 - sigma)
            continue
        taxed = fob * w.export_tax_rate[i, j] + w.specific_export_tax[i, j]
        duty = (fob + taxed) * w.duty_rate[i, j] + w.specific_duty[i, j]
        whole = max(fob + taxed + duty, w.least_price[i, j])
        rho = [wedge for x, _, wedge in limits if x.routes[i, j]]
        assert price == pytest.approx(whole * np.exp(sum(rho)), rel=SOLVED)
        tax[i] += taxed * tonnes
        tariff[j] += (whole - fob - taxed) * tonnes
        for (x, most, wedge), all_carried in zip(limits, carried, strict=True):
            if x.routes[i, j] and wedge:
                piece = whole * np.expm1(wedge) * tonnes  # one limit at most in these markets
                over = max(0.0, 1 - most / all_carried) if 0 < x.high < np.inf else 0.0
                tariff[j] += piece * over
                rent_in[j] += piece * (1 - over) * x.importer_share
                rent_out[i] += piece * (1 - over) * (1 - x.importer_share)
        before = b.price_usd_per_t[i] * b.wedge[i, j] * (1 + b.export_tax_rate[i, j]) * (1 + b.duty_rate[i, j])
        index[j] += b.trade_t[i, j] * before * (price / before) ** (1 - sigma)
        away[i] += tonnes
    for j in range(n):
        value0 = b.price_usd_per_t * b.wedge[:, j] * (1 + b.export_tax_rate[:, j]) * (1 + b.duty_rate[:, j])
        np.put(value0, j, b.price_usd_per_t[j])
        spending[j] = (b.trade_t[:, j] * value0).sum()
        reaches = any((i, j) in by_route and by_route[i, j][0] > 0 for i in range(n))
        if reaches and not w.added_output_t.any():  # entrants have shares of their own
            assert found.composite[j, k] == pytest.approx(np.log(index[j] / spending[j]) / (1 - sigma), abs=SOLVED)
        if not found.stock[j, k] and not b.re_exports_t[j] and reaches and found.unserved[j, k] < SOLVED:
            paid = sum(t * p for (_, to), (t, p) in by_route.items() if to == j)
            scale = np.broadcast_to(batch.demand_scale, (n + 1, DRAWS))[j, k]
            assert paid == pytest.approx(spending[j] * scale * np.exp((1 - eta) * found.composite[j, k]), rel=SOLVED, abs=SOLVED * size)
    for name, mine in (("tariff_revenue", tariff), ("export_tax_revenue", tax), ("rent_importer", rent_in), ("rent_exporter", rent_out)):
        assert getattr(found, name)[:, k] == pytest.approx(mine, rel=SOLVED, abs=SOLVED * size), name
    assert found.exports()[:, k] == pytest.approx(away, rel=SOLVED, abs=SOLVED * TONNES)
    assert found.limit_rent[:, k].sum() == pytest.approx(
        sum(
            tonnes * price * -np.expm1(-wedge)
            for x, _, wedge in limits
            for (i, j), (tonnes, price) in by_route.items()
            if j < n and x.routes[i, j]
        ),
        rel=SOLVED,
        abs=SOLVED * size,
    )


@given(worlds(), ELASTICITIES)
@settings(deadline=None, max_examples=30)
def test_books_at_rest_are_the_benchmark_whatever_the_elasticities(b: Benchmark, e: Draws) -> None:
    calibrated = calibrate(b)
    batch = calibrated.batch(e)
    found = books_at_rest(calibrated, batch)
    trade = np.zeros((len(b.countries), len(b.countries) + 1))
    trade[found.exporter, found.importer] = found.flow_t[:, 0]
    assert trade == pytest.approx(np.column_stack([b.trade_t, b.other_codes_t]), rel=BOOKS, abs=BOOKS * TONNES)
    for name, expected in (("output", b.own_supply_t), ("use", b.use_t), ("re_exports", b.re_exports_t), ("other_codes", b.other_codes_t)):
        assert getattr(found, name)[:, 0] == pytest.approx(expected, rel=1e-9, abs=1e-9 * TONNES), name
    assert found.tariff_revenue[:, 0].sum() == pytest.approx(
        (b.value_usd * (1 + b.export_tax_rate) * b.duty_rate).sum(), rel=BOOKS, abs=BOOKS
    )
    price = b.price_usd_per_t[calibrated.suppliers][:, None]
    surplus = producer_surplus(price, batch.output, batch.cap, np.zeros_like(price), batch.epsilon)
    assert found.producer_surplus[calibrated.suppliers] == pytest.approx(surplus, rel=BOOKS, abs=BOOKS)
