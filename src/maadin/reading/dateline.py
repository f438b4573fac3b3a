"""The date of publication that a text tells itself: in the data of its page, in a line of its head, in the dateline of an agency.

A date in the prose is that of an event and never counts, unless the text calls it today or yesterday. A month and day without a year count only where
another full date of the text fixes the year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from maadin.reading.mentions import datelines
from maadin.reading.mentions.datelines import Candidate
from maadin.reading.model import Dateline, Mention, Moment, Sentence, Source, Word

_HEAD, _FOOT, _PROSE = 8, 3, 12  # paragraphs of the head and of the foot; sentences in which "today" is dated
_WITHIN = timedelta(days=10)  # between the date of a page and the dateline of an agency
_EVENTS = frozenset(("commodity", "metric", "instrument", "status", "change", "share", "rank", "restraint", "quality"))
_OF_PAGE = re.compile(
    r"""(?:article:published_time|datePublished|DC\.date\.issued|parsely-pub-date|pubdate|publish[_-]?date)["']?\s*(?::|content\s*=|[^<>]{0,40}?datetime\s*=)?\s*
    ["']((?:19|20)\d\d-\d\d-\d\d)|<time\b[^<>]{0,200}?\bdatetime\s*=\s*["']((?:19|20)\d\d-\d\d-\d\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_BLURRED = frozenset(("day", "week"))


def find(source: Source, sentences: Sequence[Sentence]) -> Dateline | None:
    """The date of publication that a text tells, if it does.

    Parameters
    ----------
    source : Source
    sentences : sequence of Sentence
        With the mentions of the vocabulary, which tell news from the line of a date.

    Examples
    --------
    >>> from maadin.reading.read import document
    >>> found = document("MOSCOW, Feb 25, 2025 (Agency) - Russia offered aluminium.").dateline
    >>> found.day.isoformat(), found.text
    ('2025-02-25', 'Feb 25, 2025')
    """
    if (told := _of_page(source)) is not None:
        return told
    candidates = sorted(_candidates(sentences), key=lambda c: c.how)
    whole = next((c for c in candidates if c.year is not None and _day(c) is not None), None)
    partial = next((c for c in candidates if c.year is None and c.how == datelines.OPENING), None)
    if partial is not None:
        fixed = _beside(partial, whole) if whole is not None else _repeated(partial, sentences)
        whole = fixed or whole
    return _told(source, whole) if whole is not None else None


def _of_page(source: Source) -> Dateline | None:
    """The date in the data of a page of HTML."""
    if "<" not in source.text and "{" not in source.text:
        return None
    for found in _OF_PAGE.finditer(source.text):
        place = found.lastindex or 1
        try:
            return Dateline(date.fromisoformat(found[place]), "day", found.span(place), found[place])
        except ValueError:
            continue
    return None


def _candidates(sentences: Sequence[Sentence]) -> Iterator[Candidate]:
    paragraphs = list(_paragraphs(sentences))
    opened = [words for words, _ in paragraphs if datelines.opens(words)]
    for number, (words, news) in enumerate(paragraphs):
        if _HEAD <= number < len(paragraphs) - _FOOT:
            continue
        for c in datelines.lines(words, at_top=number == 0):
            of_entry = c.how == datelines.OPENING and c.first is words[0] and len(opened) > 1  # a chronology
            of_foot = number >= _HEAD and c.how not in (datelines.LABELLED, datelines.UPDATED)
            if not of_entry and not of_foot and not (news and c.how == datelines.STANDING):
                yield c
    for sentence in sentences[:_PROSE]:
        if (dated := datelines.today(sentence.words)) is not None:
            yield dated


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Words of each paragraph, a month and its year on two lines joined, and whether it tells news."""
    made: list[tuple[tuple[Word, ...], bool]] = []
    for number, sentence in enumerate(sentences):
        news = any(m.kind in _EVENTS for m in sentence.mentions)
        if made and (sentence.paragraph == sentences[number - 1].paragraph or _year_alone(made[-1][0], sentence)):
            made[-1] = ((*made[-1][0], *sentence.words), made[-1][1] or news)
        else:
            made.append((sentence.words, news))
    yield from made


def _year_alone(above: Sequence[Word], sentence: Sentence) -> bool:
    """Whether a line holds nothing but the year of the month above it."""
    if len(sentence.words) != 1 or len(above) > 2 or sentence.words[0].what != "figure":
        return False
    found = datelines.date_at((*above, *sentence.words), 0)
    return found is not None and found.year is not None


def _day(c: Candidate, year: int | None = None) -> date | None:
    """The day of publication; of a month the last."""
    year = c.year if year is None else year
    assert year is not None
    try:
        return date(year, c.month, c.day or monthrange(year, c.month)[1]) + timedelta(days=c.ago)
    except (ValueError, OverflowError):
        return None


def _beside(partial: Candidate, whole: Candidate) -> Candidate | None:
    """A dateline without a year, in the year in which it lies near the full date of its page."""
    page = _day(whole)
    assert page is not None
    for year in (page.year, page.year + 1, page.year - 1):
        day = _day(partial, year)
        if day is not None and abs(day - page) <= _WITHIN:
            return replace(partial, year=year)
    return None


def _repeated(partial: Candidate, sentences: Sequence[Sentence]) -> Candidate | None:
    """A dateline without a year, where the text tells the same day with one year."""
    years = {
        found.year
        for s in sentences
        for at in range(len(s.words))
        if (found := datelines.date_at(s.words, at)) is not None
        and (found.traits["month"], found.traits.get("day")) == (partial.month, partial.day)
    } - {None}
    return replace(partial, year=years.pop()) if len(years) == 1 else None


def _told(source: Source, c: Candidate) -> Dateline | None:
    day = _day(c)
    if day is None:
        return None
    span = source.span(c.first.start, c.last.end)
    return Dateline(day, "day" if c.day else "month", span, source.text[span[0] : span[1]])


def within(dateline: Dateline, source: Source, sentence: Sentence, m: Mention) -> bool:
    """Whether a date is the one that tells the day of publication, and so no date of anything told."""
    first, last = source.span(sentence.words[m.first].start, sentence.words[m.last - 1].end)
    return first < dateline.span[1] and dateline.span[0] < last


def blurred(m: Mention) -> Mention:
    """A date counted from a month of publication: days and weeks stay open."""
    if isinstance(m.value, Moment) and m.value.relative and (m.traits.get("span") in _BLURRED or "weekday" in m.traits):
        return replace(m, id="", value=replace(m.value, text=""))
    return m
