"""Percentages of a reliance: "Europe relies on China for 98% of its magnesium", "تعتمد أوروبا على الصين بنسبة 98%"."""

from __future__ import annotations

from maadin.reading.grammar.context import Context
from maadin.reading.grammar.places import Party
from maadin.reading.model import Mention

_REACH = 12.0  # words between the verb and the percentage


def relied_on(ctx: Context, q: Mention) -> tuple[Party, tuple[str, ...]] | None:
    """Whom a verb of relying before a percentage names, and who relies; Arabic only."""
    if ctx.sentence.lang != "ar":
        return None
    verbs = [v for v in ctx.sentence.of("quality") if v.id == "needed" and v.traits.get("part") == "verb" and v.first < q.first]
    if not verbs or ctx.scene.gap(verbs[-1], q) > _REACH:
        return None
    source = next((p for p in ctx.parties if verbs[-1].first < p.first < q.first and p.role == "on"), None)
    if source is None:
        return None
    subjects = [p for p in ctx.parties if p.last <= source.first and p.role in ("bare", "adj", "of") and p.kind in ("place", "pronoun")]
    importer = subjects[-1].codes if subjects else ctx.memory.subject
    return (source, importer) if importer and importer != source.codes else None
