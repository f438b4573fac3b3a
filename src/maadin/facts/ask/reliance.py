"""Net import reliance: as the U.S. Geological Survey publishes it for the United States, computed for any country.

Computed figures use World Mining Data output at the commodity's default stage and trade in its codes, gross tonnes converted by the
catalogue's factors. They know no stock changes, miss the codes the trade tables lack, and count re-exports. Where production plus imports less
exports is not positive there is no figure: output and trade then do not describe one stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maadin import indicators
from maadin.facts import regions, selection
from maadin.facts.ask.prices import newest_release
from maadin.facts.ask.quantities import rows_of
from maadin.facts.ask.trade import series_of
from maadin.facts.selection import Market, YearsLike
from maadin.facts.series import Series
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of

Record = dict[str, Any]
PUBLISHED, COMPUTED = "published", "computed"
DOUBTFUL_SHARE = 0.1  # of the value of a country's trade in a year, with a flagged or missing quantity
COLUMNS = (
    "commodity", "country", "country_name", "year", "method", "form", "net_import_reliance", "low", "high", "status",
    "apparent_consumption_t", "production_t", "imports_t", "exports_t", "quality", "source", "release", "note",
)  # fmt: skip


def reliance(
    commodity: str,
    *,
    country: str = "USA",
    year: YearsLike = None,
    stage: str | None = None,
    store: Store | None = None,
) -> Table:
    """Net import reliance of a country by year.

    Parameters
    ----------
    commodity : str
        Any name in English or Arabic.
    country : str
        One country.
    year : int, str or sequence, optional
        Years; all without it.
    stage : str, optional
        Stage for the computed figures.
    store : Store, optional
        Tables to ask.

    Returns
    -------
    Table
        Columns `COLUMNS`; net_import_reliance as a fraction of apparent consumption, negative for a net exporter where computed. `method` says
        published (USGS definition, with stock changes) or computed (without). The published series prints no number for a net
        exporter (status net_exporter).

    Raises
    ------
    LabelError
        If a name is unknown.

    References
    ----------
    U.S. Geological Survey, Mineral Commodity Summaries, appendix A.
    """
    opened = store or default_store()
    asked = selection.market(commodity, stage)
    years = selection.years(year)
    of = regions.country(country).code
    published = _published(opened, asked.commodity.id) if of == "USA" else []
    computed, notes = _computed(opened, asked, of)
    if published:
        notes.insert(0, Note("published_reliance"))
    kept = [r for r in [*published, *computed] if years is None or r["year"] in years]
    for r in kept:
        r.update(commodity=asked.commodity.id, country=of, country_name=regions.name(of, "en"))
    about = Note("reliance", {"commodity": asked.commodity.id, "stage": asked.stage.id, "country": of, "years": years})
    if asked.stage.grade != "A":
        notes.append(Note("grade", {"grade": asked.stage.grade, "commodity": asked.commodity.id, "stage": asked.stage.id}))
    return table_of(about, kept, COLUMNS, notes if kept else [Note("no_reliance", {"commodity": asked.commodity.id}), *notes])


def _published(store: Store, commodity: str) -> list[Record]:
    columns = ("variable", "form", "year", "value", "low", "high", "unit", "status", "quality", "source", "release", "note")
    rows = store.rows(
        f"""select {", ".join(columns)} from salient
        where commodity = ? and variable in ('net_import_reliance', 'apparent_consumption') order by form, year, release""",
        [commodity],
    )
    newest = newest_release([dict(zip(columns, r, strict=True)) for r in rows], ("variable", "form", "year"))
    used = {(r["form"], r["year"]): r["value"] for r in newest if r["variable"] == "apparent_consumption" and r["unit"] == "tonne"}
    return [
        {
            **dict.fromkeys(COLUMNS),
            **{k: r[k] for k in ("form", "year", "status", "quality", "source", "release", "note")},
            **{k: None if r[v] is None else r[v] / 100 for k, v in (("net_import_reliance", "value"), ("low", "low"), ("high", "high"))},
            "method": PUBLISHED,
            "apparent_consumption_t": used.get((r["form"], r["year"])),
        }
        for r in newest
        if r["variable"] == "net_import_reliance"
    ]


def _computed(store: Store, asked: Market, country: str) -> tuple[list[Record], list[Note]]:
    """Reliance from output and trade, for the years both are known."""
    printed = [r for r in rows_of("production", asked.commodity.id, store) if r["source"] == "wmd" and r["stage"] == asked.stage.id]
    if not printed or asked.commodity.unit != "tonne":
        return [], [Note("no_output_for_reliance", {"commodity": asked.commodity.id, "stage": asked.stage.id})]
    flows = _flows(store, asked, country)
    if not flows.series:
        return [], [Note("no_trade_table", {"commodity": asked.commodity.id, "stage": asked.stage.id})]
    years = sorted({r["year"] for r in printed} & set(range(flows.years[0], flows.years[1] + 1)))
    listed = {r["year"]: r for r in printed if r["country"] == country}
    records = [_one_year(year, listed.get(year), bool(listed), flows) for year in years]
    for r in records:
        r["form"] = asked.stage.id
    notes = [Note("computed_reliance", {"codes": sorted(flows.codes), "stage": asked.stage.id})]
    if not listed:
        notes.append(Note("no_output_taken_as_zero", {"country": country}))
    if left_out := [c for c in asked.codes if c not in flows.codes]:
        notes.append(Note("codes_missing", {"codes": left_out}))
    if doubtful := [y for y in years if y in flows.doubtful_years]:
        notes.append(Note("quantities_doubtful", {"years": doubtful}))
    if flows.incomplete:
        notes.append(Note("quantities_missing"))
    return records, notes


@dataclass(frozen=True, slots=True)
class _Flows:
    """A country's imports and exports by year, in tonnes of the stage's mass basis."""

    tonnes: dict[tuple[int, str], float]
    codes: frozenset[str]
    series: tuple[Series, ...]
    incomplete: bool
    doubtful_years: tuple[int, ...]

    @property
    def years(self) -> tuple[int, int]:
        return max(s.years[0] for s in self.series), min(s.years[1] for s in self.series)


def _flows(store: Store, asked: Market, country: str) -> _Flows:
    """Flows of the codes that a series with all flows and their quantities holds."""
    factors = {c.code: (c.factor.mid, {e: f.mid for e, f in c.by_exporter.items()}) for c in asked.stage.hs6}
    tonnes: dict[tuple[int, str], float] = {}
    codes_used: set[str] = set()
    used: list[Series] = []
    incomplete = False
    worth: dict[int, list[int]] = {}
    answering = [(s, codes) for s, codes in series_of(asked, store.series) if s.coverage == "all flows"]
    for series, listed in sorted(answering, key=lambda a: a[0].years[0] - a[0].years[1]):  # longest first
        codes = [c for c in listed if c not in codes_used]  # a code in two revisions counts once
        if not codes:
            continue
        used.append(series)
        codes_used |= set(codes)
        for code, year, exporter, way, kilograms, without, usd, flagged in store.rows(
            """select hs6, year, exporter, case when importer = $country then 'imports' else 'exports' end, sum(quantity_kg),
                count(*) filter (quantity_kg is null), sum(value_usd)::bigint,
                coalesce(sum(value_usd) filter (flag like 'unit_value%' or quantity_kg is null), 0)::bigint
            from trade where series = $series and hs6 in $codes and $country in (exporter, importer) and exporter <> importer
            group by all order by all""",
            {"series": series.id, "codes": list(codes), "country": country},
        ):
            middle, by_exporter = factors[code]
            incomplete = incomplete or bool(without)
            total = worth.setdefault(year, [0, 0])
            total[0], total[1] = total[0] + usd, total[1] + flagged
            tonnes[year, way] = tonnes.get((year, way), 0.0) + (kilograms or 0) / 1000 * by_exporter.get(exporter, middle)
    doubtful = tuple(sorted(year for year, (usd, flagged) in worth.items() if flagged > DOUBTFUL_SHARE * usd))
    return _Flows(tonnes, frozenset(codes_used), tuple(used), incomplete, doubtful)


def _one_year(year: int, output: Record | None, listed: bool, flows: _Flows) -> Record:
    """The identity for one year; a country the source never lists makes nothing, one it lists without a figure is unknown."""
    imports, exports = flows.tonnes.get((year, "imports"), 0.0), flows.tonnes.get((year, "exports"), 0.0)
    made = output["value"] if output else (None if listed else 0.0)
    share = None if made is None else indicators.net_import_reliance(made, imports, exports)
    if made is None:
        status = output["status"] if output else "missing"
    else:
        status = "value" if share is not None else "not_applicable"
    return {
        **dict.fromkeys(COLUMNS),
        "year": year,
        "method": COMPUTED,
        "net_import_reliance": share,
        "apparent_consumption_t": None if made is None else indicators.apparent_consumption(made, imports, exports),
        "production_t": made,
        "imports_t": imports,
        "exports_t": exports,
        "status": status,
        "quality": None,
        "source": "wmd",
        "release": " + ".join(["WMD 2018-2024", *sorted({s.release for s in flows.series})]),
        "note": "",
    }
