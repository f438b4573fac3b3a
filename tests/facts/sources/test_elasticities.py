"""Elasticities: the literature and ProTEE as printed, Broda-Weinstein quartiles against made-up estimates."""

from __future__ import annotations

from pathlib import Path

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.sources import elasticities

EXCERPTS = Path(__file__).parents[1] / "excerpts"
LITERATURE = EXCERPTS / "literature" / "elasticities.csv"
PROTEE = EXCERPTS / "cepii_protee" / "ProTEE_0_1.csv"
US = b"""hts10,sigma,hs6
7601103000,2,760110
7601106000,10,760110
7601203000,1.5,760120
7601206000,2.5,760120
7601209030,4.5,760120
2846100000,3,284610
"""
WORLD = b"""importer,hs3,sigma
Australia,760,2
Brazil,760,4
Canada,760,6
Denmark,760,12
Australia,284,1.5
"""


def test_literature_leaves_out_what_is_computed_here():
    rows = elasticities.read_literature(LITERATURE)
    assert [(r.family, r.commodity, r.kind, r.mid) for r in rows] == [
        ("boer-2021", "copper", "supply", 0.35),
        ("stuermer-2017", "aluminium", "demand", 0.7),
        ("gtap-2007", "", "armington", 8.4),
        ("gtap-2007", "petroleum", "armington", 10.4),
        ("bogmans-2024", "", "demand", None),
    ]
    assert {r.check for r in rows} == {"unchecked", "abstract read"}


def test_broad_groups_are_marked():
    rows = elasticities.read_literature(LITERATURE)
    assert [r.commodity_printed for r in rows if r.note.startswith("generic: broad group")] == [
        "non-ferrous metals, nfm",
        "oil, oil",
        "minerals in general",
    ]


@pytest.mark.parametrize(
    ("code", "mid", "note"),
    [
        ("760110", 44.675732, ""),
        ("260600", None, "not significant at 1% and no HS4 mean: no estimate"),
        ("260111", None, "not estimated and no HS4 mean: no estimate"),
        ("850511", 6.2538457, "HS4 mean (not significant at 1%)"),
    ],
)
def test_protee(code, mid, note):
    (row,) = elasticities.read_protee(PROTEE, [code])
    assert (row.hs6, row.mid, row.note) == (code, mid, note)
    assert (row.family, row.kind, row.check) == ("protee", "armington", "computed")


def test_protee_keeps_the_codes_of_the_catalogue():
    rows = {r.hs6: r.commodity for r in elasticities.read_protee(PROTEE)}
    assert rows["760110"] == "aluminium" and rows["284690"] == "rare-earths"
    assert "760200" not in rows or rows["760200"]


def test_quartiles():
    rows = elasticities.read_broda_weinstein(US, WORLD, ["760110", "760120", "284610"])
    assert [(r.hs6, r.low, r.mid, r.high, r.note) for r in rows] == [
        ("760110", 2.0, 2.5, 4.5, "HS4 7601: quartiles over 5 tariff lines of the United States"),
        ("760120", 2.0, 2.5, 3.5, "quartiles over 3 tariff lines of the United States"),
        ("760", 3.5, 5.0, 7.5, "generic: HS 3-digit group; quartiles over 4 importers"),
    ]  # cerium has one line only: its quartiles would be the estimate itself
    assert {r.family for r in rows} == {"broda_weinstein"}
    assert rows[0].commodity == "aluminium" and "aluminium" in rows[2].commodity.split(";")


def test_computed_lines_of_the_list_are_compared():
    computed = elasticities.read_protee(PROTEE, ["760110", "260600"])
    assert elasticities.compare_computed(LITERATURE, computed) == []
    off = [next(e for e in computed if e.hs6 == "760110")._replace(mid=44.7)]
    assert elasticities.compare_computed(LITERATURE, off) == [
        "line 3, 760110 protee: listed (None, 44.68, None), computed (None, 44.7, None)"
    ]
    world = elasticities.read_broda_weinstein(US, WORLD, ["760110"])
    (difference,) = elasticities.compare_computed(LITERATURE, world)
    assert difference == "line 4, 760 broda_weinstein: listed (2.93, 4.92, 7.61), computed (3.5, 5.0, 7.5)"


HEAD = "commodity,hs,kind,horizon,low,mid,high,source,check,note\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("commodity,hs\n", "literature, line 1: expected the columns commodity,hs,kind"),
        (HEAD + "copper,,supply,long,,-0.3,,A (2001),unchecked,\n", "line 2, column 'mid': expected an absolute value above 0"),
        (HEAD + "copper,,supply,long,,high,,A (2001),unchecked,\n", "line 2, column 'mid': expected a number or nothing, found 'high'"),
        (HEAD + "coper,,supply,long,,0.3,,A (2001),unchecked,\n", "line 2, column 'commodity': 'coper' is not in the concordance"),
        (HEAD + "copper,,suply,long,,0.3,,A (2001),unchecked,\n", "line 2, column 'kind': expected one of armington"),
        (HEAD + "copper,,supply,long,0.5,0.3,,A (2001),unchecked,\n", "line 2, column 'mid': expected low <= mid <= high"),
        (HEAD + "copper,,supply,long,,0.3,,someone,unchecked,\n", "line 2, column 'source': expected an author and a year"),
    ],
)
def test_wrong_literature_is_named(text, words):
    with pytest.raises(DataError, match=words):
        elasticities.read_literature(text.encode())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HS6,sigma\n", "line 1: expected the columns HS6,zero,positive,sigma"),
        ("HS6,zero,positive,sigma\n7601,0,0,-4\n", "line 2, column 'HS6': expected a code of six digits, once, found '7601'"),
        ("HS6,zero,positive,sigma\n760110,0,0,-4\n760110,0,0,-4\n", "line 3, column 'HS6'"),
        ("HS6,zero,positive,sigma\n760110,0,0,4\n", "line 2, column 'sigma': expected a number below 0, found 4"),
        ("HS6,zero,positive,sigma\n760110,2,0,-4\n", "line 2, column 'zero': expected 0 or 1, found 2/0"),
    ],
)
def test_wrong_protee_is_named(text, words):
    with pytest.raises(DataError, match=words):
        elasticities.read_protee(text.encode())


def test_wrong_estimates_are_named_all_at_once():
    with pytest.raises(ChecksFailed, match=r"expected a number above 1, found '0\.9'") as caught:
        elasticities.read_broda_weinstein(b"hts10,sigma,hs6\n7601103000,0.9,760110\n7601106000,2,7601\n", WORLD)
    assert len(caught.value.offenders) == 2
    with pytest.raises(ChecksFailed, match="line 3, column 'hs3': Australia 760 stands twice"):
        elasticities.read_broda_weinstein(US, b"importer,hs3,sigma\nAustralia,760,2\nAustralia,760,3\n")
