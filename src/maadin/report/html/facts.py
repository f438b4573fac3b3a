"""Answers of the facts as a page: each table drawn as its kind reads best, with the printed figures behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from maadin.facts import regions
from maadin.facts.ask.quantities import OTHERS, WORLD
from maadin.facts.table import Table
from maadin.report import layout, words
from maadin.report.html import over_years
from maadin.report.html.bars import Bar
from maadin.report.html.figures import Figure
from maadin.report.html.model import Code, Page, Part, Row, Section, parts_of
from maadin.report.html.shown import Mapped, in_groups, levels, marks_of, page_word, ranked
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.numbers import Scale, number, percent, scale_for
from maadin.report.sheets import Block, Sheet
from maadin.report.words import Language

SHOWN = 12  # bars of a ranking
BEYOND = 20  # times the next largest: a bar so long leaves nothing to see of the others
MAPPED = 8  # countries from which a map tells more than bars


def page(tables: Sequence[Table], language: Language, *, command: str = "", commodity: str | None = None) -> Page:
    """The page of one answer, or of several about one commodity.

    Parameters
    ----------
    tables : sequence of Table
    language : {"en", "ar"}
    command : str
        What gives the same answer again.
    commodity : str, optional
        What several answers are about.
    """
    sheets = [layout.lay_out(table, language) for table in tables]
    again = [Section("again", page_word("section_again", language), [Code("", command)])] if command else []
    kicker = page_word("kicker_facts", language)
    if commodity is None:
        (table,), (sheet,) = tables, sheets
        figures = Section("figures", page_word("section_figures", language), section_parts(table, sheet, language), is_plain=True)
        return Page(
            language, sheet.title, kicker, sections=[s for s in (figures, *again) if s.parts], remarks=sheet.notes, sources=sheet.sources
        )
    name = words.commodity_name(commodity, language)
    sections = [
        Section(f"part-{at}", _short(sheet.title, name), section_parts(table, sheet, language), notes=sheet.notes)
        for at, (table, sheet) in enumerate(zip(tables, sheets, strict=True), 1)
    ]
    used = dict.fromkeys(source for table in tables for source in table.sources)
    return Page(
        language, page_word("sheet_title", language, commodity=name), kicker, sections=[*sections, *again],
        sources=cells.source_line(used, language),
    )  # fmt: skip


def _short(title: str, name: str) -> str:
    """A title without the commodity that the page is about."""
    bare = title.removeprefix(f"{name}: ")
    return bare[:1].upper() + bare[1:]


def _is_whole(table: Table) -> bool:
    """Whether an answer holds every country: a map of some would make the others look as if they had no figure."""
    return table.about.values.get("top") is None and table.about.values.get("countries") is None


def section_parts(table: Table, sheet: Sheet, language: Language) -> list[Part]:
    """What is drawn of a table, and the tables of what is not."""
    draw = _DRAWN.get(table.about.id)
    if draw is None or not table.rows:
        return parts_of(sheet.blocks)
    parts: list[Part] = []
    for figures, block in draw(table, sheet.blocks, language):
        if len(figures) > 1 and all(f.is_small for f in figures):
            parts.append(Row(figures))
        else:
            parts.extend(figures)
        if not figures:
            parts.extend(parts_of([block]))
    return _side_by_side(parts)


def _side_by_side(parts: Sequence[Part]) -> list[Part]:
    """Neighbouring single figures in rows of two."""
    made: list[Part] = []
    for part in parts:
        last = made[-1] if made else None
        if isinstance(part, Figure) and part.is_small and isinstance(last, Figure) and last.is_small:
            made[-1] = Row([last, part])
        else:
            made.append(part)
    return made


Drawn = Iterable[tuple[list[Figure], Block]]


def _source(table: Table, rows: Sequence[Record], language: Language) -> str:
    """The source line of some rows."""
    used = dict.fromkeys((r["source"], r["release"]) for r in rows)
    names = ("؛ " if language == "ar" else "; ").join(cells.source_name(s, r, language) for s, r in used)
    return page_word("source", language, names=names) if names else cells.source_line(table.sources, language)


def _bar(row: Record, scale: Scale, language: Language, label: str | None = None, tone: str = "s1") -> Bar:
    """A bar of a row: its figure with marks, and its share."""
    shown = cells.figure(row, scale, language).strip()
    part = cells.share(row, language)
    named = label if label is not None else regions.name(row["country"], language)
    value = row.get("value")
    return Bar(named, f"{shown} · {part}" if part and value else shown, value, row.get("low"), row.get("high"), tone)


def _quantities(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """Output or capacity: a ranking of the last year a source, lines where there are years, a map of the widest source."""
    what = page_word(table.about.id, language)
    groups = cells.grouped(table, ("source", "stage", "form", "mass_basis"))
    widest = max(groups, key=lambda g: len({r["country"] for r in g[1]}))[0]
    for (key, rows), block in zip(groups, blocks, strict=True):
        last = max(r["year"] for r in rows)
        latest = [r for r in rows if r["year"] == last and r["country"] not in (WORLD, OTHERS)]
        scale = scale_for([r["value"] for r in latest] or [r["value"] for r in rows], rows[0]["unit"])
        source = _source(table, [r for r in rows if r["year"] == last], language)
        publisher = cells.source_name(rows[0]["source"], "", language) if len(groups) > 1 else ""
        unit = cells.caption((publisher, _unit(block, scale, rows[0], language)))
        bars = [_bar(r, scale, language) for r in latest[:SHOWN]]
        figures = (
            [ranked(page_word("in_year", language, what=what, year=last), unit, source, bars, block, language, _cut(latest, language))]
            if bars
            else []
        )
        figures += over_years.of_countries(rows, what, unit, source, scale, block, language)
        if key == widest and len(latest) >= MAPPED and _is_whole(table):
            figures.append(_map(page_word("by_country", language, what=what), f"{unit} · {last}", source, latest, scale, block, language))
        yield figures, block


def _cut(rows: Sequence[Record], language: Language) -> list[str]:
    return [page_word("largest_of", language, count=SHOWN, all=len(rows))] if len(rows) > SHOWN else []


def _unit(block: Block, scale: Scale, row: Record, language: Language) -> str:
    """The unit line of a figure: form, what a tonne is a tonne of, and the scale."""
    return cells.caption((row["form"], words.mass_basis(row["mass_basis"], language), scale.words(language))) or block.caption


def _map(title: str, unit: str, source: str, rows: Sequence[Record], scale: Scale, block: Block, language: Language) -> Figure:
    of = {r["country"]: r for r in rows if r["value"] is not None}
    mark = marks_of(language)
    mapped = Mapped(
        title, unit, source, {c: r["value"] for c, r in of.items()},
        lambda code: f"{cells.figure(of[code], scale, language).strip()} {scale.words(language)}", lambda v: mark(v / scale.factor),
    )  # fmt: skip
    return levels(mapped, block, language)


def _reserves(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """Reserves: every release of named countries, else a ranking and a map of the newest."""
    by_release = table.about.values.get("countries") is not None
    what = page_word("reserves", language)
    for (_, rows), block in zip(cells.grouped(table, ("form", "mass_basis")), blocks, strict=True):
        single = [r for r in rows if r["country"] not in (WORLD, OTHERS)]
        scale = scale_for([r["value"] for r in single], rows[0]["unit"])
        source = _source(table, rows, language)
        unit = _unit(block, scale, rows[0], language)
        if by_release:
            countries = list(dict.fromkeys(r["country"] for r in single))
            groups = [
                (regions.name(c, language), [_bar(r, scale, language, r["release"]) for r in single if r["country"] == c])
                for c in countries[:SHOWN]
            ]
            title = page_word("by_release", language, what=what)
            yield [in_groups(title, unit, source, groups, block, language)] if groups else [], block
            continue
        title = page_word("in_year", language, what=what, year=rows[0]["release"])
        figures = [ranked(title, unit, source, [_bar(r, scale, language) for r in single[:SHOWN]], block, language, _cut(single, language))]
        if len(single) >= MAPPED and _is_whole(table):
            figures.append(_map(page_word("by_country", language, what=what), unit, source, single, scale, block, language))
        yield figures, block


def _years_of_reserves(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    rows = [r for r in table.records() if r["country"] not in (OTHERS, WORLD)]
    bars = [
        Bar(regions.name(r["country"], language), cells.plain_number(r["years_of_reserves"], language) or "–", r["years_of_reserves"])
        for r in rows[:SHOWN]
    ]
    known = sorted(r["years_of_reserves"] for r in rows if r["years_of_reserves"] is not None)
    if len(known) > 1 and known[-1] > BEYOND * known[-2]:
        yield [], blocks[0]
        return
    title, unit = page_word("years_of_reserves", language), words.phrase("heads", "years", language)
    yield [ranked(title, unit, _source(table, rows, language), bars, blocks[0], language)], blocks[0]


def _compare(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """A figure in every source, country by country."""
    what = page_word(table.about.values.get("of", "production"), language)
    for (_, rows), block in zip(cells.grouped(table, ("stage", "form", "mass_basis")), blocks, strict=True):
        scale = scale_for([r["value"] for r in rows], rows[0]["unit"])
        tones = {source: f"s{at}" for at, source in enumerate(dict.fromkeys(r["source"] for r in rows), 1)}
        several = len({r["year"] for r in rows}) > 1

        def label(row: Record, several: bool = several) -> str:
            named = cells.source_name(row["source"], row["release"], language)
            return f"{row['year']} · {named}" if several and row["year"] else named

        groups = [
            (
                regions.name(country, language),
                [_bar(r, scale, language, label(r), tones[r["source"]]) for r in rows if r["country"] == country],
            )
            for country in list(dict.fromkeys(r["country"] for r in rows))[:SHOWN]
        ]
        title = page_word("by_source", language, what=what)
        yield [in_groups(title, _unit(block, scale, rows[0], language), _source(table, rows, language), groups, block, language)], block


def _hhi(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    rows = table.records()
    title = page_word("hhi", language)
    source = _source(table, rows, language)
    if len({r["year"] for r in rows}) > 2:
        yield over_years.of_concentration(rows, title, source, blocks[0], language), blocks[0]
        return
    bars = [
        Bar(f"{r['year']} · {cells.source_name(r['source'], '', language)}", f"{number(10_000 * r['hhi'], language)} · "
            f"{regions.name(r['largest'], language)} {percent(r['largest_share'], language)}", 10_000 * r["hhi"])
        for r in rows[:SHOWN]
    ]  # fmt: skip
    yield [ranked(title, "", source, bars, blocks[0], language)], blocks[0]


def _trade(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """Trade: lines with the measures on a route, else a ranking of partners and a map."""
    rows_are = table.about.values["by"]
    for (_, rows), block in zip(cells.grouped(table, ("series", "code")), blocks, strict=True):
        source = _source(table, rows, language)
        if rows_are == "total":
            yield over_years.of_route(table, rows, block, source, language), block
            continue
        last = max(r["year"] for r in rows)
        latest = sorted((r for r in rows if r["year"] == last), key=lambda r: -(r["quantity_t"] or 0.0))
        scale = scale_for([r["quantity_t"] for r in latest], "tonne")
        side = rows_are if rows_are in ("exporter", "importer") else ""
        title = page_word("in_year", language, what=_trade_title(table, rows_are, language), year=last)
        unit = cells.caption((words.code_title(rows[0]["code"], language), scale.words(language)))
        bars = [_partner(r, rows_are, scale, language) for r in latest[:SHOWN]]
        figures = [ranked(title, unit, source, bars, block, language, _cut(latest, language))]
        if side and len(latest) >= MAPPED and _is_whole(table):
            placed = [{**r, "country": r[side], "value": r["quantity_t"]} for r in latest]
            figures.append(_map(title, unit, source, placed, scale, block, language))
        yield figures, block


def _trade_title(table: Table, rows_are: str, language: Language) -> str:
    if rows_are == "pair":
        return page_word("trade_pairs", language)
    named = table.about.values["importer" if rows_are == "exporter" else "exporter"]
    if not named:
        return page_word("trade_exports", language)
    return page_word("trade_from" if rows_are == "exporter" else "trade_to", language)


def _partner(row: Record, rows_are: str, scale: Scale, language: Language) -> Bar:
    if rows_are == "pair":
        names = {side: regions.name(row[side], language) for side in ("exporter", "importer")}
        label = page_word("trade_total", language, **names)
    else:
        label = regions.name(row[rows_are], language)
    if row["quantity_t"] is None:
        return Bar(label, words.phrase("statuses", row["status"], language) if row["status"] != "value" else "–", None)
    return Bar(label, cells.scaled(row["quantity_t"], scale, language), row["quantity_t"])


_DRAWN: dict[str, Callable[[Table, Sequence[Block], Language], Drawn]] = {
    "production": _quantities,
    "capacity": _quantities,
    "reserves": _reserves,
    "years_of_reserves": _years_of_reserves,
    "compare": _compare,
    "hhi": _hhi,
    "trade": _trade,
    "prices": over_years.of_prices,
    "reliance": over_years.of_reliance,
}


def drawn_kinds() -> frozenset[str]:
    """Tables that are drawn; the others are shown as tables."""
    return frozenset(_DRAWN)
