"""Worldwide Governance Indicators of the World Bank: the estimates of one dimension with their standard errors.

The redistribution does not say which of the six dimensions it holds. Its magnitudes are those of Political Stability and Absence of
Violence/Terrorism: of the six, only that one puts the United States near zero in 2022 (-0.04), Aruba and Singapore level (1.47 and
1.46) and Afghanistan last (-2.55). Only the publisher's figures are read, not the normalised ones of the redistribution's authors.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts import regions
from maadin.facts.records import Governance
from maadin.facts.sources import files
from maadin.facts.sources.files import Cells

SOURCE = "wb_wgi"
INDICATOR = "political_stability"

_TABLES = ("Estimate", "StdErr")
_MISSING = frozenset({"", "nan", "None"})
_YEAR = re.compile(r"\d{4}")
# The redistribution writes the codes of a trade table over the publisher's; its rows are still in the publisher's order, by code.
_RENAMED = {"R20": "XKX"}  # 'Europe EFTA, nes' stands where Kosovo (LWI) does
_FIRST_OF_TWO = {"GUY": "GUF"}  # the first 'Guyana' stands before Guam (GUM), where French Guiana does
_UNKNOWN = frozenset({"PUS"})  # 'US Misc. Pacific Isds' is none of the territories the publisher rates


def read_wgi_sqlite(path: Path, release: str) -> list[Governance]:
    """Read estimates and standard errors from the redistribution's tables `Estimate` and `StdErr`.

    Parameters
    ----------
    path : Path
        SQLite file; a row a country with its code and a column a year.
    release : str
        Name of the release, such as "WGI 2025".

    Returns
    -------
    list of Governance
        A row for every estimate there is, about -2.5 (weak) to 2.5 (strong). A missing estimate has no row. Where the redistribution
        has run two territories together, the figures it prints for both are left out.

    Raises
    ------
    DataError, ChecksFailed
        If a table or column is missing, a code is unknown, a cell is not a number, or a country stands twice.
    """
    tables = {name: (columns, rows) for name, columns, rows in files.sqlite_tables(path) if name in _TABLES}
    if lacking := [name for name in _TABLES if name not in tables]:
        raise DataError(f"lacks the table {' and '.join(lacking)}", file=path.name)
    offenders: list[str] = []
    unclear = _unclear(*tables["Estimate"])
    estimates, errors = (_read(f"{path.name}, table {name!r}", *tables[name], unclear, offenders) for name in _TABLES)
    offenders += [
        f"{path.name}: the standard error of {country} {year} is {error}, expected more than 0"
        for (country, year), error in errors.items()
        if error <= 0
    ]
    if offenders:
        raise ChecksFailed(path.name, offenders)
    return [
        Governance(country, year, INDICATOR, value, errors.get((country, year)), SOURCE, release)
        for (country, year), value in sorted(estimates.items())
    ]


def _read(
    place: str, columns: list[str], rows: list[Cells], unclear: set[tuple[str, int]], offenders: list[str]
) -> dict[tuple[str, int], float]:
    """The figures of one table by country and year."""
    years = _years(columns)
    if "Code" not in columns or not years:
        raise DataError(f"expected the column Code and one a year, found {', '.join(columns)}", file=place)
    codes = [str(row[columns.index("Code")]).strip() for row in rows]
    found: dict[tuple[str, int], float] = {}
    seen: set[str] = set()
    for line, (code, row) in enumerate(zip(codes, rows, strict=True), start=1):
        if code in _UNKNOWN:
            continue
        first_of_two = code in _FIRST_OF_TWO and codes.count(code) == 2 and code not in seen
        seen.add(code)
        try:
            country = _FIRST_OF_TWO[code] if first_of_two else regions.printed_code(SOURCE, _RENAMED.get(code, code))
        except LabelError as error:
            offenders.append(str(DataError(str(error), file=place, row=line, column="Code")))
            continue
        for year, at in years.items():
            text = str(row[at]).strip()
            if text in _MISSING or (code, year) in unclear:
                continue
            problem = "" if _is_number(text) else f"expected a number, found {text!r}"
            if (country, year) in found:
                problem = f"{country} stands twice"
            if problem:
                offenders.append(str(DataError(problem, file=place, row=line, column=str(year))))
            else:
                found[country, year] = float(text)
    return found


def _unclear(columns: list[str], rows: list[Cells]) -> set[tuple[str, int]]:
    """Codes and years for which one code stands for two territories and both print the same figure: one has lost its own."""
    if "Code" not in columns:
        return set()
    at = columns.index("Code")
    pairs = {code: [row for row in rows if row[at] == code] for code in _FIRST_OF_TWO}
    return {
        (code, year) for code, pair in pairs.items() for year, i in _years(columns).items() if len(pair) == 2 and pair[0][i] == pair[1][i]
    }


def _years(columns: list[str]) -> dict[int, int]:
    return {int(c): i for i, c in enumerate(columns) if _YEAR.fullmatch(c)}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
