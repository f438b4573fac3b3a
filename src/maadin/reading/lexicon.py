"""The words a reader knows, and where a sentence has them.

A lexicon is a tree of keys: each phrase is a path, and a sentence is walked once for the phrases of all kinds. A phrase is words separated by spaces;
a word that ends in `*` stands for any word that begins so, `_` for up to two words of any kind. Before its first word an Arabic phrase may have
conjunctions and prepositions glued, before each word the article, after its last a pronoun (in English the possessive). What the trait `part` calls a
verb has neither article nor prepositions before it, and only a verb has the future "س".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from maadin.errors import ChecksFailed, DataError
from maadin.reading.entries import Entry, read
from maadin.reading.forms import plain_key
from maadin.reading.model import Form, Mention, Sentence, Word
from maadin.reading.source import clean
from maadin.reading.words import tokens

__all__ = ["Entry", "Lexicon", "load", "read"]

_SHORTEST_STEM = 3
_LONGEST_GAP = 2
_MOST_CACHED = 1 << 16


class _Node:
    __slots__ = ("entries", "gap", "next", "stems")

    def __init__(self) -> None:
        self.next: dict[str, _Node] | None = None
        self.stems: dict[str, _Node] | None = None
        self.gap: _Node | None = None
        self.entries: dict[str, Entry] | None = None  # by kind

    def at(self, key: str) -> _Node:
        """The node that a key leads to; made if there is none."""
        if key == "_":
            self.gap = self.gap or _Node()
            return self.gap
        if key[-1] == "*":
            self.stems = {} if self.stems is None else self.stems
            children, key = self.stems, key[:-1]
        else:
            self.next = {} if self.next is None else self.next
            children = self.next
        child = children.get(key)
        if child is None:
            child = children[key] = _Node()
        return child


_Step = tuple[Form, _Node, bool]  # how the word was read, where that leads, whether by its whole key
_Candidate = tuple[int, bool, int, int, Form, Entry]  # what ranks it, longest first: minus its length, by a stem, which reading, where


class Lexicon:
    """Phrases of several kinds, found together.

    Parameters
    ----------
    entries : iterable of Entry

    Raises
    ------
    ChecksFailed
        The same phrase under two ids of one kind, or a phrase that cannot be matched; all of them are listed.

    Examples
    --------
    >>> from maadin.reading.source import clean
    >>> from maadin.reading.words import sentences
    >>> lexicon = Lexicon([Entry("metric", "exports", {}, ("exports", "صادرات")), Entry("commodity", "rare earths", {}, ("rare earth*",))])
    >>> [(m.kind, m.id) for m in lexicon.find(sentences(clean("Rare-earth exports fell."))[0])]
    [('commodity', 'rare earths'), ('metric', 'exports')]
    >>> lexicon.find(sentences(clean("وصادراتها"))[0])[0].form
    Form(key='صادرات', before='و', article=False, after='ها')
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._root = _Node()
        self._known: dict[str, tuple[_Step, ...]] = {}
        problems = [problem for entry in entries for phrase in entry.phrases if (problem := self._add(entry, phrase))]
        if problems:
            raise ChecksFailed("the lexicon cannot be used", dict.fromkeys(problems))

    def _add(self, entry: Entry, phrase: str) -> str | None:
        node = self._root
        path = _path(phrase)
        if not path or "_" in (path[0], path[-1]):
            return f"{entry.kind} {entry.id!r}: the phrase {phrase!r} has no word at its start or end"
        for key in path:
            if key[-1] == "*" and len(key) <= _SHORTEST_STEM:
                return f"{entry.kind} {entry.id!r}: {phrase!r} needs {_SHORTEST_STEM} letters or more before the *"
            node = node.at(key)
        if node.entries is None:
            node.entries = {}
        there = node.entries.setdefault(entry.kind, entry)
        if there.id == entry.id:
            return None
        others = (*there.traits.get("or", ()), entry.id)
        node.entries[entry.kind] = Entry(there.kind, there.id, {**there.traits, "or": others}, there.phrases, shared=True)
        if there.shared or entry.shared:
            return None
        return (
            f"{entry.kind}: the phrase {phrase!r} belongs to {there.id!r} and {entry.id!r}; if it should, one of them says 'shared: true'"
        )

    def find(self, sentence: Sentence) -> list[Mention]:
        """Mentions in the order of the text; of one kind the longest win, and none overlap."""
        words = sentence.words
        found: dict[str, list[_Candidate]] = {}
        for first, word in enumerate(words):
            for order, (form, node, whole) in enumerate(self._first(word)):
                for last, entry, after, exact in self._walk(words, first + 1, node, form.after, whole):
                    if _fits(form, entry):
                        read = form if after == form.after else Form(form.key, form.before, form.article, after)
                        found.setdefault(entry.kind, []).append((first - last, not exact, order, first, read, entry))
        mentions: list[Mention] = []
        for kind, candidates in found.items():
            taken: set[int] = set()
            candidates.sort(key=_rank)
            for length, _, _, first, form, entry in candidates:
                places = range(first, first - length)
                if taken.isdisjoint(places):
                    taken.update(places)
                    mentions.append(Mention(kind, first, first - length, entry.id, form, entry.traits))
        mentions.sort(key=_place)
        return mentions

    def _first(self, word: Word) -> tuple[_Step, ...]:
        known = self._known.get(word.text)
        if known is None:
            if len(self._known) >= _MOST_CACHED:
                self._known.clear()
            known = self._known[word.text] = tuple(_steps(self._root, word, first=True))
        return known

    def _walk(self, words: Sequence[Word], at: int, node: _Node, after: str, exact: bool) -> Iterator[tuple[int, Entry, str, bool]]:
        """Phrases that end at `at` or later: their end, entry, what is glued to their last word, and whether each word was met by its key."""
        if node.entries is not None:
            for entry in node.entries.values():
                yield at, entry, after, exact
        if after or at == len(words):
            return
        if node.next or node.stems:
            for form, child, whole in _steps(node, words[at], first=False):
                yield from self._walk(words, at + 1, child, form.after, exact and whole)
        if node.gap is not None:
            for skipped in range(_LONGEST_GAP + 1):
                beyond = at + skipped
                if beyond == len(words):
                    break
                for form, child, _ in _steps(node.gap, words[beyond], first=False):
                    yield from self._walk(words, beyond + 1, child, form.after, False)
                if words[beyond].what == "mark":
                    break


def _rank(candidate: _Candidate) -> tuple[int, bool, int, int]:
    return candidate[:4]


def _fits(form: Form, entry: Entry) -> bool:
    """Whether that kind of word can have this before it: verbs have no article and few prepositions, nothing else a future."""
    before = form.before[-1:]
    if before == "" or before in "وف":
        return not form.article or entry.traits.get("part") != "verb"
    if before == "س":
        return entry.traits.get("part") in ("verb", None)
    return entry.traits.get("part") != "verb" or (before == "ل" and not form.article and form.key[0] in "يتنا")


def _place(mention: Mention) -> tuple[int, int]:
    return mention.first, -mention.last


def _steps(node: _Node, word: Word, first: bool) -> Iterator[_Step]:
    """Where the readings of a word lead from a node."""
    for form in word.forms or (Form(word.text),):
        if form.before and not first:
            continue
        key = form.key
        if node.next:
            if form.after[:1] == "'" and (child := node.next.get(key + "'s")):
                yield Form(key, form.before, form.article), child, True
            if child := node.next.get(key):
                yield form, child, True
        if node.stems:
            for length in range(_SHORTEST_STEM, len(key) + 1):
                if child := node.stems.get(key[:length]):
                    yield form, child, False


def _path(phrase: str) -> tuple[str, ...]:
    """Keys of a phrase, with `*` at the end of a stem, `_` for a gap, and the possessive kept."""
    pieces = phrase.split()
    return _keys(pieces[0]) if len(pieces) == 1 else tuple(key for piece in pieces for key in _keys(piece))


@lru_cache(maxsize=1 << 14)
def _keys(piece: str) -> tuple[str, ...]:
    if piece == "_":
        return ("_",)
    if piece.isalpha():
        return (plain_key(piece),)
    keys = [
        plain_key(word.text) + ("'s" if word.forms[0].after else "") if word.what == "word" else word.key
        for word in tokens(clean(piece).clean)
    ]
    if piece.endswith("*") and len(keys) > 1:
        keys[-2:] = [keys[-2] + "*"]
    return tuple(keys)


def _entries(name: str) -> list[Entry]:
    """Entries of one file of the package."""
    file = f"{name}.yaml"
    source = files("maadin.reading") / "lexicon" / file
    if not source.is_file():
        raise DataError("there is no such lexicon", file=file)
    return read(source.read_text(encoding="utf-8"), file)


@lru_cache(maxsize=16)
def load(*names: str) -> Lexicon:
    """Load lexicons of the package into one; all of them when none is named.

    Parameters
    ----------
    names : str
        Names of files in `reading/lexicon`, without ".yaml".
    """
    if not names:
        folder = files("maadin.reading") / "lexicon"
        names = tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".yaml")))
    return Lexicon(entry for name in names for entry in _entries(name))
