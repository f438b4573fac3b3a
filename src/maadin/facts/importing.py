"""Taking a newer official release into the user's data folder.

A release is read and checked whole, in a scratch folder; only then is it moved into place in one step. Whatever goes wrong leaves what was
there. Each imported release has a folder of its own with tables and manifest, which the store reads beside the shipped ones.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from maadin.errors import DataError, InputError
from maadin.facts import catalogue, checks
from maadin.facts.compilation import Compilation
from maadin.facts.manifest import FILE, Manifest
from maadin.facts.records import Quantity
from maadin.facts.sources import baci, usgs_units, usgs_world, wmd
from maadin.facts.store import Store, default_store, imports_folder

_MCS_HEADER = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\"?source\"?\s*,", re.IGNORECASE)
LARGEST_TEXT = 64 << 20  # no world table is near this size; protects against archives that unpack to gigabytes


@dataclass(frozen=True, slots=True)
class Imported:
    """Where a release was put and what it holds."""

    folder: Path
    manifest: Manifest


def import_release(
    file: Path,
    *,
    release: str | None = None,
    codes: Sequence[str] = (),
    corrections: Path | None = None,
    user: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Import a BACI zip, USGS world tables (CSV, folder or zip of CSVs) or a World Mining Data workbook.

    Parameters
    ----------
    file : Path
        The release as its publisher offers it.
    release : str, optional
        Name of the release; needed for a workbook, taken from the file otherwise.
    codes : sequence of str
        For BACI: codes, or beginnings of codes, to keep besides those of the catalogue.
    corrections : Path, optional
        For USGS tables: a CSV of wrong units and misprints, in the columns of the package's `usgs_unit_overrides.csv`.
    user : Path, optional
        User data folder.
    report : callable, optional
        Told what is being read.

    Returns
    -------
    Imported
        The folder and its manifest.

    Raises
    ------
    InputError
        If the file is not one of these, or the release is already there.
    DataError, ChecksFailed
        If the content is wrong; names file, row and column. Nothing is changed then.
    """
    import duckdb

    if not file.exists():
        raise InputError(f"there is no file {file}")
    store = default_store() if user is None else None
    for code in codes:
        if not re.fullmatch(r"\d{2,6}", code):
            raise InputError(f"{code!r} is not an HS code or chapter; expected two to six digits")
    with tempfile.TemporaryDirectory(prefix="maadin-import-") as scratch, duckdb.connect() as connection:
        made = Compilation(connection)
        kind = _kind(file)
        if kind == "baci":
            wanted = sorted({c.code for x in catalogue.commodities().values() for s in x.stages for c in s.hs6} | set(codes))
            shipped = {s.id for s in store.manifests[store.folders[0]].series} if store else set()
            series = baci.load_zip(connection, file, Path(scratch), wanted, shipped, report)
            label = series.id
            if connection.execute("select count(*) from flows").fetchone() == (0,):
                raise DataError("holds none of the codes of the catalogue", file=file)
            made.add_trade([series], [file], file.parent)
        elif kind == "mcs":
            report("world tables")
            own = usgs_units.read_corrections(corrections) if corrections else ()
            tables = usgs_world.read_mcs_world(_texts(file), own)
            named = release or _release_of(tables, file)
            _refuse_shipped(store, "usgs_mcs", named)
            tables = _renamed(tables, named)
            checks.raise_for(usgs_units.unit_suspects({**_known_releases(store), named: tables}, own), f"{file.name}: units of {named}")
            label = named
            rows = {"production": tables.production, "capacity": tables.capacity, "reserves": tables.reserves}
            made.add("usgs_mcs", named, _inputs(file), file.parent, rows)
        else:
            if release is None:
                raise InputError("name the edition of the workbook; expected --release 'WMD 2027' or the like")
            report("World Mining Data")
            _refuse_shipped(store, "wmd", release)
            label = release
            made.add("wmd", release, [file], file.parent, {"production": wmd.read_wmd_workbook(file, release)})
        report("checking and writing")
        folder = imports_folder(user) / _slug(label)
        written = made.write(folder)
    default_store.cache_clear()
    return Imported(folder, written)


def remove_release(release: str, user: Path | None = None) -> str:
    """Remove an imported release; returns its name.

    Raises
    ------
    InputError
        If no such release was imported.
    """
    from maadin.facts import manifest

    found = imports_folder(user)
    known = {}
    for folder in sorted(found.iterdir()) if found.is_dir() else []:
        if (folder / FILE).exists():
            known[folder] = {s.release for s in manifest.read(folder).sources} | {folder.name}
    for folder, names in known.items():
        if release.casefold() in {n.casefold() for n in names}:
            shutil.rmtree(folder)
            default_store.cache_clear()
            return release
    listed = ", ".join(sorted(set().union(*known.values()))) if known else "none"
    raise InputError(f"no release {release!r} was imported; imported: {listed}")


def _kind(file: Path) -> str:
    """What a file is, by its content."""
    if file.is_dir():
        return "mcs"
    with file.open("rb") as stream:
        start = stream.read(4096)
    if zipfile.is_zipfile(file) or start[:2] == b"PK":
        try:
            with zipfile.ZipFile(file) as content:
                names = content.namelist()
        except zipfile.BadZipFile as error:
            raise DataError("is not a complete zip archive (truncated download?)", file=file) from error
        if "[Content_Types].xml" in names:
            return "wmd"
        if any(baci.YEARLY_FILE.search(n) for n in names):
            return "baci"
        if any(n.lower().endswith(".csv") for n in names):
            return "mcs"
        raise InputError(
            f"{file} holds neither BACI files (BACI_HS92_Y2023_V202601.csv) nor USGS world tables (CSV); found {', '.join(names[:5])}"
        )
    if _MCS_HEADER.match(start):
        return "mcs"
    raise InputError(
        f"{file} is not a release this command knows; expected a BACI zip, USGS world tables (CSV whose first column is Source) "
        "or a World Mining Data workbook (.xlsx)"
    )


def _texts(file: Path) -> dict[str, bytes]:
    """World tables of a CSV file, a folder or a zip of them, by name."""
    if file.is_dir():
        found = {p.name: p.read_bytes() for p in sorted(file.glob("*.csv"))}
        if not found:
            raise DataError("the folder holds no CSV file", file=file)
        return found
    if not zipfile.is_zipfile(file):
        return {file.name: file.read_bytes()}
    with zipfile.ZipFile(file) as content:
        members = [m for m in content.infolist() if m.filename.lower().endswith(".csv")]
        if sum(m.file_size for m in members) > LARGEST_TEXT:
            raise DataError("unpacks to more than any release of world tables", file=file)
        try:
            found = {m.filename: content.read(m) for m in members}
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise DataError("is damaged (truncated download?)", file=file) from error
    # A data release also zips the United States salient tables; only the world tables are taken.
    world = {n: b for n, b in found.items() if "world" in n.lower()}
    return world or found


def _inputs(file: Path) -> list[Path]:
    return sorted(file.glob("*.csv")) if file.is_dir() else [file]


def _release_of(tables: usgs_units.WorldTables, file: Path) -> str:
    releases = {r.release for rows in (tables.production, tables.capacity, tables.reserves) for r in rows}
    if len(releases) != 1:
        raise DataError(f"expected one release, found {', '.join(sorted(releases)) or 'no rows'}", file=file)
    return releases.pop()


def _renamed(tables: usgs_units.WorldTables, release: str) -> usgs_units.WorldTables:
    def named(rows: list[Quantity]) -> list[Quantity]:
        return [r._replace(release=release) for r in rows]

    return usgs_units.WorldTables(named(tables.production), named(tables.capacity), named(tables.reserves))


def _known_releases(store: Store | None) -> dict[str, usgs_units.WorldTables]:
    """World tables of the releases at hand, to compare the units of a new one with."""
    if store is None:
        return {}
    columns = ", ".join(Quantity._fields)
    rows = {
        kind: [Quantity(*r) for r in store.rows(f"select {columns} from {kind} where source = 'usgs_mcs'")]
        for kind in ("production", "capacity", "reserves")
    }
    releases = sorted({r.release for listed in rows.values() for r in listed})
    return {
        name: usgs_units.WorldTables(*([r for r in rows[kind] if r.release == name] for kind in ("production", "capacity", "reserves")))
        for name in releases
    }


def _refuse_shipped(store: Store | None, source: str, release: str) -> None:
    """The shipped release stands; a correction of it needs a name of its own."""
    if store is not None and (source, release) in {(s.source, s.release) for s in store.manifests[store.folders[0]].sources}:
        raise InputError(f"{release} comes with maadin already; to keep a correction beside it, name it: --release '{release} corrected'")


def _slug(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.casefold()).strip("-")
