"""Training, only when something changed.

The file name of a model carries the fingerprint of all it was trained from, so "is it up to date" is a
look into `models/`. When it is not, Rasa's own cache still skips each part of the pipeline whose inputs
are unchanged (an edited response retrains nothing).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import importlib.metadata
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from sprechstunde.assistant import tuning
from sprechstunde.assistant.plain_yaml import load

# Read by nlu/last_weights.py, which is not imported here: to see that nothing changed must take a moment only.
LAST_WEIGHTS = "SPRECHSTUNDE_LAST_WEIGHTS"

ROOT = Path(__file__).resolve().parents[2]
KEEP_MODELS = 3


class TrainingFailed(RuntimeError):
    """Rasa could not train; what it printed says why."""


def train_if_needed(
    *,
    root: Path = ROOT,
    config: str = "config.yml",
    models: Path | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """The model for the current data, trained now if it is not there yet.

    `root` holds `config.yml`, `domain.yml` (or a folder `domain/`) and `data/`; models land in `models`
    (default `<root>/models`). Safe to call from several processes at once: one trains, the others wait.
    Raises `TrainingFailed`.
    """
    models = models or root / "models"
    models.mkdir(parents=True, exist_ok=True)
    with _only_one(models / ".training.lock"):
        path = models / f"sprechstunde-{fingerprint(root, config)}.tar.gz"
        if path.exists():
            path.touch()  # Rasa loads the newest file: going back to earlier data must bring its model back
            say(f"Assistant: {path.name} is up to date.")
            return path
        say(
            "Assistant: language data or dialogues changed, training (a minute the first time, then less than half) …"
        )
        started = time.monotonic()
        _train(root, config, path)
        say(f"Assistant: trained {path.name} in {time.monotonic() - started:.0f} s.")
        _forget_old(models, keep=path)
        return path


def fingerprint(root: Path = ROOT, config: str = "config.yml") -> str:
    """12 hex digits over all that decides what a model learns: config, domain, data, our components, Rasa's version.

    Of responses only the names: their texts are read when the model is loaded. Comments and layout count for nothing.
    """
    digest = hashlib.sha256()
    for package in ("rasa", "scikit-learn", "spacy"):
        digest.update(f"{package}=={importlib.metadata.version(package)}\n".encode())
    for path in _sources(root, config):
        digest.update(f"{path.name}\0".encode() + _learnt_from(path) + b"\0")
    return digest.hexdigest()[:12]


def _learnt_from(path: Path) -> bytes:
    if path.suffix != ".yml":
        return path.read_bytes()
    try:
        content = load(path)
    except yaml.YAMLError:
        return path.read_bytes()
    if isinstance(content, dict) and isinstance(content.get("responses"), dict):
        content["responses"] = sorted(content["responses"])
    return json.dumps(content, default=str).encode()


def newest_model(models: Path = ROOT / "models") -> Path | None:
    """The most recently trained or confirmed model file, or None."""
    return max(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


def _sources(root: Path, config: str) -> list[Path]:
    domain = sorted((root / "domain").rglob("*.yml")) if (root / "domain").is_dir() else [root / "domain.yml"]
    data = sorted((root / "data").rglob("*.yml"))
    components = sorted((Path(__file__).parent / "nlu").rglob("*.py"))
    return [root / config, *domain, *data, *components]


def _train(root: Path, config: str, path: Path) -> None:
    tuning.apply()
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(root / ".rasa" / "cache"))
    os.environ.setdefault(LAST_WEIGHTS, str(root / ".rasa" / "last_weights.npz"))
    os.environ.setdefault(
        "LOG_LEVEL", "ERROR"
    )  # without progress bars; what is wrong is printed all the same
    import rasa.model_training
    from rasa.shared.exceptions import RasaException

    _make_quick()
    domain = root / "domain" if (root / "domain").is_dir() else root / "domain.yml"
    unfinished = path.parent / "unfinished"  # whoever looks for models sees whole ones only
    try:
        result = rasa.model_training.train(
            domain=str(domain),
            config=str(root / config),
            training_files=str(root / "data"),
            output=str(unfinished),
            fixed_model_name=path.name,
        )
    except SystemExit as error:  # Rasa ends the process on some mistakes in the data; its message is printed
        raise TrainingFailed("Rasa refused the training data (see above)") from error
    except RasaException as error:
        raise TrainingFailed(str(error)) from error
    if result.code != 0 or not (unfinished / path.name).exists():
        raise TrainingFailed(f"Rasa's training ended with code {result.code} (see above)")
    (unfinished / path.name).replace(path)


def _make_quick() -> None:
    from sprechstunde.assistant.tuning import (
        data_read_once,
        light_package,
        message_copies,
        quick_fingerprints,
        steady_order,
    )

    for measured in (data_read_once, light_package, message_copies, quick_fingerprints, steady_order):
        measured.install()


def warm_up(root: Path = ROOT) -> None:
    """Load what training needs, the examples included, so that the next one begins at once."""
    tuning.apply()
    _make_quick()
    import rasa.model_training  # noqa: F401  (for the import's own sake)
    from rasa.shared.exceptions import RasaException
    from rasa.shared.importers.rasa import RasaFileImporter

    from sprechstunde.assistant.nlu import one_vs_rest

    for component in sorted((Path(__file__).parent / "nlu").glob("*.py")):
        importlib.import_module(f"sprechstunde.assistant.nlu.{component.stem}")
    one_vs_rest.start()
    with contextlib.suppress(RasaException):  # what is wrong is told when it is trained
        RasaFileImporter(training_data_paths=str(root / "data")).get_nlu_data()


def _forget_old(models: Path, keep: Path) -> None:
    files = sorted(models.glob("sprechstunde-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEEP_MODELS:]:
        if path != keep:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    train_if_needed()
