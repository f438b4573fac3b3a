"""Scenarios in words: what each measure does, who takes it, how much, and the notes that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from maadin import labels
from maadin.errors import LabelError
from maadin.facts import catalogue, regions
from maadin.facts.table import Note
from maadin.policy import measures as m
from maadin.policy.order import all_countries
from maadin.policy.places import positions
from maadin.report import words
from maadin.report.numbers import fixed, number
from maadin.report.words import Language, joined, phrase
from maadin.units import Range, Size

_MASSES = ((1e6, "Mt"), (1e3, "kt"), (1.0, "t"))
_MONEY = ((1e9, "billion USD"), (1e6, "million USD"), (1.0, "USD"))
# Attributes of measures by the kind of their size; the others are masses
_PERCENT = ("rate", "share", "share_of_benchmark", "loss_share", "change", "in_quota_rate", "over_quota_rate", "rent_to_importer", "max_discount",
            "chance_of_failure", "cost_share", "discount_rate")  # fmt: skip
_PRICES = ("specific_duty_usd_per_t", "specific_subsidy_usd_per_t", "price", "trigger_price")


def measures(listed: Sequence[m.Measure], language: Language, countries: Sequence[str] | None = None) -> list[str]:
    """A sentence a measure, in the order of the scenario; numbered where there are several."""
    known = countries if countries is not None else all_countries()
    said = [sentence(measure, language, known) for measure in listed]
    return [f"{at}. {s}" for at, s in enumerate(said, 1)] if len(said) > 1 else said


def sentence(measure: m.Measure, language: Language, countries: Sequence[str]) -> str:
    """What a measure does."""
    values: dict[str, Any] = {name: amount(name, size, language) for name, size in _sizes(measure).items()}
    values |= _sides(measure, language, countries)
    key, more = _variant(measure, values, language)
    return phrase("measure_says", key, language, **values) + "".join(more) + phrase("measure_says", "end", language)


def _variant(measure: m.Measure, values: dict[str, Any], language: Language) -> tuple[str, list[str]]:
    """The sentence that fits a measure, and what is said besides."""
    key, more = measure.noun, []

    def add(name: str) -> None:
        more.append(phrase("measure_says", name, language, **values))

    match measure:
        case m.Tariff() | m.ExportTax():
            values["rate"] = values.get("rate") or values["specific_duty_usd_per_t"]
            key = f"{measure.noun}_{measure.mode}"
        case m.ImportQuota() | m.ExportQuota() | m.TariffRateQuota():
            values["share"] = values.get("share_of_benchmark")
            values["size"] = phrase("measure_says", "of_tonnes" if "tonnes" in values else "of_benchmark", language, **values)
            add("rent")
        case m.Subsidy():
            values["rate"] = values.get("rate") or values["specific_subsidy_usd_per_t"]
        case m.PriceFloor():
            key = f"price_floor_{measure.mechanism}"
            values.setdefault("payer", values["country"])
        case m.Stockpile():
            key = f"stockpile_{measure.action}"
            if measure.trigger_price is not None:
                add(f"trigger_{measure.action}")
        case m.Capacity():
            if measure.partner:
                add("partner")
            if measure.chance_of_failure != 0:
                add("may_fail")
        case m.SupplyShock():
            values["loss"] = values.get("loss_t") or phrase("measure_says", "of_output", language, share=values["loss_share"])
        case m.Reopen():
            values["year"] = measure.open_year
        case m.ResourceFund() | m.Territory():
            if measure.share is not None:
                add(f"{measure.noun}_share")
            if measure.partner:
                add(f"{measure.noun}_partner")
        case _:
            pass
    return key, more


def _sizes(measure: m.Measure) -> dict[str, Size]:
    fields = (*_PERCENT, *_PRICES, "tonnes", "loss_t", "value")
    return {name: size for name in fields if isinstance(size := getattr(measure, name, None), Range | float | int)}


def _sides(measure: m.Measure, language: Language, countries: Sequence[str]) -> dict[str, str]:
    """Who is on each side of a measure, exceptions where they are taken out."""
    found = {side: names for side in ("importer", "exporter", "country", "partner", "payer") if (names := getattr(measure, side, None))}
    said = {side: places(names, language) for side, names in found.items()}
    if isinstance(measure, m.MarketMeasure) and measure.excepted:
        sides = [s for s in ("importer", "exporter", "country") if s in found]
        across = [s for s in sides if s != measure.acts] or [measure.acts]
        spared = set(positions(measure.excepted, countries))
        side = next((s for s in across if spared & set(positions(found[s], countries))), measure.acts)
        said[side] = phrase("words", "except", language, places=said[side], excepted=places(measure.excepted, language))
    return said


def places(names: Sequence[str], language: Language) -> str:
    """Names of countries and groups, however they were written, in a language."""
    return joined((place(n, language) for n in names), language)


def place(name: str, language: Language) -> str:
    """A country or group by any of its names; a label of a user's own market as it is."""
    code = _group_codes().get(labels.key(name))
    if code is None:
        try:
            found = regions.resolve(name)
        except LabelError:
            return name
        code = found[0] if len(found) == 1 else name
    return regions.name(code, language)


@lru_cache(maxsize=1)
def _group_codes() -> dict[str, str]:
    actors = regions.actors()
    return {labels.key(n): g.code for g in regions.groups().values() for n in (g.code, g.en, g.ar, *g.also, *actors.get(g.code, ()))}


def amount(field: str, size: Size, language: Language) -> str:
    """The size of a measure with its unit; a change carries its sign."""
    if field in _PERCENT:
        return _ends([(100 * e, "%") for e in _both(size)], language, sign=field == "change")
    if field in _PRICES:
        return _ends([(e, phrase("heads", "unit_value", language)) for e in _both(size)], language)
    if field in ("years", "ramp_years"):
        return _ends([(e, "") for e in _both(size)], language)
    scales = _MONEY if field == "value" else _MASSES
    factor, unit = next((s for s in scales if _both(size)[-1] >= s[0]), scales[-1])
    return _ends([(e / factor, phrase("units", unit, language)) for e in _both(size)], language)


def _both(size: Size) -> list[float]:
    return [size.low, size.high] if isinstance(size, Range) else [size]


def _ends(parts: list[tuple[float, str]], language: Language, *, sign: bool = False) -> str:
    """One number or two with their unit."""
    shown = [("+" if sign and value > 0 else "") + plain(value, language) for value, _ in parts]
    unit = parts[-1][1]
    if unit == "%":
        shown, unit = [f"{s}%" for s in shown], ""
    text = shown[0] if len(shown) == 1 else phrase("words", "between", language, low=shown[0], high=shown[1])
    return f"{text} {unit}".strip()


def plain(value: float, language: Language) -> str:
    """A number as people give it: whole if it is whole, else with no more decimals than it has, three at most."""
    if value == round(value) and abs(value) < 1e15:
        return fixed(value, 0, language)
    for decimals in (1, 2, 3):
        if abs(value - round(value, decimals)) < 1e-9 * max(1.0, abs(value)):
            return fixed(value, decimals, language)
    return number(value, language)


def note(said: Note, language: Language, latent: Mapping[tuple[str, str], float] | None = None) -> str:
    """A note of a translation, a valuation or of elasticities as a sentence."""
    values, key = filled(said, language), said.id
    if key == "reopened":
        wedge = (latent or {}).get((said.values["exporter"], said.values["importer"]), float("inf"))
        finite = wedge < float("inf")
        values["wedge"] = f"{plain(round(100 * wedge), language)}%" if finite else None
        key = key if finite else "reopened_from_nothing"
    return phrase("notes", key, language, **values)


def filled(said: Note, language: Language) -> dict[str, Any]:
    """The values of a note in words."""
    return {key: _worded(key, value, said.values, language) for key, value in said.values.items()}


def _worded(key: str, value: Any, others: Mapping[str, Any], language: Language) -> Any:
    if key in ("exporter", "importer", "country"):
        return regions.name(value, language)
    if key == "countries":
        return words.countries(value, language)
    if key == "commodities":
        return joined((mineral(c, language) for c in value), language)
    if key in ("share_then", "share_now"):
        return f"{plain(round(100 * value, 1), language)}%"
    if key in ("low", "high") and "field" in others:
        return amount(others["field"], value, language)
    if key == "field":
        return phrase("size_names", value, language)
    if key == "noun":
        return phrase("nouns", value, language)
    if key == "horizon":
        return phrase("horizons", value, language)
    if key == "parameters":
        return joined((phrase("parameters", p, language) for p in value), language)
    if key == "families":
        return joined((phrase("families", f, language) for f in value), language)
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(v, float) for v in value):
        low, high = value
        return amount("value" if key == "value_usd" else key, low if low == high else Range(low, high), language)
    return value


def mineral(name: str, language: Language) -> str:
    """A commodity by id or any name; what is not in the catalogue as it is called."""
    known = catalogue.commodities().get(name)
    if known is not None:
        return str(getattr(known.names, language))
    try:
        return str(getattr(catalogue.commodity(name).names, language))
    except LabelError:
        return name
