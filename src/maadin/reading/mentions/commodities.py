"""Names of commodities: those of the catalogue, and what texts call them besides."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.facts import catalogue
from maadin.reading.lexicon import Entry
from maadin.reading.mentions.naming import names
from maadin.reading.mentions.phrases import entries

_SYMBOLS = ("REE",)  # other symbols are ordinary words too often: In, As, No, W


def commodities() -> Iterator[Entry]:
    """Every name of a commodity, the lexicon's before the catalogue's where they differ (coal is more than steam coal)."""
    for entry in entries("commodities"):
        called = entry.traits.get("name") or entry.id.replace("-", " ")
        yield from names("commodity", entry.id, entry.phrases, {"name": called, **entry.traits, "shared": True}, proper=False)
    for commodity in catalogue.commodities().values():
        symbol = (commodity.symbol,) if commodity.symbol in _SYMBOLS else ()
        given = (commodity.names.en, commodity.names.ar, *commodity.synonyms.en, *commodity.synonyms.ar, *symbol)
        phrases = [phrase for name in given if "(" not in name for phrase in _spelled(name)]
        yield from names("commodity", commodity.id, phrases, {"name": commodity.id.replace("-", " "), "shared": True}, proper=False)


def _spelled(name: str) -> Iterator[str]:
    yield name
    for one, other in (("aluminium", "aluminum"), ("sulphur", "sulfur"), ("sulfide", "sulphide")):
        if one in name:
            yield name.replace(one, other)
