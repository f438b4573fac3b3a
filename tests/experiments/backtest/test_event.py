"""Events: read as people write them, written back the same, and refused with file, field and what was expected."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maadin.errors import InputError, LabelError
from maadin.experiments.backtest import Event, find
from maadin.experiments.backtest import event as module
from maadin.experiments.backtest.schema import event_schema
from maadin.policy.measures import MEASURES, MarketMeasure
from maadin.policy.problems import ScenarioError

TEXT = """
id: a-ban
name: A ban
commodity: nickel
date: 2014-01-12
before: 2013
after: 2015
measures:
  - export_ban: {exporter: Indonesia, importer: all}
"""


def test_every_field_is_read(aluminium: Event) -> None:
    assert (aluminium.decided, aluminium.date, aluminium.until) == (date(2023, 2, 24), date(2023, 3, 10), None)
    assert aluminium.name.says("ar").startswith("رسوم أمريكية")
    assert aluminium.source and aluminium.lesson and len(aluminium.also) == len(aluminium.assumes) == 1
    made = aluminium.scenario()
    assert (made.commodity, made.stage, made.year, made.name) == ("aluminium", "refined", 2022, aluminium.name.en)


def test_what_is_written_reads_back_the_same(aluminium: Event, nickel: Event, tmp_path: Path) -> None:
    for event in (aluminium, nickel):
        data = event.to_data()
        assert Event(**data) == event
        file = tmp_path / "event.json"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        assert Event.from_file(file) == event
        assert data["date"] == event.date.isoformat()


@pytest.mark.parametrize(("given", "day"), [("2014-01-12", date(2014, 1, 12)), ("2014-02", date(2014, 2, 1)), ("2014", date(2014, 1, 1))])
def test_a_date_may_be_a_month_or_a_year(given: str, day: date) -> None:
    assert Event.from_file(TEXT.replace("2014-01-12", given)).date == day


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("before: 2013", "before: 2015"), "after: 2015 is not later than the year before, 2015"),
        (("before: 2013", "before: 2014"), "before: 2014 is not untouched: the event begins on 2014-01-12"),
        (("date: 2014-01-12", "date: 2016-01-12"), "date: 2016-01-12 is later than the year compared, 2015"),
        (("date: 2014-01-12", "date: soon"), "date: .*'soon' is not a date; expected 2027, 2027-03 or 2027-03-15"),
        (("date: 2014-01-12", "date: 2014-01-12\nuntil: 2013-12-31"), "until: 2013-12-31 is before the first day, 2014-01-12"),
        (("id: a-ban", "id: A ban"), "id: 'A ban'"),
        (("after: 2015", "after: 2015\nafterwards: 1"), "afterwards: 'afterwards' is not a field here; nearest: 'after'"),
        (("commodity: nickel\n", ""), "commodity: is needed: any name of the catalogue"),
        (("commodity: nickel", "commodity: nickle"), "'nickle' is not a known commodity. Nearest: 'nickel'"),
        (("Indonesia", "Indonesai"), r"measures\[0\].*Indonesai.*[Nn]earest: 'Indonesia'"),
        (("  - export_ban: {exporter: Indonesia, importer: all}", "  []"), "measures: "),
        (
            ("export_ban: {exporter: Indonesia, importer: all}", "territory: {country: UKR, commodities: [nickel]}"),
            r"measures\[0\]: territory acts outside the market, where trade shows nothing of it",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_field(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    assert change[0] in TEXT
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=said) as refused:
        Event.from_file(file)
    assert str(refused.value).startswith("event 'mine.yaml'")
    assert refused.value.exit_code == 2


def test_all_that_is_wrong_is_listed_at_once() -> None:
    with pytest.raises(ScenarioError) as refused:
        Event(id="x", name="x", commodity="tin", date="2020-01-01", before=2021, after=2021, measures=[])
    assert {p.path for p in refused.value.problems} >= {"measures"}


@pytest.mark.parametrize("text", ["- a\n- list\n", "just words: [\n", "{}\n"])
def test_what_is_no_event_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"event 'mine\.yaml'"):
        Event.from_file(file)


def test_files_that_are_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no event file"):
        Event.from_file(tmp_path / "none.yaml")
    file = tmp_path / "large.yaml"
    file.write_text("#" * 1_100_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"event 'large.yaml' is larger than 1000 kB"):
        Event.from_file(file)


def test_an_event_is_found_by_its_id_or_file(monkeypatch: pytest.MonkeyPatch, aluminium: Event) -> None:
    folder = Path(__file__).parent / "events"
    monkeypatch.setattr(module, "_files", lambda: {path.stem: path for path in folder.glob("*.yaml")})
    assert set(module.events()) == {"russian-aluminium", "indonesian-nickel"}
    assert find("russian-aluminium") == find(str(folder / "russian-aluminium.yaml")) == aluminium
    with pytest.raises(LabelError, match=r"'russian-alumnium' is not a known event. Nearest: 'russian-aluminium'. To list them: maadin backtest --list"):  # fmt: skip
        find("russian-alumnium")


def test_the_schema_has_every_field_and_no_measure_outside_the_market(made_event: Callable[..., Event]) -> None:
    schema = event_schema()
    assert schema["properties"].keys() == Event.model_fields.keys()
    assert all(part["description"] for part in schema["properties"].values())
    assert set(schema["required"]) == {"id", "name", "commodity", "date", "before", "after", "measures"}
    nouns = {next(iter(form["properties"])) for form in schema["$defs"]["Measure"]["oneOf"]}
    assert nouns == {noun for noun, model in MEASURES.items() if issubclass(model, MarketMeasure)}

    def refs(part: Any) -> set[str]:
        if isinstance(part, dict):
            return {part["$ref"]} if isinstance(part.get("$ref"), str) else set().union(*map(refs, part.values()), set())
        return set().union(*map(refs, part), set()) if isinstance(part, list) else set()

    assert {r.removeprefix("#/$defs/") for r in refs(schema)} <= schema["$defs"].keys()
    assert json.loads(json.dumps(schema)) == schema
