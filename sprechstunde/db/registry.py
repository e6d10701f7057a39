"""Finds every table: imports the `models.py` of each package, so that the metadata is complete."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

from sqlalchemy import MetaData

import sprechstunde
from sprechstunde.db.base import metadata


def load_models() -> MetaData:
    """The metadata of all tables of the project (not those of the job queue, which brings its own)."""
    for package in pkgutil.iter_modules(sprechstunde.__path__):
        if not package.ispkg:
            continue
        name = f"sprechstunde.{package.name}"
        if importlib.util.find_spec(f"{name}.models") is not None:
            importlib.import_module(f"{name}.models")
    return metadata
