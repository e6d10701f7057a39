"""A chat on a phone of the emulator, written down as a conversation test: what the patient did, what must be answered.

Of each text the telling pieces are kept (how it begins, the question it ends with, the first row of a list), not links
and codes, so that a test survives the next change of wording in between.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

Json = dict[str, Any]

# Shorter pauses make no difference to what is said; together they never let the test's clock lag by more.
PAUSE = timedelta(minutes=5)
LONGEST = 90
_AS_THEY_ARE = (
    "image",
    "document",
    "audio",
    "video",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "unsupported",
)
MEDIA = {**{kind: kind for kind in _AS_THEY_ARE}, "edit": "edited", "revoke": "deleted"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s")
_UNSTEADY = re.compile(r"https?://|\d{6,}|\w{24,}")


class NothingRecorded(ValueError):
    """The chat holds nothing that a test could play."""


def as_yaml(chat: Sequence[Json], *, name: str, by_id: bool, zone: tzinfo, last: int | None = None) -> str:
    """A conversation for `tests/conversations`. `chat`: the emulator's messages, oldest first; `last`: only so many of
    the patient's; `by_id`: the phone shows no number. Raises NothingRecorded."""
    turns = list(_turns([m for m in chat if m["status"] != "failed"]))
    turns = turns[-last:] if last else turns
    if not turns:
        raise NothingRecorded("the patient has written nothing yet")
    begin = _minute(turns[0][0])
    lines = [
        f"- name: {_quoted(name)}",
        f"  now: {_quoted(begin.astimezone(zone).strftime('%Y-%m-%dT%H:%M'))}",
    ]
    lines += ["  by_id: true"] if by_id else []
    lines.append("  steps:")
    clock = begin
    for said, answers in turns:
        pause = _minute(said) - clock
        if pause >= PAUSE:
            clock += pause
            lines.append(f"  - wait: {{minutes: {int(pause.total_seconds() // 60)}}}")
        for number, line in enumerate([*_done(said, chat), *_expected(said, answers)]):
            lines.append(("  - " if number == 0 else "    ") + line)
    return "\n".join(lines) + "\n"


def _turns(chat: Sequence[Json]) -> Iterator[tuple[Json, list[Json]]]:
    """Each message of the patient with the practice's up to the next one."""
    turns: list[tuple[Json, list[Json]]] = []
    for message in chat:
        if message["author"] == "patient":
            turns.append((message, []))
        elif turns:
            turns[-1][1].append(message)
    yield from turns


def _done(message: Json, chat: Sequence[Json]) -> Iterator[str]:
    kind, content = message["kind"], message["content"]
    if kind == "text":
        yield f"user: {_quoted(str(content.get('body', '')))}"
    elif kind == "interactive":
        yield f"tap: {_quoted(message['text'])}"
        of = _choices_ago(message, chat)
        if of > 1:
            yield f"of: {of}"
    elif kind == "button":
        yield "tap_notice: true"
    elif kind in MEDIA:
        yield f"media: {MEDIA[kind]}"
        caption = _caption(kind, content)
        if caption:
            yield f"caption: {_quoted(caption)}"
    else:
        raise NothingRecorded(f"a message of kind {kind} can't be played by a conversation test")


def _caption(kind: str, content: Json) -> str:
    if kind == "edit":
        inner = content["message"]
        part = inner.get(inner["type"], {})
        return str(part.get("body") or part.get("caption") or "")
    return str(content.get("emoji") or content.get("caption") or "")


def _choices_ago(tap: Json, chat: Sequence[Json]) -> int:
    """1: the tap is on the latest message with options, 2: on the one before, …"""
    before = [m["id"] for m in chat if m["seq"] < tap["seq"] and _tappable(m)]
    return before[::-1].index(tap["context"]) + 1 if tap["context"] in before else 1


def _tappable(message: Json) -> bool:
    return any(option["kind"] in ("button", "row") for option in message["options"])


def _expected(said: Json, answers: Sequence[Json]) -> Iterator[str]:
    told = [message for message in answers if message["kind"] not in ("template", "reaction")]
    pieces = list(dict.fromkeys(piece for message in told for piece in _telling(message)))
    if pieces:
        yield f"bot: {_quoted(pieces[0]) if len(pieces) == 1 else '[' + ', '.join(map(_quoted, pieces)) + ']'}"
    choices = [message for message in told if _tappable(message)]
    if choices:
        yield f"options: {len(choices[-1]['options'])}"
    if said["kind"] == "reaction" and not answers:
        yield "silent: true"


def _telling(message: Json) -> Iterator[str]:
    """How the text begins, the question with which it ends, the first row of its list; of a file its name."""
    if message["kind"] == "document":
        yield str(message["content"].get("filename", ""))
        return
    lines = [line.strip() for line in message["text"].split("\n") if line.strip()]
    found = [sentence for line in lines for sentence in _SENTENCE.split(line)]
    steady = [_cut(sentence) for sentence in found if not _UNSTEADY.search(sentence)]
    if steady:
        yield steady[0]
        if steady[-1].endswith("?"):
            yield steady[-1]
    if message["options"][:1] and message["options"][0]["kind"] == "row":
        yield f"[{message['options'][0]['title']}]"


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rsplit(" ", 1)[0]


def _minute(message: Json) -> datetime:
    return datetime.fromtimestamp(message["at"], timezone.utc).replace(second=0, microsecond=0)


def _quoted(text: str) -> str:
    """A text in YAML's double quotes, which are JSON's."""
    return json.dumps(text, ensure_ascii=False)
