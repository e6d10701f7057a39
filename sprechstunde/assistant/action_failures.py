"""Knowing that an action failed: Rasa logs it and goes on as if nothing were wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig

_failures: ContextVar[list[str] | None] = ContextVar("failures", default=None)


@contextmanager
def noted_failures() -> Iterator[list[str]]:
    """Names of the actions that could not be run within this block, through an endpoint that is `watched`."""
    failures: list[str] = []
    token = _failures.set(failures)
    try:
        yield failures
    finally:
        _failures.reset(token)


class WatchedEndpoint:
    """Passes every call on to the endpoint; one that fails is noted (a form's rejection, status 400, is no failure)."""

    def __init__(self, endpoint: EndpointConfig) -> None:
        self._endpoint = endpoint

    def __getattr__(self, name: str) -> Any:
        return getattr(self._endpoint, name)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As `EndpointConfig.request`."""
        try:
            return await self._endpoint.request(*args, **kwargs)
        except Exception as error:
            noted = _failures.get()
            if noted is not None and not (isinstance(error, ClientResponseError) and error.status == 400):
                noted.append(str((kwargs.get("json") or {}).get("next_action")))
            raise
