"""Answers of the facts layer: labelled rows with notes and sources, light enough to print without pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader must know; `id` names the sentence, `values` fill it. Wording lives with the reports."""

    id: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with named columns.

    Attributes
    ----------
    about : Note
        What the table shows.
    columns : tuple of str
        Column names; the same in every output format.
    rows : tuple of tuple
        One value a column.
    notes : tuple of Note
        What limits the figures.
    sources : tuple of str
        Source releases used, as "source id, release".
    """

    about: Note
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    notes: tuple[Note, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> list[Any]:
        """Values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def records(self) -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """Rows as a DataFrame; title, notes and sources are in `attrs`."""
        import pandas as pd

        frame = pd.DataFrame.from_records(list(self.rows), columns=list(self.columns))
        frame.attrs = {
            "about": {"id": self.about.id, **self.about.values},
            "notes": [{"id": n.id, **n.values} for n in self.notes],
            "sources": [{"source": s, "release": r} for s, r in self.sources],
        }
        return frame


def table_of(about: Note, records: Sequence[dict[str, Any]], columns: Sequence[str], notes: Iterable[Note] = ()) -> Table:
    """A table from records; the sources are read off the columns `source` and `release`."""
    used = sorted({(r["source"], r["release"]) for r in records if r.get("source")})
    rows = tuple(tuple(r.get(c) for c in columns) for r in records)
    return Table(about, tuple(columns), rows, tuple(notes), tuple(used))
