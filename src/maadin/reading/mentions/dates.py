"""Dates: told by the calendar, counted from the date of publication, or left vague.

What a text counts from its publication needs that date; without it a mention keeps what was told in its traits (`month`, `day`, `quarter`, `half`,
`shift`), for `calendar.resolve` to complete once a year is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from maadin.reading.mentions import absolute, relative, windows
from maadin.reading.mentions.calendar import resolve as resolve  # the reader's way in
from maadin.reading.mentions.calendar import shifted
from maadin.reading.mentions.times import Found, begins, counts, keys, reads, role
from maadin.reading.mentions.years import SAME
from maadin.reading.model import Form, Mention, Moment, Sentence, Word

_SINCE, _UNTIL, _BEFORE, _START, _FROM = (role(name) for name in ("since", "until", "before", "start", "from"))
_PART = role("part")
_BASE = role("base")
_NO_FUTURE = keys("no_future")
_SHIFTS = role("shift")
_ROLES = frozenset(
    (
        "month",
        "weekday",
        "unit",
        "shift",
        "ordinal",
        "ordinal_day",
        "day",
        "decade",
        "year",
        "vague",
        "once",
        "recent",
        "ago",
        "within",
        "latest",
        "after",
    )
)
_ENGLISH_ROLES = _ROLES - {"ago", "within", "after"}  # these stand after the number or before it
_BASE_REACH = 8  # words from "compared with" to its date
_GONE = 3  # months
_PARTS = 3  # "the end of the first", one before another


def find(sentence: Sentence, published: date | None = None) -> list[Mention]:
    """Dates of a sentence.

    Parameters
    ----------
    sentence : Sentence
    published : date, optional
        What relative dates count from, and months without a year: the last such month that is not after it, the next after "from", "by", "next".

    Returns
    -------
    list of Mention
        Kind "date", the value a `Moment`. Traits: `month`, `day`, `quarter`, `half`, `months` (the first so many of a year), `decade`; `from` and `to` of
        a period (the moment is its end); `future` or `likely`; `base` where something is compared with that time; `cue`, where "from" or
        "before" stands before it; `span` and `count`, the unit of a relative date or window and how many of it.

    Examples
    --------
    >>> from maadin.reading.source import clean
    >>> from maadin.reading.words import sentences
    >>> sentence = sentences(clean("Output fell in September and has since March 2023."))[0]
    >>> [(m.value.text, m.value.since) for m in find(sentence, date(2025, 10, 20))]
    [('2025-09', False), ('2023-03', True)]
    """
    words = sentence.words
    found = list(_told(words, published))
    likely = any(t.found is not None and t.found.year is None for t in found) and _likely(words)
    mentions: list[Mention] = []
    for told in found:
        mentions.append(_mention(words, told, published, likely, mentions[-1].last if mentions else 0))
    return mentions


def same_years(sentences: Iterable[Sequence[Mention]]) -> Iterator[list[Mention]]:
    """Dates of sentences, in their order, with "the same year" resolved to that of the date told before."""
    year = ""
    for mentions in sentences:
        made: list[Mention] = []
        for m in mentions:
            if year and (m.traits.get("shift") == SAME or "same" in m.traits):
                traits = {k: v for k, v in m.traits.items() if k not in ("shift", "same")}
                text = resolve(traits, int(year)) or year
                m = replace(m, id=text, traits=traits, value=replace(m.value, text=text, relative=False))
            elif m.value.text:
                year = m.value.text[:4]
            made.append(m)
        yield made


def _likely(words: Sequence[Word]) -> bool:
    """Whether a sentence speaks of what is to come."""
    return any(
        "likely" in begins(w.text) or (any(f.before == "س" for f in w.forms) and not reads(w, _NO_FUTURE))
        for w in words
        if w.what == "word"
    )


@lru_cache(maxsize=1 << 16)
def _opens(text: str) -> bool:
    """Whether a date may begin with a word."""
    if counts(text) or (text[-1].isdecimal() and text[0] in "QHFCqh"):
        return True
    return not begins(text).isdisjoint(_ENGLISH_ROLES if text.isascii() else _ROLES)


@dataclass(slots=True)
class _Told:
    first: int
    last: int
    form: Form
    moment: Moment | None
    traits: dict[str, Any]
    found: Found | None = None


def _told(words: Sequence[Word], published: date | None) -> Iterator[_Told]:
    at = 0
    while at < len(words):
        if words[at].what == "mark" or not _opens(words[at].text):
            at += 1
            continue
        found = absolute.here(words, at)
        if found is not None:
            yield _Told(found.first, found.last, found.form, None, found.traits, found)
            at = found.last
            continue
        near = relative.here(words, at, published)
        if near is not None:
            yield _Told(near.first, near.last, near.form, near.moment, near.traits)
            at = near.last
            continue
        at += 1


def _mention(words: Sequence[Word], told: _Told, published: date | None, likely: bool, floor: int) -> Mention:
    first, form, cues = _cues(words, told, floor)
    traits = dict(told.traits)
    if told_by := cues & {"before", "from"}:
        traits["cue"] = min(told_by)
    if any(_BASE.at(words, n) is not None for n in range(first - 1, max(-1, first - _BASE_REACH), -1) if _open(words, n, first)):
        traits["base"] = True
    starts = "from" in cues and (likely or _likely(words)) and "from" not in traits and "months" not in traits
    since, until = "since" in cues or "start" in cues or starts, "until" in cues
    if told.moment is not None:
        m = told.moment
        moment = Moment(m.text, m.relative, m.until or until, m.since or since, m.vague)
    else:
        assert told.found is not None
        text, counted = told.found.text, False
        if not text and "decade" in traits:
            moment = Moment("", since=since, until=until, vague=windows.text(words, told.first, told.last))
        else:
            if not text:
                turned = _turned(words, told)
                if turned > 0 or ("until" in cues and not _just_past(traits, published, likely)):
                    traits["future"] = True
                elif turned < 0:
                    traits["past"] = True
                elif likely or "from" in cues or "start" in cues or "until" in cues:
                    traits["likely"] = True
                counted = True
                text = _resolved(traits, published) if published is not None else ""
            moment = Moment(text, counted, until, since)
    return Mention("date", first, told.last, moment.text, form, traits, moment)


def _just_past(traits: dict[str, Any], published: date | None, likely: bool) -> bool:
    """Whether a month without a year has just gone by, in a sentence that does not look ahead: "reached 5 t by the end of September"."""
    month = traits.get("month")
    return published is not None and not likely and month is not None and 0 <= published.month - month <= _GONE


def _open(words: Sequence[Word], at: int, first: int) -> bool:
    """Whether no comma stands between a word and a date."""
    return not any(w.what == "mark" and w.text in ",،;؛:" for w in words[at:first])


def _resolved(traits: dict[str, Any], published: date) -> str:
    if traits.get("shift") == SAME:
        return ""
    if "shift" in traits:
        year = published.year + traits["shift"]
        return resolve({k: v for k, v in traits.items() if k != "shift"}, year)
    return resolve(traits, published)


def _cues(words: Sequence[Word], told: _Told, floor: int) -> tuple[int, Form, set[str]]:
    """What stands before a date and bounds it: where it begins, how its first word stands, and what it says."""
    first, form = told.first, told.form
    place = first
    for _ in range(_PARTS):
        part = _PART.ending(words, place)
        if part is None:
            break
        place = part.first
    for at in {first: 0, place: 0}:
        for name, phrases in (("start", _START), ("since", _SINCE), ("until", _UNTIL), ("before", _BEFORE), ("from", _FROM)):
            hit = phrases.ending(words, at)
            if hit is not None and hit.first >= floor:
                if name in ("since", "until", "start"):
                    return hit.first, hit.form, {name}
                return first, form, {name}
    return first, form, set()


def _turned(words: Sequence[Word], told: _Told) -> int:
    """Whether "next" or "last" stands beside a month without a year: 1, -1, or 0."""
    before = _SHIFTS.ending(words, told.first)
    if before is not None and words[before.first].lang == "en":
        return int(before.entry.id)
    after = _SHIFTS.at(words, told.last)
    return int(after.entry.id) if after is not None and after.form.article else 0


__all__ = ["find", "resolve", "shifted"]
