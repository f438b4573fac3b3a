"""Scenario files: what is read, what is refused and how it is said, and that writing and reading is the identity."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from policy_strategies import scenarios

from maadin.errors import InputError, LabelError
from maadin.policy import AdValoremTariff, Capacity, Elasticities, Scenario, ScenarioError, Sentence, Tariff
from maadin.policy.files import MOST_BYTES, parse_json, parse_yaml
from maadin.units import Range

DESIGN = """\
name: US 25% tariff on all aluminium
commodity: aluminium
year: 2024
measures:
  - tariff: {importer: USA, exporter: all, except: [RUS], rate: 25%, mode: set}
  - reopen: {exporter: RUS, importer: USA, open_year: 2017}
  - supply_offer: {exporter: RUS, importer: USA, tonnes: 2 Mt}
"""
HEAD = "name: duty\ncommodity: graphite\nyear: 2023\nmeasures:\n"


def read(text: str, tmp_path: Path, name: str = "graphite-duty.yaml") -> Scenario:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return Scenario.from_yaml(file)


def test_the_file_of_the_manual() -> None:
    scenario = Scenario.from_yaml(DESIGN)
    tariff, reopen, offer = scenario.measures
    assert tariff == Tariff(importer="USA", exporter="all", excepted="RUS", rate=0.25, mode="set")
    assert (reopen.open_year, offer.tonnes, offer.max_discount) == (2017, 2e6, 0.5)  # type: ignore[attr-defined]
    assert (scenario.choke, scenario.elasticity_horizon, scenario.capacity_slack) == (10.0, "medium", Range(0.05, 0.15))
    assert scenario.market_measures == scenario.measures


def test_a_path_adds_a_horizon_and_dates() -> None:
    text = DESIGN + "  - capacity: {country: RUS, tonnes: 20 kt, from: 2027, ramp_years: 3, partner: USA}\nhorizon: 2035\n"
    made = Scenario.from_yaml(text)
    assert made.horizon == 2035
    assert made.measures[3] == Capacity(**{"country": "RUS", "tonnes": 20e3, "from": 2027, "ramp_years": 3, "partner": "USA"})


def test_in_arabic_names_quantities_and_texts() -> None:
    made = Scenario.from_yaml(
        "name: عرض روسي\ncommodity: الألمنيوم\nyear: 2024\ndescription: مليونا طن\nassumes: [جملة, {en: a sentence, ar: جملة}]\n"
        "measures:\n  - supply_offer: {exporter: روسيا, importer: الولايات المتحدة, tonnes: مليونا طن}\n"
        "  - tariff: {importer: واشنطن, exporter: الاتحاد الأوروبي, rate: ٢٥٪, mode: add}\n"
    )
    assert made.measures[0].tonnes == 2e6  # type: ignore[attr-defined]
    assert made.description == Sentence(ar="مليونا طن")
    assert made.assumes[1].says("ar") == "جملة"
    assert Scenario.from_yaml(made.to_yaml()) == made


def test_as_the_python_interface_shows_it() -> None:
    made = Scenario("duty-25", measures=[AdValoremTariff(importer="USA", exporter="CHN", rate=0.25)])
    assert made.name == "duty-25"
    assert made.commodity is None
    with pytest.raises(ScenarioError, match="commodity: is needed: tariff acts in a market"):
        made.check()
    made.check(["USA", "CHN"])  # a market of the user's own says what it is


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(scenarios())
def test_write_then_read_is_the_identity(data: dict[str, Any]) -> None:
    try:
        made = Scenario(**data)
    except ScenarioError:  # a horizon before the year
        return
    assert Scenario(**made.to_data()) == made
    assert Scenario(**parse_yaml(made.to_yaml(), "x")) == made
    assert Scenario(**parse_json(made.to_json(), "x")) == made


def test_files_are_written_and_read(tmp_path: Path) -> None:
    made = Scenario.from_yaml(DESIGN)
    made.to_yaml(tmp_path / "a.yaml")
    made.to_json(tmp_path / "a.json")
    assert Scenario.from_yaml(tmp_path / "a.yaml") == Scenario.from_json(str(tmp_path / "a.json")) == made
    assert "- tariff: {importer: USA, exporter: all, mode: set, rate: 25%, except: RUS}" in made.to_yaml()


def test_open_sizes() -> None:
    made = Scenario("x", measures=[Capacity(country="RUS", tonnes="100 kt to 500 kt"), AdValoremTariff(importer="USA", rate="5% to 200%")])
    assert made.open_sizes() == {(0, "tonnes"): Range(1e5, 5e5), (1, "rate"): Range(0.05, 2.0)}
    fixed = made.at(1.0)
    assert (fixed.measures[0].tonnes, fixed.measures[1].rate) == (5e5, 2.0)  # type: ignore[attr-defined]
    assert fixed.open_sizes() == {}
    assert made.sized({(1, "rate"): 0.5}).open_sizes() == {(0, "tonnes"): Range(1e5, 5e5)}


@pytest.mark.parametrize(
    ("text", "path", "nearest"),
    [
        (HEAD + "  - export_ban: {exporter: CHN}\n  - tariff: {importer: USA, exporter: Chnia, rate: 25%, mode: set}\n", "measures[1].exporter", "'China'"),
        (HEAD + "  - embargo: {importer: [USA, Frnace], exporter: RUS}\n", "measures[0].importer[1]", "'France'"),
        (HEAD + "  - capacity: {country: روسيا, tonnes: 1 kt, partner: أمريكاا}\n", "measures[0].partner", "أمريكا"),
        ("name: x\ncommodity: alumnium\n", "commodity", "'aluminium'"),
        ("name: x\nmeasures:\n  - territory: {country: UKR, commodities: [all, rare earhts]}\n", "measures[0].commodities", "'rare-earths'"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_said_with_file_field_and_nearest(text: str, path: str, nearest: str, tmp_path: Path) -> None:
    with pytest.raises(LabelError) as raised:
        read(text, tmp_path)
    message = str(raised.value)
    assert message.startswith(f"scenario 'graphite-duty.yaml', {path}: '")
    assert nearest in message
    assert raised.value.nearest
    assert "To list them: maadin facts" in message


def test_several_unknown_names_are_all_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="2 problems") as raised:
        read(HEAD + "  - embargo: {importer: Untied States, exporter: Rusia}\n", tmp_path)
    assert [p.path for p in raised.value.problems] == ["measures[0].importer", "measures[0].exporter"]
    assert "'Russia'" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("name: x\ncomodity: aluminium\nyear: twenty\n", ["year: 'twenty'", "comodity: 'comodity' is not a field here; nearest: 'commodity'"]),
        (HEAD + "  - tariff: {importer: USA, rate: 25, mode: sett}\n", ["measures[0].rate: '25' is ambiguous as a rate"]),
        (HEAD + "  - tarif: {importer: USA}\n", ["measures[0]: 'tarif' is not a measure; nearest: 'tariff'"]),
        (HEAD + "  - tariff: {importer: USA, rate: 25%}\n  - embargo: {importer: USA}\n", ["measures[0].mode: is needed", "measures[1].exporter: is needed"]),
        ("commodity: aluminium\n", ["name: is needed"]),
        ("name: x\ncommodity: aluminium\nstage: mine\n", ["stage: 'mine' is not a stage of aluminium", "refined"]),
        ("name: x\nmeasures:\n  - embargo: {importer: USA, exporter: RUS}\n", ["commodity: is needed: embargo acts", "year: is needed"]),
        ("name: x\nyear: 2024\nhorizon: 2020\n", ["horizon: 2020 is before"]),
        ("name: x\nchoke: 0.5\n", ["choke: 0.5 is not more than 1"]),
        ("name: x\nelasticities: {sigma: 4, eta: 0.3 to 0.6, foo: 3}\n", ["elasticities.foo: 'foo' is not a field here", "sigma, eta, epsilon"]),
        ("name: x\nelasticities: {sigma: 0}\n", ["elasticities.sigma: must be more than 0"]),
        ("name: x\nassumes: [a, {en: b, fr: c}]\n", ["assumes[1].fr"]),
        ("name: x\nassumes: ['']\n", ["assumes[0]"]),
        ("name: \"a\\u0007b\"\n", ["name: the text holds control characters"]),
        ("name: ''\n", ["name: "]),
        ("name: x\nelasticity_horizon: long-run\n", ["elasticity_horizon: 'long-run' is not one of 'short', 'medium' or 'long'"]),
        ("name: x\nmeasures: {tariff: {importer: USA}}\n", ["measures"]),
        ("name: x\nname: y\n", ["line 2: the key 'name' stands there and on line 1"]),
        (HEAD + "  - tariff: {importer: USA, rate: 25%, rate: 50%, mode: set}\n", ["line 5: the key 'rate' stands there and on line 5"]),
        ("- 1\n- 2\n", ["expected fields with names"]),
        ("a: &x [1]\nb: *x\n", ["line 1: anchors and aliases"]),
        ("name: x\n---\nname: y\n", ["line 2: a second document"]),
        ("name: [\n", ["line 2: this is no YAML"]),
        ("name: !!python/object/apply:os.system ['true']\n", ["this is no YAML"]),
        ("name: !!binary aGVsbG8=\n", ["name: "]),
        ("name: x\nyear: " + "9" * 5000 + "\n", ["this is no YAML"]),
        ("? [a, b]\n: c\n", ["this is no YAML"]),
        ("name: x\nmeasures: " + "[" * 30 + "]" * 30 + "\n", ["nested more than 20 deep"]),
        ("name: x\nmeasures: " + "[" * 200_000 + "\n", ["line 2: "]),
        ("name: x\nmeasures: [" + "{territory: {country: UKR}}, " * 201 + "]\n", ["measures: "]),
        ("name: x\n\tyear: 3\n", ["this is no YAML"]),
        ("1: x\nname: y\n", ["expected fields with names"]),
    ],
    ids=range(32),
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_field(text: str, problems: list[str], tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as raised:
        read(text, tmp_path)
    message = str(raised.value)
    assert message.startswith("scenario 'graphite-duty.yaml'")
    for problem in problems:
        assert problem in message
    assert len(message) < 1500
    assert raised.value.exit_code == 2


def test_yaml_bombs_stay_small(tmp_path: Path) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ScenarioError, match="anchors and aliases"):
        read(bomb, tmp_path)


def test_files_that_are_too_large_or_no_text_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'big.yaml' is larger than 1000 kB"):
        read("#" * (MOST_BYTES + 1), tmp_path, "big.yaml")
    with pytest.raises(InputError, match="the text is larger"):
        Scenario.from_yaml("name: x\n" + "#" * MOST_BYTES)
    (tmp_path / "latin.yaml").write_bytes("name: é\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"'latin.yaml' is not UTF-8"):
        Scenario.from_yaml(tmp_path / "latin.yaml")
    for missing in (tmp_path / "none.yaml", "none.yaml", "", tmp_path, "x" * 5000, "a\0b"):
        with pytest.raises(InputError, match="scenario file"):
            Scenario.from_yaml(missing)


@pytest.mark.parametrize(
    ("text", "message"),
    [('{"name": "x", "name": "y"}', "the key 'name' stands twice"), ('{"name": NaN}', "NaN is not a number"), ("{name}", "line 1: this is no JSON"),
     ("[" * 100_000, "this is no JSON"), ('{"name": "x", "measures": 3}', "measures"), ('{"year": ' + "9" * 5000 + "}", "this is no JSON")],
    ids=range(6),
)  # fmt: skip
def test_json_is_read_as_carefully(text: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        Scenario.from_json(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [("NO", "NO"), ("yes", "yes"), ("010", "010"), ("1_000", "1_000"), ("2027-03-01", "2027-03-01"), ("1:30", "1:30"), ("0x1f", "0x1f"), (".nan", ".nan"),
     ("true", True), ("null", None), ("~", None), ("", None), ("12", 12), ("-3", -3), ("2.5", 2.5), ("1e3", 1000.0), (".5", 0.5), ("25%", "25%")],
)  # fmt: skip
def test_yaml_values_mean_what_they_look_like(written: str, value: object) -> None:
    assert parse_yaml(f"a: {written}\n", "x") == {"a": value}


@pytest.mark.parametrize(
    "name",
    [
        "0E0",
        "1e3",
        ".5",
        "12",
        "NO",
        "true",
        "null",
        "~",
        "2027-03-01",
        "010",
        "=",
        "<<",
        "- a",
        "a: b",
        "#",
        "[",
        "25%",
        "'",
        '"',
        "\ufeffa",
    ],
)
def test_texts_that_look_like_something_else_stay_texts(name: str) -> None:
    assert Scenario(**parse_yaml(Scenario(name).to_yaml(), "x")).name == name.strip()


def test_norway_and_namibia_are_countries() -> None:
    made = Scenario.from_yaml(HEAD + "  - embargo: {importer: NO, exporter: NA}\n")
    assert made.measures[0].importer == ("NO",)  # type: ignore[attr-defined]


def test_elasticities_that_are_given() -> None:
    assert Elasticities(sigma="2 to 5", eta=0.4).given() == {"sigma": Range(2.0, 5.0), "eta": 0.4}
