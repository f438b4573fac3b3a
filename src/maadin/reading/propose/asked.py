"""What a proposal is made of: the measure as told, the market it acts in, and the reasons why there may be none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from maadin.facts import regions
from maadin.facts.catalogue import Commodity, Stage
from maadin.facts.store import Store
from maadin.facts.table import Note, Table
from maadin.market.benchmark import Benchmark
from maadin.policy.measures import MEASURES, Measure
from maadin.policy.scenario import Scenario
from maadin.policy.texts import Sentence
from maadin.reading.propose.events import PROJECTS, Event
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

__all__ = ["PROJECTS", "Asked", "Draft", "Proposed", "RefusedError", "again", "is_all", "known", "read_as", "says"]
WORLD = "WLD"
UNION = {"EUU": "EU27"}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A scenario for a measure, or why there is none.

    Attributes
    ----------
    commodity : str
        Id of the catalogue; "" for what is valued outside a market, or where none is named.
    scenario : Scenario or None
    because : Note or None
        Why there is no scenario.
    facts : tuple of Table
        What the sources have instead, where there is no scenario.
    event : Event or None
        The measure of the table of measures that the text tells of, if it stands there.
    """

    commodity: str
    scenario: Scenario | None
    because: Note | None = None
    facts: tuple[Table, ...] = ()
    event: Event | None = None


class RefusedError(Exception):
    """There is no scenario for a measure; caught where proposals are made."""

    def __init__(self, because: Note) -> None:
        self.because = because
        super().__init__(because.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure on one market.

    Attributes
    ----------
    statement : Statement
    commodity, stage : Commodity, Stage
    market : Benchmark
    event : Event or None
    store : Store or None
    """

    statement: Statement
    commodity: Commodity
    stage: Stage
    market: Benchmark
    event: Event | None
    store: Store | None

    @property
    def year(self) -> int:
        """Year of the benchmark."""
        return self.market.year


@dataclass(slots=True)
class Draft:
    """Measures with what had to be assumed, as they come together."""

    measures: list[Measure]
    assumes: list[Sentence] = field(default_factory=list)

    def say(self, *sentences: Sentence) -> None:
        """Assume something, once."""
        self.assumes += [s for s in sentences if s not in self.assumes]


def again(measure: Measure, **fields: Any) -> Measure:
    """The measure with other fields, read as in a file."""
    noun, data = next(iter(measure.to_data().items()))
    return MEASURES[noun](**{**data, **fields})


def known(codes: Iterable[str] | None, *, world: bool = True) -> tuple[str, ...]:
    """Codes that countries or groups answer to; without the world if it makes no sense."""
    found = [UNION.get(c, c) for c in codes or ()]
    return tuple(c for c in found if (c == WORLD and world) or (c != WORLD and (regions.is_code(c) or c in regions.groups())))


def says(statement: Statement, pattern: re.Pattern[str]) -> bool:
    """Whether the words of a statement, or its condition, hold a pattern."""
    return bool(pattern.search(statement.text) or (statement.condition and pattern.search(statement.condition)))


def read_as(assumes: Iterable[Sentence], *, told: bool) -> list[Sentence]:
    """How the table of instruments reads it; what stands in for a size is left out where one is told."""
    made = []
    for s in assumes:
        en, ar = (s.en.partition("; where no ")[0], s.ar.partition("؛ وحيث لا ")[0]) if told else (s.en, s.ar)
        made.append(sentence("read_as", what=Sentence(en=en.rstrip("."), ar=ar.rstrip("."))))
    return made


def is_all(codes: Sequence[str] | None) -> bool:
    """Whether everybody is meant."""
    return not codes or tuple(codes) == (WORLD,)
