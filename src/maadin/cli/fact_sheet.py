"""The fact sheet: the questions an analyst asks first about a commodity, answered one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maadin.facts import selection
from maadin.facts.ask import derived, measures, prices, quantities, reliance, trade
from maadin.facts.table import Table
from maadin.report import layout, terminal
from maadin.report.words import Language


def show(commodity: str, language: Language) -> None:
    """Print the sheet of one commodity."""
    asked = selection.market(commodity).commodity.id
    console = terminal.console()
    for answer in answers(asked):
        terminal.show(layout.lay_out(answer, language), console)
        console.rule(style="dim")


def answers(commodity: str) -> Iterator[Table]:
    """What the sheet shows; questions without an answer are left out."""
    last = max(quantities.production(commodity).column("year"), default=0)
    recent = f"{last - 4}-{last}"
    asked: tuple[Callable[[], Table], ...] = (
        lambda: quantities.production(commodity, year=f"{last - 2}-{last}", top=8),
        lambda: quantities.reserves(commodity, top=8),
        lambda: derived.years_of_reserves(commodity, top=5),
        lambda: trade.trade(commodity, top=6),
        lambda: trade.trade(commodity, importer="USA", top=6),
        lambda: reliance.reliance(commodity, year=recent),
        lambda: derived.hhi(commodity),
        lambda: prices.prices(commodity, year=recent),
        lambda: measures.measures(commodity),
    )
    for question in asked:
        answer = question()
        if answer.rows:
            yield answer
