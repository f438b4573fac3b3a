"""Chains that are known by name, with the tonnes of each stage in a tonne of the next, and where their tables come from.

A stage is the benchmark of published figures where there is one; else one made of a trade table the user has imported and the output that the sources print; else it
is missing, and the refusal names its codes. Nothing fills a missing stage in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maadin.errors import InputError, LabelError
from maadin.facts import selection
from maadin.facts.store import Store, default_store
from maadin.market.benchmark import Benchmark
from maadin.market.stages import Chain, link


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a chain.

    Attributes
    ----------
    name : str
    commodity, stage : str
        Ids of the catalogue; empty where it has no such stage.
    codes : tuple of str
        HS6 codes that its goods are traded under.
    low, middle, high : float
        Tonnes of the stage before in a tonne of this one; 0 for the first.
    source : str
    """

    name: str
    commodity: str
    stage: str
    codes: tuple[str, ...]
    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0
    source: str = ""


CHAINS: Mapping[str, tuple[Step, ...]] = {
    "aluminium": (
        Step("bauxite", "bauxite", "mine", ("260600",)),
        Step(
            "alumina", "alumina", "refined", ("281820",), 2.0, 2.6, 3.5,
            "Norsk Hydro, Aluminium life cycle: 4 to 7 tonnes of bauxite for 2 of alumina; the middle is the geometric mean",
        ),
        Step(
            "aluminium", "aluminium", "refined", ("760110", "760120"), 1.89, 1.93, 2.0,
            "mass ratio of Al2O3 to 2 Al, 1.889; 2% loss in the middle (assumption); Norsk Hydro, Aluminium life cycle: 2",
        ),
    ),
    "magnets": (
        Step("rare-earth ore", "rare-earths", "mine", ("253090",)),
        Step("rare-earth oxide", "", "", ("284610", "284690"), 1.0, 1.1, 1.25, "assumption: 80 to 100% of the oxide in the ore is recovered"),
        Step("rare-earth metal", "", "", ("280530",), 1.15, 1.2, 1.25, "mass ratio of Nd2O3 to 2 Nd, 1.166; 3% loss in the middle (assumption)"),
        Step(
            "magnet", "rare-earths", "product", ("850511",), 0.27, 0.35, 0.45,
            "mass share of Nd in Nd2Fe14B, 0.267; sintered magnets hold some 0.3, and cutting loses a tenth to a third (assumption)",
        ),
    ),
}  # fmt: skip


def chain(
    name: str,
    year: int,
    *,
    own: Mapping[str, Benchmark] | None = None,
    coefficients: Mapping[str, float] | None = None,
    store: Store | None = None,
) -> Chain:
    """A chain by name.

    Parameters
    ----------
    name : str
        aluminium or magnets.
    year : int
    own : mapping of step to Benchmark, optional
        The user's own benchmarks of some steps.
    coefficients : mapping of step to float, optional
        Tonnes of the stage before in a tonne of a step, in place of the middle of its range.
    store : Store, optional
        Tables to ask; the shipped ones and the user's imports without it.

    Raises
    ------
    LabelError
        If no chain or step has a name.
    InputError
        If a stage is missing: names the codes and how to import them.
    """
    if name not in CHAINS:
        raise LabelError(name, "chain", sorted(CHAINS), "maadin.market.chains.CHAINS")
    steps = CHAINS[name]
    for given in (*(own or {}), *(coefficients or {})):
        if given not in {s.name for s in steps}:
            raise LabelError(given, f"step of the chain {name}", [s.name for s in steps], "maadin.market.chains.CHAINS")
    found = [(own or {}).get(s.name) or _benchmark(s, steps, year, store) for s in steps]
    told = coefficients or {}
    return link([(b, told.get(s.name, s.middle) if n else None) for n, (b, s) in enumerate(zip(found, steps, strict=True))])


def _benchmark(step: Step, steps: tuple[Step, ...], year: int, store: Store | None) -> Benchmark:
    if step.commodity:
        market = selection.market(step.commodity, step.stage)
        if market.stage.grade != "C":
            return Benchmark.from_facts(step.commodity, year, step.stage, store=store)
        if (made := imported(step.commodity, step.stage, year, store)) is not None:
            return made
    codes = ", ".join(step.codes)
    raise InputError(
        f"the chain {' -> '.join(s.name for s in steps)} lacks {step.name} in {year}: "
        + (
            f"its trade, code {codes}, or its output is not at hand. To import a trade table that holds the code: maadin data import BACI_HS92_V202601.zip; "
            if step.commodity
            else f"no source counts its output, and its codes ({codes}) are traded in one table with other stages. "
        )
        + f"Or give a benchmark of your own, Benchmark.read or Benchmark.from_tables, as own={{{step.name!r}: ...}}"
    )


def imported(commodity: str, stage: str, year: int, store: Store | None = None) -> Benchmark | None:
    """A benchmark of a stage that the catalogue does not balance, of a trade table at hand and printed output; None where either is missing.

    Flows are gross tonnes at the middle of their content factor. What a country ships beyond what it makes and imports comes from stocks.
    """
    from maadin.market.flows import traded
    from maadin.market.output import outputs

    opened = store or default_store()
    market = selection.market(commodity, stage)
    trade = traded(opened, market, year)
    if not trade.flows:
        return None
    tonnes = trade.by_route()
    net: dict[str, float] = {}
    for (exporter, importer), (weight, _) in tonnes.items():
        net[exporter] = net.get(exporter, 0.0) + weight
        net[importer] = net.get(importer, 0.0) - weight
    made = outputs(opened, market, year, net)
    if not made:
        return None
    output = {c: made[c].value_t if c in made else 0.0 for c in sorted({*net, *made})}
    countries = [
        {"country": c, "production_t": y, "stock_draw_t": max(0.0, net.get(c, 0.0) - y)} for c, y in output.items() if y > 0 or c in net
    ]
    flows = [{"exporter": i, "importer": j, "trade_t": t, "value_usd": v} for (i, j), (t, v) in sorted(tonnes.items()) if t > 0 and v > 0]
    return Benchmark.from_tables(
        countries, flows, commodity=commodity, stage=stage, year=year, mass_basis=market.stage.mass_basis, labels="free"
    )
