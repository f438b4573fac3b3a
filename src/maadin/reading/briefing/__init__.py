"""The brief of a text: what it says, whether that is true, and what its measures would do. What it offers is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maadin.reading.briefing.record import Record
    from maadin.reading.briefing.simulated import Simulated
    from maadin.reading.briefing.whole import SCHEMA_VERSION, Brief, Checked, brief, brief_of

__all__ = ["SCHEMA_VERSION", "Brief", "Checked", "Record", "Simulated", "brief", "brief_of"]
_WHERE = {"Record": "record", "Simulated": "simulated"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE.get(name, 'whole')}"), name)
