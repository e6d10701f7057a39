"""Trouble on order: sends that fail, webhooks that come twice, late, out of order or bundled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]

SEND_KINDS = ("error", "http_500", "timeout", "lost_answer")
WEBHOOK_KINDS = ("duplicate", "reorder", "delay", "batch")


@dataclass
class SendFault:
    """The next `count` sends (to `phone`, or to anybody) go wrong.

    `error`: refused with `code`, or with `as_status` taken and later reported as failed; `http_500`: a bare server
    error; `timeout`: no answer for `seconds`, nothing sent; `lost_answer`: sent, but the answer never arrives.
    """

    kind: str
    count: int
    code: int = 130429
    phone: str | None = None
    as_status: bool = False
    seconds: float = 75.0


@dataclass
class WebhookFault:
    """The next `count` webhooks are duplicated, swapped in pairs, delayed by `seconds`, or sent as one batch."""

    kind: str
    count: int
    seconds: float = 10.0


class Faults:
    """What is on order. A fault is used up by `count` uses."""

    def __init__(self) -> None:
        self.sends: list[SendFault] = []
        self.webhooks: list[WebhookFault] = []

    def order(self, request: Json) -> None:
        """`{"send": {kind, count, …}}` and/or `{"webhook": {kind, count, seconds}}`. Raises ValueError."""
        send, webhook = request.get("send"), request.get("webhook")
        if not send and not webhook:
            raise ValueError("give send or webhook")
        if send:
            self.sends.append(_build(SendFault, send, SEND_KINDS))
        if webhook:
            self.webhooks.append(_build(WebhookFault, webhook, WEBHOOK_KINDS))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.sends.clear()
        self.webhooks.clear()

    def next_send(self, phone: str) -> SendFault | None:
        """The fault that meets a send to `phone`, used up by one."""
        for fault in self.sends:
            if fault.phone in (None, phone):
                return _use(self.sends, fault)
        return None

    def next_webhook(self) -> WebhookFault | None:
        """The fault that meets the next webhook, used up by one."""
        return _use(self.webhooks, self.webhooks[0]) if self.webhooks else None

    def state(self) -> Json:
        """What is still on order."""
        return {"send": [asdict(f) for f in self.sends], "webhook": [asdict(f) for f in self.webhooks]}


def _build(cls: Any, given: Json, kinds: tuple[str, ...]) -> Any:
    if given.get("kind") not in kinds:
        raise ValueError(f"kind must be one of {', '.join(kinds)}")
    unknown = set(given) - set(cls.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    fault = cls(**{"count": 1, **given})
    if not isinstance(fault.count, int) or fault.count < 1:
        raise ValueError("count must be a whole number of at least 1")
    return fault


def _use(faults: list[Any], fault: Any) -> Any:
    fault.count -= 1
    if fault.count <= 0:
        faults.remove(fault)
    return fault
