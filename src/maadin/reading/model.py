"""What a text becomes on the way to statements: words, mentions, sentences, a document. Plain data, no rules.

Positions are of two kinds. `start` and `end` count characters of the clean text (`Source.clean`); `Source.span` carries them back to the text
exactly as it was given. `first` and `last` count words of a sentence, `last` not included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Lang = Literal["ar", "en"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text as given and as it is read.

    Attributes
    ----------
    text : str
        Exactly as given.
    clean : str
        Without markup, invisible characters, vowel marks and tatweel; Western digits; letters in their plain form.
    offsets : sequence of int
        For each character of `clean`, and for its end, the position in `text`.
    """

    text: str
    clean: str
    offsets: Any

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as given of a stretch of the clean text."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a word: a key, and what is glued before and after it in Arabic.

    Attributes
    ----------
    key : str
        Folded as `labels.key` folds a name (no article, no hamza seats, lower case).
    before : str
        Conjunction and prepositions: "", "و", "ب", "ول", ...; "س" of a verb.
    article : bool
        Whether the article stood there.
    after : str
        Pronoun: "", "ها", "ه", "هم", "نا", ...; "'s" in English.
    """

    key: str
    before: str = ""
    article: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a figure or a mark.

    Attributes
    ----------
    start, end : int
        In the clean text.
    text : str
    what : {"word", "figure", "mark"}
    lang : {"ar", "en"} or None
        Script of a word.
    forms : tuple of Form
        Readings of a word, the plainest first.
    """

    start: int
    end: int
    text: str
    what: Literal["word", "figure", "mark"]
    lang: Lang | None
    forms: tuple[Form, ...] = ()

    @property
    def key(self) -> str:
        """Key of the plainest reading; a mark is its own."""
        return self.forms[0].key if self.forms else self.text


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that means something: a country, a quantity, a verb of saying.

    Attributes
    ----------
    kind : str
        commodity, place, company, person, office, quantity, date, metric, instrument, ... : the kinds of the lexicon files.
    first, last : int
        Words of the sentence, `last` not included.
    id : str
        What it means: "aluminium", "USA", "exports", "tariff".
    form : Form
        How its first word stood there: what is glued before it, and after its last.
    traits : mapping
        What the lexicon says besides: part of speech, role, direction, ...
    value : object
        A quantity or a date.
    """

    kind: str
    first: int
    last: int
    id: str
    form: Form = field(default_factory=lambda: Form(""))
    traits: Mapping[str, Any] = field(default_factory=dict)
    value: Any = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as a text tells it.

    Attributes
    ----------
    low, high : float
        In the base unit; equal unless it is a range.
    unit : str
        tonne, percent, USD, USD/tonne, USD/kg, or "" for a bare number; "year", "month", "day" for spans of time; "other" for units that are none
        of ours (barrels, megawatts, people, a currency without a rate).
    comparator : {"eq", "gt", "lt", "approx", "range"}
    per : str
        "year", "month", "week", "day" if it is a rate of flow; else "".
    stated, conversion : str
        As the text writes it and how it was converted, if it was.
    """

    low: float
    high: float
    unit: str
    comparator: str = "eq"
    per: str = ""
    stated: str = ""
    conversion: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as exact as the text tells it.

    Attributes
    ----------
    text : str
        2025, 2025-09, 2025-Q1 or 2025-09-15; "" for a vague window.
    relative : bool
        Whether it was counted from the date of publication.
    until, since : bool
        "by 2030", "since 2023".
    vague : str
        "in recent years", as the text writes it.
    """

    text: str
    relative: bool = False
    until: bool = False
    since: bool = False
    vague: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence with what was found in it.

    Attributes
    ----------
    words : tuple of Word
    lang : {"ar", "en"}
    paragraph : int
    heading : bool
        A title or headline: short, no full stop, a line of its own.
    mentions : list of Mention
        In the order of the text, none inside another of its kind.
    quoted : tuple of bool
        For each word, whether it stands in quotation marks.
    """

    words: tuple[Word, ...]
    lang: Lang
    paragraph: int = 0
    heading: bool = False
    mentions: list[Mention] = field(default_factory=list)
    quoted: tuple[bool, ...] = ()
    _keys: list[str] | None = field(default=None, repr=False, compare=False)
    _sorted: list[Mention] | None = field(default=None, repr=False, compare=False)
    _by_kind: dict[tuple[str, ...], list[Mention]] = field(default_factory=dict, repr=False, compare=False)
    _readings: frozenset[str] | None = field(default=None, repr=False, compare=False)

    @property
    def start(self) -> int:
        """Where it begins in the clean text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where it ends in the clean text."""
        return self.words[-1].end

    def has(self, keys: frozenset[str]) -> bool:
        """Whether a word of it may be read as one of some keys."""
        if self._readings is None:
            self._readings = frozenset(f.key for w in self.words for f in w.forms)
        return not self._readings.isdisjoint(keys)

    @property
    def keys(self) -> list[str]:
        """Keys of its words; to be read, not changed."""
        if self._keys is None:
            self._keys = [w.key for w in self.words]
        return self._keys

    def of(self, *kinds: str) -> list[Mention]:
        """Mentions of some kinds, in the order of the text; to be read, not changed."""
        if self._sorted is not self.mentions:
            self._sorted, self._by_kind = self.mentions, {}
        found = self._by_kind.get(kinds)
        if found is None:
            found = self._by_kind[kinds] = [m for m in self.mentions if m.kind in kinds]
        return found


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date of publication as a text tells it.

    Attributes
    ----------
    day : date
        Of a month the last day.
    exact : {"day", "month"}
    span : (int, int)
        Where, in the text as given.
    text : str
        That slice.
    """

    day: date
    exact: Literal["day", "month"]
    span: tuple[int, int]
    text: str


@dataclass(slots=True)
class Document:
    """A text cut into sentences.

    Attributes
    ----------
    source : Source
    sentences : list of Sentence
    published : date, optional
        What relative dates count from.
    dateline : Dateline, optional
        Where the text tells its date.
    """

    source: Source
    sentences: list[Sentence]
    published: date | None = None
    dateline: Dateline | None = None
