"""The small words of the grammar: each set stands once."""

from __future__ import annotations

import pytest

from maadin.errors import ChecksFailed
from maadin.reading.entries import read
from maadin.reading.grammar import connectives

TWICE = """
kind: connective
entries:
  - {id: licence, en: [licence], ar: [رخصة]}
  - {id: other, en: [other]}
  - {id: licence, en: [permit], ar: [تصريح]}
"""


def test_an_id_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ChecksFailed, match="the id 'licence' stands twice; expected all its words in one entry, or another id"):
        connectives.sets(read(TWICE, "some.yaml"), "some.yaml")


def test_words_of_both_languages_are_found_by_their_key() -> None:
    assert connectives.words("to_level") == {"to", "الي"}
