"""World tables of the Mineral Commodity Summaries, on rows cut from three data releases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from maadin.errors import ChecksFailed, DataError
from maadin.facts.records import NO_VALUE, Quantity
from maadin.facts.sources import usgs_units
from maadin.facts.sources.usgs_units import Override, WorldTables, scale_of, unit_suspects
from maadin.facts.sources.usgs_world import read_mcs_world, rules

EXCERPTS = Path(__file__).parents[1] / "excerpts" / "usgs"


def _files(year: int) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((EXCERPTS / f"mcs{year}").glob("*.csv"))}


@pytest.fixture(scope="module")
def world() -> dict[str, WorldTables]:
    return {f"MCS {year}": read_mcs_world(_files(year)) for year in (2023, 2024, 2025)}


def _find(world: Mapping[str, WorldTables], release: str, variable: str, commodity: str, country: str, **fields: object) -> Quantity:
    rows: list[Quantity] = getattr(world[f"MCS {release}"], variable)
    found = [
        row
        for row in rows
        if (row.commodity, row.country) == (commodity, country) and all(getattr(row, name) == wanted for name, wanted in fields.items())
    ]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("release", "commodity", "country", "fields", "tonnes"),
    [
        ("2023", "rare-earths", "RUS", {}, 21e6),
        ("2024", "rare-earths", "RUS", {}, 10e6),
        ("2025", "rare-earths", "RUS", {}, 3.8e6),
        ("2024", "rare-earths", "THA", {}, 4500),
        ("2025", "iron-ore", "RUS", {"mass_basis": "gross", "form": "crude ore"}, 3.5e10),
        ("2025", "iron-ore", "RUS", {"mass_basis": "Fe content"}, 1.4e10),
        ("2024", "iron-ore", "UKR", {"mass_basis": "gross"}, 6.5e9),
        ("2023", "vanadium", "CHN", {}, 9.5e6),
        ("2025", "vanadium", "CHN", {}, 4.1e6),
        ("2025", "molybdenum", "USA", {}, 3.5e6),
        ("2023", "rhenium", "CHL", {}, 1300),
        ("2024", "selenium", "USA", {}, 11000),
        ("2024", "talc", "USA", {}, 140e6),
        ("2023", "zinc", "AUS", {}, 66e6),
        ("2025", "titanium", "AUS", {"form": "rutile"}, 35e6),
        ("2025", "zircon", "AUS", {"mass_basis": "ZrO2 content"}, 55e6),
        ("2025", "chromium", "ZAF", {}, 200e6),
        ("2023", "potash", "BLR", {"form": "ore", "mass_basis": "gross"}, 3.3e9),
        ("2023", "potash", "BLR", {"form": "", "mass_basis": "K2O content"}, 7.5e8),
        ("2025", "potash", "BLR", {"form": "ore"}, 3.3e9),
        ("2023", "platinum-group", "ZAF", {}, 63000),
        ("2025", "platinum-group", "ZAF", {}, 63000),
        ("2025", "boron", "PER", {"form": "crude borates"}, 4e6),
    ],
)
def test_reserves_in_tonnes(
    world: dict[str, WorldTables], release: str, commodity: str, country: str, fields: dict[str, str], tonnes: float
) -> None:
    row = _find(world, release, "reserves", commodity, country, **fields)
    assert (row.value, row.unit, row.stage, row.release) == (tonnes, "tonne", "mine", f"MCS {release}")
    assert row.year == int(release) - 1


@pytest.mark.parametrize(
    ("release", "variable", "commodity", "country", "fields", "value", "unit"),
    [
        ("2023", "production", "chromium", "ZAF", {"year": 2021}, 18.6e6, "tonne"),
        ("2024", "production", "chromium", "ZAF", {"year": 2022}, 19.1e6, "tonne"),
        ("2025", "production", "silica-sand", "USA", {"year": 2023}, 133e6, "tonne"),
        ("2024", "production", "silica-sand", "ARG", {"year": 2022, "quality": "estimated"}, 3.9e6, "tonne"),
        ("2025", "production", "titanium", "AUS", {"form": "ilmenite", "year": 2023}, 4e5, "tonne"),
        ("2025", "production", "titanium", "SLE", {"form": "rutile", "year": 2023}, 110e3, "tonne"),
        ("2025", "production", "kaolin", "WLD", {"year": 2024}, 44e6, "tonne"),
        ("2025", "production", "gem-diamonds", "BWA", {"year": 2023}, 17.6e6, "carat"),
        ("2025", "production", "helium", "USA", {"form": "", "year": 2023}, 64.0, "million m3"),
        ("2025", "production", "helium", "USA", {"form": "Cliffside Field", "year": 2024}, 13.0, "million m3"),
        ("2025", "production", "palladium", "RUS", {"year": 2023}, 87.0, "tonne"),
        ("2024", "production", "fluorspar", "CHN", {"year": 2022}, 5.7e6, "tonne"),
        ("2025", "capacity", "aluminium", "RUS", {"year": 2024, "quality": "estimated"}, 4.08e6, "tonne"),
        ("2025", "capacity", "indium", "CHN", {"stage": "refined"}, 1100.0, "tonne"),
        ("2025", "capacity", "magnesium", "CHN", {}, 1.8e6, "tonne"),
        ("2024", "capacity", "cement", "CHN", {"form": "clinker", "year": 2023}, 2e9, "tonne"),
        ("2024", "capacity", "titanium", "RUS", {"form": "sponge"}, 46500.0, "tonne"),
        ("2025", "capacity", "titanium", "MEX", {"form": "pigment"}, 350e3, "tonne"),
        ("2023", "capacity", "gallium", "RUS", {"year": 2022, "quality": "estimated"}, 10.0, "tonne"),
    ],
)
def test_figures_in_the_units_of_the_tables(
    world: dict[str, WorldTables],
    release: str,
    variable: str,
    commodity: str,
    country: str,
    fields: dict[str, object],
    value: float,
    unit: str,
) -> None:
    row = _find(world, release, variable, commodity, country, **fields)
    assert (row.value, row.unit) == (value, unit)


@pytest.mark.parametrize(
    ("release", "variable", "commodity", "country", "fields", "status"),
    [
        ("2025", "production", "boron", "USA", {"year": 2023}, "withheld"),
        ("2025", "production", "gallium", "USA", {"year": 2023}, "missing"),
        ("2024", "production", "rare-earths", "WLD", {"year": 2022}, "value"),
        ("2024", "reserves", "kyanite", "USA", {}, "described"),
        ("2025", "reserves", "helium", "QAT", {}, "described"),
        ("2024", "reserves", "graphite", "AUT", {}, "included_elsewhere"),
        ("2024", "reserves", "palladium", "ZAF", {}, "included_elsewhere"),
        ("2025", "production", "titanium", "USA", {"form": "rutile", "year": 2023}, "included_elsewhere"),
        ("2024", "reserves", "niobium", "WLD", {}, "at_least"),
        ("2025", "reserves", "chromium", "WLD", {}, "at_least"),
        ("2023", "production", "zircon", "USA", {"year": 2021}, "at_most"),
        ("2024", "production", "vermiculite", "MEX", {"year": 2022}, "below_half_unit"),
        ("2023", "production", "boron", "WLD", {"year": 2021}, "not_applicable"),
    ],
)
def test_why_there_is_no_plain_figure(
    world: dict[str, WorldTables],
    release: str,
    variable: str,
    commodity: str,
    country: str,
    fields: dict[str, object],
    status: str,
) -> None:
    assert _find(world, release, variable, commodity, country, **fields).status == status


@pytest.mark.parametrize(
    ("release", "commodity", "country", "year", "quality"),
    [
        ("2023", "rare-earths", "RUS", 2021, "estimated"),  # remark "Estimated in 2021 also."
        ("2023", "rare-earths", "USA", 2021, "reported"),
        ("2023", "rare-earths", "USA", 2022, "estimated"),  # the head says so
        ("2023", "gallium", "CHN", 2021, "reported"),
        ("2024", "baryte", "LAO", 2022, "reported"),
        ("2024", "palladium", "RUS", 2022, "estimated"),  # printed "Russiae"
        ("2025", "aluminium", "RUS", 2023, "estimated"),
        ("2025", "talc", "IND", 2023, "estimated"),  # the type says so
        ("2025", "talc", "USA", 2023, "reported"),  # and the remark takes it back
        ("2025", "talc", "USA", 2024, "estimated"),
    ],
)
def test_quality(world: dict[str, WorldTables], release: str, commodity: str, country: str, year: int, quality: str) -> None:
    assert _find(world, release, "production", commodity, country, year=year).quality == quality


def test_what_is_left_out(world: dict[str, WorldTables]) -> None:
    for tables in world.values():
        rows = [*tables.production, *tables.capacity, *tables.reserves]
        assert "iron-oxide-pigments" not in {r.commodity for r in rows}
        assert not {r.country for r in tables.reserves if r.commodity == "rare-earths"} & {"UKR"}
        assert all(r.stage == "mine" for r in tables.reserves)
        assert not any(r.commodity in ("indium", "magnesium", "germanium", "alumina") and r.value for r in tables.reserves)
        assert all((r.value is None) == (r.status in NO_VALUE) for r in rows)
        assert all("\n" not in r.note and not r.note.isdecimal() for r in rows)


def test_corrections_stand_in_the_note(world: dict[str, WorldTables]) -> None:
    misprint = _find(world, "2023", "reserves", "zinc", "AUS")
    assert misprint.value_printed == "1,166,000"
    assert "misprint, read as 66,000" in misprint.note
    corrected = _find(world, "2024", "reserves", "talc", "USA")
    assert (corrected.unit_printed, corrected.value_printed) == ("t", "140000")
    assert "unit corrected to kt" in corrected.note
    stated = _find(world, "2025", "reserves", "vanadium", "CHN")
    assert stated.note == "unit thousand metric tons as the table's remarks say"


def test_encodings_and_line_ends_do_not_matter(world: dict[str, WorldTables]) -> None:
    texts = {name: content.decode() for name, content in _files(2024).items()}
    for encoded in (
        {name: text.encode("utf-8-sig") for name, text in texts.items()},
        {f"world/{name}": text.encode("cp1252", "replace").replace(b"\n", b"\r\n") for name, text in texts.items()},
    ):
        again = read_mcs_world(encoded)
        assert [r.value for r in again.production] == [r.value for r in world["MCS 2024"].production]


def test_next_release_of_the_same_shape() -> None:
    text = _files(2025)["MCS2025_World_Data.csv"].decode().replace("MCS2025", "MCS2026")
    head, rest = text.split("\n", 1)
    head = head.replace("2024", "2025").replace("PROD_2023", "PROD_2024").replace("CAP_2023", "CAP_2024")
    tables = read_mcs_world({"MCS2026_World_Data.csv": f"{head}\n{rest}".encode()})
    assert {r.year for r in tables.production} == {2024, 2025}
    assert {r.release for r in tables.reserves} == {"MCS 2026"}
    vanadium = next(r for r in tables.reserves if (r.commodity, r.country) == ("vanadium", "CHN"))
    assert vanadium.value == 4.1e6


HEAD = "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,RESERVES_2024,RESERVE_NOTES\n"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("MCS2025,Kryptonite,China,Mine production,metric tons,1,2,,3,\n", "no line of usgs_world.csv says what production"),
        ('MCS2025,Tungsten,China,"Mine production, tungsten content",bushels,1,2,,3,\n', "unit 'bushels' is not known"),
        ('MCS2025,Tungsten,China,"Mine production, tungsten content",metric tons,-4,2,,3,\n', "line 2, column 'PROD_2023'"),
        ('MCS2025,Tungsten,Chnia,"Mine production, tungsten content",metric tons,1,2,,3,\n', "Chnia"),
        ('MCS2025,Tungsten,,"Mine production, tungsten content",metric tons,1,2,,3,\n', "figures without a country"),
        (
            'MCS2025,Tungsten,China,"Mine production, tungsten content",metric tons,1,2,,3,\n' * 2,
            "tungsten mine  W content CHN 2023 stands 2 times",
        ),
    ],
)
def test_what_cannot_be_read_is_listed(rows: str, message: str) -> None:
    good = 'MCS2025,Tin,Peru,"Mine production, tin content",metric tons,1,2,,3,\n'
    with pytest.raises(ChecksFailed, match="world tables of MCS 2025") as caught:
        read_mcs_world({"MCS2025_World_Data.csv": (HEAD + rows + good).encode()})
    assert any(message in line for line in caught.value.offenders), caught.value.offenders


def test_all_offenders_are_listed_at_once() -> None:
    rows = "".join(f"MCS2025,Unknown{i},China,Mine production,metric tons,1,2,,3,\n" for i in range(30))
    with pytest.raises(ChecksFailed) as caught:
        read_mcs_world({"MCS2025_World_Data.csv": (HEAD + rows).encode()})
    assert len(caught.value.offenders) == 60  # two variables each


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "found none"),
        ({**_files(2023), **_files(2024)}, "found 2023, 2024"),
        ({"mcs2024-tin_world.csv": b"Source,Country,Type,Prod_t_2019\nMCS2024,Peru,Mine production,1\n"}, "2022 to 2024"),
        ({"mcs2024-tin_world.csv": b"Source,Country,Type,Prod_2022\nMCS2024,Peru,Mine production,1\n"}, "no unit"),
        ({"mcs2024-tin_world.csv": b"Source,Country,Type,Stocks_t\nMCS2024,Peru,Mine production,1\n"}, "'Stocks_t'"),
        ({"tin.csv": b"Source,Country,Type,Prod_t_2022\nMCS2024,Peru,Mine production,1\n"}, "mcs2024-coppe_world.csv"),
    ],
)
def test_files_of_another_shape(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_mcs_world(files)


def test_dropped_tables_state_a_reason() -> None:
    assert all(rule.reason for rule in rules() if rule.id == "-")
    assert all(line.why for line in usgs_units.overrides())
    for line in usgs_units.overrides():
        assert scale_of(line.unit_true)[0] == scale_of(line.unit_printed)[0]


def _row(commodity: str, country: str, year: int, value: float, release: str) -> Quantity:
    return Quantity(
        commodity, "mine", "", "gross", country, country, year, value, None, None, "tonne", "value", "reported",
        "usgs_mcs", release, str(value), "t", "",
    )  # fmt: skip


def _world(release: str, reserves: dict[str, float], output: dict[str, float], year: int) -> WorldTables:
    return WorldTables(
        [_row("tin", c, year, v, release) for c, v in output.items()],
        [],
        [_row("tin", c, year, v, release) for c, v in reserves.items()],
    )


OUTPUT = {"CHN": 60.0, "PER": 30.0, "IDN": 10.0, "WLD": 100.0}
RESERVES = {"CHN": 1000.0, "PER": 500.0, "IDN": 2500.0, "WLD": 4000.0}


@pytest.mark.parametrize(
    ("reserves", "output", "found"),
    [
        (RESERVES, OUTPUT, []),
        ({**RESERVES, "IDN": 1.0, "WLD": 1500.0}, OUTPUT, []),  # one country revised by a factor of 2,500
        ({c: v / 1000 for c, v in RESERVES.items()}, OUTPUT, ["0.04 years of output", "0.001 times the figures of MCS 2024"]),
        (RESERVES, {c: v * 1000 for c, v in OUTPUT.items()}, ["0.04 years of output", "1,000 times the figures of MCS 2024"]),
        ({**RESERVES, "WLD": 400.0}, OUTPUT, ["world total of 2023 is 0.1 times the sum of countries"]),
    ],
)
def test_wrong_units_are_suspected(reserves: dict[str, float], output: dict[str, float], found: list[str]) -> None:
    before = _world("MCS 2024", RESERVES, OUTPUT, 2023)
    suspects = unit_suspects({"MCS 2024": before, "MCS 2025": _world("MCS 2025", reserves, output, 2023)})
    assert len(suspects) == len(found)
    assert all(any(words in line and "MCS 2025 tin" in line for line in suspects) for words in found), suspects


def test_a_suspicious_figure_can_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"MCS 2024": _world("MCS 2024", {"WLD": 100.0}, {"WLD": 100.0}, 2023)}
    assert len(unit_suspects(tables)) == 1
    accepted = Override("MCS 2024", "tin", "mine", "", "reserves", "", "", "t", "t", "", "looked into")
    monkeypatch.setattr(usgs_units, "overrides", lambda: (accepted,))
    assert unit_suspects(tables) == []


def test_the_listed_errors_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usgs_units, "overrides", lambda: ())
    suspects = unit_suspects({f"MCS {year}": read_mcs_world(_files(year)) for year in (2023, 2024, 2025)})
    for wrong in (
        "MCS 2023 rhenium mine (Re content) reserves: world reserves",
        "MCS 2023 vanadium mine (V content) reserves: world reserves",
        "MCS 2023 zinc mine (Zn content) reserves: world total of 2022",
        "MCS 2025 selenium mine (Se content) reserves: 0.00",
        "MCS 2024 talc mine (gross) reserves:",
        "MCS 2025 kaolin mine (gross) production: world total of 2024",
        "MCS 2025 silica-sand mine (gross) production: 0.001",
        "MCS 2025 titanium mine rutile (TiO2 content) production: 0.00",
        "MCS 2025 titanium mine ilmenite (TiO2 content) reserves: 0.00",
    ):
        assert any(line.startswith(wrong) for line in suspects), wrong
