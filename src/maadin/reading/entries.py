"""Entries of a lexicon file: phrases in both languages, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from maadin.errors import ChecksFailed, DataError

_LANGUAGES = ("en", "ar")


@dataclass(frozen=True, slots=True)
class Entry:
    """Phrases that mean one thing.

    Attributes
    ----------
    kind, id : str
        What a mention of it becomes.
    traits : mapping
        What else is known of it: any further field of the file.
    phrases : tuple of str
    shared : bool
        Whether its phrases may belong to other ids of its kind too; the first one loaded is found, the others are in the mention's trait `or`.
    """

    kind: str
    id: str
    traits: Mapping[str, Any]
    phrases: tuple[str, ...]
    shared: bool = False


def read(text: str, file: str) -> list[Entry]:
    """Read the entries of a lexicon file.

    Parameters
    ----------
    text : str
        YAML: `kind`, and `entries`, each with an `id`, phrases under `en` and `ar`, and any traits.
    file : str
        What errors call it.

    Raises
    ------
    DataError
        It is no YAML or has no kind or entries.
    ChecksFailed
        Some entries are wrong; all of them are listed.
    """
    try:
        data = _data(text)
    except yaml.YAMLError as error:
        raise DataError(f"this is no YAML: {' '.join(str(error).split())}", file=file) from error
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str) or not isinstance(data.get("entries"), list):
        raise DataError("expected a 'kind' and a list of 'entries'", file=file)
    if unknown := set(data) - {"kind", "entries"}:
        raise DataError(f"unknown fields {', '.join(sorted(map(str, unknown)))}; expected 'kind' and 'entries'", file=file)
    entries: list[Entry] = []
    problems: list[str] = []
    for number, record in enumerate(data["entries"]):
        wrong = list(_wrong(record))
        problems.extend(f"entries[{number}]{_named(record)}: {line}" for line in wrong)
        if not wrong:
            phrases = tuple(phrase for language in _LANGUAGES for phrase in record.get(language, ()))
            traits = {trait: value for trait, value in record.items() if trait not in ("id", "shared", *_LANGUAGES)}
            entries.append(Entry(data["kind"], record["id"], traits, phrases, bool(record.get("shared", False))))
    if problems:
        raise ChecksFailed(file, problems)
    return entries


def _data(text: str) -> Any:
    """What a YAML text holds. Made from its events, which takes half the time of `yaml.load`; phrases stay text, even "no" and "on"."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
            if not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)):
                return _value(loader, event, {}, phrases=False)
    finally:
        loader.dispose()
    return None


def _value(loader: Any, event: Any, anchored: dict[str, Any], phrases: bool) -> Any:
    value: Any
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchored:
            raise yaml.YAMLError(f"nothing is called {event.anchor!r}")
        return anchored[event.anchor]
    if isinstance(event, yaml.ScalarEvent):
        value = event.value
        if not (phrases and value):
            tag = loader.resolve(yaml.ScalarNode, value, event.implicit)
            value = value if tag == "tag:yaml.org,2002:str" else loader.construct_object(yaml.ScalarNode(tag, value))
    elif isinstance(event, yaml.SequenceStartEvent):
        value = []
        while not isinstance(item := loader.get_event(), yaml.SequenceEndEvent):
            value.append(_value(loader, item, anchored, phrases))
    else:
        value = {}
        while not isinstance(name := loader.get_event(), yaml.MappingEndEvent):
            field = str(_value(loader, name, anchored, phrases=True))
            value[field] = _value(loader, loader.get_event(), anchored, phrases=field in _LANGUAGES)
    if event.anchor is not None:
        anchored[event.anchor] = value
    return value


def _named(record: object) -> str:
    return f" ({record['id']})" if isinstance(record, dict) and "id" in record else ""


def _wrong(record: object) -> Iterator[str]:
    if not isinstance(record, dict):
        yield "expected fields, not a bare value"
        return
    if not isinstance(record.get("id"), str):
        yield f"id: expected text, not {record.get('id')!r}; put it in quotes"
    if not any(record.get(language) for language in _LANGUAGES):
        yield "no phrases under 'en' or 'ar'"
    for language in _LANGUAGES:
        phrases = record.get(language, [])
        if not isinstance(phrases, list):
            yield f"{language}: expected a list of phrases"
            continue
        for place, phrase in enumerate(phrases):
            if not isinstance(phrase, str) or not phrase.strip():
                yield f"{language}[{place}]: expected a phrase, not {phrase!r}"
