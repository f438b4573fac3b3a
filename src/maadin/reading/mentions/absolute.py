"""Dates that a text tells by the calendar, with or without their year."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.mentions import months, parts, years
from maadin.reading.mentions.times import Found, begins
from maadin.reading.model import Word

_NEAR = 3  # words from the beginning of a date to its first figure: "fiscal year 2025", "Sept. 5"


def figures_of_dates(words: Sequence[Word]) -> frozenset[int]:
    """The words that are figures of a date."""
    found: set[int] = set()
    at, count = 0, len(words)
    while at < count:
        date = here(words, at) if any(words[n].what == "figure" for n in range(at, min(at + _NEAR, count))) else None
        if date is not None:
            found.update(n for n in range(date.first, date.last) if words[n].what == "figure")
        at = date.last if date is not None else at + 1
    return frozenset(found)


def here(words: Sequence[Word], at: int) -> Found | None:
    """The date that begins at a word."""
    word = words[at]
    if word.what == "figure":
        return months.numeric(words, at) or months.day_first(words, at) or parts.short(words, at) or years.period(words, at)
    if word.what != "word":
        return None
    roles = begins(word.text)
    found = None
    if "month" in roles:
        found = months.named(words, at)
    if found is None and ("ordinal_day" in roles or "ordinal" in roles):
        found = months.ordinal_day(words, at) or parts.first_months(words, at)
    if found is None and ("ordinal" in roles or "unit" in roles):
        found = parts.months_first(words, at) or parts.part(words, at)
    elif found is None and word.lang == "ar" and word.forms[0].article:
        found = parts.months_first(words, at)
    if found is None and "year" in roles:
        found = years.told(words, at)
    return found or (parts.short(words, at) if word.text[-1].isdecimal() or word.text[0] in "HQhq" else None)
