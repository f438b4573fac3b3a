"""A statement: what a text claims about a market, or an act of policy it tells of, with the exact place in the text."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = 1

Metric = Literal[
    "reserves", "production", "exports", "imports", "consumption", "capacity", "price", "tariff_rate", "share", "rank", "change", "value"
]
Of = Literal["production", "reserves", "exports", "imports", "capacity", "consumption", "refining", "price"]
Instrument = Literal[
    "tariff",
    "ban",
    "quota",
    "export_control",
    "supply_offer",
    "joint_venture",
    "capacity_project",
    "fund",
    "price_support",
    "sanction",
    "territory",
]
Unit = Literal["tonne", "percent", "USD", "USD/tonne", "USD/kg", "rank", "count"]
Comparator = Literal["eq", "gt", "lt", "approx", "rank", "range"]
Status = Literal[
    "announced",
    "proposed",
    "considered",
    "threatened",
    "in_force",
    "ended",
    "suspended",
    "eased",
    "withdrawn",
    "rejected",
    "superseded",
    "exempted",
]
Quality = Literal["many", "leading", "main", "lagging", "recognised", "more", "needed", "stopped"]
Direction = Literal["import", "export"]
Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

INSTRUMENTS: tuple[str, ...] = get_args(Instrument)


class Statement(BaseModel):
    """What a text says, in one place of it.

    Attributes
    ----------
    kind : {"claim", "measure"}
        A state of affairs, or an act of policy, an offer or a project.
    span, text : (int, int), str
        Character offsets into the input exactly as given, and that slice.
    lang : {"ar", "en"}
    attributed_to : str, optional
        The source that the text names, as the text names it; none where the text itself speaks.
    metric, of : str, optional
        What a claim is about; for a share, rank or change, of what.
    instrument, direction : str, optional
        What kind of measure, and on which side of trade its actor stands (None: not told or not applicable).
    commodity : tuple of str
        English names of the catalogue; "minerals" for minerals in general.
    country : tuple of str
        Of a claim: ISO 3166 alpha-3 codes; WLD is the world, EUU the European Union. A company counts as its home country.
    actor : tuple of str
        Of a measure: who acts.
    target : tuple of str, optional
        Partner of a flow, market of a share, other side of a comparison, country a measure is aimed at (WLD: all).
    place : tuple of str, optional
        Where a project is built or a territory lies, if that is another country than the actor's.
    value, unit, value_prev
        Number in the base unit, (low, high) for a range; the level before, of a change "from 25 to 50".
    stated : str, optional
        The quantity as the text writes it, where it had to be converted (another currency, pounds): the rate is in `conversion`.
    conversion : str, optional
        How, with source.
    year_or_date : str, optional
        2025, 2025-09, 2025-Q1 or 2025-09-15.
    window : str, optional
        A period that the text leaves vague, as it writes it ("in recent years").
    comparator : str
    quality : str, optional
        What a claim without a number says: many, leading (among the first), main (partner), lagging, recognised (has any worth naming), more
        (than `target`), needed (depends on imports), stopped.
    status, condition : str, optional
        Of a measure.
    polarity : bool
        False where the text denies it.
    confidence : float
        0 to 1.
    rule : str
        The pattern that found it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["claim", "measure"]
    span: tuple[int, int]
    text: str
    lang: Literal["ar", "en"]
    attributed_to: str | None = None
    metric: Metric | None = None
    of: Of | None = None
    instrument: Instrument | None = None
    direction: Direction | None = None
    commodity: tuple[str, ...] = ()
    country: tuple[Code, ...] = ()
    actor: tuple[Code, ...] = ()
    target: tuple[Code, ...] | None = None
    place: tuple[Code, ...] | None = None
    value: float | tuple[float, float] | None = None
    unit: Unit | None = None
    value_prev: float | None = None
    stated: str | None = None
    conversion: str | None = None
    year_or_date: Annotated[str, Field(pattern=r"^\d{4}(-(Q[1-4]|\d\d(-\d\d)?))?$")] | None = None
    window: str | None = None
    comparator: Comparator = "eq"
    quality: Quality | None = None
    status: Status | None = None
    condition: str | None = None
    polarity: bool = True
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    rule: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Statement:
        if (self.kind == "claim") != (self.metric is not None) or (self.kind == "measure") != (self.instrument is not None):
            raise ValueError("a claim has a metric, a measure an instrument")
        return self

    def to_data(self) -> dict[str, Any]:
        """The statement as JSON has it; what does not apply to its kind is left out."""
        data = self.model_dump(mode="json")
        other = (
            ("actor", "instrument", "direction", "status", "condition", "place")
            if self.kind == "claim"
            else ("country", "metric", "of", "quality")
        )
        return {name: value for name, value in data.items() if name not in other}
