"""Duties as a text means them: what they replace, what stays, what stays on top.

A duty on all takes the place of the importer's duties on all. Those of its programmes that ask more of single origins stay (who pays more keeps paying
that), and those on single origins of other programmes stay on top. A duty on named origins is all that they pay, unless the text calls it additional or
they pay more already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from maadin.facts import regions
from maadin.facts.table import Note
from maadin.market.duties import AppliedMeasure, programme
from maadin.policy.measures import MEASURES, Tariff
from maadin.policy.places import positions, routes
from maadin.reading.propose.asked import Asked, Draft, RefusedError, again, is_all, says
from maadin.reading.propose.sentences import sentence
from maadin.units import Range, ends

SAME = 1e-9
_ADDED = re.compile(r"\b(additional|further|extra|on top of)\b|إضافي|اضافي|علاوة على", re.IGNORECASE)


def adapt(asked: Asked, draft: Draft) -> None:
    """Turn the duty of a draft into what the text means on this market.

    Raises
    ------
    RefusedError
        If the benchmark holds that very duty, or an exemption or end has nothing to take away.
    """
    tariff = draft.measures[0]
    assert isinstance(tariff, Tariff)
    s = asked.statement
    if s.status in ("ended", "exempted") and _lifted(asked, draft, tariff):
        return
    if says(s, _ADDED):
        draft.measures[0] = again(tariff, mode="add")
        draft.say(sentence("added", year=asked.year))
    elif is_all(s.target) and "except" not in tariff.to_data()[tariff.noun]:
        _on_all(asked, draft, tariff)
    else:
        _on_some(asked, draft, tariff)


def _lifted(asked: Asked, draft: Draft, tariff: Tariff) -> bool:
    """The end of a duty, or an exemption from one; False where the duty is to be simulated as told."""
    s = asked.statement
    held = _held(asked, tariff)
    if s.status == "exempted" and not is_all(s.target) and tariff.rate is not None and s.value is not None:
        draft.measures[0] = again(tariff, exporter="all", **{"except": list(tariff.exporter)})
        draft.say(sentence("exempted", names=tariff.exporter), sentence("whole_duty", year=asked.year))
        return True
    if not (held > 0).any():
        if s.status == "exempted":
            raise RefusedError(Note("not_enough_told", {"missing": ("rate",)}))
        return False
    draft.measures[0] = MEASURES["tariff"](importer=list(tariff.importer), exporter=list(tariff.exporter), rate=0.0, mode="set")
    draft.say(sentence("duty_goes", held=_spread(held[held > 0])))
    return True


def _held(asked: Asked, tariff: Tariff) -> NDArray[np.float64]:
    """Duties of the benchmark on the routes of a tariff that carry something; on all of them where none does."""
    b = asked.market
    mask = routes(tariff, b.countries, b.year).mask(len(b.countries))
    carried = mask & (b.trade_t > 0)
    return np.asarray(b.duty_rate[carried if carried.any() else mask])


def _spread(values: NDArray[np.float64]) -> float | Range:
    low, high = float(values.min()), float(values.max())
    return low if high - low < SAME else Range(low, high)


def _on_some(asked: Asked, draft: Draft, tariff: Tariff) -> None:
    """A duty on named origins."""
    held = _held(asked, tariff)
    if tariff.rate is not None and len(held):
        low, high = ends(tariff.rate)
        if held.min() > high + SAME and asked.statement.status != "eased":
            draft.measures[0] = again(tariff, mode="add")
            draft.say(sentence("added_below_held", names=tariff.exporter, held=_spread(held)))
            return
        if np.all(np.abs(held - low) < SAME) and low == high:
            raise RefusedError(Note("already_there", {"rate": low, "year": asked.year}))
    draft.say(sentence("whole_duty", year=asked.year))


def _on_all(asked: Asked, draft: Draft, tariff: Tariff) -> None:
    """A duty on all origins beside those that single ones pay already."""
    b = asked.market
    importers = {b.countries[j] for j in positions(tariff.importer, b.countries, b.year)}
    duties = [a for a in b.applied if a.treatment == "duty" and a.rate is not None and _at_end(a, b.year) and _meets(a.imposing, importers)]
    general = {programme(a.id) for a in duties if a.targeted.startswith("all")}
    sellers = set(b.countries) - importers
    own, others = _by_origin(duties, general, sellers, b.year)
    limit = ends(tariff.rate)[1] if tariff.rate is not None else float("inf")
    keep = {c: rate for c, rate in own.items() if rate > limit + SAME}
    if not general and not others and _same_everywhere(asked, tariff):
        raise RefusedError(Note("already_there", {"rate": limit, "year": asked.year}))
    if keep:
        draft.measures[0] = again(tariff, **{"except": sorted(keep)})
    draft.say(sentence("whole_duty", year=asked.year))
    for rate, names in _grouped(keep):
        draft.say(sentence("keeps_more", names=names, held=rate))
    for rate, names in _grouped({c: r for c, r in others.items() if c not in keep}):
        draft.measures.append(MEASURES["tariff"](importer=list(tariff.importer), exporter=names, rate=rate, mode="add"))
        draft.say(sentence("stays_on_top", names=names, held=rate))
    spared = [e.partition(":")[0].strip() for a in duties if programme(a.id) in general for e in a.exemptions]
    if spared := [c for c in dict.fromkeys(spared) if c not in keep]:
        draft.say(sentence("ends_exemptions", names=spared))
    _bans(asked, draft, tariff, importers)


def _same_everywhere(asked: Asked, tariff: Tariff) -> bool:
    held = _held(asked, tariff)
    return tariff.rate is not None and len(held) > 0 and bool(np.all(np.abs(held - ends(tariff.rate)[0]) < SAME)) and held.max() > 0


def _bans(asked: Asked, draft: Draft, tariff: Tariff, importers: set[str]) -> None:
    """Import bans on single origins that stand at the end of the benchmark's year: what came in before them does not come in again."""
    b = asked.market
    for a in b.applied:
        is_ban = a.instrument.startswith("import ban") and "quota" not in a.instrument and not a.targeted.startswith("all")
        if not is_ban or not _at_end(a, b.year) or not _meets(a.imposing, importers):
            continue
        banned = sorted(regions.members_of_list(a.targeted, b.year) & set(b.countries))
        measure = MEASURES["embargo"](importer=list(tariff.importer), exporter=banned) if banned else None
        if measure and (b.trade_t[routes(measure, b.countries, b.year).mask(len(b.countries))] > 0).any():
            draft.measures.append(measure)
            draft.say(sentence("ban_stays", names=banned, day=a.effective_from))


def _by_origin(
    duties: Iterable[AppliedMeasure], general: set[str], sellers: set[str], year: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Duties that single origins pay: the highest of programmes on all, and the sum of the others."""
    own: dict[str, float] = {}
    others: dict[tuple[str, str], float] = {}
    for a in duties:
        single = not a.targeted.startswith("all")
        for country in regions.members_of_list(a.targeted, year) & sellers if single else ():
            rate = a.rate or 0.0
            if programme(a.id) in general:
                own[country] = max(own.get(country, 0.0), rate)
            else:
                others[country, programme(a.id)] = max(others.get((country, programme(a.id)), 0.0), rate)
    summed: dict[str, float] = defaultdict(float)
    for (country, _), rate in others.items():
        summed[country] += rate
    return own, {c: r for c, r in summed.items() if r > 0}


def _grouped(rates: dict[str, float]) -> list[tuple[float, list[str]]]:
    """Countries by rate, the highest first."""
    by: dict[float, list[str]] = defaultdict(list)
    for country in sorted(rates):
        by[rates[country]].append(country)
    return sorted(by.items(), reverse=True)


def _at_end(a: AppliedMeasure, year: int) -> bool:
    """Whether a measure was in force on the last day of a year."""
    return a.effective_from <= f"{year}-12-31" and (not a.effective_to or a.effective_to >= f"{year}-12-31")


def _meets(listed: str, countries: set[str]) -> bool:
    return bool(regions.members_of_list(listed) & countries)


def export_tax(asked: Asked, draft: Draft) -> None:
    """An export duty comes on top of others only if the text says so."""
    if says(asked.statement, _ADDED):
        draft.measures[0] = again(draft.measures[0], mode="add")
        draft.say(sentence("added", year=asked.year))
