"""Figures as they are written: thousands and decimals with point, comma, apostrophe, space or the letter ر."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from maadin.reading.model import Word

_LONGEST = 18  # digits; more is a code
_MOST_GROUPS = 5  # of three digits, with spaces between them
_GROUPED = re.compile(r"\d{1,3}([.,'،])\d{3}(?:\1\d{3})*")
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3", "⅕": "0.2", "⅛": "0.125"}
VULGAR = frozenset(_VULGAR)


class Figure(NamedTuple):
    """A figure read.

    Attributes
    ----------
    value : Decimal
    other : Decimal or None
        What it would be if its one separator meant the other thing: 2,125 is 2125 or 2.125.
    last : int
        The word after it.
    plain : bool
        Digits only: it may be a year.
    """

    value: Decimal
    other: Decimal | None
    last: int
    plain: bool


def read(words: Sequence[Word], at: int) -> Figure | None:
    """The figure at a word, or None where the digits are no number (1.2.3).

    A comma marks decimals unless three digits follow each time; a point marks thousands where there are several of them. The letter ر stands between
    the decimals and the integer part, in this order, so that the number looks right on the page: news agencies write 5ر8 for 8.5.

    Examples
    --------
    >>> from maadin.reading.words import tokens
    >>> [str(read(tokens(text), 0).value) for text in ("5,774", "34,9", "1.200.000", "816 000", "5ر8", "1.234,5")]
    ['5774', '34.9', '1200000', '816000', '8.5', '1234.5']
    """
    word = words[at]
    if word.what != "figure":
        vulgar = _VULGAR.get(word.text)
        return Figure(_ratio(vulgar), None, at + 1, False) if vulgar else None
    text = word.text
    last = at + 1
    if text.isdecimal():
        if len(text) <= 3 and last < len(words) and words[last].what == "figure" and (groups := _groups(words, last)):
            text += "".join(words[n].text for n in range(last, last + groups))
            last += groups
        if last < len(words) and (vulgar := _VULGAR.get(words[last].text)) and words[last].start == words[last - 1].end:
            return Figure(Decimal(text) + _ratio(vulgar), None, last + 1, False)
        if len(text) > _LONGEST:
            return None
        if text.isdecimal():
            return Figure(Decimal(text), None, last, last == at + 1)
    if len(text) > 2 * _LONGEST:
        return None
    value = _value(text)
    return None if value is None else Figure(*value, last, False)


def _ratio(text: str) -> Decimal:
    over, _, under = text.partition("/")
    return Decimal(over) / Decimal(under or 1)


def _groups(words: Sequence[Word], at: int) -> int:
    """How many groups of three digits follow, each after one space; 0 for a list of figures."""
    count = 0
    while at + count < len(words) and words[at + count].start == words[at + count - 1].end + 1 and words[at + count].what == "figure":
        text = words[at + count].text
        if len(text) != 3 and not (len(text) > 4 and text[:3].isdecimal() and text[3] in ".,"):
            return 0
        count += 1
        if count > _MOST_GROUPS:
            return 0
        if len(text) > 3:
            break
    return count


def _value(text: str) -> tuple[Decimal, Decimal | None] | None:
    if "ر" in text:
        decimals, _, whole = text.partition("ر")
        if decimals == "0":
            whole, decimals = decimals, whole
        return (Decimal(f"{whole}.{decimals}"), None) if whole.isdecimal() and decimals.isdecimal() else None
    text = text.replace("،", ",")
    marks = [c for c in text if c in ".,'"]
    if len(set(marks)) > 1:
        decimal = marks[-1]
        whole, _, decimals = text.rpartition(decimal)
        if decimal == "'" or decimal in whole or not _GROUPED.fullmatch(whole):
            return None
        return Decimal(re.sub(r"\D", "", whole) + "." + decimals), None
    mark = marks[0]
    grouped = _GROUPED.fullmatch(text) is not None and not text.startswith("0")
    if len(marks) > 1 or mark == "'":
        return (Decimal(text.replace(mark, "")), None) if grouped else None
    thousands, decimal_value = Decimal(text.replace(mark, "")), Decimal(text.replace(mark, "."))
    if mark == "," and grouped:
        return thousands, decimal_value
    return decimal_value, thousands if grouped else None
