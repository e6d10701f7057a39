"""Message templates: the bundled ones, and how one is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sprechstunde.emulator.graph_errors import GraphError

Json = dict[str, Any]

_HOLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def bundled() -> list[Json]:
    """Templates that exist from the start, approved."""
    hello = "Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message."
    german = "Guten Tag {{1}}, wir erinnern Sie an Ihren Termin am {{2}} bei {{3}}. Kommen Sie?"
    english = "Hello {{1}}, this is a reminder of your appointment on {{2}} with {{3}}. Will you come?"
    return [
        template("1000000000000001", "hello_world", "en_US", hello, []),
        template(
            "1000000000000002", "appointment_reminder", "de", german, ["Ich komme", "Verschieben", "Absagen"]
        ),
        template(
            "1000000000000003",
            "appointment_reminder",
            "en",
            english,
            ["I'll be there", "Move it", "Cancel it"],
        ),
    ]


def template(id_: str, name: str, language: str, body: str, replies: list[str]) -> Json:
    """A template as Meta lists it."""
    components: list[Json] = [{"type": "BODY", "text": body}]
    if replies:
        components.append(
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": text} for text in replies]}
        )
    return {
        "id": id_,
        "name": name,
        "language": language,
        "status": "APPROVED",
        "category": "UTILITY",
        "parameter_format": "POSITIONAL",
        "components": components,
    }


def render(known: Iterable[Json], content: Json) -> Json:
    """`content` with `rendered` (what the patient reads) and `buttons` [{id, title}]. Raises GraphError."""
    name, language = content["name"], content["language"]["code"]
    found = [
        t for t in known if t["name"] == name and t["language"] == language and t["status"] == "APPROVED"
    ]
    if not found:
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    parts = {component["type"]: component for component in found[0]["components"]}
    given = content.get("components") or []
    lines = []
    for what in ("HEADER", "BODY", "FOOTER"):
        if "text" in parts.get(what, {}):
            lines.append(_fill(what, parts[what]["text"], given))
    buttons = []
    for index, button in enumerate(parts.get("BUTTONS", {}).get("buttons", [])):
        if button["type"] == "QUICK_REPLY":
            buttons.append({"id": _payload(given, index) or button["text"], "title": button["text"]})
    return {**content, "rendered": "\n\n".join(lines), "buttons": buttons}


def _fill(what: str, text: str, given: list[Json]) -> str:
    holes = list(dict.fromkeys(_HOLE.findall(text)))
    parameters = [p for c in given if str(c.get("type")).upper() == what for p in c.get("parameters") or []]
    if len(parameters) != len(holes):
        detail = (
            f"{what.lower()}: number of localizable_params ({len(parameters)}) does not match ({len(holes)})"
        )
        raise GraphError(132000, detail)
    values: dict[str, str] = {}
    for hole, parameter in zip(holes, parameters, strict=True):
        if (
            parameter.get("type") != "text"
            or not isinstance(parameter.get("text"), str)
            or not parameter["text"]
        ):
            raise GraphError(132012, f"{what.lower()}: parameters must be texts")
        values[str(parameter.get("parameter_name", hole))] = parameter["text"]
    if set(values) != set(holes):
        raise GraphError(132012, f"{what.lower()}: unknown parameter name")
    return _HOLE.sub(lambda match: values[match.group(1)], text)


def _payload(given: list[Json], index: int) -> str | None:
    for component in given:
        if str(component.get("type")).lower() == "button" and str(component.get("index")) == str(index):
            for parameter in component.get("parameters") or []:
                if parameter.get("type") == "payload":
                    return str(parameter.get("payload"))
    return None
