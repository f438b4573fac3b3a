"""The scenario: measures in one market and year, with what is assumed, read from and written to YAML and JSON.

How measures combine and which are refused together is in `maadin.policy.order`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError, model_validator

from maadin.errors import InputError, LabelError
from maadin.facts import selection
from maadin.policy import files, minerals, order, places
from maadin.policy.measures import MarketMeasure, Measure, read_measure
from maadin.policy.measures.quantities import Number, OneNumber, Share
from maadin.policy.problems import Problem, ScenarioError, problems_of, refuse, unknown
from maadin.policy.texts import Prose, Sentence
from maadin.units import Range, ends

MOST_MEASURES = 200
CHOKE = 10.0
CAPACITY_SLACK = Range(0.05, 0.15)
Horizon = Literal["short", "medium", "long"]
AnyMeasure = Annotated[Measure, BeforeValidator(read_measure), PlainSerializer(lambda measure: measure.to_data())]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Elasticities(BaseModel):
    """Elasticities that replace the published ones, as numbers or ranges."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sigma: Number | None = Field(default=None, description="substitution between origins (Armington), more than 0")
    eta: Number | None = Field(default=None, description="demand, absolute value")
    epsilon: Number | None = Field(default=None, description="supply")
    sigma_home: Literal["half"] | OneNumber | None = Field(
        default=None, description="substitution between own goods and imports: a number, or half of sigma; by default the same as sigma"
    )

    @model_validator(mode="after")
    def _positive(self) -> Elasticities:
        found = []
        if self.sigma is not None and ends(self.sigma)[0] <= 0:
            found.append(Problem("sigma", "must be more than 0"))
        if isinstance(self.sigma_home, float) and self.sigma_home <= 0:
            found.append(Problem("sigma_home", "must be more than 0"))
        if found:
            raise ScenarioError(found)
        return self

    def given(self) -> dict[str, float | Range]:
        """Those that are given in place of published ones."""
        return {name: size for name in ("sigma", "eta", "epsilon") if (size := getattr(self, name)) is not None}


class Scenario(BaseModel):
    """Measures in a market, and what is assumed about it.

    Examples
    --------
    >>> from maadin.policy import AdValoremTariff
    >>> duty = AdValoremTariff(importer="USA", exporter="CHN", rate=0.25)
    >>> Scenario("duty-25", commodity="graphite", year=2023, measures=[duty]).measures[0].mode
    'set'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Prose, Field(min_length=1, max_length=200)] = Field(description="what it is called")
    description: Sentence | None = Field(None, description="what it is about, in English, Arabic or both")
    source: Sentence | None = Field(None, description="where the measures were announced or reported")
    commodity: Name | None = Field(None, description="any name of the catalogue; needed by measures that act in a market")
    stage: Name | None = Field(None, description="stage of the commodity; by default its first one")
    year: Annotated[int, Field(ge=1900, le=2100)] | None = Field(
        None, description="year of the benchmark; needed by measures that act in a market"
    )
    horizon: Annotated[int, Field(ge=1900, le=2100)] | None = Field(None, description="last year of a path; without it there is no path")
    measures: Annotated[tuple[AnyMeasure, ...], Field(max_length=MOST_MEASURES)] = Field(
        (), description="what is done; see maadin.policy.order"
    )
    elasticity_horizon: Horizon = Field("medium", description="how long supply and demand have to adjust")
    elasticities: Elasticities = Field(Elasticities(), description="values or ranges in place of the published elasticities")
    choke: OneNumber = Field(CHOKE, description="multiple of the benchmark price at which use stops; by default 10, an assumption")
    capacity_slack: Share = Field(
        CAPACITY_SLACK, description="output that could be added at once where no capacity is printed; by default 5% to 15%, an assumption"
    )
    capacities: Literal["printed", "shown"] = Field(
        "printed",
        description="whether output that a country has shown in exports of the last ten years counts as capacity too; by default not",
    )
    own_use: Literal["priced", "captive"] = Field(
        "priced",
        description="whether what a country makes for itself can be drawn abroad by a price; captive models what crosses borders alone",
    )
    assumes: tuple[Sentence, ...] = Field((), max_length=100, description="what is assumed, a sentence each")

    def __init__(self, name: object = None, /, **fields: Any) -> None:
        """Read the fields; the name may stand first.

        Raises
        ------
        ScenarioError
            If a field is unknown, missing or cannot be read; lists all that is wrong, with paths such as measures[1].rate.
        """
        if name is not None:
            fields["name"] = name
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise refuse(problems_of(error, type(self)), f"scenario '{str(fields.get('name', 'without a name'))[:60]}'") from None

    @model_validator(mode="after")
    def _consistent(self) -> Scenario:
        if self.horizon is not None and self.horizon < (self.year or self.horizon):
            raise ScenarioError([Problem("horizon", f"{self.horizon} is before the year of the benchmark, {self.year}")])
        if self.choke <= 1:
            raise ScenarioError([Problem("choke", f"{self.choke} is not more than 1, the benchmark price")])
        return self

    @classmethod
    def from_yaml(cls, source: Path | str, countries: Sequence[str] | None = None) -> Scenario:
        """The scenario in a YAML file or text, its names checked and conflicts refused.

        Parameters
        ----------
        source : path or str
            A file, or the text itself.
        countries : sequence of str, optional
            Labels of a market of the user's own, for a scenario that uses them.

        Raises
        ------
        InputError
            If there is no such file, or it is too large.
        ScenarioError
            If it cannot be read, or measures conflict; names file, field and what was expected.
        LabelError
            If a name is unknown; names file, field and the nearest names.
        """
        text, where = files.text_of(source)
        return cls._read(files.parse_yaml(text, f"scenario {where}"), f"scenario {where}", countries)

    @classmethod
    def from_json(cls, source: Path | str, countries: Sequence[str] | None = None) -> Scenario:
        """The scenario in a JSON file or text; see `from_yaml`."""
        text, where = files.text_of(source)
        return cls._read(files.parse_json(text, f"scenario {where}"), f"scenario {where}", countries)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], countries: Sequence[str] | None = None) -> Scenario:
        """The scenario in a mapping such as `to_data` makes; see `from_yaml`."""
        return cls._read(data, "scenario", countries)

    @classmethod
    def _read(cls, data: Any, where: str, countries: Sequence[str] | None) -> Scenario:
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            raise ScenarioError([Problem("", "expected fields with names: name, commodity, year, measures, ...")], where)
        if missing := [Problem("name", "is needed: what it is called")] if "name" not in data else []:
            raise ScenarioError(missing, where)
        try:
            scenario = cls(**data)
        except ScenarioError as error:
            raise ScenarioError(error.problems, where) from None
        scenario.check(countries, where=where)
        return scenario

    def check(self, countries: Sequence[str] | None = None, *, where: str = "") -> None:
        """Refuse what cannot be simulated: unknown names, a missing commodity or year, measures that conflict.

        Parameters
        ----------
        countries : sequence of str, optional
            Labels of the market; all countries, and a commodity of the catalogue, without it.
        where : str
            What to call the scenario in messages.

        Raises
        ------
        LabelError, ScenarioError
        """
        known = tuple(countries) if countries is not None else order.all_countries()
        problems = self._market_problems() if countries is None else []
        for at, measure in enumerate(self.measures):
            problems += [
                p.under(f"measures[{at}]") for p in (*places.name_problems(measure, known, self.year), *_commodity_problems(measure))
            ]
        if not problems:
            problems = order.conflict_problems(self, known)
        if problems:
            raise refuse(problems, where or f"scenario '{self.name}'")

    def _market_problems(self) -> list[Problem]:
        found = []
        if self.market_measures:
            needed = f"is needed: {self.market_measures[0].noun} acts in a market"
            found = [Problem(name, needed) for name in ("commodity", "year") if getattr(self, name) is None]
        if self.commodity is not None:
            try:
                market = selection.market(self.commodity)
                stages = [s.id for s in market.commodity.stages]
                if self.stage is not None and self.stage not in stages:
                    found.append(Problem("stage", unknown(self.stage, f"a stage of {market.commodity.id}", stages)))
            except InputError as error:
                found.append(Problem("commodity", str(error), error if isinstance(error, LabelError) else None))
        return found

    @property
    def market_measures(self) -> tuple[MarketMeasure, ...]:
        """Measures that act inside the market."""
        return tuple(m for m in self.measures if isinstance(m, MarketMeasure))

    @property
    def valued_measures(self) -> tuple[Measure, ...]:
        """Measures that are valued outside the market, from facts."""
        return tuple(m for m in self.measures if not isinstance(m, MarketMeasure))

    def open_sizes(self) -> dict[tuple[int, str], Range]:
        """Sizes of measures that are given as a range, by position and attribute."""
        return {(at, name): size for at, m in enumerate(self.measures) for name, size in m.open_sizes().items()}

    def sized(self, sizes: Mapping[tuple[int, str], float]) -> Scenario:
        """The scenario with values for open sizes, by position and attribute as `open_sizes` has them."""
        changes: dict[int, dict[str, float]] = {}
        for (at, name), size in sizes.items():
            changes.setdefault(at, {})[name] = size
        measures = tuple(m.sized(**changes[at]) if at in changes else m for at, m in enumerate(self.measures))
        return self.model_copy(update={"measures": measures})

    def at(self, position: float) -> Scenario:
        """The scenario with every open size at a position between 0 (low) and 1 (high)."""
        return self.sized({key: size.at(position) for key, size in self.open_sizes().items()})

    def to_data(self) -> dict[str, Any]:
        """The scenario as plain values, human quantities as text; what is empty is left out, every default written."""
        dumped = self.model_dump(exclude={"measures", "description", "source", "assumes"})
        dumped["elasticities"] = {name: v for name, v in dumped["elasticities"].items() if v is not None}
        dumped |= {name: text.to_data() for name in ("description", "source") if (text := getattr(self, name)) is not None}
        dumped["measures"] = [m.to_data() for m in self.measures]
        dumped["assumes"] = [s.to_data() for s in self.assumes]
        return {
            name: dumped[name]
            for name in type(self).model_fields
            if dumped.get(name) not in (None, {}) and (dumped[name] or name == "measures")
        }

    def to_yaml(self, path: Path | str | None = None) -> str:
        """The scenario as YAML, a measure a line; written to a file if one is named."""
        data = self.to_data()
        data["measures"] = [{noun: files.Inline(fields) for noun, fields in m.items()} for m in data["measures"]]
        return _written(files.write_yaml(data), path)

    def to_json(self, path: Path | str | None = None) -> str:
        """The scenario as JSON; written to a file if one is named."""
        return _written(json.dumps(self.to_data(), ensure_ascii=False, indent=2) + "\n", path)


def _commodity_problems(measure: Measure) -> list[Problem]:
    """Unknown commodities of a measure that names some."""
    found = []
    for name in getattr(measure, "commodities", ()):
        try:
            minerals.wanted([name])
        except LabelError as error:
            found.append(Problem("commodities", str(error), error))
    return found


def _written(text: str, path: Path | str | None) -> str:
    if path is not None:
        Path(path).write_text(text, encoding="utf-8")
    return text
