"""A text checked: its statements read and each set against the tables."""

from __future__ import annotations

from datetime import date

from maadin.errors import InputError
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.reading.check.check import check_statement
from maadin.reading.check.verdict import Verdict
from maadin.reading.read import Reading, read


def check(text: str, *, published: date | None = None, as_of: date | None = None, store: Store | None = None) -> tuple[Verdict, ...]:
    """Check what a sentence or two say.

    Parameters
    ----------
    text : str
        Arabic or English.
    published : date, optional
        When it was said: verdicts tell what the sources supported then, and now. Without it the date that the text tells itself counts.
    as_of : date, optional
        What counts as now.
    store : Store, optional

    Returns
    -------
    tuple of Verdict
        One for each statement found.

    Raises
    ------
    InputError
        If no statement is found.

    Examples
    --------
    >>> check("China is the world's largest producer of graphite.")[0].verdict
    'supported'
    """
    found = read(text, published=published)
    if not found.statements:
        raise InputError(
            f"no statement about a mineral market in {text[:60]!r}; expected a country, a mineral and what is said of them, "
            "such as 'Russia is the second largest producer of aluminium'"
        )
    verdicts = (check_statement(s, published=found.published, as_of=as_of, store=store) for s in found.statements)
    return tuple(_dated(v, found) for v in verdicts)


def _dated(verdict: Verdict, found: Reading) -> Verdict:
    """A verdict that says so where the date was found in the text."""
    told = found.dateline
    if told is None:
        return verdict
    note = Note("date_found", {"day": told.day.isoformat()[: 10 if told.exact == "day" else 7], "text": told.text})
    return verdict.model_copy(update={"notes": (*verdict.notes, note)})
