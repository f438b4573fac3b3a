"""The main job: read a text, hold its statements against the tables, simulate its measures.

Each distinct scenario is simulated once, several at a time beside the checking. What goes wrong with one statement stays with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maadin.errors import MaadinError
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note
from maadin.policy.run import DRAWS
from maadin.reading.briefing import processes, simulated
from maadin.reading.briefing.document import simulation
from maadin.reading.briefing.simulated import Options, Simulated
from maadin.reading.briefing.workers import Work, Workers
from maadin.reading.check import Verdict, check_statement
from maadin.reading.propose import Proposed, propose
from maadin.reading.read import Reading, publication_data, read
from maadin.reading.statement import Statement

SCHEMA_VERSION = 1
NOT_NAMED = "minerals"


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement with its verdict, or why there is none.

    Attributes
    ----------
    statement : Statement
    verdict : Verdict or None
    because : Note or None
    """

    statement: Statement
    verdict: Verdict | None
    because: Note | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Brief:
    """What a text says, whether that is true, and what its measures would do.

    Attributes
    ----------
    text : str
        Exactly as given.
    reading : Reading
    verdicts : tuple of Checked
        One a statement, in the order of the text; of a measure whether it is on record.
    simulations : tuple of Simulated
        One a scenario, in the order of the first statement that it stands for.
    as_of : date, optional
        Up to when sources count.
    draws, seed : int
    """

    text: str
    reading: Reading
    verdicts: tuple[Checked, ...]
    simulations: tuple[Simulated, ...]
    as_of: date | None = None
    draws: int = DRAWS
    seed: int = 0

    @property
    def published(self) -> date | None:
        """When the text was published."""
        return self.reading.published

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in the order of the text."""
        return self.reading.statements

    def of(self, statement: int) -> tuple[Simulated, ...]:
        """Simulations for the statement at a position."""
        return tuple(s for s in self.simulations if statement in s.statements)

    def scenarios(self) -> tuple[Proposed, ...]:
        """What has a scenario."""
        return tuple(s.proposed for s in self.simulations if s.scenario is not None)

    def to_data(self) -> dict[str, Any]:
        """As JSON has it; statements are referred to by their position, from 0."""
        return {
            "schema_version": SCHEMA_VERSION,
            "published": self.published.isoformat() if self.published else None,
            "publication": publication_data(self.reading),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "draws": self.draws,
            "seed": self.seed,
            "characters": self.reading.characters,
            "statements": [s.to_data() for s in self.statements],
            "verdicts": [_checked(c) for c in self.verdicts],
            "simulations": [simulation(s) for s in self.simulations],
        }

    def to_json(self) -> str:
        """As JSON text, an entry of a list a line."""
        return "{\n" + ",\n".join(f' "{name}": {_in_lines(value)}' for name, value in self.to_data().items()) + "\n}"


def _in_lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(map(_line, value)) + "\n ]"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _checked(c: Checked) -> dict[str, Any]:
    """A verdict without the statement, which stands elsewhere."""
    if c.verdict is None:
        return {"verdict": None, "because": {"id": c.because.id, **c.because.values} if c.because else None}
    return {name: value for name, value in c.verdict.to_data().items() if name != "statement"}


def brief(
    text: str,
    *,
    published: date | None = None,
    as_of: date | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    paths: bool = False,
    workers: int | None = None,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
) -> Brief:
    """Read a text, check its claims, simulate its measures.

    Parameters
    ----------
    text : str
        A news report or any other text, Arabic, English or both.
    published : date, optional
        When it was published: relative dates count from it, and verdicts also say what was known then.
    as_of : date, optional
        Up to when sources count; everything at hand without it.
    draws : int
        Draws of elasticities and open sizes for each measure; 0 solves once, at the medians.
    seed : int
    paths : bool
        Whether projects that are simulated as complete are also run year by year.
    workers : int, optional
        Scenarios run at the same time, each beyond the first in a process of its own; as many as there are cores, at most 4, without it.
    store : Store, optional
        Tables to ask; the shipped and imported ones without it. Another one is asked in this process alone.
    report : callable, optional
        Told what is being done.

    Returns
    -------
    Brief
        A statement that cannot be checked, or a measure that cannot be simulated, says why.

    Raises
    ------
    InputError
        If it is too long to be a text.

    Examples
    --------
    >>> made = brief("The United States imposed a 25% tariff on graphite from China.", draws=0)
    >>> made.simulations[0].outcome.status
    'solved'
    """
    if store is None:
        processes.start(processes.count(workers))  # they get ready meanwhile
    found = read(text, published)
    return brief_of(text, found, as_of=as_of, draws=draws, seed=seed, paths=paths, workers=workers, store=store, report=report)


def brief_of(
    text: str,
    found: Reading,
    *,
    as_of: date | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    paths: bool = False,
    workers: int | None = None,
    store: Store | None = None,
    report: Callable[[str], None] | None = None,
) -> Brief:
    """The brief of a text that has been read already, or whose statements were corrected by hand; see `brief`."""
    say = report or (lambda step: None)
    opened = store or default_store()
    say(f"{len(found.statements)} statements")
    proposals = _proposals(found, paths=paths, store=opened)
    options = Options(draws, seed, _last_year(opened))

    def here(work: Work, tell: Callable[[str], None]) -> Simulated:
        return simulated.run(*work, options, report=tell, store=opened)

    busy = sum(simulated.cost(proposed) > 0 for proposed, _ in proposals)
    beside = 0 if store is not None else min(processes.count(workers), busy - 1)  # a process would not know another store
    with processes.at_hand(max(0, beside)) as others, Workers(proposals, options, here, others) as at_work:
        checked = []
        for number, statement in enumerate(found.statements, 1):
            checked.append(_check(statement, found.published, as_of, opened))
            say(f"checked {number} of {len(found.statements)}")
        done: list[Simulated] = []
        for number, ((proposed, statements), waiting) in enumerate(zip(proposals, at_work.results, strict=True), 1):
            error = waiting.exception()
            done.append(Simulated(statements, proposed, because=_broke(error)) if error else waiting.result())
            if proposed.scenario is not None:
                say(f"simulated {number} of {len(proposals)}: {proposed.scenario.name}")
    return Brief(text, found, tuple(checked), tuple(done), as_of, draws, seed)


def _proposals(found: Reading, *, paths: bool, store: Store) -> list[tuple[Proposed, tuple[int, ...]]]:
    """Scenarios of all measures, each once, with the statements that they stand for."""
    listed: dict[str, tuple[Proposed, list[int]]] = {}
    for at, statement in enumerate(found.statements):
        if statement.kind != "measure":
            continue
        for proposed in _proposed(found, at, paths=paths, store=store):
            listed.setdefault(simulated.key_of(proposed), (proposed, []))[1].append(at)
    return [(proposed, tuple(dict.fromkeys(statements))) for proposed, statements in listed.values()]


def _proposed(found: Reading, at: int, *, paths: bool, store: Store) -> tuple[Proposed, ...]:
    try:
        return propose(found.statements[at], topic=topic_of(found.statements, at), paths=paths, published=found.published, store=store)
    except MaadinError as error:
        return (Proposed("", None, _broke(error)),)


def topic_of(statements: Sequence[Statement], at: int) -> tuple[str, ...]:
    """Commodities that a text names near a statement: those before it first, the nearest first.

    Parameters
    ----------
    statements : sequence of Statement
        In the order of the text.
    at : int
        Position of the statement.
    """
    near = [*statements[at::-1], *statements[at + 1 :]]
    return tuple(dict.fromkeys(name for s in near for name in s.commodity if name != NOT_NAMED))


def _check(statement: Statement, published: date | None, as_of: date | None, store: Store) -> Checked:
    try:
        return Checked(statement, check_statement(statement, published=published, as_of=as_of, store=store))
    except Exception as error:  # one statement must not cost the others their answers
        return Checked(statement, None, _broke(error))


def _broke(error: BaseException | None) -> Note:
    """What went wrong; of an error that was not raised on purpose its kind too."""
    said = (str(error).splitlines() or [""])[0][:300] if error else ""
    return Note("broke", {"why": said if isinstance(error, MaadinError) else f"{type(error).__name__}: {said}"})


def _last_year(store: Store) -> int:
    return int(store.rows("select max(year) from trade where series like 'baci-%'")[0][0])
