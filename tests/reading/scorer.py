"""How well a reading agrees with an annotation: precision, recall, F1, and which fields are right.

A statement found agrees with an annotated one if kind, metric or instrument, a commodity, a country and the value (to 1 %) agree. A duty may be told as
a measure or as a level, and a flow from either end. An annotation that is not `core` (vague, out of scope, a repeat) may be found or not; a list may be
found as one statement or item by item.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

TOLERANCE = 0.01  # of a value: texts round
TEXTS = Path(__file__).parent / "texts"
Statement = Mapping[str, Any]


def texts(folder: str) -> list[dict[str, Any]]:
    """Annotated texts of a folder, in the order of their names."""
    return [json.loads(file.read_text("utf-8")) for file in sorted((TEXTS / folder).glob("*.json"))]


def day(published: str | None) -> date | None:
    """The date of publication of an annotated text."""
    parts = [int(p) for p in (published or "").split("-") if p]
    return date(*parts) if len(parts) == 3 else None


@dataclass
class Score:
    """Counts over texts; `wrong` names what was missed or found in error."""

    annotated: int = 0
    found: int = 0
    right: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        told = ", ".join(f"{name} {self.fields[name] / n:.2f} ({n})" for name, n in sorted(self.asked.items()))
        return f"F1 {self.f1:.3f}, precision {self.precision:.3f}, recall {self.recall:.3f}, {self.annotated} annotated; {told}"


def score(pairs: Iterable[tuple[str, Sequence[Statement], Sequence[Statement]]]) -> dict[str, Score]:
    """Score (name, annotated, found) of each text: by kind of statement."""
    scores = {"claim": Score(), "measure": Score()}
    for name, annotated, found in pairs:
        matched = _matched(annotated, found)
        for i, a in enumerate(annotated):
            s = scores[a["kind"]]
            if a.get("core", True):
                s.annotated += 1
                s.right += i in matched
                s.found += i in matched
                if i not in matched:
                    s.wrong.append(f"{name}: missed {a['sid']} {a['anchor']!r}")
            if i in matched:
                _fields(s, a, found[matched[i]])
        taken = set(matched.values())
        for j, f in enumerate(found):
            if j not in taken and not any(_part_of_list(a, f) and i in matched for i, a in enumerate(annotated)):
                scores[f["kind"]].found += 1
                scores[f["kind"]].wrong.append(f"{name}: found {f['text']!r}")
    return scores


def agrees(a: Statement, f: Statement) -> bool:
    """Whether a statement found is the annotated one."""
    return any(
        _same_kind(a, s) and bool(set(a["commodity"]) & set(s["commodity"]) or _general(a, s)) and _ends(a, s) and _value(a, s)
        for s in (f, _from_the_other_end(f))
    )


def _from_the_other_end(s: Statement) -> Statement:
    """A flow as its partner's: A's imports from B are B's exports to A."""
    turned = {"exports": "imports", "imports": "exports"}.get(str(s.get("metric")))
    partners = [c for c in s.get("target") or () if c != "WLD"]
    return {**s, "metric": turned, "country": partners, "target": s["country"]} if turned and partners else s


def _matched(annotated: Sequence[Statement], found: Sequence[Statement]) -> dict[int, int]:
    """Each annotation with the statement that agrees with it best, one to one; core ones choose first."""
    options = [
        (not a.get("core", True), -sum(_right(a, f).values()), i, j)
        for i, a in enumerate(annotated)
        for j, f in enumerate(found)
        if agrees(a, f)
    ]
    matched: dict[int, int] = {}
    for _, _, i, j in sorted(options):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _part_of_list(a: Statement, f: Statement) -> bool:
    return agrees(a, f) and (len(a["commodity"]) > 1 or len(_who(a)) > 1)


def _key(s: Statement) -> str:
    key = str(s.get("metric") or s.get("instrument"))
    return "tariff" if key == "tariff_rate" else f"{s['kind']} {key}"


def _same_kind(a: Statement, f: Statement) -> bool:
    """Whether kind and metric or instrument are those annotated, or another that the annotation accepts."""
    also = a.get("accept") or {}
    kinds = {a["kind"], *_listed(also.get("kind"))}
    keys = {str(a.get("metric") or a.get("instrument")), *_listed(also.get("metric")), *_listed(also.get("instrument"))}
    return _key(a) == _key(f) or (f["kind"] in kinds and str(f.get("metric") or f.get("instrument")) in keys)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _who(s: Statement) -> set[str]:
    return set(s.get("country") or s.get("actor") or ())


def _general(a: Statement, f: Statement) -> bool:
    """Minerals in general, under any of their names."""
    return all(any("minerals" in c or c in ("metals", "raw materials") for c in s["commodity"]) for s in (a, f))


def _ends(a: Statement, f: Statement) -> bool:
    who, target = _who(f), set(f.get("target") or ()) - {"WLD"}
    if _who(a) & who or (_who(a) == {"WLD"} and not who):
        return True
    other = set(a.get("target") or ()) - {"WLD"}
    return a.get("of") in ("exports", "imports") and bool(_who(a) & target and other & who)


def _value(a: Statement, f: Statement) -> bool:
    if a.get("value") is None:
        return True
    if f.get("value") is None or a["unit"] != f["unit"]:
        return False
    wanted, have = _ends_of(a["value"]), _ends_of(f["value"])
    if len(wanted) == 2:
        return all(wanted[0] * (1 - TOLERANCE) <= v <= wanted[1] * (1 + TOLERANCE) for v in have)
    return any(abs(abs(v) - abs(wanted[0])) <= max(TOLERANCE * abs(wanted[0]), 1e-9) for v in have)


def _ends_of(value: Any) -> list[float]:
    return [float(v) for v in value] if isinstance(value, list | tuple) else [float(value)]


def _right(a: Statement, f: Statement) -> dict[str, bool]:
    """The fields that an annotation states, and whether they are right."""
    asked = {
        "comparator": a.get("value") is not None, "year": bool(a.get("year_or_date")), "target": bool(set(a.get("target") or ()) - {"WLD"}),
        "of": bool(a.get("of")), "status": bool(a.get("status")), "attributed_to": bool(a.get("attributed_to")), "condition": bool(a.get("condition")),
    }  # fmt: skip
    have = {
        "comparator": a.get("comparator", "eq") == f.get("comparator", "eq"),
        "year": str(a.get("year_or_date"))[:4] == str(f.get("year_or_date"))[:4],
        "target": bool(set(a.get("target") or ()) & set(f.get("target") or ())),
        "of": f.get("of") in (a.get("of"), *_listed((a.get("accept") or {}).get("of"))),
        "status": a.get("status") == f.get("status"),
        "attributed_to": bool(f.get("attributed_to")),
        "condition": bool(f.get("condition")),
    }
    return {name: have[name] for name, stated in asked.items() if stated}


def _fields(s: Score, a: Statement, f: Statement) -> None:
    for name, right in _right(a, f).items():
        s.asked[name] += 1
        s.fields[name] += right
