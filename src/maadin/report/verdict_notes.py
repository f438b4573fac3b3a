"""The notes of verdicts as sentences: why, by which rules, within which limits, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from maadin.facts.table import Note
from maadin.report import words
from maadin.report.intervals import signed
from maadin.report.numbers import percent
from maadin.report.verdict_amounts import (
    DIGITS,
    codes,
    commodity,
    counted,
    countries,
    day,
    day_of,
    enumerated,
    form,
    ordinal,
    place,
    plain_decimal,
    publisher,
    quantity,
    status,
)
from maadin.report.words import Language, joined, phrase

MOST_DIGITS = 6
Values = Mapping[str, Any]


def answer(verdict: str, language: Language) -> str:
    """A verdict as a label."""
    return phrase("verdict_answers", verdict, language)


def note(said: Note, language: Language) -> str:
    """A note of a verdict as a sentence."""
    text = _note(said, language)
    return text[:1].upper() + text[1:]


def _note(said: Note, language: Language) -> str:
    key = VARIANTS[said.id](said.values) if said.id in VARIANTS else said.id
    if key not in words.texts()["verdict_notes"]:
        return words.note(said, language)
    return phrase("verdict_notes", key, language, **_worded(said, language))


def _where(v: Values, market: str, source: str, world: str) -> str:
    """Of trade with one side only: as its market, as its source, or with all the world."""
    return world if not v["market"] else source if v["taken"] else market


VARIANTS: dict[str, Callable[[Values], str]] = {
    "place_in_trade": lambda v: f"{'no_' if v['rank'] is None else ''}place_in_{_where(v, 'market', 'source', 'world_trade')}",
    "share_of_trade": lambda v: f"share_of_{_where(v, 'market_trade', 'source_trade', 'world_trade')}",
    "no_commodity": lambda v: f"no_commodity_{'named' if not v['names'] else 'denied' if v['denied'] else 'single'}",
    "price_mean": lambda v: f"price_mean_{v['over']}",
    "mean_hides_days": lambda v: "mean_hides_days_month" if v["monthly"] else "mean_hides_days_year",
    "bears_out": lambda v: "bears_out_one" if v["readings"] == 1 else "bears_out_all",
    "speaks_against": lambda v: "speaks_against_one" if v["readings"] == 1 else "speaks_against_all",
}


def _worded(said: Note, language: Language) -> dict[str, Any]:
    """The values of a note as words of the language."""
    v = said.values
    filled = {key: _plain(key, value, v, language) for key, value in v.items()}
    match said.id:
        case "depends_on" | "otherwise_with" | "by_year":
            filled |= {"axes": _axes(v["axes"], language), "groups": _groups(v, language)}
        case "place" | "place_in_trade":
            filled |= _place_values(said, language)
        case "share_is" | "share_of_trade":
            filled |= _share_values(said, language)
        case "beyond_bound_in":
            filled["groups"] = ("؛ " if language == "ar" else "; ").join(
                phrase(
                    "verdict_said",
                    "group",
                    language,
                    label=_label(g["axis"], g["value"], v["commodity"], language),
                    answers=words.years(g["years"], language),
                )
                for g in v["groups"]
            )
        case "compared":
            filled["sides"] = joined(
                (
                    phrase(
                        "verdict_trails",
                        "side",
                        language,
                        country=place(x["country"], language),
                        value=quantity(x["value"], v["unit"], language),
                    )
                    for x in v["sides"]
                ),
                language,
            )
        case "years_left":
            filled["years"] = quantity(v["years"], "years", language)
        case "revised":
            filled["trail"] = joined((_trail_of_release(t, v["unit"], language) for t in v["trail"]), language)
        case "extreme" | "longer_window":
            filled |= _extreme(said, language)
        case "band":
            filled["band"] = _band(v, language)
        case "reliance_by_year":
            filled["trail"] = _reliance(v["years"], language)
        case "main_suppliers":
            filled["by_codes"] = _suppliers(v, language)
        case "changed_by":
            filled["changes"] = _changes(v, language)
        case "left_after":
            amount = quantity(v["value"] if v["at_most"] is None else v["at_most"], v["unit"], language)
            left = percent(v["left"], language, 0)
            if v["at_most"] is not None:
                amount, left = (phrase("verdict_trails", "at_most", language, value=x) for x in (amount, left))
            filled |= {"value": amount, "left": left}
        case "counted":
            filled["market"] = words.market(v["commodity"], v["stage"], language)
        case "measures_on_route":
            filled["measures"] = joined((_on_route(m, language) for m in v["measures"]), language)
        case "newer_release" | "no_figure_in":
            filled["sources"] = joined(
                (
                    phrase("verdict_trails", "year_of_source", language, source=publisher(s["source"], language), year=s["year"])
                    for s in v["sources"]
                ),
                language,
            )
        case "each":
            filled["parts"] = joined((_part(p, language) for p in v["parts"]), language)
        case "not_listed_in":
            filled |= {"countries": countries(v["count"], language), "source": publisher(v["source"], language)}
        case "rule_stopped":
            filled |= {"after": words.years(v["after"], language), "share": percent(v["share"], language, 0)}
    return filled


_PERCENTS = ("share", "small", "large")
_CODES = ("codes", "missing")


def _plain(key: str, value: Any, all_values: Values, language: Language) -> Any:
    """One value by its key."""
    if value is None:
        return "–"
    if key in _CODES and isinstance(value, list):
        return codes(value, language) if all(c[:1].isdigit() for c in value) else joined(value, language)
    match key:
        case "country" | "market":
            return place(value, language)
        case "others":
            return enumerated([place(c, language) for c in value], language)
        case "commodity":
            return commodity(value, language)
        case "kind" | "metric" | "what":
            return phrase("verdict_kinds", value, language)
        case "of":
            return phrase("verdict_kinds", value, language)
        case "source":
            return publisher(value, language)
        case "sources":
            return joined((publisher(s, language) for s in value if isinstance(s, str)), language)
        case "releases" | "names":
            return joined(value, language)
        case "statuses":
            return joined((status(s, language) for s in value), language)
        case "forms":
            return joined((form(f, language) for f in value), language)
        case "years" if isinstance(value, list) and all(isinstance(y, int) for y in value):
            return words.years(value, language)
        case "coverage":
            return phrase("coverage", value, language)
        case "day" | "since" | "until" if isinstance(value, str):
            return day(date.fromisoformat(value), language) if len(value) == 10 else value
        case "mass_basis":
            return words.mass_basis(value, language)
        case "instrument":
            return phrase("verdict_instruments", value, language)
    if isinstance(value, float):
        if key in _PERCENTS or said_as_percent(key, all_values):
            return percent(value, language, 0)
        return quantity(value, str(all_values.get("unit", "tonne")), language)
    return value


def said_as_percent(key: str, values: Values) -> bool:
    """Whether low and high of a note are shares."""
    return key in ("low", "high") and "unit" not in values and "mass_basis" not in values


def _axes(axes: Sequence[str], language: Language) -> str:
    return enumerated([phrase("verdict_axes", a, language) for a in axes], language)


def _groups(v: Values, language: Language) -> str:
    """Each group of readings with its answers: "World Mining Data: yes in 2020-2021, no in 2022"."""
    labels = [a for a in v["axes"] if a != v["along"]]
    said = []
    for group in v["groups"]:
        label = joined((_label(a, group.get(a), v["commodity"], language) for a in labels), language)
        answers = joined((_answers(name, group[name], v["along"], language) for name in ("yes", "no", "open") if name in group), language)
        said.append(phrase("verdict_said", "group", language, label=label, answers=answers) if label else answers)
    return ("؛ " if language == "ar" else "; ").join(said)


def _answers(name: str, values: Sequence[Any], along: str | None, language: Language) -> str:
    if along is None or values == [None]:
        return phrase("verdict_said", name, language)
    listed = (
        words.years([int(y) for y in values if y is not None], language) if along == "year" else joined((str(x) for x in values), language)
    )
    return phrase("verdict_said", f"{name}_in", language, along=listed)


def _label(axis: str, value: Any, commodity: str, language: Language) -> str:
    """A value of an axis."""
    if axis == "form" and value == "":
        return phrase("verdict_trails", "all_forms", language)
    if value in (None, ""):
        return "–"
    match axis:
        case "source":
            return publisher(value, language)
        case "stage":
            return words.stage_name(commodity, value, language)
        case "form":
            return form(value, language)
        case "series":
            return codes(str(value).split("+"), language)
        case "by":
            return phrase("verdict_by", value, language)
        case "of":
            return phrase("verdict_of", value, language)
        case "mass_basis":
            return words.mass_basis(value, language)
        case "item":
            return phrase("verdict_items", value, language)
    return str(value)


def _trail_of_release(t: Values, unit: str, language: Language) -> str:
    details = []
    if t["rank"] is not None:
        details.append(phrase("verdict_what_rank", "rank", language, rank=ordinal(t["rank"], language)))
    if t["share"] is not None:
        details.append(percent(t["share"], language))
    return phrase(
        "verdict_trails",
        "release",
        language,
        value=quantity(t["value"], unit, language),
        release=t["release"],
        details=joined(details, language),
    )


def _place_values(said: Note, language: Language) -> dict[str, Any]:
    v = said.values
    trade = said.id == "place_in_trade"
    ahead = ""
    if v["ahead"]:
        listed = [
            phrase(
                "verdict_trails",
                "ahead_one",
                language,
                country=place(a["country"], language),
                value=quantity(a["value"], v["unit"], language),
            )
            for a in v["ahead"]
        ]
        if v["more"]:
            listed.append(counted("verdict_more_countries", v["more"], language))
        ahead = phrase("verdict_trails", "ahead", language, countries=enumerated(listed, language))
    key = "share_of_whole" if trade else "share_of_world"
    share = phrase("verdict_trails", key, language, share=percent(v["share"], language)) if v["share"] is not None else ""
    filled = {
        "world": phrase("verdict_world", v["what"] if trade else v["kind"], language),
        "rank": "–" if v["rank"] is None else ordinal(v["rank"], language),
        "ahead": ahead,
        "share": share,
    }
    filled["value"] = "–" if v["value"] is None else quantity(v["value"], v["unit"], language)
    return filled | (_trade_values(v, language) if trade else {})


def _trade_values(v: Values, language: Language) -> dict[str, Any]:
    return {
        "market": place(v["market"] or "WLD", language),
        "by": phrase("verdict_by", v["by"], language),
        "world": phrase("verdict_world", v["what"], language),
    }


def _share_values(said: Note, language: Language) -> dict[str, Any]:
    v = said.values
    share = "–" if v["share"] is None else percent(v["share"], language)
    if v.get("at_most"):
        share = phrase("verdict_trails", "at_most", language, value=share)
    trade = said.id == "share_of_trade"
    return {
        "share": share,
        "world": phrase("verdict_world", v["what"] if trade else v["kind"], language),
        **(_trade_values(v, language) if trade else {}),
    }


def _extreme(said: Note, language: Language) -> dict[str, Any]:
    v = said.values
    end = "most" if v["most"] else "least"
    if said.id == "longer_window":
        return {"extreme": phrase("verdict_extremes", f"{end}_word", language), "value": quantity(v["value"], v["unit"], language)}
    listed = [
        phrase(
            "verdict_trails", "code_year", language, codes=codes(b["codes"], language), value=quantity(b["value"], v["unit"], language), year=b["year"],
            flag=phrase("verdict_trails", "flag", language) if b["flagged"] else "",
        )
        for b in v["by_codes"]
    ]  # fmt: skip
    return {"extreme": phrase("verdict_extremes", end, language), "by_codes": ("؛ " if language == "ar" else "; ").join(listed)}


def _band(v: Values, language: Language) -> str:
    digits = DIGITS
    while v["low"] is not None and v["high"] is not None and digits < MOST_DIGITS and not _apart(v["low"], v["high"], digits):
        digits += 1
    ends = {end: quantity(v[end], v["unit"], language, digits) for end in ("low", "high") if v[end] is not None}
    key = "between" if len(ends) == 2 else "above" if "low" in ends else "below"
    return phrase("verdict_bands", key, language, **ends)


def _apart(low: float, high: float, digits: int) -> bool:
    """Whether two ends and their middle read as three numbers."""
    return len({plain_decimal(x, digits) for x in (low, (low + high) / 2, high)}) == 3


def _reliance(listed: Sequence[Values], language: Language) -> str:
    said = []
    for name in dict.fromkeys(r["form"] for r in listed):
        parts = []
        for r in (r for r in listed if r["form"] == name):
            value = status(r["status"], language) if r["value"] is None else percent(r["value"], language, 0)
            if r["status"] == "at_least":
                value = phrase("verdict_figures", "at_least", language, amount=value)
            parts.append((value, r["year"]))
        spans: list[tuple[str, list[int]]] = []
        for value, year in parts:
            if spans and spans[-1][0] == value:
                spans[-1][1].append(year)
            else:
                spans.append((value, [year]))
        told = joined((f"{words.years(years, language)}: {value}" for value, years in spans), language)
        said.append(f"{form(name, language)} ({told})" if name else told)
    return ("؛ " if language == "ar" else "; ").join(said)


def _suppliers(v: Values, language: Language) -> str:
    listed = []
    for b in v["by_codes"]:
        shares = joined((f"{place(s['country'], language)} {percent(s['share'], language)}" for s in b["suppliers"]), language)
        listed.append(phrase("verdict_trails", "suppliers", language, codes=codes(b["codes"], language), suppliers=shares))
    return ("؛ " if language == "ar" else "; ").join(listed)


def _changes(v: Values, language: Language) -> str:
    listed = []
    for c in v["changes"]:
        label = joined(
            (_label(a, c[a], v["commodity"], language) for a in ("source", "series", "by", "stage", "form", "item") if c.get(a)), language
        )
        change = "–" if c["change"] is None else _signed(c["change"], language)
        listed.append(phrase("verdict_trails", "change", language, label=label, change=change))
    return ("؛ " if language == "ar" else "; ").join(listed)


def _signed(fraction: float, language: Language) -> str:
    return f"{signed(100 * fraction, 1, language)}%"


def _on_route(m: Values, language: Language) -> str:
    until = phrase("verdict_figures", "until", language, day=day_of(m["until"], language)) if m["until"] else ""
    name = words.measure(m["id"], m["name"], language)
    return phrase("verdict_trails", "measure", language, name=name, since=day_of(m["since"], language), until=until)


def _part(p: Values, language: Language) -> str:
    return phrase(
        "verdict_trails",
        "part",
        language,
        country=place(p["country"], language),
        commodity=commodity(p["commodity"], language),
        answer=answer(p["verdict"], language),
    )
