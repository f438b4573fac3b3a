"""From a text, Arabic or English, to its statements."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from maadin.errors import InputError
from maadin.reading import source, words
from maadin.reading.grammar.extract import statements
from maadin.reading.grammar.merge import merged
from maadin.reading.lexicon import Lexicon, load
from maadin.reading.mentions import dates, iron, names, quantities, tons
from maadin.reading.model import Document
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
        What relative dates were counted from.
    characters : int
        Length of the text.
    dropped : tuple of str
        Proposals of a model that did not hold, and why.
    """

    model_config = ConfigDict(frozen=True)

    statements: tuple[Statement, ...]
    published: date | None = None
    characters: int = 0
    dropped: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "published": self.published.isoformat() if self.published else None,
            "characters": self.characters,
            "statements": [s.to_data() for s in self.statements],
            **({"dropped": list(self.dropped)} if self.dropped else {}),
        }

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)


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
        mentions = [*vocabulary.find(sentence), *quantities.find(sentence), *dates.find(sentence, published), *names.find(sentence)]
        sentence.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
    tons.settle(found)
    iron.settle(found)
    return Document(cleaned, found, published)


def read(text: str, published: date | None = None, *, model: Model | None = None) -> Reading:
    """Find the statements of a text about mineral markets.

    Parameters
    ----------
    text : str
        A news report or any other text, Arabic, English or both; markup is passed over.
    published : date, optional
        When it was published: relative dates count from it.
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
    found = statements(document(text, published))
    dropped: list[str] = []
    if model is not None:
        from maadin.reading.proposals import propose

        proposed, dropped = propose(text, model)
        found = sorted(merged([*found, *proposed]), key=lambda s: s.span)
    return Reading(statements=tuple(found), published=published, characters=len(text), dropped=tuple(dropped))
