"""Changes and their intervals as people read them: "+18.8%" and "[14.6, 19.8]".

In Arabic, marks of direction keep a sign before its number, and an interval in reading order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from maadin.report.numbers import fixed
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


def joined_cell(figure: str, band: str, stacked: bool) -> str:
    """A figure with its interval, beside it or beneath it."""
    return f"{figure}{chr(10) if stacked else ' '}{band}" if band else figure
