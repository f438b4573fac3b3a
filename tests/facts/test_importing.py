"""Imports: what is right becomes usable at once; what is wrong gives one clear error and leaves everything as it was."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from maadin.errors import DataError, InputError, MaadinError
from maadin.facts import importing
from maadin.facts.ask.trade import trade
from maadin.facts.store import FOLDER_VARIABLE, default_store

HEADER = "t,i,j,k,v,q\n"
GOOD = (
    HEADER
    + "2025,643,842,760110,1200.5,480.25\n2025,643,842,760120,2400,   NA\n2025,124,842,760120,9000.001,3000\n2025,4,842,010121,5,1\n"
    + "2025,152,156,740311,100,10\n"
)


@pytest.fixture(autouse=True)
def user_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user data folder of the test's own, and a store that is opened anew."""
    folder = tmp_path / "user"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    default_store.cache_clear()
    yield folder
    default_store.cache_clear()


def baci_zip(folder: Path, text: str | bytes, name: str = "BACI_HS92_Y2025_V202701.csv") -> Path:
    archive = folder / "BACI_HS92_V202701.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as content:
        content.writestr(name, text)
        content.writestr(
            "country_codes_V202701.csv", "country_code,country_name,country_iso2,country_iso3\n643,Russian Federation,RU,RUS\n"
        )
    return archive


def imported(user: Path) -> list[str]:
    return sorted(str(p.relative_to(user)) for p in user.rglob("*") if p.is_file()) if user.exists() else []


def test_new_codes_are_usable_at_once(tmp_path: Path, user_folder: Path) -> None:
    assert all(r["code"] != "760120" for r in trade("aluminium", importer="USA", beside=False).records())
    importing.import_release(baci_zip(tmp_path, GOOD))
    rows = trade("aluminium", importer="USA", year=2025, beside=False).records()
    found = {(r["code"], r["exporter"]): (r["value_usd"], r["quantity_t"]) for r in rows}
    assert found == {
        ("760110", "RUS"): (1_200_500, 480.25),
        ("760120", "RUS"): (2_400_000, None),
        ("760120", "CAN"): (9_000_001, 3000.0),
    }
    stored = default_store().rows("select count(*) from trade where series = 'baci-hs92-v202701'")
    assert stored == [(4,)], "codes outside the catalogue (010121) are not kept"


def test_further_codes_can_be_kept(tmp_path: Path) -> None:
    importing.import_release(baci_zip(tmp_path, GOOD), codes=("01",))
    assert default_store().rows("select hs6 from trade where series = 'baci-hs92-v202701' and hs6 like '01%'") == [("010121",)]


def test_an_imported_release_can_be_replaced_and_removed(tmp_path: Path, user_folder: Path) -> None:
    importing.import_release(baci_zip(tmp_path, GOOD))
    importing.import_release(baci_zip(tmp_path, GOOD.replace("1200.5", "1300.5")))
    assert trade("760110", exporter="RUS", importer="USA", year=2025, beside=False).records()[0]["value_usd"] == 1_300_500
    importing.remove_release("BACI V202701")
    assert imported(user_folder) == []
    assert trade("760110", exporter="RUS", importer="USA", year=2025, beside=False).rows == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("t,i,j,k,v,q", "year,exporter,importer,code,v,q"), "expected the columns t,i,j,k,v,q"),
        (GOOD.replace("1200.5", "lots"), "line 2, column v.*lots"),
        (GOOD.replace("9000.001", "-9000"), "line 4, column v.*-9000"),
        (GOOD.replace("480.25", "-1"), "line 2, column q.*-1"),
        (GOOD.replace("2025,124", "2024,124"), "line 4, column t: expected 2025, found 2024"),
        (GOOD.replace("2025,124", "2025,999"), "'999' is not a country code"),
        (GOOD + "2025,643,842,760110,1,1\n", "line 2.*stands 2 times"),
        (GOOD.replace("760110", "76O110"), "line 2, column k.*76O110"),
        (GOOD.encode().replace(b"1200.5", b"12\xff\xfe00"), "BACI_HS92_Y2025"),
        (HEADER + "2025,643,842,010121,1,1\n", "none of the codes"),
        (GOOD + "2025,643,842\n", "BACI_HS92_Y2025"),
    ],
    ids=[
        "columns",
        "text-value",
        "negative-value",
        "negative-quantity",
        "year",
        "country",
        "duplicate",
        "code",
        "encoding",
        "no-codes",
        "short-row",
    ],
)
def test_wrong_content_is_named_and_nothing_changes(tmp_path: Path, user_folder: Path, text: str | bytes, words: str) -> None:
    importing.import_release(baci_zip(tmp_path, GOOD))
    before = imported(user_folder)
    with pytest.raises(DataError, match=words):
        importing.import_release(baci_zip(tmp_path, text))
    assert imported(user_folder) == before
    assert trade("760110", exporter="RUS", importer="USA", year=2025, beside=False).records()[0]["value_usd"] == 1_200_500


def test_a_truncated_zip_is_named_and_nothing_changes(tmp_path: Path, user_folder: Path) -> None:
    archive = baci_zip(tmp_path, GOOD * 200)
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(DataError, match="truncated"):
        importing.import_release(archive)
    assert imported(user_folder) == []


def test_a_damaged_member_is_named(tmp_path: Path, user_folder: Path) -> None:
    archive = baci_zip(tmp_path, GOOD)
    raw = bytearray(archive.read_bytes())
    raw[60] ^= 0xFF  # inside the compressed yearly file
    archive.write_bytes(bytes(raw))
    with pytest.raises(DataError, match="BACI_HS92_V202701"):
        importing.import_release(archive)
    assert imported(user_folder) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n", b"PK\x03\x04broken"])
def test_what_is_no_release_is_refused(tmp_path: Path, user_folder: Path, content: bytes) -> None:
    file = tmp_path / "something.bin"
    file.write_bytes(content)
    with pytest.raises(MaadinError, match=r"something\.bin"):
        importing.import_release(file)
    assert imported(user_folder) == []


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        importing.import_release(tmp_path / "nothing.zip")


def test_the_full_release_of_a_shipped_extract_adds_its_codes(tmp_path: Path) -> None:
    text = GOOD.replace("2025", "2024").replace("1200.5", "1913.559")
    importing.import_release(baci_zip(tmp_path, text, "BACI_HS92_Y2024_V202601.csv"))
    alloy = trade("760120", exporter="Canada", importer="USA", year=2024, beside=False).records()
    assert [(r["value_usd"], r["series"]) for r in alloy] == [(9_000_001, "baci-hs92-v202601-full")]
    # A code that the import does not hold is still answered by the shipped extract.
    assert trade("260300", exporter="Chile", importer="China", year=2019, beside=False).records()[0]["value_usd"] == 9_718_766_046


def test_a_shipped_usgs_release_is_not_imported_twice(tmp_path: Path) -> None:
    file = tmp_path / "MCS2025_World_Data.csv"
    file.write_text((Path(__file__).parent / "excerpts" / "usgs" / "whole_tables_2025.csv").read_text("utf-8"), encoding="utf-8")
    with pytest.raises(InputError, match="comes with maadin already"):
        importing.import_release(file)


def test_removing_what_was_not_imported_is_said() -> None:
    with pytest.raises(InputError, match="no release 'MCS 2030' was imported"):
        importing.remove_release("MCS 2030")


def mcs2026(tmp_path: Path, change: tuple[str, str] = ("", "")) -> Path:
    """Two whole tables of MCS 2025 as the next release would print them."""
    text = (Path(__file__).parent / "excerpts" / "usgs" / "whole_tables_2025.csv").read_text("utf-8")
    for year in (2024, 2023):  # the later one first
        text = text.replace(f"_{year}", f"_{year + 1}").replace(f" {year}", f" {year + 1}")
    text = text.replace("MCS2025", "MCS2026")
    assert change[0] in text
    file = tmp_path / "MCS2026_World_Data.csv"
    file.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
    return file


def test_a_newer_usgs_release_answers_beside_the_older_ones(tmp_path: Path) -> None:
    from maadin.facts.ask import quantities

    importing.import_release(mcs2026(tmp_path))
    releases = [(r["release"], r["value"]) for r in quantities.reserves("rare earths", country="Russia").records()]
    assert releases == [("MCS 2023", 21e6), ("MCS 2024", 10e6), ("MCS 2025", 3.8e6), ("MCS 2026", 3.8e6)]
    assert {r["release"] for r in quantities.reserves("rare earths").records()} == {"MCS 2026"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("3800000", "-3800000"), "3800000"),
        (("COUNTRY", "LAND"), "columns Source and Country expected"),
        (("Rare earths,Russia", "Rare earths,Ruritania"), "Ruritania"),
        (("Rare earths,China", "Unobtainium,China"), "Unobtainium"),
    ],
    ids=["negative", "columns", "country", "commodity"],
)
def test_wrong_usgs_content_is_named_and_nothing_changes(tmp_path: Path, user_folder: Path, change: tuple[str, str], words: str) -> None:
    with pytest.raises(DataError, match=words) as raised:
        importing.import_release(mcs2026(tmp_path, change))
    assert "MCS2026_World_Data.csv" in str(raised.value)
    assert imported(user_folder) == []


def test_a_wrong_unit_is_refused(tmp_path: Path, user_folder: Path) -> None:
    wrong = mcs2026(tmp_path, ("million metric tons", "thousand metric tons"))
    with pytest.raises(DataError, match="iron-ore"):
        importing.import_release(wrong)
    assert imported(user_folder) == []


def test_a_wrong_unit_can_be_put_right_by_the_user(tmp_path: Path) -> None:
    from maadin.facts.ask import quantities

    wrong = mcs2026(tmp_path, ("million metric tons", "thousand metric tons"))
    header = "release,commodity,stage,form,variable,country,year,unit_printed,unit_true,text_true,why\n"
    own = tmp_path / "own.csv"
    own.write_text(header + "MCS 2026,iron-ore,mine,,reserves,,,thousand metric tons,million metric tons,,see the printed table\n")
    importing.import_release(wrong, corrections=own)
    found = quantities.reserves("iron ore", country="Russia", release="MCS 2026").records()
    assert {(r["form"], r["value"]) for r in found} == {("crude ore", 35e9), ("", 14e9)}
    own.write_text(header + "MCS 2026,iron-ore,mine,,reserves,,,kt,furlongs,,\n")
    with pytest.raises(DataError, match=r"own\.csv, line 2, column 'unit_true'.*furlongs"):
        importing.import_release(wrong, corrections=own)


def test_a_workbook_needs_a_name(tmp_path: Path) -> None:
    file = tmp_path / "wmd.xlsx"
    with zipfile.ZipFile(file, "w") as content:
        content.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InputError, match="--release"):
        importing.import_release(file)
    with pytest.raises(DataError, match=r"wmd\.xlsx"):
        importing.import_release(file, release="WMD 2027")
