"""From an answer of the facts layer to what a reader sees: blocks of ready-made cells with a title, notes and sources.

The terminal and the pages print the same blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from maadin.facts import catalogue, regions
from maadin.facts.ask.quantities import NOT_LISTED, OTHERS, WORLD
from maadin.facts.records import Quality, Status
from maadin.facts.table import Table
from maadin.report import words
from maadin.report.numbers import Scale, aligned, number, percent, scale_for
from maadin.report.words import Language, phrase

Record = dict[str, Any]
_MARKS = {Quality.ESTIMATED: "e", Quality.PROVISIONAL: "p"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ready-made cells."""

    head: str
    cells: list[str]
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """One table on the page."""

    caption: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a reader sees of one answer."""

    title: str
    blocks: list[Block]
    notes: list[str]
    sources: str
    language: Language
    marks: set[str] = field(default_factory=set)


def lay_out(table: Table, language: Language = "en") -> Sheet:
    """Arrange an answer for reading.

    Parameters
    ----------
    table : Table
        An answer of `maadin.facts`.
    language : {"en", "ar"}
        Language of heads, names and notes.
    """
    arrange = _ARRANGED.get(table.about.id, _plain)
    blocks = arrange(table, language) if table.rows else []
    notes = [words.note(n, language) for n in table.notes]
    used = {str(q) for q in (table.column("quality") if "quality" in table.columns else []) if q}
    notes += [phrase("words", q, language) for q in (Quality.ESTIMATED, Quality.PROVISIONAL) if q in used]
    listed = ("؛ " if language == "ar" else "; ").join(_source_name(s, r) for s, r in table.sources)
    sources = f"{phrase('words', 'sources', language)}: {listed}" if listed else ""
    return Sheet(words.title(table.about, language), blocks, notes, sources, language)


_PUBLISHERS = {
    "usgs_mcs": "USGS",
    "wmd": "World Mining Data",
    "baci": "CEPII",
    "wb_pinksheet": "World Bank",
    "wb_wgi": "World Bank",
    "usitc_dataweb": "USITC",
    "measures": "official publications",
    "literature": "papers",
    "cepii_protee": "CEPII ProTEE",
    "broda_weinstein": "Broda & Weinstein",
}


def _source_name(source: str, release: str) -> str:
    return " ".join(part for part in (_PUBLISHERS.get(source, source), release) if part)


def _quantities(table: Table, language: Language) -> list[Block]:
    """Output or capacity: a block a source, stage and form; countries down, years across."""
    blocks = []
    for key, rows in _grouped(table, ("source", "stage", "form", "mass_basis")):
        source, stage, form, basis = key
        scale = scale_for([r["value"] for r in rows if r["country"] != WORLD] or [r["value"] for r in rows], rows[0]["unit"])
        years = sorted({r["year"] for r in rows})
        cells = {(r["country"], r["year"]): r for r in rows}
        last = {r["country"]: r for r in sorted(rows, key=lambda r: r["year"])}
        order = sorted(last, key=lambda c: (c in (OTHERS, WORLD), c == WORLD, last[c]["rank"] is None, last[c]["rank"] or 0, c))
        columns = [_names("country", order, language)]
        for year in years:
            shown = aligned([_figure(cells.get((c, year)), scale, language) for c in order])
            columns.append(Column(str(year), shown))
        ending = [last[c] if last[c]["year"] == years[-1] else {} for c in order]
        columns.append(Column(phrase("heads", "share_in", language, year=years[-1]), [_share(r, language) for r in ending]))
        columns.append(Column(phrase("heads", "rank", language), [str(r.get("rank") or "") for r in ending]))
        releases = ", ".join(sorted({r["release"] for r in rows}))
        parts = [
            _source_name(source, releases),
            _stage(table, stage, language),
            form,
            words.mass_basis(basis, language),
            scale.words(language),
        ]
        blocks.append(Block(" · ".join(p for p in parts if p), columns))
    return blocks


def _reserves(table: Table, language: Language) -> list[Block]:
    """Reserves: releases down when countries were asked for, countries down otherwise."""
    by_release = table.about.values.get("countries") is not None
    blocks = []
    for (form, basis), rows in _grouped(table, ("form", "mass_basis")):
        scale = scale_for([r["value"] for r in rows if r["country"] != WORLD] or [r["value"] for r in rows], rows[0]["unit"])
        columns = [Column(phrase("heads", "release", language), [r["release"] for r in rows], numeric=False)] if by_release else []
        columns += [
            _names("country", [r["country"] for r in rows], language),
            Column(phrase("heads", "reserves", language), aligned([_figure(r, scale, language) for r in rows])),
            Column(phrase("heads", "share", language), [_share(r, language) for r in rows]),
            Column(phrase("heads", "rank", language), [str(r["rank"] or "") for r in rows]),
        ]
        releases = "" if by_release else ", ".join(sorted({r["release"] for r in rows}))
        parts = [releases, form, words.mass_basis(basis, language), scale.words(language)]
        blocks.append(Block(" · ".join(p for p in parts if p), columns))
    return blocks


def _trade(table: Table, language: Language) -> list[Block]:
    """A block a series and code: years down for one route, partners down otherwise."""
    rows_are = table.about.values["by"]
    blocks = []
    for (_, code), rows in _grouped(table, ("series", "code")):
        tonnes = scale_for([r["quantity_t"] for r in rows], "tonne")
        dollars = scale_for([r["value_usd"] for r in rows], "USD")
        years = sorted({r["year"] for r in rows})
        rows.sort(key=lambda r: (r["year"], r["rank"] is None, r["rank"]))
        columns = []
        if len(years) > 1 or rows_are == "total":
            columns.append(Column(phrase("heads", "year", language), [str(r["year"]) for r in rows], numeric=False))
        for side in ("exporter", "importer"):
            if rows_are in (side, "pair"):
                columns.append(_names(side, [r[side] for r in rows], language))
        columns += [
            Column(tonnes.words(language), aligned([_quantity_or_word(r, tonnes, language) for r in rows])),
            Column(dollars.words(language), aligned([_scaled(r["value_usd"], dollars, language) for r in rows])),
            Column(phrase("heads", "unit_value", language), [_plain_number(r["unit_value_usd_per_t"], language) for r in rows]),
            Column(phrase("heads", "world_unit_value", language), [_plain_number(r["world_unit_value_usd_per_t"], language) for r in rows]),
        ]
        if rows_are != "total":
            columns.append(Column(phrase("heads", "share", language), [_share(r, language) for r in rows]))
        if any(r["flag"] for r in rows) and rows_are in ("total", "pair"):
            columns.append(
                Column(phrase("heads", "flag", language), [phrase("words", str(r["flag"] or ""), language) for r in rows], False)
            )
        coverage = sorted({r["coverage"] for r in rows})
        parts = [words.code_title(code, language), f"{rows[0]['release']} {rows[0]['hs_revision']}".strip()]
        parts += [words.years(years)] if len(years) == 1 else []
        parts += [phrase("coverage", c, language) for c in coverage if c != "all flows"]
        blocks.append(Block(" · ".join(parts), columns))
    return blocks


def _prices(table: Table, language: Language) -> list[Block]:
    blocks = []
    for (source, item, basis, unit), rows in _grouped(table, ("source", "item", "basis", "unit")):
        columns = [Column(phrase("heads", "year", language), [str(r["year"]) for r in rows], numeric=False)]
        if any(r["month"] for r in rows):
            columns.append(Column(phrase("heads", "month", language), [str(r["month"] or "") for r in rows]))
        columns.append(Column(unit, aligned([_figure(r, Scale(1.0, unit), language) for r in rows])))
        if unit != "USD/t" and any(r["usd_per_tonne"] for r in rows):
            columns.append(
                Column(phrase("heads", "unit_value", language), aligned([_plain_number(r["usd_per_tonne"], language) for r in rows]))
            )
        releases = ", ".join(sorted({r["release"] for r in rows}))
        blocks.append(Block(" · ".join(p for p in (item, basis, _source_name(source, releases)) if p), columns))
    return blocks


def _reliance(table: Table, language: Language) -> list[Block]:
    blocks = []
    for (method, form, source), rows in _grouped(table, ("method", "form", "source")):
        figures = [r["net_import_reliance"] for r in rows]
        shown = [
            _bounded(percent(f, language), r["status"]) if f is not None else _no_value(r, language)
            for f, r in zip(figures, rows, strict=True)
        ]
        columns = [
            Column(phrase("heads", "year", language), [str(r["year"]) for r in rows], numeric=False),
            Column(
                phrase("heads", "reliance", language),
                [s + _mark(r) if r["net_import_reliance"] is not None else s for s, r in zip(shown, rows, strict=True)],
            ),
        ]
        amounts = ("production_t", "imports_t", "exports_t", "apparent_consumption_t")
        scale = scale_for([r[a] for r in rows for a in amounts], "tonne")
        for amount, head in zip(amounts, ("production", "imports", "exports", "consumption"), strict=True):
            if any(r[amount] is not None for r in rows):
                cells = aligned([_scaled(r[amount], scale, language) for r in rows])
                columns.append(Column(f"{phrase('heads', head, language)}, {scale.words(language)}", cells))
        releases = ", ".join(sorted({r["release"] for r in rows}))
        named = _stage(table, form, language) if method == "computed" else form
        parts = [phrase("words", method, language), named, _source_name(source, releases) if method == "published" else releases]
        blocks.append(Block(" · ".join(p for p in parts if p), columns))
    return blocks


def _measures(table: Table, language: Language) -> list[Block]:
    rows = table.records()
    shown = [f"{r['value']:g} {r['unit']}".strip() if r["value"] is not None else "" for r in rows]
    texts = {
        "measure": [r["measure"] for r in rows],
        "imposing": [r["imposing"] for r in rows],
        "targeted": [r["targeted_printed"] or r["targeted"] for r in rows],
        "instrument": [r["instrument"] for r in rows],
        "value": shown,
        "from": [r["effective_from"] for r in rows],
        "to": [r["effective_to"] for r in rows],
        "in_force": [phrase("words", "yes" if r["in_force"] else "no", language) for r in rows],
    }
    return [Block("", [Column(phrase("heads", head, language), cells, numeric=False) for head, cells in texts.items()])]


def _hhi(table: Table, language: Language) -> list[Block]:
    rows = table.records()
    columns = [
        Column(phrase("heads", "year", language), [str(r["year"]) for r in rows], numeric=False),
        Column(
            phrase("heads", "source", language),
            [" ".join(p for p in (_source_name(r["source"], r["release"]), r["form"]) if p) for r in rows],
            False,
        ),
        Column(phrase("heads", "hhi", language), [number(10_000 * r["hhi"], language) for r in rows]),
        Column(phrase("heads", "suppliers", language), [str(r["suppliers"]) for r in rows]),
        _names("largest", [r["largest"] for r in rows], language),
        Column(phrase("heads", "share", language), [percent(r["largest_share"], language) for r in rows]),
    ]
    return [Block("", columns)]


def _years_of_reserves(table: Table, language: Language) -> list[Block]:
    rows = [r for r in table.records() if r["country"] != OTHERS]
    held, made = (
        scale_for([r["reserves"] for r in rows], rows[0]["reserves_unit"]),
        scale_for([r["production"] for r in rows], rows[0]["reserves_unit"]),
    )
    columns = [
        _names("country", [r["country"] for r in rows], language),
        Column(
            f"{phrase('heads', 'reserves', language)}, {held.words(language)}",
            aligned([_figure({**r, "value": r["reserves"]}, held, language) for r in rows]),
        ),
        Column(
            f"{phrase('heads', 'production', language)}, {made.words(language)}",
            aligned([_scaled(r["production"], made, language) for r in rows]),
        ),
        Column(phrase("heads", "years_of_reserves", language), [_plain_number(r["years_of_reserves"], language) for r in rows]),
    ]
    return [Block(rows[0]["release"], columns)]


def _compare(table: Table, language: Language) -> list[Block]:
    blocks = []
    for (stage, form, basis), rows in _grouped(table, ("stage", "form", "mass_basis")):
        scale = scale_for([r["value"] for r in rows], rows[0]["unit"])
        columns = [
            _names("country", [r["country"] for r in rows], language),
            Column(phrase("heads", "year", language), [str(r["year"]) for r in rows], numeric=False),
            Column(phrase("heads", "release", language), [_source_name(r["source"], r["release"]) for r in rows], numeric=False),
            Column(phrase("heads", "quantity", language), aligned([_figure(r, scale, language) for r in rows])),
            Column(phrase("heads", "share", language), [_share(r, language) for r in rows]),
            Column(phrase("heads", "rank", language), [str(r["rank"] or "") for r in rows]),
            Column(
                phrase("heads", "difference", language),
                ["" if not r["difference_from_first"] else percent(r["difference_from_first"], language) for r in rows],
            ),
        ]
        parts = [_stage(table, stage, language), form, words.mass_basis(basis, language), scale.words(language)]
        blocks.append(Block(" · ".join(p for p in parts if p), columns))
    return blocks


def _commodities(table: Table, language: Language) -> list[Block]:
    rows = table.records()
    single = table.about.values.get("commodity") is not None
    columns = [
        Column(phrase("heads", "commodity", language), [r["commodity"] for r in rows], numeric=False),
        Column(phrase("heads", "name", language), [r[f"name_{language}"] for r in rows], numeric=False),
        Column(
            "العربية" if language == "en" else "English", [r["name_ar" if language == "en" else "name_en"] for r in rows], numeric=False
        ),
        Column(phrase("heads", "stage", language), [r["stage"] for r in rows], numeric=False),
        Column(phrase("heads", "codes", language), [r["codes"].replace(";", " ") for r in rows], numeric=False),
        Column(phrase("heads", "grade", language), [r["grade"] for r in rows], numeric=False),
    ]
    if single:
        columns.append(Column(phrase("heads", "note", language), [r[f"reason_{language}"] for r in rows], numeric=False))
    return [Block("", columns)]


def _status(table: Table, language: Language) -> list[Block]:
    """Sources with what they hold; the trade series stand below."""
    rows = table.records()
    columns = [
        Column(phrase("heads", "source", language), [_PUBLISHERS.get(r["source"], r["source"]) for r in rows], numeric=False),
        Column(phrase("heads", "release", language), [r["release"] for r in rows], numeric=False),
        Column(phrase("heads", "rows", language), [number(r["rows"], language) for r in rows]),
        Column(
            phrase("heads", "years", language),
            [f"{r['first_year']}-{r['last_year']}" if r["first_year"] else "" for r in rows],
            numeric=False,
        ),
        Column(phrase("heads", "licence", language), [r["licence"] for r in rows], numeric=False),
        Column(phrase("heads", "checksum", language), [f"{r['input_sha256'][:12]}…" for r in rows], numeric=False),
    ]
    return [Block("", columns)]


def _plain(table: Table, language: Language) -> list[Block]:
    """Any other answer: its columns as they are."""
    columns = []
    for at, name in enumerate(table.columns):
        values = [row[at] for row in table.rows]
        numeric = all(isinstance(v, int | float | None) for v in values)
        cells = [_plain_number(v, language) if isinstance(v, float) else str("" if v is None else v) for v in values]
        columns.append(Column(phrase("heads", name, language), cells, numeric))
    return [Block("", columns)]


_ARRANGED: dict[str, Callable[[Table, Language], list[Block]]] = {
    "production": _quantities,
    "capacity": _quantities,
    "reserves": _reserves,
    "trade": _trade,
    "prices": _prices,
    "reliance": _reliance,
    "measures": _measures,
    "hhi": _hhi,
    "years_of_reserves": _years_of_reserves,
    "compare": _compare,
    "commodities": _commodities,
    "status": _status,
}


def _grouped(table: Table, keys: Sequence[str]) -> list[tuple[tuple[Any, ...], list[Record]]]:
    """Records by some columns, groups in order of appearance."""

    def key(record: Record) -> tuple[Any, ...]:
        return tuple(record[k] for k in keys)

    rows = table.records()
    order = {k: i for i, k in reversed(list(enumerate(map(key, rows))))}
    return [(k, list(g)) for k, g in groupby(sorted(rows, key=lambda r: order[key(r)]), key=key)]


def _names(head: str, codes: Sequence[str], language: Language) -> Column:
    return Column(phrase("heads", head, language), [regions.name(c, language) for c in codes], numeric=False)


def _figure(row: Record | None, scale: Scale, language: Language) -> str:
    """A value in the column's scale with its marks, or the word for why there is none."""
    if row is None:
        return ""
    if row.get("value") is None:
        return _no_value(row, language)
    return _bounded(number(row["value"] / scale.factor, language), row["status"]) + _mark(row)


def _no_value(row: Record, language: Language) -> str:
    status = row.get("status") or ""
    if status == Status.DESCRIBED and row.get("value_printed"):
        return str(row["value_printed"])
    return phrase("statuses", str(status), language) if status else ""


def _bounded(shown: str, status: str) -> str:
    return (
        {Status.AT_LEAST: ">", Status.AT_MOST: "<", Status.BELOW_HALF_UNIT: "≈"}.get(Status(status), "") + shown
        if status != NOT_LISTED
        else shown
    )


def _mark(row: Record) -> str:
    quality = row.get("quality")
    return _MARKS.get(Quality(quality), "") if quality else ""


def _scaled(value: float | None, scale: Scale, language: Language) -> str:
    return "" if value is None else number(value / scale.factor, language)


def _quantity_or_word(row: Record, scale: Scale, language: Language) -> str:
    """A traded quantity, or the word for a flow that is not there."""
    if row["status"] != Status.VALUE:
        return phrase("statuses", row["status"], language)
    return _scaled(row["quantity_t"], scale, language)


def _plain_number(value: float | None, language: Language) -> str:
    return "" if value is None else number(float(value), language)


def _share(row: Record, language: Language) -> str:
    share = row.get("share")
    return "" if share is None or row.get("country") == WORLD else percent(share, language)


def _stage(table: Table, stage: str, language: Language) -> str:
    commodity = catalogue.commodities()[table.about.values["commodity"]]
    named = next((s for s in commodity.stages if s.id == stage), None)
    return getattr(named.names, language) if named else stage
