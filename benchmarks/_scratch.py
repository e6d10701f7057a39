"""A database for one measurement, on the server in use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from sprechstunde.db import database_url, dispose_engine
from sprechstunde.settings import get_settings, reset_settings


@contextmanager
def scratch_database(what: str) -> Iterator[Path]:
    """A database and a clock of its own, gone afterwards; yields a folder."""
    server, name = database_url(), f"bench_{what}_{os.getpid()}"
    admin = create_engine(
        make_url(server).set(drivername="postgresql+psycopg2"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    secret = get_settings().secret_key.decode()
    kept = {
        key: os.environ.get(key)
        for key in ("DATABASE_URL", "SPRECHSTUNDE_CLOCK_FILE", "SPRECHSTUNDE_SECRET_KEY")
    }
    try:
        with tempfile.TemporaryDirectory() as folder:
            own = make_url(server).set(database=name)
            os.environ["DATABASE_URL"] = own.render_as_string(hide_password=False)
            os.environ["SPRECHSTUNDE_CLOCK_FILE"] = str(Path(folder) / "clock")
            os.environ["SPRECHSTUNDE_SECRET_KEY"] = secret
            reset_settings()
            dispose_engine()
            yield Path(folder)
    finally:
        dispose_engine()
        for key, value in kept.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
        reset_settings()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        admin.dispose()
