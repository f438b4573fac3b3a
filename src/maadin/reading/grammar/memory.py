"""What a text spoke of before: the country, the commodity and the metric that a later sentence leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Memory:
    """What earlier sentences were about.

    Attributes
    ----------
    subject : tuple of str
        Country that acted last.
    commodities : tuple of str
        Commodities named last; `topic` those of the headline or, without one, named most.
    metric, of_metric : str
        Last metric.
    speaker : str or None
        Who spoke last, and whether the quotation goes on.
    year : str
        Last year told.
    """

    subject: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    one_topic: bool = False
    topic_country: tuple[str, ...] = ()
    metric: str = ""
    speaker: str | None = None
    speaker_country: tuple[str, ...] = ()
    speaker_paragraph: int = -1
    year: str = ""
    ranks: dict[str, int] = field(default_factory=dict)
