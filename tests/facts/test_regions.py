"""Countries and groups: every name a source prints, names in both languages, membership by year."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maadin import labels
from maadin.errors import LabelError
from maadin.facts import regions

PRINTED = Path(__file__).parent / "excerpts" / "regions" / "printed.csv"


@pytest.mark.parametrize("source", ["baci", "wmd", "usgs_mcs", "wb_wgi"])
def test_every_name_a_source_prints_is_known(source: str) -> None:
    with PRINTED.open(encoding="utf-8", newline="") as stream:
        names = [r["printed"] for r in csv.DictReader(stream) if r["source"] == source]
    assert len(names) > 150
    for name in names:
        assert all(regions.is_code(c) for c in regions.printed_code(source, name).split("+")), name


@pytest.mark.parametrize(
    ("source", "printed", "code"),
    [
        ("baci", "842", "USA"), ("baci", "699", "IND"), ("baci", "251", "FRA"), ("baci", "757", "CHE"), ("baci", "579", "NOR"),
        ("baci", "490", "TWN"), ("baci", "516", "NAM"), ("baci", "58", "BEL"), ("baci", "736", "SDN"),
        ("wmd", "French Guiana", "GUF"), ("wmd", "Guyana", "GUY"), ("wmd", "Kosovo", "XKX"), ("wmd", "Taiwan", "TWN"), ("wmd", "Total", "WLD"),
        ("wmd", "Congo, D.R.", "COD"), ("wmd", "Congo, Rep.", "COG"),
        ("usgs_mcs", "Chinae", "CHN"), ("usgs_mcs", "World total (rounded)10", "WLD"), ("usgs_mcs", "United States1", "USA"),
        ("usgs_mcs", "Korea, Republic ofe", "KOR"), ("usgs_mcs", "Other countriese", "OTH"), ("usgs_mcs", "Congo (Kinshasa)", "COD"),
        ("usgs_mcs", "Congo (Brazzaville)", "COG"), ("usgs_mcs", "Burma", "MMR"), ("usgs_mcs", "United States and Canada", "USA+CAN"),
        ("usgs_mcs", "Chile", "CHL"), ("usgs_mcs", "France", "FRA"), ("usgs_mcs", "Mozambique", "MOZ"), ("usgs_mcs", "Ukraine", "UKR"),
        ("usgs_mcs", "World total (rounded), excluding U.S. production", "WLD"), ("usgs_mcs", "Canada ", "CAN"),
        ("wb_wgi", "NOR", "NOR"), ("wb_wgi", "NAM", "NAM"),
    ],
)  # fmt: skip
def test_traps_in_printed_names(source: str, printed: str, code: str) -> None:
    assert regions.printed_code(source, printed) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("روسيا", "RUS"), ("الولايات المتحدة", "USA"), ("اميركا", "USA"), ("أمريكا", "USA"), ("الإمارات", "ARE"), ("كوريا الجنوبية", "KOR"),
        ("الكونغو الديمقراطية", "COD"), ("ساحل العاج", "CIV"), ("Côte d’Ivoire", "CIV"), ("Turkey", "TUR"), ("Türkiye", "TUR"), ("Burma", "MMR"),
        ("UK", "GBR"), ("no", "NOR"), ("NA", "NAM"), ("الكرملين", "RUS"), ("البيت الأبيض", "USA"), ("كييف", "UKR"), ("Kiev", "UKR"), ("Beijing", "CHN"),
    ],
)  # fmt: skip
def test_names_in_both_languages(name: str, code: str) -> None:
    assert regions.resolve(name) == (code,)


@pytest.mark.parametrize(
    ("group", "year", "inside", "outside", "count"),
    [
        ("EU27", 2003, "GBR", "POL", 15), ("EU", 2004, "POL", "ROU", 25), ("الاتحاد الأوروبي", 2013, "HRV", "UKR", 28), ("بروكسل", 2024, "FRA", "GBR", 27),
        ("G7", None, "JPN", "RUS", 7), ("مجموعة العشرين", None, "SAU", "ESP", 19), ("OPEC", 2018, "QAT", "IDN", 15), ("أوبك", 2024, "GAB", "AGO", 12),
        ("BRICS", 2010, "CHN", "ZAF", 4), ("بريكس", 2023, "ZAF", "EGY", 5), ("BRICS", 2024, "EGY", "IDN", 9), ("BRICS", 2025, "IDN", "SAU", 10),
        ("OPEC+", 2023, "RUS", "QAT", 23), ("GCC", None, "BHR", "IRQ", 6),
    ],
)  # fmt: skip
def test_membership_by_year(group: str, year: int | None, inside: str, outside: str, count: int) -> None:
    found = regions.resolve(group, year)
    assert inside in found
    assert outside not in found
    assert len(found) == count


def test_all_means_every_place_but_no_total() -> None:
    everyone = regions.resolve("all")
    assert len(everyone) > 240
    assert not {"WLD", "OTH", "NES"} & set(everyone)


def test_a_group_is_not_a_country() -> None:
    with pytest.raises(LabelError, match="it is a group"):
        regions.country("G7")


def test_unknown_names_suggest_the_nearest() -> None:
    with pytest.raises(LabelError, match="China") as raised:
        regions.resolve("Chnia")
    assert "maadin facts regions" in str(raised.value)


def test_no_name_means_two_things() -> None:
    names = {c.code: (c.en, c.ar, c.code, *c.also) for c in regions.countries().values()}
    names |= {g.code: (g.en, g.ar, g.code, *g.also) for g in regions.groups().values()}
    for code, also in regions.actors().items():
        names[code] = (*names[code], *also)
    assert labels.clashes(names) == []


def test_names_are_those_of_cldr_but_for_listed_exceptions() -> None:
    from babel import Locale

    english, arabic = Locale("en").territories, Locale("ar").territories
    differing = {
        c.code for c in regions.countries().values()
        if c.iso2 in english and len(c.iso2) == 2 and not {english[c.iso2], arabic[c.iso2]} <= {c.en, c.ar, *c.also}
    }  # fmt: skip
    assert differing <= {"ANT", "SCG", "SUN", "DDR"}


KNOWN = [(c.code, n) for c in regions.countries().values() for n in (c.en, c.ar, *c.also)]
MARKS = "\u064b\u064e\u064f\u0650\u0651\u0652\u0640"


@given(st.sampled_from(KNOWN), st.randoms(use_true_random=False))
def test_case_marks_and_hamza_do_not_matter(known: tuple[str, str], chance) -> None:
    code, name = known
    varied = "".join(chance.choice((c.upper(), c.lower())) if c.isascii() else c for c in name)
    varied = "".join(c + (chance.choice(MARKS) if "\u0621" <= c <= "\u064a" and chance.random() < 0.3 else "") for c in varied)
    varied = varied.replace("أ", chance.choice("أا")).replace("إ", chance.choice("إا"))
    assert regions.resolve(varied) == (code,)


@given(st.text(max_size=30))
def test_random_text_is_a_name_or_a_clear_error(text: str) -> None:
    try:
        regions.resolve(text)
    except LabelError as error:
        assert "is not a known country" in str(error)
