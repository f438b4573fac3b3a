"""What all measures have in common: frozen fields read as people write them, written back as a one-key mapping, dates, and open sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from maadin import units
from maadin.errors import UnitError
from maadin.policy.measures.quantities import AnyPlaces, FirstDay, LastDay
from maadin.policy.problems import SHARED, Problem, ScenarioError, describe, problems_of, refuse
from maadin.units import Kind, Range

Side = Literal["exporter", "importer", "country"]


class Measure(BaseModel):
    """A measure of a scenario.

    Attributes
    ----------
    noun : str
        Its name in a scenario file.
    either : mapping
        Fields of a file that are read into one of several attributes, by the kind of what is written: name to (attribute, kind) pairs.
    exactly_one : tuple of tuples of str
        Attributes of which one must be given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    noun: ClassVar[str]
    either: ClassVar[Mapping[str, tuple[tuple[str, Kind], ...]]] = {}
    exactly_one: ClassVar[tuple[tuple[str, ...], ...]] = ()

    def __init__(self, /, **fields: Any) -> None:
        """Read the fields.

        Raises
        ------
        ScenarioError
            If a field is unknown, missing or cannot be read; lists all that is wrong.
        """
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise refuse(problems_of(error, type(self)), type(self).noun) from None

    @model_validator(mode="before")
    @classmethod
    def _by_kind(cls, data: Any) -> Any:
        """Put what one field of a file may hold in several kinds into the attribute of its kind."""
        if not isinstance(data, Mapping):
            return data
        fields = dict(data)
        for name, choices in cls.either.items():
            if fields.get(name) is None:
                continue
            attributes = {kind.name: attribute for attribute, kind in choices}
            try:
                kind, size = units.read_as(fields[name], *(kind for _, kind in choices))
            except UnitError as error:
                raise ScenarioError([Problem(name, str(error))]) from None
            del fields[name]
            fields[attributes[kind.name]] = units.write(size, kind)  # with its unit: a bare 2.0 would be refused as a rate
        return fields

    @model_validator(mode="after")
    def _one_of_each(self) -> Measure:
        for names in self.exactly_one:
            given = [n for n in names if getattr(self, n) is not None]
            if len(given) != 1:
                in_file = self.file_names(names)
                if len(in_file) == 1 and not given:
                    raise ScenarioError([Problem(in_file[0], f"is needed: {describe(type(self), names[0])}")])
                found = "both are given" if given else "none is given"
                raise ScenarioError(
                    [Problem(in_file[0], f"expected exactly one of {' and '.join(dict.fromkeys((*in_file, *given)))}; {found}")]
                )
        return self

    @classmethod
    def file_names(cls, attributes: tuple[str, ...]) -> list[str]:
        """Fields of a file that fill some attributes."""
        folded = {attribute: name for name, choices in cls.either.items() for attribute, _ in choices}
        return list(dict.fromkeys(folded.get(a, a) for a in attributes))

    def to_data(self) -> dict[str, dict[str, Any]]:
        """The measure as it stands in a file: its noun and its fields, human quantities as text."""
        dumped = self.model_dump(by_alias=True)
        for name, choices in type(self).either.items():
            for attribute, _ in choices:
                if (text := dumped.pop(attribute, None)) is not None:
                    dumped[name] = text
        kept = {name: value for name, value in dumped.items() if value is not None and value != []}
        return {self.noun: {name: kept[name] for name in sorted(kept, key=lambda name: name in SHARED)}}

    def open_sizes(self) -> dict[str, Range]:
        """Attributes that are given as a range."""
        return {name: size for name in type(self).model_fields if isinstance(size := getattr(self, name), Range)}

    def sized(self, **sizes: float) -> Measure:
        """The measure with values for its open sizes."""
        return self.model_copy(update=sizes)


class MarketMeasure(Measure):
    """A measure that acts inside a market.

    Attributes
    ----------
    acts : str
        The field of who takes it: exporter, importer or country.
    """

    acts: ClassVar[Side]

    excepted: AnyPlaces = Field(
        (),
        alias="except",
        description="countries or groups it does not concern: taken out of the other side of the border if they are there, else of its own",
    )
    from_date: FirstDay | None = Field(None, alias="from", description="first day it applies, on a path; by default from the start")
    to_date: LastDay | None = Field(None, alias="to", description="last day it applies, on a path")

    @model_validator(mode="after")
    def _dates_in_order(self) -> MarketMeasure:
        if self.from_date and self.to_date and self.to_date < self.from_date:
            raise ScenarioError([Problem("to", f"{self.to_date} is before the first day, {self.from_date}")])
        return self

    def in_force(self, year: int) -> float:
        """Share of a year's days on which it applies, 0 to 1."""
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        start = max(first, self.from_date or first)
        stop = min(after, self.to_date + timedelta(days=1) if self.to_date else after)
        return max(0.0, (stop - start).days / (after - first).days)

    def overlaps_in_time(self, other: MarketMeasure) -> bool:
        """Whether there is a day on which both apply."""
        starts = [d for d in (self.from_date, other.from_date) if d]
        stops = [d for d in (self.to_date, other.to_date) if d]
        return not starts or not stops or max(starts) <= min(stops)
