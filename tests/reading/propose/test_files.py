"""Saving: a file a scenario, written in one step, that reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from maadin.errors import InputError
from maadin.policy.scenario import Scenario
from maadin.reading.propose import Proposed, propose, save

from .conftest import statement


@pytest.fixture
def made() -> tuple[Proposed, ...]:
    duty = statement("a duty", commodity=("graphite", "gallium"), target=("CHN",), value=40, unit="percent")
    return (*propose(duty), *propose(duty))


def test_each_scenario_has_a_file_of_its_own(made, tmp_path: Path) -> None:
    files = save(made, tmp_path / "new")
    assert [f.name for f in files] == ["duty-on-graphite-united-states-china-40.yaml", "duty-on-graphite-united-states-china-40-2.yaml"]
    assert Scenario.from_yaml(files[0]) == made[0].scenario
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == sorted(f.name for f in files)


def test_an_older_file_is_replaced_and_a_broken_write_leaves_it(made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = save(made[:1], tmp_path)
    before = file.read_text("utf-8")
    assert save(made[:1], tmp_path) == (file,)
    monkeypatch.setattr(Path, "replace", lambda self, target: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="cannot be written: No space left"):
        save(made[:1], tmp_path)
    assert file.read_text("utf-8") == before
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_made(made, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        save(made, tmp_path / "file")
