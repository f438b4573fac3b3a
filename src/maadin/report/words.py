"""Sentences in Arabic and English: the one place where a result becomes words."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from maadin.facts import catalogue, regions
from maadin.facts.table import Note

Language = Literal["en", "ar"]


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (resources.files("maadin.report") / "texts" / "facts.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.load(text, Loader=loader)
    return loaded


def phrase(section: str, key: str, language: Language, **values: Any) -> str:
    """A text by section and key; a key without a text is shown as it is."""
    entry = _texts()[section].get(key)
    return entry[language].format(**values) if entry else key


def note(said: Note, language: Language, about: Note | None = None) -> str:
    """A note as a sentence; codes carry their titles, countries their names."""
    values = {k: _worded(k, v, language) for k, v in said.values.items()}
    if said.id == "grade":
        stage = catalogue.commodity(said.values["commodity"]).stage(said.values["stage"])
        values["reason"] = getattr(stage.reason, language)
    return phrase("notes", said.id, language, **values)


def title(about: Note, language: Language) -> str:
    """The heading of a table."""
    values = dict(about.values)
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


def _trade_title(values: dict[str, Any], filled: dict[str, Any], language: Language) -> str:
    joined = "، " if language == "ar" else ", "
    sides = {s: joined.join(regions.name(c, language) for c in values[s]) if values[s] else "" for s in ("exporter", "importer")}
    if len(values["exporter"] or ()) > 6 or len(values["importer"] or ()) > 6:
        sides = {s: joined.join(values[s] or ()) for s in sides}
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


def _worded(key: str, value: Any, language: Language) -> Any:
    joined = "، " if language == "ar" else ", "
    if key == "codes":
        return ("؛ " if language == "ar" else "; ").join(code_title(c, language) for c in value)
    if key == "years" and isinstance(value, list | tuple):
        return years(value, joined)
    if key == "country" and value:
        return regions.name(value, language)
    if key == "coverage":
        return phrase("coverage", value, language)
    if key == "kind":
        return phrase("words", value, language)
    return value


def years(listed: list[int] | tuple[int, ...], joined: str = ", ") -> str:
    """Years as spans: 2018-2020, 2022."""
    spans: list[list[int]] = []
    for year in sorted(listed):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return joined.join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)
