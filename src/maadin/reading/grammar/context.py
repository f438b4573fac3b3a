"""What a pattern is given, and what it makes: a sentence in its text, and statements in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from maadin.reading.grammar.memory import Memory
from maadin.reading.grammar.places import Party, parties
from maadin.reading.grammar.scene import Group, Scene
from maadin.reading.model import Mention, Quantity, Sentence

WORLD = ("WLD",)


@dataclass(slots=True)
class Draft:
    """A statement in the making.

    Attributes
    ----------
    anchors : list of Mention or Group
        What it was read from; the span covers them.
    fields : dict
        Fields of the statement.
    cost : float
        How far its parts lie apart; becomes the confidence.
    rule : str
        The pattern.
    anchor : Mention
        The word that its date, status and speaker are sought from.
    """

    anchor: Mention
    fields: dict[str, Any]
    rule: str
    anchors: list[Mention | Group] = field(default_factory=list)
    cost: float = 0.0


class Context:
    """A sentence with the memory of the text before it.

    Parameters
    ----------
    sentence : Sentence
    memory : Memory
    """

    def __init__(self, sentence: Sentence, memory: Memory) -> None:
        self.sentence = sentence
        self.memory = memory
        self.scene = Scene(sentence)
        self.clauses: dict[int, int] = {}  # by word where its clause begins

    @cached_property
    def parties(self) -> list[Party]:
        """Countries and their roles."""
        return parties(self.scene, self.memory)

    @cached_property
    def quantities(self) -> list[Mention]:
        """Numbers with a unit of ours."""
        return [m for m in self.sentence.of("quantity") if quantity(m).unit not in ("", "other", "times", "year", "month", "day")]

    def near(self, at: Mention | Group, kinds: Iterable[str], ids: Iterable[str] = (), limit: float = 10.0) -> Mention | None:
        """The nearest mention of some kinds (and ids) within a distance."""
        wanted = set(ids)
        return self.scene.nearest(at, (m for m in self.sentence.of(*kinds) if not wanted or m.id in wanted), limit)


def quantity(m: Mention) -> Quantity:
    """The quantity of a mention."""
    assert isinstance(m.value, Quantity)
    return m.value


def figures(m: Mention) -> dict[str, Any]:
    """Fields of a statement that a quantity fills."""
    q = quantity(m)
    made: dict[str, Any] = {"value": q.low if q.low == q.high else (q.low, q.high), "unit": q.unit, "comparator": q.comparator}
    if q.conversion:
        made |= {"stated": q.stated, "conversion": q.conversion}
    return made
