"""Custom actions are reached by Rasa's protocol, over kept connections or within the process."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError

from sprechstunde.assistant.tuning import action_endpoint
from sprechstunde.assistant.tuning.action_endpoint import InProcessActions, KeptSessionEndpoint

CALL = {
    "next_action": "action_hello",
    "sender_id": "p",
    "tracker": {"sender_id": "p", "slots": {}, "events": []},
}
ACTIONS = """
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection

class Hello(Action):
    def name(self):
        return "action_hello"
    async def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=f"hello {tracker.sender_id}")
        return [{"event": "slot", "name": "greeted", "value": True}]

class Refuse(Action):
    def name(self):
        return "action_refuse"
    async def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection("action_refuse", "not now")

class Break(Action):
    def name(self):
        return "action_break"
    async def run(self, dispatcher, tracker, domain):
        raise ValueError("broken")
"""


@pytest.fixture(scope="module")
def in_process(tmp_path_factory):
    folder = tmp_path_factory.mktemp("actions")
    (folder / "some_test_actions.py").write_text(ACTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield InProcessActions("some_test_actions")


async def served(handler, use):
    """Run `use(endpoint)` against a server whose only page is `handler`."""
    app = web.Application()
    app.router.add_post("/webhook", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    endpoint = KeptSessionEndpoint(f"http://127.0.0.1:{port}/webhook", timeout=0.5)
    try:
        return await use(endpoint)
    finally:
        await endpoint.close()
        await runner.cleanup()


def test_many_calls_share_one_connection():
    peers = set()

    async def handler(request):
        peers.add(request.transport.get_extra_info("peername"))
        return web.json_response({"events": [], "responses": []})

    async def use(endpoint):
        return [await endpoint.request(json=CALL, timeout=300) for _ in range(5)]

    assert asyncio.run(served(handler, use)) == [{"events": [], "responses": []}] * 5
    assert len(peers) == 1


def test_an_action_server_that_hangs_is_given_up_on():
    async def handler(request):
        await asyncio.Event().wait()

    async def use(endpoint):
        with pytest.raises(action_endpoint.aiohttp.ClientError, match=r"within 0\.5 s"):
            await endpoint.request(json=CALL)

    asyncio.run(served(handler, use))


def test_an_error_of_the_action_server_keeps_its_status_and_text():
    async def handler(request):
        return web.json_response({"error": "no", "action_name": "action_x"}, status=400)

    async def use(endpoint):
        with pytest.raises(ClientResponseError) as raised:
            await endpoint.request(json=CALL)
        return raised.value

    error = asyncio.run(served(handler, use))
    assert error.status == 400
    assert json.loads(error.text)["action_name"] == "action_x"


def test_the_endpoint_outlives_an_event_loop():
    async def handler(request):
        return web.json_response({"events": [], "responses": []})

    endpoints = []

    async def use(endpoint):
        endpoints.append(endpoint)
        return await endpoint.request(json=CALL)

    assert asyncio.run(served(handler, use)) == asyncio.run(served(handler, use))


def test_actions_run_in_the_process(in_process):
    result = asyncio.run(in_process.request(json=CALL))
    assert result["events"] == [{"event": "slot", "name": "greeted", "value": True}]
    assert result["responses"][0]["text"] == "hello p"


@pytest.mark.parametrize(
    ("action", "status"), [("action_refuse", 400), ("action_missing", 404), ("action_break", 500)]
)
def test_failures_in_the_process_look_like_the_servers(in_process, action, status):
    with pytest.raises(ClientResponseError) as raised:
        asyncio.run(in_process.request(json={**CALL, "next_action": action}))
    assert raised.value.status == status
    assert json.loads(raised.value.text)["action_name"] == action


def test_a_malformed_answer_is_still_refused():
    action = RemoteAction("action_hello", None)
    assert action._validate_action_result(
        {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []}
    )
    with pytest.raises(ValidationError, match="malformed"):
        action._validate_action_result({"events": [{"event": "no_such_event"}], "responses": []})
