"""A trade that ended, named only by what the text told of it before: "that trade all but ended", "هذه التجارة انقطعت"."""

from __future__ import annotations

from collections.abc import Iterator

from maadin.reading.grammar import connectives
from maadin.reading.grammar.context import Context, Draft
from maadin.reading.grammar.scene import Group
from maadin.reading.model import Mention

_REACH = 4  # words between the trade and the verb
_COST = 6.0
_STOPPED_BY = frozenset(("ban", "export_control"))


def stops(ctx: Context) -> Iterator[Draft]:
    """Every end of a trade that the sentence does not name itself."""
    told = ctx.memory.trade
    if told is None:
        return
    for c in ctx.sentence.of("quality", "change"):
        noun = _trade(ctx, c) if c.id in ("stop", "stopped") else None
        if (
            told["metric"] == "exports"
            and set(ctx.memory.measures) & _STOPPED_BY
            and told["country"] in (ctx.memory.measures.get("ban"), ctx.memory.measures.get("export_control"))
        ):
            return  # its own ban is told already
        if noun is None or any(r.id == "ban" and ctx.scene.overlaps(r, c) for r in ctx.sentence.of("instrument")):
            continue
        fields = {"kind": "claim", **told, "quality": "stopped", "value": 0.0, "unit": "tonne", "comparator": "approx"}
        yield Draft(c, fields, "quality: stopped", [noun, c], _COST)
        return


def _trade(ctx: Context, c: Mention) -> Mention | None:
    """The noun of a trade that a verb of stopping has for its subject, without a country of its own."""
    known = connectives.words("trade")
    before = range(c.first - 1, max(-1, c.first - 1 - _REACH), -1)
    after = range(c.last, min(len(ctx.scene.words), c.last + 2)) if ctx.sentence.lang == "ar" else range(0)
    inside = range(c.first, c.last)
    at = next((i for i in (*inside, *before, *after) if any(f.key in known for f in ctx.scene.words[i].forms)), None)
    if at is None:
        return None
    noun = Mention("metric", at, at + 1, "exports")
    lo, hi = min(at - 2, c.first), max(at + 3, c.last)
    own = [
        p for p in ctx.parties if lo <= p.first < hi and p.kind in ("place", "company") and ctx.scene.gap(p.group, Group((noun,))) <= 2.0
    ]
    return None if own else noun
