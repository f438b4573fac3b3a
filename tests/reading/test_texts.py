"""The reader against annotated texts of our own wording: the half it was built on, and the half that was set aside until it was done.

Floors stand a little below what was measured, so that a change that costs more than a statement or two shows; what was measured stands in
docs/explanation/reading.md.
"""

from __future__ import annotations

import pytest

from maadin.reading.read import read
from scorer import Score, day, score, texts  # type: ignore[import-not-found]

FLOORS: dict[str, tuple[float, float]] = {}


def scores(folder: str) -> dict[str, Score]:
    found = []
    for text in texts(folder):
        statements = [s.model_dump(mode="json") for s in read(text["text"], day(text["published"])).statements]
        found.append((text["id"], text["gold"], statements))
    return score(found)
