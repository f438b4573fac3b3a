"""Elasticities: cited from the literature, from CEPII ProTEE, and quartiles computed from the estimates of Broda and Weinstein.

All are absolute values. `family` names the study they come from, so that values can be pooled as an equal-weight mixture over families
however many lines a study has. `hs6` holds the code the figure is for: six digits, or four or three where it is for a whole group.
A commodity field may name several commodities (semicolons) that share a code, or none for a broad group.
"""

from __future__ import annotations

import math
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from maadin.errors import ChecksFailed, DataError
from maadin.facts import catalogue
from maadin.facts.records import Elasticity
from maadin.facts.sources import files

LITERATURE_COLUMNS = ("commodity", "hs", "kind", "horizon", "low", "mid", "high", "source", "check", "note")
PROTEE_COLUMNS = ("HS6", "zero", "positive", "sigma")
BRODA_US_COLUMNS = ("hts10", "sigma", "hs6")
BRODA_WORLD_COLUMNS = ("importer", "hs3", "sigma")
KINDS = ("armington", "armington_domestic_import", "supply", "demand")
COMPUTED = "computed"
SMALLEST_SAMPLE = 3  # fewer estimates have no quartiles, and would hand out the estimates themselves

PROTEE = "Fontagné, Guimbard & Orefice (2022), J. Int. Economics 137:103593; CEPII ProTEE 0.1, HS revision 2007"
BRODA_US = "Broda & Weinstein (2006), QJE 121(2):541-585, United States, HTS10, 1990-2001"
BRODA_WORLD = "Broda, Greenfield & Weinstein (2006), NBER WP 12512, 73 importers, HS 3-digit, 1994-2003"

_FAMILY = re.compile(r"\W*(\w+).*?\b((?:19|20)\d\d)\b", re.DOTALL)
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)")


def read_literature(source: Path | bytes) -> list[Elasticity]:
    """Read the list of elasticities cited from the literature.

    Lines whose `check` is "computed" repeat what `read_protee` and `read_broda_weinstein` compute and are left out here, so that nothing
    counts twice; `compare_computed` holds the two against each other.

    Parameters
    ----------
    source : Path or bytes
        CSV with the columns `LITERATURE_COLUMNS`.

    Returns
    -------
    list of Elasticity
        The note of a figure that is for a broad group begins with "generic".

    Raises
    ------
    DataError, ChecksFailed
        If a column, number, kind or name is not as expected; names line and column.
    """
    mapped = {row["printed"]: row for row in files.concordance("elasticities.csv")}
    name, found, offenders = _name(source, "literature"), [], []
    for line, row in files.csv_rows(source, name, LITERATURE_COLUMNS):
        try:
            low, mid, high = (_positive(name, line, c, row[c]) for c in ("low", "mid", "high"))
            if row["check"] == COMPUTED:
                continue
            about = mapped.get(row["commodity"])
            study = _FAMILY.match(row["source"])
            if about is None:
                raise DataError(f"{row['commodity']!r} is not in the concordance", file=name, row=line, column="commodity")
            if row["kind"] not in KINDS:
                raise DataError(f"expected one of {', '.join(KINDS)}, found {row['kind']!r}", file=name, row=line, column="kind")
            if study is None:
                raise DataError("expected an author and a year", file=name, row=line, column="source")
            bounds = [v for v in (low, mid, high) if v is not None]
            if bounds != sorted(bounds):
                raise DataError(f"expected low <= mid <= high, found {bounds}", file=name, row=line, column="mid")
        except DataError as error:
            offenders.append(str(error))
            continue
        note = "; ".join(part for part in ("generic: broad group" if about["generic"] else "", row["note"]) if part)
        found.append(
            Elasticity(
                about["commodity"], row["commodity"], row["hs"], row["kind"], row["horizon"], low, mid, high,
                f"{study[1].lower()}-{study[2]}", row["source"], row["check"], note,
            )
        )  # fmt: skip
    if offenders:
        raise ChecksFailed(name, offenders)
    return found


def read_protee(source: Path | bytes, codes: Iterable[str] | None = None) -> list[Elasticity]:
    """Read the tariff elasticities of ProTEE as elasticities of substitution between origins (sign reversed).

    Parameters
    ----------
    source : Path or bytes
        CSV with the columns `PROTEE_COLUMNS`, HS6 of revision 2007.
    codes : iterable of str, optional
        HS6 codes to keep; those of the catalogue without it.

    Returns
    -------
    list of Elasticity
        A row a code, without a figure where the source has none.

    Raises
    ------
    DataError, ChecksFailed
        If a column, code, flag or number is not as expected, or a code stands twice; names line and column.
    """
    name, found, offenders = _name(source, "ProTEE"), [], []
    traded = _traded()
    wanted = set(traded if codes is None else codes)
    seen: set[str] = set()
    for line, row in files.csv_rows(source, name, PROTEE_COLUMNS):
        code, flags = row["HS6"], (row["zero"], row["positive"])
        try:
            if not re.fullmatch(r"\d{6}", code) or code in seen:
                raise DataError(f"expected a code of six digits, once, found {code!r}", file=name, row=line, column="HS6")
            if not set(flags) <= {"0", "1"}:
                raise DataError(f"expected 0 or 1, found {'/'.join(flags)}", file=name, row=line, column="zero")
            sigma = _number(name, line, "sigma", row["sigma"])
            if sigma is not None and sigma >= 0:
                raise DataError(f"expected a number below 0, found {sigma}", file=name, row=line, column="sigma")
        except DataError as error:
            offenders.append(str(error))
            continue
        seen.add(code)
        if code not in wanted:
            continue
        why = "not significant at 1%" if flags[0] == "1" else "wrong sign" if flags[1] == "1" else ""
        note = f"HS4 mean ({why})" if why else ""
        if sigma is None:
            note = f"{why or 'not estimated'} and no HS4 mean: no estimate"
        found.append(_armington(traded.get(code, ""), code, "long", None, -sigma if sigma else None, None, "protee", PROTEE, note))
    if offenders:
        raise ChecksFailed(name, offenders)
    return sorted(found)


def read_broda_weinstein(us: Path | bytes, world: Path | bytes, codes: Iterable[str] | None = None) -> list[Elasticity]:
    """Compute quartiles of the elasticities of substitution of Broda and Weinstein; the estimates themselves are not passed on.

    Parameters
    ----------
    us : Path or bytes
        CSV with the columns `BRODA_US_COLUMNS`: estimates for the United States by tariff line.
    world : Path or bytes
        CSV with the columns `BRODA_WORLD_COLUMNS`: estimates for 73 importers by group of three digits.
    codes : iterable of str, optional
        HS6 codes wanted; those of the catalogue without it.

    Returns
    -------
    list of Elasticity
        low, mid and high are the quartiles (linear interpolation, two decimals): for the United States over the tariff lines of a code,
        or of its heading where the code has fewer than `SMALLEST_SAMPLE`; for the world over importers by group.

    Raises
    ------
    DataError, ChecksFailed
        If a column or number is not as expected, or a line stands twice; names line and column.
    """
    traded = _traded()
    wanted = sorted(traded if codes is None else set(codes))
    by_code, by_heading, by_group = defaultdict(list), defaultdict(list), defaultdict(list)
    for sigma, row in _estimates(us, "Broda and Weinstein, United States", BRODA_US_COLUMNS, ("hts10",)):
        by_code[row["hs6"]].append(sigma)
        by_heading[row["hs6"][:4]].append(sigma)
    for sigma, row in _estimates(world, "Broda and Weinstein, importers", BRODA_WORLD_COLUMNS, ("importer", "hs3")):
        by_group[row["hs3"]].append(sigma)
    found = []
    for code in wanted:
        own, heading = by_code[code], by_heading[code[:4]]
        if len(own) >= SMALLEST_SAMPLE:
            note, sample = f"quartiles over {len(own)} tariff lines of the United States", own
        else:
            note, sample = f"HS4 {code[:4]}: quartiles over {len(heading)} tariff lines of the United States", heading
        if len(sample) >= SMALLEST_SAMPLE:
            quartiles = _quartiles(sample)
            found.append(_armington(traded.get(code, ""), code, "annual", *quartiles, "broda_weinstein", BRODA_US, note))
    for group in sorted({code[:3] for code in wanted}):
        if len(by_group[group]) >= SMALLEST_SAMPLE:
            ids = {i for code, names in traded.items() if code.startswith(group) for i in names.split(";")}
            note = f"generic: HS 3-digit group; quartiles over {len(by_group[group])} importers"
            quartiles = _quartiles(by_group[group])
            found.append(_armington(";".join(sorted(ids)), group, "annual", *quartiles, "broda_weinstein", BRODA_WORLD, note))
    return found


def compare_computed(literature: Path | bytes, computed: Iterable[Elasticity]) -> list[str]:
    """Differences, in words, between lines marked "computed" in the list and the figures computed from the raw files.

    ProTEE and the quartiles over importers are compared to two decimals. The list gives the smallest, median and largest line of a code for
    the United States; there only medians over as many lines can be compared.
    """
    ours: dict[tuple[str, str], Elasticity] = {}
    for e in computed:
        ours[e.source, e.hs6] = e
    differences = []
    name = _name(literature, "literature")
    for line, row in files.csv_rows(literature, name, LITERATURE_COLUMNS):
        printed = tuple(_positive(name, line, c, row[c]) for c in ("low", "mid", "high"))
        source = PROTEE if "ProTEE" in row["source"] else BRODA_WORLD if "WP 12512" in row["source"] else BRODA_US
        own = ours.get((source, row["hs"]))
        if row["check"] != COMPUTED or own is None or (source == BRODA_US and own.note.startswith("HS4")):
            continue
        figures = (own.mid,) if source == BRODA_US else (own.low, own.mid, own.high)
        listed = (printed[1],) if source == BRODA_US else printed
        if any((a is None) != (b is None) or (a and b and abs(a - b) > 0.0051) for a, b in zip(figures, listed, strict=True)):
            differences.append(f"line {line}, {row['hs']} {own.family}: listed {listed}, computed {figures}")
    return differences


def _estimates(source: Path | bytes, called: str, columns: tuple[str, ...], key: tuple[str, ...]) -> list[tuple[float, dict[str, str]]]:
    name, found, offenders = _name(source, called), [], []
    seen: set[tuple[str, ...]] = set()
    for line, row in files.csv_rows(source, name, columns):
        what = tuple(row[c] for c in key)
        try:
            sigma = _number(name, line, "sigma", row["sigma"])
            if sigma is None or sigma <= 1:
                raise DataError(f"expected a number above 1, found {row['sigma']!r}", file=name, row=line, column="sigma")
            if what in seen:
                raise DataError(f"{' '.join(what)} stands twice", file=name, row=line, column=key[-1])
            for column in ("hts10", "hs6", "hs3"):
                if column in row and not re.fullmatch(rf"\d{{{column[2:].strip('s')}}}", row[column]):
                    raise DataError(f"{row[column]!r} is not a code", file=name, row=line, column=column)
        except DataError as error:
            offenders.append(str(error))
            continue
        seen.add(what)
        found.append((sigma, row))
    if offenders:
        raise ChecksFailed(name, offenders)
    return found


def _armington(
    commodity: str, code: str, horizon: str, low: float | None, mid: float | None, high: float | None,
    family: str, source: str, note: str,
) -> Elasticity:  # fmt: skip
    return Elasticity(commodity, "", code, "armington", horizon, low, mid, high, family, source, COMPUTED, note)


def _quartiles(values: list[float]) -> tuple[float, float, float]:
    low, mid, high = (round(q, 2) for q in statistics.quantiles(values, n=4, method="inclusive"))
    return low, mid, high


def _traded() -> dict[str, str]:
    """Commodities traded under each code of the catalogue, joined by semicolons."""
    found: dict[str, set[str]] = defaultdict(set)
    for commodity in catalogue.commodities().values():
        for stage in commodity.stages:
            for traded in stage.hs6:
                found[traded.code].add(commodity.id)
    return {code: ";".join(sorted(ids)) for code, ids in sorted(found.items())}


def _name(source: Path | bytes, called: str) -> str:
    return source.name if isinstance(source, Path) else called


def _number(file: str, line: int, column: str, text: str) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise DataError(f"expected a number or nothing, found {text!r}", file=file, row=line, column=column)
    return float(text)


def _positive(file: str, line: int, column: str, text: str) -> float | None:
    value = _number(file, line, column, text)
    if value is not None and value <= 0:
        raise DataError(f"expected an absolute value above 0, found {text!r}", file=file, row=line, column=column)
    return value
