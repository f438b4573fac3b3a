"""The minerals that the sources list for a country: output and reserves at the mine, and what the output fetches at world prices.

What a source counts (iron in ore, TiO2 in concentrate) is seldom what has a price (fines with 62% Fe, a tonne of ilmenite). The table
`data/output_prices.csv` says for each mass basis which price is used and how many of the priced units a unit of output stands for: a low, a
middle and a high figure, most of them assumptions marked as such. What has no row there has no price here and is left out of every sum, by
name. Output of later stages (pig iron, steel, silicon) is not counted: its mineral would be counted twice.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from maadin import labels
from maadin.facts import catalogue
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of

Record = dict[str, Any]
Of = Literal["production", "reserves"]
ALL = frozenset(map(labels.key, ("all", "all minerals", "minerals", "كل المعادن", "جميع المعادن", "المعادن")))
NOT_LISTED = "not_listed"
OLDEST_PRICE = 3  # years that a price may be older than the output it values
MINERAL_COLUMNS = (
    "country", "commodity", "group", "of", "form", "mass_basis", "year", "value", "unit", "status", "quality", "value_low_share", "value_high_share",
    "is_latest", "source", "release", "value_printed", "note",
)  # fmt: skip
WORTH_COLUMNS = (
    "country", "commodity", "group", "form", "mass_basis", "year", "value", "unit", "status", "item", "price", "price_unit", "price_year", "price_source",
    "price_release", "usd_low", "usd", "usd_high", "counted", "source", "release", "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutputPrice:
    """Which price values a unit of output, and how.

    Attributes
    ----------
    price_source, item, basis, price_unit : str
        The price, as in the table of prices.
    low, middle, high : float
        Priced units that a unit of output stands for.
    why : str
        Reason; "assumption" where it is one.
    """

    price_source: str
    item: str
    basis: str
    price_unit: str
    low: float
    middle: float
    high: float
    why: str


@lru_cache(maxsize=1)
def output_prices() -> dict[tuple[str, str, str], OutputPrice]:
    """Prices by commodity, mass basis and form."""
    text = (resources.files("maadin.policy") / "data" / "output_prices.csv").read_text("utf-8")
    return {
        (r["commodity"], r["mass_basis"], r["form"]): OutputPrice(
            r["price_source"], r["item"], r["basis"], r["price_unit"], float(r["low"]), float(r["middle"]), float(r["high"]), r["why"]
        )
        for r in csv.DictReader(text.splitlines())
    }


def wanted(names: Sequence[str]) -> tuple[bool, tuple[str, ...]]:
    """Whether all minerals are asked for, and the ids of those named.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    named = [n for n in names if labels.key(n) not in ALL]
    return len(named) < len(names), tuple(catalogue.commodity(n).id for n in named)


def listed(
    codes: Sequence[str], names: Sequence[str] = ("all",), *, share: tuple[float, float] | None = None, store: Store | None = None
) -> Table:
    """Output and reserves at the mine that the sources print for some countries.

    Parameters
    ----------
    codes : sequence of str
        Countries, by code.
    names : sequence of str
        Commodities; "all" for all that are listed. A named one has a row even if a source does not list it.
    share : (low, high), optional
        Share of the figures that is asked about.
    store : Store, optional
        Tables to ask.

    Returns
    -------
    Table
        Columns `MINERAL_COLUMNS`: the last figure that each source prints; is_latest is False where its newest table no longer lists the
        country. value_low_share and value_high_share only with a share.
    """
    opened = store or default_store()
    rows = [r for of in ("production", "reserves") for r in _rows(of, codes, names, opened)]
    for row in rows:
        if share is not None and row["value"] is not None:
            row["value_low_share"], row["value_high_share"] = (row["value"] * part for part in share)
    about = Note("minerals_listed", {"countries": tuple(codes), "commodities": tuple(names), "share": share})
    notes = [Note("no_share_given" if share is None else "share_is_stated")]
    if dropped := sorted({r["commodity"] for r in rows if not r["is_latest"]}):
        notes.append(Note("no_longer_listed", {"commodities": tuple(dropped)}))
    if absent := sorted({r["commodity"] for r in rows if r["status"] == NOT_LISTED}):
        notes.append(Note("not_listed_is_no_zero", {"commodities": tuple(absent)}))
    return table_of(
        about, sorted(rows, key=lambda r: (r["country"], r["commodity"], r["of"], r["source"], r["form"])), MINERAL_COLUMNS, notes
    )


def worth(codes: Sequence[str], names: Sequence[str] = ("all",), *, of: Of = "production", store: Store | None = None) -> Table:
    """What a year's output would fetch at world prices of its year, or the gross value of reserves in the ground.

    Returns
    -------
    Table
        Columns `WORTH_COLUMNS`, a row a figure. `counted` marks the rows that make up the country's middle sum: one source a commodity, World
        Mining Data before the U.S. Geological Survey, and one mass basis. Reserves always come with the note `in_ground_is_not_worth`.
    """
    opened = store or default_store()
    figures = [r for r in _rows(of, codes, names, opened) if r["is_latest"]]
    prices = _annual_prices((r["commodity"] for r in figures), opened)
    rows = [_valued(row, prices) for row in figures]
    _mark_counted(rows)
    about = Note(
        "output_at_world_prices" if of == "production" else "in_ground_gross_value",
        {"countries": tuple(codes), "commodities": tuple(names)},
    )
    notes = [Note("world_prices_are_not_mine_prices")] if of == "production" else [Note("in_ground_is_not_worth")]
    if unpriced := sorted({r["commodity"] for r in rows if r["status"] == "no_price"}):
        notes.append(Note("no_price_for", {"commodities": tuple(unpriced)}))
    ordered = sorted(rows, key=lambda r: (r["country"], -(r["usd"] or 0.0), r["commodity"], r["source"]))
    made = table_of(about, ordered, WORTH_COLUMNS, notes)
    priced = {(r["price_source"], r["price_release"]) for r in rows if r.get("price_source")}
    return replace(made, sources=tuple(sorted({*made.sources, *priced})))


def total(table: Table, groups_out: Iterable[str] = ()) -> tuple[float, float, float]:
    """Low, middle and high sum of a table of `worth`, in USD.

    The middle is the sum of the counted rows; low and high take for each commodity the lowest and highest that a source gives.
    """
    left_out = set(groups_out)
    by_source: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(dict)
    middle = 0.0
    for row in table.records():
        if row["usd"] is None or row["group"] in left_out or row["counted"] is None:
            continue
        sums = by_source[row["country"], row["commodity"]].setdefault(row["source"], [0.0, 0.0])
        sums[0] += row["usd_low"]
        sums[1] += row["usd_high"]
        middle += row["usd"] if row["counted"] else 0.0
    low = sum(min(s[0] for s in sources.values()) for sources in by_source.values())
    return low, middle, sum(max(s[1] for s in sources.values()) for sources in by_source.values())


_FIELDS = (
    "country", "commodity", "stage", "form", "mass_basis", "year", "value", "unit", "status", "quality", "source", "release", "value_printed", "note",
)  # fmt: skip


def _rows(of: str, codes: Sequence[str], names: Sequence[str], store: Store) -> list[Record]:
    """Figures at the mine of each source's last year and release for a country, and what is named but not listed.

    `is_latest` tells those of the source's newest table; a country may have dropped out of it.
    """
    everything, named = wanted(names)
    query = f"""with latest as (
            select *, max(year) over tables as last_year, max(release) over (partition by commodity, source, year) as last_release,
                max(release) over tables as newest_release
            from {of} where stage = 'mine' and ($everything or list_contains($named, commodity)) window tables as (partition by commodity, source))
        select {", ".join(_FIELDS)}, year = last_year and release = {"last_release" if of == "production" else "newest_release"}
        from latest where list_contains($codes, country)
        qualify year = max(year) over (partition by country, commodity, source)
        and release = max(release) over (partition by country, commodity, source, year)"""
    asked = {"codes": list(codes), "everything": everything, "named": list(named)}
    rows: list[Record] = [dict(zip((*_FIELDS, "is_latest"), r, strict=True)) for r in store.rows(query, asked)]
    have = {(r["country"], r["commodity"], r["source"]) for r in rows}
    for commodity, source, year, release, unit in store.rows(_NEWEST.format(of=of), [list(named)]):
        blank = {
            **dict.fromkeys(_FIELDS),
            "stage": "mine",
            "form": "",
            "mass_basis": "",
            "value_printed": "",
            "note": "",
            "is_latest": True,
        }
        told = {"commodity": commodity, "source": source, "year": year, "release": release, "unit": unit, "status": NOT_LISTED}
        rows += [{**blank, **told, "country": code} for code in codes if (code, commodity, source) not in have]
    known = catalogue.commodities()
    return [{**r, "of": of, "group": known[r["commodity"]].group if r["commodity"] in known else ""} for r in rows]


_NEWEST = """select commodity, source, max(year), max(release), any_value(unit) from {of}
    where stage = 'mine' and list_contains($1, commodity) group by commodity, source order by commodity, source"""


def _valued(row: Record, prices: Sequence[Record]) -> Record:
    """A figure with the price that values it and what it comes to."""
    done: Record = {**row, "usd_low": None, "usd": None, "usd_high": None, "counted": False}
    if row["value"] is None or row["value"] == 0:
        return {**done, "usd_low": row["value"], "usd": row["value"], "usd_high": row["value"]}
    price = output_prices().get((row["commodity"], row["mass_basis"], row["form"]))
    found = _price(price, row["commodity"], row["year"], prices) if price else None
    if price is None or found is None:
        return {**done, "status": "no_price", "why": "no price of what is counted here"}
    amount = found["usd_per_tonne" if price.price_unit == "USD/t" else "value"]
    worths = {
        name: row["value"] * amount * factor for name, factor in (("usd_low", price.low), ("usd", price.middle), ("usd_high", price.high))
    }
    return {
        **done, **worths, "status": "valued", "item": price.item, "price": amount, "price_unit": price.price_unit, "price_year": found["year"],
        "price_source": price.price_source, "price_release": found["release"], "why": price.why,
    }  # fmt: skip


_PRICE_FIELDS = ("commodity", "source", "item", "basis", "unit", "year", "value", "usd_per_tonne", "release")


def _annual_prices(commodities: Iterable[str], store: Store) -> list[Record]:
    """Annual prices of some commodities, newest first."""
    query = f"""select {", ".join(_PRICE_FIELDS)} from prices where month is null and list_contains($1, commodity)
        order by year desc, release desc"""
    return [dict(zip(_PRICE_FIELDS, r, strict=True)) for r in store.rows(query, [sorted(set(commodities))])]


def _price(price: OutputPrice, commodity: str, year: int, prices: Sequence[Record]) -> Record | None:
    """The price of a year, or of the nearest earlier one."""
    for r in prices:
        same_basis = r["basis"] == price.basis or (price.basis == "nominal" and r["basis"].startswith("nominal"))
        same = (r["commodity"], r["source"], r["item"]) == (commodity, price.price_source, price.item) and same_basis
        amount = r["usd_per_tonne"] if price.price_unit == "USD/t" else r["value"] if r["unit"] == price.price_unit else None
        if same and amount is not None and year - OLDEST_PRICE <= r["year"] <= year:
            return r
    return None


def _mark_counted(rows: list[Record]) -> None:
    """Mark one source and mass basis a commodity; rows of another basis of the same source are in no sum (counted None)."""
    ranks = {key[:2]: at for at, key in reversed(list(enumerate(output_prices())))}
    bases: dict[tuple[str, str, str], str] = {}
    sources: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["usd"] is None:
            continue
        group = (row["country"], row["commodity"], row["source"])
        rank = ranks.get((row["commodity"], row["mass_basis"]), len(ranks))
        if group not in bases or rank < ranks.get((row["commodity"], bases[group]), len(ranks)):
            bases[group] = row["mass_basis"]
        sources[group[:2]] = max(row["source"], sources.get(group[:2], ""))  # "wmd" comes after "usgs_mcs"
    for row in rows:
        basis = bases.get((row["country"], row["commodity"], row["source"]))
        if basis not in (None, row["mass_basis"]):
            row["counted"] = None
            row["status"] = "counted_otherwise" if row["status"] == "no_price" else row["status"]
        elif row["usd"] is not None:
            row["counted"] = row["source"] == sources[row["country"], row["commodity"]]
