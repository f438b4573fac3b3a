"""Bans and controls that a verb and a flow make together."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "instrument", "direction", "status"),
    [
        ("Peru put a stop to overseas sales of unrefined zinc.", "ban", "export", "in_force"),
        ("Peru will put a stop to overseas sales of unrefined zinc.", "ban", "export", "announced"),
        ("Peru forbade foreign purchases and imports of zinc.", "ban", "import", "in_force"),
        ("Peru cracked down on shipments of zinc.", "export_control", "export", "in_force"),
        ("أوصدت بيرو الباب أمام صادرات الزنك الخام.", "ban", "export", "in_force"),
        ("ضيقت بيرو الخناق على صادرات الزنك.", "export_control", "export", "in_force"),
    ],
)
def test_a_verb_and_a_flow_make_a_restraint(only: Any, text: str, instrument: str, direction: str, status: str) -> None:
    s = only(text)
    assert (s.instrument, s.direction, s.actor, s.commodity, s.status) == (instrument, direction, ("PER",), ("zinc",), status)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Exports of zinc from Peru are no longer allowed.", "in_force"),
        ("Exports of zinc from Peru will be barred.", "announced"),
        ("صادرات الزنك من بيرو باتت محظورة.", "in_force"),
    ],
)
def test_a_flow_before_a_passive(only: Any, text: str, status: str) -> None:
    s = only(text)
    assert (s.instrument, s.actor, s.commodity, s.status) == ("ban", ("PER",), ("zinc",), status)


@pytest.mark.parametrize(
    "text",
    [
        "A storm halted exports of zinc from Peru.",
        "Peruvian workers blocked shipments of zinc.",
        "Peru stopped. Exports of zinc rose.",
        "أوقف إضراب صادرات الزنك من بيرو.",
    ],
)
def test_no_decision_no_restraint(measures: Any, text: str) -> None:
    assert measures(text) == []


def test_only_what_is_changed_changes(only: Any) -> None:
    first = only("Peru forbade exports of zinc.")
    assert only("Chile forbade exports of zinc.").actor == ("CHL",) != first.actor
    assert only("Peru forbade exports of tin.").commodity == ("tin",) != first.commodity
    assert only("Peru forbade imports of zinc.").direction == "import" != first.direction
