"""Connections to the database are used again, and asked first whether they live when they have lain idle."""

from __future__ import annotations

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sprechstunde.db import engine, freshness, transaction
from tests.databases import HANG_UP


def one() -> int:
    with transaction() as s:
        return int(s.execute(text("SELECT 1")).scalar_one())


def hang_up(database: str) -> None:
    """The server ends all connections, as it does when it is started again."""
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute(HANG_UP)


def test_a_connection_that_died_while_it_lay_idle_is_replaced(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one()
    hang_up(database)
    monkeypatch.setattr(freshness, "IDLE_SECONDS", 0.0)
    assert one() == 1


def test_one_that_dies_in_use_fails_once(database: str) -> None:
    one()
    hang_up(database)
    with pytest.raises(DBAPIError):
        one()
    assert one() == 1


def test_use_after_use_asks_nothing_more(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def ping(connection: object) -> bool:
        asked.append(connection)
        return True

    monkeypatch.setattr(engine().dialect, "do_ping", ping)
    for _ in range(3):
        one()
    assert asked == []
    monkeypatch.setattr(freshness, "IDLE_SECONDS", 0.0)
    one()
    assert len(asked) == 1
