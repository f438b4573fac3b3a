"""The cache gives back what it was given or nothing, and never fails a question."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from maadin.facts.store import FOLDER_VARIABLE, Store, shipped_folder
from maadin.market import assembly, cache
from maadin.market.benchmark import Benchmark

ASKED = ("mercury", 2020, "mine")  # the smallest market, with stock draws, moved content and imputed flows


def never(*_: object) -> Benchmark:
    raise AssertionError("was computed again")


@pytest.fixture(scope="module")
def store() -> Store:
    return Store([shipped_folder()])


@pytest.fixture(scope="module")
def made(store: Store) -> Benchmark:
    commodity, year, stage = ASKED
    return assembly.assemble(commodity, year, stage, store)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> Path:
    """Where this test's benchmarks go."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "user"))
    return cache.folder(store)


@pytest.fixture
def ask(store: Store):
    def asked(assemble, *, fresh: bool = False) -> Benchmark:
        commodity, year, stage = ASKED
        return cache.benchmark(commodity, year, stage, store, assemble, fresh=fresh)

    return asked


def different(one: Benchmark, two: Benchmark) -> list[str]:
    """Names of the fields in which two benchmarks differ, in value or in type."""
    found = []
    for f in fields(Benchmark):
        a, b = getattr(one, f.name), getattr(two, f.name)
        if isinstance(a, np.ndarray):
            same = a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
        else:
            same = a == b and type(a) is type(b)
        found += [] if same else [f.name]
    return found


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir()) if folder.exists() else []


FILE = "mercury-mine-2020.npz"


def test_what_comes_back_from_disk_is_what_was_computed(ask, made: Benchmark, folder: Path) -> None:
    assert different(ask(lambda *_: made), made) == []
    assert files(folder) == [FILE]
    again = ask(never)
    assert again is not made
    assert different(again, made) == []
    assert again.log, "the example has no log to lose"
    with pytest.raises(ValueError, match="read-only"):
        again.use_t[0] = 1.0


@pytest.mark.parametrize(
    ("commodity", "year", "stage"),
    [("aluminium", 2023, "refined"), ("aluminium", 2010, "refined"), ("copper", 2022, "refined"), ("rare-earths", 2024, "mine")],
)
def test_larger_markets_come_back_too(store: Store, folder: Path, commodity: str, year: int, stage: str) -> None:
    first = cache.benchmark(commodity, year, stage, store, assembly.assemble, fresh=False)
    assert different(cache.benchmark(commodity, year, stage, store, never, fresh=False), first) == []
    assert first.notes, "the example has no notes to lose"


def test_one_file_whatever_the_market_is_called(store: Store, made: Benchmark, folder: Path) -> None:
    for name in ("mercury", "Mercury", "الزئبق"):
        cache.benchmark(name, 2020, None, store, lambda *_: made, fresh=False)
    assert files(folder) == [FILE]


def test_fresh_computes_and_keeps_again(ask, made: Benchmark, folder: Path) -> None:
    ask(lambda *_: replace(made, reason="old"))
    assert ask(lambda *_: made, fresh=True).reason == made.reason
    assert ask(never).reason == made.reason


def test_a_single_code_is_not_kept(store: Store, folder: Path) -> None:
    found = cache.benchmark("760110", 2023, None, store, assembly.assemble, fresh=False)
    assert found.codes == ("760110",)
    assert files(folder) == []


def damaged(raw: bytes, how: str) -> bytes:
    middle = len(raw) // 2
    return {
        "empty": b"", "cut": raw[:middle], "no zip": b"PK but no zip", "zeros": b"\0" * len(raw), "text": b'{"year": 2020}',
        "middle": raw[:middle] + bytes(100) + raw[middle + 100 :], "one byte": raw[:middle] + bytes([raw[middle] ^ 0xFF]) + raw[middle + 1 :],
    }[how]  # fmt: skip


@pytest.mark.parametrize("how", ["empty", "cut", "no zip", "zeros", "text", "middle", "one byte"])
def test_a_damaged_file_is_computed_again_and_replaced(ask, made: Benchmark, folder: Path, how: str) -> None:
    ask(lambda *_: made)
    (folder / FILE).write_bytes(damaged((folder / FILE).read_bytes(), how))
    with pytest.raises(AssertionError, match="computed again"):
        ask(never)
    assert different(ask(lambda *_: made), made) == []
    assert different(ask(never), made) == []


def test_no_damage_anywhere_is_believed_or_fails(ask, made: Benchmark, folder: Path) -> None:
    """Bytes overwritten at random places: computed again, or (in bytes that zip does not use) the same benchmark."""
    ask(lambda *_: made)
    raw = (folder / FILE).read_bytes()
    rng = np.random.default_rng(1)
    again = 0
    for _ in range(100):
        spoilt = bytearray(raw)
        for at in rng.integers(len(raw), size=3):
            spoilt[at] = rng.integers(256)
        (folder / FILE).write_bytes(spoilt)
        marked: list[int] = []
        found = ask(lambda *_, marked=marked: marked.append(1) or made)
        assert different(found, made) == []
        again += len(marked)
    assert again > 60


def test_a_file_of_other_fields_is_computed_again(ask, made: Benchmark, folder: Path) -> None:
    ask(lambda *_: made)
    with np.load(folder / FILE) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "use_t"}
    np.savez_compressed(folder / FILE, **arrays)
    with pytest.raises(AssertionError, match="computed again"):
        ask(never)


def test_a_folder_that_cannot_be_made_still_answers(ask, made: Benchmark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder should be; permissions would not stop root."""
    (tmp_path / "taken").write_text("not a folder")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "taken"))
    assert different(ask(lambda *_: made), made) == []
    assert (tmp_path / "taken").read_text() == "not a folder"


def half_written(error: BaseException):
    def write(out, **_: object) -> None:
        out.write(b"PK half of it")
        raise error

    return write


def test_a_full_disk_leaves_no_half_file(ask, made: Benchmark, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np, "savez_compressed", half_written(OSError("no space left on device")))
    assert different(ask(lambda *_: made), made) == []
    assert files(folder) == []


def test_an_interrupted_write_leaves_no_half_file(ask, made: Benchmark, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(np, "savez_compressed", half_written(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            ask(lambda *_: made)
    assert files(folder) == []
    assert different(ask(lambda *_: made), made) == []
    assert files(folder) == [FILE]


def test_an_interrupted_write_keeps_the_file_before(ask, made: Benchmark, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(lambda *_: made)
    monkeypatch.setattr(np, "savez_compressed", half_written(OSError("no space left on device")))
    ask(lambda *_: replace(made, reason="new"), fresh=True)
    assert ask(never).reason == made.reason


def test_a_file_is_put_in_its_place_in_one_step(ask, made: Benchmark, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(lambda *_: made)

    def held(*_: object) -> None:
        raise OSError("in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        ask(lambda *_: replace(made, reason="new"), fresh=True)
    assert files(folder) == [FILE]
    assert ask(never).reason == made.reason


def manifests(*digests: str) -> SimpleNamespace:
    """What of a store names its folder: the checksums of its tables."""
    tables = {f"table{n}": SimpleNamespace(sha256=d) for n, d in enumerate(digests)}
    return SimpleNamespace(manifests={Path("data"): SimpleNamespace(tables=tables)})


def test_other_data_or_other_code_have_another_folder(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = cache.folder(manifests("aa", "bb"))
    assert one == cache.folder(manifests("aa", "bb"))
    others = {cache.folder(manifests("aa", "cc")), cache.folder(manifests("aa")), cache.folder(manifests("bb", "aa")), cache.folder(store)}
    monkeypatch.setattr(cache, "_code_digest", lambda: b"other code")
    others.add(cache.folder(manifests("aa", "bb")))
    assert len(others | {one}) == 6


def test_folders_long_out_of_use_are_removed(ask, made: Benchmark, folder: Path) -> None:
    for age in range(5):
        old = folder.parent / f"old{age}"
        old.mkdir(parents=True)
        (old / "x.npz").write_bytes(b"x")
        os.utime(old, (1_000_000 - age, 1_000_000 - age))
    ask(lambda *_: made)
    assert sorted(p.name for p in folder.parent.iterdir()) == sorted([folder.name, "old0", "old1", "old2"])
