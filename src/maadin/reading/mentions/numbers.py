"""Numbers: figures and number words in English and Arabic, with scales and fractions.

In Arabic what adds is joined by و ("خمسة وعشرين ألفا") and what multiplies is not ("ثلاثمئة ألف"); the dual multiplies by two ("مليوني"), and the
accusative does where no number stands before it ("مليونا طن"). Figures and words mix: "3 ملايين و500 ألف", "4.4 million", "two and a half million".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maadin.reading.entries import Entry
from maadin.reading.mentions import figures
from maadin.reading.mentions.phrases import Hit, Phrases, entries
from maadin.reading.mentions.sums import Sum
from maadin.reading.model import Form, Word

_ONE = Decimal(1)
_WORDS = Phrases(e for e in entries("numbers") if e.traits["role"] not in ("code", "fraction"))
_FRACTIONS = Phrases(e for e in entries("numbers") if e.traits["role"] == "fraction")
_CODES = Phrases(e for e in entries("numbers") if e.traits["role"] == "code")
_VALUES = {id(e): Decimal(str(e.traits["value"])) for e in entries("numbers") if "value" in e.traits}
STARTS = _WORDS.starts | _FRACTIONS.starts | figures.VULGAR
_ORDINAL = frozenset(("st", "nd", "rd", "th"))


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence.

    Attributes
    ----------
    value : Decimal
    first, last : int
        Words it covers, `last` not included.
    form : Form
        How its first word stood there.
    bare : Decimal
        The number before its last scale: 20 of "20 million".
    scale : Decimal
        That scale; 1 without one.
    other : Decimal or None
        What it would be if its one separator meant the other thing.
    how : {"figure", "word", "scale", "fraction"}
        scale: a scale alone ("مليون"); fraction: a third, three quarters.
    plain : bool
        A figure of digits only.
    loose : bool
        Whether its scale is a letter that may mean something else ("5m").
    """

    value: Decimal
    first: int
    last: int
    form: Form
    bare: Decimal
    scale: Decimal = _ONE
    other: Decimal | None = None
    how: str = "figure"
    plain: bool = False
    loose: bool = False


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
    if word.what == "word" and (part := _part(words, at, unit)):
        return part
    sum_ = Sum()
    figure = None
    form = Form(word.text)
    i = at
    if word.what == "figure" or word.text in figures.VULGAR:
        figure = figures.read(words, at)
        if figure is None or _ordinal(words, figure.last):
            return None
        sum_.group, sum_.last, i = figure.value, "figure", figure.last
        sum_.bare = figure.value
    elif word.what == "mark":
        return None
    elif word.text in ("a", "an", "A", "An"):
        following = _WORDS.at(words, at + 1)
        if following is None or not (
            (following.entry.traits["role"] in ("hundred", "scale") and _plain(following.entry)) or following.form.key == "dozen"
        ):
            return None
        i += 1
    alone = True
    while i < len(words):
        taken = _take(sum_, words, i, apart, money, unit)
        if taken is None:
            break
        if i == at:
            form = taken.form
        alone = alone and taken.entry is not None and taken.entry.traits["role"] == "scale"
        i = taken.last
    if not sum_.last:
        return None
    if sum_.last != "scale":
        sum_.bare, scale = sum_.value, _ONE
    else:
        scale = sum_.scale
    return Number(
        sum_.value, at, i, form, sum_.bare, scale,
        other=figure.other if figure is not None and i == figure.last else None,
        how="figure" if figure is not None else "scale" if alone else "word",
        plain=figure is not None and figure.plain and i == figure.last,
        loose=sum_.loose,
    )  # fmt: skip


class _Taken:
    __slots__ = ("entry", "form", "last")

    def __init__(self, last: int, entry: Entry | None, form: Form) -> None:
        self.last, self.entry, self.form = last, entry, form


def _take(sum_: Sum, words: Sequence[Word], i: int, apart: bool, money: bool, unit: Callable[[int], bool] | None) -> _Taken | None:
    """The next word of a number, taken into the sum; None if it is none."""
    word, at = words[i], i
    joined = False
    if sum_.last and word.text in ("and", "و") and i + 1 < len(words):
        if word.text == "و" and apart:
            return None
        joined, at = True, i + 1
        if words[at].what == "figure":
            return _more(sum_, words, at) if word.text == "و" else None
        if word.text == "and" and sum_.last not in ("hundred", "scale") and _FRACTIONS.at(words, at + (words[at].text == "a")) is None:
            return None
    hit = _WORDS.at(words, at)
    if sum_.last and hit is not None and hit.form.before:
        joined = hit.form.before == "و"
        if not joined or (apart and sum_.last in ("scale", "figure")):
            return None
    elif sum_.last and not joined and not apart:
        joined = any(f.before == "و" for f in word.forms)
    if joined and (half := _half(sum_, words, at)):
        return half
    if hit is None or (sum_.last and hit.form.article):
        return None
    joined = joined and (at > i or hit.form.before == "و")
    entry, form = hit.entry, hit.form
    role, value = entry.traits["role"], _VALUES[id(entry)]
    if role == "scale":
        if not _scales(sum_, hit, words, money, unit):
            return None
        shape = entry.traits.get("form", "")
        double = shape == "dual" or (shape == "accusative" and (not sum_.last or joined))
        if not sum_.multiply(value, Decimal(2) if double else None, joined):
            return None
        sum_.loose = bool(entry.traits.get("loose")) and not money
    elif role == "hundred":
        if not (sum_.hundred(joined) if sum_.last or word.lang == "ar" or (i > 0 and words[i - 1].text in ("a", "A")) else False):
            return None
    elif role == "times":
        return None
    else:
        if entry.traits.get("teens_only") and not _teen(words, hit.last):
            return None
        if not sum_.unit(value, role, joined, word.lang == "ar"):
            return None
    return _Taken(hit.last, entry, form)


def _plain(entry: Entry) -> bool:
    return "form" not in entry.traits and not entry.traits.get("loose")


def _scales(sum_: Sum, hit: Hit, words: Sequence[Word], money: bool, unit: Callable[[int], bool] | None) -> bool:
    """Whether a scale may stand here."""
    shape = hit.entry.traits.get("form", "")
    if hit.entry.traits.get("loose"):
        if sum_.last != "figure":
            return False
        glued = words[hit.first].start == words[hit.first - 1].end
        before_unit = unit is not None and hit.last < len(words) and unit(hit.last)
        return money or before_unit or (glued and words[hit.first].text in "kKbB")
    if shape == "plural":
        return sum_.last not in ("", "scale")
    return bool(sum_.last) or words[hit.first].lang == "ar" or (hit.first > 0 and words[hit.first - 1].text in ("a", "an", "A", "An"))


def _teen(words: Sequence[Word], at: int) -> bool:
    hit = _WORDS.at(words, at)
    return hit is not None and hit.entry.traits["role"] == "ten" and not hit.form.before


def _ordinal(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text.lower() in _ORDINAL and words[at].start == words[at - 1].end


def _more(sum_: Sum, words: Sequence[Word], at: int) -> _Taken | None:
    """A figure after و that goes on a number: "3 ملايين و500 ألف", "ألف و200"."""
    figure = figures.read(words, at)
    if figure is None or sum_.last != "scale" or figure.value >= 1000:
        return None
    scale = _WORDS.at(words, figure.last)
    if scale is not None and scale.entry.traits["role"] == "scale" and not scale.form.before and not scale.entry.traits.get("loose"):
        size = _VALUES[id(scale.entry)]
        if size >= sum_.scale:
            return None
        sum_.total += figure.value * size
        sum_.bare, sum_.scale = figure.value, size
        return _Taken(scale.last, None, Form(""))
    if sum_.scale == 1000:
        sum_.total += figure.value
        sum_.last, sum_.scale = "figure", _ONE
        return _Taken(figure.last, None, Form(""))
    return None


def _half(sum_: Sum, words: Sequence[Word], at: int) -> _Taken | None:
    """ "and a half", "ونصف المليون": half of what was told last."""
    at += words[at].text in ("a", "one")
    hit = _FRACTIONS.at(words, at)
    if hit is None or hit.entry.traits.get("form") == "plural" or hit.form.article:
        return None
    share = (2 if hit.entry.traits.get("form") == "dual" else _ONE) / Decimal(hit.entry.traits["parts"])
    last = hit.last
    following = _WORDS.at(words, last)
    again = following is not None and following.entry.traits["role"] == "scale" and not following.form.before
    if sum_.last == "scale":
        if again and following is not None:
            if _VALUES[id(following.entry)] != sum_.scale:
                return None
            last = following.last
        elif last < len(words) and words[last].lang == "ar" and any(f.article for f in words[last].forms[:1]):
            return None
        sum_.total += share * sum_.scale
        sum_.bare += share
    elif sum_.last in ("unit", "teen", "ten", "tens", "figure", "hundred"):
        sum_.group = (sum_.group or Decimal(0)) + share
        sum_.last = "figure"
    else:
        return None
    return _Taken(last, None, hit.form)


def _part(words: Sequence[Word], at: int, unit: Callable[[int], bool] | None) -> Number | None:
    """A fraction: "two-thirds", "ثلاثة أرباع", "half a million", "نصف مليون"; of nothing told yet unless a scale follows."""
    i = at
    count = _ONE
    hit = _FRACTIONS.at(words, at)
    if hit is None:
        if words[at].text in ("a", "A"):
            i += 1
        elif (numerator := _WORDS.at(words, at)) is not None and numerator.entry.traits["role"] == "unit" and numerator.last == at + 1:
            count = _VALUES[id(numerator.entry)]
            i += 1
        else:
            return None
        hit = _FRACTIONS.at(words, i) if i < len(words) else None
        if hit is None or hit.form.before or hit.form.article:
            return None
    shape = hit.entry.traits.get("form", "")
    if shape == "article" and (
        i > at or hit.form.article or hit.last >= len(words) or not any(f.article for f in words[hit.last].forms[:1])
    ):
        return None
    if (shape == "plural") != (count > 1) or count >= hit.entry.traits["parts"]:
        return None
    if words[i].lang == "en" and i == at and hit.entry.id != "half":
        return None  # "third" alone is an ordinal, "quarter" a season
    form = hit.form if i == at else next(iter(words[at].forms), Form(""))
    if i > at and words[at].lang == "ar" and (told := _WORDS.at(words, at)) is not None:
        form = told.form
    share = count * (2 if shape == "dual" else 1) / Decimal(hit.entry.traits["parts"])
    last, scale = hit.last, _ONE
    ahead = last
    if ahead < len(words) and words[ahead].text == "of":
        ahead += 1
    if ahead < len(words) and words[ahead].text in ("a", "an"):
        ahead += 1
    following = _WORDS.at(words, ahead)
    if following is not None and not following.form.before and _multiplied(following):
        scale, last = _VALUES[id(following.entry)], following.last
        more = _WORDS.at(words, last)
        if more is not None and more.entry.traits["role"] == "scale" and _plain(more.entry) and not more.form.before:
            scale, last = scale * _VALUES[id(more.entry)], more.last
        return Number(share * scale, at, last, form, share, scale, how="word")
    if unit is not None and ahead < len(words) and (ahead == hit.last + 1 or words[at].lang == "ar") and unit(ahead):
        return Number(share, at, ahead, form, share, how="word")
    return Number(share, at, last, form, share, how="fraction")


def _multiplied(hit: Hit) -> bool:
    return (hit.entry.traits["role"] in ("hundred", "scale") and _plain(hit.entry)) or hit.form.key == "dozen"


def named(words: Sequence[Word], at: int) -> bool:
    """Whether the figure at a word names something rather than counts it: "Section 232", "No. 2", "المادة 5", "G7"."""
    if at == 0:
        following = words[1].text if len(words) > 1 else ""
        spaced = len(words) > 2 and words[1].start > words[0].end and words[2].start > words[1].end
        return following == ")" or (following == "." and len(words) > 2) or (following in ("-", "–") and spaced)
    before = at - 1
    if words[before].text in (".", "(") and before > 0 and words[before - 1].forms and words[before - 1].forms[0].key in ("no", "nos"):
        before -= 1
    hit = _CODES.ending(words, before + 1)
    return hit is not None and words[before].what == "word"


def multiple(words: Sequence[Word], at: int) -> Hit | None:
    """A whole multiple at a word: "twice", "tenfold", "ضعفي"."""
    hit = _WORDS.at(words, at)
    return hit if hit is not None and hit.entry.traits["role"] == "times" else None


def scale(words: Sequence[Word], at: int) -> Hit | None:
    """A scale at a word: "million", "ألف", "bn"."""
    hit = _WORDS.at(words, at)
    return hit if hit is not None and hit.entry.traits["role"] == "scale" and not hit.form.before else None


def size(hit: Hit) -> Decimal:
    """The value of a number word."""
    return _VALUES[id(hit.entry)]
