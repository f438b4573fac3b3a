"""Figures that count nothing: section numbers, codes, parts of names, telephone numbers, scores."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.mentions import units
from maadin.reading.mentions.numerals import CODES
from maadin.reading.model import Word

_SCALES = frozenset(("الف", "الاف", "مليون", "ملايين", "مليار", "مليارات", "طن", "million", "billion", "thousand", "tonnes", "tons"))


def named(words: Sequence[Word], at: int) -> bool:
    """Whether the figure at a word names something rather than counts it: "Section 232", "No. 2", "المادة 5", "G7"."""
    if at == 0:
        following = words[1].text if len(words) > 1 else ""
        spaced = len(words) > 2 and words[1].start > words[0].end and words[2].start > words[1].end
        return following == ")" or (following == "." and len(words) > 2) or (following in ("-", "–") and spaced)
    before = at - 1
    if words[before].text in (".", "(") and before > 0 and words[before - 1].forms and words[before - 1].forms[0].key in ("no", "nos"):
        before -= 1
    hit = CODES.ending(words, before + 1)
    return hit is not None and words[before].what == "word" and not _counts(words, at)


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether a scale or a unit after a figure tells that it counts: "من هذه المادة 640 ألف طن"."""
    following = words[at + 1].forms[0].key if at + 1 < len(words) and words[at + 1].forms else ""
    return following in _SCALES


def passed(words: Sequence[Word], at: int) -> int:
    """The word after a figure that counts nothing; 0 for one that does."""
    before = words[at - 1] if at else None
    if (
        before is not None
        and before.what == "word"
        and before.end == words[at].start
        and before.lang == "en"
        and not units.prefix(words, at - 1)
    ):
        return at + 1  # part of a name
    if named(words, at):
        return at + 1
    if before is not None and before.text == "+" and before.end == words[at].start and len(words[at].text) <= 3:
        end = at + 1
        while end < len(words) and (
            words[end].what == "figure" or (words[end].text in "-()" and end + 1 < len(words) and words[end + 1].what == "figure")
        ):
            end += 1
        if end > at + 2:
            return end
    end = at + 1  # telephone numbers, dates and scores: three figures or more in a chain of hyphens, slashes, colons
    while end + 1 < len(words) and words[end].text in "-/:" and words[end].start == words[end - 1].end and words[end + 1].what == "figure":
        end += 2
    if end - at >= 5 or (end - at == 3 and words[at + 1].text in ":/"):
        return end
    return 0
