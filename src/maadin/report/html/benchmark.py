"""A benchmark as a page: who makes, uses and ships what in one year, then its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from maadin.facts import regions
from maadin.report import words
from maadin.report.excerpt import Excerpt
from maadin.report.html.bars import Bar
from maadin.report.html.figures import Figure
from maadin.report.html.model import Code, Page, Part, Row, Section, parts_of
from maadin.report.html.sankey import Flow, Sankey
from maadin.report.html.shown import listed, page_word, ranked
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import benchmark as layout
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.sheets import Block, Column, text_column
from maadin.report.words import Language

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark

SHOWN = 10
NODES = 7


def page(b: Benchmark, tables: Mapping[str, Excerpt], world: Record, language: Language, *, command: str = "") -> Page:
    """The page of a benchmark with the tables that are shown of it."""
    sheet = layout.lay_out(b, tables, world, language)
    source = page_word("source", language, names="; ".join(cells.source_name(s, r, language) for s, r in dict.fromkeys(b.sources)))
    figures: list[Part] = [Row([f for f in (_ranked(b, "production", source, language), _ranked(b, "use", source, language)) if f])]
    if flows := _flows(b, source, language):
        figures.append(flows)
    sections = [
        Section("figures", page_word("section_figures", language), figures),
        Section("tables", page_word("section_tables", language), parts_of(sheet.blocks)),
        *([Section("again", page_word("section_again", language), [Code("", command)])] if command else []),
    ]
    return Page(
        language, sheet.title, page_word("kicker_benchmark", language), lead=sheet.lead[:1], remarks=[*sheet.lead[1:], *sheet.notes],
        sections=sections, sources=sheet.sources,
    )  # fmt: skip


def _ranked(b: Benchmark, name: str, source: str, language: Language) -> Figure | None:
    """The largest producers or users; none in a market without output."""
    values = np.nan_to_num(getattr(b, f"{name}_t"))
    order = [int(at) for at in np.argsort(-values, kind="stable") if values[at] > 0]
    if not order:
        return None
    tonnes = in_tonnes([float(values[order[0]])], language)
    shown = [tonnes.plain(float(values[at])) for at in order]
    names = [regions.name(b.countries[at], language) for at in order]
    bars = [Bar(names[n], shown[n], float(values[at])) for n, at in enumerate(order[:SHOWN])]
    data = Block("", [cells.names("country", [b.countries[at] for at in order], language), Column(tonnes.unit, shown)])
    notes = [page_word("largest_of", language, count=SHOWN, all=len(order))] if len(order) > SHOWN else []
    title = page_word("in_year", language, what=page_word(name, language), year=b.year)
    unit = cells.caption((words.mass_basis(b.mass_basis, language), tonnes.unit))
    return ranked(title, unit, source, bars, data, language, notes)


def _flows(b: Benchmark, source: str, language: Language) -> Figure | None:
    """Trade between the countries that ship and take most; the rest summed up on either side."""
    trade = np.nan_to_num(b.trade_t).copy()
    np.fill_diagonal(trade, 0.0)
    if not trade.any():
        return None
    sides = [_largest(trade.sum(axis=axis)) for axis in (1, 0)]
    others = page_word("other_origins", language), page_word("other_destinations", language)
    summed: dict[tuple[str, str], float] = {}
    for i, j in zip(*(side.tolist() for side in np.nonzero(trade)), strict=True):
        ends = (i if i in sides[0] else None), (j if j in sides[1] else None)
        if ends != (None, None):
            named = tuple(other if at is None else regions.name(b.countries[at], language) for at, other in zip(ends, others, strict=True))
            summed[named[0], named[1]] = summed.get((named[0], named[1]), 0.0) + float(trade[i, j])
    order = [[*(regions.name(b.countries[at], language) for at in side), other] for side, other in zip(sides, others, strict=True)]
    flows = [Flow(o, d, summed[o, d], summed[o, d]) for o in order[0] for d in order[1] if (o, d) in summed]
    tonnes = in_tonnes([f.before for f in flows], language)
    data = Block("", [
        text_column("sender", [f.origin for f in flows], language), text_column("receiver", [f.destination for f in flows], language),
        Column(tonnes.unit, [tonnes.plain(f.before) for f in flows]),
    ])  # fmt: skip
    told = [f"{f.origin} – {f.destination} {tonnes.plain(f.before)}" for f in sorted(flows, key=lambda f: -f.before)]
    title = page_word("in_year", language, what=page_word("trade_between", language), year=b.year)
    return Figure(
        title, tonnes.unit, page_word("alt_routes", language, title=title, listed=listed(told, language)), source,
        Sankey(flows, ("",), lambda t: f"{tonnes.plain(t)} {tonnes.unit}", sizes=(340, 540)), data, notes=(page_word("routes_note", language),),
    )  # fmt: skip


def _largest(sums: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Sequence[int]:
    return [int(at) for at in np.argsort(-sums, kind="stable")[:NODES] if sums[at] > 0]
