"""Forms with a file in them. A parser left to itself would put a large file on disk, in clear."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

from fastapi import HTTPException, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser


class InMemory:
    """The fields of a multipart form, its file never on disk. Raises 400 and 413."""

    def __init__(self, request: Request, most: int) -> None:
        self._request, self._most = request, most

    async def __aenter__(self) -> FormData:
        parser = MultiPartParser(self._request.headers, self._stream(), max_files=1, max_fields=20)
        parser.spool_max_size = self._most + 1
        try:
            self._form = await parser.parse()
        except (MultiPartException, KeyError):
            raise HTTPException(400) from None
        return self._form

    async def __aexit__(self, *_: Any) -> None:
        await self._form.close()

    async def _stream(self) -> AsyncGenerator[bytes, None]:
        size = 0
        async for chunk in self._request.stream():
            size += len(chunk)
            if size > self._most:
                raise HTTPException(413)
            yield chunk


async def file_in(form: FormData, field: str = "file") -> tuple[bytes, str]:
    """(content, the name it had); both empty when none was chosen."""
    file = form.get(field)
    return (await file.read(), file.filename or "") if isinstance(file, UploadFile) else (b"", "")
