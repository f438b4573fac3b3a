"""Is a statement true? Every claim against the tables, with figures, rules and what it depends on."""

from __future__ import annotations

from maadin.reading.check.check import check_statement
from maadin.reading.check.verdict import SCHEMA_VERSION, Figure, Finding, Verdict

__all__ = ["SCHEMA_VERSION", "Figure", "Finding", "Verdict", "check_statement"]
