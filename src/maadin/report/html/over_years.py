"""What runs over years: output of the largest, one route with the measures on it, prices, reliance, concentration."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from maadin.facts import regions
from maadin.facts.ask.quantities import OTHERS, WORLD
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.html.figures import Figure, Key
from maadin.report.html.lines import Lines, Point, Series
from maadin.report.html.shown import listed, marks_of, page_word
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.numbers import Scale, number, percent, scale_for
from maadin.report.sheets import Block
from maadin.report.words import Language

LINES = 5
FEWEST = 3  # years that make a line
Drawn = Iterable[tuple[list[Figure], Block]]


def over_years(
    title: str, unit: str, source: str, series: Sequence[Series], mark: Callable[[float], str], data: Block, language: Language, *,
    events: Sequence[tuple[float, str]] = (), notes: Sequence[str] = (),
) -> Figure:  # fmt: skip
    """A figure of lines with a description of where each begins and ends."""
    said = [_course(s, language) for s in series]
    keys = tuple(Key(s.tone, s.label) for s in series) if len(series) > 1 else ()
    if any(p.hollow for s in series for p in s.points):
        notes = (*notes, page_word("doubtful", language))
    return Figure(
        title, unit, page_word("alt_lines", language, title=title, listed=listed([s for s in said if s], language)), source,
        Lines(series, mark, [at for at, _ in events]), data, keys, tuple(text for _, text in events), tuple(notes), names_itself=True,
    )  # fmt: skip


def _course(series: Series, language: Language) -> str:
    there = [p for p in series.points if p.value is not None]
    if not there:
        return series.label
    ends = {"from": there[0].when, "to": there[-1].when, "first": there[0].shown, "last": there[-1].shown}
    return page_word("alt_series", language, name=series.label, **ends)


def of_countries(rows: Sequence[Record], what: str, unit: str, source: str, scale: Scale, block: Block, language: Language) -> list[Figure]:
    """Quantities of the largest countries, where there are years enough."""
    years = sorted({r["year"] for r in rows})
    if len(years) < FEWEST:
        return []
    by = {(r["country"], r["year"]): r for r in rows if r["country"] not in (WORLD, OTHERS)}
    last = {c: r["value"] or 0.0 for (c, _), r in sorted(by.items(), key=lambda e: e[0][1])}
    largest = sorted(last, key=lambda c: -last[c])[:LINES]
    series = [
        Series(regions.name(c, language), [_point(by.get((c, y)), y, scale, language) for y in years], f"s{at}")
        for at, c in enumerate(largest, 1)
    ]
    title = page_word("over_years", language, what=what, first=years[0], last=years[-1])
    return [over_years(title, unit, source, series, _scaled(scale, language), block, language)]


def _point(row: Record | None, year: int, scale: Scale, language: Language) -> Point:
    shown = cells.figure(row, scale, language).strip() or "–"
    value = row["value"] if row else None
    return Point(
        year, value, shown, str(year), hollow=bool(row) and value is not None and str((row or {}).get("status")) in ("at_least", "at_most")
    )


def _scaled(scale: Scale, language: Language) -> Callable[[float], str]:
    mark = marks_of(language)
    return lambda value: mark(value / scale.factor)


def of_route(table: Table, rows: Sequence[Record], block: Block, source: str, language: Language) -> list[Figure]:
    """Tonnes on one route by year, with the measures that touched it."""
    rows = sorted(rows, key=lambda r: r["year"])
    if sum(r["quantity_t"] is not None for r in rows) < FEWEST:
        return []
    exporter, importer = (table.about.values[side][0] for side in ("exporter", "importer"))
    names = {"exporter": regions.name(exporter, language), "importer": regions.name(importer, language)}
    scale = scale_for([r["quantity_t"] for r in rows], "tonne")
    doubted = ("unit_value_low", "unit_value_high")
    points = [
        Point(
            r["year"], r["quantity_t"], cells.scaled(r["quantity_t"], scale, language) or words.phrase("statuses", r["status"], language),
            str(r["year"]), r["flag"] in doubted,
        )
        for r in rows
    ]  # fmt: skip
    unit = cells.caption((words.code_title(rows[0]["code"], language), scale.words(language)))
    title = page_word(
        "over_years", language, what=page_word("trade_total", language, **names), first=rows[0]["year"], last=rows[-1]["year"]
    )
    events = measures_on(table.about.values["commodity"], exporter, importer, rows[0]["year"], rows[-1]["year"], language)
    return [over_years(title, unit, source, [Series(names["exporter"], points)], _scaled(scale, language), block, language, events=events)]


def measures_on(commodity: str, exporter: str, importer: str, first: int, last: int, language: Language) -> list[tuple[float, str]]:
    """Measures of the importer on the exporter as moments among yearly sums: a year's sum stands at its middle."""
    from maadin.facts.ask.measures import measures

    found = []
    for row in reversed(measures(commodity, imposing=importer, targeted=exporter).records()):
        when = _day(row["effective_from"])
        if when and first <= when.year <= last:
            value = f" ({row['value']:g}%)" if row["value"] is not None and row["unit"] == "percent" else ""
            name = words.measure(row["id"], row["measure"], language)
            found.append((moment(when) - 0.5, page_word("event_of", language, date=row["effective_from"], name=name + value)))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def moment(when: date) -> float:
    """A day as a moment in years."""
    days = 366 if calendar.isleap(when.year) else 365
    return when.year + (when.timetuple().tm_yday - 1) / days


def of_prices(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """Prices: a line a source, item, basis and unit."""
    for (_, item, basis, unit), rows in cells.grouped(table, ("source", "item", "basis", "unit")):
        block = blocks[0]
        blocks = blocks[1:]
        plain = Scale(1.0, unit)
        points = [
            Point(
                r["year"] + ((r["month"] - 0.5) / 12 if r["month"] else 0), r["value"], cells.figure(r, plain, language).strip() or "–",
                f"{r['year']}-{r['month']:02d}" if r["month"] else str(r["year"]),
            )
            for r in sorted(rows, key=lambda r: (r["year"], r["month"] or 0))
        ]  # fmt: skip
        if len(points) < FEWEST:
            yield [], block
            continue
        named = cells.caption((basis, unit))
        title = f"{page_word('prices', language)}: {item}"
        source = page_word(
            "source", language, names="; ".join(dict.fromkeys(cells.source_name(r["source"], r["release"], language) for r in rows))
        )
        yield [over_years(title, named, source, [Series(item, points)], marks_of(language), block, language)], block


def of_reliance(table: Table, blocks: Sequence[Block], language: Language) -> Drawn:
    """Net import reliance: a line a method."""
    for ((method, form, _), rows), block in zip(cells.grouped(table, ("method", "form", "source")), blocks, strict=True):
        rows = sorted(rows, key=lambda r: r["year"])
        known = [r for r in rows if r["net_import_reliance"] is not None]
        if len(known) < FEWEST:
            yield [], block
            continue
        points = [_reliance(r, language) for r in rows]
        named = cells.stage_name(table, form, language) if method == "computed" else form
        title = cells.caption((page_word("reliance", language), words.phrase("words", method, language), named))
        source = page_word("source", language, names="; ".join(dict.fromkeys(r["release"] for r in rows)))
        yield [over_years(title, "%", source, [Series(named, points)], marks_of(language, percent=True), block, language)], block


def _reliance(row: Record, language: Language) -> Point:
    part = row["net_import_reliance"]
    if part is None:
        return Point(row["year"], None, cells.no_value(row, language), str(row["year"]))
    bounded = row["status"] in ("at_least", "at_most")
    return Point(
        row["year"], 100 * part, cells.bounded(percent(part, language), row["status"]) + cells.mark(row), str(row["year"]), bounded
    )


def of_concentration(rows: Sequence[Record], title: str, source: str, block: Block, language: Language) -> list[Figure]:
    """Concentration by source."""
    by = list(dict.fromkeys((r["source"], r["form"]) for r in rows))
    series = [
        Series(
            cells.caption((cells.source_name(key[0], "", language), key[1])),
            [_hhi(r, language) for r in sorted(rows, key=lambda r: r["year"]) if (r["source"], r["form"]) == key],
            f"s{min(at, 6)}",
        )
        for at, key in enumerate(by[:LINES], 1)
    ]  # fmt: skip
    return [over_years(title, "", source, series, marks_of(language), block, language)]


def _hhi(row: Record, language: Language) -> Point:
    return Point(row["year"], 10_000 * row["hhi"], number(10_000 * row["hhi"], language), str(row["year"]))
