"""Dates counted from the date of publication ("last month", "قبل أسبوعين", "Tuesday") and windows left vague ("in recent years")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from maadin.reading.forms import readings
from maadin.reading.mentions import absolute, numbers, windows, years
from maadin.reading.mentions.calendar import moved, weekday
from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.times import begins, counts, keys, reads, role
from maadin.reading.mentions.windows import SPANS, Near, left_open, moment
from maadin.reading.model import Form, Moment, Word

_UNITS, SHIFTS, _WEEKDAYS, _DAYS = role("unit"), role("shift"), role("weekday"), role("day")
_AGO, _AGO_AFTER, _WITHIN = role("ago"), role("ago_after"), role("within")
_ABOUT = role("about")
_EARLIER = frozenset(("earlier", "before", "previously"))
_SPANNED = frozenset(("unit", "ago", "within", "after"))
_EDGES, _EXTREMES, _COMPARED, _AFTER = keys("edge"), keys("extreme"), keys("compared"), keys("after")
_WINDOWS = frozenset(("recent", "shift", "unit", "vague", "once", "latest"))


def here(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """The relative or vague date that begins at a word."""
    word = words[at]
    roles = begins(word.text) if word.what == "word" else frozenset()
    near = None
    if not roles.isdisjoint(_WINDOWS):
        near = windows.window(words, at, published) or windows.vague(words, at)
    if near is None and (not roles.isdisjoint(_SPANNED) or counts(word.text)):
        near = _span(words, at, published)
    if near is None and ("shift" in roles or "unit" in roles):
        near = _shift(words, at, published) or _the_year(words, at, published)
    if near is None and "day" in roles:
        near = _day(words, at, published)
    if near is None and "weekday" in roles:
        near = _weekday(words, at, published)
    return windows.decade(words, at) if near is None and "decade" in roles else near


def _shift(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """ "last year", "العام المقبل", "هذا الشهر"."""
    arabic = words[at].lang == "ar"
    if (same := years.same_at(words, at, "year")) is not None:
        return Near(at, same, Moment("", relative=True), words[at].forms[0], {"same": True})
    shift = SHIFTS.at(words, at)
    if arabic:
        this = shift is not None and shift.entry.id == "0" and not shift.form.article
        told = _UNITS.at(words, at + 1 if this else at) if at + 1 < len(words) else None
        if told is None or not told.form.article or told.entry.traits.get("form") or told.entry.id not in SPANS:
            return None
        if this:
            assert shift is not None
            return Near(at, told.last, moment(published, told.entry.id, 0), shift.form, {"span": told.entry.id})
        after = SHIFTS.at(words, told.last)
        if after is None or not (after.form.article or after.entry.id == "-2"):
            return None
        count, last, form = int(after.entry.id), after.last, told.form
        unit = told.entry.id
        if unit in ("decade", "century"):
            return left_open(words, at, last, form)
        return Near(at, last, moment(published, unit, count), form, {"span": unit})
    if shift is None:
        return None
    last = shift.last
    if last < len(words) and words[last].key in ("fiscal", "calendar", "financial", "marketing", "full"):
        last += 1
    told = _UNITS.at(words, last) if last < len(words) else None
    if told is None or told.entry.traits.get("form") or told.entry.id not in SPANS:
        return None
    count = int(shift.entry.id)
    if told.entry.id in ("decade", "century") or (shift.form.key == "past" and count < 0):
        return left_open(words, at, told.last, shift.form)
    return Near(at, told.last, moment(published, told.entry.id, count), shift.form, {"span": told.entry.id})


def _the_year(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """ "end of the year", "منذ بداية العام": this year."""
    told = _UNITS.at(words, at)
    if told is None or told.entry.id not in ("year", "month") or told.entry.traits.get("form") or at == 0:
        return None
    before = at - 1
    if words[at].lang == "ar":
        if not told.form.article or (not reads(words[before], _EDGES)):
            return None
    elif (
        not (words[before].text == "the" and before > 1 and words[before - 1].text in ("of", "in") and reads(words[before - 2], _EDGES))
        and words[before].text.lower() != "so"
    ):
        return None
    return Near(at, told.last, moment(published, told.entry.id, 0), told.form, {"span": told.entry.id})


def _span(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """ "two weeks ago", "قبل أسبوعين", "within five years", "خلال خمس سنوات", "two weeks after"."""
    if words[at].lang == "ar" and (near := _opened(words, at, published)) is not None:
        return near
    if at and words[at - 1].text in ("a", "one", "A", "One"):
        at -= 1
    count = _count(words, at)
    if count is None or words[at].lang == "ar":
        return None
    number, unit, last = count
    if last < len(words) and (ago := _AGO_AFTER.at(words, last)) is not None:
        if unit == "year" and number == 1 and at and reads(words[at - 1], _COMPARED):
            return None
        return Near(at, ago.last, moment(published, unit, -number), Form(words[at].text), {"span": unit, "count": -number})
    if last < len(words) and reads(words[last], _AFTER) and (near := _since_then(words, at, last + 1, unit, number, published)):
        return near
    if (near := _earlier(words, at, unit, number, last, published)) is not None:
        return near
    within = _WITHIN.ending(words, at)
    return _ahead(words, within, unit, number, last, published) if within is not None else None


def _earlier(words: Sequence[Word], at: int, unit: str, number: int, last: int, published: date | None) -> Near | None:
    """ "Two weeks earlier" at the head of a sentence: counted from what was told before, which is news of the day; the month is told."""
    if at > 1 or unit not in ("day", "week") or last >= len(words) or words[last].key not in _EARLIER:
        return None
    return _news(words, at, last + 1, unit, number, published)


def _before_that(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """ "قبل ذلك بأسبوعين", "قبلها بثلاثة أيام"."""
    start = at + 2 if at + 1 < len(words) and words[at].key == "قبل" and words[at + 1].text in ("ذلك", "هذا") else at + 1
    if start == at + 1 and not any(f.key == "قبل" and f.after for f in words[at].forms):
        return None
    count = _glued(words, start)
    if count is None or count[1] not in ("day", "week"):
        return None
    return _news(words, at, count[2], count[1], count[0], published)


def _glued(words: Sequence[Word], at: int) -> tuple[int, str, int] | None:
    """A span of time with "ب" before it: "بأسبوعين", "بثلاثة أيام"."""
    if at >= len(words) or not words[at].text.startswith("ب"):
        return None
    bare = replace(words[at], text=words[at].text[1:], forms=readings(words[at].text[1:])[1])
    return _count([*words[:at], bare, *words[at + 1 :]], at)


def _news(words: Sequence[Word], first: int, last: int, unit: str, count: int, published: date | None) -> Near:
    told = moment(published, unit, -count)
    form = words[first].forms[0] if words[first].forms else Form("")
    return Near(first, last, Moment(told.text[:7], relative=True), form, {"span": unit, "count": -count, "after": True})


def _opened(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """An Arabic span after its preposition: "قبل نحو عامين", "خلال خمس سنوات", "بعد أسبوعين من"."""
    if (near := _before_that(words, at, published)) is not None:
        return near
    ago, after = _AGO.at(words, at), reads(words[at], _AFTER)
    hit = ago or _WITHIN.at(words, at)
    start = at + 1 if after else hit.last if hit is not None else len(words)
    if start < len(words) and (about := _ABOUT.at(words, start)) is not None:
        start = about.last
    count = _count(words, start)
    if count is None:
        return None
    number, unit, last = count
    if after:
        return (
            _since_then(words, at, last + 1, unit, number, published) if last < len(words) and words[last].text in ("من", "على") else None
        )
    assert hit is not None
    if ago is not None:
        return Near(at, last, moment(published, unit, -number, since=ago.form.key == "منذ"), ago.form, {"span": unit, "count": -number})
    return _ahead(words, hit, unit, number, last, published)


def _since_then(words: Sequence[Word], first: int, last: int, unit: str, count: int, published: date | None) -> Near | None:
    """ "two weeks after the order": when the order was, if what came after it is news; nothing where a year or a longer span is told."""
    if unit not in ("day", "week", "month") or any(years.year_at(words, n) is not None for n, w in enumerate(words) if w.what == "figure"):
        return None
    return Near(
        first,
        last,
        moment(published, unit, -count),
        words[first].forms[0] if words[first].forms else Form(""),
        {"span": unit, "count": -count, "after": True},
    )


def _count(words: Sequence[Word], at: int) -> tuple[int, str, int] | None:
    """A number of years, months, weeks or days at a word: "five years", "a year", "أسبوعين", "سنة"."""
    if at >= len(words):
        return None
    dual = _UNITS.at(words, at)
    if dual is not None and dual.entry.traits.get("form") == "dual" and not dual.form.before and not dual.form.article:
        return 2, dual.entry.id, dual.last
    if (
        dual is not None
        and words[at].lang == "ar"
        and "form" not in dual.entry.traits
        and not dual.form.article
        and not dual.form.before
        and dual.entry.id in SPANS[:4]
    ):
        return None if _goes_on(words, dual.last) else (1, dual.entry.id, dual.last)
    if words[at].text in ("a", "one", "A", "One"):
        single = _UNITS.at(words, at + 1) if at + 1 < len(words) else None
        return (
            (1, single.entry.id, single.last)
            if single is not None and "form" not in single.entry.traits and single.entry.id in SPANS
            else None
        )
    if not (words[at].what == "figure" or words[at].forms):
        return None
    number = numbers.read(words, at)
    if (
        number is None
        or number.how == "fraction"
        or number.form.before
        or number.form.article
        or number.value != int(number.value)
        or not 0 < number.value < 1000
    ):
        return None
    unit = _UNITS.at(words, number.last) if number.last < len(words) else None
    if unit is None or unit.form.article or unit.form.before or unit.entry.id not in SPANS:
        return None
    return int(number.value), unit.entry.id, unit.last


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether a figure or the name of a month follows: "منذ شهر فبراير" is no month ago."""
    return at < len(words) and (words[at].what == "figure" or "month" in begins(words[at].text))


def _ahead(words: Sequence[Word], within: Hit, unit: str, count: int, last: int, published: date | None) -> Near | None:
    """ "within six months": until then."""
    first = within.first
    if last < len(words) and (shift := SHIFTS.at(words, last)) is not None and int(shift.entry.id) < 0:
        return None
    if last < len(words) and (words[last].text in ("من", "of", "ago", "earlier") or words[last].what == "figure"):
        return None
    if any(reads(w, _EXTREMES) or (w.lang == "en" and w.text.endswith("est")) for w in words[max(0, first - 3) : first]):
        return None
    return Near(first, last, moment(published, unit, count, until=True), within.form, {"span": unit, "count": count})


def _day(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    hit = _DAYS.at(words, at)
    if hit is None:
        return None
    if words[at].lang == "ar" and hit.entry.id == "0":
        if not words[at].forms[0].article or ((at and words[at - 1].text in ("في", "هذا")) and words[at - 1].text == "في"):
            return None
        if at + 1 < len(words) and (
            _WEEKDAYS.at(words, at + 1) is None and words[at + 1].text in ("الأول", "التالي", "الواحد", "الوطني", "العالمي", "الماضي")
        ):
            return None
    count = int(hit.entry.id)
    last = hit.last
    named = _WEEKDAYS.at(words, last) if last < len(words) else None
    if named is not None and (words[last].lang == "en" or named.form.article):
        last = named.last  # أمس الثلاثاء
    found = moved(published, count).isoformat() if published is not None else ""
    return Near(at, last, Moment(found, relative=True), hit.form, {"span": "day"})


def _weekday(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    hit = _WEEKDAYS.at(words, at)
    if hit is None:
        return None
    last, future = hit.last, False
    if words[at].lang == "ar":
        if not hit.form.article:
            return None
        if hit.entry.id == "0" and at and words[at - 1].forms and words[at - 1].forms[0].article:
            return None  # البلدان الاثنان
        after = SHIFTS.at(words, last) if last < len(words) else None
        if after is not None and after.form.article:
            future, last = after.entry.id == "1", after.last
    else:
        if not words[at].text[0].isupper():
            return None
        future = at > 0 and words[at - 1].text.lower() in ("next", "coming")
    ahead = last + (last < len(words) and words[last].text in (",", "،", "("))
    by_calendar = absolute.here(words, ahead) if ahead < len(words) else None
    if by_calendar is not None and "day" in by_calendar.traits:
        return None  # the date that follows says more
    found = weekday(published, int(hit.entry.id), future).isoformat() if published is not None else ""
    return Near(at, last, Moment(found, relative=True), hit.form, {"weekday": int(hit.entry.id)})
