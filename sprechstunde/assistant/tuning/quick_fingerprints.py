"""Fingerprint training data in one go.

To know what it need not learn again Rasa 3.6 hashes each text, number and bracket of the data for itself, many times
over: a third of a training. One hash of it all, written out, tells changes apart as well.
"""

from __future__ import annotations

import json
from hashlib import md5
from typing import Any

from rasa.engine.training import fingerprinting
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data import util
from rasa.shared.utils import io
from scipy.sparse import spmatrix

_rasas = io.deep_container_fingerprint
_rasas_key = fingerprinting.calculate_fingerprint_key


def fingerprint(obj: Any, encoding: str = "utf-8") -> str:
    """32 hex digits; equal for equal contents of lists and dictionaries, whatever the order of keys.

    What has a fingerprint of its own (messages, features, slots, events) counts by that.
    """
    if not isinstance(obj, dict | list):
        return str(_rasas(obj, encoding))
    try:
        written = _JSON.encode(obj)
    except TypeError:  # keys that JSON doesn't know, or that can't be sorted
        return fingerprint(_in_pieces(obj), encoding)
    return md5(written.encode(encoding, "surrogatepass"), usedforsecurity=False).hexdigest()


def _written(obj: Any) -> Any:
    if type(obj) is Token:  # the most numerous by far: no hash of its own
        return [obj.text, obj.start, obj.end, obj.lemma, obj.data]
    return _rasas(obj)


_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=_written)


def _in_pieces(obj: Any) -> list[Any]:
    if isinstance(obj, dict):
        return sorted([fingerprint(key), fingerprint(value)] for key, value in obj.items())
    return [fingerprint(member) for member in obj]


def of_features(matrix: spmatrix) -> str:
    """32 hex digits over a sparse matrix; Rasa writes out place and value of each number."""
    cells = matrix.tocoo(copy=False)
    digest = md5(repr(cells.shape).encode(), usedforsecurity=False)
    for numbers in (cells.row, cells.col, cells.data):
        digest.update(numbers.tobytes())
    return digest.hexdigest()


def key(graph_component_class: Any, config: dict[str, Any], inputs: dict[str, Any]) -> str:
    """What a step of the training is known by in Rasa's cache.

    A list counts by its fingerprint, since that is all the cache has kept of the one before.
    """
    known = {name: fingerprint(given) if isinstance(given, list) else given for name, given in inputs.items()}
    return str(_rasas_key(graph_component_class, config, known))


def install() -> None:
    """Use this for all that Rasa fingerprints in this process. Idempotent."""
    for name in ("deep_container_fingerprint", "get_dictionary_fingerprint", "get_list_fingerprint"):
        setattr(io, name, fingerprint)
    util.sparse_matrix_to_string = of_features
    fingerprinting.calculate_fingerprint_key = key
