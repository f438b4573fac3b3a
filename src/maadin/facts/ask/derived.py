"""Figures worked out from the tables: concentration, years of reserves, comparisons between releases and sources."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from maadin import indicators
from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.ask import quantities, trade
from maadin.facts.selection import CountriesLike, YearsLike
from maadin.facts.store import Store
from maadin.facts.table import Note, Table, table_of

HHI_COLUMNS = ("commodity", "of", "stage", "form", "year", "hhi", "suppliers", "largest", "largest_share", "source", "release")
YEARS_COLUMNS = (
    "commodity", "form", "mass_basis", "country", "country_name", "reserves", "reserves_unit", "production", "production_year",
    "years_of_reserves", "status", "source", "release", "note",
)  # fmt: skip
COMPARE_COLUMNS = (
    "commodity", "stage", "form", "mass_basis", "country", "country_name", "year", "value", "unit", "share", "rank", "difference_from_first",
    "status", "quality", "source", "release", "value_printed", "note",
)  # fmt: skip


def hhi(
    commodity: str,
    *,
    of: Literal["production", "reserves", "exports", "imports"] = "production",
    country: str | None = None,
    year: YearsLike = None,
    stage: str | None = None,
    store: Store | None = None,
) -> Table:
    """Herfindahl-Hirschman index of a market's suppliers.

    Parameters
    ----------
    commodity : str
        Any name in English or Arabic.
    of : str
        production or reserves by country, exports by exporter, or imports of `country` by origin.
    country : str, optional
        The importer, for `of="imports"`.
    year : int, str or sequence, optional
        Years; the last without it.
    stage : str, optional
        Stage of the commodity.
    store : Store, optional
        Tables to ask.

    Returns
    -------
    Table
        Columns `HHI_COLUMNS`; hhi between 0 and 1 over countries with a printed figure ("other countries" are left out).

    Raises
    ------
    LabelError, InputError
        If a name is unknown, or imports are asked for without a country.
    """
    if of == "imports" and country is None:
        raise InputError("the concentration of imports needs a country; expected country='USA' or the like")
    if of in ("production", "reserves"):
        answer = (
            quantities.production(commodity, year=year, stage=stage, store=store)
            if of == "production"
            else quantities.reserves(commodity, stage=stage, store=store)
        )
        groups = _by(answer, ("stage", "form", "year", "source", "release"), "country", "value")
    elif of in ("exports", "imports"):
        answer = trade.trade(
            commodity, importer=country if of == "imports" else None, year=year or _last_trade_year(commodity, stage, store),
            by="exporter", stage=stage, beside=False, store=store,
        )  # fmt: skip
        groups = _by(answer, ("stage", "code", "year", "source", "release"), "exporter", "value_usd")
    else:
        raise InputError(f"of must be production, reserves, exports or imports, not {of!r}")
    records = []
    for (stage_id, form, when, source, release), amounts in groups.items():
        largest = max(amounts, key=lambda c: (amounts[c], c))
        total = sum(amounts.values())
        records.append(
            {
                "commodity": answer.about.values["commodity"], "of": of, "stage": stage_id, "form": form, "year": when,
                "hhi": indicators.hhi(amounts.values()), "suppliers": len(amounts), "largest": largest,
                "largest_share": amounts[largest] / total, "source": source, "release": release,
            }
        )  # fmt: skip
    return table_of(Note("hhi", {**answer.about.values, "of": of, "country": country}), records, HHI_COLUMNS, answer.notes)


def years_of_reserves(commodity: str, *, country: CountriesLike = None, top: int | None = None, store: Store | None = None) -> Table:
    """Reserves over a year's output, as the U.S. Geological Survey prints both in its newest release.

    The figures are of one release, one form and one mass basis; where a basis differs there is no ratio.

    Returns
    -------
    Table
        Columns `YEARS_COLUMNS`; years_of_reserves is empty where output is zero, not printed, or on another basis.
    """
    held = quantities.reserves(commodity, country=country, top=top, release=None if country is None else "all", store=store)
    newest = max((r["release"] for r in held.records()), default="")
    asked = selection.market(commodity).commodity
    made: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in quantities.rows_of("production", asked.id, store):
        if row["source"] == "usgs_mcs" and row["release"] == newest and row["stage"] == "mine" and row["value"] is not None:
            made[row["form"], row["mass_basis"], row["country"]] = row  # rows come by year: the last one stays
    records = []
    for row in held.records():
        if row["release"] != newest:
            continue
        output = made.get((row["form"], row["mass_basis"], row["country"]))
        ratio = row["value"] / output["value"] if output and output["value"] and row["value"] is not None else None
        records.append(
            {
                **row, "reserves": row["value"], "reserves_unit": row["unit"], "production": output["value"] if output else None,
                "production_year": output["year"] if output else None, "years_of_reserves": ratio,
            }
        )  # fmt: skip
    return table_of(Note("years_of_reserves", held.about.values), records, YEARS_COLUMNS, held.notes)


def compare(
    commodity: str,
    *,
    of: Literal["production", "capacity", "reserves"] = "production",
    country: CountriesLike = None,
    year: YearsLike = None,
    stage: str | None = None,
    store: Store | None = None,
) -> Table:
    """The same figure in every release and source that prints it.

    Returns
    -------
    Table
        Columns `COMPARE_COLUMNS`, by country and year; difference_from_first is relative to the first row of the country and year
        (of the country, for reserves).
    """
    if of == "production":
        answer = quantities.production(commodity, country=country, year=year, stage=stage, release="all", store=store)
    elif of == "capacity":
        answer = quantities.capacity(commodity, country=country, year=year, stage=stage, release="all", store=store)
    elif of == "reserves":
        answer = quantities.reserves(commodity, country=country, stage=stage, release="all", store=store)
    else:
        raise InputError(f"of must be production, capacity or reserves, not {of!r}")
    records = sorted(
        answer.records(), key=lambda r: (r["stage"], r["form"], r["mass_basis"], r["country"], r["year"], r["source"], r["release"])
    )
    first: dict[tuple[Any, ...], float] = {}
    for r in records:
        what = (r["stage"], r["form"], r["mass_basis"], r["country"], None if of == "reserves" else r["year"])
        if r["value"]:
            first.setdefault(what, r["value"])
        r["difference_from_first"] = r["value"] / first[what] - 1 if r["value"] is not None and what in first else None
    return table_of(Note("compare", {**answer.about.values, "of": of}), records, COMPARE_COLUMNS, answer.notes)


def _by(answer: Table, keys: tuple[str, ...], country: str, amount: str) -> dict[tuple[Any, ...], dict[str, float]]:
    groups: dict[tuple[Any, ...], dict[str, float]] = defaultdict(dict)
    for r in answer.records():
        if r[amount] and r[country] not in (quantities.WORLD, quantities.OTHERS):
            groups[tuple(r[k] for k in keys)][r[country]] = float(r[amount])
    return dict(groups)


def _last_trade_year(commodity: str, stage: str | None, store: Store | None) -> int | None:
    found = trade.trade(commodity, by="total", stage=stage, beside=False, store=store)
    return max(found.column("year"), default=None)
