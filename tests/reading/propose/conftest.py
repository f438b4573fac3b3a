"""What the tests of proposals share: statements made by hand, in words of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from maadin.policy.scenario import Scenario
from maadin.reading.propose import Proposed, propose
from maadin.reading.statement import Statement

Told = Callable[..., Statement]
One = Callable[..., Scenario]


def statement(text: str = "a measure", **fields: Any) -> Statement:
    """A measure: the United States on aluminium unless other fields are given."""
    given = {"instrument": "tariff", "commodity": ("aluminium",), "actor": ("USA",), **fields}
    arabic = any("\u0600" <= c <= "\u06ff" for c in text)
    return Statement(kind="measure", span=(0, max(1, len(text))), text=text, lang="ar" if arabic else "en", **given)


@pytest.fixture
def told() -> Told:
    """Makes a statement."""
    return statement


@pytest.fixture
def one() -> One:
    """The one scenario of a statement."""

    def made(text: str = "a measure", topic: Sequence[str] = (), paths: bool = False, **fields: Any) -> Scenario:
        (proposed,) = propose(statement(text, **fields), topic=topic, paths=paths)
        assert proposed.scenario is not None, proposed.because
        return proposed.scenario

    return made


@pytest.fixture
def refused() -> Callable[..., Proposed]:
    """The one proposal of a statement that has no scenario."""

    def made(text: str = "a measure", topic: Sequence[str] = (), **fields: Any) -> Proposed:
        (proposed,) = propose(statement(text, **fields), topic=topic)
        assert proposed.scenario is None
        assert proposed.because is not None
        return proposed

    return made


def measures(scenario: Scenario) -> list[dict[str, Any]]:
    """Measures as they stand in a file."""
    return [m.to_data() for m in scenario.measures]


def keys(scenario: Scenario) -> str:
    """All that is assumed, in English."""
    return " ".join(s.en for s in scenario.assumes)
