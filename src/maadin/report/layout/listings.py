"""Prices, commodities, data at hand, and answers without an arrangement of their own."""

from __future__ import annotations

from maadin.facts.table import Table
from maadin.report.layout import cells
from maadin.report.numbers import Scale, aligned, number
from maadin.report.sheets import Block, Column, column, text_column
from maadin.report.words import Language, phrase


def prices(table: Table, language: Language) -> list[Block]:
    """Prices by year or month: a block a source, item, basis and unit."""
    blocks = []
    for (source, item, basis, unit), rows in cells.grouped(table, ("source", "item", "basis", "unit")):
        columns = [cells.years(rows, language)]
        if any(r["month"] for r in rows):
            columns.append(column("month", [str(r["month"] or "") for r in rows], language))
        columns.append(Column(unit, aligned([cells.figure(r, Scale(1.0, unit), language) for r in rows])))
        if unit != "USD/t" and any(r["usd_per_tonne"] for r in rows):
            columns.append(column("unit_value", aligned([cells.plain_number(r["usd_per_tonne"], language) for r in rows]), language))
        releases = ", ".join(sorted({r["release"] for r in rows}))
        blocks.append(Block(cells.caption((item, basis, cells.source_name(source, releases, language))), columns))
    return blocks


def commodities(table: Table, language: Language) -> list[Block]:
    """The catalogue; for a single commodity with the reason of each grade."""
    rows = table.records()
    other = "ar" if language == "en" else "en"
    columns = [
        text_column("commodity", [r["commodity"] for r in rows], language),
        text_column("name", [r[f"name_{language}"] for r in rows], language),
        Column("العربية" if other == "ar" else "English", [r[f"name_{other}"] for r in rows], numeric=False),
        text_column("stage", [r["stage"] for r in rows], language),
        text_column("codes", [r["codes"].replace(";", " ") for r in rows], language),
        text_column("grade", [r["grade"] for r in rows], language),
    ]
    if table.about.values.get("commodity") is not None:
        columns.append(text_column("note", [r[f"reason_{language}"] for r in rows], language))
    return [Block("", columns)]


def status(table: Table, language: Language) -> list[Block]:
    """Sources with what they hold; the trade series stand below."""
    rows = table.records()
    columns = [
        text_column("source", [phrase("publishers", r["source"], language) for r in rows], language),
        text_column("release", [r["release"] for r in rows], language),
        column("rows", [number(r["rows"], language) for r in rows], language),
        text_column("years", [f"{r['first_year']}-{r['last_year']}" if r["first_year"] else "" for r in rows], language),
        text_column("licence", [r["licence"] for r in rows], language),
        text_column("checksum", [f"{r['input_sha256'][:12]}…" for r in rows], language),
    ]
    return [Block("", columns)]


def plain(table: Table, language: Language) -> list[Block]:
    """Any other answer: its columns as they are."""
    columns = []
    for at, name in enumerate(table.columns):
        values = [row[at] for row in table.rows]
        numeric = all(isinstance(v, int | float | None) for v in values)
        shown = [cells.plain_number(v, language) if isinstance(v, float) else str("" if v is None else v) for v in values]
        columns.append(Column(phrase("heads", name, language), shown, numeric))
    return [Block("", columns)]
