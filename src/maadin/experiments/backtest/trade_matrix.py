"""Trade between countries as the trade table has it: what a prediction starts from and what it is held against.

Quantities are screened and, where none is printed, taken from values in the same way as for a benchmark (`maadin.market.flows`), then brought to the mass basis of
the market; nothing is reconciled, so what is scored is the published figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maadin.errors import InputError
from maadin.facts import selection
from maadin.facts.store import Store, default_store
from maadin.market.flows import traded

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TradeMatrix:
    """Trade of one market in one year.

    Attributes
    ----------
    year : int
    countries : tuple of str
    tonnes : array (exporter, importer), tonnes of the mass basis
    value_usd : array (exporter, importer), USD fob
    codes : tuple of str
        HS6 codes it adds up.
    imputed : bool
        Whether all quantities of a code come from values.
    """

    year: int
    countries: tuple[str, ...]
    tonnes: Floats
    value_usd: Floats
    codes: tuple[str, ...]
    imputed: bool

    def among(self, countries: Sequence[str]) -> TradeMatrix:
        """The same trade with rows and columns in the order of `countries`, zero for who has none."""
        at = {c: n for n, c in enumerate(countries)}
        if missing := [c for c in self.countries if c not in at]:
            raise InputError(f"trade of {', '.join(missing)} has no place among the countries given")
        place = np.array([at[c] for c in self.countries], dtype=np.intp)
        wide = [np.zeros((len(countries), len(countries))) for _ in range(2)]
        for made, held in zip(wide, (self.tonnes, self.value_usd), strict=True):
            made[np.ix_(place, place)] = held
        return TradeMatrix(self.year, tuple(countries), wide[0], wide[1], self.codes, self.imputed)


@lru_cache(maxsize=256)
def trade_matrix(commodity: str, stage: str, year: int, store: Store | None = None) -> TradeMatrix:
    """The trade of a market in a year.

    Raises
    ------
    LabelError
        If a name is unknown.
    InputError
        If the table holds none.
    """
    market = selection.market(commodity, stage)
    found = traded(store or default_store(), market, year)
    if not found.flows:
        raise InputError(f"the trade table holds no trade of {market.commodity.names.en} ({market.stage.id}) in {year}")
    countries = tuple(sorted({c for f in found.flows for c in (f.exporter, f.importer)}))
    at = {c: n for n, c in enumerate(countries)}
    tonnes, value = np.zeros((len(at), len(at))), np.zeros((len(at), len(at)))
    for (exporter, importer), (weight, usd) in found.by_route().items():
        tonnes[at[exporter], at[importer]], value[at[exporter], at[importer]] = weight, usd
    for array in (tonnes, value):
        array.setflags(write=False)
    return TradeMatrix(year, countries, tonnes, value, tuple(c.code for c in found.codes), bool(found.imputed))


def aligned(*matrices: TradeMatrix) -> tuple[TradeMatrix, ...]:
    """Several years with the same countries."""
    countries = tuple(sorted({c for m in matrices for c in m.countries}))
    return tuple(m.among(countries) for m in matrices)
