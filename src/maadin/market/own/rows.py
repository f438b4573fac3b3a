"""Rows of the user's own tables as they came, and what their cells may hold.

Nothing is guessed: an empty cell is a figure that is not given, never zero, and every other cell is what its column expects or a problem in words.
Problems are collected, not raised, so that the user sees all of them at once.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from maadin.errors import LabelError
from maadin.facts import regions

Floats = NDArray[np.float64]

LARGEST = 1e15  # no market has more tonnes or dollars; sums and squares stay far from overflow
LONGEST_LABEL = 60
LOOKED_UP = (
    1100  # names that are no country's: more than any benchmark holds, and comparing a file of garbage with all names would take hours
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_TAKEN = ("all", "other codes")  # words of questions and of the table of origins


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands ("flows.csv, line 4") and its cells by column."""

    where: str
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its name, its columns and its rows, unchecked."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()

    def cells(self, column: str) -> list[object]:
        """Cells of a column; None throughout where there is no such column."""
        return [row.cells.get(column) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Number:
    """What a column of numbers holds: in words, and the range it lies in; `positive` leaves zero out."""

    expected: str
    high: float = LARGEST
    positive: bool = False


def is_empty(cell: object) -> bool:
    """Whether a cell gives nothing: None, NaN or blank text."""
    return cell is None or (isinstance(cell, str) and not cell.strip()) or (isinstance(cell, float) and math.isnan(cell))


def shown(cell: object) -> str:
    """A cell for a message, cut where it is long."""
    try:
        text = repr(cell.item() if isinstance(cell, np.generic) else cell)
    except ValueError:  # an integer of thousands of digits
        text = f"a huge {type(cell).__name__}"
    return text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL]}..."


def nearest(given: str, known: Iterable[str]) -> str:
    """The known words most like a given one, as the end of a message; empty where none is like it."""
    folded = {k.casefold(): k for k in known}
    found = [repr(folded[k]) for k in difflib.get_close_matches(given[:LONGEST_LABEL].casefold(), folded, n=3, cutoff=0.5)]
    return f"; nearest: {', '.join(found)}" if found else ""


def column_problems(rows: Rows, required: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Columns that are missing, unknown or stand twice."""
    strange = [c for c in rows.columns if c not in allowed]
    problems = [f"{rows.name}: there is no column {c!r}{nearest(c, strange)}" for c in required if c not in rows.columns]
    missing = [c for c in allowed if c not in rows.columns]
    for column in dict.fromkeys(strange):
        hint = nearest(column, missing) or f"; expected {', '.join(allowed)}"
        problems.append(f"{rows.name}: {shown(column)} is not a column of this table{hint}")
    return problems + [f"{rows.name}: the column {c!r} stands twice" for c in allowed if rows.columns.count(c) > 1]


def numbers(rows: Rows, column: str, expected: Number, problems: list[str], *, required: bool = False) -> Floats:
    """A column of numbers, array (rows,); NaN where a cell is empty or wrong."""
    read = np.full(len(rows.rows), np.nan)
    for at, (row, cell) in enumerate(zip(rows.rows, rows.cells(column), strict=True)):
        if is_empty(cell):
            if required:
                problems.append(f"{row.where}, {column}: is empty; expected {expected.expected}")
            continue
        value, wrong = _number(cell, expected)
        if wrong:
            problems.append(f"{row.where}, {column}: {shown(cell)} {wrong}; expected {expected.expected}")
        else:
            read[at] = value
    return read


def _number(cell: object, expected: Number) -> tuple[float, str]:
    """The number in a cell and what is wrong with it, if anything."""
    if isinstance(cell, str):
        text = cell.strip().replace("٫", ".")
        if not _NUMBER.fullmatch(text):
            return math.nan, "is not a number" + (" (write thousands without separators)" if re.fullmatch(r"[\d.,٬' ]+", text) else "")
        value = float(text)
    elif isinstance(cell, bool | np.bool_) or not isinstance(cell, int | float | Decimal | np.number) or isinstance(cell, complex):
        return math.nan, "is not a number"
    else:
        try:
            value = float(cell)
        except (OverflowError, ValueError):
            value = math.inf
    if not math.isfinite(value):
        return math.nan, "is not finite"
    if value < 0 or (expected.positive and value == 0):
        return math.nan, "is negative" if value < 0 else "is zero"
    return value, "is too large" if value > expected.high else ""


def texts(rows: Rows, column: str, problems: list[str]) -> list[str]:
    """A column of texts; an empty cell is an empty text."""
    read = []
    for row, cell in zip(rows.rows, rows.cells(column), strict=True):
        if not (is_empty(cell) or isinstance(cell, str)):
            problems.append(f"{row.where}, {column}: {shown(cell)} is not a text")
        read.append(cell if isinstance(cell, str) else "")
    return read


def flags(rows: Rows, column: str, problems: list[str]) -> list[bool | None]:
    """A column of true and false; None where a cell is empty."""
    read: list[bool | None] = []
    for row, cell in zip(rows.rows, rows.cells(column), strict=True):
        value = cell.strip().lower() if isinstance(cell, str) else cell
        known = isinstance(value, bool | np.bool_) or value in ("true", "false")
        if not (known or is_empty(cell)):
            problems.append(f"{row.where}, {column}: {shown(cell)} is neither true nor false")
        read.append((value == "true" if isinstance(value, str) else bool(value)) if known else None)
    return read


class Labels:
    """Countries as the user names them.

    Parameters
    ----------
    free : bool
        Names that are no country's, such as "R1", stand as they are.
    literal : iterable of str
        Labels that stand as they are in any case.
    """

    def __init__(self, *, free: bool, literal: Iterable[str] = ()) -> None:
        self._free = free
        self._read: dict[str, tuple[str, str]] = {text: (text, "") for text in literal}
        self._unknown = 0

    def read(self, cell: object) -> tuple[str, str]:
        """The label meant by a cell and what is wrong with it, if anything."""
        if is_empty(cell):
            return "", "is empty; expected a country"
        if not isinstance(cell, str):
            return "", f"{shown(cell)} is not a name; expected a country"
        text = cell.strip()
        if len(text) > LONGEST_LABEL or not text.isprintable():
            return "", f"{shown(text)} is not a name; expected a country"
        if text not in self._read:
            self._read[text] = self._found(text)
        return self._read[text]

    def _found(self, text: str) -> tuple[str, str]:
        if self._unknown > LOOKED_UP:
            return "", f"{text!r} comes after too many unknown countries to be looked up"
        try:
            code = regions.country(text).code
        except LabelError as error:
            self._unknown += 1
            if self._free and text not in _TAKEN:
                return text, ""
            near = f"; nearest: {', '.join(map(repr, error.nearest))}" if error.nearest else ""
            return (
                "",
                f"{text!r} is not a known {error.kind}{near}. Labels of your own need labels='free' (or that field of about.json); to list countries: {regions.LISTING}",
            )
        return ("", f"{text!r} is a total, not a country") if code == "WLD" else (code, "")
