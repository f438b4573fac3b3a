"""A benchmark as a reader sees it: what it is, then its tables in the words of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from maadin.facts import regions
from maadin.facts.ask.quantities import WORLD
from maadin.report import words
from maadin.report.excerpt import Excerpt
from maadin.report.layout import cells
from maadin.report.layout.cells import Record, Tonnes
from maadin.report.numbers import aligned, fixed, number, percent, scale_for
from maadin.report.sheets import Block, Column, Sheet, column, text_column
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.market.benchmark import Benchmark

HUB, NO_OUTPUT = "*", "–"
COVERAGE = ("exports_coverage", "imports_coverage")
# Letters for how output is known; a printed figure has none
_MARKS = {"other source": "o", "nearest year": "n", "net exports": "x", "share of others": "s"}


def lay_out(b: Benchmark, tables: Mapping[str, Excerpt], world: Record, language: Language = "en") -> Sheet:
    """Arrange tables of a benchmark for reading.

    Parameters
    ----------
    b : Benchmark
    tables : mapping
        Excerpts of its tables, in the order to show them.
    world : dict
        The total beneath the countries; see `maadin.report.excerpt.world`.
    language : {"en", "ar"}
        Language of heads, names and notes.
    """
    blocks = [_ARRANGED[name](excerpt, world, language) for name, excerpt in tables.items()]
    sources = list(b.sources)
    for name, excerpt in tables.items():
        if name == "known":
            sources += [(r["source"], r["release"]) for r in excerpt.table.records()]
        elif name == "measures" and excerpt.table.rows:
            sources.append(("measures", ""))
    return Sheet(
        phrase("titles", "benchmark", language, market=words.market(b.commodity, b.stage, language), year=b.year),
        blocks,
        [words.note(n, language) for n in b.notes],
        cells.source_line(dict.fromkeys(sources), language),
        language,
        _lead(b, language),
    )


def _lead(b: Benchmark, language: Language) -> list[str]:
    """What the benchmark is: basis, quality, codes, and how much of it was moved."""
    said = [
        ("benchmark_kind", {"kind": phrase("kinds", b.kind, language), "basis": words.mass_basis(b.mass_basis, language)}),
        (
            "benchmark_grade",
            {"grade": phrase("words", b.grade, language), "reason": words.reason(b.commodity, b.stage, b.reason, language)},
        ),
        ("benchmark_codes", {"codes": words.codes(b.codes, language)}),
        ("benchmark_missing", {"codes": words.codes(b.missing_codes, language)}),
        (
            "benchmark_moved",
            {
                "adjusted": percent(b.share_adjusted, language),
                "imputed": percent(b.share_imputed, language),
                "figures": number(len(b.log), language),
            },
        ),
    ]
    return [phrase("lead", key, language, **values) for key, values in said if values.get("codes", "all")]


def _countries(excerpt: Excerpt, world: Record, language: Language) -> Block:
    """Countries down; supply stands left of use, as in the identity the benchmark keeps."""
    listed = excerpt.table.records()
    rows = [*listed, world]
    counted = world["production_t"] is not None
    # Where every code is at hand there is nothing to say about others
    covered = all(r[side] in (None, 1.0) for r in listed for side in COVERAGE)
    tonnes = Tonnes([r["use_t"] for r in listed], language)

    def amounts(head: str, name: str) -> Column:
        return column(head, tonnes.cells([r[name] for r in rows]), language)

    named = [regions.name(r["country"], language) + (f" {HUB}" if r.get("hub") else "") for r in rows]
    columns = [text_column("country", named, language)]
    if counted:
        columns += [column("production", _output(rows, tonnes, language), language), amounts("stock_draw", "stock_draw_t")]
    columns.append(amounts("imports", "imports_t"))
    if counted:
        columns.append(amounts("use", "use_t"))
    columns.append(amounts("exports", "exports_t"))
    if counted and not covered:
        columns.append(column("other_codes", _other(rows, tonnes), language))
    columns.append(column("export_price", aligned([_price(r, language) for r in rows]), language))
    if not covered:
        columns += [column(side, [_share(r.get(side), language) for r in rows], language, minor=True) for side in COVERAGE]
    identity = [phrase("remarks", "identity" if covered else "identity_other", language)] if counted else []
    caption = _caption("countries", excerpt, language, tonnes.unit)
    return Block(caption, columns, [*identity, *_legend(listed, counted, covered, language)], total=True)


def _output(rows: Sequence[Record], tonnes: Tonnes, language: Language) -> list[str]:
    """Output with the mark of how it is known; a dash where no source lists any, a word where it is withheld and nothing stands in for it."""
    known = [r["country"] == WORLD or _known_output(r) for r in rows]
    shown = tonnes.cells(
        [r["production_t"] if k else None for r, k in zip(rows, known, strict=True)],
        [_MARKS.get(r.get("production_basis", ""), "") if k else "" for r, k in zip(rows, known, strict=True)],
    )
    words_for = {"": NO_OUTPUT, "net exports": phrase("words", "unknown", language)}
    return [cell if k else words_for[r["production_basis"]] for cell, r, k in zip(shown, rows, known, strict=True)]


def _known_output(row: Record) -> bool:
    return bool(row["production_basis"] and (row["production_t"] or row["production_basis"] != "net exports"))


def _other(rows: Sequence[Record], tonnes: Tonnes) -> list[str]:
    """Exports in other codes; blank where nothing is known of them."""
    known = [r["country"] == WORLD or r["exports_coverage"] is not None or r["other_codes_t"] for r in rows]
    return tonnes.cells([r["other_codes_t"] if k else None for r, k in zip(rows, known, strict=True)])


def _price(row: Record, language: Language) -> str:
    """The export price; blank where nothing is exported."""
    known = row["price_usd_per_t"] is not None and not row.get("price_is_world_average")
    return number(row["price_usd_per_t"], language) if known else ""


def _legend(rows: Sequence[Record], counted: bool, covered: bool, language: Language) -> list[str]:
    """What the marks of these rows mean."""
    said = [f"{HUB} {phrase('marks', 'hub', language)}"] if any(r["hub"] for r in rows) else []
    if counted:
        said += [f"{NO_OUTPUT} {phrase('marks', 'none', language)}"] if any(not r["production_basis"] for r in rows) else []
        bases = {r["production_basis"] for r in rows if _known_output(r)}
        said += [f"{mark} {phrase('marks', basis, language)}" for basis, mark in _MARKS.items() if basis in bases]
        if any(r["production_basis"] and not _known_output(r) for r in rows):
            said.append(f"{phrase('words', 'unknown', language)}: {phrase('marks', 'unknown', language)}")
    if not covered and any(r[side] is None for r in rows for side in COVERAGE):
        said.append(phrase("words", "not_known", language))
    return [" · ".join(said)] if said else []


def _flows(excerpt: Excerpt, _: Record, language: Language) -> Block:
    """Routes, the largest first; what a country uses of its own supply has no customs value."""
    rows = excerpt.table.records()
    tonnes = Tonnes([r["trade_t"] for r in rows], language)
    dollars = scale_for([r["value_usd"] for r in rows if r["exporter"] != r["importer"]], "USD")

    def abroad(row: Record, shown: str) -> str:
        return "" if row["exporter"] == row["importer"] else shown

    to = [phrase("words", "at_home", language) if r["exporter"] == r["importer"] else regions.name(r["importer"], language) for r in rows]
    columns = [
        cells.names("exporter", [r["exporter"] for r in rows], language),
        text_column("importer", to, language),
        Column(tonnes.unit, tonnes.cells(r["trade_t"] for r in rows)),
        Column(dollars.words(language), aligned([abroad(r, cells.scaled(r["value_usd"], dollars, language)) for r in rows])),
        column("unit_value", aligned([abroad(r, number(r["unit_value_usd_per_t"], language)) for r in rows]), language),
        column("wedge", [abroad(r, fixed(r["wedge"], 2, language)) for r in rows], language),
    ]
    for rate in ("duty_rate", "export_tax_rate"):
        if any(r[rate] for r in rows):
            columns.append(column(rate, [percent(r[rate], language) if r[rate] else "" for r in rows], language))
    return Block(
        _caption("flows", excerpt, language),
        columns,
        [phrase("remarks", said, language) for said in ("wedges", "free_routes")],
    )


def _origins(excerpt: Excerpt, _: Record, language: Language) -> Block:
    """Origins and users, re-exports traced back."""
    rows = excerpt.table.records()
    tonnes = Tonnes([r["traced_t"] for r in rows], language)
    users = [
        phrase("words", "other_codes", language) if u == "other codes" else regions.name(u, language) for u in (r["user"] for r in rows)
    ]
    columns = [
        cells.names("origin", [r["origin"] for r in rows], language),
        text_column("user", users, language),
        Column(tonnes.unit, tonnes.cells(r["traced_t"] for r in rows)),
        column("share_of_use", [_share(r["share_of_use"], language, 1) for r in rows], language),
    ]
    return Block(_caption("origins", excerpt, language), columns)


def _log(excerpt: Excerpt, _: Record, language: Language) -> Block:
    """Figures moved or filled in; content factors stand in their own unit."""
    rows = excerpt.table.records()
    if not rows:
        return Block("", [], [phrase("remarks", "nothing_moved", language)])
    largest = max((r["moved"] for r in rows if r["unit"] == "tonne"), default=0.0)
    tonnes = Tonnes([largest], language)
    before, after = ([_moved(r, r[when], tonnes, language) for r in rows] for when in ("before", "after"))
    columns = [
        text_column("figure", [phrase("items", r["item"], language) for r in rows], language),
        text_column("of", [_where(r, language) for r in rows], language),
        column("before", aligned(before), language),
        column("after", aligned(after), language),
        text_column("why", [phrase("reasons", r["reason"], language) for r in rows], language),
    ]
    return Block(_caption("log", excerpt, language, tonnes.unit), columns, [phrase("remarks", "log", language)])


def _moved(row: Record, value: float | None, tonnes: Tonnes, language: Language) -> str:
    """A figure of the log: tonnes in the table's scale, contents as they are."""
    return tonnes.cell(value) if row["unit"] == "tonne" or value is None else fixed(value, 3, language)


def _where(row: Record, language: Language) -> str:
    """Whose figure it is: a country, or a route, and under which code."""
    here = regions.name(row["country"], language)
    if row["partner"]:
        here = phrase("words", "route", language, exporter=here, importer=regions.name(row["partner"], language))
    return words.joined(filter(None, (here, row["code"])), language)


def _measures(excerpt: Excerpt, _: Record, language: Language) -> Block:
    """Measures in force; what no measure covers is an assumption and said to be one."""
    rows = excerpt.table.records()
    assumed = phrase("remarks", "free_routes", language)
    if not rows:
        return Block("", [], [phrase("remarks", "no_measures", language), assumed])
    columns = [
        text_column("measure", [words.measure(r["id"], r["measure"], language) for r in rows], language),
        text_column("imposing", [words.places(r["imposing"], language) for r in rows], language),
        text_column("targeted", [words.places(r["targeted"], language) for r in rows], language),
        text_column("instrument", [_instrument(r, language) for r in rows], language),
        column("days", [str(r["days"]) for r in rows], language),
        text_column("exemptions", [_exemptions(r["exemptions"], language) for r in rows], language),
    ]
    if not any(columns[-1].cells):
        columns.pop()
    return Block(_caption("measures", excerpt, language), columns, [phrase("remarks", "measures", language), assumed])


def _instrument(row: Record, language: Language) -> str:
    if row["rate"] is None:
        return words.instrument(row["instrument"], language)
    whole = round(100 * row["rate"], 9).is_integer()
    return phrase("treatments", row["treatment"], language, rate=percent(row["rate"], language, 0 if whole else 1))


def _exemptions(listed: str, language: Language) -> str:
    """Countries under each treatment: "exempt: Canada, Mexico"."""
    treated: dict[str, dict[str, None]] = {}
    for part in filter(None, listed.split("; ")):
        country, _, treatment = part.partition(": ")
        treated.setdefault(treatment, {})[country] = None
    parts = [f"{phrase('treatments', t, language)}: {words.places(';'.join(who), language)}" for t, who in treated.items()]
    return ("؛ " if language == "ar" else "; ").join(parts)


def _known(excerpt: Excerpt, _: Record, language: Language) -> Block:
    """Published figures beside the benchmark's own."""
    rows = excerpt.table.records()
    if not rows:
        return Block("", [], [phrase("remarks", "nothing_known", language)])
    tonnes = Tonnes([min(r["published_t"] for r in rows)], language)
    figures = [phrase("quantities", r["quantity"], language) + (f" ({words.form(r['form'], language)})" if r["form"] else "") for r in rows]
    ratios = [fixed(r["benchmark_t"] / r["published_t"], 2, language) if r["published_t"] else "" for r in rows]
    columns = [
        cells.names("country", [r["country"] for r in rows], language),
        text_column("figure", figures, language),
        column("published", tonnes.cells(r["published_t"] for r in rows), language),
        column("ours", tonnes.cells(r["benchmark_t"] for r in rows), language),
        column("ratio", ratios, language),
        text_column("source", [cells.source_name(r["source"], r["release"], language) for r in rows], language),
    ]
    return Block(_caption("known", excerpt, language, tonnes.unit), columns, [phrase("remarks", "definitions", language)])


_ARRANGED: dict[str, Callable[[Excerpt, Record, Language], Block]] = {
    "countries": _countries, "flows": _flows, "origins": _origins, "log": _log, "measures": _measures, "known": _known,
}  # fmt: skip


def _caption(kind: str, excerpt: Excerpt, language: Language, unit: str = "") -> str:
    """What a table is, how much of it is shown, and its unit."""
    shown = len(excerpt.table.rows)
    cut = phrase("captions", "cut", language, shown=number(shown, language), of=number(excerpt.of, language)) if shown < excerpt.of else ""
    return cells.caption((phrase("captions", kind, language), cut, unit))


def _share(part: Any, language: Language, decimals: int = 0) -> str:
    return "" if part is None else percent(part, language, decimals)
