"""From an answer to what a reader sees: each kind of table has its arrangement."""

from __future__ import annotations

from collections.abc import Callable

from maadin.facts.records import Quality
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.layout import amounts, cells, listings, trade
from maadin.report.sheets import Block, Sheet
from maadin.report.words import Language, phrase

_ARRANGED: dict[str, Callable[[Table, Language], list[Block]]] = {
    "production": amounts.quantities,
    "capacity": amounts.quantities,
    "reserves": amounts.reserves,
    "years_of_reserves": amounts.years_of_reserves,
    "compare": amounts.compare,
    "hhi": amounts.hhi,
    "trade": trade.trade,
    "reliance": trade.reliance,
    "measures": trade.measures,
    "prices": listings.prices,
    "commodities": listings.commodities,
    "status": listings.status,
}


def lay_out(table: Table, language: Language = "en") -> Sheet:
    """Arrange an answer for reading.

    Parameters
    ----------
    table : Table
        An answer of `maadin.facts`.
    language : {"en", "ar"}
        Language of heads, names and notes.
    """
    arrange = _ARRANGED.get(table.about.id, listings.plain)
    blocks = arrange(table, language) if table.rows else []
    used = {str(q) for q in (table.column("quality") if "quality" in table.columns else []) if q}
    notes = [words.note(n, language) for n in table.notes]
    notes += [phrase("words", q, language) for q in (Quality.ESTIMATED, Quality.PROVISIONAL) if q in used]
    return Sheet(words.title(table.about, language), blocks, notes, cells.source_line(table.sources, language), language)
