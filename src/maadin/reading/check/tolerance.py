"""How close a figure must come to the number told: as close as the number is told.

- A number counts to half a unit of the last digit told: "1.9 million tonnes" is 1.85 to 1.95 million, "two million" 1.5 to 2.5 million, "15%" 14.5 to
  15.5%. The zeros that end a tonnage or a sum are not told digits; those of a percentage are.
- A share told as a fraction in words ("a third", "three quarters") counts to 2.5 points, as about.
- "About" doubles that, to at least a twentieth of a quantity, and to 2.5 points of a percentage told in fives.
- None ever reaches further than a quarter of the number; for a price than a twentieth, about a tenth.
- "More than" and "less than" are exact, but for the rounding of the source.
- A range reaches from one number to the other, each with its own rounding.
- Figures of the U.S. Geological Survey are rounded to three digits: they count as the interval that rounds to them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from maadin import labels
from maadin.facts.table import Note
from maadin.reading.statement import Statement

FURTHEST = 0.25
FURTHEST_OF_PRICE, FURTHEST_ABOUT_PRICE = 0.05, 0.1
ABOUT_LEAST = 0.05
ABOUT_POINTS = 2.5
_POINTS = ("percent",)
_PRICES = ("USD/tonne", "USD/kg")
_FRACTIONS = re.compile(
    r"\b(?:half|halves|halved|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
    r"|(?:[وبل]|لل)?(?:نصف|ثلث|ربع|خمس|سدس|سبع|ثمن|تسع|عشر)(?:ها|هم)?|(?:[وبل]|لل)?(?:ثلثي|ثلثا|ثلثين|ثلثان)(?:ها|هم)?"
    r"|[وبل]?(?:اثلاث|ارباع|اخماس|اسداس|اسباع|اثمان|اتساع|اعشار)(?:ها|هم)?)\b"
)
_PARTS = range(2, 11)  # a half to tenths
_NEAR = 0.06  # points by which a fraction is rounded when it is written as a percentage


@dataclass(frozen=True, slots=True)
class Band:
    """The numbers that count as what was told.

    Attributes
    ----------
    low, high : float
    told : float or (float, float)
    how : str
        eq, approx, gt, lt or range.
    """

    low: float
    high: float
    told: float | tuple[float, float]
    how: str


def finite(number: float) -> float | None:
    """A number that can be written down; None for an open end."""
    return number if math.isfinite(number) else None


def band_of(statement: Statement) -> Band | None:
    """The band of a statement's number; None where it has none."""
    if statement.value is None:
        return None
    unit, how = statement.unit or "", statement.comparator
    if (
        unit in _POINTS
        and how in ("eq", "approx")
        and not isinstance(statement.value, tuple)
        and told_as_fraction(statement.text, statement.value)
    ):
        return band_of_fraction(statement.value, how)
    return band(statement.value, unit, how)


def told_as_fraction(text: str, percent: float) -> bool:
    """Whether a percentage stands in a text as a fraction in words.

    Examples
    --------
    >>> told_as_fraction("two fifths of the world's chrome", 40)
    True
    >>> told_as_fraction("40% of it, in the first half", 40)
    False
    """
    if not any(abs(abs(percent) * n / 100 - round(abs(percent) * n / 100)) <= n * _NEAR / 100 for n in _PARTS):
        return False
    said = labels.key(text)
    return bool(_FRACTIONS.search(said)) and not any(c.isdigit() for c in said)


def band_of_fraction(percent: float, how: str) -> Band:
    """The band of a fraction in words."""
    wide = min(ABOUT_POINTS, FURTHEST * abs(percent))
    return Band(percent - wide, percent + wide, percent, "approx" if how == "approx" else "eq")


def band(told: float | tuple[float, float], unit: str, how: str) -> Band:
    """The band of a number told.

    Examples
    --------
    >>> band(2_000_000, "tonne", "eq")
    Band(low=1500000.0, high=2500000.0, told=2000000, how='eq')
    >>> band(15, "percent", "approx").high
    17.5
    """
    if isinstance(told, tuple):
        low, high = sorted(told)
        return Band(low - slack(low, unit, "eq"), high + slack(high, unit, "eq"), told, "range")
    if how == "gt":
        return Band(told, math.inf, told, how)
    if how == "lt":
        return Band(-math.inf, told, told, how)
    wide = slack(told, unit, how)
    return Band(told - wide, told + wide, told, "approx" if how == "approx" else "eq")


def slack(told: float, unit: str, how: str) -> float:
    """How far a figure may lie from the number told."""
    step = last_digit(told, zeros_told=unit in _POINTS)
    furthest = FURTHEST if unit not in _PRICES else FURTHEST_ABOUT_PRICE if how == "approx" else FURTHEST_OF_PRICE
    if how != "approx":
        return min(step / 2, furthest * abs(told)) if told else step / 2
    if unit in _POINTS:
        step = ABOUT_POINTS if told % 5 == 0 else step
    else:
        step = max(step, ABOUT_LEAST * abs(told))
    return min(step, furthest * abs(told)) if told else step


def last_digit(number: float, *, zeros_told: bool) -> float:
    """The place value of the last digit told.

    Examples
    --------
    >>> last_digit(1_900_000, zeros_told=False)
    100000.0
    >>> last_digit(20, zeros_told=True)
    1.0
    >>> last_digit(6.55, zeros_told=True)
    0.01
    """
    if number == 0:
        return 1.0
    mantissa, _, exponent = f"{abs(number):.12e}".partition("e")
    digits = mantissa.rstrip("0").rstrip(".")
    place = int(exponent) - max(0, len(digits) - 2)
    return 10.0 ** (min(0, place) if zeros_told else place)


def band_rule(wanted: Band, unit: str) -> Note:
    """The rule for how close is close enough."""
    told = list(wanted.told) if isinstance(wanted.told, tuple) else wanted.told
    return Note("band", {"told": told, "low": finite(wanted.low), "high": finite(wanted.high), "unit": unit, "how": wanted.how})


def as_rounded(value: float, source: str) -> tuple[float, float]:
    """The interval that a printed figure stands for."""
    if source != "usgs_mcs" or value == 0:
        return value, value
    half = 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    return value - half, value + half


def meets(wanted: Band) -> Callable[[float, float], bool | None]:
    """Whether figures between two ends meet a band: True, False, or None where they may."""

    def test(low: float, high: float) -> bool | None:
        if wanted.how in ("gt", "lt"):
            return _beyond(wanted, low, high)
        if high < wanted.low or low > wanted.high:
            return False
        inside = wanted.low <= low and high <= wanted.high
        return True if inside or (math.isfinite(high) and high - low <= FURTHEST * abs(high)) else None

    return test


def _beyond(wanted: Band, low: float, high: float) -> bool | None:
    """More or less than a number: what rounds to it is neither."""
    if wanted.how == "gt":
        return True if low >= wanted.low else False if high < wanted.low else None
    return True if high <= wanted.high else False if low > wanted.high else None
