"""The benchmark: a balanced, labelled picture of one market in one year.

For every country i, in tonnes of the stated mass basis,

    y_i + s_i + sum_j x_ji = u_i + sum_j x_ij + o_i                                            (1)

with output y, supply from stocks, scrap and unlisted output s, trade x, use u and exports in other codes o. A country whose exports exceed its own
supply re-exports: r_i = max(0, sum_j x_ij + o_i - y_i - s_i) of its supply comes from its imports, and d_i = max(0, y_i + s_i - sum_j x_ij - o_i)
of its own supply is used at home. Supply to the market is then

    y_i + s_i + r_i = d_i + sum_j x_ij + o_i                                                   (2)

which is the clearing condition of the model with d on the diagonal of the trade matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from maadin.errors import LabelError
from maadin.facts import regions
from maadin.facts.table import Note
from maadin.market.adjustments import Adjustment
from maadin.market.duties import AppliedMeasure
from maadin.market.known_figures import KnownFigure
from maadin.market.tracing import re_exports, trace_origins

if TYPE_CHECKING:
    import xarray as xr

    from maadin.facts.store import Store

Floats = NDArray[np.float64]
Kind = Literal["balanced", "imports_only"]
HUB = 0.1  # of all that reaches a country: re-exports beyond which it counts as a hub

BY_COUNTRY = (
    "production_t", "production_sd_t", "stock_draw_t", "other_codes_t", "use_t", "price_usd_per_t", "capacity_t", "exports_coverage",
    "imports_coverage",
)  # fmt: skip
BY_ROUTE = ("trade_t", "wedge", "duty_rate", "export_tax_rate")


@dataclass(frozen=True, slots=True, eq=False)
class Benchmark:
    """One market in one year. Arrays are in the order of `countries`; those by route are (exporter, importer).

    Attributes
    ----------
    commodity, stage : str
        Ids of the catalogue.
    year : int
    kind : str
        balanced; or imports_only where no source counts output: supply is what is exported, use what is imported, and what a country makes for
        itself stays outside.
    grade, reason : str
        Quality grade of the market and why, in English; the catalogue has the Arabic.
    mass_basis : str
        What a tonne is a tonne of.
    codes, missing_codes : tuple of str
        HS6 codes with and without flows at hand.
    countries : tuple of str
        ISO 3166 alpha-3; OTH is output the source gives to nobody.
    production_t, production_sd_t : array (n,), tonnes
        Output and its standard deviation before reconciliation; NaN in an imports_only benchmark, the deviation also where own data give none.
    stock_draw_t : array (n,), tonnes
        Supply from stocks, scrap and unlisted output.
    other_codes_t : array (n,), tonnes
        Exports less imports in codes that are not at hand.
    use_t : array (n,), tonnes
    trade_t : array (n, n), tonnes
        Customs matrix; the diagonal is own supply used at home.
    price_usd_per_t : array (n,), USD per tonne of the mass basis
        Fob price: value over tonnes of all sales, those at home at the price of imports or the world's; the world's for who does not export
        (`price_is_world_average`).
    wedge : array (n, n)
        Unit value of a route, and of own use, over the exporter's price; 1 where nothing is traded.
    duty_rate, export_tax_rate : array (n, n), fraction of the fob value
        Averages over the year of what applied.
    capacity_t : array (n,), tonnes
        Printed capacity, NaN where none is printed.
    exports_coverage, imports_coverage : array (n,), fraction
        Part of trade in all codes that the codes at hand show; NaN where that is unknown.
    production_basis : tuple of str
        How each country's output is known: printed, another source, nearest year, ...; empty without output.
    share_adjusted : float
        Tonnes of trade moved over the larger of printed and adjusted tonnes, flow by flow: 0 untouched, 1 nothing left of the print.
    share_imputed : float
        Part of trade whose tonnes come from values, none being printed.
    log : tuple of Adjustment
        Largest moves first.
    applied : tuple of AppliedMeasure
        Measures in force that concern the market.
    known : tuple of KnownFigure
        Published figures beside the benchmark's own.
    notes : tuple of Note
    sources : tuple of (source, release)
    """

    commodity: str
    stage: str
    year: int
    kind: Kind
    grade: str
    reason: str
    mass_basis: str
    codes: tuple[str, ...]
    missing_codes: tuple[str, ...]
    countries: tuple[str, ...]
    production_t: Floats
    production_sd_t: Floats
    stock_draw_t: Floats
    other_codes_t: Floats
    use_t: Floats
    trade_t: Floats
    price_usd_per_t: Floats
    price_is_world_average: NDArray[np.bool_]
    wedge: Floats
    duty_rate: Floats
    export_tax_rate: Floats
    capacity_t: Floats
    exports_coverage: Floats
    imports_coverage: Floats
    production_basis: tuple[str, ...]
    share_adjusted: float = 0.0
    share_imputed: float = 0.0
    log: tuple[Adjustment, ...] = ()
    applied: tuple[AppliedMeasure, ...] = ()
    known: tuple[KnownFigure, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        """Arrays are shared between results, so nobody may write into them."""
        for name in (*BY_COUNTRY, *BY_ROUTE, "price_is_world_average"):
            getattr(self, name).setflags(write=False)

    @classmethod
    def from_facts(
        cls, commodity: str, year: int, stage: str | None = None, *, store: Store | None = None, fresh: bool = False
    ) -> Benchmark:
        """The benchmark of a market from published figures.

        Parameters
        ----------
        commodity : str
            Any name in English or Arabic.
        year : int
        stage : str, optional
            The commodity's default stage without it.
        store : Store, optional
            Tables to ask; the shipped ones and the user's imports without it.
        fresh : bool
            Compute it even if it is cached.

        Raises
        ------
        LabelError
            If a name is unknown.
        InputError
            If the market cannot be balanced (grade C), or the year has no trade.
        ReconciliationError
            If the figures cannot be made to agree within their bounds.
        """
        from maadin.market import assembly, cache

        return cache.benchmark(commodity, year, stage, store, assembly.assemble, fresh=fresh)

    @classmethod
    def from_tables(cls, countries: Any, flows: Any, **about: Any) -> Benchmark:
        """The benchmark of the user's own figures: see `maadin.market.own_data.from_tables`."""
        from maadin.market import own_data

        return own_data.from_tables(countries, flows, **about)

    @classmethod
    def read(cls, folder: Path | str) -> Benchmark:
        """The benchmark in a folder written by `write` or by hand: see `maadin.market.own_data.read`."""
        from maadin.market import own_data

        return own_data.read(Path(folder))

    @classmethod
    def from_xarray(cls, dataset: xr.Dataset) -> Benchmark:
        """The benchmark in a dataset such as `to_xarray` makes: see `maadin.market.own_data.from_xarray`."""
        from maadin.market import own_data

        return own_data.from_xarray(dataset)

    def write(self, folder: Path | str, form: str = "csv") -> None:
        """Write the tables of the benchmark into a folder, as csv or parquet: see `maadin.market.own_data.write`."""
        from maadin.market import own_data

        own_data.write(self, Path(folder), form)

    def to_xarray(self) -> xr.Dataset:
        """All arrays with their labels and units: see `maadin.market.own_data.to_xarray`."""
        from maadin.market import own_data

        return own_data.to_xarray(self)

    @property
    def exports_t(self) -> Floats:
        """Exports in the codes at hand, array (n,), tonnes."""
        return np.asarray(self._abroad().sum(axis=1))

    @property
    def imports_t(self) -> Floats:
        """Imports in the codes at hand, array (n,), tonnes."""
        return np.asarray(self._abroad().sum(axis=0))

    def _abroad(self) -> Floats:
        """The customs matrix without own supply used at home."""
        flows = self.trade_t.copy()
        np.fill_diagonal(flows, 0.0)
        return flows

    @property
    def own_supply_t(self) -> Floats:
        """Output and stock draw, array (n,), tonnes; in an imports_only benchmark what is exported."""
        return self.exports_t if self.kind == "imports_only" else np.asarray(self.production_t + self.stock_draw_t)

    @property
    def re_exports_t(self) -> Floats:
        """Exports fed by imports, at least, array (n,), tonnes."""
        if self.kind == "imports_only":
            return np.zeros(len(self.countries))
        return re_exports(self.own_supply_t, self.trade_t, self.other_codes_t)

    @property
    def supply_t(self) -> Floats:
        """What each country puts on the market, array (n,), tonnes: rows of the trade matrix and other codes, equation 2."""
        return np.asarray(self.own_supply_t + self.re_exports_t)

    @property
    def is_hub(self) -> NDArray[np.bool_]:
        """Countries that pass on a good part of what reaches them, array (n,); none in an imports_only benchmark."""
        return np.asarray(self.re_exports_t > HUB * (self.own_supply_t + self.imports_t))

    @property
    def value_usd(self) -> Floats:
        """Fob value of each route, array (n, n), USD; the diagonal at the country's own price."""
        return np.asarray(self.price_usd_per_t[:, None] * self.wedge * self.trade_t)

    def origin_traced(self) -> tuple[Floats, Floats]:
        """Tonnes by origin and user, array (n, n), and by origin in other codes, array (n,); same totals as the customs matrix.

        References
        ----------
        Kastner, T., Kastner, M. & Nonhebel, S. (2011), Ecological Economics 70(6), equations 3-7.
        """
        return trace_origins(self.own_supply_t, self.trade_t, self.other_codes_t, self.use_t)

    def residual_t(self) -> Floats:
        """What is left of equation 1 for each country, array (n,), tonnes; rounding alone."""
        if self.kind == "imports_only":
            return np.asarray(self.imports_t - self.use_t)
        return np.asarray(self.own_supply_t + self.imports_t - self.use_t - self.exports_t - self.other_codes_t)

    def position(self, country: str) -> int:
        """Place of a country in the arrays, by code or any name.

        Raises
        ------
        LabelError
            If the name is unknown or the country is not in this market.
        """
        if country in self.countries:
            return self.countries.index(country)
        code = regions.country(country).code
        if code not in self.countries:
            name = f"{self.commodity} {self.year}"
            raise LabelError(country, f"country of this market ({name})", (), f"maadin facts benchmark {self.commodity} --year {self.year}")
        return self.countries.index(code)

    def positions(self, given: str | tuple[str, ...]) -> NDArray[np.intp]:
        """Places of a country, a group or "all"; members outside the market are left out. Labels of the market come before names."""

        def meant(name: str) -> tuple[str, ...]:
            if name in self.countries:
                return (name,)
            return self.countries if name == "all" else regions.resolve(name, self.year)

        wanted = {c for name in ((given,) if isinstance(given, str) else given) for c in meant(name)}
        return np.array([at for at, c in enumerate(self.countries) if c in wanted], dtype=np.intp)

    def by_country(self, values: Floats) -> Mapping[str, float]:
        """An array (n,) as a mapping from country codes."""
        return dict(zip(self.countries, values.tolist(), strict=True))
