"""Words of a brief: effects of a measure in lines, why a measure has no simulation, what the model said of the past."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maadin.facts import catalogue, regions
from maadin.facts.table import Note
from maadin.policy.measures import SupplyOffer, Tariff
from maadin.policy.outcome import OTHER_CODES, Outcome
from maadin.policy.places import routes as routes_of
from maadin.policy.valued import FundValuation, TerritoryListing
from maadin.reading.briefing import Record, Simulated
from maadin.reading.statement import Statement
from maadin.report import effects, path_effects, scenario_words, statement_words, words
from maadin.report.intervals import dollars as in_dollars
from maadin.report.intervals import interval, percent_decimals, signed
from maadin.report.intervals import tonnes as in_tonnes
from maadin.report.layout import assumptions
from maadin.report.numbers import fixed, number, percent
from maadin.report.path_effects import Level, effect
from maadin.report.sheets import Block, column, text_column
from maadin.report.verdict_amounts import counted, quantity
from maadin.report.words import Language, joined, phrase

MOST = 5  # effects of a measure
NAMED = 12  # minerals of a territory
ROUTES = 40  # looked at for those
LOSERS = 2  # buyers that an offer takes tonnes from
FUND_ASKS = (
    ("annual_revenue", "all"),
    ("years_needed_after_costs_discounted", "all"),
    ("share_needed_after_costs_discounted", "all"),
    ("revenue_multiple_needed", "all"),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure that a reader should leave with: what it is, the figure, its interval (or from the best to the worst case), a word on it."""

    what: str
    figure: str
    band: str = ""
    note: str = ""
    is_interval: bool = True

    def line(self, language: Language) -> str:
        """It in a line."""
        figure = " ".join(part for part in (self.figure, self.band, f"({self.note})" if self.note else "") if part)
        return phrase("brief_says", "effect", language, what=self.what, figure=figure)


def effects_of(s: Simulated, language: Language) -> list[Effect]:
    """Headline effects of a simulation, at most five."""
    if s.outcome is not None:
        found = [*_of_offer(s, language), *_of_market(s.outcome, language), *_revenue(s.outcome, language)]
    elif s.path is not None:
        found = _of_path(s, language)
    else:
        found = [e for v in s.valuations for e in _of_valuation(v, language)]
    return found[:MOST]


def _of_market(o: Outcome, language: Language) -> list[Effect]:
    return [Effect(what, shown, band) for what, shown, band, _ in assumptions.headlines(o, language)]


def _of_offer(s: Simulated, language: Language) -> list[Effect]:
    """What the buyer of an offer takes once the route is open, without any discount, and who loses what the discount places."""
    offer = next((m for m in s.scenario.measures if isinstance(m, SupplyOffer)), None) if s.scenario else None
    if offer is None or s.outcome is None:
        return []
    found = []
    b = s.outcome.market
    pairs = list(routes_of(offer, b.countries, b.year).pairs())
    if s.beside is not None and len(pairs) == 1:
        level = effects.cells(s.beside, "trade_t")[pairs[0]].tolist()[1:4]
        tonnes = in_tonnes(level[:1], language)
        who = regions.name(b.countries[pairs[0][1]], language)
        what = joined((phrase("brief_says", "taken_when_open", language, importer=who), tonnes.unit), language)
        found.append(Effect(what, tonnes.plain(level[0]), "" if math.isnan(level[1]) else tonnes.interval(*level[1:])))
    sellers = {b.countries[i] for i, _ in pairs}
    lost = [
        r
        for r in effects.changed_routes(s.outcome, ROUTES)
        if r.exporter in sellers and r.trade_t.change[0] < 0 and r.importer != r.exporter
    ]
    if lost:
        shown = sorted(lost, key=lambda r: r.trade_t.change[0])[:LOSERS]
        tonnes = in_tonnes([r.trade_t.change[0] for r in shown], language)
        first, *rest = [(_buyer(r.importer, language), tonnes.signed(r.trade_t.change[0])) for r in shown]
        what = joined((phrase("brief_says", "taken_from", language, buyer=first[0]), tonnes.unit), language)
        found.append(Effect(what, first[1], note=joined([f"{who} {change}" for who, change in rest], language)))
    return found


def _buyer(code: str, language: Language) -> str:
    return phrase("words", "other_codes_abroad", language) if code == OTHER_CODES else regions.name(code, language)


def _revenue(o: Outcome, language: Language) -> list[Effect]:
    """What the state takes more of a duty."""
    if not any(isinstance(m, Tariff) for m in o.scenario.measures) or not effects.acting(o):
        return []
    country = effects.acting(o)[0]
    change = effects.by_country(o, "tariff_revenue_usd")[country].change
    dollars = in_dollars(change[:1], language)
    what = phrase("brief_says", "revenue", language, country=regions.name(country, language), unit=dollars.unit)
    return [Effect(what, dollars.signed(change[0]), "" if math.isnan(change[1]) else dollars.interval(*change[1:]))]


def _of_path(s: Simulated, language: Language) -> list[Effect]:
    """Output of the country that acts, the world price, the other whose output changes most, welfare."""
    o = s.path
    assert o is not None
    year = path_effects.telling_year(o)
    acting = path_effects.acting(o)[:1]
    found = []
    for at, country in enumerate([*acting, *(c for c in path_effects.changed_producers(o) if c not in acting)][:2]):
        change = effect(o, "output_t", country=country).difference
        tonnes = in_tonnes([change.median], language)
        what = phrase("brief_says", "path_other" if at else "path_output", language, country=regions.name(country, language), year=year)
        found.append(
            Effect(joined((what, tonnes.unit), language), tonnes.signed(change.median), _band(change, tonnes.interval(*change[1:])))
        )
    price = effect(o, "world_price_usd_per_t").relative
    decimals = percent_decimals([price.median])
    bounds = interval(100 * price.low, 100 * price.high, decimals, language)
    shown = f"{signed(100 * price.median, decimals, language)}%"
    found.insert(1, Effect(phrase("brief_says", "path_price", language, year=year), shown, bounds))
    welfare = effect(o, "world_welfare_discounted_usd").difference
    dollars = in_dollars([welfare.median], language)
    what = phrase("brief_says", "path_welfare", language, first=o.years[1], last=o.horizon)
    found.append(
        Effect(joined((what, dollars.unit), language), dollars.signed(welfare.median), _band(welfare, dollars.interval(*welfare[1:])))
    )
    return found


def _band(level: Level, shown: str) -> str:
    return "" if math.isnan(level.low) else shown


def _of_valuation(v: FundValuation | TerritoryListing, language: Language) -> list[Effect]:
    if isinstance(v, FundValuation):
        rows = {(r["quantity"], r["scope"]): r for r in v.answers.records()}
        return [_answer(rows[key], language) for key in FUND_ASKS if key in rows]
    records = v.minerals.records()
    where = regions.name("+".join(v.minerals.about.values["countries"]), language)
    listed = list(dict.fromkeys(r["commodity"] for r in records if r["value"] is not None and r["is_latest"]))
    absent = sorted({r["commodity"] for r in records if r["status"] == "not_listed"} - set(listed))
    more = ["…"] if len(listed) > NAMED else []
    names = joined([*_minerals(listed[:NAMED], language), *more], language)
    found = [Effect(phrase("brief_says", "listed_minerals", language, places=where), number(len(listed), language), note=names)]
    if absent:
        names = joined(_minerals(absent, language), language)
        found.append(Effect(phrase("brief_says", "not_listed", language, places=where), names))
    return found


def _minerals(ids: Sequence[str], language: Language) -> list[str]:
    return [scenario_words.mineral(c, language) for c in ids]


def _answer(row: dict[str, Any], language: Language) -> Effect:
    """An answer of a fund: the middle, between the favourable and the unfavourable end of every assumption."""
    what = phrase("fund_asks", row["quantity"], language)

    def shown(value: float | None) -> str:
        if value is None:
            return phrase("brief_says", "never", language)
        if row["unit"] == "share":
            return f"{number(100 * value, language)}%"
        if row["unit"] == "times":
            return number(value, language)
        return quantity(value, "years" if row["unit"] == "years" else row["unit"], language)

    low, middle, high = (shown(row[end]) for end in ("low", "middle", "high"))
    mark = "؛" if language == "ar" else ";"
    return Effect(what, middle, f"[{low}{mark} {high}]" if low != high else "", is_interval=False)


def because(note: Note, language: Language) -> str:
    """Why there is no simulation."""
    values = {key: _worded(key, value, note, language) for key, value in note.values.items()}
    if note.id == "not_balanced":
        stage = catalogue.commodity(note.values["commodity"]).stage(note.values["stage"])
        reason = str(getattr(stage.reason, language)).rstrip(".")
        values["reason"] = f"{reason}."
    return phrase("brief_because", note.id, language, **values)


def _worded(key: str, value: Any, note: Note, language: Language) -> Any:
    match key:
        case "commodity":
            return scenario_words.mineral(value, language)
        case "missing":
            names = dict.fromkeys(str(name).partition(" or ")[0] for name in value)
            return joined((phrase("brief_missing", name, language) for name in names), language)
        case "price" | "market_price":
            return statement_words.amount(float(f"{value:.3g}"), "USD/tonne", language)
        case "rate":
            return f"{scenario_words.plain(100 * value, language)}%"
        case "countries" | "exporter" | "importer":
            return scenario_words.places(value, language)
        case "named":
            return statement_words.commodity(value, language)
        case _:
            return value


def title(s: Statement, language: Language) -> str:
    """A statement in a few words with its value."""
    what, value = statement_words.about(s, language), statement_words.value(s, language)
    said = f"{what}: {value}" if value else what
    return said[:1].upper() + said[1:]


def count_of(section: str, count: int, language: Language) -> str:
    """So many claims or measures."""
    return counted(section, count, language) if count else phrase(section, "zero", language)


def record_lines(r: Record, language: Language) -> list[str]:
    """What the model says would have followed a past measure, and what did, for its largest route."""
    first = r.routes[0]
    tonnes = in_tonnes([first.before_t], language)
    seen = [
        phrase("brief_says", "seen_in", language, figure=tonnes.plain(f.observed_t), unit=tonnes.unit, year=f.year) for f in first.flows
    ]
    band = "" if math.isnan(first.low_t) else tonnes.interval(first.low_t, first.high_t)
    said = [
        phrase(
            "brief_says", "record" if first.predicted_t < first.before_t else "record_rise", language, year=r.year, before=tonnes.plain(first.before_t),
            unit=tonnes.unit, exporter=regions.name(first.exporter, language), importer=regions.name(first.importer, language),
            predicted=tonnes.plain(first.predicted_t), interval=band, seen=joined(seen, language),
        )
    ]  # fmt: skip
    for key, inside in (("record_inside", True), ("record_outside", False)):
        if band and (years := [f.year for f in first.flows if f.is_inside is inside]):
            said.append(phrase("brief_says", key, language, years=words.years(years, language)))
    if r.calibration is not None:
        values = {"observed": fixed(r.calibration.armington, 1, language), "used": fixed(r.armington_used, 1, language)}
        shown = interval(r.calibration.low, r.calibration.high, 1, language)
        said.append(phrase("brief_says", "record_sigma", language, interval=shown, **values))
    elif r.because is not None:
        said.append(phrase("brief_says", "record_no_sigma", language))
    return said


def record_table(r: Record, language: Language) -> Block:
    """Every route and year of a record."""
    rows = [(route, f) for route in r.routes for f in route.flows]
    tonnes = in_tonnes([route.before_t for route, _ in rows], language)
    named = [
        phrase(
            "brief_says",
            "record_route",
            language,
            exporter=regions.name(route.exporter, language),
            importer=regions.name(route.importer, language),
        )
        for route, _ in rows
    ]
    bands = ["" if math.isnan(f.low_t) else tonnes.interval(f.low_t, f.high_t) for _, f in rows]
    columns = [
        text_column("brief_route", named, language),
        text_column("brief_in_year", [str(f.year) for _, f in rows], language),
        column("brief_part", [percent(f.exposure, language, 0) for _, f in rows], language),
        column("brief_before", [tonnes.plain(route.before_t) for route, _ in rows], language),
        column(
            "brief_expected", [f"{tonnes.plain(f.expected_t)} {band}".strip() for (_, f), band in zip(rows, bands, strict=True)], language
        ),
        column("brief_seen", [tonnes.plain(f.observed_t) for _, f in rows], language),
    ]
    return Block(phrase("captions", "brief_record", language, unit=tonnes.unit), columns, record_lines(r, language))
