"""From measures to wedges: the one seam where a policy becomes prices, sizes and limits of a market.

Measures take effect in the order of `maadin.policy.order`. Dates do not matter here: every measure is in force for the whole year, in full; paths
switch them on and off. Sizes that are ranges are drawn where the market can hold one value a draw (capacities, shocks, shifts, quotas,
offers); a rate that is a range is taken at its middle, and the translation says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


def translate(scenario: Scenario, benchmark: Benchmark, uniform: Floats | None = None, *, store: Store | None = None) -> Translation:
    """The wedges that a scenario's measures put on a benchmark.

    Parameters
    ----------
    scenario : Scenario
    benchmark : Benchmark
    uniform : array (draws, sizes), in (0, 1), optional
        A column for each of `random_sizes`; the middle of every range without it.
    store : Store, optional
        Tables to ask for the open year of a reopened route.

    Raises
    ------
    InputError
        If a measure cannot act on this market: a route without trade in the open year, a release larger than use.
    """
    seam = _Seam(scenario, benchmark, uniform, store)
    for at, measure in in_order(scenario.measures):
        _TRANSLATED[type(measure)](seam, at, measure)
    return seam.made


class _Seam:
    """The state of one translation."""

    def __init__(self, scenario: Scenario, benchmark: Benchmark, uniform: Floats | None, store: Store | None) -> None:
        self.scenario, self.benchmark, self.store = scenario, benchmark, store
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
        tonnes = seam.spread(who, own)[:, None] * seam.size(at, "loss_t")
        lost = np.divide(tonnes, own[:, None], out=np.zeros_like(tonnes), where=own[:, None] > 0)
        if np.any(lost > 1 + 1e-12):
            seam.note("loss_beyond_output", countries=seam.names(np.flatnonzero((lost > 1).any(axis=1))))
    seam.wedges.output_scale = seam.wedges.output_scale * (1 - np.clip(lost, 0.0, 1.0))


def _capacity(seam: _Seam, at: int, measure: m.Capacity) -> None:
    b, w = seam.benchmark, seam.wedges
    who = seam.members(measure)
    tonnes = seam.size(at, "tonnes")
    chance = ends(measure.chance_of_failure)
    if chance[1] > 0:
        uniform = seam.columns.get((at, FAILS))
        built = np.array([1.0]) if uniform is None else (uniform >= sum(chance) / 2).astype(np.float64)
        tonnes = tonnes * built
    w.added_output_t = w.added_output_t + seam.spread(who, b.own_supply_t)[:, None] * tonnes
    if measure.partner:
        seam.note("partner_gets_no_preference", measure=at + 1)


def _demand(seam: _Seam, at: int, measure: m.DemandShift) -> None:
    who = np.isin(np.arange(len(seam.benchmark.countries)), seam.members(measure))[:, None]
    seam.wedges.demand_scale = seam.wedges.demand_scale * (1 + who * seam.size(at, "change"))


def _stockpile(seam: _Seam, at: int, measure: m.Stockpile) -> None:
    b = seam.benchmark
    who = seam.members(measure)
    tonnes = seam.middle(at, "tonnes") * seam.spread(who, b.use_t)
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
        seam.wedges.triggers += [Trigger(int(j), sign * float(tonnes[j]), price) for j in who]


def _close(seam: _Seam, at: int, measure: m.Embargo | m.ExportBan) -> None:
    seam.wedges.closed |= seam.mask(measure)


def _reopen(seam: _Seam, at: int, measure: m.Reopen) -> None:
    b = seam.benchmark
    then = Benchmark.from_facts(b.commodity, measure.open_year, b.stage, store=seam.store)
    opened = False
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
        seam.wedges.reopened_share[exporter, importer] = min(share_then, 0.99)
        seam.wedges.reopened_duty[exporter, importer] = then.duty_rate[i, j]
        seam.note("reopened", exporter=names[0], importer=names[1], year=measure.open_year, share_then=share_then, share_now=share_now)
    if not opened:
        raise InputError(
            f"measures[{at}] (reopen): there was no trade on the route in {measure.open_year}; name a year with trade. "
            f"To see it: maadin facts trade {b.commodity} --exporter {','.join(measure.exporter)} --importer {','.join(measure.importer)}"
        )


def _tariff(seam: _Seam, at: int, measure: m.Tariff | m.ExportTax) -> None:
    w, mask = seam.wedges, seam.mask(measure)
    rate, specific = (w.duty_rate, w.specific_duty) if isinstance(measure, m.Tariff) else (w.export_tax_rate, w.specific_export_tax)
    if measure.mode == "set":
        rate[mask] = specific[mask] = 0.0
    if measure.rate is not None:
        rate[mask] += seam.middle(at, "rate")
    else:
        specific[mask] += seam.middle(at, "specific_duty_usd_per_t")


def _quota(seam: _Seam, at: int, measure: m.ImportQuota | m.ExportQuota | m.TariffRateQuota) -> None:
    mask = seam.mask(measure)
    carried = float(seam.benchmark.trade_t[mask].sum())
    tonnes = seam.size(at, "tonnes") if measure.tonnes is not None else seam.size(at, "share_of_benchmark") * carried
    high = np.inf
    if isinstance(measure, m.TariffRateQuota):
        within, over = seam.middle(at, "in_quota_rate"), seam.middle(at, "over_quota_rate")
        seam.wedges.duty_rate[mask], seam.wedges.specific_duty[mask] = within, 0.0
        high = float(np.log((1 + over) / (1 + within)))
        if np.all(tonnes <= 0):
            seam.wedges.duty_rate[mask] = over
            return
    elif np.all(tonnes <= 0):
        seam.wedges.closed |= mask
        return
    if not _carries(seam, mask):
        seam.note("limit_without_trade", measure=at + 1, noun=measure.noun)
        return
    share = seam.middle(at, "rent_to_importer")
    seam.wedges.limits.append(RouteLimit(mask, np.maximum(tonnes, 1e-6), 0.0, high, share, f"{at}:{measure.noun}"))


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
    discount = seam.middle(at, "max_discount")
    seam.wedges.limits.append(RouteLimit(mask, seam.size(at, "tonnes"), float(np.log(1 - discount)), 0.0, 0.0, f"{at}:{measure.noun}"))


def _subsidy(seam: _Seam, at: int, measure: m.Subsidy) -> None:
    who = seam.members(measure)
    if measure.rate is not None:
        seam.wedges.subsidy_rate[who] += seam.middle(at, "rate")
    else:
        seam.wedges.specific_subsidy[who] += seam.middle(at, "specific_subsidy_usd_per_t")


def _floor(seam: _Seam, at: int, measure: m.PriceFloor) -> None:
    b, w = seam.benchmark, seam.wedges
    who = seam.members(measure)
    price = seam.middle(at, "price")
    if measure.mechanism == "minimum_import_price":
        w.least_price[:, who] = np.maximum(w.least_price[:, who], price)
        np.fill_diagonal(w.least_price, 0.0)
        return
    floor = w.guaranteed_price if measure.mechanism == "cfd" else w.held_price
    floor[who] = np.maximum(floor[who], price)
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
