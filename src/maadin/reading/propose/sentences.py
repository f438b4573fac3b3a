"""Sentences of proposals: templates of `assumptions.yaml` filled in both languages, with numbers, plurals, dates and names as each language has them.

What comes from a text is only ever a value, never a template, and loses what a terminal or a page might obey: control characters and marks of direction.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from maadin.facts import catalogue, regions
from maadin.policy.texts import Sentence
from maadin.units import Size, ends

Language = Literal["en", "ar"]
LONGEST_QUOTE = 240  # characters of a text that a sentence repeats
NAMED = 8  # places of a list that are named; the rest are counted
_GROUPS = {"WLD": "all", "EUU": "EU27"}
_MASSES = ((1e6, "million_tonnes"), (1e3, "thousand_tonnes"), (0.0, "tonnes"))
_MONEY = ((1e9, "billion_dollars"), (1e6, "million_dollars"), (0.0, "dollars"))
_ARTICLE = re.compile(r"(?<!the )\b(United (?:States|Kingdom|Arab Emirates)|European Union|Netherlands|Philippines|Democratic Republic)")
_DIGITS = 3


def sentence(key: str, **values: Any) -> Sentence:
    """A sentence on what is assumed.

    Examples
    --------
    >>> sentence("dated", start=2029, building=4, ramp=3, full=2032).ar
    'أول إنتاج عام 2029، أي بعد 4 سنوات من البناء، ثم 3 سنوات حتى تشغيل كامل الطاقة عام 2032؛ ولا يذكر النص موعداً.'
    """
    return filled("assumes", key, **values)


def filled(section: str, key: str, **values: Any) -> Sentence:
    """A text of any section, in both languages."""
    entry = texts()[section][key]
    return Sentence(en=_Filler("en").format(entry["en"], **values), ar=_Filler("ar").format(entry["ar"], **values))


def told(text: str, longest: int = LONGEST_QUOTE) -> str:
    """A stretch of a text that is safe to repeat: one line, without control characters and marks of direction, not too long.

    Examples
    --------
    >>> told("a\\u202eb\\x00 <b>\\n c"), told("one two three", 8)
    ('ab <b> c', 'one two…')
    """
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0].rstrip(' ،,;')[: longest - 1]}…"


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """All templates."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load((resources.files("maadin.reading.propose") / "assumptions.yaml").read_text("utf-8"), Loader=loader)
    return found


class _Filler(string.Formatter):
    """Fills a template in a language: what stands behind a colon says what a value is."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec:
            return str(getattr(value, self.language)) if isinstance(value, Sentence) else str(value)
        return shown(format_spec, value, self.language)

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name  # no attributes, no items


def shown(kind: str, value: Any, language: Language) -> str:
    """A value in a language; `kind` is what stands behind a colon in the templates."""
    return _SHOWN[kind](value, language)


def places(codes: Sequence[str], language: Language) -> str:
    """Names of countries and groups, joined as the language joins them; of a long list the first ones and how many follow."""
    names = [regions.name(_GROUPS.get(c, c), language) for c in codes]
    if len(names) > NAMED:
        names = [*names[:NAMED], f"+{len(names) - NAMED}"]
    if language == "ar":
        return " و".join(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def in_places(codes: Sequence[str], language: Language) -> str:
    """Names of countries and groups within a sentence: some have an article in English.

    Examples
    --------
    >>> in_places(["USA"], "en"), in_places(["RUS", "GBR"], "en")
    ('the United States', 'Russia and the United Kingdom')
    """
    said = places(codes, language)
    return _ARTICLE.sub(r"the \1", said) if language == "en" else said


def amount(size: Size, noun: str, language: Language, factor: float = 1.0, *, in_figures: bool = False) -> str:
    """A counted noun; of a range both ends and the noun that the last one takes. In figures there is always a figure, as in a headline."""
    low, high = (_number(e / factor, language) for e in ends(size))
    plural = _locale().plural_form(Decimal(_rounded(ends(size)[1] / factor))) if language == "ar" else "one" if high == "1" else "other"
    forms = texts()["nouns"][noun][language]
    if in_figures and language == "ar":
        plural = "other"
    if low == high:
        return str(forms[plural]).format(n=high)
    return _span(low, str(forms["other" if plural in ("one", "two") else plural]).format(n=high), language)


def _scaled(steps: Sequence[tuple[float, str]], *, in_figures: bool = False) -> Callable[[Size, Language], str]:
    def in_scale(size: Size, language: Language) -> str:
        low, high = ends(size)
        factor, noun = next((f, n) for f, n in steps if (low or high) >= f)
        return amount(size, noun, language, factor or 1.0, in_figures=in_figures)

    return in_scale


def percent(size: Size, language: Language) -> str:
    """A fraction, or a range of fractions, in percent."""
    low, high = (f"{_number(100 * e, language)}%" for e in ends(size))
    return low if low == high else _span(low, high, language)


def _span(low: str, high: str, language: Language) -> str:
    return str(texts()["marks"]["range"][language]).format(low=low, high=high)


def _rounded(value: float) -> str:
    """Three significant digits, all of a whole number, none that say nothing."""
    if value == 0:
        return "0"
    shown = Decimal(repr(float(f"{value:.{_DIGITS}g}"))) if abs(value) < 10**_DIGITS else Decimal(round(value))
    return f"{shown.normalize():f}"


def _number(value: float, language: Language) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(_rounded(value)), format="#,##0.######", locale=language, numbering_system="latn"))


@lru_cache(maxsize=1)
def _locale() -> Any:
    from babel import Locale

    return Locale("ar")


def _day(value: str, language: Language) -> str:
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(value), "d MMMM y", locale=language))


def _commodity(name: str, language: Language) -> str:
    return str(getattr(catalogue.commodity(name).names, language))


def _stage(pair: tuple[str, str], language: Language) -> str:
    return str(getattr(catalogue.commodity(pair[0]).stage(pair[1]).names, language))


def _codes(pair: tuple[str, str], language: Language) -> str:
    """Codes of a stage with their titles."""
    named = [f"{c.code} ({getattr(c.title, language)})" for c in catalogue.commodity(pair[0]).stage(pair[1]).hs6 if c.same_as is None]
    return ("، " if language == "ar" else ", ").join(named)


def _quote(text: str, language: Language) -> str:
    return str(texts()["marks"]["quote"][language]).format(text=told(text))


_SHOWN: dict[str, Callable[[Any, Language], str]] = {
    "mass": _scaled(_MASSES),
    "money": _scaled(_MONEY),
    "price": lambda value, language: amount(value, "dollars_a_tonne", language),
    "mass_in_figures": _scaled(_MASSES, in_figures=True),
    "money_in_figures": _scaled(_MONEY, in_figures=True),
    "percent": percent,
    "years": lambda value, language: amount(value, "years", language),
    "year": lambda value, language: str(value),
    "day": _day,
    "places": places,
    "in_places": in_places,
    "commodity": _commodity,
    "commodities": lambda names, language: ("، " if language == "ar" else ", ").join(_commodity(n, language) for n in names),
    "stage": _stage,
    "codes": _codes,
    "status": lambda key, language: str(texts()["statuses"][key][language]),
    "quote": _quote,
}
