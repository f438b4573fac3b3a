"""Quantities as people write them, in English and Arabic: masses, rates, money, prices, and ranges of each.

>>> tonnes("2 Mt"), tonnes("٢ مليون طن"), rate("25%"), usd_per_tonne("$2.5/kg")
(2000000.0, 2000000.0, 0.25, 2500.0)
>>> read("10-40 kt", MASS)
Range(low=10000.0, high=40000.0)

A text is read by its parts: sign, currency, figure, "million" and the like, percent, unit of mass, "per" unit of mass. What it must be is a `Kind`;
a bare number has the kind's own unit (tonnes, USD, USD per tonne), except that a bare rate above 1 is refused. Arithmetic is decimal, so that "7%"
is 0.07 and what `write` writes reads back as the same float.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext

from maadin.errors import UnitError
from maadin.units.words import Slot, Unread, halves, terms, tidy

LONGEST = 80  # characters a quantity may have


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity known to lie between two values, both included.

    Attributes
    ----------
    low, high : float
        In the unit of its kind; low <= high.
    """

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The value half way."""
        return self.at(0.5)

    def at(self, position: float) -> float:
        """The value at a position between 0 (low) and 1 (high)."""
        return self.low + (self.high - self.low) * position


Size = float | Range


@dataclass(frozen=True, slots=True)
class Kind:
    """What a quantity must be.

    Attributes
    ----------
    name : str
        With its article, for messages.
    slots : frozenset of str
        Units it carries when they are written.
    examples : tuple of str
        Shown when one cannot be read.
    least, most : float
        Bounds, included.
    bare : bool
        Whether a number without a unit will do.
    """

    name: str
    slots: frozenset[Slot]
    examples: tuple[str, ...]
    least: float = 0.0
    most: float = math.inf
    bare: bool = True


MASS = Kind("a mass", frozenset({"mass"}), ("2 Mt", "200 kt", "1,000 t", "10 kt to 40 kt", "مليون طن"))
MONEY = Kind("an amount of US dollars", frozenset({"money"}), ("$500 billion", "2 million USD", "٥٠٠ مليار دولار"))
PRICE = Kind("a price per mass", frozenset({"money", "per"}), ("$300/t", "300 USD/t", "2.5 $/kg", "10 c/lb"))
RATE = Kind("a rate", frozenset({"percent"}), ("25%", "0.25", "٢٥٪", "10% to 20%"))
SHARE = Kind("a share", frozenset({"percent"}), ("25%", "0.25", "٢٥٪", "10% to 20%"), most=1.0)
CHANGE = Kind("a change", frozenset({"percent"}), ("-10%", "25%", "0.25", "5% to 20%"), least=-1.0)
NUMBER = Kind("a number", frozenset(), ("3", "0.5", "2 to 5"))
YEARS = Kind("a number of years", frozenset({"time"}), ("3", "3 years", "10 to 50", "١٠ سنوات"))


@dataclass(slots=True)
class _Amount:
    """The parts of a written quantity.

    `is_open` if nothing follows the figure, so that a range may lend it the magnitude of its other end.
    """

    figure: Decimal
    magnitude: Decimal | None = None
    units: dict[Slot, Decimal] = field(default_factory=dict)
    is_open: bool = True

    def value(self) -> Decimal:
        value = self.figure * (self.magnitude or 1)
        for slot, factor in self.units.items():
            value = value / factor if slot == "per" else value * factor
        return value


def read(given: object, kind: Kind) -> Size:
    """Read a quantity or a range of them.

    Parameters
    ----------
    given : number, str, Range, pair of these, or mapping with low and high
        "2 Mt", 0.25, "10-40 kt", ["10 kt", "40 kt"].
    kind : Kind

    Returns
    -------
    float or Range
        In tonnes, fractions, USD, USD per tonne or years.

    Raises
    ------
    UnitError
        If it cannot be read, is of another kind, out of bounds, not finite, or a range runs backwards.
    """
    if isinstance(given, Range):
        return _range(given, _within(Decimal(repr(given.low)), given, kind), _within(Decimal(repr(given.high)), given, kind), kind)
    if isinstance(given, Mapping):
        if set(given) != {"low", "high"}:
            raise UnitError("a mapping", "is a range only with the keys low and high", kind.examples)
        return _separate(given, given["low"], given["high"], kind)
    if isinstance(given, list | tuple):
        if len(given) != 2:
            raise UnitError("a list", f"has {len(given)} entries; a range has two", kind.examples)
        return _separate(given, given[0], given[1], kind)
    if isinstance(given, str) and (two := halves(_tidy(given, kind))):
        return _together(given, *two, kind)
    return _checked(_parts(given, kind), given, kind)


def read_as(given: object, *kinds: Kind) -> tuple[Kind, Size]:
    """Read a quantity that may be of several kinds: a bare number is of the first, the others need their unit.

    Raises
    ------
    UnitError
        If it is of none of them; the reason is the first kind's.
    """
    refused: UnitError | None = None
    for kind in kinds:
        try:
            return kind, read(given, kind if refused is None else replace(kind, bare=False))
        except UnitError as error:
            refused = refused or error
    raise UnitError(given, refused.reason if refused else "cannot be read", [e for k in kinds for e in k.examples[:3]])


def value(given: object, kind: Kind) -> float:
    """Read a quantity that may not be a range; see `read`."""
    found = read(given, kind)
    if isinstance(found, Range):
        raise UnitError(given, f"is a range; here {kind.name} is needed", kind.examples[:2])
    return found


def tonnes(given: object) -> float:
    """A mass in tonnes; a bare number is tonnes."""
    return value(given, MASS)


def rate(given: object) -> float:
    """A rate as a fraction; a bare number is a fraction of at most 1.

    Raises
    ------
    UnitError
        Also for a bare number above 1: 25 may mean 25% or 0.25.
    """
    return value(given, RATE)


def usd(given: object) -> float:
    """An amount in US dollars."""
    return value(given, MONEY)


def usd_per_tonne(given: object) -> float:
    """A price in US dollars per tonne; a bare number is USD per tonne."""
    return value(given, PRICE)


def ends(size: Size) -> tuple[float, float]:
    """Low and high of a size; twice the value if it is no range."""
    return (size.low, size.high) if isinstance(size, Range) else (size, size)


def at(size: Size, position: float) -> float:
    """The value of a size at a position between 0 and 1; the value itself if it is no range."""
    return size.at(position) if isinstance(size, Range) else size


def write(size: Size, kind: Kind) -> str | float:
    """A size as text that reads back as the same size; plain numbers and years stay numbers.

    Examples
    --------
    >>> write(2e6, MASS), write(Range(0.05, 0.2), RATE), write(300.0, PRICE), write(5e11, MONEY)
    ('2 Mt', '5% to 20%', '300 USD/t', '500 billion USD')
    """
    if isinstance(size, Range):
        return f"{write(size.low, kind)} to {write(size.high, kind)}"
    exact = Decimal(repr(size + 0.0))
    if "percent" in kind.slots:
        return f"{_plain(exact * 100)}%"
    if "per" in kind.slots:
        return f"{_plain(exact)} USD/t"
    if "money" in kind.slots:
        return _largest(exact, {"trillion USD": 12, "billion USD": 9, "million USD": 6, "USD": 0})
    if "mass" in kind.slots:
        return _largest(exact, {"Mt": 6, "kt": 3, "t": 0})
    return int(size) if size.is_integer() and abs(size) < 1e15 else size


def _largest(exact: Decimal, powers: Mapping[str, int]) -> str:
    """In the largest unit that keeps it at least 1 with three decimals at most; else in the last."""
    for name, power in powers.items():
        scaled = exact.scaleb(-power).normalize()
        if scaled >= 1 and int(scaled.as_tuple().exponent) >= -3:
            return f"{_plain(scaled)} {name}"
    return f"{_plain(exact)} {list(powers)[-1]}"


def _plain(exact: Decimal) -> str:
    text = f"{exact.normalize():f}"
    return text if len(text) <= 24 else str(exact)


def _tidy(given: str, kind: Kind) -> str:
    if len(given) > LONGEST:
        raise UnitError(given, f"is too long for {kind.name} ({len(given)} characters)", kind.examples)
    return tidy(given)


def _together(given: str, first: str, second: str, kind: Kind) -> Range:
    """A range from the two ends of one text.

    What is written once, at the end, holds for both (10-40 kt, $1.5-2bn), and so does a currency written once, at the start.
    """
    low, high = _parts(first, kind), _parts(second, kind)
    if low.is_open and low.magnitude is None:
        low.magnitude = high.magnitude
    if "money" in low.units:
        high.units.setdefault("money", low.units["money"])
    if low.units and not high.units:
        raise UnitError(given, "has a unit on one side only", kind.examples)
    low.units = {**high.units, **low.units}
    return _range(given, _checked(low, given, kind), _checked(high, given, kind), kind)


def _separate(given: object, first: object, second: object, kind: Kind) -> Range:
    """A range from two quantities, each with its own unit."""
    low, high = _parts(first, kind), _parts(second, kind)
    if bool(low.units) != bool(high.units):
        raise UnitError(f"{first} to {second}", "has a unit on one side only", kind.examples)
    return _range(given, _checked(low, first, kind), _checked(high, second, kind), kind)


def _range(given: object, low: float, high: float, kind: Kind) -> Range:
    if low > high:
        raise UnitError(given, f"runs backwards: {write(low, kind)} is more than {write(high, kind)}", kind.examples)
    return Range(low, high)


def _parts(given: object, kind: Kind) -> _Amount:
    """The parts of one quantity, whatever it is given as."""
    if isinstance(given, str):
        try:
            return _parse(_tidy(given, kind))
        except Unread as error:
            raise UnitError(given, f"is not {kind.name}: it {error}", kind.examples) from None
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise UnitError(given, f"is not {kind.name}", kind.examples)
    if isinstance(given, int) and given.bit_length() > 1024:
        raise UnitError("a number of more than 300 digits", f"is too large for {kind.name}", kind.examples)
    figure = Decimal(repr(given)) if isinstance(given, float) else Decimal(given)
    if not figure.is_finite():
        raise UnitError(given, "is not finite", kind.examples)
    return _Amount(figure)


def _checked(amount: _Amount, given: object, kind: Kind) -> float:
    """The value of an amount, if it is of the kind."""
    if amount.units and amount.units.keys() != kind.slots:
        missing = "it does not say per what mass" if kind is PRICE and amount.units.keys() == {"money"} else "it has another unit"
        raise UnitError(given, f"is not {kind.name}: {missing}", kind.examples)
    if not amount.units and not kind.bare:
        raise UnitError(given, "has no unit", kind.examples)
    with localcontext() as context:
        context.prec = 60
        exact = amount.value()
    if "percent" in kind.slots and not amount.units and abs(exact) > 1:
        raise UnitError(given, f"is ambiguous as a rate: did you mean {_plain(exact)}% or {_plain(exact / 100)}?", kind.examples)
    return _within(exact, given, kind)


def _within(exact: Decimal, given: object, kind: Kind) -> float:
    found = float(exact)
    if not math.isfinite(found):
        raise UnitError(given, "is not finite", kind.examples)
    if found < kind.least:
        reason = f"is negative; {kind.name} is not" if kind.least == 0 else f"is less than {write(kind.least, kind)}"
        raise UnitError(given, reason, kind.examples)
    if found > kind.most:
        raise UnitError(given, f"is more than {write(kind.most, kind)}, the most that {kind.name} can be", kind.examples)
    return found + 0.0


def _parse(text: str) -> _Amount:
    """The parts of a quantity written as text."""
    figure: Decimal | None = None
    magnitude: Decimal | None = None
    units: dict[Slot, Decimal] = {}
    per = False
    what = ""
    for what, factor in terms(text[1:].lstrip() if text[:1] in ("-", "+") else text):
        if what == "figure" and figure is None and magnitude is None:
            figure = factor
        elif (what == "times" or what == "two times") and magnitude is None and not per:
            figure = figure if figure is not None else Decimal(2 if what == "two times" else 1)
            magnitude = factor
        elif what == "per" and not per:
            per = True
        elif "mass" in units and (what == "yearly" or (per and what == "time")):
            per = False  # tonnes a year: every quantity here is a year's
        elif per and what == "mass" and "per" not in units:
            units["per"] = factor
        elif not per and (what == "money" or what == "percent" or what == "mass" or what == "time") and what not in units:
            units[what] = factor
        else:
            raise Unread("cannot be read")
    if figure is None or (per and "per" not in units):
        raise Unread("holds no figure" if figure is None else "does not say per what")
    if not units and what in ("times", "two times") and not any(c.isdigit() for c in text):
        raise Unread("has no unit")
    return _Amount(-figure if text[0] == "-" else figure, magnitude, units, is_open=what == "figure")
