"""What metrics mean as the object of a share, rank or change."""

from __future__ import annotations

from maadin.reading.grammar.context import Context
from maadin.reading.model import Mention

OF = {"production": "production", "reserves": "reserves", "exports": "exports", "imports": "imports", "capacity": "capacity", "consumption": "consumption", "refining": "refining", "price": "price"}  # fmt: skip


_NAMES = ("office", "company", "source")


def metrics(ctx: Context) -> list[Mention]:
    """Metrics of a sentence that are not part of a name ("the mining ministry")."""
    names = [n for n in ctx.sentence.of(*_NAMES)]
    return [m for m in ctx.sentence.of("metric") if not any(ctx.scene.overlaps(m, n) for n in names)]


def meant(m: Mention) -> str:
    """What a metric is as an object; "supply" is output there."""
    return str(m.traits.get("also") or OF.get(m.id, ""))
