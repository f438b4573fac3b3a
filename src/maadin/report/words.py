"""Sentences in Arabic and English: the one place where a result becomes words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from maadin.errors import DataError
from maadin.facts import catalogue, regions
from maadin.facts.table import Note

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")


Texts = dict[str, dict[str, dict[str, str]]]  # section, key, language
NAMED = 8  # countries of a list that are named; the rest are counted


def merged(files: Iterable[Texts]) -> Texts:
    """The sections of several files as one.

    Raises
    ------
    DataError
        If two files hold a key of the same section.
    """
    found: Texts = {}
    for file in files:
        for section, entries in file.items():
            known = found.setdefault(section, {})
            if twice := known.keys() & entries.keys():
                raise DataError(f"the texts hold {', '.join(sorted(twice))} of the section {section} twice")
            known |= entries
    return found


@lru_cache(maxsize=1)
def texts() -> Texts:
    """All texts of the package."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = resources.files("maadin.report") / "texts"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return merged(yaml.load(f.read_text("utf-8"), Loader=loader) for f in files)


def phrase(section: str, key: str, language: Language, **values: Any) -> str:
    """A text by section and key; a key without a text is shown as it is."""
    entry = texts()[section].get(key)
    return entry[language].format(**values) if entry else key


def note(said: Note, language: Language) -> str:
    """A note as a sentence; codes carry their titles, countries their names."""
    values = {k: _worded(k, v, language) for k, v in said.values.items()}
    if said.id == "grade":
        stage = catalogue.commodity(said.values["commodity"]).stage(said.values["stage"])
        values["reason"] = getattr(stage.reason, language)
    return phrase("notes", said.id, language, **values)


def title(about: Note, language: Language) -> str:
    """The heading of a table."""
    values = about.values
    commodity = values.get("commodity")
    filled: dict[str, Any] = {"commodity": commodity_name(commodity, language) if commodity else ""}
    if about.id == "trade":
        return _trade_title(values, filled, language)
    if "country" in values and isinstance(values["country"], str):
        filled["country"] = regions.name(values["country"], language)
    if "of" in values:
        filled["of"] = phrase("words", values["of"], language)
    filled["on_commodity"] = phrase("words", "on", language) + filled["commodity"] if commodity else ""
    return phrase("titles", about.id, language, **filled)


def market(commodity: str, stage: str, language: Language) -> str:
    """A commodity and its stage; one that is not in the catalogue, of a user's own benchmark, is named as it is called there."""
    named = commodity_name(commodity, language) if commodity in catalogue.commodities() else commodity
    return f"{named} ({stage_name(commodity, stage, language)})"


def stage_name(commodity: str, stage: str, language: Language) -> str:
    """A stage as the catalogue calls it."""
    known = _stage(commodity, stage)
    return str(getattr(known.names, language)) if known else stage


def reason(commodity: str, stage: str, given: str, language: Language) -> str:
    """Why a market has its grade: the catalogue's reason in the language, any other as given."""
    known = _stage(commodity, stage)
    return str(getattr(known.reason, language)) if known and known.reason.en == given else phrase("words", given, language)


def _stage(commodity: str, stage: str) -> catalogue.Stage | None:
    known = catalogue.commodities().get(commodity)
    return next((s for s in known.stages if s.id == stage), None) if known else None


def _trade_title(values: dict[str, Any], filled: dict[str, Any], language: Language) -> str:
    sides = {s: joined((regions.name(c, language) for c in values[s] or ()), language) for s in ("exporter", "importer")}
    if len(values["exporter"] or ()) > 6 or len(values["importer"] or ()) > 6:
        sides = {s: joined(values[s] or (), language) for s in sides}
    source = phrase("titles", "trade_from", language, exporter=sides["exporter"]) if sides["exporter"] else ""
    if sides["importer"]:
        return phrase("titles", "trade_imports", language, importer=sides["importer"], routes=source, **filled)
    if sides["exporter"]:
        return phrase("titles", "trade_exports", language, exporter=sides["exporter"], **filled)
    return phrase("titles", "trade", language, routes="", **filled)


def commodity_name(commodity: str, language: Language) -> str:
    """A commodity's name, its first letter raised in English."""
    name: str = getattr(catalogue.commodities()[commodity].names, language)
    return name[:1].upper() + name[1:]


def mass_basis(basis: str, language: Language) -> str:
    """A mass basis in words."""
    what, _, content = basis.partition(" ")
    return phrase("bases", "content", language, x=what) if content else phrase("bases", basis, language)


@lru_cache(maxsize=1)
def _code_titles() -> dict[str, catalogue.Names]:
    return {x.code: x.title for c in catalogue.commodities().values() for s in c.stages for x in s.hs6}


def code_title(code: str, language: Language) -> str:
    """A traded code with its title."""
    named = _code_titles().get(code)
    return f"{code} ({getattr(named, language)})" if named else code


def joined(parts: Iterable[str], language: Language) -> str:
    """A list with the commas of the language."""
    return ("، " if language == "ar" else ", ").join(parts)


def codes(listed: Iterable[str], language: Language) -> str:
    """Traded codes with their titles."""
    return ("؛ " if language == "ar" else "; ").join(code_title(c, language) for c in listed)


def countries(listed: Sequence[str], language: Language) -> str:
    """Names of countries; of a long list the first ones and how many follow."""
    named = joined((regions.name(c, language) for c in listed[:NAMED]), language)
    if len(listed) <= NAMED:
        return named
    from babel import Locale

    rest = len(listed) - NAMED
    return named + phrase("others", Locale("ar").plural_form(rest), language, count=rest)


def places(listed: str, language: Language) -> str:
    """Countries of a list such as "all;-RUS"."""
    parts = [p.strip() for p in listed.split(";") if p.strip()]
    named = joined((regions.name(p, language) for p in parts if not p.startswith("-")), language)
    excepted = joined((regions.name(p[1:], language) for p in parts if p.startswith("-")), language)
    return phrase("words", "except", language, places=named, excepted=excepted) if excepted else named


def form(printed: str, language: Language) -> str:
    """The forms of a commodity that a published figure counts, several joined by a plus."""
    return " + ".join(phrase("forms", part, language) for part in printed.split(" + "))


def measure(measure_id: str, printed: str, language: Language) -> str:
    """A trade measure's name: in English as the list prints it."""
    return phrase("measures", measure_id, language) if language == "ar" and measure_id in texts()["measures"] else printed


def instrument(printed: str, language: Language) -> str:
    """What kind of measure it is."""
    return phrase("instruments", printed, language) if language == "ar" else printed


def _worded(key: str, value: Any, language: Language) -> Any:
    if key == "codes":
        return codes(value, language)
    if key == "countries" and value:
        return countries(value, language)
    if key == "years" and isinstance(value, list | tuple):
        return years(value, language)
    if key == "country" and value:
        return regions.name(value, language)
    if key == "coverage":
        return phrase("coverage", value, language)
    if key == "kind":
        return phrase("words", value, language)
    return value


def years(listed: Sequence[int], language: Language = "en") -> str:
    """Years as spans: 2018-2020, 2022."""
    spans: list[list[int]] = []
    for year in sorted(listed):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return joined((f"{a}" if a == b else f"{a}-{b}" for a, b in spans), language)
