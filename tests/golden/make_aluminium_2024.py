"""Make aluminium_2024_tariff_25.json: the US tariff of 25% on the aluminium market of 2024, solved without maadin's solver.

    pip install casadi && python tests/golden/make_aluminium_2024.py

maadin gives the market as numbers, which are kept in the file. The equations are written down again below, flow by flow and in prices rather than in their
logs, and solved twice: by IPOPT with CasADi's derivatives, and by scipy from there and from the benchmark. The answers must agree.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("aluminium_2024_tariff_25.json")
ELASTICITIES = {"sigma": 6.0, "eta": 0.4, "epsilon": 0.8, "re_export": 5.0}
CASES: dict[str, dict[str, Any]] = {
    "smooth": {},
    "capacities": {"capacities": True, "epsilon": 2.5},
    "own goods against imports": {"upper": 3.0},
    "own goods against imports, close substitutes": {"upper": 2.0, "sigma": 12.0},
    "one elasticity near one": {"sigma": 1.05, "epsilon": 0.1},
}
DIGITS = 10  # significant, of what is kept of the market
AGREE = 1e-10  # between the two programs, in log prices


def main() -> None:
    """Write the file."""
    market = the_market()
    cases = []
    for name, changes in CASES.items():
        given = {**ELASTICITIES, "upper": None, "capacities": False, **changes}
        price = solved(market, given)
        _, flows = equations(market, given, price, np)
        to_us = np.flatnonzero(np.array(market["importer"]) == market["us"])
        sources = [market["suppliers"][market["exporter"][f]] for f in to_us]
        purchases = dict(zip(sources, [significant(flows[f], 14) for f in to_us], strict=True))
        cases.append({"name": name, **given, "price": [significant(p, 14) for p in price], "us_purchases_t": purchases})
    about = "US tariff of 25% on aluminium (Russia 200%), market of 2024; prices relative to the benchmark. Made by make_aluminium_2024.py"
    made_with = {"python": platform.python_version(), **{p: version(p) for p in ("casadi", "scipy", "numpy")}}
    FILE.write_text(text({"about": about, "made_with": made_with, "market": market, "cases": cases}) + "\n")


def the_market() -> dict[str, Any]:
    """The market as numbers: what has no effect here (specific duties, stocks, floors) is checked to be absent."""
    from maadin.market.benchmark import Benchmark
    from maadin.market.calibration import calibrate
    from maadin.market.draws import point
    from maadin.market.elasticities import elasticities
    from maadin.policy.library import load
    from maadin.policy.translate import translate

    benchmark = Benchmark.from_facts("aluminium", 2024)
    made = calibrate(benchmark, translate(load("us-aluminium-tariff-25"), benchmark).wedges)
    m, batch = made.market, made.batch(point(elasticities("aluminium")))
    assert not m.level.any() and not (m.floor > 0).any() and not m.stock.any() and np.all(m.subsidy == 1) and not len(m.limits.low)
    numbers = {
        "share": m.share, "tonnes": m.tonnes, "slope": m.slope, "passed_on": m.passed_on, "output": batch.output[:, 0], "cap": batch.cap[:, 0],
    }  # fmt: skip
    return {
        "suppliers": [benchmark.countries[at] for at in made.suppliers], "us": benchmark.countries.index("USA"),
        "exporter": m.exporter.tolist(), "importer": m.importer.tolist(), "hub": m.hub.tolist(), "home": made.suppliers.tolist(),
        **{name: [significant(v) for v in values] for name, values in numbers.items()},
    }  # fmt: skip


def equations(market: dict[str, Any], given: dict[str, Any], price: Any, xp: Any) -> tuple[Any, Any]:
    """Demand over supply of each supplier, less 1, and the tonnes of every flow; `xp` is numpy or casadi.

    A user of which nothing is known but its flows buys x = x0 (P / u)^sigma Q, with the price index P = (sum s u^(1 - sigma))^(1 / (1 - sigma)) and the
    volume Q = (1 - d) P^-eta + d (p / P)^re, d being the part it passes on at its own price p. With an upper elasticity su and shares s_h, s_M of own goods
    and imports, P_M is the index over imports, P = (s_h u_h^(1 - su) + s_M P_M^(1 - su))^(1 / (1 - su)), own goods are x0 (P / u_h)^su Q and imports
    x0 (P_M / u)^sigma (P / P_M)^su Q. Supply is min(y0 p^epsilon, cap) and the part d (p / P)^re / Q of all that reaches the country.
    """
    sigma, eta, epsilon, re, upper = (given[name] for name in ("sigma", "eta", "epsilon", "re_export", "upper"))
    suppliers, users = len(market["suppliers"]), len(market["passed_on"])
    at_user: list[list[int]] = [[] for _ in range(users)]
    for f, j in enumerate(market["importer"]):
        at_user[j].append(f)
    hub_of = {j: i for i, j in enumerate(market["hub"]) if j >= 0}
    demand: list[Any] = [0.0] * suppliers
    supply = [market["output"][i] * price[i] ** epsilon for i in range(suppliers)]
    if given["capacities"]:
        supply = [xp.fmin(y, cap) for y, cap in zip(supply, market["cap"], strict=True)]
    flows: list[Any] = [0.0] * len(market["importer"])
    for j, here in enumerate(at_user):
        if not here:
            continue
        user_price = {f: market["slope"][f] * price[market["exporter"][f]] for f in here}
        own = [f for f in here if upper is not None and market["home"][market["exporter"][f]] == j]
        others = [f for f in here if f not in own]
        outer = sigma if upper is None else upper
        weight = 1.0 - sum(market["share"][f] for f in own)
        inner = index([market["share"][f] / weight for f in others], [user_price[f] for f in others], sigma) if others else 1.0
        shares = [market["share"][f] for f in own] + [weight] * bool(others)
        whole = index(shares, [user_price[f] for f in own] + [inner] * bool(others), outer)
        passed = 0.0
        if j in hub_of:
            passed = market["passed_on"][j] * (price[hub_of[j]] / whole) ** re
        volume = (1 - market["passed_on"][j]) * whole**-eta + passed
        for f in here:
            bought = market["tonnes"][f] * volume
            if f in own:
                flows[f] = bought * (whole / user_price[f]) ** outer
            else:
                flows[f] = bought * (inner / user_price[f]) ** sigma * (whole / inner) ** outer
            demand[market["exporter"][f]] += flows[f]
        if j in hub_of:
            supply[hub_of[j]] += passed / volume * sum(flows[f] for f in here)
    return [d / s - 1 for d, s in zip(demand, supply, strict=True)], flows


def index(shares: list[float], prices: list[Any], elasticity: float) -> Any:
    """Constant elasticity of substitution."""
    return sum(s * p ** (1 - elasticity) for s, p in zip(shares, prices, strict=True)) ** (1 / (1 - elasticity))


def solved(market: dict[str, Any], given: dict[str, Any]) -> np.ndarray:
    """Prices by IPOPT and by scipy, which must agree."""
    import casadi
    from scipy.optimize import root

    z = casadi.SX.sym("z", len(market["suppliers"]))
    cleared = casadi.vertcat(*equations(market, given, [casadi.exp(z[i]) for i in range(z.numel())], casadi)[0])
    options = {"print_time": False, "ipopt.print_level": 0, "ipopt.sb": "yes", "ipopt.tol": 1e-13, "ipopt.acceptable_iter": 0}
    ipopt = casadi.nlpsol("market", "ipopt", {"x": z, "f": 0, "g": cleared}, options)
    found = np.asarray(ipopt(x0=0, lbg=0, ubg=0)["x"])[:, 0]
    if ipopt.stats()["return_status"] != "Solve_Succeeded":
        raise RuntimeError(f"IPOPT ended with {ipopt.stats()['return_status']}")
    residual: Callable[[np.ndarray], np.ndarray] = lambda logs: np.array(equations(market, given, np.exp(logs), np)[0])  # noqa: E731
    jacobian = casadi.Function("jacobian", [z], [casadi.jacobian(cleared, z)])
    again = root(residual, np.zeros_like(found), jac=lambda logs: np.asarray(jacobian(logs).full()), options={"xtol": 1e-14})
    if not np.abs(again.x - found).max() < AGREE or not np.abs(residual(found)).max() < AGREE:
        raise RuntimeError(f"scipy is {np.abs(again.x - found).max():.1e} off in log prices, residuals {np.abs(residual(found)).max():.1e}")
    return np.asarray(np.exp(again.x if np.abs(residual(again.x)).max() < np.abs(residual(found)).max() else found))


def significant(value: float, digits: int = DIGITS) -> float:
    """Rounded to significant digits."""
    return float(f"{value:.{digits}g}")


def text(made: Any, depth: int = 2) -> str:
    """JSON with lines of its own for what is near the top."""
    if depth and isinstance(made, dict):
        return "{\n" + ",\n".join(f"{json.dumps(key)}: {text(value, depth - 1)}" for key, value in made.items()) + "\n}"
    if depth and isinstance(made, list):
        return "[\n" + ",\n".join(text(value, 0) for value in made) + "\n]"
    return json.dumps(made)


if __name__ == "__main__":
    main()
