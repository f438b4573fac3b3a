"""Figures in the order of a list: "exports from Australia and Brazil rose by 83% and 48% respectively"."""

from __future__ import annotations

from collections.abc import Sequence

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft


def shared_out(ctx: Context, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The drafts, each with its own country or commodity where the sentence says "respectively"."""
    if len(drafts) < 2 or not any(w.key in connectives.words("respectively") for w in ctx.scene.words):
        return drafts
    told: dict[tuple[object, ...], list[Draft]] = {}
    for d in sorted(drafts, key=lambda d: d.anchor.first):
        told.setdefault(tuple(d.fields.get(name) for name in ("metric", "of", "unit", "country", "commodity")), []).append(d)
    for alike in told.values():
        field = next((f for f in ("country", "commodity") if len(alike) > 1 and len(alike[0].fields[f]) == len(alike)), None)
        if field is not None:
            for d, own in zip(alike, alike[0].fields[field], strict=True):
                d.fields = {**d.fields, field: (own,)}
    return drafts
