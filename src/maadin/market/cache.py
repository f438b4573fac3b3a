"""Benchmarks on disk: computed once for given data and code, read back in milliseconds.

A file's folder is named by a digest of the tables' checksums and of everything else that shapes a benchmark (this package's code and the
catalogue), so that nothing stale is ever read. Whatever cannot be read or written is computed again; the cache never fails a question.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict, fields
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from maadin.facts import selection
from maadin.facts.store import Store, default_store, user_folder
from maadin.facts.table import Note
from maadin.market.adjustments import Adjustment
from maadin.market.benchmark import Benchmark
from maadin.market.duties import AppliedMeasure
from maadin.market.known_figures import KnownFigure

KEPT = 3  # folders of other data or code, the newest ones
_RECORDS: dict[str, type[Any]] = {"log": Adjustment, "applied": AppliedMeasure, "known": KnownFigure, "notes": Note}
_Assemble = Callable[[str, int, str | None, Store | None], Benchmark]


def benchmark(commodity: str, year: int, stage: str | None, store: Store | None, assemble: _Assemble, *, fresh: bool) -> Benchmark:
    """A benchmark from the cache, or assembled and put there."""
    opened = store or default_store()
    market = selection.market(commodity, stage)
    if len(market.codes) != len(market.stage.hs6):  # a single code was asked for: too many to keep
        return assemble(commodity, year, stage, opened)
    file = folder(opened) / f"{market.commodity.id}-{market.stage.id}-{int(year)}.npz"
    if not fresh and (kept := _read(file)) is not None:
        return kept
    made = assemble(market.commodity.id, int(year), market.stage.id, opened)
    _write(made, file)
    return made


def folder(store: Store) -> Path:
    """Where benchmarks of a store are kept."""
    digest = hashlib.sha256(_code_digest())
    for m in store.manifests.values():
        for name, entry in sorted(m.tables.items()):
            digest.update(f"{name} {entry.sha256}\n".encode())
    return user_folder() / "cache" / "benchmarks" / digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _code_digest() -> bytes:
    """Digest of the code of facts and market and of the catalogue and other small tables beside it."""
    digest = hashlib.sha256()

    def add(here: Traversable) -> None:
        for entry in sorted(here.iterdir(), key=lambda e: e.name):
            if entry.is_dir() and entry.name not in ("tables", "__pycache__"):
                add(entry)
            elif entry.name.endswith((".py", ".yaml", ".csv")):
                digest.update(entry.name.encode() + b"\0" + entry.read_bytes())

    add(resources.files("maadin.facts"))
    add(resources.files("maadin.market"))
    return digest.digest()


def _read(file: Path) -> Benchmark | None:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            plain: dict[str, Any] = json.loads(stored["about"].tobytes())
            n = len(plain["countries"])
            for name in stored.files:
                if name.startswith("at:"):
                    dense = np.full(n * n, plain["fill"][name[3:]])
                    dense[stored[name]] = stored[name[3:]]
                    plain[name[3:]] = dense.reshape(n, n)
                elif name != "about":
                    plain.setdefault(name, stored[name])
        del plain["fill"]
        for name, kind in _RECORDS.items():
            plain[name] = tuple(kind(**{k: _frozen(v) for k, v in entry.items()}) for entry in plain[name])
        return Benchmark(**{k: _frozen(v) for k, v in plain.items()})
    except Exception:  # a damaged file can break anywhere: zip, zlib, npy header, JSON, shapes
        return None


def _frozen(value: Any) -> Any:
    """Lists as tuples, in dictionaries too, as they were before JSON."""
    if isinstance(value, dict):
        return {k: _frozen(v) for k, v in value.items()}
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value


def _write(b: Benchmark, file: Path) -> None:
    """Keep a benchmark, written beside its place and moved there; matrices keep only what is not the usual value."""
    plain: dict[str, Any] = {"fill": {}}
    arrays: dict[str, Any] = {}
    for field in fields(b):
        value = getattr(b, field.name)
        if not isinstance(value, np.ndarray):
            plain[field.name] = [asdict(v) for v in value] if field.name in _RECORDS else value
        elif value.ndim == 2:
            usual = 1.0 if field.name == "wedge" else 0.0
            plain["fill"][field.name] = usual
            at = np.flatnonzero(value != usual)
            arrays["at:" + field.name], arrays[field.name] = at, value.ravel()[at]
        else:
            arrays[field.name] = value
    about = np.frombuffer(json.dumps(plain, ensure_ascii=False).encode(), dtype=np.uint8)
    beside = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        if not file.parent.exists():
            _clear(file.parent)
            file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            np.savez_compressed(out, about=about, **arrays)
        beside.replace(file)
    except OSError:
        pass
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _clear(new: Path) -> None:
    """Remove folders of data and code long out of use."""
    if new.parent.is_dir():
        old = sorted((p for p in new.parent.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
        for folder in old[KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)
