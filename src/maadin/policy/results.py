"""From the books of solved draws to labelled results: variables, their quantiles over draws, and datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from maadin.market.accounts import Accounts
from maadin.market.benchmark import Benchmark
from maadin.market.calibration import Calibrated
from maadin.market.system import Batch
from maadin.market.wedges import RouteLimit
from maadin.market.welfare import consumer_surplus_change
from maadin.policy.outcome import OTHER_CODES, PROBABILITIES, VARIABLES

if TYPE_CHECKING:
    import xarray as xr

Floats = NDArray[np.float64]
NOTHING = 1e-12  # of world use: what rounding leaves in a country without any


def _by(side: NDArray[np.intp], values: Floats, size: int) -> Floats:
    made = np.zeros((size, values.shape[1]))
    np.add.at(made, side, values)
    return made


def variables(b: Benchmark, c: Calibrated, books: Accounts, rest: Accounts, batch: Batch, choke: float) -> dict[str, Floats]:
    """Every variable for every draw: by country (n, draws), by route (f, draws), of the world (draws,), by limit (k, draws)."""
    n = len(b.countries)
    used = 1 - c.market.passed_on[:n]
    scale = np.broadcast_to(batch.demand_scale, (n + 1, batch.demand_scale.shape[1]))[:n]
    spending = (c.spending[:n] * used)[:, None] * scale
    composite = np.nan_to_num(books.composite, nan=0.0, posinf=np.inf)
    consumers = consumer_surplus_change(spending, composite, batch.eta, choke)
    abroad = consumer_surplus_change(c.spending[n], books.composite_abroad, batch.eta, choke) if c.spending[n] > 0 else 0.0
    producers = books.producer_surplus - rest.producer_surplus
    # what a re-exporter earned a tonne in the benchmark is what handling costs: only what goes beyond is a gain
    handling = np.divide(rest.re_export_margin, rest.re_exports, out=np.zeros_like(rest.re_exports), where=rest.re_exports > 0)
    margin = books.re_export_margin - handling * books.re_exports
    money = [
        x - y
        for x, y in (
            (books.tariff_revenue, rest.tariff_revenue), (books.export_tax_revenue, rest.export_tax_revenue),
            (books.rent_importer, rest.rent_importer), (books.rent_exporter, rest.rent_exporter),
        )
    ]  # fmt: skip
    welfare = consumers + producers + margin + sum(money) - (books.support_cost - rest.support_cost)
    imports, exports = books.imports(), books.exports()
    intake = np.column_stack([b.trade_t, b.other_codes_t]).sum(axis=0)[:n]
    paid = np.divide(c.spending[:n], intake, out=np.full(n, np.nan), where=intake > 0)
    weights = np.nan_to_num(b.own_supply_t[c.suppliers])
    with np.errstate(divide="ignore", invalid="ignore"):
        used = (b.use_t > NOTHING * b.use_t.sum())[:, None] & (books.use > 0)
        reliance = np.where(used, (imports - exports - books.other_codes) / books.use, np.nan)
        hhi = books.squared_imports() / imports**2
    return {
        "price_fob_usd_per_t": books.price, "price_use_usd_per_t": paid[:, None] * np.exp(_up_to(books.composite, choke)), "output_t": books.output,
        "use_t": books.use, "imports_t": imports, "exports_t": exports, "re_exports_t": books.re_exports,
        "other_codes_t": books.other_codes, "stock_t": books.stock, "priced_out_t": books.priced_out, "unserved_t": books.unserved,
        "tariff_revenue_usd": books.tariff_revenue, "export_tax_revenue_usd": books.export_tax_revenue,
        "quota_rent_usd": books.rent_importer + books.rent_exporter, "support_cost_usd": books.support_cost,
        "capacity_rent_usd": books.capacity_rent_usd, "consumer_surplus_change_usd": consumers, "producer_surplus_change_usd": producers,
        "re_export_margin_change_usd": margin, "welfare_change_usd": welfare, "hhi_imports": hhi, "net_import_reliance": reliance,
        "trade_t": books.flow_t, "value_usd": books.flow_t * books.price_fob, "price_landed_usd_per_t": books.price_landed,
        "world_output_t": books.output.sum(axis=0), "world_use_t": books.use.sum(axis=0), "world_trade_t": imports.sum(axis=0),
        "world_price_usd_per_t": weights @ books.price[c.suppliers] / weights.sum(), "world_welfare_change_usd": welfare.sum(axis=0) + abroad,
        "limit_t": _by(c.market.limits.group, books.flow_t[c.market.limits.flow], len(c.market.limits.low)),
        "limit_wedge": np.expm1(books.limit_wedge), "limit_rent_usd": books.limit_rent,
    }  # fmt: skip


def _up_to(composite: Floats, choke: float) -> Floats:
    """Log composite prices no higher than the choke price, at which use ends; inf stays where nothing is offered."""
    return np.where(np.isfinite(composite), np.minimum(composite, choke), composite)


def quantiles_of(after: Mapping[str, Floats], good: NDArray[np.bool_]) -> dict[str, Floats]:
    """Median and 90 % interval of every variable over the solved draws, arrays (..., 3)."""
    found = {}
    for name, values in after.items():
        solved = np.sort(values if values.shape[-1] != len(good) or good.all() else values[..., good], axis=-1)
        at = np.asarray(PROBABILITIES) * (solved.shape[-1] - 1)
        low = np.floor(at).astype(np.intp)
        high = np.minimum(low + 1, solved.shape[-1] - 1)
        with np.errstate(invalid="ignore"):
            part = solved[..., low] + (at - low) * (solved[..., high] - solved[..., low])
        found[name] = np.where(solved[..., low] == solved[..., high], solved[..., low], part)
    return found


def side_by_side(quantiles: list[dict[str, Floats]]) -> dict[str, Floats]:
    """Quantiles with and without the spread between sources side by side, arrays (..., 5); without the second, NaN."""
    first, second = quantiles[0], quantiles[-1] if len(quantiles) > 1 else None
    return {
        name: np.concatenate([values, second[name][..., 1:] if second else np.full_like(values[..., 1:], np.nan)], axis=-1)
        for name, values in first.items()
    }


def benchmark_dataset(b: Benchmark, rest: Accounts, levels: Mapping[str, Floats], limits: Sequence[RouteLimit]) -> xr.Dataset:
    """Levels without the scenario, which are the same in every draw."""
    values = {name: cells[..., 0] for name, cells in levels.items()}
    values["limit_t"] = np.array([b.trade_t[x.routes].sum() for x in limits])
    values["limit_wedge"] = values["limit_rent_usd"] = np.zeros(len(limits))
    return _dataset(b, rest, values, limits, ())


def counterfactual_dataset(
    b: Benchmark, books: Accounts, quantiles: Mapping[str, Floats], limits: Sequence[RouteLimit], statistics: Sequence[str]
) -> xr.Dataset:
    """Levels with the scenario, with a dimension `statistic`."""
    return _dataset(b, books, quantiles, limits, statistics)


def _dataset(
    b: Benchmark, books: Accounts, values: Mapping[str, Floats], limits: Sequence[RouteLimit], statistics: Sequence[str]
) -> xr.Dataset:
    """Variables with their labels; routes without a flow carry 0, prices there are NaN."""
    import xarray as xr

    n = len(b.countries)
    last = ("statistic",) if statistics else ()
    made = {}
    dims: tuple[str, ...]
    for name, variable in VARIABLES.items():
        cells = values[name][..., : len(statistics)] if statistics else values[name]
        if variable.of == "route":
            dense = np.full((n, n + 1, *cells.shape[1:]), np.nan if name.startswith("price") else 0.0)
            dense[books.exporter, books.importer] = cells
            cells, dims = dense, ("exporter", "importer")
        else:
            dims = {"country": ("country",), "world": (), "limit": ("limit",)}[variable.of]
        made[name] = ((*dims, *last), cells, {"unit": variable.unit, "long_name": variable.title})
    coords = {
        "country": list(b.countries), "exporter": list(b.countries), "importer": [*b.countries, OTHER_CODES], "limit": [x.name for x in limits],
    }  # fmt: skip
    return xr.Dataset(made, coords | ({"statistic": list(statistics)} if statistics else {}))
