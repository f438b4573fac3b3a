"""Statements made by hand: what a reader of the text would find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from maadin.reading.statement import Statement

Say = Callable[..., Statement]


@pytest.fixture(scope="session")
def say() -> Say:
    """Make a statement from the fields that matter; a measure where an instrument is named."""

    def made(**fields: Any) -> Statement:
        kind = "measure" if "instrument" in fields else "claim"
        return Statement(**{"kind": kind, "span": (0, 1), "text": "-", "lang": "en", **fields})

    return made
