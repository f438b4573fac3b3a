"""What the tests of measures share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from maadin.reading.read import read
from maadin.reading.statement import Statement

PUBLISHED = date(2025, 11, 20)

Measures = Callable[[str], list[Statement]]
Only = Callable[[str], Statement]


@pytest.fixture
def measures() -> Measures:
    """Measures of a text, in its order."""
    return lambda text: [s for s in read(text, PUBLISHED).statements if s.kind == "measure"]


@pytest.fixture
def only(measures: Measures) -> Only:
    """The one measure of a text."""

    def found(text: str) -> Statement:
        (statement,) = measures(text)
        return statement

    return found
