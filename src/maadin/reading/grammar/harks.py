"""Figures that hark back to the one before: "That compares with 11% and 19% in 2023 and 2022"."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft, figures, quantity

_OPENS = 4  # words in which "that compares" stands
_COST = 6.0
_KEPT = ("value_prev", "stated", "conversion")


def harks(ctx: Context) -> Iterator[Draft]:
    """Every earlier figure that a sentence tells of what the one before told."""
    words = ctx.scene.words
    at = next((i for i, w in enumerate(words[:_OPENS]) if any(f.key in connectives.words("compares") for f in w.forms)), None)
    opened = at is not None and any(f.key in connectives.words("harks") for w in words[:at] for f in w.forms)
    if at is None or not (opened or (at == 0 and ctx.sentence.lang == "ar")) or ctx.sentence.of("commodity"):
        return
    for q in ctx.quantities:
        told = ctx.memory.share if quantity(q).unit == "percent" else ctx.memory.flow if quantity(q).unit in ("tonne", "USD") else None
        if told is not None and (quantity(q).unit == told["unit"]):
            fields = {name: value for name, value in told.items() if name not in _KEPT} | figures(q)
            yield Draft(q, fields, "harks back", [q], _COST)
