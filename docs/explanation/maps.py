"""Compile src/maadin/report/html/data/world.json: outlines of countries as SVG paths in the Equal Earth projection.

The geometry is Natural Earth's 1:110m countries (public domain), as it lies in two wheels of the package geopandas:

    python -m venv geo && geo/bin/pip install shapely pyshp
    pip download --no-deps geopandas==0.14.4 geopandas==0.6.3       # one after the other, into FOLDER
    geo/bin/python docs/explanation/maps.py FOLDER

Both hold the same outlines but for Crimea, which Natural Earth gave to Russia in the older release and the newer one to Ukraine: what they
differ by is drawn as disputed. maps.md beside this file says what else is, and why.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import shapefile
from shapely import make_valid, set_precision, total_bounds, transform
from shapely.geometry import MultiPolygon, Polygon, box, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "src" / "maadin"
WHEELS = {
    "geopandas-0.14.4-py3-none-any.whl": "3bb6473cb59d51e1a7fe2dbc24a1a063fb0ebdeddf3ce08ddbf8c7ddc99689aa",
    "geopandas-0.6.3-py2.py3-none-any.whl": "549eb60665ca49bd2ffd385e68672dce6242e4055b1a00e47fafe17e325324c6",
}
LAYER = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres"
WIDTH = 1000.0
SMALLEST = 0.6  # square units: islets below it are left out, unless they are all that a place has
SOUTH = -56.5  # degrees: Antarctica is no country here
WESTERN_SAHARA = box(-18, 20, -8.67, 27.667)  # its historical borders with Morocco and Algeria are straight lines
ONE_PLACE = {"CYN": "CYP", "SOL": "SOM", "-99": "XKX"}  # drawn with the state whose figures the sources print
# Places without an outline at this scale, by the position of their main town: longitude, latitude
POINTS = {
    "ABW": (-70.0, 12.5), "AND": (1.5, 42.5), "ASM": (-170.7, -14.3), "ATG": (-61.8, 17.1), "BHR": (50.6, 26.2), "BMU": (-64.8, 32.3),
    "BRB": (-59.6, 13.1), "COM": (43.3, -11.7), "CPV": (-23.5, 14.9), "CUW": (-68.9, 12.1), "CYM": (-81.4, 19.3), "DMA": (-61.4, 15.3),
    "FSM": (158.2, 6.9), "GIB": (-5.4, 36.1), "GRD": (-61.8, 12.1), "HKG": (114.2, 22.3), "KIR": (173.0, 1.3), "KNA": (-62.7, 17.3),
    "LCA": (-61.0, 14.0), "MAC": (113.5, 22.2), "MDV": (73.5, 4.2), "MHL": (171.4, 7.1), "MLT": (14.5, 35.9), "MUS": (57.5, -20.2),
    "NRU": (166.9, -0.5), "PLW": (134.5, 7.4), "PYF": (-149.6, -17.5), "SGP": (103.8, 1.3), "SMR": (12.4, 43.9), "STP": (6.7, 0.3),
    "SYC": (55.5, -4.6), "TON": (-175.2, -21.1), "TUV": (179.2, -8.5), "VCT": (-61.2, 13.2), "WSM": (-171.8, -13.8),
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the outlines."""
    newer, older = (outlines(folder / wheel) for wheel in WHEELS)
    crimea = largest(newer["UKR"].intersection(older["RUS"]))
    newer["UKR"], newer["RUS"] = newer["UKR"].difference(crimea.buffer(1e-6)), newer["RUS"].difference(crimea)
    sahara = unary_union([newer.pop("ESH"), newer["MAR"].intersection(WESTERN_SAHARA)])
    newer["MAR"] = newer["MAR"].difference(sahara.buffer(1e-6))
    for code in ("ATA", "ATF"):
        newer.pop(code)
    with (PACKAGE / "facts" / "data" / "regions" / "countries.csv").open(encoding="utf-8") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    projected = {code: projection(geometry) for code, geometry in {**newer, "disputed-1": crimea, "disputed-2": sahara}.items()}
    whole = total_bounds(list(projected.values()))
    scale = WIDTH / (whole[2] - whole[0])

    def placed(points: Any) -> Any:
        return (points - [whole[0], whole[3]]) * [scale, -scale]

    drawn = {code: path(make_valid(transform(geometry, placed))) for code, geometry in projected.items()}
    disputed = "".join(drawn.pop(code) for code in ("disputed-1", "disputed-2"))
    points = {code: placed(equal_earth(np.array([at])))[0].round().tolist() for code, at in POINTS.items() if code in known}
    made: dict[str, Any] = {
        "about": "Natural Earth 1:110m countries, public domain, Equal Earth projection; compiled by docs/explanation/maps.py",
        "width": round(WIDTH), "height": math.ceil((whole[3] - whole[1]) * scale),
        "outlines": dict(sorted((code, d) for code, d in drawn.items() if code in known)),
        "elsewhere": "".join(d for code, d in drawn.items() if code not in known),
        "disputed": disputed, "points": points,
    }  # fmt: skip
    out = PACKAGE / "report" / "html" / "data" / "world.json"
    out.write_text(json.dumps(made, ensure_ascii=False, indent=0) + "\n", "utf-8")
    sys.stdout.write(f"{out}: {out.stat().st_size:,} bytes, {len(made['outlines'])} outlines, {len(points)} points\n")
    sys.stdout.write(f"without an outline or a point: {', '.join(sorted(known - set(made['outlines']) - set(points)))}\n")


def outlines(wheel: Path) -> dict[str, BaseGeometry]:
    """The countries of a wheel by code."""
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEELS[wheel.name]:
        raise SystemExit(f"{wheel}: sha256 is {found}, expected {WHEELS[wheel.name]}")
    with zipfile.ZipFile(wheel) as archive:
        parts: dict[str, Any] = {end: io.BytesIO(archive.read(f"{LAYER}.{end}")) for end in ("shp", "dbf", "shx")}
    by_code: dict[str, list[BaseGeometry]] = {}
    for one in shapefile.Reader(**parts, encoding="latin-1").iterShapeRecords():
        code = {"France": "FRA", "Norway": "NOR"}.get(one.record["name"], one.record["iso_a3"])
        by_code.setdefault(ONE_PLACE.get(code, code), []).append(shape(one.shape.__geo_interface__).buffer(0))
    return {code: unary_union([g.buffer(1e-6) for g in listed]) if len(listed) > 1 else listed[0] for code, listed in by_code.items()}


def largest(geometry: BaseGeometry) -> Polygon:
    """The largest polygon of a geometry."""
    return max((g for g in getattr(geometry, "geoms", [geometry]) if isinstance(g, Polygon)), key=lambda g: g.area)


def equal_earth(points: Any) -> Any:
    """Longitudes and latitudes in degrees projected, array (n, 2): Šavrič, Patterson & Jenny (2018), The Equal Earth map projection."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    longitude, latitude = np.radians(points).T
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(latitude))
    slope = a1 + 3 * a2 * t**2 + t**6 * (7 * a3 + 9 * a4 * t**2)
    return np.column_stack([2 * math.sqrt(3) * longitude * np.cos(t) / (3 * slope), t * (a1 + a2 * t**2 + t**6 * (a3 + a4 * t**2))])


def projection(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry in the projection, what lies south of the map cut off."""
    return transform(geometry.intersection(box(-180, SOUTH, 180, 84)), equal_earth)


def path(geometry: BaseGeometry) -> str:
    """An SVG path on a grid of half units, in relative moves; islets are left out."""
    polygons = [g for g in getattr(geometry, "geoms", [geometry]) if isinstance(g, Polygon)]
    kept = [g for g in polygons if g.area >= SMALLEST] or [max(polygons, key=lambda g: g.area)]
    snapped = set_precision(MultiPolygon(kept), 0.5)
    rings = [ring for g in getattr(snapped, "geoms", [snapped]) for ring in (g.exterior, *g.interiors)] if not snapped.is_empty else []
    return "".join(ring_path([(x, y) for x, y, *_ in ring.coords]) for ring in rings)


def ring_path(points: list[tuple[float, float]]) -> str:
    """A closed ring."""
    (x, y), *rest = points[:-1]
    steps = [f"M{x:g} {y:g}l"]
    for to_x, to_y in rest:
        steps.append(f"{to_x - x:g} {to_y - y:g}")
        x, y = to_x, to_y
    return (steps[0] + " ".join(steps[1:])).replace(" -", "-") + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
