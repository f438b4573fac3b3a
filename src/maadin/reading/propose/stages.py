"""Which of a commodity's markets a measure acts in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maadin.errors import LabelError
from maadin.facts import regions
from maadin.facts.catalogue import Commodity, Stage
from maadin.facts.store import Store, default_store
from maadin.policy.texts import Sentence
from maadin.reading.propose.asked import PROJECTS, Asked, known
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

YEARS = 3  # of trade that are added up
_WORDS = {
    "refined": re.compile(r"\b(refined|refinery|refining|smelters?|cathodes?)\b|مكرر|تكرير|مصفاة|مصافي|مصهر|مصاهر|كاثود", re.IGNORECASE),
    "mine": re.compile(r"\b(ores?|concentrates?|mines?|mined|mining)\b|خامات|مركزات|منجم|مناجم|تعدين", re.IGNORECASE),
}


def stage_of(s: Statement, commodity: Commodity, store: Store | None = None) -> Stage | None:
    """The stage that the words name, else for measures at a border the one that the actor trades most, else the first; of those that can be balanced."""
    balanced = _balanced(commodity)
    if named := _named(s, balanced):
        return named
    if len(balanced) > 1 and s.instrument not in PROJECTS:
        worth = {stage.id: _traded(s, stage, store) for stage in balanced}
        return max(balanced, key=lambda stage: worth[stage.id])  # the first of several with the same
    return next(iter(balanced), None)


def said(asked: Asked) -> list[Sentence]:
    """Which stage it is, where there are several."""
    balanced = _balanced(asked.commodity)
    if len(balanced) < 2:
        return []
    of = {"commodity": asked.commodity.id, "stage": (asked.commodity.id, asked.stage.id)}
    actors = known(asked.statement.actor, world=False)
    if _named(asked.statement, balanced) or asked.statement.instrument in PROJECTS or not actors:
        return [sentence("stage", **of)]
    return [sentence("stage_most_traded", names=actors, **of)]


def _balanced(commodity: Commodity) -> list[Stage]:
    return [stage for stage in commodity.stages if stage.grade != "C"]


def _named(s: Statement, stages: Sequence[Stage]) -> Stage | None:
    return next((stage for stage in stages if stage.id in _WORDS and _WORDS[stage.id].search(s.text)), None)


def _traded(s: Statement, stage: Stage, store: Store | None) -> float:
    """USD that the actors trade at a stage in the last years, on the side on which the measure acts."""
    codes: set[str] = set()
    for actor in known(s.actor, world=False):
        try:
            codes |= set(regions.resolve(actor))
        except LabelError:
            continue
    outward = s.direction == "export" or (s.direction is None and s.instrument not in ("tariff", "sanction"))
    side = "exporter" if outward else "importer"
    query = f"""select coalesce(sum(value_usd), 0) from trade where list_contains($1, hs6) and list_contains($2, {side}) and exporter <> importer
        and series like 'baci-%' and year > (select max(year) from trade) - {YEARS}"""
    return float((store or default_store()).rows(query, [[c.code for c in stage.hs6], sorted(codes)])[0][0])
