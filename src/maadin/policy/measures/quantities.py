"""The types of a measure's fields: sizes, dates and places as people write them, and written back so that they read the same."""

from __future__ import annotations

import calendar
import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from maadin import units
from maadin.errors import InputError, LabelError
from maadin.facts import regions
from maadin.units import Kind, Size

MOST_NAMES = 300
LONGEST_NAME = 100
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMMAS = re.compile(r"[,،;؛]")
_PLACES: tuple[str | tuple[str, ...], ...] = ("USA", "روسيا", "EU27", ("China", "India"), "all")


class _Field:
    """How a field is read, written and described in the schema."""

    def read(self, given: object) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        writer = core_schema.plain_serializer_function_ser_schema(self.write)
        return core_schema.no_info_plain_validator_function(self.read, serialization=writer)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.schema()


@dataclass(frozen=True, slots=True)
class Quantity(_Field):
    """A size of a kind; a range of them too, unless `ranges` is False."""

    kind: Kind
    ranges: bool = True

    def read(self, given: object) -> Size:
        """Read it as `maadin.units` does."""
        return units.read(given, self.kind) if self.ranges else units.value(given, self.kind)

    def write(self, value: Size) -> str | float:
        """Write it so that it reads back the same."""
        return units.write(value, self.kind)

    def schema(self) -> dict[str, Any]:
        """A number, a text, or a pair of them."""
        most = 1.0 if "percent" in self.kind.slots else self.kind.most
        number = {"type": "number", "minimum": self.kind.least, **({} if math.isinf(most) else {"maximum": most})}
        text = {"type": "string", "minLength": 1, "maxLength": units.LONGEST}
        pair = {"type": "array", "items": {"anyOf": [{"type": "number"}, text]}, "minItems": 2, "maxItems": 2}
        shown = [e for e in self.kind.examples if self.ranges or " to " not in e]
        return {"anyOf": [number, text, *([pair] if self.ranges else [])], "examples": shown}


@dataclass(frozen=True, slots=True)
class _Day(_Field):
    """A date from 2027, "2027-03" or "2027-03-15": the first day of the year or month, or the last."""

    last: bool

    def read(self, given: object) -> date:
        if isinstance(given, date):
            return given
        text = given.strip().translate(_DIGITS) if isinstance(given, str) else str(given) if type(given) is int and given < 10**4 else ""
        if found := _DATE.fullmatch(text):
            year, month, day = int(found[1]), int(found[2] or (12 if self.last else 1)), int(found[3] or 0)
            if 1 <= month <= 12 and year:
                final = calendar.monthrange(year, month)[1]
                if day <= final and found[3] != "0":
                    return date(year, month, day or (final if self.last else 1))
        raise InputError(f"{str(given)[:40]!r} is not a date; expected 2027, 2027-03 or 2027-03-15")

    def write(self, value: date) -> str | int:
        return value.year if self.read(f"{value.year:04}") == value and value.year > 999 else value.isoformat()

    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"}
        return {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, text], "examples": [2027, "2027-03", "2027-03-15"]}


@dataclass(frozen=True, slots=True)
class _Names(_Field):
    """Names, not yet resolved: one, a list, or a text with commas."""

    what: str
    examples: tuple[str | tuple[str, ...], ...]
    may_be_empty: bool = False

    def read(self, given: object) -> tuple[str, ...]:
        names: list[Any] = [given] if isinstance(given, str) else list(given) if isinstance(given, list | tuple) else [None]
        if isinstance(given, str) and _COMMAS.search(given) and not _is_place(given):
            names = _COMMAS.split(given)
        if not all(isinstance(n, str) and 0 < len(n.strip()) <= LONGEST_NAME for n in names):
            shown = ", ".join(e if isinstance(e, str) else f"[{', '.join(e)}]" for e in self.examples)
            raise InputError(f"{str(given)[:60]!r} does not name {self.what}; expected for example {shown}")
        if len(names) > MOST_NAMES or not (names or self.may_be_empty):
            raise InputError(f"expected between 1 and {MOST_NAMES} names")
        return tuple(dict.fromkeys(n.strip() for n in names))

    def write(self, value: tuple[str, ...]) -> str | list[str]:
        return value[0] if len(value) == 1 and not _COMMAS.search(value[0]) else list(value)

    def schema(self) -> dict[str, Any]:
        name = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
        listed = {"type": "array", "items": name, "minItems": int(not self.may_be_empty), "maxItems": MOST_NAMES}
        return {
            "anyOf": [{"type": "string", "minLength": 1}, listed],
            "examples": [e if isinstance(e, str) else list(e) for e in self.examples],
        }


def _is_place(name: str) -> bool:
    try:
        return bool(regions.resolve(name))
    except LabelError:
        return False


Mass = Annotated[Size, Quantity(units.MASS)]
Money = Annotated[Size, Quantity(units.MONEY)]
Price = Annotated[Size, Quantity(units.PRICE)]
Rate = Annotated[Size, Quantity(units.RATE)]
Share = Annotated[Size, Quantity(units.SHARE)]
Change = Annotated[Size, Quantity(units.CHANGE)]
Years = Annotated[Size, Quantity(units.YEARS)]
Number = Annotated[Size, Quantity(units.NUMBER)]
OneShare = Annotated[float, Quantity(units.SHARE, ranges=False)]
OneNumber = Annotated[float, Quantity(units.NUMBER, ranges=False)]
FirstDay = Annotated[date, _Day(last=False)]
LastDay = Annotated[date, _Day(last=True)]
Places = Annotated[tuple[str, ...], _Names("a country or group", _PLACES)]
AnyPlaces = Annotated[tuple[str, ...], _Names("a country or group", _PLACES, may_be_empty=True)]
Commodities = Annotated[tuple[str, ...], _Names("a commodity", ("aluminium", "العناصر الأرضية النادرة", ("iron ore", "titanium"), "all"))]
