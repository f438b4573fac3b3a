"""Folders of benchmarks: tables as CSV or Parquet beside about.json.

A folder may come from anywhere, so every way in which it can be unreadable is an error in words. A folder is written whole beside its place and
moved there; only a folder that maadin itself wrote is ever replaced.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maadin.errors import ChecksFailed, DataError, InputError
from maadin.facts.table import Table
from maadin.market.own.about import FORMAT
from maadin.market.own.rows import Row, Rows, nearest

if TYPE_CHECKING:
    import pandas as pd

ABOUT = "about.json"
FORMS = ("csv", "parquet")
TABLES = ("countries", "flows", "duties", "log", "measures", "known")
LARGEST_FILE = 64 << 20  # bytes; the largest benchmark takes less than a hundredth
MOST_ROWS = 1_000_000  # routes between as many countries as a benchmark may have
MOST_COLUMNS = 100
_FORMULA = ("=", "+", "-", "@")


def read_table(folder: Path, name: str) -> Rows | None:
    """A table of a folder, whichever form it has; None if there is none.

    Raises
    ------
    DataError, ChecksFailed
        If it stands there in both forms, or cannot be read.
    """
    found = [file for form in FORMS if (file := folder / f"{name}.{form}").exists()]
    if len(found) > 1:
        raise DataError(f"stands beside {found[1].name}; keep one of them", file=found[0])
    if not found:
        return None
    return _read_csv(found[0]) if found[0].suffix == ".csv" else _read_parquet(found[0])


def read_bytes(file: Path) -> bytes:
    """Content of a file that is not larger than any benchmark's.

    Raises
    ------
    DataError
        If it is larger, no file, or unreadable.
    """
    try:
        if not file.is_file():
            raise DataError("is not a file", file=file)
        if (size := file.stat().st_size) > LARGEST_FILE:
            raise DataError(f"has {size >> 20} MiB; no table of a benchmark is larger than {LARGEST_FILE >> 20} MiB", file=file)
        return file.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror or error})", file=file) from error


def _read_csv(file: Path) -> Rows:
    raw = read_bytes(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DataError("is not UTF-8 text; save it as 'CSV UTF-8'", file=file, row=line) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, problems, columns = list[Row](), list[str](), tuple[str, ...]()
    try:
        columns = tuple(name.strip() for name in next(reader, ()))
        _refuse_huge(file, 0, len(columns))
        for cells in reader:
            where = f"{file.name}, line {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                problems.append(f"{where}: has {len(cells)} cells; the header has {len(columns)}")
            _refuse_huge(file, len(rows) + 1, len(columns))
            rows.append(Row(where, dict(zip(columns, map(_with_formula, cells), strict=False))))
    except csv.Error as error:
        raise DataError(f"is not a CSV table ({error})", file=file, row=reader.line_num) from error
    if not columns:
        raise DataError("is empty; expected a header line and rows", file=file)
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        raise DataError(
            f"has a header without commas; expected columns separated by commas, as in {', '.join(TABLES[:1])}.csv", file=file, row=1
        )
    if problems:
        raise ChecksFailed(f"{file} is not a table", problems)
    return Rows(file.name, columns, tuple(rows))


def _read_parquet(file: Path) -> Rows:
    import duckdb

    read_bytes(file)
    literal = str(file.absolute())  # DuckDB takes a name that exists as it is, whatever patterns it holds
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "1GB"}) as connection:
            (count,) = connection.execute("select count(*) from read_parquet(?)", [literal]).fetchall()[0]
            asked = connection.execute("select * from read_parquet(?)", [literal])
            columns = tuple(str(column[0]) for column in asked.description or ())
            _refuse_huge(file, count, len(columns))
            rows = asked.fetchall()
    except (duckdb.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(
            f"cannot be read as Parquet ({str(error).splitlines()[0] if str(error) else 'no reason given'})", file=file
        ) from error
    return Rows(
        file.name, columns, tuple(Row(f"{file.name}, row {n}", dict(zip(columns, row, strict=True))) for n, row in enumerate(rows, 1))
    )


def _refuse_huge(file: Path, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise DataError(f"has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns; no table of a benchmark does", file=file)


def write_folder(folder: Path, written: Mapping[str, Table], about: str, form: str) -> None:
    """Write tables and about.json into a folder of their own, in place of an earlier one of maadin's.

    Raises
    ------
    InputError
        If there is no such form, or something that maadin did not write stands there.
    DataError
        If it cannot be written; what stood there is left as it was.
    """
    if form not in FORMS:
        raise InputError(f"{form!r} is not a form of tables; expected {' or '.join(FORMS)}{nearest(str(form), FORMS)}")
    try:
        place = folder.resolve()
        _refuse_foreign(folder, place)
    except (OSError, RuntimeError) as error:  # a loop of links is one or the other
        raise DataError(f"cannot be written to ({error})", file=folder) from error
    mark = uuid.uuid4().hex[:8]
    beside, before = place.with_name(f".{place.name}.{mark}.part"), place.with_name(f".{place.name}.{mark}.old")
    try:
        beside.mkdir(parents=True)
        for name, table in written.items():
            _write_table(table, beside / f"{name}.{form}")
        (beside / ABOUT).write_text(about + "\n", "utf-8")
        _swap(beside, place, before)
    except OSError as error:
        raise DataError(f"cannot be written ({error.strerror or error})", file=folder) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(beside: Path, place: Path, before: Path) -> None:
    """Move a folder to its place; what stood there comes back if that fails."""
    if not place.exists():
        beside.rename(place)
        return
    place.rename(before)
    try:
        beside.rename(place)
    except OSError:
        before.rename(place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _refuse_foreign(folder: Path, place: Path) -> None:
    """Leave alone whatever is neither empty nor written by maadin."""
    if not place.exists():
        return
    if not place.is_dir():
        raise InputError(f"{folder} is a file; expected a folder to write to")
    present = sorted(p.name for p in place.iterdir())
    ours = {ABOUT, ".DS_Store", *(f"{name}.{form}" for name in TABLES for form in FORMS)}
    foreign = [name for name in present if name not in ours]
    if foreign:
        raise InputError(f"{folder} holds {', '.join(map(repr, foreign[:5]))}, which no benchmark has; choose a new or empty folder")
    if present and not _is_ours(place / ABOUT):
        raise InputError(f"{folder} holds tables that maadin did not write; choose a new or empty folder")


def _is_ours(about: Path) -> bool:
    try:
        said = json.loads(read_bytes(about))
    except (DataError, ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("format") == FORMAT


def _write_table(table: Table, file: Path) -> None:
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows([_cell(cell) for cell in row] for row in table.rows)
        return
    import duckdb

    quoted = str(file).replace("'", "''")
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("written", _frame(table))
            connection.execute(f"copy (select * from written) to '{quoted}' (format parquet, compression zstd)")
    except duckdb.Error as error:
        raise DataError(f"cannot be written ({str(error).splitlines()[0]})", file=file) from error


def _frame(table: Table) -> pd.DataFrame:
    """Columns with the type of their cells, or of text where all are empty, so that equal tables have equal types."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series(table.column(name), dtype=_type(table.column(name))) for name in table.columns})


def _type(cells: list[Any]) -> Any:
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, bool) for cell in known):
        return "boolean"
    if known and all(isinstance(cell, int) for cell in known):
        return "Int64"
    return "float64" if known and all(isinstance(cell, int | float) for cell in known) else "string"


def _cell(cell: Any) -> Any:
    """Numbers with all their digits; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(float(cell))
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA) else cell


def _with_formula(cell: str) -> str:
    """A cell as it was before `_cell`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
