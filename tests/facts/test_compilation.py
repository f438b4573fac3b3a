"""Compiled tables: the same rows give the same bytes, and a broken rule stops the writing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from maadin.errors import ChecksFailed
from maadin.facts import manifest
from maadin.facts.compilation import Compilation
from maadin.facts.records import Quantity
from maadin.facts.store import Store, shipped_folder

ROW = Quantity(
    commodity="tin", stage="mine", form="", mass_basis="Sn content", country="PER", country_printed="Peru", year=2024, value=31_000.0, low=None,
    high=None, unit="tonne", status="value", quality="estimated", source="usgs_mcs", release="MCS 2025", value_printed='31,000 "x"', unit_printed="metric tons",
    note="",
)  # fmt: skip


def compile_rows(folder: Path, raw: Path, rows: list[Quantity]) -> Path:
    raw.write_text("raw")
    with duckdb.connect() as connection:
        made = Compilation(connection)
        made.add("usgs_mcs", "MCS 2025", [raw], raw.parent, {"production": rows})
        made.write(folder)
    return folder


def test_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [
        ROW,
        ROW._replace(country="IDN", value=None, status="missing", note="NA"),
        ROW._replace(country="MMR", value=0.0, status="zero"),
    ]
    one, two = (compile_rows(tmp_path / n, tmp_path / "raw.csv", r) for n, r in (("one", rows), ("two", rows[::-1])))
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in two.iterdir()}


def test_what_is_written_is_what_was_read(tmp_path: Path) -> None:
    odd = ROW._replace(country="IDN", value=0.1 + 0.2, value_printed="", note='quote " and, comma\nand line \\N', low=0.25)
    store = Store([compile_rows(tmp_path / "out", tmp_path / "raw.csv", [ROW, odd])])
    assert sorted(store.rows("select * from production")) == sorted([tuple(ROW), tuple(odd)])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"commodity": "unobtainium"}, "unknown commodity 'unobtainium'"),
        ({"country": "XYZ"}, "unknown country code 'XYZ'"),
        ({"value": -1.0}, "-1.0 tonne"),
        ({"value": None}, "status value with value None"),
        ({"status": "withheld"}, "status withheld with value 31000"),
        ({"value": 0.0}, "status value with value 0.0"),
        ({"value": float("nan")}, "value nan"),
        ({"low": 40_000.0}, "outside its bounds"),
        ({"unit": "carat"}, "is in 'carat'"),
        ({"year": 202}, "impossible year 202"),
        ({}, "stands 2 times"),
    ],
)
def test_a_broken_rule_stops_the_writing(tmp_path: Path, change: dict, words: str) -> None:
    out = compile_rows(tmp_path / "out", tmp_path / "raw.csv", [ROW])
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    with pytest.raises(ChecksFailed, match="production") as raised:
        compile_rows(out, tmp_path / "raw.csv", [ROW, ROW._replace(**change)])
    assert any(words in line for line in raised.value.offenders)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_all_offenders_are_listed(tmp_path: Path) -> None:
    rows = [ROW._replace(country=c, commodity="x") for c in ("AAA", "BBB", "CCC")]
    with pytest.raises(ChecksFailed) as raised:
        compile_rows(tmp_path / "out", tmp_path / "raw.csv", rows)
    assert sum("unknown country" in line for line in raised.value.offenders) == 3


def test_world_total_must_be_the_sum_of_countries(tmp_path: Path) -> None:
    wmd = ROW._replace(source="wmd", release="WMD 2027")
    rows = [wmd, wmd._replace(country="IDN", value=69_000.0), wmd._replace(country="WLD", value=120_000.0)]
    with pytest.raises(ChecksFailed, match="countries sum to 100,000"):
        compile_rows(tmp_path / "out", tmp_path / "raw.csv", rows)


def test_shipped_tables_match_their_manifest_and_stay_small() -> None:
    listed = manifest.read(shipped_folder())
    assert manifest.damaged(shipped_folder(), listed) == []
    assert sum(t.bytes for t in listed.tables.values()) <= 18_000_000
    assert {s.source for s in listed.sources} == {
        "baci", "broda_weinstein", "cepii_protee", "literature", "measures", "usgs_mcs", "usitc_dataweb", "wb_pinksheet", "wb_wgi", "wmd",
    }  # fmt: skip


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    out = compile_rows(tmp_path / "out", tmp_path / "raw.csv", [ROW])
    file = out / "production.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert manifest.damaged(out, manifest.read(out)) == [f"{file} differs from its checksum in manifest.json"]
    file.unlink()
    assert manifest.damaged(out, manifest.read(out)) == [f"{file} is missing"]
