"""Stretches of time that a text leaves vague ("in recent years", "ذات يوم") or counts from its publication ("the next five years")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maadin.reading.mentions import numbers
from maadin.reading.mentions.calendar import shifted
from maadin.reading.mentions.phrases import Hit
from maadin.reading.mentions.times import keys, reads, role
from maadin.reading.model import Form, Moment, Word

_UNITS, _SHIFTS, _DECADES = role("unit"), role("shift"), role("decade")
_VAGUE, _ONCE, _RECENT, _PLENTY = role("vague"), role("once"), role("recent"), role("plenty")
_INTO, _WAS, _LATEST = keys("into"), keys("was"), keys("latest")
_ANY = frozenset(("اي", "اية", "ايه"))
SPANS = ("year", "month", "week", "day", "decade", "century", "quarter")


@dataclass(slots=True)
class Near:
    """A date that is not told by the calendar.

    Attributes
    ----------
    first, last : int
        Words it covers, `last` not included.
    moment : Moment
    form : Form
    traits : dict
    """

    first: int
    last: int
    moment: Moment
    form: Form
    traits: dict[str, Any] = field(default_factory=dict)


def text(words: Sequence[Word], first: int, last: int) -> str:
    """Some words as the text has them, but for the width of spaces."""
    return "".join((" " if n > first and words[n].start > words[n - 1].end else "") + words[n].text for n in range(first, last))


def moment(published: date | None, unit: str, count: int, until: bool = False, since: bool = False) -> Moment:
    """A time so many units from the date of publication, if that is known."""
    return Moment(shifted(published, unit, count) if published is not None else "", relative=True, until=until, since=since)


def window(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    """ "recent years", "the past five years", "السنوات الخمس الماضية", "the next decade"."""
    return _arabic_window(words, at, published) if words[at].lang == "ar" else _english_window(words, at, published)


def _english_window(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    recent = _RECENT.at(words, at)
    if recent is not None and at and words[at - 1].text.lower() in ("any", "no") and recent.last < len(words):
        year = _UNITS.at(words, recent.last)
        if year is not None and year.entry.id == "year" and "form" not in year.entry.traits:
            return left_open(words, at - 1, year.last, recent.form)  # "in any recent year"
    shift = _SHIFTS.at(words, at) if recent is None else None
    opening = recent or shift
    if opening is None or (shift is not None and shift.entry.id == "0"):
        return None
    i, count = opening.last, 0
    if (plenty := _PLENTY.at(words, i) if i < len(words) else None) is not None:
        i = plenty.last
    elif i < len(words) and (number := numbers.read(words, i)) is not None:
        i, count = number.last, int(number.value)
    unit = _UNITS.at(words, i) if i < len(words) else None
    if unit is None or unit.entry.traits.get("form") != "plural" or unit.entry.id not in SPANS:
        return None
    if shift is not None and shift.entry.id == "1" and count:
        return _coming(words, at, unit, count, published, opening.form)
    near = left_open(words, at, unit.last, opening.form)
    if count:
        near.traits |= {"count": count, "span": unit.entry.id}
    return near


def _arabic_window(words: Sequence[Word], at: int, published: date | None) -> Near | None:
    if reads(words[at], _LATEST) and at + 1 < len(words) and (number := numbers.read(words, at + 1)) is not None:
        told = _UNITS.at(words, number.last) if number.last < len(words) else None
        if told is None or told.entry.id not in SPANS or told.form.article or number.value != int(number.value):
            return None
        near = left_open(words, at, told.last, words[at].forms[0])
        near.traits |= {"count": int(number.value), "span": told.entry.id}
        return near
    unit = _UNITS.at(words, at)
    if unit is None or not unit.entry.traits.get("form") or not unit.form.article or unit.entry.id not in SPANS:
        return None
    i, count = unit.last, 2 if unit.entry.traits["form"] == "dual" else 0
    if i < len(words) and (number := numbers.read(words, i)) is not None:
        i, count = number.last, int(number.value)
    few = _PLENTY.at(words, i) if i < len(words) else None
    if few is not None:
        i = few.last
    recent = _RECENT.at(words, i) if i < len(words) else None
    shift = _SHIFTS.at(words, i) if recent is None and i < len(words) else None
    closing = recent or shift
    if closing is None and few is None:
        return None
    last = closing.last if closing is not None else i
    if last < len(words) and _PLENTY.at(words, last) is not None and words[last].forms[0].article:
        last += 1
    if shift is not None and shift.entry.id == "1" and count:
        return _coming(words, at, unit._replace(last=last), count, published, unit.form)
    near = left_open(words, at, last, unit.form)
    if count:
        near.traits |= {"count": count, "span": unit.entry.id}
    return near


def _coming(words: Sequence[Word], at: int, unit: Hit, count: int, published: date | None, form: Form) -> Near:
    return Near(at, unit.last, moment(published, unit.entry.id, count, until=True), form, {"span": unit.entry.id, "count": count})


def left_open(words: Sequence[Word], first: int, last: int, form: Form) -> Near:
    """A window without an end or a beginning, with the preposition before it."""
    start = first
    if start and words[start - 1].text in ("the", "these"):
        start -= 1
    if start > 1 and words[start - 1].text == "من" and words[start - 2].key in _ANY:
        start -= 2  # "في أي من السنوات الأخيرة"
    while start and reads(words[start - 1], _INTO):
        start -= 1
        if words[start].text not in ("مدى", "مدار"):
            break
    if start != first and not any(words[start].text.lower() == w for w in ("the", "these")):
        form = words[start].forms[0] if words[start].forms else form
    elif start != first:
        start = first
    return Near(start, last, Moment("", vague=text(words, start, last)), form)


def vague(words: Sequence[Word], at: int) -> Near | None:
    """ "historically", "ذات يوم", and "once" where it means at one time."""
    hit = _VAGUE.at(words, at)
    if hit is not None and not (hit.last < len(words) and _SHIFTS.at(words, hit.last - 1) is not None and _counts(words, hit.last)):
        return Near(at, hit.last, Moment("", vague=text(words, at, hit.last)), hit.form)
    once = _ONCE.at(words, at)
    if once is not None and at + 1 < len(words):
        before = words[at - 1].text.lower() if at else ""
        if (reads(words[at - 1], _WAS) and words[at + 1].text.lower() not in ("a", "per", "every", "the", "again", "more")) or before in (
            "was",
            "were",
            "is",
            "are",
            "been",
            "had",
        ):
            return Near(at, at + 1, Moment("", vague=words[at].text), once.form)
    return None


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether a number or unit of time goes on a phrase: "in the past" of "in the past five years"."""
    return (
        words[at].what == "figure"
        or _UNITS.at(words, at) is not None
        or _PLENTY.at(words, at) is not None
        or numbers.read(words, at) is not None
    )


def decade(words: Sequence[Word], at: int) -> Near | None:
    """ "التسعينيات", "تسعينيات القرن الماضي"."""
    hit = _DECADES.at(words, at)
    if hit is None:
        return None
    last = hit.last
    if last + 1 < len(words) and words[last].key == "قرن":
        last += 2
    return Near(at, last, Moment("", vague=text(words, at, last)), hit.form, {"decade": int(hit.entry.id)})
