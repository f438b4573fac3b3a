"""A statement in a few words: what it is about, whose, and how much."""

from __future__ import annotations

import re
from functools import lru_cache

from maadin.errors import LabelError
from maadin.facts import catalogue, regions
from maadin.facts.regions import groups
from maadin.reading.mentions.phrases import entries
from maadin.reading.statement import Statement
from maadin.report.numbers import number, scale_for
from maadin.report.words import Language, joined, phrase

_ARABIC = re.compile("[\u0621-\u064a]")
_GROUPS = {"EUU": "EU27"}
# How an instrument's actor and target belong together; a measure is against its target unless it stands here
_TOWARDS = {
    "supply_offer": "to_target", "joint_venture": "with_target", "capacity_project": "with_target", "territory": "with_target",
    "price_support": "with_target", "fund": "out_of_target",
}  # fmt: skip
_BARE = {
    "minerals": {"en": "minerals", "ar": "المعادن"},
    "coal": {"en": "coal", "ar": "الفحم"},
    "diamonds": {"en": "diamonds", "ar": "الماس"},
}


def commodity(name: str, language: Language) -> str:
    """The name of a commodity of a statement."""
    if name in _BARE:
        return _BARE[name][language]
    try:
        return str(getattr(catalogue.commodity(name).names, language))
    except LabelError:
        return name


def countries(codes: tuple[str, ...], language: Language) -> str:
    """The names of countries of a statement."""
    return joined([regions.name(_GROUPS.get(c, c) if _GROUPS.get(c) in groups() else c, language) for c in codes], language)


def speaker(who: str, language: Language) -> str:
    """Who says something, by the name that the brief's language has for them; as the text has it where none is known."""
    return _speakers().get(who, who) if language == "ar" else who


@lru_cache(maxsize=1)
def _speakers() -> dict[str, str]:
    """Arabic names by English ones: of people the first full name, of institutions the first."""
    named: dict[str, str] = {}
    for kind in ("people", "actors", "sources"):
        for entry in entries(kind):
            arabic = [p for p in entry.phrases if _ARABIC.search(p)]
            if arabic and entry.traits.get("name"):
                full = next((p for p in arabic if " " in p), arabic[0]) if kind == "people" else arabic[0]
                named.setdefault(str(entry.traits["name"]), full)
    return named


def about(s: Statement, language: Language) -> str:
    """What a statement is about and whose: "exports of aluminium, Russia to United States"."""
    minerals = joined([commodity(c, language) for c in s.commodity], language)
    if s.kind == "measure":
        what = phrase("told_instruments", str(s.instrument), language, commodity=minerals)
        return _between(what, s.actor, s.target, _TOWARDS.get(str(s.instrument), "on_target"), language)
    what = phrase("metrics", s.of or str(s.metric), language, commodity=minerals)
    if s.metric in ("share", "rank", "change"):
        what = phrase("metrics", {"share": "share_of", "rank": "rank_in", "change": "change_of"}[s.metric], language, what=what)
    flow = {"exports": "to_target", "imports": "from_target"}
    key = "in_target" if s.metric in ("share", "rank") else flow.get(s.of or str(s.metric), "in_target")
    said = _between(what, s.country, None if s.quality == "more" else s.target, key, language)
    return said if s.polarity else phrase("told", "not", language, what=said)


def _between(what: str, who: tuple[str, ...], target: tuple[str, ...] | None, key: str, language: Language) -> str:
    if not who:
        return what
    if not target or target == ("WLD",):
        return phrase("told", "whose", language, what=what, who=countries(who, language))
    return phrase("told", key, language, what=what, who=countries(who, language), target=countries(target, language))


def value(s: Statement, language: Language) -> str:
    """The value of a statement as people read it; a quality in words; empty without either."""
    if s.value is None:
        target = countries(s.target or (), language)
        return phrase("qualities", s.quality, language, target=target) if s.quality else ""
    if isinstance(s.value, tuple):
        low, high = (amount(v, str(s.unit), language) for v in s.value)
        return phrase("told", "range", language, low=low, high=high)
    if s.unit == "rank":
        return phrase("told", "rank", language, value=number(int(s.value), language))
    said = amount(s.value, str(s.unit), language)
    if s.comparator in ("gt", "lt", "approx"):
        said = phrase("told", s.comparator, language, value=said)
    return (
        phrase("told", "from_to", language, value=said, before=amount(s.value_prev, str(s.unit), language))
        if s.value_prev is not None
        else said
    )


def amount(figure: float, unit: str, language: Language) -> str:
    """A number with its unit."""
    if unit == "percent":
        return f"{_plain(figure, language)}%"
    if "/" in unit:
        money, mass = unit.split("/")
        return phrase(
            "told",
            "per",
            language,
            value=f"{_plain(figure, language)} {phrase('units', money, language)}",
            unit=phrase("units", {"tonne": "t"}.get(mass, mass), language),
        )
    scale = scale_for([figure], unit)
    return (
        f"{_plain(figure / scale.factor, language)} {scale.words(language)}".strip()
        if unit not in ("count", "")
        else _plain(figure, language)
    )


def _plain(figure: float, language: Language) -> str:
    """A number as it was told: no digits but its own."""
    from babel.numbers import format_decimal

    return str(format_decimal(round(figure, 6), format="#,##0.######", locale=language, numbering_system="latn"))
