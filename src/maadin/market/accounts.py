"""The books of a solved market: tonnes, prices and money by country and by route, each flow's value split into who gets it.

What users pay for a flow is its fob value, the export tax, the duty, a levy that fills up to a least price, and the rent of a limit on its quantity
(negative for an offered discount). Fob values are what producers and re-exporters receive. `Accounts.imbalance` checks that nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from scipy import sparse

from maadin.market.calibration import Calibrated
from maadin.market.system import Batch, Floats, Ints, System
from maadin.market.welfare import capacity_rent, producer_surplus

MOST = 700.0
TOGETHER = 128  # draws whose flows are held at once: little enough for the processor's cache


@dataclass(frozen=True, slots=True)
class Accounts:
    """Books of every draw; arrays by country are (n, draws), by flow (f, draws).

    Attributes
    ----------
    exporter, importer : array of int (f,)
        Countries of each flow; the importer n stands for goods that leave under other codes.
    flow_t : array (f, draws), tonnes
    price_fob, price_landed : array (f, draws), USD per tonne
        Of the route: its wedge included; with taxes, duties and rents.
    price : array (n, draws), USD per tonne
        Fob price of each supplier; NaN for who supplies nothing.
    composite : array (n, draws)
        Log of the composite price relative to the benchmark; NaN where nothing is used, inf where nothing is offered any more.
    composite_abroad : array (draws,)
        The same of the user who buys what leaves under other codes.
    output, capacity_rent_usd, re_exports, use, other_codes, stock : array (n, draws), tonnes; the rent in USD
    priced_out, unserved : array (n, draws), tonnes
        Use lost to the price, up to the choke price, and demand there that nobody serves.
    producer_surplus, re_export_margin : array (n, draws), USD
    tariff_revenue, export_tax_revenue : array (n, draws), USD
    rent_importer, rent_exporter : array (n, draws), USD
    support_cost : array (n, draws), USD
        What the state of a country pays: subsidies, guaranteed prices, purchases, stocks; negative where a stock is sold.
    bought : array (n, draws), tonnes
        What states buy to hold a price.
    limit_rent : array (k, draws), USD
    limit_wedge : array (k, draws)
        Log of the wedge of each limit.
    paid, received : array (draws,), USD
        What users and states pay in all, and what everybody receives.
    """

    exporter: Ints
    importer: Ints
    flow_t: Floats
    price_fob: Floats
    price_landed: Floats
    price: Floats
    composite: Floats
    composite_abroad: Floats
    output: Floats
    capacity_rent_usd: Floats
    re_exports: Floats
    use: Floats
    other_codes: Floats
    stock: Floats
    priced_out: Floats
    unserved: Floats
    producer_surplus: Floats
    re_export_margin: Floats
    tariff_revenue: Floats
    export_tax_revenue: Floats
    rent_importer: Floats
    rent_exporter: Floats
    support_cost: Floats
    bought: Floats
    limit_rent: Floats
    limit_wedge: Floats
    paid: Floats
    received: Floats

    def exports(self) -> Floats:
        """Exports in the codes at hand, array (n, draws), tonnes."""
        return np.asarray(self._across(self.exporter) @ self.flow_t)

    def imports(self) -> Floats:
        """Imports in the codes at hand, array (n, draws), tonnes."""
        return np.asarray(self._across(self.importer) @ self.flow_t)

    def squared_imports(self) -> Floats:
        """Squares of each origin's tonnes, added up by importer, array (n, draws)."""
        return np.asarray(self._across(self.importer) @ self.flow_t**2)

    def _across(self, side: Ints) -> sparse.csr_matrix:
        """Adds up flows between countries in the codes at hand by one side."""
        away = np.flatnonzero((self.exporter != self.importer) & (self.importer < len(self.output)))
        return _adding(side[away], len(self.output), away, len(side))

    def sales(self) -> Floats:
        """Everything each country sells, own use included, array (n, draws), tonnes."""
        return np.asarray(_adding(self.exporter, len(self.output)) @ self.flow_t)

    def imbalance(self) -> Floats:
        """What is paid less what is received, as a part of it, array (draws,): rounding alone."""
        return np.asarray(np.abs(self.paid - self.received) / self.paid)


def accounts(calibrated: Calibrated, system: System, unknowns: Floats, batch: Batch) -> Accounts:
    """The books of a market at a solution."""
    draws = unknowns.shape[1]
    taxed = _Taxed(calibrated)
    if draws <= TOGETHER:
        return _accounts(calibrated, taxed, system, unknowns, batch)
    some = [slice(first, first + TOGETHER) for first in range(0, draws, TOGETHER)]
    parts = [_accounts(calibrated, taxed, system, unknowns[:, at], batch.only(at)) for at in some]
    names = [f.name for f in fields(Accounts) if f.name not in ("exporter", "importer")]
    whole = {name: np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names}
    return Accounts(exporter=calibrated.exporter, importer=calibrated.importer, **whole)


class _Taxed:
    """Flows that bear duties and export taxes, with matrices that add them up by country."""

    def __init__(self, c: Calibrated) -> None:
        n, w = len(c.benchmark.countries), c.wedges
        away = (c.exporter != c.importer) & (c.importer < n)
        inside = np.where(away, c.importer, 0)

        def of_route(routes: Floats) -> Floats:
            return np.where(away, routes[c.exporter, inside], 0.0)

        terms = of_route(w.export_tax_rate), of_route(w.specific_export_tax), of_route(w.duty_rate), of_route(w.specific_duty)
        least = of_route(w.least_price) > 0
        self.exports = np.flatnonzero((terms[0] != 0) | (terms[1] != 0))
        self.imports = np.flatnonzero((terms[2] != 0) | (terms[3] != 0) | least)
        self.tax_rate, self.specific_tax, self.duty_rate, self.specific_duty = (term[:, None] for term in terms)
        self.least = least[:, None]
        self.has_least = bool(least.any())
        self.by_importer = _adding(c.importer[self.imports], n)
        self.by_exporter = _adding(c.exporter[self.exports], n)
        elsewhere = np.flatnonzero(c.importer == n)
        self.other_codes = _adding(c.exporter[elsewhere], n, elsewhere, len(c.importer))

    def export_tax(self, fob: Floats, at: Ints) -> Floats:
        """Export tax a tonne of some flows, array (some, draws), USD."""
        return np.asarray(fob[at] * self.tax_rate[at] + self.specific_tax[at])


def _accounts(c: Calibrated, taxed: _Taxed, system: System, unknowns: Floats, batch: Batch) -> Accounts:
    m, w, b = system.market, c.wedges, c.benchmark
    n, draws = len(b.countries), unknowns.shape[1]
    at = system.unknowns(unknowns)
    state, flow_t, logs = system.state(at, batch)
    landed = c.user_price[:, None] * np.exp(np.minimum(logs, MOST))
    fob = c.fob_price[:, None] * np.exp(at.price)[m.exporter]
    rents = limit_rent = np.zeros((len(m.limits.low), draws))
    before = landed
    if len(m.limits.low):
        flow, which = np.unique(m.limits.flow, return_inverse=True)
        load = np.zeros((len(flow), draws))
        np.add.at(load, which, at.rent[m.limits.group])
        without = landed[flow] * np.exp(-load)
        rented = (landed[flow] - without)[which]
        load = load[which]
        shares = np.divide(at.rent[m.limits.group], load, out=np.zeros_like(load), where=load != 0)
        rents = shares * rented * flow_t[m.limits.flow]
        limit_rent = _adding(m.limits.group, len(m.limits.low)) @ rents
        if taxed.has_least:
            before = landed.copy()
            before[flow] = without
    some, tax = taxed.imports, taxed.export_tax(fob, taxed.imports)
    duty = (fob[some] + tax) * taxed.duty_rate[some] + taxed.specific_duty[some]
    if taxed.has_least:
        duty += np.maximum(before[some] - fob[some] - tax - duty, 0.0) * taxed.least[some]
    tariff = taxed.by_importer @ (duty * flow_t[some])
    export_tax = np.asarray(taxed.by_exporter @ (taxed.export_tax(fob, taxed.exports) * flow_t[taxed.exports]))
    rent_importer, rent_exporter = np.zeros((n, draws)), np.zeros((n, draws))
    for group, limit in enumerate(w.limits):
        of_group = m.limits.group == group
        flow, piece = m.limits.flow[of_group], rents[of_group]
        carried = flow_t[flow].sum(axis=0)
        # beyond a tariff-rate quota the wedge is duty, not rent
        over = np.clip(1 - batch.limit_t[group] / np.maximum(carried, 1e-300), 0.0, 1.0) if 0 < limit.high < np.inf else 0.0
        to_importer, to_exporter = _adding(c.importer[flow], n), _adding(c.exporter[flow], n)
        tariff += to_importer @ (piece * over)
        rent_importer += to_importer @ (piece * (1 - over) * limit.importer_share)
        rent_exporter += to_exporter @ (piece * (1 - over) * (1 - limit.importer_share))
    price0 = b.price_usd_per_t[c.suppliers][:, None]
    got, _ = system.producer_price(at)
    subsidised = m.subsidy[:, None] * np.exp(at.price) + m.subsidy_level[:, None]
    guarantees = price0 * (np.exp(got) - subsidised) * state.own
    bought = np.zeros((m.suppliers, draws))
    if len(system.held):
        bought[system.held] = system.bought_t(at, batch)
    purchases = price0 * np.exp(at.price) * bought
    by_country = np.zeros((n, draws))
    by_country[c.suppliers] = guarantees + purchases
    cost = w.payer_share.T @ by_country  # who pays for a price floor does not pay for a subsidy beside it
    cost[c.suppliers] += price0 * (subsidised - np.exp(at.price)) * state.own
    # what reaches a user goes to use, re-exports and stocks in the proportions of its volume
    intake = np.asarray(system.by_user @ flow_t)
    spent = np.asarray(system.by_user @ (flow_t * landed))
    volume = np.where(state.volume > 0, state.volume, 1.0)
    parts = {name: v / volume for name, v in (("use", state.use_volume), ("passed", state.re_volume))}
    stocked = 1.0 - parts["use"] - parts["passed"]
    stocked[np.abs(stocked) < 1e-12] = 0.0
    cost += (stocked * spent)[:n]
    re_exports = np.zeros((n, draws))
    re_exports[c.suppliers] = state.supply - state.own
    margin = np.zeros((n, draws))
    margin[c.suppliers] = (state.supply - state.own) * price0 * np.exp(at.price)
    margin -= (parts["passed"] * spent)[:n]
    output, surplus, rent_of_cap, price = (np.zeros((n, draws)) for _ in range(4))
    output[c.suppliers] = state.own
    curve = (price0, batch.output, batch.cap, got, batch.epsilon)
    surplus[c.suppliers], rent_of_cap[c.suppliers] = producer_surplus(*curve), capacity_rent(*curve)
    price[:] = np.nan
    price[c.suppliers] = price0 * np.exp(at.price)
    composite = np.where(intake[:n] + (c.spending[:n, None] > 0) > 0, state.composite[:n], np.nan)
    wanted = b.use_t[:, None] * np.broadcast_to(batch.demand_scale, (n + 1, batch.demand_scale.shape[1]))[:n]
    at_price = np.exp(-batch.eta * np.minimum(np.nan_to_num(composite, nan=0.0, posinf=MOST), min(m.choke, MOST)))
    curtailed = wanted * at_price * _unserved(system, at.curtailed, composite)
    received = (
        (flow_t * fob).sum(axis=0) + tariff.sum(axis=0) + export_tax.sum(axis=0) + rent_importer.sum(axis=0) + rent_exporter.sum(axis=0)
    )  # fmt: skip
    return Accounts(
        exporter=c.exporter, importer=c.importer, flow_t=flow_t, price_fob=fob, price_landed=landed, price=price, composite=composite, composite_abroad=state.composite[n],
        output=output, capacity_rent_usd=rent_of_cap, re_exports=re_exports, use=(parts["use"] * intake)[:n] + 0.0,
        other_codes=taxed.other_codes @ flow_t, stock=(stocked * intake)[:n],
        priced_out=wanted * (1 - at_price), unserved=curtailed, producer_surplus=surplus, re_export_margin=margin, tariff_revenue=tariff,
        export_tax_revenue=export_tax, rent_importer=rent_importer, rent_exporter=rent_exporter,
        support_cost=cost, bought=_placed(bought, c.suppliers, n), limit_rent=limit_rent, limit_wedge=at.rent, paid=spent.sum(axis=0),
        received=received,
    )  # fmt: skip


def books_at_rest(calibrated: Calibrated, batch: Batch) -> Accounts:
    """The books of an unchanged market: quantities are those of one draw, surplus is of every draw's own supply curve."""
    system = System(calibrated.market)
    books = accounts(calibrated, system, np.zeros((system.size, 1)), batch.only(np.array([0])))
    price = calibrated.benchmark.price_usd_per_t[calibrated.suppliers][:, None]
    surplus = producer_surplus(price, batch.output, batch.cap, np.zeros_like(price), batch.epsilon)
    return replace(books, producer_surplus=_placed(surplus, calibrated.suppliers, len(books.output)))


def _unserved(system: System, curtailed: Floats, composite: Floats) -> Floats:
    """Part of demand that is not served, array (n, draws)."""
    n = len(composite)
    part = np.where(np.isposinf(composite), 1.0, 0.0)
    inside = system.choked < n
    part[system.choked[inside]] = np.maximum(part[system.choked[inside]], -np.expm1(-np.maximum(curtailed[inside], 0.0)))
    return part


def _placed(values: Floats, at: Ints, n: int) -> Floats:
    made = np.zeros((n, values.shape[1]))
    made[at] = values
    return made


def _adding(side: Ints, size: int, at: Ints | None = None, flows: int | None = None) -> sparse.csr_matrix:
    """A matrix that adds up flows, or those `at` some places of so many flows, by one side."""
    at = np.arange(len(side)) if at is None else at
    return sparse.csr_matrix((np.ones(len(side)), (side, at)), shape=(size, len(side) if flows is None else flows))
