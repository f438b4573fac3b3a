"""Flows that "those" stands for: "shipments to the US fell, while those to Japan dropped 40%", "تلك المتجهة إلى اليابان"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.model import Form, Mention, Sentence

_FLOWS = ("exports", "imports", "production")
_NEXT = 3  # words between "those" and the country


def recalled(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with the flows that "those" before "to", "from" or "of" a country calls back."""
    made = list(mentions)
    for i, word in enumerate(sentence.words):
        if word.key not in connectives.words("those") or not any(0 < m.first - i <= _NEXT for m in mentions if m.kind == "place"):
            continue
        led = {f.key for w in sentence.words[i + 1 : i + 3] for f in w.forms} & connectives.words("those_to")
        flows = [m for m in mentions if m.kind == "metric" and m.id in _FLOWS and m.last <= i and m.traits.get("part") == "noun"]
        if led and flows:
            made.append(Mention("metric", i, i + 1, flows[-1].id, Form(word.key), {"part": "noun", "recalled": True}))
    return made if len(made) == len(mentions) else sorted(made, key=lambda m: (m.first, -m.last))
