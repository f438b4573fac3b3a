"""Numbers: figures and number words in English and Arabic, with scales and fractions.

In Arabic what adds is joined by و ("خمسة وعشرين ألفا") and what multiplies is not ("ثلاثمئة ألف"); the dual multiplies by two ("مليوني"), and the
accusative does where no number stands before it ("مليونا طن"). Figures and words mix: "3 ملايين و500 ألف", "4.4 million", "two and a half million".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maadin.reading.mentions import figures, fractions
from maadin.reading.mentions.numerals import FRACTIONS, WORDS, worth
from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.sums import Number, Sum, Taken
from maadin.reading.model import Form, Word

_ONE = Decimal(1)
_A = frozenset(("a", "an", "A", "An"))
_ORDINAL = frozenset(("st", "nd", "rd", "th"))


def _ordinal(words: Sequence[Word], at: int) -> bool:
    """Whether a figure is an ordinal: 5th."""
    return at < len(words) and words[at].text.lower() in _ORDINAL and words[at].start == words[at - 1].end


@dataclass(frozen=True, slots=True)
class Manner:
    """How a number stands: whether و separates two numbers there, whether a currency sign stands before it, and where a unit begins."""

    apart: bool = False
    money: bool = False
    unit: Callable[[int], bool] | None = None


def read(
    words: Sequence[Word], at: int, apart: bool = False, money: bool = False, unit: Callable[[int], bool] | None = None
) -> Number | None:
    """The number that begins at a word.

    Parameters
    ----------
    words : sequence of Word
    at : int
    apart : bool
        Whether و separates two numbers here: after "between".
    money : bool
        Whether a currency sign stands before it, so that "m" means million.
    unit : callable, optional
        Whether a unit begins at a word: a single letter is a scale only before one.

    Returns
    -------
    Number or None
    """
    word = words[at]
    if word.what == "word" and (part := fractions.read(words, at, unit)):
        return part
    manner = Manner(apart, money, unit)
    sum_, form, i = Sum(), Form(word.text), at
    figure = None
    if word.what == "figure" or word.text in figures.VULGAR:
        figure = figures.read(words, at)
        if figure is None or _ordinal(words, figure.last):
            return None
        sum_.group, sum_.last, i = figure.value, "figure", figure.last
    elif word.what == "mark":
        return None
    elif word.text in _A:
        following = WORDS.at(words, at + 1)
        if following is None or not fractions.multiplied(following):
            return None
        i += 1
    alone = True
    while i < len(words) and (taken := _take(sum_, words, i, manner)) is not None:
        form = taken.form if i == at else form
        alone = alone and taken.entry is not None and taken.entry.traits["role"] == "scale"
        i = taken.last
    if not sum_.last:
        return None
    scaled = sum_.last == "scale"
    return Number(
        sum_.value, at, i, form, sum_.bare if scaled else sum_.value, sum_.scale if scaled else _ONE,
        other=figure.other if figure is not None and i == figure.last else None,
        how="figure" if figure is not None else "scale" if alone else "word",
        plain=figure is not None and figure.plain and i == figure.last,
        loose=sum_.loose,
    )  # fmt: skip


def _take(sum_: Sum, words: Sequence[Word], i: int, manner: Manner) -> Taken | None:
    """The next word of a number, taken into the sum; None if it is none."""
    word, at = words[i], i
    joined = False
    if sum_.last and word.text in ("and", "و") and i + 1 < len(words):
        if word.text == "و" and manner.apart:
            return None
        joined, at = True, i + 1
        if words[at].what == "figure":
            return _more(sum_, words, at) if word.text == "و" else None
        if word.text == "and" and sum_.last not in ("hundred", "scale") and FRACTIONS.at(words, at + (words[at].text == "a")) is None:
            return None
    hit = WORDS.at(words, at)
    if sum_.last and hit is not None and hit.form.before:
        joined = hit.form.before == "و"
        if not joined or (manner.apart and sum_.last in ("scale", "figure")):
            return None
    elif sum_.last and not joined and not manner.apart:
        joined = any(f.before == "و" for f in word.forms)
    if joined and (half := fractions.going_on(sum_, words, at)):
        return half
    if hit is None or (sum_.last and hit.form.article):
        return None
    return _added(sum_, words, hit, joined and (at > i or hit.form.before == "و"), manner)


def _added(sum_: Sum, words: Sequence[Word], hit: Hit, joined: bool, manner: Manner) -> Taken | None:
    """A word of a number added to it or multiplied with it; None if it cannot stand there."""
    entry, at = hit.entry, hit.first
    role, arabic = entry.traits["role"], words[at].lang == "ar"
    if role == "scale":
        shape = entry.traits.get("form", "")
        double = shape == "dual" or (shape == "accusative" and (not sum_.last or joined))
        fits = _scales(sum_, hit, words, manner) and sum_.multiply(worth(entry), Decimal(2) if double else None, joined)
        sum_.loose = bool(entry.traits.get("loose")) and not manner.money
    elif role == "hundred":
        fits = (bool(sum_.last) or arabic or (at > 0 and words[at - 1].text in _A)) and sum_.hundred(joined)
    elif role == "times":
        fits = False
    else:
        whole = not entry.traits.get("teens_only") or _teen(words, hit.last)
        fits = whole and sum_.unit(worth(entry), role, joined, arabic)
    return Taken(hit.last, entry, hit.form) if fits else None


def _scales(sum_: Sum, hit: Hit, words: Sequence[Word], manner: Manner) -> bool:
    """Whether a scale may stand here."""
    shape = hit.entry.traits.get("form", "")
    if hit.entry.traits.get("loose"):
        if sum_.last != "figure":
            return False
        glued = words[hit.first].start == words[hit.first - 1].end
        before_unit = manner.unit is not None and hit.last < len(words) and manner.unit(hit.last)
        return manner.money or before_unit or (glued and words[hit.first].text in "kKbB")
    if shape == "plural":  # "millions of tonnes" tells no number
        return sum_.last not in ("", "scale")
    return bool(sum_.last) or words[hit.first].lang == "ar" or (hit.first > 0 and words[hit.first - 1].text in _A)


def _teen(words: Sequence[Word], at: int) -> bool:
    hit = WORDS.at(words, at)
    return hit is not None and hit.entry.traits["role"] == "ten" and not hit.form.before


def _more(sum_: Sum, words: Sequence[Word], at: int) -> Taken | None:
    """A figure after و that goes on a number: "3 ملايين و500 ألف", "ألف و200"."""
    figure = figures.read(words, at)
    if figure is None or sum_.last != "scale" or figure.value >= 1000:
        return None
    scale = WORDS.at(words, figure.last)
    if scale is not None and scale.entry.traits["role"] == "scale" and not scale.form.before and not scale.entry.traits.get("loose"):
        size = worth(scale.entry)
        if size >= sum_.scale:
            return None
        sum_.total += figure.value * size
        sum_.bare, sum_.scale = figure.value, size
        return Taken(scale.last, None, Form(""))
    if sum_.scale == 1000:
        sum_.total += figure.value
        sum_.last, sum_.scale = "figure", _ONE
        return Taken(figure.last, None, Form(""))
    return None
