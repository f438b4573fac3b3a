"""Prices by year or month, each series with its own unit and, where it is per mass, in USD per tonne."""

from __future__ import annotations

from typing import Any

from maadin.facts import selection
from maadin.facts.selection import YearsLike
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of

COLUMNS = (
    "commodity", "item", "basis", "year", "month", "value", "low", "high", "unit", "usd_per_tonne", "status", "quality", "source",
    "release", "value_printed", "unit_printed", "note",
)  # fmt: skip


def prices(
    commodity: str,
    *,
    year: YearsLike = None,
    item: str | None = None,
    source: str | None = None,
    release: str | None = None,
    monthly: bool = False,
    store: Store | None = None,
) -> Table:
    """Prices of a commodity.

    Parameters
    ----------
    commodity : str
        Any name in English or Arabic.
    year : int, str or sequence, optional
        Years; the last ten without it.
    item : str, optional
        Part of the name of what is priced, such as "Nd2O3".
    source : str, optional
        "usgs_mcs" or "wb_pinksheet".
    release : str, optional
        One release or "all"; without it the newest one that prints the year.
    monthly : bool
        Months instead of years.
    store : Store, optional
        Tables to ask.

    Returns
    -------
    Table
        Columns `COLUMNS`: value in `unit`, usd_per_tonne where the price is per mass.

    Raises
    ------
    LabelError
        If the name is unknown.
    """
    asked = selection.market(commodity).commodity
    years = selection.years(year)
    query = f"""select {", ".join(COLUMNS)} from prices where commodity = $commodity and (month is not null) = $monthly
        order by source, item, basis, year, month, release"""
    opened = store or default_store()
    rows = [dict(zip(COLUMNS, r, strict=True)) for r in opened.rows(query, {"commodity": asked.id, "monthly": monthly})]
    kept = [r for r in rows if source in (None, r["source"]) and (item or "").casefold() in r["item"].casefold()]
    if release not in (None, "all"):
        kept = [r for r in kept if r["release"].casefold() == str(release).casefold()]
    elif release is None:
        kept = newest_release(kept, ("source", "item", "basis", "year", "month"))
    if years is None and kept:
        last = max(r["year"] for r in kept)
        years = tuple(range(last - (0 if monthly else 9), last + 1))
    kept = [r for r in kept if years is None or r["year"] in years]
    about = Note("prices", {"commodity": asked.id, "years": years, "monthly": monthly})
    notes = [] if kept else [Note("no_prices", {"commodity": asked.id})]
    return table_of(about, kept, COLUMNS, notes)


def newest_release(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Of the rows that say the same thing (equal keys), those of the newest release."""
    newest: dict[tuple[Any, ...], str] = {}
    for r in rows:
        what = tuple(r[k] for k in keys)
        newest[what] = max(newest.get(what, ""), r["release"])
    return [r for r in rows if r["release"] == newest[tuple(r[k] for k in keys)]]
