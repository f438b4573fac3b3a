"""Shares told as so many of so many: "two out of every three tonnes", "nine in ten tons", "طنين من كل ثلاثة أطنان"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from maadin.reading.mentions import units
from maadin.reading.mentions.numerals import WORDS, worth
from maadin.reading.mentions.phrases import Phrases, entries
from maadin.reading.mentions.sums import Number
from maadin.reading.model import Form, Word

_JOINTS = Phrases(e for e in entries("units") if e.traits["role"] == "ratio")
_NOUNS = Phrases(e for e in entries("units") if e.traits["role"] == "mass")
_SMALL = ("unit", "ten", "teen", "tens")
_MOST = 100
ONE_TON = "طن"


def read(words: Sequence[Word], at: int) -> Number | None:
    """A ratio that begins at a word, as a fraction; None where none does."""
    first = _count(words, at)
    if first is None:
        return None
    count, form, i = first
    noun = _NOUNS.at(words, i)
    i = noun.last if noun is not None else i
    joint = _JOINTS.at(words, i) if i < len(words) else None
    if joint is None:
        return None
    second = _count(words, joint.last) if joint.last < len(words) else None
    if second is None or not count < second[0] <= _MOST:
        return None
    last = second[2]
    again = _NOUNS.at(words, last) if last < len(words) else None
    last = again.last if again is not None else last
    of_it = last < len(words) and words[last].text in ("of", "من")
    if noun is None and again is None and not of_it and words[at].lang == "en":
        return None  # "one in five jobs"
    return Number(count / second[0], at, last, form, count / second[0], how="fraction")


def _count(words: Sequence[Word], at: int) -> tuple[Decimal, Form, int] | None:
    """A small whole number and where it ends."""
    word = words[at]
    if word.what == "figure":
        whole = word.text.isdecimal() and 0 < int(word.text) <= _MOST
        return (Decimal(int(word.text)), Form(word.text), at + 1) if whole else None
    if (hit := WORDS.at(words, at)) is not None and hit.entry.traits["role"] in _SMALL and hit.last == at + 1:
        return worth(hit.entry), hit.form, hit.last
    if (two := units.dual(words, at)) is not None and two[0].unit == "tonne":
        return Decimal(2), two[1].form, two[1].last
    if word.lang == "ar" and (form := next((f for f in word.forms if f.key == ONE_TON and not f.article), None)) is not None:
        return Decimal(1), form, at + 1
    return None
