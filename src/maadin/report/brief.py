"""What a brief holds: a text, what was found in it, how the figures answer, what its measures would do, and what all that rests on.

Everything here is in words of the brief's language: the page arranges it and adds nothing. `maadin.report.html.verdicts` and
`maadin.report.html.simulation` make the cards from results.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from maadin.report.words import Language

if TYPE_CHECKING:
    from maadin.report.html.figures import Figure
    from maadin.report.html.model import KeyFigure, Part

Answer = Literal["supported", "contradicted", "depends", "not_listed", "not_checkable"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in the text and the cards that speak of it.

    Attributes
    ----------
    start, end : int
        Offsets into the text exactly as given.
    card : str
        Id of a card.
    """

    start: int
    end: int
    card: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A figure as its source prints it.

    Attributes
    ----------
    key : str
        What names the row: table, source, release and so on.
    says : str
        The figure in words: source, what, when, how much.
    source, release : str
    printed : str
        The cell as printed.
    """

    key: str
    says: str
    source: str
    release: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """An answer at one moment.

    Attributes
    ----------
    answer : str
    label : str
        The answer as it is read.
    moment : str
        Which moment: "By 25 February 2025", "Now"; empty where there is but one.
    reasons : tuple of str
    """

    answer: Answer
    label: str
    moment: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """A statement that was checked.

    Attributes
    ----------
    id : str
        What passages and links name it by: letters, digits, hyphens.
    number : int
        Its place in the text.
    says : str
        The statement in a few words.
    quote, quote_language : str
        The passage itself.
    said_by : str
        Who says so, as the text names it.
    now, then : Ruling
        `then` is None where the text has no date, or where both agree.
    moments : str
        Both answers in a sentence.
    figures : tuple of SourceRow
        What the answer rests on.
    rules, limits, would_change, notes : tuple of str
    charts : tuple of Figure
    """

    id: str
    number: int
    says: str
    quote: str
    quote_language: Language
    said_by: str
    now: Ruling
    then: Ruling | None = None
    moments: str = ""
    figures: tuple[SourceRow, ...] = ()
    rules: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    charts: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class SimulationCard:
    """A measure that was simulated or valued, or why it was not.

    Attributes
    ----------
    id, number, quote, quote_language, said_by
        As of a verdict.
    status : str
        What the text says of the measure: announced, rejected ...
    title : str
        The scenario's name.
    lead, measures : tuple of str
        What the scenario is, and what it does, a sentence a measure.
    keys : tuple of KeyFigure
        Headline effects with their intervals.
    charts : tuple of Figure
    tables : tuple of Part
        Results in full.
    assumes : tuple of str
        What had to be added to the text: base year, sizes, elasticities, duties.
    problem : str
        Why nothing was simulated; empty where something was.
    command, scenario : str
        How to get the same again: the command, and the scenario as YAML.
    """

    id: str
    number: int
    quote: str
    quote_language: Language
    title: str
    said_by: str = ""
    status: str = ""
    lead: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    keys: tuple[KeyFigure, ...] = ()
    charts: tuple[Figure, ...] = ()
    tables: tuple[Part, ...] = ()
    assumes: tuple[str, ...] = ()
    problem: str = ""
    command: str = ""
    scenario: str = ""


Card = VerdictCard | SimulationCard


@dataclass(frozen=True, slots=True)
class Brief:
    """A text with its cards.

    Attributes
    ----------
    language : {"en", "ar"}
        Of the brief.
    title : str
        Its heading; the text's own, as a rule.
    text, text_language : str
        The text exactly as given.
    passages : tuple of Passage
    cards : tuple of Card
        In the order of the text.
    published, as_of : str
        The day of the text and the day up to which sources count, as they are read; empty where there is none.
    dated : str
        How the day of the text is known, where it was not given.
    lead : tuple of str
        What is said first.
    assumptions, data, again : tuple of str
        Of the appendix: what holds for all cards, how good the data are, how to get the same again.
    commands : tuple of str
        Command lines that give the same again.
    sources : str
        The line that names the sources.
    """

    language: Language
    title: str
    text: str
    text_language: Language
    passages: tuple[Passage, ...]
    cards: tuple[Card, ...]
    published: str = ""
    as_of: str = ""
    dated: str = ""
    lead: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    sources: str = ""

    @property
    def verdicts(self) -> tuple[VerdictCard, ...]:
        """The cards of what was checked."""
        return tuple(card for card in self.cards if isinstance(card, VerdictCard))

    @property
    def simulations(self) -> tuple[SimulationCard, ...]:
        """The cards of what was simulated."""
        return tuple(card for card in self.cards if isinstance(card, SimulationCard))

    @property
    def rows(self) -> tuple[SourceRow, ...]:
        """Every source row that a card rests on, once, in order."""
        return tuple({row.key: row for card in self.verdicts for row in card.figures}.values())


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text between two marks.

    Attributes
    ----------
    text : str
    cards : tuple of str
        Cards whose passages cover it, the shortest passage first.
    begins, ends : tuple of str
        Cards whose passages begin or end with it.
    """

    text: str
    cards: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def paragraphs(text: str, passages: Iterable[Passage]) -> list[list[Stretch]]:
    """A text as paragraphs of stretches, cut wherever a passage begins or ends; passages may lie across each other.

    Examples
    --------
    >>> [[s.text for s in p] for p in paragraphs("One two.\\nThree", [Passage(4, 7, "a")])]
    [['One ', 'two', '.'], ['Three']]
    """
    inside = [Passage(max(p.start, 0), min(p.end, len(text)), p.card) for p in passages]
    kept = sorted((p for p in inside if p.start < p.end), key=lambda p: p.end - p.start)
    made: list[list[Stretch]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            made.append(list(_cut(text, start, end, kept)))
        start = end + 1
    return _with_ends(made)


def _cut(text: str, start: int, end: int, passages: list[Passage]) -> Iterable[Stretch]:
    touching = [p for p in passages if p.start < end and p.end > start]
    edges = sorted({start, end, *(e for p in touching for e in (p.start, p.end) if start < e < end)})
    for a, b in pairwise(edges):
        yield Stretch(text[a:b], tuple(dict.fromkeys(p.card for p in touching if p.start <= a and p.end >= b)))


def _with_ends(made: list[list[Stretch]]) -> list[list[Stretch]]:
    """The stretches with where each card's passage begins and ends: once a card, however many paragraphs it runs over."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, stretch in enumerate(s for paragraph in made for s in paragraph):
        for card in stretch.cards:
            first.setdefault(card, at)
            last[card] = at
    numbered = iter(range(sum(map(len, made))))
    return [[_ended(s, next(numbered), first, last) for s in paragraph] for paragraph in made]


def _ended(stretch: Stretch, at: int, first: dict[str, int], last: dict[str, int]) -> Stretch:
    begins, ends = (tuple(card for card in stretch.cards if where[card] == at) for where in (first, last))
    return Stretch(stretch.text, stretch.cards, begins, ends)
