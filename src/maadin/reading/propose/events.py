"""The measure of the table of measures that a text tells of, and the year of the market that it is put on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maadin.errors import LabelError
from maadin.facts import regions
from maadin.facts.ask.measures import measures
from maadin.facts.catalogue import Stage
from maadin.facts.store import Store, default_store
from maadin.market.duties import concerns
from maadin.policy.texts import Sentence
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

# Parts of the table's names of instruments by the instrument of a text
KINDS: dict[str, tuple[str, ...]] = {
    "tariff": ("ad valorem tariff", "export duty"),
    "ban": ("ban", "embargo"),
    "quota": ("quota",),
    "export_control": ("licensing",),
    "sanction": ("sanction", "import ban", "embargo"),
}
PROJECTS = ("joint_venture", "capacity_project")
GONE = ("removed", "suspended", "announced")
ENACTED = (None, "in_force", "superseded", "suspended", "eased")
ON_RECORD = (
    *ENACTED,
    "announced",
)  # what may stand in the table under its first day; the others never came into force, or are about its end
CLOSE = 0.02  # of a size: how near a told one must be
NEAR, YEAR = 45, 366  # days between a told month or day, or an announcement, and the day on record


@dataclass(frozen=True, slots=True)
class Event:
    """A measure on record.

    Attributes
    ----------
    id, measure, instrument : str
        As in the table of measures.
    since, until : str
        Days; `until` is empty while it is in force as far as the source knows.
    """

    id: str
    measure: str
    instrument: str
    since: str
    until: str

    @property
    def year(self) -> int:
        """Year in which it took effect."""
        return int(self.since[:4])


@dataclass(frozen=True, slots=True)
class Dated:
    """The year of the market a measure is put on.

    Attributes
    ----------
    year : int
    event : Event or None
    because : Sentence
        Why that year.
    """

    year: int
    event: Event | None
    because: Sentence


def dated(statement: Statement, commodity: str, stage: Stage, *, published: date | None = None, store: Store | None = None) -> Dated | None:
    """The year before a measure that took effect within the data, else the latest; None without trade at hand.

    Parameters
    ----------
    statement : Statement
        A measure.
    commodity : str
        Id.
    stage : Stage
    published : date, optional
        Of the text: what took effect a year and more after it is another measure.
    store : Store, optional
    """
    span = years_of(commodity, stage, store)
    if span is None:
        return None
    first, last = span
    event = event_of(statement, commodity, stage, last, published=published, store=store)
    told = statement.year_or_date
    year = event.year if event else int(told[:4]) if told else None
    if year is None:
        return Dated(last, None, sentence("base_year", year=last))
    if year > last and statement.instrument in PROJECTS:  # its date is that of its first output
        return Dated(last, None, sentence("base_year", year=last))
    if year > last:
        because = sentence("event_after_data", day=event.since, year=last) if event else sentence("told_after_data", told=told, year=last)
        return Dated(last, event, because)
    if year <= first:
        return Dated(last, None, sentence("told_before_data", told=told or str(year), year=last))
    if event:
        return Dated(year - 1, event, sentence("event_on_record", day=event.since, year=year - 1))
    return Dated(year - 1, None, sentence("event", told=told, year=year - 1))


def years_of(commodity: str, stage: Stage, store: Store | None = None) -> tuple[int, int] | None:
    """First and last year with trade; the last one with output too, where a source counts it."""
    opened = store or default_store()
    codes = [c.code for c in stage.hs6]
    query = "select min(year), max(year) from trade where list_contains($1, hs6) and series like 'baci-%' and quantity_kg > 0"
    first, last = opened.rows(query, [codes])[0]
    if first is None:
        return None
    made = opened.rows("select max(year) from production where commodity = $1 and stage = $2", [commodity, stage.id])[0][0]
    return int(first), int(min(last, made) if made is not None else last)


def event_of(
    statement: Statement, commodity: str, stage: Stage, last: int, *, published: date | None = None, store: Store | None = None
) -> Event | None:
    """The measure on record that fits a statement best: same kind, sides, size and date as far as the text tells them.

    One that the text does not date is looked for only if the text says that it is or was in force, among those that took effect by the end of `last`.
    """
    kinds = KINDS.get(str(statement.instrument), ())
    if not kinds or not statement.actor or statement.status not in ON_RECORD:
        return None
    told = statement.year_or_date
    found = [r for r in measures(commodity, store=store).records() if _fits(r, statement, kinds, stage)]
    if published is not None:
        found = [r for r in found if r["effective_from"][:4] <= str(published.year + 1)]
    if told:
        found = [r for r in found if _took_effect(r["effective_from"], told, statement)]
    elif statement.status in ENACTED:
        found = [r for r in found if r["effective_from"] <= f"{last}-12-31"]
    else:
        return None
    if not found:
        return None
    aimed = _aimed_at(statement)
    exact = [r for r in found if aimed is not None and _members(r["targeted"]) == aimed] or found
    latest = max(r["effective_from"][:4] for r in exact)
    best = min((r for r in exact if told or r["effective_from"][:4] == latest), key=lambda r: str(r["effective_from"]))
    return Event(best["id"], best["measure"], best["instrument"], best["effective_from"], best["effective_to"] or "")


def _took_effect(since: str, told: str, statement: Statement) -> bool:
    """Whether a day is the told one, as exact as that is; what was only announced then follows within a year."""
    day, first = date.fromisoformat(since), _first_day(told)
    if statement.status == "announced":
        return 0 <= (day - first).days < YEAR or since.startswith(told)
    return since[:4] == told if len(told) == len("2025") else abs((day - first).days) <= NEAR


def _first_day(told: str) -> date:
    """The first day of what a statement dates itself to: 2025, 2025-Q2, 2025-09, 2025-09-15."""
    year, *rest = told.split("-")
    month = 1 if not rest else 3 * int(rest[0][1]) - 2 if rest[0].startswith("Q") else int(rest[0])
    return date(int(year), min(max(month, 1), 12), min(int(rest[1]), 28) if len(rest) > 1 else 1)


def _fits(row: dict[str, Any], statement: Statement, kinds: Sequence[str], stage: Stage) -> bool:
    instrument = row["instrument"]
    if not any(kind in instrument for kind in kinds) or any(word in instrument for word in GONE):
        return False
    outward = instrument.startswith(("export", "technology"))
    if statement.direction is not None and outward != (statement.direction == "export"):
        return False
    if not concerns(row["hs"], [c.code for c in stage.hs6]) or not _same_size(row, statement):
        return False
    if not _of(statement.actor) <= _members(row["imposing"]):
        return False
    aimed = _aimed_at(statement)
    return row["targeted"].startswith("all") if aimed is None else aimed <= _members(row["targeted"])


def _same_size(row: dict[str, Any], statement: Statement) -> bool:
    """Whether a told size is that of the row; one without a size, or in another unit, says nothing."""
    value = statement.value
    if not isinstance(value, float | int) or row["value"] is None:
        return not (isinstance(value, float | int) and statement.instrument == "tariff")
    same_unit = (statement.unit == "percent" and row["unit"] == "percent") or (
        statement.unit == "tonne" and row["unit"].startswith("tonnes")
    )
    return not same_unit or abs(value - row["value"]) <= CLOSE * max(abs(row["value"]), 1e-9)


def _aimed_at(statement: Statement) -> set[str] | None:
    """Whom the text says it is aimed at; None for all."""
    return _of(statement.target) if statement.target and statement.target != ("WLD",) else None


def _of(codes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for code in codes:
        found |= _members({"EUU": "EU27", "WLD": "all"}.get(code, code))
    return found


def _members(listed: str) -> set[str]:
    try:
        return regions.members_of_list(listed)
    except LabelError:
        return set()
