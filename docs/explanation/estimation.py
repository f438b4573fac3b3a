"""Tables of docs/explanation/estimation.md. Run: python docs/explanation/estimation.py [--events DIR]

Gravity needs the extra `fit` and is left out without it. Backtests take the events that come with the package, or those of a folder.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from maadin.errors import InputError, MaadinError
from maadin.experiments.backtest.event import Event, events, find
from maadin.experiments.backtest.model import Model
from maadin.experiments.backtest.run import backtest
from maadin.experiments.estimation.differences import double_differences
from maadin.experiments.estimation.errors import estimate
from maadin.experiments.estimation.gravity import gravity
from maadin.experiments.estimation.hybrid import fit
from maadin.experiments.estimation.leave_out import with_panel
from maadin.experiments.estimation.moments import Forms, Moments, moments
from maadin.experiments.estimation.panel import read
from maadin.experiments.estimation.products import ESTIMATORS, catalogue_codes, estimate_panel
from maadin.facts import catalogue
from maadin.facts.store import Store, default_store
from maadin.market.elasticities import Pooled
from maadin.market.estimated import Estimated, shipped

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "experiments" / "estimation"))
from simulated import simulated

PRODUCTS = 25
SAMPLE = ("760110", "260300", "283691", "250410", "270900", "260111")
WORLDS: dict[str, dict[str, float]] = {
    "tonnes right": {},
    "tonnes wrong by 10 %": {"error": 0.1},
    "8 importers": {"importers": 8},
    "substitution differs between importers": {"sigma_spread": 0.5},
    "tonnes wrong by 15 %, lumpy demand": {"error": 0.15, "lumps": 0.5},
}
PANELS = 25


def line(*cells: object) -> None:
    """One row of a table."""
    sys.stdout.write("| " + " | ".join(str(c) for c in cells) + " |\n")


def published(store: Store) -> dict[str, dict[str, float]]:
    """Middles of the published sets by code."""
    found: dict[str, dict[str, float]] = {"broda_weinstein": {}, "protee": {}}
    for family, code, mid in store.rows(
        "select family, hs6, mid from elasticities where kind = 'armington' and length(hs6) = 6 and mid is not null order by all"
    ):
        if family in found:
            found[family][code] = float(mid)
    return found


def counts() -> None:
    """How many codes each method estimates, and why others fail."""
    for (parameter, method, status), count in sorted(Counter((r.parameter, r.method, r.status) for r in shipped()).items()):
        line(parameter, method, status, count)
    reasons = Counter(
        r.why if r.status != "too few data" or r.importers == 0 else "too few importers"
        for r in shipped()
        if r.parameter == "armington" and r.method == "hybrid"
    )
    for why, count in reasons.most_common():
        line(why or "inside the region", count)


def literature(store: Store) -> None:
    """The largest products beside published values, and rank correlations over all."""
    sets = published(store)
    rows = {(r.code, r.parameter, r.method): r for r in shipped()}
    traded = store.rows(
        "select hs6, sum(value_usd) from trade where series = 'baci-hs92-v202601' and year = 2024 group by 1 order by 2 desc"
    )
    name = {
        c.code: f"{commodity.id}, {stage.id}"
        for commodity in reversed(catalogue.commodities().values())
        for stage in commodity.stages
        for c in stage.hs6
    }
    for code in [c for c, _ in traded if c in catalogue_codes()][:PRODUCTS]:
        line(
            code, name[code], printed(rows[code, "armington", "feenstra"]), printed(rows[code, "armington", "hybrid"]), by_gravity(store, code),
            *(f"{sets[s][code]:.1f}" if code in sets[s] else "" for s in sets), printed(rows[code, "supply", "hybrid"]),
        )  # fmt: skip
    for method in ("feenstra", "hybrid"):
        ours = {r.code: r.estimate for r in shipped() if (r.parameter, r.method, r.status) == ("armington", method, "estimated")}
        line(method, len(ours), f"median {np.median(list(ours.values())):.1f}")
        for family, values in sets.items():
            both = sorted(ours.keys() & values.keys())
            rank = spearmanr([ours[c] for c in both], [values[c] for c in both])
            medians = [np.median([v[c] for c in both]) for v in (ours, values)]
            line(method, family, len(both), *(f"{m:.1f}" for m in medians), f"{rank.statistic:.2f}", f"{rank.pvalue:.2f}")
    both = sorted(sets["protee"].keys() & sets["broda_weinstein"].keys())
    line("protee", "broda_weinstein", len(both), f"{spearmanr(*([sets[s][c] for c in both] for s in sets)).statistic:.2f}")


def printed(row: Estimated) -> str:
    """An estimate with its interval, or why there is none."""
    if row.status != "estimated":
        return {"infeasible": "-", "too few data": "too few"}[row.status]
    return f"{row.estimate:.1f} ({row.p05:.1f}-{row.p95:.0f})"


def by_gravity(store: Store, code: str) -> str:
    """Gravity's estimate and standard error."""
    panel = read(store, code)
    try:
        found = gravity(panel) if panel is not None else None
    except (ImportError, InputError):
        found = None
    return f"{found.armington:.1f} ({found.standard_error:.1f})" if found else ""


def noise(store: Store) -> None:
    """How one year's change of relative unit values goes with the next, and how their variance falls with the size of flows."""
    for code in SAMPLE:
        panel = read(store, code)
        assert panel is not None
        d = double_differences(panel)
        following = (d.variety[1:] == d.variety[:-1]) & (d.year[1:] == d.year[:-1] + 1)
        tenth = np.argsort(np.argsort(d.noise)) * 10 // len(d.noise)
        large = following & (tenth[1:] == 0)
        both = [np.mean((d.price[1:] * d.price[:-1])[w]) / np.mean(d.price[1:][w] ** 2) for w in (following, large)]
        ends = [(np.mean(d.price[tenth == n] ** 2), np.median(d.noise[tenth == n] ** -0.5)) for n in (9, 0)]
        line(code, *(f"{b:.2f}" for b in both), f"{ends[0][0] / ends[1][0]:.1f}", f"{ends[1][1] / ends[0][1]:.0f}")


def sensitivity(store: Store) -> None:
    """Median estimates by how large a step of a unit value is believed."""
    panels = [p for p in (read(store, code) for code in catalogue_codes()) if p is not None]
    for factor in (1.5, 3.0, 1e9):
        found: dict[str, list[float]] = {}
        for panel in panels:
            differences = double_differences(panel, largest_step=float(np.log(factor)))
            if len(differences.importers) < 5 or len(differences.exporters) < 30:
                continue
            for method, estimator in ESTIMATORS.items():
                sums = moments(differences, weighted=method == "feenstra")
                fitted = fit(estimator, sums.resampled(np.ones((1, sums.clusters))), sums.observations)
                with np.errstate(divide="ignore"):
                    found.setdefault(method, []).append(float(1 + 1 / fitted.a[0]))
        line(f"{factor:g}", *(f"{np.median(v):.1f}" for v in found.values()))


def pooled_panel(store: Store) -> None:
    """One system for all codes together, whose clusters are importers of a code."""
    sums = [
        moments(double_differences(p), weighted=w)
        for w in (True, False)
        for p in (read(store, c) for c in catalogue_codes())
        if p is not None
    ]
    half = len(sums) // 2
    for method, part in (("feenstra", sums[:half]), ("hybrid", sums[half:])):
        used = [m for m in part if m.forms.total.shape[1] == 4 and m.observations]
        forms = Forms(*(np.concatenate([m.forms[n] for m in used]) for n in range(3)))
        whole = Moments(forms, *(sum(getattr(m, n) for m in used) for n in ("observations", "varieties", "importers")))
        found = estimate(ESTIMATORS[method], whole, rng=np.random.default_rng(0))
        line(
            method,
            len(used),
            f"{found.armington.estimate:.1f} ({found.armington.low:.1f}-{found.armington.high:.1f})",
            found.where,
            f"{found.inside:.0%}",
        )


def simulations() -> None:
    """Estimates of panels whose elasticities are known."""
    for sigma, omega in ((4, 0.5), (8, 0.3), (15, 0.15)):
        for world, settings in WORLDS.items():
            found = [estimate_panel(simulated(sigma, omega, years=30, seed=seed, **settings), draws=200) for seed in range(PANELS)]
            cells = []
            for parameter, truth in (("armington", sigma), ("supply", 1 / omega)):
                for method in ("feenstra", "hybrid"):
                    rows = [r for rows in found for r in rows if (r.parameter, r.method) == (parameter, method)]
                    middle = np.median([np.inf if r.estimate is None else r.estimate for r in rows])
                    covered = np.mean([(r.p05 or 0) <= truth <= (r.p95 or 0) for r in rows])
                    cells.append(f"{middle:.1f} ({covered:.0%})")
            line(f"{sigma}, {1 / omega:.1f}", world, *cells)


def halves(store: Store) -> None:
    """Estimates from the first and from the second half of the years."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for code in catalogue_codes():
        parts = [read(store, code, first_year=first, last_year=last) for first, last in ((1995, 2009), (2010, 2024))]
        rows = [estimate_panel(p) for p in parts if p is not None]
        for early, late in zip(*rows, strict=True) if len(rows) == 2 else ():
            if early.status == late.status == "estimated":
                found.setdefault((early.parameter, early.method), []).append((early.estimate or 0, late.estimate or 0))
    for (parameter, method), pairs in sorted(found.items()):
        early_values, late_values = np.array(pairs).T
        line(
            parameter,
            method,
            len(pairs),
            f"{np.median(early_values):.1f}",
            f"{np.median(late_values):.1f}",
            f"{spearmanr(early_values, late_values).statistic:.2f}",
        )


@dataclass(frozen=True)
class PanelModel(Model):
    """The model with the panel as one more source, or as the only one, from years before the event."""

    last_year: int = 0
    alone: bool = False

    def pooled(self, published: Pooled) -> Pooled:
        """With the panel."""
        return with_panel(published, self.last_year, alone=self.alone)


def backtests(folder: Path | None) -> None:
    """Errors over events with and without the panel."""
    chosen: list[Event] = [find(p) for p in sorted(folder.glob("*.yaml"))] if folder else [find(e) for e in events()]
    scores = []
    for event in chosen:
        settings = (Model(), PanelModel("panel", last_year=event.before), PanelModel("panel alone", last_year=event.before, alone=True))
        try:
            tests = [backtest(event, m, draws=0) for m in settings]
        except MaadinError as error:
            sys.stderr.write(f"{event.id} is not run: {str(error).splitlines()[0]}\n")
            continue
        errors = [t.parties.model for t in tests]
        if max(errors) > 0:
            scores.append((event.id, [t.armington for t in tests], errors))
    table = np.array([errors for _, _, errors in scores])
    moved = [(i, s, e) for i, s, e in scores if s[0] != s[1]]
    line("all", len(scores), *(f"{m:.4f}" for m in table.mean(axis=0)))
    line(
        "with an estimate",
        len(moved),
        *(f"{m:.4f}" for m in np.mean([e for _, _, e in moved], axis=0)),
        *(f"{m:.4f}" for m in np.median([e for _, _, e in moved], axis=0)),
    )
    for at, name in ((1, "one more"), (2, "alone")):
        change = np.array([e[at] - e[0] for _, _, e in moved])
        line(name, f"better {np.sum(change < -1e-4)}", f"worse {np.sum(change > 1e-4)}", f"the same {np.sum(np.abs(change) <= 1e-4)}")
    for identity, sigmas, errors in sorted(moved, key=lambda row: row[2][1] - row[2][0]):
        if abs(errors[1] - errors[0]) > 0.002:
            line(identity, *(f"{s:.1f}" for s in sigmas), *(f"{e:.3f}" for e in errors))


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=Path)
    given = parser.parse_args()
    store = default_store()
    counts()
    literature(store)
    halves(store)
    pooled_panel(store)
    noise(store)
    sensitivity(store)
    simulations()
    backtests(given.events)


if __name__ == "__main__":
    main()
