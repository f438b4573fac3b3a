"""What the sources have of a commodity where no scenario can be made: output, reserves, the measures on record."""

from __future__ import annotations

from collections.abc import Callable

from maadin.errors import MaadinError
from maadin.facts.ask import measures as on_record
from maadin.facts.ask import quantities
from maadin.facts.catalogue import Commodity
from maadin.facts.store import Store
from maadin.facts.table import Table
from maadin.reading.statement import Statement

ROWS = 5


def facts_of(commodity: Commodity, s: Statement, store: Store | None) -> tuple[Table, ...]:
    """Tables with figures; those that the sources do not have are left out."""
    questions: tuple[Callable[[], Table], ...] = (
        lambda: quantities.production(commodity.id, top=ROWS, store=store),
        lambda: quantities.reserves(commodity.id, top=ROWS, store=store),
        lambda: on_record.measures(commodity.id, store=store),
    )
    found = []
    for ask in questions:
        try:
            table = ask()
        except MaadinError:
            continue
        if any(value is not None for value in table.column("id" if table.about.id == "measures" else "value")):
            found.append(table)
    return tuple(found)
