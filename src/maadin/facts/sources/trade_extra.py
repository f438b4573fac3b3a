"""Stages the main trade table lacks: BACI extracts in later revisions and headings, and United States customs figures.

Each input becomes series of its own; nothing is joined to the main table.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maadin.errors import DataError
from maadin.facts.series import Series, baci_series
from maadin.facts.sources.baci import FLOWS

if TYPE_CHECKING:
    import duckdb

# Names the source files print, and the series they become. "foreign exports" are re-exports only.
_USITC = {
    "USITC DataWeb imports for consumption": ("usitc-imports-for-consumption", "customs value, imports for consumption"),
    "USITC DataWeb general imports": ("usitc-general-imports", "customs value, general imports"),
    "USITC DataWeb foreign exports (re-exports only)": ("usitc-foreign-exports", "fas value, re-exports only"),
}


def load_refined(connection: duckdb.DuckDBPyConnection, file: Path, release: str) -> list[Series]:
    """Append the BACI extract by stage (HS02 to 2016, HS17 from 2017), one series a revision."""
    made = []
    for (revision,) in connection.execute("select distinct hs_revision from read_parquet(?) order by 1", [str(file)]).fetchall():
        series = baci_series(revision, release)
        complete = connection.execute(
            "select distinct year from read_parquet(?) where hs_revision = ? and complete order by 1", [str(file), revision]
        ).fetchall()
        _append(
            connection,
            f"""select '{series.id}', year, hs6, exporter_iso3, importer_iso3, value_kusd, tonnes
            from read_parquet(?) where hs_revision = '{revision}'""",
            file,
        )
        made.append(replace(series, coverage="largest partners", complete_years=tuple(y for (y,) in complete)))
    return made


def load_headings(connection: duckdb.DuckDBPyConnection, flows: Path, totals: Path, release: str) -> Series:
    """Append the largest flows by four-digit heading, and the world totals as flows from WLD to WLD."""
    series = baci_series("HS22", release, digits=4)
    _append(
        connection,
        f"""select '{series.id}', year, hs4, exporter_iso3, importer_iso3, value_kusd, tonnes
        from read_csv(?, types = {{'hs4': 'VARCHAR'}})""",
        flows,
    )
    _append(
        connection,
        f"""select '{series.id}', year, hs4, 'WLD', 'WLD', world_value_kusd, world_tonnes
        from read_csv(?, types = {{'hs4': 'VARCHAR'}})""",
        totals,
    )
    return replace(series, coverage="largest flows")


def load_usitc(connection: duckdb.DuckDBPyConnection, file: Path) -> list[Series]:
    """Append the figures of the USITC DataWeb (United States public domain); other publishers in the file are left out."""
    made = []
    for printed, (series_id, valuation) in _USITC.items():
        appended = _append(
            connection,
            f"""select '{series_id}', year, hs6, exporter_iso3, importer_iso3, value_kusd, tonnes
            from read_csv(?, types = {{'hs6': 'VARCHAR'}}) where source = '{printed}'""",
            file,
        )
        if not appended:
            raise DataError(f"holds no rows of {printed!r}", file=file, column="source")
        made.append(Series(series_id, "usitc_dataweb", "DataWeb 2025", "HTS", 6, valuation, "one reporter"))
    return made


def _append(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> int:
    """Append (series, year, code, exporter, importer, thousand USD, tonnes) in whole USD and kilograms."""
    connection.execute(f"create table if not exists flows ({FLOWS})")
    counted = connection.execute(
        f"""insert into flows
        select series, year, hs6, exporter, importer, round(value * 1000)::bigint, round(tonnes * 1000)::bigint
        from ({query}) as raw(series, year, hs6, exporter, importer, value, tonnes)""",
        [str(file)],
    ).fetchone()
    return int(counted[0]) if counted else 0
