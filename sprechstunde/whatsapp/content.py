"""What the practice can say to a patient, free of any wire format. All frozen, all comparable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Plain text of any length; `payloads.render` splits what is too long for one message."""

    body: str


@dataclass(frozen=True)
class Option:
    """One thing to tap. `payload` is what we get to know when it is tapped; it never leaves our database."""

    title: str
    payload: str
    description: str | None = None


@dataclass(frozen=True)
class Choice:
    """A question with options. `list_button` is the word on the button that opens a list."""

    body: str
    options: tuple[Option, ...]
    header: str | None = None
    footer: str | None = None
    list_button: str | None = None


@dataclass(frozen=True)
class Document:
    """A file, uploaded when it is sent."""

    content: bytes
    filename: str
    mime_type: str
    caption: str | None = None


@dataclass(frozen=True)
class Image:
    """A picture (JPEG or PNG), uploaded when it is sent and shown in the chat."""

    content: bytes
    mime_type: str
    caption: str | None = None


@dataclass(frozen=True)
class Reaction:
    """An emoji on a message of the patient; `wamid` names that message, an empty emoji takes it back."""

    wamid: str
    emoji: str


@dataclass(frozen=True)
class Template:
    """An approved template, for outside the 24 h window. `options` are its quick replies, `body` what she reads."""

    name: str
    language: str
    parameters: tuple[str, ...]
    options: tuple[Option, ...]
    body: str


Content = Text | Choice | Document | Image | Reaction | Template
