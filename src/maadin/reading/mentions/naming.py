"""A name as the tree of names holds it: what it means and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from maadin.reading.lexicon import Entry
from maadin.reading.model import Sentence

Written = Literal["", "capitals", "first", "last", "both"]
_LONGEST_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Name:
    """What a name means.

    Attributes
    ----------
    kind, id, traits
        Of the mention it becomes.
    written : {"", "capitals", "first", "last", "both"}
        Where it has capitals if it is Latin: an acronym, or the first and the last of its words.
    silent : bool
        Whether it is only known so that the names inside it are not found: "gold medal", "Paris Agreement".
    """

    kind: str
    id: str
    traits: Mapping[str, Any]
    written: Written = ""
    silent: bool = False


def names(kind: str, id_: str, phrases: Iterable[str], traits: Mapping[str, Any] | None = None, proper: bool = True) -> Iterator[Entry]:
    """Entries for phrases that mean one thing, one for each length and way of writing.

    The kind of an entry holds its length, so that a longer name that turns out not to be meant does not hide a shorter one.

    Parameters
    ----------
    kind, id_ : str
    phrases : iterable of str
    traits : mapping, optional
        With `silent`, the names are known but not told of.
    proper : bool
        Whether capitals matter for more than acronyms.
    """
    told = dict(traits or {})
    silent = bool(told.pop("silent", False))
    shared = bool(told.pop("shared", False))
    sorts: dict[tuple[int, Written], list[str]] = {}
    for phrase in phrases:
        pieces = phrase.replace("-", " ").split()
        sorts.setdefault((len(pieces), _written(pieces, proper)), []).append(phrase)
    for (length, written), alike in sorts.items():
        name = Name(kind, id_, told, written, silent)
        yield Entry(f"{kind} {length}", id_, {"name": name}, tuple(alike), shared=shared)


def _written(pieces: list[str], proper: bool) -> Written:
    only = pieces[0].replace(".", "")
    if len(pieces) == 1 and len(only) <= _LONGEST_ACRONYM and only.isupper() and only.isascii():
        return "capitals"
    if not proper:
        return ""
    first, last = pieces[0][0].isupper(), len(pieces) > 1 and pieces[-1][0].isupper()
    return "both" if first and last else "first" if first else "last" if last else ""


def as_written(name: Name, sentence: Sentence, first: int, last: int, shouted: bool) -> bool:
    """Whether the words stand there with the capitals that the name has.

    Parameters
    ----------
    name : Name
    sentence : Sentence
    first, last : int
        Its words, `last` not included.
    shouted : bool
        Whether the whole sentence is in capitals: then acronyms other than those of countries cannot be told from words.
    """
    if not name.written:
        return True
    begin, end = sentence.words[first].text, sentence.words[last - 1].text
    if name.written == "capitals":
        return capitals(begin) and not (shouted and name.kind != "place")
    return (name.written == "last" or not begin[0].islower()) and (name.written == "first" or not end[0].islower())


def capitals(text: str) -> bool:
    """Whether a word is in capitals, but for the ending of a plural or a possessive.

    Examples
    --------
    >>> capitals("U.S.'s"), capitals("PGMs"), capitals("Us")
    (True, True, False)
    """
    bare = text.removesuffix("'s").rstrip(".")
    return bare.removesuffix("s").isupper() if len(bare) > 2 else bare.isupper()
