"""From published figures to a benchmark: the one seam where labels become arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.ask.quantities import rows_of
from maadin.facts.catalogue import Factor
from maadin.facts.records import TradeMeasure
from maadin.facts.selection import Market
from maadin.facts.sources.measures import exemptions
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note
from maadin.market.adjustments import Adjustment
from maadin.market.benchmark import Benchmark
from maadin.market.duties import duties
from maadin.market.flows import LEAST_KNOWN, Flow, Traded, traded
from maadin.market.known_figures import UNITED_STATES, KnownFigure, united_states
from maadin.market.other_codes import OtherCodes, other_codes
from maadin.market.output import Output, outputs
from maadin.market.prices import prices_and_wedges
from maadin.market.reconcile import Floats, Ints, Problem, Reconciled, reconcile

# Of a country's throughput: standard deviation of its supply from stocks and scrap, an assumption; net exports where no output is listed
STOCK_SHARE = 0.03
OTHER_RANGE = 2.0  # standard deviations that exports in other codes may move


def assemble(commodity: str, year: int, stage: str | None = None, store: Store | None = None) -> Benchmark:
    """The benchmark of a market; `Benchmark.from_facts` keeps it in a cache.

    Raises
    ------
    LabelError, InputError, ReconciliationError
        As `Benchmark.from_facts`.
    """
    opened = store or default_store()
    market = selection.market(commodity, stage)
    if market.stage.grade == "C":
        raise InputError(f"{market.commodity.names.en} ({market.stage.id}) cannot be balanced: {market.stage.reason.en}")
    trade = traded(opened, market, year)
    if not trade.flows:
        raise InputError(_no_trade(opened, market, year))
    prior = _prior(opened, market, trade, year)
    solved = reconcile(prior.problem) if prior.output else _as_traded(prior.problem)
    return _benchmark(opened, market, year, trade, prior, solved)


def _no_trade(store: Store, market: Market, year: int) -> str:
    name = f"{market.commodity.names.en} ({market.stage.id})"
    known = store.rows(
        """select year, sum(quantity_kg) > 0 from trade where hs6 in (select unnest(?::varchar[])) and series like 'baci-%'
        group by year order by year""",
        [list(market.codes)],
    )
    if not known:
        return f"no trade in the codes of {name} is at hand: {', '.join(market.codes) or 'none are listed'}"
    if year in [y for y, _ in known]:
        weighed = [y for y, has in known if has]
        if year in weighed:
            return f"tonnes of the trade of {name} in {year} are known for less than {LEAST_KNOWN:.0%} of its value: too little for a benchmark"
        if not weighed:
            return f"the trade of {name} is known by value only, in {year} as in every other year"
        spread = f"{weighed[0]}-{weighed[-1]}" if len(weighed) > 1 else str(weighed[0])
        return (
            f"the trade of {name} in {year} is known by value only, and no price series reaches from {year} to years with tonnes ({spread})"
        )
    return f"no trade of {name} is at hand for {year}; expected {known[0][0]}-{known[-1][0]}"


@dataclass(frozen=True, slots=True)
class _Prior:
    """Figures before reconciliation with the labels of their positions."""

    countries: tuple[str, ...]
    factors: tuple[tuple[str, str], ...]  # exporter, code
    output: Mapping[str, Output]
    other: OtherCodes
    problem: Problem


def _prior(store: Store, market: Market, trade: Traded, year: int) -> _Prior:
    content = {c.code: c for c in trade.codes}

    def factor(flow: Flow) -> Factor:
        return content[flow.code].factor_for(flow.exporter)

    exported: dict[str, float] = {}
    imported: dict[str, float] = {}
    for flow in trade.flows:
        tonnes = factor(flow).mid * flow.gross_t
        exported[flow.exporter] = exported.get(flow.exporter, 0.0) + tonnes
        imported[flow.importer] = imported.get(flow.importer, 0.0) + tonnes
    output = outputs(store, market, year, {c: exported.get(c, 0.0) - imported.get(c, 0.0) for c in exported | imported})
    beyond = other_codes(store, market, trade.missing, year, {c: o.value_t for c, o in output.items()})
    us_exports = united_states(store, market.commodity.id, market.stage, year, "exports") if trade.missing else None
    us_beyond = max(0.0, us_exports[0] - exported.get(UNITED_STATES, 0.0)) if us_exports else 0.0
    if us_exports and beyond.year is None:
        us_imports = united_states(store, market.commodity.id, market.stage, year, "imports") or (0.0, "", "")
        beyond = beyond.published(UNITED_STATES, us_beyond, max(0.0, us_imports[0] - imported.get(UNITED_STATES, 0.0)))
    traders = {f.exporter for f in trade.flows} | {f.importer for f in trade.flows}
    makers = {c for c, o in output.items() if o.value_t > 0 or o.deviation_t > 0}
    countries = tuple(sorted(traders | makers | {c for c in beyond.exports if beyond.net(c) > 0}))
    at = {c: n for n, c in enumerate(countries)}
    factors = tuple(sorted({(f.exporter, f.code) for f in trade.flows}))
    factor_at = {key: n for n, key in enumerate(factors)}
    bounds = {(f.exporter, f.code): factor(f) for f in trade.flows}

    def column(values: Mapping[str, float]) -> Floats:
        return np.array([values.get(c, 0.0) for c in countries])

    exporter = np.array([at[f.exporter] for f in trade.flows], dtype=np.intp)
    importer = np.array([at[f.importer] for f in trade.flows], dtype=np.intp)
    gross = np.array([f.gross_t for f in trade.flows])
    factor_of = np.array([factor_at[f.exporter, f.code] for f in trade.flows], dtype=np.intp)
    mid, low, high = (np.array([getattr(bounds[k], name) for k in factors]) for name in ("mid", "low", "high"))
    made = column({c: o.value_t for c, o in output.items()})
    flows = mid[factor_of] * gross
    n = len(countries)
    other = column({c: beyond.net(c) for c in beyond.exports}) if output else np.zeros(n)
    other_sd = np.where(other > 0, column(beyond.deviation), 0.0)
    other_high = other + OTHER_RANGE * other_sd
    if UNITED_STATES in at:
        us = at[UNITED_STATES]
        other_high[us] = max(other_high[us], us_beyond)
    exports, imports = np.bincount(exporter, flows, n) + other, np.bincount(importer, flows, n)
    unlisted = np.array([c not in output for c in countries])
    stock_sd = np.maximum(STOCK_SHARE * (made + exports + imports), np.where(unlisted, exports - imports, 0.0))
    problem = Problem(
        output=made, output_sd=column({c: o.deviation_t for c, o in output.items()}), stock_sd=stock_sd,
        exporter=exporter, importer=importer, gross=gross, error=np.array([f.error for f in trade.flows]),
        factor_of=factor_of, factor=mid, factor_low=low, factor_high=high,
        other=other, other_low=np.maximum(other - OTHER_RANGE * other_sd, 0.0), other_high=other_high, other_sd=other_sd,
    )  # fmt: skip
    return _Prior(countries, factors, output, beyond, problem)


def _as_traded(p: Problem) -> Reconciled:
    """Where no output is counted nothing can conflict: supply is what is exported, use what is imported."""
    n = len(p.output)
    nothing = np.zeros(n)
    imports = np.asarray(np.bincount(p.importer, p.flows, n), dtype=np.float64)
    return Reconciled(np.full(n, np.nan), nothing, nothing, imports, p.flows, p.factor, nothing, 0)


def _benchmark(store: Store, market: Market, year: int, trade: Traded, prior: _Prior, solved: Reconciled) -> Benchmark:
    p, countries, balanced = prior.problem, prior.countries, bool(prior.output)
    n = len(countries)
    matrix = _matrix(n, p.exporter, p.importer, solved.flows)
    if balanced:
        np.fill_diagonal(matrix, np.maximum(solved.output + solved.stock_draw - matrix.sum(axis=1) - solved.other, 0.0))
    gross = solved.factor[p.factor_of] * p.gross
    printed_value = np.array([f.value_usd for f in trade.flows])
    value = printed_value * np.divide(solved.flows, gross, out=np.ones_like(gross), where=gross > 0)
    price, average, wedge = prices_and_wedges(matrix, _matrix(n, p.exporter, p.importer, value))
    measures = [TradeMeasure(*row) for row in store.rows("select * from measures")]
    rates = duties(measures, exemptions(measures), market.commodity.id, [c.code for c in trade.codes], year, countries)
    log = _log(trade.flows, prior, solved)
    printed = _printed(trade.flows, prior)
    told = ~np.isnan(printed)
    moved = np.abs(solved.flows[told] - printed[told]).sum() / max(np.maximum(solved.flows, printed)[told].sum(), 1e-12)
    exports_covered, imports_covered = _coverage(matrix, prior, trade)
    made = solved.output
    capacity = _capacity(store, market, year)
    return Benchmark(
        commodity=market.commodity.id, stage=market.stage.id, year=year, kind="balanced" if balanced else "imports_only",
        grade=market.stage.grade, reason=market.stage.reason.en, mass_basis=market.stage.mass_basis,
        codes=tuple(c.code for c in trade.codes), missing_codes=tuple(c.code for c in trade.missing), countries=countries,
        production_t=made, production_sd_t=p.output_sd if balanced else np.full(n, np.nan), stock_draw_t=solved.stock_draw,
        other_codes_t=solved.other, use_t=solved.use, trade_t=matrix, price_usd_per_t=price, price_is_world_average=average, wedge=wedge,
        duty_rate=rates.duty_rate, export_tax_rate=rates.export_tax_rate,
        capacity_t=np.array([capacity.get(c, np.nan) for c in countries]),
        exports_coverage=exports_covered, imports_coverage=imports_covered,
        production_basis=tuple(prior.output[c].basis if c in prior.output else "" for c in countries),
        share_adjusted=float(moved), share_imputed=float(solved.flows[~told].sum() / max(solved.flows.sum(), 1e-12)),
        log=log, applied=rates.applied, known=_known(store, market, year, prior, solved, matrix),
        notes=_notes(trade, prior, balanced=balanced),
        sources=tuple(sorted({*trade.releases, *((o.source, o.release) for o in prior.output.values())})),
    )  # fmt: skip


def _matrix(n: int, exporter: Ints, importer: Ints, flows: Floats) -> Floats:
    return np.asarray(np.bincount(exporter * n + importer, flows, n * n).reshape(n, n), dtype=np.float64)


def _printed(flows: Sequence[Flow], prior: _Prior) -> Floats:
    """Flows as printed in the mass basis, NaN where no quantity is printed."""
    gross = np.array([np.nan if f.printed_t is None else f.printed_t for f in flows])
    return np.asarray(prior.problem.factor[prior.problem.factor_of] * gross)


def _log(flows: Sequence[Flow], prior: _Prior, solved: Reconciled) -> tuple[Adjustment, ...]:
    p, names = prior.problem, prior.countries
    log: list[Adjustment] = []
    for at, (before, after) in enumerate(zip(_printed(flows, prior).tolist(), solved.flows.tolist(), strict=True)):
        if before != after:
            flow = flows[at]
            shown = None if flow.printed_t is None else before
            log.append(Adjustment("trade", flow.exporter, flow.importer, flow.code, shown, after, "tonne", flow.reason or "balance"))
    for at in np.flatnonzero(p.factor != solved.factor).tolist():
        exporter, code = prior.factors[at]
        log.append(Adjustment("content factor", exporter, "", code, p.factor[at], solved.factor[at], "tonne/tonne", "balance"))
    if prior.output:
        for country, made, before in zip(names, solved.output.tolist(), p.output.tolist(), strict=True):
            source = prior.output.get(country)
            if made != before:
                log.append(Adjustment("production", country, "", "", before, made, "tonne", "balance"))
            elif source and source.basis != "printed":
                log.append(Adjustment("production", country, "", "", None, made, "tonne", source.basis))
        for country, drawn in zip(names, solved.stock_draw.tolist(), strict=True):
            if drawn:
                log.append(Adjustment("stock draw", country, "", "", 0.0, drawn, "tonne", "balance"))
        for country, after, before in zip(names, solved.other.tolist(), p.other.tolist(), strict=True):
            if after != before:
                log.append(Adjustment("other codes", country, "", "", before, after, "tonne", "balance"))
            elif after:
                log.append(Adjustment("other codes", country, "", "", None, after, "tonne", prior.other.basis[country]))
    return tuple(sorted(log, key=lambda a: (a.unit != "tonne", -a.moved, a.country, a.partner, a.code)))


def _coverage(matrix: Floats, prior: _Prior, trade: Traded) -> tuple[Floats, Floats]:
    """Part of exports and of imports in all codes that the codes at hand show."""
    between = matrix - np.diag(np.diag(matrix))
    shown = (between.sum(axis=1), between.sum(axis=0))
    if not trade.missing:
        return tuple(np.where(s > 0, 1.0, np.nan) for s in shown)  # type: ignore[return-value]
    covered = []
    for side, amounts in zip(shown, (prior.other.exports, prior.other.imports), strict=True):
        beyond = np.array([amounts.get(c, np.nan) for c in prior.countries])
        covered.append(np.divide(side, side + beyond, out=np.full_like(side, np.nan), where=side + beyond > 0))
    return covered[0], covered[1]


def _capacity(store: Store, market: Market, year: int) -> dict[str, float]:
    """Printed capacity by country for the year, newest release first; of the nearest printed year where that one has none."""
    found: dict[str, tuple[int, str, float]] = {}
    for row in rows_of("capacity", market.commodity.id, store):
        if row["stage"] != market.stage.id or row["value"] is None or row["unit"] != "tonne":
            continue
        key = (abs(row["year"] - year), row["release"])
        known = found.get(row["country"])
        if known is None or (-key[0], key[1]) > (-known[0], known[1]):
            found[row["country"]] = (*key, float(row["value"]))
    return {c: v for c, (_, _, v) in found.items()}


def _known(store: Store, market: Market, year: int, prior: _Prior, solved: Reconciled, matrix: Floats) -> tuple[KnownFigure, ...]:
    if UNITED_STATES not in prior.countries or not prior.output:
        return ()
    at = prior.countries.index(UNITED_STATES)
    imports, exports = matrix[:, at].sum() - matrix[at, at], matrix[at].sum() - matrix[at, at]
    ours = {"apparent_consumption": solved.use[at], "reported_consumption": solved.use[at], "imports": imports, "exports": exports}
    found = []
    for quantity, amount in ours.items():
        if printed := united_states(store, market.commodity.id, market.stage, year, quantity):
            value, form, release = printed
            found.append(KnownFigure(UNITED_STATES, quantity, form, value, float(amount), year, "usgs_mcs", release))
    return tuple(found)


def _notes(trade: Traded, prior: _Prior, *, balanced: bool) -> tuple[Note, ...]:
    notes = []
    if not balanced:
        notes.append(Note("benchmark_imports_only"))
    if trade.missing:
        codes = tuple(c.code for c in trade.missing)
        if prior.other.year is None:
            notes.append(Note("benchmark_codes_unknown", {"codes": codes}))
        elif balanced:
            notes.append(Note("benchmark_codes_from_headings", {"codes": codes, "year": prior.other.year}))
    if trade.partial:
        notes.append(Note("benchmark_partial", {"codes": trade.partial}))
    if trade.imputed:
        notes.append(Note("benchmark_imputed", {"codes": trade.imputed}))
    guessed = tuple(c for c, o in prior.output.items() if o.basis in ("net exports", "nearest year"))
    if guessed:
        notes.append(Note("benchmark_output_estimated", {"countries": guessed}))
    return tuple(notes)
