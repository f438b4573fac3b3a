"""The form of an event file as JSON Schema (draft 2020-12), made from the model, for editors that complete and check."""

from __future__ import annotations

from typing import Any

from maadin.experiments.backtest.event import ID, Event
from maadin.policy.measures import MEASURES, MarketMeasure
from maadin.policy.schema import DRAFT, scenario_schema, tidy

SENTENCE = {"$ref": "#/$defs/Sentence"}


def event_schema() -> dict[str, Any]:
    """The JSON Schema of an event file: measures and sentences are those of a scenario file."""
    defined = scenario_schema()["$defs"]
    outside = {noun for noun, model in MEASURES.items() if not issubclass(model, MarketMeasure)}
    measure = defined["Measure"]
    one_of = [form for form in measure["oneOf"] if not outside & set(form["properties"])]
    kept = {name: part for name, part in defined.items() if name not in outside | {"Elasticities"}}
    properties = {name: tidy(field) for name, field in Event.model_json_schema(mode="validation")["properties"].items()}
    properties["id"]["pattern"] = ID
    for name in ("name", "source", "lesson"):
        properties[name] = {"description": properties[name]["description"], **SENTENCE}
    for name in ("also", "assumes"):
        properties[name] = {"type": "array", "items": SENTENCE, **{k: properties[name][k] for k in ("maxItems", "description")}}
    bounds = {key: properties["measures"][key] for key in ("minItems", "maxItems", "description")}
    properties["measures"] = {"type": "array", "items": {"$ref": "#/$defs/Measure"}, **bounds}
    return {
        "$schema": DRAFT,
        "title": "maadin event",
        "description": "A real event in one mineral market that the model is scored on: what was decided or lost, and the two years compared",
        "type": "object",
        "properties": properties,
        "required": [name for name, field in Event.model_fields.items() if field.is_required()],
        "additionalProperties": False,
        "$defs": {**kept, "Measure": {**measure, "oneOf": one_of}},
    }
