"""What several reader tests need: workbooks and databases made from literal rows."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

Rows = Sequence[Sequence[object]]

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def workbook() -> Callable[[Mapping[str, Rows]], bytes]:
    """Makes an Excel workbook; None leaves a cell empty."""

    def make(sheets: Mapping[str, Rows]) -> bytes:
        numbered = list(enumerate(sheets.items(), start=1))
        listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in numbered)
        links = "".join(f'<Relationship Id="r{n}" Type="{_TYPE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(
                "_rels/.rels",
                f'<Relationships {_RELATIONS}><Relationship Id="r0" Type="{_TYPE}/officeDocument" Target="xl/workbook.xml"/>'
                "</Relationships>",
            )
            archive.writestr("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_TYPE}"><sheets>{listed}</sheets></workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships {_RELATIONS}>{links}</Relationships>")
            for n, (_, rows) in numbered:
                archive.writestr(f"xl/worksheets/sheet{n}.xml", f"<worksheet {_MAIN}>{_sheet(rows)}</worksheet>")
        return out.getvalue()

    return make


@pytest.fixture
def database(tmp_path: Path) -> Callable[..., Path]:
    """Makes an SQLite file; each table is its columns followed by its rows."""

    def make(tables: Mapping[str, Rows], name: str = "made.db") -> Path:
        file = tmp_path / name
        with closing(sqlite3.connect(file)) as opened, opened:
            for table, (columns, *rows) in tables.items():
                heads = ", ".join(f'"{c}"' for c in columns)
                opened.execute(f'create table "{table}" ({heads})')
                opened.executemany(f'insert into "{table}" values ({", ".join("?" * len(columns))})', rows)
        return file

    return make


def _sheet(rows: Rows) -> str:
    made = []
    for r, row in enumerate(rows, start=1):
        cells = "".join(_cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, start=1))
        made.append(f'<row r="{r}">{cells}</row>')
    return f"<sheetData>{''.join(made)}</sheetData>"


def _cell(at: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
