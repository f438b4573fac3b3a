"""Output, capacity and reserves against figures read by hand in the publishers' files (hand_read_quantities.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from maadin.errors import InputError, LabelError
from maadin.facts.ask import quantities

HAND_READ = Path(__file__).parents[1] / "hand_read_quantities.csv"


def read_by_hand() -> list[dict[str, str]]:
    with HAND_READ.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    "figure", read_by_hand(), ids=lambda f: "-".join(f[k] for k in ("kind", "commodity", "country", "year", "release"))
)
def test_figure_is_the_one_printed(figure: dict[str, str]) -> None:
    rows = [
        r
        for r in quantities.rows_of(figure["kind"], figure["commodity"])
        if (r["stage"], r["form"], r["country"], str(r["year"]), r["release"])
        == (figure["stage"], figure["form"], figure["country"], figure["year"], figure["release"])
    ]
    assert len(rows) == 1, rows
    expected = float(figure["value"]) if figure["value"] else None
    assert rows[0]["value"] == (None if expected is None else pytest.approx(expected, rel=1e-12))
    assert (rows[0]["unit"], rows[0]["status"]) == (figure["unit"], figure["status"])


def test_every_source_and_enough_commodities_are_read_by_hand() -> None:
    figures = read_by_hand()
    assert len({f["commodity"] for f in figures}) >= 12
    assert {f["release"] for f in figures} == {"MCS 2023", "MCS 2024", "MCS 2025", "WMD 2018-2024"}


def test_russias_rare_earth_reserves_in_every_release() -> None:
    answer = quantities.reserves("المعادن النادرة", country="روسيا").records()
    found = {r["release"]: (r["value"], r["rank"], round(r["share"], 3)) for r in answer}
    # World totals printed: 130, 110 and more than 90 million tonnes; Brazil ties with Russia in MCS 2023.
    assert found == {"MCS 2023": (21e6, 3, 0.162), "MCS 2024": (10e6, 4, 0.091), "MCS 2025": (3.8e6, 5, 0.042)}


def test_ukraine_is_not_listed_which_is_neither_zero_nor_an_empty_answer() -> None:
    answer = quantities.reserves("rare earths", country="Ukraine").records()
    assert [(r["release"], r["status"], r["value"]) for r in answer] == [
        ("MCS 2023", "not_listed", None),
        ("MCS 2024", "not_listed", None),
        ("MCS 2025", "not_listed", None),
    ]


def test_india_and_russia_stand_close_behind_china_in_both_sources() -> None:
    answer = quantities.production("aluminium", year="2022-2024", top=3)
    wmd = [(r["year"], r["country"], r["rank"]) for r in answer.records() if r["source"] == "wmd" and r["rank"]]
    assert wmd == [(y, c, i + 1) for y in (2022, 2023, 2024) for i, c in enumerate(("CHN", "IND", "RUS"))]
    usgs = {(r["year"], r["country"]): r["rank"] for r in answer.records() if r["source"] == "usgs_mcs" and r["rank"]}
    assert [usgs[y, c] for y in (2023, 2024) for c in ("CHN", "IND", "RUS")] == [1, 2, 3, 1, 2, 3]


def test_newest_release_answers_for_a_year_that_two_print() -> None:
    answer = quantities.production("aluminium", country="CHN", year=2023, source="usgs_mcs").records()
    assert [(r["release"], r["value"]) for r in answer] == [("MCS 2025", 41_600_000)]
    every = quantities.production("aluminium", country="CHN", year=2023, source="usgs_mcs", release="all").records()
    assert [r["release"] for r in every] == ["MCS 2024", "MCS 2025"]


def test_ties_share_a_rank() -> None:
    answer = quantities.reserves("rare earths", release="MCS 2023").records()
    ranks = {r["country"]: r["rank"] for r in answer}
    assert (ranks["RUS"], ranks["BRA"], ranks["IND"]) == (3, 3, 5)


def test_reserves_default_to_the_newest_release_and_countries_to_all() -> None:
    assert {r["release"] for r in quantities.reserves("lithium").records()} == {"MCS 2025"}
    assert {r["release"] for r in quantities.reserves("lithium", country="Chile").records()} == {"MCS 2023", "MCS 2024", "MCS 2025"}


def test_a_group_gives_its_members_that_the_source_lists() -> None:
    answer = quantities.production("aluminium", country="GCC", year=2024, source="wmd").records()
    assert [r["country"] for r in answer] == ["ARE", "BHR", "SAU", "QAT", "OMN", "KWT"]
    assert answer[-1]["status"] == "not_listed"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("alumnium",), LabelError, "aluminium"),
        (("aluminium", {"country": "Rusia"}), LabelError, "Russia"),
        (("aluminium", {"release": "MCS 2031"}), InputError, "MCS 2025"),
        (("aluminium", {"year": "2024-2022"}), InputError, "2022-2024"),
        (("aluminium", {"top": 0}), InputError, "at least 1"),
        (("aluminium", {"stage": "mine"}), LabelError, "refined"),
    ],
)
def test_wrong_questions_say_what_was_expected(arguments: tuple, error: type[Exception], words: str) -> None:
    name, options = arguments[0], arguments[1] if len(arguments) > 1 else {}
    with pytest.raises(error, match=words):
        quantities.production(name, **options)


def test_years_without_figures_are_said() -> None:
    answer = quantities.production("aluminium", year=1990)
    assert not answer.rows
    assert [n.id for n in answer.notes] == ["no_rows"]
