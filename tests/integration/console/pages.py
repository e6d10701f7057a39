"""What tests read from a page of the console, and send back with its forms."""

from __future__ import annotations

import re

PASSWORD = "correct horse battery"


def field(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found.group(1)


def form(page, **values):
    return {"csrf": field(page, "csrf"), **values}
