"""What is valued outside the market: what would make the sum of a fund, and the minerals that the sources list for a territory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from maadin.facts import regions
from maadin.facts.table import Note, Table
from maadin.policy import minerals
from maadin.policy.valued import FundValuation
from maadin.report import scenario_words, words
from maadin.report.intervals import Amounts
from maadin.report.intervals import dollars as in_dollars
from maadin.report.layout import cells
from maadin.report.layout.cells import Record
from maadin.report.layout.simulation import scenario_lead, scenario_title
from maadin.report.numbers import fixed, number, scale_for
from maadin.report.sheets import Block, Column, Sheet, column, text_column
from maadin.report.words import Language, phrase

if TYPE_CHECKING:
    from maadin.policy.scenario import Scenario
    from maadin.policy.valued import TerritoryListing

    Valuation = FundValuation | TerritoryListing

ROWS = 12  # of a valuation; those left out are in the sums
DROPPED = "†"
BILLIONS = 1e10  # sums from which billions are shown
_MARKS = {"e": "estimated", "p": "provisional"}
_ENOUGH = {"met": "enough", "partly": "enough_if_all_goes_well", "never": "not_enough"}


def lay_out(scenario: Scenario, valuations: Sequence[Valuation], language: Language = "en", top: int | None = None) -> Sheet:
    """Arrange the valuations of a scenario that does nothing in a market."""
    title = scenario_title(scenario, language)
    if not title:
        about = valuations[0].tables()[0].about
        title = phrase("titles", about.id, language, **scenario_words.filled(about, language))
    made = blocks(valuations, language, top)
    if scenario.assumes:
        said = [f"• {s.says(language)}" for s in scenario.assumes]
        made.append(Block(phrase("captions", "scenario_assumes", language), [], said))
    return Sheet(title, made, [], cells.source_line(sources(valuations), language), language, scenario_lead(scenario, language))


def blocks(valuations: Iterable[Valuation], language: Language, top: int | None = None) -> list[Block]:
    """The tables of valuations, the answers first."""
    made: list[Block] = []
    for valuation in valuations:
        if isinstance(valuation, FundValuation):
            made += _fund(valuation, language, top or ROWS)
        else:
            made.append(_listed(valuation.minerals, language))
    return made


def sources(valuations: Iterable[Valuation]) -> list[tuple[str, str]]:
    """Releases that the valuations use."""
    return sorted({used for valuation in valuations for table in valuation.tables() for used in table.sources})


def _fund(v: FundValuation, language: Language, top: int) -> list[Block]:
    about = scenario_words.filled(v.answers.about, language)
    rows = v.answers.records()
    made = [
        Block(phrase("captions", f"fund_{scope}", language, **about), _answers([r for r in rows if r["scope"] == scope], language))
        for scope in dict.fromkeys(r["scope"] for r in rows)
    ]
    made[-1].remarks.extend(_notes(v.answers.notes, language))
    absent = [n for n in v.minerals.notes if n.id == "not_listed_is_no_zero"]
    made.append(_worth(v.revenues, language, top, absent))
    made.append(_worth(v.in_ground, language, top))
    return made


def _notes(notes: Iterable[Note], language: Language) -> list[str]:
    return [scenario_words.note(n, language) for n in notes]


def _answers(rows: Sequence[Record], language: Language) -> list[Column]:
    """Questions down; what is asked in dollars in one unit, shares in percent."""
    dollars = in_dollars([r["high"] for r in rows if r["unit"] == "USD"], language, BILLIONS)
    asked = []
    for row in rows:
        unit = [dollars.unit] if row["unit"] == "USD" else []
        asked.append(words.joined([phrase("fund_asks", row["quantity"], language), *unit], language))
    ends = ("low", "lowest"), ("middle", "middle_of"), ("high", "highest")
    return [
        text_column("asked", asked, language),
        *(column(head, [_answer(r[end], r, dollars, language) for r in rows], language) for end, head in ends),
        text_column("answer", [phrase("answers", _status(r), language) for r in rows], language),
    ]


def _answer(value: float | None, row: Record, dollars: Amounts, language: Language) -> str:
    """A figure; one that no number of years or share reaches is a word."""
    if value is None:
        return phrase("words", "never_reached", language)
    if row["unit"] == "USD":
        return dollars.plain(value)
    if row["unit"] == "share":
        return f"{number(100 * value, language)}%"
    return fixed(value, 1 if value < 100 else 0, language)


def _status(row: Record) -> str:
    """The status of an answer as a reader asks it; what is simply computed has none."""
    if row["status"] == "no_revenue":
        return "no_revenue"
    if row["quantity"] == "value_of_payments_discounted":
        return _ENOUGH[row["status"]]
    return "given" if row["unit"] == "USD" else str(row["status"])


def _worth(table: Table, language: Language, top: int, absent: Sequence[Note] = ()) -> Block:
    """What output or reserves would fetch, mineral by mineral; the sums of all that is counted beneath."""
    rows = [r for r in table.records() if r["counted"] and r["usd"]]
    about = scenario_words.filled(table.about, language)
    notes = _notes((*table.notes, *absent), language)
    if not rows:
        return Block(phrase("captions", table.about.id, language, unit=phrase("units", "USD", language), **about), [], notes)
    dollars = in_dollars([r["usd"] for r in rows], language, BILLIONS if table.about.id == "in_ground_gross_value" else math.inf)
    shown = rows[:top]
    sums = [("total_counted", minerals.total(table))]
    if any(r["group"] == "fuels" for r in rows) and any(r["group"] != "fuels" for r in rows):
        sums.insert(0, ("without_fuels", minerals.total(table, ["fuels"])))
    several = len({r["country"] for r in rows}) > 1
    blanks = [""] * len(sums)
    totals = [phrase("words", name, language) for name, _ in sums]
    columns = [text_column("country", [regions.name(r["country"], language) for r in shown] + blanks, language)] if several else []
    columns += [
        text_column("mineral", [_mineral(r, language) for r in shown] + totals, language),
        column("amount", [_amount(r["value"], r["unit"], language) for r in shown] + blanks, language),
        column("middle_of", [dollars.plain(m) for m in (*(r["usd"] for r in shown), *(s[1] for _, s in sums))], language),
        column(
            "low_to_high",
            [dollars.interval(*ends) for ends in (*((r["usd_low"], r["usd_high"]) for r in shown), *((s[0], s[2]) for _, s in sums))],
            language,
        ),
        text_column("year", [str(r["year"]) for r in shown] + blanks, language),
        text_column("source", [r["release"] for r in shown] + blanks, language),
    ]
    return Block(phrase("captions", table.about.id, language, unit=dollars.unit, **about), columns, notes, total=True)


def _mineral(row: Record, language: Language) -> str:
    """A mineral with its form and what a tonne of it is a tonne of, where that is not its weight."""
    basis = words.mass_basis(row["mass_basis"], language) if row["mass_basis"] not in ("gross", "", None) else ""
    form = words.form(row["form"], language) if row["form"] else ""
    more = words.joined([part for part in (form, basis) if part], language)
    named = scenario_words.mineral(row["commodity"], language)
    named = named[:1].upper() + named[1:]
    return f"{named} ({more})" if more else named


def _amount(value: float, unit: str, language: Language, mark: str = "") -> str:
    scale = scale_for([value], unit)
    return f"{number(value / scale.factor, language)}{mark} {scale.words(language)}"


def _listed(table: Table, language: Language) -> Block:
    """Output and reserves of each source side by side; a share of them where one is stated."""
    about = scenario_words.filled(table.about, language)
    rows = [list(g) for _, g in groupby(sorted(table.records(), key=_kind), key=_kind)]
    pairs = [({r["of"]: r for r in group}, group[0]) for group in rows]
    several = len({first["country"] for _, first in pairs}) > 1
    columns = [cells.names("country", [first["country"] for _, first in pairs], language)] if several else []
    columns.append(text_column("mineral", [_mineral(first, language) for _, first in pairs], language))
    for of, head in (("production", "made"), ("reserves", "held_in_ground")):
        columns.append(column(head, [_printed(pair.get(of), language) for pair, _ in pairs], language))
    if table.about.values["share"] is not None:
        for of, head in (("production", "share_of_output"), ("reserves", "share_of_reserves")):
            columns.append(column(head, [_part(pair.get(of), language) for pair, _ in pairs], language))
    columns.append(text_column("source", [first["release"] for _, first in pairs], language))
    shown = {
        mark for column in columns for cell in column.cells for mark in _MARKS if column.numeric and cell.rstrip(DROPPED).endswith(mark)
    }
    marks = [phrase("words", said, language) for mark, said in _MARKS.items() if mark in shown]
    if any(not r["is_latest"] for g in rows for r in g):
        marks.append(phrase("words", "no_longer_mark", language))
    remarks = [" · ".join(marks)] if marks else []
    return Block(phrase("captions", "minerals_of", language, **about), columns, [*remarks, *_notes(table.notes, language)])


def _kind(row: Record) -> tuple[Any, ...]:
    """What rows of the listing stand side by side for: output and reserves of one mineral as one release counts it."""
    return tuple(row[name] or "" for name in ("country", "commodity", "source", "release", "form", "mass_basis"))


def _printed(row: Record | None, language: Language) -> str:
    """A printed figure with its year, or the word for why there is none."""
    if row is None:
        return ""
    mark = "" if row["is_latest"] else DROPPED
    if row["value"] is None:
        return cells.no_value(row, language) + mark
    if row["value"] == 0:
        return f"0{mark}"
    return _amount(row["value"], row["unit"], language, cells.mark(row)) + mark


def _part(row: Record | None, language: Language) -> str:
    if row is None or row["value_low_share"] is None:
        return ""
    low, high = (_amount(row[name], row["unit"], language) for name in ("value_low_share", "value_high_share"))
    return low if low == high else phrase("words", "between", language, low=low, high=high)
