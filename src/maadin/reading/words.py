"""Clean text becomes words, figures and marks, and these become sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maadin.reading.forms import ARABIC_LETTER, readings
from maadin.reading.model import Form, Sentence, Source, Word

LONGEST = 120  # words of a sentence; a longer one is cut, at a comma where there is one
_HEADING = 18  # words of a heading, at most
_LATIN = rf"[^\W\d_{ARABIC_LETTER}]"
_CURRENCIES = "USD|EUR|GBP|CNY|RMB|AUD|CAD|NZD|SGD|HKD|JPY|INR|IDR|KRW|RUB|CHF|BRL|ZAR|SAR|AED|EGP|KWD|QAR|Rs|RM|Rp"
_TOKEN = re.compile(
    rf"""
    (?P<figure>\d+(?:[.,،](?!(?:19|20)\d\d(?!\d))\d+|\.\d+|'\d{{3}}(?!\d))*+(?:ر\d+)?)
    |(?P<link>(?:https?://|www\.)\S+)
    |(?P<word>
        [{ARABIC_LETTER}]+
        |[A-Za-z](?:\.[A-Za-z])+(?!\w)\.?(?:'s\b)?       # U.S.
        |(?:{_CURRENCIES})(?=\d)
        |{_LATIN}+(?:\d+{_LATIN}*)*(?:'(?:[sS]|t|re|ve|ll|d|m)(?!\w)|(?<=s)'(?=\ \w))?
    )
    |(?<=[\w.])[-'](?=\w)(?P<joint>)
    |(?P<mark>\.{{2,}}|[^\s])
    """,
    re.VERBOSE,
)
_LINE = re.compile(r"[^\n]+")
_FINAL = frozenset((".", "!", "?", "؟", "؛", "…"))
_COMMAS = frozenset((",", "،", ";", ":", "–"))
_OPENERS, _CLOSERS = frozenset(("“", "«", '"')), frozenset(("”", "»", '"'))
_AFTER_FINAL = _CLOSERS | {")", "]", "'"}
# A dot after one of these ends nothing; after one of the second kind it may well end a sentence too
_TITLES = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "gov", "sen", "rep", "gen", "col", "lt", "sgt", "hon", "st", "mt", "rev", "approx", "est", "fig", "vs", "ca", "cf", "no",
    "nos", "sec", "art", "vol", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
))  # fmt: skip
_NAMES = frozenset((
    "inc", "corp", "co", "ltd", "plc", "llc", "bros", "etc", "us", "usa", "uk", "eu", "uae", "un", "pm", "am", "jr", "sr", "bn", "tn", "mln", "bln",
))  # fmt: skip
_STARTERS = frozenset((
    "the", "a", "an", "it", "its", "in", "on", "at", "by", "to", "for", "from", "of", "and", "but", "or", "so", "yet", "he", "she", "they", "we", "i", "you",
    "this", "that", "these", "those", "there", "here", "however", "while", "when", "where", "if", "as", "after", "before", "since", "until", "last", "next",
    "both", "some", "most", "many", "all", "one", "two", "three", "other", "another", "under", "with", "meanwhile", "according", "although", "despite",
))  # fmt: skip
_AND = (Form("and"),)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Words, figures and marks of a stretch of clean text."""
    words: list[Word] = []
    append = words.append
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        which = token.lastgroup
        it = token[0]
        if which == "word":
            lang, forms = readings(it)
            append(Word(token.start(), token.end(), it, "word", lang, forms))
        elif which == "figure":
            append(Word(token.start(), token.end(), it, "figure", None))
        elif which == "joint":
            if it == "-" and words and words[-1].what == "figure" and text[token.end()].isdigit():
                append(Word(token.start(), token.end(), it, "mark", None))  # a range
        else:
            append(Word(token.start(), token.end(), it, "mark", None, _AND if it == "&" else ()))
    return words


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, with those that plainly go on with the one before joined to it."""
    lines = [(line.start(), line.start() + len(line[0].rstrip())) for line in _LINE.finditer(text) if not line[0].isspace()]
    at = 0
    while at < len(lines):
        after = at + 1
        while after < len(lines) and text.find("\n", lines[after - 1][1] + 1, lines[after][0]) < 0:
            after += 1
        yield from _block(text, lines[at:after])
        at = after


def _block(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Paragraphs of lines with no empty line between them."""
    lengths = [end - start for start, end in lines]
    width = max(lengths)
    full = [length >= 0.8 * width for length in lengths]
    # Lines broken at a width, as in mail: nearly all but the last are about as long, and few of them end as sentences do
    wrapped = len(lines) > 3 and 40 <= width <= 130 and sum(full[:-1]) >= 0.85 * (len(lines) - 1)
    wrapped = wrapped and sum(text[end - 1] in _FINAL for _, end in lines[:-1]) <= 0.4 * len(lines)
    start, end = lines[0]
    for number in range(1, len(lines)):
        following, last = text[lines[number][0] : lines[number][1]].lstrip()[:1], text[end - 1]
        goes_on = last in ",،" or ("a" <= following <= "z" and last not in _FINAL and last != ":")
        if not goes_on and not (wrapped and full[number - 1] and last not in _FINAL):
            yield start, end
            start = lines[number][0]
        end = lines[number][1]
    yield start, end


def _quoted(text: str, words: list[Word]) -> list[bool]:
    """For each word of a paragraph whether it stands in quotation marks."""
    inside: list[bool] = []
    opened = ""
    last_single = max((i for i, word in enumerate(words) if word.text[-1] == "'"), default=-1)
    for place, word in enumerate(words):
        it = word.text
        if it not in _OPENERS and it not in _CLOSERS and it != "'":
            inside.append(bool(opened))
            if opened == "'" == it[-1]:  # not the possessive of a plural
                opened = ""
            continue
        before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
        begins = not before.strip() or before in "([-–/:\"'“«"
        goes_on = bool(after) and (after.isalnum() or after in "$€£(.-")
        if not opened:
            if it == "'":
                opened = it if begins and goes_on and last_single > place else ""
            elif it in "“«" or (begins and goes_on) or (it == '"' and begins):
                opened = it
        elif it == "'" or opened == "'":
            opened = "" if it == opened and not (begins and goes_on) else opened
        elif (opened == "«") == (it in "»«") and not (it in "“«" and begins and goes_on):
            opened = ""
        inside.append(False)
    return inside


def _ends(words: list[Word], at: int, after: int) -> bool:
    """Whether the final mark at `at` ends a sentence; what follows it and its closing marks is at `after`."""
    mark, following = words[at], words[after] if after < len(words) else None
    if following is None:
        return True
    if following.lang == "en" and following.text[0].islower():
        return mark.text in "؟؛"
    before = words[at - 1] if at else None
    if mark.text != "." or before is None or before.end != mark.start:
        return True
    glued = following.start == mark.end
    if before.what == "word":
        key = before.forms[0].key
        unit = at > 1 and words[at - 2].what == "figure"
        if key in _TITLES and not (key in ("no", "nos") and following.what != "figure") and not (unit and key == "mt"):
            return False
        if key in _NAMES and not (following.text[0].isupper() and following.key in _STARTERS):
            return False
        if len(before.text) == 1 and (before.lang == "ar" or before.text.isupper()) and following.what == "word" and not unit:
            return False
    elif before.what == "figure" and at == 1:
        return False  # the number of a list
    return not (glued and (following.what == "mark" or (following.lang == "en" and before.text[-1].isupper())))


def _cut(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Sentences of a paragraph: their first word and where they end."""
    first = at = 0
    count = len(words)
    while at < count:
        word = words[at]
        at += 1
        after = 0
        if word.what == "mark" and (word.text in _FINAL or word.text.startswith("..")):
            after = at
            while after < count and (
                words[after].text in _FINAL or (words[after].text in _AFTER_FINAL and words[after].start == words[after - 1].end)
            ):
                after += 1
            if not _ends(words, at - 1, after):
                after = 0
        elif word.what == "word" and word.text[-1] == "." and at < count:  # "U.S." and a full stop in one
            after = at if words[at].text[0].isupper() and words[at].key in _STARTERS else 0
        if not after and at - first >= LONGEST:
            after = next((i for i in range(at, first + LONGEST // 2, -1) if words[i - 1].text in _COMMAS), at)
        if after:
            yield first, after
            first = at = after
    if first < count:
        yield first, count


def _is_heading(words: list[Word], number: int) -> bool:
    last = next((word for word in reversed(words) if word.text not in _AFTER_FINAL), words[-1])
    if words[0].text in "•-–*·" or last.text in _COMMAS or sum(word.what != "mark" for word in words) > _HEADING:
        return False
    return last.text not in _FINAL or (number == 0 and last.text in "?؟!")


def sentences(source: Source) -> list[Sentence]:
    """Cut a clean text into sentences of words, without mentions.

    A hyphen that joins two words is no word of its own: "rare-earth" reads as "rare earth", "4.4-million-ton" as a figure and two words. Between two
    figures it is a mark.

    Examples
    --------
    >>> from maadin.reading.source import clean
    >>> [[word.text for word in sentence.words] for sentence in sentences(clean("A 4.4-million-ton cut. It follows No. 2."))]
    [['A', '4.4', 'million', 'ton', 'cut', '.'], ['It', 'follows', 'No', '.', '2', '.']]
    """
    text = source.clean
    found: list[Sentence] = []
    paragraphs = list(_paragraphs(text))
    for number, (start, end) in enumerate(paragraphs):
        words = tokens(text, start, end)
        if not words:
            continue
        quoted = _quoted(text, words)
        cuts = list(_cut(words))
        heading = len(cuts) == 1 and number + 1 < len(paragraphs) and _is_heading(words, number)
        for first, after in cuts:
            part = tuple(words[first:after])
            arabic = sum(1 if w.lang == "ar" else -1 if w.lang == "en" else 0 for w in part)
            found.append(Sentence(part, "ar" if arabic > 0 else "en", number, heading, quoted=tuple(quoted[first:after])))
    return found
