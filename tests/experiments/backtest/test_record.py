"""The record: every event stands in it, its sums are those of its events, and an event that cannot be run says why."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from statistics import fmean

import pytest

from maadin.experiments.backtest import Event, Record, keep_record


def test_events_stand_by_date_and_none_is_left_out(of_both: Record) -> None:
    assert [t.event.id for t in of_both.tests] == ["indonesian-nickel", "russian-aluminium"]
    assert not of_both.not_run


def test_an_event_alone_and_in_the_record_are_the_same(of_both: Record, duty: object, ban: object) -> None:
    assert [t.to_data() for t in of_both.tests] == [t.to_data() for t in (ban, duty)]  # type: ignore[attr-defined]  # fixtures


@pytest.mark.parametrize("scope", ["parties", "world"])
def test_a_summary_is_the_sum_of_its_events(of_both: Record, scope: str) -> None:
    s = of_both.summary(scope=scope)
    assert s is not None
    errors = [getattr(t, scope) for t in of_both.tests]
    assert s.events == 2 and s.beaten_both <= min(s.beaten_no_change, s.beaten_reallocation)
    for name in ("no_change", "reallocation", "model", "ordinary"):
        assert getattr(s, name) == pytest.approx(fmean(getattr(e, name) for e in errors))
    for name in ("no_change", "reallocation"):
        assert getattr(s, f"beaten_{name}") == sum(e.model < getattr(e, name) for e in errors)
        assert getattr(s, f"skill_{name}") == pytest.approx(1 - s.model / getattr(s, name))
    assert s.directions == tuple(sum(t.directions[n] for t in of_both.tests) for n in (0, 1))


def test_kinds_of_markets_stand_apart(of_both: Record) -> None:
    assert [(s.kind, s.scope, s.events) for s in of_both.summaries()] == [
        (None, "parties", 2), (None, "world", 2), ("balanced", "parties", 1), ("balanced", "world", 1), ("imports_only", "parties", 1),
        ("imports_only", "world", 1),
    ]  # fmt: skip


def test_few_events_fit_nothing(of_both: Record) -> None:
    s = of_both.summary()
    assert of_both.fitted == () and s is not None and math.isnan(s.fitted) and s.beaten_by_fitted == 0


def test_an_event_that_cannot_be_run_says_why(nickel: Event, made_event: Callable[..., Event]) -> None:
    nowhere = made_event({"embargo": {"importer": "PER", "exporter": "MMR"}}, commodity="tin")
    told: list[str] = []
    record = keep_record([nowhere, nickel], draws=0, report=told.append)
    assert [n.event.id for n in record.not_run] == ["made"] and "act on no trade" in record.not_run[0].why
    assert told == ["indonesian-nickel", "made"]
    alone = keep_record([nowhere], draws=0)
    assert alone.summary() is None and alone.summaries() == ()
    assert json.loads(json.dumps(alone.to_data()))["not_run"][0]["why"] == record.not_run[0].why


def test_it_is_plain_json(of_both: Record) -> None:
    data = of_both.to_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema_version"] == 1 and len(data["events"]) == 2 and data["summary"][0]["fitted"] is None
    assert data["summary"][0]["directions"].keys() == {"right", "of"}
