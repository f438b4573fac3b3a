"""Quantities: numbers with their unit, what bounds them, ranges, shares told as fractions.

Each number is read once, where it begins; then its unit, then whether it opens a range or a list that shares the unit of its last number
("10, 20 and 30%"). What is no quantity of a text keeps out: years and days, section numbers, codes, telephone numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from maadin.reading.forms import readings
from maadin.reading.mentions import codes, comparators, numbers, numerals, ranges, ratios, shares, units
from maadin.reading.mentions.absolute import figures_of_dates
from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.ranges import Amount
from maadin.reading.mentions.sums import Number
from maadin.reading.mentions.units import Unit
from maadin.reading.model import Form, Mention, Quantity, Sentence, Word

_STARTS = numerals.STARTS | units.STARTS | units.DUALS.starts | {"%", ratios.ONE_TON}
_HUNDRED = Decimal(100)
_CODE = 6  # digits in a row that may be a product code or part of a telephone number


def find(sentence: Sentence) -> list[Mention]:
    """Quantities of a sentence, and its bare numbers.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of Mention
        Kind "quantity" (id: the unit) or "number" (bare numbers and multiples); the value is a `Quantity`. A mention covers the words that bound it.
        Traits: `number`, the word where the number itself begins; `from` and `to` of "from 25 to 50%", which may be a range or a change; `fraction`
        where a share was told as one; `points` of percentage points; `currency`; `what`, of units that are none of ours; `verb` where a verb bounds it.

    Examples
    --------
    >>> from maadin.reading.source import clean
    >>> from maadin.reading.words import sentences
    >>> [(q.value.low, q.value.unit, q.value.comparator) for q in find(sentences(clean("توريد أكثر من مليوني طن"))[0])]
    [(2000000.0, 'tonne', 'gt')]
    """
    words = sentence.words
    if not any(_opens(w.text) for w in words):
        return []
    dated = figures_of_dates(words)
    amounts = ranges.joined(words, list(_amounts(words, dated)))
    mentions: list[Mention] = []
    for n, amount in enumerate(amounts):
        floor = mentions[-1].last if mentions else 0
        ceiling = amounts[n + 1].first if n + 1 < len(amounts) else len(words) + 1
        mention = _mention(words, amount, floor, ceiling)
        if mention is not None:
            mentions.append(mention)
    return mentions


@lru_cache(maxsize=1 << 16)
def _opens(text: str) -> bool:
    """Whether an amount may begin with a word or mark."""
    return text[0].isdecimal() or text in _STARTS or (text.isalpha() and any(form.key in _STARTS for form in readings(text)[1]))


def _amounts(words: Sequence[Word], dated: frozenset[int]) -> Iterator[Amount]:
    """Amounts one after another."""
    at, count = 0, len(words)
    apart = -1  # numbers up to here stand after "between"
    apart_from = 0
    while at < count:
        word = words[at]
        if not _opens(word.text):
            at += 1
            continue
        if at in dated:
            at += 1
            continue
        if word.what == "figure" and (skipped := codes.passed(words, at)):
            at = skipped
            continue
        bound = comparators.before(words, at)
        if bound.opens in ("range", "span"):
            apart = at + 8
        amount = None
        if at > apart_from and words[at - 1].text in ("a", "an", "A", "An"):
            amount = _amount(words, at - 1, at <= apart)
        amount = amount or _amount(words, at, at <= apart)
        if amount is None:
            at += 1
            continue
        yield amount
        at = apart_from = max(amount.last, at + 1)


def _amount(words: Sequence[Word], at: int, apart: bool) -> Amount | None:
    if (ratio := ratios.read(words, at)) is not None:
        value = ratio.value * _HUNDRED
        return Amount(ratio, at, ratio.last, value, value, Unit("percent", Decimal(1), ratio.last), fraction=True)
    first = at
    sign = None
    negative = False
    word = words[at]
    if word.what != "figure":
        if word.text == "%" and at + 1 < len(words) and words[at + 1].what == "figure" and words[at + 1].start == word.end:
            return _prefixed_percent(words, at)
        sign = units.prefix(words, at)
        if sign is not None:
            at = sign.last
            if at >= len(words) or (words[at].what == "word" and words[at].lang == "ar"):
                return None
            first = sign.first
    if (
        first
        and words[first - 1].text == "-"
        and words[first - 1].end == words[first].start
        and (first < 2 or words[first - 2].end < words[first - 1].start)
    ):
        negative = True
    minus = bool(first) and not negative and words[first - 1].key in ("minus", "سالب", "ناقص")
    number = numbers.read(words, at, apart, sign is not None, lambda n: units.begins(words, n))
    if number is None:
        if sign is None and (two := units.dual(words, at)) is not None:
            pair, hit = two
            whole = Number(Decimal(2), at, hit.last, hit.form, Decimal(2), how="word")
            return Amount(whole, at, pair.last, Decimal(2), Decimal(2), pair)
        if sign is None and (multiple := numerals.multiple(words, at)) is not None:
            return _multiple(words, multiple)
        return None
    if number.how == "fraction":
        return _share(words, number)
    unit = units.after(words, number.last, number, sign)
    value = _settled(words, number, unit)
    value = -value if negative or minus else value
    last = unit.last if unit is not None else number.last
    return Amount(number, first - negative - minus, last, value, value, unit, sign=sign is not None)


def _prefixed_percent(words: Sequence[Word], at: int) -> Amount | None:
    """%25, as some Arabic pages write it."""
    number = numbers.read(words, at + 1)
    if number is None or (at and words[at - 1].what == "figure"):
        return None
    return Amount(number, at, number.last, number.value, number.value, Unit("percent", Decimal(1), number.last))


def _multiple(words: Sequence[Word], hit: Hit) -> Amount | None:
    if hit.entry.traits.get("compared") and comparators.before(words, hit.first).id == "eq":
        return None
    value = numerals.worth(hit.entry)
    number = Number(value, hit.first, hit.last, hit.form, value, how="word")
    return Amount(number, hit.first, hit.last, value, value, Unit("times", Decimal(1), hit.last))


def _share(words: Sequence[Word], number: Number) -> Amount | None:
    """A fraction that is a share of something, in percent."""
    if not shares.stands(words, number):
        return None
    value = number.value * _HUNDRED
    return Amount(number, number.first, number.last, value, value, Unit("percent", Decimal(1), number.last), fraction=True)


def _settled(words: Sequence[Word], number: Number, unit: Unit | None) -> Decimal:
    """The value where one separator may mean two things: of three digits after a point or comma."""
    if number.other is None or unit is None:
        return number.value
    text = words[number.first].text
    arabic = any(w.lang == "ar" for w in words[number.last : number.last + 2])
    if "," in text or "،" in text:
        return number.other if unit.unit == "percent" and not text.endswith("00") else number.value
    if unit.unit == "percent" or "/" in unit.unit:
        return number.value
    return number.other if text.endswith("000") or (arabic and unit.unit == "tonne") else number.value


def _mention(words: Sequence[Word], a: Amount, floor: int, ceiling: int) -> Mention | None:
    """An amount with what bounds it, between the mention before it and the amount after it."""
    bound = comparators.before(words, a.first, floor)
    comparator = bound.id if a.comparator == "eq" else a.comparator
    last = a.last
    following = comparators.after(words, last)
    if following is not None and following.last < ceiling:
        comparator = following.entry.id if comparator in ("eq", "approx") else comparator
        last = following.last
    first = bound.first
    form = bound.form or (a.number.form if a.number.first == a.first else Form(words[a.first].text))
    if a.unit is None:
        if a.comparator != "range" and _no_number(words, a):
            return None
        return Mention("number", first, last, "", form, {"number": a.first}, Quantity(float(a.low), float(a.high), "", comparator))
    unit = a.unit
    traits = {"number": a.first, **a.traits}
    traits |= {
        name: value
        for name, value in (
            ("currency", unit.currency),
            ("what", unit.what),
            ("points", unit.points),
            ("fraction", a.fraction),
            ("verb", bound.verb),
        )
        if value
    }
    factor = unit.factor
    low, high = float(a.low * factor), float(a.high * factor)
    stated = _text(words, a.first, a.last) if unit.note else ""
    quantity = Quantity(low, high, unit.unit, comparator, unit.per, stated, unit.note)
    return Mention("number" if unit.unit == "times" else "quantity", first, last, unit.unit, form, traits, quantity)


def _no_number(words: Sequence[Word], a: Amount) -> bool:
    """Whether what looks like a bare number is none worth telling: "one", "the two", a code."""
    number = a.number
    if number.how in ("fraction", "scale") or number.form.article or (a.low == 1 and number.how == "word"):
        return True
    return (number.plain and len(words[number.first].text) >= _CODE) or number.loose


def _text(words: Sequence[Word], first: int, last: int) -> str:
    """The text of some words, as it was but for the width of spaces."""
    return "".join((" " if n > first and words[n].start > words[n - 1].end else "") + words[n].text for n in range(first, last))
