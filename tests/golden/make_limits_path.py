"""Make limits_path.json: four countries under an import quota, an export quota, a tariff-rate quota and a capacity, solved by PATH.

    pip install gamspy && python tests/golden/make_limits_path.py

The market is invented and small enough for the licence that comes with GAMSPy. Limits are complementarity conditions: a wedge in prices is at its lower
bound where a group of flows carries less than its tonnes, at its upper bound where it carries more, and between where it carries them exactly; output
is at capacity where producers get more than the price at which it ends. The cases have every limit both ways.
"""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("limits_path.json")
COUNTRIES = ("A", "B", "C", "D")
FLOWS = {  # tonnes at benchmark prices, all of which are 1
    ("A", "A"): 40.0, ("A", "B"): 60.0, ("A", "C"): 25.0, ("A", "D"): 30.0,
    ("B", "B"): 80.0, ("B", "A"): 5.0,
    ("C", "C"): 10.0, ("C", "A"): 3.0, ("C", "D"): 15.0, ("C", "B"): 12.0,
    ("D", "D"): 50.0, ("D", "B"): 20.0,
}  # fmt: skip
OUTPUT = {"A": 155.0, "B": 85.0, "C": 15.0, "D": 70.0}  # C passes on 25 of the 35 that reach it
CAPACITY = {"A": 1e6, "B": 90.0, "C": 16.0, "D": 1e6}
TARIFF = {("A", "B"): 1.25, ("C", "B"): 1.1, ("C", "D"): 1.05}
LIMITS = {
    "import quota of B": [("A", "B"), ("C", "B"), ("D", "B")], "export quota of A": [("A", "B"), ("A", "C"), ("A", "D")],
    "tariff-rate quota of D": [("A", "D"), ("C", "D")],
}  # fmt: skip
OVER = float(np.log(1.3 / 1.05))  # duty of 30% beyond the quota, 5% within
HIGH = [np.inf, np.inf, OVER]
ELASTICITIES = {"sigma": 4.0, "eta": 0.5, "epsilon": 1.2, "re_export": 3.0}
CASES: dict[str, dict[str, Any]] = {
    "nothing binds": {"limit_t": [300.0, 300.0, 300.0]},
    "import quota": {"limit_t": [60.0, 300.0, 300.0]},
    "export quota": {"limit_t": [300.0, 80.0, 300.0]},
    "tariff-rate quota filled": {"limit_t": [300.0, 300.0, 43.0]},
    "tariff-rate quota exceeded": {"limit_t": [300.0, 300.0, 15.0]},
    "all at once": {"limit_t": [55.0, 70.0, 35.0]},
    "all at once, close substitutes": {"limit_t": [55.0, 70.0, 35.0], "sigma": 15.0, "epsilon": 0.5},
    "all at once, tight": {"limit_t": [10.0, 20.0, 5.0], "epsilon": 2.5},
}


def main() -> None:
    """Write the file."""
    routes = list(FLOWS)
    at = {c: n for n, c in enumerate(COUNTRIES)}
    intake = {c: sum(t for (_, j), t in FLOWS.items() if j == c) for c in COUNTRIES}
    market = {
        "countries": COUNTRIES, "exporter": [at[i] for i, _ in routes], "importer": [at[j] for _, j in routes], "tonnes": list(FLOWS.values()),
        "share": [FLOWS[r] / intake[r[1]] for r in routes], "slope": [TARIFF.get(r, 1.0) for r in routes], "hub": [-1, -1, at["C"], -1],
        "passed_on": [0.0, 0.0, 25.0 / intake["C"], 0.0], "output": list(OUTPUT.values()), "cap": list(CAPACITY.values()),
        "limits": [[routes.index(r) for r in group] for group in LIMITS.values()], "limit_names": list(LIMITS),
        "high": [h if np.isfinite(h) else None for h in HIGH],
    }  # fmt: skip
    cases = [{"name": name, **(given := {**ELASTICITIES, **changes}), **solved(market, given)} for name, changes in CASES.items()]
    about = "An invented market of four countries under quantity limits; prices relative to the benchmark. Made by make_limits_path.py"
    made_with = {"python": platform.python_version(), "gamspy": version("gamspy"), "solver": "PATH"}
    lines = [f'"about": {json.dumps(about)}', f'"made_with": {json.dumps(made_with)}']
    lines.append('"market": {\n' + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in market.items()) + "\n}")
    lines.append('"cases": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]")
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def solved(market: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Prices, log wedges of the limits and tonnes of the flows, by PATH; one equation for each unknown, written out one by one."""
    import gamspy as gp
    from gamspy.math import exp, log

    m, n = gp.Container(), len(COUNTRIES)
    sigma, eta, epsilon, re = (given[name] for name in ELASTICITIES)
    price, composite, rent, scarce = {}, {}, {}, {}
    for i in range(n):
        price[i], composite[i] = gp.Variable(m, f"price{i}"), gp.Variable(m, f"composite{i}")
        scarce[i] = gp.Variable(m, f"scarce{i}", "positive")
    for g, high in enumerate(HIGH):
        rent[g] = gp.Variable(m, f"rent{g}", "positive")
        if np.isfinite(high):
            rent[g].up = high
    flows = range(len(FLOWS))
    user_price = {}
    for f in flows:
        user_price[f] = price[market["exporter"][f]] + float(np.log(market["slope"][f]))
        for g, group in enumerate(market["limits"]):
            if f in group:
                user_price[f] = user_price[f] + rent[g]

    def total(terms: list[Any]) -> Any:
        made = terms[0]
        for term in terms[1:]:
            made = made + term
        return made

    volume, passed = {}, {}
    for j in range(n):
        volume[j] = (1 - market["passed_on"][j]) * exp(-eta * composite[j])
        if market["passed_on"][j]:
            passed[j] = market["passed_on"][j] * exp(re * (price[market["hub"].index(j)] - composite[j]))
            volume[j] = volume[j] + passed[j]
    x = {
        f: market["tonnes"][f] * exp(sigma * (composite[market["importer"][f]] - user_price[f])) * volume[market["importer"][f]] for f in flows
    }  # fmt: skip
    matches = {}
    for i in range(n):
        into = [f for f in flows if market["importer"][f] == i]
        prices = gp.Equation(m, f"prices{i}")
        prices[...] = log(total([market["share"][f] * exp((1 - sigma) * user_price[f]) for f in into])) == (1 - sigma) * composite[i]
        supply = market["output"][i] * exp(epsilon * (price[i] - scarce[i]))
        if (j := market["hub"][i]) >= 0:
            supply = supply + total([x[f] for f in flows if market["importer"][f] == j]) * passed[j] / volume[j]
        clearing = gp.Equation(m, f"clearing{i}")
        clearing[...] = log(total([x[f] for f in flows if market["exporter"][f] == i])) == log(supply)
        capacity = gp.Equation(m, f"capacity{i}")
        capacity[...] = float(np.log(market["cap"][i] / market["output"][i])) - epsilon * (price[i] - scarce[i]) >= gp.Number(0)
        matches |= {prices: composite[i], clearing: price[i], capacity: scarce[i]}
    for g, group in enumerate(market["limits"]):
        limit = gp.Equation(m, f"limit{g}")
        slack = float(np.log(given["limit_t"][g])) - log(total([x[f] for f in group]))
        limit[...] = slack >= gp.Number(0)
        matches[limit] = rent[g]
    model = gp.Model(m, "market", problem="MCP", matches=matches)
    model.solve(solver="path", solver_options={"convergence_tolerance": 1e-13})
    level = lambda variable: float(variable.records["level"].iloc[0])  # noqa: E731
    found = {
        "price": [float(np.exp(level(price[i]))) for i in range(n)], "log_wedge": [level(rent[g]) for g in range(len(HIGH))],
        "scarce": [level(scarce[i]) for i in range(n)],
    }  # fmt: skip
    return found | {"tonnes": tonnes(market, given, found)}


def tonnes(market: dict[str, Any], given: dict[str, Any], found: dict[str, Any]) -> list[float]:
    """Flows at the prices found; every condition is checked with them."""
    sigma, eta, epsilon, re = (given[name] for name in ELASTICITIES)
    exporter, importer = np.array(market["exporter"]), np.array(market["importer"])
    price, passed_on = np.array(found["price"]), np.array(market["passed_on"])
    wedge = np.zeros(len(exporter))
    for group, rent in zip(market["limits"], found["log_wedge"], strict=True):
        wedge[group] += rent
    user_price = price[exporter] * np.array(market["slope"]) * np.exp(wedge)
    whole = np.bincount(importer, np.array(market["share"]) * user_price ** (1 - sigma)) ** (1 / (1 - sigma))
    passed = passed_on * (price / whole) ** re  # the only hub is its own user
    volume = (1 - passed_on) * whole**-eta + passed
    flows = np.array(market["tonnes"]) * (whole[importer] / user_price) ** sigma * volume[importer]
    supply = np.minimum(np.array(market["output"]) * price**epsilon, market["cap"]) + np.bincount(importer, flows) * passed / volume
    assert np.abs(np.bincount(exporter, flows) / supply - 1).max() < 1e-11
    for group, rent, limit, high in zip(market["limits"], found["log_wedge"], given["limit_t"], HIGH, strict=True):
        slack = np.log(limit / flows[group].sum())
        assert abs(slack) < 1e-11 or (slack > 0 and abs(rent) < 1e-11) or (slack < 0 and abs(rent - high) < 1e-11)
    return flows.tolist()


if __name__ == "__main__":
    main()
