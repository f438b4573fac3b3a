"""Phrases of a lexicon that are sought at one place of a sentence: after a number, before it, in the middle of a date.

`maadin.reading.lexicon` walks a whole sentence for all phrases it knows; here a reader stands at a word and asks what begins or ends there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from maadin.reading.entries import Entry, read
from maadin.reading.forms import plain_key
from maadin.reading.model import Form, Word
from maadin.reading.words import tokens

_Phrase = tuple[tuple[str, ...], Entry]  # its words after the first, and what it means


class Hit(NamedTuple):
    """A phrase found.

    Attributes
    ----------
    entry : Entry
    first, last : int
        Words it covers, `last` not included.
    form : Form
        How its first word stood there.
    """

    entry: Entry
    first: int
    last: int
    form: Form


@lru_cache(maxsize=16)
def entries(name: str) -> tuple[Entry, ...]:
    """Entries of a file of the package's lexicon."""
    text = (files("maadin.reading") / "lexicon" / f"{name}.yaml").read_text(encoding="utf-8")
    return tuple(read(text, f"{name}.yaml"))


def split(phrase: str) -> tuple[str, ...]:
    """Keys of the words of a phrase; marks are their own."""
    return tuple(plain_key(w.text) if w.what == "word" else w.text for w in tokens(phrase))


class Phrases:
    """Phrases by their first and by their last word.

    Parameters
    ----------
    given : iterable of Entry
        Their phrases are compared by the keys of words, what stands under their trait `sign` exactly as written.
    """

    def __init__(self, given: Iterable[Entry]) -> None:
        self._begin: dict[str, list[_Phrase]] = {}
        self._end: dict[str, list[_Phrase]] = {}
        self._signs: dict[str, list[_Phrase]] = {}
        for entry in given:
            for phrase in entry.phrases:
                keys = split(phrase)
                self._begin.setdefault(keys[0], []).append((keys[1:], entry))
                self._end.setdefault(keys[-1], []).append((keys[-2::-1], entry))
            for sign in entry.traits.get("sign", ()):
                parts = tuple(w.text for w in tokens(str(sign)))
                self._signs.setdefault(parts[0], []).append((parts[1:], entry))
                self._end.setdefault(parts[-1], []).append((parts[-2::-1], entry))
        for table in (self._begin, self._end, self._signs):
            for known in table.values():
                known.sort(key=_length, reverse=True)

    @property
    def starts(self) -> frozenset[str]:
        """Keys and signs that a phrase may begin with."""
        return frozenset(self._begin) | frozenset(self._signs)

    def at(self, words: Sequence[Word], at: int, wanted: Callable[[Entry, Form], bool] | None = None) -> Hit | None:
        """The longest phrase that begins at a word; signs before words, plain readings before others."""
        if at >= len(words):
            return None
        word = words[at]
        for rest, entry in self._signs.get(word.text, ()) if self._signs else ():
            if _exactly(words, at, rest) and (wanted is None or wanted(entry, Form(word.text))):
                return Hit(entry, at, at + 1 + len(rest), Form(word.text))
        best: Hit | None = None
        for form in word.forms:
            known = self._begin.get(form.key)
            if known is None:
                continue
            for rest, entry in known:
                if best is not None and at + 1 + len(rest) <= best.last:
                    break
                if (not rest or _reads(words, at + 1, rest)) and (wanted is None or wanted(entry, form)):
                    best = Hit(entry, at, at + 1 + len(rest), form)
                    break
        return best

    def ending(self, words: Sequence[Word], end: int) -> Hit | None:
        """The longest phrase that ends before a word."""
        if end <= 0:
            return None
        word = words[end - 1]
        best: Hit | None = None
        for form in word.forms or (Form(word.text),):
            for rest, entry in self._end.get(form.key, ()):
                first = end - 1 - len(rest)
                if first < 0 or (best is not None and first >= best.first):
                    continue
                if not rest:
                    best = Hit(entry, first, end, form)
                elif not form.before and (opening := _backwards(words, end - 2, rest)) is not None:
                    best = Hit(entry, first, end, opening)
        return best


def _length(phrase: _Phrase) -> int:
    return len(phrase[0])


def _exactly(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    """Whether a sign's other parts follow, glued."""
    if at + len(rest) >= len(words):
        return False
    return all(words[at + n + 1].text == part and words[at + n + 1].start == words[at + n].end for n, part in enumerate(rest))


def _reads(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    """Whether words can be read as these keys, with nothing but the article before them."""
    return at + len(rest) <= len(words) and all(_reading(words[at + n], key) is not None for n, key in enumerate(rest))


def _reading(word: Word, key: str) -> Form | None:
    if not word.forms:
        return Form(key) if word.text == key else None
    return next((form for form in word.forms if form.key == key and not form.before), None)


def _backwards(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> Form | None:
    """How the first word of a phrase stands that goes backwards from a place; None if it is not there."""
    for n, key in enumerate(rest[:-1]):
        if _reading(words[at - n], key) is None:
            return None
    first = words[at - len(rest) + 1]
    return next((form for form in first.forms or (Form(first.text),) if form.key == rest[-1]), None)
