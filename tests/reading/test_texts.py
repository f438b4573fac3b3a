"""The reader against annotated texts of our own wording: those it was built on, and those that were set aside until it was done (`*_set_aside`, `*_more`).

Floors stand a little below what was measured (docs/explanation/reading.md), so that a change that costs more than a statement or two shows.
`python tests/reading/test_texts.py` prints the scores, and `--wrong` what was missed or found in error in the half it was built on.
"""

from __future__ import annotations

import sys
from functools import lru_cache

import pytest
from scorer import Score, agrees, day, score, texts

from maadin.reading.read import read

FLOORS = {
    ("en", "claim"): 0.86, ("en", "measure"): 0.93, ("ar", "claim"): 0.88, ("ar", "measure"): 0.93,
    ("en_set_aside", "claim"): 0.66, ("en_set_aside", "measure"): 0.63, ("ar_set_aside", "claim"): 0.72, ("ar_set_aside", "measure"): 0.60,
    ("en_more", "claim"): 0.72, ("en_more", "measure"): 0.64, ("ar_more", "claim"): 0.85, ("ar_more", "measure"): 0.59,
}  # fmt: skip
FOLDERS = tuple(dict.fromkeys(folder for folder, _ in FLOORS))


@lru_cache
def scores(folder: str) -> dict[str, Score]:
    """Scores of the texts of a folder."""
    found = []
    for text in texts(folder):
        statements = [s.model_dump(mode="json") for s in read(text["text"], day(text["published"])).statements]
        found.append((text["id"], text["gold"], statements))
    return score(found)


@pytest.mark.parametrize(("folder", "kind"), FLOORS)
def test_the_reader_agrees_with_the_annotation(folder: str, kind: str) -> None:
    reached = scores(folder)[kind]
    assert reached.annotated >= 35
    assert reached.f1 >= FLOORS[folder, kind], "\n".join(reached.wrong)


@pytest.mark.parametrize("folder", FOLDERS)
def test_annotations_are_whole(folder: str) -> None:
    """Each anchor stands in its text once, each statement agrees with itself, and an annotation scores full marks against itself."""
    for text in texts(folder):
        for s in text["gold"]:
            assert text["text"].count(s["anchor"]) == 1, (text["id"], s["sid"])
            assert agrees(s, s)
    whole = score((t["id"], t["gold"], [{"text": g["anchor"], **g} for g in t["gold"]]) for t in texts(folder))
    assert all(s.f1 == 1.0 for s in whole.values())


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"value": 1.05}, False),
        ({"value": 1.005}, True),
        ({"country": ["XXX"], "actor": ["XXX"]}, False),
        ({"commodity": ["unobtainium"]}, False),
    ],
)
def test_the_score_tells_right_from_wrong(change: dict, kept: bool) -> None:
    found, right = [], 0
    for text in texts("en"):
        for s in text["gold"]:
            new = {k: v for k, v in change.items() if k in s}
            if "value" in change and isinstance(s.get("value"), int | float) and s["value"] and s["unit"] != "rank":
                found.append((s, {**s, "value": s["value"] * change["value"]}))
            elif "value" not in change:
                found.append((s, {**s, **new}))
    right = sum(agrees(a, f) for a, f in found)
    assert len(found) > 50
    assert right == (len(found) if kept else 0)


if __name__ == "__main__":
    for name in FOLDERS:
        for kind, reached in scores(name).items():
            print(f"{name} {kind}: {reached}")  # noqa: T201
            if "--wrong" in sys.argv and not name.endswith(("aside", "more")):
                print("\n".join(f"    {line}" for line in reached.wrong))  # noqa: T201
