"""Trade, import reliance and trade measures."""

from __future__ import annotations

from maadin.facts.records import Status
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.numbers import Scale, aligned, percent, scale_for
from maadin.report.sheets import Block, Column, column, text_column
from maadin.report.words import Language, phrase


def trade(table: Table, language: Language) -> list[Block]:
    """A block a series and code: years down for one route, partners down otherwise."""
    rows_are = table.about.values["by"]
    blocks = []
    for (_, code), rows in cells.grouped(table, ("series", "code")):
        tonnes = scale_for([r["quantity_t"] for r in rows], "tonne")
        dollars = scale_for([r["value_usd"] for r in rows], "USD")
        years = sorted({r["year"] for r in rows})
        rows.sort(key=lambda r: (r["year"], r["rank"] is None, r["rank"]))
        columns = [cells.years(rows, language)] if len(years) > 1 or rows_are == "total" else []
        for side in ("exporter", "importer"):
            if rows_are in (side, "pair"):
                columns.append(cells.names(side, [r[side] for r in rows], language))
        columns += [
            Column(tonnes.words(language), aligned([_quantity_or_word(r, tonnes, language) for r in rows])),
            Column(dollars.words(language), aligned([cells.scaled(r["value_usd"], dollars, language) for r in rows])),
            column("unit_value", [cells.plain_number(r["unit_value_usd_per_t"], language) for r in rows], language),
            column("world_unit_value", [cells.plain_number(r["world_unit_value_usd_per_t"], language) for r in rows], language),
        ]
        if rows_are != "total":
            columns.append(column("share", [cells.share(r, language) for r in rows], language))
        if any(r["flag"] for r in rows) and rows_are in ("total", "pair"):
            columns.append(text_column("flag", [phrase("words", str(r["flag"] or ""), language) for r in rows], language))
        named = [words.code_title(code, language), f"{rows[0]['release']} {rows[0]['hs_revision']}".strip()]
        named += [words.years(years)] if len(years) == 1 else []
        named += [phrase("coverage", c, language) for c in sorted({r["coverage"] for r in rows}) if c != "all flows"]
        blocks.append(Block(cells.caption(named), columns))
    return blocks


def reliance(table: Table, language: Language) -> list[Block]:
    """Net import reliance by year: a block a method."""
    blocks = []
    for (method, form, source), rows in cells.grouped(table, ("method", "form", "source")):
        columns = [cells.years(rows, language), column("reliance", [_reliance(r, language) for r in rows], language)]
        amounts = ("production_t", "imports_t", "exports_t", "apparent_consumption_t")
        scale = scale_for([r[a] for r in rows for a in amounts], "tonne")
        for amount, head in zip(amounts, ("production", "imports", "exports", "consumption"), strict=True):
            if any(r[amount] is not None for r in rows):
                shown = aligned([cells.scaled(r[amount], scale, language) for r in rows])
                columns.append(Column(f"{phrase('heads', head, language)}, {scale.words(language)}", shown))
        releases = ", ".join(sorted({r["release"] for r in rows}))
        named = cells.stage_name(table, form, language) if method == "computed" else form
        from_whom = cells.source_name(source, releases, language) if method == "published" else releases
        blocks.append(Block(cells.caption((phrase("words", method, language), named, from_whom)), columns))
    return blocks


def measures(table: Table, language: Language) -> list[Block]:
    """Measures, newest first."""
    rows = table.records()
    texts = {
        "measure": [words.measure(r["id"], r["measure"], language) for r in rows],
        "imposing": [r["imposing"] for r in rows],
        "targeted": [r["targeted_printed"] or r["targeted"] for r in rows],
        "instrument": [words.instrument(r["instrument"], language) for r in rows],
        "value": [f"{r['value']:g} {r['unit']}".strip() if r["value"] is not None else "" for r in rows],
        "from": [r["effective_from"] for r in rows],
        "to": [r["effective_to"] for r in rows],
        "in_force": [phrase("words", "yes" if r["in_force"] else "no", language) for r in rows],
    }
    return [Block("", [text_column(head, shown, language) for head, shown in texts.items()])]


def _reliance(row: Record, language: Language) -> str:
    part = row["net_import_reliance"]
    if part is None:
        return cells.no_value(row, language)
    return cells.bounded(percent(part, language), row["status"]) + cells.mark(row)


def _quantity_or_word(row: Record, scale: Scale, language: Language) -> str:
    """A traded quantity, or the word for a flow that is not there."""
    if row["status"] != Status.VALUE:
        return phrase("statuses", row["status"], language)
    return cells.scaled(row["quantity_t"], scale, language)
