"""The log of a benchmark: every figure that is not what its source prints, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Item = Literal["production", "stock draw", "other codes", "content factor", "trade"]
Reason = Literal[
    "unit_value", "no_quantity", "balance", "other source", "nearest year", "net exports", "share of others", "heading",
    "remainder of heading", "like other producers", "published total", "own_data",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One figure moved or filled in.

    Attributes
    ----------
    item : str
        production, stock draw, other codes, content factor or trade.
    country : str
        The country, for trade the exporter.
    partner : str
        The importer; empty but for trade.
    code : str
        HS6 code; empty but for trade and content factors.
    before : float or None
        As printed, converted to the mass basis; None where nothing is printed.
    after : float
    unit : str
        tonne, or tonne/tonne for a factor.
    reason : str
        unit_value: the printed quantity is out of line with the value, and was taken from the exporter's own unit value. no_quantity: only
        the value is printed. balance: the country would otherwise use less than nothing. The others name where an unprinted figure comes from.
    """

    item: Item
    country: str
    partner: str
    code: str
    before: float | None
    after: float
    unit: str
    reason: str

    @property
    def moved(self) -> float:
        """Size of the move, in `unit`."""
        return abs(self.after - (self.before or 0.0))
