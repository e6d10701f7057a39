"""The process that holds the conversations: loads the agent and works through the inbox, patient by patient."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
from uuid import UUID

from sprechstunde.assistant import tuning

tuning.apply()

from rasa.shared.core.domain import Domain  # noqa: E402  (only after TensorFlow's stand-in is in place)
from rasa.utils.endpoints import EndpointConfig  # noqa: E402

from sprechstunde.assistant.agent import default_action_endpoint, load_agent  # noqa: E402
from sprechstunde.assistant.conversation_store import ConversationStore  # noqa: E402
from sprechstunde.assistant.live_runner import LiveRunner  # noqa: E402
from sprechstunde.assistant.training import ROOT  # noqa: E402
from sprechstunde.assistant.tuning import quick_exit  # noqa: E402
from sprechstunde.assistant.turn import TurnRunner  # noqa: E402
from sprechstunde.jobs.worker import run_worker  # noqa: E402

logger = logging.getLogger(__name__)
CONCURRENCY = 8
EDITING = "SPRECHSTUNDE_EDITING"


def make_runner(actions: EndpointConfig | None) -> TurnRunner:
    """The runner on the newest model, with this action server."""
    store = ConversationStore(Domain.empty())
    return TurnRunner(load_agent(action_endpoint=actions, tracker_store=store, texts_from=ROOT), store)


async def main() -> None:
    """Work until told to stop."""
    runner: TurnRunner | LiveRunner
    actions, following = default_action_endpoint(), None
    if os.environ.get(EDITING):
        runner = LiveRunner(lambda: make_runner(actions), functools.partial(print, flush=True))
        following = asyncio.create_task(runner.follow())
    else:
        runner = make_runner(actions)

    async def handle(contact_id: UUID) -> bool:
        return await runner.run_next(contact_id) is not None

    logger.info("ready for conversations")
    await run_worker(queues=["dialogue"], concurrency=CONCURRENCY, handler=handle)
    if following:
        following.cancel()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    asyncio.run(main())
    quick_exit.leave()
