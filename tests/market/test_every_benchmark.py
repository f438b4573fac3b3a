"""What holds of every benchmark: books that add up, no figure that cannot be, and a log that tells every move and nothing else.

Tolerances, as shares of what reaches a country (output, stock draw and imports) or of the figure itself:
ROUNDING  sums of a few hundred doubles of very different size, and one linear solve
CONFLICT  what the solver may leave a country above its least use (its own tolerance is 1e-11 of a scaled programme)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from maadin.errors import InputError
from maadin.facts import catalogue, selection
from maadin.facts.catalogue import Factor
from maadin.facts.selection import Market
from maadin.facts.store import Store, shipped_folder
from maadin.market.adjustments import Adjustment
from maadin.market.assembly import OTHER_RANGE, assemble
from maadin.market.benchmark import Benchmark
from maadin.market.flows import Flow, Traded, traded
from maadin.market.known_figures import UNITED_STATES, united_states
from maadin.market.other_codes import OtherCodes, other_codes
from maadin.market.output import Output, outputs
from maadin.market.prices import ENOUGH, LEAST_HOME, WIDEST
from maadin.market.reconcile import LEAST_USE

ROUNDING, CONFLICT = 1e-9, 1e-7

YEARS = range(2018, 2025)
EARLIER = (1995, 2005, 2010, 2017)  # no source at hand counts output: trade alone
MARKETS = [(c.id, s.id, s.grade) for c in catalogue.commodities().values() for s in c.stages if s.grade != "C"]

# Codes that began with the revision of 2002 or later; palladium's tonnes begin in 1996, rhodium's with 0.3 t of 1995 alone
VALUE_ONLY = "known by value only, and no price series reaches"
NO_BENCHMARK = {
    **{(c, "refined", 1995): "no trade of .* is at hand for 1995; expected 2002-2024" for c in ("titanium", "copper", "magnesium", "silicon")},
    ("palladium", "mine", 1995): VALUE_ONLY,
    ("rhodium", "mine", 1995): "known for less than 50% of its value",
    **{(c, "refined", y): VALUE_ONLY for c in ("titanium", "magnesium", "silicon") for y in (2005, 2010, 2017)},
    **{("copper", "refined", y): VALUE_ONLY for y in (2005, 2010)},
}  # fmt: skip
# Output of these is counted by the Mineral Commodity Summaries alone, whose releases at hand print it from 2021, silicon from 2022
IMPORTS_ONLY = {
    *((c, "refined", y) for c in ("titanium", "copper", "magnesium", "silicon") for y in (2018, 2019, 2020)),
    ("silicon", "refined", 2021),
}
CASES = [(c, s, y) for y in (*YEARS, *EARLIER) for c, s, _ in MARKETS if (c, s, y) not in NO_BENCHMARK]


class Remembering(Store):
    """The shipped tables, asked once what assembly and the tests of one case ask again and again."""

    def __init__(self) -> None:
        super().__init__([shipped_folder()])
        self.told: dict[tuple[str, str], list[tuple[Any, ...]]] = {}

    def rows(self, query: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        key = query, repr(parameters)
        if key not in self.told:
            self.told[key] = super().rows(query, parameters)
        return list(self.told[key])


@dataclass
class Case:
    """A benchmark beside the figures it was made of, read again by the public readers."""

    benchmark: Benchmark
    market: Market
    store: Store

    @cached_property
    def trade(self) -> Traded:
        return traded(self.store, self.market, self.benchmark.year)

    def factor(self, exporter: str, code: str) -> Factor:
        listed = next(c for c in self.market.stage.hs6 if c.code == code)
        return listed.by_exporter.get(exporter, listed.factor)

    def printed(self, flow: Flow) -> float | None:
        return None if flow.printed_t is None else self.factor(flow.exporter, flow.code).mid * flow.printed_t

    @cached_property
    def exported(self) -> dict[str, float]:
        return self._sums("exporter")

    @cached_property
    def imported(self) -> dict[str, float]:
        return self._sums("importer")

    def _sums(self, side: str) -> dict[str, float]:
        """Tonnes before reconciliation by exporter or importer."""
        found: dict[str, float] = {}
        for flow in self.trade.flows:
            country = getattr(flow, side)
            found[country] = found.get(country, 0.0) + self.factor(flow.exporter, flow.code).mid * flow.gross_t
        return found

    @cached_property
    def output(self) -> dict[str, Output]:
        net = {c: self.exported.get(c, 0.0) - self.imported.get(c, 0.0) for c in self.exported | self.imported}
        return outputs(self.store, self.market, self.benchmark.year, net)

    def published(self, quantity: str) -> float | None:
        """What United States statistics print beyond the covered codes, where codes are missing."""
        found = united_states(self.store, self.market.commodity.id, self.market.stage, self.benchmark.year, quantity)
        if not self.trade.missing or not found:
            return None
        covered = self.exported if quantity == "exports" else self.imported
        return max(0.0, found[0] - covered.get(UNITED_STATES, 0.0))

    @cached_property
    def other(self) -> OtherCodes:
        made = {c: o.value_t for c, o in self.output.items()}
        found = other_codes(self.store, self.market, self.trade.missing, self.benchmark.year, made)
        exports = self.published("exports")
        if found.year is None and exports is not None:
            return found.published(UNITED_STATES, exports, self.published("imports") or 0.0)
        return found

    @cached_property
    def in_conflict(self) -> set[str]:
        """Countries left with the least use: the thousandth part of what their figures before reconciliation say they have."""
        has = {c: o.value_t for c, o in self.output.items()}
        b = self.benchmark
        least = LEAST_USE * np.array([has.get(c, 0.0) + self.imported.get(c, 0.0) for c in b.countries])
        return {c for c, bound in zip(b.countries, b.use_t <= least + CONFLICT * self.scale, strict=True) if bound}

    def log(self, item: str) -> dict[tuple[str, str, str], Adjustment]:
        listed = [a for a in self.benchmark.log if a.item == item]
        found = {(a.country, a.partner, a.code): a for a in listed}
        assert len(found) == len(listed), f"{item}: a figure stands twice in the log"
        return found

    def by_country(self, item: str) -> dict[str, Adjustment]:
        return {country: a for (country, _, _), a in self.log(item).items()}

    @cached_property
    def scale(self) -> np.ndarray:
        """What reaches each country, or 1 where nothing does."""
        reaches = self.benchmark.own_supply_t + self.benchmark.imports_t
        return np.where(reaches > 0, reaches, 1.0)


@pytest.fixture(scope="module")
def store() -> Remembering:
    return Remembering()


@pytest.fixture(scope="module", params=CASES, ids=lambda c: f"{c[0]}-{c[1]}-{c[2]}")
def case(request: pytest.FixtureRequest, store: Remembering) -> Case:
    commodity, stage, year = request.param
    store.told.clear()
    return Case(assemble(commodity, year, stage, store), selection.market(commodity, stage), store)


def named(b: Benchmark, wrong: np.ndarray) -> list[str]:
    """Countries, or routes, at which an array is true."""
    return [" to ".join(b.countries[i] for i in at) for at in np.argwhere(wrong).tolist()]


def test_the_catalogue_holds_48_markets_that_can_be_balanced() -> None:
    grades = [g for _, _, g in MARKETS]
    assert (grades.count("A"), grades.count("B")) == (12, 36)


@pytest.mark.parametrize(("commodity", "stage", "year"), sorted(NO_BENCHMARK))
def test_markets_without_a_benchmark_say_why(commodity: str, stage: str, year: int) -> None:
    with pytest.raises(InputError, match=NO_BENCHMARK[commodity, stage, year]):
        assemble(commodity, year, stage)


def test_every_country_balances(case: Case) -> None:
    b = case.benchmark
    assert named(b, np.abs(b.residual_t()) > ROUNDING * case.scale) == []
    row_sums = b.trade_t.sum(axis=1) + b.other_codes_t
    assert named(b, np.abs(b.supply_t - row_sums) > ROUNDING * case.scale) == []
    if b.kind == "balanced":
        own_use = np.maximum(b.production_t + b.stock_draw_t - b.exports_t - b.other_codes_t, 0.0)
        assert named(b, np.abs(np.diag(b.trade_t) - own_use) > ROUNDING * case.scale) == []


def test_no_figure_that_cannot_be(case: Case) -> None:
    b = case.benchmark
    expected = "imports_only" if b.year < YEARS[0] or (b.commodity, b.stage, b.year) in IMPORTS_ONLY else "balanced"
    assert b.kind == expected
    assert ("benchmark_imports_only" in {n.id for n in b.notes}) == (expected == "imports_only")
    for name in ("stock_draw_t", "other_codes_t", "use_t", "trade_t", "duty_rate", "export_tax_rate", "re_exports_t"):
        values = getattr(b, name)
        assert named(b, ~np.isfinite(values) | (values < 0)) == [], name
    for name in ("price_usd_per_t", "wedge"):
        values = getattr(b, name)
        assert named(b, ~np.isfinite(values) | (values <= 0)) == [], name
    assert named(b, np.isnan(b.use_t) | ((b.imports_t > 0) & (b.use_t <= 0))) == [], "nothing is used of what arrives"
    for name in ("exports_coverage", "imports_coverage"):
        values = getattr(b, name)
        assert named(b, (values < 0) | (values > 1)) == [], name
    assert named(b, (b.capacity_t < 0) | np.isinf(b.capacity_t)) == []
    for name in ("duty_rate", "export_tax_rate"):
        assert set(np.diag(getattr(b, name)).tolist()) == {0.0}, name
    assert 0 <= b.share_adjusted <= 1
    assert 0 <= b.share_imputed <= 1
    assert len(set(b.countries)) == len(b.countries)
    if b.kind == "balanced":
        assert named(b, ~(b.production_t >= 0) | ~(b.production_sd_t >= 0)) == []
        assert [c for c, y, basis in zip(b.countries, b.production_t, b.production_basis, strict=True) if y > 0 and not basis] == []
    else:
        assert np.isnan(b.production_t).all()
        assert np.isnan(b.production_sd_t).all()
        assert not b.stock_draw_t.any()
        assert not b.other_codes_t.any()
        assert not np.diag(b.trade_t).any()
        assert not b.is_hub.any()
        assert set(b.production_basis) == {""}


def test_origins_and_customs_have_the_same_totals(case: Case) -> None:
    b = case.benchmark
    traced, beyond = b.origin_traced()
    assert named(b, ~np.isfinite(traced) | (traced < 0)) == []
    assert named(b, (beyond < 0) | (beyond > b.other_codes_t.sum() * (1 + ROUNDING))) == []
    supply = b.own_supply_t
    if b.kind == "imports_only":  # what passes through counts as supply, so only columns have the customs total
        assert named(b, traced.sum(axis=0) > b.use_t * (1 + ROUNDING)) == []
        return
    assert named(b, np.abs(traced.sum(axis=1) + beyond - supply) > ROUNDING * case.scale) == []
    assert named(b, np.abs(traced.sum(axis=0) - b.use_t) > ROUNDING * case.scale) == []
    assert beyond.sum() == pytest.approx(b.other_codes_t.sum(), rel=ROUNDING)


def test_values_are_price_times_wedge_times_tonnes(case: Case) -> None:
    b = case.benchmark
    between = ~np.eye(len(b.countries), dtype=bool)
    value, tonnes = np.where(between, b.value_usd, 0.0), np.where(between, b.trade_t, 0.0)
    exports, sells = tonnes.sum(axis=1), tonnes.sum(axis=1) > 0
    assert np.array_equal(b.price_is_world_average, ~sells)
    sums, world = value.sum(axis=1), value.sum() / tonnes.sum()
    home, imports = np.diag(b.trade_t), tonnes.sum(axis=0)
    paid = np.where(imports > ENOUGH * home, value.sum(axis=0) / np.maximum(imports, 1e-300), world)
    all_sales = sums + home * np.clip(paid, world / WIDEST, world * WIDEST)
    assert named(b, sells & (np.abs(all_sales - b.price_usd_per_t * (exports + home)) > ROUNDING * all_sales)) == []
    assert named(b, ~sells & (np.abs(b.price_usd_per_t - world) > ROUNDING * world)) == []
    worth = b.price_usd_per_t * (exports + home)
    # sales at home below 1e-9 of all are taken at the price itself
    assert named(b, np.abs(b.value_usd.sum(axis=1) - worth) > 10 * LEAST_HOME * worth) == []
    assert set(np.diag(b.wedge)[~sells].tolist()) <= {1.0}
    assert set(b.wedge[between & (b.trade_t == 0)].tolist()) <= {1.0}
    # Dollars are as printed on every route that reconciliation left alone; those it moved keep a country in conflict or a moved content
    if b.kind == "balanced":
        conflict, shared = case.in_conflict, {exporter for exporter, _, _ in case.log("content factor")}
        moved = {(f.exporter, f.importer) for f in case.trade.flows if {f.exporter, f.importer} & conflict or f.exporter in shared}
    else:
        moved = set()
    dollars: dict[tuple[str, str], float] = {}
    for f in case.trade.flows:
        dollars[f.exporter, f.importer] = dollars.get((f.exporter, f.importer), 0.0) + f.value_usd
    at = {c: n for n, c in enumerate(b.countries)}
    untouched = sorted(set(dollars) - moved)
    assert untouched
    off = [route for route in untouched if abs(value[at[route[0]], at[route[1]]] - dollars[route]) > ROUNDING * dollars[route]]
    assert off == []


def test_content_and_other_codes_stay_within_their_bounds(case: Case) -> None:
    b = case.benchmark
    moved = case.log("content factor")
    shipped = {(f.exporter, f.code) for f in case.trade.flows}
    assert {(exporter, code) for exporter, _, code in moved} <= shipped
    for (exporter, _, code), a in moved.items():
        known = case.factor(exporter, code)
        assert a.before == known.mid
        assert known.low <= a.after < known.mid, f"{exporter} {code}"
    if not b.other_codes_t.any():
        return
    wrong = []
    for country, tonnes in b.by_country(b.other_codes_t).items():
        net, reach = case.other.net(country), OTHER_RANGE * case.other.deviation.get(country, 0.0)
        most = net + reach if net else 0.0
        if country == UNITED_STATES:
            most = max(most, case.published("exports") or 0.0)
        if not (net - reach) * (1 - ROUNDING) <= tonnes <= most * (1 + ROUNDING):
            wrong.append((country, tonnes, net, reach))
    assert wrong == []


def test_the_log_tells_every_flow_moved_and_no_other(case: Case) -> None:
    b, log = case.benchmark, case.log("trade")
    raw = {(f.exporter, f.importer, f.code): f for f in case.trade.flows}
    assert set(log) <= set(raw)
    sums, moved, largest, filled = np.zeros_like(b.trade_t), 0.0, 0.0, 0.0
    at = {c: n for n, c in enumerate(b.countries)}
    for key, flow in raw.items():
        printed, entry = case.printed(flow), log.get(key)
        if entry is None:
            assert printed is not None, f"{key} has no quantity and no line in the log"
            after = printed
        else:
            assert (entry.before, entry.unit, entry.reason) == (printed, "tonne", flow.reason or "balance"), key
            assert entry.after != entry.before, key
            after = entry.after
        sums[at[flow.exporter], at[flow.importer]] += after
        if printed is None:
            filled += after
        else:
            moved, largest = moved + abs(after - printed), largest + max(after, printed)
    between = b.trade_t - np.diag(np.diag(b.trade_t))
    assert named(b, np.abs(between - sums) > ROUNDING * np.maximum(sums, between)) == []
    assert b.share_adjusted == pytest.approx(moved / largest if largest else 0.0, rel=ROUNDING, abs=ROUNDING)
    assert b.share_imputed == pytest.approx(filled / sums.sum(), rel=ROUNDING, abs=ROUNDING)
    shared = case.log("content factor")
    still = [key for key in raw if (key[0], "", key[2]) in shared and key not in log]
    assert still == [], "flows whose content moved, but not they"
    assert [a.unit for a in b.log] == sorted(a.unit for a in b.log), "tonnes come before factors"
    for unit in ("tonne", "tonne/tonne"):
        moves = [a.moved for a in b.log if a.unit == unit]
        assert moves == sorted(moves, reverse=True)


def test_the_log_tells_every_country_figure_moved_or_filled_in(case: Case) -> None:
    b = case.benchmark
    for name in ("production", "stock draw", "other codes"):
        assert set(case.by_country(name)) <= set(b.countries), name
    if b.kind == "imports_only":
        assert {a.item for a in b.log} <= {"trade"}
        assert {a.reason for a in b.log} <= {"unit_value", "no_quantity"}
        return
    made = case.by_country("production")
    for country, tonnes in b.by_country(b.production_t).items():
        source, entry = case.output.get(country), made.get(country)
        if entry is None:
            assert (source is None and tonnes == 0) or (source is not None and source.basis == "printed" and tonnes == source.value_t), (
                country
            )
        elif entry.reason == "balance":
            assert (entry.before, entry.after) == (pytest.approx(source.value_t if source else 0.0, rel=ROUNDING), tonnes), country
            assert entry.after != entry.before, country
        else:
            assert source is not None, country
            assert (entry.before, entry.after, entry.reason) == (None, tonnes, source.basis), country
            assert entry.after == pytest.approx(source.value_t, rel=ROUNDING), country
    drawn = {c: t for c, t in b.by_country(b.stock_draw_t).items() if t}
    assert {c: (a.before, a.after, a.reason) for c, a in case.by_country("stock draw").items()} == {
        c: (0.0, t, "balance") for c, t in drawn.items()
    }
    beyond = case.by_country("other codes")
    for country, tonnes in b.by_country(b.other_codes_t).items():
        entry, net = beyond.get(country), case.other.net(country)
        if entry is None:
            assert tonnes == 0 == net, country
        elif entry.reason == "balance":
            assert (entry.before, entry.after) == (pytest.approx(net, rel=ROUNDING), tonnes), country
            assert entry.after != entry.before, country
        else:
            assert (entry.before, entry.after, entry.reason) == (None, tonnes, case.other.basis[country]), country
            assert entry.after == pytest.approx(net, rel=ROUNDING), country


def test_only_countries_in_conflict_are_moved(case: Case) -> None:
    """A move is due to a country that uses no more than its least, or to a content factor shared with one."""
    b = case.benchmark
    binding = case.in_conflict
    shared = {exporter for exporter, _, _ in case.log("content factor")}
    stray = [
        (a.item, a.country, a.partner)
        for a in b.log
        if a.reason == "balance" and not ({a.country, a.partner} & binding or a.country in shared or a.item == "content factor")
    ]
    assert stray == []
    suppliers = {a.country for a in b.log if a.item == "trade" and a.partner in binding}
    assert shared <= binding | suppliers
