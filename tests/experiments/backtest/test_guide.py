"""The guide and the reference say what is so: its event reads, its Python runs, its page is made from the code."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from maadin.experiments.backtest import Backtest, Event

DOCS = Path(__file__).parents[3] / "docs"
pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="the guides come with the repository")


@pytest.fixture(scope="module")
def blocks() -> list[str]:
    """The indented examples of the guide."""
    text = (DOCS / "how-to" / "backtest.md").read_text("utf-8")
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip("\n") + "\n" for block in found]


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_event", DOCS / "reference" / "make_event.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_event_of_the_guide_reads(blocks: list[str], aluminium: Event) -> None:
    event = Event.from_file(next(b for b in blocks if b.startswith("id:")))
    assert event.measures == aluminium.measures and event.name == aluminium.name


def test_the_python_of_the_guide_runs(blocks: list[str]) -> None:
    code = next(b for b in blocks if b.startswith("import maadin"))
    names: dict[str, object] = {}
    exec(code.replace("draws=256", "draws=8"), names)
    assert isinstance(names["test"], Backtest) and str(names["html"]).startswith("<!doctype html>")


def test_the_reference_is_made_from_the_code(duty: Backtest) -> None:
    module = reference()
    assert (DOCS / "reference" / "event.md").read_text("utf-8") == module.page()
    assert set(module.KINDS) == set(Event.model_fields)
    told = {name for fields, _ in module.RESULT for name in fields.split(", ")}
    assert told - {"fitted"} == set(duty.to_data())
