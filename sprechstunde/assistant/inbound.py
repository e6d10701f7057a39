"""From what arrived on WhatsApp to what Rasa reads: words stay words, everything else becomes an intent."""

from __future__ import annotations

import re
from typing import Any

from sprechstunde.whatsapp.inbox import Inbound

# Kinds without words of their own. They are intents, not text: NLU never sees an empty message.
INTENT_OF = {
    "image": "media_image",
    "document": "media_document",
    "audio": "media_audio",
    "video": "media_video",
    "sticker": "media_sticker",
    "location": "media_location",
    "contacts": "media_contacts",
    "reaction": "media_reaction",
    "edited": "message_edited",
    "deleted": "message_deleted",
    "unsupported": "message_unsupported",
    "stale_choice": "stale_choice",
}


# A lone emoji as the answer to a question of yes or no. Skin tones follow the hand.
NODS = {
    "👍": "affirm",
    "👌": "affirm",
    "✅": "affirm",
    "🆗": "affirm",
    "✔": "affirm",
    "👎": "deny",
    "❌": "deny",
}
# Words joined by underscores, with a JSON object behind them or not; and Rasa's own commands.
COMMAND = re.compile(
    r"^(?:[a-z]+(?:_[a-z]+)+|(?:restart|back|session_start)|[a-z_]+\s*\{.*\})$", re.IGNORECASE | re.DOTALL
)
# What programs are made of and no patient's sentence is: tags, query languages, placeholders, calls.
CODE = re.compile(
    r"</?[a-z][\w-]*(?:\s[^<>]*)?/?>|\$\{|\{\{|\{%|;\s*--|\w\(\)|\w+\([\d'\"\[].*\)|"
    r"\b(?:drop|alter|truncate|create)\s+(?:table|database)\b|\b(?:union\s+)?select\s.+\sfrom\s+\w+|"
    r"\b(?:insert\s+into|delete\s+from)\s+\w+|\bor\s+'?1'?\s*=\s*'?1|\bjavascript:|\bon(?:error|load)\s*=|"
    r"\b(?:sudo|rm\s+-rf|curl\s+-)\b|\{\s*[\"']\w+[\"']\s*:",
    re.IGNORECASE | re.DOTALL,
)
# Characters, as WhatsApp allows; what comes in by another way is stored whole and read so far.
LONGEST = 4096
YES_OR_NO = frozenset({"booking_confirmed", "move_confirmed", "cancel_confirmed"})


def nodded(text: str, asked: str | None) -> str | None:
    """`affirm` or `deny` where an emoji answers the question asked, otherwise None."""
    return NODS.get(text.strip()[:1]) if asked in YES_OR_NO else None


def words_of(message: Inbound) -> str | None:
    """The patient's words, if the message has any that NLU can read (a caption is not an answer to a question)."""
    if message.kind != "text":
        return None
    text = (message.text or "").replace("🆘", " SOS ").strip()
    return text[:LONGEST] if any(ch.isalnum() for ch in text) else None


def commands(text: str) -> bool:
    """True for words in the shape of Rasa's commands ("restart", `book_appointment{"doctor": "x"}`) and for program
    code: no language that anybody speaks. The channel has taken the slash in front of a command away.
    """
    return bool(COMMAND.match(text) or CODE.search(text))


def fixed_intent(message: Inbound) -> str:
    """The intent of a message without words: media, a lone emoji, nothing at all."""
    if message.kind == "text":
        text = (message.text or "").strip()
        if "?" in text:
            return "help"  # "???": she wonders what to do
        return "media_reaction" if text else "message_empty"
    return INTENT_OF.get(message.kind, "message_unsupported")


def as_parsed(intent: str, text: str = "") -> dict[str, Any]:
    """Rasa parse data for an intent that needs no reading. `text` is what the patient sent beside it (a caption)."""
    return {"text": text, "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [], "entities": []}
