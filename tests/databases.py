"""One database for many tests, empty before each: making a new one took ten times as long as most tests themselves."""

from __future__ import annotations

import contextlib

import psycopg2

# Whoever still talks to it belongs to the test before.
HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TABLES = "SELECT relname FROM pg_stat_user_tables ORDER BY relname"


class SharedDatabase:
    """The database at `url` (libpq). What stands in its tables now stays; what others hold later is emptied."""

    def __init__(self, url: str) -> None:
        self.url = url
        with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute(TABLES)
            names = [name for (name,) in cursor.fetchall()]
            self._empty = [name for name in names if not _holds_rows(cursor, name)]

    def empty(self, *, hang_up: bool = True) -> str:
        """Back to how it was, but numbers go on: a revision seen before never comes back as another. Its address.

        `hang_up=False` keeps other connections: for tests that leave none amid a transaction."""
        with contextlib.closing(psycopg2.connect(self.url)) as connection, connection.cursor() as cursor:
            if hang_up:
                cursor.execute(HANG_UP)
            written = [f'"{name}"' for name in self._empty if _holds_rows(cursor, name)]
            if written:
                cursor.execute(f"TRUNCATE {', '.join(written)} CASCADE")
            connection.commit()
        return self.url


def _holds_rows(cursor: psycopg2.extensions.cursor, table: str) -> bool:
    cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
    return cursor.fetchone() is not None
