"""Parts of a year: quarters, halves, its first months; in words or short (Q1 2025, 1H25, FY25)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from maadin.reading.mentions import numbers
from maadin.reading.mentions.times import Found, role
from maadin.reading.mentions.years import the_year, year_after
from maadin.reading.model import Form, Word

_UNITS, _ORDINALS = role("unit"), role("ordinal")
_SHORTEST = 7
_SHORT = re.compile(r"(?:(?P<q>[1-4]?[QqHh][1-4]?)(?P<y>\d{2}|\d{4})?|(?:FY|CY|fy)(?P<f>\d{2}|\d{4}))$")


def _form(word: Word) -> Form:
    return word.forms[0] if word.forms else Form(word.text)


def short(words: Sequence[Word], at: int) -> Found | None:
    """Q1 2025, 1Q25, H1 2025, FY2025, FY25."""
    i = at
    lead = ""
    if words[at].what == "figure":
        if words[at].text not in ("1", "2", "3", "4") or at + 1 >= len(words) or words[at + 1].start != words[at].end:
            return None
        lead, i = words[at].text, at + 1
    match = _SHORT.match(words[i].text) if len(words[i].text) <= _SHORTEST else None
    if match is None:
        return None
    last = i + 1
    if match["f"]:
        return Found(at, last, _full(match["f"]), {})
    part = lead + match["q"]
    if len(part) != 2 or not any(c.isdecimal() for c in part):
        return None
    number = int(next(c for c in part if c.isdecimal()))
    year: int | None = _full(match["y"]) if match["y"] else None
    shift = None
    if year is None:
        year, shift, last = year_after(words, last)
    traits: dict[str, Any] = {"quarter": number} if "q" in part.lower() else {"half": number}
    if "half" in traits and number > 2:
        return None
    if shift is not None:
        traits["shift"] = shift
    return Found(at, last, year, traits, _form(words[at]))


def _full(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def first_months(words: Sequence[Word], at: int) -> Found | None:
    """ "first nine months of 2025", "الأشهر التسعة الأولى من 2025", "أول تسعة أشهر"."""
    i = at
    ordinal = _ORDINALS.at(words, i)
    if ordinal is not None and ordinal.entry.id == "1":
        count = numbers.read(words, ordinal.last) if ordinal.last < len(words) else None
        i = count.last if count is not None else ordinal.last
        told = _UNITS.at(words, i) if i < len(words) else None
        if told is None or told.entry.id != "month" or not told.entry.traits.get("form"):
            return None
        year, shift, last = year_after(words, told.last)
        return Found(
            at, last, year, {"months": int(count.value) if count else 2} | ({} if shift is None else {"shift": shift}), ordinal.form
        )
    return None


def months_first(words: Sequence[Word], at: int) -> Found | None:
    """ "الأشهر التسعة الأولى من 2025", "الشهرين الأولين", "الثمانية أشهر الأولى"."""
    i, number, form = at, None, None
    if (leading := numbers.read(words, i)) is not None and leading.form.article:
        i, number, form = leading.last, leading, leading.form
    told = _UNITS.at(words, i) if i < len(words) else None
    if told is None or told.entry.id != "month" or not told.entry.traits.get("form") or not (told.form.article or number is not None):
        return None
    i = told.last
    if number is None and i < len(words) and (number := numbers.read(words, i)) is not None:
        i = number.last
    ordinal = _ORDINALS.at(words, i) if i < len(words) else None
    if ordinal is None or ordinal.entry.id != "1":
        return None
    year, shift, last = year_after(words, ordinal.last)
    return Found(
        at, last, year, {"months": int(number.value) if number else 2} | ({} if shift is None else {"shift": shift}), form or told.form
    )


def part(words: Sequence[Word], at: int) -> Found | None:
    """ "first quarter of 2025", "الربع الأول من العام الماضي", "second half"."""
    arabic = words[at].lang == "ar"
    first = _UNITS.at(words, at) if arabic else _ORDINALS.at(words, at)
    if first is None or first.last >= len(words):
        return None
    second = (_ORDINALS if arabic else _UNITS).at(words, first.last)
    if second is None:
        return None
    unit, ordinal = (first, second) if arabic else (second, first)
    if unit.entry.id not in ("quarter", "half") or unit.entry.traits.get("form") or (arabic and not unit.form.article):
        return None
    number = int(ordinal.entry.id)
    if unit.entry.id == "half" and number > 2:
        return None
    year, shift, last = year_after(words, second.last)
    traits: dict[str, Any] = {unit.entry.id: number}
    if shift is not None:
        traits["shift"] = shift
    elif year is None and (whole := the_year(words, second.last)):
        traits["shift"], last = 0, whole
    return Found(at, last, year, traits, first.form)
