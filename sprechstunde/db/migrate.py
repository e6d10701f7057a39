"""Brings a database up to date: our tables through alembic, the job queue's through its own schema file."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from procrastinate.schema import SchemaManager
from sqlalchemy import text
from sqlalchemy.engine import Connection

from sprechstunde.db.engine import engine

LOCK = 0x53707265  # any number, the same in every process: "Spre"


def upgrade(revision: str = "head") -> None:
    """Apply what is missing. Any number of processes may call this at once: the first does it, the others wait."""
    with engine().connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()
        try:
            command.upgrade(config(connection), revision)
            connection.commit()
            apply_job_queue(connection)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})
            connection.commit()


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file. `connection` is the one migrations run on."""
    settings = Config()
    folder = Path(__file__).with_name("migrations")
    settings.set_main_option("script_location", str(folder).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def apply_job_queue(connection: Connection) -> None:
    """Create the tables and functions of procrastinate, where they are missing."""
    if connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar_one() is None:
        # The driver's own cursor: the file holds function bodies that must not be read as bound parameters.
        with connection.connection.cursor() as cursor:
            cursor.execute(SchemaManager.get_schema())


def main(arguments: list[str]) -> None:
    """`python -m sprechstunde.db.migrate [new "what changes"]`: upgrade, or write a migration from the models."""
    if arguments[:1] == ["new"]:
        upgrade()
        with engine().connect() as connection:
            command.revision(config(connection), message=" ".join(arguments[1:]), autogenerate=True)
    else:
        upgrade()


if __name__ == "__main__":
    main(sys.argv[1:])
