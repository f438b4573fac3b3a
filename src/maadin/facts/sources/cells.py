"""What one printed cell of a statistical table says.

A cell is a figure, a bound, a range, a zero, or one of several reasons why there is no figure. What is none of these raises an error,
so that no footnote, date or slip of a spreadsheet becomes a quantity.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from maadin.errors import DataError
from maadin.facts.records import Quality, Status

_NUMBER = r"[0-9]{1,3}(?:[,\u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_MARKS = r"(?P<marks>[erp](?:\s*,\s*[erp]|[erp])?\s*)?"
_FOOTNOTE = r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]*"
_PLAIN = re.compile(rf"{_MARKS}(?P<sign>[-\u2212])?(?P<number>{_NUMBER})(?P<after>e)?{_FOOTNOTE}")
_BOUND = re.compile(
    rf"{_MARKS}(?:(?P<above>[>\u2265]|(?:more|greater) than|at least|over)|(?P<below>[<\u2264]|less than|up to|at most))"
    rf"\s*{_MARKS.replace('marks', 'inner')}(?P<number>{_NUMBER}){_FOOTNOTE}",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"{_MARKS}(?P<low>{_NUMBER})\s*(?:[-\u2010-\u2014\u2212]|to)\s*(?P<high>{_NUMBER}){_FOOTNOTE}")
_HALF = re.compile(r"less than (?:\u00bd|1/2|a half|one[- ]half|half)(?: (?:a|the|of a|of the))? ?unit\.?", re.IGNORECASE)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212") | {"--", "---"}
_BY_WORD = {
    "": Status.MISSING,
    "na": Status.MISSING,
    "n/a": Status.MISSING,
    "n.a.": Status.MISSING,
    "not available": Status.MISSING,
    "w": Status.WITHHELD,
    "withheld": Status.WITHHELD,
    "xx": Status.NOT_APPLICABLE,
    "not applicable": Status.NOT_APPLICABLE,
    "net exporter": Status.NET_EXPORTER,
}
# A bound that names its own unit ("Less than 50,000 tons" in a column of million tons) is kept in words: the column's unit does not hold.
_OWN_UNIT = re.compile(rf"(?:less|more) than (?:{_NUMBER})\s+[a-z .]+", re.IGNORECASE)
_FOOTNOTE_AFTER_WORD = re.compile(r"(?<=[A-Za-z])\s?[0-9]{1,2}$")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says.

    Attributes
    ----------
    value : float or None
        The figure, times the scale; None exactly where the status has no value. For a bound the bound itself, for a range its
        middle, for "less than half a unit" a quarter of the unit.
    low, high : float or None
        Printed bounds, times the scale.
    status : Status
        What kind of statement it is.
    quality : Quality
        Estimated or provisional where the cell itself says so ("e5,000").
    """

    value: float | None
    low: float | None
    high: float | None
    status: Status
    quality: Quality


def parse_cell(text: str, scale: float = 1.0, *, signed: bool = False) -> Cell:
    """Read a printed cell.

    Parameters
    ----------
    text : str
        The cell as printed.
    scale : float
        What the printed unit is worth in the unit wanted, > 0.
    signed : bool
        Whether a negative number can be meant (a change of stocks). Otherwise it is an error: spreadsheets turn a footnote "(4)"
        into -4.

    Returns
    -------
    Cell

    Raises
    ------
    DataError
        If the cell holds digits that are not clearly one number, bound or range, or a lone letter without a meaning.

    Examples
    --------
    >>> parse_cell(">17,000,000").low
    17000000.0
    >>> parse_cell("W").status.value
    'withheld'
    """
    bare = text.replace("\ufeff", "").strip()
    if bare in _DASHES:
        return Cell(0.0, None, None, Status.ZERO, Quality.REPORTED)
    if _HALF.fullmatch(bare):
        return Cell(_scaled("0.25", scale, text), 0.0, _scaled("0.5", scale, text), Status.BELOW_HALF_UNIT, Quality.REPORTED)
    if match := _PLAIN.fullmatch(bare):
        return _number(match, scale, text, signed)
    if match := _BOUND.fullmatch(bare):
        return _bound(match, scale, text)
    if match := _RANGE.fullmatch(bare):
        return _range(match, scale, text)
    return _words(bare, text)


def _number(match: re.Match[str], scale: float, text: str, signed: bool) -> Cell:
    value = _scaled(match["number"], scale, text)
    quality = Quality.ESTIMATED if match["after"] else _quality(match["marks"])
    if match["sign"]:
        if not signed:
            raise DataError(f"{text!r} is negative; a quantity of 0 or more was expected (a footnote in brackets?)")
        value = -value
    if value == 0:
        return Cell(0.0, None, None, Status.ZERO, quality)
    return Cell(value, None, None, Status.VALUE, quality)


def _bound(match: re.Match[str], scale: float, text: str) -> Cell:
    value = _scaled(match["number"], scale, text)
    quality = _quality((match["marks"] or "") + (match["inner"] or ""))
    if value == 0:
        raise DataError(f"{text!r} is a bound of zero, which says nothing of a quantity")
    if match["above"]:
        return Cell(value, value, None, Status.AT_LEAST, quality)
    return Cell(value, None, value, Status.AT_MOST, quality)


def _range(match: re.Match[str], scale: float, text: str) -> Cell:
    low, high = _scaled(match["low"], scale, text), _scaled(match["high"], scale, text)
    if not low < high:
        raise DataError(f"{text!r} looks like a range, but its first number is not the smaller one")
    return Cell(low + (high - low) / 2, low, high, Status.RANGE, _quality(match["marks"]))


def _words(bare: str, text: str) -> Cell:
    words = _FOOTNOTE_AFTER_WORD.sub("", re.sub(rf"{_FOOTNOTE}$", "", bare)).strip()
    if words == "E":  # a capital: a small e is the mark of an estimate whose number is gone
        return Cell(None, None, None, Status.NET_EXPORTER, Quality.REPORTED)
    folded = words.casefold()
    status = _BY_WORD.get(folded)
    if status is None and folded.startswith("included "):
        status = Status.INCLUDED_ELSEWHERE
    if status is None and (_OWN_UNIT.fullmatch(words) or _only_words(words)):
        status = Status.DESCRIBED
    if status is None:
        raise DataError(f"{text!r} is neither a number, a bound, a range nor a known mark (W, NA, XX, E, a dash)")
    return Cell(None, None, None, status, Quality.REPORTED)


def _only_words(words: str) -> bool:
    return len(words) > 2 and any(c.isalpha() for c in words) and not any(c.isnumeric() for c in words)


def _quality(marks: str | None) -> Quality:
    given = (marks or "").casefold()
    if "e" in given:
        return Quality.ESTIMATED
    return Quality.PROVISIONAL if "p" in given else Quality.REPORTED


def _scaled(number: str, scale: float, text: str) -> float:
    # Decimal, so that 2.3 million is 2300000.0 and not 2299999.9999999995.
    value = float(Decimal(re.sub(r"[^0-9.]", "", number)) * Decimal(repr(float(scale))))
    if not math.isfinite(value):
        raise DataError(f"{text!r} is larger than any quantity")
    return value
