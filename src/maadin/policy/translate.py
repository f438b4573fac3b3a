"""From measures to wedges: the one seam where a policy becomes prices, sizes and limits of a market.

Measures take effect in the order of `maadin.policy.order`. Without a year dates do not matter: every measure is in force for the whole year, in full.
In a year of a path a measure acts for the part of the days on which it is in force (`maadin.policy.dating`). Sizes that are ranges are drawn where the market can hold one value a draw (capacities, shocks, shifts, quotas,
offers); a rate that is a range is taken at its middle, and the translation says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.facts import regions
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.wedges import RouteLimit, Trigger, Wedges
from maadin.policy import measures as m
from maadin.policy.dating import InYear
from maadin.policy.order import in_order
from maadin.policy.places import members, positions, routes
from maadin.policy.scenario import Scenario
from maadin.units import Range, ends

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Key = tuple[int, str]  # position of a measure, attribute
FAILS = "chance_of_failure"


@dataclass(slots=True)
class Translation:
    """Wedges of a scenario with what had to be assumed.

    Attributes
    ----------
    wedges : Wedges
    notes : list of Note
        What the reader must know: middles taken, routes that were open, limits that limit nothing.
    latent : dict of (exporter, importer) to (share now, share then)
        Shares of the importer's imports behind reopened routes.
    """

    wedges: Wedges
    notes: list[Note] = field(default_factory=list)
    latent: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)


def random_sizes(scenario: Scenario) -> list[Key]:
    """What the scenario leaves open and is drawn, each with a column of uniform numbers."""
    fails = [(at, FAILS) for at, x in enumerate(scenario.measures) if isinstance(x, m.Capacity) and ends(x.chance_of_failure)[1] > 0]
    return [key for key in scenario.open_sizes() if _drawn(scenario, key)] + [key for key in fails if key not in scenario.open_sizes()]


def _drawn(scenario: Scenario, key: Key) -> bool:
    return not isinstance(scenario.measures[key[0]], m.Tariff | m.ExportTax | m.Subsidy | m.PriceFloor | m.Stockpile)


def translate(
    scenario: Scenario, benchmark: Benchmark, uniform: Floats | None = None, *, store: Store | None = None, year: InYear | int | None = None
) -> Translation:
    """The wedges that a scenario's measures put on a benchmark.

    Parameters
    ----------
    scenario : Scenario
    benchmark : Benchmark
    uniform : array (draws, sizes), in (0, 1), optional
        A column for each of `random_sizes`; the middle of every range without it.
    store : Store, optional
        Tables to ask for the open year of a reopened route.
    year : InYear or int, optional
        Year of a path: measures act by their dates. All of them, in full, without it.

    Raises
    ------
    InputError
        If a measure cannot act on this market: a route without trade in the open year, a release larger than use.
    """
    seam = _Seam(scenario, benchmark, uniform, store, InYear(year, benchmark.year + 1) if isinstance(year, int) else year)
    for at, measure in in_order(scenario.measures):
        if isinstance(measure, m.MarketMeasure) and seam.part(measure) > 0:
            _TRANSLATED[type(measure)](seam, at, measure)
    _raise_tiers(seam)
    return seam.made


@dataclass(frozen=True, slots=True)
class _Tier:
    """The duties of a tariff-rate quota: position of its measure and of its limit, the duties of its routes when it was set, and its two rates."""

    measure: int
    limit: int
    routes_duty: Floats
    within: float
    over: float


class _Seam:
    """The state of one translation."""

    def __init__(
        self, scenario: Scenario, benchmark: Benchmark, uniform: Floats | None, store: Store | None, in_year: InYear | None
    ) -> None:
        self.scenario, self.benchmark, self.store, self.in_year = scenario, benchmark, store, in_year
        self.closures: list[tuple[Mask, m.MarketMeasure]] = []
        self.tiers: list[_Tier] = []
        self.year = scenario.year or benchmark.year
        self.columns: Mapping[Key, Floats] = (
            {} if uniform is None else {key: uniform[:, at] for at, key in enumerate(random_sizes(scenario))}
        )
        self.made = Translation(Wedges.of(benchmark))
        self.made.wedges.choke = scenario.choke

    @property
    def wedges(self) -> Wedges:
        """What is being made."""
        return self.made.wedges

    def part(self, measure: m.MarketMeasure) -> float:
        """Part of the year for which a measure is in force."""
        return 1.0 if self.in_year is None else self.in_year.part(measure)

    def carried(self, mask: Mask) -> Floats:
        """Tonnes of some routes on the days on which nothing limits them."""
        if self.in_year is not None and self.in_year.carried is not None:
            return self.in_year.carried(mask)
        return np.array([self.benchmark.trade_t[mask].sum()])

    def close(self, mask: Mask, measure: m.MarketMeasure) -> None:
        """Shut routes for as long as a measure is in force."""
        if self.in_year is None:
            self.wedges.closed |= mask
            return
        self.closures.append((mask, measure))
        self.wedges.open_part = self.in_year.open_part(self.closures)
        self.wedges.closed = self.wedges.open_part <= 0

    def note(self, name: str, **values: Any) -> None:
        """Tell the reader something."""
        if (said := Note(name, values)) not in self.made.notes:
            self.made.notes.append(said)

    def size(self, at: int, name: str) -> Floats:
        """A size for every draw, array (1,) or (draws,)."""
        size = getattr(self.scenario.measures[at], name)
        if not isinstance(size, Range):
            return np.array([float(size)])
        if (uniform := self.columns.get((at, name))) is not None:
            return np.asarray(size.low + (size.high - size.low) * uniform)
        return np.array([size.middle])

    def middle(self, at: int, name: str) -> float:
        """A size as one number: the middle of a range, and the reader is told."""
        size = getattr(self.scenario.measures[at], name)
        if isinstance(size, Range):
            self.note("range_at_middle", measure=at + 1, field=name, low=size.low, high=size.high)
            return float(size.middle)
        return float(size)

    def mask(self, measure: m.Measure) -> Mask:
        """Routes of a measure, array (exporter, importer)."""
        return routes(measure, self.benchmark.countries, self.year).mask(len(self.benchmark.countries))

    def members(self, measure: m.Measure) -> NDArray[np.intp]:
        """Countries of a measure."""
        return np.array(members(measure, self.benchmark.countries, self.year), dtype=np.intp)

    def spread(self, at: NDArray[np.intp], by: Floats) -> Floats:
        """Parts of a total that falls on several countries, in proportion to `by`, array (n,)."""
        parts = np.zeros(len(self.benchmark.countries))
        total = by[at].sum()
        parts[at] = by[at] / total if total > 0 else 1 / len(at)
        return parts

    def names(self, at: Any) -> tuple[str, ...]:
        """Codes of countries by position."""
        return tuple(self.benchmark.countries[i] for i in np.atleast_1d(at))


def _shock(seam: _Seam, at: int, measure: m.SupplyShock) -> None:
    who = seam.members(measure)
    own = seam.benchmark.own_supply_t
    if measure.loss_share is not None:
        lost = np.zeros((len(own), 1)) + np.isin(np.arange(len(own)), who)[:, None] * seam.size(at, "loss_share")
    else:
        tonnes = seam.spread(who, own)[:, None] * seam.size(at, "loss_t") / (1.0 if seam.in_year is None else seam.in_year.trend)
        lost = np.divide(tonnes, own[:, None], out=np.zeros_like(tonnes), where=own[:, None] > 0)
        beyond = (tonnes > own[:, None] * (1 + 1e-12)).any(axis=1)
        if beyond.any():
            seam.note("loss_beyond_output", countries=seam.names(np.flatnonzero(beyond)))
    seam.wedges.output_scale = seam.wedges.output_scale * (1 - seam.part(measure) * np.clip(lost, 0.0, 1.0))


def _capacity(seam: _Seam, at: int, measure: m.Capacity) -> None:
    b, w = seam.benchmark, seam.wedges
    who = seam.members(measure)
    tonnes = seam.size(at, "tonnes")
    chance = ends(measure.chance_of_failure)
    if chance[1] > 0:
        uniform = seam.columns.get((at, FAILS))
        built = np.array([1.0]) if uniform is None else (uniform >= sum(chance) / 2).astype(np.float64)
        tonnes = tonnes * built
    if seam.in_year is not None:
        tonnes = tonnes * seam.in_year.built(measure, seam.size(at, "ramp_years"))
    w.added_output_t = w.added_output_t + seam.spread(who, b.own_supply_t)[:, None] * tonnes
    if measure.partner:
        seam.note("partner_gets_no_preference", measure=at + 1)


def _demand(seam: _Seam, at: int, measure: m.DemandShift) -> None:
    who = np.isin(np.arange(len(seam.benchmark.countries)), seam.members(measure))[:, None]
    seam.wedges.demand_scale = seam.wedges.demand_scale * (1 + who * seam.part(measure) * seam.size(at, "change"))


def _stockpile(seam: _Seam, at: int, measure: m.Stockpile) -> None:
    b = seam.benchmark
    who = seam.members(measure)
    tonnes = seam.part(measure) * seam.middle(at, "tonnes") * seam.spread(who, b.use_t)
    reached = b.use_t + b.re_exports_t
    for j in who:
        name = regions.name(b.countries[j])
        if reached[j] <= 0:
            raise InputError(f"measures[{at}] (stockpile): nothing of this market reaches {name}, so no stock can be built or sold there")
        if measure.action == "release" and tonnes[j] > b.use_t[j]:
            raise InputError(
                f"measures[{at}] (stockpile): a release of {tonnes[j]:,.0f} t is more than {name} uses in the benchmark, {b.use_t[j]:,.0f} t"
            )
    sign = 1.0 if measure.action == "build" else -1.0
    if measure.trigger_price is None:
        seam.wedges.stock_t = seam.wedges.stock_t + sign * tonnes
    else:
        price = seam.middle(at, "trigger_price")
        if price <= 0:
            raise InputError(f"measures[{at}] (stockpile): no price is below the trigger_price of 0; expected USD per tonne above that")
        seam.wedges.triggers += [Trigger(int(j), sign * float(tonnes[j]), price) for j in who]


def _close(seam: _Seam, at: int, measure: m.Embargo | m.ExportBan) -> None:
    seam.close(seam.mask(measure), measure)


def _reopen(seam: _Seam, at: int, measure: m.Reopen) -> None:
    b = seam.benchmark
    then = Benchmark.from_facts(b.commodity, measure.open_year, b.stage, store=seam.store)
    opened, wanted = False, np.zeros(len(b.countries))
    for exporter, importer in routes(measure, b.countries, seam.year).pairs():
        names = (b.countries[exporter], b.countries[importer])
        if not all(c in then.countries for c in names):
            continue
        i, j = (then.countries.index(c) for c in names)
        imports = then.imports_t[j]
        share_then = float(then.trade_t[i, j] / imports) if imports > 0 else 0.0
        share_now = float(b.trade_t[exporter, importer] / b.imports_t[importer]) if b.imports_t[importer] > 0 else 0.0
        if share_then <= 0:
            continue
        opened = True
        seam.made.latent[names] = (share_now, share_then)
        if share_now >= share_then:
            seam.note("route_is_open", exporter=names[0], importer=names[1], year=measure.open_year)
            continue
        share = min(share_now + seam.part(measure) * (share_then - share_now), 0.99)
        seam.wedges.reopened_share[exporter, importer] = share
        wanted[exporter] += (share - share_now) * b.imports_t[importer]
        seam.wedges.reopened_duty[exporter, importer] = then.duty_rate[i, j]
        seam.note("reopened", exporter=names[0], importer=names[1], year=measure.open_year, share_then=share_then, share_now=share_now)
    if b.kind == "imports_only":  # output is not counted there: what a country has not got to divert comes with the route
        seam.wedges.added_output_t = seam.wedges.added_output_t + np.maximum(wanted - b.own_supply_t, 0.0)[:, None]
    if not opened:
        raise InputError(
            f"measures[{at}] (reopen): there was no trade on the route in {measure.open_year}; name a year with trade. "
            f"To see it: maadin facts trade {b.commodity} --exporter {','.join(measure.exporter)} --importer {','.join(measure.importer)}"
        )


def _tariff(seam: _Seam, at: int, measure: m.Tariff | m.ExportTax) -> None:
    w, mask, part = seam.wedges, seam.mask(measure), seam.part(measure)
    rate, specific = (w.duty_rate, w.specific_duty) if isinstance(measure, m.Tariff) else (w.export_tax_rate, w.specific_export_tax)
    if measure.mode == "set":
        _lift(rate, specific, seam.benchmark.duty_rate if isinstance(measure, m.Tariff) else seam.benchmark.export_tax_rate, mask, part)
    if measure.rate is not None:
        rate[mask] += part * seam.middle(at, "rate")
    else:
        specific[mask] += part * seam.middle(at, "specific_duty_usd_per_t")


def _lift(rate: Floats, specific: Floats, own: Floats, mask: Mask, part: float) -> None:
    """Take the benchmark's own rate off for a part of the year; on other days other duties may be set."""
    if part == 1:
        rate[mask] = specific[mask] = 0.0
    else:
        rate[mask] -= part * own[mask]


def _quota(seam: _Seam, at: int, measure: m.ImportQuota | m.ExportQuota | m.TariffRateQuota) -> None:
    mask, part, w = seam.mask(measure), seam.part(measure), seam.wedges
    carried = float(seam.benchmark.trade_t[mask].sum())
    tonnes = seam.size(at, "tonnes") if measure.tonnes is not None else seam.size(at, "share_of_benchmark") * carried
    high = np.inf
    if isinstance(measure, m.TariffRateQuota):
        within, over = seam.middle(at, "in_quota_rate"), seam.middle(at, "over_quota_rate")
        if over < within:
            raise InputError(
                f"measures[{at}] (tariff_rate_quota): the duty beyond the quota, {over:.4g}, is below the duty within it, {within:.4g}; expected it to be higher"
            )
        own = (1 - part) * seam.benchmark.duty_rate[mask].mean() if part < 1 else 0.0
        high = float(np.log((1 + own + part * over) / (1 + own + part * within)))
        _lift(w.duty_rate, w.specific_duty, seam.benchmark.duty_rate, mask, part)
        w.duty_rate[mask] += part * (over if np.all(tonnes <= 0) else within)
        if np.all(tonnes <= 0):
            return
    elif np.all(tonnes <= 0):
        seam.close(mask, measure)
        return
    if part < 1:
        tonnes = part * tonnes + (1 - part) * seam.carried(mask)
    if not _carries(seam, mask):
        seam.note("limit_without_trade", measure=at + 1, noun=measure.noun)
        return
    share = seam.middle(at, "rent_to_importer")
    w.limits.append(RouteLimit(mask, np.maximum(tonnes, 1e-6), 0.0, high, share, f"{at}:{measure.noun}"))
    if isinstance(measure, m.TariffRateQuota):
        seam.tiers.append(_Tier(at, len(w.limits) - 1, w.duty_rate[mask].copy(), own + part * within, own + part * over))


def _raise_tiers(seam: _Seam) -> None:
    """Put duties that other measures add on both rates of a tariff-rate quota; one wedge holds them all, so they must be the same on its routes."""
    w = seam.wedges
    for tier in seam.tiers:
        limit = w.limits[tier.limit]
        added = w.duty_rate[limit.routes] - tier.routes_duty
        if np.ptp(added) > 1e-12 or w.specific_duty[limit.routes].any():
            raise InputError(
                f"measures[{tier.measure}] (tariff_rate_quota): another measure adds a duty to some of its routes, or one per tonne; expected an "
                "ad valorem duty on all of them. Part the quota by exporter, or put the duty into its rates"
            )
        high = float(np.log((1 + tier.over + added[0]) / (1 + tier.within + added[0])))
        w.limits[tier.limit] = replace(limit, high=high)


def _carries(seam: _Seam, mask: Mask) -> bool:
    """Whether anything can flow on some routes: trade of the benchmark, or a route that is reopened, and not closed."""
    w = seam.wedges
    return bool(np.any(mask & ~w.closed & ((seam.benchmark.trade_t > 0) | np.isfinite(w.reopened_share))))


def _offer(seam: _Seam, at: int, measure: m.SupplyOffer) -> None:
    mask = seam.mask(measure)
    if not _carries(seam, mask):
        raise InputError(
            f"measures[{at}] (supply_offer): the route carries nothing in the benchmark of {seam.benchmark.year}, and a flow that is zero stays "
            "zero at any discount; add a reopen measure with a year in which it was open"
        )
    discount, part = seam.middle(at, "max_discount"), seam.part(measure)
    if discount >= 1:
        raise InputError(f"measures[{at}] (supply_offer): a discount of 100% gives the goods away; expected a max_discount below that")
    tonnes = seam.size(at, "tonnes") if part == 1 else part * seam.size(at, "tonnes") + (1 - part) * seam.carried(mask)
    low = float(np.log(1 - discount))
    seam.wedges.limits.append(RouteLimit(mask, np.maximum(tonnes, 1e-6), low, 0.0, 0.0, f"{at}:{measure.noun}"))


def _subsidy(seam: _Seam, at: int, measure: m.Subsidy) -> None:
    who = seam.members(measure)
    if measure.rate is not None:
        seam.wedges.subsidy_rate[who] += seam.part(measure) * seam.middle(at, "rate")
    else:
        seam.wedges.specific_subsidy[who] += seam.part(measure) * seam.middle(at, "specific_subsidy_usd_per_t")


def _floor(seam: _Seam, at: int, measure: m.PriceFloor) -> None:
    b, w = seam.benchmark, seam.wedges
    who = seam.members(measure)
    price, part = seam.middle(at, "price"), seam.part(measure)
    if measure.mechanism == "minimum_import_price":
        landed = (b.price_usd_per_t[:, None] * b.wedge * (1 + b.export_tax_rate) * (1 + b.duty_rate))[:, who]
        w.least_price[:, who] = np.maximum(w.least_price[:, who], part * price + (1 - part) * np.minimum(price, landed))
        np.fill_diagonal(w.least_price, 0.0)
        return
    floor = w.guaranteed_price if measure.mechanism == "cfd" else w.held_price
    floor[who] = np.maximum(floor[who], part * price + (1 - part) * np.minimum(price, b.price_usd_per_t[who]))
    if measure.payer:
        payers = np.array(positions(measure.payer, b.countries, seam.year), dtype=np.intp)
        if not len(payers):
            raise InputError(f"measures[{at}] (price_floor): no payer is in this market; expected a country of it")
        w.payer_share[who] = seam.spread(payers, b.use_t)


_TRANSLATED: dict[type[m.Measure], Callable[[_Seam, int, Any], None]] = {
    m.SupplyShock: _shock, m.Capacity: _capacity, m.DemandShift: _demand, m.Stockpile: _stockpile, m.Embargo: _close, m.ExportBan: _close,
    m.Reopen: _reopen, m.Tariff: _tariff, m.ExportTax: _tariff, m.TariffRateQuota: _quota, m.ImportQuota: _quota, m.ExportQuota: _quota,
    m.Subsidy: _subsidy, m.PriceFloor: _floor, m.SupplyOffer: _offer,
}  # fmt: skip
