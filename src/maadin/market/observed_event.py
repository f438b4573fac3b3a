"""An elasticity of substitution from a duty in the table of measures: the years before it against the years after it."""

from __future__ import annotations

from datetime import date

import numpy as np

from maadin.errors import InputError, LabelError
from maadin.facts import catalogue, regions
from maadin.facts.records import TradeMeasure
from maadin.facts.store import Store, default_store
from maadin.market.benchmark import Benchmark
from maadin.market.duties import concerns, programme
from maadin.market.event_calibration import Calibration, ObservedYear, calibrate_armington, exposure

YEARS_BEFORE, YEARS_AFTER = 3, 2


def calibrate_event(
    measure_id: str, *, years_before: int = YEARS_BEFORE, years_after: int = YEARS_AFTER, store: Store | None = None
) -> Calibration:
    """Substitution between origins from what followed a duty on some of an importer's suppliers.

    Parameters
    ----------
    measure_id : str
        An ad valorem tariff in the table of measures, such as us232_al_2023_rus; `maadin facts measures` lists them.
    years_before, years_after : int
        Years held against each other; the year of the duty counts as after, with the part of it in which the duty stood.
    store : Store, optional

    Raises
    ------
    LabelError
        If there is no such measure.
    InputError
        If it is no duty on single suppliers of one importer, or trade around it is not at hand or fell to nothing.

    Notes
    -----
    The duty that stood on the supplier before is that of the year before, exemptions included, and so is that on the others (averaged by tonnes),
    which is taken to stay. See `maadin.market.event_calibration.calibrate_armington` for the equation.
    """
    opened = store or default_store()
    measures = {row[0]: TradeMeasure(*row) for row in opened.rows("select * from measures")}
    if measure_id not in measures:
        raise LabelError(measure_id, "measure", _near(measure_id, list(measures)), "maadin facts measures --format csv")
    measure = measures[measure_id]
    if measure.instrument != "ad valorem tariff" or measure.value is None:
        raise InputError(f"{measure_id} is not an ad valorem duty but: {measure.instrument}; a calibration needs a duty with a rate")
    start = date.fromisoformat(measure.effective_from)
    commodity, stage = _market(measure)
    importers = regions.members_of_list(measure.imposing, start.year)
    suppliers = regions.members_of_list(measure.targeted, start.year)
    if len(importers) != 1:
        raise InputError(f"{measure_id} has {len(importers)} importers; a calibration needs one")
    seen: list[ObservedYear] = []
    duty_before = rest_duty = 0.0
    for year in range(start.year - years_before, start.year + years_after):
        b = Benchmark.from_facts(commodity, year, stage, store=store)
        j = b.position(next(iter(importers)))
        ours = np.isin(b.countries, list(suppliers)) & (np.arange(len(b.countries)) != j)
        others = ~ours & (np.arange(len(b.countries)) != j)
        bought, rest = b.trade_t[ours, j], b.trade_t[others, j]
        if not rest.sum() > 0:
            raise InputError(f"{measure_id} hits every supplier of the importer; a calibration needs some that it spares")
        seen.append(ObservedYear(year, float(bought.sum()), float(rest.sum()), exposure(start, year)))
        if year == start.year - 1 and bought.sum() > 0:
            duty_before = float(bought @ b.duty_rate[ours, j] / bought.sum())
            rest_duty = float(rest @ b.duty_rate[others, j] / rest.sum())
    replaced = _replaces(measure, list(measures.values()))
    after = measure.value / 100 + (0.0 if replaced else duty_before)
    parts = [[o for o in seen if (o.year >= start.year) is late] for late in (False, True)]
    return calibrate_armington(
        parts[0],
        parts[1],
        duty_before=duty_before,
        duty_after=after,
        event=measure_id,
        rest_duty_before=rest_duty,
        rest_duty_after=rest_duty,
    )


def _market(measure: TradeMeasure) -> tuple[str, str]:
    """The first market of the catalogue whose codes the measure names."""
    for name in measure.commodity.split(";"):
        if name in catalogue.commodities():
            for stage in catalogue.commodities()[name].stages:
                if stage.grade != "C" and concerns(measure.hs, [c.code for c in stage.hs6]):
                    return name, stage.id
    raise InputError(f"{measure.id} concerns no market that can be balanced ({measure.commodity_printed})")


def _replaces(measure: TradeMeasure, measures: list[TradeMeasure]) -> bool:
    """Whether an earlier duty of the same programme, which it replaces, stood on the day before."""
    return any(
        m.id != measure.id and programme(m.id) == programme(measure.id) and m.effective_from < measure.effective_from and m.value is not None
        and (not m.effective_to or m.effective_to >= measure.effective_from) for m in measures
    )  # fmt: skip


def _near(given: str, known: list[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(given, known, n=3, cutoff=0.4)
