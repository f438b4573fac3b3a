"""From a measure that a text tells of to scenarios that can be simulated, saved, edited and run again."""

from __future__ import annotations

from maadin.reading.propose.asked import Proposed
from maadin.reading.propose.events import Event
from maadin.reading.propose.files import save
from maadin.reading.propose.propose import propose

__all__ = ["Event", "Proposed", "propose", "save"]
