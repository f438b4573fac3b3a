"""From what a text tells of a date to the date: "in September" of which year, "last Tuesday", "two months ago"."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any

_MONTHS = 12


def resolve(traits: Mapping[str, Any], anchor: int | date) -> str:
    """The date that a month, quarter or half without a year means.

    Parameters
    ----------
    traits : mapping
        Of a date mention: `month` and `day`, `quarter` or `half`; `future` if it is the next one rather than the last, `likely` if it is the one nearest.
    anchor : int or date
        A year told in the text, or the date of publication: then it is the last such month that is not after it.

    Returns
    -------
    str
        "" if the traits tell no such thing.

    Examples
    --------
    >>> resolve({"month": 9}, 2024), resolve({"month": 9, "day": 3}, date(2025, 10, 20)), resolve({"month": 11}, date(2025, 10, 20))
    ('2024-09', '2025-09-03', '2024-11')
    >>> resolve({"month": 11, "future": True}, date(2025, 10, 20)), resolve({"quarter": 3}, 2024)
    ('2025-11', '2024-Q3')
    """
    month, quarter = traits.get("month"), traits.get("quarter")
    if isinstance(anchor, int):
        year = anchor
    elif month or quarter:
        year = anchor.year + _turn(traits, month or 3 * (quarter or 1) - 2, anchor.month)
    else:
        year = anchor.year - (traits.get("half") == 2 and anchor.month < 7 and not traits.get("future"))
    if not MINYEAR <= year <= MAXYEAR:
        return ""
    if month:
        day = traits.get("day")
        return f"{year:04}-{month:02}-{day:02}" if day and day <= monthrange(year, month)[1] else f"{year:04}-{month:02}"
    if quarter:
        return f"{year:04}-Q{quarter}"
    return f"{year:04}" if traits.get("half") or traits.get("months") else ""


def _turn(traits: Mapping[str, Any], month: int, now: int) -> int:
    """How many years a month lies from the year of publication."""
    if traits.get("future"):
        return int(month < now)
    if traits.get("past"):
        return -int(month >= now)
    if traits.get("likely"):
        ahead = month - now
        return -1 if ahead > _MONTHS // 2 else 1 if ahead < -_MONTHS // 2 else 0
    return -int(month > now)


def shifted(published: date, unit: str, count: int) -> str:
    """A time so many units from the date of publication, as exact as the unit: a day, else a month or a year.

    Examples
    --------
    >>> shifted(date(2025, 2, 25), "week", -2), shifted(date(2025, 2, 25), "month", -3), shifted(date(2025, 2, 25), "day", -1)
    ('2025-02', '2024-11', '2025-02-24')
    """
    if unit == "day":
        return moved(published, count).isoformat()
    if unit == "week":
        return moved(published, 7 * count).isoformat()[:7]
    months = published.year * _MONTHS + published.month - 1 + count * {"month": 1, "quarter": 3, "half": 6}.get(unit, 0)
    year = months // _MONTHS + count * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if not MINYEAR <= year <= MAXYEAR:
        return ""
    if unit == "month":
        return f"{year:04}-{months % _MONTHS + 1:02}"
    return f"{year:04}-Q{months % _MONTHS // 3 + 1}" if unit == "quarter" else f"{year:04}"


def moved(published: date, days: int) -> date:
    """A date some days away; the date itself where the calendar ends."""
    try:
        return published + timedelta(days=days)
    except OverflowError:
        return published


def weekday(published: date, day: int, future: bool = False) -> date:
    """The last such day of the week that is not after publication, or the next one."""
    back = (published.weekday() - day) % 7
    return moved(published, 7 - back if future else -back)
