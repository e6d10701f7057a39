"""Run by alembic for every command."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator

from sprechstunde.db.engine import engine
from sprechstunde.db.registry import load_models


def ours(name: str | None, kind: str, parents: Any) -> bool:
    """The job queue keeps its own schema: alembic neither compares nor drops it."""
    table = name if kind == "table" else parents.get("table_name")
    return not (table or "").startswith("procrastinate_")


def stored_as(kind: str, item: Any, autogen_context: Any) -> Any:
    """Migrations name what the database stores, so that they outlive the classes of the day."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return "sa.LargeBinary()"
    return False


def run() -> None:
    """Migrate on the connection handed over, or on one of our own."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        with engine().connect() as connection:
            migrate(connection)
            connection.commit()
    else:
        migrate(connection)


def migrate(connection: Any) -> None:
    """All pending revisions in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=load_models(),
        include_name=ours,
        render_item=stored_as,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
