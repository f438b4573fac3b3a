"""Baseline duties by route and day: the United States' on aluminium by hand, and the rules on made-up measures.

Tolerance: ROUNDING, relative, of a sum of a few products.
"""

from __future__ import annotations

import numpy as np
import pytest

from maadin.facts.records import TradeMeasure
from maadin.facts.sources.measures import Exemption, exemptions
from maadin.facts.store import Store, shipped_folder
from maadin.market.duties import Duties, concerns, duties, programme

ROUNDING = 1e-12
PLACES = ("USA", "RUS", "CHN", "CAN", "MEX", "AUS", "ARG", "DEU", "GBR", "JPN", "IND", "ARE", "BLR", "KAZ", "KOR", "BRA")


@pytest.fixture(scope="module")
def shipped() -> list[TradeMeasure]:
    return [TradeMeasure(*row) for row in Store([shipped_folder()]).rows("select * from measures")]


@pytest.fixture(scope="module")
def aluminium(shipped: list[TradeMeasure]):
    """Rates on unwrought aluminium by year."""
    found: dict[int, Duties] = {}

    def of(year: int) -> Duties:
        if year not in found:
            found[year] = duties(shipped, exemptions(shipped), "aluminium", ["760110"], year, PLACES)
        return found[year]

    return of


# Section 232: 10% from 23 March 2018 (284 days of that year), 200% on Russia from 10 March 2023 (297 days), replaced by 25% on 12 March
# 2025 and 50% on 4 June 2025. Section 301 on China on top: 10% from 24 September 2018 (99 days), 25% from 10 May 2019
@pytest.mark.parametrize(
    ("year", "exporter", "rate"),
    [
        (2017, "RUS", 0.0),
        (2017, "CHN", 0.0),
        (2018, "RUS", 0.1 * 284 / 365),
        (2018, "JPN", 0.1 * 284 / 365),
        (2018, "CHN", 0.1 * 284 / 365 + 0.1 * 99 / 365),
        (2018, "CAN", 0.1 * 214 / 365),  # exempt to the end of May
        (2018, "DEU", 0.1 * 214 / 365),
        (2018, "KOR", 0.1 * 245 / 365),  # exempt to the end of April
        (2018, "AUS", 0.0),
        (2018, "ARG", 0.0),  # an absolute quota from June on
        (2019, "CHN", 0.1 + 0.1 * 129 / 365 + 0.25 * 236 / 365),
        (2019, "CAN", 0.1 * 139 / 365),  # exempt again from 20 May
        (2020, "CAN", 0.1 * 16 / 366),  # 16 to 31 August, in a leap year
        (2020, "MEX", 0.0),
        (2021, "DEU", 0.1),
        (2022, "DEU", 0.0),  # a tariff-rate quota
        (2022, "GBR", 0.1 * 151 / 365),  # a tariff-rate quota from June on
        (2022, "RUS", 0.1),
        (2023, "RUS", (0.1 * 68 + 2.0 * 297) / 365),
        (2024, "RUS", 2.0),
        (2024, "CHN", 0.1 + 0.25),
        (2024, "ARE", 0.1),
        (2024, "IND", 0.1),
        (2024, "CAN", 0.0),
        (2024, "MEX", 0.0),
        (2025, "RUS", 2.0),
        (2025, "CAN", (0.25 * 84 + 0.5 * 211) / 365),
        (2025, "JPN", (0.1 * 70 + 0.25 * 84 + 0.5 * 211) / 365),
    ],
)
def test_united_states_on_aluminium_by_hand(aluminium, year: int, exporter: str, rate: float) -> None:
    assert aluminium(year).duty_rate[PLACES.index(exporter), PLACES.index("USA")] == pytest.approx(rate, rel=ROUNDING)


def test_the_british_rate_of_2025_is_its_own(aluminium) -> None:
    """25% from 12 March on and never 50%; before it the quota of 2022."""
    assert aluminium(2025).duty_rate[PLACES.index("GBR"), 0] == pytest.approx(0.25 * 295 / 365, rel=ROUNDING)


def test_nobody_else_levies_a_duty_and_nobody_on_itself(aluminium) -> None:
    for year in (2018, 2021, 2024):
        elsewhere = np.delete(aluminium(year).duty_rate, PLACES.index("USA"), axis=1)
        assert not elsewhere.any()
        assert not np.diag(aluminium(year).duty_rate).any()


def test_the_russian_export_duty_of_2021_by_hand(aluminium) -> None:
    """15% from August to December, 153 days, but not on the Eurasian union."""
    taxed = {c: r for c, r in zip(PLACES, aluminium(2021).export_tax_rate[PLACES.index("RUS")].tolist(), strict=True) if r}
    assert taxed == {c: pytest.approx(0.15 * 153 / 365, rel=ROUNDING) for c in PLACES if c not in ("RUS", "BLR", "KAZ")}
    assert np.count_nonzero(aluminium(2021).export_tax_rate) == len(taxed)
    assert not aluminium(2020).export_tax_rate.any()
    assert not aluminium(2022).export_tax_rate.any()


def test_measures_in_force_are_listed_with_what_was_made_of_them(aluminium) -> None:
    found = {a.id: a for a in aluminium(2023).applied}
    assert {i: (a.treatment, a.rate, a.days) for i, a in found.items()} == {
        "us232_al_2018": ("duty", 0.1, 365),
        "us301_cn_al_25": ("duty", 0.25, 365),
        "us232_al_2023_rus": ("duty", 2.0, 297),
        "us232_al_2023_rus_smelt": ("duty", 2.0, 266),
    }
    assert "EU27: tariff-rate quota" in found["us232_al_2018"].exemptions
    assert "BRA: exempt" not in found["us232_al_2018"].exemptions  # it ended in 2018
    ban = next(a for a in aluminium(2024).applied if a.id == "usuk_metals_2024")
    assert (ban.treatment, ban.rate, ban.days) == ("in the flows", None, 263)


def test_other_goods_of_the_metal_are_not_concerned(shipped: list[TradeMeasure]) -> None:
    bauxite = duties(shipped, exemptions(shipped), "bauxite", ["260600"], 2024, PLACES)
    assert not bauxite.duty_rate.any()
    assert [(a.id, a.treatment) for a in bauxite.applied] == [("id_bx_2023", "in the flows")]
    copper = duties(shipped, exemptions(shipped), "copper", ["740311"], 2025, PLACES)  # the duty of 2025 is on semi-finished goods
    assert not copper.duty_rate.any()


def made_up(identity: str, rate: float | None, begins: str, ends: str = "", **cells: str) -> TradeMeasure:
    given = {"imposing": "USA", "targeted": "all", "instrument": "ad valorem tariff", "commodity": "aluminium", "hs": "7601"} | cells
    return TradeMeasure(
        id=identity, measure=identity, targeted_printed="", commodity_printed="", value=rate, unit="percent", effective_from=begins,
        effective_to=ends, source="", confidence="high", checked="", **given,
    )  # fmt: skip


def spared(measure: str, country: str, begins: str, ends: str) -> Exemption:
    return Exemption(measure, country, begins, ends, "exempt", "", "high", "")


FIRST = made_up("xx1_al_old", 10, "2019-01-01", "2020-06-30")


@pytest.mark.parametrize(
    ("measures", "exempted", "rate"),
    [
        ([FIRST], [], 0.1 * 182 / 366),  # January to June of a leap year
        ([made_up("xx1_al_day", 10, "2020-12-31")], [], 0.1 / 366),
        ([made_up("xx1_al_once", 10, "2020-05-05", "2020-05-05")], [], 0.1 / 366),
        ([made_up("xx1_al_past", 10, "2018-01-01", "2019-12-31")], [], 0.0),
        ([made_up("xx1_al_to_come", 10, "2021-01-01")], [], 0.0),
        ([FIRST, made_up("xx1_al_new", 25, "2020-07-01")], [], (0.1 * 182 + 0.25 * 184) / 366),
        ([FIRST, made_up("xx1_al_both", 25, "2020-01-01")], [], 0.25),  # one programme: the highest of a day
        ([FIRST, made_up("xx2_al_top", 25, "2020-01-01")], [], 0.1 * 182 / 366 + 0.25),  # two programmes: both
        ([FIRST], [spared("xx1_al_old", "RUS", "2020-03-01", "2020-03-31")], 0.1 * (182 - 31) / 366),
        ([FIRST], [spared("xx1_al_old", "RUS", "2020-03-01", "2020-03-01")], 0.1 * 181 / 366),
        ([FIRST], [spared("xx1_al_old", "CHN", "2020-03-01", "2020-03-31")], 0.1 * 182 / 366),
        ([FIRST], [spared("xx1_al_else", "RUS", "2020-03-01", "2020-03-31")], 0.1 * 182 / 366),
        ([made_up("xx1_al_rest", 10, "2020-01-01", targeted="all;-RUS")], [], 0.0),
        ([made_up("xx1_al_off", 10, "2020-01-01", instrument="export duty removed")], [], 0.0),
        ([made_up("xx1_al_ban", None, "2020-01-01", instrument="import ban")], [], 0.0),
        ([made_up("xx1_cu", 10, "2020-01-01", commodity="copper")], [], 0.0),
        ([made_up("xx1_al_mixed", 10, "2020-01-01", commodity="copper;aluminium")], [], 0.1),
        ([made_up("xx1_al_all", 10, "2020-01-01", hs="various")], [], 0.1),
        ([made_up("xx1_al_bars", 10, "2020-01-01", hs="7604-7609")], [], 0.0),
    ],
)
def test_days_programmes_and_exemptions(measures: list[TradeMeasure], exempted: list[Exemption], rate: float) -> None:
    found = duties(measures, exempted, "aluminium", ["760110"], 2020, PLACES)
    assert found.duty_rate[PLACES.index("RUS"), PLACES.index("USA")] == pytest.approx(rate, rel=ROUNDING)


def test_a_country_outside_the_market_is_left_out() -> None:
    found = duties(
        [made_up("xx1_al_fr", 10, "2020-01-01", imposing="FRA;USA", targeted="RUS;UKR")], [], "aluminium", ["760110"], 2020, PLACES
    )
    assert np.argwhere(found.duty_rate).tolist() == [[PLACES.index("RUS"), PLACES.index("USA")]]


@pytest.mark.parametrize(
    ("printed", "codes", "expected"),
    [
        ("7601", ["760110"], True),
        ("760110", ["760110"], True),
        ("760120", ["760110"], False),
        ("76011000", ["760110"], True),  # eight digits lie within the six
        ("7601;7604-7609", ["760611"], True),
        ("7604-7609", ["760110"], False),
        ("7402-7403;7502", ["740311"], True),
        ("7402-7403;7502", ["740400"], False),
        ("760110-760120", ["760120"], True),
        ("7601-760519", ["760511"], True),
        ("7601-760519", ["760521"], False),
        ("811292 (part)", ["811292"], True),
        ("7406-7419 (part)", ["740710"], True),
        ("250410;250490;850511", ["260600", "250490"], True),
        ("various", ["260600"], True),
        ("", ["260600"], False),
    ],
)
def test_codes_as_printed(printed: str, codes: list[str], expected: bool) -> None:
    assert concerns(printed, codes) is expected


def test_programmes() -> None:
    assert {programme(i) for i in ("us232_al_2018", "us232_al_2023_rus", "us232_al")} == {"us232_al"}
    assert programme("us301_cn_al") == "us301_cn"
