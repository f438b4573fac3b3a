"""Need: how far a country's use of a commodity rests on net imports, and on whom."""

from __future__ import annotations

from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.knowledge import Knowledge, is_later_release
from maadin.reading.check.ranks import is_main
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.shelf import Record
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.verdict import Figure
from maadin.reading.check.windows import last_year

NEEDS = 0.5
PUBLISHED = "published"
SUPPLIERS = 3
NO_IMPORTS = ("net_exporter", "zero")


def need(case: Case, known: Knowledge) -> Outcome:
    """Whether net imports make up at least half of what a country uses, in any form that is counted.

    The published figures decide where there are any (the United States), the computed ones elsewhere. A form of which the country is a net exporter does
    not undo the need for another one; both are told.
    """
    if case.country == WORLD or len(case.holder) != 1:
        return lacking(Note("no_use", {"country": case.country, "commodity": case.commodity.id}))
    country = case.holder[0]
    rows = [r for r in case.shelf.reliance(case.commodity.id, country, None).records() if _in_print(r, known)]
    published = [r for r in rows if r["method"] == PUBLISHED]
    used = published or [r for r in rows if r["net_import_reliance"] is not None]
    if not used:
        return _only_suppliers(case, known)
    last = case.period.fixed or last_year((r["year"] for r in used), case.anchor(known))
    now = [r for r in used if r["year"] == last]
    if not now:
        after = last > max(r["year"] for r in used)
        near = max(r["year"] for r in used) if after else min(r["year"] for r in used)
        return lacking(
            Note("year_after_data", {"year": last, "last": near}) if after else Note("year_before_data", {"year": last, "first": near}),
            [figure_of(r, case) for r in used if r["year"] == near],
        )
    answers = {_answer(r) for r in now}
    answer = True if True in answers else None if None in answers else False
    shown = [figure_of(r, case) for r in now]
    why = Note("some_imports", {"low": 0.0, "high": NEEDS}) if answer is None else None
    outcome = settle([Reading(answer, {"year": last}, tuple(shown), why)], commodity=case.commodity.id, denied=not case.statement.polarity)
    exporters = sorted({r["form"] for r in now if r["status"] in NO_IMPORTS})
    if answer and exporters:
        outcome.reasons.append(Note("not_for_forms", {"forms": exporters, "country": country, "year": last}))
    outcome.reasons.append(_by_year(used, last))
    rest = [r for r in rows if r not in now and (r in used or r["year"] == last) and r["year"] <= last]
    outcome.figures += [figure_of(r, case, deciding=False) for r in rest]
    _add_suppliers(outcome, case, known, last)
    outcome.rules.append(Note("rule_need", {"share": NEEDS}))
    outcome.notes.append(Note("reliance_published" if published else "reliance_computed", {"country": country}))
    return outcome


def _in_print(row: Record, known: Knowledge) -> bool:
    if row["method"] == PUBLISHED:
        return known.has(row["source"], row["release"], row["year"])
    return known.has("wmd", "", row["year"]) and known.has("baci", "", row["year"])


def _answer(row: Record) -> bool | None:
    """True from half on; False for a net exporter; None in between."""
    if row["status"] in NO_IMPORTS:
        return False
    value = row["net_import_reliance"]
    if value is None:
        return None
    if value >= NEEDS:
        return True
    return None if row["status"] == "at_least" or value > 0 else False


def _by_year(used: list[Record], last: int) -> Note:
    """Reliance year by year, by form."""
    listed = [
        {"form": r["form"], "year": r["year"], "value": r["net_import_reliance"], "status": r["status"], "method": r["method"]}
        for r in used
        if r["year"] <= last
    ]
    return Note("reliance_by_year", {"years": listed})


def figure_of(row: Record, case: Case, *, deciding: bool = True) -> Figure:
    """A figure of net import reliance, in per cent of use."""
    computed = row["method"] != PUBLISHED
    parts = (
        "computed:reliance" if computed else "salient",
        row["source"] or "",
        row["release"] or "",
        case.commodity.id,
        "net_import_reliance",
    )
    low, high = (None if row[k] is None else 100 * row[k] for k in ("low", "high"))
    return Figure(
        row=":".join((*parts, row["form"], row["country"], str(row["year"]))), what="net_import_reliance", commodity=case.commodity.id, form=row["form"],
        country=row["country"], year=row["year"], value=None if row["net_import_reliance"] is None else 100 * row["net_import_reliance"], low=low, high=high,
        unit="percent", status=row["status"], quality="computed" if computed else row["quality"] or "", source=row["source"] or "",
        release=row["release"] or "", deciding=deciding,
    )  # fmt: skip


def _add_suppliers(outcome: Outcome, case: Case, known: Knowledge, year: int) -> None:
    """The main suppliers of the year, from the trade tables."""
    found = flows.bundles(case, known, "exporter", case.holder)
    years = [b.year for b in found if b.year <= year]
    if not years:
        return
    latest = max(years)
    listed = []
    for b in found:
        if b.year != latest or len(b.codes[0]) == 4 or b.upper:
            continue
        total = b.total("value")
        ordered = sorted(b.traders(), key=lambda c: -(b.sum_of((c,), "value") or 0.0))
        main = [c for at, c in enumerate(ordered[:SUPPLIERS], 1) if total and is_main(at, (b.sum_of((c,), "value") or 0.0) / total)]
        shares = [{"country": c, "share": (b.sum_of((c,), "value") or 0.0) / total} for c in main]
        listed.append({"codes": list(b.codes), "stage": b.stage.id, "suppliers": shares})
        outcome.figures += [f for c in main for f in flows.figures(b, (c,), "imports", deciding=False)]
    if listed:
        outcome.reasons.append(Note("main_suppliers", {"year": latest, "by_codes": listed, "commodity": case.commodity.id}))
    if known.day is not None and is_later_release("baci"):
        outcome.notes.append(Note("as_later_revised", {"sources": ["baci"]}))


def _only_suppliers(case: Case, known: Knowledge) -> Outcome:
    outcome = lacking(Note("no_reliance", {"country": case.country, "commodity": case.commodity.id}))
    years = [b.year for b in flows.bundles(case, known, "exporter", case.holder)]
    if years:
        _add_suppliers(outcome, case, known, max(years))
    return outcome
