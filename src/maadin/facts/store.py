"""The store: one DuckDB connection with a view per table, over the shipped files and what the user imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maadin.errors import DataError
from maadin.facts import manifest
from maadin.facts.series import Series

if TYPE_CHECKING:
    import duckdb

FOLDER_VARIABLE = "MAADIN_DATA_DIR"


def shipped_folder() -> Path:
    """Folder of the tables that come with the package."""
    return Path(str(resources.files("maadin.facts"))) / "data" / "tables"


def user_folder() -> Path:
    """Folder for imported releases: the environment variable MAADIN_DATA_DIR, or the platform's own place."""
    if given := os.environ.get(FOLDER_VARIABLE):
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("maadin", appauthor=False))


def imports_folder(user: Path | None = None) -> Path:
    """Folder below which each imported release has its own folder."""
    return (user or user_folder()) / "imports"


class Store:
    """Compiled tables that can be asked.

    Parameters
    ----------
    folders : sequence of Path
        Folders with a manifest each; the first is the shipped one.

    Attributes
    ----------
    manifests : dict of Path to Manifest
    series : tuple of Series
        All trade series, shipped and imported.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self.manifests = {folder: manifest.read(folder) for folder in self.folders}
        self.series: tuple[Series, ...] = tuple(s for m in self.manifests.values() for s in m.series)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def rows(self, query: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """Run a query over the tables and fetch all rows.

        Raises
        ------
        DataError
            If a file is unreadable.
        """
        import duckdb

        try:
            cursor = self._connected().cursor()
            return cursor.execute(query, parameters or None).fetchall()
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.CatalogException) as error:
            raise DataError(f"a data file cannot be read ({str(error).splitlines()[0]}); 'maadin data status' checks them all") from error

    def files(self, table: str) -> list[Path]:
        """Parquet files that make up a table."""
        return [folder / entry.file for folder, m in self.manifests.items() for name, entry in m.tables.items() if name == table]

    def _connected(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._connection is None:
                import duckdb

                connection = duckdb.connect(config={"threads": min(4, os.cpu_count() or 1)})
                connection.execute("set parquet_metadata_cache = true")
                for table in sorted({name for m in self.manifests.values() for name in m.tables}):
                    listed = ", ".join("'" + str(f).replace("'", "''") + "'" for f in self.files(table))
                    connection.execute(f"create view {table} as select * from read_parquet([{listed}])")
                self._connection = connection
            return self._connection


@lru_cache(maxsize=1)
def default_store() -> Store:
    """The store over the shipped tables and every imported release, opened once a process."""
    imported = imports_folder()
    folders = sorted(p for p in imported.iterdir() if (p / manifest.FILE).exists()) if imported.is_dir() else []
    return Store([shipped_folder(), *folders])
