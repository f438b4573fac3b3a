"""Opening what publishers hand out: CSV text, Excel workbooks and SQLite tables, every row with its line number."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import resources
from pathlib import Path

from maadin.errors import ChecksFailed, DataError

Cells = Sequence[object]


def csv_rows(source: Path | bytes, name: str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with exactly these columns, blanks around cells taken off.

    Parameters
    ----------
    source : Path or bytes
        The file or its content, UTF-8.
    name : str
        What the file is called in messages when its content is given.
    columns : sequence of str
        Columns expected, in this order.

    Returns
    -------
    list of (line number, cells by column)
        The header is line 1.

    Raises
    ------
    DataError, ChecksFailed
        If the text is not UTF-8, the header differs, or rows have too few or too many cells.
    """
    shown = source.name if isinstance(source, Path) else name
    content = source.read_bytes() if isinstance(source, Path) else source
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise DataError("is not text in UTF-8", file=shown) from error
    header = [cell.strip() for cell in next(reader, [])]
    if header != list(columns):
        found = ",".join(header)
        raise DataError(f"expected the columns {','.join(columns)}, found {found or 'none'}", file=shown, row=1)
    rows, offenders = [], []
    for row in reader:
        if len(row) != len(header):
            wrong = DataError(f"expected {len(header)} cells, found {len(row)}", file=shown, row=reader.line_num)
            offenders.append(str(wrong))
            continue
        rows.append((reader.line_num, {c: cell.strip() for c, cell in zip(header, row, strict=True)}))
    if offenders:
        raise ChecksFailed(shown, offenders)
    return rows


def workbook(source: Path | bytes, name: str) -> dict[str, list[Cells]]:
    """All sheets of an Excel workbook, row by row from row 1; an empty cell is ''.

    Calamine rather than openpyxl: it is ten to a hundred times faster, has no dependencies, and reads .xls and .ods as well.

    Raises
    ------
    DataError
        If the file is no workbook.
    """
    import python_calamine  # heavy, and needed only where a workbook is read

    shown = source.name if isinstance(source, Path) else name
    content = source.read_bytes() if isinstance(source, Path) else source
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        return {n: list(book.get_sheet_by_name(n).to_python(skip_empty_area=False)) for n in names}
    except python_calamine.CalamineError as error:
        raise DataError(f"is not an Excel workbook that can be read ({error})", file=shown) from error


def sqlite_tables(database: Path) -> Iterator[tuple[str, list[str], list[Cells]]]:
    """Name, columns and rows of every table of an SQLite file, in file order; the file is opened read-only.

    Raises
    ------
    DataError
        If the file is missing or no database.
    """
    if not database.is_file():
        raise DataError("does not exist", file=database)
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            listed = opened.execute("select name from sqlite_master where type = 'table' order by rowid").fetchall()
            for (name,) in listed:
                quoted = name.replace('"', '""')
                rows = opened.execute(f'select * from "{quoted}" order by rowid')
                yield name, [column[0] for column in rows.description], rows.fetchall()
    except sqlite3.DatabaseError as error:
        raise DataError(f"is not an SQLite database ({error})", file=database) from error


def concordance(name: str) -> list[dict[str, str]]:
    """Rows of one of the mapping tables that come with the package."""
    file = resources.files("maadin.facts") / "data" / "concordance" / name
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
