"""Which countries lie in the part of the world that a text names one by: "the South American country", "الدولة الأفريقية"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

from maadin import labels
from maadin.reading import entries
from maadin.reading.model import Word


@lru_cache(maxsize=1)
def _listed() -> Mapping[tuple[str, ...], frozenset[str]]:
    file = resources.files("maadin.reading") / "lexicon" / "parts.yaml"
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for entry in entries.read(file.read_text("utf-8"), file.name):
        for phrase in entry.phrases:
            key = tuple(labels.key(word) for word in phrase.split())
            found[key] = found.get(key, frozenset()) | frozenset(entry.traits["members"])
    return found


def members(words: Sequence[Word]) -> frozenset[str]:
    """Codes of the countries of a part of the world named among some words; none where they name no part."""
    for i, word in enumerate(words):
        for length in (2, 1):
            key = tuple(w.key for w in words[i : i + length])
            if found := _listed().get(key):
                return found
        if found := next((f for form in word.forms if (f := _listed().get((form.key,)))), None):
            return found
    return frozenset()
