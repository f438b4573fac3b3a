"""Levels: so many tonnes or dollars of output, reserves, capacity, exports, imports or use."""

from __future__ import annotations

from maadin import labels
from maadin.facts.ask.quantities import Kind
from maadin.facts.table import Note
from maadin.reading.check import flows
from maadin.reading.check.amounts import Amount, Listing
from maadin.reading.check.flows import Bundle, By
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.listed import Asked, ask_listings
from maadin.reading.check.readings import Meets, Outcome, Reading, lacking
from maadin.reading.check.shelf import Side
from maadin.reading.check.subject import Case
from maadin.reading.check.tolerance import Band, as_rounded, band_rule, meets
from maadin.reading.check.traded import ask_flows
from maadin.reading.check.use import ask_use
from maadin.reading.check.verdict import Figure
from maadin.reading.check.windows import last_year

MASS = "tonne"
# Oxides of which tables tell the content where texts speak of the metal: tonnes of the element in a tonne (from atomic masses)
ELEMENT_OF: dict[str, tuple[tuple[str, float], ...]] = {
    "U3O8 content": (("U content", 0.848),),
    "Li2O content": (("Li content", 0.4645),),
    "Nb2O5 content": (("Nb content", 0.6990),),
    "Ta2O5 content": (("Ta content", 0.8190),),
}
_OXIDES = tuple(labels.key(word) for word in ("oxide", "oxides", "أكسيد", "أكاسيد"))
FORMS = {
    "refined": ("refin", "unwrought", "metal"),
    "mine": ("ore", "concentrate"),
}  # parts of printed forms, by the stage that the words name


def level(case: Case, known: Knowledge) -> Outcome:
    """Hold a level against the figures of its year."""
    wanted, unit = case.band, case.statement.unit or MASS
    if wanted is None:
        return lacking(Note("no_number_told"))
    metric = case.statement.metric
    if metric in ("production", "reserves", "capacity"):
        outcome = _listed(case, known, metric, wanted, unit)
    elif metric in ("exports", "imports"):
        outcome = _traded(case, known, metric == "imports", wanted, unit)
    elif metric == "consumption":
        outcome = ask_use(case, known, wanted)
    else:
        return lacking(Note("no_test", {"metric": metric}))
    outcome.rules.append(band_rule(wanted, unit))
    return outcome


def _listed(case: Case, known: Knowledge, kind: Kind, wanted: Band, unit: str) -> Outcome:
    if unit != MASS:
        return lacking(Note("unit_differs", {"unit": unit, "commodity": case.commodity.id, "kind": kind}))
    test = meets(wanted)

    def ask(listing: Listing) -> Asked | None:
        amount = listing.amount(case.holder)
        if amount.value is None or listing.unit != MASS:
            return None
        answer = test(amount.low, amount.high)
        why = Note("sum_is_lower_bound", {"count": len(amount.lacking)}) if answer is None and amount.lacking else None
        return Asked(answer, why, otherwise=() if answer else _by_element(case, listing, amount, test))

    if case.commodity.unit != MASS:
        return lacking(Note("unit_differs", {"unit": unit, "commodity": case.commodity.id, "kind": kind}))
    return ask_listings(case, known, kind, ask, denied=not case.statement.polarity)


def _by_element(case: Case, listing: Listing, amount: Amount, test: Meets) -> tuple[tuple[str, bool | None], ...]:
    """The answer in tonnes of the element, where the table counts its oxide and the text does not say so."""
    said = f" {labels.key(case.statement.text)} "
    if any(f" {name} " in said for name in (*_OXIDES, labels.key(listing.mass_basis.split()[0]))):
        return ()
    return tuple((basis, test(factor * amount.low, factor * amount.high)) for basis, factor in ELEMENT_OF.get(listing.mass_basis, ()))


def sides(case: Case, imports: bool) -> tuple[Case, Side]:
    """Who is counted: exporters to the other side, or importers from it.

    A flow between two countries is read off the importer's partners; the total of one country off its own side.
    """
    if imports and case.others:
        return case.opposite(), "exporter"  # what the target ships to the country
    return case, "importer" if imports else "exporter"


def _traded(case: Case, known: Knowledge, imports: bool, wanted: Band, unit: str) -> Outcome:
    if unit not in (MASS, "USD"):
        return lacking(Note("unit_differs", {"unit": unit, "commodity": case.commodity.id, "kind": "imports" if imports else "exports"}))
    asked, rows_are = sides(case, imports)
    by: By = "value" if unit == "USD" else "quantity"
    test = meets(wanted)

    def ask(bundle: Bundle) -> list[Reading]:
        single = len(asked.holder) == 1 and len(asked.others) == 1
        shown = tuple(flows.figures(bundle, asked.holder, "imports" if imports else "exports"))
        found = []
        for t in flows.traded(bundle, asked.holder, by, single=single):
            answer = test(t.low, t.high)
            why = flows.why_open(bundle, t) if answer is None else None
            if answer is False and by == "quantity" and bundle.doubtful(asked.holder):
                answer, why = None, Note("quantity_flagged", {"year": bundle.year, "codes": list(bundle.codes)})
            found.append(Reading(answer, {**bundle.axes, "mass_basis": t.mass_basis}, shown, why, True, bundle.missing))
        return found

    extra = _own_statistics(case, known, imports, wanted) if unit == MASS else []
    return ask_flows(asked, known, rows_are, asked.others, ask, extra=extra, denied=not case.statement.polarity)


def _own_statistics(case: Case, known: Knowledge, imports: bool, wanted: Band) -> list[Reading]:
    """Total imports or exports of the United States as its Geological Survey prints them."""
    if case.holder != ("USA",) or case.others:
        return []
    rows = [
        r
        for r in case.shelf.salient(case.commodity.id)
        if r["variable"] == ("imports" if imports else "exports") and r["unit"] == MASS and known.has(r["source"], r["release"], r["year"])
    ]
    named = [r for r in rows if any(part in r["form"] for stage in case.told_stages for part in FORMS.get(stage, ()))]
    rows = named or rows
    if not rows:
        return []
    last = case.period.fixed or last_year((r["year"] for r in rows), case.anchor(known))
    newest = {
        form: max((r["release"] for r in rows if r["year"] == last and r["form"] == form), default="") for form in {r["form"] for r in rows}
    }
    test, found = meets(wanted), []
    for r in rows:
        if r["year"] != last or r["release"] != newest[r["form"]] or r["value"] is None:
            continue
        low, high = as_rounded(r["value"], r["source"])
        figure = Figure(
            row=":".join(("salient", r["source"], r["release"], r["commodity"], r["variable"], r["form"], "USA", str(r["year"]))),
            what="imports" if imports else "exports", commodity=r["commodity"], form=r["form"], country="WLD" if imports else "USA",
            partner="USA" if imports else "WLD", year=r["year"], value=r["value"], unit=r["unit"], status=r["status"], quality=r["quality"],
            source=r["source"], release=r["release"], printed=r["value_printed"],
        )  # fmt: skip
        found.append(Reading(test(low, high), {"source": r["source"], "form": r["form"], "year": r["year"]}, (figure,)))
    return found
