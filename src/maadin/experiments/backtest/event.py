"""Events: what was decided or lost, when, on which market, and the two years that are compared. One YAML file each, shipped or the user's.

>>> text = '''
... id: duty-on-russia
... name: a duty on Russian metal
... commodity: aluminium
... date: 2023-03-10
... before: 2022
... after: 2024
... measures:
...   - tariff: {importer: USA, exporter: RUS, rate: 200%, mode: set}
... '''
>>> Event.from_file(text).scenario().year
2022
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from maadin import labels
from maadin.errors import InputError, LabelError
from maadin.policy import files
from maadin.policy.measures import MarketMeasure
from maadin.policy.measures.quantities import FirstDay, LastDay
from maadin.policy.problems import Problem, ScenarioError, problems_of, refuse
from maadin.policy.scenario import AnyMeasure, Name, Scenario
from maadin.policy.texts import Prose, Sentence

ID = r"^[a-z0-9][a-z0-9-]{0,79}$"
SUFFIXES = (".yaml", ".yml", ".json")


class Event(BaseModel):
    """A real event that the model is scored on.

    The measures say what was decided, or what was physically lost, in the words of the decision; nothing of what the trade table shows afterwards.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[Prose, Field(pattern=ID)] = Field(description="lower-case letters, digits and hyphens")
    name: Sentence = Field(description="what it is called")
    commodity: Name = Field(description="any name of the catalogue")
    stage: Name | None = Field(None, description="stage of the commodity; by default its first one")
    decided: FirstDay | None = Field(None, description="day of the decision")
    date: FirstDay = Field(description="first day in force")
    until: LastDay | None = Field(None, description="last day in force; by default it goes on")
    before: Annotated[int, Field(ge=1995, le=2100)] = Field(description="year of the benchmark: the last one that the event did not touch")
    after: Annotated[int, Field(ge=1995, le=2100)] = Field(description="year compared: the first whole one under the measures")
    measures: Annotated[tuple[AnyMeasure, ...], Field(min_length=1, max_length=50)] = Field(description="as in a scenario file")
    source: Sentence | None = Field(None, description="where the measures were announced or reported")
    also: Annotated[tuple[Sentence, ...], Field(max_length=20)] = Field((), description="what else happened, a sentence each")
    assumes: Annotated[tuple[Sentence, ...], Field(max_length=20)] = Field(
        (), description="how the decision became measures, a sentence each"
    )
    lesson: Sentence | None = Field(None, description="why the model did as it did, written after the result")

    def __init__(self, **fields: Any) -> None:
        """Read the fields.

        Raises
        ------
        ScenarioError
            If a field is unknown, missing or cannot be read; lists all that is wrong.
        """
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise refuse(problems_of(error, type(self)), f"event '{str(fields.get('id', 'without an id'))[:80]}'") from None

    @model_validator(mode="after")
    def _consistent(self) -> Event:
        found = []
        if not self.before < self.after:
            found.append(Problem("after", f"{self.after} is not later than the year before, {self.before}"))
        if self.date.year > self.after:
            found.append(Problem("date", f"{self.date} is later than the year compared, {self.after}"))
        if self.date.year <= self.before:
            found.append(Problem("before", f"{self.before} is not untouched: the event begins on {self.date}"))
        if self.until is not None and self.until < self.date:
            found.append(Problem("until", f"{self.until} is before the first day, {self.date}"))
        found += [
            Problem(f"measures[{at}]", f"{m.noun} acts outside the market, where trade shows nothing of it")
            for at, m in enumerate(self.measures)
            if not isinstance(m, MarketMeasure)
        ]
        if found:
            raise ScenarioError(found)
        return self

    @classmethod
    def from_file(cls, source: Path | str) -> Event:
        """The event in a YAML or JSON file, or in a text.

        Raises
        ------
        InputError
            If there is no such file, or it is too large.
        ScenarioError, LabelError
            If it cannot be read; names file, field and what was expected.
        """
        text, name = files.text_of(source, "event")
        where = f"event {name}"
        data = files.parse_json(text, where) if str(source).endswith(".json") else files.parse_yaml(text, where)
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            raise ScenarioError([Problem("", "expected fields with names: id, name, commodity, date, before, after, measures, ...")], where)
        try:
            event = cls(**data)
        except ScenarioError as error:
            raise ScenarioError(error.problems, where) from None
        event.scenario().check(where=where)
        return event

    def scenario(self, **fields: Any) -> Scenario:
        """Its measures on the market of the year before, as a scenario; further fields of a scenario may be given."""
        return Scenario(
            self.name.says("en")[:200], commodity=self.commodity, stage=self.stage, year=self.before, measures=self.measures,
            source=self.source, **fields,
        )  # fmt: skip

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        data = self.model_dump(mode="json", exclude_none=True, exclude={"name", "source", "also", "assumes", "lesson"})
        data |= {day: at.isoformat() for day in ("decided", "date", "until") if (at := getattr(self, day)) is not None}
        data["name"] = self.name.to_data()
        for field in ("source", "lesson"):
            if (said := getattr(self, field)) is not None:
                data[field] = said.to_data()
        for field in ("also", "assumes"):
            data[field] = [s.to_data() for s in getattr(self, field)]
        return data


def events() -> tuple[str, ...]:
    """Ids of the shipped events."""
    return tuple(_files())


def find(name: str | Path) -> Event:
    """A shipped event by its id, or the one in a file.

    Raises
    ------
    LabelError
        If it is neither; names the nearest.
    InputError, ScenarioError
        If the file cannot be read.
    """
    given = str(name)
    if given.endswith(SUFFIXES):
        return Event.from_file(Path(name))
    shipped = _files()
    if (path := shipped.get(given)) is not None:
        return Event.from_file(path)
    index = labels.Index({n: (n,) for n in shipped})
    found = index.find(given)
    if found is None:
        raise LabelError(given, "event", index.nearest(given), "maadin backtest --list")
    return Event.from_file(shipped[found])


def _files() -> dict[str, Path]:
    folder = Path(str(resources.files("maadin.experiments"))) / "backtest" / "events"
    found = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    if not found:
        raise InputError("no event is shipped with this installation")
    return found
