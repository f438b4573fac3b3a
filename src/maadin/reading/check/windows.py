"""Which years a statement speaks of: a year, a month, a window that the text leaves vague, or none at all.

- "recent years" are the last ten; "the last five years" are what they say; "a decade" is ten years, "decades" are thirty.
- "once", "formerly", "ever": every year that the tables hold.
- A window ends with the year the statement speaks of (see `knowledge.Knowledge.anchor`), or with the last year at hand.
- An undated statement is held against that year; earlier years stand beside (see `readings`).
- A day is when something was said or done, not what a year's figure is of: the statement counts as undated and speaks of the last full year. So does a month,
  but for flows and prices, of which months exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from maadin import labels
from maadin.reading.statement import Statement

Kind = Literal["year", "month", "day", "window", "ever", "undated"]
RECENT, DECADE, DECADES = 10, 10, 30
HALF_YEAR = 6  # months
EARLIER = 5  # years that an undated statement is also held against, the one it speaks of included

_COUNTS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twenty": 20, "thirty": 30,
    "ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8, "تسع": 9, "عشر": 10, "عشرين": 20, "ثلاثين": 30,
}  # fmt: skip
_DUAL = re.compile(r"\b(?:عامين|سنتين|عامان|سنتان)\b")
_DECADES = re.compile(r"\b(?:decades|عقود)\b")
_DECADE = re.compile(r"\b(?:decade|عقد)\b")
_EVER = re.compile(
    r"\b(?:once|formerly|used to|in the past|historically|traditionally|ever|previously|ذات يوم|يوما ما|سابقا|سابق|في ماضي|ماضيا|تاريخيا|من قبل|لطالما)\b"
)
_RECENT = re.compile(r"\b(?:recent|recently|lately|past few|last few|اخيره|مؤخرا|موخرا|قليله|ماضيه)\b")
_SINCE = re.compile(r"(?:\bsince|\bfrom|منذ|من)\s+(?:عام\s+|سنة\s+|العام\s+)?((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Period:
    """The time a statement speaks of.

    Attributes
    ----------
    kind : {"year", "month", "day", "window", "ever", "undated"}
    year : int, optional
        Of a year, a month or a quarter that the statement is about.
    month : int, optional
        Of a month.
    day : date, optional
        When something was said or done.
    annual : int, optional
        The year that annual figures are looked up for: the year told, else the last one that was over by the middle of the month or day told.
    years : int, optional
        Length of a window.
    since : int, optional
        First year of a window that says so.
    told : str
        The words that say so.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: date | None = None
    annual: int | None = None
    years: int | None = None
    since: int | None = None
    told: str = ""

    @property
    def fixed(self) -> int | None:
        """The one year that is meant, where annual figures are meant by it."""
        return self.year if self.kind == "year" else None

    @property
    def is_undated(self) -> bool:
        """Whether no year of annual figures is told."""
        return self.kind in ("undated", "day", "month")

    def span(self, last: int, first: int) -> tuple[int, int]:
        """First and last year of a window that ends with `last`, in tables that begin with `first`."""
        if self.since is not None:
            return max(self.since, first), last
        if self.kind == "ever" or self.years is None:
            return first, last
        return max(last - self.years + 1, first), last


def period_of(statement: Statement) -> Period:
    """The time a statement speaks of."""
    if statement.window:
        return _window(statement.window)
    if statement.year_or_date:
        year, _, rest = statement.year_or_date.partition("-")
        if since := _since(statement.text):
            return Period("window", since=since, told=statement.text)
        return _dated(int(year), rest)
    if found := _EVER.search(_plain(statement.text)):
        return Period("ever", told=found[0])
    return Period("undated")


def _dated(year: int, rest: str) -> Period:
    """A year, a quarter, a month or a day."""
    if not rest:
        return Period("year", year, annual=year)
    month = 3 * int(rest[1]) if rest.startswith("Q") else int(rest[:2])
    annual = year if month > HALF_YEAR else year - 1
    if len(rest) > 2:
        return Period("day", day=date(year, month, min(int(rest[3:]), 28)), annual=annual)
    return Period("month", year, None if rest.startswith("Q") else month, annual=annual)


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """Lower case, without vowel marks and articles: the keys of its words."""
    return " ".join(labels.key(word) for word in text.split())


def _since(text: str) -> int | None:
    found = _SINCE.search(text.casefold())
    return int(found[1]) if found else None


def _window(told: str) -> Period:
    if since := _since(told):
        return Period("window", since=since, told=told)
    plain = _plain(told)
    if _DECADES.search(plain):
        return Period("window", years=DECADES, told=told)
    if _DECADE.search(plain):
        return Period("window", years=DECADE, told=told)
    if _DUAL.search(plain):
        return Period("window", years=2, told=told)
    if count := _count(plain):
        return Period("window", years=count, told=told)
    if _EVER.search(plain) and not _RECENT.search(plain):
        return Period("ever", told=told)
    return Period("window", years=RECENT, told=told)


def _count(plain: str) -> int | None:
    for word in plain.split():
        if word.isdigit() and 1 < int(word) <= 100:
            return int(word)
        if word in _COUNTS:
            return _COUNTS[word]
    return None


def last_year(years: Iterable[int], anchor: int | None) -> int:
    """The last year up to the one meant; the last of all where there is none."""
    listed = sorted(years)
    return max((y for y in listed if anchor is None or y <= anchor), default=listed[-1])
