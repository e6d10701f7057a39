"""What a restarted database does to everyone connected."""

from __future__ import annotations

import contextlib

import psycopg2


def cut_connections(url: str) -> None:
    """End all connections to this database but our own."""
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
