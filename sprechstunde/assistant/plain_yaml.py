"""YAML files read quickly, with the values that Rasa's own (much slower) reader would give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

_OF_YAML_1_1 = frozenset({"bool", "int", "float", "timestamp"})


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # which of both is known at run time
    """YAML 1.2 as Rasa reads it: `no` and `12:30` are texts."""

    yaml_implicit_resolvers = {
        first: [(tag, rule) for tag, rule in rules if tag.rpartition(":")[2] not in _OF_YAML_1_1]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?\d+$"), list("-+0123456789"))


def load(file: Path) -> Any:
    """A YAML file's content. Raises `yaml.YAMLError`."""
    return yaml.load(file.read_bytes(), Loader=_Loader)
