"""Trade measures collected from official publications, and the exemptions from them.

Countries are lists such as "all;-RUS": codes and groups separated by semicolons, a leading "-" takes a country out again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from maadin.errors import ChecksFailed, DataError, LabelError
from maadin.facts import regions
from maadin.facts.records import TradeMeasure
from maadin.facts.sources import files

COLUMNS = (
    "id", "measure", "imposing", "targeted", "commodity", "hs", "instrument", "value", "unit", "effective_from", "effective_to",
    "source", "confidence", "checked",
)  # fmt: skip
EXEMPTION_COLUMNS = ("measure_id", "country", "from", "to", "treatment", "source", "confidence", "note")
CONFIDENCE = ("high", "medium", "low")
TREATMENTS = ("exempt", "absolute quota", "tariff-rate quota")

_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Exemption:
    """A country that a measure treats otherwise than the rest, from one day to another (both included).

    Attributes
    ----------
    measure_id : str
        The measure.
    country : str
        Code or group.
    effective_from, effective_to : str
        ISO dates; an empty end means still so.
    treatment : str
        exempt, absolute quota, or tariff-rate quota.
    """

    measure_id: str
    country: str
    effective_from: str
    effective_to: str
    treatment: str
    source: str
    confidence: str
    note: str


def read_measures(source: Path | bytes) -> list[TradeMeasure]:
    """Read the list of trade measures.

    Parameters
    ----------
    source : Path or bytes
        CSV with the columns `COLUMNS`.

    Returns
    -------
    list of TradeMeasure
        Rates stay in percent as printed; an empty effective_to means in force or not known.

    Raises
    ------
    DataError, ChecksFailed
        If a column, name, date or number is not as expected, or an id stands twice; names line and column.
    """
    name = source.name if isinstance(source, Path) else "measures"
    mapped = {(row["field"], row["printed"]): row["codes"] for row in files.concordance("measures.csv")}
    measures, offenders = [], []
    seen: set[str] = set()
    for line, row in files.csv_rows(source, name, COLUMNS):
        try:
            if not _ID.fullmatch(row["id"]) or row["id"] in seen:
                raise _wrong(name, line, "id", "an id of small letters and digits, once", row["id"])
            seen.add(row["id"])
            measures.append(_measure(name, line, row, mapped))
        except DataError as error:
            offenders.append(str(error))
    if offenders:
        raise ChecksFailed(name, offenders)
    return measures


def read_exemptions(source: Path | bytes, measures: Iterable[TradeMeasure]) -> list[Exemption]:
    """Read a list of exemptions from measures; every one lies within the dates of its measure.

    Raises
    ------
    DataError, ChecksFailed
        If a column, name or date is not as expected, or two periods of a country overlap; names line and column.
    """
    name = source.name if isinstance(source, Path) else "exemptions"
    known = {m.id: m for m in measures}
    found: list[Exemption] = []
    offenders: list[str] = []
    for line, row in files.csv_rows(source, name, EXEMPTION_COLUMNS):
        try:
            found.append(_exemption(name, line, row, known, found))
        except DataError as error:
            offenders.append(str(error))
    if offenders:
        raise ChecksFailed(name, offenders)
    return found


def exemptions(measures: Iterable[TradeMeasure]) -> list[Exemption]:
    """The exemptions that come with the package (data/measure_exemptions.csv)."""
    file = resources.files("maadin.facts") / "data" / "measure_exemptions.csv"
    return read_exemptions(file.read_bytes(), measures)


def _measure(name: str, line: int, row: Mapping[str, str], mapped: Mapping[tuple[str, str], str]) -> TradeMeasure:
    printed = [part.strip() for part in row["commodity"].split(";")]
    if unknown := [p for p in printed if ("commodity", p) not in mapped]:
        raise _wrong(name, line, "commodity", "names of the concordance", "; ".join(unknown))
    ids = dict.fromkeys(i for p in printed for i in mapped["commodity", p].split(";") if i)
    targeted = mapped.get(("targeted", row["targeted"]), row["targeted"])
    _check_countries(name, line, "imposing", row["imposing"])
    _check_countries(name, line, "targeted", targeted)
    begins = _date(name, line, "effective_from", row["effective_from"])
    ends = _date(name, line, "effective_to", row["effective_to"]) if row["effective_to"] else ""
    if ends and ends < begins:
        raise _wrong(name, line, "effective_to", f"a day from {begins} on", ends)
    if row["confidence"] not in CONFIDENCE:
        raise _wrong(name, line, "confidence", f"one of {', '.join(CONFIDENCE)}", row["confidence"])
    for column in ("measure", "instrument", "source"):
        if not row[column]:
            raise DataError("is empty", file=name, row=line, column=column)
    return TradeMeasure(
        id=row["id"], measure=row["measure"], imposing=row["imposing"], targeted=targeted, targeted_printed=row["targeted"],
        commodity=";".join(ids), commodity_printed=row["commodity"], hs=row["hs"], instrument=row["instrument"],
        value=_value(name, line, row), unit=row["unit"], effective_from=begins, effective_to=ends, source=row["source"],
        confidence=row["confidence"], checked=row["checked"],
    )  # fmt: skip


def _exemption(name: str, line: int, row: Mapping[str, str], known: Mapping[str, TradeMeasure], before: list[Exemption]) -> Exemption:
    measure = known.get(row["measure_id"])
    if measure is None:
        raise _wrong(name, line, "measure_id", "a measure of the list", row["measure_id"])
    _check_countries(name, line, "country", row["country"])
    begins = _date(name, line, "from", row["from"])
    ends = _date(name, line, "to", row["to"]) if row["to"] else ""
    if ends and ends < begins:
        raise _wrong(name, line, "to", f"a day from {begins} on", ends)
    if begins < measure.effective_from or (measure.effective_to and not (ends and ends <= measure.effective_to)):
        period = f"within {measure.effective_from} to {measure.effective_to or 'today'}"
        raise _wrong(name, line, "from", period, f"{begins} to {ends}")
    for other in before:
        same = (other.measure_id, other.country) == (row["measure_id"], row["country"])
        if same and begins <= (other.effective_to or "9") and other.effective_from <= (ends or "9"):
            raise _wrong(name, line, "from", f"no overlap with {other.effective_from} to {other.effective_to}", begins)
    for column, allowed in (("treatment", TREATMENTS), ("confidence", CONFIDENCE)):
        if row[column] not in allowed:
            raise _wrong(name, line, column, f"one of {', '.join(allowed)}", row[column])
    return Exemption(row["measure_id"], row["country"], begins, ends, row["treatment"], row["source"], row["confidence"], row["note"])


def _check_countries(name: str, line: int, column: str, codes: str) -> None:
    parts = codes.split(";")
    if parts[0].startswith("-"):
        raise _wrong(name, line, column, "a country or group before one is taken out", codes)
    for part in parts:
        try:
            regions.resolve(part.removeprefix("-"))
        except LabelError as error:
            raise DataError(str(error), file=name, row=line, column=column) from error


def _date(name: str, line: int, column: str, text: str) -> str:
    try:
        if len(text) != 10:  # fromisoformat also takes 20250312 and 2025-W11-3
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _wrong(name, line, column, "a date such as 2025-03-12", text) from error


def _value(name: str, line: int, row: Mapping[str, str]) -> float | None:
    text, unit = row["value"], row["unit"]
    if bool(text) != bool(unit):
        raise _wrong(name, line, "unit", "a value with its unit, or neither", f"{text} {unit}".strip())
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise _wrong(name, line, "value", "a number of 0 or more", text)
    if row["instrument"] in ("ad valorem tariff", "export duty") and unit != "percent":
        raise _wrong(name, line, "unit", "percent", unit)
    return float(text)


def _wrong(name: str, line: int, column: str, expected: str, found: str) -> DataError:
    return DataError(f"expected {expected}, found {found!r}", file=name, row=line, column=column)
