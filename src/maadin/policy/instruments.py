"""From an instrument found in a text to measures, through one published table: `data/instruments.csv`.

The table says which measure an instrument means, which field takes the actor, the target and the place, which the size, and what range stands
in where a text tells no size. What it assumes goes with the measure in words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from maadin import units
from maadin.errors import InputError, LabelError
from maadin.policy.measures import MEASURES, Measure
from maadin.policy.texts import Sentence
from maadin.units import Kind, Range

Direction = Literal["import", "export"]
Base = Literal["world output", "actor output", "benchmark price"]
_BASES: dict[str, Kind] = {"world output": units.MASS, "actor output": units.MASS, "benchmark price": units.PRICE}
_GROUPS = {"WLD": "all", "EUU": "EU27"}
_UNITS = {"tonne": "t", "percent": "%", "USD": "USD", "USD/tonne": "USD/t", "USD/kg": "USD/kg"}


@dataclass(frozen=True, slots=True)
class Instrument:
    """A row of the table.

    Attributes
    ----------
    instrument, direction, measure : str
        What a text has, on which side of trade the actor stands, and the measure it means.
    actor, target, place, size : str
        Fields of the measure that take what a text tells; empty where it has none.
    low, high, of : str
        The range without a told size, and of what it is a share: benchmark trade, world output, actor output, benchmark price, or nothing.
    fixed : dict
        Other fields.
    assumes : Sentence
        How it is read.
    """

    instrument: str
    direction: str
    measure: str
    actor: str
    target: str
    place: str
    size: str
    low: str
    high: str
    of: str
    fixed: Mapping[str, str]
    assumes: Sentence


@dataclass(frozen=True, slots=True)
class Proposal:
    """Measures that an instrument means.

    Attributes
    ----------
    measures : tuple of Measure
        Empty if something is missing.
    assumes : tuple of Sentence
        How it was read and what stands in for what is not told.
    missing : tuple of str
        What a text or the caller would have to tell: fields of the measure, or a base for the default size.
    """

    measures: tuple[Measure, ...]
    assumes: tuple[Sentence, ...]
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def instruments() -> tuple[Instrument, ...]:
    """The table, in its order; of an instrument with two directions the first counts where none is told."""
    text = (resources.files("maadin.policy") / "data" / "instruments.csv").read_text("utf-8")
    rows = []
    for r in csv.DictReader(text.splitlines()):
        fixed = dict([r["fixed"].split(": ")]) if r["fixed"] else {}
        kept = {name: r[name] for name in ("instrument", "direction", "measure", "actor", "target", "place", "size", "low", "high", "of")}
        rows.append(Instrument(**kept, fixed=fixed, assumes=Sentence(en=r["en"], ar=r["ar"])))
    return tuple(rows)


def find(instrument: str, direction: Direction | None = None) -> Instrument:
    """The row of an instrument.

    Raises
    ------
    LabelError
        If the table does not have it.
    InputError
        If it has no such direction.
    """
    rows = [row for row in instruments() if row.instrument == instrument]
    if not rows:
        known = sorted({row.instrument for row in instruments()})
        raise LabelError(instrument, "instrument", known, "maadin.policy.instruments.instruments()")
    if direction is None or not rows[0].direction:
        return rows[0]
    for row in rows:
        if row.direction == direction:
            return row
    raise InputError(f"the instrument {instrument} has no direction {direction!r}; expected {rows[0].direction!r}")


def quantity(value: float | Sequence[float] | None, unit: str | None) -> str | list[str] | None:
    """The size of a statement (value and unit as `maadin read` prints them) as a quantity that measures read.

    Examples
    --------
    >>> quantity(25, "percent"), quantity([1000, 2000], "tonne")
    ('25%', ['1000 t', '2000 t'])
    """
    if value is None or unit not in _UNITS:
        return None
    if isinstance(value, Sequence):
        return [str(quantity(v, unit)) for v in value]
    mark = _UNITS[unit]
    return f"{value}{mark}" if mark == "%" else f"{value} {mark}"


def propose(
    instrument: str,
    *,
    actor: Iterable[str],
    target: Iterable[str] | None = None,
    place: Iterable[str] | None = None,
    direction: Direction | None = None,
    size: Any = None,
    bases: Mapping[Base, float] | None = None,
) -> Proposal:
    """The measures that an instrument means.

    Parameters
    ----------
    instrument : str
        As in the table: tariff, ban, quota, ...
    actor, target, place : iterables of str, optional
        Countries or groups by any name; WLD is everyone, EUU the European Union. `place` is where a project or territory is.
    direction : {"import", "export"}, optional
        On which side the actor stands; the table's first row of the instrument without it.
    size : quantity, optional
        What the text tells, in the measure's unit or as a share of benchmark trade; the table's range without it.
    bases : mapping, optional
        What the default range is a share of: "world output" and "actor output" in tonnes a year, "benchmark price" in USD per tonne.

    Returns
    -------
    Proposal

    Raises
    ------
    LabelError, InputError
        If the instrument or direction is unknown.
    ScenarioError
        If the size cannot be read.

    Examples
    --------
    >>> offer = propose("supply_offer", actor=["RUS"], target=["USA"], size="2 Mt")
    >>> offer.measures[0].to_data()
    {'supply_offer': {'exporter': 'RUS', 'importer': 'USA', 'tonnes': '2 Mt', 'max_discount': '50%'}}
    """
    row = find(instrument, direction)
    fields: dict[str, Any] = dict(row.fixed)
    for name, given in ((row.actor, actor), (row.target, target), (row.place, place)):
        if name and (codes := [_GROUPS.get(code, code) for code in given or ()]):
            fields[name] = codes
    if row.size:
        sized = {row.size: size} if size is not None else _default(row, bases or {})
        if row.of == "benchmark trade" and size is not None and units.read_as(size, units.MASS, units.SHARE)[0] is units.SHARE:
            sized = {"share_of_benchmark": size}
        fields |= {name: given for name, given in sized.items() if given is not None}
    missing = _missing(row, fields)
    return Proposal(() if missing else (MEASURES[row.measure](**fields),), (row.assumes,), tuple(missing))


def _default(row: Instrument, bases: Mapping[Base, float]) -> dict[str, Any]:
    """The range that stands in for a size; nothing where there is none, or its base is not known."""
    if not row.low:
        return {}
    shares = units.read([row.low, row.high], units.RATE)
    if row.of == "benchmark trade":
        return {"share_of_benchmark": units.write(shares, units.RATE)}
    if row.of not in _BASES:
        return {row.size: units.write(shares, units.RATE)}
    base = next((amount for name, amount in bases.items() if name == row.of), None)
    if base is None:
        return {}
    low, high = units.ends(shares)
    return {row.size: units.write(Range(low * base, high * base), _BASES[row.of])}


def _missing(row: Instrument, fields: Mapping[str, Any]) -> list[str]:
    """Fields that a measure needs and nothing fills."""
    model = MEASURES[row.measure]
    needed = [name for name, info in model.model_fields.items() if info.is_required()]
    needed += [names[0] for names in model.exactly_one if not any(name in fields for name in (*names, row.size))]
    missing = [name for name in needed if name not in fields]
    return [f"{name} or {row.of}" if name == row.size and row.of in _BASES else name for name in missing]
