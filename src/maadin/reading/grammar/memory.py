"""What a text spoke of before: the country, the commodity and the metric that a later sentence leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Memory:
    """What earlier sentences were about.

    Attributes
    ----------
    subject : tuple of str
        Country that acted last.
    commodities : tuple of str
        Commodities named last; `topic` those of the headline or, without one, named most.
    metric : str
        Last metric.
    he, he_country : str or None, tuple of str
        Whom "he" or "she" means, and for which country that person speaks.
    trade : dict or None
        Metric, ends and goods of the last trade told.
    flow, share : dict or None
        Fields of the last level and of the last share told.
    speaker : str or None
        Who spoke last, and whether the quotation goes on; `people` those named last for a country.
    measures : dict
        Who took the last measure of each instrument, on what (`goods`) and in which direction (`directions`); `measure_actor` the last of all; `rate` the last of a duty.
    quotas : bool
        Whether a quota was spoken of.
    since_project : int
        Sentences since a plant or a venture was told of.
    bodies : dict
        Names of ministries, agencies and the like by their noun, as told last.
    company : tuple of str
        Home of the company named last.
    unit : str
        Unit of the last mass told.
    share_of, share_market : str, tuple of str
        Of what and where the last share was.
    rank : dict or None
        Fields of the last place in an order.
    period, period_paragraph : str, int
        Of which year, quarter or month the last figures of output, trade or use were, and where.
    recent, named : tuple of str
        Countries named in the last two sentences that name any, and in the last of them.
    """

    subject: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    one_topic: bool = False
    topic_country: tuple[str, ...] = ()
    metric: str = ""
    speaker: str | None = None
    people: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    speaker_country: tuple[str, ...] = ()
    speaker_paragraph: int = -1
    measures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    measure_actor: tuple[str, ...] = ()
    goods: dict[str, tuple[str, ...]] = field(default_factory=dict)
    directions: dict[str, str | None] = field(default_factory=dict)
    rate: dict[str, Any] = field(default_factory=dict)
    quotas: bool = False
    since_project: int = 99
    company: tuple[str, ...] = ()
    unit: str = ""
    share_of: str = ""
    share_market: tuple[str, ...] = ()
    period: str = ""
    period_paragraph: int = -1
    rank: dict[str, Any] | None = None
    trade: dict[str, Any] | None = None
    flow: dict[str, Any] | None = None
    share: dict[str, Any] | None = None
    he: str | None = None
    he_country: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
