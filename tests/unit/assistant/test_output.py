"""What Rasa says, as WhatsApp content."""

from __future__ import annotations

from sprechstunde.assistant.output import to_content
from sprechstunde.whatsapp.content import Choice, Text


def test_a_placeholder_without_a_value_leaves_no_gap() -> None:
    assert to_content({"text": "Gebucht.\n\n\n\nBis bald!\n"}) == Text(body="Gebucht.\n\nBis bald!")


def test_nothing_to_say_says_nothing() -> None:
    assert to_content({"text": "  \n"}) is None


def test_rows_of_an_action_stand_before_the_buttons_of_the_response() -> None:
    buttons = [
        {"title": "Andere Zeiten", "payload": "/request_other_times"},
        {"title": "Do 10:00", "payload": "/choose_slot", "place": "row", "description": "Dr. Busch"},
    ]
    content = to_content({"text": "Frei ist:", "buttons": buttons})
    assert isinstance(content, Choice)
    assert [(o.title, o.description) for o in content.options] == [
        ("Do 10:00", "Dr. Busch"),
        ("Andere Zeiten", None),
    ]
