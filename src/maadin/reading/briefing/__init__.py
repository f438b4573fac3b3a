"""The brief of a text: what it says, whether that is true, and what its measures would do."""

from __future__ import annotations

from maadin.reading.briefing.brief import SCHEMA_VERSION, Brief, Checked, brief
from maadin.reading.briefing.record import Record
from maadin.reading.briefing.simulated import Simulated

__all__ = ["SCHEMA_VERSION", "Brief", "Checked", "Record", "Simulated", "brief"]
