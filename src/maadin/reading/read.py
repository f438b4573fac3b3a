"""From a text, Arabic or English, to its statements."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from maadin.errors import InputError
from maadin.reading import dateline, source, words
from maadin.reading.grammar.extract import statements
from maadin.reading.grammar.merge import merged
from maadin.reading.lexicon import Lexicon, load
from maadin.reading.mentions import dates, iron, names, quantities, tons
from maadin.reading.model import Dateline, Document, Mention, Sentence, Source
from maadin.reading.statement import SCHEMA_VERSION, Statement

if TYPE_CHECKING:
    from maadin.reading.proposals import Model

LARGEST = 4_000_000  # characters of a text
VOCABULARY = (
    "metrics", "instruments", "statuses", "changes", "shares", "ranks", "links", "sayings", "negations", "conditions", "pronouns", "qualities", "scopes",
    "distractors", "restraints", "works", "sites", "grants", "outputs", "deals",
)  # fmt: skip


class Reading(BaseModel):
    """What a text says.

    Attributes
    ----------
    statements : tuple of Statement
        In the order of the text; empty where there is nothing of ours.
    published : date, optional
        When the text was published, as it was given or as the text tells it: relative dates were counted from it.
    dateline : Dateline, optional
        Where the text tells it; None where it was given, or is not known.
    characters : int
        Length of the text.
    dropped : tuple of str
        Proposals of a model that did not hold, and why.
    """

    model_config = ConfigDict(frozen=True)

    statements: tuple[Statement, ...]
    published: date | None = None
    dateline: Dateline | None = None
    characters: int = 0
    dropped: tuple[str, ...] = ()

    @property
    def publication(self) -> Literal["given", "found", "absent"]:
        """How the date of publication is known: given with the text, found in it, or not at all."""
        return "absent" if self.published is None else "given" if self.dateline is None else "found"

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "published": self.published.isoformat() if self.published else None,
            "publication": publication_data(self),
            "characters": self.characters,
            "statements": [s.to_data() for s in self.statements],
            **({"dropped": list(self.dropped)} if self.dropped else {}),
        }

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)


def publication_data(reading: Reading) -> dict[str, Any]:
    """How the date of publication is known, as JSON has it; where it was found also its place, and whether it is a day or only a month."""
    told = reading.dateline
    found = {"exact": told.exact, "span": list(told.span), "text": told.text} if told is not None else {}
    return {"how": reading.publication, **found}


@lru_cache(maxsize=1)
def _vocabulary() -> Lexicon:
    return load(*VOCABULARY)


def document(text: str, published: date | None = None) -> Document:
    """A text with its sentences and their mentions.

    Raises
    ------
    InputError
        If it is too long to be a text.
    """
    if len(text) > LARGEST:
        raise InputError(f"the text has {len(text):,} characters; expected at most {LARGEST:,}")
    cleaned = source.clean(text)
    found = words.sentences(cleaned)
    vocabulary = _vocabulary()
    for sentence in found:
        sentence.mentions = [*vocabulary.find(sentence), *quantities.find(sentence), *names.find(sentence)]
    told = dateline.find(cleaned, found)
    counted = published or (told.day if told is not None else None)
    dated = dates.same_years([_dated(cleaned, sentence, counted, told, blurred=published is None) for sentence in found])
    for sentence, mentions in zip(found, dated, strict=True):
        sentence.mentions = sorted([*sentence.mentions, *mentions], key=lambda m: (m.first, -m.last))
    tons.settle(found)
    iron.settle(found)
    return Document(cleaned, found, counted, told)


def _dated(cleaned: Source, sentence: Sentence, counted: date | None, told: Dateline | None, *, blurred: bool) -> list[Mention]:
    """Dates of a sentence; that of publication is told apart."""
    found = dates.find(sentence, counted)
    if told is None:
        return found
    if blurred and told.exact == "month":
        found = [dateline.blurred(m) for m in found]
    return [replace(m, traits={**m.traits, "dateline": True}) if dateline.within(told, cleaned, sentence, m) else m for m in found]


def read(text: str, published: date | None = None, *, model: Model | None = None) -> Reading:
    """Find the statements of a text about mineral markets.

    Parameters
    ----------
    text : str
        A news report or any other text, Arabic, English or both; markup is passed over.
    published : date, optional
        When it was published: relative dates count from it. Without it the date that the text tells itself counts, if there is one.
    model : Model, optional
        A language model that may propose further statements (`maadin.reading.proposals`); they pass the same check and are marked.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        If it is too long to be a text.
    DataError
        If the model does not answer.

    Examples
    --------
    >>> found = read("Guinea exported 145 million tonnes of bauxite in 2024.").statements[0]
    >>> found.metric, found.country, found.value, found.year_or_date
    ('exports', ('GIN',), 145000000.0, '2024')
    """
    made = document(text, published)
    found = statements(made)
    dropped: list[str] = []
    if model is not None:
        from maadin.reading.proposals import propose

        proposed, dropped = propose(text, model)
        found = sorted(merged([*found, *proposed]), key=lambda s: s.span)
    return Reading(
        statements=tuple(found), published=made.published, dateline=made.dateline if published is None else None,
        characters=len(text), dropped=tuple(dropped),
    )  # fmt: skip
