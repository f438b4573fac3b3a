"""Projects: capacity that is complete, in a market that has had time to adjust, or that is built year by year."""

from __future__ import annotations

from maadin.policy.measures import Capacity
from maadin.reading.propose.asked import Asked, Draft, again
from maadin.reading.propose.sentences import sentence

BUILDING = {"mine": 4}  # years without output until a project that names no date yields, an assumption: mines take longer
BUILDING_ELSE = 3
RAMP = 3  # years from first output until all of it
HORIZON, LAST = 2035, 2040


def complete(asked: Asked, draft: Draft) -> None:
    """Capacity that stands, without the years that it takes."""
    where = _where(draft)
    draft.say(sentence("complete"), sentence("sold_like_all", names=where, year=asked.year))


def by_year(asked: Asked, draft: Draft) -> int:
    """Capacity that is built: first output as told or after some years of building, then the years until all of it runs. Gives the last year of the path."""
    told = asked.statement.year_or_date
    building = BUILDING.get(asked.stage.id, BUILDING_ELSE)
    start = asked.year + 1 + building
    because = sentence("dated", start=start, building=building, ramp=RAMP, full=start + RAMP)
    if told is not None and asked.year < int(told[:4]) <= LAST - 1:
        start = int(told[:4])
        because = sentence("dated_as_told", start=start, ramp=RAMP, full=start + RAMP)
    draft.measures = [again(m, **{"from": start, "ramp_years": RAMP}) if isinstance(m, Capacity) else m for m in draft.measures]
    where = _where(draft)
    draft.say(
        because, sentence("on_top_of_growth", names=where), sentence("no_failure"), sentence("sold_like_all", names=where, year=asked.year)
    )
    return min(max(HORIZON, start + RAMP), LAST)


def _where(draft: Draft) -> tuple[str, ...]:
    return next(m.country for m in draft.measures if isinstance(m, Capacity))
