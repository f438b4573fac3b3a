"""Tables of a path: the country that acts and the world by year, countries in the last year, reserves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maadin.facts import regions
from maadin.report import path_effects
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import cells
from maadin.report.layout.path_cells import change, figure, percents, rank
from maadin.report.layout.simulation import View
from maadin.report.path_effects import effect
from maadin.report.sheets import Block, Column, column, text_column
from maadin.report.words import joined, phrase

if TYPE_CHECKING:
    from maadin.experiments.path_outcome import PathOutcome

RESERVES = 8


def by_year(o: PathOutcome, view: View, rows: int) -> Block:
    """Levels and changes by year: of the country that acts, and the world."""
    language, years = view.language, path_effects.shown_years(o.years, rows)
    acting = (view.only or path_effects.acting(o))[:1]
    use = [effect(o, "world_use_t", y).without.median for y in years]
    about = "output_t" if path_effects.is_about_supply(o) or not acting else "imports_t"
    own = [effect(o, about, y, acting[0]) for y in years] if acting else []
    tonnes = in_tonnes([e.with_.median for e in own] or use, language)
    world_tonnes = tonnes if not own else in_tonnes(use, language)

    def made(stacked: bool) -> list[Column]:
        columns = [text_column("year", [str(y) for y in years], language)]
        columns.append(
            Column(
                joined((phrase("heads", "path_use", language), world_tonnes.unit), language),
                [world_tonnes.plain(u) for u in use],
                minor=True,
            )
        )
        if own:
            head = phrase(
                "heads",
                "path_without" if about == "output_t" else "path_imports_without",
                language,
                country=regions.name(acting[0], language),
            )
            columns.append(Column(head, [tonnes.plain(e.without.median) for e in own]))
            columns.append(column("path_change", [figure(e.difference, tonnes, stacked) for e in own], language))
        if own and about == "output_t":
            columns.append(column("path_rank", [rank(effect(o, "output_rank", y, acting[0])) for y in years], language))
        elif own:
            prices = [effect(o, "price_use_usd_per_t", y, acting[0]).relative for y in years]
            columns.append(column("path_price_to_users", percents(prices, language, stacked), language))
        for head, name in (("path_world_price", "world_price_usd_per_t"), ("path_world_output", "world_output_t")):
            columns.append(column(head, percents([effect(o, name, y).relative for y in years], language, stacked), language))
        return columns

    return Block(phrase("captions", "path_years", language, unit=tonnes.unit), view.columns(made))


def world(o: PathOutcome, view: View, rows: int) -> Block:
    """The world by year."""
    language, years = view.language, path_effects.shown_years(o.years, rows)
    use = [effect(o, "world_use_t", y).without.median for y in years]
    welfare = [effect(o, "world_welfare_change_usd", y).difference for y in years]
    tonnes, dollars = in_tonnes(use, language), in_dollars([w.median for w in welfare], language)

    def made(stacked: bool) -> list[Column]:
        columns = [text_column("year", [str(y) for y in years], language), column("path_use", [tonnes.plain(u) for u in use], language)]
        for head, name in (("path_world_price", "price_usd_per_t"), ("path_world_output", "output_t"), ("path_world_trade", "trade_t")):
            columns.append(column(head, percents([effect(o, f"world_{name}", y).relative for y in years], language, stacked), language))
        columns.append(column("path_welfare_year", [figure(w, dollars, stacked) for w in welfare], language))
        return columns

    return Block(phrase("captions", "path_world", language, unit=tonnes.unit, money=dollars.unit), view.columns(made))


def countries(o: PathOutcome, view: View, rows: int) -> Block:
    """Output, use and price in one year, and welfare over all years."""
    language, shown = view.language, path_effects.shown_countries(o, view.rows(rows), view.only)
    if not shown:
        return Block("", [], [phrase("says", "path_nothing", language)])
    figures = {name: [effect(o, name, country=c) for c in shown] for name in ("output_t", "use_t", "imports_t", "price_use_usd_per_t")}
    welfare = [effect(o, "welfare_discounted_usd", country=c).difference for c in shown]
    tonnes = in_tonnes([e.difference.median for name in ("output_t", "use_t") for e in figures[name]], language)
    dollars = in_dollars([w.median for w in welfare], language)

    def made(stacked: bool) -> list[Column]:
        columns = [cells.names("country", shown, language)]
        for head, name in (("own_output", "output_t"), ("used", "use_t"), ("imported", "imports_t")):
            columns.append(column(head, [change(e, tonnes, language, stacked) for e in figures[name]], language, minor=name == "imports_t"))
        columns.insert(
            3, column("price_to_users", percents([e.relative for e in figures["price_use_usd_per_t"]], language, stacked), language)
        )
        columns.insert(4, column("path_welfare_sum", [figure(w, dollars, stacked) for w in welfare], language))
        return columns

    return Block(
        phrase("captions", "path_countries", language, year=path_effects.telling_year(o), unit=tonnes.unit, money=dollars.unit),
        view.columns(made),
    )


def reserves(o: PathOutcome, view: View) -> list[Block]:
    """Reserves of the countries that use most of theirs, and what is left."""
    language = view.language
    listed = np.flatnonzero(o.reserves.tonnes > 0)
    left = {path: o.results["reserves_left_t"].sel(path=path, year=o.horizon, statistic="median").values for path in ("without", "with")}
    if not len(listed):
        return []
    acting = [o.market.position(c) for c in path_effects.acting(o) if np.isfinite(o.reserves.tonnes[o.market.position(c)])]
    order = listed[np.argsort(left["without"][listed] / o.reserves.tonnes[listed], kind="stable")]
    shown = list(dict.fromkeys([*acting, *order.tolist()]))[:RESERVES]
    tonnes = in_tonnes(o.reserves.tonnes[shown].tolist(), language)
    columns = [
        cells.names("country", [o.market.countries[at] for at in shown], language),
        column("path_listed", [tonnes.plain(o.reserves.tonnes[at]) for at in shown], language),
        *(
            Column(phrase("heads", f"path_left_{path}", language, year=o.horizon), [tonnes.plain(levels[at]) for at in shown])
            for path, levels in left.items()
        ),
    ]
    return [Block(cells.caption((phrase("captions", "path_reserves", language), tonnes.unit)), columns)]
