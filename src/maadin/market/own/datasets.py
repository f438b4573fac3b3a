"""Benchmarks as xarray datasets, and datasets as benchmarks; what `to_xarray` makes survives NetCDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from maadin.errors import DataError, InputError
from maadin.facts.checks import raise_for
from maadin.market.benchmark import Benchmark
from maadin.market.own import checks
from maadin.market.own.about import RECORDS, About, Records, about_from, about_of, records, to_json
from maadin.market.own.checks import OwnTables
from maadin.market.own.rows import Row, Rows, nearest, shown

if TYPE_CHECKING:
    import xarray as xr

_BY_COUNTRY = {
    "production_t": ("t", "output"),
    "production_sd_t": ("t", "standard deviation of output before reconciliation"),
    "stock_draw_t": ("t", "supply from stocks, scrap and unlisted output"),
    "other_codes_t": ("t", "exports less imports in codes that are not at hand"),
    "use_t": ("t", "use"),
    "price_usd_per_t": ("USD/t", "fob price"),
    "price_is_world_average": ("1", "whether the price is the average of the world's exports"),
    "capacity_t": ("t", "printed capacity"),
    "exports_coverage": ("1", "part of exports in all codes that the codes at hand show"),
    "imports_coverage": ("1", "part of imports in all codes that the codes at hand show"),
    "production_basis": ("1", "how output is known"),
}
_BY_ROUTE = {
    "trade_t": ("t", "trade; own supply used at home where exporter and importer are one"),
    "wedge": ("1", "unit value of a route over its exporter's price"),
    "duty_rate": ("1", "import duty as a fraction of the fob value, average of the year"),
    "export_tax_rate": ("1", "export tax as a fraction of the fob value, average of the year"),
}
_LABELS = {"country": "country", "exporter": "exporting country", "importer": "importing country"}
_READABLE = {**dict.fromkeys(_BY_COUNTRY, ("country",)), **dict.fromkeys((*_BY_ROUTE, "value_usd"), ("exporter", "importer"))}
_TEXTS = ("codes", "missing_codes", "notes", "sources", *RECORDS)  # attributes that are JSON texts; NetCDF has no lists of lists


def to_xarray(benchmark: Benchmark) -> xr.Dataset:
    """All arrays of a benchmark with their labels and units.

    Returns
    -------
    Dataset
        Dimensions country, exporter and importer, each with all countries in one order; variables by country, and (exporter, importer) by
        route; each has attributes unit and long_name. Attributes of the dataset hold the rest, lists as JSON texts, so that NetCDF keeps them.

    Raises
    ------
    ChecksFailed
        If a field could not be read again.
    """
    import xarray as xr

    said = {k: v for k, v in about_of(benchmark).items() if k != "countries"}
    said |= {name: getattr(benchmark, name) for name in RECORDS}
    attrs = {name: to_json(value) if name in _TEXTS else value for name, value in said.items()}
    coords = {name: (name, list(benchmark.countries), {"unit": "1", "long_name": words}) for name, words in _LABELS.items()}
    variables: dict[str, Any] = {}
    for name, (unit, words) in {**_BY_COUNTRY, **_BY_ROUTE}.items():
        value = getattr(benchmark, name)
        stored = value.copy() if isinstance(value, np.ndarray) else np.array(value, dtype=object)
        variables[name] = (_READABLE[name], stored, {"unit": unit, "long_name": words})
    return xr.Dataset(variables, coords, attrs)


def from_xarray(dataset: xr.Dataset) -> Benchmark:
    """The benchmark in a dataset such as `to_xarray` makes.

    Parameters
    ----------
    dataset : Dataset
        Needs production_t (country) and trade_t (exporter, importer); other variables are those of `to_xarray`, and value_usd. Exporters and
        importers are the countries, in any order: labels are matched, never positions. Attributes are optional.

    Raises
    ------
    InputError
        If it is no dataset.
    ChecksFailed
        If a variable, attribute, label or cell is wrong, or figures do not agree or balance; lists all offenders.
    """
    import xarray as xr

    if not isinstance(dataset, xr.Dataset):
        raise InputError(f"a benchmark needs an xarray.Dataset, found {type(dataset).__name__}")
    _raise_for_variables(dataset)
    labels = [str(c) for c in dataset["country"].values.tolist()]
    attrs, listed = _attributes(dataset, labels)
    loaded = {n: _loaded(dataset, n, dims) for n, dims in _READABLE.items() if n in dataset}
    by_country = [n for n in loaded if _READABLE[n] == ("country",)]
    by_route = [n for n in loaded if n not in by_country]
    countries = Rows(
        "dataset", ("country", *by_country),
        tuple(Row(f"country {c!r}", {"country": c, **{n: loaded[n][at] for n in by_country}}) for at, c in enumerate(labels)),
    )  # fmt: skip
    flows = Rows("dataset", ("exporter", "importer", *by_route), tuple(_route_rows(labels, {n: loaded[n] for n in by_route})))
    return checks.benchmark(OwnTables(countries, flows), attrs, listed, "dataset")


def _raise_for_variables(dataset: xr.Dataset) -> None:
    """Variables and dimensions of a dataset, and that exporters and importers are its countries."""
    given = [str(name) for name in dataset.data_vars]
    required = ("trade_t",) if dataset.attrs.get("kind") == "imports_only" else ("production_t", "trade_t")
    problems = [f"dataset: there is no variable {n!r}{nearest(n, given)}" for n in required if n not in given]
    for name in given:
        dims = tuple(map(str, dataset[name].dims))
        if name not in _READABLE:
            problems.append(f"dataset: {shown(name)} is not a variable of a benchmark{nearest(name, _READABLE)}")
        elif sorted(dims) != sorted(_READABLE[name]):
            problems.append(f"dataset: {name} has the dimensions {dims}; expected {_READABLE[name]}")
        elif dataset[name].dtype.kind not in ("OUST" if name == "production_basis" else "b" if name == "price_is_world_average" else "iuf"):
            problems.append(f"dataset: {name} holds {dataset[name].dtype}; expected {'text' if name == 'production_basis' else 'numbers'}")
    for dim in _LABELS:
        if dim not in dataset.coords:
            problems.append(f"dataset: there is no coordinate {dim!r} with labels{nearest(dim, map(str, dataset.coords))}")
        elif dim in dataset.coords and "country" in dataset.coords:
            ours, countries = dataset[dim].values.tolist(), dataset["country"].values.tolist()
            odd = sorted({str(c) for c in ours} ^ {str(c) for c in countries})
            if odd or len(ours) != len(countries) or len(set(ours)) != len(ours):
                problems.append(f"dataset: labels of {dim} are not those of country, each once{': ' + ', '.join(odd[:20]) if odd else ''}")
    raise_for(problems, "variables of the dataset")


def _attributes(dataset: xr.Dataset, labels: list[str]) -> tuple[About, Records]:
    plain: dict[str, Any] = {}
    for name, value in dataset.attrs.items():
        try:
            plain[str(name)] = json.loads(value) if name in _TEXTS else value
        except (TypeError, ValueError, RecursionError) as error:
            raise DataError(f"is not a JSON text: {shown(value)}", file=f"attribute {name!r}") from error
    listed = {name: plain.pop(name) for name in RECORDS if name in plain}
    if "format" in plain:
        plain["countries"] = labels
    said = about_from(plain, "attributes")
    return said, records({name: _record_rows(name, value) for name, value in listed.items()})


def _record_rows(name: str, value: object) -> Rows:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise DataError("expected a list of records", file=f"attribute {name!r}")
    where = f"attribute {name!r}"
    columns = tuple(dict.fromkeys(key for entry in value for key in entry)) or tuple(f.name for f in fields(RECORDS[name]))
    return Rows(where, columns, tuple(Row(f"{where}, entry {n}", entry) for n, entry in enumerate(value)))


def _loaded(dataset: xr.Dataset, name: str, dims: tuple[str, ...]) -> list[Any]:
    """Values of a variable in the order of the countries."""
    order = {dim: dataset["country"].values for dim in dims if dim != "country"}
    try:
        values: list[Any] = dataset[name].transpose(*dims).sel(order).values.tolist()
    except (OSError, RuntimeError, ValueError, TypeError, KeyError) as error:
        raise DataError(f"cannot be loaded ({error})", file="dataset", column=name) from error
    return values


def _route_rows(labels: list[str], loaded: dict[str, list[Any]]) -> Iterator[Row]:
    """Routes on which anything is not as usual, and own use."""
    for i, exporter in enumerate(labels):
        for j, importer in enumerate(labels):
            cells = {name: values[i][j] for name, values in loaded.items()}
            if i == j or any(value != (1.0 if name == "wedge" else 0.0) for name, value in cells.items()):
                yield Row(f"route {exporter!r} -> {importer!r}", {"exporter": exporter, "importer": importer, **cells})
