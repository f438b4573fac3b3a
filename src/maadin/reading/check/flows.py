"""Trade as the tables hold it: by series of product codes, each with what it leaves out.

A series holds some codes of a commodity in one revision of the Harmonized System; headings of four digits stand in a series of their own. Within a
series the codes of a stage are added; series are never added to each other. Where codes are missing, or only the largest flows are listed, a sum is a
lower bound. A heading that other commodities share is an upper bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from maadin.facts import catalogue
from maadin.facts.catalogue import Stage
from maadin.facts.table import Note
from maadin.indicators import competition_ranks
from maadin.reading.check.knowledge import Knowledge
from maadin.reading.check.shelf import ALL, Record, Shelf, Side
from maadin.reading.check.subject import Case, code_of
from maadin.reading.check.verdict import Figure, What

By = Literal["quantity", "value"]
Test = Callable[[float, float], bool | None]
DOUBTFUL_SHARE = 0.1  # of the worth, with a flagged unit value, from which a sum of quantities is doubtful


@dataclass(frozen=True, slots=True)
class Bundle:
    """The codes of one stage that one series holds, with who traded how much in a year.

    Attributes
    ----------
    rows : dict
        By code and country: the rows of the trade table. A country is an exporter or an importer, whichever `rows_are` says.
    missing : tuple of str
        Codes of the stage that the series lacks.
    upper : bool
        Whether it holds more than the commodity (a heading that others share).
    coverage : str
        all flows, largest partners or largest flows.
    """

    commodity: str
    stage: Stage
    series: str
    source: str
    release: str
    year: int
    rows_are: Side
    partner: str
    codes: tuple[str, ...]
    missing: tuple[str, ...]
    upper: bool
    coverage: str
    rows: dict[str, dict[str, Record]] = field(repr=False, default_factory=dict)

    @property
    def axes(self) -> dict[str, Any]:
        """What sets it apart from other bundles."""
        return {"source": self.source, "stage": self.stage.id, "series": self.named, "year": self.year}

    @property
    def named(self) -> str:
        """The codes, as one word."""
        return "+".join(self.codes)

    @property
    def partial(self) -> bool:
        """Whether sums are lower bounds."""
        return bool(self.missing) or self.coverage != "all flows"

    def traders(self) -> list[str]:
        """Countries on this side."""
        return sorted({c for listed in self.rows.values() for c in listed})

    def sum_of(self, holder: Sequence[str], by: By) -> float | None:
        """Tonnes or dollars of some countries; None where no flow has a figure."""
        column = "quantity_t" if by == "quantity" else "value_usd"
        found = [r[column] for r in self.of(holder) if r[column] is not None]
        return float(sum(found)) if found else None

    def of(self, holder: Sequence[str]) -> list[Record]:
        """Rows of some countries."""
        if ALL in holder:
            return [r for listed in self.rows.values() for r in listed.values()]
        return [listed[c] for listed in self.rows.values() for c in holder if c in listed]

    def total(self, by: By) -> float:
        """Sum over all countries."""
        return self.sum_of(self.traders(), by) or 0.0

    def share(self, holder: Sequence[str], by: By) -> float | None:
        """Share of some countries in the sum; None where the sum is nothing."""
        total = self.total(by)
        return (self.sum_of(holder, by) or 0.0) / total if total else None

    def rank(self, country: str, by: By) -> tuple[int | None, int]:
        """Place of a country, and how many there are."""
        sums = {c: self.sum_of((c,), by) for c in self.traders()}
        ranks = dict(zip(sums, competition_ranks(sums.values()), strict=True))
        return ranks.get(country), sum(s is not None for s in sums.values())

    def doubtful(self, holder: Sequence[str]) -> bool:
        """Whether more than a tenth of the worth of the flows has a unit value that was flagged."""
        rows = self.of(holder)
        flagged = sum(_flagged(r) * (r["value_usd"] or 0) for r in rows)
        return bool(flagged > DOUBTFUL_SHARE * sum(r["value_usd"] or 0 for r in rows))

    def without_quantity(self, holder: Sequence[str]) -> bool:
        """Whether some flows have no quantity."""
        return any(r["flows_without_quantity"] for r in self.of(holder))

    def content(self, holder: Sequence[str]) -> tuple[float, float, float] | None:
        """Tonnes of the stage's mass basis: low, middle and high; None where they are gross tonnes anyway."""
        if not self.stage.mass_basis.endswith("content") or any(len(c) == 4 for c in self.codes):
            return None
        factors = {c.code: c for c in self.stage.hs6}
        low = middle = high = 0.0
        known = False
        for code, listed in self.rows.items():
            for country in listed if ALL in holder else holder:
                tonnes = listed[country]["quantity_t"] if country in listed else None
                if tonnes is None:
                    continue
                exporter = country if self.rows_are == "exporter" else self.partner
                f = factors[code].factor_for(exporter)
                low, middle, high, known = low + tonnes * f.low, middle + tonnes * f.mid, high + tonnes * f.high, True
        return (low, middle, high) if known else None

    def absent_status(self) -> str:
        """What it means that a country has no row."""
        return "none_reported" if self.coverage == "all flows" else "not_listed"


def _flagged(row: Record) -> float:
    """The part of a row's worth whose unit value was flagged."""
    flag = str(row["flag"] or "")
    if flag.startswith("unit_value"):
        return 1.0
    percent = flag.split("%")[0]
    return float(percent) / 100 if flag.endswith("flagged") and percent.isdigit() else 0.0


def bundles(case: Case, known: Knowledge, rows_are: Side, partner: Sequence[str]) -> list[Bundle]:
    """All bundles of the stages in question that were in print; `partner` are the countries on the other side, none for all."""
    found: list[Bundle] = []
    for stage in case.stages:
        found += _of_stage(case.shelf, case.commodity.id, stage, rows_are, tuple(partner))
    return [b for b in found if known.has(b.source, b.release, b.year)]


def _of_stage(shelf: Shelf, commodity: str, stage: Stage, rows_are: Side, partner: tuple[str, ...]) -> list[Bundle]:
    def build() -> list[Bundle]:
        groups: dict[tuple[str, int], dict[str, dict[str, Record]]] = {}
        held: dict[str, set[str]] = {}
        for r in shelf.flows(commodity, stage.id, rows_are, partner):
            if r["status"] != "value" or (len(partner) > 1 and r[rows_are] in partner):
                continue  # trade within a group is none of the group's
            groups.setdefault((r["series"], r["year"]), {}).setdefault(r["code"], {})[r[rows_are]] = r
            held.setdefault(r["series"], set()).add(r["code"])
        spans = {s.id: s.codes for s in shelf.store.series}
        made = []
        for (series, year), rows in sorted(groups.items()):
            any_row = next(iter(next(iter(rows.values())).values()))
            codes = tuple(sorted(c for c in held[series] if spans[series][c][0] <= year <= spans[series][c][1]))
            made.append(
                Bundle(
                    commodity, stage, series, any_row["source"], any_row["release"], year, rows_are, code_of(partner) or ALL, codes,
                    _missing(stage, codes), any(_is_shared(c, commodity) for c in codes), any_row["coverage"], rows,
                )
            )  # fmt: skip
        return made

    found: list[Bundle] = shelf.kept(("bundles", commodity, stage.id, rows_are, partner), build)
    return found


def _missing(stage: Stage, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of a stage that neither stand among some codes or their headings, nor under another number."""
    held = set(codes)
    headings = {c for c in held if len(c) == 4}
    return tuple(
        c.code
        for c in stage.hs6
        if c.code not in held and c.code[:4] not in headings and c.same_as not in held and not _renamed(c.code, stage, held)
    )


def _renamed(code: str, stage: Stage, held: set[str]) -> bool:
    return any(other.same_as == code and other.code in held for other in stage.hs6)


@lru_cache(maxsize=256)
def _is_shared(code: str, commodity: str) -> bool:
    """Whether a heading also holds codes of other commodities."""
    return len(code) == 4 and any(
        x.code.startswith(code) for c in catalogue.commodities().values() if c.id != commodity for s in c.stages for x in s.hs6
    )


@dataclass(frozen=True, slots=True)
class Traded:
    """Tonnes or dollars of one bundle, as an interval."""

    value: float | None
    low: float
    high: float
    mass_basis: str


def traded(bundle: Bundle, holder: Sequence[str], by: By, *, single: bool) -> list[Traded]:
    """What some countries traded: gross tonnes, and content where the stage counts it; or dollars. `single`: one flow between two countries."""
    amount = bundle.sum_of(holder, by)
    if amount is None:
        if bundle.of(holder):
            return []  # flows without a quantity
        limit = _limit(bundle, by) if single else math.inf
        return [Traded(0.0 if bundle.absent_status() == "none_reported" else None, 0.0, 0.0 if limit == 0 else limit, "gross")]
    partial = (
        bool(bundle.missing) or (bundle.coverage != "all flows" and not single) or (by == "quantity" and bundle.without_quantity(holder))
    )
    low, high = (0.0 if bundle.upper else amount), (math.inf if partial else amount)
    found = [Traded(amount, low, high, "gross")]
    content = bundle.content(holder) if by == "quantity" else None
    if content is not None:
        found.append(Traded(content[1], content[0], math.inf if partial else content[2], bundle.stage.mass_basis))
    return found


def _limit(bundle: Bundle, by: By) -> float:
    """The most that a flow can be which the series does not list."""
    if bundle.absent_status() == "none_reported":
        return math.inf if bundle.missing else 0.0
    return math.inf


def unlisted_limit_usd(shelf: Shelf, bundle: Bundle) -> float | None:
    """Of a series of largest flows: the value of the smallest one listed, which an unlisted one does not exceed."""
    if bundle.coverage != "largest flows":
        return None
    limits = [shelf.smallest_listed(bundle.series, code).get(bundle.year) for code in bundle.codes]
    return float(sum(x for x in limits if x is not None)) if all(x is not None for x in limits) else None


def why_open(bundle: Bundle, found: Traded) -> Note:
    """Why a flow cannot tell: codes are missing, only the largest flows are listed, content is a range, others share the heading."""
    values = {"codes": list(bundle.codes), "year": bundle.year, "value": found.value}
    if bundle.missing:
        return Note(
            "codes_are_lower_bound",
            {**values, "years": [bundle.year], "missing": list(bundle.missing), "stage": bundle.stage.id, "commodity": bundle.commodity},
        )
    if found.value is None:
        return Note("flow_below_listed", values)
    if math.isinf(found.high):
        return Note("flows_are_lower_bound", {**values, "coverage": bundle.coverage})
    if bundle.upper:
        return Note("heading_is_shared", values)
    return Note("content_is_range", {**values, "low": found.low, "high": found.high, "mass_basis": found.mass_basis})


def figures(bundle: Bundle, holder: Sequence[str], what: What, *, deciding: bool = True) -> list[Figure]:
    """One figure a code; of several countries their sum."""
    return [_figure(bundle, code, holder, what, deciding) for code in bundle.codes]


def _figure(bundle: Bundle, code: str, holder: Sequence[str], what: What, deciding: bool) -> Figure:
    listed = bundle.rows.get(code, {})
    rows = list(listed.values()) if ALL in holder else [listed[c] for c in holder if c in listed]
    name = code_of(holder)
    exporter, importer = (name, bundle.partner) if bundle.rows_are == "exporter" else (bundle.partner, name)
    quantities = [r["quantity_t"] for r in rows if r["quantity_t"] is not None]
    total = sum(r["value_usd"] or 0 for r in listed.values())
    usd = sum(r["value_usd"] or 0 for r in rows)
    status = bundle.absent_status() if not rows else "value" if quantities else "missing"
    whole = code in (c.code for c in bundle.stage.hs6) and len(bundle.stage.hs6) == 1
    return Figure(
        row=":".join(("trade", bundle.series, code, exporter, importer, str(bundle.year))),
        what=what, commodity=bundle.commodity, stage=bundle.stage.id, mass_basis="gross", country=exporter, partner=importer, code=code,
        series=bundle.series, year=bundle.year, value=sum(quantities) if quantities else None, unit="tonne", value_usd=float(usd) if rows else None,
        share=usd / total if rows and total else None, rank=rows[0]["rank"] if len(rows) == 1 else None, listed=len(listed), status=status,
        quality="", partial=not (whole or len(code) == 4) and bool(bundle.missing), flag=";".join(sorted({str(r["flag"]) for r in rows if r["flag"]})),
        source=bundle.source, release=bundle.release, deciding=deciding,
    )  # fmt: skip
