"""From figures to places: linear scales and round marks along them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a figure."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * ((value - self.low) / span if span else 0.0)


def known(values: Iterable[float | None]) -> list[float]:
    """The figures that are there."""
    return [v for v in values if v is not None and math.isfinite(v)]


def steps(low: float, high: float, count: int = 5) -> list[float]:
    """Round marks that cover a range, about so many."""
    if not high > low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def decimals_of(marks: Iterable[float]) -> int:
    """Decimals with which marks differ."""
    return max((len(f"{m:.6f}".rstrip("0").partition(".")[2]) for m in marks), default=0)


def round_breaks(largest: float, count: int) -> list[float]:
    """Ascending bounds of classes up to a figure, on the steps 1, 3, 10, 30 ..., so that small places are told from tiny ones."""
    if not largest > 0:
        return []
    exponent = math.floor(math.log10(largest) * 2)
    made: list[float] = []
    while len(made) < count:
        power, half = divmod(exponent, 2)
        made.append((3.0 if half else 1.0) * 10.0**power)
        exponent -= 1
    return sorted(made)
