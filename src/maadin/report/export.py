"""Answers for other programs: CSV, JSON and Parquet, with the same column names everywhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from maadin.facts.table import Table

SCHEMA_VERSION = 1


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
        "notes": [{"id": n.id, **n.values} for n in table.notes],
        "sources": [{"source": s, "release": r} for s, r in table.sources],
    }
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
