"""The words of numbers: what each is worth and how it goes into a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from maadin.reading.entries import Entry
from maadin.reading.mentions import figures
from maadin.reading.mentions.phrases import Hit, Phrases, entries
from maadin.reading.model import Word

WORDS = Phrases(e for e in entries("numbers") if e.traits["role"] not in ("code", "fraction"))
FRACTIONS = Phrases(e for e in entries("numbers") if e.traits["role"] == "fraction")
CODES = Phrases(e for e in entries("numbers") if e.traits["role"] == "code")
STARTS = WORDS.starts | FRACTIONS.starts | figures.VULGAR
_VALUES = {id(e): Decimal(str(e.traits["value"])) for e in entries("numbers") if "value" in e.traits}


def worth(entry: Entry) -> Decimal:
    """What a number word is worth."""
    return _VALUES[id(entry)]


def plain(entry: Entry) -> bool:
    """Whether a scale is a whole word in its plain form: million, not millions, مليوني or m."""
    return "form" not in entry.traits and not entry.traits.get("loose")


def scale(words: Sequence[Word], at: int) -> Hit | None:
    """A scale at a word: "million", "ألف", "bn"."""
    hit = WORDS.at(words, at)
    return hit if hit is not None and hit.entry.traits["role"] == "scale" and not hit.form.before else None


def multiple(words: Sequence[Word], at: int) -> Hit | None:
    """A whole multiple at a word: "twice", "tenfold", "ضعفي"."""
    hit = WORDS.at(words, at)
    return hit if hit is not None and hit.entry.traits["role"] == "times" else None
