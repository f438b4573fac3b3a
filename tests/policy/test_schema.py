"""The published JSON Schema accepts what the models accept: the manual's file, the library, random scenarios; and refuses wrong forms."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from policy_strategies import scenarios
from test_scenario import DESIGN

from maadin.policy import MEASURES, Scenario, ScenarioError
from maadin.policy.files import parse_yaml
from maadin.policy.library import _files
from maadin.policy.schema import scenario_schema

SCHEMA = scenario_schema()
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}


def faults(value: Any, schema: dict[str, Any], path: str = "") -> list[str]:
    """Where a value breaks a schema: the keywords that the schema uses, no others."""
    unknown = set(schema) - {
        "$schema", "title", "description", "default", "examples", "$defs", "$ref", "type", "properties", "required", "additionalProperties", "items",
        "minItems", "maxItems", "minProperties", "minLength", "maxLength", "minimum", "maximum", "pattern", "enum", "anyOf", "oneOf", "allOf",
    }  # fmt: skip
    assert not unknown, unknown
    found: list[str] = []
    if "$ref" in schema:
        found += faults(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], path)
    if "type" in schema and (not isinstance(value, TYPES[schema["type"]]) or isinstance(value, bool)):
        return [f"{path}: not {schema['type']}"]
    if isinstance(value, dict):
        found += [f"{path}: {n} is needed" for n in schema.get("required", []) if n not in value]
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False:
            found += [f"{path}: {n} is unknown" for n in value if n not in known]
        found += [f for n, v in value.items() if n in known for f in faults(v, known[n], f"{path}.{n}")]
    if isinstance(value, list):
        found += [f for at, v in enumerate(value) for f in faults(v, schema.get("items", {}), f"{path}[{at}]")]
        found += [path] if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**9) else []
    if isinstance(value, str):
        found += [path] if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9) else []
        found += [path] if not re.search(schema.get("pattern", ""), value) else []
    if isinstance(value, int | float):
        found += [path] if not schema.get("minimum", -1e300) <= value <= schema.get("maximum", 1e300) else []
    found += [path] if "enum" in schema and value not in schema["enum"] else []
    found += [f for part in schema.get("allOf", []) for f in faults(value, part, path)]
    matching = [not faults(value, part, path) for part in schema.get("anyOf", schema.get("oneOf", []))]
    found += [f"{path}: none of the forms"] if matching and not any(matching) else []
    return found + ([f"{path}: several forms"] if "oneOf" in schema and sum(matching) > 1 else [])


def test_it_is_plain_json_of_the_draft_with_every_measure_described() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(MEASURES) <= set(SCHEMA["$defs"])
    for noun in MEASURES:
        part = SCHEMA["$defs"][noun]
        assert part["description"]
        assert all(field.get("description") for field in part["properties"].values()), noun
    assert all(field.get("description") for field in SCHEMA["properties"].values())


@pytest.mark.parametrize("text", [DESIGN, *(path.read_text("utf-8") for path in _files().values())])
def test_it_accepts_the_manual_and_the_library(text: str) -> None:
    assert faults(parse_yaml(text, "x"), SCHEMA) == []


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(scenarios())
def test_it_accepts_what_the_models_accept(data: dict[str, Any]) -> None:
    try:
        made = Scenario(**data)
    except ScenarioError:
        return
    assert faults(json.loads(made.to_json()), SCHEMA) == []
    assert faults(json.loads(json.dumps(data)), SCHEMA) == []


@pytest.mark.parametrize(
    "data",
    [
        {}, {"name": 3}, {"name": "x", "comodity": "y"}, {"name": "x", "year": "2024"}, {"name": "x", "measures": [{"tarif": {}}]},
        {"name": "x", "measures": [{"tariff": {"importer": "USA", "rate": "25%"}}]},
        {"name": "x", "measures": [{"tariff": {"importer": "USA", "rate": 25, "mode": "set"}}]},
        {"name": "x", "measures": [{"import_quota": {"importer": "USA"}}]},
        {"name": "x", "measures": [{"import_quota": {"importer": "USA", "tonnes": 1, "share_of_benchmark": 0.5}}]},
        {"name": "x", "measures": [{"embargo": {"importer": "USA", "exporter": []}}]},
        {"name": "x", "measures": [{"embargo": {"importer": "USA", "exporter": "RUS"}, "export_ban": {"exporter": "RUS"}}]},
        {"name": "x", "measures": [{"capacity": {"country": "RUS", "tonnes": "1 kt", "from": "soon"}}]},
        {"name": "x", "elasticity_horizon": "now"}, {"name": "x", "assumes": [{"fr": "y"}]}, {"name": "x", "capacity_slack": 3},
    ],
)  # fmt: skip
def test_it_refuses_wrong_forms_as_the_models_do(data: dict[str, Any]) -> None:
    assert faults(data, SCHEMA) != []
    if data != {"name": "x", "year": "2024"}:  # the models read a year in quotes
        with pytest.raises(ScenarioError):
            Scenario(**data)
