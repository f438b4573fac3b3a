"""From rows of the user's own tables to a benchmark, or to a list of everything that is wrong with them.

For every country, in tonnes, with terms as in `maadin.market.benchmark`,

    production + stock draw + imports - exports - other codes - use = 0                            (1)
    own use = max(0, production + stock draw - exports - other codes)                              (2)

Use and own use that are not given follow from these; where they are given they must agree with them. Labels become arrays here, as in
`maadin.market.assembly` for published figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maadin.errors import DataError
from maadin.facts.checks import raise_for
from maadin.facts.table import Note
from maadin.market import tables
from maadin.market.adjustments import Adjustment, Item
from maadin.market.benchmark import Benchmark
from maadin.market.own.about import About, Records, with_year
from maadin.market.own.prices import Prices, prices
from maadin.market.own.rows import Floats, Labels, Number, Row, Rows, column_problems, flags, nearest, numbers, texts
from maadin.market.tracing import re_exports

# Figures that should agree may differ by so much of a country's throughput, its supply or what becomes of it, whichever is more; ...
BALANCE = 1e-6
FLOOR = 1e-9  # ... and by so much of the market's largest throughput, since small countries are printed with as few decimals as large ones
ROUNDING = 1e-12  # own use below this part of the throughput is what sums in floating point leave, and counts as none
MOST_COUNTRIES = 1000  # matrices of more do not fit into memory many times over

_TONNES = Number("tonnes, >= 0")
_RATE = Number("a fraction of the fob value, 0.25 for 25%", high=10.0)
_PART = Number("a fraction from 0 to 1", high=1.0)
COUNTRY_NUMBERS: Mapping[str, Number] = {
    "production_t": _TONNES, "production_sd_t": _TONNES, "stock_draw_t": Number("tonnes taken from stocks, >= 0 (count what is added as use)"),
    "other_codes_t": _TONNES, "use_t": _TONNES, "imports_t": _TONNES, "exports_t": _TONNES, "re_exports_t": _TONNES, "capacity_t": _TONNES,
    "price_usd_per_t": Number("USD per tonne, > 0", positive=True), "exports_coverage": _PART, "imports_coverage": _PART,
}  # fmt: skip
RATE_NUMBERS: Mapping[str, Number] = {"duty_rate": _RATE, "export_tax_rate": _RATE}
FLOW_NUMBERS: Mapping[str, Number] = {
    "trade_t": _TONNES, "value_usd": Number("USD, >= 0"), "unit_value_usd_per_t": Number("USD per tonne, >= 0"),
    "wedge": Number("unit value over the exporter's price, > 0", positive=True), **RATE_NUMBERS,
}  # fmt: skip
DUTY_COLUMNS = ("exporter", "importer", *RATE_NUMBERS)


@dataclass(frozen=True, slots=True)
class OwnTables:
    """Tables of countries and of flows, and rates on routes that may have no flow."""

    countries: Rows
    flows: Rows
    duties: Rows | None = None


@dataclass(frozen=True, slots=True)
class _Countries:
    labels: tuple[str, ...]
    where: tuple[str, ...]
    numbers: Mapping[str, Floats]
    basis: tuple[str, ...]
    is_world_average: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class _Routes:
    exporter: NDArray[np.intp]
    importer: NDArray[np.intp]
    where: tuple[str, ...]
    numbers: Mapping[str, Floats]

    def matrix(self, column: str, n: int, usual: float) -> Floats:
        """A column as an array (exporter, importer) with the usual value where there is no row."""
        made = np.full((n, n), usual)
        made[self.exporter, self.importer] = self.numbers[column]
        return made

    def row(self, exporter: int, importer: int) -> str:
        """Where the row of a route stands."""
        return self.where[int(np.flatnonzero((self.exporter == exporter) & (self.importer == importer))[0])]


@dataclass(frozen=True, slots=True)
class _Quantities:
    stock_draw: Floats
    other_codes: Floats
    use: Floats
    own_use: Floats
    filled: tuple[Adjustment, ...]


def benchmark(own: OwnTables, about: About, records: Records, what: str) -> Benchmark:
    """The benchmark that tables describe.

    Parameters
    ----------
    own : OwnTables
        Tables as they came.
    about : About
    records : Records
    what : str
        What is read, for messages.

    Raises
    ------
    ChecksFailed
        If columns, labels or cells are wrong, and if they are right but do not balance; each time all offenders are listed.
    """
    countries, flows, extra = _read(own, about, what)
    n, problems = len(countries.labels), list[str]()
    trade = flows.matrix("trade_t", n, 0.0)
    np.fill_diagonal(trade, 0.0)
    settle = _as_traded if about.kind == "imports_only" else _balanced
    settled = settle(own, countries, flows, trade, problems)
    priced = _priced(countries, flows, trade, problems)
    rates = {name: _rates(name, countries, flows, extra, problems) for name in RATE_NUMBERS}
    raise_for(problems, f"{what} does not hold together")
    np.fill_diagonal(trade, settled.own_use)
    year, notes = with_year(about.year, (*about.notes, *([Note("benchmark_no_values")] if priced.unknown else [])))
    made = countries.numbers
    return Benchmark(
        commodity=about.commodity, stage=about.stage, year=year, kind=about.kind, grade=about.grade, reason=about.reason,
        mass_basis=about.mass_basis, codes=about.codes, missing_codes=about.missing_codes, countries=countries.labels,
        production_t=made["production_t"], production_sd_t=made["production_sd_t"], stock_draw_t=settled.stock_draw,
        other_codes_t=settled.other_codes, use_t=settled.use, trade_t=trade, price_usd_per_t=priced.price,
        price_is_world_average=priced.is_world_average, wedge=priced.wedge,
        duty_rate=rates["duty_rate"], export_tax_rate=rates["export_tax_rate"], capacity_t=made["capacity_t"],
        exports_coverage=made["exports_coverage"], imports_coverage=made["imports_coverage"], production_basis=countries.basis,
        share_adjusted=about.share_adjusted, share_imputed=about.share_imputed, log=(*records.log, *settled.filled),
        applied=records.applied, known=records.known, notes=notes, sources=about.sources,
    )  # fmt: skip


def _read(own: OwnTables, about: About, what: str) -> tuple[_Countries, _Routes, _Routes | None]:
    """Columns, labels and cells of all tables; raises if any of them is wrong."""
    made = ("production_t",) if about.kind == "balanced" else ()
    problems = column_problems(own.countries, ("country", *made), tables.COUNTRY_COLUMNS)
    problems += column_problems(own.flows, ("exporter", "importer", "trade_t"), tables.FLOW_COLUMNS)
    if own.duties:
        problems += column_problems(own.duties, ("exporter", "importer"), DUTY_COLUMNS)
    raise_for(problems, f"columns of {what}")
    if len(own.countries.rows) > MOST_COUNTRIES:
        raise DataError(f"has {len(own.countries.rows):,} rows; expected at most {MOST_COUNTRIES:,} countries", file=own.countries.name)
    labels = Labels(free=about.labels == "free", literal=about.countries)
    countries = _countries(own.countries, labels, about, problems)
    flows = _routes(own.flows, FLOW_NUMBERS, ("trade_t",), own.countries.name, countries.labels, labels, problems)
    extra = _routes(own.duties, RATE_NUMBERS, (), own.countries.name, countries.labels, labels, problems) if own.duties else None
    raise_for(problems, f"cells of {what}")
    return countries, flows, extra


def _countries(rows: Rows, labels: Labels, about: About, problems: list[str]) -> _Countries:
    found: dict[str, Row] = {}
    for row in rows.rows:
        label, wrong = labels.read(row.cells.get("country"))
        if wrong:
            problems.append(f"{row.where}, country: {wrong}")
        elif label in found:
            problems.append(f"{row.where}, country: {label} stands in {found[label].where} already")
        else:
            found[label] = replace(row, where=f"{row.where} ({label})")
    if not rows.rows:
        problems.append(f"{rows.name}: holds no rows; expected one a country")
    if about.countries:
        problems += [f"{found[c].where}, country: is not in the list of countries of about.json" for c in found if c not in about.countries]
        problems += [f"{rows.name}: there is no row for {c!r}, which about.json lists" for c in about.countries if c not in found]
        found = {c: found[c] for c in about.countries if c in found}
    ordered = Rows(rows.name, rows.columns, tuple(found.values()))
    required = ("production_t",) if about.kind == "balanced" else ()
    read = {name: numbers(ordered, name, expected, problems, required=name in required) for name, expected in COUNTRY_NUMBERS.items()}
    basis = texts(ordered, "production_basis", problems)
    if "production_basis" not in rows.columns:
        basis = ["own data" if made > 0 else "" for made in read["production_t"].tolist()]
    average = flags(ordered, "price_is_world_average", problems)
    return _Countries(tuple(found), tuple(r.where for r in ordered.rows), read, tuple(basis), tuple(average))


def _routes(
    rows: Rows, columns: Mapping[str, Number], required: Sequence[str], of: str, known: Sequence[str], labels: Labels, problems: list[str]
) -> _Routes:
    at = {label: n for n, label in enumerate(known)}
    found: dict[tuple[str, str], Row] = {}
    for row in rows.rows:
        ends = []
        for side in ("exporter", "importer"):
            label, wrong = labels.read(row.cells.get(side))
            if not wrong and label not in at:
                wrong = f"{label!r} has no row in {of}{nearest(label, known)}"
            if wrong:
                problems.append(f"{row.where}, {side}: {wrong}")
            else:
                ends.append(label)
        if len(ends) < 2:
            continue
        route = (ends[0], ends[1])
        if route in found:
            problems.append(f"{row.where}: the route {ends[0]} -> {ends[1]} stands in {found[route].where} already")
        else:
            found[route] = replace(row, where=f"{row.where} ({ends[0]} -> {ends[1]})")
    kept = Rows(rows.name, rows.columns, tuple(found.values()))
    read = {name: numbers(kept, name, expected, problems, required=name in required) for name, expected in columns.items()}
    exporter = np.array([at[e] for e, _ in found], dtype=np.intp)
    importer = np.array([at[i] for _, i in found], dtype=np.intp)
    return _Routes(exporter, importer, tuple(r.where for r in kept.rows), read)


def _balanced(own: OwnTables, countries: _Countries, flows: _Routes, trade: Floats, problems: list[str]) -> _Quantities:
    """Stock draw, other codes, use and own use by equations 1 and 2; the diagonal of `trade` is empty."""
    own_use = _own_use(flows, len(trade))
    given, filled = countries.numbers, list[Adjustment]()
    made = given["production_t"]
    stock = _or_nothing("stock_draw_t", "stock draw", own, countries, filled)
    other = _or_nothing("other_codes_t", "other codes", own, countries, filled)
    exports, imports = trade.sum(axis=1), trade.sum(axis=0)
    surplus = made + stock + imports - exports - other
    use = np.where(np.isnan(given["use_t"]), surplus, given["use_t"])
    tolerance, throughput = _tolerance(made + stock + imports, exports + other + np.maximum(use, 0.0))
    for i in np.flatnonzero(np.abs(surplus - use) > tolerance).tolist():
        parts = {
            "production": made[i], "stock draw": stock[i], "imports": imports[i], "exports": -exports[i], "other codes": -other[i],
            "use": -use[i],
        }  # fmt: skip
        terms = " ".join(f"{'-' if v < 0 else '+'} {name} {tonnes(abs(v))}" for name, v in parts.items() if v or name == "use")
        problems.append(
            f"{countries.where[i]}: {terms.removeprefix('+ ')} leaves {tonnes(surplus[i] - use[i])} t; expected 0 ± {tonnes(tolerance[i])} t"
        )
    for i in np.flatnonzero(use < -tolerance).tolist():
        problems.append(
            f"{countries.where[i]}, use_t: is not given, and what leaves the country is {tonnes(-use[i])} t more than production, stock draw "
            f"and imports ({tonnes(exports[i] + other[i])} t against {tonnes(made[i] + stock[i] + imports[i])} t)"
        )
    at_home = np.maximum(made + stock - exports - other, 0.0)
    for i in np.flatnonzero(np.abs(own_use - at_home) > tolerance).tolist():
        problems.append(
            f"{flows.row(i, i)}, trade_t: own supply used at home is {tonnes(own_use[i])} t; "
            f"production and stock draw less exports and other codes are {tonnes(at_home[i])} t. Without that row it is computed"
        )
    _same("re_exports_t", countries, re_exports(made + stock, trade, other), tolerance, problems)
    _same("imports_t", countries, imports, tolerance, problems)
    _same("exports_t", countries, exports, tolerance, problems)
    at_home = np.where(at_home <= ROUNDING * throughput, 0.0, at_home)
    return _Quantities(stock, other, np.maximum(use, 0.0), np.where(np.isnan(own_use), at_home, own_use), tuple(filled))


def _as_traded(_: OwnTables, countries: _Countries, flows: _Routes, trade: Floats, problems: list[str]) -> _Quantities:
    """Use is what is imported, and nothing else is counted."""
    given, n = countries.numbers, len(countries.labels)
    exports, imports = trade.sum(axis=1), trade.sum(axis=0)
    tolerance = _tolerance(exports, imports)[0]
    for name in ("production_t", "production_sd_t"):
        problems += [
            f"{countries.where[i]}, {name}: output is not counted in a market of kind imports_only; expected an empty cell"
            for i in np.flatnonzero(~np.isnan(given[name])).tolist()
        ]
    for name in ("stock_draw_t", "other_codes_t", "re_exports_t"):
        _same(name, countries, np.zeros(n), tolerance, problems)
    for name, traded in {"use_t": imports, "imports_t": imports, "exports_t": exports}.items():
        _same(name, countries, traded, tolerance, problems)
    problems += [
        f"{flows.row(i, i)}, trade_t: is own use, which a market of kind imports_only leaves out"
        for i in np.flatnonzero(_own_use(flows, n) > 0).tolist()
    ]
    use = np.where(np.isnan(given["use_t"]), imports, given["use_t"])
    return _Quantities(np.zeros(n), np.zeros(n), use, np.zeros(n), ())


def _own_use(flows: _Routes, n: int) -> Floats:
    """Own supply used at home as it is given, array (country,), tonnes; NaN where it is not."""
    return np.asarray(np.diag(flows.matrix("trade_t", n, np.nan)))


def _or_nothing(column: str, item: Item, own: OwnTables, countries: _Countries, filled: list[Adjustment]) -> Floats:
    """A column whose figures are zero where none is given; an empty cell, unlike an absent column, is put in the log."""
    given = countries.numbers[column]
    unknown = np.isnan(given)
    if column in own.countries.columns:
        filled += [Adjustment(item, countries.labels[i], "", "", None, 0.0, "tonne", "own_data") for i in np.flatnonzero(unknown).tolist()]
    return np.where(unknown, 0.0, given)


def _tolerance(supply: Floats, uses: Floats) -> tuple[Floats, Floats]:
    """By how much figures of a country may differ, and its throughput, arrays (country,), tonnes."""
    throughput = np.maximum(supply, uses)
    return BALANCE * throughput + FLOOR * throughput.max(), throughput


def _same(column: str, countries: _Countries, expected: Floats, tolerance: Floats, problems: list[str]) -> None:
    """A column that follows from others agrees with them where it is given."""
    given = countries.numbers[column]
    for i in np.flatnonzero(np.abs(given - expected) > tolerance).tolist():
        problems.append(
            f"{countries.where[i]}, {column}: is {tonnes(given[i])} t; the other figures make it {tonnes(expected[i])} t. "
            "Without the column it is computed"
        )


def _priced(countries: _Countries, flows: _Routes, trade: Floats, problems: list[str]) -> Prices:
    found = prices(countries.where, countries.numbers["price_usd_per_t"], flows, trade, problems)
    said = [
        computed if given is None else given for given, computed in zip(countries.is_world_average, found.is_world_average, strict=True)
    ]
    return replace(found, is_world_average=np.array(said, dtype=np.bool_))


def _rates(name: str, countries: _Countries, flows: _Routes, extra: _Routes | None, problems: list[str]) -> Floats:
    """Rates of the table of flows and of the one of duties, zero where neither gives any."""
    n = len(countries.labels)
    rates = flows.matrix(name, n, np.nan)
    if extra:
        also = extra.matrix(name, n, np.nan)
        for e, i in zip(*np.nonzero(~np.isnan(rates) & ~np.isnan(also) & (rates != also)), strict=True):
            problems.append(f"{extra.row(e, i)}, {name}: is {also[e, i]:g}; the table of flows has {rates[e, i]:g} for this route")
        rates = np.where(np.isnan(rates), also, rates)
    rates = np.where(np.isnan(rates), 0.0, rates)
    for i in np.flatnonzero(np.diag(rates)).tolist():
        problems.append(f"{countries.where[i]}, {name}: is {rates[i, i]:g} on own supply used at home; expected none")
    return rates


def tonnes(amount: float) -> str:
    """An amount for a message."""
    return f"{amount:,.3f}".rstrip("0").rstrip(".") if abs(amount) >= 1 or amount == 0 else f"{amount:.3g}"
