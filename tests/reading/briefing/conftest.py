"""What the tests of briefs share: a text of our own with its statements, and its brief."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maadin.reading.briefing import Brief, brief_of
from maadin.reading.read import Reading
from maadin.reading.statement import Statement

TEXT = """Rare earths and aluminium

Moscow could open its rare earths to partners. Russia says it holds plenty of rare earths.
Washington put a duty of 200% on Russian aluminium in 2023, and deliveries dried up.
A refinery for gallium is planned in Canada. Work on the minerals there is to be sped up."""
PUBLISHED = date(2025, 2, 25)


def at(quote: str, **fields: Any) -> Statement:
    start = TEXT.index(quote)
    return Statement(span=(start, start + len(quote)), text=quote, lang="en", **fields)


STATEMENTS = (
    at(
        "Moscow could open its rare earths to partners", kind="measure", instrument="joint_venture", commodity=("rare earths",), actor=("RUS",),
        status="considered",
    ),
    at("it holds plenty of rare earths", kind="claim", metric="reserves", quality="many", commodity=("rare earths",), country=("RUS",), attributed_to="Russia"),
    at(
        "Washington put a duty of 200% on Russian aluminium in 2023", kind="measure", instrument="tariff", direction="import", commodity=("aluminium",),
        actor=("USA",), target=("RUS",), value=200, unit="percent", year_or_date="2023", status="in_force",
    ),
    at(
        "deliveries dried up", kind="claim", metric="exports", quality="stopped", commodity=("aluminium",), country=("RUS",), target=("USA",),
        year_or_date="2023",
    ),
    at("A refinery for gallium is planned in Canada", kind="measure", instrument="capacity_project", commodity=("gallium",), actor=("CAN",), status="announced"),
    at(
        "Work on the minerals there is to be sped up", kind="measure", instrument="joint_venture", commodity=("rare earths",), actor=("RUS",),
        target=("KAZ",), status="proposed",
    ),
)  # fmt: skip
READING = Reading(statements=STATEMENTS, published=PUBLISHED, characters=len(TEXT))


@pytest.fixture(scope="session")
def made() -> Brief:
    """The brief of the text."""
    return brief_of(TEXT, READING, draws=64, workers=1)
