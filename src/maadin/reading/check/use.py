"""Use: apparent consumption, as the U.S. Geological Survey prints it for the United States, computed for other countries."""

from __future__ import annotations

from typing import Any

from maadin.facts.table import Note
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.tolerance import Band, as_rounded, meets
from maadin.reading.check.verdict import Figure, What
from maadin.reading.check.windows import EARLIER, last_year

COMPUTED = "computed"
ORE, METAL = "mine", "refined"  # stages: what smelters take in is not what is made of the metal
PRINTED = ("apparent_consumption", "reported_consumption")


def ask_use(case: Case, known: Knowledge, wanted: Band) -> Outcome:
    """Hold a level of use against printed figures, or computed ones where there are none."""
    if case.statement.unit not in (None, "tonne") or case.commodity.unit != "tonne":
        return lacking(Note("unit_differs", {"unit": case.statement.unit, "commodity": case.commodity.id, "kind": "consumption"}))
    if case.country == WORLD or len(case.holder) != 1:
        return lacking(Note("no_use", {"country": case.country, "commodity": case.commodity.id}))
    rows = _printed(case, known) or _computed(case, known)
    if not rows:
        return lacking(Note("no_use", {"country": case.country, "commodity": case.commodity.id}))
    years = sorted({r["year"] for r in rows})
    wanted_year = case.period.fixed or last_year(years, case.anchor(known))
    if wanted_year not in years:
        near = years[-1] if wanted_year > years[-1] else years[0]
        note = (
            Note("year_after_data", {"year": wanted_year, "last": near})
            if wanted_year > near
            else Note("year_before_data", {"year": wanted_year, "first": near})
        )
        return lacking(note, [figure_of(r, case) for r in rows if r["year"] == near])
    test = meets(wanted)
    readings = []
    for r in rows:
        if r["year"] not in range(wanted_year - (0 if case.period.fixed else EARLIER - 1), wanted_year + 1):
            continue
        low, high = as_rounded(r["value"], r["source"])
        answer, why = test(low, high), None
        if r["form"] == COMPUTED and answer:
            answer, why = None, Note("computed_use", {"country": case.country})
        elif r["form"] == COMPUTED and r["stage"] == ORE and any(s.id == METAL for s in case.commodity.stages):
            answer, why = None, Note("computed_use_of_ore", {"country": case.country, "commodity": case.commodity.id})
        readings.append(
            Reading(
                answer, {"item": r["variable"], "form": r["form"], "year": r["year"]}, (figure_of(r, case),), why, r["year"] == wanted_year
            )
        )
    return settle(readings, commodity=case.commodity.id, denied=not case.statement.polarity)


def _printed(case: Case, known: Knowledge) -> list[dict[str, Any]]:
    """Figures of the United States, each year's in the newest release."""
    if case.holder != ("USA",):
        return []
    rows = [
        r
        for r in case.shelf.salient(case.commodity.id)
        if r["variable"] in PRINTED and r["unit"] == "tonne" and r["value"] is not None and known.has(r["source"], r["release"], r["year"])
    ]
    newest: dict[tuple[str, str, int], str] = {}
    for r in rows:
        key = (r["variable"], r["form"], r["year"])
        newest[key] = max(newest.get(key, ""), r["release"])
    return [r for r in rows if r["release"] == newest[r["variable"], r["form"], r["year"]]]


def _computed(case: Case, known: Knowledge) -> list[dict[str, Any]]:
    """Output plus imports less exports, where trade and output describe one stage."""
    table = case.shelf.reliance(case.commodity.id, case.country, None)
    found = []
    for r in table.records():
        if r["method"] == COMPUTED and r["apparent_consumption_t"] and r["status"] == "value" and known.has("wmd", "", r["year"]):
            found.append(
                {
                    "commodity": case.commodity.id, "variable": "apparent_consumption", "form": COMPUTED, "year": r["year"],
                    "value": r["apparent_consumption_t"], "unit": "tonne", "status": "value", "quality": COMPUTED, "source": r["source"],
                    "release": r["release"], "value_printed": "", "stage": r["form"],
                }
            )  # fmt: skip
    return found


def figure_of(row: dict[str, Any], case: Case, what: What = "consumption") -> Figure:
    """A figure of use."""
    table = COMPUTED if row["form"] == COMPUTED else "salient"
    parts = (table, row["source"], row["release"], row["commodity"], row["variable"], row["form"], case.country, str(row["year"]))
    return Figure(
        row=":".join(parts), what=what, commodity=row["commodity"], form=row["form"], country=case.country, year=row["year"], value=row["value"],
        unit=row["unit"], status=row["status"], quality=row["quality"], source=row["source"], release=row["release"], printed=row["value_printed"],
        item=row["variable"],
    )  # fmt: skip
