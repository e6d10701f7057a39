"""One way of running the assistant, in a process of its own: loads a model, talks, prints figures as JSON.

`python -m benchmarks._set_up default|ours MODEL ACTIONS_URL` reads a JSON list of contact ids from standard input.
Both sides get the same messages, the same action server and conversations in memory; the rest is each one's own.
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import sys
import time
from typing import Any

import psutil

AT_ONCE = 50
# Without names, times or choices: what Rasa's default pipeline can follow, too.
MESSAGES = (
    "Hallo",
    "Wann haben Sie am Freitag geöffnet?",
    "Wo finde ich die Praxis und kann ich da parken?",
    "Ich hätte gern einen Termin",
    "Haben Sie samstags offen?",
    "stopp, doch keinen Termin",
    "Was muss ich zum ersten Termin mitbringen?",
    "Danke, auf Wiedersehen",
)


def main(set_up: str, model: str, actions_url: str) -> None:
    """Load, say "ready", talk, print."""
    contacts: list[str] = json.load(sys.stdin)
    logging.disable(logging.WARNING)
    agent = _ours(model, actions_url) if set_up == "ours" else _default(model, actions_url)
    asyncio.run(_talk(agent, contacts))


def _default(model: str, actions_url: str) -> Any:
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    return Agent.load(model, action_endpoint=EndpointConfig(actions_url))


def _ours(model: str, actions_url: str) -> Any:
    from sprechstunde.assistant.agent import load_agent
    from sprechstunde.assistant.tuning.action_endpoint import KeptSessionEndpoint

    return load_agent(model, action_endpoint=KeptSessionEndpoint(actions_url, enable_selective_domain=True))


async def _talk(agent: Any, contacts: list[str]) -> None:
    await _dialogue(agent, contacts[0])
    print("ready", flush=True)
    alone: list[float] = []
    for contact in contacts[1:4]:
        alone += await _dialogue(agent, contact)
    begin = time.monotonic()
    crowd = await asyncio.gather(*[_dialogue(agent, contact) for contact in contacts[4 : 4 + AT_ONCE]])
    seconds = time.monotonic() - begin
    turns = [turn for dialogue in crowd for turn in dialogue]
    figures = {
        "alone_p50": 1000 * statistics.median(alone),
        "turns_per_second": len(turns) / seconds,
        "crowd_p50": 1000 * statistics.median(turns),
        "crowd_p99": 1000 * sorted(turns)[int(len(turns) * 0.99) - 1],
        "megabytes": psutil.Process().memory_info().rss / 1e6,
    }
    print(json.dumps(figures), flush=True)


async def _dialogue(agent: Any, contact: str) -> list[float]:
    """Seconds of each turn."""
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    seconds = []
    for text in MESSAGES:
        begin = time.monotonic()
        output = CollectingOutputChannel()
        await agent.handle_message(UserMessage(text, output, contact))
        if not output.messages:
            raise RuntimeError(f"no answer to {text!r}")
        seconds.append(time.monotonic() - begin)
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
