"""Checking a statement: which test it needs, its countries and commodities one by one, then and now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product

from maadin.facts.catalogue import Commodity
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.reading.check import subject
from maadin.reading.check.absence import absence
from maadin.reading.check.bounds import bound
from maadin.reading.check.changes import change
from maadin.reading.check.comparison import comparison
from maadin.reading.check.enacted import KINDS as INSTRUMENTS
from maadin.reading.check.enacted import enacted
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.levels import level
from maadin.reading.check.need import need
from maadin.reading.check.prices import price
from maadin.reading.check.ranks import lagging, leading, rank
from maadin.reading.check.readings import Outcome, lacking
from maadin.reading.check.shares import share
from maadin.reading.check.shelf import Shelf, shelf_of
from maadin.reading.check.stopped import stopped
from maadin.reading.check.subject import Case
from maadin.reading.check.verdict import Answer, Figure, Finding, Test, Verdict
from maadin.reading.check.windows import period_of
from maadin.reading.check.worth import worth
from maadin.reading.statement import Statement

Tester = Callable[[Case, Knowledge], Outcome]
_SUMMED = ("level", "share", "bound")  # tests in which several countries may be meant together


def check_statement(
    statement: Statement, *, published: date | None = None, as_of: date | None = None, store: Store | None = None
) -> Verdict:
    """Hold a statement against the tables.

    Parameters
    ----------
    statement : Statement
        A claim, or a measure (which is looked up in the table of measures).
    published : date, optional
        When it was made: what was in print by then answers for `then`, and an undated statement speaks of that time.
    as_of : date, optional
        What was in print by then answers for `now`; everything at hand without it.
    store : Store, optional
        Tables to ask; the shipped and imported ones without it.

    Returns
    -------
    Verdict
        With a figure, or with the reason why there is none.

    Examples
    --------
    >>> claim = Statement(
    ...     kind="claim", span=(0, 1), text="-", lang="en", metric="rank", of="reserves", commodity=("rare earths",), country=("CHN",), value=1, unit="rank",
    ...     comparator="rank",
    ... )
    >>> check_statement(claim).verdict
    'supported'
    """
    shelf = shelf_of(store)
    named = [(name, subject.commodities_of(name)) for name in statement.commodity]
    known = [(name if len(several) == 1 else c.id, c) for name, several in named for c in several]
    if not known:
        return _without_commodity(statement, published, as_of)
    countries = statement.country if statement.kind == "claim" else statement.actor
    whole = _compared(statement) or len(countries) < 2
    sets: list[tuple[str, ...]] = [tuple(countries)] if whole else [(c,) for c in countries]
    if len(known) == 1 and len(sets) == 1:
        made = _one(statement, shelf, known[0][1], sets[0], published, as_of)
    else:
        parts = [
            _one(_narrowed(statement, name, codes, whole), shelf, commodity, codes, published, as_of)
            for (name, commodity), codes in product(known, sets)
        ]
        made = _joined(statement, parts, shelf, known, published, as_of)
    left_out = [name for name, several in named if not several]
    notes = [*made.notes, *([Note("not_a_commodity", {"names": left_out})] if left_out else []), *([] if published else [Note("no_date")])]
    return made.model_copy(update={"notes": tuple(notes)})


def fitting_test(statement: Statement) -> tuple[Test, Tester]:
    """The test that a statement needs."""
    if statement.kind == "measure" or statement.metric == "tariff_rate":
        return "enacted", enacted
    vague: dict[str, tuple[Test, Tester]] = {
        "stopped": ("stopped", stopped), "needed": ("need", need), "lagging": ("lagging", lagging), "recognised": ("absence", absence),
        "more": ("comparison", comparison),
    }  # fmt: skip
    if statement.quality in vague:
        return vague[statement.quality]
    match statement.metric:
        case "rank":
            return ("main", rank) if statement.quality == "main" and statement.value is None else ("rank", rank)
        case "share":
            return ("leading", rank) if statement.value is None else ("share", share)
        case "change":
            return "change", change
        case "price":
            return "price", price
        case "value":
            return "level", worth
        case _:
            return _of_level(statement)


def _of_level(statement: Statement) -> tuple[Test, Tester]:
    if statement.value is None or statement.unit == "count":
        if not statement.polarity:
            return "absence", absence
        if statement.metric == "consumption":
            return "need", need
        return ("main", leading) if statement.quality == "main" else ("leading", leading)
    if statement.comparator in ("gt", "lt") and period_of(statement).kind in ("window", "ever"):
        return "bound", bound
    return "level", level


def _compared(statement: Statement) -> bool:
    """Whether several countries stand on one side of a comparison together."""
    return statement.quality == "more"


def _narrowed(statement: Statement, commodity: str, codes: Sequence[str], whole: bool) -> Statement:
    """The statement about one commodity and one country."""
    side = "country" if statement.kind == "claim" else "actor"
    return statement.model_copy(update={"commodity": (commodity,), **({} if whole else {side: tuple(codes)})})


def _one(
    statement: Statement, shelf: Shelf, commodity: Commodity, codes: Sequence[str], published: date | None, as_of: date | None
) -> Verdict:
    """One commodity, one country (or several taken together)."""
    name, tester = fitting_test(statement)
    if unknown := [c for c in (*codes, *(statement.target or ())) if not subject.members(c)]:
        return _found(statement, name, lambda _: lacking(Note("unknown_place", {"codes": unknown})), published, as_of)
    asked = subject.case(statement, shelf, commodity, codes, statement.target or ())
    return _found(statement, name, lambda known: tester(asked, known), published, as_of)


def _found(statement: Statement, test: Test, ask: Callable[[Knowledge], Outcome], published: date | None, as_of: date | None) -> Verdict:
    """Both findings, with figures, rules and notes each once."""
    now = ask(Knowledge(as_of, published))
    then = ask(Knowledge(published, published)) if published is not None else None
    outcomes = [now] if then is None else [now, then]
    figures = {f.row: f.model_copy(update={"deciding": True}) for outcome in outcomes for f in outcome.figures}
    return Verdict(
        statement=statement,
        test=test,
        then=None if then is None else _finding(then, published),
        now=_finding(now, as_of),
        figures=tuple(figures.values()),
    )


def _finding(outcome: Outcome, day: date | None) -> Finding:
    rests_on = tuple(dict.fromkeys(f.row for f in outcome.figures if f.deciding))
    return Finding(
        as_of=day,
        verdict=outcome.verdict,
        figures=rests_on,
        beside=tuple(dict.fromkeys(f.row for f in outcome.figures if f.row not in rests_on)),
        reasons=_unique(outcome.reasons),
        would_change=_unique(outcome.would_change) or _newer(outcome.figures),
        rules=_unique(outcome.rules),
        notes=_unique(outcome.notes),
    )


def _newer(figures: Iterable[Figure]) -> tuple[Note, ...]:
    """What would change a verdict at the least: the next release of the sources used."""
    last: dict[str, int] = {}
    for f in figures:
        if f.source and f.year is not None:
            last[f.source] = max(last.get(f.source, 0), f.year)
    return (Note("newer_release", {"sources": [{"source": s, "year": y + 1} for s, y in sorted(last.items())]}),) if last else ()


def _unique(notes: Iterable[Note]) -> tuple[Note, ...]:
    kept: list[Note] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return tuple(kept)


def _without_commodity(statement: Statement, published: date | None, as_of: date | None) -> Verdict:
    """Minerals in general, or something that is not in the catalogue."""
    name, _ = fitting_test(statement)
    if statement.kind == "measure" and statement.instrument not in INSTRUMENTS:
        reason = Note("measure_is_simulated", {"instrument": statement.instrument})
    else:
        reason = Note("no_commodity", {"names": list(statement.commodity), "denied": not statement.polarity})
    made = _found(statement, name, lambda _: lacking(reason), published, as_of)
    return made.model_copy(update={"notes": made.notes if published else (*made.notes, Note("no_date"))})


def _joined(
    statement: Statement,
    parts: list[Verdict],
    shelf: Shelf,
    known: Sequence[tuple[str, Commodity]],
    published: date | None,
    as_of: date | None,
) -> Verdict:
    """The verdict on a list: that of all its parts, or of their sum where the number told may be meant for all together."""
    name, tester = fitting_test(statement)
    together = None
    placed = all(subject.members(c) for c in (*statement.country, *(statement.target or ())))
    if name in _SUMMED and placed and statement.kind == "claim" and len(statement.country) > 1 and len(known) == 1:
        asked = subject.case(statement, shelf, known[0][1], statement.country, statement.target or ())
        together = _found(statement, name, lambda knowing: tester(asked, knowing), published, as_of)
    figures = {f.row: f for v in (*parts, *([together] if together else [])) for f in v.figures}
    return Verdict(
        statement=statement,
        test=name,
        then=_of_list([v.then for v in parts if v.then], together.then if together else None, parts) if published else None,
        now=_of_list([v.now for v in parts], together.now if together else None, parts),
        figures=tuple(figures.values()),
        parts=tuple(parts),
    )


def _of_list(found: Sequence[Finding], together: Finding | None, parts: Sequence[Verdict]) -> Finding:
    answers = {f.verdict for f in found}
    rows = tuple(dict.fromkeys(r for f in found for r in f.figures))
    beside = tuple(dict.fromkeys(r for f in found for r in f.beside if r not in rows))
    listed = [
        {"country": "+".join(v.statement.country or v.statement.actor), "commodity": v.statement.commodity[0], "verdict": f.verdict}
        for v, f in zip(parts, found, strict=True)
    ]
    note = Note("each", {"parts": listed})
    if together is not None and together.verdict in ("supported", "depends") and answers != {"supported"}:
        return together.model_copy(update={"reasons": (Note("together"), *together.reasons, note)})
    verdict: Answer = next(iter(answers)) if len(answers) == 1 else "depends"
    if answers == {"not_listed", "not_checkable"}:
        verdict = "not_checkable"
    changes = _unique(n for f in found for n in f.would_change)
    return Finding(
        as_of=found[0].as_of,
        verdict=verdict,
        figures=rows,
        beside=beside,
        reasons=(note,),
        would_change=changes,
        rules=_unique(n for f in found for n in f.rules),
        notes=_unique(n for f in found for n in f.notes),
    )
