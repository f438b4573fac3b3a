"""Small words that hold a sentence together, as sets of keys: `lexicon/connectives.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

from maadin import labels
from maadin.errors import ChecksFailed
from maadin.reading import entries

_MARKS = frozenset((",", "،", "/", "-", "&", "and/or"))
_ROLE = "role_"


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, frozenset[str]]:
    file = resources.files("maadin.reading") / "lexicon" / "connectives.yaml"
    return sets(entries.read(file.read_text("utf-8"), file.name), file.name)


def sets(listed: Iterable[entries.Entry], file: str) -> Mapping[str, frozenset[str]]:
    """The sets of keys of entries by their id.

    Raises
    ------
    ChecksFailed
        An id stands twice; all of them are listed.
    """
    found: dict[str, frozenset[str]] = {}
    twice: list[str] = []
    for entry in listed:
        if entry.id in found:
            twice.append(f"the id {entry.id!r} stands twice; expected all its words in one entry, or another id")
        found[entry.id] = frozenset(map(labels.key, entry.phrases))
    if twice:
        raise ChecksFailed(file, twice)
    return found


def words(id_: str) -> frozenset[str]:
    """Keys of the words of an id."""
    return _listed()[id_]


@lru_cache(maxsize=1)
def joining() -> frozenset[str]:
    """What may stand between the members of a list: "and", commas."""
    return words("and") | _MARKS


@lru_cache(maxsize=1)
def roles() -> Mapping[str, str]:
    """The role of a country by the key of the word before it."""
    return {key: id_.removeprefix(_ROLE) for id_, keys in _listed().items() if id_.startswith(_ROLE) for key in keys}
