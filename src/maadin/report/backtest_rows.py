"""Backtests as tidy rows and as one JSON document, with the same names everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from maadin.facts.table import Note, Table

if TYPE_CHECKING:
    from maadin.experiments.backtest import Backtest, Event, Record
    from maadin.experiments.backtest.fitting import Fitted
    from maadin.experiments.backtest.scores import Errors

SCHEMA_VERSION = 1
SCOPES = ("parties", "world")
ERRORS = ("no_change", "reallocation", "model", "ordinary")
COUNTS = ("directions", "coverage", "coverage_wide")
EVENT_COLUMNS = (
    "event", "name", "commodity", "stage", "kind", "grade", "date", "before", "after", "hit_share",
    *(f"{scope}_{name}" for scope in SCOPES for name in (*ERRORS, "skill_no_change", "skill_reallocation")),
    *(f"{name}_{part}" for name in COUNTS for part in ("right", "of")),
    "fitted_factor", "fitted_events", "fitted_parties", "fitted_world", "armington", "setting", "draws", "seed", "status", "why",
)  # fmt: skip
PARTNER_COLUMNS = (
    "event", "exporter", "importer", "hit", "before", "predicted", "observed", "low", "high", "low_wide", "high_wide", "before_t", "predicted_t",
    "observed_t", "right_direction", "inside", "inside_wide",
)  # fmt: skip
LIST_COLUMNS = ("event", "name", "commodity", "stage", "date", "before", "after", "measures")


def events(record: Record) -> Table:
    """A row an event, those that were not run at the end."""
    fitted: Sequence[Fitted | None] = record.fitted or [None] * len(record.tests)
    rows = [_event(test, fit) for test, fit in zip(record.tests, fitted, strict=True)]
    rows += [{**_what(n.event), "status": "not run", "why": n.why} for n in record.not_run]
    return _table("backtests", rows, EVENT_COLUMNS, (source for t in record.tests for source in t.sources))


def partners(test: Backtest) -> Table:
    """A row a route of an event."""
    rows = [{"event": test.event.id, **{name: getattr(p, name) for name in PARTNER_COLUMNS[1:]}} for p in test.partners]
    return _table("backtest", rows, PARTNER_COLUMNS, test.sources)


def listing(listed: Iterable[Event]) -> Table:
    """A row an event that could be run."""
    rows = [{**_what(e), "measures": ";".join(m.noun for m in e.measures)} for e in listed]
    return _table("events", rows, LIST_COLUMNS, ())


def document(record: Record, *, draws: int, seed: int, command: str = "") -> str:
    """The record as JSON."""
    head = {"schema_version": SCHEMA_VERSION, "draws": draws, "seed": seed, "setting": record.model.name, "command": command}
    return _json({**head, **record.to_data()})


def document_of(test: Backtest, *, command: str = "") -> str:
    """One event as JSON: what stands in the record's list of events, by itself."""
    return _json({"schema_version": SCHEMA_VERSION, "command": command, **test.to_data()})


def _event(t: Backtest, fit: Fitted | None) -> dict[str, Any]:
    row = _what(t.event) | {"commodity": t.market.commodity, "stage": t.market.stage, "kind": t.market.kind, "grade": t.market.grade}
    for scope in SCOPES:
        errors: Errors = getattr(t, scope)
        row |= {f"{scope}_{name}": getattr(errors, name) for name in ERRORS}
        row |= {f"{scope}_skill_{name}": errors.skill(name) for name in ERRORS[:2]}
    for name in COUNTS:
        row |= dict(zip((f"{name}_right", f"{name}_of"), getattr(t, name), strict=True))
    if fit is not None:
        row |= {"fitted_factor": fit.factor, "fitted_events": fit.events, "fitted_parties": fit.parties, "fitted_world": fit.world}
    rest = {"hit_share": t.hit_share, "armington": t.armington, "setting": t.model.name, "draws": t.draws, "seed": t.seed, "status": "run"}
    return row | rest


def _what(e: Event) -> dict[str, Any]:
    return {
        "event": e.id, "name": e.name.says("en"), "commodity": e.commodity, "stage": e.stage, "date": e.date.isoformat(), "before": e.before,
        "after": e.after,
    }  # fmt: skip


def _table(name: str, rows: Sequence[dict[str, Any]], columns: Sequence[str], sources: Iterable[tuple[str, str]]) -> Table:
    """Rows with what is not finite left out."""
    cells = tuple(tuple(None if (v := row.get(c)) != v else v for c in columns) for row in rows)
    return Table(Note(name), tuple(columns), cells, (), tuple(dict.fromkeys(sources)))


def _json(plain: dict[str, Any]) -> str:
    return json.dumps(_finite(plain), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and value != value else value
