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


def elsewhere(ctx: Context, at: Mention, m: Mention) -> bool:
    """Whether a metric is one of a later clause, where a commodity is what rose: "lead climbed 2% to 26,000 t, while zinc output ..."."""
    if m.first < at.last or not any(w.what == "mark" and w.text in ",;،؛" for w in ctx.scene.words[at.last : m.first]):
        return False
    verbs = [c for c in ctx.sentence.of("change") if c.traits.get("part") == "verb" and c.first <= at.first]
    rose = any(g.last == c.first for g in ctx.scene.groups("commodity") for c in verbs)
    return rose and not any(o.last <= at.first and o.traits.get("part") == "noun" for o in ctx.sentence.of("metric"))
