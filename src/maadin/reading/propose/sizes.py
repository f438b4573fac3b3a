"""The size of a measure as the text tells it, in what the measure can take."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from maadin import units
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.policy import instruments
from maadin.policy.instruments import Base
from maadin.policy.measures import Measure
from maadin.policy.places import positions
from maadin.policy.texts import Sentence
from maadin.reading.propose.asked import PROJECTS, Asked, RefusedError, known
from maadin.reading.propose.sentences import sentence, texts
from maadin.reading.statement import Statement
from maadin.units import Range

# Units of a statement that an instrument's size can be read from
UNITS: Mapping[str, tuple[str, ...]] = {
    "tariff": ("percent", "USD/tonne", "USD/kg"),
    "quota": ("tonne", "percent"),
    "export_control": ("tonne", "percent"),
    "supply_offer": ("tonne",),
    "joint_venture": ("tonne", "percent"),
    "capacity_project": ("tonne", "percent"),
    "price_support": ("USD/tonne", "USD/kg"),
}
SAME_GOOD = 3.0  # times a price: a told one that is further off is that of another product
DIGITS = 2  # of what a default range is a share of
_CUT = re.compile(
    r"\b(cut\w*|reduc\w*|slash\w*|lower\w*|curb\w*|by \d)|(?:^|[\sوبل])(?:خفض|تخفيض|خفّض|تقليص|قلص|قلّص|تقليل|يقلص|تقلص)", re.IGNORECASE
)  # fmt: skip
_EACH_YEAR = re.compile(r"\b(a|per|each|every) (year|annum)\b|\bannual|\byearly\b|سنوي|في السنة|في العام", re.IGNORECASE)


def size_of(asked: Asked) -> tuple[Any, list[Sentence]]:
    """What the measure's size is read from, None where the text tells none that can be used, and what was assumed for it."""
    s = asked.statement
    if s.value is None or s.unit is None:
        return None, []
    if s.unit not in UNITS.get(str(s.instrument), ()):
        return None, [sentence("size_from_money")] if s.unit == "USD" and s.instrument in PROJECTS else []
    assumed = _bound(s)
    if s.instrument in PROJECTS:
        return _of_project(asked, assumed)
    if s.instrument in ("quota", "export_control") and s.unit == "percent":
        return _of_limit(s, assumed)
    if s.unit == "tonne" and (content := asked.market.mass_basis.partition(" content")[0]) not in ("gross", "dry"):
        assumed.append(sentence("basis", what=content))
    return instruments.quantity(s.value, s.unit), assumed


def _bound(s: Statement) -> list[Sentence]:
    """That a text gives a bound only."""
    if s.comparator not in ("gt", "lt"):
        return []
    said = texts()["bounds"][s.comparator]
    return [sentence("size_is_bound", said=Sentence(en=said["en"], ar=said["ar"]))]


def _of_limit(s: Statement, assumed: list[Sentence]) -> tuple[Any, list[Sentence]]:
    """A limit in percent: of benchmark trade, or what a cut leaves of it."""
    low, high = (v / 100 for v in _ends(s))
    if high > 1 or low < 0:
        return None, assumed
    if _CUT.search(s.text):
        assumed.append(sentence("cut", share=Range(low, high) if low != high else low))
        low, high = 1 - high, 1 - low
    return units.write(Range(low, high) if low != high else low, units.RATE), assumed


def _of_project(asked: Asked, assumed: list[Sentence]) -> tuple[Any, list[Sentence]]:
    """Tonnes that a project adds: told, over a level before, or as a percentage of the country's output."""
    s, b = asked.statement, asked.market
    low, high = _ends(s)
    if s.unit == "percent":
        where = known(s.place or s.actor)
        made = float(np.nan_to_num(b.production_t)[list(positions(_names(where), b.countries, b.year))].sum()) if where else 0.0
        if made <= 0:
            return None, assumed
        size = _size(low / 100 * made, high / 100 * made)
        share = _size(low / 100, high / 100)
        return units.write(size, units.MASS), [*assumed, sentence("size_of_output", share=share, names=where, year=b.year, size=size)]
    if s.value_prev is not None and low > s.value_prev:
        size = _size(low - s.value_prev, high - s.value_prev)
        return units.write(size, units.MASS), [*assumed, sentence("growth", before=s.value_prev, size=size)]
    if (content := b.mass_basis.partition(" content")[0]) not in ("gross", "dry"):
        assumed.append(sentence("basis", what=content))
    return units.write(_size(low, high), units.MASS), assumed


def _ends(s: Statement) -> tuple[float, float]:
    """Both ends of a told value."""
    assert s.value is not None
    return s.value if isinstance(s.value, tuple) else (s.value, s.value)


def _size(low: float, high: float) -> float | Range:
    return low if low == high else Range(low, high)


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("all" if c == "WLD" else c for c in codes)


def bases(asked: Asked) -> dict[Base, float]:
    """What a range for a size not told is a share of, to two digits: it is rough."""
    b = asked.market
    output = np.nan_to_num(b.production_t)
    at = list(positions(_names(known(asked.statement.actor)), b.countries, b.year))
    found: dict[Base, float] = {}
    if output.sum() > 0:
        found["world output"] = rough(float(output.sum()))
        if output[at].sum() > 0:
            found["actor output"] = rough(float(output[at].sum()))
    if (price := mean_price(b)) > 0:
        found["benchmark price"] = rough(price)
    return found


def mean_price(b: Benchmark) -> float:
    """Fob price of all that is sold, USD per tonne."""
    sold = b.trade_t.sum(axis=1)
    return float(np.nan_to_num(b.price_usd_per_t) @ sold / sold.sum()) if sold.sum() > 0 else 0.0


def rough(value: float) -> float:
    """A number to two significant digits.

    Examples
    --------
    >>> rough(398_742.0), rough(0.0)
    (400000.0, 0.0)
    """
    return round(value, DIGITS - 1 - math.floor(math.log10(abs(value)))) if value else 0.0


def refuse_other_good(asked: Asked, measure: Measure) -> None:
    """Refuse a guaranteed price that cannot be one of what the market trades.

    Raises
    ------
    RefusedError
    """
    price, known_price = getattr(measure, "price", None), mean_price(asked.market)
    if asked.statement.value is None or price is None or known_price <= 0:
        return
    low, high = units.ends(price)
    if low > SAME_GOOD * known_price or high < known_price / SAME_GOOD:
        values = {"price": (low + high) / 2, "market_price": known_price, "commodity": asked.commodity.id, "stage": asked.stage.id}
        raise RefusedError(Note("price_of_another_good", values))


def default_said(asked: Asked, measure: Measure) -> list[Sentence]:
    """The tonnes that a range for a size not told comes to."""
    size = getattr(measure, "tonnes", None)
    return [sentence("size_here", size=size)] if isinstance(size, Range) and asked.statement.instrument != "quota" else []


def each_year(s: Statement) -> bool:
    """Whether the text says that tonnes are a year's."""
    return bool(_EACH_YEAR.search(s.text))
