"""Trade measures and exemptions: lists of countries, dates, numbers, and what is wrong with them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.sources import measures

EXCERPT = Path(__file__).parents[1] / "excerpts" / "measures" / "measures.csv"


@pytest.fixture(scope="module")
def rows():
    return {m.id: m for m in measures.read_measures(EXCERPT)}


@pytest.mark.parametrize(
    ("measure", "imposing", "targeted", "commodity"),
    [
        ("us232_al_2018", "USA", "all", "aluminium"),
        ("us232_al_2025a", "USA", "all;-RUS", "aluminium"),
        ("us232_al_2025b", "USA", "all;-RUS;-GBR", "aluminium"),
        ("us232_al_2023_rus_smelt", "USA", "RUS", "aluminium"),
        ("usuk_metals_2024", "USA;GBR", "RUS", "aluminium;copper;nickel"),
        ("eu5_coal", "EU27", "RUS", "steam-coal;coking-coal;lignite"),
        ("ru_al_duty_2021", "RUS", "all;-ARM;-BLR;-KAZ;-KGZ;-RUS", "aluminium;nickel;copper;steel"),
        ("us301_cn_crit_2024", "USA", "CHN", ""),
        ("cn_7ree_2025", "CHN", "all", "rare-earths;scandium;yttrium"),
    ],
)
def test_countries_and_commodities(rows, measure, imposing, targeted, commodity):
    found = rows[measure]
    assert (found.imposing, found.targeted, found.commodity) == (imposing, targeted, commodity)


def test_what_is_printed_is_kept(rows):
    found = rows["us232_al_2018"]
    assert found.targeted_printed == "most countries (exemptions and quotas varied)"
    assert (found.value, found.unit, found.hs) == (10, "percent", "7601;7604-7609")
    assert (found.effective_from, found.effective_to, found.confidence) == ("2018-03-23", "2025-03-11", "high")
    assert rows["us232_al_2025b"].effective_to == ""
    assert (rows["cn_ree_quota_2010"].value, rows["cn_ree_quota_2010"].unit) == (30258, "tonnes")
    assert rows["cn_ree_quota_end"].value is None


def edited(**cells):
    """The first measure with other cells."""
    (row, *_) = csv.DictReader(io.StringIO(EXCERPT.read_text("utf-8")))
    row.update(cells)
    out = io.StringIO()
    writer = csv.DictWriter(out, row)
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"effective_from": "23 March 2018"}, "line 2, column 'effective_from': expected a date such as 2025-03-12"),
        ({"effective_from": "20180323"}, "column 'effective_from'"),
        ({"effective_from": "2018-02-30"}, "column 'effective_from'"),
        ({"effective_to": "2018-01-01"}, "line 2, column 'effective_to': expected a day from 2018-03-23 on, found '2018-01-01'"),
        ({"imposing": "US of A"}, "line 2, column 'imposing': 'US of A'"),
        ({"targeted": "most of them"}, "line 2, column 'targeted': 'most of them'"),
        ({"targeted": "-RUS"}, "line 2, column 'targeted': expected a country or group before"),
        ({"commodity": "aluminium; mithril"}, "line 2, column 'commodity': expected names of the concordance, found 'mithril'"),
        ({"value": "-10"}, "line 2, column 'value': expected a number of 0 or more, found '-10'"),
        ({"unit": ""}, "line 2, column 'unit': expected a value with its unit, or neither"),
        ({"unit": "fraction"}, "line 2, column 'unit': expected percent, found 'fraction'"),
        ({"confidence": "sure"}, "line 2, column 'confidence': expected one of high, medium, low, found 'sure'"),
        ({"source": ""}, "line 2, column 'source': is empty"),
        ({"id": "US 232"}, "line 2, column 'id'"),
    ],
)
def test_wrong_cells_are_named(cells, words):
    with pytest.raises(DataError, match=words):
        measures.read_measures(edited(**cells))


def test_all_offenders_come_at_once():
    text = EXCERPT.read_text("utf-8").splitlines()
    with pytest.raises(ChecksFailed, match=r"line 3, column 'id': expected an id of small letters and digits, once") as caught:
        measures.read_measures("\n".join([*text[:2], text[1], text[1].replace("2018-03-23", "")]).encode())
    assert len(caught.value.offenders) == 2
    with pytest.raises(DataError, match="line 1: expected the columns id,measure,imposing"):
        measures.read_measures(b"id,measure\n")


def treatment(rows, country, day):
    return [e.treatment for e in measures.exemptions(rows.values()) if e.country == country and e.effective_from <= day <= e.effective_to]


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("CAN", "2018-04-15", ["exempt"]),
        ("CAN", "2018-12-31", []),
        ("CAN", "2020-08-20", []),
        ("CAN", "2024-07-01", ["exempt"]),
        ("MEX", "2024-07-01", ["exempt"]),
        ("AUS", "2024-07-01", ["exempt"]),
        ("ARG", "2024-07-01", ["absolute quota"]),
        ("EU27", "2024-07-01", ["tariff-rate quota"]),
        ("EU27", "2020-07-01", []),
        ("GBR", "2024-07-01", ["tariff-rate quota"]),
        ("JPN", "2024-07-01", []),
    ],
)
def test_exemptions_from_the_tariff_of_2018(rows, country, day, expected):
    assert treatment(rows, country, day) == expected


LINE = {"measure_id": "us232_al_2018", "country": "CAN", "from": "2019-05-20", "to": "2020-08-15", "treatment": "exempt",
        "source": "Proclamation 9893", "confidence": "high", "note": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"measure_id": "us233"}, "line 2, column 'measure_id': expected a measure of the list, found 'us233'"),
        ({"from": "2017-01-01"}, "line 2, column 'from': expected within 2018-03-23 to 2025-03-11"),
        ({"to": ""}, "line 2, column 'from': expected within 2018-03-23 to 2025-03-11"),
        ({"to": "2019-01-01"}, "line 2, column 'to'"),
        ({"treatment": "free"}, "line 2, column 'treatment': expected one of exempt, absolute quota"),
        ({"country": "Kanada?"}, r"line 2, column 'country': 'Kanada\?'"),
        ({"twice": ""}, "line 3, column 'from': expected no overlap with 2019-05-20 to 2020-08-15"),
    ],
)
def test_wrong_exemptions_are_named(rows, cells, words):
    twice = "twice" in cells
    line = {**LINE, **{c: cell for c, cell in cells.items() if c != "twice"}}
    text = "\n".join([",".join(line), *[",".join(line.values())] * (2 if twice else 1)])
    with pytest.raises(ChecksFailed, match=words):
        measures.read_exemptions(text.encode(), rows.values())
