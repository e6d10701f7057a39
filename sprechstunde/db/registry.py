"""Finds every table: imports the `models.py` of each package, so that the metadata is complete."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from sqlalchemy import MetaData

import sprechstunde
from sprechstunde.db.base import metadata


def load_models() -> MetaData:
    """The metadata of all tables of the project (not those of the job queue, which brings its own)."""
    importlib.import_module("sprechstunde.db.notifying")
    for package in pkgutil.iter_modules(sprechstunde.__path__):
        if not package.ispkg:
            continue
        # Looked up by its file: asking importlib would import the package first, and some take a second.
        if any((Path(folder) / package.name / "models.py").exists() for folder in sprechstunde.__path__):
            importlib.import_module(f"sprechstunde.{package.name}.models")
    return metadata
