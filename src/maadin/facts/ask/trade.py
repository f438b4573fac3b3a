"""Bilateral trade by product code. Flows of different series stand side by side and are never added up or spliced.

A commodity's codes are answered from the series that holds them longest (HS92 first); headings of four digits, which show what the codes
leave out, are asked for with `beside`. Codes of the catalogue that no series holds are named in a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Literal

from maadin.errors import InputError
from maadin.facts import regions, selection
from maadin.facts.ask.quantities import NOT_LISTED
from maadin.facts.selection import CountriesLike, Market, YearsLike
from maadin.facts.series import Series
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of
from maadin.indicators import competition_ranks

Flow = Literal["imports", "exports"]
Record = dict[str, Any]

COLUMNS = (
    "commodity", "stage", "code", "series", "hs_revision", "year", "exporter", "exporter_name", "importer", "importer_name", "quantity_t",
    "value_usd", "unit_value_usd_per_t", "world_unit_value_usd_per_t", "share", "rank", "flows", "flows_without_quantity", "flag", "status",
    "coverage", "source", "release",
)  # fmt: skip
ALL = "WLD"
NONE_REPORTED = "none_reported"


def trade(
    commodity: str,
    *,
    exporter: CountriesLike = None,
    importer: CountriesLike = None,
    year: YearsLike = None,
    by: Literal["exporter", "importer", "pair", "total"] | None = None,
    stage: str | None = None,
    series: str | None = None,
    beside: bool = True,
    top: int | None = None,
    store: Store | None = None,
) -> Table:
    """Trade in a commodity's codes by year.

    Parameters
    ----------
    commodity : str
        Any name in English or Arabic, or a code of four or six digits.
    exporter, importer : str or list of str, optional
        Countries or groups on either side; all without them. Flows inside a group of exporters and importers count.
    year : int, str or sequence, optional
        Without it: all years when both sides are named, else the last year of each series.
    by : str, optional
        What a row is: an exporter, an importer, a pair of both, or the total. Without it: the side that is not named, the total when
        both are, exporters when neither is.
    stage : str, optional
        Stage of the commodity; its default one without it.
    series : str, optional
        Id of one series; without it the longest series of each code.
    beside : bool
        Also answer from heading-level series that contain the codes.
    top : int, optional
        The largest rows of each year only.
    store : Store, optional
        Tables to ask; the shipped and imported ones without it.

    Returns
    -------
    Table
        Columns `COLUMNS`. A year without the flow asked for has a row with the status none_reported (the series holds all flows:
        neither side reported one) or not_listed (it holds only the largest ones). quantity_t sums the flows that have a quantity, in tonnes; it is empty when none has. Shares are of
        the value of the year's rows. `flag` is the screening result of a single flow (see `maadin.facts.sources.screening`) or, for several,
        the share of value that was flagged.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    opened = store or default_store()
    asked = selection.market(commodity, stage)
    wanted_years = selection.years(year)
    last = wanted_years[-1] if wanted_years else None
    sellers, buyers = selection.countries(exporter, last), selection.countries(importer, last)
    rows_are = by or _rows_are(sellers, buyers)
    if top is not None and top < 1:
        raise InputError(f"top must be at least 1, not {top}")
    chosen = series_of(asked, opened.series, series=series, headings=beside)
    records = []
    for one, codes in chosen:
        latest = None if sellers and buyers else (max(one.codes[c][1] for c in codes),)
        found = _ask(opened, one, codes, sellers, buyers, wanted_years or latest, rows_are)
        records += [{**r, "commodity": asked.commodity.id, "stage": asked.stage.id} for r in found]
    ranked = _ranked(records, top)
    about = Note(
        "trade",
        {
            "commodity": asked.commodity.id, "stage": asked.stage.id, "codes": asked.codes, "exporter": sellers, "importer": buyers,
            "years": wanted_years, "by": rows_are, "top": top,
        },
    )  # fmt: skip
    return table_of(about, ranked, COLUMNS, _notes(asked, chosen, ranked))


def series_of(
    asked: Market, known: Iterable[Series], *, series: str | None = None, headings: bool = False
) -> list[tuple[Series, tuple[str, ...]]]:
    """Series that answer for the codes of a market, each with the codes it is asked for.

    Raises
    ------
    InputError
        If a series is named that does not exist.
    """
    listed = sorted(known, key=lambda s: (s.hs_revision, s.release))
    if series is not None:
        found = [s for s in listed if s.id == series]
        if not found:
            raise InputError(f"there is no trade series {series!r}; expected one of {', '.join(s.id for s in listed)}")
        listed = found
    usable = [s for s in listed if series is not None or s.coverage != "one reporter"]
    answers: dict[str, tuple[Series, list[str]]] = {}
    for code in asked.codes:
        holders = _newest(s for s in usable if code in s.codes)
        longest = max(holders, key=lambda s: s.years[1] - s.years[0], default=None)
        for s in holders:
            if longest is s or (longest and s.hs_revision != "HS92" != longest.hs_revision):
                answers.setdefault(s.id, (s, []))[1].append(code)
        if headings and len(code) == 6:
            for s in _newest(s for s in usable if code[:4] in s.codes):
                entry = answers.setdefault(s.id, (s, []))
                if code[:4] not in entry[1]:
                    entry[1].append(code[:4])
    return [(s, tuple(codes)) for s, codes in answers.values()]


def _newest(holders: Iterable[Series]) -> list[Series]:
    """Of the releases of one kind of series the last; an imported one stands after the shipped one of the same release."""
    return list({(s.source, s.hs_revision, s.digits, s.valuation): s for s in holders}.values())


def _rows_are(sellers: Sequence[str] | None, buyers: Sequence[str] | None) -> str:
    if sellers and buyers:
        return "total" if len(sellers) == len(buyers) == 1 else "pair"
    return "importer" if sellers else "exporter"


def _ask(
    store: Store,
    series: Series,
    codes: Sequence[str],
    sellers: Sequence[str] | None,
    buyers: Sequence[str] | None,
    years: Sequence[int] | None,
    rows_are: str,
) -> list[Record]:
    """Sums by code, year and side, with the value-weighted world unit value of the code and year."""
    sides = {
        "exporter": ("exporter", f"'{ALL}'"),
        "importer": (f"'{ALL}'", "importer"),
        "pair": ("exporter", "importer"),
        "total": (f"'{ALL}'", f"'{ALL}'"),
    }
    if rows_are not in sides:
        raise InputError(f"by must be one of {', '.join(sides)}, not {rows_are!r}")
    seller, buyer = sides[rows_are]
    if rows_are != "pair":
        seller = f"'{sellers[0]}'" if sellers and len(sellers) == 1 else seller
        buyer = f"'{buyers[0]}'" if buyers and len(buyers) == 1 else buyer
    parameters: dict[str, object] = {"series": series.id, "codes": list(codes)}
    where, pick = ["series = $series", "hs6 in $codes"], []
    for name, values in (("exporter", sellers), ("importer", buyers)):
        if values:
            parameters[name] = list(values)
            pick.append(f"{name} in ${name}")
    if years is not None:
        parameters["years"] = list(years)
        where.append("year in $years")
    with_absent = rows_are == "total" and sellers is not None and buyers is not None
    query = f"""
        with scope as materialized (select * from trade where {" and ".join(where)} and exporter <> '{ALL}'),
        world as (
            select hs6, year, 1000.0 * sum(value_usd) filter (quantity_kg > 0) / nullif(sum(quantity_kg), 0) as world_unit_value
            from scope group by hs6, year),
        picked as (
            select hs6, year, {seller} as seller, {buyer} as buyer, sum(quantity_kg) / 1000.0 as tonnes, sum(value_usd)::bigint as usd,
                1000.0 * sum(value_usd) filter (quantity_kg > 0) / nullif(sum(quantity_kg), 0) as unit_value,
                count(*) as flows, count(*) filter (quantity_kg is null) as without, min(flag) as flag,
                100.0 * coalesce(sum(value_usd) filter (flag like 'unit_value%'), 0) / sum(value_usd) as flagged
            from scope where {" and ".join(pick) or "true"} group by all)
        select hs6, year, seller, buyer, tonnes, usd, unit_value, world_unit_value, flows, without, flag, flagged
        from world {"left" if with_absent else "inner"} join picked using (hs6, year) order by all"""
    return [_record(series, row, sellers, buyers) for row in store.rows(query, parameters)]


def _record(series: Series, row: tuple[Any, ...], sellers: Sequence[str] | None, buyers: Sequence[str] | None) -> Record:
    """One row of the answer; without flows it says why there are none."""
    code, year, seller, buyer, tonnes, usd, unit_value, world, flows, without, flag, flagged = row
    coverage = "all flows" if year in series.complete_years else series.coverage
    if flows is None:
        seller, buyer = (side[0] if side and len(side) == 1 else ALL for side in (sellers, buyers))
        status = NONE_REPORTED if coverage == "all flows" else NOT_LISTED
    else:
        status = "value"
    return {
        "code": code, "series": series.id, "hs_revision": series.hs_revision, "year": year,
        "exporter": seller, "exporter_name": regions.name(seller, "en"), "importer": buyer, "importer_name": regions.name(buyer, "en"),
        "quantity_t": tonnes, "value_usd": usd, "unit_value_usd_per_t": unit_value, "world_unit_value_usd_per_t": world,
        "flows": flows or 0, "flows_without_quantity": without or 0,
        "flag": flag or "" if (flows or 0) <= 1 else f"{flagged:.0f}% of value flagged", "status": status,
        "coverage": coverage, "source": series.source, "release": series.release,
    }  # fmt: skip


def _ranked(records: list[Record], top: int | None) -> list[Record]:
    """Each year's rows of a series and code from the largest value down, with share and rank."""

    def group_key(r: Record) -> tuple[Any, ...]:
        return (-len(r["code"]), r["code"], r["series"], r["year"])

    done: list[Record] = []
    for _, grouped in groupby(sorted(records, key=group_key), key=group_key):
        group = list(grouped)
        total = sum(r["value_usd"] or 0 for r in group)
        for r, rank in zip(group, competition_ranks(r["value_usd"] for r in group), strict=True):
            r["share"], r["rank"] = (r["value_usd"] / total if total else None), rank
        group.sort(key=lambda r: (r["rank"] is None, r["rank"], r["exporter"], r["importer"]))
        done += group if top is None else [r for r in group if r["rank"] is None or r["rank"] <= top]
    return done


def _notes(asked: Market, chosen: list[tuple[Series, tuple[str, ...]]], rows: list[Record]) -> list[Note]:
    answered = {c for _, codes in chosen for c in codes}
    missing = [c for c in asked.codes if c not in answered]
    notes = []
    if not chosen:
        notes.append(Note("no_trade_table", {"commodity": asked.commodity.id, "stage": asked.stage.id}))
    elif not rows:
        spans = sorted({s.years for s, _ in chosen})
        notes.append(Note("no_flows", {"first": min(a for a, _ in spans), "last": max(b for _, b in spans)}))
    if missing and chosen:
        notes.append(Note("codes_missing", {"codes": missing}))
    for series, codes in chosen:
        if series.coverage != "all flows":
            notes.append(Note("series_partial", {"series": series.id, "codes": list(codes), "coverage": series.coverage}))
    if any(r["flag"] in ("unit_value_low", "unit_value_high") for r in rows):
        notes.append(Note("unit_value_flagged", {"years": sorted({r["year"] for r in rows if str(r["flag"]).startswith("unit_value")})}))
    if any(r["flows_without_quantity"] for r in rows):
        notes.append(Note("quantities_missing"))
    return notes
