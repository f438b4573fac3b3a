"""Quotations over several sentences whose speaker is named only where they end."""

from __future__ import annotations

from maadin.reading.model import Sentence
from maadin.reading.statement import Statement


class Quotation:
    """The statements of a quotation that waits for its speaker."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._paragraph = -1

    def follow(self, sentence: Sentence, who: str | None, found: list[Statement], begun: int) -> None:
        """Go on with a sentence, whose statements begin at `begun`: what is said inside a quotation goes to the speaker named at its end."""
        goes_on = self._first is not None and sentence.paragraph == self._paragraph and _inside(sentence, 0)
        if not goes_on:
            self._first = None
        if _wholly(sentence):
            if self._first is None:
                self._first, self._paragraph = begun, sentence.paragraph
            return
        if self._first is not None and who is not None and _speaks_after(sentence):
            found[self._first :] = [s.model_copy(update={"attributed_to": who}) for s in found[self._first :]]
        self._first = None


def _inside(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.quoted) and (sentence.quoted[at] or sentence.words[at].what == "mark")


def _wholly(sentence: Sentence) -> bool:
    """Whether all words of a sentence stand in quotation marks."""
    words = [inside for word, inside in zip(sentence.words, sentence.quoted, strict=False) if word.what != "mark"]
    return bool(words) and all(words)


def _speaks_after(sentence: Sentence) -> bool:
    """Whether a verb of saying stands behind the end of a quotation."""
    end = next((i for i, inside in enumerate(sentence.quoted) if not inside and sentence.words[i].what != "mark"), None)
    return end is not None and any(m.first >= end and not sentence.quoted[m.first] for m in sentence.of("say"))
