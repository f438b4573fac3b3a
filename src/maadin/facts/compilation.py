"""Writing compiled tables: rows of any source into Parquet with a manifest, the same bytes for the same rows."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from maadin.facts import checks, manifest
from maadin.facts.manifest import Manifest, SourceEntry, TableEntry
from maadin.facts.records import (
    Elasticity,
    Governance,
    Price,
    Quantity,
    Row,
    SalientFigure,
    TradeMeasure,
    sql_columns,
)
from maadin.facts.series import Series
from maadin.facts.sources.screening import flag_unit_values

if TYPE_CHECKING:
    import duckdb

TABLES: dict[str, type[Row]] = {
    "production": Quantity,
    "capacity": Quantity,
    "reserves": Quantity,
    "salient": SalientFigure,
    "prices": Price,
    "governance": Governance,
    "elasticities": Elasticity,
    "measures": TradeMeasure,
}
_PARQUET = "format parquet, compression zstd, compression_level {level}, parquet_version v1, row_group_size 20480"


class Compilation:
    """Collects the rows of one or more sources, checks them and writes them as one folder.

    Parameters
    ----------
    connection : DuckDB connection
        Used to write; trade flows are collected in its table `flows`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute("set threads = 1")  # row groups must not depend on the number of cores
        self._rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self._sources: list[SourceEntry] = []
        self._series: list[Series] = []

    def add(self, source: str, release: str, inputs: Sequence[Path], root: Path, tables: Mapping[str, Iterable[Row]]) -> None:
        """Add the rows one release of a source contributes to each table."""
        counts, years = {}, []
        for table, rows in tables.items():
            listed = list(rows)
            self._rows[table] += listed
            counts[table] = len(listed)
            years += [r.year for r in listed if isinstance(r, Quantity | SalientFigure | Price | Governance)]
        span = (min(years), max(years)) if years else (0, 0)
        self._sources.append(_source_entry(source, release, inputs, root, counts, span))

    def add_trade(self, series: Sequence[Series], inputs: Sequence[Path], root: Path) -> None:
        """Describe trade series of one release whose flows stand in the table `flows`."""
        described = []
        for one in series:
            years = self._one("select min(year), max(year), count(*) from flows where series = ?", one.id)
            codes = self.connection.execute(
                "select hs6, min(year), max(year) from flows where series = ? group by hs6 order by hs6", [one.id]
            ).fetchall()
            described.append((one, years[2]))
            self._series.append(replace(one, years=years[:2], codes={c: (first, last) for c, first, last in codes}))
        done = self._series[-len(described) :]
        first, last = min(s.years[0] for s in done), max(s.years[1] for s in done)
        rows = {"trade": sum(count for _, count in described)}
        self._sources.append(_source_entry(done[0].source, done[0].release, inputs, root, rows, (first, last)))

    def write(self, folder: Path) -> Manifest:
        """Check everything and put the folder in place of what stands there, in one step.

        Raises
        ------
        ChecksFailed
            If any check fails; what stands in `folder` is left as it was.
        """
        problems = [p for table, rows in self._rows.items() for p in checks.check_rows(table, rows)]
        has_trade = self._one("select count(*) from information_schema.tables where table_name = 'flows'")[0] > 0
        if has_trade:
            problems += checks.check_flows(self.connection)
        checks.raise_for(problems, "compiled tables")
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            entries = {name: self._write_rows(fresh, name, rows) for name, rows in self._rows.items() if rows}
            if has_trade:
                entries["trade"] = self._write_trade(fresh)
            made = Manifest(entries, tuple(self._sources), tuple(self._series))
            made.write(fresh)
            fresh.chmod(0o755)
            _swap(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return made

    def _one(self, query: str, *parameters: Any) -> tuple[Any, ...]:
        row = self.connection.execute(query, list(parameters)).fetchone()
        assert row is not None
        return row

    def _write_rows(self, folder: Path, table: str, rows: Sequence[Row]) -> TableEntry:
        columns = sql_columns(TABLES[table])
        plain = folder / f"{table}.json"
        with plain.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row._asdict()) + "\n" for row in sorted(rows, key=_sort_key))
        types = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
        self.connection.execute(
            f"create or replace temp table one as select * from read_json(?, format = 'newline_delimited', columns = {types})", [str(plain)]
        )
        plain.unlink()
        return self._copy(folder, table, "select * from one", level=19)

    def _write_trade(self, folder: Path) -> TableEntry:
        flag_unit_values(self.connection, "flows", "flagged")
        return self._copy(folder, "trade", "select * from flagged order by series, hs6, exporter, importer, year", level=19)

    def _copy(self, folder: Path, table: str, query: str, level: int) -> TableEntry:
        file = folder / f"{table}.parquet"
        self.connection.execute(f"copy ({query}) to '{file}' ({_PARQUET.format(level=level)})")
        dated = "year" in [d[0] for d in self.connection.execute(f"describe {query}").fetchall()]
        years = "min(year), max(year)" if dated else "null, null"
        first, last, rows = self._one(f"select {years}, count(*) from read_parquet('{file}')")
        return TableEntry(file.name, rows, first, last, file.stat().st_size, manifest.checksum(file))


def _sort_key(row: Row) -> tuple[tuple[bool, str, float], ...]:
    """A total order over cells of mixed type, None last."""
    return tuple((cell is None, cell if isinstance(cell, str) else "", cell if isinstance(cell, int | float) else 0.0) for cell in row)


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; if that fails, what was there stays."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _source_entry(
    source: str, release: str, inputs: Sequence[Path], root: Path, tables: dict[str, int], years: tuple[int, int]
) -> SourceEntry:
    listed = yaml.safe_load((resources.files("maadin.facts") / "data" / "sources.yaml").read_text("utf-8"))
    about = dict(listed[source])
    about.update((about.pop("releases", None) or {}).get(release, {}))
    return SourceEntry(
        source=source,
        release=release,
        tables=tables,
        first_year=years[0],
        last_year=years[1],
        input_files=len(inputs),
        input_sha256=manifest.checksum_of_all(inputs, root),
        **about,
    )
