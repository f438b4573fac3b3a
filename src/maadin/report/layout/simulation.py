"""A simulation as a reader sees it: what is done, prices and quantities, who gains and loses, routes, limits, then what is assumed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maadin.facts import regions
from maadin.policy.outcome import OTHER_CODES
from maadin.report import effects, scenario_words, words
from maadin.report.effects import Figure
from maadin.report.intervals import NONE, Amounts, bare, interval, joined_cell, percent_decimals, signed, width_of
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import assumptions, cells
from maadin.report.layout.limits import limits
from maadin.report.numbers import fixed, number
from maadin.report.sheets import Block, Column, Sheet, column, text_column
from maadin.report.words import Language, joined, phrase

if TYPE_CHECKING:
    from maadin.policy.outcome import Outcome
    from maadin.policy.scenario import Scenario

GAP = 2  # characters between columns
ROWS = 30  # of a table shown alone
TELLING = 0.01  # of use: demand lost to the price that is worth a line
NEGLIGIBLE = 2e-4  # of the largest sum of a table
LARGE = 10.0  # relative changes beyond it say nothing; the interval is then in tonnes
_MONEY_HEADS = {  # what the page has no room for goes from the end
    "welfare_change_usd": "welfare", "consumer_surplus_change_usd": "consumer_surplus", "producer_surplus_change_usd": "producer_surplus",
    "quota_rent_usd": "quota_rent", "tariff_revenue_usd": "tariff_revenue", "support_cost_usd": "support_cost",
    "export_tax_revenue_usd": "export_tax_revenue", "re_export_margin_change_usd": "re_export_margin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """How an outcome is shown.

    Attributes
    ----------
    language : {"en", "ar"}
    width : int or None
        Characters of a line; None where there is no limit.
    only : list of str or None
        Countries that were asked for.
    top : int or None
        Rows that were asked for.
    command : str
        What gives the same result again.
    sampler : str
    """

    language: Language = "en"
    width: int | None = None
    only: Sequence[str] | None = None
    top: int | None = None
    command: str = ""
    sampler: str = "sobol"

    def columns(self, make: Callable[[bool], list[Column]]) -> list[Column]:
        """Columns with intervals beside their figures, or beneath them where a line is too short."""
        beside = make(False)
        needed = sum(max(map(width_of, (c.head, *c.cells))) for c in beside) + GAP * (len(beside) - 1)
        return beside if self.width is None or needed <= self.width else make(True)

    def rows(self, otherwise: int) -> int:
        """Rows of a table."""
        return self.top or (len(self.only) if self.only else otherwise)


def lay_out(o: Outcome, view: View | None = None, show: str = "summary") -> Sheet:
    """Arrange an outcome for reading.

    Parameters
    ----------
    o : Outcome
    view : View
    show : str
        summary, or countries, welfare, routes, limits, elasticities or assumptions alone.
    """
    view = view or View()
    language = view.language
    blocks = _SHOWN[show](o, view)
    sources = list(o.market.sources)
    if show in ("summary", "assumptions") and assumptions.held(o).rows:
        sources.append(("measures", ""))
    return Sheet(title(o, language), blocks, [], cells.source_line(dict.fromkeys(sources), language), language, _lead(o, view))


def title(o: Outcome, language: Language) -> str:
    """The scenario's name, or the market where the name is in the other language."""
    return scenario_title(o.scenario, language) or phrase(
        "titles", "simulation_market", language, market=words.market(o.market.commodity, o.market.stage, language), year=o.market.year
    )


def scenario_title(scenario: Scenario, language: Language) -> str:
    """The scenario's name; empty where it is in English and Arabic is asked for."""
    is_arabic = any("\u0600" <= letter <= "\u06ff" for letter in scenario.name)
    return scenario.name if language == "en" or is_arabic else ""


def scenario_lead(scenario: Scenario, language: Language, countries: Sequence[str] | None = None) -> list[str]:
    """What a scenario is and does."""
    said = [scenario.description.says(language)] if scenario.description else []
    said += scenario_words.measures(scenario.measures, language, countries)
    if scenario.source:
        said.append(phrase("lead", "announced", language, source=scenario.source.says(language)))
    return said


def _lead(o: Outcome, view: View) -> list[str]:
    """What the scenario is and does, in which market, and what the figures are."""
    b, language = o.market, view.language
    market = phrase(
        "lead", "simulated_market", language, market=words.market(b.commodity, b.stage, language), year=b.year,
        basis=words.mass_basis(b.mass_basis, language), horizon=phrase("horizons", o.scenario.elasticity_horizon, language),
    )  # fmt: skip
    said = [*scenario_lead(o.scenario, language, b.countries), market]
    if not o.draws:
        return [*said, phrase("lead", "one_solution", language)]
    said.append(phrase("lead", "medians", language, draws=number(o.draws, language)))
    if o.failed:
        said.append(phrase("lead", "failed", language, failed=number(o.failed, language), draws=number(o.draws, language)))
    return said


def _summary(o: Outcome, view: View) -> list[Block]:
    blocks = [*_quantities(o, view, effects.COUNTRIES), *_money(o, view, effects.COUNTRIES), *_routes(o, view, effects.ROUTES)]
    if o.counterfactual["limit"].size:
        blocks += _limits(o, view)
    return [*blocks, *_assumptions(o, view)]


def _assumptions(o: Outcome, view: View) -> list[Block]:
    return assumptions.blocks(o, view.language, view.command, view.sampler)


def _limits(o: Outcome, view: View) -> list[Block]:
    return limits(o, view.language, view.columns)


_SHOWN: dict[str, Callable[[Outcome, View], list[Block]]] = {
    "summary": _summary,
    "countries": lambda o, view: _quantities(o, view, ROWS, alone=True),
    "welfare": lambda o, view: _money(o, view, ROWS),
    "routes": lambda o, view: _routes(o, view, ROWS),
    "limits": _limits,
    "elasticities": lambda o, view: assumptions.all_elasticities(o.elasticities, view.language),
    "assumptions": _assumptions,
}


def _quantities(o: Outcome, view: View, rows: int, *, alone: bool = False) -> list[Block]:
    """Price, output, use and trade of the countries most affected; the world beneath."""
    language, shown = view.language, effects.shown_countries(o, view.rows(rows), view.only)
    if not shown:
        return [Block("", [], [phrase("says", "nothing_changes", language)])]
    heads = {"output_t": "own_output", "use_t": "used", "imports_t": "imported"}
    if o.market.kind == "imports_only":
        heads = {"exports_t": "exported", "imports_t": "imported"}
    elif alone:
        heads["exports_t"] = "exported"
    figures = {name: [of[c] for c in shown] for name in heads for of in [effects.by_country(o, name)]}
    tonnes = in_tonnes([f.change[0] for listed in figures.values() for f in listed], language)
    prices = [of[c] for of in [effects.by_country(o, "price_use_usd_per_t")] for c in shown]

    def made(stacked: bool) -> list[Column]:
        columns = [cells.names("country", shown, language), column("price_to_users", _percents(prices, language, stacked), language)]
        for name, head in heads.items():
            columns.append(column(head, _changes(figures[name], tonnes, language, stacked), language, minor=name == "exports_t"))
        return columns

    remarks = [_world(o, language), *_reliance(o, shown, language), *_lost(o, shown, language)]
    return [Block(phrase("captions", "prices_and_quantities", language, unit=tonnes.unit), view.columns(made), remarks)]


def _percents(figures: Sequence[Figure], language: Language, stacked: bool) -> list[str]:
    """Relative changes with their intervals; a dash where there is no level before."""
    decimals = percent_decimals(f.relative[0] for f in figures)
    return [_percent(f, decimals, language, stacked) for f in figures]


def _percent(figure: Figure, decimals: int, language: Language, stacked: bool = False) -> str:
    median, low, high = (100 * r for r in figure.relative)
    return (
        NONE
        if math.isnan(median)
        else joined_cell(f"{signed(median, decimals, language)}%", interval(low, high, decimals, language), stacked)
    )


def _changes(figures: Sequence[Figure], tonnes: Amounts, language: Language, stacked: bool) -> list[str]:
    """Changes in tonnes with their percentage and its interval."""
    decimals = percent_decimals(f.relative[0] for f in figures if abs(f.relative[0]) < LARGE)
    return [_change(f, tonnes, decimals, language, stacked) for f in figures]


def _change(figure: Figure, tonnes: Amounts, decimals: int, language: Language, stacked: bool) -> str:
    """One of them: a dash where there is nothing before and after, the interval in tonnes where there was next to nothing before."""
    if math.isnan(figure.median) or not (figure.before or figure.median):
        return NONE
    change = tonnes.signed(figure.change[0])
    if not abs(figure.relative[0]) < LARGE:
        return joined_cell(change, tonnes.interval(*figure.change[1:]), stacked)
    median, low, high = (100 * r for r in figure.relative)
    return joined_cell(f"{change} ({signed(median, decimals, language)}%)", interval(low, high, decimals, language), stacked)


def _world(o: Outcome, language: Language) -> str:
    """The world in a line."""
    figures = {name: effects.of_world(o, f"world_{name}") for name in ("output_t", "trade_t", "price_usd_per_t")}
    output, trade, price = (_percent(f, percent_decimals([f.relative[0]]), language) for f in figures.values())
    welfare = effects.of_world(o, "world_welfare_change_usd").change
    dollars = in_dollars(welfare, language)
    said = joined_cell(dollars.signed(welfare[0]), dollars.interval(*welfare[1:]), stacked=False)
    key = "world" if o.market.kind == "balanced" else "world_trade"
    return phrase("says", key, language, output=output, trade=trade, price=price, welfare=said, unit=dollars.unit)


def _reliance(o: Outcome, shown: Sequence[str], language: Language) -> list[str]:
    """Net import reliance of the first country that acts, and the part of its use from abroad with re-exports traced back."""
    country = next((c for c in effects.acting(o) if c in shown and c in o.origin_traced), None)
    if country is None or not all(math.isfinite(share) for share in o.origin_traced[country]):
        return []
    figure = effects.by_country(o, "net_import_reliance")[country]
    after = joined_cell(
        f"{bare(100 * figure.median, 1, language)}%", interval(100 * figure.low, 100 * figure.high, 1, language), stacked=False
    )
    before, traced = (f"{bare(100 * share, 1, language)}%" for share in o.origin_traced[country])
    said = phrase(
        "says", "reliance", language, country=regions.name(country, language), before=f"{bare(100 * figure.before, 1, language)}%", after=after,
        traced_before=before, traced_after=traced,
    )  # fmt: skip
    return [said]


def _lost(o: Outcome, shown: Sequence[str], language: Language) -> list[str]:
    """Demand lost to the price where it is a good part of use, and demand that nobody serves."""
    said = []
    use = effects.by_country(o, "use_t")
    for name, listed in (("priced_out", shown), ("unserved", o.market.countries)):
        figures = effects.by_country(o, f"{name}_t")
        least = TELLING if name == "priced_out" else 1e-6
        telling = sorted((c for c in listed if figures[c].median > least * use[c].before), key=lambda c: -figures[c].median)
        telling = [c for c in telling if figures[c].median > TELLING * figures[telling[0]].median]
        if telling:
            tonnes = in_tonnes([figures[c].median for c in telling], language)
            parts = [
                f"{regions.name(c, language)} "
                + joined_cell(f"{tonnes.plain(figures[c].median)} {tonnes.unit}", tonnes.interval(figures[c].low, figures[c].high), False)
                for c in telling[: effects.COUNTRIES]
            ]
            choke = fixed(o.scenario.choke, 0 if float(o.scenario.choke).is_integer() else 1, language)
            said.append(phrase("says", name, language, listed=joined(parts, language), choke=choke))
    return said


def _money(o: Outcome, view: View, rows: int) -> list[Block]:
    """Welfare and its parts; columns without any change are left out."""
    language, shown = view.language, effects.shown_countries(o, view.rows(rows), view.only)
    if not shown:
        return []
    figures = {name: [of[c] for c in shown] for name in _MONEY_HEADS for of in [effects.by_country(o, name)]}
    largest = max((abs(f.change[0]) for listed in figures.values() for f in listed if math.isfinite(f.change[0])), default=0.0)
    told = [name for name, listed in figures.items() if name == "welfare_change_usd" or any(_tells(f, largest) for f in listed)]
    dollars = in_dollars([largest], language)
    heads = {**_MONEY_HEADS, "quota_rent_usd": "offer_cost"} if _offers_only(o) else _MONEY_HEADS

    def made(stacked: bool) -> list[Column]:
        columns = [cells.names("country", shown, language)]
        for name in told:
            shown_cells = [_money_cell(f, dollars, largest, stacked) for f in figures[name]]
            columns.append(column(heads[name], shown_cells, language, minor=len(columns) > 2))
        return columns

    remarks = [phrase("says", "welfare_sum", language)] if o.draws else []
    if o.market.other_codes_t.any():
        remarks.append(phrase("says", "welfare_of_buyers_elsewhere", language))
    return [Block(phrase("captions", "money", language, unit=dollars.unit), view.columns(made), remarks)]


def _tells(figure: Figure, largest: float) -> bool:
    """Whether money is worth a cell beside the largest sum of its table."""
    return any(abs(c) > NEGLIGIBLE * largest for c in figure.change if math.isfinite(c))


def _money_cell(figure: Figure, dollars: Amounts, largest: float, stacked: bool) -> str:
    if math.isnan(figure.median):
        return NONE
    band = dollars.interval(*figure.change[1:]) if _tells(figure, largest) else ""
    shown = dollars.signed(figure.change[0])
    return joined_cell(shown, "" if shown == "0" and not any(d in band for d in "123456789") else band, stacked)


def _offers_only(o: Outcome) -> bool:
    return bool(o.counterfactual["limit"].size) and all(str(n).endswith(":supply_offer") for n in o.counterfactual["limit"].values)


def _routes(o: Outcome, view: View, rows: int) -> list[Block]:
    """Routes that lose and routes that gain, before and after."""
    language = view.language
    listed = effects.changed_routes(o, view.top or rows, view.only)
    if not listed:
        return []
    tonnes = in_tonnes([r.trade_t.change[0] for r in listed], language)
    columns = [
        cells.names("sender", [r.exporter for r in listed], language),
        text_column("receiver", [_receiver(r, language) for r in listed], language),
        column("before", [tonnes.plain(r.trade_t.before) for r in listed], language),
        column("after", [tonnes.plain(r.trade_t.median) for r in listed], language),
    ]
    if o.draws:
        columns.append(column("interval", [tonnes.interval(r.trade_t.low, r.trade_t.high) for r in listed], language))
    columns.append(column("change", [tonnes.signed(r.trade_t.change[0]) for r in listed], language))
    return [Block(phrase("captions", "changed_routes", language, unit=tonnes.unit), columns)]


def _receiver(route: effects.Route, language: Language) -> str:
    if route.exporter == route.importer:
        return phrase("words", "at_home", language)
    return phrase("words", "other_codes_abroad", language) if route.importer == OTHER_CODES else regions.name(route.importer, language)
