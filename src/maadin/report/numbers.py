"""Numbers as people read them: one scale a column, three significant digits, decimal points aligned."""

from __future__ import annotations

import decimal
import math
from collections.abc import Sequence
from dataclasses import dataclass

from maadin.report.words import Language, phrase

_SCALES: dict[str, tuple[tuple[float, str], ...]] = {
    "tonne": ((1e9, "Gt"), (1e6, "Mt"), (1e3, "kt"), (1.0, "t"), (1e-3, "kg")),
    "million m3": ((1e3, "billion m3"), (1.0, "million m3")),
    "carat": ((1e6, "million carats"), (1e3, "thousand carats"), (1.0, "carat")),
    "USD": ((1e9, "billion USD"), (1e6, "million USD"), (1e3, "thousand USD"), (1.0, "USD")),
}
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit that keeps a column's numbers short."""

    factor: float
    unit: str

    def words(self, language: Language) -> str:
        """The unit's name."""
        return phrase("units", self.unit, language)


def scale_for(values: Sequence[float | None], unit: str) -> Scale:
    """The largest scale in which a typical number of the column is at least one."""
    scales = _SCALES.get(unit)
    if scales is None:
        return Scale(1.0, unit)
    known = sorted(abs(v) for v in values if v)
    if not known:
        return Scale(*next(s for s in scales if s[0] == 1.0))
    typical = known[len(known) // 2]
    return next((Scale(*s) for s in scales if typical >= s[0]), Scale(*scales[-1]))


def number(value: float | int, language: Language, digits: int = DIGITS) -> str:
    """A number with `digits` significant digits at least, thousands grouped, halves rounded up; a count as it is."""
    if isinstance(value, int):
        return _formatted(value, "#,##0", language)
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, decimals)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded)))) if rounded else decimals
    return _formatted(value, "#,##0" + ("." + "0" * min(decimals, 9) if decimals else ""), language)


def fixed(value: float, decimals: int, language: Language) -> str:
    """A number with so many decimals; what would read as zero but is not is shown as less than the last place."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    last_place = 10.0**-decimals
    if 0 < abs(value) < last_place / 2:
        return f"<{_formatted(last_place, pattern, language)}"
    return _formatted(value, pattern, language)


def percent(fraction: float, language: Language, decimals: int = 1) -> str:
    """A fraction as a percentage; what would read as zero but is not is shown as less than the last place."""
    return f"{fixed(100 * fraction, decimals, language)}%"


def _formatted(value: float | int, pattern: str, language: Language) -> str:
    from babel.numbers import format_decimal

    if math.isinf(value):
        return "∞"
    with decimal.localcontext(rounding=decimal.ROUND_HALF_UP):
        return format_decimal(value, format=pattern, locale=language, numbering_system="latn")


def aligned(cells: Sequence[str]) -> list[str]:
    """Cells padded on the right so that decimal points stand under each other; cells without digits are left alone."""
    places = [_after_point(c) for c in cells]
    widest = max((p for p in places if p is not None), default=0)
    return [c if p is None else c + " " * (widest - p) for c, p in zip(cells, places, strict=True)]


def _after_point(cell: str) -> int | None:
    """Characters after the units digit, None for a cell that is not a number."""
    if not any(ch.isdigit() for ch in cell):
        return None
    bare = cell.replace(",", "")
    point = next((i for i, ch in enumerate(bare) if ch in ".٫"), None)
    if point is None:
        last = max(i for i, ch in enumerate(bare) if ch.isdigit())
        return len(bare) - 1 - last
    return len(bare) - point
