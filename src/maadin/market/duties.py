"""Duties a benchmark already contains: rates by route, averaged over the days of its year.

Measures of one programme replace each other, the highest rate in force on a day counts; rates of different programmes add up. The first two
parts of a measure's id name its programme: us232_al_2018 and us232_al_2023_rus are one, us301_cn_al another. Routes without a measure carry
the assumption of no duty. What is not a rate (bans, quotas, licences) shows in the flows themselves and is listed only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maadin.facts import regions
from maadin.facts.records import TradeMeasure
from maadin.facts.sources.measures import Exemption

Treatment = Literal["duty", "export tax", "in the flows"]
_RATES: dict[str, Treatment] = {"ad valorem tariff": "duty", "export duty": "export tax"}
_ENDED = ("removed",)
_SPAN = re.compile(r"(\d{2,6})-(\d{2,6})")


@dataclass(frozen=True, slots=True)
class AppliedMeasure:
    """A measure in force on some day of the benchmark's year that concerns its codes.

    Attributes
    ----------
    id, measure, imposing, targeted, instrument : str
        As in the table of measures.
    treatment : str
        duty or export tax: part of the rates; in the flows: the year's trade happened under it.
    rate : float or None
        Ad valorem fraction as printed, not averaged.
    days : int
        Days of the year it was in force.
    exemptions : tuple of str
        Who was treated otherwise, as "country: treatment".
    effective_from, effective_to, source, confidence : str
    """

    id: str
    measure: str
    imposing: str
    targeted: str
    instrument: str
    treatment: str
    rate: float | None
    days: int
    exemptions: tuple[str, ...]
    effective_from: str
    effective_to: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Duties:
    """Rates by route and the measures behind them.

    Attributes
    ----------
    duty_rate, export_tax_rate : array (exporter, importer), fraction of the fob value, >= 0
        Averages over the days of the year.
    applied : tuple of AppliedMeasure
    """

    duty_rate: NDArray[np.float64]
    export_tax_rate: NDArray[np.float64]
    applied: tuple[AppliedMeasure, ...]


def duties(
    measures: Iterable[TradeMeasure], exempted: Iterable[Exemption], commodity: str, codes: Sequence[str], year: int, places: Sequence[str]
) -> Duties:
    """Rates that applied to a commodity's codes in a year.

    Parameters
    ----------
    measures, exempted : iterables
        Tables of measures and of exemptions from them.
    commodity : str
        Id.
    codes : sequence of str
        HS6 codes of the benchmark.
    year : int
    places : sequence of str
        Countries, in the order of the arrays.

    Notes
    -----
    A tariff-rate quota counts as free of the duty, an absolute quota likewise: the trade of the year moved inside them. Beyond a quota the rate would apply at the margin.
    """
    days = _days(year)
    spared = list(exempted)
    position = {code: at for at, code in enumerate(places)}
    shape = (len(places), len(places))
    totals = {"duty": np.zeros(shape), "export tax": np.zeros(shape)}
    applied: list[AppliedMeasure] = []
    programmes: dict[tuple[str, str], list[tuple[TradeMeasure, list[Exemption]]]] = {}
    for measure in measures:
        in_force = [d for d in days if measure.effective_from <= d and (not measure.effective_to or d <= measure.effective_to)]
        if not in_force or commodity not in measure.commodity.split(";") or not concerns(measure.hs, codes):
            continue
        if any(word in measure.instrument for word in _ENDED):
            continue
        treatment = _RATES.get(measure.instrument, "in the flows")
        own = [e for e in spared if e.measure_id == measure.id and e.effective_from <= days[-1] and (e.effective_to or "9") >= days[0]]
        applied.append(_applied(measure, treatment, len(in_force), own))
        if treatment != "in the flows" and measure.value is not None:
            programmes.setdefault((treatment, programme(measure.id)), []).append((measure, own))
    for (kind, _), listed in programmes.items():
        for first, count in _periods(days, listed):
            highest = np.zeros(shape)
            for measure, own in listed:
                if measure.effective_from <= first and (not measure.effective_to or first <= measure.effective_to):
                    highest = np.maximum(highest, _rates(measure, own, first, year, position, kind))
            totals[kind] += highest * (count / len(days))
    return Duties(totals["duty"], totals["export tax"], tuple(applied))


def programme(measure_id: str) -> str:
    """The programme a measure belongs to: the first two parts of its id."""
    return "_".join(measure_id.split("_")[:2])


def concerns(hs: str, codes: Sequence[str]) -> bool:
    """Whether a list of codes as printed ("7601;7604-7609", "260600", "various") covers one of the HS6 codes.

    Examples
    --------
    >>> concerns("7601;7604-7609", ["760110"]), concerns("7604-7609", ["760110"]), concerns("811292 (part)", ["811292"])
    (True, False, True)
    """
    if not hs or hs == "various":
        return hs == "various"
    for part in hs.split(";"):
        printed = part.replace("(part)", "").strip()
        if span := _SPAN.fullmatch(printed):
            first, last = span[1], span[2]
            if any(first <= code[: len(first)] and code[: len(last)] <= last for code in codes):
                return True
        elif any(code.startswith(printed) or printed.startswith(code) for code in codes):
            return True
    return False


def _days(year: int) -> list[str]:
    first = date(year, 1, 1)
    return [(first + timedelta(days=n)).isoformat() for n in range((date(year + 1, 1, 1) - first).days)]


def _periods(days: list[str], listed: list[tuple[TradeMeasure, list[Exemption]]]) -> list[tuple[str, int]]:
    """Stretches of the year in which nothing changes: first day and length."""
    after = [(d, 1) for m, own in listed for d in (m.effective_to, *(e.effective_to for e in own)) if d]
    turns = {days[0], *(d for m, own in listed for d in (m.effective_from, *(e.effective_from for e in own)))}
    turns |= {(date.fromisoformat(d) + timedelta(days=n)).isoformat() for d, n in after}
    starts = sorted(d for d in turns if days[0] <= d <= days[-1])
    ends = [*starts[1:], (date.fromisoformat(days[-1]) + timedelta(days=1)).isoformat()]
    return [(a, (date.fromisoformat(b) - date.fromisoformat(a)).days) for a, b in zip(starts, ends, strict=True)]


def _rates(
    measure: TradeMeasure, own: list[Exemption], day: str, year: int, position: dict[str, int], treatment: str
) -> NDArray[np.float64]:
    """The measure's rate on each route on one day."""
    rates = np.zeros((len(position), len(position)))
    by = [position[c] for c in regions.members_of_list(measure.imposing, year) if c in position]
    spared = {c for e in own if e.effective_from <= day <= (e.effective_to or "9") for c in regions.resolve(e.country, year)}
    on = [position[c] for c in regions.members_of_list(measure.targeted, year) if c in position and c not in spared]
    rate = (measure.value or 0.0) / 100
    rates[np.ix_(on, by) if treatment == "duty" else np.ix_(by, on)] = rate
    np.fill_diagonal(rates, 0.0)
    return rates


def _applied(measure: TradeMeasure, treatment: str, days: int, own: list[Exemption]) -> AppliedMeasure:
    rate = measure.value / 100 if treatment != "in the flows" and measure.value is not None else None
    return AppliedMeasure(
        measure.id, measure.measure, measure.imposing, measure.targeted, measure.instrument, treatment, rate, days,
        tuple(f"{e.country}: {e.treatment}" for e in own), measure.effective_from, measure.effective_to, measure.source, measure.confidence,
    )  # fmt: skip
