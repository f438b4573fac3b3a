"""When a fraction is a share: "a third of output", "نصف صادراتها", and not "the first half", "نصف العام", "half-finished"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from maadin.reading.mentions import comparators
from maadin.reading.mentions.sums import Number
from maadin.reading.mentions.times import keys, reads, role
from maadin.reading.model import Word

_NEITHER = role("no_share_after")
_BEFORE = role("no_share_before")
AMOUNTS = frozenset(("مقدار", "نسبه", "نحو", "حوالي", "قرابه", "الي", "واقع", "زهاء", "معدل"))  # before a fraction with the article
_TIME, _OWNERS = role("unit"), keys("owner")


def stands(words: Sequence[Word], number: Number) -> bool:
    """Whether a fraction is a share of something told in the sentence."""
    if number.first and _BEFORE.ending(words, number.first) is not None:
        return False
    return _arabic(words, number) if words[number.first].lang == "ar" else _english(words, number)


def _time(words: Sequence[Word], at: int) -> bool:
    """Whether a span of time or a year is named at a word."""
    if at >= len(words):
        return False
    word = words[at]
    if word.what == "figure":
        return len(word.text) == 4 and word.text[:2] in ("19", "20")
    return _TIME.at(words, at, lambda _, form: not form.before) is not None


def _english(words: Sequence[Word], number: Number) -> bool:
    last = number.last
    if last >= len(words) or words[last].what == "mark":
        return _bounded(words, number)
    following = words[last].text.lower()
    if following == "of":
        ahead = (
            last
            + 1
            + (words[last + 1].text.lower() in ("the", "a", "this", "last", "next", "each", "every") if last + 1 < len(words) else 0)
        )
        return not _time(words, ahead)
    if following in ("to", "in", "last") and not _time(words, last) and _by(words, number):
        return True
    if _NEITHER.at(words, last) is not None or _time(words, last):
        return False
    if reads(words[last], _OWNERS):
        return not _time(words, last + 1)
    return _bounded(words, number)


def _by(words: Sequence[Word], number: Number) -> bool:
    """Whether "by" stands before a fraction and what bounds it: "fell by almost half to"."""
    first = comparators.before(words, number.first).first
    lead = {words[i].key for i in range(max(0, min(first, number.first) - 1), number.first)}
    return "by" in lead


def _bounded(words: Sequence[Word], number: Number) -> bool:
    """Whether "about", "by" or another numerator says that it is an amount."""
    bound = comparators.before(words, number.first)
    if bound.id != "eq" or bound.opens:
        return True
    if number.first and words[number.first - 1].key in ("by", "to", "down", "up"):
        return True
    return (number.last - number.first > 1 and words[number.first].text.lower() not in ("a", "one", "half")) or words[
        number.first
    ].text.lower() == "one"


def _season(number: Number) -> bool:
    """Whether a fraction may be a part of a year: a half, a quarter."""
    return number.value in (Decimal("0.5"), Decimal("0.25"))


def _arabic(words: Sequence[Word], number: Number) -> bool:
    last = number.last
    if last >= len(words) or words[last].what == "mark":
        return number.form.article or number.form.before != "" or comparators.before(words, number.first).id != "eq"
    lead = words[number.first - 1].forms if number.first else ()
    amount = number.form.before or any(f.key in AMOUNTS for f in lead)
    if number.form.article and amount and not _time(words, last) and words[last].text in ("في", "من", "خلال", "عن", "منذ"):
        return not (number.last - number.first == 1 and _season(number))
    if _time(words, last) or _NEITHER.at(words, last) is not None:
        return False
    if words[last].text in ("من", "في"):
        return not _time(words, last + 1)
    if number.form.article:
        return number.form.before != "" or comparators.before(words, number.first).id != "eq"
    return True
