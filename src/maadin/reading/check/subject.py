"""What a statement is about: one commodity, one country (or several taken together), the other side, the stage that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from maadin import labels
from maadin.errors import LabelError
from maadin.facts import catalogue, regions
from maadin.facts.catalogue import Commodity, Stage
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.shelf import Shelf
from maadin.reading.check.tolerance import Band, band_of
from maadin.reading.check.windows import Period, period_of
from maadin.reading.statement import Statement

WORLD = "WLD"
UNIONS = {"EUU": "EU27"}
_SOURCES = {
    "usgs_mcs": ("usgs", "geological survey", "مسح جيولوجي", "مسح الجيولوجي"),
    "wmd": ("world mining data",),
    "wb_pinksheet": ("world bank", "بنك دولي", "بنك الدولي"),
}
_STAGE_WORDS: dict[str, tuple[str, ...]] = {
    "mine": (
        "mine",
        "mines",
        "mined",
        "mining",
        "ore",
        "ores",
        "concentrate",
        "concentrates",
        "منجم",
        "مناجم",
        "تعدين",
        "خام",
        "خامات",
        "مركزات",
    ),
    "refined": ("refined", "refinery", "refining", "smelter", "cathode", "cathodes", "مكرر", "تكرير", "مصهر", "مصاهر", "كاثود"),
    "product": ("magnet", "magnets", "foil", "sheet", "profiles", "مغناطيس", "مغناط", "مغانط", "رقايق", "صفايح"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One question to the tables.

    Attributes
    ----------
    statement : Statement
    shelf : Shelf
    commodity : Commodity
    country : str
        Code of who the statement is about.
    holder : tuple of str
        Its members; several are taken together.
    target : str, optional
        Code of the other side; None where there is none, or where it is the world.
    others : tuple of str
        Its members.
    told_stages : tuple of str
        Stages that the words name; empty where they name none.
    band : Band, optional
        The number told, and how close is close enough.
    period : Period
    source : str, optional
        The source that the statement itself names ("according to the U.S. Geological Survey"): its figures decide.
    """

    statement: Statement
    shelf: Shelf
    commodity: Commodity
    country: str
    holder: tuple[str, ...]
    target: str | None
    others: tuple[str, ...]
    told_stages: tuple[str, ...]
    band: Band | None
    period: Period
    source: str | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages in question: those that the words name, or all but products."""
        named = tuple(s for s in self.commodity.stages if s.id in self.told_stages)
        return named or tuple(s for s in self.commodity.stages if s.id != "product") or self.commodity.stages

    def anchor(self, known: Knowledge) -> int | None:
        """The year that the statement speaks of, where it does not tell a year; None for the last one at hand."""
        return self.period.annual if self.period.kind in ("month", "day") else known.anchor

    def is_stage(self, stage: str) -> bool:
        """Whether a stage of a table is in question."""
        return not self.told_stages or stage in self.told_stages

    def opposite(self) -> Case:
        """The same question with the two sides of the flow exchanged."""
        return replace(self, country=self.target or WORLD, holder=self.others, target=self.country, others=self.holder)


def commodity_of(name: str) -> Commodity | None:
    """The commodity of the catalogue with a name; None for "minerals" and what is unknown."""
    try:
        return catalogue.commodity(name)
    except LabelError:
        return None


# What texts call by one name and the catalogue keeps apart
_SEVERAL = {
    "coal": ("steam-coal", "coking-coal", "lignite"),
    "diamonds": ("gem-diamonds", "industrial-diamonds"),
    "diamond": ("gem-diamonds", "industrial-diamonds"),
}


def commodities_of(name: str) -> tuple[Commodity, ...]:
    """All commodities of the catalogue that a name stands for; none for "minerals" and what is unknown."""
    if several := _SEVERAL.get(labels.key(name)):
        return tuple(catalogue.commodity(id) for id in several)
    found = commodity_of(name)
    return () if found is None else (found,)


def members(code: str, year: int | None = None) -> tuple[str, ...]:
    """The countries of a code."""
    if code in UNIONS:
        return regions.members(UNIONS[code], year)
    return (code,) if regions.is_code(code) else ()


def code_of(holder: Sequence[str]) -> str:
    """One code for some countries taken together."""
    for code in UNIONS:
        if len(holder) > 2 and set(holder) == set(members(code)):
            return code
    return "+".join(holder[:3])


def case(statement: Statement, shelf: Shelf, commodity: Commodity, countries: Sequence[str], targets: Sequence[str]) -> Case:
    """A question about some countries taken together, towards others."""
    towards = tuple(t for t in targets if t != WORLD)
    return Case(
        statement=statement,
        shelf=shelf,
        commodity=commodity,
        country="+".join(countries) if countries else WORLD,
        holder=_spread(countries) or (WORLD,),
        target="+".join(towards) or None,
        others=_spread(towards),
        told_stages=_told_stages(statement, commodity),
        band=band_of(statement),
        period=period_of(statement),
        source=_told_source(statement),
    )


def _spread(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m for code in codes for m in members(code)))


def _told_source(statement: Statement) -> str | None:
    """The source that a statement names."""
    said = labels.key(f"{statement.attributed_to or ''} {statement.text}")
    return next((source for source, names in _SOURCES.items() if any(name in said for name in names)), None)


def _told_stages(statement: Statement, commodity: Commodity) -> tuple[str, ...]:
    """Stages whose words stand in the text, where the commodity has more than one."""
    if statement.of == "refining":
        return tuple(s.id for s in commodity.stages if s.id in ("refined", "intermediate")) or ("refined",)
    found = [stage for stage in _stages_named(statement.text) if any(s.id == stage for s in commodity.stages)]
    return tuple(found) if len(commodity.stages) > 1 else ()


@lru_cache(maxsize=256)
def _stages_named(text: str) -> tuple[str, ...]:
    said = {labels.key(word) for word in re.split(r"[^\w]+", text)}
    return tuple(stage for stage, names in _STAGE_WORDS.items() if said & {labels.key(n) for n in names})
