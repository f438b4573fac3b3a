"""Ready-made scenarios: one file each, with what it assumes in English and Arabic.

>>> load("us-aluminium-tariff-25").measures[0].rate
0.25
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from maadin import labels
from maadin.errors import LabelError
from maadin.policy.scenario import Scenario


def _files() -> dict[str, Path]:
    folder = Path(str(resources.files("maadin.policy"))) / "library"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def library() -> tuple[str, ...]:
    """Names of the ready-made scenarios."""
    return tuple(_files())


def load(name: str) -> Scenario:
    """A ready-made scenario by name.

    Raises
    ------
    LabelError
        If there is none of that name; names the nearest.
    """
    files = _files()
    index = labels.Index({n: (n,) for n in files})
    found = index.find(name.removesuffix(".yaml"))
    if found is None:
        raise LabelError(name, "ready-made scenario", index.nearest(name), "maadin.policy.library.library()")
    return Scenario.from_yaml(files[found])
