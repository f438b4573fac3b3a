"""What data is at hand: sources, releases, rows, years, licences, checksums."""

from __future__ import annotations

from maadin.facts import manifest
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table

COLUMNS = (
    "source", "release", "title", "publisher", "rows", "first_year", "last_year", "tables", "licence", "licence_address", "address",
    "input_files", "input_sha256", "folder", "note",
)  # fmt: skip


def status(store: Store | None = None) -> Table:
    """One row a source release, shipped and imported; notes list the trade series."""
    opened = store or default_store()
    rows = [
        (
            s.source, s.release, s.title, s.publisher, s.rows, s.first_year or None, s.last_year or None, ";".join(sorted(s.tables)),
            s.licence, s.licence_address, s.address, s.input_files, s.input_sha256, str(folder), s.note,
        )
        for folder, m in opened.manifests.items()
        for s in m.sources
    ]  # fmt: skip
    notes = tuple(
        Note(
            "series",
            {
                "series": s.id,
                "first": s.years[0],
                "last": s.years[1],
                "count": len(s.codes),
                "valuation": s.valuation,
                "coverage": s.coverage,
            },
        )
        for s in opened.series
    )
    return Table(Note("status"), COLUMNS, tuple(rows), notes)


def damaged_files(store: Store | None = None) -> list[str]:
    """Files that are missing or differ from their checksum."""
    return [line for folder, m in (store or default_store()).manifests.items() for line in manifest.damaged(folder, m)]


def file_count(store: Store | None = None) -> int:
    """Number of data files."""
    return sum(len(m.tables) for m in (store or default_store()).manifests.values())
