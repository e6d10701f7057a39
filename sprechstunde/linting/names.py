"""Names that one file uses and another declares: responses, intents, slots, forms, actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node

# Rasa's own; a rule may name them, the domain need not.
DEFAULT_ACTIONS = frozenset(
    {
        *("action_listen", "action_restart", "action_session_start", "action_default_fallback"),
        *("action_deactivate_loop", "action_revert_fallback_events", "action_default_ask_affirmation"),
        *(
            "action_default_ask_rephrase",
            "action_back",
            "action_two_stage_fallback",
            "action_unlikely_intent",
        ),
        *("action_extract_slots", "action_validate_slot_mappings"),
    }
)
DEFAULT_SLOTS = frozenset({"requested_slot", "session_started_metadata"})
# Keys of Rasa's that look like a response.
NO_RESPONSES = frozenset({"utter_action", "utter_message"})
_INTENT = re.compile(r"/(\w+)")
_ENTITY = re.compile(r'"(\w+)"\s*:')


def check(project: Project) -> Iterator[Finding]:
    """Used but not there, and there but not used."""
    yield from unknown(project)
    yield from _responses(project)
    yield from _actions(project)
    yield from _forms(project)
    yield from _slots(project)


def unknown(project: Project) -> Iterator[Finding]:
    """Intents, slots, forms, actions and entities that are used but not there."""
    yield from _steps(project)
    yield from _payloads(project)
    yield from _examples(project)


def _steps(project: Project) -> Iterator[Finding]:
    intents, slots, forms = (project.declared(part) for part in ("intents", "slots", "forms"))
    actions = {*project.declared("actions"), *project.responses, *forms, *DEFAULT_ACTIONS}
    for key, node in named_in_paths(project):
        if key == "intent":
            yield from _unknown(node, "intent", intents, "the domain's intents")
        elif key == "action":
            what = "response" if node.text.startswith("utter_") else "action"
            yield from _unknown(node, what, actions, "the domain or the responses")
        elif key == "active_loop":
            yield from _unknown(node, "form", forms, "the domain's forms")
        else:
            yield from _unknown(node, "slot", {*slots, *DEFAULT_SLOTS}, "the domain's slots")


def named_in_paths(project: Project) -> Iterator[tuple[str, Node]]:
    """`(intent | action | active_loop | slot, the node with the name)` for each step of each rule and story."""
    for path in project.paths:
        waiting = [*path.get("condition").items, *path.get("steps").items]
        while waiting:
            step = waiting.pop(0)
            waiting += step.get("or").items
            for key in ("intent", "action", "active_loop"):
                if step.get(key).text:
                    yield key, step.get(key)
            for name, node in step.get("slot_was_set").names():
                yield "slot", Node(name, node.file, node.line)


def _unknown(node: Node, what: str, known: Iterable[str], where: str) -> Iterator[Finding]:
    if node.text not in set(known):
        yield node.finding(f"{what} `{node.text}` is not among {where}", meant(node.text, known))


def meant(word: str, known: Iterable[str], otherwise: str = "add it there") -> str:
    """A hint: the known name that is spelt most alike."""
    best = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=65)
    return f"did you mean `{best[0]}`?" if best else otherwise


def _payloads(project: Project) -> Iterator[Finding]:
    intents, entities = project.declared("intents"), project.declared("entities")
    for response in project.responses.values():
        for variation in response.items:
            for button in variation.get("buttons").items:
                payload = button.get("payload")
                for intent in _INTENT.findall(payload.text)[:1]:
                    yield from _unknown(
                        Node(intent, payload.file, payload.line), "intent", intents, "the domain's intents"
                    )
                for entity in _ENTITY.findall(payload.text):
                    yield from _unknown(
                        Node(entity, payload.file, payload.line), "entity", entities, "the domain's entities"
                    )


def _examples(project: Project) -> Iterator[Finding]:
    intents = project.declared("intents")
    for intent, block in project.examples:
        yield from _unknown(
            Node(intent, block.file, block.line - 1), "intent", intents, "the domain's intents"
        )


def _responses(project: Project) -> Iterator[Finding]:
    used = {node.text for key, node in named_in_paths(project) if key == "action"}
    asked = {name for form, slot in _required(project) for name in _questions(form, slot.text)}
    for name, response in project.responses.items():
        if name not in used | asked and not project.code.may_say(name):
            yield response.finding(f"`{name}` is said nowhere", "delete it, or say it in a rule or an action")
    for name, place in project.code.responses.items():
        if name not in project.responses and name not in NO_RESPONSES:
            yield place.finding(f"response `{name}` does not exist", meant(name, project.responses))


def _actions(project: Project) -> Iterator[Finding]:
    declared = project.declared("actions")
    for name, node in declared.items():
        if name.startswith("utter_"):
            continue
        if name not in project.code.actions:
            yield node.finding(
                f"action `{name}` has no code", "add a class with this `action_name` in actions/"
            )
    for name, place in project.code.actions.items():
        if name not in declared:
            yield place.finding(
                f"action `{name}` is not in the domain", "list it under `actions:` in domain.yml"
            )


def _forms(project: Project) -> Iterator[Finding]:
    """A form without a question for a slot would fall silent there."""
    known = {*project.responses, *project.declared("actions")}
    slots = project.declared("slots")
    for form, slot in _required(project):
        yield from _unknown(slot, "slot", slots, "the domain's slots")
        if not known & set(_questions(form, slot.text)):
            yield slot.finding(f"`{form}` has no question for `{slot.text}`", f"add `utter_ask_{slot.text}`")
        hint = f"utter_hint_{slot.text}"
        if hint not in project.responses and project.code.may_say(hint):
            yield slot.finding(
                f"`{form}` has no hint for `{slot.text}`", f"add `{hint}`: said when the answer did not fit"
            )


def _required(project: Project) -> Iterator[tuple[str, Node]]:
    for form, node in project.declared("forms").items():
        for slot in node.get("required_slots").items:
            yield form, slot


def _questions(form: str, slot: str) -> list[str]:
    return [f"{kind}_ask_{name}" for kind in ("utter", "action") for name in (slot, f"{form}_{slot}")]


def _slots(project: Project) -> Iterator[Finding]:
    slots = project.declared("slots")
    in_paths = {node.text for key, node in named_in_paths(project) if key == "slot"}
    conditions = {
        condition.get("name").text
        for response in project.responses.values()
        for variation in response.items
        for condition in variation.get("condition").items
    }
    required = {slot.text for _, slot in _required(project)}
    for name, node in slots.items():
        if name not in project.code.words | in_paths | conditions | required:
            yield node.finding(f"slot `{name}` is used nowhere", "delete it")
    for name, place in project.code.slots.items():
        if name not in slots and name not in DEFAULT_SLOTS:
            yield place.finding(f"slot `{name}` is not among the domain's slots", meant(name, slots))
