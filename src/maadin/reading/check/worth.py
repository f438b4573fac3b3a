"""Sums of money: the worth of a flow, of a year's output at world prices, of reserves in the ground."""

from __future__ import annotations

from dataclasses import replace

from maadin.facts.table import Note
from maadin.policy import minerals
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.levels import level
from maadin.reading.check.readings import Outcome, Reading, lacking, settle
from maadin.reading.check.subject import WORLD, Case
from maadin.reading.check.tolerance import band_rule, meets
from maadin.reading.check.verdict import Figure


def worth(case: Case, known: Knowledge) -> Outcome:
    """Hold a sum against what a flow, an output or reserves come to."""
    of, wanted = case.statement.of, case.band
    if wanted is None or case.statement.unit not in (None, "USD"):
        return lacking(Note("no_number_told"))
    if of in ("exports", "imports"):
        statement = case.statement.model_copy(update={"metric": of, "of": None, "unit": "USD"})
        return level(replace(case, statement=statement), known)
    if of not in ("production", "reserves") or case.country == WORLD:
        return lacking(Note("no_worth"))
    table = minerals.worth(case.holder, (case.commodity.id,), of=of, store=case.shelf.store)
    rows = [r for r in table.records() if r["usd"] is not None and r["source"] and known.has(r["source"], r["release"], r["year"])]
    if not rows:
        return lacking(Note("no_worth"))
    readings = []
    for r in rows:
        figure = Figure(
            row=":".join(("computed:worth", of, r["source"], r["release"], r["commodity"], r["form"], r["mass_basis"], r["country"], str(r["year"]))),
            what="worth", commodity=r["commodity"], stage="mine", form=r["form"], mass_basis=r["mass_basis"], country=r["country"], year=r["year"],
            value=r["usd"], low=r["usd_low"], high=r["usd_high"], unit="USD", status="value", quality="computed", source=r["source"], release=r["release"],
            item=r["item"] or "",
        )  # fmt: skip
        answer = meets(wanted)(r["usd_low"], r["usd_high"])
        readings.append(
            Reading(
                None if answer else answer, {"source": r["source"], "form": r["form"]}, (figure,), Note("worth_is_computed", {"of": of})
            )
        )
    outcome = settle(readings, commodity=case.commodity.id, denied=not case.statement.polarity)
    outcome.rules.append(band_rule(wanted, "USD"))
    outcome.notes += list(table.notes)
    return outcome
