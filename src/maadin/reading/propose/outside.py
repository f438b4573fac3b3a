"""What is valued outside the market: a fund fed by a country's mineral revenues, and the minerals of a territory."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maadin.errors import LabelError
from maadin.facts import catalogue
from maadin.facts.table import Note
from maadin.policy import instruments
from maadin.policy.measures import ResourceFund
from maadin.reading.propose.asked import Draft, RefusedError, known
from maadin.reading.propose.sentences import sentence
from maadin.reading.statement import Statement

OUTSIDE = ("fund", "territory")
GENERAL = "minerals"
_REVENUES = re.compile(r"\b(revenues?|proceeds|royalt\w*|income|profits?)\b|عائدات|إيرادات|ايرادات|عوائد|مداخيل|أرباح", re.IGNORECASE)
_INVESTED = re.compile(r"\b(invest\w*|loans?|lend\w*|financ\w*|credit|borrow\w*|grants?|stake)\b|استثمار|تستثمر|يستثمر|قرض|قروض|تمويل|منحة", re.IGNORECASE)
NEEDED = ("tonnes", "country", "from")


def draft(s: Statement, topic: Sequence[str]) -> Draft:
    """The fund or territory of a statement.

    Raises
    ------
    RefusedError
        If a fund has no country whose minerals pay, or no sum.
    """
    made = _fund(s, topic) if s.instrument == "fund" else _territory(s, topic)
    made.measures, sentences = made.measures, made.assumes
    return Draft(made.measures, sentences)


def _fund(s: Statement, topic: Sequence[str]) -> Draft:
    sum_usd = s.value if s.unit == "USD" else None
    paying = [c for c in known(s.place or s.target, world=False) if c not in s.actor or s.place]
    if s.place and not paying:
        paying = list(known(s.place, world=False))
    invested = _INVESTED.search(s.text) is not None and _REVENUES.search(s.text) is None
    if not paying or invested:
        raise RefusedError(Note("money_is_no_tonnes", {"value_usd": sum_usd, "countries": tuple(paying), "needed": NEEDED}))
    if sum_usd is None:
        raise RefusedError(Note("not_enough_told", {"missing": ("value",)}))
    size = instruments.quantity(sum_usd, "USD")
    found = instruments.propose("fund", actor=known(s.actor, world=False), target=paying, place=paying, size=size)
    names, also = _commodities(s, topic)
    fund = _with(found.measures, commodities=names)
    assert isinstance(fund, ResourceFund)
    made = Draft([fund], [*found.assumes])
    made.say(
        sentence("fund_share", share=fund.share, years=fund.years), sentence("fund_output"),
        sentence("fund_costs", costs=fund.cost_share, rate=fund.discount_rate), sentence("fund_ground"), *_also(also),
    )  # fmt: skip
    return made


def _territory(s: Statement, topic: Sequence[str]) -> Draft:
    where = known(s.place or s.target, world=False)
    partner = tuple(c for c in known(s.target, world=False) if c not in where)
    if not where:
        raise RefusedError(Note("not_enough_told", {"missing": ("country",)}))
    share = instruments.quantity(s.value, s.unit) if s.unit == "percent" else None
    found = instruments.propose("territory", actor=known(s.actor), target=partner, place=where, size=share)
    names, also = _commodities(s, topic)
    made = Draft([_with(found.measures, commodities=names)], [*found.assumes])
    if share is None:
        made.say(sentence("territory_share", names=where))
    made.say(sentence("territory_output"), sentence("not_listed"), *_also(also))
    return made


def _with(measures: Sequence[object], **fields: object) -> ResourceFund:
    from maadin.reading.propose.asked import again

    return again(measures[0], **fields)  # type: ignore[arg-type, return-value]


def _also(names: Sequence[str]) -> list[object]:
    return [sentence("also_named", commodities=names)] if names else []


def _commodities(s: Statement, topic: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names that the measure takes, and those of them that only the text's topic gives."""
    named = [i for n in s.commodity if n != GENERAL and (i := id_of(n))]
    if named and GENERAL not in s.commodity:
        return named, []
    also = [i for n in topic[:1] if (i := id_of(n)) and i not in named]
    return ["all", *named, *also], also


def id_of(name: str) -> str | None:
    """Id of a commodity by any name; None for what is not in the catalogue."""
    try:
        return catalogue.commodity(name).id
    except LabelError:
        return None
