"""A number, and a number while it is read word by word: what may follow what, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maadin.reading.entries import Entry
from maadin.reading.model import Form

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence.

    Attributes
    ----------
    value : Decimal
    first, last : int
        Words it covers, `last` not included.
    form : Form
        How its first word stood there.
    bare : Decimal
        The number before its last scale: 20 of "20 million".
    scale : Decimal
        That scale; 1 without one.
    other : Decimal or None
        What it would be if its one separator meant the other thing.
    how : {"figure", "word", "scale", "fraction"}
        scale: a scale alone ("مليون"); fraction: a third, three quarters.
    plain : bool
        A figure of digits only.
    loose : bool
        Whether its scale is a letter that may mean something else ("5m").
    """

    value: Decimal
    first: int
    last: int
    form: Form
    bare: Decimal
    scale: Decimal = _ONE
    other: Decimal | None = None
    how: str = "figure"
    plain: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A word taken into a number: the word after it, what it means, and how it stood there."""

    last: int
    entry: Entry | None
    form: Form


class Sum:
    """A number while it is read: what is complete, and the group that a scale may still multiply."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.scale = _ONE
        self.last = ""  # role of the last word
        self.bare = Decimal(0)
        self.loose = False

    @property
    def value(self) -> Decimal:
        """What it comes to so far."""
        return self.total + (self.group or Decimal(0))

    def unit(self, value: Decimal, role: str, joined: bool, arabic: bool) -> bool:
        """Take a word below a hundred, or a fixed hundred; False if it does not go on the number."""
        after = self.last
        if after == "":
            fits = True
        elif after in ("hundred", "hundreds", "scale"):
            fits = joined or not arabic
        elif role == "ten":
            fits = after == "unit" and not joined
        elif role == "tens":
            fits = after == "unit" and joined and arabic
        else:
            fits = role == "unit" and after == "tens" and not arabic and not joined
        if fits:
            self.group = (self.group or Decimal(0)) + value
            self.last = "teen" if role == "ten" and after == "unit" else role
        return fits

    def hundred(self, joined: bool) -> bool:
        """Take "hundred"."""
        if self.last in ("unit", "teen", "figure") and not joined and self.group is not None and self.group < 100:
            self.group *= 100
        elif self.last == "" or (self.last == "scale" and joined):
            self.group = (self.group or Decimal(0)) + 100
        else:
            return False
        self.last = "hundred"
        return True

    def multiply(self, scale: Decimal, times: Decimal | None, joined: bool) -> bool:
        """Take a scale; `times` of it if it says so itself."""
        if joined or (times is not None and self.last):
            if self.last != "scale" or scale >= self.scale:
                return False
            self.total += scale * (times or 1)
            self.bare, self.scale = times or _ONE, scale
            return joined
        if self.last == "scale":
            if scale < self.scale:
                return False
            self.bare, self.total = self.total, self.total * scale
        elif self.total and scale >= self.scale:
            return False
        else:
            self.bare = self.group if self.group is not None else times or _ONE
            self.total += self.bare * scale
            self.group = None
        self.scale, self.last = scale, "scale"
        return True
