"""The errors of Meta's Graph API: codes, titles and the JSON body they come in.

Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sprechstunde.emulator import ids

Json = dict[str, Any]

# code: (title, HTTP status, usual details)
KNOWN: dict[int, tuple[str, int, str]] = {
    0: ("AuthException", 401, "We were unable to authenticate the app user."),
    2: ("Service temporarily unavailable", 503, "Temporary due to downtime or due to being overloaded."),
    4: ("Application request limit reached", 400, "The app has reached its API call rate limit."),
    10: (
        "Application does not have permission for this action",
        403,
        "Permission is either not granted or removed.",
    ),
    33: ("Parameter value is not valid", 400, "The business phone number has been deleted."),
    100: ("Invalid parameter", 400, "The request included one or more unsupported or misspelled parameters."),
    104: (
        "An access token is required to request this resource.",
        401,
        "Send the token as Authorization: Bearer.",
    ),
    190: (
        "Invalid OAuth access token - Cannot parse access token",
        401,
        "Your access token is invalid or expired.",
    ),
    368: ("Temporarily blocked for policies violations", 403, "The account has been restricted."),
    80007: ("Rate limit issues", 400, "The WhatsApp Business Account has reached its rate limit."),
    130429: (
        "Rate limit hit",
        400,
        "Message failed to send because there were too many messages sent from this phone number in a short period"
        " of time.",
    ),
    130472: ("User's number is part of an experiment", 400, "Message was not sent as part of an experiment."),
    131000: ("Something went wrong", 500, "Message failed to send due to an unknown error. Try again later."),
    131005: ("Access denied", 403, "Permission is either not granted or has been removed."),
    131008: ("Required parameter is missing", 400, "The request is missing a required parameter."),
    131009: ("Parameter value is not valid", 400, "One or more parameter values are invalid."),
    131016: ("Service unavailable", 503, "A service is temporarily unavailable."),
    131021: ("Recipient cannot be sender", 400, "Sender and recipient phone number is the same."),
    131026: (
        "Message Undeliverable",
        400,
        "Message Undeliverable. The recipient has no WhatsApp account or can't receive this message.",
    ),
    131031: ("Account has been locked", 403, "The account has been restricted or disabled."),
    131042: ("Business eligibility payment issue", 400, "There was an error related to your payment method."),
    131047: (
        "Re-engagement message",
        400,
        "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
    ),
    131048: ("Spam rate limit hit", 400, "There are restrictions on how many messages this number can send."),
    131051: ("Unsupported message type", 400, "Unsupported message type."),
    131052: ("Media download error", 400, "Unable to download the media sent by the user."),
    131053: ("Media upload error", 400, "Unable to upload the media used in the message."),
    131056: (
        "(Business Account, Consumer Account) pair rate limit hit",
        400,
        "Message failed to send because there were too many messages sent from this phone number to the same recipient"
        " in a short period of time.",
    ),
    131057: ("Account in maintenance mode", 500, "The WhatsApp Business Account is in maintenance mode."),
    132000: (
        "Number of parameters does not match the expected number of params",
        400,
        "Parameter count differs.",
    ),
    132001: (
        "Template name does not exist in the translation",
        404,
        "The template has not been approved or created.",
    ),
    132012: (
        "Parameter format does not match format in the created template",
        400,
        "Parameter format differs.",
    ),
}


@dataclass
class GraphError(Exception):
    """An answer of Meta's that is no success. `details` says what exactly is wrong."""

    code: int
    details: str | None = None
    http_status: int | None = None
    message: str | None = None
    subcode: int | None = None

    @property
    def title(self) -> str:
        """Meta's name for the code."""
        return KNOWN[self.code][0] if self.code in KNOWN else "Unknown error"

    @property
    def status(self) -> int:
        """HTTP status of the answer."""
        return self.http_status or (KNOWN[self.code][1] if self.code in KNOWN else 400)

    def body(self) -> Json:
        """The JSON that Meta answers with."""
        usual = KNOWN[self.code][2] if self.code in KNOWN else ""
        error: Json = {
            "message": self.message or f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details or usual},
            "fbtrace_id": ids.trace(),
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}

    def as_status_error(self) -> Json:
        """The same error as it stands in a `failed` status."""
        usual = KNOWN[self.code][2] if self.code in KNOWN else ""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details or usual},
            "href": "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
        }


def missing(name: str) -> GraphError:
    """A required parameter is not there."""
    return GraphError(131008, f"Missing required parameter: {name}")


def invalid(details: str) -> GraphError:
    """A parameter has a value that Meta does not take."""
    return GraphError(131009, details)


def malformed(text: str) -> GraphError:
    """A parameter of the wrong type, an unknown one, or one too long for its schema."""
    return GraphError(100, text, message=f"(#100) {text}")
