"""The manifest beside the tables: what they hold, where it came from, under which licence, and their checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maadin.errors import DataError
from maadin.facts.series import Series

FILE = "manifest.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One Parquet file: its rows, years, size and checksum."""

    file: str
    rows: int
    first_year: int | None
    last_year: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One release of one source: how to cite it, its licence, what went in and what came out."""

    source: str
    release: str
    title: str
    publisher: str
    address: str
    licence: str
    licence_address: str
    note: str
    tables: dict[str, int]
    first_year: int
    last_year: int
    input_files: int
    input_sha256: str

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(self.tables.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Tables, sources and trade series of one folder of compiled data."""

    tables: dict[str, TableEntry]
    sources: tuple[SourceEntry, ...]
    series: tuple[Series, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain form, keys in a fixed order."""
        return {
            "schema_version": SCHEMA_VERSION,
            "tables": {name: asdict(entry) for name, entry in sorted(self.tables.items())},
            "sources": [asdict(s) for s in sorted(self.sources, key=lambda s: (s.source, s.release))],
            "series": [s.as_json() for s in sorted(self.series, key=lambda s: s.id)],
        }

    def write(self, folder: Path) -> None:
        """Write the manifest into a folder that is not in use yet."""
        text = json.dumps(self.as_json(), indent=1, ensure_ascii=False)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises
    ------
    DataError
        If it is missing, damaged, or of a schema this version cannot read.
    """
    file = folder / FILE
    try:
        plain = json.loads(file.read_text("utf-8"))
        if plain["schema_version"] != SCHEMA_VERSION:
            raise DataError(f"has schema version {plain['schema_version']}, expected {SCHEMA_VERSION}; import the data again", file=file)
        return Manifest(
            tables={name: TableEntry(**entry) for name, entry in plain["tables"].items()},
            sources=tuple(SourceEntry(**entry) for entry in plain["sources"]),
            series=tuple(Series.from_json(entry) for entry in plain["series"]),
        )
    except FileNotFoundError as error:
        raise DataError("is missing", file=file) from error
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise DataError(f"is not a readable manifest ({error})", file=file) from error


def checksum(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def checksum_of_all(files: Iterable[Path], root: Path) -> str:
    """One SHA-256 for several files: of their own for a single one, else over the sorted names and checksums."""
    ordered = sorted(files)
    if len(ordered) == 1:
        return checksum(ordered[0])
    lines = "".join(f"{checksum(f)}  {f.relative_to(root).as_posix()}\n" for f in ordered)
    return hashlib.sha256(lines.encode()).hexdigest()


def damaged(folder: Path, manifest: Manifest) -> list[str]:
    """Files that are missing or differ from their checksum, one line each."""
    lines = []
    for entry in manifest.tables.values():
        file = folder / entry.file
        if not file.exists():
            lines.append(f"{file} is missing")
        elif checksum(file) != entry.sha256:
            lines.append(f"{file} differs from its checksum in {FILE}")
    return lines
