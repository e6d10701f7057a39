"""From an empty database to today's tables, and that migrations and models agree."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from sprechstunde.db import engine, transaction
from sprechstunde.db.migrate import config, upgrade
from sprechstunde.db.registry import load_models

# Columns, constraints and indexes as PostgreSQL itself describes them.
CATALOGUE = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d
             ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def empty(new_database):
    return new_database("template0")


def tables():
    return set(inspect(engine()).get_table_names())


def catalogue():
    found = {}
    with transaction() as s:
        for name, query in CATALOGUE.items():
            rows = {tuple(row) for row in s.execute(text(query))}
            found[name] = {r for r in rows if not r[0].startswith(("procrastinate_", "alembic_"))}
    return found


def test_one_call_builds_everything(empty):
    upgrade()
    assert {"contact", "patient", "task", "appointment", "inbound_message", "data_key"} <= tables()
    with transaction() as s:
        assert s.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one() == 0


def test_processes_that_start_at_once_migrate_once(empty):
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: upgrade(), range(3)))
    upgrade()
    with transaction() as s:
        assert len(s.execute(text("SELECT version_num FROM alembic_version")).all()) == 1


def test_models_and_migrations_describe_the_same_tables(new_database):
    new_database("template0")
    load_models().create_all(engine())
    wanted = catalogue()
    new_database("template0")
    upgrade()
    migrated = catalogue()
    for kind in CATALOGUE:
        assert migrated[kind] == wanted[kind], (
            f"{kind}: python -m sprechstunde.db.migrate new '…' writes a migration"
        )
    with engine().connect() as connection:
        options = {
            "include_name": lambda name, kind, _: not (kind == "table" and name.startswith("procrastinate_"))
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, load_models()) == []


def test_double_booking_is_refused_by_the_migrated_tables_themselves(empty):
    upgrade()
    with transaction() as s:
        definition = s.execute(
            text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'")
        ).scalar_one()
    assert "during WITH &&" in definition


def test_the_way_back_leaves_nothing_of_ours(empty):
    upgrade()
    with engine().connect() as connection:
        command.downgrade(config(connection), "base")
        connection.commit()
    assert {name for name in tables() if not name.startswith("procrastinate_")} == {"alembic_version"}
    upgrade()
    assert "contact" in tables()
