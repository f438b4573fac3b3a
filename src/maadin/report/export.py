"""Answers for other programs: CSV, JSON and Parquet, with the same column names everywhere."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maadin.facts.table import Note, Table
from maadin.report import words
from maadin.report.excerpt import Excerpt

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark
    from maadin.policy.outcome import Outcome
    from maadin.policy.scenario import Scenario
    from maadin.policy.valued import FundValuation, TerritoryListing
    from maadin.reading.statement import Statement
    from maadin.report.effects import Figure

SCHEMA_VERSION = 1
STATEMENT_COLUMNS = (
    "kind", "metric", "of", "instrument", "direction", "commodity", "country", "actor", "target", "place", "value", "unit", "value_prev", "comparator",
    "quality", "polarity", "year_or_date", "window", "status", "condition", "attributed_to", "stated", "conversion", "confidence", "rule", "lang", "span",
    "text",
)  # fmt: skip
# Units of the columns of a benchmark's tables; a tonne is one of the benchmark's mass basis
BENCHMARK_UNITS = {
    **dict.fromkeys(("production_t", "production_sd_t", "stock_draw_t", "imports_t", "exports_t", "re_exports_t", "other_codes_t"), "tonne"),
    **dict.fromkeys(("use_t", "capacity_t", "trade_t", "traced_t", "published_t", "benchmark_t"), "tonne"),
    **dict.fromkeys(("before", "after", "moved"), "as in the column unit"),
    "value_usd": "USD", "price_usd_per_t": "USD/t", "unit_value_usd_per_t": "USD/t", "wedge": "ratio to the exporter's price",
    **dict.fromkeys(("duty_rate", "export_tax_rate", "rate"), "fraction of the fob value"), "days": "day",
    **dict.fromkeys(("exports_coverage", "imports_coverage", "share_of_use", "share_adjusted", "share_imputed"), "fraction"),
}  # fmt: skip


def to_csv(table: Table) -> str:
    """Rows as CSV; an empty cell is a missing value, whose reason stands in the column `status` where there is one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_defused(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def to_json(table: Table) -> str:
    """Rows as JSON with schema version, what was asked, notes and sources."""
    plain: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "about": {"table": table.about.id, **table.about.values},
        "columns": table.columns,
        "rows": table.records(),
        **_context(table.notes, table.sources),
    }
    return _json(plain)


def statements_csv(statements: Iterable[Statement]) -> str:
    """Statements of a text as CSV, a row each; lists are joined by spaces, a range is two numbers."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, STATEMENT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for s in statements:
        row = s.model_dump(mode="json")
        writer.writerow({n: _defused(" ".join(map(str, v)) if isinstance(v, list) else v) for n, v in row.items()})
    return out.getvalue()


def benchmark_json(b: Benchmark, tables: Mapping[str, Excerpt]) -> str:
    """A benchmark as one document: what it is, tables as lists of rows, units of their columns, notes and sources."""
    plain: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "about": {
            "table": "benchmark", "commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "grade": b.grade,
            "reason": {lang: words.reason(b.commodity, b.stage, b.reason, lang) for lang in words.LANGUAGES},
            "mass_basis": b.mass_basis, "codes": b.codes, "missing_codes": b.missing_codes, "share_adjusted": b.share_adjusted,
            "share_imputed": b.share_imputed,
        },
        "units": BENCHMARK_UNITS,
        **{name: excerpt.table.records() for name, excerpt in tables.items()},
        **_context(b.notes, b.sources),
    }  # fmt: skip
    return _json(plain)


def simulation_json(
    scenario: Scenario, outcome: Outcome | None, valuations: Sequence[FundValuation | TerritoryListing] = (), *, seed: int = 0,
    sampler: str = "sobol", command: str = "", only: Sequence[str] | None = None,
) -> str:  # fmt: skip
    """A simulation as one document: the scenario, results with their intervals, what they rest on; valuations where there are any.

    Parameters
    ----------
    scenario : Scenario
    outcome : Outcome or None
        None for a scenario that does nothing in a market.
    valuations : sequence
        Funds and territories.
    seed, sampler, command
        How the result came about.
    only : sequence of str, optional
        Codes of countries: results of others are left out.
    """
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "scenario": scenario.to_data()}
    results: dict[str, Any] = {}
    if outcome is not None:
        head |= _run(outcome, seed, sampler, command)
        results = _results(outcome, only)
    if valuations:
        results["valued"] = [_valuation(v) for v in valuations]
    parts = [f" {json.dumps(key)}: {_in_lines(value, 1)}" for key, value in (head | results).items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _run(o: Outcome, seed: int, sampler: str, command: str) -> dict[str, Any]:
    """What was simulated and how it went."""
    b = o.market
    return {
        "market": {
            "commodity": b.commodity, "stage": b.stage, "year": b.year, "kind": b.kind, "grade": b.grade,
            "reason": {lang: words.reason(b.commodity, b.stage, b.reason, lang) for lang in words.LANGUAGES}, "mass_basis": b.mass_basis,
            "codes": b.codes, "missing_codes": b.missing_codes, "share_adjusted": b.share_adjusted, "share_imputed": b.share_imputed,
        },
        "status": o.status, "draws": o.draws, "failed": o.failed, "seed": seed, "sampler": sampler, "residual": o.residual,
        "iterations": o.iterations, "command": command,
    }  # fmt: skip


def _results(o: Outcome, only: Sequence[str] | None) -> dict[str, Any]:
    """Figures by country, route, limit and of the world, and what they rest on."""
    from maadin.market.elasticities import described
    from maadin.policy.outcome import VARIABLES
    from maadin.report import effects

    def of(kind: str) -> list[str]:
        return [name for name, variable in VARIABLES.items() if variable.of == kind]

    listed = set(only) if only is not None else set(o.market.countries)
    by_country = {
        name: {code: _levels(figure) for code, figure in effects.by_country(o, name).items() if code in listed} for name in of("country")
    }
    routes: dict[tuple[str, str], dict[str, Any]] = {}
    for name in of("route"):
        for labels, figure in effects.routes(o, name):
            if only is None or listed & set(labels.values()):
                routes.setdefault((labels["exporter"], labels["importer"]), dict(labels))[name] = _levels(figure)
    limits = {name: effects.by_limit(o, name) for name in of("limit")}
    told = described(o.elasticities)
    notes = [{"id": n.id, **n.values} for n in (*o.notes, *o.market.notes, *told.notes)]
    return {
        "variables": by_country,
        "world": {name: _levels(effects.of_world(o, name)) for name in of("world")},
        "routes": list(routes.values()),
        "limits": [{"limit": limit, **{name: _levels(found[limit]) for name, found in limits.items()}} for limit in limits["limit_t"]],
        "origin_traced": {
            code: dict(zip(("before", "after"), shares, strict=True)) for code, shares in o.origin_traced.items() if code in listed
        },
        "latent": [{"exporter": e, "importer": i, "wedge": w} for (e, i), w in o.latent.items()],
        "elasticities": told.records(),
        "measures_in_benchmark": _measures(o.market),
        "notes": notes,
        "sources": [{"source": s, "release": r} for s, r in (*o.market.sources, *told.sources)],
        "units": {name: variable.unit for name, variable in VARIABLES.items()} | {"origin_traced": "1", "wedge": "1"},
    }


def _measures(b: Benchmark) -> list[dict[str, Any]]:
    from maadin.market import tables

    return tables.measures(b).records()


def _levels(figure: Figure) -> dict[str, Any]:
    """A figure before and after, and its change."""
    ends = ("median", "low", "high")
    return {
        "before": figure.before,
        "after": dict(zip(figure._fields[1:], figure[1:], strict=True)),
        "change": dict(zip(ends, figure.change, strict=True)),
        "relative_change": dict(zip(ends, figure.relative, strict=True)),
    }


def _valuation(v: FundValuation | TerritoryListing) -> dict[str, Any]:
    """The tables of a valuation with their notes; the value in the ground never without its warning."""
    names = ("answers", "revenues", "in_ground", "minerals") if len(v.tables()) > 1 else ("minerals",)
    made: dict[str, Any] = {"measure": v.measure.to_data()}
    for name, table in zip(names, v.tables(), strict=True):
        made[name] = {
            "about": {"table": table.about.id, **table.about.values},
            "rows": table.records(),
            **_context(table.notes, table.sources),
        }
    return made


def _in_lines(value: Any, depth: int) -> str:
    """JSON in which the entries of the two outer levels stand a line each; what is not finite is null."""
    if depth < 3 and value and isinstance(value, dict | list | tuple):
        pad = " " * (depth + 1)
        if isinstance(value, dict):
            entries: Iterable[str] = (f"{pad}{json.dumps(str(k), ensure_ascii=False)}: {_in_lines(v, depth + 1)}" for k, v in value.items())
            return "{\n" + ",\n".join(entries) + "\n" + " " * depth + "}"
        entries = (f"{pad}{_in_lines(v, 3)}" for v in value)
        return "[\n" + ",\n".join(entries) + "\n" + " " * depth + "]"
    return json.dumps(_finite(value), ensure_ascii=False, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _context(notes: tuple[Note, ...], sources: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return {
        "notes": [{"id": n.id, **n.values} for n in notes],
        "sources": [{"source": s, "release": r} for s, r in sources],
    }


def _json(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def to_parquet(table: Table, file: Path) -> None:
    """Rows as Parquet, written beside the target and moved into place."""
    import duckdb

    from maadin.errors import DataError

    kinds = [_kind([row[at] for row in table.rows]) for at in range(len(table.columns))]
    beside = file.with_name(f".{file.name}.part")
    quoted = str(beside).replace("'", "''")
    try:
        with duckdb.connect() as connection:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in zip(table.columns, kinds, strict=True))
            connection.execute(f"create table answer ({columns})")
            if table.rows:
                slots = ", ".join("?" * len(table.columns))
                connection.executemany(f"insert into answer values ({slots})", [list(row) for row in table.rows])
            connection.execute(f"copy answer to '{quoted}' (format parquet, compression zstd)")
        beside.replace(file)
    except (duckdb.Error, OSError) as error:
        beside.unlink(missing_ok=True)
        raise DataError(f"cannot be written ({str(error).splitlines()[0]})", file=file) from error


def _kind(values: list[Any]) -> str:
    known = [v for v in values if v is not None]
    if known and all(isinstance(v, bool) for v in known):
        return "BOOLEAN"
    if known and all(isinstance(v, int) for v in known):
        return "BIGINT"
    if known and all(isinstance(v, int | float) for v in known):
        return "DOUBLE"
    return "VARCHAR"


def _defused(cell: Any) -> Any:
    """Text a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@") else cell
