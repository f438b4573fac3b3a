"""What is known about a country's use and trade from elsewhere, to set beside a benchmark: salient United States statistics.

Most chapters print several forms of a commodity, or one total over all of them from ore to scrap. `_PRINTED` says which printed figures describe
the goods of a stage, and how much of the stage's mass basis a printed tonne holds; what it leaves out is not comparable and is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from maadin.facts.catalogue import Stage
from maadin.facts.store import Store

UNITED_STATES = "USA"
_LI2O, _NB2O5 = 2.1527, 1.4305  # mass ratios Li2O to 2 Li, Nb2O5 to 2 Nb
# Typical: P2O5 in US rock (5.5 of 19.6 Mt in 2023), Fe in US ore, Mn in imported ore, zircon per tonne of ZrO2
_P2O5, _FE, _MN, _ZIRCON = 0.281, 0.63, 0.42, 1.5
_Printed = tuple[str, tuple[str, ...], float]  # quantity, printed forms that are added up, tonnes of the stage's basis in a printed one


def _trade(*forms: str, factor: float = 1.0) -> tuple[_Printed, ...]:
    return ("imports", forms, factor), ("exports", forms, factor)


def _use(form: str = "", factor: float = 1.0) -> _Printed:
    return "apparent_consumption", (form,), factor


def _reported(form: str = "", factor: float = 1.0) -> _Printed:
    return "reported_consumption", (form,), factor


_PRINTED: dict[tuple[str, str], tuple[_Printed, ...]] = {
    ("aluminium", "refined"): (*_trade("crude"), _use()),  # trade with semi-manufactures, use with old scrap
    ("antimony", "mine"): _trade("ore"),
    ("asbestos", "mine"): (*_trade(""), _use()),
    ("baryte", "mine"): (*_trade(""), _use()),
    ("bauxite", "mine"): (*_trade(""), _use(), _reported()),
    ("bentonite", "mine"): (("exports", ("",), 1.0),),
    ("bismuth", "refined"): (*_trade(""), _use(), _reported()),
    ("cadmium", "refined"): _trade("unwrought", "scrap"),
    ("cobalt", "mine"): (*_trade(""), _use(), _reported("estimated")),
    ("copper", "mine"): _trade("ores"),
    ("copper", "refined"): (*_trade("refined"), _use(), _reported()),
    ("diatomite", "mine"): (*_trade(""), _use()),
    ("feldspar", "mine"): (*_trade("feldspar"), _use("feldspar")),
    ("fluorspar", "mine"): (*_trade(""), _use()),
    ("graphite", "mine"): (*_trade(""), _use()),
    ("gypsum", "mine"): _trade("crude"),  # use counts synthetic gypsum
    ("iron-ore", "mine"): (*_trade("", factor=_FE), _use(factor=_FE), _reported(factor=_FE)),
    ("kaolin", "mine"): _trade(""),
    ("lead", "mine"): _trade("concentrates"),
    ("lithium", "mine"): (*_trade("", factor=_LI2O), _use(factor=_LI2O)),
    ("magnesium", "refined"): (*_trade(""), _use(), _reported()),  # trade with alloys, scrap and powder
    ("manganese", "mine"): (*_trade("ore", factor=_MN), _reported("ore", _MN)),
    ("molybdenum", "mine"): (*_trade("ore concentrates"), _use(), _reported()),
    ("nickel", "mine"): _trade("ores"),
    ("niobium", "mine"): (*_trade("", factor=_NB2O5), _use(factor=_NB2O5), _reported(factor=_NB2O5)),
    ("palladium", "mine"): (*_trade(""), _use()),
    ("phosphate", "mine"): (("imports", ("",), _P2O5), _use(factor=_P2O5)),
    ("platinum", "mine"): (*_trade(""), _use()),
    ("rare-earths", "mine"): (("imports", ("compounds", "metals"), 1.0), ("exports", ("ores-compounds", "metals"), 1.0)),
    ("rhodium", "mine"): _trade(""),
    ("selenium", "refined"): (*_trade("metal"), _use("metal")),
    ("silicon", "refined"): _trade("Si"),
    ("sulfur", "mine"): (*_trade("elemental"), _use()),  # use counts sulfuric acid
    ("titanium", "mine"): (*_trade("mineral concentrates"), _use("mineral concentrates")),  # with slag
    ("titanium", "refined"): (*_trade("sponge"), _use("sponge"), _reported("sponge")),
    ("tungsten", "mine"): _trade("concentrate"),
    ("vanadium", "mine"): (*_trade("V2O5", "oxide", "FeV"), _use(), _reported()),
    ("zinc", "mine"): _trade("ores"),
    ("zircon", "mine"): (("imports", ("ZrO2",), _ZIRCON), ("exports", ("Zr ore",), _ZIRCON)),
}


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A published figure beside the benchmark's own.

    Attributes
    ----------
    country, quantity, form : str
        quantity is apparent_consumption, reported_consumption, imports or exports; form is the source's own qualifier, several ones added up.
    published_t, benchmark_t : float
        Tonnes of the benchmark's mass basis; the goods are the same, the definition need not be (scrap, stocks, domestic exports).
    year : int
    source, release : str
    """

    country: str
    quantity: str
    form: str
    published_t: float
    benchmark_t: float
    year: int
    source: str
    release: str


def united_states(store: Store, commodity: str, stage: Stage, year: int, quantity: str) -> tuple[float, str, str] | None:
    """A salient figure in tonnes of the stage's mass basis, its form and release; None where none is printed for the stage."""
    for listed, forms, factor in _PRINTED.get((commodity, stage.id), ()):
        if listed != quantity:
            continue
        found: list[tuple[float, str]] = store.rows(
            """select sum(value), release from salient where commodity = ? and variable = ? and year = ? and form in (select unnest(?::varchar[]))
            and value is not null and unit = 'tonne' group by release having count(*) = ? order by release desc limit 1""",
            [commodity, quantity, year, list(forms), len(forms)],
        )
        if found:
            return found[0][0] * factor, " + ".join(forms), found[0][1]
    return None
