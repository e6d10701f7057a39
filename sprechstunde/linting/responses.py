"""Each text exists in German and English, says the same things, and fits onto the phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sprechstunde.linting.finding import Finding
from sprechstunde.linting.project import Project
from sprechstunde.linting.source import Node
from sprechstunde.whatsapp import limits

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_PAYLOAD = re.compile(r"/\w+(?:\{\{.*\}\})?", re.DOTALL)
_SHOWN = 40
CHANNEL = "whatsapp"


def check(project: Project) -> Iterator[Finding]:
    """Languages, placeholders, buttons, lengths; and that actions fill in what a text leaves open."""
    for name, response in project.responses.items():
        yield from _languages(name, response, project)
        yield from _reachable(name, response, project)
        for variation in response.items:
            yield from _text(name, variation)
            yield from _buttons(name, variation)
        yield from _alike(name, response)
    yield from _filled_in(project)


def language_of(variation: Node, default: str = "de") -> str:
    """`default` without a condition, else the language of the condition, `""` for another one."""
    conditions = variation.get("condition").items
    if not conditions:
        return default
    found = [c.get("value").text for c in conditions if c.get("name").text == "language"]
    return found[0] if found else ""


def placeholders(variation: Node) -> set[str]:
    """The names in braces."""
    return set(_PLACEHOLDER.findall(variation.get("text").text))


def _languages(name: str, response: Node, project: Project) -> Iterator[Finding]:
    default, *others = project.languages
    if not any(not variation.get("condition").items for variation in response.items):
        yield response.finding(
            f"`{name}` has no {project.languages[default]} text",
            "add a variation without a condition first",
        )
    spoken = {language_of(variation, default) for variation in response.items}
    for language in others:
        if language not in spoken:
            yield response.finding(
                f"`{name}` has no {project.languages[language]} text",
                f"add `- condition: [{{type: slot, name: language, value: {language}}}]` with its `text`",
            )


def _reachable(name: str, response: Node, project: Project) -> Iterator[Finding]:
    """Rasa takes a variation of this channel first, then one whose condition holds, then one without a condition."""
    slots = project.declared("slots")
    told_apart = {language_of(v, "") for v in response.items} >= set(project.languages)
    for variation in response.items:
        channel = variation.get("channel")
        if channel.text:
            hides = "hides the others" if channel.text == CHANNEL else "is never said"
            yield channel.finding(f"`{name}`: the variation for `{channel.text}` {hides}", "delete `channel`")
        conditions = variation.get("condition").items
        if not conditions and told_apart:
            yield variation.finding(
                f"`{name}`: every language has a condition, so this variation is never said",
                "delete one of them",
            )
        for condition in conditions:
            slot, value = condition.get("name"), condition.get("value")
            if slot.text not in slots:
                yield slot.finding(
                    f"`{name}`: a condition on `{slot.text}`, which is no slot", "it never holds"
                )
            elif slot.text == "language" and value.text not in project.languages:
                yield value.finding(
                    f"`{name}`: `{value.text}` is no language of ours, so this is never said",
                    f"languages: {', '.join(project.languages)}",
                )


def _text(name: str, variation: Node) -> Iterator[Finding]:
    node = variation.get("text")
    if not node.text.strip():
        yield variation.finding(f"`{name}` has a variation without text")
        return
    left = _PLACEHOLDER.sub("", node.text)
    if "{" in left or "}" in left:
        yield node.finding(f"`{name}`: a brace without its partner", "write placeholders as `{name}`")
    interactive = variation.get("buttons").items or variation.get("metadata").get("list_button").text
    limit = limits.INTERACTIVE_BODY if interactive else limits.TEXT
    if len(node.text) > limit:
        where = "with buttons" if interactive else "without buttons"
        yield node.finding(
            f"`{name}`: {len(node.text)} characters (at most {limit} {where})", "shorten it or split it"
        )


def _buttons(name: str, variation: Node) -> Iterator[Finding]:
    buttons, list_button = variation.get("buttons").items, variation.get("metadata").get("list_button")
    as_list = bool(list_button.text) or len(buttons) > limits.BUTTONS
    if len(buttons) > limits.LIST_ROWS:
        yield variation.finding(f"`{name}`: {len(buttons)} rows (at most {limits.LIST_ROWS})")
    elif as_list and not list_button.text:
        yield variation.finding(
            f"`{name}`: {len(buttons)} buttons become a list whose own button has no name",
            f"add `metadata: {{list_button: …}}`, or keep to {limits.BUTTONS} buttons",
        )
    yield from _too_long(name, list_button, "name of the list's button", limits.LIST_BUTTON)
    kind, limit = ("row title", limits.ROW_TITLE) if as_list else ("button title", limits.BUTTON_TITLE)
    for button in buttons:
        title, payload = button.get("title"), button.get("payload")
        if not title.text.strip():
            yield button.finding(f"`{name}`: a button without a title")
        yield from _too_long(name, title, kind, limit)
        yield from _too_long(name, button.get("description"), "row description", limits.ROW_DESCRIPTION)
        if not _PAYLOAD.fullmatch(payload.text):
            yield button.finding(
                f"`{name}`: `{payload.text}` is no payload",
                'write `/intent` or `/intent{{"entity": "value"}}`',
            )


def _too_long(name: str, node: Node, what: str, limit: int) -> Iterator[Finding]:
    if len(node.text) > limit:
        shown = node.text if len(node.text) <= _SHOWN else node.text[:_SHOWN] + "…"
        yield node.finding(f"`{name}`: {what} “{shown}” has {len(node.text)} characters (at most {limit})")


def _alike(name: str, response: Node) -> Iterator[Finding]:
    """Whatever the language: the same facts, the same ways on, in the same order."""
    if not response.items:
        return
    first = response.items[0]
    for other in response.items[1:]:
        for missing in sorted(placeholders(first) ^ placeholders(other)):
            yield other.get("text").finding(
                f"`{name}`: `{{{missing}}}` stands in one language only", "say the same in both"
            )
        ways = [[b.get("payload").text for b in v.get("buttons").items] for v in (first, other)]
        if ways[0] != ways[1]:
            yield other.finding(
                f"`{name}`: the languages have different buttons", f"German: {', '.join(ways[0])}"
            )
        if bool(_list_button(first)) != bool(_list_button(other)):
            yield other.finding(f"`{name}`: `list_button` is set in one language only")


def _list_button(variation: Node) -> str:
    return variation.get("metadata").get("list_button").text


def _filled_in(project: Project) -> Iterator[Finding]:
    """A placeholder nobody fills in is read by the patient as it stands."""
    slots = set(project.declared("slots"))
    for said in project.code.said:
        response = project.responses.get(said.response)
        if response is None or said.values is None:
            continue
        needed = set().union(*(placeholders(variation) for variation in response.items))
        for name in sorted(needed - said.values - slots):
            yield said.place.finding(
                f"`{said.response}` has a placeholder `{{{name}}}` that is not filled in here",
                f"pass `{name}=…`, or take it out of {response.file}:{response.line}",
            )
