"""Numbers side by side: ranges ("35 to 70%", "بين 20 و30 مليون") and lists that share the unit of their last ("10, 20 and 30%")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from maadin.reading.mentions import comparators, units
from maadin.reading.mentions.sums import Number
from maadin.reading.mentions.units import Unit
from maadin.reading.model import Word

_SCALE_FITS = 1000  # a number below it may share the scale of the next: "20 and 30 million"
_LAST_YEAR = 2100
_BY = ("by", "بمقدار", "بواقع")
_MANY = 4  # a level is many times the change that led to it
_SHARED = ("percent", "tonne", "USD", "USD/tonne", "USD/kg")


@dataclass(slots=True)
class Amount:
    """A number with its unit, before ranges and bounds."""

    number: Number
    first: int
    last: int
    low: Decimal
    high: Decimal
    unit: Unit | None
    fraction: bool = False
    sign: bool = False
    traits: dict[str, Any] = field(default_factory=dict)
    comparator: str = "eq"
    joint: str = ""  # how it is joined to the next amount

    @property
    def bare(self) -> bool:
        """Whether it has no unit of its own."""
        return self.unit is None


def joined(words: Sequence[Word], amounts: list[Amount]) -> list[Amount]:
    """Amounts with ranges made one, and units shared in lists."""
    made: list[Amount] = []
    at = 0
    while at < len(amounts):
        amount = amounts[at]
        following = amounts[at + 1] if at + 1 < len(amounts) else None
        joint = comparators.joint(words, amount.last) if following is not None else None
        if joint is not None and following is not None and joint[1] == following.first and _glue(words, amount, following):
            if (together := _range(words, amount, following, joint[0])) is not None:
                made.append(together)
                at += 2
                continue
            amount.joint = joint[0]
        made.append(amount)
        at += 1
    ended = False
    for a, b in zip(reversed(made[:-1]), reversed(made[1:]), strict=True):
        ended = a.joint in ("and", "or") or (ended and a.joint == ",")
        if (
            ended
            and a.bare
            and b.unit is not None
            and b.unit.unit in ("percent", "tonne", "USD", "USD/tonne", "USD/kg")
            and not b.sign
            and _inherits(a, b)
        ):
            _inherit(a, b)
    return made


def _glue(words: Sequence[Word], a: Amount, b: Amount) -> bool:
    """A hyphen joins two numbers only where it is glued to both, or stands free between both."""
    mark = words[a.last]
    return mark.what != "mark" or mark.text not in "-–—" or (mark.start == words[a.last - 1].end) == (words[b.first].start == mark.end)


def _fits(a: Amount, b: Amount) -> bool:
    """Whether a number without a scale shares that of the next: "20 and 30 million", not "500,000 and 1 million"."""
    return a.number.scale == 1 and abs(a.number.bare) < _SCALE_FITS <= b.number.scale


def _scale(a: Amount, b: Amount) -> None:
    """Give a number the scale of the next, if that makes sense."""
    if _fits(a, b):
        a.low, a.high = a.low * b.number.scale, a.high * b.number.scale


def _inherits(a: Amount, b: Amount) -> bool:
    """Whether a number may share the unit of the next; a year may not."""
    if a.number.how == "fraction":
        return False
    return not (a.number.plain and a.low >= _SCALE_FITS and b.number.scale == 1 and a.low <= _LAST_YEAR)


def _inherit(a: Amount, b: Amount) -> None:
    """Give an amount the unit of the next, and its scale."""
    assert b.unit is not None
    _scale(a, b)
    a.unit = units.shared(b.unit, a.last)


def _size_and_level(words: Sequence[Word], a: Amount, b: Amount) -> bool:
    """Whether a change and the level it led to stand side by side: "fell by 28 tonnes to 3,533 tonnes", "by 13 points to 32%"."""
    lead = words[a.first - 1].key if a.first else ""
    points = any(w.key in ("point", "points", "نقطة", "نقاط") for w in words[a.first : b.first])
    return lead in _BY and not a.bare and (points or b.low > _MANY * a.high)


def _range(words: Sequence[Word], a: Amount, b: Amount, joint: str) -> Amount | None:
    """Two amounts as one range, if they are."""
    opens = comparators.before(words, a.first).opens
    if joint == "," or (joint == "and" and opens != "range") or (joint == "or" and a.bare and b.bare):
        return None
    if not _alike(words, a, b) or _size_and_level(words, a, b):
        return None
    if opens != "from" and a.high >= b.low:
        return None
    factor = b.unit.factor if b.unit is not None else Decimal(1)
    traits = {"from": float(a.low * factor), "to": float(b.high * factor)} if opens == "from" else {}
    low, high = sorted((a.low, b.high))
    return Amount(a.number, a.first, b.last, low, high, b.unit, a.fraction or b.fraction, traits=traits, comparator="range")


def _same_price(a: Amount, b: Amount) -> bool:
    """Whether one of two sums is a price, which the other then is too: "from $9,500 a tonne to $8,900"."""
    if a.unit is None or b.unit is None or a.unit.currency != b.unit.currency or not a.unit.currency:
        return False
    if a.unit.unit == "USD" and "/" in b.unit.unit:
        a.unit = b.unit
    elif b.unit.unit == "USD" and "/" in a.unit.unit:
        b.unit = units.shared(a.unit, b.last)
    return a.unit.unit == b.unit.unit


def _alike(words: Sequence[Word], a: Amount, b: Amount) -> bool:
    """Bring two amounts to one unit and scale; False if they have none in common."""
    if a.bare and b.bare:
        _scale(a, b)
    elif a.bare:
        if b.unit is None or b.sign or not _inherits(a, b):
            return False
        _inherit(a, b)
    elif b.bare:
        if a.unit is None or not a.sign or b.number.how == "fraction":  # "$300-500 million"
            return False
        b.unit = units.after(words, b.last, b.number, units.prefix(words, a.first)) or a.unit
        b.last = max(b.last, b.unit.last)
        _scale(a, b)
        a.unit = b.unit
    elif a.unit is not None and b.unit is not None:
        if a.unit.unit != b.unit.unit and not _same_price(a, b):
            return False
        if a.sign and b.sign:
            _scale(a, b)  # "$2 to $3 billion"
        if a.unit.unit == b.unit.unit and a.unit.factor != b.unit.factor:
            a.low, a.high = a.low * a.unit.factor / b.unit.factor, a.high * a.unit.factor / b.unit.factor
    return True
