"""What is known about a country's use and exports from elsewhere, to set beside a benchmark: salient United States statistics."""

from __future__ import annotations

from dataclasses import dataclass

from maadin.facts.catalogue import Stage
from maadin.facts.store import Store

UNITED_STATES = "USA"
# Printed forms that describe what a stage trades and uses, the closest first
_FORMS = {
    "mine": ("ore", "ores", "ore and concentrate", "concentrate", "concentrates", ""),
    "intermediate": ("",),
    "refined": ("refined", "unwrought", "crude", "metal", "metallic", ""),
    "product": ("",),
}


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A published figure beside the benchmark's own.

    Attributes
    ----------
    country, quantity, form : str
        quantity is apparent_consumption, reported_consumption, imports or exports; form is the source's own qualifier.
    published_t, benchmark_t : float
        Tonnes; the two need not be of one definition.
    year : int
    source, release : str
    """

    country: str
    quantity: str
    form: str
    published_t: float
    benchmark_t: float
    year: int
    source: str
    release: str


def united_states(store: Store, commodity: str, stage: Stage, year: int, quantity: str) -> tuple[float, str, str] | None:
    """A salient figure in tonnes, its form and release; None where none is printed for the stage."""
    rows = store.rows(
        """select form, value, release from salient where commodity = ? and variable = ? and year = ? and value is not null and unit = 'tonne'
        order by release desc""",
        [commodity, quantity, year],
    )
    for form in _FORMS[stage.id]:
        for printed, value, release in rows:
            if printed == form:
                return float(value), form, release
    return None
