"""What is valued outside the market: a fund fed by a country's mineral revenues, and the minerals of a territory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maadin.errors import LabelError
from maadin.facts import catalogue
from maadin.facts.table import Note
from maadin.policy import instruments
from maadin.policy.measures import ResourceFund
from maadin.policy.texts import Sentence
from maadin.reading.propose.asked import Draft, RefusedError, again, known, read_as
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

OUTSIDE = ("fund", "territory")
GENERAL = "minerals"  # what a text that names none is said to speak of
_REVENUES = re.compile(r"\b(revenues?|proceeds|royalt\w*|income|profits?)\b|عائدات|إيرادات|ايرادات|عوائد|مداخيل|أرباح", re.IGNORECASE)
_INVESTED = re.compile(
    r"\b(invest\w*|loans?|lend\w*|financ\w*|credit|borrow\w*|grants?|stake)\b|استثمار|تستثمر|يستثمر|قرض|قروض|تمويل|منحة", re.IGNORECASE
)
NEEDED = ("tonnes", "country", "from")


def draft(s: Statement, topic: Sequence[str]) -> Draft:
    """The fund or territory of a statement.

    Raises
    ------
    RefusedError
        If a fund has no country whose minerals pay, or no sum; if a territory has no country.
    """
    return _fund(s, topic) if s.instrument == "fund" else _territory(s, topic)


def _fund(s: Statement, topic: Sequence[str]) -> Draft:
    total = s.value if s.unit == "USD" else None
    paying = known(s.place, world=False) or tuple(c for c in known(s.target, world=False) if c not in known(s.actor))
    invested = _INVESTED.search(s.text) is not None and _REVENUES.search(s.text) is None
    if not paying or invested:
        raise RefusedError(Note("money_is_no_tonnes", {"value_usd": total, "countries": paying, "needed": NEEDED}))
    if total is None:
        raise RefusedError(Note("not_enough_told", {"missing": ("value",)}))
    partner = tuple(c for c in known(s.actor, world=False) if c not in paying)
    found = instruments.propose("fund", actor=partner, target=paying, place=paying, size=instruments.quantity(total, "USD"))
    names, also = _commodities(s, topic)
    fund = again(found.measures[0], commodities=names)
    assert isinstance(fund, ResourceFund)
    made = Draft([fund], read_as(found.assumes, told=True))
    made.say(
        sentence("fund_share", share=fund.share, years=fund.years), sentence("fund_output"),
        sentence("fund_costs", costs=fund.cost_share, rate=fund.discount_rate), sentence("fund_ground"), *_also(also),
    )  # fmt: skip
    return made


def _territory(s: Statement, topic: Sequence[str]) -> Draft:
    where = known(s.place, world=False) or known(s.target, world=False)
    partner = tuple(c for c in known(s.target, world=False) if c not in where)
    if not where:
        raise RefusedError(Note("not_enough_told", {"missing": ("country",)}))
    share = instruments.quantity(s.value, s.unit) if s.unit == "percent" else None
    found = instruments.propose("territory", actor=(), target=partner, place=where, size=share)
    names, also = _commodities(s, topic)
    made = Draft([again(found.measures[0], commodities=names)], read_as(found.assumes, told=True))
    if share is None:
        made.say(sentence("territory_share", names=where))
    made.say(sentence("territory_output"), sentence("not_listed"), *_also(also))
    return made


def _also(names: Sequence[str]) -> list[Sentence]:
    return [sentence("also_named", commodities=names)] if names else []


def _commodities(s: Statement, topic: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names that the measure takes, and those of them that only the text's topic gives."""
    named = [i for n in s.commodity if not is_general(n) and (i := id_of(n))]
    if named and not any(map(is_general, s.commodity)):
        return named, []
    also = [i for n in topic[:1] if (i := id_of(n)) and i not in named]
    return ["all", *named, *also], also


def is_general(name: str) -> bool:
    """Whether a name means no mineral in particular: minerals, critical minerals.

    Examples
    --------
    >>> is_general("minerals"), is_general("critical minerals"), is_general("rare earths")
    (True, True, False)
    """
    return name.casefold().endswith(GENERAL)


def id_of(name: str) -> str | None:
    """Id of a commodity by any name; None for what is not in the catalogue."""
    try:
        return catalogue.commodity(name).id
    except LabelError:
        return None
