"""Meta's own description of its API (OpenAPI, MIT licence), made usable for checking what we send.

As published it rejects valid messages under a strict validator; each repair below has a name and a reason. Where the
description lies: `META_API_DESCRIPTION`, else `../shared/meta/business-messaging-api_v23.0.yaml` beside the project.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FILE = "business-messaging-api_v23.0.yaml"
ROOT = Path(__file__).parents[2]
Schema = dict[str, Any]


def description_path() -> Path | None:
    """Where Meta's description lies, None where it does not."""
    path = Path(os.environ.get("META_API_DESCRIPTION") or ROOT.parent / "shared" / "meta" / FILE)
    return path if path.is_file() else None


def problems(body: Schema) -> list[str]:
    """What Meta's description has against this message; empty when nothing, or when there is no description."""
    path = description_path()
    if path is None:
        return []
    name = _schema_name(body)
    schema = {"$ref": f"#/components/schemas/{name}", **_repaired(path)}
    errors = jsonschema.Draft7Validator(schema).iter_errors(body)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


def _schema_name(body: Schema) -> str:
    """The discriminator's choice: validating against `oneOf` would only say that nothing fits."""
    if body.get("status") == "read":
        return "MarkMessageRequestPayload"
    return {
        "text": "TextMessage",
        "interactive": "InteractiveMessage",
        "document": "DocumentMessage",
        "reaction": "ReactionMessage",
        "template": "TemplateMessage",
        "image": "ImageMessage",
    }[body["type"]]


@lru_cache(maxsize=1)
def _repaired(path: Path) -> Schema:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    schemas = copy.deepcopy(document["components"]["schemas"])
    for repair in REPAIRS:
        repair(schemas)
    return {"components": {"schemas": schemas}}


def close_all_of(schemas: Schema) -> None:
    """`allOf` + `additionalProperties: false`: each part forbids the other's properties, so nothing can be valid.

    The parts are merged into one object, which then may be closed.
    """
    for name, schema in schemas.items():
        if name.endswith("Message") and "allOf" in schema:
            schemas[name] = _merged(schema, schemas)


def know_recipient(schemas: Schema) -> None:
    """`recipient` (business-scoped user id) is younger than the description; it takes the place of `to`."""
    for schema in _messages(schemas):
        schema["properties"]["recipient"] = {"type": "string", "pattern": r"^[A-Z]{2}\."}
        schema["required"] = [field for field in schema["required"] if field != "to"]
        schema["oneOf"] = [{"required": ["to"]}, {"required": ["recipient"]}]


def know_callback_data(schemas: Schema) -> None:
    """`biz_opaque_callback_data` is documented for messages, but described for calls only."""
    for schema in _messages(schemas):
        schema["properties"]["biz_opaque_callback_data"] = {"type": "string", "maxLength": 512}


def know_document_names(schemas: Schema) -> None:
    """Documents have a file name and a caption; the description took them from images and forbids the former."""
    for part in schemas["MediaObject"]["oneOf"]:
        part["properties"]["filename"] = {"type": "string", "maxLength": 240}
        part["properties"]["caption"] = {"type": "string", "maxLength": 1024}
        part["additionalProperties"] = False


def limit_text(schemas: Schema) -> None:
    """The text limit stands in the prose only."""
    body = schemas["TextMessage"]["properties"]["text"]
    body["properties"]["body"].update(maxLength=4096, minLength=1)
    body["required"] = ["body"]


def limit_rows(schemas: Schema) -> None:
    """Titles must not be empty, a list has at least a row: prose again."""
    rows = schemas["SectionObject"]["properties"]["rows"]
    rows["minItems"] = 1
    rows["items"]["properties"]["title"]["minLength"] = 1
    rows["items"]["additionalProperties"] = False


def count_buttons(schemas: Schema) -> None:
    """The pattern of a button's place is a leftover of footnotes; the prose beside it says 0-9."""
    index = {"type": "string", "pattern": "^[0-9]$"}
    schemas["TemplateComponent"]["properties"]["index"] = index
    for part in schemas["ButtonComponent"]["allOf"]:
        if "index" in part.get("properties", {}):
            part["properties"]["index"] = index


REPAIRS = (
    close_all_of,
    know_recipient,
    know_callback_data,
    know_document_names,
    limit_text,
    limit_rows,
    count_buttons,
)


def _messages(schemas: Schema) -> Iterator[Schema]:
    names = (
        "TextMessage",
        "InteractiveMessage",
        "DocumentMessage",
        "ReactionMessage",
        "TemplateMessage",
        "ImageMessage",
    )
    return (schemas[name] for name in names)


def _merged(schema: Schema, schemas: Schema) -> Schema:
    merged: Schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    for part in schema["allOf"]:
        whole = schemas[part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part
        merged["properties"].update(copy.deepcopy(whole.get("properties", {})))
        merged["required"] += whole.get("required", [])
    return merged
