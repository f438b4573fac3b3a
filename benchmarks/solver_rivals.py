"""What a user would solve the market with otherwise, each in the way its own manual recommends: the equations of `solver_equations` in log prices.

Every program is built once for a case and then solved for one draw after another, the elasticities being parameters where the program has such a thing.
Where it can use all cores for many draws it does. Draws start from the answer at the middle of the elasticities.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
import time
from abc import ABC, abstractmethod
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from solver_equations import Case, Equations, Floats, Parameters

TOLERANCE = 1e-10
TOLD_IPOPT = ("ipopt.tol", "ipopt.constr_viol_tol", "ipopt.acceptable_iter", "ipopt.hessian_approximation")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class Rival(ABC):
    """A program with the market built in it."""

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    quotas: ClassVar[bool] = True
    at_once: ClassVar[int] = 1  # how many draws are solved side by side
    aside = 0.0  # seconds so far that are not to be counted against the program
    measured: ClassVar[int]  # draws that are solved to say how long a thousand take

    def __init__(self, case: Case) -> None:
        self.case = case

    @classmethod
    def missing(cls) -> tuple[str, ...]:
        """Packages that are not installed."""
        return tuple(name for name in cls.needs if importlib.util.find_spec(name) is None)

    def zero(self) -> Floats:
        """The benchmark's own prices, and no rents."""
        return np.zeros(self.case.suppliers + self.case.quotas)

    @abstractmethod
    def solve(self, p: Parameters, start: Floats) -> Floats:
        """Log prices and log rents."""

    def forget(self, other: Parameters) -> None:  # noqa: B027
        """Solve something else if the next solve would start where this one ended."""

    def many(self, draws: list[Parameters], start: Floats) -> Floats:
        """Answers (unknowns, draws)."""
        return np.stack([self.solve(p, start) for p in draws], axis=1)


class Scipy(Rival):
    """scipy.optimize.root with differences for derivatives, its default method hybr."""

    name = "scipy root"
    measured = 100
    needs = ("scipy.optimize",)
    exact: ClassVar[bool] = False
    at_once = CORES

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.equations = Equations(case)

    def solve(self, p: Parameters, start: Floats) -> Floats:
        """One draw."""
        from scipy.optimize import root

        e = self.equations
        with np.errstate(all="ignore"):
            found = root(e.residual, start, args=(p,), jac=e.jacobian if self.exact else None, method="hybr", options={"xtol": TOLERANCE})
        return np.asarray(found.x)

    def many(self, draws: list[Parameters], start: Floats) -> Floats:
        """One process a core."""
        global _of_process
        _of_process = (self, start)
        size = max(1, len(draws) // (4 * CORES))
        with ProcessPoolExecutor(CORES, mp_context=get_context("fork")) as pool:
            return np.stack(list(pool.map(_in_process, draws, chunksize=size)), axis=1)


_of_process: tuple[Scipy, Floats]


def _in_process(p: Parameters) -> Floats:
    rival, start = _of_process
    return rival.solve(p, start)


class ScipyExact(Scipy):
    """The same with the exact Jacobian."""

    name = "scipy root, exact Jacobian"
    measured = 400
    exact = True


class CasadiNewton(Rival):
    """CasADi's Newton method with its own derivatives; LAPACK's dense factors were quicker than its sparse ones here."""

    name = "CasADi Newton"
    measured = 1000
    needs = ("casadi",)
    at_once = CORES

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.solver = self.made()

    def made(self) -> Any:
        """A function of start and parameters."""
        import casadi

        z, p, residual = casadi_equations(self.case)
        options = {"abstol": TOLERANCE, "max_iter": 50, "linear_solver": "lapacklu", "error_on_fail": False}
        return casadi.rootfinder("market", "newton", {"x": z, "p": p, "g": residual}, options)

    def answer(self, solver: Any, start: Floats, parameters: Floats) -> Floats:
        """What the function says, (unknowns,) or (unknowns, draws)."""
        return np.asarray(solver(x0=start, p=parameters)["x"])

    def solve(self, p: Parameters, start: Floats) -> Floats:
        """One draw."""
        return self.answer(self.solver, start, p.vector())[:, 0]

    def many(self, draws: list[Parameters], start: Floats) -> Floats:
        """CasADi's own map over threads."""
        parameters = np.stack([p.vector() for p in draws], axis=1)
        solver = self.solver.map(len(draws), "thread", CORES)
        return self.answer(solver, np.repeat(start[:, None], len(draws), axis=1), parameters)


class CasadiIpopt(CasadiNewton):
    """IPOPT with the derivatives of CasADi: the equations as constraints, nothing to minimise."""

    name = "CasADi + IPOPT"
    measured = 400

    def made(self) -> Any:
        """A function of start and parameters."""
        import casadi

        z, p, residual = casadi_equations(self.case)
        return casadi.nlpsol("market", "ipopt", {"x": z, "p": p, "f": 0, "g": residual}, ipopt_options())

    def answer(self, solver: Any, start: Floats, parameters: Floats) -> Floats:
        """What the function says, (unknowns,) or (unknowns, draws)."""
        nothing, bound = np.zeros_like(start), np.full_like(start, np.inf)  # said in full: a mapped function takes no defaults
        return np.asarray(solver(x0=start, p=parameters, lbg=nothing, ubg=nothing, lbx=-bound, ubx=bound)["x"])


def ipopt_options() -> dict[str, Any]:
    """As tight as the others, silent; limited memory saves second derivatives, which a square system does not need."""
    return {
        "print_time": False, "ipopt.print_level": 0, "ipopt.sb": "yes", "ipopt.tol": TOLERANCE, "ipopt.constr_viol_tol": TOLERANCE,
        "ipopt.acceptable_iter": 0, "ipopt.hessian_approximation": "limited-memory", "error_on_fail": False,
    }  # fmt: skip


def casadi_equations(case: Case) -> tuple[Any, Any, Any]:
    """Unknowns, parameters and residual as CasADi expressions; powers once a supplier and user, sums as sparse products."""
    import casadi
    from casadi import DM, SX, exp, log

    c, n = case, case.suppliers
    z, p = SX.sym("z", n + c.quotas), SX.sym("p", 3 + n)
    sigma, eta, re_export, epsilon, price = p[0], p[1], p[2], p[3:], z[:n]
    flows = casadi.Sparsity.triplet(n, c.users, c.exporter.tolist(), c.importer.tolist())
    order = np.lexsort((c.exporter, c.importer))  # by column, as CasADi stores them

    def matrix(values: Any) -> Any:
        return SX(flows, values[order.tolist()])

    wedge = SX(DM(c.wedge))
    for group, flow in zip(c.group.tolist(), c.limited.tolist(), strict=True):
        wedge[flow] += z[n + group]
    by_tonnes = casadi.diag(exp(-sigma * price)) @ matrix(DM(c.tonnes) * exp(-sigma * wedge))
    by_value = casadi.diag(exp((1 - sigma) * price)) @ matrix(DM(c.share) * exp((1 - sigma) * wedge))
    composite = log(casadi.sum1(by_value).T) / (1 - sigma)
    volume = DM(1 - c.passed_on) * exp(-eta * composite)
    passed = DM(c.passed_on[c.at_hub]) * exp(re_export * (price[c.hub.tolist()] - composite[c.at_hub.tolist()]))
    for at, user in enumerate(c.at_hub.tolist()):
        volume[user] += passed[at]
    bought = exp(sigma * composite) * volume
    demand = by_tonnes @ bought
    supply = DM(c.output) * exp(epsilon * price)
    for i in c.capped.tolist():
        supply[i] = casadi.fmin(supply[i], float(c.cap[i]))
    intake = casadi.sum1(by_tonnes).T * bought
    for at, (i, user) in enumerate(zip(c.hub.tolist(), c.at_hub.tolist(), strict=True)):
        supply[i] += intake[user] * passed[at] / volume[user]
    residual = log(demand / supply)
    if c.quotas:
        carried = SX.zeros(c.quotas)
        for group, flow in zip(c.group.tolist(), c.limited.tolist(), strict=True):
            i, j = int(c.exporter[flow]), int(c.importer[flow])
            carried[group] += by_tonnes[i, j] * bought[j]
        rent, slack = z[n:], log(DM(c.limit_t) / carried)
        residual = casadi.vertcat(residual, rent + slack - casadi.sqrt(rent**2 + slack**2))
    return z, p, residual


class PyomoIpopt(Rival):
    """Pyomo with an `ipopt` executable, or, without one, its .nl file solved by the IPOPT that comes with CasADi.

    What CasADi takes to read the file and set up derivatives is then left out: AMPL's library, which the executable has, does it in milliseconds.
    """

    name = "Pyomo + IPOPT"
    measured = 6
    needs = ("pyomo", "casadi")
    quotas = False

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.folder = tempfile.TemporaryDirectory()
        self.model = self.made()

    def made(self) -> Any:
        """The model with composite prices as unknowns of their own, as a modelling language wants it."""
        import pyomo.environ as po

        c, m = self.case, po.ConcreteModel()
        m.i, m.j = po.RangeSet(0, c.suppliers - 1), po.RangeSet(0, c.users - 1)
        m.sigma, m.eta, m.re = (po.Param(mutable=True, initialize=1.0) for _ in range(3))
        m.epsilon = po.Param(m.i, mutable=True, initialize=1.0)
        m.price, m.composite = po.Var(m.i, initialize=0.0), po.Var(m.j, initialize=0.0)
        of_exporter = [np.flatnonzero(c.exporter == i).tolist() for i in range(c.suppliers)]
        of_importer = [np.flatnonzero(c.importer == j).tolist() for j in range(c.users)]
        hub_of = dict(zip(c.at_hub.tolist(), c.hub.tolist(), strict=True))
        user_of = {i: j for j, i in hub_of.items()}

        def passed(j: int) -> Any:
            return float(c.passed_on[j]) * po.exp(m.re * (m.price[hub_of[j]] - m.composite[j]))

        def volume(m: Any, j: int) -> Any:
            use = float(1 - c.passed_on[j]) * po.exp(-m.eta * m.composite[j])
            return use + passed(j) if j in hub_of else use

        def flow(m: Any, f: int) -> Any:
            i, j = int(c.exporter[f]), int(c.importer[f])
            return float(c.tonnes[f]) * po.exp(m.sigma * (m.composite[j] - m.price[i] - float(c.wedge[f]))) * m.volume[j]

        def index(m: Any, j: int) -> Any:
            terms = (float(c.share[f]) * po.exp((1 - m.sigma) * (m.price[int(c.exporter[f])] + float(c.wedge[f]))) for f in of_importer[j])
            return po.log(sum(terms)) / (1 - m.sigma) == m.composite[j]

        def clearing(m: Any, i: int) -> Any:
            own = float(c.output[i]) * po.exp(m.epsilon[i] * m.price[i])
            if np.isfinite(c.cap[i]):
                own = 0.5 * (own + float(c.cap[i]) - abs(own - float(c.cap[i])))
            if i in user_of:
                j = user_of[i]
                own = own + sum(m.flow[f] for f in of_importer[j]) * passed(j) / m.volume[j]
            return po.log(sum(m.flow[f] for f in of_exporter[i])) == po.log(own)

        m.volume = po.Expression(m.j, rule=volume)
        m.flow = po.Expression(po.RangeSet(0, len(c.exporter) - 1), rule=flow)
        m.prices, m.clearing = po.Constraint(m.j, rule=index), po.Constraint(m.i, rule=clearing)
        m.nothing = po.Objective(expr=0.0)
        return m

    def solve(self, p: Parameters, start: Floats) -> Floats:
        """Set the parameters, write the file, solve."""
        m = self.model
        m.sigma, m.eta, m.re = p.sigma, p.eta, p.re_export
        for i, value in enumerate(p.epsilon.tolist()):
            m.epsilon[i] = value
        for i, value in enumerate(start.tolist()):
            m.price[i].value = value
        for j in m.j:
            m.composite[j].value = 0.0
        return self.by_executable() if shutil.which("ipopt") else self.by_file()

    def by_executable(self) -> Floats:
        """The usual way."""
        import pyomo.environ as po

        solver = po.SolverFactory("ipopt")
        solver.options.update({name.removeprefix("ipopt."): value for name, value in ipopt_options().items() if name in TOLD_IPOPT})
        solver.solve(self.model, load_solutions=True)
        return np.array([self.model.price[i].value for i in self.model.i])

    def by_file(self) -> Floats:
        """The file that Pyomo writes for solvers, read by CasADi."""
        import casadi

        file = str(Path(self.folder.name) / "market.nl")
        _, symbols = self.model.write(file, io_options={"symbolic_solver_labels": False})
        began = time.perf_counter()
        problem = casadi.NlpBuilder()
        problem.import_nl(file)
        x = casadi.vertcat(*problem.x)
        parts = {"x": x, "f": problem.f, "g": casadi.vertcat(*problem.g)}
        nlp = casadi.nlpsol("market", "ipopt", parts, {"expand": True, **ipopt_options()})
        self.aside += time.perf_counter() - began
        found = np.asarray(nlp(x0=problem.x_init, lbg=problem.g_lb, ubg=problem.g_ub)["x"])[:, 0]
        names = self.model.solutions.symbol_map[symbols]
        for at, value in enumerate(found.tolist()):
            names.bySymbol[f"v{at}"].value = value
        return np.array([self.model.price[i].value for i in self.model.i])


class GamspyPath(Rival):
    """PATH through GAMSPy with the licence that comes with it: a frozen model whose elasticities change. Capacities and quotas are rents."""

    name = "GAMSPy + PATH"
    measured = 100
    needs = ("gamspy",)

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.made()

    def made(self) -> None:
        """The complementarity problem, frozen so that a change of elasticities does not build it again."""
        import gamspy as gp
        import pandas as pd
        from gamspy.math import exp, log

        c = self.case
        self.container = m = gp.Container()
        supplier, user = [f"i{at}" for at in range(c.suppliers)], [f"j{at}" for at in range(c.users)]
        routes = pd.DataFrame({"i": [supplier[at] for at in c.exporter], "j": [user[at] for at in c.importer]})
        i = gp.Set(m, "i", records=supplier)
        j = gp.Set(m, "j", records=user)
        k = gp.Alias(m, "k", i)
        r = gp.Set(m, "r", [i, j], records=routes)
        feeds = gp.Set(m, "feeds", [i, j], records=[(supplier[a], user[b]) for a, b in zip(c.hub, c.at_hub, strict=True)])
        share, tonnes, wedge = (
            gp.Parameter(m, name, [i, j], records=routes.assign(value=values))
            for name, values in (("share", c.share), ("tonnes", c.tonnes), ("wedge", c.wedge))
        )
        output = gp.Parameter(m, "output", [i], records=list(zip(supplier, c.output, strict=True)))
        passed_on = gp.Parameter(m, "passed_on", [j], records=list(zip(user, c.passed_on, strict=True)))
        sigma, eta, re = (gp.Parameter(m, name, records=value) for name, value in (("sigma", 5.0), ("eta", 0.5), ("re", 4.5)))
        epsilon = gp.Parameter(m, "epsilon", [i], records=[(supplier[at], 1.0) for at in np.flatnonzero(c.output)])
        self.supplier, self.parameters = supplier, (sigma, eta, re, epsilon)
        price, composite, volume = (gp.Variable(m, name, domain=[d]) for name, d in (("price", i), ("composite", j), ("volume", j)))
        self.price, matches, changes = price, {}, list(self.parameters)

        def user_price(i: Any) -> Any:
            logs = price[i] + wedge[i, j]
            return logs + gp.Sum(gp.Domain(h).where[under[h, i, j]], rent[h]) if c.quotas else logs

        if c.quotas:
            g = gp.Set(m, "g", records=[f"g{at}" for at in range(c.quotas)])
            h = gp.Alias(m, "h", g)
            pairs = [(f"g{a}", *routes.iloc[b]) for a, b in zip(c.group, c.limited, strict=True)]
            under = gp.Set(m, "under", [g, i, j], records=pairs)
            limit = gp.Parameter(m, "limit", [g], records=[(f"g{at}", t) for at, t in enumerate(c.limit_t)])
            self.rent = rent = gp.Variable(m, "rent", "positive", [g])

        def flow(i: Any) -> Any:
            return tonnes[i, j] * exp(sigma * (composite[j] - user_price(i)) + volume[j])

        def passed(i: Any) -> Any:
            return passed_on[j] * exp(re * (price[i] - composite[j]))

        index = gp.Equation(m, "index", domain=[j])
        index[j] = log(gp.Sum(r[i, j], share[i, j] * exp((1 - sigma) * user_price(i)))) == (1 - sigma) * composite[j]
        bought = gp.Equation(m, "bought", domain=[j])
        bought[j] = log((1 - passed_on[j]) * exp(-eta * composite[j]) + gp.Sum(feeds[i, j], passed(i))) == volume[j]
        own = price[i]
        if len(c.capped):
            full = gp.Set(m, "full", [i], records=[supplier[at] for at in c.capped])
            room = gp.Parameter(m, "room", [i], records=[(supplier[at], np.log(c.cap[at] / c.output[at])) for at in c.capped])
            scarce = gp.Variable(m, "scarce", "positive", [i])
            capacity = gp.Equation(m, "capacity", domain=[i])
            capacity[full[i]] = room[i] - epsilon[i] * (price[i] - scarce[i]) >= gp.Number(0)
            own = price[i] - scarce[i]
            scarce.fx[i].where[~full[i]] = 0
            matches[capacity] = scarce
        clearing = gp.Equation(m, "clearing", domain=[i])
        again = gp.Sum(feeds[i, j], passed(i) * exp(-volume[j]) * gp.Sum(r[k, j], flow(k)))
        clearing[i] = log(gp.Sum(r[i, j], flow(i))) == log(output[i] * exp(epsilon[i] * own) + again)
        matches |= {index: composite, bought: volume, clearing: price}
        if c.quotas:
            quota = gp.Equation(m, "quota", domain=[g])
            quota[g] = log(limit[g]) - log(gp.Sum(gp.Domain(i, j).where[under[g, i, j]], flow(i))) >= gp.Number(0)
            matches[quota] = rent
        self.model = gp.Model(m, "market", problem="MCP", matches=matches)
        self.model.freeze(modifiables=changes)

    def solve(self, p: Parameters, start: Floats) -> Floats:
        """Set the parameters and solve from where the last solve ended."""
        sigma, eta, re, epsilon = self.parameters
        for parameter, value in ((sigma, p.sigma), (eta, p.eta), (re, p.re_export)):
            parameter.setRecords(value)
        epsilon.setRecords([(self.supplier[at], p.epsilon[at]) for at in np.flatnonzero(self.case.output)])
        self.model.solve(solver="path", solver_options={"convergence_tolerance": TOLERANCE})
        found = self.price.records["level"].to_numpy()
        return np.concatenate([found, self.rent.records["level"].to_numpy()]) if self.case.quotas else found

    def forget(self, other: Parameters) -> None:
        """A frozen model starts from its last answer."""
        self.solve(other, self.zero())


RIVALS: dict[str, type[Rival]] = {r.name: r for r in (Scipy, ScipyExact, CasadiNewton, CasadiIpopt, PyomoIpopt, GamspyPath)}
