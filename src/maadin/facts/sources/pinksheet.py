"""World Bank Commodity Price Data (The Pink Sheet): monthly nominal prices, their yearly means, and yearly real prices.

Which series are read, what they price and in which unit stands in concordance/pinksheet.csv; where a series changes its basis it has a
line for each, the later one with its first year.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from maadin.errors import ChecksFailed, DataError
from maadin.facts.records import Price, Quality, Status
from maadin.facts.sources import files
from maadin.facts.sources.files import Cells

SOURCE = "wb_pinksheet"
SHEET = "Monthly Prices"
REAL_RELEASE = "Pink Sheet 2025-05"
REAL_BASIS = "real 2010 USD"
REAL_COLUMNS = ("year", "series", "unit", "price_nominal_usd", "months", "price_real_2010usd")
GRAMS_PER_TROY_OUNCE = 31.1034768

_PER_TONNE = {"USD/t": 1.0, "USD/troy oz": 1e6 / GRAMS_PER_TROY_OUNCE}
_HEADS = {  # how a unit of the concordance is headed; iron ore is headed $/dmtu whatever its unit
    "USD/t": ("$/mt", "$/dmtu"),
    "US cents/dmtu": ("$/dmtu",),
    "USD/troy oz": ("$/troy oz",),
    "USD/bbl": ("$/bbl",),
    "USD/mmbtu": ("$/mmbtu",),
    "index": ("2010=100",),
}
_NOTHING = frozenset({None, "", "…", "...", ".."})
_MONTH = re.compile(r"(\d{4})M(\d{2})")
_UPDATED = re.compile(r"Updated on ([A-Z][a-z]+) \d{1,2}, (\d{4})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CHANGED = "marked ** by the publisher: definition changed"


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a series prices from `first_year` on."""

    item: str
    commodity: str
    basis: str
    first_year: int
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class _Column:
    """A series as it stands in the sheet."""

    at: int
    item: str
    head: str
    unit: str
    changed: bool


def read_pinksheet_xlsx(source: Path | bytes) -> list[Price]:
    """Read the monthly workbook.

    Parameters
    ----------
    source : Path or bytes
        The workbook "CMO-Historical-Data-Monthly.xlsx".

    Returns
    -------
    list of Price
        A row for every month that has a price, and a row a year with the mean of its months (month None; provisional unless all
        twelve are there). The release is the month of the update, such as "Pink Sheet 2026-06".

    Raises
    ------
    DataError, ChecksFailed
        If the sheet, a series or the date is missing, a unit differs, or a cell is neither a price nor a mark for none; names sheet, row
        and column.
    """
    name = source.name if isinstance(source, Path) else "Pink Sheet workbook"
    sheets = files.workbook(source, name)
    if SHEET not in sheets:
        raise DataError(f"expected a sheet {SHEET!r}, found {', '.join(map(repr, sheets)) or 'none'}", file=name)
    place, rows = f"{name}, sheet {SHEET!r}", sheets[SHEET]
    first = next((i for i, row in enumerate(rows) if row and _MONTH.fullmatch(str(row[0]))), None)
    if first is None or first < 2:
        raise DataError("no row begins with a month such as 1960M01 below the names and units", file=place)
    release = _release(place, rows[:first])
    columns = _columns(place, first, rows[first - 2], rows[first - 1])
    prices: list[Price] = []
    offenders: list[str] = []
    seen: set[str] = set()
    for line, row in enumerate(rows[first:], start=first + 1):
        if all(cell in _NOTHING for cell in row):
            continue
        match = _MONTH.fullmatch(str(row[0]).strip())
        if match is None or not 1 <= int(match[2]) <= 12 or match[0] in seen:
            expected = f"expected a month such as 1960M01, each once, found {row[0]!r}"
            offenders.append(str(DataError(expected, file=place, row=line)))
            continue
        seen.add(match[0])
        for column in columns:
            cell = row[column.at]
            if cell in _NOTHING:
                continue
            if isinstance(cell, bool) or not isinstance(cell, int | float) or not (math.isfinite(cell) and cell > 0):
                wrong = DataError(f"expected a price above 0 or '…', found {cell!r}", file=place, row=line, column=column.head)
                offenders.append(str(wrong))
                continue
            prices.append(_price(column, int(match[1]), int(match[2]), float(cell), f"{cell:.15g}", release))
    if offenders:
        raise ChecksFailed(place, offenders)
    return prices + _yearly(prices)


def read_pinksheet_real(source: Path | bytes) -> list[Price]:
    """Read yearly real prices (USD of 2010) from a CSV with the columns `REAL_COLUMNS`.

    Returns
    -------
    list of Price
        A row a series and year that has a real price, basis "real 2010 USD".

    Raises
    ------
    DataError, ChecksFailed
        If a column, series, unit, year or price is not as expected, or a row stands twice; names line and column.
    """
    name = source.name if isinstance(source, Path) else "real prices"
    prices: list[Price] = []
    offenders: list[str] = []
    seen: set[tuple[str, int]] = set()
    for line, row in files.csv_rows(source, name, REAL_COLUMNS):
        item, changed = _item(row["series"])
        try:
            column = _Column(0, item, row["series"], row["unit"], changed)
            _check_unit(name, line, column)
            if not re.fullmatch(r"\d{4}", row["year"]):
                raise DataError(f"expected a year, found {row['year']!r}", file=name, row=line, column="year")
            year, text = int(row["year"]), row["price_real_2010usd"]
            if (item, year) in seen:
                raise DataError(f"{item} {year} stands twice", file=name, row=line)
            seen.add((item, year))
            if not text:
                continue
            if not re.fullmatch(r"\d+(\.\d+)?", text) or float(text) == 0:
                wrong = f"expected a price above 0 or nothing, found {text!r}"
                raise DataError(wrong, file=name, row=line, column="price_real_2010usd")
        except DataError as error:
            offenders.append(str(error))
            continue
        prices.append(_price(column, year, None, float(text), text, REAL_RELEASE)._replace(basis=REAL_BASIS))
    if offenders:
        raise ChecksFailed(name, offenders)
    return prices


def _release(place: str, above: list[Cells]) -> str:
    for row in above:
        for cell in row:
            if (match := _UPDATED.search(str(cell))) and match[1] in _MONTHS:
                return f"Pink Sheet {match[2]}-{_MONTHS.index(match[1]) + 1:02}"
    raise DataError("the line 'Updated on June 02, 2026' is missing above the table", file=place)


def _columns(place: str, first: int, names: Cells, units: Cells) -> list[_Column]:
    """The series of the concordance, each of which the sheet must have with its unit."""
    columns, offenders = [], []
    for at, (series, unit) in enumerate(zip(names, units, strict=True)):
        item, changed = _item(str(series))
        if item in _series():
            column = _Column(at, item, str(series).strip(), str(unit).strip().strip("()"), changed)
            try:
                _check_unit(place, first, column)
            except DataError as error:
                offenders.append(str(error))
            columns.append(column)
    found = [c.item for c in columns]
    offenders += [
        str(DataError(f"the series {item!r} stands {found.count(item)} times", file=place, row=first - 1))
        for item in _series()
        if found.count(item) != 1
    ]
    if offenders:
        raise ChecksFailed(place, offenders)
    return columns


def _check_unit(place: str, line: int, column: _Column) -> None:
    if column.item not in _series():
        known = ", ".join(_series())
        raise DataError(f"{column.head!r} is not one of the series {known}", file=place, row=line, column="series")
    expected = _HEADS[_series()[column.item][0].unit]
    if column.unit not in expected:
        wrong = f"expected the unit {' or '.join(expected)}, found {column.unit!r}"
        raise DataError(wrong, file=place, row=line, column=column.head)


def _price(column: _Column, year: int, month: int | None, value: float, printed: str, release: str) -> Price:
    basis = next(b for b in _series()[column.item] if b.first_year <= year)
    factor = _PER_TONNE.get(basis.unit)
    return Price(
        commodity=basis.commodity, item=basis.item, basis=f"nominal, {basis.basis}", year=year, month=month, value=value,
        low=None, high=None, unit=basis.unit, usd_per_tonne=value * factor if factor else None,
        status=Status.VALUE, quality=Quality.REPORTED, source=SOURCE, release=release, value_printed=printed, unit_printed=column.unit,
        note="; ".join(part for part in (basis.note, _CHANGED if column.changed else "") if part),
    )  # fmt: skip


def _yearly(prices: list[Price]) -> list[Price]:
    """Means of the months of each series and year; nothing printed, so value_printed stays empty."""
    groups: dict[tuple[str, str, int], list[Price]] = defaultdict(list)
    for price in prices:
        groups[price.commodity, price.item, price.year].append(price)
    means = []
    for months in groups.values():
        mean = math.fsum(p.value or 0 for p in months) / len(months)
        factor = _PER_TONNE.get(months[0].unit)
        counted = f"mean of {len(months)} months"
        means.append(
            months[0]._replace(
                month=None, value=mean, usd_per_tonne=mean * factor if factor else None, value_printed="",
                quality=Quality.REPORTED if len(months) == 12 else Quality.PROVISIONAL,
                note="; ".join(part for part in (counted, months[0].note) if part),
            )
        )  # fmt: skip
    return means


def _item(series: str) -> tuple[str, bool]:
    """Name of a series without its mark, and whether it is marked ** (its definition changed)."""
    name = series.strip()
    return name.removesuffix("**").strip(), name.endswith("**")


@lru_cache(maxsize=1)
def _series() -> dict[str, list[_Basis]]:
    """What the concordance says of each series, the latest basis first."""
    found: dict[str, list[_Basis]] = defaultdict(list)
    for row in files.concordance("pinksheet.csv"):
        year = int(row["first_year"] or 0)
        found[row["series"]].append(_Basis(row["series"], row["commodity"], row["basis"], year, row["unit"], row["note"]))
    return {item: sorted(bases, key=lambda b: -b.first_year) for item, bases in found.items()}
