"""Output, capacity and reserves, and what is computed from them."""

from __future__ import annotations

from maadin.facts.ask.quantities import OTHERS, WORLD
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.numbers import Scale, aligned, number, percent, scale_for
from maadin.report.sheets import Block, Column, column, text_column
from maadin.report.words import Language, phrase


def quantities(table: Table, language: Language) -> list[Block]:
    """Output or capacity: a block a source, stage and form; countries down, years across."""
    blocks = []
    for (source, stage, form, basis), rows in cells.grouped(table, ("source", "stage", "form", "mass_basis")):
        scale = _scale(rows)
        years = sorted({r["year"] for r in rows})
        by_year = {(r["country"], r["year"]): r for r in rows}
        last = {r["country"]: r for r in sorted(rows, key=lambda r: r["year"])}
        order = sorted(last, key=lambda c: (c in (OTHERS, WORLD), c == WORLD, last[c]["rank"] is None, last[c]["rank"] or 0, c))
        columns = [cells.names("country", order, language)]
        for year in years:
            columns.append(Column(str(year), aligned([cells.figure(by_year.get((c, year)), scale, language) for c in order])))
        ending: list[Record] = [last[c] if last[c]["year"] == years[-1] else {} for c in order]
        columns.append(Column(phrase("heads", "share_in", language, year=years[-1]), [cells.share(r, language) for r in ending]))
        columns.append(column("rank", cells.ranks(ending), language))
        named = (cells.source_name(source, _releases(rows), language), cells.stage_name(table, stage, language), form)
        blocks.append(Block(cells.caption((*named, words.mass_basis(basis, language), scale.words(language))), columns))
    return blocks


def reserves(table: Table, language: Language) -> list[Block]:
    """Reserves: releases down when countries were asked for, countries down otherwise."""
    by_release = table.about.values.get("countries") is not None
    blocks = []
    for (form, basis), rows in cells.grouped(table, ("form", "mass_basis")):
        scale = _scale(rows)
        columns = [text_column("release", [r["release"] for r in rows], language)] if by_release else []
        columns += [
            cells.names("country", [r["country"] for r in rows], language),
            column("reserves", aligned([cells.figure(r, scale, language) for r in rows]), language),
            column("share", [cells.share(r, language) for r in rows], language),
            column("rank", cells.ranks(rows), language),
        ]
        named = ("" if by_release else _releases(rows), form, words.mass_basis(basis, language), scale.words(language))
        blocks.append(Block(cells.caption(named), columns))
    return blocks


def years_of_reserves(table: Table, language: Language) -> list[Block]:
    """Reserves over output."""
    rows = [r for r in table.records() if r["country"] != OTHERS]
    held, made = (scale_for([r[of] for r in rows], rows[0]["reserves_unit"]) for of in ("reserves", "production"))
    columns = [
        cells.names("country", [r["country"] for r in rows], language),
        Column(
            f"{phrase('heads', 'reserves', language)}, {held.words(language)}",
            aligned([cells.figure({**r, "value": r["reserves"]}, held, language) for r in rows]),
        ),
        Column(
            f"{phrase('heads', 'production', language)}, {made.words(language)}",
            aligned([cells.scaled(r["production"], made, language) for r in rows]),
        ),
        column("years_of_reserves", [cells.plain_number(r["years_of_reserves"], language) for r in rows], language),
    ]
    return [Block(rows[0]["release"], columns)]


def compare(table: Table, language: Language) -> list[Block]:
    """The same figure in every source and release."""
    blocks = []
    for (stage, form, basis), rows in cells.grouped(table, ("stage", "form", "mass_basis")):
        scale = scale_for([r["value"] for r in rows], rows[0]["unit"])
        differs = [percent(r["difference_from_first"], language) if r["difference_from_first"] else "" for r in rows]
        columns = [
            cells.names("country", [r["country"] for r in rows], language),
            cells.years(rows, language),
            text_column("release", [cells.source_name(r["source"], r["release"], language) for r in rows], language),
            column("quantity", aligned([cells.figure(r, scale, language) for r in rows]), language),
            column("share", [cells.share(r, language) for r in rows], language),
            column("rank", cells.ranks(rows), language),
            column("difference", differs, language),
        ]
        named = (cells.stage_name(table, stage, language), form, words.mass_basis(basis, language), scale.words(language))
        blocks.append(Block(cells.caption(named), columns))
    return blocks


def hhi(table: Table, language: Language) -> list[Block]:
    """Concentration by year and source."""
    rows = table.records()
    sources = [" ".join(p for p in (cells.source_name(r["source"], r["release"], language), r["form"]) if p) for r in rows]
    columns = [
        cells.years(rows, language),
        text_column("source", sources, language),
        column("hhi", [number(10_000 * r["hhi"], language) for r in rows], language),
        column("suppliers", [str(r["suppliers"]) for r in rows], language),
        cells.names("largest", [r["largest"] for r in rows], language),
        column("share", [percent(r["largest_share"], language) for r in rows], language),
    ]
    return [Block("", columns)]


def _scale(rows: list[Record]) -> Scale:
    """A scale for the countries; the world's total may be longer."""
    return scale_for([r["value"] for r in rows if r["country"] != WORLD] or [r["value"] for r in rows], rows[0]["unit"])


def _releases(rows: list[Record]) -> str:
    return ", ".join(sorted({r["release"] for r in rows}))
