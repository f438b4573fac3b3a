"""Valid names: commodities with their stages and codes, countries and groups, governance and elasticities."""

from __future__ import annotations

from maadin.facts import catalogue, regions, selection
from maadin.facts.selection import CountriesLike, YearsLike
from maadin.facts.store import Store, default_store
from maadin.facts.table import Note, Table, table_of

COMMODITY_COLUMNS = (
    "commodity", "name_en", "name_ar", "symbol", "group", "unit", "stage", "stage_en", "stage_ar", "mass_basis", "codes", "codes_in_data",
    "grade", "reason_en", "reason_ar", "synonyms_en", "synonyms_ar",
)  # fmt: skip
REGION_COLUMNS = ("code", "name_en", "name_ar", "kind", "members", "synonyms")
GOVERNANCE_COLUMNS = ("country", "country_name", "year", "indicator", "value", "standard_error", "source", "release")
ELASTICITY_COLUMNS = (
    "commodity", "commodity_printed", "hs6", "kind", "horizon", "low", "mid", "high", "family", "source", "check", "note",
)  # fmt: skip


def commodities(name: str | None = None, *, store: Store | None = None) -> Table:
    """Commodities of the catalogue, one row a stage; one commodity when a name is given.

    Raises
    ------
    LabelError
        If the name is unknown.
    """
    held = {code for s in (store or default_store()).series for code in s.codes}
    chosen = [selection.market(name).commodity] if name else list(catalogue.commodities().values())
    records = [
        {
            "commodity": c.id, "name_en": c.names.en, "name_ar": c.names.ar, "symbol": c.symbol, "group": c.group, "unit": c.unit,
            "stage": s.id, "stage_en": s.names.en, "stage_ar": s.names.ar, "mass_basis": s.mass_basis,
            "codes": ";".join(x.code for x in s.hs6), "codes_in_data": ";".join(x.code for x in s.hs6 if x.code in held),
            "grade": s.grade, "reason_en": s.reason.en, "reason_ar": s.reason.ar,
            "synonyms_en": "; ".join(c.synonyms.en), "synonyms_ar": "؛ ".join(c.synonyms.ar),
        }
        for c in chosen
        for s in c.stages
    ]  # fmt: skip
    return table_of(Note("commodities", {"commodity": chosen[0].id if name else None}), records, COMMODITY_COLUMNS)


def places(name: str | None = None, *, year: int | None = None) -> Table:
    """Countries and groups with their names; one of them, and its members in a year, when a name is given.

    Raises
    ------
    LabelError
        If the name is unknown.
    """
    records = [
        {
            "code": g.code,
            "name_en": g.en,
            "name_ar": g.ar,
            "kind": "group",
            "members": " ".join(g.members(year)),
            "synonyms": "; ".join(g.also),
        }
        for g in regions.groups().values()
    ]
    stands_for = regions.actors()
    records += [
        {
            "code": c.code, "name_en": c.en, "name_ar": c.ar, "kind": "total" if c.is_total else "country", "members": "",
            "synonyms": "; ".join((*c.also, *stands_for.get(c.code, ()))),
        }
        for c in regions.countries().values()
    ]  # fmt: skip
    if name is not None:
        codes = set(regions.resolve(name, year))
        group = next((r for r in records if r["kind"] == "group" and set(r["members"].split()) == codes), None)
        records = ([group] if group else []) + [r for r in records if r["code"] in codes]
    return table_of(Note("regions", {"name": name, "year": year}), records, REGION_COLUMNS)


def governance(country: CountriesLike = None, *, year: YearsLike = None, store: Store | None = None) -> Table:
    """Governance estimates (about -2.5 weak to 2.5 strong) with standard errors, by country and year."""
    wanted, years = selection.countries(country), selection.years(year)
    stored = tuple(c for c in GOVERNANCE_COLUMNS if c != "country_name")
    rows = (store or default_store()).rows(f"select {', '.join(stored)} from governance order by country, indicator, year")
    records = [dict(zip(stored, r, strict=True)) for r in rows]
    kept = [r for r in records if (wanted is None or r["country"] in wanted) and (years is None or r["year"] in years)]
    for r in kept:
        r["country_name"] = regions.name(r["country"], "en")
    return table_of(Note("governance", {"countries": wanted, "years": years}), kept, GOVERNANCE_COLUMNS)


def elasticities(commodity: str | None = None, *, kind: str | None = None, store: Store | None = None) -> Table:
    """Published and computed elasticities (absolute values) with their sources and how far each was verified."""
    asked = selection.market(commodity) if commodity else None
    rows = (store or default_store()).rows(
        "select "
        + ", ".join(f'"{c}"' for c in ELASTICITY_COLUMNS)
        + " from elasticities order by kind, commodity, hs6, family, horizon, source, note"
    )
    records = [dict(zip(ELASTICITY_COLUMNS, r, strict=True)) for r in rows]
    if asked:
        codes = {x.code for s in asked.commodity.stages for x in s.hs6}
        records = [r for r in records if asked.commodity.id in r["commodity"].split(";") or r["hs6"] in codes]
    if kind:
        records = [r for r in records if r["kind"] == kind]
    about = Note("elasticities", {"commodity": asked.commodity.id if asked else None, "kind": kind})
    used = tuple(sorted({(r["family"], "") for r in records}))
    return Table(about, ELASTICITY_COLUMNS, tuple(tuple(r[c] for c in ELASTICITY_COLUMNS) for r in records), (), used)
