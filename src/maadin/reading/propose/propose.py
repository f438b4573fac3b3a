"""From a measure that a text tells of to scenarios: one for each market it touches, with every assumption that had to be added.

What an instrument means, and what range stands in for a size that is not told, is the table `policy/data/instruments.csv`; the modules beside this one add
what depends on the market and its year: which benchmark, which duties stay, what reopens a closed route, when a project yields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from maadin.errors import InputError, LabelError, MaadinError
from maadin.facts import catalogue
from maadin.facts.catalogue import Commodity
from maadin.facts.store import Store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.policy import instruments
from maadin.policy.measures import Capacity, MarketMeasure
from maadin.policy.places import positions
from maadin.policy.places import routes as routes_of
from maadin.policy.scenario import Scenario
from maadin.policy.texts import Sentence
from maadin.reading.propose import duties, naming, outside, projects, routes, sizes, stages
from maadin.reading.propose.asked import PROJECTS, Asked, Draft, Proposed, RefusedError, is_all, known, read_as
from maadin.reading.propose.events import dated
from maadin.reading.propose.instead import facts_of
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

NOT_YET = ("announced", "proposed", "considered", "threatened")
NOT_IN_FORCE = ("withdrawn", "rejected", "suspended", "ended", "superseded")
OFFERED = (*PROJECTS, "supply_offer")
RESTRICTIONS = ("ban", "sanction", "export_control", "quota")
OTHER_NAMES = {("export_control", "import"): "quota"}  # rows that the table has under another instrument
SECTORS: Mapping[str, str] = {"coal": "steam-coal", "diamonds": "industrial-diamonds"}


def propose(
    statement: Statement, *, topic: Sequence[str] = (), paths: bool = False, published: date | None = None, store: Store | None = None
) -> tuple[Proposed, ...]:
    """Scenarios for a measure of a text.

    Parameters
    ----------
    statement : Statement
        A measure.
    topic : sequence of str
        Commodities that the text speaks of, the nearest first, for a measure on "minerals" in general.
    paths : bool
        Whether projects that are simulated as complete are also proposed year by year.
    published : date, optional
        Of the text.
    store : Store, optional
        Tables to ask; the shipped and imported ones without it.

    Returns
    -------
    tuple of Proposed
        One for each commodity, two for a project with `paths`; one alone for what is valued outside a market.

    Raises
    ------
    InputError
        If the statement is no measure.

    Examples
    --------
    >>> duty = Statement(
    ...     kind="measure", span=(0, 1), text="-", lang="en", instrument="tariff", direction="import", commodity=("graphite",), actor=("USA",),
    ...     target=("CHN",), value=25, unit="percent", status="announced",
    ... )
    >>> propose(duty)[0].scenario.measures[0].to_data()
    {'tariff': {'importer': 'USA', 'exporter': 'CHN', 'mode': 'set', 'rate': '25%'}}
    """
    if statement.instrument is None:
        raise InputError("a claim has no scenario; expected a measure")
    if statement.instrument in outside.OUTSIDE:
        return (_outside(statement, topic),)
    names = tuple(c for c in statement.commodity if not outside.is_general(c))
    general: tuple[Sentence, ...] = ()
    if not names and (found := next((i for n in topic if (i := outside.id_of(n))), None)):
        names, general = (found,), (sentence("topic", commodity=found),)
    if not names:
        return (Proposed("", None, Note("no_commodity_named")),)
    made: list[Proposed] = []
    for name in names:
        for is_path in _ways(statement, paths):
            made.append(_in_market(statement, name, general, is_path=is_path, published=published, store=store))
            if made[-1].scenario is None:
                break
    return tuple(made)


def _ways(s: Statement, paths: bool) -> tuple[bool, ...]:
    """Whether complete, or year by year, or both."""
    if s.instrument == "capacity_project":
        return (True,)
    return (False, True) if paths and s.instrument in PROJECTS else (False,)


def _outside(s: Statement, topic: Sequence[str]) -> Proposed:
    """The scenario of a fund or a territory."""
    try:
        draft = outside.draft(s, topic)
        _say_status(s, draft, "not_in_force_valued")
        return Proposed("", _scenario(s, draft, None))
    except RefusedError as refused:
        return Proposed("", None, refused.because)
    except MaadinError as error:
        return Proposed("", None, _no_scenario(error))


def _in_market(
    s: Statement, name: str, general: Sequence[Sentence], *, is_path: bool, published: date | None, store: Store | None
) -> Proposed:
    """The scenario of a measure on one commodity."""
    commodity, kind = _commodity(name)
    if commodity is None:
        return Proposed("", None, Note("no_market", {"named": name}))
    stage = stages.stage_of(s, commodity, store)
    if stage is None:
        because = Note("not_balanced", {"commodity": commodity.id, "stage": commodity.stages[0].id})
        return Proposed(commodity.id, None, because, facts_of(commodity, s, store))
    event = None
    try:
        when = dated(s, commodity.id, stage, published=published, store=store)
        if when is None:
            raise RefusedError(Note("no_trade_at_hand", {"commodity": commodity.id, "stage": stage.id}))
        event = when.event
        asked = Asked(s, commodity, stage, Benchmark.from_facts(commodity.id, when.year, stage.id, store=store), event, store)
        draft = _measures(asked)
        draft.assumes = [when.because, *_of_market(asked), *general, *kind, *draft.assumes]
        horizon = _projects(asked, draft, is_path=is_path)
        _say_status(s, draft, "not_in_force")
        draft.say(*([sentence("horizon_long")] if s.instrument in PROJECTS else [sentence("horizon_medium"), sentence("no_answer")]))
        _refuse_idle(asked, draft)
        scenario = _scenario(s, draft, asked, horizon)
        scenario.check(asked.market.countries)
        return Proposed(commodity.id, scenario, event=event)
    except RefusedError as refused:
        return Proposed(commodity.id, None, refused.because, facts_of(commodity, s, store), event)
    except MaadinError as error:
        return Proposed(commodity.id, None, _no_scenario(error), facts_of(commodity, s, store), event)


def _no_scenario(error: MaadinError) -> Note:
    return Note("no_scenario", {"why": str(error).splitlines()[0][:300]})


def _commodity(name: str) -> tuple[Commodity | None, list[Sentence]]:
    """The commodity of a name; a kind of it where the catalogue has only kinds."""
    try:
        return catalogue.commodity(name), []
    except LabelError:
        if (kind := SECTORS.get(name)) is None:
            return None, []
    return catalogue.commodity(kind), [sentence("kind", named=name, commodity=kind)]


def _of_market(asked: Asked) -> list[Sentence]:
    """What the market is and is not."""
    made = [sentence("trade_only", year=asked.year)] if asked.market.kind == "imports_only" else []
    made += stages.said(asked)
    if asked.statement.instrument not in PROJECTS:
        made.append(sentence("covers", codes=(asked.commodity.id, asked.stage.id)))
    return made


def _measures(asked: Asked) -> Draft:
    """The measures that a statement means on a market.

    Raises
    ------
    RefusedError
        If something is missing, or the market already is as told.
    """
    s = asked.statement
    assert s.instrument is not None
    instrument = OTHER_NAMES.get((s.instrument, s.direction or ""), s.instrument)
    size, assumed = sizes.size_of(asked)
    target, more = _target(s)
    found = instruments.propose(
        instrument, actor=known(s.actor), target=target, place=known(s.place or s.actor, world=False), direction=_direction(s, instrument), size=size,
        bases=sizes.bases(asked),
    )  # fmt: skip
    if not found.measures:
        raise RefusedError(Note("not_enough_told", {"missing": found.missing}))
    draft = Draft(list(found.measures), [*read_as(found.assumes, told=size is not None), *more, *assumed])
    if size is None:
        draft.say(*sizes.default_said(asked, draft.measures[0]))
    if instrument == "price_support":
        sizes.refuse_other_good(asked, draft.measures[0])
    if instrument in RESTRICTIONS and s.status == "exempted":
        routes.exempt(asked, draft)
    if instrument in RESTRICTIONS and s.status == "ended" and routes.end_of_ban(asked, draft):
        return draft
    if (adapt := _ADAPTED.get(draft.measures[0].noun)) is not None:
        adapt(asked, draft)
    return draft


_ADAPTED: Mapping[str, Callable[[Asked, Draft], None]] = {
    "tariff": duties.adapt,
    "export_tax": duties.export_tax,
    "supply_offer": routes.offer,
}


def _direction(s: Statement, instrument: str) -> instruments.Direction | None:
    """The side of trade, where the table knows two of them."""
    listed = {row.direction for row in instruments.instruments() if row.instrument == instrument}
    return s.direction if s.direction in listed else None


def _target(s: Statement) -> tuple[tuple[str, ...], list[Sentence]]:
    """Whom the measure is aimed at; of a ban on imports without an origin all, of a project no partner but a country."""
    if s.instrument in PROJECTS:
        return tuple(c for c in known(s.target, world=False) if c not in known(s.place or s.actor)), []
    if s.instrument == "ban" and s.direction == "import" and is_all(s.target):
        return ("WLD",), [] if s.target else [sentence("all_origins")]
    return known(s.target), []


def _projects(asked: Asked, draft: Draft, *, is_path: bool) -> int | None:
    """The years of a project; gives the last year of a path."""
    if not isinstance(draft.measures[0], Capacity):
        return None
    told = asked.statement.year_or_date
    if is_path and not (told is not None and int(told[:4]) == asked.year + 1 and asked.statement.status in (None, "in_force", "ended")):
        return projects.by_year(asked, draft)
    projects.complete(asked, draft)
    return None


def _say_status(s: Statement, draft: Draft, gone: str) -> None:
    """Whether it is in force, what it depends on, whether the text denies it."""
    lifted = any(isinstance(m, MarketMeasure) and m.noun == "reopen" for m in draft.measures) and s.instrument != "supply_offer"
    goes = any(getattr(m, "rate", None) == 0.0 for m in draft.measures) and s.instrument == "tariff"
    if s.status in NOT_YET:
        how = "not_yet_valued" if s.instrument in outside.OUTSIDE else "not_yet_project" if s.instrument in OFFERED else "not_yet"
        draft.say(sentence(how, status=s.status))
    elif s.status in NOT_IN_FORCE and not lifted and not goes:
        draft.say(sentence(gone, status=s.status))
    if not s.polarity:
        draft.say(sentence("denied"))
    if s.condition:
        draft.say(sentence("condition", condition=s.condition))


def _refuse_idle(asked: Asked, draft: Draft) -> None:
    """Refuse measures without a country of the market, or on routes that carry nothing.

    Raises
    ------
    RefusedError
    """
    b = asked.market
    reopened = any(m.noun == "reopen" for m in draft.measures)
    for measure in draft.measures:
        if not isinstance(measure, MarketMeasure):
            continue
        for side in ("exporter", "importer", "country"):
            names = getattr(measure, side, None)
            if names and not positions(names, b.countries, b.year):
                raise RefusedError(Note("not_in_market", {"countries": tuple(names), **_which(asked)}))
    first = draft.measures[0]
    if isinstance(first, MarketMeasure) and hasattr(first, "exporter") and not reopened:
        mask = routes_of(first, b.countries, b.year).mask(len(b.countries))
        if not np.any(b.trade_t[mask] > 0):
            sides = {side: tuple(getattr(first, side)) for side in ("exporter", "importer")}
            raise RefusedError(Note("no_trade_on_route", {**sides, **_which(asked)}))


def _which(asked: Asked) -> dict[str, object]:
    return {"commodity": asked.commodity.id, "stage": asked.stage.id, "year": asked.year}


def _scenario(s: Statement, draft: Draft, asked: Asked | None, horizon: int | None = None) -> Scenario:
    title = naming.named(s, draft.measures, asked.commodity.id if asked else "", is_path=horizon is not None)
    market = {"commodity": asked.commodity.id, "stage": asked.stage.id, "year": asked.year} if asked else {}
    return Scenario(
        title.en, description=naming.about(s, title), source=naming.said_by(s), horizon=horizon, measures=tuple(draft.measures),
        elasticity_horizon="long" if s.instrument in PROJECTS else "medium", assumes=tuple(draft.assumes), **market,
    )  # fmt: skip
