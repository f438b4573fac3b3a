"""The commodity catalogue: what each commodity is called, how it is traded, and how well its market can be balanced."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from maadin import labels
from maadin.errors import ChecksFailed, LabelError

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
StageId = Literal["mine", "intermediate", "refined", "product"]
Grade = Literal["A", "B", "C"]
Group = Literal["iron-ferroalloys", "non-ferrous", "precious", "industrial", "fuels", "usgs-only", "us-only"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(_Entry):
    """A name in the two languages."""

    en: Text
    ar: Text


class Synonyms(_Entry):
    """Other names met in texts, per language; matching ignores case, hamza, diacritics and the article."""

    en: tuple[Text, ...] = ()
    ar: tuple[Text, ...] = ()


class Factor(_Entry):
    """Tonnes of the stage's mass basis per gross tonne traded under a code (1 = same basis)."""

    low: float = Field(gt=0)
    mid: float = Field(gt=0)
    high: float = Field(gt=0)
    source: Text

    @model_validator(mode="after")
    def _ordered(self) -> Factor:
        if not self.low <= self.mid <= self.high:
            raise ValueError("factor needs low <= mid <= high")
        return self


class TradedCode(_Entry):
    """A Harmonized System subheading under which a stage is traded.

    Attributes
    ----------
    code : str
        Six digits.
    title : Names
    factor : Factor
        Content; `by_exporter` holds those of exporters that ship another grade.
    same_as : str or None
        The code of another revision that holds the same goods: the two are never added.
    """

    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    title: Names
    factor: Factor
    by_exporter: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")], Factor] = {}
    same_as: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] | None = None

    def factor_for(self, exporter: str) -> Factor:
        """Content of what an exporter ships."""
        return self.by_exporter.get(exporter, self.factor)


class Stage(_Entry):
    """One stage of a commodity: where it is produced, on what mass basis, under which codes it is traded.

    `form` names the printed form of output that the codes trade, where a source counts several.
    """

    id: StageId
    names: Names
    mass_basis: Annotated[str, StringConstraints(pattern=r"^(gross|dry|[A-Za-z0-9]+ content)$")]
    hs6: tuple[TradedCode, ...] = ()
    form: str | None = None
    grade: Grade
    reason: Names


class Commodity(_Entry):
    """A commodity with its names, its stages and what sources call it.

    Attributes
    ----------
    id : str
        Stable identifier, kebab-case.
    unit : str
        Unit of its quantities: tonne, million m3 or carat.
    wmd : str or None
        Sheet of World Mining Data.
    worldbank : tuple of str
        Price series of the World Bank Pink Sheet.
    stages : tuple of Stage
        The first one is the default.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    names: Names
    synonyms: Synonyms = Synonyms()
    symbol: str | None = None
    group: Group
    unit: Literal["tonne", "million m3", "carat"] = "tonne"
    wmd: str | None = None
    worldbank: tuple[Text, ...] = ()
    stages: tuple[Stage, ...] = Field(min_length=1)

    def stage(self, stage_id: str | None = None) -> Stage:
        """Return a stage by id, the default one without an id.

        Raises
        ------
        LabelError
            If the commodity has no such stage.
        """
        if stage_id is None:
            return self.stages[0]
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise LabelError(stage_id, f"stage of {self.id}", [s.id for s in self.stages], "maadin facts commodities")

    def all_names(self) -> tuple[str, ...]:
        """Every name it answers to, canonical ones first."""
        symbol = (self.symbol,) if self.symbol else ()
        return (self.id, self.names.en, self.names.ar, *self.synonyms.en, *self.synonyms.ar, *symbol)


def read_catalogue(texts: dict[str, str]) -> dict[str, Commodity]:
    """Parse catalogue files (name -> YAML text) into commodities by id.

    Raises
    ------
    ChecksFailed
        If an entry is malformed, or a name, id or sheet is claimed twice; lists all offenders.
    """
    commodities: dict[str, Commodity] = {}
    offenders: list[str] = []
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file, text in sorted(texts.items()):
        for position, entry in enumerate(yaml.load(text, Loader=loader)):
            try:
                commodity = Commodity.model_validate(entry)
            except ValueError as error:
                offenders.append(f"{file}, entry {position + 1} ({entry.get('id')}): {error}")
                continue
            if commodity.id in commodities:
                offenders.append(f"{file}: the id {commodity.id!r} stands twice")
            commodities[commodity.id] = commodity
    offenders += labels.clashes({c.id: c.all_names() for c in commodities.values()})
    if offenders:
        raise ChecksFailed("commodity catalogue", offenders)
    return commodities


@lru_cache(maxsize=1)
def commodities() -> dict[str, Commodity]:
    """All commodities by id, in catalogue order."""
    folder = resources.files("maadin.facts") / "data" / "commodities"
    return read_catalogue({f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")})


@lru_cache(maxsize=1)
def _index() -> labels.Index:
    return labels.Index({c.id: c.all_names() for c in commodities().values()})


def commodity(name: str) -> Commodity:
    """Resolve a commodity by any of its names in either language.

    Raises
    ------
    LabelError
        If no commodity has that name; names the nearest ones.
    """
    found = _index().find(name)
    if found is None:
        raise LabelError(name, "commodity", _index().nearest(name), "maadin facts commodities")
    return commodities()[found]
