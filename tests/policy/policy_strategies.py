"""Random measures and scenarios, valid by construction, in the form of a file."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from maadin import units
from maadin.policy import MEASURES
from maadin.units import Kind, Range

COUNTRIES = ("USA", "China", "روسيا", "EU27", "G7", "NO", "NA", "Congo, D.R.", "all")
BOUNDS = {
    units.MASS: (0.0, 1e9), units.PRICE: (0.0, 1e7), units.RATE: (0.0, 20.0), units.SHARE: (0.0, 1.0), units.CHANGE: (-1.0, 5.0),
    units.MONEY: (0.0, 1e13), units.YEARS: (0.0, 100.0), units.NUMBER: (0.0, 1e4),
}  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).filter(lambda t: bool(t.strip()))


def sizes(kind: Kind, *, ranges: bool = True) -> st.SearchStrategy[Any]:
    """Sizes of a kind as text, numbers and pairs."""
    values = st.floats(*BOUNDS[kind])
    one = values.map(lambda v: units.write(v, kind))
    two = st.tuples(values, values).map(lambda p: units.write(Range(min(p), max(p)), kind))
    return st.one_of(one, two) if ranges else one


def places() -> st.SearchStrategy[Any]:
    """Names of countries and groups, alone or in a list."""
    return st.one_of(st.sampled_from(COUNTRIES), st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=3, unique=True))


MASS, RATE, SHARE, PRICE = (sizes(k) for k in (units.MASS, units.RATE, units.SHARE, units.PRICE))
DUTY = st.one_of(RATE, PRICE.filter(lambda v: isinstance(v, str)))
QUOTA = st.one_of(st.fixed_dictionaries({"tonnes": MASS}), st.fixed_dictionaries({"share_of_benchmark": RATE}))
MODE = st.sampled_from(["set", "add"])
DATES = st.one_of(
    st.none(), st.integers(1990, 2090).map(lambda y: {"from": y, "to": y + 3}), st.just({"from": "2027-03"}), st.just({"to": "2028-02-29"})
)
BOTH = {"importer": places(), "exporter": places()}
FIELDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "tariff": st.fixed_dictionaries({"importer": places(), "rate": DUTY, "mode": MODE}, optional={"exporter": places()}),
    "export_tax": st.fixed_dictionaries({"exporter": places(), "rate": DUTY}, optional={"importer": places(), "mode": MODE}),
    "embargo": st.fixed_dictionaries(BOTH),
    "export_ban": st.fixed_dictionaries({"exporter": places()}, optional={"importer": places()}),
    "import_quota": st.builds(lambda a, q: a | q, st.fixed_dictionaries({"importer": places()}, optional={"rent_to_importer": SHARE}), QUOTA),
    "export_quota": st.builds(lambda a, q: a | q, st.fixed_dictionaries({"exporter": places()}, optional={"rent_to_importer": SHARE}), QUOTA),
    "tariff_rate_quota": st.builds(
        lambda a, q: a | q, st.fixed_dictionaries({"importer": places(), "over_quota_rate": RATE}, optional={"in_quota_rate": RATE}), QUOTA
    ),
    "subsidy": st.fixed_dictionaries({"country": places(), "rate": DUTY}),
    "price_floor": st.fixed_dictionaries(
        {"country": places(), "price": PRICE, "mechanism": st.sampled_from(["cfd", "purchase"])}, optional={"payer": places()}
    ),
    "stockpile": st.fixed_dictionaries(
        {"country": places(), "action": st.sampled_from(["build", "release"]), "tonnes": MASS}, optional={"trigger_price": PRICE}
    ),
    "capacity": st.fixed_dictionaries(
        {"country": places(), "tonnes": MASS}, optional={"ramp_years": sizes(units.YEARS), "partner": places(), "chance_of_failure": SHARE}
    ),
    "supply_shock": st.fixed_dictionaries({"country": places(), "loss": st.one_of(SHARE, MASS)}),
    "demand_shift": st.fixed_dictionaries({"country": places(), "change": sizes(units.CHANGE)}),
    "reopen": st.fixed_dictionaries({**BOTH, "open_year": st.integers(1995, 2024)}),
    "supply_offer": st.fixed_dictionaries({**BOTH, "tonnes": MASS}, optional={"max_discount": sizes(units.SHARE, ranges=False)}),
    "resource_fund": st.fixed_dictionaries(
        {"country": places(), "value": sizes(units.MONEY)}, optional={"share": SHARE, "years": sizes(units.YEARS), "commodities": st.just(["all", "rare earths"])}
    ),
    "territory": st.fixed_dictionaries({"country": places()}, optional={"share": SHARE}),
}  # fmt: skip


@st.composite
def measures(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """One measure as it stands in a file."""
    noun = draw(st.sampled_from(sorted(MEASURES)))
    fields = draw(FIELDS[noun])
    if noun not in ("resource_fund", "territory"):
        fields = fields | (draw(DATES) or {})
        if draw(st.booleans()):
            fields["except"] = draw(places())
    return {noun: fields}


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario as it stands in a file; its measures may conflict."""
    sentence = st.one_of(TEXT, st.fixed_dictionaries({"en": TEXT, "ar": st.just("نص")}))
    optional = {
        "description": sentence, "source": sentence, "commodity": TEXT, "stage": TEXT, "year": st.integers(1995, 2024),
        "elasticity_horizon": st.sampled_from(["short", "medium", "long"]), "choke": st.floats(1.01, 100), "capacity_slack": SHARE,
        "elasticities": st.fixed_dictionaries({}, optional={"sigma": st.floats(0.5, 50), "eta": sizes(units.NUMBER)}),
        "assumes": st.lists(sentence, max_size=3), "horizon": st.integers(2024, 2060),
    }  # fmt: skip
    fields = draw(st.fixed_dictionaries({"name": TEXT}, optional=optional))
    return fields | {"measures": draw(st.lists(measures(), max_size=4))}
