"""Trade series: what a set of flows measures. Flows of two series are never added up or spliced."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Coverage = Literal["all flows", "largest partners", "largest flows", "one reporter"]


@dataclass(frozen=True, slots=True)
class Series:
    """One labelled series of the trade table.

    Attributes
    ----------
    id : str
        Value of the column `series`.
    source, release : str
        Source id and release.
    hs_revision : str
        Revision of the Harmonized System the codes belong to.
    digits : int
        4 for headings, 6 for subheadings.
    valuation : str
        Basis of the values, e.g. "fob, reconciled".
    coverage : str
        "all flows", "largest partners" (the six largest on each side of every country), "largest flows" (the 200
        largest per heading and year) or "one reporter".
    complete_years : tuple of int
        Years in which all flows are present although `coverage` says otherwise.
    years : tuple of int
        First and last year.
    codes : dict of str to tuple of int
        Codes the series holds, each with its first and last year.
    """

    id: str
    source: str
    release: str
    hs_revision: str
    digits: int
    valuation: str
    coverage: Coverage
    complete_years: tuple[int, ...] = ()
    years: tuple[int, int] = (0, 0)
    codes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain form for the manifest."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Series:
        """Read the plain form back."""
        spans = {code: (first, last) for code, (first, last) in plain["codes"].items()}
        return cls(**{**plain, "complete_years": tuple(plain["complete_years"]), "years": tuple(plain["years"]), "codes": spans})


def baci_series(hs_revision: str, release: str, *, digits: int = 6) -> Series:
    """The series of one BACI release in one revision of the Harmonized System."""
    level = "" if digits == 6 else f"-hs{digits}"
    return Series(
        id=f"baci-{hs_revision.lower()}{level}-{release.lower()}",
        source="baci",
        release=f"BACI {release}",
        hs_revision=hs_revision,
        digits=digits,
        valuation="fob, reconciled between both reporters",
        coverage="all flows",
    )
