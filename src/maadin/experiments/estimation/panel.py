"""The panel behind an estimate: what each importer bought of one code from each exporter in each year, in value and tonnes.

Flows come from the longest series with all flows. Unit values that the screening doubts are left out, and so are flows too small to have one;
those of a route that carries the same doubt in most of its years at about the same unit value stay, for it trades another grade (the rule of
`maadin.market.flows`). A lasting gap between grades does no harm in differences.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maadin.facts.series import Series
from maadin.facts.store import Store
from maadin.market.flows import FLAGGED, LASTING_SPREAD, LASTING_YEARS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Flows of one code with a quantity worth believing, sorted by importer, exporter and year.

    Attributes
    ----------
    code : str
    year : array (flow,)
    exporter, importer : array of str (flow,)
    value_usd, tonnes : array (flow,), > 0
    series : str
        Id of the trade series.
    """

    code: str
    year: Ints
    exporter: Names
    importer: Names
    value_usd: Floats
    tonnes: Floats
    series: str = ""

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year; None when empty."""
        return (int(self.year.min()), int(self.year.max())) if len(self.year) else None

    def of(self, *importers: str) -> Panel:
        """What some importers bought."""
        return self._only(np.isin(self.importer, importers))

    def until(self, last_year: int) -> Panel:
        """Without the years after one."""
        return self._only(self.year <= last_year)

    def _only(self, kept: NDArray[np.bool_]) -> Panel:
        columns = {n: getattr(self, n)[kept] for n in ("year", "exporter", "importer", "value_usd", "tonnes")}
        return replace(self, **columns)


def read(store: Store, code: str, *, first_year: int = 0, last_year: int = 9999) -> Panel | None:
    """The panel of a code; None where no series has all its flows.

    Parameters
    ----------
    store : Store
    code : str
        Six digits.
    first_year, last_year : int
        Years used, both included. The rule that keeps lasting grades sees only these years.
    """
    series = _longest(store.series, code)
    if series is None:
        return None
    rows = store.rows(
        """select year, exporter, importer, value_usd, quantity_kg / 1000.0, flag from trade
        where series = ? and hs6 = ? and year between ? and ? and flag not in ('too_small', 'no_quantity')
        and exporter <> importer and exporter <> 'WLD' and value_usd > 0 and quantity_kg > 0 order by importer, exporter, year""",
        [series.id, code, first_year, last_year],
    )
    year, exporter, importer, value, tonnes, flag = zip(*rows, strict=True) if rows else ((),) * 6
    flags = np.array(flag, dtype=np.str_)
    found = Panel(
        code, np.array(year, dtype=np.int64), np.array(exporter, dtype=np.str_), np.array(importer, dtype=np.str_),
        np.array(value, dtype=np.float64), np.array(tonnes, dtype=np.float64), series.id,
    )  # fmt: skip
    return found._only(~np.isin(flags, FLAGGED) | _lasting(found, flags))


def _longest(known: tuple[Series, ...], code: str) -> Series | None:
    whole = [s for s in known if s.coverage == "all flows" and s.digits == 6 and code in s.codes]
    return max(whole, key=lambda s: (s.codes[code][1] - s.codes[code][0], s.id), default=None)


def _lasting(panel: Panel, flags: Names) -> NDArray[np.bool_]:
    """Doubted unit values of routes that are doubted the same way in most of their years, near the route's usual one."""
    kept = np.zeros(len(flags), dtype=np.bool_)
    if not len(flags):
        return kept
    starts = np.flatnonzero(np.r_[True, (panel.importer[1:] != panel.importer[:-1]) | (panel.exporter[1:] != panel.exporter[:-1])])
    unit_value = panel.value_usd / panel.tonnes
    for start, end in zip(starts, np.r_[starts[1:], len(flags)], strict=True):
        for flag in FLAGGED:
            doubted = start + np.flatnonzero(flags[start:end] == flag)
            if len(doubted) >= LASTING_YEARS and len(doubted) > (end - start) / 2:
                kept[doubted] = np.abs(np.log(unit_value[doubted] / np.median(unit_value[doubted]))) <= np.log(LASTING_SPREAD)
    return kept
