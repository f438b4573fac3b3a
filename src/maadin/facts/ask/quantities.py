"""Production, capacity and reserves by country, with shares and ranks.

Shares are of the world total the source prints, or of the sum of its countries where it prints none. Ranks count countries only; equal
figures share a rank. Asking for a country that a source does not list gives a row with the status `not_listed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any, Literal

from maadin.errors import InputError
from maadin.facts import regions, selection
from maadin.facts.catalogue import Stage
from maadin.facts.selection import CountriesLike, YearsLike
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of
from maadin.indicators import competition_ranks

Kind = Literal["production", "capacity", "reserves"]
Record = dict[str, Any]

WORLD, OTHERS = "WLD", "OTH"
NOT_LISTED = "not_listed"
COLUMNS = (
    "commodity", "stage", "form", "mass_basis", "country", "country_name", "year", "value", "low", "high", "unit", "share",
    "rank", "status", "quality", "source", "release", "value_printed", "unit_printed", "note",
)  # fmt: skip
_STORED = tuple(c for c in COLUMNS if c not in ("country_name", "share", "rank"))


def production(
    commodity: str,
    *,
    country: CountriesLike = None,
    year: YearsLike = None,
    stage: str | None = None,
    source: str | None = None,
    release: str | None = None,
    top: int | None = None,
    store: Store | None = None,
) -> Table:
    """Output by country and year, every source side by side.

    Parameters
    ----------
    commodity : str
        Any name in English or Arabic, or a traded code.
    country : str or list of str, optional
        Countries or groups; all without it.
    year : int, str or sequence, optional
        Years; the last one of each source without it.
    stage : str, optional
        mine, intermediate, refined or product; all that have figures without it.
    source : str, optional
        "wmd" or "usgs_mcs".
    release : str, optional
        One release, such as "MCS 2024", or "all"; without it the newest release that prints the year.
    top : int, optional
        The largest countries only.
    store : Store, optional
        Tables to ask; the shipped and imported ones without it.

    Returns
    -------
    Table
        Columns `COLUMNS`; value, low and high in `unit`, share between 0 and 1.

    Raises
    ------
    LabelError
        If a name is unknown.
    """
    return _asked("production", commodity, country, year, stage, source, release, top, store)


def capacity(
    commodity: str,
    *,
    country: CountriesLike = None,
    year: YearsLike = None,
    stage: str | None = None,
    release: str | None = None,
    top: int | None = None,
    store: Store | None = None,
) -> Table:
    """Printed production capacity by country and year; see `production` for the parameters."""
    return _asked("capacity", commodity, country, year, stage, None, release, top, store)


def reserves(
    commodity: str,
    *,
    country: CountriesLike = None,
    stage: str | None = None,
    release: str | None = None,
    top: int | None = None,
    store: Store | None = None,
) -> Table:
    """Reserves by country and release of the source; see `production` for the parameters.

    Without a release: every release when countries are named, else the newest.
    """
    wanted = release or ("all" if country is not None else None)
    return _asked("reserves", commodity, country, None, stage, None, wanted, top, store)


def _asked(
    kind: Kind,
    commodity: str,
    country: CountriesLike,
    year: YearsLike,
    stage: str | None,
    source: str | None,
    release: str | None,
    top: int | None,
    store: Store | None,
) -> Table:
    asked = selection.market(commodity, stage).commodity
    wanted_years = selection.years(year)
    wanted = selection.countries(country, wanted_years[-1] if wanted_years else None)
    if top is not None and top < 1:
        raise InputError(f"top must be at least 1, not {top}")
    everything = rows_of(kind, asked.id, store)
    kept = [r for r in everything if (stage in (None, r["stage"])) and (source in (None, r["source"]))]
    if release not in (None, "all"):
        _check_release(release or "", kept or everything)
        kept = [r for r in kept if r["release"].casefold() == (release or "").casefold()]
    elif release is None:
        kept = _newest(kind, kept)
    if wanted_years is not None:
        kept = [r for r in kept if r["year"] in wanted_years]
    elif kind != "reserves":
        kept = _last_year(kept)
    ranked = [r for group in _groups(kept) for r in _with_shares(group)]
    notes = _notes(kind, asked.stage(stage), ranked, everything)
    chosen = _choose(ranked, wanted, top)
    about = Note(kind, {"commodity": asked.id, "stage": stage, "years": wanted_years, "countries": wanted, "top": top})
    return table_of(about, chosen, COLUMNS, notes)


def rows_of(kind: Kind, commodity: str, store: Store | None = None) -> list[Record]:
    """All rows of one commodity as records, in a fixed order."""
    query = f"""select {", ".join(_STORED)} from {kind} where commodity = ?
        order by source, release, stage, form, mass_basis, year, country"""
    found = (store or default_store()).rows(query, [commodity])
    return [dict(zip(_STORED, row, strict=True)) for row in found]


def _series_key(row: Record) -> tuple[str, ...]:
    return (row["source"], row["stage"], row["form"], row["mass_basis"])


def _newest(kind: Kind, rows: list[Record]) -> list[Record]:
    """Only the newest release: of each year for output and capacity, of the whole table for reserves (a stock, restated every time)."""

    def what(row: Record) -> tuple[Any, ...]:
        return (row["source"],) if kind == "reserves" else (row["source"], row["stage"], row["year"])

    newest: dict[tuple[Any, ...], str] = {}
    for r in rows:
        newest[what(r)] = max(newest.get(what(r), ""), r["release"])
    return [r for r in rows if r["release"] == newest[what(r)]]


def _last_year(rows: list[Record]) -> list[Record]:
    last: dict[tuple[str, ...], int] = {}
    for r in rows:
        last[_series_key(r)] = max(last.get(_series_key(r), 0), r["year"])
    return [r for r in rows if r["year"] == last[_series_key(r)]]


def _group_key(row: Record) -> tuple[Any, ...]:
    return (*_series_key(row), row["year"], row["release"])


def _groups(rows: Iterable[Record]) -> list[list[Record]]:
    return [list(group) for _, group in groupby(sorted(rows, key=_group_key), key=_group_key)]


def _with_shares(group: list[Record]) -> list[Record]:
    """The rows of one table of the source, largest first, with share of the world and rank."""
    single = [r for r in group if _is_country(r["country"])]
    world = next((r["value"] for r in group if r["country"] == WORLD and r["value"]), None)
    total = world if world is not None else sum(r["value"] or 0.0 for r in group if r["country"] != WORLD)
    ranks = dict(zip(map(id, single), competition_ranks(r["value"] for r in single), strict=True))
    done = [
        {
            **r,
            "country_name": regions.name(r["country"], "en"),
            "share": r["value"] / total if r["value"] is not None and total else None,
            "rank": ranks.get(id(r)),
        }
        for r in group
    ]
    return sorted(done, key=lambda r: (r["rank"] is None, r["country"] in (WORLD, OTHERS), r["rank"] or 0, r["country"]))


def _is_country(code: str) -> bool:
    return code not in (WORLD, OTHERS) and "+" not in code


def _choose(rows: list[Record], wanted: Sequence[str] | None, top: int | None) -> list[Record]:
    """The rows asked for; a wanted country that a table does not list becomes a row that says so."""
    chosen: list[Record] = []
    for group in (list(g) for _, g in groupby(rows, key=_group_key)):
        if wanted is None:
            chosen += group if top is None else [r for r in group if _within(top)(r) or r["country"] == WORLD]
            continue
        listed = {r["country"]: r for r in group}
        found = [listed[c] if c in listed else _not_listed(group, c) for c in wanted]
        if len(wanted) > 8:  # a group of countries: only those the source lists
            found = [r for r in found if r["status"] != NOT_LISTED]
        found.sort(key=lambda r: (r["rank"] is None, r["rank"] or 0))
        chosen += found if top is None else found[:top]
    return chosen


def _within(top: int) -> Callable[[Record], bool]:
    return lambda r: r["rank"] is not None and r["rank"] <= top


def _not_listed(group: list[Record], country: str) -> Record:
    like = group[0]
    same = ("commodity", "stage", "form", "mass_basis", "year", "unit", "source", "release")
    listed = sum(_is_country(r["country"]) for r in group)
    return {
        **dict.fromkeys(COLUMNS),
        **{c: like[c] for c in same},
        "country": country,
        "country_name": regions.name(country, "en"),
        "status": NOT_LISTED,
        "value_printed": "",
        "unit_printed": "",
        "note": f"{like['release']} lists {listed} countries here, not this one",
    }


def _notes(kind: Kind, stage: Stage, rows: list[Record], everything: list[Record]) -> list[Note]:
    notes = []
    if not everything:
        notes.append(Note("no_table", {"kind": kind}))
    elif not rows:
        notes.append(Note("no_rows", {"years": sorted({r["year"] for r in everything})}))
    if any(r["country"] == WORLD and r["status"] == "at_least" for r in rows):
        notes.append(Note("world_is_lower_bound"))
    if any(r["country"] == WORLD for r in rows) and len({r["source"] for r in rows}) > 1:
        notes.append(Note("sources_differ"))
    if kind == "reserves" and len({r["release"] for r in rows}) > 1:
        notes.append(Note("reserves_are_revised"))
    return notes


def _check_release(release: str, rows: list[Record]) -> None:
    known = sorted({r["release"] for r in rows})
    if release.casefold() not in {k.casefold() for k in known}:
        raise InputError(f"there is no release {release!r} for this commodity; expected one of {', '.join(known) or 'none'}")
