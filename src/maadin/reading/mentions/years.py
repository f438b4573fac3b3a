"""Years, seasons and periods of years, and the year told after a month or quarter."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.mentions import codes, comparators, numerals, units
from maadin.reading.mentions.times import Found, keys, reads, role
from maadin.reading.model import Word

_YEARS, _SHIFTS, _UNITS = role("year"), role("shift"), role("unit")
_OF, _TO, _IN = keys("of"), keys("to", "and"), keys("in")
_SIGNS = frozenset("$€£¥₹#+~")
_SAME, _ITSELF = keys("same"), keys("itself")
FIRST, LAST = 1800, 2100
SAME = 10_000  # stands for the shift of "the same year": that of the date told before


def year_at(words: Sequence[Word], at: int, told: bool = False) -> int | None:
    """The year that a figure is; `told` if a word before it says so."""
    if at >= len(words):
        return None
    word = words[at]
    if word.what != "figure" or len(word.text) != 4 or not word.text.isdecimal() or not FIRST <= int(word.text) <= LAST:
        return None
    if at and words[at - 1].end == word.start and _counts(words, at - 1):
        return None
    if not told:
        if comparators.timed(words, at) or codes.named(words, at):
            return None
        if at + 1 < len(words) and (words[at + 1].text == "%" or (counted(words, at + 1) and not _within(words, at))):
            return None
    elif at + 1 < len(words) and words[at + 1].text == "%":
        return None
    return int(word.text)


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether what is glued before a figure makes of it an amount, a code or a negative number: $2000, HS2020, -2000."""
    word = words[at]
    if word.what == "word":
        return word.lang == "en" and word.text.isupper() and word.key not in ("fy", "cy")
    return word.text in _SIGNS or (word.text == "-" and at > 0 and words[at - 1].end != word.start)


def _within(words: Sequence[Word], at: int) -> bool:
    """Whether an Arabic preposition of time stands before a figure and a scale of its own after it: "في 2024 مليون طن"."""
    scale = numerals.scale(words, at + 1)
    return at > 0 and reads(words[at - 1], _IN) and scale is not None and "form" not in scale.entry.traits and words[at + 1].lang == "ar"


def counted(words: Sequence[Word], at: int) -> bool:
    """Whether a scale or unit follows, so that the figure counts something."""
    hit = numerals.scale(words, at)
    if hit is not None and (words[at].start == words[at - 1].end or not hit.entry.traits.get("loose")):
        return True
    return units.counted(words, at)


def year_after(words: Sequence[Word], at: int) -> tuple[int | None, int | None, int]:
    """The year told after a month or quarter, or how many years from this one, and the word after it."""
    i = at
    if i < len(words) and words[i].text in (",", "،", "/", "-", "'"):
        year = year_at(words, i + 1)
        return (year, None, _season(words, i + 1)) if year is not None and not _counted_list(words, i + 1) else (None, None, at)
    if i < len(words) and reads(words[i], _OF):
        i += 1
    if i < len(words) and words[i].text.lower() == "the":
        i += 1
    cue = _YEARS.at(words, i) if i < len(words) else None
    if cue is not None and (year := year_at(words, cue.last, told=True)) is not None:
        return year, None, _season(words, cue.last)
    year = year_at(words, i, told=i > at)
    if year is not None:
        return year, None, _season(words, i)
    shift = shift_at(words, i, "year")
    return (None, shift[0], shift[1]) if shift is not None else (None, None, at)


def _season(words: Sequence[Word], at: int) -> int:
    """The word after a year, or after the season that it begins: 2024-25."""
    found = period(words, at, told=True)
    return found.last if found is not None and found.year == int(words[at].text) else at + 1


def _counted_list(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].text == "," and at + 2 < len(words) and words[at + 2].what == "figure"


def shift_at(words: Sequence[Word], at: int, unit: str) -> tuple[int, int] | None:
    """ "last year", "العام المقبل", "هذا الشهر": how many units away, and the word after it."""
    if at >= len(words):
        return None
    if (same := same_at(words, at, unit)) is not None:
        return SAME, same
    if words[at].lang == "ar":
        this = _SHIFTS.at(words, at)
        if this is not None and words[at].text.endswith(("هذا", "هذه")):
            told = _UNITS.at(words, at + 1)
            return (0, told.last) if told is not None and told.entry.id == unit and told.form.article else None
        told = _UNITS.at(words, at)
        if told is None or told.entry.id != unit or not told.form.article or told.entry.traits.get("form"):
            return None
        after = _SHIFTS.at(words, told.last)
        return (int(after.entry.id), after.last) if after is not None and (after.form.article or after.entry.id == "-2") else None
    shift = _SHIFTS.at(words, at)
    if shift is None:
        return None
    last = shift.last
    if last < len(words) and words[last].key in ("fiscal", "calendar", "financial", "marketing", "crop"):
        last += 1
    told = _UNITS.at(words, last)
    if told is None or told.entry.id != unit or told.entry.traits.get("form"):
        return None
    return int(shift.entry.id), told.last


def same_at(words: Sequence[Word], at: int, unit: str) -> int | None:
    """The word after "same year", "العام نفسه", "ذات العام"; None if it is not there."""
    if reads(words[at], _SAME) and at + 1 < len(words):
        told = _UNITS.at(words, at + 1)
        return told.last if told is not None and told.entry.id == unit and "form" not in told.entry.traits else None
    told = _UNITS.at(words, at) if words[at].lang == "ar" else None
    if told is None or told.entry.id != unit or not told.form.article or told.last >= len(words):
        return None
    return told.last + 1 if reads(words[told.last], _ITSELF) else None


def the_year(words: Sequence[Word], at: int) -> int:
    """The word after "of the year", "من العام"; 0 if it is not there."""
    if at + 1 >= len(words) or not reads(words[at], _OF):
        return 0
    i = at + 1 + (words[at + 1].text == "the")
    told = _UNITS.at(words, i) if i < len(words) else None
    return (
        told.last
        if told is not None and told.entry.id == "year" and not told.entry.traits.get("form") and (told.form.article or i > at + 1)
        else 0
    )


def _between(words: Sequence[Word], at: int) -> bool:
    """Whether "between" stands before a year, or before "the years"."""
    return any(f.key in ("between", "بين") for before in words[max(0, at - 3) : at] for f in before.forms)


def told(words: Sequence[Word], at: int) -> Found | None:
    """ "عام 2023", "fiscal year 2024-25", "العام 2025"."""
    cue = _YEARS.at(words, at)
    found = period(words, cue.last, told=True) if cue is not None else None
    return Found(at, found.last, found.year, found.traits, cue.form) if cue is not None and found is not None else None


def period(words: Sequence[Word], at: int, told: bool = False) -> Found | None:
    """A year, or a season or period of years: 2025, 2023-24, 2020-2025, 2022/23; the 1990s are a decade."""
    year = year_at(words, at, told)
    if year is None:
        return None
    last = at + 1
    if last < len(words) and words[last].text == "s" and words[last].start == words[at].end:
        return Found(at, last + 1, None, {"decade": year})
    following = words[last + 1] if last + 1 < len(words) else None
    if (
        following is not None
        and following.what == "figure"
        and words[last].text in ("-", "–", "/")
        and following.text.isdecimal()
        and words[last].start == words[at].end
    ):
        if len(following.text) == 2 and int(following.text) == (year + 1) % 100:
            return Found(at, last + 2, year, {"to": year + 1})
        if len(following.text) == 4 and year < int(following.text) <= LAST:
            ended = int(following.text)
            return Found(at, last + 2, year if ended == year + 1 and words[last].text == "/" else ended, {"from": year, "to": ended})
    if following is not None and reads(words[last], _TO) and (until := year_at(words, last + 1)) is not None and until > year:
        if words[last].key in ("and", "و") and not _between(words, at):
            return Found(at, last, year, {})
        return Found(at, last + 2, until, {"from": year, "to": until})
    return Found(at, last, year, {})
