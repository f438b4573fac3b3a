"""Measures and tariff rates: whether they are on record in the table of measures, and with which figures.

The table holds what was published of the main minerals, not everything: what it does not hold is not listed, which is not the same as not in force.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from maadin.errors import LabelError
from maadin.facts import regions
from maadin.facts.table import Note
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.shelf import Record
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.tolerance import meets
from maadin.reading.check.verdict import Figure

# Which of the table's instruments a measure of a text may be; by parts of their names
KINDS: dict[str, tuple[str, ...]] = {
    "tariff": ("tariff", "duty"),
    "ban": ("ban", "embargo"),
    "quota": ("quota",),
    "export_control": ("licensing", "ban", "control"),
    "sanction": ("sanction", "ban", "embargo"),
}
ENDED = ("ended", "withdrawn", "superseded", "exempted", "eased", "suspended")
SOON = timedelta(days=183)  # an announced measure is on record if it took effect within half a year


def enacted(case: Case, known: Knowledge) -> Outcome:
    """Look a measure or a tariff rate up in the table of measures."""
    s = case.statement
    instrument = s.instrument or "tariff"
    if instrument not in KINDS:
        return lacking(Note("measure_is_simulated", {"instrument": instrument}))
    day = _day(case, known)
    rows = [r for r in _concerned(case, instrument) if known.day is None or r["effective_from"] <= known.day.isoformat()]
    later = [] if known.day is None else [r for r in _concerned(case, instrument) if r not in rows]
    if not rows:
        outcome = Outcome("not_listed", [figure_of(r, deciding=False) for r in later])
        outcome.reasons.append(Note("no_measure_listed", {"instrument": instrument, "commodity": case.commodity.id}))
        if fitting := [r for r in later if _matches(r, case)]:
            outcome.reasons.append(Note("came_into_force_later", {"since": min(r["effective_from"] for r in fitting)}))
        outcome.would_change.append(Note("official_text"))
        return outcome
    current = [r for r in rows if _runs(r, day, case)]
    readings = [Reading(_matches(r, case), {"item": r["id"]}, (figure_of(r, deciding=True),)) for r in current]
    if not current or (s.kind == "measure" and not any(r.answer for r in readings)):
        return _not_as_told(case, instrument, rows, later, day)
    outcome = settle(_best(readings), commodity=case.commodity.id, denied=not s.polarity)
    outcome.would_change.clear()
    outcome.figures += [figure_of(r, deciding=False) for r in rows if r not in current]
    outcome.reasons.append(Note("on_record", {"day": day.isoformat(), "count": len(current)}))
    outcome.notes.append(Note("measures_incomplete"))
    outcome.would_change.append(Note("official_text"))
    return outcome


def _not_as_told(case: Case, instrument: str, rows: list[Record], later: list[Record], day: date) -> Outcome:
    """A measure that the table has otherwise, or at another time: that does not refute it, as the table is not complete."""
    outcome = Outcome("not_listed", [figure_of(r, deciding=False) for r in (*rows, *later)])
    outcome.reasons.append(
        Note("not_on_record_as_told", {"instrument": instrument, "commodity": case.commodity.id, "day": day.isoformat()})
    )
    if fitting := [r for r in later if _matches(r, case)]:
        outcome.reasons.append(Note("came_into_force_later", {"since": min(r["effective_from"] for r in fitting)}))
    outcome.notes.append(Note("measures_incomplete"))
    outcome.would_change.append(Note("official_text"))
    return outcome


def _concerned(case: Case, instrument: str) -> list[Record]:
    """Measures on the commodity of the same kind, by the same side on the same side."""
    found = []
    for r in case.shelf.measures(case.commodity.id):
        if not any(part in r["instrument"] for part in KINDS[instrument]):
            continue
        if case.statement.direction == "import" and "export" in r["instrument"]:
            continue
        if case.statement.direction == "export" and ("import" in r["instrument"] or r["instrument"].startswith("ad valorem")):
            continue
        if concerns(r, case.holder, case.others):
            found.append(r)
    if WORLD in (case.statement.target or ()):
        return [r for r in found if r["targeted"].startswith("all")] or found
    return found


def concerns(row: Record, imposing: tuple[str, ...], targeted: tuple[str, ...]) -> bool:
    """Whether a measure is one of some countries, on others where any are named."""
    return _hits(row["imposing"], imposing) and (not targeted or _hits(row["targeted"], targeted))


def _hits(listed: str, codes: tuple[str, ...]) -> bool:
    try:
        known = regions.members_of_list(listed)
    except LabelError:
        return False
    return codes == (WORLD,) or any(c in known for c in codes)


def _day(case: Case, known: Knowledge) -> date:
    """The day that the statement speaks of: told, else of publication, else today as far as the tables know."""
    told = case.statement.year_or_date
    if told:
        parts = told.split("-")
        if len(parts) == 3:
            return date.fromisoformat(told)
        if len(parts) == 2 and not parts[1].startswith("Q"):
            return date(int(parts[0]), int(parts[1]), 28)
        return date(int(parts[0]), 12, 31)
    return known.published or known.day or date.today()


def _runs(row: Record, day: date, case: Case) -> bool:
    """Whether a measure ran on the day, or came into force soon after it; one that is said to have ended must have begun."""
    begins, ends = row["effective_from"], row["effective_to"]
    if case.statement.status in ENDED:
        return bool(begins <= day.isoformat())
    soon = day + SOON if case.statement.kind == "measure" else day
    return bool(begins <= soon.isoformat() and (not ends or ends >= day.isoformat()))


def _matches(row: Record, case: Case) -> bool | None:
    if case.band is None:
        return True
    if row["value"] is None:
        return None
    unit = case.statement.unit or "percent"
    if (unit == "percent") != (row["unit"] == "percent"):
        return None
    return meets(case.band)(row["value"], row["value"])


def _best(readings: list[Reading]) -> list[Reading]:
    """One measure that fits is enough: the others stand beside it."""
    fits = [r for r in readings if r.answer and r.deciding]
    if not fits:
        return readings
    return [*fits, *(replace(r, deciding=False) for r in readings if r not in fits)]


def figure_of(row: Record, *, deciding: bool) -> Figure:
    """A measure as the table has it."""
    return Figure(
        row=f"measures:{row['id']}", what="measure", commodity=row["commodity"], country=row["imposing"], partner=row["targeted"],
        value=row["value"], unit=row["unit"], status="value" if row["value"] is not None else "not_applicable", source="measures", release=row["source"],
        form=row["instrument"], item=row["measure"], since=row["effective_from"], until=row["effective_to"], deciding=deciding,
    )  # fmt: skip
