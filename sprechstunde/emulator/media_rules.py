"""Which files Meta takes, and how large. Source: Cloud API reference, "Media" (v23.0)."""

from __future__ import annotations

from sprechstunde.emulator.graph_errors import GraphError, malformed

MB = 1024 * 1024

# In the order of Meta's own error message. Note what is missing: text/calendar, text/csv, octet-stream. An .ics file
# is uploaded as text/plain and shown by the file name that the message gives it.
UPLOADABLE = (
    "audio/aac",
    "audio/mp4",
    "audio/mpeg",
    "audio/amr",
    "audio/ogg",
    "audio/opus",
    "application/vnd.ms-powerpoint",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/pdf",
    "text/plain",
    "application/vnd.ms-excel",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/3gpp",
)
BYTES = {"image": 5 * MB, "sticker": 500 * 1024, "audio": 16 * MB, "video": 16 * MB, "document": 100 * MB}
TYPES = {
    "image": ("image/jpeg", "image/png"),
    "sticker": ("image/webp",),
    "audio": tuple(name for name in UPLOADABLE if name.startswith("audio/")),
    "video": ("video/mp4", "video/3gpp"),
    "document": UPLOADABLE,
}


def plain_type(mime_type: str) -> str:
    """`audio/ogg; codecs=opus` → `audio/ogg`."""
    return mime_type.partition(";")[0].strip().lower()


def check_upload(mime_type: str, size: int) -> None:
    """A file that the business uploads. Raises GraphError 100."""
    mime = plain_type(mime_type)
    if mime not in UPLOADABLE:
        raise malformed(
            "Param file must be a file with one of the following types: "
            f"{', '.join(UPLOADABLE)}. Received file of type '{mime}'."
        )
    family = mime.partition("/")[0]
    most = BYTES.get(family, BYTES["document"])
    if not 0 < size <= most:
        raise malformed(f"Param file must be between 1 and {most} bytes long; received {size}.")


def check_use(kind: str, mime_type: str, size: int) -> None:
    """An uploaded file, used in a message of `kind`. Raises GraphError 131053."""
    mime = plain_type(mime_type)
    if mime not in TYPES[kind]:
        raise GraphError(131053, f"Unsupported {kind.capitalize()} mime type {mime}.")
    if size > BYTES[kind]:
        raise GraphError(131053, f"{kind.capitalize()} file is larger than {BYTES[kind]} bytes.")
