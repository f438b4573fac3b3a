"""Routes that are shut and may open: how far they were open before, and what an offer of supply or the end of a ban opens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maadin.facts import regions
from maadin.facts.ask.measures import measures as on_record
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note
from maadin.market.benchmark import Benchmark
from maadin.market.duties import concerns
from maadin.policy.measures import MEASURES, MarketMeasure, Measure, SupplyOffer
from maadin.policy.places import routes as routes_of
from maadin.reading.propose.asked import Asked, Draft, RefusedError, again, is_all, says
from maadin.reading.propose.events import GONE
from maadin.reading.propose.sentences import sentence
from maadin.reading.propose.sizes import each_year

SINCE = 2010  # the first year in which an open route is looked for
OPEN = 0.005  # share of an importer's imports from which on a route counts as open
SHUT = 0.25  # of the share when open: below it a route counts as shut
MOST = 12  # routes that an offer or the end of a ban opens one by one
_LIFTED = re.compile(
    r"\b(restrict\w*|sanction\w*|bans?|embargo\w*|tariffs?|dut(?:y|ies)|curbs?|barriers?)\b|قيود|عقوبات|حظر|رسوم|رسم|حواجز", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenYear:
    """A year in which a route was open.

    Attributes
    ----------
    year : int
    share : float
        Of the importer's imports, tonnes.
    measure_since : str
        Day of the first measure on record on the route, if that is why it is this year; "" where it is the year of the largest share.
    """

    year: int
    share: float
    measure_since: str = ""


def offer(asked: Asked, draft: Draft) -> None:
    """What makes room for an offer of supply: no duty where its condition is that restrictions go, a route that opens where it is shut."""
    made = draft.measures[0]
    assert isinstance(made, SupplyOffer)
    s, b = asked.statement, asked.market
    lifted = s.condition is not None and says(s, _LIFTED)
    before: list[Measure] = []
    pairs = list(routes_of(made, b.countries, b.year).pairs())
    for exporter, importer in pairs if len(pairs) <= MOST else ():
        names = {"exporter": b.countries[exporter], "importer": b.countries[importer]}
        held = float(b.duty_rate[exporter, importer])
        if lifted and held > 0:
            before.append(MEASURES["tariff"](**names, rate="0%", mode="set"))
            draft.say(sentence("lifted_duty", held=held))
        if lifted:
            _bans_that_go(asked, draft, **names)
        before += _reopened(asked, draft, exporter, importer)
    draft.measures = [*before, made]
    if isinstance(made.tonnes, float) and not each_year(s):
        draft.say(sentence("one_year", size=made.tonnes))
    draft.say(sentence("discount", names=made.exporter, most=made.max_discount), sentence("others_keep", names=made.importer, year=b.year))


def exempt(asked: Asked, draft: Draft) -> None:
    """A restriction of all but those whom the text exempts.

    Raises
    ------
    RefusedError
        If it exempts nobody by name: then what is told of goes on as it was.
    """
    s, first = asked.statement, draft.measures[0]
    assert isinstance(first, MarketMeasure)
    across = "importer" if first.acts == "exporter" else "exporter"
    if is_all(s.target):
        raise RefusedError(Note("exempted_as_it_was", {"commodity": asked.commodity.id}))
    spared = list(getattr(first, across))
    draft.measures[0] = again(first, **{across: "all", "except": spared})
    draft.say(sentence("exempted_from_limit", names=spared))


def end_of_ban(asked: Asked, draft: Draft) -> bool:
    """Put the opening of routes in the place of a ban that has ended; False where none of its routes is shut."""
    b = asked.market
    pairs = list(routes_of(draft.measures[0], b.countries, b.year).pairs())
    if len(pairs) > MOST:
        return False
    opened = Draft([])
    for exporter, importer in pairs:
        opened.measures += _reopened(asked, opened, exporter, importer)
    if not opened.measures:
        return False
    draft.measures = opened.measures
    draft.say(sentence("ban_goes"), *opened.assumes)
    return True


def _reopened(asked: Asked, draft: Draft, exporter: int, importer: int) -> list[Measure]:
    """The opening of a route if it is shut."""
    b = asked.market
    names = {"exporter": b.countries[exporter], "importer": b.countries[importer]}
    found = open_year(b, names["exporter"], names["importer"], store=asked.store)
    imports = float(b.imports_t[importer])
    now = float(b.trade_t[exporter, importer]) / imports if imports > 0 else 0.0
    if found is None or now > SHUT * found.share:
        return []
    if found.measure_since:
        draft.say(sentence("reopened_before_measure", base=b.year, year=found.year, day=found.measure_since))
    else:
        draft.say(sentence("reopened_largest", base=b.year, year=found.year, since=SINCE))
    return [MEASURES["reopen"](**names, open_year=found.year)]


def open_year(b: Benchmark, exporter: str, importer: str, *, store: Store | None = None) -> OpenYear | None:
    """The last year before the first measure on record on a route if it was open then, else the year of its largest share since 2010.

    Parameters
    ----------
    b : Benchmark
        The market; only years before its own are looked at.
    exporter, importer : str
        Codes.
    store : Store, optional

    Returns
    -------
    OpenYear or None
        None where the route never carried a share worth naming.
    """
    shares = {y: s for y, s in _shares(b, exporter, importer, store).items() if y < b.year}
    since = _first_measure(b, exporter, importer, store)
    if since and shares.get(int(since[:4]) - 1, 0.0) >= OPEN:
        year = int(since[:4]) - 1
        return OpenYear(year, shares[year], since)
    recent = {y: s for y, s in shares.items() if y >= SINCE and s >= OPEN}
    if not recent:
        return None
    best = max(recent, key=lambda y: (recent[y], y))
    return OpenYear(best, recent[best])


def _shares(b: Benchmark, exporter: str, importer: str, store: Store | None) -> dict[int, float]:
    """Share of an exporter in an importer's imports by year, tonnes in the codes of the market."""
    query = """select year, sum(quantity_kg) filter (where exporter = $2) / sum(quantity_kg) from trade
        where list_contains($1, hs6) and importer = $3 and exporter <> importer and series like 'baci-%' and quantity_kg > 0 group by year"""
    rows = (store or default_store()).rows(query, [list(b.codes), exporter, importer])
    return {int(year): float(share or 0.0) for year, share in rows}


def _first_measure(b: Benchmark, exporter: str, importer: str, store: Store | None) -> str:
    """First day of the earliest measure on record that either side has taken against the route; "" without one."""
    days = []
    for r in on_record(b.commodity, store=store).records():
        if any(word in r["instrument"] for word in GONE) or not concerns(r["hs"], b.codes):
            continue
        by, on = (regions.members_of_list(r[side], int(r["effective_from"][:4])) for side in ("imposing", "targeted"))
        outward = r["instrument"].startswith(("export", "de facto", "technology"))
        if (exporter in by and importer in on) if outward else (importer in by and exporter in on):
            days.append(str(r["effective_from"]))
    return min((d for d in days if int(d[:4]) <= b.year), default="")


def _bans_that_go(asked: Asked, draft: Draft, exporter: str, importer: str) -> None:
    for a in asked.market.applied:
        is_ban = "import ban" in a.instrument and a.treatment == "in the flows"
        if is_ban and importer in regions.members_of_list(a.imposing) and exporter in regions.members_of_list(a.targeted):
            draft.say(sentence("lifted_ban", day=a.effective_from))
