"""The words of dates, and a date told by the calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from maadin.reading.forms import readings
from maadin.reading.mentions import numerals
from maadin.reading.mentions.phrases import Phrases, entries, split
from maadin.reading.model import Form, Word


def role(*names: str) -> Phrases:
    """The phrases of dates.yaml with some roles."""
    return Phrases(e for e in entries("dates") if e.traits["role"] in names)


def keys(*names: str) -> frozenset[str]:
    """The keys of single words of dates.yaml with some roles."""
    return role(*names).starts


def reads(word: Word, known: frozenset[str]) -> bool:
    """Whether a word can be read as one of some keys."""
    return word.text in known if word.what == "mark" else any(form.key in known for form in word.forms)


@lru_cache(maxsize=1)
def _roles() -> dict[str, frozenset[str]]:
    """Roles by the first key of their phrases."""
    known: dict[str, set[str]] = {}
    for entry in entries("dates"):
        for phrase in entry.phrases:
            known.setdefault(split(phrase)[0], set()).add(entry.traits["role"])
    return {key: frozenset(roles) for key, roles in known.items()}


@lru_cache(maxsize=1 << 16)
def begins(text: str) -> frozenset[str]:
    """Roles of the phrases of dates that may begin with a word."""
    known = _roles()
    return frozenset().union(*(known.get(form.key, ()) for form in readings(text)[1]))


@lru_cache(maxsize=1 << 16)
def counts(text: str) -> bool:
    """Whether a number may begin with a word."""
    return text[0].isdecimal() or any(form.key in numerals.STARTS for form in readings(text)[1])


@dataclass(slots=True)
class Found:
    """A date told by the calendar.

    Attributes
    ----------
    first, last : int
        Words it covers, `last` not included.
    year : int or None
        None where the text leaves it unsaid.
    traits : dict
        month, day, quarter, half, months; `shift`, years from that of publication ("March last year"); `to`, where it is the first of a period.
    form : Form
    """

    first: int
    last: int
    year: int | None = None
    traits: dict[str, Any] = field(default_factory=dict)
    form: Form = field(default_factory=lambda: Form(""))

    @property
    def text(self) -> str:
        """As exact as the text tells it; "" without a year."""
        if self.year is None:
            return ""
        if "month" in self.traits:
            month = f"{self.year:04}-{self.traits['month']:02}"
            return f"{month}-{self.traits['day']:02}" if "day" in self.traits else month
        return f"{self.year:04}-Q{self.traits['quarter']}" if "quarter" in self.traits else f"{self.year:04}"
