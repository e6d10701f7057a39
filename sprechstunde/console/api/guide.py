"""`/api/docs`: the OpenAPI description as a page to read, without anybody else's scripts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from sprechstunde.console.rendering import page
from sprechstunde.settings import get_settings

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
async def guide(request: Request) -> Response:
    """The page."""
    described = request.app.openapi()
    doors = [
        _door(path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    return page(
        "api/guide.html", title=described["info"]["title"], doors=doors, base=get_settings().public_url
    )


def _door(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    kind, content = next(iter(operation["requestBody"]["content"].items()))
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "kind": kind,
        "about": content["schema"].get("description", ""),
        "fields": _fields(content["schema"]),
        "answers": sorted((code, one.get("description", "")) for code, one in operation["responses"].items()),
    }


def _fields(schema: dict[str, Any], before: str = "") -> list[tuple[str, str, bool, str]]:
    """(name, type, whether it must be there, what it is), parts of parts with a point between."""
    found = []
    for name, part in schema.get("properties", {}).items():
        kind = part.get("format") or part.get("type") or "string"
        must = name in schema.get("required", [])
        found.append((before + name, kind, must, part.get("description", "")))
        found += _fields(part, f"{before}{name}.")
    return found
