"""What the tests of measures share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from maadin.reading.read import read
from maadin.reading.statement import Statement

PUBLISHED = date(2025, 11, 20)
CLAIMED = date(2026, 3, 2)

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


Claims = Callable[[str], list[str]]


@pytest.fixture
def claims() -> Claims:
    """Claims of a text, each in a line: metric/of, country>target, commodities, value ("-": none); sorted."""

    def line(s: Statement) -> str:
        of = f"/{s.of}" if s.of else ""
        target = f">{','.join(s.target)}" if s.target and s.target != ("WLD",) else ""
        values = s.value if isinstance(s.value, tuple) else () if s.value is None else (s.value,)
        return f"{s.metric}{of} {','.join(s.country)}{target} {','.join(s.commodity)} {'-'.join(f'{v:.6g}' for v in values) or '-'}"

    return lambda text: sorted(line(s) for s in read(text, CLAIMED).statements if s.kind == "claim")
