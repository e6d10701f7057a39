"""A headless Chromium: the system's, else the one that Playwright brought."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all browser tests, and no longer: its event loop would keep asynchronous tests from running.

    Chromium's own sandbox does not work for root, as in most containers.
    """
    expect.set_options(timeout=30_000)  # a machine that is busy with other tests
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
