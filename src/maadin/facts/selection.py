"""What a question asks for: commodity, countries, years; names resolved once, here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maadin.errors import InputError
from maadin.facts import catalogue, regions
from maadin.facts.catalogue import Commodity, Stage

YearsLike = int | str | Sequence[int] | range | None
CountriesLike = str | Sequence[str] | None

_SPAN = re.compile(r"^(\d{4})\s*(?:-|–|\.\.|:)\s*(\d{4})$")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def years(given: YearsLike) -> tuple[int, ...] | None:
    """Years asked for, ascending; None when none were named.

    Accepts 2022, "2022", "2010-2024", "2018,2020", a range or a list.

    Raises
    ------
    InputError
        If it is none of these, or a span runs backwards.
    """
    if given is None:
        return None
    if isinstance(given, int):
        return (given,)
    if not isinstance(given, str):
        return tuple(sorted({int(y) for y in given}))
    found: set[int] = set()
    for part in given.translate(_DIGITS).replace("،", ",").split(","):
        text = part.strip()
        if span := _SPAN.match(text):
            first, last = int(span[1]), int(span[2])
            if first > last:
                raise InputError(f"the years {text!r} run backwards; expected {last}-{first}")
            found.update(range(first, last + 1))
        elif re.fullmatch(r"\d{4}", text):
            found.add(int(text))
        else:
            raise InputError(f"{given!r} is not a year; expected 2022, 2010-2024 or 2018,2020")
    return tuple(sorted(found))


def countries(given: CountriesLike, year: int | None = None) -> tuple[str, ...] | None:
    """Country codes asked for; groups are spread into their members of `year`. None when none were named."""
    if given is None:
        return None
    names: Iterable[str] = [n for n in re.split(r"[,،]", given) if n.strip()] if isinstance(given, str) else given
    codes: dict[str, None] = {}
    for name in names:
        codes.update(dict.fromkeys(regions.resolve(name.strip(), year)))
    return tuple(codes)


@dataclass(frozen=True, slots=True)
class Market:
    """A commodity at one of its stages, and the traded codes asked for."""

    commodity: Commodity
    stage: Stage
    codes: tuple[str, ...]


def market(name: str, stage: str | None = None) -> Market:
    """The commodity and stage meant by a name, or by a traded code such as 760110.

    Raises
    ------
    LabelError
        If the name is unknown or the commodity has no such stage.
    """
    code = name.strip().translate(_DIGITS)
    if re.fullmatch(r"\d{6}|\d{4}", code):
        for commodity in catalogue.commodities().values():
            for candidate in commodity.stages:
                listed = tuple(c.code for c in candidate.hs6 if c.code.startswith(code))
                if listed and stage in (None, candidate.id):
                    return Market(commodity, candidate, (code,))
        raise InputError(f"the code {code} belongs to no commodity of the catalogue. To list them: maadin facts commodities")
    commodity = catalogue.commodity(name)
    chosen = commodity.stage(stage)
    return Market(commodity, chosen, tuple(c.code for c in chosen.hs6))
