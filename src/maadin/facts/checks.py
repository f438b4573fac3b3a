"""Rules every compiled table keeps, one function a rule; each returns all offenders in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from maadin.errors import ChecksFailed
from maadin.facts import catalogue, regions
from maadin.facts.records import NO_VALUE, Price, Quality, Quantity, Row, SalientFigure, Status
from maadin.facts.sources import wmd

if TYPE_CHECKING:
    import duckdb

FIRST_YEAR, LAST_YEAR = 1900, 2100


def raise_for(problems: Iterable[str], what: str) -> None:
    """Raise ChecksFailed if there is any problem."""
    listed = list(problems)
    if listed:
        raise ChecksFailed(what, listed)


def check_rows(table: str, rows: Sequence[Row]) -> list[str]:
    """All rules that apply to a table's rows."""
    return [f"{table}: {problem}" for rule in _RULES for problem in rule(rows)]


def check_flows(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Rules for the table `flows`: one row a flow, known partners, whole positive amounts, plausible years."""
    rules = {
        "stands more than once": """select series, year, hs6, exporter, importer from flows
            group by all having count(*) > 1""",
        "has a negative or missing value": """select series, year, hs6, exporter, importer from flows
            where value_usd is null or value_usd < 0 or quantity_kg < 0""",
        "has a malformed code": r"""select series, year, hs6, exporter, importer from flows
            where not regexp_full_match(hs6, '[0-9]{4}([0-9]{2})?')""",
        "has an impossible year": f"""select series, year, hs6, exporter, importer from flows
            where year not between {FIRST_YEAR} and {LAST_YEAR}""",
    }
    problems = []
    for words, query in rules.items():
        for row in connection.execute(f"select * from ({query}) order by all limit 20").fetchall():
            problems.append(f"trade: {' '.join(str(cell) for cell in row)} {words}")
    codes = connection.execute("select exporter from flows union select importer from flows order by 1").fetchall()
    return problems + [f"trade: unknown country code {c!r}" for (c,) in codes if not regions.is_code(c)]


def _unique_keys(rows: Sequence[Row]) -> list[str]:
    """One figure for one thing, year, source and release."""
    keys = Counter(_key(row) for row in rows if isinstance(row, Quantity | SalientFigure | Price))
    return [f"{' '.join(str(k) for k in key)} stands {n} times" for key, n in keys.items() if n > 1]


def _known_commodities(rows: Sequence[Row]) -> list[str]:
    known = catalogue.commodities()
    used = {c for r in rows for c in str(getattr(r, "commodity", "")).split(";") if c}
    return [f"unknown commodity {c!r}" for c in sorted(used - known.keys())]


def _known_countries(rows: Sequence[Row]) -> list[str]:
    used = {c for r in rows for c in str(getattr(r, "country", "")).split("+") if c}
    return [f"unknown country code {c!r}" for c in sorted(used) if not regions.is_code(c)]


def _value_fits_status(rows: Sequence[Row]) -> list[str]:
    """A value is empty exactly where the status says there is none; zero is zero; bounds enclose the value."""
    problems = []
    for row in rows:
        if not isinstance(row, Quantity | SalientFigure | Price):
            continue
        status, value = Status(row.status), row.value
        Quality(row.quality)
        words = None
        if (value is None) != (status in NO_VALUE):
            words = f"status {status} with value {value}"
        elif value is not None and not math.isfinite(value):
            words = f"value {value}"
        elif (value == 0) != (status is Status.ZERO) and status is not Status.RANGE:
            words = f"status {status} with value {value}"
        elif value is not None and not (row.low is None or row.low <= value) & (row.high is None or value <= row.high):
            words = f"value {value} outside its bounds {row.low}-{row.high}"
        if words:
            problems.append(f"{' '.join(str(k) for k in _key(row))}: {words} (printed {row.value_printed!r})")
    return problems


def _no_negative_quantities(rows: Sequence[Row]) -> list[str]:
    return [f"{' '.join(map(str, _key(r)))}: {r.value} {r.unit}" for r in rows if isinstance(r, Quantity) and (r.value or 0) < 0]


def _units_of_the_catalogue(rows: Sequence[Row]) -> list[str]:
    known = catalogue.commodities()
    found = {(r.commodity, r.unit) for r in rows if isinstance(r, Quantity) and r.commodity in known}
    return [f"{c} is in {unit!r}, the catalogue says {known[c].unit!r}" for c, unit in sorted(found) if unit != known[c].unit]


def _plausible_years(rows: Sequence[Row]) -> list[str]:
    years = {r.year for r in rows if isinstance(r, Quantity | SalientFigure | Price)}
    return [f"impossible year {y}" for y in sorted(years) if not FIRST_YEAR <= y <= LAST_YEAR]


def _countries_add_up(rows: Sequence[Row]) -> list[str]:
    """World Mining Data's countries sum to its printed world total, but for the gaps listed with a reason."""
    return wmd.check(r for r in rows if isinstance(r, Quantity) and r.source == "wmd")


def _key(row: Quantity | SalientFigure | Price) -> tuple[object, ...]:
    if isinstance(row, Quantity):
        return (row.commodity, row.stage, row.form, row.mass_basis, row.country, row.year, row.release)
    if isinstance(row, SalientFigure):
        return (row.commodity, row.variable, row.form, row.year, row.release)
    return (row.commodity, row.item, row.basis, row.year, row.month, row.release)


_RULES: tuple[Callable[[Sequence[Row]], list[str]], ...] = (
    _unique_keys,
    _known_commodities,
    _known_countries,
    _value_fits_status,
    _no_negative_quantities,
    _units_of_the_catalogue,
    _plausible_years,
    _countries_add_up,
)
