"""How the agent reaches custom actions: over HTTP with a kept connection, or within the process.

Both speak Rasa's action server protocol: the same JSON in, the same JSON out, the same errors.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

logger = logging.getLogger(__name__)

# Rasa waits 300 s for an action while its lock on the conversation lapses after 60 s. An action of ours
# is a few database statements; one that takes 20 s is broken, and the turn is better repeated.
TIMEOUT_SECONDS = 20.0


class KeptSessionEndpoint(EndpointConfig):
    """An HTTP endpoint which keeps its connections; Rasa's own opens a new session for every call."""

    def __init__(self, url: str, *, timeout: float = TIMEOUT_SECONDS, **kwargs: Any) -> None:
        """`timeout` is in seconds for the whole call. Other arguments as for Rasa's `EndpointConfig`."""
        super().__init__(url=url, **kwargs)
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._kept: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _session(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        # a session belongs to its loop: tests run several loops one after the other
        if self._kept is None or self._kept.closed or self._loop is not loop:
            auth = aiohttp.BasicAuth(**self.basic_auth) if self.basic_auth else None
            self._kept = aiohttp.ClientSession(headers=self.headers, auth=auth, timeout=self._timeout)
            self._loop = loop
        return self._kept

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Call the action server and return its JSON; raises `ClientResponseError` for a status of 400 or
        above.

        Rasa passes its own 300 s `timeout`: it is dropped in favour of ours.
        """
        kwargs.pop("timeout", None)
        headers = {"Content-Type": content_type} if content_type else {}
        headers.update(kwargs.pop("headers", {}))
        url = concat_url(self.url, subpath)
        params = self.combine_parameters(kwargs)
        try:
            async with self._session().request(
                method, url, headers=headers, params=params, compress=compress, **kwargs
            ) as response:
                if response.status >= 400:
                    raise ClientResponseError(response.status, response.reason, await response.text())
                return await response.json(content_type=None)
        except asyncio.TimeoutError as error:
            # Rasa handles aiohttp's errors only; a bare TimeoutError would escape as something unknown
            message = f"no answer from {url} within {self._timeout.total} s"
            raise aiohttp.ServerTimeoutError(message) from error

    async def close(self) -> None:
        """Close the kept connections, at the end of the process or test."""
        if self._kept is not None and not self._kept.closed:
            await self._kept.close()
        self._kept = None


class InProcessActions(EndpointConfig):
    """Runs the actions of a package in this very process, by the same JSON contract as an action server."""

    def __init__(self, package: str = "actions") -> None:
        """`package` is the import name of the package holding the `rasa_sdk.Action` subclasses."""
        super().__init__(url=f"inprocess:{package}", enable_selective_domain=True)
        self.executor = ActionExecutor()
        self.executor.register_package(package)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action named in `kwargs["json"]`; errors come as an action server would send them."""
        call = json.loads(json.dumps(kwargs["json"]))
        try:
            result = await self.executor.run(call)
        except ActionExecutionRejection as error:
            raise _response_error(400, error.message, error.action_name) from error
        except ActionNotFoundException as error:
            raise _response_error(404, error.message, error.action_name) from error
        except Exception as error:
            logger.exception("action %s raised", call.get("next_action"))
            raise _response_error(500, str(error), str(call.get("next_action"))) from error
        return json.loads(json.dumps(result))


def _response_error(status: int, message: str, action_name: str) -> ClientResponseError:
    body = json.dumps({"error": message, "action_name": action_name})
    return ClientResponseError(status, message, body)
