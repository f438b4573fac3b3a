"""How long the market takes to solve, beside the programs a user would take otherwise, on the same numbers and to the same tolerance.

    python benchmarks/solver.py [--quick] [--year 2022] [--rounds 3] [--only NAME ...]

The market is aluminium: see `solver_worlds.py` for what is changed in it. Every program runs in processes of its own; programs take turns within a
round, and times are medians over rounds. Programs that solve one draw after another are timed on fewer draws and scaled up; where one can use all cores
for that, it does. Each answer is checked with the equations of `solver_equations.py`, which share no code with maadin, and compared with maadin's.
The other programs come with `pip install "maadin[bench]"`; those that are missing are passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from solver_equations import Case, Equations, Floats, Parameters
from solver_rivals import CORES, RIVALS, TOLERANCE, PyomoIpopt, Rival

OURS = "maadin"
IMPORTED, BUILT, FIRST = "imports", "built", "first answer"
POINT, QUOTAS = "one point", "one point with 20 quotas"
NEST_POINT, NEST_DRAWS = "one point, own goods against imports", "draws, own goods against imports"
DRAWN = ("tariff", "own", "capacities")
COMMODITY, FEW = "aluminium", 1000
FOLDER = "MAADIN_DATA_DIR"


def timed(
    work: Callable[[], Floats], times: int = 1, before: Callable[[], object] = lambda: None, aside: Callable[[], float] = lambda: 0.0
) -> tuple[float, Floats]:
    """Median time, seconds, and the answer; what is done before each run does not count, nor what is put aside in it."""
    taken = []
    for _ in range(times):
        before()
        start = time.perf_counter() - aside()
        answer = work()
        taken.append(time.perf_counter() - aside() - start)
    return statistics.median(taken), answer


def peak_mb() -> float:
    """Most memory this process has held, MB."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


# what runs in a process of its own


def of_maadin(folder: Path, year: int, draws: int, quick: bool) -> dict[str, float]:
    """Times of maadin; answers are left in the folder."""
    start = time.perf_counter()
    from solver_worlds import NESTED, World, world

    from maadin.market.benchmark import Benchmark
    from maadin.market.equilibrium import solve

    def answer(w: World, count: int | None = None) -> Floats:
        e = w.middle if count is None else w.draws.only(np.arange(count))
        return solve(w.calibrated.market, e, tolerance=TOLERANCE).unknowns

    imported = time.perf_counter()
    b = Benchmark.from_facts(COMMODITY, year)
    made = world("tariff", b)
    built = time.perf_counter()
    answer(made)
    found, answers = {IMPORTED: imported - start, BUILT: built - imported, FIRST: time.perf_counter() - built}, {}
    times = 5 if quick else 25
    found[POINT], _ = timed(lambda: answer(made), times)
    limited = world("quotas", b)
    found[QUOTAS], answers[QUOTAS] = timed(lambda: answer(limited), times)
    for name in DRAWN:
        w = made if name == "tariff" else world(name, b)
        for count in (FEW, draws):
            found[f"{name} {count}"], answers[name] = timed(partial(answer, w, count), 3 if count == FEW else 1)
    nested = world(NESTED, b)
    found[NEST_POINT], _ = timed(lambda: answer(nested), times)
    found[NEST_DRAWS], _ = timed(lambda: answer(nested, draws))
    np.savez(folder / f"{OURS}.npz", **{key: value[:, :FEW] for key, value in answers.items()})
    return found


def memory_of_maadin(year: int, draws: int) -> dict[str, float]:
    """Memory with the market at hand, and after all draws of it."""
    from solver_worlds import world

    from maadin.market.benchmark import Benchmark
    from maadin.market.equilibrium import solve

    w = world("tariff", Benchmark.from_facts(COMMODITY, year))
    before = peak_mb()
    solve(w.calibrated.market, w.draws.only(np.arange(draws)), tolerance=TOLERANCE)
    return {"before": before, "peak": peak_mb()}


def write_worlds(folder: Path, year: int) -> dict[str, str]:
    """The worlds as plain arrays for the other programs; says what they are like."""
    from solver_equations import case_of
    from solver_worlds import WORLDS, world

    from maadin.market.benchmark import Benchmark

    b, said = Benchmark.from_facts(COMMODITY, year), {}
    for name, words in WORLDS.items():
        w = world(name, b)
        case = case_of(w.calibrated.market, w.draws)
        wedges = len(np.unique(case.wedge.round(12)))
        said[name] = f"{words}: {case.suppliers} prices, {len(case.exporter):,} flows, {wedges:,} distinct wedges"
        some = {}
        for part, e in (("middle", w.middle), ("draws", w.draws.only(np.arange(FEW)))):
            some[part] = np.stack([np.broadcast_to(row, len(e)) for row in (e.sigma, e.eta, e.re_export)])
            some[f"{part} epsilon"] = np.broadcast_to(e.epsilon, (case.suppliers, len(e)))
        np.savez(folder / f"{name}.npz", **{f.name: getattr(case, f.name) for f in fields(case)}, **some)
    return said


def read_world(folder: Path, name: str) -> tuple[Case, Parameters, list[Parameters]]:
    """A world as arrays, the middle of its elasticities and the draws."""
    with np.load(folder / f"{name}.npz") as held:
        case = Case(**{f.name: held[f.name] for f in fields(Case)})
        made = {
            part: [Parameters(*row, e) for row, e in zip(held[part].T.tolist(), held[f"{part} epsilon"].T, strict=True)]
            for part in ("middle", "draws")
        }  # fmt: skip
    return case, made["middle"][0], made["draws"]


def of_rival(kind: type[Rival], folder: Path, quick: bool) -> dict[str, float]:
    """Times of another program; answers are left in the folder."""
    case, middle, draws = read_world(folder, "tariff")
    start = time.perf_counter()
    for package in kind.needs:
        import_module(package)
    imported = time.perf_counter()
    rival = kind(case)
    built = time.perf_counter()
    rival.solve(middle, rival.zero())
    found = {IMPORTED: imported - start, BUILT: built - imported, FIRST: time.perf_counter() - built - rival.aside}
    times = max(2, min(5 if quick else 25, round(1 / found[FIRST])))
    found[POINT], at_middle = timed(lambda: rival.solve(middle, rival.zero()), times, partial(rival.forget, draws[0]), lambda: rival.aside)
    count, answers = kind.measured // 5 + 1 if quick else kind.measured, {}
    for name in DRAWN:
        if name != "tariff":
            case, middle, draws = read_world(folder, name)
            rival = kind(case)
            at_middle = rival.solve(middle, rival.zero())
        taken, answers[name] = timed(partial(rival.many, draws[:count], at_middle), aside=partial(getattr, rival, "aside"))
        found[name] = taken / count
    found["peak"] = peak_mb()
    if kind.quotas:
        case, middle, draws = read_world(folder, "quotas")
        limited = kind(case)
        found[QUOTAS], answer = timed(lambda: limited.solve(middle, limited.zero()), times, partial(limited.forget, draws[0]))
        answers[QUOTAS] = answer[:, None]
    np.savez(folder / f"{kind.name}.npz", **answers)
    return found


# what runs in the process that was started


def child(folder: Path, given: argparse.Namespace, name: str, *, threads: bool = True) -> dict[str, Any]:
    """Run a part of this file in a fresh process."""
    asked = [sys.executable, __file__, "--year", str(given.year), "--child", name, "--folder", str(folder)] + ["--quick"] * given.quick
    one = {} if threads else {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # programs that run a draw on each core need no more
    ended = subprocess.run(asked, capture_output=True, text=True, env={**os.environ, **one})
    if ended.returncode:
        raise RuntimeError(f"{name} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    return dict(json.loads((folder / "times.json").read_text()))


def disagreement(folder: Path, name: str) -> tuple[float, float, int]:
    """Largest distance in log prices and rents from maadin's answers, largest residual, and how many answers miss the tolerance tenfold."""
    distance, sizes = 0.0, []
    with np.load(folder / f"{OURS}.npz") as ours, np.load(folder / f"{name}.npz") as theirs:
        for world in (*DRAWN, "quotas"):
            key = QUOTAS if world == "quotas" else world
            if key not in theirs:
                continue
            case, middle, draws = read_world(folder, world)
            found, equations = theirs[key], Equations(case)
            solved = [middle] if world == "quotas" else draws[: found.shape[1]]
            with np.errstate(all="ignore"):
                sizes += [float(np.abs(equations.residual(z, p)).max()) for z, p in zip(found.T, solved, strict=True)]
            distance = max(distance, float(np.abs(found - ours[key][:, : len(solved)]).max()))
    return distance, max(sizes), sum(not size <= 10 * TOLERANCE for size in sizes)


def installed(package: str) -> str:
    """A package with its version."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def load() -> str:
    """How busy the machine is."""
    return ", ".join(f"{x:.2f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def table(head: list[str], rows: list[list[str]]) -> None:
    """Print columns."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for first, *others in [head, *rows]:
        print("  ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]))


def against(theirs: float, ours: float) -> str:
    """A ratio."""
    ratio = theirs / ours
    return f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}"


def show(found: dict[str, list[dict[str, float]]], memory: dict[str, float], draws: int, worlds: dict[str, str]) -> None:
    """Print the tables; times are medians over rounds."""
    middle = {name: {key: statistics.median(r[key] for r in rounds) for key in rounds[0]} for name, rounds in found.items()}
    ours = middle[OURS]
    print("\nOne answer: all from the start of the imports in a fresh process (of which the solve); a solve when all is built; times ours")
    rows = []
    for name, t in middle.items():
        fresh = t[IMPORTED] + t[BUILT] + t[FIRST]
        quotas = [f"{1000 * t[QUOTAS]:.1f}", against(t[QUOTAS], ours[QUOTAS])] if QUOTAS in t else ["-", "-"]
        rows.append([name, f"{fresh:.2f} ({t[FIRST]:.3f})", f"{1000 * t[POINT]:.1f}", against(t[POINT], ours[POINT]), *quotas])
    table(["", "fresh process, s", "one point, ms", "times ours", "20 quotas, ms", "times ours"], rows)
    for name in DRAWN:
        print(f"\nDraws: {worlds[name]}")
        best, rows = ours[f"{name} {draws}"] / draws, []
        for count in (FEW, draws):
            each = ours[f"{name} {count}"] / count
            rows.append([f"{OURS}, {count:,} draws", f"{CORES}", f"{1000 * each:.2f}", f"{1 / each:,.0f}", against(each, best)])
        for rival, t in middle.items():
            if rival != OURS:
                rows.append([rival, f"{RIVALS[rival].at_once}", f"{1000 * t[name]:.2f}", f"{1 / t[name]:,.0f}", against(t[name], best)])
        table(["", "at once", "s per 1,000", "scenarios per s", "times ours"], rows)
    each, at_once = 1000 * ours[NEST_POINT], draws / ours[NEST_DRAWS]
    print(f"\nmaadin where users weigh own goods against imports first: one point {each:.1f} ms, {at_once:,.0f} scenarios per s")
    print(f"Peak memory of maadin with {draws:,} draws: {memory['peak']:.0f} MB, of which {memory['before']:.0f} MB before the solve")
    others = [f"{name} {t['peak']:.0f}" for name, t in middle.items() if name != OURS]
    print(f"Peak memory of the others on their fewer draws, MB, the largest process alone: {', '.join(others)}")


def processor() -> str:
    """What the processor calls itself."""
    said = Path("/proc/cpuinfo")
    named = (
        [line.split(":", 1)[1].strip() for line in said.read_text().splitlines() if line.startswith("model name")] if said.exists() else []
    )
    return named[0] if named else platform.processor() or platform.machine()


def main() -> None:
    """Measure everything, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round, few repetitions, 4,000 draws")
    parser.add_argument("--year", type=int, default=2022)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=tuple(RIVALS), help="these programs beside maadin", default=tuple(RIVALS))
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    draws = 4000 if given.quick else 10_000
    if given.child:
        made: dict[str, Any]
        if given.child == OURS:
            made = of_maadin(given.folder, given.year, draws, given.quick)
        elif given.child == "memory":
            made = memory_of_maadin(given.year, draws)
        elif given.child == "worlds":
            made = write_worlds(given.folder, given.year)
        else:
            made = of_rival(RIVALS[given.child], given.folder, given.quick)
        (given.folder / "times.json").write_text(json.dumps(made))
        return
    print(f"{CORES} cores ({processor()}), Python {platform.python_version()}, load {load()} at the start; tolerance {TOLERANCE:.0e}")
    print(", ".join(installed(p) for p in ("maadin", "numpy", "scipy", "casadi", "pyomo", "gamspy")))
    rivals = []
    for name in given.only:
        if missing := RIVALS[name].missing():
            print(f"{name}: passed over, {' and '.join(missing)} not installed")
        else:
            rivals.append(name)
        if name == PyomoIpopt.name and name in rivals and not shutil.which("ipopt"):
            print(
                f"{name}: no ipopt on the path; Pyomo's file is solved by CasADi's IPOPT, without the time that takes to read it and to set up derivatives"
            )
    with tempfile.TemporaryDirectory() as of_user, tempfile.TemporaryDirectory() as temporary:
        os.environ[FOLDER], folder = of_user, Path(temporary)
        said = child(folder, given, "worlds")
        for words in said.values():
            print(f"- {words}")
        found: dict[str, list[dict[str, float]]] = {name: [] for name in (OURS, *rivals)}
        for _ in range(1 if given.quick else given.rounds):
            for name in list(found):
                try:
                    found[name].append(child(folder, given, name, threads=name == OURS))
                except RuntimeError as failure:  # says what went wrong in the other program; without maadin there is nothing to compare
                    if name == OURS:
                        raise
                    print(f"{failure}\n{name}: passed over")
                    del found[name]
        memory = child(folder, given, "memory")
        show(found, memory, draws, said)
        print("\nChecked with the equations of solver_equations.py")
        rows = []
        for name in found:
            distance, left, missed = disagreement(folder, name)
            rows.append([name, f"{distance:.1e}", f"{left:.1e}", str(missed)])
        table(["", "distance from maadin", "largest residual", "answers off"], rows)
    print(f"\nload {load()} at the end")


if __name__ == "__main__":
    main()
