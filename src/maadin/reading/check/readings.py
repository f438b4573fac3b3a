"""From what each source says to one answer, and on what it depends.

A reading is one way the tables answer: one source, release, year, stage, form, mass basis or set of product codes. Each bears the statement out (yes),
does not (no), or cannot tell (open: a lower bound below the number told, two countries level with each other, a flow whose quantity was flagged).

- The *deciding* readings are the newest ones: the year that is meant, in the newest release of every source. If one says yes and none no, the statement is
  supported; if all say no, contradicted; otherwise it depends, and the axes on which the readings differ say on what. An open reading does not weaken a
  yes, but beside a no it leaves room.
- *Earlier* readings (other releases of that year; the four years before, for an undated statement) never make a statement right or wrong. But if the newest
  say no and an earlier one says yes, the statement depends on the release or the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maadin.facts.table import Note
from maadin.reading.check.verdict import Answer, Figure

Meets = Callable[[float, float], bool | None]
# Axes from the one whose difference says most to the one that says least; the later ones are dropped first where one explains what another does
AXES = ("year", "source", "release", "stage", "form", "series", "item", "by", "of", "mass_basis")
SAID = 6  # of what the deciding readings say, so much is told
ALONG = ("year", "release")  # axes whose values are listed within a group


@dataclass(frozen=True, slots=True)
class Reading:
    """One way the tables answer.

    Attributes
    ----------
    answer : bool or None
        None: it cannot tell.
    axes : mapping
        What sets it apart from the others.
    figures : tuple of Figure
    why_open : Note, optional
        Why it cannot tell.
    deciding : bool
        Whether it is among the newest.
    missing_codes : tuple of str
        Codes of the trade that it leaves out.
    said : Note, optional
        What it says, for the reasons.
    """

    answer: bool | None
    axes: Mapping[str, Any]
    figures: tuple[Figure, ...]
    why_open: Note | None = None
    deciding: bool = True
    missing_codes: tuple[str, ...] = ()
    said: Note | None = None


@dataclass(slots=True)
class Outcome:
    """What one test found."""

    verdict: Answer
    figures: list[Figure] = field(default_factory=list)
    reasons: list[Note] = field(default_factory=list)
    would_change: list[Note] = field(default_factory=list)
    rules: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def lacking(reason: Note, figures: Iterable[Figure] = (), *, verdict: Answer = "not_checkable") -> Outcome:
    """An outcome without a figure that answers: it says which is lacking."""
    return Outcome(verdict, [f.model_copy(update={"deciding": False}) for f in figures], [reason])


def settle(readings: Sequence[Reading], *, commodity: str, denied: bool = False) -> Outcome:
    """One answer from all readings; `denied` where the statement says that it is not so.

    There must be a deciding reading.
    """
    read = [_turned(r) for r in readings] if denied else list(readings)
    newest, earlier = [r for r in read if r.deciding], [r for r in read if not r.deciding]
    said = {r.answer for r in newest}
    if True in said and False not in said:
        verdict: Answer = "supported"
    elif said == {False} and not any(r.answer for r in earlier):
        verdict = "contradicted"
    else:
        verdict = "depends"
    telling = [r for r in earlier if r.answer] if verdict == "depends" and said == {False} else []
    found = Outcome(verdict, _figures([replace(r, deciding=r.deciding or r in telling) for r in read]))
    if verdict == "depends":
        explained = newest if said >= {True, False} else read
        if len({r.answer for r in explained}) > 1:
            found.reasons.append(_dependence("depends_on", explained, varying(explained), commodity))
        found.reasons += _unique(r.why_open for r in newest if r.answer is None and r.why_open)
    else:
        found.reasons.append(Note("bears_out" if verdict == "supported" else "speaks_against", {"readings": len(newest)}))
        if any(r.answer is None for r in newest):
            found.notes += _unique(r.why_open for r in newest if r.answer is None and r.why_open)
        other = [r for r in earlier if r.answer is (verdict != "supported")]
        if other:
            found.would_change.append(_dependence("otherwise_with", other, varying(read), commodity))
    found.reasons += _unique(r.said for r in newest if r.said)[:SAID]
    if missing := sorted({c for r in newest if r.answer is not (verdict == "supported") or verdict == "depends" for c in r.missing_codes}):
        found.would_change.append(Note("trade_under", {"codes": missing}))
    return found


def over_years(readings: Sequence[Reading], kind: str) -> list[Reading]:
    """Readings of a window, which all decide; for "once" and "ever" those of one series joined, where one year that says yes is enough.

    Of several series the longest decides: a short one cannot tell what once was.
    """
    every = [replace(r, deciding=True) for r in readings]
    if kind != "ever":
        return every
    groups: dict[tuple[Any, ...], list[Reading]] = defaultdict(list)
    for r in every:
        groups[tuple((a, r.axes[a]) for a in AXES if a in r.axes and a not in ALONG)].append(r)
    lengths = {axes: len(mine) for axes, mine in groups.items()}
    longest = {
        stage: max(n for axes, n in lengths.items() if dict(axes).get("stage") == stage) for stage in {dict(a).get("stage") for a in groups}
    }
    joined = []
    for axes, mine in groups.items():
        long_enough = lengths[axes] == longest[dict(axes).get("stage")]
        answers = {r.answer for r in mine}
        answer = True if True in answers else None if None in answers else False
        telling = [r for r in mine if r.answer is answer]
        joined.append(replace(telling[-1], axes=dict(axes), figures=tuple(f for r in telling for f in r.figures), deciding=long_enough))
    return joined


def years_that_say(readings: Sequence[Reading], commodity: str, *, denied: bool = False) -> Note:
    """In which years the readings bear the statement out, and in which they do not."""
    read = [_turned(r) for r in readings] if denied else readings
    return _dependence("by_year", read, varying(read), commodity)


def _turned(reading: Reading) -> Reading:
    return replace(reading, answer=None if reading.answer is None else not reading.answer)


def _figures(readings: Iterable[Reading]) -> list[Figure]:
    """Figures of the readings, each once, those of deciding readings first."""
    found: dict[str, Figure] = {}
    for r in sorted(readings, key=lambda r: not r.deciding):
        for figure in r.figures:
            known = found.get(figure.row)
            deciding = figure.deciding and r.deciding
            if known is None or (deciding and not known.deciding):
                found[figure.row] = figure.model_copy(update={"deciding": deciding})
    return list(found.values())


def _unique(notes: Iterable[Note | None]) -> list[Note]:
    kept: list[Note] = []
    for note in notes:
        if note is not None and note not in kept:
            kept.append(note)
    return kept


def _dependence(note_id: str, readings: Sequence[Reading], axes: Sequence[str], commodity: str) -> Note:
    """On which axes the answers differ, with the answers of each group."""
    along = next((a for a in ALONG if a in axes), None)
    labels = [a for a in axes if a != along]
    groups: dict[tuple[Any, ...], dict[str, set[Any]]] = defaultdict(lambda: {"yes": set(), "no": set(), "open": set()})
    for r in readings:
        key = tuple(r.axes.get(a) for a in labels)
        name = "open" if r.answer is None else "yes" if r.answer else "no"
        groups[key][name].add(r.axes.get(along) if along else None)
    listed = [
        {**dict(zip(labels, key, strict=True)), **{n: sorted((v for v in vs), key=str) for n, vs in answers.items() if vs}}
        for key, answers in groups.items()
    ]
    return Note(note_id, {"axes": list(axes), "along": along, "groups": listed, "commodity": commodity})


def varying(readings: Sequence[Reading]) -> list[str]:
    """The fewest axes by which every group of readings has one answer, as far as any axes do that."""
    axes = [a for a in AXES if len({r.axes.get(a) for r in readings}) > 1]
    best = _mixed(readings, axes)
    for axis in reversed(list(axes)):
        fewer = [a for a in axes if a != axis]
        if _mixed(readings, fewer) <= best and fewer:
            axes = fewer
    return axes


def _mixed(readings: Sequence[Reading], axes: Sequence[str]) -> int:
    """How many groups have more than one answer."""
    groups: dict[tuple[Any, ...], set[bool | None]] = defaultdict(set)
    for r in readings:
        groups[tuple(r.axes.get(a) for a in axes)].add(r.answer)
    return sum(len(answers) > 1 for answers in groups.values())
