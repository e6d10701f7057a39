"""What somebody who got hold of the database would see."""

from __future__ import annotations

import base64

import psycopg2
from psycopg2 import sql

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def raw_dump(url: str) -> bytes:
    """Every value of every table, the job queue's included, with the bytes behind bytea."""
    connection = psycopg2.connect(url)
    dump = []
    try:
        with connection.cursor() as cursor:
            cursor.execute(TABLES)
            for (table,) in cursor.fetchall():
                cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
                for row in cursor.fetchall():
                    dump += [bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row]
    finally:
        connection.close()
    return b"\n".join(dump)


def in_base64(text: str) -> list[bytes]:
    """How `text` looks inside base64: it depends on how many bytes stand before it."""
    found = []
    for before in range(3):
        coded = base64.b64encode(b"\x00" * before + text.encode() + b"\x00" * 3)
        # Without the characters that the neighbours have a part in.
        found.append(coded[(0, 2, 3)[before] : (before + len(text.encode())) * 8 // 6])
    return found
