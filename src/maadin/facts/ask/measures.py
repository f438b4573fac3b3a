"""Trade measures with their dates: what is or was in force, by whom, on whom."""

from __future__ import annotations

from datetime import date

from maadin.errors import InputError
from maadin.facts import regions, selection
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table

COLUMNS = (
    "id", "measure", "imposing", "targeted", "targeted_printed", "commodity", "hs", "instrument", "value", "unit", "effective_from",
    "effective_to", "in_force", "source", "confidence", "checked",
)  # fmt: skip
_STORED = tuple(c for c in COLUMNS if c != "in_force")


def measures(
    commodity: str | None = None,
    *,
    imposing: str | None = None,
    targeted: str | None = None,
    on: str | date | None = None,
    store: Store | None = None,
) -> Table:
    """Trade measures, newest first.

    Parameters
    ----------
    commodity : str, optional
        Any name in English or Arabic; all commodities without it.
    imposing, targeted : str, optional
        Country or group on either side.
    on : date or str, optional
        Only measures in force on that day (ISO date).
    store : Store, optional
        Tables to ask.

    Returns
    -------
    Table
        Columns `COLUMNS`. An empty effective_to means in force as far as the source knows; in_force is for `on`, or today.

    Raises
    ------
    LabelError, InputError
        If a name or the date is not valid.
    """
    asked = selection.market(commodity).commodity.id if commodity else None
    day = _day(on)
    opened = store or default_store()
    rows = opened.rows(f"select {', '.join(_STORED)} from measures order by effective_from desc, id")
    records = [dict(zip(_STORED, row, strict=True)) for row in rows]
    if asked:
        records = [r for r in records if asked in r["commodity"].split(";")]
    if imposing:
        codes = set(regions.resolve(imposing, day.year))
        records = [r for r in records if codes & regions.members_of_list(r["imposing"], day.year)]
    if targeted:
        codes = set(regions.resolve(targeted, day.year))
        records = [r for r in records if codes & regions.members_of_list(r["targeted"], day.year)]
    for r in records:
        r["in_force"] = r["effective_from"] <= day.isoformat() and (not r["effective_to"] or day.isoformat() <= r["effective_to"])
    if on is not None:
        records = [r for r in records if r["in_force"]]
    notes = [] if records else [Note("no_measures", {"commodity": asked, "on": str(day) if on else None})]
    about = Note("measures", {"commodity": asked, "imposing": imposing, "targeted": targeted, "on": day.isoformat()})
    return Table(about, COLUMNS, tuple(tuple(r[c] for c in COLUMNS) for r in records), tuple(notes), (("measures", ""),))


def _day(on: str | date | None) -> date:
    if on is None:
        return date.today()
    if isinstance(on, date):
        return on
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise InputError(f"{on!r} is not a date; expected 2024-12-31") from error
