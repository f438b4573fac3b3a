"""Elasticities: pooling against an independent mixture, horizons, draws, overrides, and the calibration to one event.

Tolerances: 1e-9 where both sides are exact up to rounding; 3 % for quantiles of 4,096 quasi-random draws, whose own error is about 1 %.
"""

import dataclasses
import math
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

from maadin.errors import DataError, InputError, LabelError
from maadin.facts import catalogue
from maadin.facts.records import Elasticity
from maadin.facts.store import Store, shipped_folder
from maadin.market.distributions import Component, Family, Parameter
from maadin.market.draws import draw, point
from maadin.market.elasticities import described, elasticities
from maadin.market.elasticity_sources import BOUNDS, HORIZONS, PARAMETERS, component
from maadin.market.event_calibration import ObservedYear, calibrate_armington, exposure

EXACT, SAMPLED = 1e-9, 0.03
EVENT = "us232_al_2023_rus"
BALANCED = [(c.id, s.id) for c in catalogue.commodities().values() for s in c.stages if s.grade in "AB"]

# CEPII BACI HS92 V202601, 760110 imported by the United States, tonnes: from Russia, and from all others
ALUMINIUM = {
    2020: (32_208.088, 1_927_780.994),
    2021: (23_010.842, 1_807_692.662),
    2022: (31_108.223, 2_088_074.737),
    2023: (366.129, 2_377_891.480),
    2024: (798.169, 2_304_505.030),
}
DUTY_FROM = date(2023, 3, 10)  # Proclamation 10522, 88 FR 13267: 200 % on Russian aluminium; 10 % before, Proclamation 9704


@pytest.fixture(scope="module")
def store():
    return Store([shipped_folder()])


@pytest.fixture(scope="module")
def aluminium(store):
    return elasticities("aluminium", "refined", store=store)


def observed(*years):
    return [ObservedYear(y, *ALUMINIUM[y], exposure(DUTY_FROM, y)) for y in years]


def calibrated(before=(2020, 2021, 2022), after=(2023, 2024)):
    return calibrate_armington(observed(*before), observed(*after), duty_before=0.10, duty_after=2.0, event=EVENT)


def independent_quantile(parts, probability):
    """Quantile of a mixture of (weight, 5 %, 50 %, 95 % points), by scipy's normal distribution and root finder."""

    def below(log_x):
        total = 0.0
        for weight, low, mid, high in parts:
            side = mid / low if log_x < math.log(mid) else high / mid
            total += weight * norm.cdf((log_x - math.log(mid)) / (math.log(side) / norm.ppf(0.95)))
        return total

    return math.exp(brentq(lambda x: below(x) - probability, -8, 8, xtol=1e-13))


# -- pooling


def test_substitution_for_aluminium_is_the_mixture_of_the_printed_figures(aluminium):
    widen = norm.ppf(0.95) / norm.ppf(0.75)
    quartiles = [(1 / 6, 2.93, 4.92, 7.61), (1 / 12, 4.26, 7.89, 15.57), (1 / 12, 3.94, 7.89, 10.33)]  # Broda & Weinstein, 760 and 7601xx
    parts = [(w, m * (lo / m) ** widen, m, m * (hi / m) ** widen) for w, lo, m, hi in quartiles]
    parts.append((1 / 3, 4.2, 8.4, 16.8))  # GTAP, non-ferrous metals: within a factor of 2
    spread = math.hypot(math.log(1.5), math.log(0.71 / 0.5)), math.hypot(math.log(1.5), math.log(1 / 0.71))
    for mid in (44.675732 * 0.71, 31.379738 * 0.71):  # ProTEE 760110 and 760120, long run carried to medium
        parts.append((1 / 6, mid * math.exp(-spread[0]), mid, mid * math.exp(spread[1])))
    for probability in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert aluminium.armington.quantile(probability) == pytest.approx(independent_quantile(parts, probability), rel=EXACT)


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("sampler", ["sobol", "lhs"])
def test_draws_have_the_quantiles_of_the_mixture(aluminium, name, sampler):
    parameter = aluminium.parameter(name)
    values = draw(aluminium, 4096, seed=3, sampler=sampler).parameter(name)
    for probability in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(values, probability) == pytest.approx(parameter.quantile(probability), rel=SAMPLED)


def test_families_weigh_the_same_however_many_figures_they_have(aluminium):
    table = described(aluminium).to_pandas().query("parameter == 'armington' and family != 'pooled'")
    assert dict(table.groupby("family").weight.sum().round(12)) == dict.fromkeys(
        ("broda_weinstein", "gtap-2007", "protee"), round(1 / 3, 12)
    )
    counts = np.bincount(draw(aluminium, 3000).source["armington"])
    assert counts.tolist() == pytest.approx([1000] * 3, abs=5)


def test_disagreeing_sources_all_stay(aluminium):
    medians = {f.name: f.median() for f in aluminium.armington.families}
    assert medians["broda_weinstein"] < 10 < 20 < medians["protee"]
    assert aluminium.armington.quantile(0.05) < 3 and aluminium.armington.quantile(0.95) > 30


def test_a_source_without_an_estimate_is_no_source(store):
    for code in ("260111", "260600", "260300", "750210"):  # empty cells of ProTEE
        assert "protee" not in [f.name for f in elasticities(code, store=store).armington.families]


def test_a_code_alone_takes_its_own_figures(store):
    whole, part = (elasticities(name, "refined", store=store) for name in ("aluminium", "760120"))
    assert len(whole.armington.families[2].components) == 2
    (only,) = part.armington.families[2].components
    assert only.note.startswith("HS 760120")


@pytest.mark.parametrize(("commodity", "stage"), BALANCED)
def test_every_market_that_can_be_balanced_has_usable_elasticities(store, commodity, stage):
    by_horizon = [elasticities(commodity, stage, h, store=store) for h in HORIZONS]
    for pooled in by_horizon:
        middle, drawn = point(pooled), draw(pooled, 256)
        for name, (least, most) in BOUNDS.items():
            values = np.concatenate([middle.parameter(name), drawn.parameter(name)])
            assert np.isfinite(values).all() and (values >= least).all() and (values <= most).all()
        assert middle.armington > 1 and (drawn.armington > 1).all() and (drawn.demand > 0).all() and (drawn.supply > 0).all()
    for name in PARAMETERS:  # nothing becomes less elastic with time
        for probability in (0.05, 0.5, 0.95):
            found = [p.parameter(name).quantile(probability) for p in by_horizon]
            assert found == sorted(found)


# -- horizons, spreads, marks


def test_a_long_run_figure_used_for_a_shorter_run_says_so(store):
    (stuermer,) = elasticities("aluminium", "refined", "short", store=store).demand.families
    (figure,) = stuermer.components
    assert figure.scaled == 0.4 and figure.mid == pytest.approx(0.7 * 0.4)
    assert "long-run figure used for the short run" in figure.note and "assumption" in figure.note
    assert figure.check == "unchecked" and figure.horizon_printed == "long" and not figure.assumption
    (as_printed,) = elasticities("aluminium", "refined", "long", store=store).demand.families[0].components
    assert (as_printed.scaled, as_printed.low, as_printed.mid, as_printed.high) == (1.0, 0.35, 0.7, 1.4)


def test_a_study_with_figures_for_two_horizons(store):
    for horizon, middles in (("short", [0.35]), ("long", [0.75]), ("medium", [0.35 / 0.7, 0.75 * 0.7])):
        (boer,) = elasticities("copper", "refined", horizon, store=store).supply.families
        assert sorted(c.mid for c in boer.components) == pytest.approx(sorted(middles))


def test_an_upper_bound_is_no_middle(store):
    (figure,) = elasticities("zinc", horizon="long", store=store).demand.families[0].components
    assert (figure.low, figure.mid, figure.high) == (0.05, 0.1, 0.2) and "upper bound" in figure.note


def test_assumptions_are_marked(store, aluminium):
    assert aluminium.assumptions == ("supply", "re_export", "slack", "outside_option")
    assert elasticities("nickel", store=store).assumptions == ("demand", "re_export", "slack", "outside_option")
    rows = described(aluminium).records()
    for row in rows:
        if row["family"] == "prior":
            assert row["assumption"] and row["check"] == "assumption" and len(row["source"]) > len("assumption: ")
    notes = {n.id: n.values for n in described(aluminium).notes}
    assert notes["elasticities_unchecked"]["families"] == ("gtap-2007", "stuermer-2017")
    assert notes["elasticities_carried"]["families"] == ("protee", "stuermer-2017")


def test_by_products_respond_little(store):
    assert elasticities("bismuth", store=store).supply.median() < elasticities("antimony", store=store).supply.median()


def test_an_unknown_horizon_in_the_table_is_refused():
    row = Elasticity("tin", "tin", "", "demand", "some day", None, 0.2, None, "smith-2030", "Smith (2030)", "computed", "")
    with pytest.raises(DataError, match="'some day' is not known"):
        component(row, "demand", "short")


# -- draws


@pytest.mark.parametrize("sampler", ["sobol", "lhs"])
def test_seeds(aluminium, sampler):
    one, same, other = (draw(aluminium, 300, seed=s, sampler=sampler, extra=2) for s in (5, 5, 6))
    assert (one.armington == same.armington).all() and (one.extra == same.extra).all()
    assert (one.armington != other.armington).any() and (one.extra != other.extra).any()


def test_fewer_draws_are_the_beginning_of_more(aluminium):
    few, many = draw(aluminium, 100), draw(aluminium, 1000)
    assert few.count == 100 and (few.demand == many.demand[:100]).all()


def test_sizes_fill_the_same_space_and_leave_the_elasticities_alone(aluminium):
    plain, sized = draw(aluminium, 1024), draw(aluminium, 1024, extra=3)
    assert sized.extra.shape == (1024, 3) and plain.extra.shape == (1024, 0)
    assert (plain.armington == sized.armington).all()
    assert sized.extra.mean(axis=0) == pytest.approx([0.5] * 3, abs=0.005)
    assert abs(np.corrcoef(sized.extra.T, np.log(sized.armington))[-1, :-1]).max() < 0.05


def test_without_the_spread_between_sources(aluminium):
    both, within = (draw(aluminium, 4096, seed=2, between_sources=b) for b in (True, False))
    assert (both.source["armington"] == within.source["armington"]).all()
    assert (both.supply == within.supply).all()  # one source only
    middle = aluminium.armington.median()
    for at, family in enumerate(aluminium.armington.families):
        own = within.source["armington"] == at
        assert np.median(within.armington[own]) == pytest.approx(middle, rel=SAMPLED)
        inside = own & (both.armington > 1.02) & (both.armington < 49) & (within.armington > 1.02) & (within.armington < 49)
        assert within.armington[inside] / both.armington[inside] == pytest.approx(middle / family.median(), rel=EXACT)


@pytest.mark.parametrize(("commodity", "stage"), BALANCED)
def test_the_spread_between_sources_only_adds(store, commodity, stage):
    pooled = elasticities(commodity, stage, store=store)
    wide, narrow = (np.quantile(np.log(draw(pooled, 2048, between_sources=b).armington), [0.05, 0.95]) for b in (True, False))
    assert np.ptp(narrow) <= np.ptp(wide) * (1 + SAMPLED)


def test_the_point_is_the_median_of_every_parameter(aluminium):
    middle = point(aluminium)
    assert middle.count == 1 and middle.sampler == "point"
    for parameter in aluminium.parameters:
        assert middle.parameter(parameter.name)[0] == parameter.median()
    assert middle.demand[0] == pytest.approx(0.7 * 0.63)


def test_scipy_waits_until_something_is_drawn():
    code = "import sys, maadin.market.draws; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("wrong", [{"count": 0}, {"seed": -1}, {"extra": -1}, {"sampler": "dice"}])
def test_draws_refuse(aluminium, wrong):
    with pytest.raises(InputError, match="expected"):
        draw(aluminium, **wrong)


# -- overrides


def test_a_number_replaces_the_distribution(store):
    pooled = elasticities("aluminium", store=store, overrides={"sigma": 4, "epsilon": 0})
    assert set(draw(pooled, 50).armington) == {4.0} and set(draw(pooled, 50).supply) == {0.0}
    assert point(pooled).armington[0] == 4 and point(pooled).supply[0] == 0
    rows = [r for r in described(pooled).records() if r["parameter"] == "armington"]
    assert {r["family"]: r["weight"] > 0 for r in rows} == {
        "broda_weinstein": False, "gtap-2007": False, "protee": False, "user": True, "pooled": True,
    }  # fmt: skip
    assert next(r["check"] for r in rows if r["family"] == "user") == "user"


def test_a_range_is_uniform_in_logs(store):
    values = draw(elasticities("aluminium", store=store, overrides={"armington": (3, 6)}), 4096).armington
    assert np.quantile(np.log(values / 3) / math.log(2), [0, 0.25, 0.5, 0.75, 1]) == pytest.approx([0, 0.25, 0.5, 0.75, 1], abs=0.002)
    from_zero = draw(elasticities("aluminium", store=store, overrides={"slack": (0.0, 0.3)}), 4096).slack
    assert np.quantile(from_zero, [0.25, 0.75]) == pytest.approx([0.075, 0.225], abs=0.002)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"sigma": 1}, r"sigma: expected .* within 1.01 to 50, found 1"),
        ({"sigma": (3, 60)}, "within 1.01 to 50"),
        ({"sigma": (6, 3)}, "rising range"),
        ({"eta": -0.5}, "eta: expected .* within 0 to 5"),
        ({"eta": math.nan}, "within 0 to 5"),
        ({"slack": 1.5}, "within 0 to 1"),
        ({"sigma": (1, 2, 3)}, "range of two"),
        ({"tau": 2}, "'tau' is not an elasticity; expected one of armington, demand, supply"),
    ],
)
def test_overrides_that_are_refused(store, overrides, message):
    with pytest.raises(InputError, match=message):
        elasticities("aluminium", store=store, overrides=overrides)


def test_unknown_horizons_and_commodities_are_refused(store):
    with pytest.raises(InputError, match="'soon' is not a horizon; expected one of short, medium, long"):
        elasticities("aluminium", horizon="soon", store=store)
    with pytest.raises(LabelError, match="aluminium"):
        elasticities("aluminiun", store=store)


# -- distributions

positive = st.floats(0.01, 100)


@given(low=st.floats(1.01, 9), mid=positive, high=st.floats(1.01, 9), probability=st.floats(0.001, 0.999))
def test_quantile_and_distribution_function_are_inverse(low, mid, high, probability):
    for shape in ("lognormal", "loguniform", "uniform"):
        figure = Component(mid / low, mid, mid * high, shape)
        assert figure.cdf(figure.quantile(probability)) == pytest.approx(probability, abs=EXACT)
    figure = Component(mid / low, mid, mid * high)
    assert [figure.quantile(p) for p in (0.05, 0.5, 0.95)] == pytest.approx([mid / low, mid, mid * high], rel=EXACT)


@given(middles=st.lists(positive, min_size=1, max_size=5), probability=st.floats(0.01, 0.99))
def test_a_quantile_of_a_mixture_solves_its_distribution_function(middles, probability):
    families = tuple(Family(str(n), (Component(m / 2, m, m * 3),)) for n, m in enumerate(middles))
    mixture = Parameter("demand", families, (1e-9, 1e9))
    assert mixture.cdf(mixture.quantile(probability)) == pytest.approx(probability, abs=EXACT)


def test_values_beyond_the_bounds_are_set_to_them():
    parameter = Parameter("armington", (Family("a", (Component(0.5, 2, 80),)),), (1.01, 50.0))
    assert parameter.quantile(0.05) == 1.01 and parameter.quantile(0.95) == 50 and parameter.median() == 2
    assert parameter.cdf(1.0) == 0 and parameter.cdf(50) == 1


# -- one observed event


def test_the_flows_used_here_are_those_of_the_shipped_table(store):
    rows = store.rows(
        """select year, sum(quantity_kg) filter (exporter = 'RUS') / 1000, sum(quantity_kg) filter (exporter <> 'RUS') / 1000 from trade
        where series = 'baci-hs92-v202601' and hs6 = '760110' and importer = 'USA' and year between 2020 and 2024 group by year"""
    )
    assert {y: (float(a), float(b)) for y, a, b in rows} == {y: pytest.approx(v) for y, v in ALUMINIUM.items()}


def test_substitution_from_the_duty_on_russian_aluminium():
    found = calibrated()
    assert found.armington == pytest.approx(4.34, abs=0.005)
    assert (found.low, found.high) == pytest.approx((3.59, 5.34), abs=0.005)
    assert len(found.pairs) == 6 and found.event == EVENT


def test_the_equation_by_hand():
    found = calibrated((2022,), (2023,))
    relative = math.log(366.129 / 2_377_891.480) - math.log(31_108.223 / 2_088_074.737)
    duty = 0.10 + 297 / 365 * (2.0 - 0.10)
    assert found.armington == pytest.approx(-relative / math.log((1 + duty) / 1.10), rel=EXACT)
    assert found.high / found.armington == pytest.approx(found.armington / found.low) == pytest.approx(1.5)
    full = calibrated((2022,), (2024,))
    assert full.pooled.price_change == pytest.approx(math.log(3.0 / 1.1))


@given(sigma=st.floats(1.1, 20), part=st.floats(0.05, 1), before=st.floats(0, 0.5), rise=st.floats(0.05, 3), rest=st.floats(0, 0.3))
def test_calibration_finds_the_elasticity_that_made_the_data(sigma, part, before, rise, rest):
    def sales(t, t_rest):
        return 100 * ((1 + t) / (1 + t_rest)) ** -sigma

    duty = before + part * rise
    early = ObservedYear(2022, sales(before, rest), 100.0)
    late = ObservedYear(2023, sales(duty, rest), 100.0, part)
    found = calibrate_armington(
        [early], [late], duty_before=before, duty_after=before + rise, event="made up", rest_duty_before=rest, rest_duty_after=rest
    )
    assert found.armington == pytest.approx(sigma, rel=1e-6)


def test_an_event_is_a_source_that_can_be_taken_out_again(store, aluminium):
    event = calibrated()
    more = aluminium.including(event)
    assert more.events == (EVENT,) and more.armington.families[-1].name == f"observed {EVENT}"
    assert more.armington.weight(more.armington.families[-1]) == pytest.approx(1 / 4)
    assert more.without(EVENT) == aluminium and aluminium.without(EVENT) == aluminium
    assert more.including(event) == more
    only = elasticities("aluminium", store=store, overrides={"sigma": event})
    assert only.armington.median() == pytest.approx(event.armington) and only.without(EVENT) == aluminium
    assert [only.armington.quantile(p) for p in (0.05, 0.95)] == pytest.approx([event.low, event.high])
    assert event.family("long").components[0].scaled > 1
    with pytest.raises(InputError, match="elasticity of substitution only"):
        elasticities("aluminium", store=store, overrides={"eta": event})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"before": []}, "at least one year before"),
        ({"after": [ObservedYear(2023, 0.0, 1.0, 1.0)]}, "2023: expected sales above zero"),
        ({"after": [ObservedYear(2023, 1.0, 1.0, 2.0)]}, "exposure from 0 to 1"),
        ({"after": [ObservedYear(2023, 9e9, 1.0, 1.0)]}, "moved the same way"),
        ({"event": ""}, "id of its event"),
    ],
)
def test_calibration_refuses(change, message):
    given_ = {"before": observed(2022), "after": observed(2023), "duty_before": 0.1, "duty_after": 2.0, "event": EVENT} | change
    with pytest.raises(InputError, match=message):
        calibrate_armington(given_.pop("before"), given_.pop("after"), **given_)


def test_results_are_frozen(aluminium):
    with pytest.raises(dataclasses.FrozenInstanceError):
        aluminium.horizon = "long"
