"""What metrics mean as the object of a share, rank or change."""

from __future__ import annotations

from maadin.reading.model import Mention

OF = {"production": "production", "reserves": "reserves", "exports": "exports", "imports": "imports", "capacity": "capacity", "consumption": "consumption", "refining": "refining", "price": "price"}  # fmt: skip


def meant(m: Mention) -> str:
    """What a metric is as an object; "supply" is output there."""
    return str(m.traits.get("also") or OF.get(m.id, ""))
