"""Dates that a text tells by the calendar, with or without their year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maadin.reading.mentions import months, parts, years
from maadin.reading.mentions.times import Found, begins
from maadin.reading.model import Word


def figures_of_dates(words: Sequence[Word]) -> frozenset[int]:
    """The words that are figures of a date."""
    return frozenset(n for found in scan(words) for n in range(found.first, found.last) if words[n].what == "figure")


def scan(words: Sequence[Word]) -> Iterator[Found]:
    """Dates one after another."""
    at = 0
    while at < len(words):
        found = here(words, at)
        if found is not None:
            yield found
            at = found.last
        else:
            at += 1


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
    return found or (parts.short(words, at) if word.text[-1].isdigit() or word.text[0] in "HQhq" else None)
