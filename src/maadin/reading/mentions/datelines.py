"""Lines that tell when a text was published: "Published: 3 March 2025", "MOSCOW, Feb 25 (Agency) -", "الرياض - 25 فبراير 2025", "اليوم الثلاثاء 3 ديسمبر 2024".

A line is given as the words of a paragraph; what is found stays a candidate that `maadin.reading.dateline` weighs against the others of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maadin.reading.mentions import absolute
from maadin.reading.mentions.phrases import Phrases, entries
from maadin.reading.mentions.times import Found, begins, reads
from maadin.reading.mentions.times import role as of_dates
from maadin.reading.model import Word

LABELLED, STANDING, OPENING, UPDATED, TODAY = range(5)  # what a candidate is, the surest first
_LINE, _LEAD, _AGENCY, _AUTHORS, _LOOSE = 18, 7, 9, 4, 9  # words of a line, before a date, after it, of who wrote, after a label
_PLACE, _SOURCE = 3, 3  # words before a date that no mark sets off; of an agency after it
_DASHES = frozenset(("-", "–", "—", "--", ":"))
_SEPARATORS = _DASHES | frozenset((",", "،", "/", "(", "[", "|", "•", "."))
_BRACKETS = {"(": ")", "[": "]", "/": "/"}
_MONTHS, _WEEKDAYS, _DAYS = of_dates("month"), of_dates("weekday"), of_dates("day")


def _role(*names: str) -> Phrases:
    return Phrases(e for e in entries("datelines") if e.traits["role"] in names)


_LABELS, _STAMPS, _BYLINES, _CLOCK, _HIJRI = (
    _role("published", "updated"),
    _role("stamp"),
    _role("byline"),
    _role("clock"),
    _role("hijri"),
)
_EVENT = _role("event")
_BESIDE = (_role("clock", "ordinal"), _HIJRI, _WEEKDAYS, _LABELS)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be that of publication.

    Attributes
    ----------
    how : int
        LABELLED, STANDING, OPENING, UPDATED or TODAY.
    first, last : Word
        Where it begins and ends.
    month : int
    day, year : int, optional
    ago : int
        Days from publication back to it: 1 of "yesterday, 3 March 2025".
    """

    how: int
    first: Word
    last: Word
    month: int
    day: int | None
    year: int | None
    ago: int = 0


def lines(words: Sequence[Word], at_top: bool) -> Iterator[Candidate]:
    """What the beginning of a paragraph tells; `at_top` of the first one."""
    while words and words[0].what == "mark" and words[0].text not in "([":
        words = words[1:]
    label = _LABELS.at(words, 0)
    if label is not None:
        how = UPDATED if label.entry.id == "updated" else LABELLED
        if (found := _labelled(words, label.last, how, at_top and _STAMPS.at(words, 0) is not None)) is not None:
            yield found
            words = words[next(n for n, w in enumerate(words) if w is found.last) + 1 :]
    yield from (found for found in (_standing(words), _opening(words)) if found is not None)


def _candidate(words: Sequence[Word], found: Found, how: int) -> Candidate:
    return Candidate(how, words[found.first], words[found.last - 1], found.traits["month"], found.traits.get("day"), found.year)


def date_at(words: Sequence[Word], at: int) -> Found | None:
    """A date with a month, with or without its day and year; where only the order of day and month is open, Arabic puts the day first."""
    if at >= len(words) or words[at].what == "mark":
        return None
    found = absolute.here(words, at)
    if found is None or "month" not in found.traits:
        found = _pointed(words, at) or found
    if found is None:
        return None
    if "ambiguous" in found.traits and any(w.lang == "ar" for w in words):
        day, month = int(words[at].text), int(words[at + 2].text)
        return Found(found.first, found.last, found.year, {"month": month, "day": day})
    return found if "month" in found.traits and "shift" not in found.traits else None


def _pointed(words: Sequence[Word], at: int) -> Found | None:
    """A day with a point after it: "18. March 2023"."""
    if at + 2 >= len(words) or not words[at].text.isdecimal() or not 1 <= int(words[at].text) <= 31:
        return None
    if words[at + 1].text != "." or words[at + 1].start != words[at].end:
        return None
    found = absolute.here(words, at + 2)
    if found is None or found.year is None or "month" not in found.traits or "day" in found.traits:
        return None
    return Found(at, found.last, found.year, {**found.traits, "day": int(words[at].text)})


def _labelled(words: Sequence[Word], at: int, how: int, stamp: bool) -> Candidate | None:
    """A date after "Published:", alone in its line; right after a bare "date" at the beginning of the text whatever follows."""
    at = _past(words, at)
    found = date_at(words, at)
    loose = _jumbled(words, at, how)
    if found is not None and found.year is not None and ("day" in found.traits or loose is None):
        numeric = all(w.what != "word" for w in words[found.first : found.last])
        if (stamp and numeric) or _closed(words, found.last):
            return _candidate(words, found, how)
    return loose


def _past(words: Sequence[Word], at: int) -> int:
    """The first word that is no mark, weekday, time or month of the Hijri calendar."""
    while at < len(words) and (step := _beside(words, at)) and not (words[at].what == "figure" and date_at(words, at)):
        at += step
    return at


def _beside(words: Sequence[Word], at: int) -> int:
    """How many words a thing beside a date has: a mark, a weekday, a time, a Hijri date; 0 if it is none."""
    word = words[at]
    if word.what == "mark":
        return 1
    if word.what == "figure":
        return 1 if _of_clock(words, at) else 0
    hit = max((h for p in _BESIDE if (h := p.at(words, at))), key=lambda h: h.last, default=None)
    return hit.last - at if hit is not None else 0


def _of_clock(words: Sequence[Word], at: int) -> bool:
    """Whether a figure tells a time or belongs to a Hijri date: 13:30, 26 شعبان 1446 هـ, 3 min read."""
    text = words[at].text
    return (
        _timed(words, at)
        or any(p.at(words, at + 1) or p.ending(words, at) for p in (_HIJRI, _CLOCK))
        or (len(text) == 4 and text.startswith("14"))
    )


def _timed(words: Sequence[Word], at: int) -> bool:
    """Whether a figure is part of a time: 13:30, 9.05."""
    whole, _, part = words[at].text.partition(".")
    if part:
        return len(whole) <= 2 and len(part) == 2
    before = at > 1 and words[at - 1].text == ":" and words[at - 2].what == "figure"
    return before or (at + 2 < len(words) and words[at + 1].text == ":" and words[at + 2].what == "figure")


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text if 0 <= at < len(words) else ""


def _closed(words: Sequence[Word], at: int) -> bool:
    """Whether nothing but times, marks and who wrote follows in the line."""
    rest = len(words) - at
    return rest <= _LINE and _strangers(words, at, len(words)) <= _AUTHORS and not any(w.text in ".!?؟" for w in words[at + 1 : -1])


def _strangers(words: Sequence[Word], at: int, end: int) -> int:
    """How many words of a stretch have nothing to do with dates; one that no byline has counts for many."""
    count = 0
    while at < end:
        found = date_at(words, at)
        step = found.last - at if found is not None else _beside(words, at)
        if not step:
            hit = _BYLINES.at(words, at)
            step = hit.last - at if hit is not None else 1
            count += 0 if hit is not None else 1 if _of_name(words[at]) else _LINE
        at += step
    return count


def _of_name(word: Word) -> bool:
    """Whether a word may be part of a name."""
    return word.what == "word" and (word.lang == "ar" or word.text[0].isupper())


def _jumbled(words: Sequence[Word], at: int, how: int) -> Candidate | None:
    """A short line after a label with a month, a year and perhaps a day in any order, as lines mixed of two directions have them."""
    if len(words) - at > _LOOSE:
        return None
    told = [(n, hit) for n in range(at, len(words)) if (hit := _MONTHS.at(words, n)) is not None]
    named = {i for n, hit in told for i in range(n, hit.last)}
    if any(words[n].what == "word" and n not in named and not _beside(words, n) for n in range(at, len(words))):
        return None
    figures = [n for n in range(at, len(words)) if words[n].what == "figure" and not _timed(words, n)]
    years = [n for n in figures if len(words[n].text) == 4 and words[n].text[:2] in ("19", "20")]
    days = [n for n in figures if words[n].text.isdecimal() and 1 <= int(words[n].text) <= 31 and len(words[n].text) <= 2]
    if len(told) != 1 or len(years) != 1 or len(days) > 1:
        return None
    places = [told[0][0], *years, *days]
    day = int(words[days[0]].text) if days else None
    return Candidate(how, words[min(places)], words[max(places)], int(told[0][1].entry.id), day, int(words[years[0]].text))


def _standing(words: Sequence[Word]) -> Candidate | None:
    """A date that has its line to itself, or shares it with who wrote: "October 19, 2025", "By Jane Doe | 3 March 2025", "26 شعبان 1446 هـ - 25 فبراير 2025"."""
    if not words or len(words) > _LINE:
        return None
    dates = list(_dates(words))
    whole = [d for d in dates if d.year is not None]
    if len(dates) != 1 or not whole or _strangers(words, 0, len(words)) > _AUTHORS:
        return None
    found = whole[0]
    alone = not _strangers(words, 0, found.first) or not _strangers(words, found.last, len(words))
    return _candidate(words, found, STANDING) if alone and not _of_event(words, found.first) else None


def _dates(words: Sequence[Word], until: int = _LINE) -> Iterator[Found]:
    """Dates that begin before some word."""
    at = 0
    while at < min(until, len(words)):
        found = date_at(words, at)
        if found is not None:
            yield found
        at = found.last if found is not None else at + 1


def _of_event(words: Sequence[Word], at: int) -> bool:
    """Whether a word of prose leads to a date: "on 3 March", "منذ 3 مارس"; a label or the beginning of the line before it does not."""
    return _EVENT.ending(words, at) is not None and at > 1 and not reads(words[0], _LABELS.starts | _BYLINES.starts)


def _opening(words: Sequence[Word]) -> Candidate | None:
    """The dateline of an agency: a place, a date, perhaps the agency, and a dash, then the news."""
    top = words[: _LEAD + _AGENCY]
    found = next((d for d in _dates(top, _LEAD + 1) if "day" in d.traits), None)
    if found is None or _EVENT.ending(top, found.first) is not None:
        return None
    lead = top[: found.first]
    if not all(w.what == "mark" or _of_name(w) or _WEEKDAYS.at(top, n) or reads(w, _CLOCK.starts) for n, w in enumerate(lead)):
        return None
    if len(lead) > _PLACE and lead[-1].text not in _SEPARATORS:
        return None
    return _candidate(words, found, OPENING) if _leads_on(words, found.last) else None


def _leads_on(words: Sequence[Word], at: int) -> bool:
    """Whether a dash, or an agency in brackets, stands after a date, and news after that."""
    if _text(words, at) in (",", "،"):
        at = next((n for n in range(at + 1, min(at + _SOURCE + 2, len(words))) if not _of_name(words[n])), at + 1)
    if (closing := _BRACKETS.get(_text(words, at))) is not None:
        at = next((n + 1 for n in range(at + 1, min(at + _AGENCY, len(words))) if words[n].text == closing), 0)
        if closing == "/" and at:
            return at < len(words)
    elif _text(words, at) in ")]":
        at += 1
    after = _text(words, at)
    return bool(at) and at + 2 < len(words) and (after in _DASHES or after.startswith("--"))


def opens(words: Sequence[Word]) -> bool:
    """Whether a paragraph begins with a date, as the entries of a chronology do."""
    return bool(words) and (words[0].what == "figure" or "month" in begins(words[0].text)) and date_at(words, 0) is not None


def today(words: Sequence[Word]) -> Candidate | None:
    """A day that the text calls today or yesterday and dates: "today, 25 February 2025", "أمس الثلاثاء 11 مارس 2025"."""
    for at, word in enumerate(words):
        if "day" not in begins(word.text) or (hit := _DAYS.at(words, at)) is None or int(hit.entry.id) > 0:
            continue
        place = hit.last
        while place < len(words) and (words[place].text in ",،(" or _WEEKDAYS.at(words, place) or words[place].key == "موافق"):
            place += 1
        found = date_at(words, place)
        if found is not None and found.year is not None and "day" in found.traits:
            told = _candidate(words, found, TODAY)
            return Candidate(told.how, told.first, told.last, told.month, told.day, told.year, -int(hit.entry.id))
    return None
