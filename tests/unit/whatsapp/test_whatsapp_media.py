"""Files of patients are looked at before anyone takes them."""

from __future__ import annotations

import base64
import hashlib

import pytest

from sprechstunde.whatsapp import limits
from sprechstunde.whatsapp.media import MediaRefused, Sink, check_host, generated_name

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40) + b"\xff\xd9"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GRAPH = "https://graph.facebook.com"


def take(content: bytes, kind: str, declared: str, sha256: str | None = None) -> tuple[bytes, str]:
    sink = Sink(kind, declared=declared, sha256=sha256)
    for start in range(0, len(content), 7):
        sink.write(content[start : start + 7])
    return sink.close()


def test_a_photo_is_taken() -> None:
    assert take(JPEG, "image", "image/jpeg") == (JPEG, "image/jpeg")


def test_a_pdf_is_taken_whatever_it_is_called() -> None:
    assert take(PDF, "document", "text/plain")[1] == "application/pdf"


def test_plain_text_is_taken_as_a_document() -> None:
    assert (
        take("Befund: ohne Befund. Grüße".encode(), "document", "text/plain; charset=utf-8")[1]
        == "text/plain"
    )


@pytest.mark.parametrize(
    ("content", "kind", "declared"),
    [
        (b"MZ\x90\x00" + bytes(60), "document", "application/pdf"),
        (b"<html><script>alert(1)</script></html>", "document", "text/plain"),
        (b"<html><script>alert(1)</script></html>", "image", "image/jpeg"),
        (PDF, "image", "image/jpeg"),
        (b"\x7fELF" + bytes(60), "document", "application/pdf"),
        (bytes(100), "document", "text/plain"),
        (b"", "image", "image/jpeg"),
    ],
    ids=["program", "page as text", "page as photo", "pdf as photo", "binary", "zeros", "nothing"],
)
def test_what_pretends_is_refused(content: bytes, kind: str, declared: str) -> None:
    with pytest.raises(MediaRefused):
        take(content, kind, declared)


def test_the_limit_holds_while_streaming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.MEDIA_BYTES, "image", 20)
    sink = Sink("image", declared="image/jpeg", sha256=None)
    sink.write(JPEG[:20])
    with pytest.raises(MediaRefused, match="larger than 20"):
        sink.write(b"x")


def test_the_checksum_counts_in_hex_and_in_base64() -> None:
    digest = hashlib.sha256(JPEG).digest()
    assert take(JPEG, "image", "image/jpeg", digest.hex())[1] == "image/jpeg"
    assert take(JPEG, "image", "image/jpeg", base64.b64encode(digest).decode())[1] == "image/jpeg"
    with pytest.raises(MediaRefused, match="checksum"):
        take(JPEG, "image", "image/jpeg", hashlib.sha256(b"other").hexdigest())
    with pytest.raises(MediaRefused, match="checksum"):
        take(JPEG, "image", "image/jpeg", "nonsense!")


@pytest.mark.parametrize(
    "url",
    [
        "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
        "https://graph.facebook.com/v23.0/file/1",
    ],
)
def test_metas_hosts_are_allowed(url: str) -> None:
    assert check_host(url, GRAPH) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com.evil.example/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://user@lookaside.fbsbx.com/x",
        "https://evil.example@lookaside.fbsbx.com/x",
        "http://169.254.169.254/latest/meta-data",
        "http://graph.facebook.com/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_other_host_sees_the_token(url: str) -> None:
    with pytest.raises(MediaRefused):
        check_host(url, GRAPH)


def test_file_names_are_ours() -> None:
    name = generated_name("image", "image/jpeg")
    assert name.startswith("image-")
    assert name.endswith(".jpg")
    assert name != generated_name("image", "image/jpeg")
