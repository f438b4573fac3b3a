"""Names of places: countries and groups as the facts have them, peoples and adjectives, capitals, and what lies inside a country."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from importlib import resources

from maadin.facts import regions
from maadin.reading.lexicon import Entry
from maadin.reading.mentions.naming import names
from maadin.reading.mentions.phrases import entries

_UNION = {"EU27": "EUU"}  # a group with policies of its own: an actor, not a list of countries
_NO_PLACES = (*regions.TOTALS, "EFT", "PUS", "ZA1", "ANT", "SCG", "CSK")
_ENDINGS = (  # of an Arabic adjective, and whether it is then mostly a people
    ("", False), ("ة", False), ("ون", True), ("ين", True), ("ات", False), ("ان", False), ("تان", False), ("تين", False),
)  # fmt: skip


def places() -> Iterator[Entry]:
    """Every name of a place that is known."""
    rows = _peoples()
    for row in rows:
        yield from names("place", row["code"], _all_spelled(_given(row, "also")), {"shared": True}, proper=False)
    for code, country in regions.countries().items():
        if code not in _NO_PLACES:
            known = [country.en, country.ar, *country.also]
            yield from names("place", code, _all_spelled(known), {"shared": True}, proper=False)
    for row in rows:
        yield from _adjectives(row)
    for code, group in regions.groups().items():
        if code != "all":
            traits = {"shared": True} if code in _UNION else {"group": True, "name": group.en, "shared": True}
            yield from names("place", _UNION.get(code, code), (group.en, group.ar, group.code, *group.also), traits, proper=False)
    for entry in entries("actors"):
        yield from names("place", entry.id, entry.phrases, {"actor": True, "shared": True, **entry.traits})
    for code, given in regions.actors().items():
        yield from names("place", _UNION.get(code, code), given, {"actor": True, "shared": True}, proper=False)
    for entry in entries("provinces"):
        yield from names("place", entry.id, _all_spelled(entry.phrases), {"inside": True, **entry.traits})
    for entry in entries("continents"):
        yield from names("place", entry.id, entry.phrases, {**entry.traits, "shared": True})


def _peoples() -> list[dict[str, str]]:
    """Rows of the table of peoples, lists parted by "|".

    `en` has English adjectives (the people is made from them), `ar` the Arabic adjective where `adjective` does not give it, `people` those that are no
    adjective with an ending (Swedes, الروس), `also` spellings of the country's name that newsrooms use besides those of the facts.
    """
    text = (resources.files("maadin.reading") / "lexicon" / "demonyms.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _given(row: dict[str, str], column: str) -> list[str]:
    return [name for name in row[column].split("|") if name]


def _adjectives(row: dict[str, str]) -> Iterator[Entry]:
    """Adjectives and peoples. What is the name of the country as well ("تشيلي") stays that."""
    english = _given(row, "en")
    adjectives = [*english]
    people = [*_given(row, "people"), *(f"{name}s" for name in english if not name.endswith(("s", "sh", "ch", "ese")))]
    for stem in _given(row, "ar") or _nisba(row["code"]):
        for ending, a_people in _ENDINGS:
            (people if a_people else adjectives).extend(_all_spelled([_inflected(stem, ending)]))
    yield from names("place", row["code"], adjectives, {"adjective": True, "shared": True}, proper=False)
    yield from names("place", row["code"], people, {"adjective": True, "people": True, "shared": True}, proper=False)


def _nisba(code: str) -> list[str]:
    known = regions.countries().get(code)
    stem = adjective(known.ar) if known else ""
    return [stem] if stem else []


def adjective(country: str) -> str:
    """The Arabic adjective of a country of one word, as most form it; "" of more than one.

    Examples
    --------
    >>> adjective("روسيا"), adjective("الصين"), adjective("السعودية"), adjective("جنوب السودان")
    ('روسي', 'صيني', 'سعودي', '')
    """
    name = country.removeprefix("ال")
    if " " in name:
        return ""
    if name.endswith(("يا", "ية", "ي")):
        return name.rstrip("اة")
    return (name[:-1] if name[-1] in "اة" else name) + "ي"


def _inflected(stem: str, ending: str) -> str:
    """The adjective with an ending, on each of its words that is one: "كورية جنوبية", but "جنوب أفريقية"."""
    return " ".join(word + ending if word.endswith("ي") else word for word in stem.split())


def _all_spelled(given: Iterable[str]) -> list[str]:
    """Names without remarks, and Arabic ones with "ج" for a "غ" that stands for a g as well."""
    plain = [
        name.replace("&", "and") for name in given if not set("(),.") & set(name.replace("U.S", "").replace("U.K", "").replace("St.", ""))
    ]
    return [spelling for name in plain for spelling in ((name, name.replace("غ", "ج")) if "غ" in name else (name,))]
