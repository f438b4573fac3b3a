"""Answers for other programs: CSV, JSON and Parquet, with the same column names everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maadin.facts.table import Note, Table
from maadin.report import words
from maadin.report.excerpt import Excerpt

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark

SCHEMA_VERSION = 1
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
