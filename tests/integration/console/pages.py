"""What tests read from a page of the console, and send back with its forms."""

from __future__ import annotations

import re

PASSWORD = "correct horse battery"


def field(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text) or re.search(
        rf'<select[^>]* name="{name}".*?<option value="([^"]*)" selected>', page.text
    )
    assert found is not None, page.text
    return found.group(1)


def form(page, **values):
    return {"csrf": field(page, "csrf"), **values}


def multipart(fields, file=None):
    """What a browser sends for a form with a file field: `file` is (name, content)."""
    name, content = file or ("", b"")
    return {"files": [*((key, (None, value)) for key, value in fields.items()), ("file", (name, content))]}
