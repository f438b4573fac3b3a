"""Months and days: "12 March 2025", "آذار/مارس 2025", "Jan-Sep", 25/12/2025."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.times import Found, keys, reads, role
from maadin.reading.mentions.years import FIRST, LAST, counted, year_after
from maadin.reading.model import Form, Word

_MONTHS, _DAYS, _TENS = role("month"), role("ordinal", "ordinal_day"), role("ordinal_tens")
_BESIDE, _TO, _BETWEEN = keys("beside"), keys("to"), keys("between")


def numeric(words: Sequence[Word], at: int) -> Found | None:
    """12/3/2025 where only one reading is possible, 2025-03-12, 09/2025."""
    parts = [words[at].text]
    end = at + 1
    if parts[0].count(".") == 2:
        parts = parts[0].split(".")
        return _ordered(parts, at, end) if all(p.isdecimal() for p in parts) else None
    if (
        "." in parts[0]
        and parts[0].count(".") == 1
        and end + 1 < len(words)
        and words[end].text == "."
        and words[end].start == words[at].end
    ):
        year = words[end + 1].text
        day, _, month = parts[0].partition(".")
        if year.isdecimal() and len(year) == 4 and words[end + 1].start == words[end].end and day.isdecimal() and month.isdecimal():
            return _ordered([day, month, year], at, end + 2)
    while (
        len(parts) < 3
        and end + 1 < len(words)
        and words[end].text in "/-."
        and words[end].start == words[end - 1].end
        and words[end + 1].what == "figure"
        and words[end + 1].start == words[end].end
    ):
        parts.append(words[end + 1].text)
        end += 2
    if not all(p.isdecimal() for p in parts):
        return None
    if len(parts) == 3:
        return _ordered(parts, at, end)
    if (
        len(parts) == 2
        and words[at + 1].text == "/"
        and len(parts[1]) == 4
        and len(parts[0]) <= 2
        and 1 <= int(parts[0]) <= 12
        and FIRST <= int(parts[1]) <= LAST
    ):
        return Found(at, end, int(parts[1]), {"month": int(parts[0])})
    return None


def _ordered(parts: list[str], first: int, last: int) -> Found | None:
    if len(parts[0]) == 4 and len(parts[1]) <= 2 and len(parts[2]) <= 2:
        return _checked(first, last, int(parts[0]), int(parts[1]), int(parts[2]))
    if len(parts[2]) != 4 or len(parts[0]) > 2 or len(parts[1]) > 2:
        return None
    a, b, year = map(int, parts)
    if not FIRST <= year <= LAST:
        return None
    if a > 12 or a == b:
        return _checked(first, last, year, b, a)
    if b > 12:
        return _checked(first, last, year, a, b)
    return Found(first, last, year, {"ambiguous": True})


def _checked(first: int, last: int, year: int, month: int, day: int) -> Found | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Found(first, last, year, {"month": month, "day": day})


def day_first(words: Sequence[Word], at: int) -> Found | None:
    """12 March 2025, 12th of March, 12 من مارس."""
    day = _day(words, at)
    if day is None:
        return None
    i = at + 1
    if i < len(words) and words[i].text.lower() in ("st", "nd", "rd", "th") and words[i].start == words[i - 1].end:
        i += 1
    if i < len(words) and words[i].text in ("of", "من"):
        i += 1
    if i < len(words) and words[i].key == "شهر":
        i += 1
    month = _MONTHS.at(words, i) if i < len(words) else None
    if month is None or month.form.before or not _capital(words, month):
        return None
    found = _with_year(words, at, month, day)
    return found if found is not None and _possible(found) else None


def _day(words: Sequence[Word], at: int) -> int | None:
    text = words[at].text if at < len(words) else ""
    return int(text) if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def _possible(found: Found) -> bool:
    try:
        date(found.year or 2024, found.traits["month"], found.traits.get("day", 1))
    except ValueError:
        return False
    return True


def _capital(words: Sequence[Word], month: Hit) -> bool:
    return words[month.first].lang == "ar" or words[month.first].text[0].isupper() or not month.entry.traits.get("weak")


def _with_year(words: Sequence[Word], first: int, month: Hit, day: int | None) -> Found:
    """A month with its other name, the day after it, and its year."""
    number = int(month.entry.id)
    last = month.last
    if (
        last < len(words)
        and words[last].text == "."
        and words[last].start == words[last - 1].end
        and len(words[last - 1].text) <= 4
        and last + 1 < len(words)
        and words[last + 1].what == "figure"
    ):
        last += 1
    for opening in ("/", "(", "-", "–", ""):  # آذار/مارس, حزيران (يونيو)
        inner = last + (opening != "")
        if inner < len(words) and (not opening or words[last].text == opening):
            other = _MONTHS.at(words, inner)
            if other is not None and other.entry.id == month.entry.id:
                last = other.last + (opening == "(" and other.last < len(words) and words[other.last].text == ")")
                break
    if day is None and last < len(words) and (told := _day(words, last)) is not None and not _measured_day(words, last):
        day, last = told, last + 1
        if last < len(words) and words[last].text.lower() in ("st", "nd", "rd", "th") and words[last].start == words[last - 1].end:
            last += 1
    if last + 1 < len(words) and words[last].key == "period":
        year, shift, after = year_after(words, last + 1)  # the April-October period of 2024
        last = after if after > last + 1 else last
    else:
        year, shift, last = year_after(words, last)
    traits: dict[str, Any] = {"month": number}
    if day is not None:
        traits["day"] = day
    if shift is not None:
        traits["shift"] = shift
    return Found(first, last, year, traits, month.form if first == month.first else Form(words[first].text))


def _measured_day(words: Sequence[Word], at: int) -> bool:
    """Whether the figure after a month counts something: "in September 20 tonnes"."""
    return words[at].lang == "ar" or (at + 1 < len(words) and (words[at + 1].text == "%" or counted(words, at + 1)))


def named(words: Sequence[Word], at: int) -> Found | None:
    """A month with what follows of its day, its year, and the month that it lasts to."""
    month = _MONTHS.at(words, at)
    if month is None or not _capital(words, month):
        return None
    found = _with_year(words, at, month, None)
    if not _possible(found):
        return None
    to = found.last
    if to < len(words) and "day" not in found.traits:
        between = at > 0 and reads(words[at - 1], _BETWEEN)
        ending = _MONTHS.at(words, to + (words[to].text in "-–" or reads(words[to], _TO) or (between and words[to].key == "and")))
        joined = ending is not None and ending.form.before == ("و" if between else "")
        if ending is not None and ending.entry.id != month.entry.id and (joined or not ending.form.before) and _capital(words, ending):
            last = _with_year(words, ending.first, ending, None)
            if "day" not in last.traits:
                return _first_to_last(found, last, month, int(ending.entry.id))
    if month.entry.traits.get("weak") and found.last == month.last and not _beside(words, month):
        return None
    return found


def _first_to_last(first: Found, last: Found, month: Hit, ending: int) -> Found:
    """ "January to September 2025": months of a year."""
    begun = int(month.entry.id)
    traits: dict[str, Any] = {"months": (ending - begun) % 12 + 1, "from_month": begun, "to_month": ending}
    if "shift" in last.traits:
        traits["shift"] = last.traits["shift"]
    return Found(first.first, last.last, last.year, traits, month.form)


def _beside(words: Sequence[Word], month: Hit) -> bool:
    """Whether a weak name of a month has a word before it that a month has."""
    if month.form.before.lstrip("وف") in ("ب", "ل"):
        return True
    if month.first == 0:
        return False
    before = words[month.first - 1]
    return reads(before, _BESIDE) or (before.text == "/" and month.first > 1)


def ordinal_day(words: Sequence[Word], at: int) -> Found | None:
    """ "التاسع من أكتوبر", "الحادي والعشرين من يناير 2025"."""
    told = _DAYS.at(words, at)
    if told is None or not told.form.article:
        return None
    day, i = int(told.entry.id), told.last
    if i < len(words) and day < 10 and (more := _TENS.at(words, i)) is not None and (more.entry.id == "10" or more.form.before == "و"):
        day, i = day + int(more.entry.id), more.last
    if i < len(words) and words[i].key == "من":
        i += 1 + (i + 1 < len(words) and words[i + 1].key == "شهر")
    else:
        return None
    month = _MONTHS.at(words, i) if i < len(words) else None
    if month is None or month.form.before or not 1 <= day <= 31:
        return None
    found = _with_year(words, at, month, day)
    found.form = told.form
    return found if _possible(found) else None
