"""Plain column types that every table shares."""

from __future__ import annotations

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.dialects import postgresql

Uuid = postgresql.UUID(as_uuid=True)
Timestamp = DateTime(timezone=True)
LookupHash = LargeBinary
