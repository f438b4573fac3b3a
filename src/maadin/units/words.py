"""The words and signs of quantities in English and Arabic, and a text cut into them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from maadin import labels

Slot = Literal["money", "percent", "mass", "per", "time"]
What = Literal["money", "percent", "mass", "per", "time", "yearly", "figure", "times", "two times"]


class Unread(ValueError):
    """A text that is no quantity; the message says why, to follow the text itself."""


class Term(NamedTuple):
    """A word or figure: what it is, and by how much it multiplies (the number itself, for a figure)."""

    what: What
    factor: Decimal


_OUNCE = Decimal("31.1034768e-6")
_POUND = Decimal("0.45359237e-3")
_SYMBOLS = {
    "t": Decimal(1), "kt": Decimal(1000), "Mt": Decimal(10**6), "mmt": Decimal(10**6), "Gt": Decimal(10**9), "kg": Decimal("1e-3"),
    "g": Decimal("1e-6"), "lb": _POUND, "tpa": Decimal(1), "ktpa": Decimal(1000), "Mtpa": Decimal(10**6),
}  # fmt: skip
_AMBIGUOUS = {
    "mt": "'Mt' for million tonnes or 't' for tonnes",
    "mtpa": "'Mtpa' for million tonnes a year or 'tpa' for tonnes",
    "oz": "'troy oz' or 'kg'",
    "m": "'million'",
}
# Words are spelled as people write them and compared by their key; "~" stands between the words of a phrase.
_WORDS: dict[What, Mapping[str, Decimal | int]] = {
    "mass": {
        "tonne tonnes ton tons metric~ton metric~tons metric~tonne metric~tonnes طن أطنان طنا": 1,
        "kilotonne kilotonnes kiloton kilotons كيلوطن": 1000,
        "megatonne megatonnes megaton megatons ميغاطن ميجاطن": 10**6,
        "short~ton short~tons": 2000 * _POUND,
        "long~ton long~tons": 2240 * _POUND,
        "kilogram kilograms kilogramme kilogrammes kilo kilos كيلوغرام كيلوجرام كيلو كغ كغم كجم": Decimal("1e-3"),
        "gram grams gramme grammes غرام جرام": Decimal("1e-6"),
        "pound pounds lbs رطل": _POUND,
        "troy~oz troy~ounce troy~ounces": _OUNCE,
    },
    "money": {
        "$ us$ usd dollar dollars us~dollar us~dollars دولار دولارات دولارا دولار~أمريكي دولار~أميركي": 1,
        "c ¢ usc cent cents us~cent us~cents سنت سنتات": Decimal("0.01"),
    },
    "percent": {"% percent pct per~cent بالمئة بالمائة في~المئة في~المائة": Decimal("0.01")},
    "time": {"year years yr yrs سنة سنوات سنين عام أعوام عاما": 1},
    "yearly": {"annually yearly سنويا": 1},
    "times": {
        "k thousand thousands ألف آلاف ألفا": 1000,
        "mn mln million millions مليون ملايين": 10**6,
        "b bn bln billion billions مليار مليارات بليون": 10**9,
        "tn trn trillion trillions تريليون تريليونات": 10**12,
    },
    "two times": {"ألفي ألفين ألفان": 1000, "مليونا مليوني مليونين مليونان": 10**6, "مليارا ملياري مليارين ملياران": 10**9},
    "figure": {
        "one واحد واحدة": 1, "two اثنان اثنين": 2, "three ثلاث ثلاثة": 3, "four أربع أربعة": 4, "five خمس خمسة": 5, "six ست ستة": 6,
        "seven سبع سبعة": 7, "eight ثمان ثماني ثمانية": 8, "nine تسع تسعة": 9, "ten عشر عشرة": 10, "half نصف": Decimal("0.5"),
    },
    "per": {"/ per a لكل": 1},
}  # fmt: skip
_OTHER_MONEY = frozenset(
    (
        "€",
        "£",
        "¥",
        "₽",
        "eur",
        "gbp",
        "cny",
        "rmb",
        "rub",
        "yuan",
        "euro",
        "euros",
        "ruble",
        "rubles",
        "rouble",
        "roubles",
        "يورو",
        "يوان",
        "روبل",
    )
)

_FIGURE = r"(?:\d{1,3}(?:[,' ]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+"
_TOKEN = re.compile(rf"(?P<figure>{_FIGURE})|us\$|[^\W\d_]+|[$€£¥₽¢%/]", re.IGNORECASE)
_COMMA = re.compile(r"\d,(?!\d{3}(?!\d))")
_BETWEEN = re.compile(r"^(?:between|from|بين|من)\s+", re.IGNORECASE)
_SPLITS = (
    re.compile(r"\s*\.{2,3}\s*"),
    re.compile(r"\s+(?:to|إلى|الى)\s+", re.IGNORECASE),
    re.compile(r"(?<=[^\s\-+])(?<!\de)\s*-\s*(?=[$\d.])", re.IGNORECASE),
)
_AND = re.compile(r"\s+(?:and\s+|و\s*)", re.IGNORECASE)
_MARKS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬،٪−–—‐‑\u00a0\u2009\u202f", "01234567890123456789.,,%-----   ")


def _fold(word: str) -> str:
    """The key of a word; signs such as $ and % stay."""
    return word.casefold() if re.search(r"[$€£¥₽¢%/]", word) else labels.key(word)


_VOCABULARY = {
    " ".join(map(_fold, word.split("~"))): Term(what, Decimal(factor))
    for what, listed in _WORDS.items()
    for words, factor in listed.items()
    for word in words.split()
}
_LOOSE = {symbol.casefold(): factor for symbol, factor in _SYMBOLS.items() if symbol[0] not in "MG"}


def tidy(text: str) -> str:
    """One spelling of digits, separators, dashes and spaces; marks and invisible characters are gone."""
    composed = unicodedata.normalize("NFKC", text.translate(_MARKS))
    return " ".join("".join(c for c in composed if unicodedata.category(c) not in ("Cf", "Mn")).translate(_MARKS).split())


def halves(text: str) -> tuple[str, str] | None:
    """The two ends of a range, or None; the text is tidy."""
    bare = _BETWEEN.sub("", text)
    for pattern in (*_SPLITS, *((_AND,) if bare != text else ())):
        parts = pattern.split(bare)
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    return None


def terms(text: str) -> Iterator[Term]:
    """What each word of a tidy text is.

    Raises
    ------
    Unread
        If a word is unknown, has two meanings, or is another currency.
    """
    if _COMMA.search(text):
        raise Unread("has a comma that does not mark thousands (write 2.5, or 1,000)")
    tokens = [(m.group(), m.group("figure") is not None) for m in _TOKEN.finditer(text)]
    if not tokens or _TOKEN.sub("", text).strip(" -"):
        raise Unread("cannot be read")
    has_money = any(_VOCABULARY.get(_fold(word), Term("per", Decimal(1))).what == "money" for word, _ in tokens)
    at = 0
    while at < len(tokens):
        word, is_figure = tokens[at]
        following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
        phrase = f"{_fold(word)} {_fold(following)}"
        at += 1
        if is_figure:
            yield Term("figure", Decimal(re.sub(r"[,' ]", "", word)))
        elif phrase in _VOCABULARY:
            at += 1
            yield _VOCABULARY[phrase]
        elif word == "a" and _fold(following) in _VOCABULARY and _VOCABULARY[_fold(following)].what == "times":
            continue  # half a million
        elif word.startswith("لل") and _fold(word[2:]) in _VOCABULARY:
            yield Term("per", Decimal(1))
            yield _VOCABULARY[_fold(word[2:])]
        else:
            yield _term(word, has_money)


def _term(word: str, has_money: bool) -> Term:
    folded = _fold(word)
    if word in _SYMBOLS:
        return Term("mass", _SYMBOLS[word])
    if folded == "m" and has_money:
        return Term("times", Decimal(10**6))
    if folded in _OTHER_MONEY:
        raise Unread(f"is in another currency ({word}); convert it to US dollars")
    if folded in _AMBIGUOUS:
        raise Unread(f"is ambiguous: write {_AMBIGUOUS[folded]}")
    if folded in _VOCABULARY:
        return _VOCABULARY[folded]
    if folded in _LOOSE:
        return Term("mass", _LOOSE[folded])
    raise Unread(f"cannot be read: '{word}' is no unit known here")
