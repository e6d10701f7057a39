"""The two secrets a patient's browser holds: one between the checks, one for half an hour behind them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sprechstunde.results.links import CODE_LIFE, VIEWER_LIFE
from sprechstunde.settings import get_settings

CHECKING, VIEWER = "result_checking", "result_viewer"
_LIFE = {CHECKING: CODE_LIFE, VIEWER: VIEWER_LIFE}


def put(response: Response, name: str, secret: str, *, path: str = "/r") -> None:
    """Let the browser keep it: for the pages below `path` only, out of reach of scripts."""
    response.set_cookie(
        name,
        secret,
        max_age=int(_LIFE[name].total_seconds()),
        path=path,
        httponly=True,
        # Not `strict`: the page is reached from a chat, and a strict cookie stays away on that first step.
        samesite="lax",
        secure=get_settings().public_url.startswith("https:"),
    )


def read(request: Request, name: str) -> str:
    """What the browser holds, empty if nothing."""
    return request.cookies.get(name, "")


def drop(response: Response, name: str, *, path: str = "/r") -> None:
    """Take it away."""
    response.delete_cookie(name, path=path)
