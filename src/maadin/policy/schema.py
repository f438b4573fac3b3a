"""The form of a scenario file as JSON Schema (draft 2020-12), made from the models, for editors that complete and check.

The schema checks form: fields, types, bounds, what excludes what. Names, units inside texts and conflicts are checked when a scenario is read.
"""

from __future__ import annotations

from typing import Any

from maadin.policy.measures import MEASURES, Measure
from maadin.policy.problems import SHARED
from maadin.policy.scenario import MOST_MEASURES, Scenario
from maadin.policy.texts import LONGEST

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_SENTENCE = {
    "description": "text in English, Arabic or both",
    "anyOf": [
        _TEXT,
        {"type": "object", "properties": {"en": _TEXT, "ar": _TEXT}, "minProperties": 1, "additionalProperties": False},
    ],
}


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    form = Scenario.model_json_schema(mode="validation")
    properties = {name: tidy(field) for name, field in form["properties"].items()}
    for name in ("description", "source"):
        properties[name] = {**properties[name], "$ref": "#/$defs/Sentence"}
    properties["assumes"] = {
        "type": "array",
        "items": {"$ref": "#/$defs/Sentence"},
        "maxItems": 100,
        "description": properties["assumes"]["description"],
    }
    properties["measures"] = {
        "type": "array", "items": {"$ref": "#/$defs/Measure"}, "maxItems": MOST_MEASURES, "description": properties["measures"]["description"],
    }  # fmt: skip
    elasticities = tidy(form["$defs"]["Elasticities"])
    elasticities["properties"] = {name: tidy(field) for name, field in elasticities["properties"].items()}
    properties["elasticities"] = {"description": properties["elasticities"]["description"], "$ref": "#/$defs/Elasticities"}
    one_of_each = [
        {"type": "object", "properties": {noun: {"$ref": f"#/$defs/{noun}"}}, "required": [noun], "additionalProperties": False}
        for noun in MEASURES
    ]
    return {
        "$schema": DRAFT,
        "title": "maadin scenario",
        "description": "Measures in one mineral market and year, with what is assumed",
        "type": "object",
        "properties": properties,
        "required": ["name"],
        "additionalProperties": False,
        "$defs": {
            "Sentence": _SENTENCE,
            "Elasticities": elasticities,
            "Measure": {"description": "one measure: its noun and its fields", "oneOf": one_of_each},
            **{noun: measure_schema(model) for noun, model in MEASURES.items()},
        },
    }


def measure_schema(model: type[Measure]) -> dict[str, Any]:
    """The JSON Schema of the fields of one measure."""
    form = model.model_json_schema(mode="validation", by_alias=True)
    properties = {name: tidy(field) for name, field in form["properties"].items()}
    for name, choices in model.either.items():
        parts = [properties.pop(attribute, {}) for attribute, _ in choices]
        properties[name] = {**parts[0], "examples": [e for part in parts for e in part.get("examples", [])]}  # what carries a unit is text
    rules = [{"oneOf": [{"required": [n]} for n in names]} for group in model.exactly_one if len(names := model.file_names(group)) > 1]
    required = [*form.get("required", []), *(names[0] for group in model.exactly_one if len(names := model.file_names(group)) == 1)]
    return {
        "description": " ".join((model.__doc__ or "").split()),
        "type": "object",
        "properties": dict(sorted(properties.items(), key=lambda item: item[0] in SHARED)),
        "required": required,
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
    }


def tidy(field: dict[str, Any]) -> dict[str, Any]:
    """A field without the title pydantic makes up, and without null where leaving it out says the same."""
    kept = {key: value for key, value in field.items() if key != "title" and not (key == "default" and value in (None, [], {}))}
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1 and len(choices) < len(kept["anyOf"]):
        rest = {key: value for key, value in kept.items() if key != "anyOf"}
        return {**{key: value for key, value in choices[0].items() if key != "title"}, **rest}
    return kept if "anyOf" not in kept else {**kept, "anyOf": choices}
