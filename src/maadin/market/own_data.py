"""The user's own markets, and any market taken elsewhere and back: tables, folders and datasets in and out.

The least that makes a market is a table of countries (country, production_t) and one of flows (exporter, importer, trade_t). Further columns are
those of `maadin.market.tables`; what they leave open follows from the identities and rules below, and what they give must agree with them:

- use_t is what production, stock draw and imports leave after exports and other codes, and is never negative;
- a flow from a country to itself is own supply used at home, production and stock draw less exports and other codes, never below zero;
- stock_draw_t and other_codes_t are nothing where they are not given;
- prices and wedges follow from value_usd; with price_usd_per_t alone wedges are 1; with neither, prices are 1 and the note benchmark_no_values
  says so;
- rates are zero where neither the flows nor the table of duties give any;
- production_sd_t, capacity_t and the coverages stay unknown (NaN) where they are not given.

An empty cell is a figure that is not given. `maadin.market.own.checks` states how closely figures must agree.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from maadin.errors import DataError, InputError
from maadin.facts.table import Note, Table
from maadin.market import tables
from maadin.market.benchmark import Benchmark, Kind
from maadin.market.own import checks, files
from maadin.market.own.about import About, Records, about, about_from, about_of, records, to_json
from maadin.market.own.checks import DUTY_COLUMNS, OwnTables
from maadin.market.own.datasets import from_xarray, to_xarray
from maadin.market.own.rows import Row, Rows, nearest, shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["from_tables", "from_xarray", "read", "to_xarray", "write"]

_RECORD_TABLES = {"log": "log", "applied": "measures", "known": "known"}


def from_tables(
    countries: Any,
    flows: Any,
    duties: Any = None,
    *,
    commodity: str = "own",
    year: int | None = None,
    stage: str = "own",
    mass_basis: str = "unstated",
    kind: Kind = "balanced",
    labels: Literal["countries", "free"] = "countries",
) -> Benchmark:
    """The benchmark of the user's own figures.

    Parameters
    ----------
    countries : DataFrame, or what makes one (a list of dictionaries, a dictionary of lists)
        One row a country: country, production_t; optionally use_t, stock_draw_t, other_codes_t, production_sd_t, capacity_t (tonnes, >= 0),
        price_usd_per_t (USD/t, > 0), exports_coverage, imports_coverage (fractions), production_basis (text). Countries are codes or names in
        English or Arabic.
    flows : the same
        One row a route: exporter, importer, trade_t (tonnes, >= 0); optionally value_usd (USD fob, > 0) or unit_value_usd_per_t, wedge,
        duty_rate and export_tax_rate (fractions of the fob value, >= 0).
    duties : the same, optional
        Rates on routes, whether they have a flow or not: exporter, importer, duty_rate, export_tax_rate.
    commodity, stage, mass_basis : str
        What the figures are about; a name of the catalogue becomes its id, any other stands as it is.
    year : int, optional
        Without it 2025 is taken, for the members of groups, and the note benchmark_no_year says so.
    kind : {"balanced", "imports_only"}
        imports_only where output is not counted: use is what is imported.
    labels : {"countries", "free"}
        free lets names that are no country's, such as "R1", stand as they are.

    Raises
    ------
    DataError
        If a table is none.
    ChecksFailed
        If a column, label or cell is wrong, or figures do not agree or balance; lists all offenders.

    Examples
    --------
    >>> made = [{"country": "Chile", "production_t": 100}, {"country": "الصين", "production_t": 20}]
    >>> market = from_tables(made, [{"exporter": "Chile", "importer": "China", "trade_t": 70}], commodity="copper", year=2024)
    >>> market.countries, market.use_t.tolist(), market.trade_t.tolist()
    (('CHL', 'CHN'), [30.0, 90.0], [[30.0, 70.0], [0.0, 20.0]])
    """
    said = {"commodity": commodity, "year": year, "stage": stage, "mass_basis": mass_basis, "kind": kind, "labels": labels}
    own = OwnTables(_rows(countries, "countries"), _rows(flows, "flows"), None if duties is None else _rows(duties, "duties"))
    return checks.benchmark(own, about_from(said, "arguments"), Records(), "own tables")


def read(folder: Path) -> Benchmark:
    """The benchmark in a folder, written by `write` or by hand.

    Parameters
    ----------
    folder : Path
        Holds countries and flows, and optionally duties, log, measures and known, each as .csv (UTF-8, commas) or .parquet with the columns of
        `from_tables` and `maadin.market.tables`; and optionally about.json with fields of `maadin.market.own.about.About`. Columns that follow
        from others (imports_t, exports_t, re_exports_t) are checked against them; hub is not read.

    Raises
    ------
    InputError
        If there is no such folder.
    DataError
        If a file is missing or unreadable.
    ChecksFailed
        If a field, column, label or cell is wrong, or figures do not agree or balance; lists all offenders.
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}")
    file = folder / files.ABOUT
    try:
        said = about(files.read_bytes(file), str(file)) if file.exists() else About()
        own = OwnTables(_needed(folder, "countries"), _needed(folder, "flows"), files.read_table(folder, "duties"))
        listed = records({name: files.read_table(folder, table) for name, table in _RECORD_TABLES.items()})
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror or error})", file=folder) from error
    return checks.benchmark(own, said, listed, str(folder))


def _needed(folder: Path, name: str) -> Rows:
    found = files.read_table(folder, name)
    if found is None:
        present = [p.name for p in folder.iterdir()]
        raise DataError(f"there is no {name}.csv or {name}.parquet{nearest(f'{name}.csv', present)}", file=folder)
    return found


def write(benchmark: Benchmark, folder: Path, form: str = "csv") -> None:
    """Write a benchmark so that `read` gives the same one: every figure with all its digits.

    Writes countries, flows (routes with trade), duties (rates on routes without trade), log, measures, known and about.json. The folder is
    written beside its place and moved there, in place of one that maadin wrote earlier.

    Parameters
    ----------
    benchmark : Benchmark
    folder : Path
    form : {"csv", "parquet"}

    Raises
    ------
    InputError
        If there is no such form, or the folder holds what maadin did not write.
    DataError
        If it cannot be written.
    ChecksFailed
        If a field could not be read again.
    """
    made = {name: make(benchmark) for name, make in tables.TABLES.items() if name in files.TABLES}
    files.write_folder(folder, {**made, "duties": _untraded_rates(benchmark)}, to_json(about_of(benchmark)), form)


def _untraded_rates(b: Benchmark) -> Table:
    """Rates on routes that have no row in the table of flows."""
    at = np.nonzero((b.trade_t == 0) & ((b.duty_rate != 0) | (b.export_tax_rate != 0)))
    rows = tuple(
        (b.countries[i], b.countries[j], float(b.duty_rate[i, j]), float(b.export_tax_rate[i, j])) for i, j in zip(*at, strict=True)
    )
    return Table(Note("benchmark_duties"), DUTY_COLUMNS, rows, b.notes, b.sources)


def _rows(given: Any, name: str) -> Rows:
    """Rows of a DataFrame or of what makes one."""
    import pandas as pd

    try:
        frame = given if isinstance(given, pd.DataFrame) else pd.DataFrame(given)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise DataError(f"cannot be read as a table ({error}); expected a DataFrame or a list of dictionaries", file=name) from error
    frame = frame.reset_index() if any(label is not None for label in frame.index.names) else frame
    columns = tuple(map(str, frame.columns))
    cells = [_plain(frame.iloc[:, at]) for at in range(len(columns))]
    labels = frame.index.tolist()
    return Rows(
        name,
        columns,
        tuple(
            Row(f"{name}, row {shown(labels[n])}", dict(zip(columns, row, strict=True))) for n, row in enumerate(zip(*cells, strict=True))
        ),
    )


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Cells of a column with None where pandas has nothing."""
    return [None if empty is True else cell for cell, empty in zip(column.tolist(), column.isna().tolist(), strict=True)]
