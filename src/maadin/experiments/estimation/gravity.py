r"""A second opinion by gravity: tonnes on the route's own unit value, with an instrument from the exporter's other routes.

.. math:: \ln q_{ijt} = -\sigma \ln p_{ijt} + \mu_{ij} + \mu_{jt} + u_{ijt}

with effects for the route and for the importer's year. A unit value that is too high has tonnes that are too low, so least squares is biased towards -1;
the instrument is the exporter's mean log unit value on its other routes in that year. It takes out the error, and stays valid only if what moves an exporter's
unit values everywhere is cost, not quality or demand for its grade: estimates are too small where it is not. Needs the extra `fit` (pyfixest).
"""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from maadin.errors import InputError
from maadin.experiments.estimation.panel import Floats, Panel

LEAST_OBSERVATIONS = 800


@dataclass(frozen=True, slots=True)
class GravityEstimate:
    """The elasticity of substitution by gravity.

    Attributes
    ----------
    armington, standard_error : float
        The error is clustered by importer.
    least_squares : float
        Without the instrument.
    observations : int
    """

    armington: float
    standard_error: float
    least_squares: float
    observations: int


def gravity(panel: Panel) -> GravityEstimate:
    """Estimate from one code's panel.

    Raises
    ------
    ImportError
        If pyfixest is not installed.
    InputError
        If the panel is too short.
    """
    fixest = _pyfixest()
    import pandas as pd

    price = np.log(panel.value_usd / panel.tonnes)
    frame = pd.DataFrame({
        "quantity": np.log(panel.tonnes),
        "price": price,
        "elsewhere": elsewhere(panel, price),
        "route": np.char.add(np.char.add(panel.exporter, "-"), panel.importer),
        "importer": panel.importer,
        "importer_year": np.char.add(np.char.add(panel.importer, "-"), panel.year.astype(np.str_)),
    }).dropna()  # fmt: skip
    if len(frame) < LEAST_OBSERVATIONS:
        raise InputError(f"{panel.code}: {len(frame)} flows of exporters with several routes; gravity needs at least {LEAST_OBSERVATIONS}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # routes seen once are left out, rightly; the rest is between pyfixest and pandas
        plain = fixest.feols("quantity ~ price | route + importer_year", frame, vcov={"CRV1": "importer"})
        found = fixest.feols("quantity ~ 1 | route + importer_year | price ~ elsewhere", frame, vcov={"CRV1": "importer"})
    return GravityEstimate(-float(found.coef()["price"]), float(found.se()["price"]), -float(plain.coef()["price"]), len(found.resid()))


def elsewhere(panel: Panel, price: Floats) -> Floats:
    """Mean of an exporter's log unit values to other importers in the year; not a number where there are none."""
    _, group = np.unique(np.char.add(np.char.add(panel.exporter, "-"), panel.year.astype(np.str_)), return_inverse=True)
    total, count = np.bincount(group, price), np.bincount(group)
    with np.errstate(invalid="ignore"):
        mean: Floats = (total[group] - price) / (count[group] - 1)
    return mean


def _pyfixest() -> Any:
    try:
        return importlib.import_module("pyfixest")
    except ImportError as error:
        raise ImportError("gravity needs pyfixest; install it with: pip install 'maadin[fit]'") from error
