"""Benchmarks of the United States against its salient statistics, read by hand in the files of MCS 2025 (us_apparent_consumption.csv).

One row a printed cell: `row` and `column` are its place in `file`, `value_t` its tonnes. `sign` is how it enters apparent consumption as the
source defines it, 0 where it does not. `beside` is the benchmark's array the cells of one group are set beside, `factor` the benchmark's mass
basis in a printed tonne, `ratio` the benchmark over the print. A ratio further than a tenth from 1 has its `reason`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from maadin.facts import selection
from maadin.facts.store import Store, shipped_folder
from maadin.market.assembly import assemble
from maadin.market.benchmark import Benchmark
from maadin.market.known_figures import _PRINTED, united_states

HAND_READ = Path(__file__).with_name("us_apparent_consumption.csv")
EXPLAINED = Path(__file__).parents[2] / "docs" / "explanation" / "benchmark.md"
RELEASE = "MCS 2025"
IDENTITY = 0.03  # three printed digits a term, and stocks that some chapters leave out
AGREE = 0.1 + 1e-9  # a ratio within this of 1 needs no reason
HOLDS = 0.1  # how far a benchmark may leave its stated ratio: figures of one source moving against another's
LEAST_T = 1.0  # below, ratios of rounded cells say nothing

Group = tuple[str, str, int, str, str]  # commodity, stage, year, the benchmark's array, printed quantity


@cache
def shipped() -> Store:
    return Store([shipped_folder()])


@cache
def benchmark(commodity: str, stage: str, year: int) -> Benchmark:
    return assemble(commodity, year, stage, shipped())


def cells() -> list[dict[str, str]]:
    with HAND_READ.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def groups() -> dict[Group, list[dict[str, str]]]:
    found: dict[Group, list[dict[str, str]]] = defaultdict(list)
    for c in cells():
        if c["beside"]:
            found[c["commodity"], c["stage"], int(c["year"]), c["beside"], c["quantity"]].append(c)
    return found


@pytest.mark.parametrize("cell", cells(), ids=lambda c: f"{c['file'][8:13]}-{c['row']}-{c['column']}-for-{c['year']}")
def test_compiled_table_holds_the_printed_cell(cell: dict[str, str]) -> None:
    rows = shipped().rows(
        "select value, value_printed, unit from salient where commodity = ? and variable = ? and form = ? and year = ? and release = ?",
        [cell["commodity"], cell["quantity"], cell["form"], int(cell["row"]), RELEASE],
    )
    assert rows == [(pytest.approx(float(cell["value_t"]), rel=1e-12), cell["printed"], "tonne")]


@pytest.mark.parametrize("group", groups(), ids=lambda g: "-".join(map(str, g)))
def test_benchmark_stands_where_it_is_stated_to_stand(group: Group) -> None:
    commodity, stage, year, beside, _ = group
    read = groups()[group]
    printed = sum(float(c["value_t"]) * float(c["factor"]) for c in read)
    b = benchmark(commodity, stage, year)
    ours = float(getattr(b, beside)[b.position("USA")])
    (stated,) = {float(c["ratio"]) for c in read}
    reason = "".join(c["reason"] for c in read)
    assert abs(stated - 1) <= AGREE or len(reason) > 20, f"the benchmark is {stated} of the print and no reason is given"
    if printed == 0:
        assert ours == 0
    else:
        assert ours == pytest.approx(stated * printed, rel=HOLDS, abs=LEAST_T), f"ratio is {ours / printed:.3g}, stated {stated}"


def signed() -> dict[tuple[str, int], float]:
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for c in cells():
        if c["sign"] != "0":
            sums[c["commodity"], int(c["year"])] += int(c["sign"]) * float(c["value_t"])
    return sums


@pytest.mark.parametrize("key", signed(), ids=lambda k: f"{k[0]}-{k[1]}")
def test_apparent_consumption_is_the_sum_of_its_printed_parts(key: tuple[str, int]) -> None:
    printed = [float(c["value_t"]) for c in cells() if (c["commodity"], int(c["year"])) == key and c["quantity"] == "apparent_consumption"]
    assert printed == [pytest.approx(signed()[key], rel=IDENTITY)]


def test_enough_commodities_are_read_by_hand_in_both_years() -> None:
    assert {int(c["year"]) for c in cells()} == {2022, 2023}
    for beside, least in (("imports_t", 20), ("exports_t", 20), ("use_t", 14), ("production_t", 12)):
        assert len({g[0] for g in groups() if g[3] == beside}) >= least, beside


def told() -> dict[tuple[str, str, str, bool], str]:
    """Ratios in the table of the explanation, by commodity, stage, array and whether use is the reported one."""
    found = {}
    for line in EXPLAINED.read_text(encoding="utf-8").splitlines():
        columns = [c.strip() for c in line.split("|")[1:-1]]
        if len(columns) == 6 and columns[0].endswith((", mine", ", refined")):
            commodity, stage = columns[0].split(", ")
            assert columns[5], line
            for beside, ratios in zip(("production_t", "imports_t", "exports_t", "use_t"), columns[1:5], strict=True):
                if ratios:
                    found[commodity, stage, beside, ratios.endswith(" r")] = ratios.removesuffix(" r")
    return found


def test_the_explanation_tells_the_same_ratios() -> None:
    expected: dict[tuple[str, str, str, bool], list[str]] = defaultdict(list)
    apparent = {g[0] for g in groups() if g[4] == "apparent_consumption"}
    for commodity, stage, year, beside, quantity in sorted(groups()):
        reported = quantity == "reported_consumption"
        if not (reported and commodity in apparent):
            ratio = groups()[commodity, stage, year, beside, quantity][0]["ratio"]
            expected[commodity, stage, beside, reported].append(f"{float(ratio):.2f}")
    assert told() == {key: " / ".join(ratios) for key, ratios in expected.items()}


def known(commodity: str, stage: str, quantity: str, year: int = 2023) -> tuple[float, str, str] | None:
    return united_states(shipped(), commodity, selection.market(commodity, stage).stage, year, quantity)


def test_known_figures_are_of_the_stage_and_in_its_mass_basis() -> None:
    assert known("nickel", "mine", "exports") == (9100.0, "ores", RELEASE)
    assert known("nickel", "mine", "apparent_consumption") is None  # printed for metal, scrap included
    assert known("copper", "mine", "apparent_consumption") is None
    assert known("copper", "refined", "apparent_consumption") == (1_690_000.0, "", RELEASE)
    assert known("titanium", "refined", "imports") == (40_400.0, "sponge", RELEASE)
    assert known("vanadium", "mine", "imports") == (2320.0 + 151 + 2280, "V2O5 + oxide + FeV", RELEASE)
    assert known("lithium", "mine", "imports") == (pytest.approx(3390 * 29.881 / (2 * 6.94), rel=1e-3), "", RELEASE)
    assert known("niobium", "mine", "imports") == (pytest.approx(10_100 * 265.81 / (2 * 92.906), rel=1e-3), "", RELEASE)
    assert known("phosphate", "mine", "apparent_consumption") == (pytest.approx(22_600_000 * 5_508 / 19_600, rel=1e-3), "", RELEASE)


@pytest.mark.parametrize(("commodity", "stage"), _PRINTED)
def test_every_entry_of_known_figures_finds_a_figure(commodity: str, stage: str) -> None:
    for quantity, forms, factor in _PRINTED[commodity, stage]:
        rows = shipped().rows(
            "select distinct form from salient where commodity = ? and variable = ? and form in (select unnest(?::varchar[]))",
            [commodity, quantity, list(forms)],
        )
        assert {r[0] for r in rows} == set(forms), quantity
        assert factor > 0
