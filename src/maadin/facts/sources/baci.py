"""CEPII BACI: bilateral trade by HS6 (Gaulier & Zignago 2010), value in thousand USD and quantity in tonnes.

Values and quantities are printed with three decimals, so whole USD and whole kilograms hold them exactly.
A release is a zip of one CSV a year (`BACI_HS92_Y2023_V202601.csv`, header t,i,j,k,v,q) and a country list; the same columns
come as an SQLite table in a redistribution.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts import regions
from maadin.facts.series import Series, baci_series

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("t", "i", "j", "k", "v", "q")
YEARLY_FILE = re.compile(r"BACI_(HS\d\d)_Y(\d{4})_(V\d{6}[a-z]?)\.csv$")
FLOWS = "series varchar, year smallint, hs6 varchar, exporter varchar, importer varchar, value_usd bigint, quantity_kg bigint"
_SHOWN = 20


def sqlite_to_csv(database: Path, target: Path) -> None:
    """Copy the table `baci_trade` of an SQLite file to a CSV of the official shape."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source, target.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(source.execute("select t, i, j, k, v, q from baci_trade"))


def load_csv(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    series: Series,
    *,
    shown_as: str | None = None,
    codes: Iterable[str] | None = None,
    year: int | None = None,
) -> int:
    """Append the flows of one CSV to the table `flows`.

    Parameters
    ----------
    connection : DuckDB connection
        Holds (or gets) the table `flows`.
    file : Path
        CSV with the columns t, i, j, k, v, q.
    series : Series
        Series the flows belong to.
    shown_as : str, optional
        Name of the file in error messages.
    codes : iterable of str, optional
        Codes or beginnings of codes to keep; all without it.
    year : int, optional
        The year every row must have.

    Returns
    -------
    int
        Rows appended.

    Raises
    ------
    DataError, ChecksFailed
        For a wrong header, encoding, type, year, country, or impossible value; names file, line and column.
    """
    name = shown_as or file.name
    _check_header(file, name)
    wanted = [re.escape(c) for c in codes] if codes is not None else None
    # Malformed codes stay in, so that the checks name them.
    keep = (
        f"and (regexp_matches(lpad(trim(k), 6, '0'), '^({'|'.join(wanted)})') or not regexp_full_match(trim(k), '[0-9]+'))"
        if wanted
        else ""
    )
    import duckdb

    try:
        connection.execute(
            f"""create or replace temp table raw as
            select trim(t) as t, trim(i) as i, trim(j) as j, lpad(trim(k), 6, '0') as k, trim(v) as v,
                nullif(nullif(trim(q), ''), 'NA') as q
            from read_csv(?, header = true, all_varchar = true, delim = ',', nullstr = '', strict_mode = true)
            where true {keep}""",
            [str(file)],
        )
    except duckdb.Error as error:
        raise DataError(_readable(str(error)), file=name) from error
    _check_cells(connection, file, name, year)
    countries = _countries(connection, name)
    connection.execute("create or replace temp table country (baci varchar, code varchar)")
    if countries:
        connection.executemany("insert into country values (?, ?)", sorted(countries.items()))
    connection.execute(f"create table if not exists flows ({FLOWS})")
    counted = connection.execute(
        """insert into flows
        select ?, t::smallint, k, e.code, m.code, round(v::double * 1000)::bigint, round(q::double * 1000)::bigint
        from raw join country e on raw.i = e.baci join country m on raw.j = m.baci""",
        [series.id],
    ).fetchone()
    return int(counted[0]) if counted else 0


def load_zip(
    connection: duckdb.DuckDBPyConnection,
    archive: Path,
    scratch: Path,
    codes: Iterable[str],
    taken: Container[str] = (),
    report: Callable[[str], None] = lambda _: None,
) -> Series:
    """Append the flows of an official BACI release to the table `flows`.

    Yearly files are unpacked into `scratch` one at a time. A series whose id is `taken` (an extract of the release is shipped) gets one of its own.

    Raises
    ------
    DataError, ChecksFailed
        If the archive is damaged, holds no yearly file, mixes releases, or a file is wrong.
    """
    kept = list(codes)
    try:
        with zipfile.ZipFile(archive) as content:
            members = sorted(m for m in content.namelist() if YEARLY_FILE.search(m))
            releases = {YEARLY_FILE.search(m).group(1, 3) for m in members}  # type: ignore[union-attr]
            if len(releases) != 1:
                raise DataError(
                    f"expected yearly files BACI_HS92_Y2023_V202601.csv of one release, found {sorted(releases)}"
                    if members
                    else "holds no yearly file such as BACI_HS92_Y2023_V202601.csv",
                    file=archive,
                )
            revision, release = releases.pop()
            series = baci_series(revision, release)
            if series.id in taken:
                series = replace(series, id=f"{series.id}-full")
            for member in members:
                report(member)
                year = int(YEARLY_FILE.search(member).group(2))  # type: ignore[union-attr]
                unpacked = scratch / "year.csv"
                _unpack(content, member, unpacked)
                load_csv(connection, unpacked, series, shown_as=f"{archive.name}/{member}", codes=kept, year=year)
                unpacked.unlink()
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DataError("is not a complete zip archive (truncated download?)", file=archive) from error
    return series


def _unpack(content: zipfile.ZipFile, member: str, target: Path) -> None:
    with content.open(member) as source, target.open("wb") as out:
        while block := source.read(1 << 20):  # a wrong checksum raises BadZipFile on the last block
            out.write(block)


def _check_header(file: Path, name: str) -> None:
    with file.open("rb") as stream:
        first = stream.readline(4096)
    try:
        header = tuple(c.strip().strip('"') for c in first.decode("utf-8-sig").strip().split(","))
    except UnicodeDecodeError as error:
        raise DataError("is not text in UTF-8", file=name, row=1) from error
    if header != COLUMNS:
        raise DataError(f"expected the columns {','.join(COLUMNS)}, found {','.join(header)}", file=name, row=1)


_CELL_CHECKS = (
    ("t", "try_cast(t as smallint) is null", "a year such as 2023"),
    ("i", "try_cast(i as integer) is null", "a numeric country code"),
    ("j", "try_cast(j as integer) is null", "a numeric country code"),
    ("k", "not regexp_full_match(k, '[0-9]{6}')", "a product code of six digits"),
    ("v", "try_cast(v as double) is null or v::double < 0 or not isfinite(v::double)", "a value >= 0 in thousand USD"),
    ("q", "q is not null and (try_cast(q as double) is null or q::double < 0 or not isfinite(q::double))",
     "a quantity >= 0 in tonnes, or NA"),
)  # fmt: skip


def _check_cells(connection: duckdb.DuckDBPyConnection, file: Path, name: str, year: int | None) -> None:
    """Every cell has its type and range, every flow stands once, and every row is of the file's year."""
    offenders: list[str] = []
    for column, wrong, expected in _CELL_CHECKS:
        for row in connection.execute(f"select t, i, j, k, v, q from raw where {wrong} limit {_SHOWN}").fetchall():
            cell = row[COLUMNS.index(column)]
            offenders.append(f"{_where(file, row)}, column {column}: expected {expected}, found {cell!r}")
    if not offenders:
        offenders += [
            f"{_where(file, row)}: the flow {row[1]} -> {row[2]}, {row[3]}, {row[0]} stands {row[6]} times"
            for row in connection.execute(
                f"""select t, i, j, k, any_value(v), any_value(q), count(*) as n from raw
                group by t, i, j, k having n > 1 order by all limit {_SHOWN}"""
            ).fetchall()
        ]
    if year is not None and not offenders:
        odd = connection.execute(f"select t, i, j, k, v, q from raw where t::smallint <> ? limit {_SHOWN}", [year]).fetchall()
        offenders += [f"{_where(file, row)}, column t: expected {year}, found {row[0]}" for row in odd]
    if offenders:
        raise ChecksFailed(name, offenders)


def _where(file: Path, row: tuple[str | None, ...]) -> str:
    """Line of the first row that starts with these cells; read again only when there is something to report."""
    cells = [(c or "").strip() for c in row[:4]]
    for number, line in _lines(file):
        found = [c.strip() for c in line[:4]]
        if len(found) == 4 and found[:3] == cells[:3] and found[3].rjust(6, "0") == cells[3].rjust(6, "0"):
            return f"line {number}"
    return "line unknown"


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    with file.open(newline="", encoding="utf-8", errors="replace") as stream:
        yield from enumerate(csv.reader(stream), start=1)


def _countries(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    used = connection.execute("select distinct i from raw union select distinct j from raw order by 1").fetchall()
    found, unknown = {}, []
    for (code,) in used:
        try:
            found[code] = regions.printed_code("baci", code)
        except LabelError:
            unknown.append(f"columns i, j: {code!r} is not a country code of BACI")
    if unknown:
        raise ChecksFailed(name, unknown)
    return found


def _readable(message: str) -> str:
    """The useful part of DuckDB's message about a CSV file."""
    wanted = [line.strip() for line in message.splitlines() if re.match(r"\s*(CSV Error|Original Line|Invalid|Expected)", line)]
    return "; ".join(wanted) or message.splitlines()[0]
