"""Amounts, dates, places and names of verdicts, with the plurals that their numbers take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from maadin.facts import catalogue, regions
from maadin.report import words
from maadin.report.words import Language, joined, phrase

DIGITS = 3
_MASSES = ((1e9, "Gt"), (1e6, "Mt"), (1e3, "kt"), (1.0, "t"))
_MONEY = ((1e9, "billion_USD"), (1e6, "million_USD"), (1e3, "thousand_USD"), (1.0, "USD"))
_UNIONS = {"EUU": "EU27"}


def day(when: date, language: Language) -> str:
    """A date as the language writes it."""
    from babel.dates import format_date

    return format_date(when, "d MMMM y", locale=language)


def month(when: date, language: Language) -> str:
    """A month and its year as the language writes them."""
    from babel.dates import format_date

    return format_date(when, "MMMM y", locale=language)


def day_of(text: str, language: Language) -> str:
    """A date given as text."""
    return day(date.fromisoformat(text), language)


def quantity(value: float, unit: str, language: Language, digits: int = DIGITS) -> str:
    """An amount in words of the language, with the plural its number takes.

    Examples
    --------
    >>> quantity(3_800_000, "tonne", "en"), quantity(7_000_000, "tonne", "ar")
    ('3.8 million tonnes', '7 ملايين طن')
    """
    scales = {"tonne": _MASSES, "USD": _MONEY}.get(unit)
    if unit == "years":
        return counted("verdict_years", float(plain_decimal(value)), language)
    if scales is None:
        count = number(value, language, digits)
        known = words.texts()["verdict_units"]
        return phrase(
            "verdict_units",
            unit if unit in known else "other",
            language,
            **({"count": count} if unit in known else {"count": count, "unit": unit}),
        )
    factor, name = next(((f, n) for f, n in scales if abs(value) >= f), scales[-1])
    if float(plain_decimal(value / factor)) >= 1000 and factor < scales[0][0]:
        factor, name = next((f, n) for f, n in reversed(scales) if f > factor)
    return counted(f"verdict_{name}", value / factor, language, digits)


def counted(section: str, value: float, language: Language, digits: int = DIGITS) -> str:
    """A counted noun: the section holds its plurals."""
    shown = plain_decimal(value, digits)
    return phrase(section, _plural(shown), language, count=_printed(shown, language))


def plain_decimal(value: float, digits: int = DIGITS) -> Decimal:
    """A number to three significant digits (whole above a thousand), without trailing zeros."""
    if value == 0 or not math.isfinite(value):
        return Decimal(0)
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    rounded = Decimal(str(round(value, places)))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def number(value: float, language: Language, digits: int = DIGITS) -> str:
    """A bare number."""
    return _printed(plain_decimal(value, digits), language)


def _printed(shown: Decimal, language: Language) -> str:
    from babel.numbers import format_decimal

    return format_decimal(shown, format="#,##0.#########", locale=language, numbering_system="latn")


@lru_cache(maxsize=1024)
def _plural(shown: Decimal) -> str:
    return str(_arabic().plural_form(abs(shown)))


@lru_cache(maxsize=1)
def _arabic() -> Any:
    from babel import Locale

    return Locale("ar")


def ordinal(rank: int, language: Language) -> str:
    """A place, in words up to the tenth."""
    if rank <= 10:
        return phrase("verdict_ordinals", str(rank), language)
    return phrase("verdict_what_rank", "beyond", language, rank=rank)


def countries(count: int, language: Language) -> str:
    """So many countries."""
    return counted("verdict_countries", count, language)


def place(code: str | None, language: Language) -> str:
    """A country, a union or several joined."""
    if not code:
        return ""
    return (" و" if language == "ar" else " and ").join(_one_place(part, language) for part in code.split("+"))


def _one_place(code: str, language: Language) -> str:
    if code in words.texts()["verdict_places"]:
        return phrase("verdict_places", code, language)
    return regions.name(_UNIONS.get(code, code), language)


def codes(listed: Sequence[str], language: Language) -> str:
    """Traded codes with their titles; headings are called so."""
    named = [phrase("verdict_trails", "heading", language, code=c) if len(c) == 4 else words.code_title(c, language) for c in listed]
    return joined(named, language)


def commodity(name: str, language: Language) -> str:
    """A commodity within a sentence."""
    known = catalogue.commodities().get(name)
    return str(getattr(known.names, language)) if known else name


def enumerated(parts: Sequence[str], language: Language) -> str:
    """A list whose last part is joined by "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return joined(parts[:-1], language) + (" و" if language == "ar" else " and ") + parts[-1]


def publisher(source: str, language: Language) -> str:
    """Who publishes a source."""
    return phrase("publishers", source, language)


def status(key: str, language: Language) -> str:
    """Why there is no number."""
    return phrase("verdict_statuses", key, language)


def form(printed: str, language: Language) -> str:
    """A form of a commodity as the source prints it."""
    return phrase("verdict_forms", printed, language) if printed in words.texts()["verdict_forms"] else words.form(printed, language)
