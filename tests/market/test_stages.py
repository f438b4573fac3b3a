"""Linked stages: the benchmark at rest, mass between stages, closed forms of a one-country chain, and refusals.

EXACT is relative, for closed forms; MASS is of world use, the tolerance of the chain with room for sums.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maadin.errors import InputError, LabelError
from maadin.facts.series import Series
from maadin.market import chains
from maadin.market import draws as drawing
from maadin.market.benchmark import Benchmark
from maadin.market.elasticities import elasticities
from maadin.market.equilibrium import SolveError
from maadin.market.stage_markets import StageKind
from maadin.market.stages import link, solve_chain
from maadin.market.wedges import Wedges

EXACT, MASS = 1e-6, 2e-9
KINDS: tuple[StageKind, ...] = ("origins", "homogeneous")


def book(name: str, price: float, made: dict[str, float], flows: dict[tuple[str, str], float]) -> Benchmark:
    countries = [{"country": c, "production_t": t, "price_usd_per_t": price} for c, t in made.items()]
    traded = {"exporter": [i for i, _ in flows], "importer": [j for _, j in flows], "trade_t": list(flows.values())}
    return Benchmark.from_tables(countries, traded, commodity=name, year=2024, labels="free")


def draws(eta: float, epsilon: float, slack: float = 0.5) -> drawing.Draws:
    told = {"demand": eta, "supply": epsilon, "slack": slack, "sigma": 5.0}
    return drawing.point(elasticities("aluminium", "refined", overrides=told))


def ore_to_metal() -> list[tuple[Benchmark, float | None]]:
    """F mines, H and G refine, all three smelt."""
    ore = book("ore", 50.0, {"F": 500, "H": 0, "G": 0}, {("F", "H"): 250, ("F", "G"): 200})
    oxide = book("oxide", 350.0, {"F": 20, "H": 100, "G": 80}, {("H", "G"): 20, ("G", "F"): 5})
    metal = book("metal", 2500.0, {"F": 5, "H": 40, "G": 45}, {("H", "F"): 10, ("G", "H"): 3})
    return [(ore, None), (oxide, 2.4), (metal, 1.93)]


FREIGHT = [np.full((3, 3), 10.0)] * 3


def test_books_become_links() -> None:
    chain = link(ore_to_metal())
    first, second = chain.links
    assert first.per_tonne == pytest.approx([2.4] * 3)
    assert first.other_use == pytest.approx([50 - 48, 250 - 240, 200 - 192])
    assert first.cost_share == pytest.approx([2.4 * 50 / 350] * 3)
    assert second.cost_share == pytest.approx([1.93 * 350 / 2500] * 3)
    assert first.missing_t == second.missing_t == 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_at_rest_it_is_the_benchmark(kind: StageKind) -> None:
    chain = link(ore_to_metal())
    found = solve_chain(chain, [draws(0.3, 1.0)] * 3, kind=kind, freight=FREIGHT)
    assert found.solved
    assert found.iterations == 1
    for state, b in zip(found.stages, chain.stages, strict=True):
        assert state.output_t == pytest.approx(b.own_supply_t, rel=EXACT, abs=EXACT)
        assert state.use_t == pytest.approx(b.use_t, rel=EXACT)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("epsilon", [0.2, 1.0, 3.0])
def test_no_tonne_vanishes_between_stages(kind: StageKind, epsilon: float) -> None:
    chain = link(ore_to_metal())
    w = Wedges.of(chain.stages[0])
    w.duty_rate[0, 1] = 0.5  # H taxes ore
    last = Wedges.of(chain.stages[2])
    last.demand_scale[2, 0] = 1.2
    found = solve_chain(chain, [draws(0.3, epsilon)] * 3, {0: w, 2: last}, kind=kind, freight=FREIGHT)
    assert found.solved
    assert found.residual < MASS
    for n, made in enumerate(chain.links):
        before, state, b = found.stages[n], found.stages[n + 1], chain.stages[n]
        ratio = before.price_use / (
            b.price_usd_per_t
            if kind == "origins"
            else solve_chain(chain, [draws(0.3, epsilon)] * 3, kind=kind, freight=FREIGHT).stages[n].price_use
        )
        expected = made.per_tonne * state.output_t + made.other_use * ratio**-0.3
        assert before.use_t == pytest.approx(expected, rel=1e-6)
        assert before.use_t.sum() == pytest.approx(before.output_t.sum(), rel=1e-6)
    assert found.stages[2].output_t.sum() == pytest.approx(found.stages[2].use_t.sum(), rel=1e-6)


def one_country(coefficient: float = 2.0) -> list[tuple[Benchmark, float | None]]:
    """F makes all ore for H, which makes all metal and uses it."""
    ore = book("ore", 100.0, {"F": 200, "H": 0}, {("F", "H"): 200})
    return [(ore, None), (book("metal", 1000.0, {"H": 100}, {}), coefficient)]


def at_zero(f, low: float, high: float) -> float:
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("duty", [0.1, 0.5])
@pytest.mark.parametrize(("mines", "smelts", "eta"), [(1.0, 1.0, 0.5), (0.3, 2.0, 0.2), (4.0, 0.5, 1.5)])
def test_a_duty_on_the_input_in_closed_form(duty: float, mines: float, smelts: float, eta: float) -> None:
    """Metal m tonnes over 100: ore costs (1 + t) m^(1 / mines) of what it did, and metal m^(-1 / eta)."""
    chain = link(one_country())
    w = Wedges.of(chain.stages[0])
    w.duty_rate[0, 1] = duty
    found = solve_chain(chain, [draws(0.3, mines), draws(eta, smelts)], {0: w})
    theta = 0.2

    def gap(m: float) -> float:
        net = m ** (-1 / eta) - theta * ((1 + duty) * m ** (1 / mines) - 1)
        return m - max(net, 1e-9) ** smelts

    m = at_zero(gap, 0.2, 1.5)
    ore, metal = found.stages
    assert metal.output_t == pytest.approx([100 * m], rel=EXACT)
    assert ore.use_t[1] == pytest.approx(200 * m, rel=EXACT)
    assert metal.price_use == pytest.approx([1000 * m ** (-1 / eta)], rel=EXACT)
    assert ore.price_use[1] == pytest.approx(100 * (1 + duty) * m ** (1 / mines), rel=EXACT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_duty_on_the_input_raises_the_price_by_its_cost_share(kind: StageKind) -> None:
    """With supply that hardly minds the price, 10% on ore is 2% on metal, of which it is a fifth of the cost."""
    chain = link(one_country())
    w = Wedges.of(chain.stages[0])
    w.duty_rate[0, 1] = 0.1
    supple = replace(draws(0.3, 1.0, 1.0), supply=np.array([300.0]))
    found = solve_chain(chain, [supple, supple], {0: w}, kind=kind, freight=[[[0.0, 0.0], [0.0, 0.0]], [[0.0]]])
    assert found.stages[1].price_use[0] / 1000 - 1 == pytest.approx(0.2 * 0.1, rel=0.02)


@pytest.mark.parametrize("kind", KINDS)
def test_a_duty_on_the_product_lowers_the_price_of_the_input(kind: StageKind) -> None:
    metal = book("metal", 1000.0, {"H": 100, "K": 0}, {("H", "K"): 60})
    chain = link([(one_country()[0][0], None), (metal, 2.0)])
    w = Wedges.of(metal)
    w.duty_rate[0, 1] = 0.3
    found = solve_chain(chain, [draws(0.3, 1.0), draws(0.5, 1.0)], {1: w}, kind=kind, freight=[np.full((2, 2), 1.0)] * 2)
    assert found.solved
    assert found.stages[0].price_fob[0] < 100
    assert found.stages[1].output_t[0] < 100
    assert found.stages[0].use_t[1] == pytest.approx(2 * found.stages[1].output_t[0], rel=EXACT)


def test_order_of_countries_does_not_matter() -> None:
    chain = link(ore_to_metal())
    ore, oxide, metal = (b for b, _ in ore_to_metal())
    turned = book("metal", 2500.0, {"H": 40, "G": 45, "F": 5}, {("H", "F"): 10, ("G", "H"): 3})
    other = link([(ore, None), (oxide, 2.4), (turned, 1.93)])
    w = Wedges.of(ore)
    w.duty_rate[0, 1] = 0.5
    es = [draws(0.3, 1.0)] * 3
    one, two = solve_chain(chain, es, {0: w}), solve_chain(other, es, {0: w})
    for country in "FGH":
        first, second = (s.stages[2].output_t[b.countries.index(country)] for s, b in ((one, metal), (two, turned)))
        assert first == pytest.approx(second, rel=EXACT)


def test_a_country_whose_input_is_in_no_book() -> None:
    ore = book("ore", 100.0, {"F": 200, "H": 0}, {("F", "H"): 190})
    metal = book("metal", 1000.0, {"H": 90, "X": 10}, {})
    made = link([(ore, None), (metal, 2.0)]).links[0]
    assert made.per_tonne == pytest.approx([2.0, 0.0])
    assert made.missing_t == pytest.approx(20.0)
    with pytest.raises(InputError, match=r"most of it in X"):
        link([(ore, None), (book("metal", 1000.0, {"H": 50, "X": 50}, {}), 2.0)])


def test_refusals() -> None:
    ore, metal = one_country()
    with pytest.raises(InputError, match="1 stage makes no chain"):
        link([ore])
    with pytest.raises(InputError, match="is None; expected tonnes"):
        link([ore, (metal[0], None)])
    with pytest.raises(InputError, match="different years"):
        link([ore, (replace(metal[0], year=2023), 2.0)])
    with pytest.raises(InputError, match="as many sets of elasticities"):
        solve_chain(link(one_country()), [draws(0.3, 1.0)])
    with pytest.raises(LabelError, match="not a known chain"):
        chains.chain("copper", 2024)
    with pytest.raises(LabelError, match="not a known step"):
        chains.chain("aluminium", 2024, coefficients={"ore": 3.0})


def test_what_has_no_solution_says_so() -> None:
    chain = link(one_country())
    es = [draws(0.3, 1.0), draws(0.0, 0.0)]  # demand and supply of metal are both fixed
    with pytest.raises(SolveError, match="undetermined"):
        solve_chain(chain, es)
    told = solve_chain(chain, es, throw=False)
    assert not told.solved
    assert "undetermined" in told.status


# --- chains of published figures ----------------------------------------------------------------------------------------------------------


def test_a_missing_stage_is_named_with_its_code() -> None:
    with pytest.raises(InputError, match=r"bauxite -> alumina -> aluminium lacks alumina in 2024.*281820.*maadin data import") as caught:
        chains.chain("aluminium", 2024)
    assert "own={'alumina'" in str(caught.value)
    with pytest.raises(InputError, match=r"lacks rare-earth oxide.*284610, 284690"):
        chains.chain("magnets", 2024)


def test_coefficients_lie_in_their_ranges_and_are_sourced() -> None:
    for steps in chains.CHAINS.values():
        assert steps[0].middle == 0.0
        for step in steps[1:]:
            assert 0 < step.low <= step.middle <= step.high
            assert step.source
    alumina = chains.CHAINS["aluminium"][2]
    assert alumina.low == pytest.approx(101.961 / (2 * 26.982), rel=0.01)


def test_an_own_benchmark_fills_a_missing_stage() -> None:
    """Alumina by hand: what each smelter takes, with one refinery for all; the chain is then solved with the published stages around it."""
    metal = Benchmark.from_facts("aluminium", 2024)
    smelters = [(c, t) for c, t in zip(metal.countries, metal.own_supply_t, strict=True) if t > 1000]
    wanted = {c: 1.93 * t for c, t in smelters if c != "CHN"}
    own = 1.93 * dict(smelters)["CHN"]
    countries = [{"country": "CHN", "production_t": own + sum(wanted.values())}, *({"country": c, "production_t": 0.0} for c in wanted)]
    flows = [{"exporter": "CHN", "importer": c, "trade_t": t, "value_usd": 400 * t} for c, t in wanted.items()]
    alumina = Benchmark.from_tables(countries, flows, commodity="alumina", stage="refined", year=2024)
    ore = book("ore", 60.0, {"CHN": 2.6 * (own + sum(wanted.values()))}, {})
    chain = chains.chain("aluminium", 2024, own={"alumina": alumina, "bauxite": ore})
    es = [drawing.point(elasticities("bauxite")), drawing.point(elasticities("aluminium")), drawing.point(elasticities("aluminium"))]
    w = Wedges.of(ore)
    w.output_scale[0, 0] = 0.9
    found = solve_chain(chain, es, {0: w})
    assert found.solved
    assert found.residual < MASS
    assert found.stages[2].output_t.sum() < metal.own_supply_t.sum()
    shares = chain.links[1].cost_share[chain.links[1].per_tonne > 0]
    assert np.median(shares) == pytest.approx(1.93 * 400 / 2500, rel=0.1)


def test_an_imported_table_makes_the_missing_stage(made_store, quantity) -> None:
    """Two countries make alumina, one sells to a third; the output is printed and the trade imported."""
    rows = [quantity(c, t, source="usgs_mcs", release="MCS 2022") for c, t in (("AUS", 20e6), ("CHN", 70e6))]
    made = [row._replace(commodity="alumina") for row in rows]
    series = Series("baci-own", "baci", "V1", "HS92", 6, "fob", "all flows", (), (2020, 2020), {"281820": (2020, 2020)})
    trade = [
        ("baci-own", 2020, "281820", "AUS", "CHN", 5_000_000_000, 15_000_000_000, ""),
        ("baci-own", 2020, "281820", "AUS", "NOR", 400_000_000, 1_000_000_000, ""),
    ]
    store = made_store([series], production=made, trade=trade)
    b = chains.imported("alumina", "refined", 2020, store)
    assert b is not None
    assert dict(zip(b.countries, b.use_t, strict=True)) == pytest.approx({"AUS": 4e6, "CHN": 85e6, "NOR": 1e6})
    assert b.price_usd_per_t[b.countries.index("AUS")] == pytest.approx(5.4e9 / 16e6, rel=0.01)
    assert chains.imported("alumina", "refined", 2020, made_store([series], production=made)) is None
