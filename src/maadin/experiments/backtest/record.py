"""The record: every event, how often each baseline is beaten and by how much, and what an elasticity fitted on the other events would have changed.

Events on balanced markets and events on markets known by their imports only stand apart. No event is left out; one that cannot be run says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from maadin.errors import MaadinError
from maadin.experiments.backtest.event import Event
from maadin.experiments.backtest.fitting import Fitted, leave_one_out
from maadin.experiments.backtest.model import Model
from maadin.experiments.backtest.run import DRAWS, Backtest, backtest
from maadin.experiments.backtest.scores import Errors
from maadin.facts.store import Store
from maadin.market.benchmark import Kind

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class NotRun:
    """An event that could not be run, and why."""

    event: Event
    why: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A table of the record in figures.

    Attributes
    ----------
    kind : str or None
        balanced or imports_only; None for all events.
    scope : str
        parties or world.
    events : int
    beaten_no_change, beaten_reallocation, beaten_both : int
        Events in which the model's error is smaller.
    skill_no_change, skill_reallocation : float
        1 less the sum of the model's errors over the sum of the baseline's.
    no_change, reallocation, model, fitted : float
        Mean errors; fitted with the elasticity chosen on the other events.
    ordinary : float
        Mean of what the same shares move by in ordinary times; nan where no event knows it.
    beaten_by_fitted : int
        Events in which the fitted elasticity beats proportional reallocation.
    directions, coverage, coverage_wide : (int, int)
        Partners right, and in all.
    """

    kind: Kind | None
    scope: str
    events: int
    beaten_no_change: int
    beaten_reallocation: int
    beaten_both: int
    skill_no_change: float
    skill_reallocation: float
    no_change: float
    reallocation: float
    model: float
    fitted: float
    ordinary: float
    beaten_by_fitted: int
    directions: tuple[int, int]
    coverage: tuple[int, int]
    coverage_wide: tuple[int, int]

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        values = {f: getattr(self, f) for f in Summary.__slots__}
        counted = {f: dict(zip(("right", "of"), v, strict=True)) for f, v in values.items() if isinstance(v, tuple)}
        return {f: None if v != v else v for f, v in values.items()} | counted


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Backtests of many events.

    Attributes
    ----------
    model : Model
    tests : tuple of Backtest
        By date.
    fitted : tuple of Fitted
        Of each test; empty where there are too few events.
    not_run : tuple of NotRun
    """

    model: Model
    tests: tuple[Backtest, ...]
    fitted: tuple[Fitted, ...]
    not_run: tuple[NotRun, ...]

    def summary(self, kind: Kind | None = None, scope: str = "parties") -> Summary | None:
        """The figures of a table; None where it has no event."""
        chosen = [at for at, t in enumerate(self.tests) if kind in (None, t.market.kind)]
        return _summed(self, chosen, kind, scope) if chosen else None

    def summaries(self) -> tuple[Summary, ...]:
        """All tables, those of all events first."""
        kinds: tuple[Kind | None, ...] = (None, "balanced", "imports_only")
        return tuple(s for kind in kinds for scope in ("parties", "world") if (s := self.summary(kind, scope)) is not None)

    def to_data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "summary": [s.to_data() for s in self.summaries()],
            "events": [t.to_data() | ({"fitted": self.fitted[n].to_data()} if self.fitted else {}) for n, t in enumerate(self.tests)],
            "not_run": [{"event": n.event.to_data(), "why": n.why} for n in self.not_run],
        }


def keep_record(
    events: Sequence[Event], model: Model | None = None, *, draws: int = DRAWS, seed: int = 0, fit: bool = True, store: Store | None = None,
    report: Callable[[str], None] | None = None,
) -> Record:  # fmt: skip
    """Score the model on events.

    Parameters
    ----------
    events : sequence of Event
    model : Model, optional
        As `maadin simulate` runs it without one.
    draws, seed : int
    fit : bool
        Also fit the level of the elasticities of substitution, for each event on the others.
    store : Store, optional
    report : callable, optional
        Told which event is being run.
    """
    say = report or (lambda step: None)
    used = model or Model()
    tests, missed = [], []
    for event in sorted(events, key=lambda e: (e.date, e.id)):
        say(event.id)
        try:
            tests.append(backtest(event, used, draws=draws, seed=seed, store=store))
        except MaadinError as error:
            missed.append(NotRun(event, str(error).splitlines()[0]))
    fitted = leave_one_out(tests, store=store, report=say) if fit else ()
    return Record(used, tuple(tests), fitted, tuple(missed))


def _summed(record: Record, chosen: list[int], kind: Kind | None, scope: str) -> Summary:
    tests = [record.tests[at] for at in chosen]
    errors: list[Errors] = [getattr(t, scope) for t in tests]
    fits = [getattr(record.fitted[at], scope) for at in chosen] if record.fitted else []

    def total(name: str) -> tuple[int, int]:
        parts = [getattr(t, name) for t in tests]
        return sum(p[0] for p in parts), sum(p[1] for p in parts)

    def mean(name: str) -> float:
        return fmean(getattr(e, name) for e in errors)

    model, usual = mean("model"), [e.ordinary for e in errors if e.ordinary == e.ordinary]
    return Summary(
        kind=kind, scope=scope, events=len(tests), beaten_no_change=sum(e.beats("no_change") for e in errors),
        beaten_reallocation=sum(e.beats("reallocation") for e in errors),
        beaten_both=sum(e.beats("no_change") and e.beats("reallocation") for e in errors),
        skill_no_change=1 - model / mean("no_change"), skill_reallocation=1 - model / mean("reallocation"), no_change=mean("no_change"),
        reallocation=mean("reallocation"), model=model, fitted=fmean(fits) if fits else float("nan"),
        ordinary=fmean(usual) if usual else float("nan"),
        beaten_by_fitted=sum(f < e.reallocation for f, e in zip(fits, errors, strict=True)) if fits else 0,
        directions=total("directions"), coverage=total("coverage"), coverage_wide=total("coverage_wide"),
    )  # fmt: skip
