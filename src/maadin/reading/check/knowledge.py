"""When a figure was first printed, so that a statement can be held against what was known on its day.

Releases of a source that are all at hand (the Mineral Commodity Summaries) are known from their day on. Of a source that is at hand as its last
release only, a year counts as known from the day its first figure is printed; the figure is then the one of the later release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MCS = re.compile(r"MCS (\d{4})")
_EDITION = re.compile(r"WMD (\d{4})$")
# Days on which the Mineral Commodity Summaries came out; other years: the last day of January
_MCS_DAYS = {2023: date(2023, 1, 31), 2024: date(2024, 1, 31), 2025: date(2025, 1, 31), 2026: date(2026, 2, 6)}


def printed_on(source: str, release: str, year: int | None, month: int | None = None) -> date | None:
    """First day on which a figure was in print; None where that is not known.

    Notes
    -----
    Mineral Commodity Summaries: the end of January of the year of the release. World Mining Data: the edition of May two years later. BACI: the release
    of January two years later. World Bank prices: the first days of the next month, for a year those of the next January. USITC: February.

    Examples
    --------
    >>> printed_on("usgs_mcs", "MCS 2025", 2024)
    datetime.date(2025, 1, 31)
    >>> printed_on("baci", "BACI V202601", 2022)
    datetime.date(2024, 1, 31)
    """
    if source == "usgs_mcs" and (found := _MCS.match(release)):
        edition = int(found[1])
        return _MCS_DAYS.get(edition, date(edition, 1, 31))
    if year is None:
        return None
    match source:
        case "wmd":
            named = _EDITION.match(release)
            return date(int(named[1]) if named else year + 2, 5, 31)
        case "baci":
            return date(year + 2, 1, 31)
        case "wb_pinksheet":
            return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 5)
        case "usitc_dataweb":
            return date(year + 1, 2, 10)
        case _:
            return None


def is_later_release(source: str) -> bool:
    """Whether a source is at hand as its last release only."""
    return source in ("wmd", "baci", "usitc_dataweb")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was in print on a day.

    Attributes
    ----------
    day : date, optional
        None: everything at hand.
    published : date, optional
        When the statement was made.
    """

    day: date | None
    published: date | None

    def has(self, source: str, release: str, year: int | None, month: int | None = None) -> bool:
        """Whether a figure was in print."""
        if self.day is None:
            return True
        first = printed_on(source, release, year, month)
        return first is not None and first <= self.day

    @property
    def anchor(self) -> int | None:
        """The year that an undated statement speaks of: the one half a year before it was published; None without a date."""
        return (self.published - timedelta(days=183)).year if self.published else None
