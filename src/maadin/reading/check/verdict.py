"""A verdict: what the sources say to a statement, then and now, with every figure it rests on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, computed_field

from maadin.facts.table import Note
from maadin.reading.statement import Statement

SCHEMA_VERSION = 1

Answer = Literal["supported", "contradicted", "depends", "not_listed", "not_checkable"]
Test = Literal[
    "level",
    "share",
    "rank",
    "leading",
    "main",
    "lagging",
    "comparison",
    "bound",
    "change",
    "absence",
    "need",
    "stopped",
    "price",
    "enacted",
    "none",
]
What = Literal[
    "production",
    "reserves",
    "capacity",
    "consumption",
    "exports",
    "imports",
    "net_import_reliance",
    "price",
    "measure",
    "years_of_reserves",
    "worth",
]


def _note(given: object) -> object:
    return Note(given["id"], dict(given.get("values", {}))) if isinstance(given, dict) else given


Said = Annotated[Note, BeforeValidator(_note), PlainSerializer(lambda n: {"id": n.id, "values": n.values})]
Quoted = Annotated[Statement, PlainSerializer(lambda s: s.to_data())]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Frozen):
    """One figure of one source, or the lack of one.

    Attributes
    ----------
    row : str
        Key of the source row: table, source, release and what names the row, joined by colons; "computed:..." where it is worked out.
    what : str
        What is counted.
    commodity, stage, form, mass_basis : str
        The commodity and the stage, printed form and mass basis that are counted; empty where they do not apply.
    country, partner : str, optional
        Codes. Of a flow: the exporter and the importer, WLD for all; of a measure: who imposes it, on whom.
    code, series : str, optional
        Traded code and series of a flow.
    year, month : int, optional
    value, low, high : float, optional
        In `unit`; empty where `status` says why. Low and high bound a figure that is printed as a bound or a range.
    unit : str
        tonne, percent, USD, USD/t, million m3, ...
    value_usd : float, optional
        Worth of a flow.
    share : float, optional
        Of the world (of the market, for a flow): 0 to 1.
    rank, listed : int, optional
        Place among the countries listed, and how many there are.
    status : str
        value, zero, at_least, at_most, range, below_half_unit, missing, withheld, not_applicable, net_exporter, described, included_elsewhere,
        not_listed (the source lists others), none_reported (it would list the flow if there were one).
    quality : str
        reported, estimated or provisional.
    partial : bool
        Whether only a part of what is meant is covered, so that the figure is a lower bound.
    flag : str
        What screening found wrong with a flow.
    source, release : str
    printed : str
        The cell as printed.
    item : str
        Of a price: what is priced. Of a measure: its name; what kind of measure it is stands in `form`.
    since, until : str
        Of a measure: from when to when.
    """

    row: str
    what: What
    commodity: str = ""
    stage: str = ""
    form: str = ""
    mass_basis: str = ""
    country: str | None = None
    partner: str | None = None
    code: str | None = None
    series: str | None = None
    year: int | None = None
    month: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    value_usd: float | None = None
    share: float | None = None
    rank: int | None = None
    listed: int | None = None
    status: str = "value"
    quality: str = ""
    partial: bool = False
    flag: str = ""
    source: str = ""
    release: str = ""
    printed: str = ""
    item: str = ""
    since: str = ""
    until: str = ""
    deciding: bool = Field(default=True, exclude=True, repr=False)  # while a verdict is made: whether it rests on the figure


class Finding(_Frozen):
    """What the sources printed up to one day say.

    Attributes
    ----------
    as_of : date, optional
        That day; None for everything at hand.
    verdict : str
        supported: the figures bear it out. contradicted: they do not. depends: on a release, a source, a year, a stage or a product code, or on what
        the codes at hand leave out; the reasons say on which. not_listed: the source lists others and not this one. not_checkable: there is no figure;
        the reasons say why.
    figures, beside : tuple of str
        Row keys of the figures it rests on, and of those that are shown beside: other years and releases, other countries.
    reasons, would_change : tuple of Note
        Why, and what would change it: ids with values, worded by the reports.
    rules : tuple of Note
        The rules applied: how a vague word, a window, a rounding was read.
    notes : tuple of Note
        What limits the figures: stage, mass basis, codes covered.
    """

    as_of: date | None
    verdict: Answer
    figures: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    reasons: tuple[Said, ...] = ()
    would_change: tuple[Said, ...] = ()
    rules: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()


class Verdict(_Frozen):
    """What the sources say to a statement.

    Attributes
    ----------
    schema_version : int
    statement : Statement
        What was checked; of a part, with the one country and commodity of the part.
    test : str
        How it was checked: level, share, rank, leading, main, lagging, comparison, bound, change, absence, need, stopped, price, enacted; none where
        there is no test for it.
    then : Finding, optional
        What the sources printed by the day of publication supported; None without a date.
    now : Finding
        What they say now.
    notes : tuple of Note
        What is said of the check as a whole: that no date was given, that a name is no commodity.
    figures : tuple of Figure
        All figures of both findings, each once.
    parts : tuple of Verdict
        One a country and commodity, where the statement names several.
    """

    schema_version: int = SCHEMA_VERSION
    statement: Quoted
    test: Test
    then: Finding | None = None
    now: Finding
    notes: tuple[Said, ...] = ()
    figures: tuple[Figure, ...] = ()
    parts: tuple[Verdict, ...] = Field(default=())

    @computed_field  # type: ignore[prop-decorator]  # mypy issue 1362
    @property
    def verdict(self) -> Answer:
        """The verdict now."""
        return self.now.verdict

    def figure(self, row: str) -> Figure:
        """The figure of a row.

        Raises
        ------
        KeyError
            If the verdict does not use it.
        """
        for figure in self.figures:
            if figure.row == row:
                return figure
        raise KeyError(row)

    def figures_of(self, finding: Finding, *, beside: bool = False) -> tuple[Figure, ...]:
        """Figures that a finding rests on (or shows beside), in its order."""
        known = {figure.row: figure for figure in self.figures}
        return tuple(known[row] for row in (finding.beside if beside else finding.figures))

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return self.model_dump(mode="json")
