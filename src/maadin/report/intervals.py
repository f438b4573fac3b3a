"""Changes and their intervals as people read them: "+18.8%" and "[14.6, 19.8]".

In Arabic, marks of direction keep a sign before its number, and an interval in reading order.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from maadin.report.numbers import Scale, fixed
from maadin.report.words import Language

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
NONE = "–"
SMALL = 0.01  # relative changes below it throughout a column show another decimal


def signed(value: float, decimals: int, language: Language) -> str:
    """A change with its sign; what rounds to nothing has none."""
    rounded = math.floor(abs(value) * 10**decimals + 0.5) / 10**decimals
    if rounded == 0:
        return fixed(0.0, decimals, language)
    sign = "+" if value > 0 else "-"
    return (_LEFT_TO_RIGHT if language == "ar" else "") + sign + fixed(rounded, decimals, language)


def bare(value: float, decimals: int, language: Language) -> str:
    """A number with a minus where it is negative."""
    shown = signed(value, decimals, language)
    return shown.replace("+", "").replace(_LEFT_TO_RIGHT, "") if value > 0 else shown


def interval(low: float, high: float, decimals: int, language: Language, end: str = "") -> str:
    """Both ends of an interval in brackets; empty where there is none. `end` follows both numbers, as "%" may."""
    if math.isnan(low) or math.isnan(high):
        return ""
    comma, mark = ("، ", _RIGHT_TO_LEFT) if language == "ar" else (", ", "")
    return f"[{bare(low, decimals, language)}{end}{mark}{comma}{bare(high, decimals, language)}{end}{mark}]"


def decimals_for(values: Iterable[float]) -> int:
    """Decimals with which the largest of some numbers shows three digits, 3 at most."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    return 0 if largest >= 99.5 else 1 if largest >= 9.95 else 2 if largest >= 0.995 else 3


def percent_decimals(fractions: Iterable[float]) -> int:
    """Decimals for a column of relative changes."""
    largest = max((abs(v) for v in fractions if math.isfinite(v)), default=0.0)
    return 1 if largest >= SMALL or largest == 0 else 2


def width_of(text: str) -> int:
    """Characters that a text takes up on a screen: of its longest line, without marks."""
    return max(sum(unicodedata.category(c) not in ("Mn", "Cf") for c in line) for line in text.split("\n"))


def joined_cell(figure: str, band: str, stacked: bool) -> str:
    """A figure with its interval, beside it or beneath it."""
    return f"{figure}{chr(10) if stacked else ' '}{band}" if band else figure


class Amounts:
    """Figures of a table in one unit, in which the largest shows three digits, and with one number of decimals."""

    def __init__(self, scale: Scale, largest: float, language: Language) -> None:
        self._factor, self._decimals, self._language = scale.factor, decimals_for([largest / scale.factor]), language
        self.unit = scale.words(language)

    def plain(self, value: float) -> str:
        """A level; what would read as nothing but is not is shown as less than the last place."""
        if value < 0:
            return bare(value / self._factor, self._decimals, self._language)
        return fixed(value / self._factor, self._decimals, self._language) if value else "0"

    def signed(self, value: float) -> str:
        """A change; one that would read as nothing gets a decimal more."""
        scaled, decimals = value / self._factor, self._decimals
        if abs(scaled) < 0.5 * 10.0**-decimals:
            decimals += 1
        return "0" if abs(scaled) < 0.5 * 10.0**-decimals else signed(scaled, decimals, self._language)

    def interval(self, low: float, high: float) -> str:
        """An interval."""
        return interval(low / self._factor, high / self._factor, self._decimals, self._language)


def tonnes(values: Iterable[float], language: Language) -> Amounts:
    """Tonnes of a table: kt, for small figures t, for very large ones Mt."""
    return _amounts(values, ((1e9, 1e6, "Mt"), (1e4, 1e3, "kt"), (0.0, 1.0, "t")), language)


def dollars(values: Iterable[float], language: Language, billions_from: float = 1e12) -> Amounts:
    """Dollars of a table: millions, for small figures thousands, for large ones billions."""
    steps = ((billions_from, 1e9, "billion USD"), (1e6, 1e6, "million USD"), (1e4, 1e3, "thousand USD"), (0.0, 1.0, "USD"))
    return _amounts(values, steps, language)


def _amounts(values: Iterable[float], steps: Iterable[tuple[float, float, str]], language: Language) -> Amounts:
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    factor, unit = next((factor, unit) for least, factor, unit in steps if largest >= least)
    return Amounts(Scale(factor, unit), largest, language)
