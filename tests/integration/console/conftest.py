"""The web app as a browser or a laboratory's system meets it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sprechstunde.console.app import create_app
from sprechstunde.db import transaction
from sprechstunde.results import systems
from tests import small_clinic
from tests.integration import results_desk as desk


@pytest.fixture
def contact_id(database, frozen_clock, tmp_path):
    small_clinic.load(tmp_path)
    return desk.contact()


@pytest.fixture
def web(contact_id):
    with TestClient(create_app(), follow_redirects=False) as client:
        yield client


@pytest.fixture
def laboratory(web):
    """A client with the token of an admitted system."""
    with transaction() as s:
        token = systems.add(s, "labor-nord")
    web.headers["Authorization"] = f"Bearer {token}"
    return web
