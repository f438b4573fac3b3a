"""What "mt" is in a text: where it writes "38,805 mt" it means metric tons, and "2 mt" are two of them, not two million."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maadin.reading.model import Mention, Quantity, Sentence

_SIGNS = ("mt", "MT")
_MILLION = 1e6


def settle(sentences: Sequence[Sentence]) -> None:
    """Read every "mt" of a text as metric tons if one of them can be nothing else."""
    if any(_thousands(s) for s in sentences):
        for s in sentences:
            s.mentions = [_plain(s, m) for m in s.mentions]


def _thousands(s: Sentence) -> bool:
    """Whether thousands stand right before the sign: "38,805 mt"."""
    return any(
        w.text in _SIGNS and s.words[i - 1].what == "figure" and len(s.words[i - 1].text.split(".")[0].replace(",", "")) > 3
        for i, w in enumerate(s.words)
        if i
    )


def _plain(s: Sentence, m: Mention) -> Mention:
    if m.kind != "quantity" or not isinstance(m.value, Quantity) or m.value.unit != "tonne" or m.value.low < _MILLION:
        return m
    sign = next((i for i in range(m.first + 1, m.last) if s.words[i].text in _SIGNS), None)
    if sign is None or s.words[sign - 1].what != "figure" or len(s.words[sign - 1].text.split(".")[0].replace(",", "")) > 3:
        return m
    return replace(m, value=replace(m.value, low=m.value.low / _MILLION, high=m.value.high / _MILLION))
