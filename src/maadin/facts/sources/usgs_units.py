"""Units of the Mineral Commodity Summaries: reading them, putting right those printed wrongly, and looking for more of these.

Heads and unit columns of the data releases are wrong in places, mostly by a factor of 1,000. Every correction is listed with its
reason in `usgs_unit_overrides.csv`; a line whose true unit equals the printed one says that a suspicious table was looked into and is
right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from pathlib import Path
from statistics import median

from maadin.errors import DataError
from maadin.facts.records import Quantity

JUMP = 5.0  # a unit error is a factor of 1,000 or at least 10; real revisions of world totals stay well below 5
YEARS_OF_RESERVES = (3.0, 100_000.0)
_SCALES = {
    **{name: ("tonne", 1.0) for name in ("t", "metric tons", "metric dry tons")},
    **{name: ("tonne", 1e3) for name in ("kt", "thousand metric tons", "thousand metric dry tons")},
    **{name: ("tonne", 1e6) for name in ("mt", "mmt", "million metric tons")},
    **{name: ("tonne", 1e-3) for name in ("kg", "kilograms")},
    **{name: ("carat", 1.0) for name in ("ct", "carats")},
    **{name: ("carat", 1e3) for name in ("kct", "thousand carats")},
    **{name: ("carat", 1e6) for name in ("mct", "million carats")},
    **{name: ("million m3", 1.0) for name in ("mcm", "million cubic meters")},
}


@dataclass(frozen=True, slots=True)
class WorldTables:
    """What one release says about the world, by variable."""

    production: list[Quantity]
    capacity: list[Quantity]
    reserves: list[Quantity]


@dataclass(frozen=True, slots=True)
class Override:
    """A unit or a figure that is not what is printed; empty fields stand for any.

    `text_true` is given where the figure is misprinted and the unit is right.
    """

    release: str
    commodity: str
    stage: str
    form: str
    variable: str
    country: str
    year: str
    unit_printed: str
    unit_true: str
    text_true: str
    why: str

    def applies(self, row: Quantity, variable: str) -> bool:
        """Whether this line speaks of the row."""
        asked = (self.release, self.commodity, self.stage, self.form, self.variable, self.country, self.year)
        given = (row.release, row.commodity, row.stage, row.form, variable, row.country, str(row.year))
        same = all(a in ("", g) for a, g in zip(asked, given, strict=True))
        return same and self.unit_printed in ("", row.unit_printed)


def scale_of(unit: str) -> tuple[str, float]:
    """Unit of the compiled tables a printed unit converts to, and the factor.

    Raises
    ------
    DataError
        If the unit is not known.

    Examples
    --------
    >>> scale_of("thousand metric dry tons")
    ('tonne', 1000.0)
    """
    found = _SCALES.get(" ".join(unit.split()).casefold())
    if found is None:
        raise DataError(f"unit {unit!r} is not known; known are {', '.join(_SCALES)}")
    return found


@lru_cache(maxsize=1)
def overrides() -> tuple[Override, ...]:
    """All listed corrections."""
    file = resources.files("maadin.facts") / "data" / "concordance" / "usgs_unit_overrides.csv"
    return tuple(Override(**line) for line in csv.DictReader(file.read_text("utf-8").splitlines()))


def read_corrections(file: Path) -> tuple[Override, ...]:
    """A user's own corrections, in the columns of `usgs_unit_overrides.csv`.

    Raises
    ------
    DataError
        If columns or a unit are not right.
    """
    expected = [f.name for f in fields(Override)]
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if reader.fieldnames != expected:
                raise DataError(f"expected the columns {','.join(expected)}, found {','.join(reader.fieldnames or [])}", file=file, row=1)
            lines = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read as text ({error})", file=file) from error
    for number, line in enumerate(lines, start=2):
        if None in line or None in line.values():
            raise DataError(f"expected {len(expected)} cells", file=file, row=number)
        for column in ("unit_printed", "unit_true"):
            try:
                scale_of(line[column])
            except DataError as error:
                raise DataError(str(error), file=file, row=number, column=column) from error
    return tuple(Override(**line) for line in lines)


def override_for(row: Quantity, variable: str, corrections: Sequence[Override] = ()) -> Override | None:
    """The first line that speaks of a row, the user's before ours."""
    return next((o for o in (*corrections, *overrides()) if o.applies(row, variable)), None)


def unit_suspects(rows_by_release: Mapping[str, WorldTables], corrections: Sequence[Override] = ()) -> list[str]:
    """Tables whose unit looks wrong, one line each, apart from those listed as looked into.

    Compared are figures of the same country and year in different releases (median over countries), reserves of one release with the
    next (median over countries), a world total with the one of the year before and with the sum of its countries, and world reserves
    with world output. Single countries are not compared: real revisions of a country's reserves reach factors of 1,000.

    Parameters
    ----------
    rows_by_release : mapping of release to tables
        As read by `read_mcs_world`, corrections applied.
    corrections : sequence of Override
        Further lines that say a suspicious table was looked into.
    """
    suspects = []
    releases = sorted(rows_by_release)
    for position, release in enumerate(releases):
        tables = _tables(rows_by_release[release])
        for key, rows in tables.items():
            found = [*_against_total(rows), *_against_output(key, rows, tables)]
            for earlier in releases[:position]:
                found += _against_earlier(key, rows, _tables(rows_by_release[earlier]), earlier)
            suspects += [f"{release} {_words(key)}: {what}" for what in found if not _looked_into(key, rows, corrections)]
    return suspects


_Key = tuple[str, str, str, str, str]  # variable, commodity, stage, form, mass basis


def _tables(world: WorldTables) -> dict[_Key, list[Quantity]]:
    grouped: dict[_Key, list[Quantity]] = defaultdict(list)
    for variable in ("production", "capacity", "reserves"):
        for row in getattr(world, variable):
            grouped[variable, row.commodity, row.stage, row.form, row.mass_basis].append(row)
    return dict(grouped)


def _words(key: _Key) -> str:
    variable, commodity, stage, form, basis = key
    return " ".join(part for part in (commodity, stage, form, f"({basis})", variable) if part)


def _looked_into(key: _Key, rows: Sequence[Quantity], corrections: Sequence[Override]) -> bool:
    found = override_for(rows[0]._replace(country="", year=0), key[0], corrections)
    return found is not None and found.unit_true == found.unit_printed and not found.text_true


def _values(rows: Sequence[Quantity], by_year: bool) -> dict[tuple[str, int], float]:
    return {(r.country, r.year if by_year else 0): r.value for r in rows if r.value}


def _off(ratio: float) -> bool:
    return not 1 / JUMP < ratio < JUMP


def _against_earlier(key: _Key, rows: Sequence[Quantity], tables: Mapping[_Key, list[Quantity]], earlier: str) -> Iterator[str]:
    by_year = key[0] != "reserves"
    old, new = _values(tables.get(key, []), by_year), _values(rows, by_year)
    ratios = [new[place] / old[place] for place in old.keys() & new.keys()]
    if ratios and _off(median(ratios)):
        yield f"{median(ratios):,.4g} times the figures of {earlier} (median of {len(ratios)})"


def _against_total(rows: Sequence[Quantity]) -> Iterator[str]:
    totals = {r.year: r.value for r in rows if r.country == "WLD" and r.value}
    for year, total in sorted(totals.items()):
        known = sum(r.value or 0.0 for r in rows if r.year == year and r.country != "WLD")
        if known and _off(total / known):
            yield f"world total of {year} is {total / known:,.4g} times the sum of countries"
        before = totals.get(year - 1)
        if before and _off(total / before):
            yield f"world total of {year} is {total / before:,.4g} times that of {year - 1}"


def _against_output(key: _Key, rows: Sequence[Quantity], tables: Mapping[_Key, list[Quantity]]) -> Iterator[str]:
    if key[0] != "reserves":
        return
    reserves = _world(rows)
    outputs = {k: _world(others) for k, others in tables.items() if k[:2] == ("production", key[1])}
    same_form = [output for (_, _, _, form, _), output in outputs.items() if form == key[3]]
    output = max(same_form or outputs.values(), default=0.0)
    if reserves and output and not YEARS_OF_RESERVES[0] < reserves / output < YEARS_OF_RESERVES[1]:
        yield f"world reserves are {reserves / output:,.4g} years of output"


def _world(rows: Sequence[Quantity]) -> float:
    """The latest printed world total, or the sum of the countries of that year."""
    latest = max(r.year for r in rows)
    now = [r for r in rows if r.year == latest and r.value]
    return next((r.value or 0.0 for r in now if r.country == "WLD"), sum(r.value or 0.0 for r in now))
