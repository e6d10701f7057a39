"""Check an action server's answer with a validator built once.

Rasa 3.6 calls `jsonschema.validate(result, schema)` for each action call, and that first validates Rasa's
own constant schema (62 % of a form turn, 20-28 ms a call); then it holds each event against the schemas of all
kinds of events, though every one of them names its kind (6 % of the rest). Accepted is exactly the same.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL

Json = dict[str, Any]


@lru_cache(maxsize=1)
def _validator() -> Any:
    return _compiled(RemoteAction.action_response_format_spec())


@lru_cache(maxsize=1)
def _quick_validators() -> tuple[Any, dict[str, Any]]:
    """One for an answer without its events, and one for each kind of event."""
    answer: Json = deepcopy(RemoteAction.action_response_format_spec())
    event: Json = answer["properties"]["events"].pop("items")
    kinds: list[Json] = event.pop("oneOf")
    by_name: dict[str, list[Json]] = {}
    for kind in kinds:
        by_name.setdefault(kind["properties"]["event"]["const"], []).append(kind)
    return _compiled(answer), {n: _compiled({**event, "oneOf": found}) for n, found in by_name.items()}


def _compiled(schema: Json) -> Any:
    return validator_for(schema)(schema)


def _is_clearly_right(result: Json) -> bool:
    answer, kinds = _quick_validators()
    if not answer.is_valid(result):
        return False
    return all(
        isinstance(event, dict)
        and (_sets_a_slot(event) or (event.get("event") in kinds and kinds[event["event"]].is_valid(event)))
        for event in result.get("events") or []
    )


def _sets_a_slot(event: Json) -> bool:
    """Nearly all events do no more than that; their schema asks for nothing else."""
    return (
        event.keys() == {"event", "timestamp", "name", "value"}
        and event["event"] == "slot"
        and event["timestamp"] is None
        and isinstance(event["name"], str)
    )


def _validate_action_result(self: RemoteAction, result: Json) -> bool:
    """Raise `jsonschema.ValidationError` unless `result` is a well-formed answer of an action server."""
    if _is_clearly_right(result):
        return True
    error: ValidationError | None = next(_validator().iter_errors(result), None)
    if error is None:
        return True
    error.message += f". The action server's answer is malformed, see {DOCS_BASE_URL}/custom-actions"
    raise error


def install() -> None:
    """Use the prebuilt validator for every `RemoteAction` of this process. Idempotent."""
    name = RemoteAction._validate_action_result.__name__
    setattr(RemoteAction, name, _validate_action_result)
